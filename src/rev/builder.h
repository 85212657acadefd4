/* SPDX-License-Identifier: MIT */
/*
 * Building a graph: add the revisions in load order, then seal.
 */
#ifndef RT_REV_BUILDER_H
#define RT_REV_BUILDER_H

#include <retort/graph.h>

#include "base/arena.h"

retort_graph *rt_graph_new(void);

/* The arena that owns the graph's strings; lives until the graph is freed. */
rt_arena *rt_graph_arena(retort_graph *graph);

/*
 * Add a revision; the fields that a file states are taken as they are, the
 * rest is worked out when sealed.  Strings and lists must live in the
 * graph's arena.
 *   err:  EGRAPH: the id is there already (names both files), or the
 *         grammar of identifiers gives it another meaning ("head", "a@b")
 */
RETORT_MUST_CHECK int rt_graph_add(retort_graph *graph,
				   const retort_revision *rev,
				   retort_error *err);

/* Note a file that cannot be read; strings as in rt_graph_add. */
void rt_graph_add_problem(retort_graph *graph, const retort_problem *problem);

/*
 * Add a revision without a file for every name that a parent or dependency
 * has and no revision or label: where files could not be read, these may be
 * the ones that are missing.
 */
RETORT_MUST_CHECK int rt_graph_add_absent(retort_graph *graph,
					  retort_error *err);

/*
 * Resolve parents, dependencies and labels, find cycles, propagate labels.
 *   err:  EGRAPH: a parent or dependency that is not there (names the file
 *         that wants it), a label used twice or equal to an id, a cycle or
 *         self-loop (names its members in order)
 *   cost: O(revisions + edges)
 */
RETORT_MUST_CHECK int rt_graph_seal(retort_graph *graph, retort_error *err);

#endif
