/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/linttext.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "ui/github.h"
#include "ui/json.h"
#include "ui/table.h"

static rt_role role_of(retort_severity severity)
{
	static const rt_role roles[] = {
		[RETORT_SEVERITY_OFF] = RT_ROLE_DIM,
		[RETORT_SEVERITY_NOTICE] = RT_ROLE_LABEL,
		[RETORT_SEVERITY_WARNING] = RT_ROLE_WARNING,
		[RETORT_SEVERITY_ERROR] = RT_ROLE_ERROR,
	};

	return roles[severity];
}

/* A path as seen from a folder that it is below. */
static const char *below(const char *path, const char *here)
{
	size_t n = here ? strlen(here) : 0;

	return n && !strncmp(path, here, n) && path[n] == '/' ? path + n + 1
							      : path;
}

/* --- for people ---------------------------------------------------------- */

static void print_finding(rt_out *o, const retort_lint_finding *f,
			  const char *here)
{
	rt_out_field(o, RT_ROLE_DIM, below(f->path, here));
	rt_out_printf(o, ":%d:%d: ", f->line, f->column);
	rt_out_field(o, role_of(f->severity),
		     retort_severity_word(f->severity));
	rt_out_printf(o, ": ");
	rt_out_field(o, RT_ROLE_PLAIN, f->message);
	rt_out_printf(o, " [");
	rt_out_field(o, RT_ROLE_LABEL, retort_lint_rule_row(f->rule)->id);
	rt_out_printf(o, "%s]\n  ", f->measured ? ", measured" : "");
	rt_out_field(o, RT_ROLE_GOOD, "next:");
	rt_out_printf(o, " ");
	rt_out_field(o, RT_ROLE_PLAIN, f->next);
	rt_out_printf(o, "\n");
}

static void print_count(rt_out *o, const retort_lint *lint, size_t revisions)
{
	static const retort_severity order[] = { RETORT_SEVERITY_ERROR,
						 RETORT_SEVERITY_WARNING,
						 RETORT_SEVERITY_NOTICE };
	bool any = false;
	size_t i, n;

	for (i = 0; i < 3; i++) {
		n = retort_lint_tally(lint, order[i]);
		if (n)
			rt_out_style(o, role_of(order[i]), "%s%zu %s%s",
				     any ? ", " : "", n,
				     retort_severity_word(order[i]),
				     n == 1 ? "" : "s");
		any |= n > 0;
	}
	if (!any)
		rt_out_field(o, RT_ROLE_GOOD, "nothing found");
	rt_out_printf(o, " in %zu revision%s\n", revisions,
		      revisions == 1 ? "" : "s");
}

void rt_linttext_print(rt_out *o, const retort_lint *lint, size_t revisions)
{
	retort_names limits = retort_lint_limits(lint);
	char *here = getcwd(NULL, 0);
	size_t i;

	for (i = 0; i < retort_lint_count(lint); i++)
		print_finding(o, retort_lint_at(lint, i), here);
	for (i = 0; i < limits.n; i++) {
		rt_out_field(o, RT_ROLE_WARNING, "unknown");
		rt_out_printf(o, ": ");
		rt_out_field(o, RT_ROLE_PLAIN, limits.v[i]);
		rt_out_printf(o, "\n");
	}
	print_count(o, lint, revisions);
	free(here);
}

/* --- for GitHub ---------------------------------------------------------- */

/* Paths are those of the checkout, which is where a workflow runs, or what
 * GITHUB_WORKSPACE names. */
void rt_linttext_github(rt_out *o, const retort_lint *lint)
{
	retort_names limits = retort_lint_limits(lint);
	const char *workspace = getenv("GITHUB_WORKSPACE");
	char *here = getcwd(NULL, 0);
	size_t i;

	for (i = 0; i < retort_lint_count(lint); i++) {
		const retort_lint_finding *f = retort_lint_at(lint, i);
		char *title = rt_strf("retort %s",
				      retort_lint_rule_row(f->rule)->id);

		rt_github_annotate(o, retort_severity_word(f->severity),
				   below(below(f->path, workspace), here),
				   f->line, f->column, title, f->message,
				   f->next);
		free(title);
	}
	for (i = 0; i < limits.n; i++)
		rt_github_annotate(o, "warning", NULL, 0, 0, "retort lint",
				   limits.v[i], "");
	free(here);
}

