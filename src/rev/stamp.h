/* SPDX-License-Identifier: MIT */
/* Stamping: which rows move where, without running anything. */
#ifndef RT_REV_STAMP_H
#define RT_REV_STAMP_H

#include "rev/resolve.h"

/* The rows rows[first] to rows[first + n - 1] move to one revision. */
typedef struct rt_move {
	uint32_t to; /* RT_NIL: they are deleted */
	size_t first, n;
} rt_move;

typedef struct rt_moves {
	RT_VEC(rt_move) v;
	rt_nodes rows; /* those on the targets' lines */
} rt_moves;

#define RT_MOVES_INIT { RT_VEC_INIT, RT_VEC_INIT }

void rt_moves_free(rt_moves *m);

/*
 * What stamping `targets` does to the rows on their lines.
 *   err:  ENOTFOUND, EAMBIGUOUS, ETARGET, ESTATE (rows above and below)
 *   cost: O(revisions + edges)
 */
RETORT_MUST_CHECK int rt_stamp(const rt_ask *ask, const rt_sv *targets,
			       size_t n_targets, const rt_nodes *rows,
			       rt_moves *out, retort_error *err);

#endif
