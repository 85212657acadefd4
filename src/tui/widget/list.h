/* SPDX-License-Identifier: MIT */
/*
 * A list that scrolls: which rows are shown, which is selected, which match a
 * search, which a filter leaves.  It knows how many rows there are and can
 * ask for a row's text; it draws nothing.
 *
 * A *row* is a place in the owner's data; a *line* is a place among the rows
 * that the filter leaves.  Without filter they are the same.
 */
#ifndef RT_TUI_WIDGET_LIST_H
#define RT_TUI_WIDGET_LIST_H

#include <stdbool.h>

#include "base/str.h"
#include "base/vec.h"
#include "tui/keys/action.h"

typedef struct rt_list_source {
	/* Append the text of a row, as search and filter see it. */
	void (*text)(void *self, size_t row, rt_str *out);
	void *self;
} rt_list_source;

typedef struct rt_list {
	rt_list_source source;
	size_t rows;     /* of the owner's data */
	size_t lines;    /* of them after the filter */
	size_t top;      /* first line shown */
	size_t cursor;   /* line selected; 0 if there are none */
	size_t height;   /* lines that fit, at least 1 */
	bool pages;      /* no cursor to see: moving scrolls at once */
	rt_str needle;   /* searched for; "" = nothing */
	bool backwards;
	rt_str filter;   /* "" = none */
	bool narrowed;   /* the owner applies it: its rows are what is left */
	RT_VEC(size_t) kept; /* rows by line, while there is a filter */
	size_t search_from;  /* where an incremental search began */
	size_t search_top;
} rt_list;

void rt_list_init(rt_list *l, rt_list_source source);
void rt_list_free(rt_list *l);

/* The data changed: so many rows now.  Cursor and top are clamped, the
 * filter is applied anew. */
void rt_list_set_rows(rt_list *l, size_t rows);
void rt_list_set_height(rt_list *l, int height);

/* The row at a line; line < lines. */
size_t rt_list_row(const rt_list *l, size_t line);

/* The row selected, or SIZE_MAX without any. */
size_t rt_list_selected(const rt_list *l);

/* Select a row; false (and unchanged) when the filter hides it. */
bool rt_list_select_row(rt_list *l, size_t row);

/* Select a line, clamped, and make it visible. */
void rt_list_select(rt_list *l, size_t line);
void rt_list_scroll(rt_list *l, long lines);

/* Carry out a move (DOWN … SCREEN_BOTTOM) or FIND_NEXT, FIND_PREVIOUS;
 * false if the action is none of them. */
bool rt_list_action(rt_list *l, rt_action action);

/*
 * Search as it is typed: from where the search began, case counts only when
 * the needle has a capital letter.
 *   in:   begin, true at the first call of a search
 *   out:  false if nothing matches; the cursor is then where it began
 */
bool rt_list_search(rt_list *l, rt_sv needle, bool backwards, bool begin);

/* The place of the selected match among all: "*k of *n"; k = 0 when the
 * selected row is none.  O(rows). */
void rt_list_search_count(const rt_list *l, size_t *k, size_t *n);

void rt_list_filter(rt_list *l, rt_sv text);

#endif
