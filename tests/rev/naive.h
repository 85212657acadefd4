/* SPDX-License-Identifier: MIT */
/*
 * The same rules as src/rev has them, worked out the slow and obvious way:
 * what the fast way is compared with.
 */
#ifndef RT_TEST_NAIVE_H
#define RT_TEST_NAIVE_H

#include "rev/dag.h"

/* reach[u * n + v]: v is u or an ancestor of u, dependencies included or
 * not; the caller frees it. */
unsigned char *naive_reach(const retort_graph *g, bool deps);

/* The order of <rev/order.h>, asking for every pair of heads each time. */
void naive_order(const retort_graph *g, const unsigned char *todo,
		 const rt_nodes *heads, rt_nodes *out);

/* Normalised parents of a node: every ancestor asked. */
void naive_norm(const retort_graph *g, const unsigned char *reach, uint32_t u,
		rt_nodes *out);

/* Does the node carry the label, by Alembic's walk over descendants? */
bool naive_carries(const retort_graph *g, const unsigned char *reach,
		   uint32_t owner, uint32_t u);

#endif
