/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/report.h"

#include <string.h>

#include "base/sv.h"

/* The most lines of a statement that are worth reading in an error. */
enum { STATEMENT_LINES = 12 };

static void where(rt_out *o, const retort_error *err)
{
	const char *file = retort_error_get(err, RETORT_ERROR_FILE);

	if (!file)
		return;
	rt_out_printf(o, "  ");
	rt_out_field(o, RT_ROLE_DIM, "--> ");
	rt_out_field(o, RT_ROLE_TITLE, file);
	if (err->line > 0)
		rt_out_printf(o, ":%d", err->line);
	if (err->line > 0 && err->column > 0)
		rt_out_printf(o, ":%d", err->column);
	rt_out_printf(o, "\n");
}

/* A field of several lines goes on under its first line. */
static void field(rt_out *o, const char *name, const char *text,
		  size_t max_lines)
{
	rt_sv rest = rt_sv_from(text), line;
	size_t n;

	for (n = 0; rt_sv_line(&rest, &line); n++) {
		rt_out_printf(o, n ? "  %*s  " : "  ", (int)strlen(name), "");
		if (n == 0) {
			rt_out_field(o, RT_ROLE_DIM, name);
			rt_out_printf(o, ": ");
		}
		if (n == max_lines) {
			rt_out_printf(o, "...\n");
			return;
		}
		rt_out_lines(o, RT_ROLE_PLAIN, line);
		rt_out_printf(o, "\n");
	}
}

void rt_report_error(rt_out *o, const retort_error *err)
{
	int i;

	rt_out_printf(o, "retort: ");
	rt_out_field(o, RT_ROLE_ERROR, "error: ");
	rt_out_field(o, RT_ROLE_PLAIN,
		     err->message ? err->message : "unknown error");
	rt_out_printf(o, "\n");
	where(o, err);
	for (i = 0; i < (int)RETORT_ERROR_FIELD_COUNT; i++) {
		const char *text =
			retort_error_get(err, (retort_error_field)i);

		if (!text || i == (int)RETORT_ERROR_FILE)
			continue;
		field(o, retort_error_field_name((retort_error_field)i), text,
		      i == (int)RETORT_ERROR_STATEMENT ? STATEMENT_LINES : 40);
	}
}

void rt_report_warning(rt_out *o, const char *text)
{
	rt_out_printf(o, "retort: ");
	rt_out_field(o, RT_ROLE_WARNING, "warning: ");
	rt_out_field(o, RT_ROLE_PLAIN, text);
	rt_out_printf(o, "\n");
}
