/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/panes.h"

#include <string.h>

enum { SIDE_BY_SIDE = 100, ALL = 120 };

/* Half of the columns, less the divider, a little more for the graph. */
static int left_cols(int cols)
{
	return (cols - 1) / 2 + (cols >= ALL ? 1 : 0);
}

void rt_panes_arrange(rt_panes *p, int rows, int cols, rt_view_id focus,
		      rt_view_id other, bool maximised)
{
	rt_pane *pane = p->pane;
	int left = left_cols(cols), upper = rows - rows * 2 / 5;
	rt_view_id at_right = RT_VIEW_STEP;

	memset(p, 0, sizeof(*p));
	p->divider = -1;
	p->rows = rows;
	if (maximised) {
		pane[focus] = (rt_pane){ 0, 0, rows, cols };
	} else if (cols < SIDE_BY_SIDE) {
		pane[RT_VIEW_GRAPH] = (rt_pane){ 0, 0, upper, cols };
		pane[other] = (rt_pane){ upper, 0, rows - upper, cols };
	} else {
		p->divider = left;
		left = cols - left - 1;
		pane[RT_VIEW_GRAPH] = (rt_pane){ 0, 0, rows, p->divider };
		pane[other] = (rt_pane){ 0, p->divider + 1, rows, left };
	}
	if (maximised || cols < ALL)
		return;
	if (other != RT_VIEW_STEP)
		at_right = RT_VIEW_SQL;
	upper = rows - rows / 3;
	pane[other].rows = 0;
	pane[RT_VIEW_GRAPH].rows = upper;
	pane[RT_VIEW_LOG] = (rt_pane){ upper, 0, rows - upper, p->divider };
	pane[at_right] = (rt_pane){ 0, p->divider + 1, upper, left };
	pane[RT_VIEW_DIFF] = (rt_pane){ upper, p->divider + 1, rows - upper,
					left };
}

bool rt_panes_at(const rt_panes *p, int row, int col, rt_view_id *id)
{
	const rt_pane *pane;
	int i;

	for (i = 0; i < RT_VIEW_COUNT; i++) {
		pane = &p->pane[i];
		if (row < pane->row || row >= pane->row + pane->rows ||
		    col < pane->col || col >= pane->col + pane->cols)
			continue;
		*id = (rt_view_id)i;
		return true;
	}
	return false;
}
