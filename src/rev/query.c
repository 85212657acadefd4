/* SPDX-License-Identifier: MIT */
/* The questions that `show`, `history`, `branches` and `current` ask. */
#include "config.h"

#include <retort/graph.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "rev/list.h"
#include "rev/order.h"
#include "rev/rows.h"

/* The word `current` needs the rows. */
static int need_rows(const retort_graph *g, const retort_names *rows,
		     rt_nodes *out, retort_error *err)
{
	if (rows)
		return rt_rows_find(g, rows, RETORT_ENOTFOUND, out, err);
	return rt_err_set(err, RETORT_ENOTFOUND, "can't locate revision "
			  "identified by 'current': no database was asked");
}

int retort_graph_resolve(const retort_graph *graph, const char *symbol,
			 const retort_names *rows, retort_list *out,
			 retort_error *err)
{
	rt_ask ask = { graph, { NULL, 0 }, false };
	rt_nodes nodes = RT_VEC_INIT;
	int rc;

	if (strcmp(symbol, "current") == 0)
		rc = need_rows(graph, rows, &nodes, err);
	else
		rc = rt_resolve_many(&ask, rt_sv_from(symbol), &nodes, err);
	if (rc >= 0)
		rt_list_from(graph, nodes.v, nodes.n, out);
	rt_vec_free(&nodes);
	return rc;
}

/*
 * Both ends of a range as they stand for themselves: empty is all, and
 * `current` without rows too.
 */
static int take_range(const retort_graph *g, const char *range,
		      const retort_names *rows, rt_nodes *nodes,
		      rt_end *start, rt_end *end, retort_error *err)
{
	rt_sv text = rt_sv_trim(rt_sv_from(range));
	size_t at = rt_sv_find(text, ':');
	rt_end *current = NULL;
	int rc;

	*start = (rt_end){ NULL, rt_sv_sub(text, 0, at) };
	*end = (rt_end){ NULL, rt_sv_sub(text, at + 1, text.n) };
	if (range && *range &&
	    (at == text.n || rt_sv_find(end->text, ':') < end->text.n)) {
		rc = rt_err_set(err, RETORT_EUSAGE, "history range requires "
				"[start]:[end], [start]:, or :[end]");
		rt_err_field(err, RETORT_ERROR_NEXT, "put a colon between "
			     "the two ends; either may be empty");
		return rc;
	}
	/* The newer end first: one side can stand for the database. */
	if (rt_sv_is(end->text, "current"))
		current = end;
	else if (rt_sv_is(start->text, "current"))
		current = start;
	if (current) {
		rc = need_rows(g, rows, nodes, err);
		if (rc < 0)
			return rc;
		current->text = RT_SV("");
		current->rows = nodes->n ? nodes : NULL;
	}
	if (!start->rows && !start->text.n)
		start->text = RT_SV("base");
	if (!end->rows && !end->text.n)
		end->text = RT_SV("heads");
	return 0;
}

int retort_graph_history(const retort_graph *graph, const char *range,
			 const retort_names *rows, retort_list *out,
			 retort_error *err)
{
	rt_ask ask = { graph, { NULL, 0 }, false };
	rt_selection s = RT_SELECTION_INIT;
	rt_nodes current = RT_VEC_INIT, order = RT_VEC_INIT;
	rt_end start, end;
	int rc = take_range(graph, range, rows, &current, &start, &end, err);

	if (rc < 0)
		goto out;
	if (!end.rows)
		ask.argument = end.text;
	rc = rt_select_range(&ask, &start, &end, &s, err);
	if (rc >= 0 && !rt_order(graph, &s, &order))
		rc = rt_range_broken(graph, &start, &end, err);
	if (rc < 0)
		goto out;
	rt_list_from(graph, order.v, order.n, out);
out:
	rt_selection_free(&s);
	rt_vec_free(&current);
	rt_vec_free(&order);
	return rc;
}

void retort_graph_branch_points(const retort_graph *graph, retort_list *out)
{
	rt_selection s = RT_SELECTION_INIT;
	rt_nodes order = RT_VEC_INIT;
	uint32_t u;
	size_t i, kept = 0;
	bool whole;

	s.todo = rt_dag_marks(graph);
	for (u = 0; u < rt_dag_count(graph); u++) {
		s.todo[u] = 1;
		if (graph->revs.v[u].is_real_head)
			rt_vec_push(&s.heads, u);
	}
	whole = rt_order(graph, &s, &order);
	RT_ASSERT(whole);
	for (i = 0; i < order.n; i++)
		if (graph->revs.v[order.v[i]].is_branch_point)
			order.v[kept++] = order.v[i];
	rt_list_from(graph, order.v, kept, out);
	rt_selection_free(&s);
	rt_vec_free(&order);
}

int retort_graph_current(const retort_graph *graph, const retort_names *rows,
			 retort_list *out, retort_error *err)
{
	rt_nodes nodes = RT_VEC_INIT, top = RT_VEC_INIT;
	int rc = rt_rows_find(graph, rows, RETORT_ENOTFOUND, &nodes, err);

	if (rc >= 0) {
		rt_current(graph, &nodes, &top);
		rt_list_from(graph, top.v, top.n, out);
	}
	rt_vec_free(&nodes);
	rt_vec_free(&top);
	return rc;
}

int retort_graph_applied(const retort_graph *graph, const retort_names *rows,
			 bool *applied, retort_error *err)
{
	unsigned char *mark = rt_dag_marks(graph);
	rt_nodes nodes = RT_VEC_INIT;
	uint32_t u;
	int rc = rt_rows_find(graph, rows, RETORT_ENOTFOUND, &nodes, err);

	rt_dag_mark(&graph->all_down, nodes.v, nodes.n, mark, 1);
	for (u = 0; u < rt_dag_count(graph); u++)
		applied[u] = mark[u];
	free(mark);
	rt_vec_free(&nodes);
	return rc;
}
