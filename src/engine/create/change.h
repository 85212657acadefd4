/* SPDX-License-Identifier: MIT */
/* What was written to a file, and what was there before. */
#ifndef RT_ENGINE_CREATE_CHANGE_H
#define RT_ENGINE_CREATE_CHANGE_H

#include <retort/rewrite.h>

#include "base/str.h"

/*
 * Write a file anew, by a temporary file; its permissions stay.
 *   in:   before, after: their text is taken over
 *   own:  caller frees *change
 */
RETORT_MUST_CHECK int rt_change_write(retort_change **change,
				      const char *path, rt_str *before,
				      rt_str *after, retort_error *err);

/*
 * As retort_graph_applied, but a row without file is ESTATE: it may stand
 * above anything.
 *   out:  *applied; caller frees, on errors too
 */
RETORT_MUST_CHECK int rt_change_applied(const retort_graph *graph,
					const retort_names *rows,
					bool **applied, retort_error *err);

#endif
