/* SPDX-License-Identifier: MIT */
/* The revisions of a history range. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "rev/select.h"

static void add_end(const retort_graph *g, const rt_end *end, rt_str *out)
{
	char *names;

	if (!end->rows) {
		rt_str_addsv(out, end->text);
		return;
	}
	names = rt_dag_join(g, end->rows->v, end->rows->n);
	rt_str_add(out, names);
	free(names);
}

int rt_range_broken(const retort_graph *g, const rt_end *start,
		    const rt_end *end, retort_error *err)
{
	rt_str range = RT_STR_INIT;
	int rc;

	add_end(g, start, &range);
	rt_str_addc(&range, ':');
	add_end(g, end, &range);
	rc = rt_err_set(err, RETORT_ETARGET, "requested range %s does not "
			"refer to ancestor/descendant revisions along the "
			"same branch", range.p);
	rt_err_field(err, RETORT_ERROR_NEXT, "give the older end first, and "
		     "both from one line");
	rt_str_free(&range);
	return rc;
}

static int end_nodes(const rt_ask *ask, const rt_end *end, rt_nodes *out,
		     retort_error *err)
{
	size_t i;

	if (!end->rows)
		return rt_resolve_below(ask, end->text, out, err);
	for (i = 0; i < end->rows->n; i++)
		rt_vec_push(out, end->rows->v[i]);
	return 0;
}

/*
 * "LABEL@…:" keeps the heads that carry the label; where a revision stands
 * for its branch, those on one line with it.
 */
static int keep_branch_heads(const rt_ask *ask, rt_sv start, rt_nodes *heads,
			     retort_error *err)
{
	const retort_graph *g = ask->g;
	rt_sv label = rt_sv_sub(start, 0, rt_sv_find(start, '@'));
	unsigned char *line = NULL;
	uint32_t branch;
	size_t i, kept = 0;
	int rc;

	if (label.n == start.n)
		return 0;
	rc = rt_resolve_one(ask, label, &branch, err);
	if (rc >= 0 && branch != RT_NIL &&
	    rt_sv_is(label, rt_dag_id(g, branch)))
		rc = rt_resolve_lineage(ask, label, false, &line, err);
	if (rc < 0)
		return rc;
	for (i = 0; i < heads->n; i++)
		if (line ? line[heads->v[i]] :
			   rt_dag_carries(g, heads->v[i], label))
			heads->v[kept++] = heads->v[i];
	heads->n = kept;
	free(line);
	return 0;
}

static bool ran_below(const rt_nodes *low)
{
	size_t i;

	for (i = 0; i < low->n; i++)
		if (low->v[i] == RT_NIL)
			return true;
	return false;
}

/*
 * The older end, where it ran below the bases: counted from the other end it
 * stops at the base.  That needs one revision to count from.
 */
static int settle_start(const rt_ask *ask, const rt_end *start,
			const rt_end *end, rt_nodes *low, retort_error *err)
{
	rt_origin from = { end->rows, end->text };
	rt_relative rel;
	rt_goal goal;
	int rc;

	if (!ran_below(low))
		return 0;
	if ((rt_sv_is(end->text, "heads") || rt_sv_is(end->text, "head")) &&
	    rt_ident_relative(ask->g, start->text, &rel) && !rel.label.n)
		return rt_target_ran_out(&rel, "counted from the heads, that "
					 "is below the base", err);
	rc = rt_target_down(ask, start->text, &from, false, &goal, err);
	low->n = 0;
	if (rc >= 0 && goal.node != RT_NIL)
		rt_vec_push(low, goal.node);
	return rc;
}

/* Every start must be among what the end needs. */
static bool all_within(const rt_nodes *low, const unsigned char *need)
{
	size_t i;

	for (i = 0; i < low->n; i++)
		if (low->v[i] == RT_BASE ||
		    (low->v[i] != RT_NIL && !need[low->v[i]]))
			return false;
	return true;
}

/* From the ancestors of the end (1) to what lies above the start. */
static void take_between(const retort_graph *g, const rt_nodes *low,
			 unsigned char *todo)
{
	uint32_t u;
	size_t i;

	rt_dag_mark(&g->all_down, low->v, low->n, todo, 2);
	rt_dag_mark(&g->up, low->v, low->n, todo, 4);
	for (u = 0; u < rt_dag_count(g); u++)
		todo[u] = low->n ? todo[u] == (1 | 4) : todo[u] == 1;
	for (i = 0; i < low->n; i++)
		todo[low->v[i]] = 1;
}

int rt_select_range(const rt_ask *ask, const rt_end *start, const rt_end *end,
		    rt_selection *out, retort_error *err)
{
	const retort_graph *g = ask->g;
	rt_origin from = { start->rows, start->text };
	rt_nodes low = RT_VEC_INIT;
	int rc;

	if (end->rows)
		rc = end_nodes(ask, end, &out->heads, err);
	else
		rc = rt_target_up(ask, end->text, &from, false, &out->heads,
				  err);
	if (rc >= 0 && !start->rows)
		rc = keep_branch_heads(ask, start->text, &out->heads, err);
	if (rc >= 0)
		rc = rt_select_check(g, &out->heads, RETORT_ETARGET, err);
	if (rc >= 0)
		rc = end_nodes(ask, start, &low, err);
	if (rc < 0)
		goto out;
	out->todo = rt_dag_marks(g);
	rt_dag_mark(&g->all_down, out->heads.v, out->heads.n, out->todo, 1);
	if (!all_within(&low, out->todo)) {
		rc = rt_range_broken(g, start, end, err);
		goto out;
	}
	rc = settle_start(ask, start, end, &low, err);
	if (rc >= 0)
		rc = rt_select_check(g, &low, RETORT_ETARGET, err);
	if (rc >= 0)
		take_between(g, &low, out->todo);
out:
	rt_vec_free(&low);
	return rc;
}
