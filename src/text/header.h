/* SPDX-License-Identifier: MIT */
/*
 * The header of a native revision file: `-- key: value` comment lines before
 * the first section marker.
 */
#ifndef RT_TEXT_HEADER_H
#define RT_TEXT_HEADER_H

#include <retort/graph.h>

#include "base/arena.h"

/*
 * Read the header.
 *   in:   path, for errors and out->path; text, the file or its start
 *         whole, whether text is the whole file: if not and the header may
 *         go on behind its end, *more is set and 0 returned
 *   out:  *out: id, message, doc, created, path, down, depends_on, labels
 *         (sorted), all copied into arena; the rest zero
 *   err:  EPARSE with file, line, column: no header, no revision key, an
 *         unknown key, a key twice, bad characters in an id or label
 *         (`@ - + :` as in Alembic, white space, comma, control), invalid
 *         UTF-8, a NUL byte
 */
RETORT_MUST_CHECK int rt_header_read(rt_arena *arena, const char *path,
				       rt_sv text, bool whole,
				       retort_revision *out, bool *more,
				       retort_error *err);

/*
 * Whether `id` may name a revision, or a branch when `label`.
 *   err:  EUSAGE: which character is forbidden, and why
 */
RETORT_MUST_CHECK int rt_header_check_id(rt_sv id, bool label,
					 retort_error *err);

#endif
