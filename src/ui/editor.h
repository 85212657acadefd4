/* SPDX-License-Identifier: MIT */
/*
 * The user's editor: $VISUAL, $EDITOR, else vi.
 */
#ifndef RT_UI_EDITOR_H
#define RT_UI_EDITOR_H

#include <retort/error.h>

/*
 * Open a file and wait.  The variable may hold arguments ("code --wait"); it
 * is cut into words as a shell would, but no shell runs.
 *   in:   line, where to begin, for an editor that can be told; 0 = nowhere
 *   err:  EHOOK (no editor, or it failed), EUSAGE (open quote)
 */
RETORT_MUST_CHECK int rt_editor_open(const char *path, int line,
				     retort_error *err);

#endif
