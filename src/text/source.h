/* SPDX-License-Identifier: MIT */
/*
 * A revision file as text: is it text at all, and where in it is a byte?
 */
#ifndef RT_TEXT_SOURCE_H
#define RT_TEXT_SOURCE_H

#include <retort/error.h>

#include "base/sv.h"

/* Length of the byte order mark at the start of a text: 3 or 0. */
size_t rt_source_bom(rt_sv text);

/*
 * That a text is UTF-8 without NUL, from the offset `from` on.
 *   in:   whole, false where the text may be cut inside a character
 *   err:  EPARSE, with position
 *   cost: O(bytes)
 */
RETORT_MUST_CHECK int rt_source_check(const char *path, rt_sv text,
				      size_t from, bool whole,
				      retort_error *err);

/* Say where in the file `offset` is, as rt_err_at_offset; a byte order mark
 * is no column, as in editors. */
void rt_source_at(retort_error *err, const char *path, rt_sv text,
		  size_t offset);

#endif