/* --- for programs -------------------------------------------------------- */

static json_t *json_finding(const retort_lint_finding *f)
{
	json_t *o = json_object();

	rt_json_set_string(o, "rule", retort_lint_rule_row(f->rule)->id);
	rt_json_set_string(o, "severity", retort_severity_word(f->severity));
	rt_json_set_string(o, "revision", f->revision);
	rt_json_set_string(o, "path", f->path);
	rt_json_set_int(o, "line", f->line);
	rt_json_set_int(o, "column", f->column);
	rt_json_set(o, "statement",
		    f->statement ? json_integer((json_int_t)f->statement)
				 : json_null());
	rt_json_set_string(o, "message", f->message);
	rt_json_set_string(o, "next", f->next);
	rt_json_set_bool(o, "measured", f->measured);
	return o;
}

json_t *rt_linttext_json(const retort_lint *lint,
			 const retort_names *revisions)
{
	retort_names limits = retort_lint_limits(lint);
	json_t *o = rt_json_object(), *list = json_array();
	size_t i;

	for (i = 0; i < retort_lint_count(lint); i++)
		json_array_append_new(list,
				      json_finding(retort_lint_at(lint, i)));
	rt_json_set(o, "revisions", rt_json_names(revisions));
	rt_json_set(o, "findings", list);
	rt_json_set(o, "limits", rt_json_names(&limits));
	rt_json_set_int(o, "errors",
			(long long)retort_lint_tally(lint,
						     RETORT_SEVERITY_ERROR));
	rt_json_set_int(o, "warnings",
			(long long)retort_lint_tally(lint,
						     RETORT_SEVERITY_WARNING));
	rt_json_set_int(o, "notices",
			(long long)retort_lint_tally(lint,
						     RETORT_SEVERITY_NOTICE));
	return o;
}

/* --- the table ----------------------------------------------------------- */

static retort_severity severity_of(size_t rule,
				   const retort_severity *severities)
{
	return severities
		       ? severities[rule]
		       : retort_lint_rule_row((retort_lint_rule)rule)->severity;
}

static const char *dialect_of(const retort_lint_row *row)
{
	return row->dialect == RETORT_DIALECT_ANY
		       ? "both"
		       : retort_dialect_name(row->dialect);
}

void rt_linttext_rules(rt_out *o, const retort_severity *severities)
{
	rt_table t;
	size_t i;

	rt_table_init(&t, 4);
	for (i = 0; i < RETORT_LINT_RULE_COUNT; i++) {
		const retort_lint_row *row =
			retort_lint_rule_row((retort_lint_rule)i);
		retort_severity severity = severity_of(i, severities);

		rt_table_cell(&t, RT_ROLE_LABEL, "%s", row->id);
		rt_table_cell(&t, role_of(severity), "%s",
			      retort_severity_word(severity));
		rt_table_cell(&t, RT_ROLE_DIM, "%s", dialect_of(row));
		rt_table_cell(&t, RT_ROLE_PLAIN, "%s", row->text);
	}
	rt_table_print(&t, o);
	rt_table_free(&t);
}

json_t *rt_linttext_rules_json(const retort_severity *severities)
{
	json_t *o = rt_json_object(), *list = json_array();
	size_t i;

	for (i = 0; i < RETORT_LINT_RULE_COUNT; i++) {
		const retort_lint_row *row =
			retort_lint_rule_row((retort_lint_rule)i);
		json_t *one = json_object();

		rt_json_set_string(one, "rule", row->id);
		rt_json_set_string(one, "severity",
				   retort_severity_word(
					   severity_of(i, severities)));
		rt_json_set_string(one, "dialect", dialect_of(row));
		rt_json_set_string(one, "text", row->text);
		rt_json_set_string(one, "next", row->next);
		json_array_append_new(list, one);
	}
	rt_json_set(o, "rules", list);
	return o;
}
