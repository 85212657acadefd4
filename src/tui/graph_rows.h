/* SPDX-License-Identifier: MIT */
/*
 * The rows of the graph pane: those of the layout, long runs of applied
 * revisions folded into one, and above them the rows of the database that no
 * file knows.
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
	RT_GRAPH_ROW_UNKNOWN  /* a version row without file */
} rt_graph_row_kind;

typedef struct rt_graph_row {
	rt_graph_row_kind kind;
	size_t row;   /* of the layout; of model->unknown */
	size_t count; /* FOLD: layout rows from `row` on */
} rt_graph_row;

typedef struct rt_graph_rows {
	retort_layout *layout; /* NULL = no graph */
	retort_list order;     /* as laid out: newest first */
	size_t *place_of;      /* by revision index: place in `order` */
	bool *unfolded;        /* by revision index: shown though it could
				  be folded */
	RT_VEC(rt_graph_row) rows;
} rt_graph_rows;

/* Lay the graph out; NULL graph leaves none.  Folds are forgotten. */
void rt_graph_rows_load(rt_graph_rows *r, const retort_graph *graph);

/* Make the rows; fold, whether runs may be folded. */
void rt_graph_rows_build(rt_graph_rows *r, const rt_model *model, bool fold);

void rt_graph_rows_free(rt_graph_rows *r);

/* The row that shows a revision (its own, or the fold it is in). */
size_t rt_graph_rows_find(const rt_graph_rows *r, const retort_revision *rev);

/* The revision of a NODE row, else NULL. */
const retort_revision *rt_graph_rows_revision(const rt_graph_rows *r,
					      size_t row);

/* The i-th revision of a FOLD row. */
const retort_revision *rt_graph_rows_folded(const rt_graph_rows *r,
					    size_t row, size_t i);

/* Show what a FOLD row hides; the rows must be built again. */
void rt_graph_rows_unfold(rt_graph_rows *r, size_t row);

#endif
