/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "rev/rows.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/names.h"
#include "base/str.h"

#define UNKNOWN_SHOWN 12

static void set_row(rt_rows *r, uint32_t node)
{
	r->is_row[node] = 1;
	rt_vec_push(&r->touched, node);
}

void rt_rows_start(rt_rows *r, const retort_graph *g, rt_arena *arena,
		   const rt_nodes *rows)
{
	size_t i;

	*r = (rt_rows){ g, arena, rt_dag_marks(g), NULL, RT_VEC_INIT };
	for (i = 0; i < rows->n; i++)
		set_row(r, rows->v[i]);
}

void rt_rows_free(rt_rows *r)
{
	free(r->is_row);
	free(r->needed);
	rt_vec_free(&r->touched);
}

static void add_change(rt_rows *r, retort_row_change *at, uint32_t old,
		       uint32_t new)
{
	*at = (retort_row_change){ RETORT_ROW_UPDATE, NULL, NULL };
	if (old == RT_NIL)
		at->kind = RETORT_ROW_INSERT;
	else
		at->old_id = rt_dag_id(r->g, old);
	if (new == RT_NIL)
		at->kind = RETORT_ROW_DELETE;
	else
		at->new_id = rt_dag_id(r->g, new);
	if (old != RT_NIL)
		r->is_row[old] = 0;
	if (new != RT_NIL)
		set_row(r, new);
}

/* Delete all of `from` but the last, which becomes `to`. */
static void merge(rt_rows *r, const uint32_t *from, size_t n, uint32_t to,
		  retort_step *step)
{
	retort_row_change *c = rt_arena_calloc(r->arena, n + 1, sizeof(*c));
	size_t i;

	step->changes = c;
	step->n_changes = n ? n : 1;
	for (i = 0; i + 1 < n; i++)
		add_change(r, c++, from[i], RT_NIL);
	add_change(r, c, n ? from[n - 1] : RT_NIL, to);
}

void rt_rows_up(rt_rows *r, uint32_t node, retort_step *step)
{
	const rt_edges *e = &r->g->norm;
	rt_nodes from = RT_VEC_INIT;
	uint32_t i;

	RT_EDGE_EACH(e, node, i)
		if (r->is_row[e->to[i]])
			rt_vec_push(&from, e->to[i]);
	merge(r, from.v, from.n, node, step);
	rt_vec_free(&from);
}

/* For every applied revision, how many applied ones stand on it. */
static void count_needed(rt_rows *r)
{
	const retort_graph *g = r->g;
	unsigned char *applied = rt_dag_marks(g);
	uint32_t u, i;

	r->needed = rt_calloc(g->revs.n + 1, sizeof(*r->needed));
	rt_dag_mark(&g->norm, r->touched.v, r->touched.n, applied, 1);
	for (u = 0; u < rt_dag_count(g); u++)
		if (applied[u])
			RT_EDGE_EACH(&g->norm, u, i)
				r->needed[g->norm.to[i]]++;
	free(applied);
}

void rt_rows_down(rt_rows *r, uint32_t node, retort_step *step)
{
	const rt_edges *e = &r->g->norm;
	retort_row_change *c;
	rt_nodes to = RT_VEC_INIT;
	uint32_t i, was = r->is_row[node] ? node : RT_NIL;
	size_t k;

	if (!r->needed)
		count_needed(r);
	RT_EDGE_EACH(e, node, i)
		if (!--r->needed[e->to[i]] && !r->is_row[e->to[i]])
			rt_vec_push(&to, e->to[i]);
	c = rt_arena_calloc(r->arena, to.n + 1, sizeof(*c));
	step->changes = c;
	for (k = 0; k + 1 < to.n; k++)
		add_change(r, c++, RT_NIL, to.v[k]);
	if (to.n)
		add_change(r, c++, was, to.v[to.n - 1]);
	else if (was != RT_NIL)
		add_change(r, c++, was, RT_NIL);
	step->n_changes = (size_t)(c - step->changes);
	rt_vec_free(&to);
}

void rt_rows_stamp(rt_rows *r, const uint32_t *from, size_t n_from,
		   uint32_t to, retort_step *step)
{
	size_t i;

	/* Once a row has moved to another target, this one is new. */
	for (i = 0; i < n_from && r->is_row[from[i]]; i++)
		;
	merge(r, from, i < n_from ? 0 : n_from, to, step);
}

retort_names rt_rows_names(const rt_rows *r)
{
	const char **v = rt_arena_calloc(r->arena, r->touched.n + 1,
					 sizeof(*v));
	size_t i, n = 0, kept = 0;

	for (i = 0; i < r->touched.n; i++)
		if (r->is_row[r->touched.v[i]])
			v[n++] = rt_dag_id(r->g, r->touched.v[i]);
	rt_names_sort(v, n);
	for (i = 0; i < n; i++)
		if (!kept || v[kept - 1] != v[i])
			v[kept++] = v[i];
	return (retort_names){ v, kept };
}

static int unknown_rows(const retort_graph *g, const retort_names *rows,
			int code, retort_error *err)
{
	rt_str list = RT_STR_INIT;
	const char *first = NULL;
	size_t i, n = 0;
	int rc;

	for (i = 0; i < rows->n; i++) {
		if (rt_dag_find(g, rows->v[i]) != RT_NIL)
			continue;
		if (!first)
			first = rows->v[i];
		if (n++ < UNKNOWN_SHOWN)
			rt_str_addf(&list, "%s'%s'", n > 1 ? ", " : "",
				    rows->v[i]);
	}
	if (n > UNKNOWN_SHOWN)
		rt_str_addf(&list, " and %zu more", n - UNKNOWN_SHOWN);
	rc = rt_err_set(err, code, "can't locate revision identified by %s: "
			"the version table names %s, but no revision file "
			"does", list.p, n > 1 ? "them" : "it");
	rt_err_field(err, RETORT_ERROR_REVISION, "%s", first);
	rt_err_field(err, RETORT_ERROR_NEXT, "bring the file back (is it on "
		     "another git branch?), or set the rows anew with "
		     "'retort stamp --purge <revision>'");
	rt_str_free(&list);
	return rc;
}

int rt_rows_find(const retort_graph *g, const retort_names *rows, int code,
		 rt_nodes *out, retort_error *err)
{
	unsigned char *seen = rt_dag_marks(g);
	bool unknown = false;
	size_t i;

	for (i = 0; i < rows->n; i++) {
		uint32_t node = rt_dag_find(g, rows->v[i]);

		if (node == RT_NIL) {
			unknown = true;
		} else if (!seen[node]) {
			seen[node] = 1;
			rt_vec_push(out, node);
		}
	}
	free(seen);
	return unknown ? unknown_rows(g, rows, code, err) : 0;
}
