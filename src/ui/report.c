/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/report.h"

#include <string.h>

#include "base/sv.h"
#include "ui/caret.h"

/* The most lines that are worth reading in an error. */
enum { STATEMENT_LINES = 12, FIELD_LINES = 40 };

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

/* The name of a field before its first line, blanks before the others. */
static void margin(rt_out *o, const char *name, bool first)
{
	if (first) {
		rt_out_text(o, "  ");
		rt_out_field(o, RT_ROLE_DIM, name);
		rt_out_text(o, ": ");
	} else {
		rt_out_printf(o, "  %*s  ", (int)strlen(name), "");
	}
}

/* A field of several lines goes on under its first line. */
static void field(rt_out *o, const char *name, const char *text,
		  size_t max_lines)
{
	rt_sv rest = rt_sv_from(text), line;
	size_t n;

	for (n = 0; rt_sv_line(&rest, &line); n++) {
		margin(o, name, n == 0);
		if (n == max_lines) {
			rt_out_text(o, "...\n");
			return;
		}
		rt_out_lines(o, RT_ROLE_PLAIN, line);
		rt_out_text(o, "\n");
	}
}

static void caret(rt_out *o, const char *name, rt_sv line, int column)
{
	rt_str s = RT_STR_INIT;

	rt_caret_add(line, column, &s);
	margin(o, name, false);
	rt_out_lines(o, RT_ROLE_ERROR, rt_str_sv(&s));
	rt_out_text(o, "\n");
	rt_str_free(&s);
}

/* The lines around the one that is wrong, a caret under the place. */
static void statement(rt_out *o, const char *name, const retort_error *err)
{
	const char *text = retort_error_get(err, RETORT_ERROR_STATEMENT);
	rt_sv rest = rt_sv_from(text), line;
	int n, wrong = err->statement_line;
	int from = wrong > STATEMENT_LINES ? wrong - STATEMENT_LINES / 2 : 1;

	if (from > 1) {
		margin(o, name, true);
		rt_out_text(o, "...\n");
	}
	for (n = 1; rt_sv_line(&rest, &line); n++) {
		if (n < from)
			continue;
		margin(o, name, n == 1);
		if (n == from + STATEMENT_LINES) {
			rt_out_text(o, "...\n");
			return;
		}
		rt_out_lines(o, RT_ROLE_PLAIN, line);
		rt_out_text(o, "\n");
		if (n == wrong)
			caret(o, name, line, err->statement_column);
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
		retort_error_field f = (retort_error_field)i;
		const char *text = retort_error_get(err, f);
		const char *name = retort_error_field_name(f);

		if (!text || f == RETORT_ERROR_FILE)
			continue;
		if (f == RETORT_ERROR_STATEMENT)
			statement(o, name, err);
		else
			field(o, name, text, FIELD_LINES);
	}
}

void rt_report_warning(rt_out *o, const char *text)
{
	rt_out_printf(o, "retort: ");
	rt_out_field(o, RT_ROLE_WARNING, "warning: ");
	rt_out_field(o, RT_ROLE_PLAIN, text);
	rt_out_printf(o, "\n");
}
