/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/revlist.h"
#include "ui/revtext.h"

static int run(rt_cli *cli, retort_error *err)
{
	retort_list bases = RETORT_LIST_INIT;
	int rc = rt_cli_graph(cli, err);

	if (rc)
		return rc;
	retort_graph_bases(cli->graph, false, &bases);
	rt_revlist_print(cli, &bases, RT_REVTEXT_LABELS, NULL);
	retort_list_dispose(&bases);
	return RT_STATUS_OK;
}

const rt_cmd rt_cmd_bases = {
	.name = "bases",
	.summary = "list the revisions that build on nothing",
	.operands = "",
	.group = RT_GROUP_LOOK,
	.flags = RT_CMD_JSON,
	.help = "Lists the bases: the revisions without a down_revision, in "
		"the form of 'retort heads', as JSON too.",
	.run = run,
};
