/* SPDX-License-Identifier: MIT */
/*
 * Version rows as a run or a script expects them: what each step makes of
 * them.
 */
#ifndef RT_ENGINE_STEP_IDS_H
#define RT_ENGINE_STEP_IDS_H

#include <retort/plan.h>

#include "base/str.h"
#include "base/vec.h"

/* Ids, borrowed from whoever set them (a plan, a graph). */
typedef RT_VEC(const char *) rt_ids;

void rt_ids_set(rt_ids *rows, retort_names names);
void rt_ids_copy(rt_ids *rows, const rt_ids *from);

/* Carry a step's changes out. */
void rt_ids_step(rt_ids *rows, const retort_step *step);

/* Whether both hold the same ids, in any order. */
bool rt_ids_match(const rt_ids *rows, retort_names names);

/* "a9ef987fd631 and f8ff2ab1fdfa", sorted; "base" where there are none. */
void rt_ids_describe(retort_names names, rt_str *out);

/* Characters of the longest id that a step writes. */
size_t rt_ids_longest(const retort_step *step);

/*
 * An id that is too long for the version table would be refused by the
 * server after its revision has run; so ask before.
 *   in:   table, its name; limit, characters that its column holds
 *   err:  EREFUSED
 */
RETORT_MUST_CHECK int rt_ids_check(const retort_step *step, const char *table,
				   size_t limit, retort_error *err);

#endif
