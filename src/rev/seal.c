/* SPDX-License-Identifier: MIT */
/*
 * Sealing: names become numbers, and each revision learns its place.
 */
#include "config.h"

#include "rev/builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "rev/dag.h"

static int fail_at(retort_error *err, const retort_revision *rev, int rc,
		   const char *next)
{
	rt_err_field(err, RETORT_ERROR_REVISION, "%s", rev->id);
	rt_err_at(err, rev->path, 0, 0);
	rt_err_field(err, RETORT_ERROR_NEXT, "%s", next);
	return rc;
}

static int add_labels(retort_graph *g, retort_error *err)
{
	uint32_t u;
	size_t i;

	for (u = 0; u < rt_dag_count(g); u++) {
		const retort_revision *rev = &g->revs.v[u];

		for (i = 0; i < rev->labels.n; i++) {
			rt_sv key = rt_sv_from(rev->labels.v[i]);
			size_t owner;

			if (rt_map_add(&g->keys, key, u))
				continue;
			owner = rt_map_find(&g->keys, key)->value;
			rt_err_set(err, RETORT_EGRAPH, "branch name '%s' in "
				   "revision %s already used by revision %s",
				   rev->labels.v[i], rev->id,
				   g->revs.v[owner].id);
			return fail_at(err, rev, RETORT_EGRAPH, "change one "
				       "of the two branch_labels");
		}
	}
	return 0;
}

/* One edge list in the making. */
typedef struct edge_list {
	uint32_t *start;
	rt_nodes to;
	uint32_t *seen; /* node + 1 of the last revision that named it */
} edge_list;

static void edge_add(edge_list *l, uint32_t from, uint32_t to)
{
	if (l->seen[to] == from + 1)
		return;
	l->seen[to] = from + 1;
	rt_vec_push(&l->to, to);
}

/* The node that one name stands for; RT_NIL and an error if there is none. */
static uint32_t lookup(retort_graph *g, const retort_revision *rev,
		       const char *name, bool dep, retort_error *err)
{
	const rt_map_entry *e = rt_map_find(&g->keys, rt_sv_from(name));
	const char *key = dep ? "depends_on" : "down_revision";

	if (e && (dep || strcmp(g->revs.v[e->value].id, name) == 0))
		return (uint32_t)e->value;
	if (e)
		rt_err_set(err, RETORT_EGRAPH, "down_revision '%s' of revision "
			   "%s is a branch label, not a revision", name,
			   rev->id);
	else
		rt_err_set(err, RETORT_EGRAPH, "revision %s referenced from "
			   "%s (%s) is not present", name, rev->id, key);
	(void)fail_at(err, rev, 0, e ?
		      "write the id of the revision that is meant" :
		      "restore the missing file, or correct the id; both "
		      "take whole ids only");
	return RT_NIL;
}

static int add_names(retort_graph *g, edge_list *l, uint32_t u,
		     const retort_names *names, bool dep, retort_error *err)
{
	const retort_revision *rev = &g->revs.v[u];
	size_t i;

	for (i = 0; i < names->n; i++) {
		uint32_t to = lookup(g, rev, names->v[i], dep, err);

		if (to == RT_NIL)
			return RETORT_EGRAPH;
		if (to == u) {
			rt_err_set(err, RETORT_EGRAPH, "%s is detected in "
				   "revisions (%s)", dep ?
				   "dependency self-loop" : "self-loop",
				   rev->id);
			return fail_at(err, rev, RETORT_EGRAPH,
				       "remove the revision's own name from "
				       "its header");
		}
		edge_add(l, u, to);
	}
	return 0;
}

/* Parents alone, or parents and dependencies. */
static int build_down(retort_graph *g, bool all, rt_edges *out,
		      retort_error *err)
{
	uint32_t n = rt_dag_count(g), u, *to;
	edge_list l = { NULL, RT_VEC_INIT, NULL };
	int rc = 0;

	l.start = rt_arena_calloc(&g->arena, (size_t)n + 1, sizeof(*l.start));
	l.seen = rt_calloc((size_t)n + 1, sizeof(*l.seen));
	for (u = 0; u < n && !rc; u++) {
		const retort_revision *rev = &g->revs.v[u];

		rc = add_names(g, &l, u, &rev->down, false, err);
		if (!rc && all)
			rc = add_names(g, &l, u, &rev->depends_on, true, err);
		if (l.to.n >= RT_NIL)
			rt_alloc_exhausted();
		l.start[u + 1] = (uint32_t)l.to.n;
	}
	to = rt_arena_calloc(&g->arena, l.to.n + 1, sizeof(*to));
	if (l.to.n)
		memcpy(to, l.to.v, l.to.n * sizeof(*to));
	*out = (rt_edges){ l.start, to };
	rt_vec_free(&l.to);
	free(l.seen);
	return rc;
}

static bool has_dependencies(const retort_graph *g)
{
	uint32_t u;

	for (u = 0; u < rt_dag_count(g); u++)
		if (g->revs.v[u].depends_on.n)
			return true;
	return false;
}

/* Most graphs have no depends_on; all edges are those to the parents then,
 * and the same lists serve twice. */
static int seal_edges(retort_graph *g, retort_error *err)
{
	uint32_t n = rt_dag_count(g);
	int rc = build_down(g, false, &g->down, err);

	if (rc < 0)
		return rc;
	g->up = rt_edges_reverse(&g->arena, &g->down, n);
	g->all_down = g->down;
	g->all_up = g->up;
	if (!has_dependencies(g))
		return 0;
	rc = build_down(g, true, &g->all_down, err);
	if (rc >= 0)
		g->all_up = rt_edges_reverse(&g->arena, &g->all_down, n);
	return rc;
}

static void set_place(retort_graph *g, uint32_t u)
{
	retort_revision *rev = &g->revs.v[u];
	uint32_t kids = rt_edges_count(&g->up, u), i;
	const char **names;

	names = rt_arena_calloc(&g->arena, (size_t)kids + 1, sizeof(*names));
	rev->children = (retort_names){ names, kids };
	RT_EDGE_EACH(&g->up, u, i)
		*names++ = rt_dag_id(g, g->up.to[i]);
	rev->is_head = !kids;
	rev->is_real_head = !rt_edges_count(&g->all_up, u);
	rev->is_base = !rt_edges_count(&g->down, u);
	rev->is_real_base = !rt_edges_count(&g->all_down, u);
	rev->is_branch_point = kids > 1;
	/* As written: one parent named twice still counts as a merge. */
	rev->is_merge_point = rev->down.n > 1;
}

int rt_graph_seal(retort_graph *graph, retort_error *err)
{
	uint32_t u;
	int rc = add_labels(graph, err);

	if (rc >= 0)
		rc = seal_edges(graph, err);
	if (rc >= 0)
		rc = rt_seal_order(graph, err);
	if (rc < 0)
		return rc;
	rt_seal_normalize(graph);
	for (u = 0; u < rt_dag_count(graph); u++)
		set_place(graph, u);
	rt_seal_labels(graph);
	return 0;
}
