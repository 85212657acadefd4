/* SPDX-License-Identifier: MIT */
/* The table of rules, and how severe a project finds them. */
#include "config.h"

#include "engine/lint/lint.h"

#include <string.h>

#include "base/err.h"
#include "base/nearest.h"

/* --- the table ----------------------------------------------------------- */

static const retort_lint_row rows[] = {
#define ROW(name, id, dialect, severity, text, next)                          \
	{ id, RETORT_DIALECT_##dialect, RETORT_SEVERITY_##severity, text,     \
	  next },
	RETORT_LINT_RULES(ROW)
#undef ROW
};

static const char *const severities[] = { "off", "notice", "warning",
					  "error" };

const retort_lint_row *retort_lint_rule_row(retort_lint_rule rule)
{
	return &rows[rule];
}

retort_lint_rule retort_lint_rule_find(const char *id)
{
	size_t i;

	for (i = 0; i < RETORT_LINT_RULE_COUNT; i++)
		if (!strcmp(rows[i].id, id))
			break;
	return (retort_lint_rule)i;
}

const char *retort_severity_word(retort_severity severity)
{
	return severities[severity];
}

/* --- settings ------------------------------------------------------------ */

static const char *nth_rule(size_t i, const void *self)
{
	(void)self;
	return i < RETORT_LINT_RULE_COUNT ? rows[i].id : NULL;
}

static int bad_setting(retort_project *project, rt_sv item,
		       retort_error *err)
{
	const char *near = rt_nearest(
		rt_sv_sub(item, 0, rt_sv_find(item, '=')), nth_rule, NULL);

	rt_err_set(err, RETORT_ECONFIG,
		   "lint_rules: '%.*s' is not RULE=off, notice, warning or "
		   "error", (int)(item.n < 60 ? item.n : 60), item.p);
	rt_settings_at(project->settings, "lint_rules", err);
	if (near)
		rt_err_field(err, RETORT_ERROR_NEXT, "there is a rule '%s'",
			     near);
	else
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "'retort lint --rules' lists them");
	return RETORT_ECONFIG;
}

static bool take_setting(rt_sv item, retort_severity *out)
{
	size_t split = rt_sv_find(item, '='), i, k;
	rt_sv name = rt_sv_trim(rt_sv_sub(item, 0, split));
	rt_sv word = rt_sv_trim(rt_sv_sub(item, split + 1, item.n));

	for (i = 0; i < RETORT_LINT_RULE_COUNT; i++)
		for (k = 0; k < 4; k++)
			if (rt_sv_is(name, rows[i].id) &&
			    rt_sv_is(word, severities[k])) {
				out[i] = (retort_severity)k;
				return true;
			}
	return false;
}

/* Items are apart by commas or lines. */
int rt_lint_severities(retort_project *project, retort_severity *out,
		       retort_error *err)
{
	const char *value;
	rt_sv rest, line, item;
	size_t i;
	int rc = rt_settings_get(project->settings, "lint_rules", &value,
				 err);

	for (i = 0; i < RETORT_LINT_RULE_COUNT; i++)
		out[i] = rows[i].severity;
	rest = rt_sv_from(value);
	while (!rc && rt_sv_line(&rest, &line))
		while (!rc && rt_sv_split(&line, ',', &item)) {
			item = rt_sv_trim(item);
			if (item.n && !take_setting(item, out))
				rc = bad_setting(project, item, err);
		}
	return rc;
}

int retort_lint_severity(retort_project *project, retort_lint_rule rule,
			 retort_severity *severity, retort_error *err)
{
	retort_severity all[RETORT_LINT_RULE_COUNT];
	int rc = rt_lint_severities(project, all, err);

	*severity = all[rule];
	return rc;
}
