/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/migrate.h"

static int run(rt_cli *cli, retort_error *err)
{
	return rt_migrate(cli, RETORT_OP_UPGRADE, err);
}

static const rt_opt options[] = {
	RT_MIGRATE_OPTIONS,
	RT_MIGRATE_RUN_OPTIONS,
	RT_OPT_END
};

static const rt_alias aliases[] = { { "migrate", "head" }, { NULL, NULL } };

const rt_cmd rt_cmd_upgrade = {
	.name = "upgrade",
	.summary = "bring the database up to a revision",
	.operands = "REVISION",
	.min_operands = 1,
	.max_operands = 1,
	.complete = RT_OPERAND_REVISION,
	.group = RT_GROUP_CHANGE,
	.flags = RT_CMD_JSON,
	.help = "Runs the 'migrate:up' sections of all revisions that REVISION "
		"needs and the database does not have, in one transaction "
		"each. 'head' is the newest revision, 'heads' all of them, "
		"'+2' two steps from here, 'LABEL@head' the end of a branch. "
		"With --sql it may be START:END.\n\n"
		"One run goes on at a time: a second one waits, then finds "
		"its work done. Every step is told on standard error as it "
		"commits. Ctrl-C stops at a revision boundary; a second one "
		"ends the program at once. A protected environment wants its "
		"name typed, or --yes.\n\n"
		"As JSON, of a dry run and of a real one: {\"version\":1, "
		"\"steps\":[{\"op\", \"revision\", \"from\", \"to\"}],"
		"\"heads_after\":[...]}.",
	.options = options,
	.aliases = aliases,
	.run = run,
};
