/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <retort/apply.h>

#include "base/err.h"
#include "cli/cli.h"

static int write_sql(rt_cli *cli, retort_error *err)
{
	int rc = rt_cli_project(cli, err);

	if (rc)
		return rc;
	return retort_apply_write_version_sql(
		cli->project, retort_project_dialect(cli->project),
		rt_cli_write_piece, cli, err);
}

static int run(rt_cli *cli, retort_error *err)
{
	bool created = false;
	int rc;

	if (rt_cli_has(cli, "sql"))
		return write_sql(cli, err);
	rc = rt_cli_database(cli, true, err);
	if (rc == 0)
		rc = retort_database_ensure_version(cli->db, &created, err);
	if (rc)
		return rc;
	rt_cli_say(cli, created ? "created the version table\n" :
				  "the version table is there already\n");
	return RT_STATUS_OK;
}

static const rt_opt options[] = {
	{ "sql", 0, NULL, NULL,
	  "print the statement instead of running it; the database is not "
	  "asked" },
	RT_OPT_END
};

const rt_cmd rt_cmd_ensure_version = {
	.name = "ensure_version",
	.summary = "create the version table if it is missing",
	.operands = "",
	.group = RT_GROUP_CHANGE,
	.help = "Creates the version table (and a SQLite file) where it is "
		"missing; it stays empty. 'retort upgrade' does this itself.",
	.options = options,
	.run = run,
};
