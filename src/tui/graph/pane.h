/* SPDX-License-Identifier: MIT */
/* The state of the graph pane, and how it is drawn; for view.c. */
#ifndef RT_TUI_GRAPH_PANE_H
#define RT_TUI_GRAPH_PANE_H

#include "tui/graph/rows.h"
#include "tui/view/view.h"
#include "tui/widget/list.h"

enum { RT_GRAPH_ID_COLS = 12 }; /* of an id, at most */

typedef struct rt_graph_pane {
	rt_graph_rows rows;
	rt_list list;
	bool filtered;      /* then nothing is folded */
	int id_cols;        /* of the longest id */
	int shift;          /* columns that lanes and messages are moved left */
	retort_cell *cells; /* room for the widest row */
} rt_graph_pane;

void rt_graph_pane_title(rt_view *v, rt_str *out);
void rt_graph_pane_draw(rt_view *v, rt_area a, bool focused);

/* The first revision in the pane's order; NULL if there is none. */
const retort_revision *rt_graph_pane_newest(const struct rt_console *c);

/* Whether a revision lies between the two ends of the range. */
bool rt_graph_pane_in_range(const struct rt_console *c,
			    const retort_revision *rev);

#endif
