/* SPDX-License-Identifier: MIT */
/*
 * Where the panes stand on a screen of a given size.
 *
 *   under 100 columns   the graph over one other pane
 *   100 to 119          the graph beside one other pane
 *   from 120            the graph over the log, beside the SQL over the diff
 *   maximised           one pane alone
 */
#ifndef RT_TUI_PANES_H
#define RT_TUI_PANES_H

#include <stdbool.h>

#include "tui/view/view.h"

/* The smallest screen that is drawn on. */
enum { RT_PANES_MIN_ROWS = 10, RT_PANES_MIN_COLS = 40 };

typedef struct rt_pane {
	int row, col, rows, cols; /* with the title row; rows 0 = hidden */
} rt_pane;

typedef struct rt_panes {
	rt_pane pane[RT_VIEW_COUNT];
	int divider; /* column of the line between left and right; -1 = none */
	int rows;    /* of all panes together */
} rt_panes;

/*
 *   in:   rows and cols that the panes may take; focus; other, the pane that
 *         is shown beside the graph where there is room for one only
 */
void rt_panes_arrange(rt_panes *p, int rows, int cols, rt_view_id focus,
		      rt_view_id other, bool maximised);

/* The pane at a place; false if there is none. */
bool rt_panes_at(const rt_panes *p, int row, int col, rt_view_id *id);

#endif
