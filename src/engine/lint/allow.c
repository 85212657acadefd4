/* SPDX-License-Identifier: MIT */
/* `-- retort:allow rule, rule`: comments that keep a rule quiet. */
#include "config.h"

#include "engine/lint/lint.h"

#include <string.h>

#include "text/sqlscan.h"

#define MARK "retort:allow"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* --- reading ------------------------------------------------------------- */

static void add(rt_lint_file *file, rt_lint_allow allow, rt_sv name)
{
	allow.name = rt_arena_strsv(&file->arena, name);
	allow.rule = retort_lint_rule_find(allow.name);
	rt_vec_push(&file->allows, allow);
}

/* The rules of a comment; what stands behind the last one, after a blank, is
 * the reason. */
static void read_rules(rt_lint_file *file, rt_lint_allow allow, rt_sv list)
{
	rt_sv item;
	size_t n;

	while (rt_sv_split(&list, ',', &item)) {
		item = rt_sv_trim(item);
		for (n = 0; n < item.n && !is_blank(item.p[n]);)
			n++;
		add(file, allow, rt_sv_sub(item, 0, n));
		if (n < item.n)
			break;
	}
}

void rt_lint_allow_read(rt_lint_file *file, rt_sv comment, size_t offset,
			bool whole_file)
{
	rt_lint_allow allow = { .file = whole_file };
	rt_sv text = rt_str_sv(&file->text);
	size_t at = offset;

	comment = rt_sv_trim(comment);
	if (!rt_sv_starts(comment, MARK))
		return;
	comment = rt_sv_sub(comment, strlen(MARK), comment.n);
	if (comment.n && !is_blank(comment.p[0]))
		return;
	while (at && is_blank(text.p[at - 1]))
		at--;
	allow.own_line = !at || text.p[at - 1] == '\n';
	rt_sv_position(text, offset, &allow.line, &allow.column);
	read_rules(file, allow, rt_sv_trim(comment));
}

/* Line comments of SQL in a part of the file. */
static void read_sql(rt_lint_file *file, size_t start, size_t end,
		     retort_dialect dialect, bool whole_file)
{
	rt_sv text = rt_sv_sub(rt_str_sv(&file->text), 0, end), comment;
	rt_sql_scan scan;
	retort_token t;

	rt_sql_scan_begin(&scan, text, start, dialect);
	while (rt_sql_scan_next(&scan, &t)) {
		comment = rt_sv_sub(text, t.offset, t.length);
		if (t.kind == RETORT_TOKEN_COMMENT &&
		    rt_sv_starts(comment, "--"))
			rt_lint_allow_read(file,
					   rt_sv_sub(comment, 2, comment.n),
					   t.offset, whole_file);
	}
}

static void read_native(rt_lint_file *file)
{
	rt_sv text = rt_str_sv(&file->text), rest = text, line, trimmed;
	size_t i;

	/* the header is comment lines, up to the first marker */
	while (rt_sv_line(&rest, &line)) {
		trimmed = rt_sv_trim(line);
		if (!rt_sv_starts(trimmed, "--"))
			continue;
		trimmed = rt_sv_trim(rt_sv_sub(trimmed, 2, trimmed.n));
		if (rt_sv_starts(trimmed, "migrate:"))
			break;
		rt_lint_allow_read(file, trimmed,
				   (size_t)(line.p - text.p), true);
	}
	for (i = 0; i < file->sections.n; i++)
		read_sql(file, file->sections.v[i].start,
			 file->sections.v[i].end,
			 file->sections.v[i].dialect, false);
}

void rt_lint_allows_read(rt_lint_file *file, bool up)
{
	if (file->python)
		rt_lint_python_read(file, up);
	else
		read_native(file);
}

/* --- using --------------------------------------------------------------- */

/* The line of the first statement below a line; 0 if there is none. */
static int line_below(const rt_lint_file *file, int line)
{
	size_t i, k;
	int found = 0;

	for (i = 0; i < file->sections.n; i++)
		for (k = 0; k < file->sections.v[i].statements.n; k++) {
			int at = file->sections.v[i].statements.v[k].line;

			if (at > line && (!found || at < found))
				found = at;
		}
	return found;
}

static bool covers(const rt_lint_file *file, const rt_lint_allow *allow,
		   const rt_lint_statement *s)
{
	if (allow->file)
		return true;
	if (!s)
		return false;
	if (s->line <= allow->line && allow->line <= s->end_line)
		return true;
	return allow->own_line && s->line == line_below(file, allow->line);
}

bool rt_lint_is_allowed(rt_lint_file *file, retort_lint_rule rule,
			const rt_lint_statement *statement)
{
	bool found = false;
	size_t i;

	for (i = 0; i < file->allows.n; i++) {
		rt_lint_allow *allow = &file->allows.v[i];

		if (allow->rule != rule || !covers(file, allow, statement))
			continue;
		allow->used = true;
		found = true;
	}
	return found;
}

/* Its place is that of the comment: a statement of its own. */
static void report(rt_lint_at *at, const rt_lint_allow *allow)
{
	size_t n = at->lint->findings.n;

	if (allow->rule < RETORT_LINT_RULE_COUNT)
		rt_lint_say(at, RETORT_LINT_UNUSED_ALLOW, NULL, false,
			    "%s is allowed here, and finds nothing",
			    allow->name);
	else if (*allow->name)
		rt_lint_say(at, RETORT_LINT_UNUSED_ALLOW, NULL, false,
			    "there is no rule '%s'", allow->name);
	else
		rt_lint_say(at, RETORT_LINT_UNUSED_ALLOW, NULL, false,
			    "it names no rule");
	if (at->lint->findings.n == n)
		return;
	at->lint->findings.v[n].line = allow->line;
	at->lint->findings.v[n].column = allow->column;
}

void rt_lint_allows_report(rt_lint_at *at)
{
	rt_lint_file *file = at->file;
	size_t i;

	for (i = 0; i < file->allows.n; i++)
		if (!file->allows.v[i].used)
			report(at, &file->allows.v[i]);
}
