/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "rev/stamp.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

void rt_moves_free(rt_moves *m)
{
	rt_vec_free(&m->v);
	rt_vec_free(&m->from);
}

/* The rows that lie on a line, dependencies included, with any target. */
static int find_concerned(const rt_ask *ask, const rt_sv *targets, size_t n,
			  const rt_nodes *rows, rt_nodes *out,
			  retort_error *err)
{
	unsigned char *taken = rt_dag_marks(ask->g), *line;
	size_t t, i;
	int rc = 0;

	for (t = 0; t < n && rows->n && rc >= 0; t++) {
		rc = rt_resolve_lineage(ask, targets[t], true, &line, err);
		for (i = 0; i < rows->n && rc >= 0; i++) {
			uint32_t row = rows->v[i];

			if (taken[row] || (line && !line[row]))
				continue;
			taken[row] = 1;
			rt_vec_push(out, row);
		}
		free(line);
	}
	free(taken);
	return rc;
}

static void add_move(rt_moves *m, uint32_t to, const uint32_t *from, size_t n)
{
	size_t i;

	rt_vec_push(&m->v, (rt_move){ to, m->from.n, n });
	for (i = 0; i < n; i++)
		rt_vec_push(&m->from, from[i]);
}

static int above_and_below(const retort_graph *g, uint32_t to,
			   retort_error *err)
{
	int rc = rt_err_set(err, RETORT_ESTATE, "the version table has rows "
			    "above and below revision %s: they overlap",
			    rt_dag_id(g, to));

	rt_err_field(err, RETORT_ERROR_REVISION, "%s", rt_dag_id(g, to));
	rt_err_field(err, RETORT_ERROR_NEXT, "set the rows anew with 'retort "
		     "stamp --purge <revision>...'");
	return rc;
}

static int add_target(const retort_graph *g, uint32_t to,
		      const rt_nodes *rows, rt_moves *out, retort_error *err)
{
	unsigned char *near = rt_dag_marks(g);
	bool above = false, below = false, there = false;
	size_t i;

	rt_dag_mark(g, &g->all_up, &to, 1, near, 1);
	rt_dag_mark(g, &g->all_down, &to, 1, near, 2);
	for (i = 0; i < rows->n; i++) {
		there = there || rows->v[i] == to;
		above = above || (near[rows->v[i]] & 1);
		below = below || (near[rows->v[i]] & 2);
	}
	free(near);
	if (there)
		return 0;
	if (above && below)
		return above_and_below(g, to, err);
	if (above || below)
		add_move(out, to, rows->v, rows->n);
	else
		add_move(out, to, NULL, 0);
	return 0;
}

static int check_target(const retort_graph *g, const rt_nodes *to, size_t i,
			retort_error *err)
{
	(void)g;
	if (to->v[i] != RT_NIL && to->v[i] != RT_BASE)
		return 0;
	return rt_err_set(err, RETORT_ETARGET, "walked too far: the target "
			  "lies below the base");
}

int rt_stamp(const rt_ask *ask, const rt_sv *targets, size_t n_targets,
	     const rt_nodes *rows, rt_moves *out, retort_error *err)
{
	const retort_graph *g = ask->g;
	rt_nodes concerned = RT_VEC_INIT, to = RT_VEC_INIT;
	size_t i, k;
	int rc;

	rc = find_concerned(ask, targets, n_targets, rows, &concerned, err);
	for (i = 0; i < n_targets && rc >= 0; i++)
		rc = rt_resolve_many(ask, targets[i], &to, err);
	for (i = 0; i < to.n && rc >= 0; i++) {
		rc = check_target(g, &to, i, err);
		for (k = 0; k < i && to.v[k] != to.v[i]; k++)
			;
		if (rc >= 0 && k == i)
			rc = add_target(g, to.v[i], &concerned, out, err);
	}
	if (rc >= 0 && !to.n)
		for (i = 0; i < concerned.n; i++)
			add_move(out, RT_NIL, &concerned.v[i], 1);
	rt_vec_free(&concerned);
	rt_vec_free(&to);
	return rc;
}
