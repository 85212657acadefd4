/* SPDX-License-Identifier: MIT */
/*
 * A terminal, as the console sees one: it takes frames and gives events.
 *
 * Two kinds: curses.c is the real one; that of the tests keeps the frame and
 * plays events that a test has put in.
 */
#ifndef RT_TUI_TERM_TERM_H
#define RT_TUI_TERM_TERM_H

#include <retort/error.h>

#include "tui/draw/cells.h"
#include "tui/draw/theme.h"
#include "tui/keys/keys.h"

typedef enum rt_event_kind {
	RT_EVENT_KEY,
	RT_EVENT_PASTE,
	RT_EVENT_MOUSE,
	RT_EVENT_FOCUS /* the terminal's window got the focus */
} rt_event_kind;

typedef enum rt_mouse {
	RT_MOUSE_PRESS,
	RT_MOUSE_DOUBLE,
	RT_MOUSE_WHEEL_UP,
	RT_MOUSE_WHEEL_DOWN
} rt_mouse;

typedef struct rt_event {
	rt_event_kind kind;
	rt_key key;
	rt_mouse mouse;
	int row, col; /* of the mouse */
	rt_sv text;   /* of a paste; valid until the next event */
} rt_event;

typedef struct rt_term rt_term;

typedef struct rt_term_ops {
	/* The size now, as the terminal says; at least 1 by 1. */
	void (*size)(rt_term *t, int *rows, int *cols);
	/* Show a frame; only what differs from the last one is sent.  The
	 * cursor is shown at its place, or hidden where `cursor_row` < 0. */
	void (*put)(rt_term *t, const rt_cells *frame, int cursor_row,
		    int cursor_col);
	/* The next event that has come; false = none waits. */
	bool (*next)(rt_term *t, rt_event *event);
	/* Forget what is on the screen: the next frame is sent whole. */
	void (*redraw)(rt_term *t);
	void (*bell)(rt_term *t);
	/* Put text into the clipboard (OSC 52); false if it is too long. */
	bool (*copy)(rt_term *t, rt_sv text);
	/* Give the terminal back for another program, and take it again. */
	void (*leave)(rt_term *t);
	void (*enter)(rt_term *t);
	void (*theme)(rt_term *t, const rt_theme *theme);
	void (*mouse)(rt_term *t, bool on);
	void (*close)(rt_term *t);
} rt_term_ops;

struct rt_term {
	const rt_term_ops *ops;
	int fd;       /* readable when events may have come; -1 = never */
	int signals;  /* readable when a signal has come: a byte each, its
			 number; -1 = never */
	int colours;  /* 0 = none (NO_COLOR, or the terminal has none), 16,
			 256, 1 << 24 */
	bool ascii;   /* the locale has no UTF-8 */
};

/*
 * Take over the terminal that is standard input and output.
 *   in:   colour, false for NO_COLOR
 *   err:  EUSAGE (standard input or output is no terminal), EUNSUPPORTED
 *         (TERM unknown, or it cannot move its cursor)
 *   own:  caller closes with rt_term_close; only one at a time
 */
RETORT_MUST_CHECK int rt_term_open(rt_term **t, bool colour,
				   retort_error *err);
void rt_term_close(rt_term *t); /* NULL allowed */

#endif
