/* SPDX-License-Identifier: MIT */
/*
 * Which revisions a plan or a history takes: marks for rt_order.
 */
#ifndef RT_REV_SELECT_H
#define RT_REV_SELECT_H

#include "rev/target.h"

typedef struct rt_selection {
	unsigned char *todo; /* by node; 1 = taken */
	rt_nodes heads;      /* where the order starts */
	bool several;        /* see rt_goal */
} rt_selection;

#define RT_SELECTION_INIT { NULL, RT_VEC_INIT, false }

void rt_selection_free(rt_selection *s);

/*
 * Upgrade: the targets and all they need, less what the rows have.
 *   err:  ENOTFOUND, EAMBIGUOUS, ETARGET, ESTATE (rows that overlap)
 */
RETORT_MUST_CHECK int rt_select_up(const rt_ask *ask, rt_sv target,
				   const rt_nodes *rows, rt_selection *out,
				   retort_error *err);

/* Downgrade: what is applied above the target, and what depends on that. */
RETORT_MUST_CHECK int rt_select_down(const rt_ask *ask, rt_sv target,
				     const rt_nodes *rows, rt_selection *out,
				     retort_error *err);

/*
 * From the rows to the targets: what is taken down, then what is put up.
 *   in:   targets, n of them, none = base
 *   err:  as rt_select_up
 */
RETORT_MUST_CHECK int rt_select_exactly(const retort_graph *g,
					const rt_sv *targets, size_t n,
					const rt_nodes *rows,
					rt_selection *down, rt_selection *up,
					retort_error *err);

/* None of the nodes may be an ancestor of another: `code`, naming them. */
RETORT_MUST_CHECK int rt_select_check(const retort_graph *g,
				      const rt_nodes *nodes, int code,
				      retort_error *err);

/* An end of a history range: an identifier, or the version rows. */
typedef struct rt_end {
	const rt_nodes *rows; /* not NULL: the word `current` */
	rt_sv text;
} rt_end;

/*
 * History from `start` to `end`, both included.
 *   err:  ENOTFOUND, EAMBIGUOUS, ETARGET (not on one line), ESTATE
 */
RETORT_MUST_CHECK int rt_select_range(const rt_ask *ask, const rt_end *start,
				      const rt_end *end, rt_selection *out,
				      retort_error *err);

/* ETARGET: the two ends do not lie on one line. */
int rt_range_broken(const retort_graph *g, const rt_end *start,
		    const rt_end *end, retort_error *err);

#endif
