/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/err.h"
#include "cli/symbol.h"
#include "ui/editor.h"

static int run(rt_cli *cli, retort_error *err)
{
	const char *symbol = rt_cli_operand(cli, 0);
	retort_list list = RETORT_LIST_INIT;
	retort_names rows;
	bool asked = false;
	size_t i;
	int rc;

	rc = rt_symbol_resolve(cli, symbol, &list, &rows, &asked, err);
	if (rc == 0 && list.n == 0)
		rc = rt_err_set(err, RETORT_ENOTFOUND,
				"'%s' names no revision file", symbol);
	for (i = 0; i < list.n && rc == 0; i++)
		rc = rt_editor_open(list.v[i]->path, 0, err);
	retort_list_dispose(&list);
	return rc;
}

const rt_cmd rt_cmd_edit = {
	.name = "edit",
	.summary = "open a revision in the editor",
	.operands = "REVISION",
	.min_operands = 1,
	.max_operands = 1,
	.complete = RT_OPERAND_REVISION,
	.group = RT_GROUP_WRITE,
	.help = "Opens the file of a revision in $VISUAL, else $EDITOR, else "
		"vi; of several revisions, one after the other. REVISION is "
		"as for 'retort show'.\n\n"
		"Editing a revision that has run anywhere is what 'retort "
		"verify' finds.",
	.run = run,
};
