/* SPDX-License-Identifier: MIT */
/* The console, as the command line starts it. */
#ifndef RT_TUI_TUI_H
#define RT_TUI_TUI_H

#include <retort/project.h>

typedef struct rt_tui_options {
	bool colour;       /* false for NO_COLOR, --no-color */
	bool ascii;        /* ASCII signs even where the locale has UTF-8 */
	const char *theme; /* NULL = by the terminal */
	int idle_fd;       /* see tui/loop.h; -1 = none */
	/* The user's keys: action and keys, as rt_keymap_bind takes them. */
	const char *const (*keys)[2];
	size_t n_keys;
} rt_tui_options;

#define RT_TUI_OPTIONS_INIT { true, false, NULL, -1, NULL, 0 }

/*
 * Run the console until the user leaves it.
 *   in:   project, open; its graph need not be readable
 *   err:  EUSAGE (no terminal; no such theme), EUNSUPPORTED (TERM)
 *   note: a signal that ends it ends the program by that signal
 */
RETORT_MUST_CHECK int rt_tui_run(retort_project *project,
				 const rt_tui_options *options,
				 retort_error *err);

#endif
