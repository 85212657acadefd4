/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "rev/select.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#define SV(s) (int)(s).n, (s).p

void rt_selection_free(rt_selection *s)
{
	free(s->todo);
	rt_vec_free(&s->heads);
	*s = (rt_selection)RT_SELECTION_INIT;
}

/* Mark what can be reached from the nodes, the nodes themselves not. */
static void mark_beyond(const rt_edges *e, const rt_nodes *nodes,
			unsigned char *mark)
{
	size_t i;

	for (i = 0; i < nodes->n; i++)
		rt_dag_mark(e, e->to + e->start[nodes->v[i]],
			    rt_edges_count(e, nodes->v[i]), mark, 1);
}

static void keep_marked(const rt_nodes *nodes, const unsigned char *mark,
			uint32_t but, rt_nodes *out)
{
	size_t i;

	out->n = 0;
	for (i = 0; i < nodes->n; i++)
		if (mark[nodes->v[i]] && nodes->v[i] != but)
			rt_vec_push(out, nodes->v[i]);
}

/* Say of the first node that has others below which those are. */
static int name_overlap(const retort_graph *g, const rt_nodes *nodes,
			rt_nodes *lower, int code, retort_error *err)
{
	unsigned char *above = rt_dag_marks(g), *below = rt_dag_marks(g);
	rt_nodes upper = RT_VEC_INIT;
	char *names;
	int rc;

	mark_beyond(&g->all_up, lower, above);
	keep_marked(nodes, above, RT_NIL, &upper);
	rt_dag_mark(&g->all_down, upper.v, 1, below, 1);
	keep_marked(nodes, below, upper.v[0], lower);
	names = rt_dag_join(g, lower->v, lower->n);
	rc = rt_err_set(err, code, "requested revision %s overlaps with "
			"other requested revisions %s",
			rt_dag_id(g, upper.v[0]), names);
	rt_err_field(err, RETORT_ERROR_REVISION, "%s",
		     rt_dag_id(g, upper.v[0]));
	free(names);
	rt_vec_free(&upper);
	free(above);
	free(below);
	return rc;
}

int rt_select_check(const retort_graph *g, const rt_nodes *nodes, int code,
		    retort_error *err)
{
	unsigned char *below;
	rt_nodes lower = RT_VEC_INIT;
	int rc = 0;

	if (nodes->n < 2)
		return 0;
	below = rt_dag_marks(g);
	mark_beyond(&g->all_down, nodes, below);
	keep_marked(nodes, below, RT_NIL, &lower);
	if (lower.n)
		rc = name_overlap(g, nodes, &lower, code, err);
	rt_vec_free(&lower);
	free(below);
	return rc;
}

static int check_rows(const retort_graph *g, const rt_nodes *rows,
		      retort_error *err)
{
	int rc = rt_select_check(g, rows, RETORT_ESTATE, err);

	if (rc < 0) {
		rt_err_field(err, RETORT_ERROR_STATE, "the version table "
			     "holds a revision and one that it contains");
		rt_err_field(err, RETORT_ERROR_NEXT, "put the rows right with "
			     "'retort stamp --purge <revision>...'");
	}
	return rc;
}

int rt_select_up(const rt_ask *ask, rt_sv target, const rt_nodes *rows,
		 rt_selection *out, retort_error *err)
{
	const retort_graph *g = ask->g;
	rt_origin from = { rows, { NULL, 0 } };
	uint32_t u;
	int rc = rt_target_up(ask, target, &from, true, &out->heads, err);

	if (rc >= 0)
		rc = rt_select_check(g, &out->heads, RETORT_ETARGET, err);
	if (rc >= 0)
		rc = check_rows(g, rows, err);
	if (rc < 0)
		return rc;
	out->todo = rt_dag_marks(g);
	rt_dag_mark(&g->all_down, rows->v, rows->n, out->todo, 2);
	rt_dag_mark(&g->all_down, out->heads.v, out->heads.n, out->todo, 1);
	for (u = 0; u < rt_dag_count(g); u++)
		out->todo[u] = out->todo[u] == 1;
	return 0;
}

/* Of the nodes those that are not marked. */
static void keep_unmarked(const rt_nodes *nodes, const unsigned char *marks,
			  rt_nodes *out)
{
	size_t i;

	for (i = 0; i < nodes->n; i++)
		if (!marks[nodes->v[i]])
			rt_vec_push(out, nodes->v[i]);
}

