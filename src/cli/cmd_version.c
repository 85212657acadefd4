/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/cli.h"
#include "ui/json.h"

static int run(rt_cli *cli, retort_error *err)
{
	(void)err;
	if (rt_cli_has(cli, "json")) {
		json_t *object = rt_json_object();

		rt_json_set_string(object, "retort", retort_version());
		rt_json_print(&cli->out, object);
	} else {
		rt_out_printf(&cli->out, "retort %s\n", retort_version());
	}
	return RT_STATUS_OK;
}

const rt_cmd rt_cmd_version = {
	.name = "version",
	.summary = "print the version",
	.operands = "",
	.group = RT_GROUP_HELP,
	.flags = RT_CMD_JSON,
	.help = "Prints \"retort\" and the version. As JSON: "
		"{\"version\":1, \"retort\":\"0.1.0\"}.",
	.run = run,
};
