/* SPDX-License-Identifier: MIT */
/*
 * The rows of the graph pane: those of the layout, long runs of applied
 * revisions folded into one, and above them the rows of the database that no
 * file knows.  A filter leaves revisions out; a gap tells where.
 */
#ifndef RT_TUI_GRAPH_ROWS_H
#define RT_TUI_GRAPH_ROWS_H

#include <retort/layout.h>

#include "base/vec.h"
#include "tui/model.h"

typedef enum rt_graph_row_kind {
	RT_GRAPH_ROW_NODE,    /* a revision */
	RT_GRAPH_ROW_JOINS,   /* lines only */
	RT_GRAPH_ROW_FOLD,    /* `count` revisions, one after the other */
	RT_GRAPH_ROW_GAP,     /* what a filter hides; `count` of them, or 0
				 where ways part */
	RT_GRAPH_ROW_UNKNOWN  /* a version row without file */
} rt_graph_row_kind;

typedef struct rt_graph_row {
	rt_graph_row_kind kind;
	size_t row;   /* of the layout; of model->unknown */
	size_t count;
} rt_graph_row;

typedef struct rt_graph_rows {
	retort_list all;       /* newest first */
	size_t *rank;          /* by revision index: place in `all` */
	bool *unfolded;        /* by revision index: shown though it could
				  be folded */
	retort_layout *layout; /* NULL = no graph */
	retort_list order;     /* as laid out; NULL is a gap */
	size_t *place_of;      /* by revision index: place in `order`;
				  SIZE_MAX = hidden */
	size_t *below;         /* by revision index: how many hidden ones
				  follow it one after the other; SIZE_MAX =
				  ways part among them; NULL = none is */
	RT_VEC(rt_graph_row) rows;
} rt_graph_rows;

/* Take the graph; NULL leaves none.  Folds are forgotten. */
void rt_graph_rows_load(rt_graph_rows *r, const retort_graph *graph);

/* Lay it out: all of it, or what `shown` (by revision index) has. */
void rt_graph_rows_lay_out(rt_graph_rows *r, const retort_graph *graph,
			   const bool *shown);

/* Make the rows; fold, whether runs may be folded. */
void rt_graph_rows_build(rt_graph_rows *r, const rt_model *model, bool fold);

void rt_graph_rows_free(rt_graph_rows *r);

/* The row that shows a revision (its own, or the fold it is in); SIZE_MAX
 * where it is hidden. */
size_t rt_graph_rows_find(const rt_graph_rows *r, const retort_revision *rev);

/* The nearest revision that is shown, older ones first; NULL if none is. */
const retort_revision *rt_graph_rows_near(const rt_graph_rows *r,
					  const retort_revision *rev);

/* The revision of a NODE row, else NULL. */
const retort_revision *rt_graph_rows_revision(const rt_graph_rows *r,
					      size_t row);

/* The i-th revision of a FOLD row. */
const retort_revision *rt_graph_rows_folded(const rt_graph_rows *r,
					    size_t row, size_t i);

/* Show what a FOLD row hides; the rows must be built again. */
void rt_graph_rows_unfold(rt_graph_rows *r, size_t row);

#endif
