/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/widget/textview.h"

#include <string.h>

#include "base/utf8.h"
#include "tui/draw/theme.h"
#include "tui/widget/find.h"

enum { TAB = 8, SHIFT_STEP = 8 };

static void row_text(void *self, size_t row, rt_str *out)
{
	const rt_textview *t = self;
	const rt_text_row *r = &t->rows.v[row];

	rt_str_addn(out, t->text.p + r->start, r->end - r->start);
}

void rt_textview_init(rt_textview *t)
{
	memset(t, 0, sizeof(*t));
	t->text = (rt_str)RT_STR_INIT;
	rt_list_init(&t->list, (rt_list_source){ row_text, t });
}

void rt_textview_free(rt_textview *t)
{
	rt_str_free(&t->text);
	rt_vec_free(&t->spans);
	rt_vec_free(&t->rows);
	rt_list_free(&t->list);
}

void rt_textview_clear(rt_textview *t)
{
	rt_str_clear(&t->text);
	t->spans.n = 0;
	t->rows.n = 0;
	t->shift = 0;
	rt_list_set_rows(&t->list, 0);
}

static size_t column(const rt_textview *t)
{
	size_t i = t->text.n;

	while (i > 0 && t->text.p[i - 1] != '\n')
		i--;
	return rt_utf8_count((rt_sv){ t->text.p + i, t->text.n - i });
}

void rt_textview_add(rt_textview *t, rt_style style, rt_sv text)
{
	size_t i, spaces;

	rt_vec_push(&t->spans, (rt_span){ t->text.n, style });
	while (text.n) {
		for (i = 0; i < text.n; i++)
			if (text.p[i] == '\t' || text.p[i] == '\r')
				break;
		rt_str_addn(&t->text, text.p, i);
		if (i == text.n)
			return;
		spaces = text.p[i] == '\t' ? TAB - column(t) % TAB : 0;
		while (spaces--)
			rt_str_addc(&t->text, ' ');
		text = rt_sv_sub(text, i + 1, text.n);
	}
}

/* One line, as one row or as many as it takes. */
static void add_rows(rt_textview *t, rt_sv line)
{
	rt_text_row row = { (size_t)(line.p - t->text.p), 0, t->lines++,
			    true };
	size_t fits;
	int used;

	do {
		fits = t->wrap ? rt_cluster_fit(line, t->ascii, t->cols, &used)
			       : line.n;
		if (!fits)
			fits = line.n;
		row.end = row.start + fits;
		rt_vec_push(&t->rows, row);
		row.start = row.end;
		row.first = false;
		line = rt_sv_sub(line, fits, line.n);
	} while (line.n);
}

void rt_textview_layout(rt_textview *t, int rows, int cols, bool ascii)
{
	rt_sv rest = rt_str_sv(&t->text), line;

	t->cols = cols < 1 ? 1 : cols;
	t->ascii = ascii;
	t->rows.n = 0;
	t->lines = 0;
	while (rt_sv_line(&rest, &line))
		add_rows(t, line);
	rt_list_set_height(&t->list, rows);
	rt_list_set_rows(&t->list, t->rows.n);
}

bool rt_textview_action(rt_textview *t, rt_action action)
{
	if (action == RT_ACTION_WRAP) {
		t->wrap = !t->wrap;
		t->shift = 0;
	} else if (action == RT_ACTION_RIGHT) {
		t->shift += t->wrap ? 0 : SHIFT_STEP;
	} else if (action == RT_ACTION_LEFT) {
		t->shift -= t->shift < SHIFT_STEP ? t->shift : SHIFT_STEP;
	} else {
		return false;
	}
	return true;
}

/* The span that a byte is in, or 0. */
static size_t span_at(const rt_textview *t, size_t offset)
{
	size_t low = 0, high = t->spans.n, mid;

	while (high - low > 1) {
		mid = low + (high - low) / 2;
		if (t->spans.v[mid].offset <= offset)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static void draw_row(const rt_textview *t, rt_area a, int y,
		     const rt_text_row *r)
{
	size_t at = r->start, end, i = span_at(t, at);
	int col = -t->shift;

	for (; at < r->end; at = end, i++) {
		end = r->end;
		if (i + 1 < t->spans.n && t->spans.v[i + 1].offset < end)
			end = t->spans.v[i + 1].offset;
		col = rt_area_put(a, y, col, t->spans.v[i].style,
				  (rt_sv){ t->text.p + at, end - at });
	}
}

static void mark_matches(const rt_textview *t, rt_area a, int y,
			 const rt_text_row *r)
{
	rt_sv text = { t->text.p + r->start, r->end - r->start };
	rt_sv needle = rt_str_sv(&t->list.needle);
	size_t at = rt_find_text(text, 0, needle);

	for (; at < text.n; at = rt_find_text(text, at + 1, needle))
		rt_area_restyle(a, y,
				rt_cluster_columns((rt_sv){ text.p, at },
						   t->ascii) - t->shift,
				rt_cluster_columns(rt_sv_sub(text, at,
							     needle.n),
						   t->ascii),
				RT_STYLE(MATCH));
}

void rt_textview_draw(rt_textview *t, rt_area a, int gutter)
{
	rt_area in = rt_area_sub(a, 0, gutter, a.rows, a.cols - gutter);
	size_t line;
	int y;

	for (y = 0; y < in.rows; y++) {
		const rt_text_row *r;

		line = t->list.top + (size_t)y;
		if (line >= t->list.lines)
			return;
		r = &t->rows.v[rt_list_row(&t->list, line)];
		draw_row(t, in, y, r);
		mark_matches(t, in, y, r);
	}
}

rt_sv rt_textview_line(const rt_textview *t)
{
	size_t row = rt_list_selected(&t->list), i;
	rt_sv line = { NULL, 0 };

	if (row >= t->rows.n)
		return line;
	i = row;
	while (i > 0 && !t->rows.v[i].first)
		i--;
	while (row + 1 < t->rows.n && !t->rows.v[row + 1].first)
		row++;
	line.p = t->text.p + t->rows.v[i].start;
	line.n = t->rows.v[row].end - t->rows.v[i].start;
	return line;
}
