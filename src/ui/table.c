/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/table.h"

#include "base/alloc.h"
#include "base/sanitize.h"
#include "base/str.h"
#include "ui/caret.h"

enum { GAP = 2 };

void rt_table_init(rt_table *t, size_t columns)
{
	rt_table empty = { columns, RT_VEC_INIT };

	*t = empty;
}

void rt_table_cell(rt_table *t, rt_role role, const char *format, ...)
{
	rt_str text = RT_STR_INIT, clean = RT_STR_INIT;
	rt_cell cell = { NULL, role, 0 };
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&text, format, ap);
	va_end(ap);
	rt_sanitize(rt_str_sv(&text), RT_SANITIZE_LINE, &clean);
	cell.width = rt_text_columns(rt_str_sv(&clean));
	cell.text = rt_strdup(clean.p);
	rt_vec_push(&t->cells, cell);
	rt_str_free(&text);
	rt_str_free(&clean);
}

/* Pad before the next cell that has text, so that no line ends in spaces. */
static void print_row(const rt_table *t, rt_out *o, const rt_cell *row,
		      const size_t *widths)
{
	size_t pending = 0, c;

	for (c = 0; c < t->columns; c++) {
		if (row[c].width) {
			rt_out_printf(o, "%*s", (int)pending, "");
			rt_out_field(o, row[c].role, row[c].text);
			pending = 0;
		}
		pending += widths[c] - row[c].width + GAP;
	}
	rt_out_printf(o, "\n");
}

void rt_table_print(const rt_table *t, rt_out *o)
{
	size_t *widths = rt_calloc(t->columns, sizeof(*widths)), i;

	for (i = 0; i < t->cells.n; i++)
		if (widths[i % t->columns] < t->cells.v[i].width)
			widths[i % t->columns] = t->cells.v[i].width;
	for (i = 0; i + t->columns <= t->cells.n; i += t->columns)
		print_row(t, o, t->cells.v + i, widths);
	free(widths);
}

void rt_table_free(rt_table *t)
{
	size_t i;

	for (i = 0; i < t->cells.n; i++)
		free(t->cells.v[i].text);
	rt_vec_free(&t->cells);
}
