/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/runner.h"

#include <retort/apply.h>

#include "base/clock.h"
#include "base/str.h"
#include "cli/interrupt.h"
#include "ui/plantext.h"
#include "ui/report.h"

/* How often the progress line of a long statement is looked at. */
enum { TICK = 500 };

/* What one run adds up to. */
typedef struct tally {
	const char *word; /* "upgraded" */
	size_t steps;
	double began; /* ticks */
	bool waited;  /* who holds the lock has been said */
	size_t statement, statements; /* the one that runs, from 1 */
} tally;

/* "12 ms", "3.4 s", "2 min 5 s". */
static void put_time(rt_out *o, double ms)
{
	if (ms < 1000)
		rt_out_printf(o, "%.0f ms", ms);
	else if (ms < 120000)
		rt_out_printf(o, "%.1f s", ms / 1000);
	else
		rt_out_printf(o, "%d min %d s", (int)(ms / 60000),
			      (int)(ms / 1000) % 60);
}

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static void step_done(rt_cli *cli, const retort_event *ev)
{
	rt_out *o = &cli->err;

	if (cli->quiet)
		return;
	rt_plantext_step(o, ev->step);
	if (ev->step->op == RETORT_OP_STAMP) {
		rt_out_printf(o, "\n");
		return;
	}
	rt_out_printf(o, " (%zu statement%s, ", ev->statements,
		      plural(ev->statements));
	put_time(o, ev->milliseconds);
	rt_out_printf(o, ")\n");
}

/* The step, the statement that runs now, and for how long or why not. */
static void progress(rt_cli *cli, const retort_apply *run,
		     const retort_event *ev, tally *t)
{
	rt_str text = RT_STR_INIT;

	if (cli->quiet || !ev->step)
		return;
	if (ev->kind != RETORT_EVENT_RUNNING) {
		t->statement = ev->statement + 1;
		t->statements = ev->statements;
	}
	rt_str_addf(&text, "%s %s: step %zu of %zu",
		    retort_op_name(ev->step->op), ev->step->revision,
		    ev->step_index + 1,
		    retort_plan_count(retort_apply_plan(run)));
	if (t->statement <= t->statements)
		rt_str_addf(&text, ", statement %zu of %zu", t->statement,
			    t->statements);
	if (ev->kind == RETORT_EVENT_RUNNING && ev->text)
		rt_str_addf(&text, "; %s", ev->text);
	else if (ev->kind == RETORT_EVENT_RUNNING && ev->milliseconds >= 1000)
		rt_str_addf(&text, ", %.0f s; Ctrl-C stops",
			    ev->milliseconds / 1000);
	rt_out_progress(&cli->err, "%s", text.p);
	rt_str_free(&text);
}

/* Once as a line, so that a log has it; then as progress. */
static void waiting(rt_cli *cli, const retort_event *ev, tally *t)
{
	if (!t->waited)
		rt_cli_say(cli, "%s\n", ev->text);
	else if (!cli->quiet)
		rt_out_progress(&cli->err, "%s", ev->text);
	t->waited = true;
}

static void planned(rt_cli *cli, const retort_apply *run)
{
	const char *warning =
		retort_plan_warning(retort_apply_plan(run));

	if (warning && !cli->quiet)
		rt_report_warning(&cli->err, warning);
}

static void show(rt_cli *cli, const retort_apply *run, const retort_event *ev,
		 tally *t)
{
	switch (ev->kind) {
	case RETORT_EVENT_WAITING:
		waiting(cli, ev, t);
		break;
	case RETORT_EVENT_RETRY:
		rt_cli_say(cli, "%s\n", ev->text);
		break;
	case RETORT_EVENT_PLANNED:
		planned(cli, run);
		break;
	case RETORT_EVENT_STEP:
	case RETORT_EVENT_RUNNING:
	case RETORT_EVENT_STATEMENT:
		progress(cli, run, ev, t);
		break;
	case RETORT_EVENT_STEP_DONE:
		t->steps++;
		step_done(cli, ev);
		break;
	}
}

