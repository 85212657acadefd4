/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>

#include "cli/cli.h"
#include "ui/json.h"
#include "ui/revtext.h"

static void print_children(rt_cli *cli, const retort_revision *rev)
{
	unsigned parts = RT_REVTEXT_LABELS | RT_REVTEXT_TREE;
	size_t i;

	if (cli->verbose)
		parts |= RT_REVTEXT_MESSAGE;
	for (i = 0; i < rev->children.n; i++) {
		const retort_revision *child = retort_graph_find(
			cli->graph, rev->children.v[i]);

		if (!child)
			continue;
		rt_out_printf(&cli->out, "%*s -> ", (int)strlen(rev->id), "");
		rt_revtext_line(&cli->out, child, parts);
		rt_out_printf(&cli->out, "\n");
	}
}

static void print_text(rt_cli *cli, const retort_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		const retort_revision *rev = list->v[i];

		if (cli->verbose)
			rt_revtext_block(&cli->out, rev, 0);
		else
			rt_revtext_line(&cli->out, rev,
					RT_REVTEXT_LABELS | RT_REVTEXT_TREE);
		if (!cli->verbose)
			rt_out_printf(&cli->out, "\n");
		print_children(cli, rev);
		rt_out_printf(&cli->out, "\n");
	}
}

static void print_json(rt_cli *cli, const retort_list *list)
{
	rt_json j;
	size_t i;

	rt_json_begin(&j, &cli->out, "revisions");
	for (i = 0; i < list->n; i++) {
		json_t *object = rt_json_revision(list->v[i], NULL);

		rt_json_set(object, "children",
			    rt_json_names(&list->v[i]->children));
		rt_json_item(&j, object);
	}
	rt_json_end_list(&j);
	rt_json_end(&j);
}

static int run(rt_cli *cli, retort_error *err)
{
	retort_list points = RETORT_LIST_INIT;
	int rc = rt_cli_graph(cli, err);

	if (rc)
		return rc;
	retort_graph_branch_points(cli->graph, &points);
	if (cli->json)
		print_json(cli, &points);
	else
		print_text(cli, &points);
	retort_list_dispose(&points);
	return RT_STATUS_OK;
}

const rt_cmd rt_cmd_branches = {
	.name = "branches",
	.summary = "list the revisions where the history forks",
	.operands = "",
	.group = RT_GROUP_LOOK,
	.flags = RT_CMD_JSON,
	.help = "Lists the branch points, newest first, each with the "
		"revisions that build on it.\n\n"
		"As JSON: as 'retort history', every revision with "
		"\"children\" besides.",
	.run = run,
};
