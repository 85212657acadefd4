/* SPDX-License-Identifier: MIT */
/*
 * Section markers of a revision file: `-- migrate:up transaction:false`.
 */
#ifndef RT_TEXT_MARKER_H
#define RT_TEXT_MARKER_H

#include <retort/error.h>
#include <retort/sql.h>

#include "base/sv.h"

typedef enum rt_marker {
	RT_MARKER_NONE,
	RT_MARKER_UP,
	RT_MARKER_DOWN,
	RT_MARKER_BAD /* meant as one: `migrate:upp`, `Migrate: down` */
} rt_marker;

/*
 * What marker a line is; blanks may stand before it.
 *   out:  *rest, what is behind up or down, trimmed (the options); of a BAD
 *         one what is behind its colon
 */
rt_marker rt_marker_read(rt_sv line, rt_sv *rest);

/*
 * The same for a token: only a line comment can be one.  BAD too where
 * anything but blanks stands before it on its line.
 */
rt_marker rt_marker_token(rt_sv text, const retort_token *token, rt_sv *rest);

/* EPARSE for a BAD marker; the caller says where. */
RETORT_MUST_CHECK int rt_marker_error(rt_sv rest, retort_error *err);

#endif
