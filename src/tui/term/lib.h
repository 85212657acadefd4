/* SPDX-License-Identifier: MIT */
/*
 * ncurses, opened on first use: no command but the console needs it, and a
 * process pays for every library that it begins with.  For this folder.
 */
#ifndef RT_TUI_TERM_LIB_H
#define RT_TUI_TERM_LIB_H

#define NCURSES_NOMACROS 1 /* refresh() and others would be macros */
#include <curses.h>

#include <retort/error.h>

/* What is used of ncurses; to use one more is one row. */
#define RT_CURSES_FUNCTIONS(X)                                                \
	X(beep)                                                               \
	X(clearok)                                                            \
	X(curs_set)                                                           \
	X(define_key)                                                         \
	X(delscreen)                                                          \
	X(endwin)                                                             \
	X(erase)                                                              \
	X(getch)                                                              \
	X(getmouse)                                                           \
	X(has_colors)                                                         \
	X(init_extended_pair)                                                 \
	X(keypad)                                                             \
	X(leaveok)                                                            \
	X(mouseinterval)                                                      \
	X(mousemask)                                                          \
	X(move)                                                               \
	X(mvadd_wch)                                                          \
	X(newterm)                                                            \
	X(nodelay)                                                            \
	X(noecho)                                                             \
	X(nonl)                                                               \
	X(raw)                                                                \
	X(refresh)                                                            \
	X(reset_prog_mode)                                                    \
	X(resizeterm)                                                         \
	X(set_escdelay)                                                       \
	X(setcchar)                                                           \
	X(start_color)                                                        \
	X(tigetflag)                                                          \
	X(tigetstr)                                                           \
	X(ungetch)                                                            \
	X(use_default_colors)                                                 \
	X(use_tioctl)

/* And of its variables, which are seen through pointers. */
#define RT_CURSES_VARIABLES(X)                                                \
	X(COLORS)                                                             \
	X(COLS)                                                               \
	X(LINES)                                                              \
	X(curscr)                                                             \
	X(stdscr)

typedef struct rt_curses_lib {
#define RT_CURSES_MEMBER_(name) __typeof__(name) *name;
	RT_CURSES_FUNCTIONS(RT_CURSES_MEMBER_)
	RT_CURSES_VARIABLES(RT_CURSES_MEMBER_)
#undef RT_CURSES_MEMBER_
} rt_curses_lib;

/*
 * Find the library and its functions; it stays loaded.
 *   err:  EUNSUPPORTED: not installed (says what to install), too old
 */
RETORT_MUST_CHECK int rt_curses_load(rt_curses_lib *lib, retort_error *err);

#endif
