/* SPDX-License-Identifier: MIT */
/* What the files of the real terminal share; for them alone. */
#ifndef RT_TUI_TERM_CURSES_H
#define RT_TUI_TERM_CURSES_H

#include <termios.h>

#include "base/str.h"
#include "tui/term/lib.h"
#include "tui/term/term.h"

typedef struct rt_curses {
	rt_term base;
	rt_curses_lib lib;
	SCREEN *screen;
	rt_cells shown;     /* the frame that is on the terminal */
	const rt_theme *theme;
	struct termios saved;
	bool extended; /* xterm's modes are understood */
	bool mouse;
	bool pasting;
	rt_str paste;
	char begun[4]; /* a character whose other bytes have yet to come */
	size_t n_begun;
	double click_time; /* of the last press, to find double clicks */
	int click_row, click_col;
} rt_curses;

/* Teach curses the sequences that terminfo has no names for. */
void rt_curses_keys_init(rt_curses *c);

/* rt_term_ops.next */
bool rt_curses_next(rt_term *t, rt_event *event);

#endif
