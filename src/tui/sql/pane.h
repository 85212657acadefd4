/* SPDX-License-Identifier: MIT */
/* SQL in a pane: one script, or all of a range. */
#ifndef RT_TUI_SQL_PANE_H
#define RT_TUI_SQL_PANE_H

#include "tui/console.h"
#include "tui/widget/textview.h"

enum { RT_SQL_SHOWN_MAX = 256 << 10 }; /* bytes that are shown */

/* Append SQL with its colours; the empty lines at its ends go. */
void rt_sql_pane_add(rt_textview *t, rt_sv sql, retort_dialect dialect);

/* Append an error, and the lines of the file that it is about. */
void rt_sql_pane_add_error(rt_textview *t, const retort_error *err);

typedef struct rt_sql_range {
	size_t steps, statements;
} rt_sql_range;

/*
 * Append what the plan runs of the range's revisions, in its order: each
 * step with its transaction and its change of the version rows.
 *   out:  *range, how much it is
 *   err:  as retort_plan_make and retort_project_script; what came before
 *         the step that failed is there
 */
RETORT_MUST_CHECK int rt_sql_pane_add_range(const rt_console *c,
					    rt_textview *t,
					    rt_sql_range *range,
					    retort_error *err);

#endif
