/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <retort/create.h>

#include "cli/cli.h"

static int run(rt_cli *cli, retort_error *err)
{
	const char *directory = rt_cli_operand(cli, 0);
	const char *name = rt_cli_value(cli, "template");
	int rc;

	rc = retort_project_init(NULL, directory ? directory : "migrations",
				 name ? name : "generic", rt_cli_say_line, cli,
				 err);
	if (rc)
		return rc;
	rt_cli_say(cli, "Now set the database's url in retort.ini; "
			"'retort revision -m MESSAGE' makes the first "
			"revision.\n");
	return RT_STATUS_OK;
}

static const rt_opt options[] = {
	{ "template", 't', "NAME", NULL,
	  "a template of 'retort list_templates' (default: generic)" },
	RT_OPT_END
};

const rt_cmd rt_cmd_init = {
	.name = "init",
	.summary = "start a project here",
	.operands = "[DIRECTORY]",
	.max_operands = 1,
	.complete = RT_OPERAND_DIRECTORY,
	.group = RT_GROUP_WRITE,
	.help = "Writes a commented retort.ini into the working directory, "
		"and the folder for revisions (default: migrations). What is "
		"there already stays as it is.",
	.options = options,
	.run = run,
};
