/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <retort/schema.h>

#include "cli/cli.h"
#include "ui/difftext.h"

static int run(rt_cli *cli, retort_error *err)
{
	const char *what = rt_cli_operand(cli, 0);
	retort_schema *schema = NULL;
	char *sql = NULL;
	int rc;

	rc = rt_cli_project(cli, err);
	if (rc == 0)
		rc = retort_schema_read(&schema, cli->project,
					what ? what : "database", err);
	if (rc == 0)
		rc = retort_schema_dump(schema, &sql, err);
	if (rc == 0) {
		rt_out_raw(&cli->out, sql, strlen(sql));
		if (!cli->quiet)
			rt_difftext_ignored(&cli->err, schema);
	}
	free(sql);
	retort_schema_free(schema);
	return rc;
}

const rt_cmd rt_cmd_dump = {
	.name = "dump",
	.summary = "print a schema as SQL",
	.operands = "[WHAT]",
	.max_operands = 1,
	.complete = RT_OPERAND_REVISION,
	.group = RT_GROUP_STATE,
	.help = "Prints the SQL that makes the schema again: of 'database' "
		"(that is the default), of 'schema' (what the settings schema "
		"or schema_command say it should be), or of a revision: what "
		"it and all below it make, run in a scratch database.\n\n"
		"The output depends on nothing but the schema and is sorted, "
		"so that it can be kept in git: 'retort dump > schema.sql'. "
		"Version table and journal are not in it. Kinds of objects "
		"that retort cannot write are counted on standard error.",
	.run = run,
};
