/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/widget/list.h"

#include <stdint.h>
#include <string.h>

#include "tui/widget/find.h"

void rt_list_init(rt_list *l, rt_list_source source)
{
	memset(l, 0, sizeof(*l));
	l->source = source;
	l->height = 1;
	l->needle = (rt_str)RT_STR_INIT;
	l->filter = (rt_str)RT_STR_INIT;
}

void rt_list_free(rt_list *l)
{
	rt_str_free(&l->needle);
	rt_str_free(&l->filter);
	rt_vec_free(&l->kept);
}

/* Whether lines are other numbers than rows. */
static bool narrows(const rt_list *l)
{
	return l->filter.n && !l->narrowed;
}

size_t rt_list_row(const rt_list *l, size_t line)
{
	return narrows(l) ? l->kept.v[line] : line;
}

size_t rt_list_selected(const rt_list *l)
{
	return l->lines ? rt_list_row(l, l->cursor) : SIZE_MAX;
}

static size_t last_top(const rt_list *l)
{
	return l->lines > l->height ? l->lines - l->height : 0;
}

/* Cursor inside the lines, top so that it can be seen. */
static void settle(rt_list *l)
{
	if (l->cursor >= l->lines)
		l->cursor = l->lines ? l->lines - 1 : 0;
	if (l->cursor < l->top)
		l->top = l->cursor;
	if (l->cursor >= l->top + l->height)
		l->top = l->cursor - l->height + 1;
	if (l->top > last_top(l))
		l->top = last_top(l);
}

static bool row_matches(const rt_list *l, size_t row, rt_sv needle,
			rt_str *text)
{
	rt_str_clear(text);
	l->source.text(l->source.self, row, text);
	return rt_find_text(rt_str_sv(text), 0, needle) < text->n;
}

static void apply_filter(rt_list *l)
{
	rt_str text = RT_STR_INIT;
	size_t row;

	l->kept.n = 0;
	l->lines = l->rows;
	if (!narrows(l))
		return;
	for (row = 0; row < l->rows; row++)
		if (row_matches(l, row, rt_str_sv(&l->filter), &text))
			rt_vec_push(&l->kept, row);
	l->lines = l->kept.n;
	rt_str_free(&text);
}

void rt_list_set_rows(rt_list *l, size_t rows)
{
	l->rows = rows;
	apply_filter(l);
	settle(l);
}

void rt_list_set_height(rt_list *l, int height)
{
	l->height = height < 1 ? 1 : (size_t)height;
	settle(l);
}

/* The line that shows a row, or the nearest before it. */
static size_t line_of(const rt_list *l, size_t row)
{
	size_t low = 0, high = l->kept.n;

	if (!narrows(l))
		return row;
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (l->kept.v[mid] <= row)
			low = mid;
		else
			high = mid;
	}
	return low;
}

bool rt_list_select_row(rt_list *l, size_t row)
{
	size_t line = line_of(l, row);

	if (line >= l->lines || rt_list_row(l, line) != row)
		return false;
	rt_list_select(l, line);
	return true;
}

void rt_list_select(rt_list *l, size_t line)
{
	l->cursor = line;
	settle(l);
}

void rt_list_scroll(rt_list *l, long n)
{
	size_t step = (size_t)(n < 0 ? -n : n), top = l->top;

	if (n < 0)
		top -= step < top ? step : top;
	else
		top += step;
	l->top = top > last_top(l) ? last_top(l) : top;
	if (l->cursor < l->top)
		l->cursor = l->top;
	if (l->cursor >= l->top + l->height)
		l->cursor = l->top + l->height - 1;
	settle(l);
}

/* Move by `n` lines; where there is no cursor to see, the text moves. */
static void move(rt_list *l, long n)
{
	size_t step = (size_t)(n < 0 ? -n : n);

	if (l->pages) {
		rt_list_scroll(l, n);
		l->cursor = l->top;
	} else if (n < 0) {
		rt_list_select(l, l->cursor - (step < l->cursor ? step
								: l->cursor));
	} else {
		rt_list_select(l, l->cursor + step);
	}
}

/* A page moves the text too, so that the cursor keeps its place on the
 * screen; at the ends of the text only the cursor goes on. */
