/* SPDX-License-Identifier: MIT */
/*
 * The edges of a list that is to be drawn, by place (an index of the list):
 * down to the parents that are listed, and through a gap to the nearest
 * listed ancestors behind those that are not.  See <retort/layout.h>.
 */
#ifndef RT_REV_EDGES_H
#define RT_REV_EDGES_H

#include <retort/graph.h>

#include "base/vec.h"

typedef struct rt_edge_set {
	size_t first, n; /* of rt_edges.to; n = SIZE_MAX: not worked out */
} rt_edge_set;

typedef struct rt_edges {
	rt_edge_set *set; /* by place */
	RT_VEC(size_t) to; /* places, greater than the one they start from */
} rt_edges;

/* O(revisions + edges), and for gaps with several ways a search between
 * their ends. */
void rt_edges_make(rt_edges *e, const retort_graph *graph,
		   const retort_list *list);
void rt_edges_free(rt_edges *e);

#endif
