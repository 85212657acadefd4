/* SPDX-License-Identifier: MIT */
/*
 * The way out: everything that a terminal or a pipe gets to see.
 *
 * All text passes the sanitizer on its way, whoever wrote it; only the
 * colours of this layer and rt_out_raw() into a pipe do not.  So nobody has
 * to remember which text came from outside.
 */
#ifndef RT_UI_OUT_H
#define RT_UI_OUT_H

#include <stdbool.h>
#include <stdio.h>

#include <retort/common.h>

#include "base/sv.h"
#include "ui/colour.h"

typedef struct rt_out {
	FILE *file;
	bool colour;
	bool terminal;
	bool utf8;    /* the locale can show line drawing */
	int columns;  /* of the terminal; 80 elsewhere */
	bool progress; /* a progress line stands on the screen */
	int failed;    /* errno of the first write that did, or 0 */
} rt_out;

void rt_out_init(rt_out *o, FILE *file, rt_colour_when when);

/* Lines of text; line feeds and tabs stay. */
void rt_out_printf(rt_out *o, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same for text that is there already. */
void rt_out_text(rt_out *o, const char *text);

/* A piece of one line in its colour: a line feed in it cannot start a new
 * line.  Text of NULL is "". */
void rt_out_field(rt_out *o, rt_role role, const char *text);

/* printf of one line's piece in a colour. */
void rt_out_style(rt_out *o, rt_role role, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A glyph of the graph in the colour of its chain. */
void rt_out_lane(rt_out *o, size_t chain, const char *glyph);

/* Lines of outside text in a colour; line feeds and tabs stay. */
void rt_out_lines(rt_out *o, rt_role role, rt_sv text);

/* A list as "a, b". */
void rt_out_names(rt_out *o, rt_role role, const retort_names *names);

/* Bytes that must arrive as they are in a pipe (a script); on a terminal
 * they are cleaned as all text is. */
void rt_out_raw(rt_out *o, const char *text, size_t n);

/* One line that the next output replaces; nothing without a terminal. */
void rt_out_progress(rt_out *o, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void rt_out_progress_end(rt_out *o);

#endif
