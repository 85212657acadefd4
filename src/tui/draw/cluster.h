/* SPDX-License-Identifier: MIT */
/*
 * Grapheme clusters as terminals agree on them: one base character with the
 * combining marks behind it, one or two columns wide.
 *
 * Nothing that comes out of here can move the cursor, switch a mode or turn
 * the direction of writing: control, bidi and other format characters and
 * broken UTF-8 become a mark.  So a cell is safe whoever filled it.
 *
 * Joiners and variation selectors are dropped, because terminals differ in
 * the width they give to what they join.  Widths are those of wcwidth(), the
 * function that ncurses asks too; ambiguous characters are one column.
 */
#ifndef RT_TUI_DRAW_CLUSTER_H
#define RT_TUI_DRAW_CLUSTER_H

#include <stdbool.h>

#include "base/sv.h"

enum {
	RT_CLUSTER_BYTES = 20, /* of UTF-8 */
	RT_CLUSTER_CHARS = 5   /* as many as a curses cell holds */
};

typedef struct rt_cluster {
	char text[RT_CLUSTER_BYTES]; /* not ended by NUL */
	unsigned char n;             /* bytes */
	unsigned char width;         /* 1 or 2 */
} rt_cluster;

/*
 * Take the next cluster off the front of *rest.
 *   in:   ascii, true where the terminal can show nothing else: any other
 *         character becomes '?'
 *   out:  false at the end of the text
 */
bool rt_cluster_next(rt_sv *rest, bool ascii, rt_cluster *out);

/* Columns that a text takes.  O(length). */
int rt_cluster_columns(rt_sv text, bool ascii);

/* Bytes of the part of `text` that fits into `cols` columns; *used gets the
 * columns that the part takes. */
size_t rt_cluster_fit(rt_sv text, bool ascii, int cols, int *used);

#endif
