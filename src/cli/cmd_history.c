/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/revlist.h"
#include "cli/symbol.h"
#include "ui/revtext.h"

/* The database is asked only where the answer depends on it. */
static bool wants_rows(const rt_cli *cli, const char *range)
{
	return rt_cli_has(cli, "indicate-current") ||
	       rt_symbol_range_is_current(range);
}

static int run(rt_cli *cli, retort_error *err)
{
	const char *range = rt_cli_value(cli, "rev-range");
	retort_names names = { NULL, 0 }, *rows = NULL;
	retort_list list = RETORT_LIST_INIT;
	bool marks = rt_cli_has(cli, "indicate-current");
	int rc;

	rc = rt_cli_graph(cli, err);
	if (rc == 0 && wants_rows(cli, range)) {
		rc = rt_cli_rows(cli, &names, err);
		rows = &names;
	}
	if (rc)
		return rc;
	rc = retort_graph_history(cli->graph, range, rows, &list, err);
	if (rc == 0)
		rt_revlist_print(cli, &list,
				 RT_REVTEXT_PARENTS | RT_REVTEXT_LABELS |
					 RT_REVTEXT_TREE | RT_REVTEXT_MESSAGE,
				 marks || cli->json ? rows : NULL);
	retort_list_dispose(&list);
	return rc;
}

static const rt_opt options[] = {
	{ "rev-range", 'r', "START:END", NULL,
	  "only these: [START]:[END], both included; 'current' is what the "
	  "database has" },
	{ "indicate-current", 'i', NULL, NULL,
	  "mark what the database is at" },
	RT_OPT_END
};

const rt_cmd rt_cmd_history = {
	.name = "history",
	.summary = "list the revisions, newest first",
	.operands = "",
	.group = RT_GROUP_LOOK,
	.flags = RT_CMD_JSON,
	.help = "Lists all revisions, or those of a range, newest first, in "
		"the order in which a downgrade would take them.\n\n"
		"The ends of a range are identifiers as for 'retort show'; a "
		"number with a sign counts steps: 'history -r -3:' shows the "
		"last ones, 'history -r abc:+2' two steps on from abc. The "
		"database is asked only for the word 'current' and for -i.\n\n"
		"As JSON: {\"version\":1, \"revisions\":[{\"revision\", "
		"\"down_revision\":[], \"depends_on\":[], "
		"\"branch_labels\":[], \"declared_labels\":[], "
		"\"message\", \"doc\", \"created\", \"path\", "
		"\"is_head\", \"is_effective_head\", \"is_base\", "
		"\"is_branch_point\", \"is_merge_point\", "
		"\"is_current\"}]}. branch_labels are those of the whole "
		"branch, declared_labels the file's own; doc is the whole "
		"message, is_current null where no database was asked.",
	.options = options,
	.run = run,
};
