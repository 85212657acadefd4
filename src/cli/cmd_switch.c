/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <retort/switch.h>

#include "base/err.h"
#include "base/str.h"
#include "cli/confirm.h"
#include "cli/runner.h"
#include "ui/json.h"
#include "ui/plantext.h"
#include "ui/report.h"

/* Steps as lines, with where their scripts are from. */
static void print_steps(rt_out *o, retort_switch *sw, const retort_plan *plan)
{
	size_t i;

	for (i = 0; i < retort_plan_count(plan); i++) {
		const retort_step *step = retort_plan_step(plan, i);

		rt_plantext_step(o, step);
		rt_out_printf(o, "\n    ");
		rt_out_field(o, RT_ROLE_DIM, retort_switch_source(sw, step));
		rt_out_printf(o, "\n");
	}
}

static json_t *json_edits(const retort_switch *sw)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < retort_switch_edits(sw); i++) {
		const retort_switch_edit *e = retort_switch_edit_at(sw, i);
		json_t *o = json_object();

		rt_json_set_string(o, "revision", e->revision);
		rt_json_set_string(o, "path", e->path);
		rt_json_set_string(o, "reason", e->reason);
		json_array_append_new(list, o);
	}
	return list;
}

/* The first n steps. */
static void print_json(rt_cli *cli, retort_switch *sw, const retort_plan *plan,
		       size_t n)
{
	retort_names after = retort_plan_rows_after(plan);
	rt_json j;
	size_t i;

	rt_json_begin(&j, &cli->out, "steps");
	for (i = 0; i < n; i++) {
		const retort_step *step = retort_plan_step(plan, i);
		json_t *o = rt_json_step(step);

		rt_json_set_string(o, "source", retort_switch_source(sw, step));
		rt_json_item(&j, o);
	}
	rt_json_end_list(&j);
	rt_json_member(&j, "ref", rt_json_string(rt_cli_operand(cli, 0)));
	rt_json_member(&j, "commit", rt_json_string(retort_switch_commit(sw)));
	rt_json_member(&j, "edited", json_edits(sw));
	rt_json_member(&j, "heads_after", rt_json_names(&after));
	rt_json_end(&j);
}

static void warn_of_edits(rt_cli *cli, const retort_switch *sw)
{
	rt_str text = RT_STR_INIT;
	size_t i;

	for (i = 0; i < retort_switch_edits(sw) && !cli->quiet; i++) {
		const retort_switch_edit *e = retort_switch_edit_at(sw, i);

		rt_str_clear(&text);
		rt_str_addf(&text, "%s stays as it is applied: in %s %s",
			    e->revision, e->path, e->reason);
		rt_report_warning(&cli->err, text.p);
	}
	rt_str_free(&text);
}

static void dry_run(rt_cli *cli, retort_switch *sw, const retort_plan *plan)
{
	retort_names after = retort_plan_rows_after(plan);

	if (cli->json)
		print_json(cli, sw, plan, retort_plan_count(plan));
	else if (retort_plan_count(plan) == 0)
		rt_runner_say_idle(cli, &after);
	else
		print_steps(&cli->out, sw, plan);
}

/* Downgrades come first, and lose data. */
static bool destroys(const retort_plan *plan)
{
	return retort_plan_count(plan) &&
	       retort_plan_step(plan, 0)->op == RETORT_OP_DOWNGRADE;
}

static int confirm(rt_cli *cli, retort_switch *sw, const retort_plan *plan,
		   retort_error *err)
{
	bool lossy = destroys(plan);

	if (retort_plan_count(plan) == 0 || !rt_confirm_is_due(cli, lossy))
		return 0;
	print_steps(&cli->err, sw, plan);
	return rt_confirm(cli, lossy, err);
}

static int carry_out(rt_cli *cli, retort_switch *sw, retort_apply *run,
		     retort_error *err)
{
	const char *backup = rt_cli_value(cli, "backup");
	const retort_plan *plan = retort_apply_plan(run);
	int rc = confirm(cli, sw, plan, err);

	if (rc == 0 && backup && retort_plan_count(plan)) {
		rc = retort_database_backup(cli->db, backup, err);
		if (rc == 0)
			rt_cli_say(cli, "backup written to %s\n", backup);
	}
	if (rc == 0)
		rc = rt_runner_follow(cli, run, "switched", err);
	if (rc == 0 && cli->json)
		print_json(cli, sw, retort_apply_plan(run),
			   retort_apply_done(run));
	return rc;
}

