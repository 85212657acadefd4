/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <retort/create.h>

#include "cli/cli.h"
#include "ui/json.h"

static void print_json(rt_cli *cli, const retort_template *t, size_t n)
{
	rt_json j;
	size_t i;

	rt_json_begin(&j, &cli->out, "templates");
	for (i = 0; i < n; i++) {
		json_t *o = json_object();

		rt_json_set_string(o, "name", t[i].name);
		rt_json_set_string(o, "summary", t[i].summary);
		rt_json_item(&j, o);
	}
	rt_json_end_list(&j);
	rt_json_end(&j);
}

static int run(rt_cli *cli, retort_error *err)
{
	size_t n, i;
	const retort_template *t = retort_templates(&n);

	(void)err;
	if (cli->json) {
		print_json(cli, t, n);
		return RT_STATUS_OK;
	}
	rt_out_printf(&cli->out, "Available templates:\n\n");
	for (i = 0; i < n; i++)
		rt_out_printf(&cli->out, "%s - %s\n", t[i].name, t[i].summary);
	rt_out_printf(&cli->out,
		      "\nTemplates are used via the 'init' command, e.g.:\n\n"
		      "  retort init --template generic ./migrations\n");
	return RT_STATUS_OK;
}

const rt_cmd rt_cmd_list_templates = {
	.name = "list_templates",
	.summary = "list the templates for new projects",
	.operands = "",
	.group = RT_GROUP_WRITE,
	.flags = RT_CMD_JSON,
	.help = "Lists the templates that 'retort init --template' takes.\n\n"
		"As JSON: {\"version\":1, \"templates\":[{\"name\", "
		"\"summary\"}]}.",
	.run = run,
};
