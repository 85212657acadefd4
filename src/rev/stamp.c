/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "rev/stamp.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

void rt_moves_free(rt_moves *m)
{
	rt_vec_free(&m->v);
	rt_vec_free(&m->rows);
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

enum { HAS_ABOVE = 1, HAS_BELOW = 2, IS_ROW = 4, IS_DONE = 8 };

/* What of the rows lies above and below each revision. */
static unsigned char *look_round(const retort_graph *g, const rt_nodes *rows)
{
	unsigned char *near = rt_dag_marks(g);
	size_t i;

	rt_dag_mark(&g->all_down, rows->v, rows->n, near, HAS_ABOVE);
	rt_dag_mark(&g->all_up, rows->v, rows->n, near, HAS_BELOW);
	for (i = 0; i < rows->n; i++)
		near[rows->v[i]] |= IS_ROW;
	return near;
}

static int add_target(const retort_graph *g, uint32_t to,
		      unsigned char *near, rt_moves *out, retort_error *err)
{
	if (near[to] & (IS_ROW | IS_DONE))
		return 0;
	if ((near[to] & HAS_ABOVE) && (near[to] & HAS_BELOW))
		return above_and_below(g, to, err);
	rt_vec_push(&out->v, (rt_move){ to, 0, near[to] ? out->rows.n : 0 });
	near[to] |= IS_DONE;
	return 0;
}

int rt_stamp(const rt_ask *ask, const rt_sv *targets, size_t n_targets,
	     const rt_nodes *rows, rt_moves *out, retort_error *err)
{
	unsigned char *near = NULL;
	rt_nodes to = RT_VEC_INIT;
	size_t i;
	int rc;

	rc = find_concerned(ask, targets, n_targets, rows, &out->rows, err);
	for (i = 0; i < n_targets && rc >= 0; i++)
		rc = rt_resolve_many(ask, targets[i], &to, err);
	if (rc < 0)
		goto out;
	near = look_round(ask->g, &out->rows);
	for (i = 0; i < to.n && rc >= 0; i++)
		rc = add_target(ask->g, to.v[i], near, out, err);
	if (!to.n)
		for (i = 0; i < out->rows.n; i++)
			rt_vec_push(&out->v, (rt_move){ RT_NIL, i, 1 });
out:
	free(near);
	rt_vec_free(&to);
	return rc;
}
