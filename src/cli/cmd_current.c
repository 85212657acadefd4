/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "cli/revlist.h"
#include "ui/json.h"
#include "ui/report.h"
#include "ui/revtext.h"

typedef struct answer {
	retort_names rows;
	rt_arg_list known, unknown; /* of the rows */
	retort_list current;        /* what the known rows imply */
	retort_list heads;          /* that the table could have rows of */
	bool at_heads;
} answer;

static bool have(const retort_list *list, const retort_revision *rev)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (list->v[i] == rev)
			return true;
	return false;
}

/* Both lists hold no revision twice. */
static bool all_heads(const answer *a)
{
	size_t i;

	for (i = 0; i < a->heads.n; i++)
		if (!have(&a->current, a->heads.v[i]))
			return false;
	return a->unknown.n == 0;
}

static int ask(rt_cli *cli, answer *a, retort_error *err)
{
	retort_names known;
	int rc = rt_cli_start_database(cli, err);

	if (rc == 0)
		rc = rt_cli_graph(cli, err);
	if (rc == 0)
		rc = rt_cli_rows(cli, &a->rows, err);
	if (rc)
		return rc;
	rt_cli_split_rows(cli, &a->rows, &a->known, &a->unknown);
	known = rt_cli_names(&a->known);
	rc = retort_graph_current(cli->graph, &known, &a->current, err);
	if (rc)
		return rc;
	retort_graph_heads(cli->graph, true, &a->heads);
	a->at_heads = all_heads(a);
	return 0;
}

static void print_json(rt_cli *cli, const answer *a)
{
	retort_names unknown = rt_cli_names(&a->unknown);
	rt_json j;
	size_t i;

	rt_json_begin(&j, &cli->out, "revisions");
	for (i = 0; i < a->current.n; i++) {
		json_t *object = rt_json_revision(a->current.v[i], NULL);

		rt_json_set_bool(object, "is_current", true);
		rt_json_item(&j, object);
	}
	rt_json_end_list(&j);
	rt_json_member(&j, "rows", rt_json_names(&a->rows));
	rt_json_member(&j, "unknown", rt_json_names(&unknown));
	rt_json_member(&j, "at_heads", json_boolean(a->at_heads));
	rt_json_end(&j);
}

static void print(rt_cli *cli, const answer *a)
{
	if (cli->json) {
		print_json(cli, a);
		return;
	}
	if (cli->verbose)
		rt_out_printf(&cli->out, "Current revision(s) for %s:\n",
			      retort_project_url_shown(cli->project));
	rt_revlist_print(cli, &a->current, RT_REVTEXT_TREE, NULL);
}

static int complain_unknown(const answer *a, retort_error *err)
{
	rt_str list = RT_STR_INIT;
	size_t i;

	for (i = 0; i < a->unknown.n; i++)
		rt_str_addf(&list, "%s'%s'", i ? ", " : "", a->unknown.v[i]);
	rt_err_set(err, RETORT_ENOTFOUND,
		   "the version table holds %s, which no revision file has",
		   list.p);
	rt_err_field(err, RETORT_ERROR_REVISION, "%s", a->unknown.v[0]);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "get the missing file back, or step down with 'retort "
		     "downgrade' where the journal kept its script, or set "
		     "the table with 'retort stamp --purge REVISION'");
	rt_str_free(&list);
	return RETORT_ENOTFOUND;
}

static int run(rt_cli *cli, retort_error *err)
{
	answer a = { .known = RT_VEC_INIT };
	int rc = ask(cli, &a, err);

	if (rc)
		goto out;
	print(cli, &a);
	if (a.unknown.n) {
		rc = complain_unknown(&a, err);
	} else if (rt_cli_has(cli, "check-heads") && !a.at_heads) {
		rt_cli_say(cli, "Database is not on all head revisions\n");
		rc = RT_STATUS_FOUND;
	}
out:
	rt_vec_free(&a.known);
	rt_vec_free(&a.unknown);
	retort_list_dispose(&a.current);
	retort_list_dispose(&a.heads);
	return rc;
}

static const rt_opt options[] = {
	{ "check-heads", 'c', NULL, NULL,
	  "exit with 1 unless the database is at all heads" },
	RT_OPT_END
};

const rt_cmd rt_cmd_current = {
	.name = "current",
	.summary = "list what the database is at",
	.operands = "",
	.group = RT_GROUP_STATE,
	.flags = RT_CMD_JSON,
	.help = "Lists the revisions that the database is at: those of the "
		"version table, and those that they depend on. Nothing is "
		"printed for a database without any.\n\n"
		"In this command -c means --check-heads; the project file's "
		"-c stands before the command. A row that no file has is an "
		"error; the rows that are known are printed nevertheless.\n\n"
		"As JSON: as 'retort history', with \"rows\":[], "
		"\"unknown\":[] and \"at_heads\" besides.",
	.options = options,
	.run = run,
};
