/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/migrate.h"

#include <retort/apply.h>

#include "base/err.h"
#include "cli/confirm.h"
#include "cli/effects.h"
#include "cli/runner.h"
#include "ui/plantext.h"
#include "ui/report.h"
#include "ui/sqltext.h"

static void warn(rt_cli *cli, const retort_plan *plan)
{
	const char *text = retort_plan_warning(plan);

	if (text && !cli->quiet)
		rt_report_warning(&cli->err, text);
}

static int print_script(rt_cli *cli, const retort_step *step,
			retort_error *err)
{
	retort_dialect dialect = retort_project_dialect(cli->project);
	retort_script *script = NULL;
	int rc;

	if (!step->node || step->op == RETORT_OP_STAMP)
		return 0;
	rc = retort_project_script(cli->project, step->node, step->op,
				   dialect, &script, err);
	if (rc)
		return rc;
	rt_sqltext(&cli->out, retort_script_text(script), dialect);
	rt_out_printf(&cli->out, "\n\n");
	retort_script_free(script);
	return 0;
}

/* Steps as lines; of a dry run with their SQL where -v asks for it, and
 * with what they do where --effects does. */
static int print_steps(rt_cli *cli, rt_out *o, const retort_plan *plan,
		       bool dry, retort_error *err)
{
	bool effects = dry && rt_cli_has(cli, "effects");
	size_t n = retort_plan_count(plan), i;
	retort_measure *measure;
	int rc = 0;

	rt_effects_open(cli, &measure);

	for (i = 0; i < n && rc == 0; i++) {
		const retort_step *step = retort_plan_step(plan, i);

		rt_plantext_step(o, step);
		rt_out_printf(o, "\n");
		if (dry && cli->verbose)
			rc = print_script(cli, step, err);
		if (rc == 0 && effects && step->node)
			rc = rt_effects_print(cli, measure, step->node,
					      step->op, err);
	}
	retort_measure_close(measure);
	return rc;
}

static int dry_run(rt_cli *cli, const retort_plan *plan, retort_error *err)
{
	retort_names after = retort_plan_rows_after(plan);

	warn(cli, plan);
	if (cli->json) {
		rt_plantext_json(&cli->out, plan, retort_plan_count(plan),
				 &after);
		return RT_STATUS_OK;
	}
	if (retort_plan_count(plan) == 0)
		rt_runner_say_idle(cli, &after);
	return print_steps(cli, &cli->out, plan, true, err);
}

static int write_sql(rt_cli *cli, retort_plan_request *request,
		     retort_error *err)
{
	retort_plan *plan = NULL;
	int rc;

	request->offline = true;
	rc = retort_plan_make(&plan, cli->graph, request, err);
	if (rc == 0) {
		warn(cli, plan);
		rc = retort_apply_write_sql(
			cli->project, plan,
			retort_project_dialect(cli->project),
			rt_cli_write_piece, cli, err);
	}
	retort_plan_free(plan);
	return rc;
}

/* More than one revision down, or rows thrown away, cannot be taken back by
 * a slip of the fingers' undoing. */
static bool destroys(const retort_plan_request *request,
		     const retort_plan *plan)
{
	if (request->op == RETORT_OP_DOWNGRADE)
		return retort_plan_count(plan) > 1;
	return request->purge;
}

/* Show what is going to happen, and ask, where a question is due. */
static int confirm(rt_cli *cli, const retort_plan_request *request,
		   const retort_plan *plan, retort_error *err)
{
	bool lossy = destroys(request, plan);

	if (retort_plan_count(plan) == 0 || !rt_confirm_is_due(cli, lossy))
		return 0;
	if (print_steps(cli, &cli->err, plan, false, NULL) != 0)
		return 0;
	return rt_confirm(cli, lossy, err);
}

/* What is asked for before the first statement, if there is going to be
 * one. */
static int prepare(rt_cli *cli, const retort_plan *plan, retort_error *err)
{
	const char *backup = rt_cli_value(cli, "backup");
	int rc = 0;

	if (retort_plan_count(plan) == 0)
		return 0;
	if (rt_cli_has(cli, "preflight")) {
		rc = retort_preflight(cli->project, cli->db, plan, err);
		if (rc == 0)
			rt_cli_say(cli, "tried in a scratch database: "
					"no statement fails there\n");
	}
	if (rc == 0 && backup) {
		rc = retort_database_backup(cli->db, backup, err);
		if (rc == 0)
			rt_cli_say(cli, "backup written to %s\n", backup);
	}
	return rc;
}

/* With a plan against the rows as they are now.  The run makes its own, with
 * the lock held. */
static int with_plan(rt_cli *cli, retort_plan_request *request,
		     retort_error *err)
{
	bool dry = rt_cli_has(cli, "dry-run");
	retort_plan *plan = NULL;
	int rc;

	rc = rt_cli_rows(cli, &request->rows, err);
	if (rc == 0)
		rc = retort_plan_make(&plan, cli->graph, request, err);
	if (rc == 0)
		rc = dry ? dry_run(cli, plan, err) :
			   confirm(cli, request, plan, err);
	if (rc == 0 && !dry)
		rc = prepare(cli, plan, err);
	retort_plan_free(plan);
	return rc;
}

/* A plan is only made here where somebody is going to see it. */
static bool wants_plan(const rt_cli *cli, const retort_plan_request *request)
{
	return rt_cli_has(cli, "dry-run") || rt_cli_has(cli, "preflight") ||
	       rt_cli_has(cli, "backup") ||
	       rt_confirm_is_due(cli, request->op == RETORT_OP_DOWNGRADE ||
					      request->purge);
}

static int check_options(const rt_cli *cli, const retort_plan_request *request,
			 retort_error *err)
{
	bool sql = rt_cli_has(cli, "sql");

	if (sql && request->purge)
		return rt_err_set(err, RETORT_EUSAGE,
				  "--purge cannot be used with --sql: a "
				  "script does not know the rows");
	if (sql && cli->json)
		return rt_err_set(err, RETORT_EUSAGE,
				  "--sql prints a script; it has no JSON form");
	if (sql && rt_cli_has(cli, "dry-run"))
		return rt_err_set(err, RETORT_EUSAGE,
				  "--sql and --dry-run exclude each other");
	if (rt_cli_has(cli, "effects") && !rt_cli_has(cli, "dry-run"))
		return rt_err_set(err, RETORT_EUSAGE,
				  "--effects goes with --dry-run");
	if (rt_cli_has(cli, "effects") && cli->json)
		return rt_err_set(err, RETORT_EUSAGE,
				  "effects have no JSON form");
	if (rt_cli_has(cli, "resume") && rt_cli_has(cli, "restart"))
		return rt_err_set(err, RETORT_EUSAGE,
				  "--resume and --restart exclude each other");
	return 0;
}

int rt_migrate(rt_cli *cli, retort_op op, retort_error *err)
{
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	int rc;

	request.op = op;
	request.targets.v = cli->args.operands.v;
	request.targets.n = cli->args.operands.n;
	request.purge = rt_cli_has(cli, "purge");
	rc = check_options(cli, &request, err);
	if (rc == 0 && !rt_cli_has(cli, "sql"))
		rc = rt_cli_start_database(cli, err);
	if (rc == 0)
		rc = rt_cli_graph(cli, err);
	if (rc)
		return rc;
	if (rt_cli_has(cli, "sql"))
		return write_sql(cli, &request, err);
	if (wants_plan(cli, &request)) {
		rc = with_plan(cli, &request, err);
		if (rc || rt_cli_has(cli, "dry-run"))
			return rc;
	}
	return rt_runner_run(cli, &request, err);
}
