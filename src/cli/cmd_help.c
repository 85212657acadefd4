/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/cli.h"
#include "cli/help.h"

static int run(rt_cli *cli, retort_error *err)
{
	const char *name = rt_cli_operand(cli, 0);
	const rt_alias *alias;
	const rt_cmd *cmd;
	int rc;

	if (!name)
		return rt_help_overview(&cli->out);
	rc = rt_cmd_find(name, &cmd, &alias, err);
	if (rc)
		return rc;
	return rt_help_command(&cli->out, cmd, name);
}

const rt_cmd rt_cmd_help = {
	.name = "help",
	.summary = "say how retort, or one command, is used",
	.operands = "[COMMAND]",
	.max_operands = 1,
	.complete = RT_OPERAND_COMMAND,
	.group = RT_GROUP_HELP,
	.help = "Lists the commands, or describes one of them.",
	.run = run,
};
