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
 *         What is behind the header is not looked at
 *   err:  EPARSE with file, line, column: no header, no revision or
 *         down_revision key, an unknown key, a key twice, a name that
 *         rt_header_check_id refuses, invalid UTF-8, a control character
 *   cost: O(header)
 *
 * The header ends at the first section marker, or at the first line that is
 * neither blank nor a comment.  Any other comment `-- word: …` whose word is
 * in lower case, or like a key, is an unknown key; all else is prose.
 */
RETORT_MUST_CHECK int rt_header_read(rt_arena *arena, const char *path,
				       rt_sv text, bool whole,
				       retort_revision *out, bool *more,
				       retort_error *err);

/*
 * Where the value of down_revision stands, for whoever changes it.
 *   in:   text, the whole file
 *   out:  *value, what is behind the colon up to the last character that is
 *         no blank: the blanks before the names belong to it; may be empty
 *   err:  as rt_header_read
 */
RETORT_MUST_CHECK int rt_header_find_down(const char *path, rt_sv text,
					  rt_sv *value, retort_error *err);

/*
 * Whether `id` may name a revision, or a branch when `label`: nothing with
 * white space, commas or control characters, none of the words that mean
 * something on the command line (base, current, head, heads); and no `@ - +
 * :` in an id.  Alembic lets those four through in labels, so labels may have
 * them.
 *   err:  EUSAGE: which character is forbidden, and why
 */
RETORT_MUST_CHECK int rt_header_check_id(rt_sv id, bool label,
					 retort_error *err);

#endif
