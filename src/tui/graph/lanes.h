/* SPDX-License-Identifier: MIT */
/*
 * The lanes of one row of the graph, drawn from the layout's cells.
 *
 * What a picture says must be true whoever reads it: a lane that a line only
 * passes keeps its bar, and a sign that joins has a line on every side it
 * points to.  tests/tui/test_trace.c reads all edges back from the signs.
 */
#ifndef RT_TUI_GRAPH_LANES_H
#define RT_TUI_GRAPH_LANES_H

#include <retort/layout.h>

#include "tui/draw/cells.h"
#include "tui/draw/glyphs.h"

/*
 * Draw `n` cells, each two columns wide.
 *   in:   node, style, the sign of the row's revision
 */
void rt_lanes_draw(rt_area a, int row, const rt_glyphs *glyphs,
		   const retort_cell *cells, size_t n, const char *node,
		   rt_style style);

#endif
