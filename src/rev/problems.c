/* SPDX-License-Identifier: MIT */
/* Revisions whose files cannot be read. */
#include "config.h"

#include "rev/problems.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/vec.h"
#include "rev/builder.h"

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

/* --- plans --- */

/* Whether it leaves open where a revision belongs; labels alone do not. */
static bool is_place_unknown(const retort_graph *g, const retort_problem *p)
{
	const retort_revision *rev;

	if (!p->revision)
		return true;
	rev = retort_graph_find(g, p->revision);
	return !rev || rev->problem;
}

static const retort_problem *first_unknown(const retort_graph *g)
{
	size_t i;

	for (i = 0; i < g->problems.n; i++)
		if (is_place_unknown(g, &g->problems.v[i]))
			return &g->problems.v[i];
	return NULL;
}

static int refuse(const retort_problem *p, const char *what, rt_sv name,
		  const char *next, retort_error *err)
{
	rt_err_set(err, RETORT_EPARSE, "%s%.*s cannot be known: a revision "
		   "file cannot be read: %s", what, (int)name.n, name.p,
		   p->message);
	rt_err_at(err, p->path, p->line, p->column);
	rt_err_field(err, RETORT_ERROR_NEXT, "%s", next);
	return RETORT_EPARSE;
}

/* "head", "left@head", "+1", "ab12+1": counted in the graph as it is. */
static bool is_counted(rt_sv target)
{
	size_t i;

	for (i = 0; i < target.n; i++)
		if (strchr("@+-", target.p[i]))
			return true;
	return rt_sv_is(target, "head") || rt_sv_is(target, "heads");
}

/* Whether the parents of all revisions behind these are known. */
static bool is_known_behind(const retort_graph *g, const rt_nodes *rows)
{
	unsigned char *in = rt_dag_marks(g);
	bool known = true;
	uint32_t u;

	rt_dag_mark(&g->all_down, rows->v, rows->n, in, 1);
	for (u = 0; u < rt_dag_count(g); u++)
		known &= !in[u] || !g->revs.v[u].problem;
	free(in);
	return known;
}

int rt_problems_check(const retort_graph *g, retort_op op,
		      const rt_sv *targets, size_t n, const rt_nodes *rows,
		      retort_error *err)
{
	const retort_problem *p = first_unknown(g);
	size_t i;

	if (!p || op == RETORT_OP_DOWNGRADE)
		return 0;
	for (i = 0; i < n; i++)
		if (is_counted(targets[i]))
			return refuse(p, "which revision is meant by ",
				      targets[i], "put the file right, or name "
				      "the revision by its id", err);
	if (!is_known_behind(g, rows))
		return refuse(p, "what is applied", RT_SV(""),
			      "put the file right", err);
	return 0;
}
