/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <stdlib.h>

#include "cli/newrev.h"

static int run(rt_cli *cli, retort_error *err)
{
	retort_create_options o = RETORT_CREATE_OPTIONS_INIT;
	rt_arg_list labels = RT_VEC_INIT;
	char *path = NULL;
	int rc;

	rt_args_values(&cli->args, "branch-label", &labels);
	o.heads.v = cli->args.operands.v;
	o.heads.n = cli->args.operands.n;
	o.labels = rt_cli_names(&labels);
	o.message = rt_cli_value(cli, "message");
	o.rev_id = rt_cli_value(cli, "rev-id");
	o.splice = rt_cli_has(cli, "splice");
	o.merge = true;
	rc = rt_newrev(cli, &o, &path, err);
	free(path);
	rt_vec_free(&labels);
	return rc;
}

static const rt_opt options[] = {
	{ "message", 'm', "TEXT", NULL, "what is merged" },
	{ "branch-label", 0, "LABEL", NULL,
	  "give the branch a name; may be repeated" },
	{ "rev-id", 0, "ID", NULL, "the id, in place of a random one" },
	{ "splice", 0, NULL, NULL, "allow revisions that are no heads" },
	RT_OPT_END
};

const rt_cmd rt_cmd_merge = {
	.name = "merge",
	.summary = "write a revision that joins heads",
	.operands = "REVISION...",
	.min_operands = 1,
	.max_operands = RT_MANY,
	.complete = RT_OPERAND_REVISION,
	.group = RT_GROUP_WRITE,
	.flags = RT_CMD_JSON,
	.help = "Writes an empty revision that builds on several others, and "
		"prints its path. 'retort merge heads' joins all heads.\n\n"
		"As JSON: {\"version\":1, \"revision\":\"...\", "
		"\"path\":\"...\"}.",
	.options = options,
	.run = run,
};
