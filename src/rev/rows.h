/* SPDX-License-Identifier: MIT */
/*
 * The version table while a plan runs: one row for every revision that is
 * applied and not contained in another that is.
 */
#ifndef RT_REV_ROWS_H
#define RT_REV_ROWS_H

#include <retort/plan.h>

#include "rev/dag.h"

typedef struct rt_rows {
	const retort_graph *g;
	rt_arena *arena;      /* for the changes */
	unsigned char *is_row;
	uint32_t *needed;     /* by node: applied revisions directly above;
				 only while going down */
	rt_nodes touched;     /* every node that ever was a row */
} rt_rows;

void rt_rows_start(rt_rows *r, const retort_graph *g, rt_arena *arena,
		   const rt_nodes *rows);
void rt_rows_free(rt_rows *r);

/*
 * Change the rows for one revision upgraded or downgraded and write the
 * changes into the step.  A merge point deletes all parents' rows but one,
 * and updates that; taken back, it gives a row to each parent that nothing
 * else contains.
 *   cost: O(parents and dependencies of the node)
 */
void rt_rows_up(rt_rows *r, uint32_t node, retort_step *step);
void rt_rows_down(rt_rows *r, uint32_t node, retort_step *step);

/*
 * The rows `from` become the row `to` (RT_NIL: are deleted).  Those of
 * `from` that are no rows any more count as moved: `to` is inserted then.
 */
void rt_rows_stamp(rt_rows *r, const uint32_t *from, size_t n_from,
		   uint32_t to, retort_step *step);

/* The ids of the rows, sorted; in the arena. */
retort_names rt_rows_names(const rt_rows *r);

/*
 * The nodes of version rows, each once, in their order.
 *   in:   code, ENOTFOUND or ESTATE
 *   err:  `code`: rows that no file has; all are named
 *   out:  *out, the known ones, even then
 */
RETORT_MUST_CHECK int rt_rows_find(const retort_graph *g,
				   const retort_names *rows, int code,
				   rt_nodes *out, retort_error *err);

#endif
