/* SPDX-License-Identifier: MIT */
/*
 * The topological order of the whole graph (Kahn, ties by load order), and
 * what is in the way of one: cycles.
 */
#include "config.h"

#include "rev/dag.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/str.h"

/* Members of a cycle that a message names. */
#define MEMBERS_SHOWN 40

/* Fill `order` from the bases up; how many nodes have a place in it. */
static uint32_t sort(const rt_edges *down, const rt_edges *up, uint32_t n,
		     uint32_t *order)
{
	uint32_t *waits = rt_calloc((size_t)n + 1, sizeof(*waits));
	uint32_t u, i, done = 0, filled = 0;

	for (u = 0; u < n; u++) {
		waits[u] = rt_edges_count(down, u);
		if (!waits[u])
			order[filled++] = u;
	}
	while (done < filled) {
		u = order[done++];
		RT_EDGE_EACH(up, u, i)
			if (!--waits[up->to[i]])
				order[filled++] = up->to[i];
	}
	free(waits);
	return filled;
}

/*
 * One cycle, child before parent.  A node without a place has a parent
 * without one, so walking down from it must come round.
 */
static void find_cycle(const rt_edges *down, uint32_t n,
		       const uint32_t *order, uint32_t placed, rt_nodes *out)
{
	uint32_t *at = rt_calloc((size_t)n + 1, sizeof(*at));
	uint32_t u = 0, i;

	for (i = 0; i < placed; i++)
		at[order[i]] = RT_NIL;
	while (at[u] == RT_NIL)
		u++;
	while (!at[u]) {
		rt_vec_push(out, u);
		at[u] = (uint32_t)out->n;
		for (i = down->start[u]; at[down->to[i]] == RT_NIL; i++)
			;
		u = down->to[i];
	}
	/* What led into the cycle is not part of it. */
	for (i = 0; i + at[u] - 1 < out->n; i++)
		out->v[i] = out->v[i + at[u] - 1];
	out->n = i;
	free(at);
}

static int by_node(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static int report(const retort_graph *g, const char *kind, rt_nodes *cycle,
		  retort_error *err)
{
	rt_str path = RT_STR_INIT, members = RT_STR_INIT;
	size_t i, n = cycle->n, first = 0;
	int rc;

	/* The path in the direction of growth, from the first loaded. */
	for (i = 0; i < n; i++)
		if (cycle->v[i] < cycle->v[first])
			first = i;
	for (i = 0; i <= n && i <= MEMBERS_SHOWN; i++)
		rt_str_addf(&path, "%s%s", i ? " -> " : "",
			    rt_dag_id(g, cycle->v[(first + n - i % n) % n]));
	if (n > MEMBERS_SHOWN)
		rt_str_add(&path, " -> ...");
	qsort(cycle->v, n, sizeof(*cycle->v), by_node);
	for (i = 0; i < n && i < MEMBERS_SHOWN; i++)
		rt_str_addf(&members, "%s%s", i ? ", " : "",
			    rt_dag_id(g, cycle->v[i]));
	if (n > MEMBERS_SHOWN)
		rt_str_addf(&members, " and %zu more", n - MEMBERS_SHOWN);
	rc = rt_err_set(err, RETORT_EGRAPH,
			"%s is detected in revisions (%s): %s", kind,
			members.p, path.p);
	rt_err_field(err, RETORT_ERROR_REVISION, "%s",
		     rt_dag_id(g, cycle->v[0]));
	rt_err_at(err, g->revs.v[cycle->v[0]].path, 0, 0);
	rt_err_field(err, RETORT_ERROR_NEXT, "change the header of one of "
		     "these revisions so that none comes before itself");
	rt_str_free(&path);
	rt_str_free(&members);
	return rc;
}

static int check(retort_graph *g, const rt_edges *down, const rt_edges *up,
		 const char *kind, retort_error *err)
{
	uint32_t n = rt_dag_count(g), placed = sort(down, up, n, g->topo);
	rt_nodes cycle = RT_VEC_INIT;
	int rc;

	if (placed == n)
		return 0;
	find_cycle(down, n, g->topo, placed, &cycle);
	rc = report(g, kind, &cycle, err);
	rt_vec_free(&cycle);
	return rc;
}

int rt_seal_order(retort_graph *g, retort_error *err)
{
	uint32_t n = rt_dag_count(g), i;
	int rc;

	g->topo = rt_arena_calloc(&g->arena, (size_t)n + 1, sizeof(*g->topo));
	g->rank = rt_arena_calloc(&g->arena, (size_t)n + 1, sizeof(*g->rank));
	rc = check(g, &g->down, &g->up, "cycle", err);
	if (rc >= 0)
		rc = check(g, &g->all_down, &g->all_up, "dependency cycle",
			   err);
	if (rc < 0)
		return rc;
	for (i = 0; i < n; i++)
		g->rank[g->topo[i]] = i;
	return 0;
}
