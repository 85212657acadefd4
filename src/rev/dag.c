/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "rev/dag.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"

/* As many names as a message can take. */
#define NAMES_SHOWN 12

uint32_t rt_dag_find(const retort_graph *g, const char *id)
{
	rt_sv key = rt_sv_from(id);
	const rt_map_entry *e = rt_map_find(&g->keys, key);

	/* Labels share the map: the answer must be called so itself. */
	if (!e || !rt_sv_is(key, g->revs.v[e->value].id))
		return RT_NIL;
	return (uint32_t)e->value;
}

bool rt_dag_carries(const retort_graph *g, uint32_t node, rt_sv label)
{
	const retort_names *labels = &g->revs.v[node].branches;
	size_t i;

	for (i = 0; i < labels->n; i++)
		if (rt_sv_is(label, labels->v[i]))
			return true;
	return false;
}

rt_edges rt_edges_reverse(rt_arena *arena, const rt_edges *e, uint32_t n)
{
	uint32_t *start = rt_arena_calloc(arena, (size_t)n + 2, sizeof(*start));
	uint32_t *to = rt_arena_calloc(arena, (size_t)e->start[n] + 1,
				       sizeof(*to));
	uint32_t u, i;

	/* Counted two places up, so that filling leaves the starts right. */
	for (i = 0; i < e->start[n]; i++)
		start[e->to[i] + 2]++;
	for (u = 2; u <= n + 1; u++)
		start[u] += start[u - 1];
	for (u = 0; u < n; u++)
		RT_EDGE_EACH(e, u, i)
			to[start[e->to[i] + 1]++] = u;
	return (rt_edges){ start, to };
}

void rt_dag_mark(const rt_edges *e, const uint32_t *seeds, size_t n_seeds,
		 unsigned char *mark, unsigned char bit)
{
	rt_nodes todo = RT_VEC_INIT;
	size_t s;
	uint32_t i;

	for (s = 0; s < n_seeds; s++) {
		if (mark[seeds[s]] & bit)
			continue;
		mark[seeds[s]] |= bit;
		rt_vec_push(&todo, seeds[s]);
		while (todo.n) {
			uint32_t u = todo.v[--todo.n];

			RT_EDGE_EACH(e, u, i) {
				if (mark[e->to[i]] & bit)
					continue;
				mark[e->to[i]] |= bit;
				rt_vec_push(&todo, e->to[i]);
			}
		}
	}
	rt_vec_free(&todo);
}

unsigned char *rt_dag_marks(const retort_graph *g)
{
	return rt_calloc(g->revs.n + 1, 1);
}

char *rt_dag_join(const retort_graph *g, const uint32_t *nodes, size_t n)
{
	rt_str s = RT_STR_INIT;
	size_t i;

	for (i = 0; i < n && i < NAMES_SHOWN; i++)
		rt_str_addf(&s, "%s%s", i ? ", " : "", rt_dag_id(g, nodes[i]));
	if (n > NAMES_SHOWN)
		rt_str_addf(&s, " and %zu more", n - NAMES_SHOWN);
	return rt_str_take(&s);
}
