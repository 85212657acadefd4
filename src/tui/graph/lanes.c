/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/graph/lanes.h"

#include "tui/draw/theme.h"

static rt_style lane_style(uint32_t chain)
{
	return (rt_style){
		(unsigned char)(RT_FACE_LANE_1 + chain % RT_FACE_LANES), 0
	};
}

static void draw_cell(rt_area a, int y, int col, const rt_glyphs *g,
		      const retort_cell *cell, const char *node, rt_style ns)
{
	unsigned lines = cell->lines & 15u;
	bool flat = !(lines & (RETORT_CELL_UP | RETORT_CELL_DOWN));

	if (cell->lines & RETORT_CELL_NODE)
		rt_area_puts(a, y, col, ns, node);
	else if (lines)
		rt_area_puts(a, y, col,
			     lane_style(flat ? cell->across : cell->chain),
			     g->edge[lines]);
	if (cell->gap)
		rt_area_puts(a, y, col + 1, lane_style(cell->across), g->rule);
}

void rt_lanes_draw(rt_area a, int row, const rt_glyphs *glyphs,
		   const retort_cell *cells, size_t n, const char *node,
		   rt_style style)
{
	size_t i;

	for (i = 0; i < n; i++)
		draw_cell(a, row, (int)i * 2, glyphs, &cells[i], node, style);
}
