/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/migrate.h"

static int run(rt_cli *cli, retort_error *err)
{
	return rt_migrate(cli, RETORT_OP_DOWNGRADE, err);
}

static const rt_opt options[] = {
	RT_MIGRATE_OPTIONS,
	RT_MIGRATE_RUN_OPTIONS,
	RT_OPT_END
};

static const rt_alias aliases[] = { { "rollback", "-1" }, { NULL, NULL } };

const rt_cmd rt_cmd_downgrade = {
	.name = "downgrade",
	.summary = "take the database down to a revision",
	.operands = "REVISION",
	.min_operands = 1,
	.max_operands = 1,
	.complete = RT_OPERAND_REVISION,
	.group = RT_GROUP_CHANGE,
	.flags = RT_CMD_JSON,
	.help = "Runs the 'migrate:down' sections of the revisions above "
		"REVISION, newest first. '-1' is one step, 'base' takes "
		"everything down, 'LABEL@base' a branch. With --sql it is "
		"START:END. Nothing runs if one of the revisions has no down "
		"section.\n\n"
		"Where a file is gone, the script that the journal kept is "
		"run. On a terminal more than one revision is shown and asked "
		"about first; --yes answers. A protected environment wants "
		"its name typed, or --yes. The rest is as for 'retort "
		"upgrade', as JSON too.",
	.options = options,
	.aliases = aliases,
	.run = run,
};