static int switch_to(rt_cli *cli, retort_switch *sw, retort_error *err)
{
	bool dry = rt_cli_has(cli, "dry-run");
	retort_apply_options options;
	retort_apply *run = NULL;
	int rc = rt_cli_database(cli, !dry, err);

	rt_runner_options(cli, &options);
	if (rc == 0)
		rc = retort_switch_begin(sw, cli->db, &options, &run, err);
	if (rc == 0) {
		warn_of_edits(cli, sw);
		if (dry)
			dry_run(cli, sw, retort_apply_plan(run));
		else
			rc = carry_out(cli, sw, run, err);
	}
	retort_apply_free(run);
	return rc;
}

static int run(rt_cli *cli, retort_error *err)
{
	retort_switch_options options = RETORT_SWITCH_OPTIONS_INIT;
	retort_branches *b = NULL;
	retort_switch *sw = NULL;
	int rc;

	options.ref = rt_cli_operand(cli, 0);
	options.to = rt_cli_value(cli, "to");
	options.force = rt_cli_has(cli, "force");
	if (rt_cli_has(cli, "resume") && rt_cli_has(cli, "restart"))
		return rt_err_set(err, RETORT_EUSAGE,
				  "--resume and --restart exclude each other");
	rc = rt_cli_project_at(cli, options.ref, err);
	if (rc == 0)
		rc = retort_branches_open(&b, cli->project, err);
	if (rc == 0)
		rc = retort_switch_open(&sw, b, &options, err);
	if (rc == 0)
		rc = switch_to(cli, sw, err);
	retort_switch_free(sw);
	retort_branches_free(b);
	return rc;
}

static const rt_opt options[] = {
	{ "to", 0, "REVISION", NULL,
	  "a revision of that tree, or base; else its heads" },
	{ "dry-run", 0, NULL, NULL,
	  "show the steps and where their scripts are from, change nothing" },
	{ "force", 0, NULL, NULL,
	  "leave revisions as they are applied, though the tree has them "
	  "otherwise" },
	{ "backup", 0, "FILE", NULL,
	  "write a copy of the database there first" },
	{ "resume", 0, NULL, NULL,
	  "go on behind the last good statement of a revision that stopped "
	  "half way" },
	{ "restart", 0, NULL, NULL, "the same, but from its first statement" },
	{ "one-transaction", 0, NULL, NULL,
	  "all or nothing: one transaction for the whole run" },
	RT_OPT_END
};

const rt_cmd rt_cmd_switch = {
	.name = "switch",
	.summary = "bring the database to where a git branch wants it",
	.operands = "REF",
	.min_operands = 1,
	.max_operands = 1,
	.complete = RT_OPERAND_TEXT,
	.group = RT_GROUP_CHANGE,
	.flags = RT_CMD_JSON,
	.help = "Takes down what is applied and REF's tree does not have, "
		"then runs what it has and the database has not. REF is a "
		"branch, a tag or a commit; nothing is checked out, and what "
		"is not committed does not count. After 'git switch' it is "
		"HEAD.\n\n"
		"A down script is that of the working tree's file; where "
		"that is not there or has none, of REF's, of any other "
		"branch's; else the one that the journal kept. Where there "
		"is none anywhere, nothing runs at all, and the revision is "
		"named. So is one that stays applied, but has other SQL or "
		"other parents in REF's tree than when it ran: step down "
		"below it, or pass over it with --force.\n\n"
		"On a terminal the steps are shown and asked about before "
		"anything is taken down; --yes answers. A protected "
		"environment wants its name typed, or --yes. The rest is as "
		"for 'retort upgrade'.\n\n"
		"As JSON: {\"version\":1, \"steps\":[{\"op\", \"revision\", "
		"\"from\", \"to\", \"source\"}], \"ref\", \"commit\", "
		"\"edited\":[{\"revision\", \"path\", \"reason\"}], "
		"\"heads_after\":[...]}, source being a path of the working "
		"tree, \"BRANCH:PATH\" or \"journal\".",
	.options = options,
	.run = run,
};
