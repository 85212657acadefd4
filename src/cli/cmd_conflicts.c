/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/cli.h"

#include <retort/conflicts.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/str.h"
#include "cli/conflicts_all.h"
#include "ui/conflicttext.h"
#include "ui/json.h"

enum form { FORM_TEXT, FORM_JSON, FORM_GITHUB };

static enum form form_of(const rt_cli *cli)
{
	const char *format = rt_cli_value(cli, "format");

	if (cli->json || (format && !strcmp(format, "json")))
		return FORM_JSON;
	return format && !strcmp(format, "github") ? FORM_GITHUB : FORM_TEXT;
}

/*
 * The journal is compared where the database is at hand; a check of files
 * must not fail because it is not.
 *   out:  why not, caller frees; NULL if it is
 */
static char *ask(rt_cli *cli)
{
	retort_error err = RETORT_ERROR_INIT;
	char *why = NULL;

	if (rt_cli_has(cli, "no-database"))
		return rt_strdup("the database was not asked");
	if (!*retort_project_url_shown(cli->project))
		return rt_strdup("no url is set, so no database was asked");
	if (rt_cli_database(cli, false, &err))
		why = rt_strf("the database was not asked: %s",
			      err.message ? err.message : "no reason given");
	retort_error_dispose(&err);
	return why;
}

static void print(rt_cli *cli, const retort_conflicts *c, const char *why,
		  rt_json *list)
{
	switch (form_of(cli)) {
	case FORM_TEXT:
		rt_conflicttext_print(&cli->out, c, why);
		break;
	case FORM_GITHUB:
		rt_conflicttext_github(&cli->out, c, why);
		break;
	case FORM_JSON:
		rt_json_item(list, rt_conflicttext_json(c, why));
		break;
	}
}

static int find(rt_cli *cli, retort_branches *b, const char *ref,
		retort_conflicts **c, retort_error *err)
{
	retort_conflicts_options options = RETORT_CONFLICTS_OPTIONS_INIT;

	options.ref = ref;
	options.onto = rt_cli_value(cli, "onto");
	options.committed = rt_cli_has(cli, "committed");
	options.expect = rt_cli_value(cli, "expect");
	options.prove = !rt_cli_has(cli, "no-proof");
	options.db = cli->db;
	return retort_conflicts_find(b, &options, c, err);
}

static void print_each(rt_cli *cli, retort_conflicts *const *all, size_t n,
		       const char *why)
{
	bool json = form_of(cli) == FORM_JSON;
	rt_json list;
	size_t i;

	if (json)
		rt_json_begin(&list, &cli->out, "comparisons");
	for (i = 0; i < n; i++) {
		if (i && form_of(cli) == FORM_TEXT)
			rt_out_printf(&cli->out, "\n");
		print(cli, all[i], why, &list);
	}
	if (json) {
		rt_json_end_list(&list);
		rt_json_end(&list);
	}
}

/* Nothing is printed unless all can be compared: half an object would help
 * nobody. */
static int compare_each(rt_cli *cli, retort_branches *b, retort_error *err)
{
	size_t i, n = cli->args.operands.n ? cli->args.operands.n : 1;
	retort_conflicts **all = rt_calloc(n, sizeof(*all));
	int status = RT_STATUS_OK, rc = 0;
	char *why = ask(cli);

	for (i = 0; i < n && rc == 0; i++) {
		rc = find(cli, b, rt_cli_operand(cli, i), &all[i], err);
		if (rc == 0 && retort_conflicts_serious(all[i]))
			status = RT_STATUS_FOUND;
	}
	if (rc == 0)
		print_each(cli, all, n, why);
	for (i = 0; i < n; i++)
		retort_conflicts_free(all[i]);
	free(all);
	free(why);
	return rc ? rc : status;
}

static int run(rt_cli *cli, retort_error *err)
{
	retort_branches *b = NULL;
	bool all = rt_cli_has(cli, "all");
	int rc;

	if (all && cli->args.operands.n)
		return rt_err_set(err, RETORT_EUSAGE,
				  "--all compares every branch; leave '%s' "
				  "out", rt_cli_operand(cli, 0));
	rc = rt_cli_project_at(cli, rt_cli_operand(cli, 0), err);
	if (!rc)
		rc = retort_branches_open(&b, cli->project, err);
	if (!rc)
		rc = all ? rt_conflicts_all(cli, b, form_of(cli) == FORM_JSON,
					    err)
			 : compare_each(cli, b, err);
	retort_branches_free(b);
	return rc;
}

static const rt_opt options[] = {
	{ "onto", 0, "REF", NULL,
	  "what to merge into; else the upstream, where it is another branch, "
	  "or the default branch" },
	{ "all", 0, NULL, NULL,
	  "every branch that is not merged, against the target and against "
	  "each other" },
	{ "committed", 0, NULL, NULL,
	  "the last commit, not the working files" },
	{ "expect", 0, "COMMIT", NULL,
	  "the commit that the target was at when it was checked; anything "
	  "else is a conflict (stale)" },
	{ "no-proof", 0, NULL, NULL,
	  "do not run the orders in a scratch database" },
	{ "no-database", 0, NULL, NULL,
	  "do not compare with the journal of the database" },
	{ "format", 0, "FORM", "text|json|github",
	  "the form of the report; github gives annotations of a workflow" },
	RT_OPT_END
};

/* The table of findings as a part of the help. */
#define PARAGRAPH(name, word, text) word ": " text "\n\n"

const rt_cmd rt_cmd_conflicts = {
	.name = "conflicts",
	.summary = "say what merging git branches would do",
	.operands = "[REF]...",
	.max_operands = RT_MANY,
	.complete = RT_OPERAND_TEXT,
	.group = RT_GROUP_LOOK,
	.flags = RT_CMD_JSON,
	.help = "Compares the revisions of two git branches and of their "
		"merge, from the trees alone: nothing is checked out or "
		"written, and a text conflict elsewhere does not matter. "
		"Without a REF, the working files are compared; files that "
		"git does not know yet count, ignored ones do not. Where the "
		"revisions lie is what the working project file says; in a "
		"bare repository what the first REF's (or HEAD's) says.\n\n"
		"Exits with 1 if there is a conflict. Notes do not count. "
		"Each finding has an id that stays.\n\n"
		RETORT_CONFLICTS(PARAGRAPH)
		"With --all, a matrix: x is a conflict, h only a fork (the "
		"second to be merged needs another parent), . none, ? what "
		"could not be compared; the database is not asked.\n\n"
		"As JSON: {\"version\":1, \"comparisons\":[{\"ours\", "
		"\"theirs\", \"bases\":[], \"heads\":[], \"database\", "
		"\"limits\":[], \"conflicts\":[{\"id\", \"note\", \"object\", "
		"\"message\", \"next\", \"detail\", \"files\":[{\"side\", \"path\", "
		"\"line\", \"revision\"}]}], \"serious\"}]}; a side is "
		"{\"name\", \"commit\", \"working\", \"changed\":[], "
		"\"revisions\", \"own\":[], \"heads\":[]}; database says why "
		"it was not asked, or null.",
	.options = options,
	.run = run,
};
