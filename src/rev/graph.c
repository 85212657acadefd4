/* SPDX-License-Identifier: MIT */
/* The container: adding revisions, and the plain accessors. */
#include "config.h"

#include <retort/graph.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "rev/builder.h"
#include "rev/dag.h"
#include "rev/list.h"

/* Node numbers have 32 bits, and two of them are taken. */
#define MAX_REVISIONS ((size_t)1 << 30)

retort_graph *rt_graph_new(void)
{
	return rt_calloc(1, sizeof(retort_graph));
}

rt_arena *rt_graph_arena(retort_graph *graph)
{
	return &graph->arena;
}

void retort_graph_free(retort_graph *graph)
{
	if (!graph)
		return;
	rt_map_free(&graph->keys);
	rt_vec_free(&graph->revs);
	rt_vec_free(&graph->problems);
	rt_arena_free(&graph->arena);
	free(graph);
}

/* Ids that the grammar of identifiers gives another meaning. */
static int check_id(const retort_revision *rev, retort_error *err)
{
	static const char *const reserved[] = { "head", "heads", "base" };
	const char *bad = strpbrk(rev->id, "@-+:");
	size_t i;
	int rc;

	if (bad) {
		rc = rt_err_set(err, RETORT_EGRAPH,
				"character(s) '%c' not allowed in revision "
				"identifier '%s'", *bad, rev->id);
		goto out;
	}
	for (i = 0; i < sizeof(reserved) / sizeof(*reserved); i++) {
		if (strcmp(rev->id, reserved[i]) != 0)
			continue;
		rc = rt_err_set(err, RETORT_EGRAPH, "'%s' is a reserved word "
				"and cannot be a revision identifier",
				rev->id);
		goto out;
	}
	if (*rev->id)
		return 0;
	rc = rt_err_set(err, RETORT_EGRAPH, "a revision identifier is empty");
out:
	rt_err_field(err, RETORT_ERROR_REVISION, "%s", rev->id);
	rt_err_at(err, *rev->path ? rev->path : NULL, 0, 0);
	rt_err_field(err, RETORT_ERROR_NEXT, "give the revision another id, "
		     "in its file and in those that refer to it");
	return rc;
}

int rt_graph_add(retort_graph *graph, const retort_revision *rev,
		 retort_error *err)
{
	size_t n = graph->revs.n;
	int rc = check_id(rev, err);

	if (rc < 0)
		return rc;
	if (n >= MAX_REVISIONS)
		return rt_err_set(err, RETORT_EGRAPH, "too many revisions");
	if (!rt_map_add(&graph->keys, rt_sv_from(rev->id), n)) {
		uint32_t first = rt_dag_find(graph, rev->id);

		rc = rt_err_set(err, RETORT_EGRAPH, "revision %s is present "
				"more than once: in '%s' and in '%s'",
				rev->id, graph->revs.v[first].path, rev->path);
		rt_err_field(err, RETORT_ERROR_REVISION, "%s", rev->id);
		rt_err_at(err, rev->path, 0, 0);
		rt_err_field(err, RETORT_ERROR_NEXT, "remove one of the "
			     "files, or give one revision a new id");
		return rc;
	}
	rt_vec_push(&graph->revs, *rev);
	graph->revs.v[n].index = n;
	graph->revs.v[n].branches = (retort_names){ NULL, 0 };
	graph->revs.v[n].children = (retort_names){ NULL, 0 };
	return 0;
}

size_t retort_graph_count(const retort_graph *graph)
{
	return graph->revs.n;
}

const retort_revision *retort_graph_at(const retort_graph *graph,
				       size_t index)
{
	return index < graph->revs.n ? &graph->revs.v[index] : NULL;
}

const retort_revision *retort_graph_find(const retort_graph *graph,
					 const char *id)
{
	uint32_t node = rt_dag_find(graph, id);

	return node == RT_NIL ? NULL : &graph->revs.v[node];
}

void retort_list_dispose(retort_list *list)
{
	if (!list)
		return;
	free(list->v);
	list->v = NULL;
	list->n = 0;
}

void rt_list_from(const retort_graph *g, const uint32_t *nodes, size_t n,
		  retort_list *out)
{
	size_t i;

	out->n = n;
	out->v = rt_calloc(n + 1, sizeof(*out->v));
	for (i = 0; i < n; i++)
		out->v[i] = &g->revs.v[nodes[i]];
}

/* The revisions whose flag, `offset` bytes into the struct, is set. */
static void list_flagged(const retort_graph *g, size_t offset,
			 retort_list *out)
{
	rt_nodes nodes = RT_VEC_INIT;
	uint32_t u;
	bool set;

	for (u = 0; u < rt_dag_count(g); u++) {
		memcpy(&set, (const char *)&g->revs.v[u] + offset,
		       sizeof(set));
		if (set)
			rt_vec_push(&nodes, u);
	}
	rt_list_from(g, nodes.v, nodes.n, out);
	rt_vec_free(&nodes);
}

void retort_graph_heads(const retort_graph *graph, bool real, retort_list *out)
{
	list_flagged(graph, real ? offsetof(retort_revision, is_real_head) :
				   offsetof(retort_revision, is_head), out);
}

void retort_graph_bases(const retort_graph *graph, bool real, retort_list *out)
{
	list_flagged(graph, real ? offsetof(retort_revision, is_real_base) :
				   offsetof(retort_revision, is_base), out);
}
