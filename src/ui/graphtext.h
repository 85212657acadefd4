/* SPDX-License-Identifier: MIT */
/*
 * The graph as lines of text: lanes on the left, the one-line form of the
 * revision behind them.
 */
#ifndef RT_UI_GRAPHTEXT_H
#define RT_UI_GRAPHTEXT_H

#include <retort/layout.h>

#include "ui/out.h"

/* What is known about the database. */
typedef struct rt_graph_marks {
	const retort_names *rows; /* NULL = it was not asked */
	const bool *applied;      /* by index of load order; NULL likewise */
} rt_graph_marks;

/*
 * Print the lanes of one row, coloured by chain.
 *   in:   cells, n of them, of retort_layout_row; node, the glyph for the
 *         revision; ascii, no line drawing characters
 */
void rt_graphtext_cells(rt_out *o, const retort_cell *cells, size_t n,
			const char *node, bool ascii);

/* Print the whole list. */
void rt_graphtext(rt_out *o, const retort_graph *graph,
		  const retort_list *list, const rt_graph_marks *marks,
		  bool ascii);

#endif
