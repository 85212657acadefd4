/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/revlist.h"
#include "ui/revtext.h"

static int run(rt_cli *cli, retort_error *err)
{
	retort_list heads = RETORT_LIST_INIT;
	int rc = rt_cli_graph(cli, err);

	if (rc)
		return rc;
	retort_graph_heads(cli->graph, rt_cli_has(cli, "resolve-dependencies"),
			   &heads);
	rt_revlist_print(cli, &heads, RT_REVTEXT_LABELS, NULL);
	retort_list_dispose(&heads);
	return RT_STATUS_OK;
}

static const rt_opt options[] = {
	{ "resolve-dependencies", 0, NULL, NULL,
	  "leave out heads that another revision depends on" },
	RT_OPT_END
};

const rt_cmd rt_cmd_heads = {
	.name = "heads",
	.summary = "list the revisions that nothing builds on",
	.operands = "",
	.group = RT_GROUP_LOOK,
	.flags = RT_CMD_JSON,
	.help = "Lists the heads: the revisions that are no other's "
		"down_revision. More than one means that the history has "
		"forked; 'retort merge heads' joins it.\n\n"
		"A head that others depend on is marked \"effective head\"; "
		"it never gets a row of its own in the version table.\n\n"
		"As JSON: as 'retort history'.",
	.options = options,
	.run = run,
};
