/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "rev/naive.h"

#include "base/alloc.h"

unsigned char *naive_reach(const retort_graph *g, bool deps)
{
	const rt_edges *e = deps ? &g->all_down : &g->down;
	uint32_t n = rt_dag_count(g), r, i, v;
	unsigned char *reach = rt_calloc((size_t)n * n + 1, 1);

	for (r = 0; r < n; r++) {
		size_t u = g->topo[r];

		reach[u * n + u] = 1;
		RT_EDGE_EACH(e, u, i)
			for (v = 0; v < n; v++)
				reach[u * n + v] |=
					reach[(size_t)e->to[i] * n + v];
	}
	return reach;
}

static bool has(const rt_nodes *nodes, uint32_t u)
{
	size_t i;

	for (i = 0; i < nodes->n; i++)
		if (nodes->v[i] == u)
			return true;
	return false;
}

static uint32_t declared(const retort_graph *g, uint32_t u, size_t i)
{
	rt_sv name = rt_sv_from(g->revs.v[u].depends_on.v[i]);

	return (uint32_t)rt_map_find(&g->keys, name)->value;
}

static bool declares(const retort_graph *g, uint32_t u, uint32_t dep)
{
	size_t i;

	for (i = 0; i < g->revs.v[u].depends_on.n; i++)
		if (declared(g, u, i) == dep)
			return true;
	return false;
}

void naive_norm(const retort_graph *g, const unsigned char *reach, uint32_t u,
		rt_nodes *out)
{
	const retort_revision *rev = &g->revs.v[u];
	uint32_t n = rt_dag_count(g), v;
	size_t i;

	out->n = 0;
	for (i = 0; i < rev->down.n; i++) {
		v = rt_dag_find(g, rev->down.v[i]);
		if (!has(out, v))
			rt_vec_push(out, v);
	}
	for (i = 0; i < rev->depends_on.n; i++) {
		uint32_t dep = declared(g, u, i);
		bool known = false;

		for (v = 0; v < n; v++)
			known = known || (v != u && reach[(size_t)u * n + v] &&
					  declares(g, v, dep));
		if (!known && !has(out, dep))
			rt_vec_push(out, dep);
	}
}

/* Out of the list, keeping the order of the rest. */
static void take_out(rt_nodes *list, size_t at)
{
	for (; at + 1 < list->n; at++)
		list->v[at] = list->v[at + 1];
	list->n--;
}

static void replace(const retort_graph *g, const unsigned char *left,
		    rt_nodes *heads, size_t *at)
{
	uint32_t u = heads->v[*at], i;
	rt_nodes fresh = RT_VEC_INIT;
	size_t k;

	RT_EDGE_EACH(&g->norm, u, i)
		if (left[g->norm.to[i]] && !has(heads, g->norm.to[i]))
			rt_vec_push(&fresh, g->norm.to[i]);
	if (fresh.n) {
		heads->v[*at] = fresh.v[0];
		for (k = 1; k < fresh.n; k++)
			rt_vec_push(heads, fresh.v[k]);
	} else {
		take_out(heads, *at);
		*at = *at ? *at - 1 : 0;
	}
	rt_vec_free(&fresh);
}

void naive_order(const retort_graph *g, const unsigned char *todo,
		 const rt_nodes *from, rt_nodes *out)
{
	uint32_t n = rt_dag_count(g), u;
	unsigned char *reach = naive_reach(g, true);
	unsigned char *left = rt_calloc((size_t)n + 1, 1);
	rt_nodes heads = RT_VEC_INIT;
	size_t at = 0, k;

	memcpy(left, todo, n);
	for (u = 0; u < n; u++)
		if (left[u] && has(from, u))
			rt_vec_push(&heads, u);
	while (heads.n) {
		uint32_t here = heads.v[at];

		for (k = 0; k < heads.n; k++)
			if (k != at && reach[(size_t)heads.v[k] * n + here])
				break;
		if (k < heads.n) {
			at = k;
			continue;
		}
		rt_vec_push(out, here);
		left[here] = 0;
		replace(g, left, &heads, &at);
	}
	rt_vec_free(&heads);
	free(left);
	free(reach);
}

/* Up by the only child, as long as there is only one. */
static uint32_t top_of_line(const retort_graph *g, uint32_t u)
{
	while (rt_edges_count(&g->up, u) == 1)
		u = g->up.to[g->up.start[u]];
	return u;
}

bool naive_carries(const retort_graph *g, const unsigned char *reach,
		   uint32_t owner, uint32_t u)
{
	uint32_t n = rt_dag_count(g), at;

	if (reach[(size_t)u * n + owner])
		return true;
	/* From the last descendant down to the first fork or merge. */
	for (at = top_of_line(g, owner);;
	     at = g->down.to[g->down.start[at]]) {
		if (rt_edges_count(&g->up, at) > 1 ||
		    rt_edges_count(&g->all_up, at) > 1 ||
		    g->revs.v[at].down.n > 1)
			return false;
		if (at == u)
			return true;
		if (!g->revs.v[at].down.n)
			return false;
	}
}
