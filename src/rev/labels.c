/* SPDX-License-Identifier: MIT */
/*
 * Branch labels spread to all descendants, and down the line to the branch
 * point.  Alembic walks down from the last descendant it saw and stops at
 * the first fork or merge; so only a label whose line runs unforked up to
 * its head gets below the revision that declares it.
 *
 * Revisions with the same labels share one list, so a line of any length
 * costs one.
 */
#include "config.h"

#include "base/names.h"
#include "rev/dag.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static bool is_single(const retort_graph *g, uint32_t u)
{
	return g->revs.v[u].down.n <= 1 && rt_edges_count(&g->all_up, u) <= 1;
}

/* clean[u]: from u to its head there is neither fork nor merge. */
static unsigned char *find_clean(const retort_graph *g)
{
	unsigned char *clean = rt_dag_marks(g);
	uint32_t r;

	for (r = rt_dag_count(g); r-- > 0;) {
		uint32_t u = g->topo[r];

		clean[u] = is_single(g, u) &&
			   (!rt_edges_count(&g->up, u) ||
			    clean[g->up.to[g->up.start[u]]]);
	}
	return clean;
}

/* lowest[u]: how far down from u the line stays without fork or merge. */
static uint32_t *find_lowest(const retort_graph *g)
{
	uint32_t n = rt_dag_count(g), r;
	uint32_t *lowest = rt_calloc((size_t)n + 1, sizeof(*lowest));

	for (r = 0; r < n; r++) {
		uint32_t u = g->topo[r], p;

		lowest[u] = u;
		if (!is_single(g, u) || !rt_edges_count(&g->down, u))
			continue;
		p = g->down.to[g->down.start[u]];
		if (is_single(g, p))
			lowest[u] = lowest[p];
	}
	return lowest;
}

static bool contains(const retort_names *all, const retort_names *part)
{
	size_t i, k = 0;

	for (i = 0; i < part->n; i++) {
		while (k < all->n && strcmp(all->v[k], part->v[i]) < 0)
			k++;
		if (k == all->n || strcmp(all->v[k], part->v[i]) != 0)
			return false;
	}
	return true;
}

/* Both lists sorted; the union is one of the two where it can be. */
static retort_names unite(retort_graph *g, retort_names a, retort_names b)
{
	const char **v;
	size_t i = 0, k = 0, n = 0;

	if (a.v == b.v || contains(&a, &b))
		return a;
	if (contains(&b, &a))
		return b;
	v = rt_arena_calloc(&g->arena, a.n + b.n, sizeof(*v));
	while (i < a.n || k < b.n) {
		int c = i == a.n ? 1 : k == b.n ? -1 : strcmp(a.v[i], b.v[k]);

		v[n++] = c <= 0 ? a.v[i] : b.v[k];
		i += c <= 0;
		k += c >= 0;
	}
	return (retort_names){ v, n };
}

/* What a file declares, sorted, each once. */
static void sort_declared(retort_graph *g, retort_revision *rev)
{
	if (rev->labels.n > 1)
		rev->labels = rt_names_sorted(&g->arena, rev->labels);
}

void rt_seal_labels(retort_graph *g)
{
	uint32_t n = rt_dag_count(g), u, r, i, *lowest = find_lowest(g);
	unsigned char *clean = find_clean(g);

	/* Declared where the label first shows... */
	for (u = 0; u < n; u++) {
		retort_revision *rev = &g->revs.v[u], *from;

		if (!rev->labels.n)
			continue;
		sort_declared(g, rev);
		from = clean[u] ? &g->revs.v[lowest[u]] : rev;
		from->branches = unite(g, from->branches, rev->labels);
	}
	/* ...and handed up from there. */
	for (r = 0; r < n; r++) {
		retort_revision *rev = &g->revs.v[g->topo[r]];

		RT_EDGE_EACH(&g->down, g->topo[r], i)
			rev->branches = unite(g,
				g->revs.v[g->down.to[i]].branches,
				rev->branches);
	}
	free(clean);
	free(lowest);
}
