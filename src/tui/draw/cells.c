/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/draw/cells.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/sanitize.h"
#include "base/str.h"

static const rt_cluster space = { " ", 1, 1 };

void rt_cells_resize(rt_cells *c, int rows, int cols)
{
	rows = rows < 1 ? 1 : rows;
	cols = cols < 1 ? 1 : cols;
	if (rows != c->rows || cols != c->cols) {
		free(c->v);
		c->v = rt_calloc((size_t)rows * (size_t)cols, sizeof(*c->v));
		c->rows = rows;
		c->cols = cols;
	}
	rt_area_clear(rt_cells_area(c), (rt_style){ 0, 0 });
}

void rt_cells_free(rt_cells *c)
{
	free(c->v);
	*c = (rt_cells)RT_CELLS_INIT;
}

const rt_cell *rt_cells_at(const rt_cells *c, int row, int col)
{
	RT_ASSERT(row >= 0 && row < c->rows && col >= 0 && col < c->cols);
	return &c->v[(size_t)row * (size_t)c->cols + (size_t)col];
}

bool rt_cell_equal(const rt_cell *a, const rt_cell *b)
{
	return a->glyph.n == b->glyph.n && a->glyph.width == b->glyph.width &&
	       a->style.face == b->style.face &&
	       a->style.flags == b->style.flags &&
	       memcmp(a->glyph.text, b->glyph.text, a->glyph.n) == 0;
}

rt_area rt_cells_area(rt_cells *c)
{
	return (rt_area){ c, 0, 0, c->rows, c->cols };
}

static int clamp(int x, int low, int high)
{
	return x < low ? low : x > high ? high : x;
}

rt_area rt_area_sub(rt_area a, int row, int col, int rows, int cols)
{
	rt_area s = a;

	row = clamp(row, 0, a.rows);
	col = clamp(col, 0, a.cols);
	s.row = a.row + row;
	s.col = a.col + col;
	s.rows = clamp(rows, 0, a.rows - row);
	s.cols = clamp(cols, 0, a.cols - col);
	return s;
}

static rt_cell *cell(rt_area a, int row, int col)
{
	return &a.cells->v[(size_t)(a.row + row) * (size_t)a.cells->cols +
			   (size_t)(a.col + col)];
}

/* Before a cell is written over: no half of a wide cluster may stay. */
static void split_wide(rt_area a, int row, int col)
{
	rt_cell *c = cell(a, row, col);

	if (c->glyph.width == 0 && a.col + col > 0)
		c[-1].glyph = space;
	if (c->glyph.width == 2 && a.col + col + 1 < a.cells->cols)
		c[1].glyph = space;
}

static void set(rt_area a, int row, int col, rt_style style,
		const rt_cluster *glyph)
{
	rt_cell *c = cell(a, row, col);

	split_wide(a, row, col);
	if (glyph->width == 2) {
		split_wide(a, row, col + 1);
		memset(&c[1], 0, sizeof(c[1]));
		c[1].style = style;
	}
	c->glyph = *glyph;
	c->style = style;
}

void rt_area_clear(rt_area a, rt_style style)
{
	int row, col;

	for (row = 0; row < a.rows; row++)
		for (col = 0; col < a.cols; col++)
			set(a, row, col, style, &space);
}

/* Draw one cluster that may be cut by the left or right border. */
static void set_clipped(rt_area a, int row, int col, rt_style style,
			const rt_cluster *glyph)
{
	if (col >= 0 && col + glyph->width <= a.cols)
		set(a, row, col, style, glyph);
	else if (col >= 0 && col < a.cols)
		set(a, row, col, style, &space);
	else if (col + 1 == 0 && glyph->width == 2 && a.cols > 0)
		set(a, row, 0, style, &space);
}

/*
 * Text from anywhere, as it may be shown; the one door to the screen.  Plain
 * ASCII, which is nearly all of it, is taken as it is.
 */
static rt_sv clean(rt_sv text, rt_str *store)
{
	size_t i;

	for (i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] - 0x20u >= 0x5f)
			break;
	if (i == text.n)
		return text;
	rt_sanitize(text, RT_SANITIZE_LINE, store);
	return rt_str_sv(store);
}

static int put(rt_area a, int row, int col, rt_style style, rt_sv text)
{
	bool visible = row >= 0 && row < a.rows;
	rt_cluster glyph;

	while (rt_cluster_next(&text, a.cells->ascii, &glyph)) {
		if (visible)
			set_clipped(a, row, col, style, &glyph);
		col += glyph.width;
	}
	return col;
}

int rt_area_put(rt_area a, int row, int col, rt_style style, rt_sv text)
{
	rt_str store = RT_STR_INIT;

	col = put(a, row, col, style, clean(text, &store));
	rt_str_free(&store);
	return col;
}

int rt_area_puts(rt_area a, int row, int col, rt_style style, const char *text)
{
	return rt_area_put(a, row, col, style, rt_sv_from(text));
}

int rt_area_putf(rt_area a, int row, int col, rt_style style,
		 const char *format, ...)
{
	rt_str s = RT_STR_INIT;
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&s, format, ap);
	va_end(ap);
	col = rt_area_put(a, row, col, style, rt_str_sv(&s));
	rt_str_free(&s);
	return col;
}

static int fit(rt_area a, int row, int col, int cols, rt_style style,
	       rt_sv text)
{
	bool ascii = a.cells->ascii;
	int used, dots = ascii ? 2 : 1;

	if (rt_cluster_fit(text, ascii, cols, &used) == text.n)
		return put(a, row, col, style, text);
	if (cols < dots)
		dots = cols;
	text.n = rt_cluster_fit(text, ascii, cols - dots, &used);
	col = put(a, row, col, style, text);
	text = ascii ? (rt_sv){ "..", (size_t)dots } : RT_SV("\xe2\x80\xa6");
	return put(a, row, col, style, text);
}

int rt_area_fit(rt_area a, int row, int col, int cols, rt_style style,
		rt_sv text)
{
	rt_str store = RT_STR_INIT;

	if (cols <= 0)
		return col;
	col = fit(a, row, col, cols, style, clean(text, &store));
	rt_str_free(&store);
	return col;
}

void rt_area_rule(rt_area a, int row, int col, int n, rt_style style,
		  const char *glyph)
{
	int end = col + n < a.cols ? col + n : a.cols;

	while (col < end)
		col = rt_area_puts(a, row, col, style, glyph);
}

void rt_area_restyle(rt_area a, int row, int col, int n, rt_style style)
{
	rt_cell *c;

	if (row < 0 || row >= a.rows)
		return;
	for (; n > 0; n--, col++) {
		if (col < 0 || col >= a.cols)
			continue;
		c = cell(a, row, col);
		if (style.face)
			c->style.face = style.face;
		c->style.flags |= style.flags;
	}
}
