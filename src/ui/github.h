/* SPDX-License-Identifier: MIT */
/*
 * Workflow commands of GitHub Actions: `::error file=…,line=…,title=…::text`.
 */
#ifndef RT_UI_GITHUB_H
#define RT_UI_GITHUB_H

#include "ui/out.h"

/*
 * Print an annotation, one line.
 *   in:   kind, "error", "warning" or "notice"; path, as the repository has
 *         it, NULL = none; line, 0 = the first; column, 0 = none
 *         next, what to do, behind the message; "" = nothing
 */
void rt_github_annotate(rt_out *o, const char *kind, const char *path,
			int line, int column, const char *title,
			const char *message, const char *next);

#endif
