/* SPDX-License-Identifier: MIT */
/*
 * Text in a pane: lines cut or wrapped, scrolled both ways, searched, drawn
 * with spans of style.  What the SQL and log panes (and a diff) have in
 * common.
 */
#ifndef RT_TUI_WIDGET_TEXTVIEW_H
#define RT_TUI_WIDGET_TEXTVIEW_H

#include "base/str.h"
#include "base/vec.h"
#include "tui/draw/cells.h"
#include "tui/widget/list.h"

/* A style from `offset` of the text up to the next span. */
typedef struct rt_span {
	size_t offset;
	rt_style style;
} rt_span;

/* A row on the screen: part of a line. */
typedef struct rt_text_row {
	size_t start, end; /* bytes of the text */
	size_t line;       /* 0-based */
	bool first;        /* of its line */
} rt_text_row;

typedef struct rt_textview {
	rt_str text;          /* lines end in \n; no tabs */
	RT_VEC(rt_span) spans; /* ascending; before the first: plain */
	RT_VEC(rt_text_row) rows;
	rt_list list;         /* of `rows` */
	size_t lines;
	int shift;            /* columns scrolled to the right */
	int cols;             /* that rows were made for */
	bool wrap, ascii;
} rt_textview;

void rt_textview_init(rt_textview *t);
void rt_textview_free(rt_textview *t);

/* Begin anew: no text, no spans, scrolled to the start. */
void rt_textview_clear(rt_textview *t);

/* Append text with one style; tabs become spaces, \r goes. */
void rt_textview_add(rt_textview *t, rt_style style, rt_sv text);

/* Make the rows for a width; needed after adding. */
void rt_textview_layout(rt_textview *t, int rows, int cols, bool ascii);

/* LEFT, RIGHT, WRAP; false if the action is none of them. */
bool rt_textview_action(rt_textview *t, rt_action action);

/* Draw from the list's top on; `gutter` columns are left free. */
void rt_textview_draw(rt_textview *t, rt_area a, int gutter);

/* The text of the line with the cursor. */
rt_sv rt_textview_line(const rt_textview *t);

#endif
