/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <retort/schema.h>

#include "cli/standing.h"
#include "ui/difftext.h"
#include "ui/json.h"
#include "ui/revtext.h"

enum { PENDING_SHOWN = 10 };

static void title(rt_out *o, const char *text)
{
	rt_out_style(o, RT_ROLE_TITLE, "%-10s", text);
}

static void revision_line(rt_out *o, const retort_revision *rev)
{
	rt_revtext_line(o, rev, RT_REVTEXT_LABELS | RT_REVTEXT_MESSAGE);
	rt_out_printf(o, "\n");
}

/* A title, then one revision a line under each other. */
static void revision_lines(rt_out *o, const char *name,
			   const retort_list *list, const char *none)
{
	size_t i;

	title(o, name);
	if (!list->n)
		rt_out_printf(o, "%s\n", none);
	for (i = 0; i < list->n; i++) {
		if (i)
			rt_out_printf(o, "%10s", "");
		revision_line(o, list->v[i]);
	}
}

static void print_project(rt_cli *cli)
{
	const char *name = retort_project_environment(cli->project);
	const char *url = retort_project_url_shown(cli->project);
	rt_out *o = &cli->out;

	title(o, "project");
	rt_out_field(o, RT_ROLE_PLAIN,
		     retort_project_config_path(cli->project));
	if (name)
		rt_out_style(o, RT_ROLE_LABEL, " [%s]", name);
	if (retort_project_is_protected(cli->project))
		rt_out_field(o, RT_ROLE_WARNING, " (protected)");
	rt_out_printf(o, "\n");
	title(o, "database");
	rt_out_field(o, RT_ROLE_PLAIN, *url ? url : "no url is set");
	rt_out_printf(o, "\n");
}

static void print_pending(rt_out *o, const retort_list *pending)
{
	size_t i;

	title(o, "pending");
	if (!pending->n)
		rt_out_printf(o, "nothing\n");
	else
		rt_out_printf(o, "%zu revision%s\n", pending->n,
			      pending->n == 1 ? "" : "s");
	for (i = 0; i < pending->n && i < PENDING_SHOWN; i++) {
		rt_out_printf(o, "%10s", "");
		revision_line(o, pending->v[i]);
	}
	if (pending->n > PENDING_SHOWN)
		rt_out_printf(o, "%10s... and %zu more\n", "",
			      pending->n - PENDING_SHOWN);
}

static void print_problems(rt_out *o, const rt_standing *s)
{
	size_t i;

	for (i = 0; i < s->problems.n; i++) {
		rt_out_field(o, RT_ROLE_WARNING, "problem   ");
		rt_out_field(o, RT_ROLE_PLAIN, s->problems.v[i].text);
		rt_out_printf(o, "\n");
	}
}

/* How the database differs from what its revisions make; NULLs where
 * nobody asked. */
typedef struct drift {
	retort_schema *before, *after;
	retort_diff *diff;
} drift;

static void print_drift(rt_out *o, const drift *d)
{
	if (!d->diff)
		return;
	title(o, "drift");
	if (retort_diff_is_empty(d->diff)) {
		rt_out_printf(o, "none\n");
		return;
	}
	rt_out_printf(o, "the database is not what its revisions make:\n");
	rt_difftext_list(o, d->diff);
}

static void print_text(rt_cli *cli, const rt_standing *s, const drift *d)
{
	rt_out *o = &cli->out;

	print_project(cli);
	if (s->asked) {
		revision_lines(o, "current", &s->current, "nothing applied");
		print_pending(o, &s->pending);
	}
	revision_lines(o, s->heads.n == 1 ? "head" : "heads", &s->heads,
		       "no revisions");
	print_problems(o, s);
	print_drift(o, d);
}

static json_t *json_list(const retort_list *list, const retort_names *rows)
{
	json_t *out = json_array();
	size_t i;

	for (i = 0; i < list->n; i++)
		json_array_append_new(out, rt_json_revision(list->v[i], rows));
	return out;
}

