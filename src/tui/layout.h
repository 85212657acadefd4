/* SPDX-License-Identifier: MIT */
/*
 * What the console remembers of a project from one time to the next: which
 * panes, which signs, which colours.
 *
 * It is a file per project below $XDG_STATE_HOME/retort (or
 * ~/.local/state/retort), written whole or not at all.  One that cannot be
 * made sense of is ignored, with a line in the log; one that cannot be
 * written is not missed.
 */
#ifndef RT_TUI_LAYOUT_H
#define RT_TUI_LAYOUT_H

#include <stdbool.h>

#include <retort/error.h>

#include "tui/draw/theme.h"
#include "tui/view/view.h"

typedef struct rt_layout {
	const rt_theme *theme;
	bool ascii, maximised, line_numbers;
	rt_view_id focus, other; /* panes, not HELP */
} rt_layout;

/*
 * Read a layout.
 *   in:   path, NULL = none; *layout, what holds where no file says anything
 *   err:  EIO (unreadable), EPARSE (of another version, or broken: names the
 *         line); *layout is then as before.  No file is no error
 */
RETORT_MUST_CHECK int rt_layout_read(const char *path, rt_layout *layout,
				     retort_error *err);

RETORT_MUST_CHECK int rt_layout_write(const char *path,
				      const rt_layout *layout,
				      retort_error *err);

/* Where a project's layout is kept; NULL if there is no place.  Caller
 * frees.
 *   in:   config, the absolute path of the project file; state, of
 *         $XDG_STATE_HOME; home, of $HOME; both may be NULL */
char *rt_layout_path(const char *config, const char *state, const char *home);

#endif