void rt_runner_say_idle(rt_cli *cli, const retort_names *rows)
{
	if (cli->quiet)
		return;
	rt_out_printf(&cli->out, "already at ");
	rt_plantext_rows(&cli->out, rows);
	rt_out_printf(&cli->out, "; nothing to do\n");
}

static void summary(rt_cli *cli, const retort_apply *run, const tally *t,
		    bool purge)
{
	const retort_plan *plan = retort_apply_plan(run);
	retort_names before = retort_plan_rows_before(plan);
	retort_names after = retort_plan_rows_after(plan);
	rt_out *o = &cli->out;

	if (t->steps == 0 && !purge) {
		rt_runner_say_idle(cli, &after);
		return;
	}
	if (cli->quiet)
		return;
	if (t->steps == 0) {
		rt_out_printf(o, "the version table is empty now\n");
		return;
	}
	rt_out_printf(o, "%s ", t->word);
	rt_plantext_rows(o, &before);
	rt_out_printf(o, " -> ");
	rt_plantext_rows(o, &after);
	if (retort_plan_step(plan, 0)->op != RETORT_OP_STAMP) {
		rt_out_printf(o, ": %zu revision%s, ", t->steps,
			      plural(t->steps));
		put_time(o, rt_clock_ticks() - t->began);
	}
	rt_out_printf(o, "\n");
}

void rt_runner_options(const rt_cli *cli, retort_apply_options *options)
{
	*options = (retort_apply_options)RETORT_APPLY_OPTIONS_INIT;
	options->one_transaction = rt_cli_has(cli, "one-transaction");
	options->resume = rt_cli_has(cli, "resume");
	options->restart = rt_cli_has(cli, "restart");
	if (cli->err.terminal && !cli->quiet) {
		options->stepwise = true;
		options->tick = TICK;
	}
}

/* Pull until it is over. */
static int follow(rt_cli *cli, retort_apply *run, tally *t, retort_error *err)
{
	rt_interrupt interrupt;
	retort_event ev;
	int rc;

	rt_interrupt_watch(&interrupt, run);
	while ((rc = retort_apply_next(run, &ev, err)) > 0)
		show(cli, run, &ev, t);
	rt_interrupt_unwatch(&interrupt);
	rt_out_progress_end(&cli->err);
	return rc;
}

int rt_runner_follow(rt_cli *cli, retort_apply *run, const char *word,
		     retort_error *err)
{
	tally t = { word, 0, rt_clock_ticks(), false, 0, 0 };
	int rc = follow(cli, run, &t, err);

	if (rc == 0 && !cli->json)
		summary(cli, run, &t, false);
	return rc;
}

int rt_runner_run(rt_cli *cli, const retort_plan_request *request,
		  retort_error *err)
{
	static const char *const words[] = {
		[RETORT_OP_UPGRADE] = "upgraded",
		[RETORT_OP_DOWNGRADE] = "downgraded",
		[RETORT_OP_STAMP] = "stamped",
	};
	tally t = { words[request->op], 0, rt_clock_ticks(), false, 0, 0 };
	retort_apply_options options;
	retort_apply *run = NULL;
	retort_names after;
	int rc;

	rt_runner_options(cli, &options);
	rc = rt_cli_database(cli, true, err);
	if (rc == 0)
		rc = retort_apply_begin(&run, cli->project, cli->db, request,
					&options, err);
	if (rc == 0)
		rc = follow(cli, run, &t, err);
	if (rc == 0 && cli->json) {
		after = retort_plan_rows_after(retort_apply_plan(run));
		rt_plantext_json(&cli->out, retort_apply_plan(run), t.steps,
				 &after);
	} else if (rc == 0) {
		summary(cli, run, &t, request->purge);
	}
	retort_apply_free(run);
	return rc;
}
