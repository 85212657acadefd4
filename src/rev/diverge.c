/* SPDX-License-Identifier: MIT */
/* What heads have in common, and what each has of its own. */
#include "config.h"

#include <retort/graph.h>

#include <stdlib.h>

#include "base/alloc.h"
#include "base/err.h"
#include "rev/list.h"

static int find(const retort_graph *g, const char *id, uint32_t *node,
		retort_error *err)
{
	*node = rt_dag_find(g, id);
	if (*node != RT_NIL)
		return 0;
	return rt_err_set(err, RETORT_ENOTFOUND, "there is no revision '%s'",
			  id);
}

/* From the heads down: what a revision is on, its parents are on too. */
static void spread(const retort_graph *g, uint64_t *sides)
{
	uint32_t n = rt_dag_count(g), at, node, i;

	for (at = n; at-- > 0;) {
		node = g->topo[at];
		if (!sides[node])
			continue;
		RT_EDGE_EACH(&g->all_down, node, i)
			sides[g->all_down.to[i]] |= sides[node];
	}
}

static bool has_child_on(const retort_graph *g, uint32_t node,
			 const uint64_t *sides, uint64_t all)
{
	uint32_t i;

	RT_EDGE_EACH(&g->all_up, node, i)
		if (sides[g->all_up.to[i]] == all)
			return true;
	return false;
}

static void collect(const retort_graph *g, const uint64_t *sides,
		    uint64_t all, retort_divergence *out)
{
	uint32_t n = rt_dag_count(g), at, node;
	rt_nodes common = RT_VEC_INIT, own = RT_VEC_INIT;
	size_t i;

	for (node = 0; node < n; node++)
		if (sides[node] == all && !has_child_on(g, node, sides, all))
			rt_vec_push(&common, node);
	for (at = n; at-- > 0;)
		if (sides[g->topo[at]] && sides[g->topo[at]] != all)
			rt_vec_push(&own, g->topo[at]);
	rt_list_from(g, common.v, common.n, &out->common);
	rt_list_from(g, own.v, own.n, &out->own);
	out->sides = rt_calloc(own.n + 1, sizeof(*out->sides));
	for (i = 0; i < own.n; i++)
		out->sides[i] = sides[own.v[i]];
	rt_vec_free(&common);
	rt_vec_free(&own);
}

int retort_graph_divergence(const retort_graph *graph,
			    const retort_names *heads, retort_divergence *out,
			    retort_error *err)
{
	uint64_t *sides, all = 0;
	uint32_t node;
	size_t i;
	int rc = 0;

	*out = (retort_divergence)RETORT_DIVERGENCE_INIT;
	if (heads->n > RETORT_SIDES_MAX)
		return rt_err_set(err, RETORT_EUSAGE,
				  "%zu heads are too many to compare; %d can "
				  "be", heads->n, RETORT_SIDES_MAX);
	sides = rt_calloc(rt_dag_count(graph) + 1, sizeof(*sides));
	for (i = 0; i < heads->n && !rc; i++) {
		rc = find(graph, heads->v[i], &node, err);
		if (rc)
			break;
		sides[node] |= (uint64_t)1 << i;
		all |= (uint64_t)1 << i;
	}
	if (!rc) {
		spread(graph, sides);
		collect(graph, sides, all, out);
	}
	free(sides);
	return rc;
}

void retort_divergence_dispose(retort_divergence *divergence)
{
	retort_list_dispose(&divergence->common);
	retort_list_dispose(&divergence->own);
	free(divergence->sides);
	divergence->sides = NULL;
}

/* --- where a branch begins ----------------------------------------------- */

enum { ON_BRANCH = 1, ON_ONTO = 2 };

static bool begins(const retort_graph *g, uint32_t node,
		   const unsigned char *mark)
{
	uint32_t i;

	if (mark[node] != ON_BRANCH)
		return false;
	RT_EDGE_EACH(&g->down, node, i)
		if (mark[g->down.to[i]] == ON_BRANCH)
			return false;
	return true;
}

static int not_one(const retort_graph *g, const char *branch,
		   const char *onto, const rt_nodes *found, retort_error *err)
{
	char *names;

	if (!found->n)
		return rt_err_set(err, RETORT_EREFUSED,
				  "%s has all of %s already", onto, branch);
	names = rt_dag_join(g, found->v, found->n);
	rt_err_set(err, RETORT_EREFUSED,
		   "%s begins at several revisions (%s); only one can get "
		   "another parent", branch, names);
	free(names);
	return RETORT_EREFUSED;
}

int retort_graph_fork(const retort_graph *graph, const char *branch,
		      const char *onto, const retort_revision **fork,
		      retort_error *err)
{
	rt_nodes found = RT_VEC_INIT;
	unsigned char *mark = NULL;
	uint32_t b, o, node;
	int rc;

	*fork = NULL;
	rc = find(graph, branch, &b, err);
	if (!rc)
		rc = find(graph, onto, &o, err);
	if (rc)
		return rc;
	mark = rt_dag_marks(graph);
	rt_dag_mark(&graph->all_down, &b, 1, mark, ON_BRANCH);
	rt_dag_mark(&graph->all_down, &o, 1, mark, ON_ONTO);
	for (node = 0; node < rt_dag_count(graph); node++)
		if (begins(graph, node, mark))
			rt_vec_push(&found, node);
	if (found.n == 1)
		*fork = &graph->revs.v[found.v[0]];
	else
		rc = not_one(graph, branch, onto, &found, err);
	rt_vec_free(&found);
	free(mark);
	return rc;
}