static void page(rt_list *l, long n)
{
	size_t step = (size_t)(n < 0 ? -n : n), want = l->cursor + step;

	if (n < 0)
		want = l->cursor - (step < l->cursor ? step : l->cursor);
	rt_list_scroll(l, n);
	rt_list_select(l, l->pages ? l->top : want);
}

/* The next line from `start` on (inclusive) that matches; wraps around.
 * SIZE_MAX if none does. */
static size_t find_line(const rt_list *l, size_t start, bool backwards)
{
	rt_str text = RT_STR_INIT;
	size_t i, line = start, found = SIZE_MAX;

	for (i = 0; i < l->lines && found == SIZE_MAX; i++) {
		if (row_matches(l, rt_list_row(l, line),
				rt_str_sv(&l->needle), &text))
			found = line;
		if (backwards)
			line = line ? line - 1 : l->lines - 1;
		else
			line = line + 1 < l->lines ? line + 1 : 0;
	}
	rt_str_free(&text);
	return found;
}

/* To the next match in the search's direction, or against it; wraps. */
static bool search_again(rt_list *l, bool against)
{
	bool backwards = l->backwards != against;
	size_t start, line;

	if (!l->needle.n || !l->lines)
		return false;
	if (backwards)
		start = l->cursor ? l->cursor - 1 : l->lines - 1;
	else
		start = l->cursor + 1 < l->lines ? l->cursor + 1 : 0;
	line = find_line(l, start, backwards);
	if (line == SIZE_MAX)
		return false;
	rt_list_select(l, line);
	return true;
}

bool rt_list_action(rt_list *l, rt_action action)
{
	long height = (long)l->height;

	if (action == RT_ACTION_DOWN)
		move(l, 1);
	else if (action == RT_ACTION_UP)
		move(l, -1);
	else if (action == RT_ACTION_HALF_DOWN)
		page(l, (height + 1) / 2);
	else if (action == RT_ACTION_HALF_UP)
		page(l, -(height + 1) / 2);
	else if (action == RT_ACTION_PAGE_DOWN)
		page(l, height > 1 ? height - 1 : 1);
	else if (action == RT_ACTION_PAGE_UP)
		page(l, height > 1 ? 1 - height : -1);
	else if (action == RT_ACTION_FIRST)
		rt_list_select(l, 0);
	else if (action == RT_ACTION_LAST)
		rt_list_select(l, l->lines);
	else if (action == RT_ACTION_SCREEN_TOP)
		rt_list_select(l, l->top);
	else if (action == RT_ACTION_SCREEN_BOTTOM)
		rt_list_select(l, l->top + l->height - 1);
	else if (action == RT_ACTION_FIND_NEXT)
		search_again(l, false);
	else if (action == RT_ACTION_FIND_PREVIOUS)
		search_again(l, true);
	else
		return false;
	return true;
}

bool rt_list_search(rt_list *l, rt_sv needle, bool backwards, bool begin)
{
	size_t line;

	if (begin) {
		l->search_from = l->cursor;
		l->search_top = l->top;
	}
	rt_str_clear(&l->needle);
	rt_str_addsv(&l->needle, needle);
	l->backwards = backwards;
	line = needle.n ? find_line(l, l->search_from, backwards) : SIZE_MAX;
	l->top = l->search_top;
	rt_list_select(l, line == SIZE_MAX ? l->search_from : line);
	return line != SIZE_MAX;
}

void rt_list_search_count(const rt_list *l, size_t *k, size_t *n)
{
	rt_str text = RT_STR_INIT;
	size_t line;

	*k = *n = 0;
	for (line = 0; l->needle.n && line < l->lines; line++) {
		if (!row_matches(l, rt_list_row(l, line),
				 rt_str_sv(&l->needle), &text))
			continue;
		++*n;
		if (line == l->cursor)
			*k = *n;
	}
	rt_str_free(&text);
}

void rt_list_filter(rt_list *l, rt_sv text)
{
	size_t row = rt_list_selected(l);

	rt_str_clear(&l->filter);
	rt_str_addsv(&l->filter, text);
	apply_filter(l);
	if (row != SIZE_MAX && l->lines)
		l->cursor = line_of(l, row);
	settle(l);
}