int rt_select_exactly(const retort_graph *g, const rt_sv *targets, size_t n,
		      const rt_nodes *rows, rt_selection *down,
		      rt_selection *up, retort_error *err)
{
	rt_ask ask = { g, { NULL, 0 }, false };
	rt_nodes wanted = RT_VEC_INIT;
	size_t i;
	int rc = check_rows(g, rows, err);

	for (i = 0; i < n && rc >= 0; i++)
		rc = rt_resolve_many(&ask, targets[i], &wanted, err);
	if (rc < 0)
		goto out;
	/* all that is applied, all that shall be; then the one less the
	 * other: no revision is left without what it stands on */
	down->todo = rt_dag_marks(g);
	up->todo = rt_dag_marks(g);
	rt_dag_mark(&g->all_down, rows->v, rows->n, down->todo, 1);
	rt_dag_mark(&g->all_down, wanted.v, wanted.n, up->todo, 1);
	keep_unmarked(rows, up->todo, &down->heads);
	keep_unmarked(&wanted, down->todo, &up->heads);
	for (i = 0; i < g->revs.n; i++)
		if (down->todo[i] && up->todo[i])
			down->todo[i] = up->todo[i] = 0;
	rc = 0;
out:
	rt_vec_free(&wanted);
	return rc;
}

/* Keep of the roots those that the branch grows from. */
static int keep_branch_roots(const rt_ask *ask, rt_sv label, rt_nodes *roots,
			     retort_error *err)
{
	const retort_graph *g = ask->g;
	unsigned char *below;
	uint32_t branch;
	size_t i, kept = 0;
	int rc = rt_resolve_branch(ask, label, &branch, err);

	if (rc < 0)
		return rc;
	below = rt_dag_marks(g);
	rt_dag_mark(&g->down, &branch, 1, below, 1);
	for (i = 0; i < roots->n; i++)
		if (below[roots->v[i]])
			roots->v[kept++] = roots->v[i];
	roots->n = kept;
	free(below);
	if (kept)
		return 0;
	rc = rt_err_set(err, RETORT_ETARGET, "not a valid downgrade target "
			"from current heads: nothing above it leads to "
			"branch '%.*s'", SV(label));
	rt_err_field(err, RETORT_ERROR_NEXT, "leave the branch name out, or "
		     "name the right one");
	return rc;
}

/* What goes first: the target's children, or the bases. */
static int find_roots(const rt_ask *ask, const rt_goal *goal, rt_nodes *roots,
		      retort_error *err)
{
	const retort_graph *g = ask->g;
	size_t names = 0;
	uint32_t u, i;

	if (goal->node != RT_NIL) {
		RT_EDGE_EACH(&g->up, goal->node, i)
			rt_vec_push(roots, g->up.to[i]);
		names = roots->n;
	} else {
		for (u = 0; u < rt_dag_count(g); u++) {
			if (!g->revs.v[u].is_base)
				continue;
			rt_vec_push(roots, u);
			names += 1 + g->revs.v[u].labels.n;
		}
	}
	/* Alembic counts a base once for its id and once for each label:
	 * with one name only the branch is not looked at. */
	if (!goal->label.n || names < 2)
		return 0;
	return keep_branch_roots(ask, goal->label, roots, err);
}

static bool contains(const rt_nodes *nodes, uint32_t node)
{
	size_t i;

	for (i = 0; i < nodes->n; i++)
		if (nodes->v[i] == node)
			return true;
	return false;
}

int rt_select_down(const rt_ask *ask, rt_sv target, const rt_nodes *rows,
		   rt_selection *out, retort_error *err)
{
	const retort_graph *g = ask->g;
	rt_origin from = { rows, { NULL, 0 } };
	rt_nodes roots = RT_VEC_INIT;
	rt_goal goal;
	uint32_t u;
	bool any = false;
	size_t i;
	int rc = rt_target_down(ask, target, &from, true, &goal, err);

	out->several = goal.several;
	if (rc >= 0)
		rc = find_roots(ask, &goal, &roots, err);
	if (rc < 0)
		goto out;
	out->todo = rt_dag_marks(g);
	rt_dag_mark(&g->all_up, roots.v, roots.n, out->todo, 1);
	rt_dag_mark(&g->all_down, rows->v, rows->n, out->todo, 2);
	for (u = 0; u < rt_dag_count(g); u++) {
		out->todo[u] = out->todo[u] == 3;
		any = any || out->todo[u];
	}
	for (i = 0; i < rows->n; i++)
		rt_vec_push(&out->heads, rows->v[i]);
	if (goal.node != RT_NIL && !any && !contains(rows, goal.node)) {
		rc = rt_err_set(err, RETORT_ETARGET, "destination %.*s is not "
				"a valid downgrade target from current "
				"head(s): nothing applied lies above %s",
				SV(target), rt_dag_id(g, goal.node));
		rt_err_field(err, RETORT_ERROR_REVISION, "%s",
			     rt_dag_id(g, goal.node));
		rt_err_field(err, RETORT_ERROR_NEXT, "'retort current' shows "
			     "where the database stands");
	}
out:
	rt_vec_free(&roots);
	return rc;
}
