/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <retort/schema.h>

#include "base/err.h"
#include "cli/cli.h"
#include "ui/difftext.h"
#include "ui/json.h"

enum { CONTEXT = 3 };

static void print_json(rt_cli *cli, const char *const *names,
		       const retort_schema *after, const retort_diff *diff)
{
	json_t *o = rt_json_object();

	rt_json_set_string(o, "before", names[0]);
	rt_json_set_string(o, "after", names[1]);
	rt_json_set(o, "differences", rt_difftext_json(diff));
	rt_json_set(o, "ignored", rt_difftext_json_ignored(after));
	rt_json_print(&cli->out, o);
}

/* Text lines want libgit2; without it the list says what differs. */
static int print_unified(rt_cli *cli, const char *const *names,
			 const retort_diff *diff, retort_error *err)
{
	char *text = NULL;
	int rc;

	rc = retort_diff_unified(diff, names[0], names[1], CONTEXT, &text, err);
	if (rc == RETORT_EUNSUPPORTED) {
		retort_error_dispose(err);
		rt_difftext_list(&cli->out, diff);
		return 0;
	}
	if (rc == 0)
		rt_difftext_unified(&cli->out, text);
	free(text);
	return rc;
}

static int print_sql(rt_cli *cli, const retort_diff *diff, retort_error *err)
{
	char *sql = NULL;
	int rc = retort_diff_sql(diff, &sql, err);

	if (rc == 0)
		rt_out_raw(&cli->out, sql, strlen(sql));
	free(sql);
	return rc;
}

static int print(rt_cli *cli, const char *const *names,
		 const retort_schema *after, const retort_diff *diff,
		 retort_error *err)
{
	if (cli->json) {
		print_json(cli, names, after, diff);
		return 0;
	}
	if (!cli->quiet)
		rt_difftext_ignored(&cli->err, after);
	if (rt_cli_has(cli, "sql"))
		return print_sql(cli, diff, err);
	if (rt_cli_has(cli, "list")) {
		rt_difftext_list(&cli->out, diff);
		return 0;
	}
	return print_unified(cli, names, diff, err);
}

static int run(rt_cli *cli, retort_error *err)
{
	const char *names[] = { rt_cli_operand(cli, 0),
				rt_cli_operand(cli, 1) };
	retort_schema *before = NULL, *after = NULL;
	retort_diff *diff = NULL;
	bool differs = false;
	int rc;

	rc = rt_cli_project(cli, err);
	if (rc == 0)
		rc = retort_schema_read(&before, cli->project, names[0], err);
	if (rc == 0)
		rc = retort_schema_read(&after, cli->project, names[1], err);
	if (rc == 0)
		rc = retort_diff_make(&diff, before, after, err);
	if (rc == 0) {
		differs = !retort_diff_is_empty(diff);
		rc = print(cli, names, after, diff, err);
	}
	retort_diff_free(diff);
	retort_schema_free(before);
	retort_schema_free(after);
	if (rc)
		return rc;
	return differs && rt_cli_has(cli, "exit-code") ? RT_STATUS_FOUND
						       : RT_STATUS_OK;
}

static const rt_opt options[] = {
	{ "sql", 0, NULL, NULL,
	  "print the statements that turn the first into the second" },
	{ "list", 0, NULL, NULL, "print what differs, one line each" },
	{ "exit-code", 0, NULL, NULL, "exit with 1 if they differ" },
	RT_OPT_END
};

const rt_cmd rt_cmd_diff = {
	.name = "diff",
	.summary = "compare two schemas",
	.operands = "FROM TO",
	.min_operands = 2,
	.max_operands = 2,
	.complete = RT_OPERAND_REVISION,
	.group = RT_GROUP_STATE,
	.flags = RT_CMD_JSON,
	.help = "Each of FROM and TO is 'database', 'schema' (what the "
		"settings schema or schema_command say it should be), or a "
		"revision: what it and all below it make. 'current' stands "
		"for the revisions that the version table names, so 'retort "
		"diff current database' shows what was changed by hand.\n\n"
		"Both sides are read from a server, revisions and the schema "
		"file by way of a scratch database, so that only real "
		"differences show. Without an option the differences of the "
		"two dumps are printed as a unified diff.\n\n"
		"As JSON: {\"version\":1, \"before\", \"after\", "
		"\"differences\":[{\"diff\", \"kind\", \"name\", "
		"\"property\", \"before\", \"after\", \"part\"}], "
		"\"ignored\":[{\"kind\", \"count\"}]}; diff being added, "
		"removed, changed or moved (the order of columns), part being "
		"true for what comes and goes with its table.",
	.options = options,
	.run = run,
};
