/* SPDX-License-Identifier: MIT */
/*
 * A grid of cells: what a frame is made of, and what views draw into.
 *
 * A view gets an area, a rectangle of the grid.  Positions count from its
 * upper left corner; whatever falls outside is clipped, so a view never needs
 * to know how large the terminal is.
 */
#ifndef RT_TUI_DRAW_CELLS_H
#define RT_TUI_DRAW_CELLS_H

#include <stdbool.h>

#include "base/sv.h"
#include "tui/draw/cluster.h"

/* Flags on top of what the theme gives to a face. */
enum { RT_BOLD = 1, RT_DIM = 2, RT_REVERSE = 4, RT_UNDERLINE = 8 };

typedef struct rt_style {
	unsigned char face; /* rt_face of tui/draw/theme.h; 0 = plain text */
	unsigned char flags;
} rt_style;

typedef struct rt_cell {
	rt_cluster glyph; /* n and width 0: right half of a wide one */
	rt_style style;
} rt_cell;

typedef struct rt_cells {
	rt_cell *v; /* rows * cols, row by row */
	int rows, cols;
	bool ascii; /* see rt_cluster_next */
} rt_cells;

#define RT_CELLS_INIT { NULL, 0, 0, false }

typedef struct rt_area {
	rt_cells *cells;
	int row, col, rows, cols;
} rt_area;

/* Set the size and make every cell a plain space; sizes below 1 become 1. */
void rt_cells_resize(rt_cells *c, int rows, int cols);
void rt_cells_free(rt_cells *c); /* back to RT_CELLS_INIT */

/* The cell at a place, which must exist. */
const rt_cell *rt_cells_at(const rt_cells *c, int row, int col);
bool rt_cell_equal(const rt_cell *a, const rt_cell *b);

rt_area rt_cells_area(rt_cells *c);

/* A part of an area, clamped to it; may come out empty. */
rt_area rt_area_sub(rt_area a, int row, int col, int rows, int cols);

/* Fill all of it with spaces. */
void rt_area_clear(rt_area a, rt_style style);

/*
 * Write text, cut at the area's borders; `col` may be negative (scrolled
 * text).  A wide cluster cut by a border leaves a space.
 *   out:  the column behind the text, as if nothing had been cut
 */
int rt_area_put(rt_area a, int row, int col, rt_style style, rt_sv text);
int rt_area_puts(rt_area a, int row, int col, rt_style style,
		 const char *text);
int rt_area_putf(rt_area a, int row, int col, rt_style style,
		 const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* The same in at most `cols` columns, with an ellipsis where it was cut. */
int rt_area_fit(rt_area a, int row, int col, int cols, rt_style style,
		rt_sv text);

/* One cluster `n` times, to the right. */
void rt_area_rule(rt_area a, int row, int col, int n, rt_style style,
		  const char *glyph);

/* Add flags to n cells; face 0 leaves their face. */
void rt_area_restyle(rt_area a, int row, int col, int n, rt_style style);

#endif
