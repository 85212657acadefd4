/* SPDX-License-Identifier: MIT */
/*
 * Renames: what the schema file says of them, and what looks like one.
 */
#ifndef RT_ENGINE_CREATE_RENAMES_H
#define RT_ENGINE_CREATE_RENAMES_H

#include <retort/generate.h>

#include "base/arena.h"
#include "base/sv.h"
#include "base/vec.h"
#include "schema/diff.h"

typedef RT_VEC(retort_rename) rt_renames;

/*
 * What comments of the form `-- retort:renamed from=NAME` say: in front of
 * a CREATE TABLE of that table; inside its parentheses, on the column's line
 * or the line before it, of that column.
 *   out:  appended to *out, in the order of the text; texts in the arena
 *   cost: O(bytes)
 */
void rt_renames_read(rt_sv sql, retort_dialect dialect, rt_arena *arena,
		     rt_renames *out);

/*
 * Keep those that are still to be done: the old name is in `before` and not
 * in `after`, the new one the other way round.
 */
void rt_renames_keep(rt_renames *renames, const retort_schema *before,
		     const retort_schema *after);

/*
 * What may be one: a removed and an added column of the same table with the
 * same properties, the only such pair; a removed and an added table with
 * equal columns, likewise.
 *   out:  appended to *out; texts in the arena
 */
void rt_renames_suggest(const retort_diff *diff, rt_arena *arena,
			rt_renames *out);

#endif
