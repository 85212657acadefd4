/* SPDX-License-Identifier: MIT */
/* Revisions whose files cannot be read. */
#include "config.h"

#include "base/vec.h"
#include "rev/builder.h"
#include "rev/dag.h"

void rt_graph_add_problem(retort_graph *graph, const retort_problem *problem)
{
	rt_vec_push(&graph->problems, *problem);
}

const retort_problem *retort_graph_problems(const retort_graph *graph,
					    size_t *n)
{
	*n = graph->problems.n;
	return graph->problems.v;
}

static void list_labels(const retort_graph *g, rt_map *labels)
{
	size_t u, i;

	for (u = 0; u < g->revs.n; u++)
		for (i = 0; i < g->revs.v[u].labels.n; i++)
			rt_map_add(labels,
				   rt_sv_from(g->revs.v[u].labels.v[i]), u);
}

static int add_names(retort_graph *g, const rt_map *labels,
		     const retort_names *names, retort_error *err)
{
	retort_revision rev = { 0 };
	size_t i;
	int rc = 0;

	rev.message = rev.doc = rev.created = rev.path = "";
	rev.problem = "no file that can be read has it";
	for (i = 0; i < names->n && !rc; i++) {
		rt_sv name = rt_sv_from(names->v[i]);

		rev.id = names->v[i];
		if (!rt_map_find(&g->keys, name) && !rt_map_find(labels, name))
			rc = rt_graph_add(g, &rev, err);
	}
	return rc;
}

int rt_graph_add_absent(retort_graph *graph, retort_error *err)
{
	rt_map labels = RT_MAP_INIT;
	size_t u, n = graph->revs.n;
	int rc = 0;

	list_labels(graph, &labels);
	for (u = 0; u < n && !rc; u++) {
		/* Adding moves the revisions. */
		retort_names down = graph->revs.v[u].down;
		retort_names depends_on = graph->revs.v[u].depends_on;

		rc = add_names(graph, &labels, &down, err);
		if (!rc)
			rc = add_names(graph, &labels, &depends_on, err);
	}
	rt_map_free(&labels);
	return rc;
}
