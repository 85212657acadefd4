/* SPDX-License-Identifier: MIT */
/* What lint says of the script in the SQL pane. */
#ifndef RT_TUI_SQL_LINT_H
#define RT_TUI_SQL_LINT_H

#include <retort/lint.h>

#include "base/vec.h"
#include "tui/console.h"
#include "tui/widget/textview.h"

typedef struct rt_sql_lint {
	retort_lint *lint; /* NULL = nothing is known */
	RT_VEC(long) lines; /* of the pane, for each finding; -1 = none */
	bool made;          /* by a program: the file's lines are others */
} rt_sql_lint;

/* Look at the selected revision, by its text alone; what was there goes.
 *   in:   script, what the pane shows of it */
void rt_sql_lint_read(rt_sql_lint *l, const rt_console *c,
		      const retort_script *script);
void rt_sql_lint_free(rt_sql_lint *l);

/* Append the findings to the SQL, a line each. */
void rt_sql_lint_add(const rt_sql_lint *l, rt_textview *t);

/* How the number of a line looks, from 0. */
rt_style rt_sql_lint_style(const rt_sql_lint *l, size_t line);

/* "   lint: 2 errors", for the title; nothing where nothing was found. */
void rt_sql_lint_title(const rt_sql_lint *l, rt_str *out);

#endif
