/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/graph/rows.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { FOLD_MIN = 4 }; /* shorter runs are shown */

static void free_layout(rt_graph_rows *r)
{
	retort_layout_free(r->layout);
	retort_list_dispose(&r->order);
	free(r->place_of);
	free(r->below);
	r->layout = NULL;
	r->place_of = r->below = NULL;
}

void rt_graph_rows_free(rt_graph_rows *r)
{
	free_layout(r);
	retort_list_dispose(&r->all);
	rt_vec_free(&r->rows);
	free(r->rank);
	free(r->unfolded);
	memset(r, 0, sizeof(*r));
}

void rt_graph_rows_load(rt_graph_rows *r, const retort_graph *graph)
{
	size_t i, n;

	rt_graph_rows_free(r);
	if (!graph || retort_graph_history(graph, NULL, NULL, &r->all, NULL))
		return;
	n = retort_graph_count(graph);
	r->rank = rt_calloc(n + 1, sizeof(*r->rank));
	r->unfolded = rt_calloc(n + 1, sizeof(*r->unfolded));
	for (i = 0; i < r->all.n; i++)
		r->rank[r->all.v[i]->index] = i;
}

/* --- what a filter leaves ------------------------------------------------ */

/* How many hidden revisions follow one. */
static size_t count_below(const rt_graph_rows *r, const retort_graph *graph,
			  const bool *shown, const retort_revision *rev)
{
	const retort_revision *parent;
	size_t i, n = 0;

	for (i = 0; i < rev->down.n; i++) {
		parent = retort_graph_find(graph, rev->down.v[i]);
		if (!parent || shown[parent->index])
			continue;
		n = r->below[parent->index];
		n = rev->down.n > 1 || n == SIZE_MAX ? SIZE_MAX : n + 1;
	}
	return n;
}

/* From the oldest on. */
static void count_hidden(rt_graph_rows *r, const retort_graph *graph,
			 const bool *shown)
{
	size_t i;

	r->below = rt_calloc(r->all.n, sizeof(*r->below));
	for (i = r->all.n; i-- > 0;)
		r->below[r->all.v[i]->index] =
			count_below(r, graph, shown, r->all.v[i]);
}

void rt_graph_rows_lay_out(rt_graph_rows *r, const retort_graph *graph,
			   const bool *shown)
{
	const retort_revision *rev;
	size_t i;

	free_layout(r);
	if (!graph || !r->all.n)
		return;
	r->order.v = rt_calloc(2 * r->all.n,
			       sizeof(const retort_revision *));
	r->place_of = rt_calloc(r->all.n, sizeof(*r->place_of));
	if (shown)
		count_hidden(r, graph, shown);
	for (i = 0; i < r->all.n; i++) {
		rev = r->all.v[i];
		r->place_of[rev->index] = SIZE_MAX;
		if (shown && !shown[rev->index])
			continue;
		r->place_of[rev->index] = r->order.n;
		r->order.v[r->order.n++] = rev;
		if (shown && r->below[rev->index])
			r->order.v[r->order.n++] = NULL;
	}
	r->layout = retort_layout_make(graph, &r->order);
}

const retort_revision *rt_graph_rows_near(const rt_graph_rows *r,
					  const retort_revision *rev)
{
	size_t i, rank = r->rank[rev->index];

	for (i = rank; i < r->all.n; i++)
		if (r->place_of[r->all.v[i]->index] != SIZE_MAX)
			return r->all.v[i];
	for (i = rank; i-- > 0;)
		if (r->place_of[r->all.v[i]->index] != SIZE_MAX)
			return r->all.v[i];
	return NULL;
}

/* --- rows ---------------------------------------------------------------- */

/* Nothing about it would be missed. */
static bool is_plain(const rt_graph_rows *r, const rt_model *model,
		     const retort_revision *rev)
{
	return rt_model_state(model, rev) == RT_STATE_APPLIED &&
	       !rev->is_head && !rev->is_base && !rev->is_branch_point &&
	       !rev->is_merge_point && rev->labels.n == 0 &&
	       !rt_model_trouble(model, rev) &&
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

static rt_graph_row row_for(const rt_graph_rows *r, const rt_model *model,
			    size_t place, bool fold)
{
	rt_graph_row row = { RT_GRAPH_ROW_NODE, row_at(r, place), 1 };
	size_t n;

	if (!r->order.v[place]) {
		n = r->below[r->order.v[place - 1]->index];
		row.kind = RT_GRAPH_ROW_GAP;
		row.count = n == SIZE_MAX ? 0 : n;
	} else if (fold && (n = run_length(r, model, place)) >= FOLD_MIN) {
		row.kind = RT_GRAPH_ROW_FOLD;
		row.count = n;
	}
	return row;
}

void rt_graph_rows_build(rt_graph_rows *r, const rt_model *model, bool fold)
{
	size_t i, row = 0;
	rt_graph_row next;

	r->rows.n = 0;
	for (i = 0; i < model->unknown.n; i++)
		rt_vec_push(&r->rows,
			    (rt_graph_row){ RT_GRAPH_ROW_UNKNOWN, i, 1 });
	for (i = 0; r->layout && i < r->order.n;) {
		next = row_for(r, model, i, fold);
		for (; row < next.row; row++)
			rt_vec_push(&r->rows, (rt_graph_row){
						      RT_GRAPH_ROW_JOINS, row,
						      1 });
		rt_vec_push(&r->rows, next);
		i += next.kind == RT_GRAPH_ROW_FOLD ? next.count : 1;
		row += next.kind == RT_GRAPH_ROW_FOLD ? next.count : 1;
	}
}

/* Rows of the layout ascend, so the row is found by halving. */
size_t rt_graph_rows_find(const rt_graph_rows *r, const retort_revision *rev)
{
	size_t low = 0, high = r->rows.n, mid, want;

	if (r->place_of[rev->index] == SIZE_MAX)
		return SIZE_MAX;
	want = row_at(r, r->place_of[rev->index]);
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
