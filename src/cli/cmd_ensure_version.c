/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/err.h"
#include "cli/cli.h"

static int run(rt_cli *cli, retort_error *err)
{
	bool created = false;
	int rc = rt_cli_database(cli, true, err);

	if (rc == 0)
		rc = retort_database_ensure_version(cli->db, &created, err);
	if (rc)
		return rc;
	rt_cli_say(cli, created ? "created the version table\n" :
				  "the version table is there already\n");
	return RT_STATUS_OK;
}

const rt_cmd rt_cmd_ensure_version = {
	.name = "ensure_version",
	.summary = "create the version table if it is missing",
	.operands = "",
	.group = RT_GROUP_CHANGE,
	.help = "Creates the version table (and a SQLite file) where it is "
		"missing; it stays empty. 'retort upgrade' does this itself.",
	.run = run,
};
