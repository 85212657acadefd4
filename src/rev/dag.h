/* SPDX-License-Identifier: MIT */
/*
 * What the files of rev/ know of a graph: numbers instead of names.
 *
 * A node is a revision's place in load order.  Edges lie in compressed rows:
 * the targets of node u are to[start[u]] to to[start[u + 1] - 1], each once,
 * parents before dependencies, in the order in which the file names them.
 */
#ifndef RT_REV_DAG_H
#define RT_REV_DAG_H

#include <stdbool.h>
#include <stdint.h>

#include <retort/graph.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

/* What is below every base: where a walk down ends. */
#define RT_BASE UINT32_MAX
/* No node: a walk that ran out, the symbol `base`, an empty answer. */
#define RT_NIL (UINT32_MAX - 1)

typedef RT_VEC(uint32_t) rt_nodes;

typedef struct rt_edges {
	const uint32_t *start; /* n + 1 */
	const uint32_t *to;
} rt_edges;

struct retort_graph {
	rt_arena arena;
	RT_VEC(retort_revision) revs;
	RT_VEC(retort_problem) problems;
	rt_map keys; /* ids in load order, then labels; value = node */
	rt_edges down, up;         /* parents; children */
	rt_edges all_down, all_up; /* dependencies included */
	rt_edges norm; /* all_down without dependencies that an ancestor
			  declares already: same ancestors, fewer edges */
	uint32_t *topo; /* every node after its parents and dependencies */
	uint32_t *rank; /* a node's place in topo */
};

/* A loop over the targets of a node. */
#define RT_EDGE_EACH(e, node, i)                                              \
	for (i = (e)->start[node]; i < (e)->start[(node) + 1]; i++)

static inline uint32_t rt_edges_count(const rt_edges *e, uint32_t node)
{
	return e->start[node + 1] - e->start[node];
}

static inline uint32_t rt_dag_count(const retort_graph *g)
{
	return (uint32_t)g->revs.n;
}

static inline const char *rt_dag_id(const retort_graph *g, uint32_t node)
{
	return g->revs.v[node].id;
}

/* The node with exactly this id (not label), or RT_NIL. */
uint32_t rt_dag_find(const retort_graph *g, const char *id);

/* Is it one of the node's labels, after propagation? */
bool rt_dag_carries(const retort_graph *g, uint32_t node, rt_sv label);

/* The edges of `e` turned round; targets in load order; in `arena`. */
rt_edges rt_edges_reverse(rt_arena *arena, const rt_edges *e, uint32_t n);

/*
 * Put `bit` on the seeds and all that can be reached from them along `e`.
 *   in:   mark, a byte for every node; the bit must be clear everywhere or
 *         closed under `e`
 *   cost: O(nodes and edges newly marked)
 */
void rt_dag_mark(const rt_edges *e, const uint32_t *seeds, size_t n_seeds,
		 unsigned char *mark, unsigned char bit);

/* Clear marks for every node; the caller frees them. */
unsigned char *rt_dag_marks(const retort_graph *g);

/* "a, b, c and 4 more" in memory that the caller frees. */
char *rt_dag_join(const retort_graph *g, const uint32_t *nodes, size_t n);

/* Parts of the sealing. */
RETORT_MUST_CHECK int rt_seal_order(retort_graph *g, retort_error *err);
void rt_seal_normalize(retort_graph *g);
void rt_seal_labels(retort_graph *g);

#endif
