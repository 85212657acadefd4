/* SPDX-License-Identifier: MIT */
/*
 * What may not be planned while files cannot be read.  The graph has then
 * heads that are none, and revisions without the parents that they have.
 */
#ifndef RT_REV_PROBLEMS_H
#define RT_REV_PROBLEMS_H

#include <retort/plan.h>

#include "base/sv.h"
#include "rev/dag.h"

/*
 * Refuse a plan that might be another one with all files read: an upgrade or
 * stamp to what is not named by its id ("head", "+1"), or from rows behind
 * which a revision's parents are not known.  A downgrade goes by what is
 * applied, and meets such a revision only as a step.
 *   in:   targets, n of them; rows, of the version table
 *   err:  EPARSE with file, line and column
 */
RETORT_MUST_CHECK int rt_problems_check(const retort_graph *g, retort_op op,
					const rt_sv *targets, size_t n,
					const rt_nodes *rows,
					retort_error *err);

#endif
