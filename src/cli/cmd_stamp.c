/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/migrate.h"

static int run(rt_cli *cli, retort_error *err)
{
	return rt_migrate(cli, RETORT_OP_STAMP, err);
}

static const rt_opt options[] = {
	RT_MIGRATE_OPTIONS,
	{ "purge", 0, NULL, NULL,
	  "throw the rows away first, those that no file has too" },
	RT_OPT_END
};

const rt_cmd rt_cmd_stamp = {
	.name = "stamp",
	.summary = "write the version table without running anything",
	.operands = "REVISION...",
	.min_operands = 1,
	.max_operands = RT_MANY,
	.complete = RT_OPERAND_REVISION,
	.group = RT_GROUP_CHANGE,
	.flags = RT_CMD_JSON,
	.help = "Says that the database is at REVISION, which is true where "
		"its schema came there by other means. No SQL of the "
		"revisions runs. 'base' empties the table.\n\n"
		"--purge asks first on a terminal; --yes answers. A protected "
		"environment wants its name typed, or --yes.\n\n"
		"As JSON: as 'retort upgrade'.",
	.options = options,
	.run = run,
};
