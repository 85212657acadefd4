/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>

#include <retort/schema.h>

#include "cli/cli.h"
#include "ui/difftext.h"
#include "ui/json.h"

/* How many heads there are, and whether that is too many. */
typedef struct heads_check {
	bool asked;
	size_t count, allowed;
} heads_check;

static int count_heads(rt_cli *cli, heads_check *heads, retort_error *err)
{
	retort_list list = RETORT_LIST_INIT;
	int rc;

	heads->asked = rt_cli_has(cli, "heads");
	if (!heads->asked)
		return 0;
	rc = rt_cli_number(cli, "heads", 1, &heads->allowed, err);
	if (rc == 0)
		rc = rt_cli_graph(cli, err);
	if (rc)
		return rc;
	retort_graph_heads(cli->graph, false, &list);
	heads->count = list.n;
	retort_list_dispose(&list);
	return 0;
}

static bool too_many(const heads_check *heads)
{
	return heads->asked && heads->count > heads->allowed;
}

static void print_text(rt_cli *cli, const char *what, const heads_check *heads,
		       const retort_schema *after, const retort_diff *diff)
{
	if (too_many(heads))
		rt_out_printf(&cli->out,
			      "%zu heads, and %zu allowed: retort merge joins "
			      "them, retort rebase puts one onto the other\n",
			      heads->count, heads->allowed);
	if (!diff)
		return;
	if (!cli->quiet)
		rt_difftext_ignored(&cli->err, after);
	if (retort_diff_is_empty(diff)) {
		rt_cli_say(cli, "%s is as the schema says\n", what);
		return;
	}
	rt_cli_say(cli, "%s is not as the schema says; to be done:\n", what);
	rt_difftext_list(&cli->out, diff);
}

static void print_json(rt_cli *cli, const char *what, const heads_check *heads,
		       const retort_schema *after, const retort_diff *diff)
{
	json_t *o = rt_json_object();

	rt_json_set_string(o, "what", diff ? what : NULL);
	rt_json_set(o, "heads",
		    heads->asked ? json_integer((json_int_t)heads->count)
				 : json_null());
	rt_json_set(o, "differences",
		    diff ? rt_difftext_json(diff) : json_array());
	rt_json_set(o, "ignored",
		    after ? rt_difftext_json_ignored(after) : json_array());
	rt_json_print(&cli->out, o);
}

static int compare(rt_cli *cli, const char *what, retort_schema **before,
		   retort_schema **after, retort_diff **diff,
		   retort_error *err)
{
	int rc = rt_cli_project(cli, err);

	if (rc == 0)
		rc = retort_schema_read(after, cli->project, "schema", err);
	if (rc == 0)
		rc = retort_schema_read(before, cli->project, what, err);
	if (rc == 0)
		rc = retort_diff_make(diff, *before, *after, err);
	return rc;
}

static int run(rt_cli *cli, retort_error *err)
{
	const char *operand = rt_cli_operand(cli, 0);
	const char *what = operand ? operand : "database";
	retort_schema *before = NULL, *after = NULL;
	heads_check heads = { false, 0, 0 };
	retort_diff *diff = NULL;
	int rc;

	rc = count_heads(cli, &heads, err);
	if (rc == 0 && (operand || !heads.asked))
		rc = compare(cli, what, &before, &after, &diff, err);
	if (rc == 0) {
		if (cli->json)
			print_json(cli, what, &heads, after, diff);
		else
			print_text(cli, what, &heads, after, diff);
		if (too_many(&heads) || (diff && !retort_diff_is_empty(diff)))
			rc = RT_STATUS_FOUND;
	}
	retort_diff_free(diff);
	retort_schema_free(before);
	retort_schema_free(after);
	return rc;
}

static const rt_opt options[] = {
	{ "heads", 0, "N", NULL,
	  "exit with 1 if there are more than N heads; without WHAT nothing "
	  "else is checked" },
	RT_OPT_END
};

const rt_cmd rt_cmd_check = {
	.name = "check",
	.summary = "say whether the schema is as it should be",
	.operands = "[WHAT]",
	.max_operands = 1,
	.complete = RT_OPERAND_REVISION,
	.group = RT_GROUP_STATE,
	.flags = RT_CMD_JSON,
	.help = "Compares WHAT with what the settings schema or "
		"schema_command say it should be, lists what would have to be "
		"done and exits with 1 if there is anything. WHAT is "
		"'database' (that is the default) or a revision, mostly "
		"'heads': what all revisions make, whatever the database is "
		"at. 'retort revision --autogenerate' writes the revision "
		"that does it.\n\n"
		"'retort check --heads 1' keeps the history of a project to "
		"one head, as a step of its continuous integration.\n\n"
		"As JSON: {\"version\":1, \"what\", \"heads\", "
		"\"differences\", \"ignored\"}, the last two as of 'diff'.",
	.options = options,
	.run = run,
};
