/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <retort/lint.h>

#include "base/alloc.h"
#include "base/err.h"
#include "cli/effects.h"
#include "cli/lintrevs.h"
#include "ui/json.h"
#include "ui/linttext.h"

static bool is(const rt_cli *cli, const char *option, const char *value)
{
	const char *given = rt_cli_value(cli, option);

	return given && !strcmp(given, value);
}

static int print_rules(rt_cli *cli, retort_error *err)
{
	retort_severity severities[RETORT_LINT_RULE_COUNT];
	size_t i;
	int rc = rt_cli_project(cli, err);

	for (i = 0; i < RETORT_LINT_RULE_COUNT && rc == 0; i++)
		rc = retort_lint_severity(cli->project, (retort_lint_rule)i,
					  &severities[i], err);
	if (rc)
		return rc;
	if (cli->json || is(cli, "format", "json"))
		rt_json_print(&cli->out, rt_linttext_rules_json(severities));
	else
		rt_linttext_rules(&cli->out, severities);
	return 0;
}

static void print(rt_cli *cli, const retort_lint *lint,
		  const retort_list *list)
{
	const char **ids = rt_calloc(list->n + 1, sizeof(*ids));
	retort_names names = { ids, list->n };
	size_t i;

	for (i = 0; i < list->n; i++)
		ids[i] = list->v[i]->id;
	if (cli->json || is(cli, "format", "json"))
		rt_json_print(&cli->out, rt_linttext_json(lint, &names));
	else if (is(cli, "format", "github"))
		rt_linttext_github(&cli->out, lint);
	else
		rt_linttext_print(&cli->out, lint, list->n);
	free(ids);
}

/* What fails the check: errors, or from what --fail-on says. */
static int status_of(const rt_cli *cli, const retort_lint *lint)
{
	int least = is(cli, "fail-on", "notice")    ? RETORT_SEVERITY_NOTICE
		    : is(cli, "fail-on", "warning") ? RETORT_SEVERITY_WARNING
						    : RETORT_SEVERITY_ERROR;

	for (; least <= RETORT_SEVERITY_ERROR; least++)
		if (retort_lint_tally(lint, (retort_severity)least))
			return RT_STATUS_FOUND;
	return RT_STATUS_OK;
}

/* SQLite's scratch database costs nothing; a server's is asked for. */
static int choose_measuring(rt_cli *cli, bool *fresh, retort_error *err)
{
	const char *scratch;
	int rc = retort_project_setting(cli->project, "scratch_url", &scratch,
					err);

	*fresh = rt_cli_has(cli, "measure") ||
		 (scratch && *scratch) ||
		 retort_project_dialect(cli->project) ==
			 RETORT_DIALECT_SQLITE;
	*fresh = *fresh && !rt_cli_has(cli, "no-measure");
	return rc;
}

static void choose(const rt_cli *cli, retort_lint_options *options)
{
	options->op = rt_cli_has(cli, "down") ? RETORT_OP_DOWNGRADE
					      : RETORT_OP_UPGRADE;
	if (is(cli, "dialect", "sqlite"))
		options->dialect = RETORT_DIALECT_SQLITE;
	else if (is(cli, "dialect", "postgresql"))
		options->dialect = RETORT_DIALECT_POSTGRESQL;
}

static int check(rt_cli *cli, const retort_list *list, retort_error *err)
{
	retort_lint_options options = RETORT_LINT_OPTIONS_INIT;
	retort_lint *lint = NULL;
	int rc;

	choose(cli, &options);
	rc = choose_measuring(cli, &options.fresh, err);
	if (rc)
		return rc;
	if (retort_project_dialect(cli->project) != RETORT_DIALECT_ANY &&
	    !rt_cli_has(cli, "no-measure"))
		rt_effects_open(cli, &options.measure);
	rc = retort_lint_run(cli->project, list->v, list->n, &options, &lint,
			     err);
	if (rc == 0) {
		print(cli, lint, list);
		rc = status_of(cli, lint);
	}
	retort_lint_free(lint);
	retort_measure_close(options.measure);
	return rc;
}

