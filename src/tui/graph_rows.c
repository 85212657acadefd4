/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/graph_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { FOLD_MIN = 4 }; /* shorter runs are shown */

void rt_graph_rows_free(rt_graph_rows *r)
{
	retort_layout_free(r->layout);
	retort_list_dispose(&r->order);
	rt_vec_free(&r->rows);
	free(r->place_of);
	free(r->unfolded);
	memset(r, 0, sizeof(*r));
}

void rt_graph_rows_load(rt_graph_rows *r, const retort_graph *graph)
{
	size_t i, n;

	rt_graph_rows_free(r);
	if (!graph ||
	    retort_graph_history(graph, NULL, NULL, &r->order, NULL))
		return;
	n = retort_graph_count(graph);
	r->place_of = rt_calloc(n + 1, sizeof(*r->place_of));
	r->unfolded = rt_calloc(n + 1, sizeof(*r->unfolded));
	for (i = 0; i < r->order.n; i++)
		r->place_of[r->order.v[i]->index] = i;
	r->layout = retort_layout_make(graph, &r->order);
}

/* Nothing about it would be missed. */
static bool is_plain(const rt_graph_rows *r, const rt_model *model,
		     const retort_revision *rev)
{
	return rt_model_state(model, rev) == RT_STATE_APPLIED &&
	       !rev->is_head && !rev->is_base && !rev->is_branch_point &&
	       !rev->is_merge_point && rev->labels.n == 0 &&
	       !r->unfolded[rev->index];
}

static size_t row_at(const rt_graph_rows *r, size_t place)
{
	return retort_layout_row_of(r->layout, place);
}

/* How many revisions from `place` on make one fold: plain ones, in rows that
 * follow each other, each the parent of the one before. */
static size_t run_length(const rt_graph_rows *r, const rt_model *model,
			 size_t place)
{
	const retort_revision *rev, *next;
	size_t i = place;

	if (!is_plain(r, model, r->order.v[place]))
		return 0;
	for (; i + 1 < r->order.n; i++) {
		rev = r->order.v[i];
		next = r->order.v[i + 1];
		if (!is_plain(r, model, next) ||
		    row_at(r, i + 1) != row_at(r, i) + 1 ||
		    strcmp(rev->down.v[0], next->id) != 0)
			break;
	}
	return i - place + 1;
}

void rt_graph_rows_build(rt_graph_rows *r, const rt_model *model, bool fold)
{
	size_t i, run, row = 0;

	r->rows.n = 0;
	for (i = 0; i < model->unknown.n; i++)
		rt_vec_push(&r->rows,
			    (rt_graph_row){ RT_GRAPH_ROW_UNKNOWN, i, 1 });
	for (i = 0; r->layout && i < r->order.n; i += run) {
		for (; row < row_at(r, i); row++)
			rt_vec_push(&r->rows, (rt_graph_row){
						      RT_GRAPH_ROW_JOINS, row,
						      1 });
		run = fold ? run_length(r, model, i) : 0;
		if (run < FOLD_MIN)
			run = 1;
		rt_vec_push(&r->rows,
			    (rt_graph_row){ run > 1 ? RT_GRAPH_ROW_FOLD
						    : RT_GRAPH_ROW_NODE,
					    row, run });
		row += run;
	}
}

/* Rows of the layout ascend, so the row is found by halving. */
size_t rt_graph_rows_find(const rt_graph_rows *r, const retort_revision *rev)
{
	size_t want = row_at(r, r->place_of[rev->index]);
	size_t low = 0, high = r->rows.n, mid;

	while (high - low > 1) {
		mid = low + (high - low) / 2;
		if (r->rows.v[mid].kind == RT_GRAPH_ROW_UNKNOWN ||
		    r->rows.v[mid].row <= want)
			low = mid;
		else
			high = mid;
	}
	return low;
}

const retort_revision *rt_graph_rows_revision(const rt_graph_rows *r,
					      size_t row)
{
	const retort_revision *rev = NULL;
	const rt_graph_row *at = &r->rows.v[row];

	if (at->kind == RT_GRAPH_ROW_NODE)
		rev = rt_graph_rows_folded(r, row, 0);
	return rev;
}

/* The place whose layout row is `row`. */
static size_t place_at(const rt_graph_rows *r, size_t row)
{
	size_t low = 0, high = r->order.n, mid;

	while (high - low > 1) {
		mid = low + (high - low) / 2;
		if (row_at(r, mid) <= row)
			low = mid;
		else
			high = mid;
	}
	return low;
}

const retort_revision *rt_graph_rows_folded(const rt_graph_rows *r,
					    size_t row, size_t i)
{
	return r->order.v[place_at(r, r->rows.v[row].row) + i];
}

void rt_graph_rows_unfold(rt_graph_rows *r, size_t row)
{
	size_t i;

	for (i = 0; i < r->rows.v[row].count; i++)
		r->unfolded[rt_graph_rows_folded(r, row, i)->index] = true;
}
