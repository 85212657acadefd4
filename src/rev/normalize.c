/* SPDX-License-Identifier: MIT */
/*
 * Normalised dependencies: a dependency that an ancestor (by down_revision)
 * declares already says nothing new and is left out of rows and order.
 *
 * Only a revision that several others depend on can be declared twice in a
 * line.  Those are looked at 64 at a time, a bit for each, in one pass over
 * the part of the graph between their first and last dependent.
 */
#include "config.h"

#include "rev/dag.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define BATCH 64

/* A revision that several depend on, and where those lie in topo. */
typedef struct shared_dep {
	uint32_t node, first, last;
} shared_dep;

typedef struct normalizer {
	retort_graph *g;
	uint32_t *start, *to;
	rt_edges deps;             /* the two above */
	unsigned char *redundant;  /* by edge of deps */
	uint64_t *bit;             /* of a node in the present batch */
	uint64_t *above;           /* bits declared by a node or below it */
} normalizer;

/* Dependencies as declared, those that are parents too included. */
static void declared(normalizer *z)
{
	const retort_graph *g = z->g;
	uint32_t n = rt_dag_count(g), u, *start;
	rt_nodes list = RT_VEC_INIT;
	size_t i, k;

	start = rt_calloc((size_t)n + 1, sizeof(*start));
	for (u = 0; u < n; u++) {
		const retort_names *names = &g->revs.v[u].depends_on;

		for (i = 0; i < names->n; i++) {
			rt_sv key = rt_sv_from(names->v[i]);
			uint32_t v;

			v = (uint32_t)rt_map_find(&g->keys, key)->value;
			for (k = start[u]; k < list.n && list.v[k] != v; k++)
				;
			if (k == list.n)
				rt_vec_push(&list, v);
		}
		start[u + 1] = (uint32_t)list.n;
	}
	z->start = start;
	z->to = list.v;
	z->deps = (rt_edges){ start, list.v };
}

static int by_first(const void *a, const void *b)
{
	const shared_dep *x = a, *y = b;

	return x->first < y->first ? -1 : x->first > y->first;
}

/* All revisions with several dependents, by their first one. */
static shared_dep *find_shared(const normalizer *z, size_t *n_shared)
{
	uint32_t n = rt_dag_count(z->g), r, i, d;
	shared_dep *all = rt_calloc((size_t)n + 1, sizeof(*all));
	uint32_t *count = rt_calloc((size_t)n + 1, sizeof(*count));
	size_t k = 0;

	for (r = 0; r < n; r++) {
		RT_EDGE_EACH(&z->deps, z->g->topo[r], i) {
			d = z->deps.to[i];
			if (!count[d]++)
				all[d].first = r;
			all[d].last = r;
			all[d].node = d;
		}
	}
	for (d = 0; d < n; d++)
		if (count[d] > 1)
			all[k++] = all[d];
	free(count);
	qsort(all, k, sizeof(*all), by_first);
	*n_shared = k;
	return all;
}

static void visit(normalizer *z, uint32_t u, uint32_t first)
{
	const retort_graph *g = z->g;
	uint64_t below = 0, own = 0;
	uint32_t i;

	RT_EDGE_EACH(&g->down, u, i)
		if (g->rank[g->down.to[i]] >= first)
			below |= z->above[g->down.to[i]];
	RT_EDGE_EACH(&z->deps, u, i) {
		own |= z->bit[z->deps.to[i]];
		if (below & z->bit[z->deps.to[i]])
			z->redundant[i] = 1;
	}
	z->above[u] = below | own;
}

static void run_batch(normalizer *z, const shared_dep *batch, size_t n)
{
	uint32_t r, last = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		z->bit[batch[i].node] = (uint64_t)1 << i;
		if (batch[i].last > last)
			last = batch[i].last;
	}
	for (r = batch[0].first; r <= last; r++)
		visit(z, z->g->topo[r], batch[0].first);
	for (i = 0; i < n; i++)
		z->bit[batch[i].node] = 0;
}

static bool has_edge(const rt_edges *e, uint32_t u, uint32_t v)
{
	uint32_t i;

	RT_EDGE_EACH(e, u, i)
		if (e->to[i] == v)
			return true;
	return false;
}

/* Parents, then the dependencies that are left. */
static void build(const normalizer *z)
{
	retort_graph *g = z->g;
	uint32_t n = rt_dag_count(g), u, i, k = 0, *start, *to;

	start = rt_arena_calloc(&g->arena, (size_t)n + 1, sizeof(*start));
	to = rt_arena_calloc(&g->arena, (size_t)g->all_down.start[n] + 1,
			     sizeof(*to));
	for (u = 0; u < n; u++) {
		RT_EDGE_EACH(&g->down, u, i)
			to[k++] = g->down.to[i];
		RT_EDGE_EACH(&z->deps, u, i)
			if (!z->redundant[i] &&
			    !has_edge(&g->down, u, z->deps.to[i]))
				to[k++] = z->deps.to[i];
		start[u + 1] = k;
	}
	g->norm = (rt_edges){ start, to };
}

void rt_seal_normalize(retort_graph *g)
{
	uint32_t n = rt_dag_count(g);
	normalizer z = { .g = g };
	shared_dep *shared;
	size_t n_shared, i;

	declared(&z);
	z.redundant = rt_calloc((size_t)z.deps.start[n] + 1, 1);
	shared = find_shared(&z, &n_shared);
	if (n_shared) {
		z.bit = rt_calloc((size_t)n + 1, sizeof(*z.bit));
		z.above = rt_calloc((size_t)n + 1, sizeof(*z.above));
	}
	for (i = 0; i < n_shared; i += BATCH)
		run_batch(&z, shared + i,
			  n_shared - i < BATCH ? n_shared - i : BATCH);
	build(&z);
	free(shared);
	free(z.bit);
	free(z.above);
	free(z.redundant);
	free(z.start);
	free(z.to);
}
