/* SPDX-License-Identifier: MIT */
/* In place of SQL: why there is none, and the lines of the file about it. */
#include "config.h"

#include "base/fs.h"
#include "tui/sql/pane.h"

enum { ABOVE = 1, BELOW = 40 }; /* lines of the file that are shown */

static void add_line(rt_textview *t, rt_style style, const char *text)
{
	rt_textview_add(t, style, rt_sv_from(text));
	rt_textview_add(t, style, RT_SV("\n"));
}

static void add_source(rt_textview *t, rt_sv rest, int at)
{
	rt_str s = RT_STR_INIT;
	rt_sv line;
	int n;

	for (n = 1; n <= at + BELOW && rt_sv_line(&rest, &line); n++) {
		if (n < at - ABOVE)
			continue;
		rt_str_clear(&s);
		rt_str_addf(&s, "%c%4d  %.*s", n == at ? '>' : ' ', n,
			    (int)line.n, line.p);
		add_line(t, n == at ? RT_STYLE(WARNING) : RT_STYLE(MUTED),
			 s.p);
	}
	rt_str_free(&s);
}

void rt_sql_pane_add_error(rt_textview *t, const retort_error *err)
{
	const char *file = retort_error_get(err, RETORT_ERROR_FILE);
	const char *next = retort_error_get(err, RETORT_ERROR_NEXT);
	rt_str s = RT_STR_INIT;

	add_line(t, RT_STYLE(ERROR), err->message);
	if (next)
		add_line(t, RT_STYLE(TEXT), next);
	if (!file || !err->line)
		return;
	rt_str_addf(&s, "%s:%d", rt_fs_basename(file), err->line);
	add_line(t, RT_STYLE(COMMENT), s.p);
	rt_str_clear(&s);
	if (rt_fs_read(file, RT_FS_LIMIT, &s, NULL) == 0)
		add_source(t, rt_str_sv(&s), err->line);
	rt_str_free(&s);
}
