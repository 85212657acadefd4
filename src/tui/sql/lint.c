/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/sql/lint.h"

#include <string.h>

#include <retort/sql.h>

#include "tui/sql/pane.h"

void rt_sql_lint_free(rt_sql_lint *l)
{
	retort_lint_free(l->lint);
	rt_vec_free(&l->lines);
	*l = (rt_sql_lint){ NULL, RT_VEC_INIT, false };
}

/* Lines of the pane before the first statement: comments, as empty lines do
 * not come in. */
static long lines_before(const char *sql, retort_dialect dialect)
{
	size_t offset = 0, n = strlen(sql), i;
	retort_token t;
	bool begun = false;
	long lines = 0;

	while (retort_sql_next(sql, n, dialect, &offset, &t)) {
		if (t.kind == RETORT_TOKEN_COMMENT)
			begun = true;
		else if (t.kind != RETORT_TOKEN_SPACE)
			break;
		for (i = t.offset; begun && i < t.offset + t.length; i++)
			lines += sql[i] == '\n';
	}
	return lines;
}

static bool is_sql(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && !strcmp(dot, ".sql");
}

/* From a line of an SQL file to one of the pane. */
static long shift_of(const retort_script *script, retort_dialect dialect)
{
	return lines_before(retort_script_text(script), dialect) -
	       retort_script_statement(script, 0)->line;
}

/* A program's statements stand in the pane's text only. */
static long line_of_statement(const retort_script *script, size_t i)
{
	const char *text = retort_script_text(script);
	size_t at, end = retort_script_statement(script, i)->offset;
	long line = 0;

	for (at = 0; at < end; at++)
		line += text[at] == '\n';
	return line;
}

static void place(rt_sql_lint *l, const retort_script *script,
		  retort_dialect dialect)
{
	long shift = shift_of(script, dialect), line;
	size_t i;

	for (i = 0; i < retort_lint_count(l->lint); i++) {
		const retort_lint_finding *f = retort_lint_at(l->lint, i);

		line = -1;
		if (!l->made)
			line = f->line + shift;
		else if (f->statement &&
			 f->statement <= retort_script_count(script))
			line = line_of_statement(script, f->statement - 1);
		rt_vec_push(&l->lines, line);
	}
}

void rt_sql_lint_read(rt_sql_lint *l, const rt_console *c,
		      const retort_script *script)
{
	rt_sql_lint_free(l);
	if (!retort_script_count(script) ||
	    retort_lint_revision(c->project, c->selected, c->op, &l->lint,
				 NULL))
		return;
	l->made = !is_sql(c->selected->path);
	place(l, script, retort_project_dialect(c->project));
}

static rt_style style_of(retort_severity severity)
{
	return severity == RETORT_SEVERITY_ERROR     ? RT_STYLE(ERROR)
	       : severity == RETORT_SEVERITY_WARNING ? RT_STYLE(WARNING)
						     : RT_STYLE(COMMENT);
}

void rt_sql_lint_add(const rt_sql_lint *l, rt_textview *t)
{
	size_t i, n = l->lint ? retort_lint_count(l->lint) : 0;
	rt_str s = RT_STR_INIT;

	if (n)
		rt_textview_add(t, RT_STYLE(TEXT), RT_SV("\n\n"));
	for (i = 0; i < n; i++) {
		const retort_lint_finding *f = retort_lint_at(l->lint, i);
		long line = l->lines.v[i] + 1;

		rt_str_clear(&s);
		rt_str_addf(&s, "-- %s", retort_severity_word(f->severity));
		if (f->statement && line > 0)
			rt_str_addf(&s, ", line %ld", line);
		if (l->made)
			rt_str_addf(&s, " (%d of the file)", f->line);
		rt_str_addf(&s, ": %s [%s]\n", f->message,
			    retort_lint_rule_row(f->rule)->id);
		rt_textview_add(t, style_of(f->severity), rt_str_sv(&s));
	}
	rt_str_free(&s);
}

rt_style rt_sql_lint_style(const rt_sql_lint *l, size_t line)
{
	size_t i, n = l->lint ? retort_lint_count(l->lint) : 0;
	retort_severity worst = RETORT_SEVERITY_OFF;

	for (i = 0; i < n; i++) {
		const retort_lint_finding *f = retort_lint_at(l->lint, i);

		if (l->lines.v[i] == (long)line && f->severity > worst)
			worst = f->severity;
	}
	return worst > RETORT_SEVERITY_NOTICE ? style_of(worst)
					      : RT_STYLE(MUTED);
}

void rt_sql_lint_title(const rt_sql_lint *l, rt_str *out)
{
	size_t errors, warnings;

	if (!l->lint)
		return;
	errors = retort_lint_tally(l->lint, RETORT_SEVERITY_ERROR);
	warnings = retort_lint_tally(l->lint, RETORT_SEVERITY_WARNING);
	if (errors)
		rt_str_addf(out, "   %zu error%s", errors,
			    errors == 1 ? "" : "s");
	if (warnings)
		rt_str_addf(out, "   %zu warning%s", warnings,
			    warnings == 1 ? "" : "s");
}
