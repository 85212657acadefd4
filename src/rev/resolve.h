/* SPDX-License-Identifier: MIT */
/*
 * From identifiers to nodes.  Alembic reads identifiers in three ways; this
 * is the one behind all (a name, a prefix, a symbol, LABEL@…), target.h has
 * the two that know relative forms.
 *
 * Errors: ENOTFOUND, EAMBIGUOUS.  Their text begins as Alembic's does and
 * goes on with the cause.
 */
#ifndef RT_REV_RESOLVE_H
#define RT_REV_RESOLVE_H

#include "base/sv.h"
#include "rev/dag.h"

/* The graph, and how errors speak of what was asked. */
typedef struct rt_ask {
	const retort_graph *g;
	rt_sv argument; /* what the user wrote; empty = the part at fault */
	bool stamp;     /* Alembic words "several heads" differently there */
} rt_ask;

/*
 * All revisions that `text` names: none for `base`, several for `heads`.
 *   out:  appended to *out
 */
RETORT_MUST_CHECK int rt_resolve_many(const rt_ask *ask, rt_sv text,
				      rt_nodes *out, retort_error *err);

/* The same, but "-N" may end below the bases: RT_BASE just below one, RT_NIL
 * farther on. */
RETORT_MUST_CHECK int rt_resolve_below(const rt_ask *ask, rt_sv text,
				       rt_nodes *out, retort_error *err);

/*
 * The one revision that `text` names; RT_NIL for `base`.
 *   err:  also EAMBIGUOUS: there are several heads
 */
RETORT_MUST_CHECK int rt_resolve_one(const rt_ask *ask, rt_sv text,
				     uint32_t *out, retort_error *err);

/* rt_resolve_one for "label@symbol"; an empty label is none. */
RETORT_MUST_CHECK int rt_resolve_on_branch(const rt_ask *ask, rt_sv label,
					   rt_sv symbol, uint32_t *out,
					   retort_error *err);

/* The revision that carries a label, or that the label names itself. */
RETORT_MUST_CHECK int rt_resolve_branch(const rt_ask *ask, rt_sv label,
					uint32_t *out, retort_error *err);

/*
 * Mark what lies on one line with `against` (an identifier): itself, its
 * ancestors and descendants; for LABEL@SYMBOL those of either.
 *   in:   deps, follow dependencies too
 *   out:  *marks, a byte for every node, not 0 = on the line; the caller
 *         frees it.  NULL: everything is (`base`)
 */
RETORT_MUST_CHECK int rt_resolve_lineage(const rt_ask *ask, rt_sv against,
					 bool deps, unsigned char **marks,
					 retort_error *err);

/*
 * Walk from `from` (RT_NIL: from outside, up into the bases or down into
 * the heads) so many steps up, or down if negative, along down_revision.
 *   in:   label, only children on one line with it count; may be empty
 *         exact, false stops at the end of the graph instead of giving up
 *   out:  *out, a node; RT_BASE just below a base; RT_NIL if the graph ends
 *         before that
 *   err:  EAMBIGUOUS: there are two ways
 */
RETORT_MUST_CHECK int rt_walk(const rt_ask *ask, uint32_t from, long steps,
			      rt_sv label, bool exact, uint32_t *out,
			      retort_error *err);

#endif