static int run(rt_cli *cli, retort_error *err)
{
	retort_list list = RETORT_LIST_INIT;
	const char *what;
	int rc;

	if (rt_cli_has(cli, "rules"))
		return print_rules(cli, err);
	if (cli->args.operands.n &&
	    (rt_cli_has(cli, "onto") || rt_cli_has(cli, "all")))
		return rt_err_set(err, RETORT_EUSAGE,
				  "name revisions, or let --onto or --all "
				  "choose them");
	rc = rt_lintrevs(cli, &list, &what, err);
	if (rc == 0) {
		rt_cli_say(cli, "looking at %zu revision%s %s\n", list.n,
			   list.n == 1 ? "" : "s", what);
		rc = check(cli, &list, err);
	}
	retort_list_dispose(&list);
	return rc;
}

static const rt_opt options[] = {
	{ "onto", 0, "REF", NULL,
	  "the revisions that the working files have, and REF has not" },
	{ "all", 0, NULL, NULL, "all revisions" },
	{ "down", 0, NULL, NULL,
	  "the way down; what undoes may drop what the way up has made" },
	{ "dialect", 0, "NAME", "sqlite|postgresql",
	  "what sections are for that do not say it; else the database's" },
	{ "measure", 0, NULL, NULL,
	  "try the statements in a scratch database on PostgreSQL too; where "
	  "scratch_url is set that is the default" },
	{ "no-measure", 0, NULL, NULL, "go by the text alone" },
	{ "fail-on", 0, "SEVERITY", "notice|warning|error",
	  "exit with 1 from this severity on; else error" },
	{ "format", 0, "FORM", "text|json|github",
	  "the form of the report; github gives annotations of a workflow" },
	{ "rules", 0, NULL, NULL,
	  "list the rules, with the severities of this project" },
	RT_OPT_END
};

/* The table of rules as a part of the help. */
#define PARAGRAPH(name, id, dialect, severity, text, next)                    \
	id ": " text "\n\n"

const rt_cmd rt_cmd_lint = {
	.name = "lint",
	.summary = "say what a revision may break in production",
	.operands = "[REVISION|RANGE]...",
	.max_operands = RT_MANY,
	.complete = RT_OPERAND_REVISION,
	.group = RT_GROUP_LOOK,
	.flags = RT_CMD_JSON,
	.help = "Looks at the statements of revisions by the rules below. "
		"Without an operand, at those that are pending, where a "
		"database answers; else at those that the default branch of "
		"the git repository has not; else at all.\n\n"
		"Tables that the same revision makes are nobody's concern. "
		"Where statements were tried in a scratch database, now or "
		"before (the cache of 'show --effects'), the locks that they "
		"take and the tables that they write anew decide, and the "
		"finding says 'measured'; else their text does. A section for "
		"a dialect is looked at whatever the project's database is.\n\n"
		"A comment '-- retort:allow RULE[, RULE] why' keeps rules "
		"quiet: on a line of its own for the statement below it, "
		"behind SQL for the statement on its line, before the first "
		"section for the file. In Python it begins with #. The "
		"setting lint_rules changes how severe a rule is, or turns it "
		"off.\n\n"
		"Exits with 1 if there is an error. The rules:\n\n"
		RETORT_LINT_RULES(PARAGRAPH)
		"As JSON: {\"version\":1, \"revisions\":[], \"findings\":["
		"{\"rule\", \"severity\", \"revision\", \"path\", \"line\", "
		"\"column\", \"statement\", \"message\", \"next\", "
		"\"measured\"}], \"limits\":[], \"errors\", \"warnings\", "
		"\"notices\"}; limits say what could not be looked at or "
		"measured. With --rules {\"version\":1, \"rules\":[{\"rule\", "
		"\"severity\", \"dialect\", \"text\", \"next\"}]}.",
	.options = options,
	.run = run,
};
