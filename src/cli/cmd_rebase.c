/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <retort/rebase.h>

#include "base/err.h"
#include "cli/cli.h"
#include "ui/json.h"

/* The rows of the database, where it answers: what is applied there must not
 * move.  Where it does not, nobody knows, and that is said. */
static const retort_names *ask_rows(rt_cli *cli, retort_names *rows)
{
	retort_error err = RETORT_ERROR_INIT;
	const retort_names *found = NULL;

	if (rt_cli_has(cli, "no-database"))
		return NULL;
	if (!*retort_project_url_shown(cli->project))
		rt_cli_say(cli, "no url is set: whether it is applied "
				"somewhere is not known\n");
	else if (rt_cli_ask(cli, &err) ||
		 (cli->db && rt_cli_rows(cli, rows, &err)))
		rt_cli_say(cli, "the database was not asked whether it is "
				"applied: %s\n", err.message);
	else if (cli->db)
		found = rows;
	retort_error_dispose(&err);
	return found;
}

static void print_names(rt_out *o, const retort_names *names)
{
	if (names->n)
		rt_out_names(o, RT_ROLE_REVISION, names);
	else
		rt_out_printf(o, "<base>");
}

static void print_text(rt_cli *cli, const retort_rebase *rebase)
{
	size_t i;

	if (retort_rebase_count(rebase) == 0)
		rt_out_printf(&cli->out, "nothing to do: all revisions are "
					 "on top of %s of %s\n",
			      retort_rebase_head(rebase),
			      retort_rebase_onto(rebase));
	for (i = 0; i < retort_rebase_count(rebase); i++) {
		const retort_rebase_move *m = retort_rebase_at(rebase, i);

		rt_out_field(&cli->out, RT_ROLE_REVISION, m->revision);
		rt_out_printf(&cli->out, ": ");
		print_names(&cli->out, &m->from);
		rt_out_printf(&cli->out, " -> ");
		print_names(&cli->out, &m->to);
		rt_out_printf(&cli->out, "\n  ");
		rt_out_field(&cli->out, RT_ROLE_DIM, m->path);
		rt_out_printf(&cli->out, "\n");
	}
}

static void print_json(rt_cli *cli, const retort_rebase *rebase)
{
	rt_json j;
	size_t i;

	rt_json_begin(&j, &cli->out, "moves");
	for (i = 0; i < retort_rebase_count(rebase); i++) {
		const retort_rebase_move *m = retort_rebase_at(rebase, i);
		json_t *o = json_object();

		rt_json_set_string(o, "revision", m->revision);
		rt_json_set_string(o, "path", m->path);
		rt_json_set(o, "from", rt_json_names(&m->from));
		rt_json_set(o, "to", rt_json_names(&m->to));
		rt_json_item(&j, o);
	}
	rt_json_end_list(&j);
	rt_json_member(&j, "onto",
		       rt_json_string(retort_rebase_onto(rebase)));
	rt_json_member(&j, "head",
		       rt_json_string(retort_rebase_head(rebase)));
	rt_json_end(&j);
}

static int rebase(rt_cli *cli, retort_branches *b, const retort_names *rows,
		  retort_error *err)
{
	retort_rebase_options o = RETORT_REBASE_OPTIONS_INIT;
	retort_rebase *found = NULL;
	int rc;

	o.onto = rt_cli_value(cli, "onto");
	o.rows = rows;
	o.prove = !rt_cli_has(cli, "no-proof");
	o.stage = rt_cli_has(cli, "stage");
	rc = retort_rebase_find(b, &o, &found, err);
	if (rc == 0 && !rt_cli_has(cli, "dry-run"))
		rc = retort_rebase_apply(found, err);
	if (rc == 0 && cli->json)
		print_json(cli, found);
	else if (rc == 0)
		print_text(cli, found);
	retort_rebase_free(found);
	return rc;
}

static int undo(rt_cli *cli, retort_branches *b, const retort_names *rows,
		retort_error *err)
{
	size_t n;
	int rc = retort_rebase_undo(b, rows, &n, err);

	if (rc == 0)
		rt_cli_say(cli, "%zu revision%s got %s parents back\n", n,
			   n == 1 ? "" : "s", n == 1 ? "its" : "their");
	return rc;
}

static int run(rt_cli *cli, retort_error *err)
{
	retort_names rows = { NULL, 0 };
	const retort_names *known;
	retort_branches *b = NULL;
	int rc;

	rc = rt_cli_graph(cli, err);
	if (rc == 0)
		rc = retort_branches_open(&b, cli->project, err);
	if (rc == 0) {
		known = ask_rows(cli, &rows);
		rc = rt_cli_has(cli, "undo") ? undo(cli, b, known, err)
					     : rebase(cli, b, known, err);
	}
	retort_branches_free(b);
	return rc;
}

static const rt_opt options[] = {
	{ "onto", 0, "REF", NULL,
	  "the branch to build on; else the upstream, where it is another "
	  "branch, or the default branch" },
	{ "dry-run", 0, NULL, NULL, "say what would change, change nothing" },
	{ "no-proof", 0, NULL, NULL,
	  "do not run the new order in a scratch database" },
	{ "no-database", 0, NULL, NULL,
	  "do not ask the database whether any of it is applied" },
	{ "stage", 0, NULL, NULL, "git add the files that were changed" },
	{ "undo", 0, NULL, NULL, "take the last rebase back" },
	RT_OPT_END
};

const rt_cmd rt_cmd_rebase = {
	.name = "rebase",
	.summary = "build a git branch's revisions on another branch's",
	.operands = "",
	.group = RT_GROUP_WRITE,
	.flags = RT_CMD_JSON,
	.help = "Gives the first of the revisions that only this git branch "
		"has the head of the other branch for its parent, so that the "
		"history stays one line, however long the chain is. Only its "
		"down_revision changes. The other branch's revisions must be "
		"in the working files: 'git merge' or 'git rebase' comes "
		"first.\n\n"
		"Nothing is changed where a revision that would move is "
		"applied in the configured database, or where the new order "
		"fails in a scratch database. '--undo' takes the last rebase "
		"back.\n\n"
		"As JSON: {\"version\":1, \"moves\":[{\"revision\", \"path\", "
		"\"from\":[], \"to\":[]}], \"onto\", \"head\"}.",
	.options = options,
	.run = run,
};
