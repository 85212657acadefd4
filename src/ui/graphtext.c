/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/graphtext.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/names.h"
#include "ui/revtext.h"

enum { LINES = 15 }; /* the four lines of a cell, as bits */

/* By the lines that leave the cell: up 1, down 2, left 4, right 8. */
static const char *const ascii_lines[LINES + 1] = {
	" ", "|", "|", "|", "-", "'", ".", "+",
	"-", "'", ".", "+", "-", "+", "+", "+",
};

static const char *const utf8_lines[LINES + 1] = {
	" ", "│", "│", "│", "─", "╯", "╮", "┤",
	"─", "╰", "╭", "├", "─", "┴", "┬", "┼",
};

void rt_graphtext_cells(rt_out *o, const retort_cell *cells, size_t n,
			const char *node, bool ascii)
{
	const char *const *glyphs = ascii ? ascii_lines : utf8_lines;
	const unsigned char bar = RETORT_CELL_UP | RETORT_CELL_DOWN;
	size_t i;

	for (i = 0; i < n; i++) {
		unsigned char lines = cells[i].lines;
		bool is_node = (lines & RETORT_CELL_NODE) != 0;
		uint32_t colour = lines & (bar | RETORT_CELL_NODE) ?
					  cells[i].chain :
					  cells[i].across;

		rt_out_lane(o, colour, is_node ? node : glyphs[lines & LINES]);
		if (i + 1 < n)
			rt_out_lane(o, cells[i].across,
				    cells[i].gap ? glyphs[RETORT_CELL_LEFT] :
						   " ");
	}
}

/* ○ pending, ● applied, ◉ what the version table holds. */
static const char *node_glyph(const retort_revision *rev,
			      const rt_graph_marks *marks, bool ascii)
{
	if (rt_names_have(marks->rows, rev->id))
		return ascii ? "@" : "◉";
	if (marks->applied && !marks->applied[rev->index])
		return ascii ? "o" : "○";
	return ascii ? "*" : "●";
}

static void print_revision(rt_out *o, const retort_revision *rev,
			   const rt_graph_marks *marks)
{
	unsigned parts = RT_REVTEXT_LABELS | RT_REVTEXT_MESSAGE;

	if (rt_names_have(marks->rows, rev->id))
		parts |= RT_REVTEXT_CURRENT;
	rt_out_printf(o, "  ");
	rt_revtext_line(o, rev, parts);
	if (!rev->depends_on.n)
		return;
	rt_out_printf(o, " (depends on ");
	rt_out_names(o, RT_ROLE_DIM, &rev->depends_on);
	rt_out_printf(o, ")");
}

void rt_graphtext(rt_out *o, const retort_graph *graph,
		  const retort_list *list, const rt_graph_marks *marks,
		  bool ascii)
{
	retort_layout *layout = retort_layout_make(graph, list);
	size_t rows = retort_layout_rows(layout), row;
	retort_cell *cells = rt_calloc(retort_layout_lanes(layout) + 1,
				       sizeof(*cells));

	for (row = 0; row < rows; row++) {
		const retort_revision *rev;
		size_t n = retort_layout_row(layout, row, cells, &rev);
		const char *node = rev ? node_glyph(rev, marks, ascii) : "";

		rt_graphtext_cells(o, cells, n, node, ascii);
		if (rev)
			print_revision(o, rev, marks);
		rt_out_printf(o, "\n");
	}
	free(cells);
	retort_layout_free(layout);
}
