/* SPDX-License-Identifier: MIT */
/*
 * Targets: identifiers that may be relative ("+1", "left@-2", "ab12+3") to
 * where the database stands or, in a history range, to the other end.
 */
#ifndef RT_REV_TARGET_H
#define RT_REV_TARGET_H

#include "rev/ident.h"
#include "rev/resolve.h"

/* What a bare "+N" or "-N" counts from. */
typedef struct rt_origin {
	const rt_nodes *rows; /* version rows in table order, or NULL: */
	rt_sv text;           /* the identifier at the other end */
} rt_origin;

/* Where a downgrade goes. */
typedef struct rt_goal {
	uint32_t node; /* RT_NIL: below every base */
	rt_sv label;   /* the branch to stay on; empty if any; borrowed from
			  the target or from the graph */
	bool several;  /* a bare -N, while there were several rows */
} rt_goal;

/*
 * The revisions that an upgrade should end with; none for `base`.
 *   in:   exact, false stops at the end of the graph
 *   out:  appended to *out
 *   err:  ENOTFOUND, EAMBIGUOUS, ETARGET (the graph ends before)
 */
RETORT_MUST_CHECK int rt_target_up(const rt_ask *ask, rt_sv target,
				   const rt_origin *from, bool exact,
				   rt_nodes *out, retort_error *err);

/* The revision that a downgrade should end at; errors as above. */
RETORT_MUST_CHECK int rt_target_down(const rt_ask *ask, rt_sv target,
				     const rt_origin *from, bool exact,
				     rt_goal *out, retort_error *err);

/* ETARGET: "relative revision +3 didn't produce 3 migrations: why". */
int rt_target_ran_out(const rt_relative *rel, const char *why,
		      retort_error *err);

/*
 * What `current` shows: of the rows and all their ancestors those without a
 * child among them.  In load order.
 */
void rt_current(const retort_graph *g, const rt_nodes *rows, rt_nodes *out);

#endif
