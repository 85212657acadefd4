/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/revlist.h"

#include "base/names.h"
#include "ui/json.h"
#include "ui/revtext.h"

static void print_json(rt_cli *cli, const retort_list *list,
		       const retort_names *rows)
{
	rt_json j;
	size_t i;

	rt_json_begin(&j, &cli->out, "revisions");
	for (i = 0; i < list->n; i++)
		rt_json_item(&j, rt_json_revision(list->v[i], rows));
	rt_json_end_list(&j);
	rt_json_end(&j);
}

void rt_revlist_print(rt_cli *cli, const retort_list *list, unsigned parts,
		      const retort_names *rows)
{
	size_t i;

	if (cli->json) {
		print_json(cli, list, rows);
		return;
	}
	for (i = 0; i < list->n; i++) {
		const retort_revision *rev = list->v[i];
		unsigned current = rt_names_have(rows, rev->id) ?
					   RT_REVTEXT_CURRENT :
					   0;

		if (cli->verbose) {
			rt_revtext_block(&cli->out, rev, current);
			continue;
		}
		rt_revtext_line(&cli->out, rev, parts | current);
		rt_out_text(&cli->out, "\n");
	}
}