static json_t *json_problems(const rt_standing *s)
{
	json_t *out = json_array();
	size_t i;

	for (i = 0; i < s->problems.n; i++) {
		json_t *o = json_object();

		rt_json_set_string(o, "kind", s->problems.v[i].kind);
		rt_json_set_string(o, "message", s->problems.v[i].text);
		json_array_append_new(out, o);
	}
	return out;
}

static void print_json(rt_cli *cli, const rt_standing *s, const drift *d)
{
	const retort_names *rows = s->asked ? &s->rows : NULL;
	json_t *o = rt_json_object();

	rt_json_set_string(o, "config",
			   retort_project_config_path(cli->project));
	rt_json_set_string(o, "environment",
			   retort_project_environment(cli->project));
	rt_json_set_bool(o, "protected",
			 retort_project_is_protected(cli->project));
	rt_json_set_string(o, "url", retort_project_url_shown(cli->project));
	rt_json_set_bool(o, "connected", s->asked);
	rt_json_set(o, "rows", rows ? rt_json_names(rows) : json_null());
	rt_json_set(o, "current",
		    rows ? json_list(&s->current, rows) : json_null());
	rt_json_set(o, "pending",
		    rows ? json_list(&s->pending, rows) : json_null());
	rt_json_set(o, "heads", json_list(&s->heads, rows));
	rt_json_set(o, "problems", json_problems(s));
	rt_json_set(o, "drift",
		    d->diff ? rt_difftext_json(d->diff) : json_null());
	rt_json_print(&cli->out, o);
}

/* What was changed by hand: the database against what the revisions that it
 * names make. */
static int find_drift(rt_cli *cli, drift *d, retort_error *err)
{
	int rc;

	if (!rt_cli_has(cli, "drift"))
		return 0;
	rc = retort_schema_read(&d->before, cli->project, "current", err);
	if (rc == 0)
		rc = retort_schema_read(&d->after, cli->project, "database",
					err);
	if (rc == 0)
		rc = retort_diff_make(&d->diff, d->before, d->after, err);
	return rc;
}

static void free_drift(drift *d)
{
	retort_diff_free(d->diff);
	retort_schema_free(d->before);
	retort_schema_free(d->after);
}

static int run(rt_cli *cli, retort_error *err)
{
	rt_standing standing = RT_STANDING_INIT;
	drift d = { NULL, NULL, NULL };
	bool wrong;
	int rc = rt_standing_ask(cli, &standing, err);

	if (rc == 0 && standing.asked)
		rc = find_drift(cli, &d, err);
	if (rc == 0) {
		if (cli->json)
			print_json(cli, &standing, &d);
		else
			print_text(cli, &standing, &d);
		wrong = standing.pending.n || standing.problems.n ||
			(d.diff && !retort_diff_is_empty(d.diff));
		if (rt_cli_has(cli, "check") && wrong)
			rc = RT_STATUS_FOUND;
	}
	free_drift(&d);
	rt_standing_free(&standing);
	return rc;
}

static const rt_opt options[] = {
	{ "check", 0, NULL, NULL,
	  "exit with 1 if something is pending or wrong" },
	{ "drift", 0, NULL, NULL,
	  "compare the database with what its revisions make, too" },
	RT_OPT_END
};

const rt_cmd rt_cmd_status = {
	.name = "status",
	.summary = "say where the database stands",
	.operands = "",
	.group = RT_GROUP_STATE,
	.flags = RT_CMD_JSON,
	.help = "One screen: the project, the database, what it is at, what "
		"is pending, the heads, and what is wrong: several heads, "
		"rows that no file has, revisions that were edited after they "
		"ran or stopped half way, a database that does not answer. "
		"'retort' without a command does the same. With --drift also "
		"how the database differs from what the revisions that it "
		"names make in a scratch database: what was changed by "
		"hand.\n\n"
		"As JSON: {\"version\":1, \"config\", \"environment\", "
		"\"protected\", \"url\", \"connected\", \"rows\", \"current\", "
		"\"pending\", \"heads\", \"problems\":[{\"kind\", "
		"\"message\"}], \"drift\"}; rows, current and pending are "
		"null without a database, drift (a list as of 'diff') "
		"without --drift.",
	.options = options,
	.run = run,
};
