/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/step/child.h"

#include <string.h>

#include <retort/database.h>

#include "base/err.h"
#include "base/str.h"
#include "tui/standing.h"
#include "tui/step/plan.h"
#include "tui/term/signal.h"

/* How often a long statement is looked at, in ms. */
enum { TICK = 250 };

/* --- looking ------------------------------------------------------------- */

static int send_journal(retort_database *db, const char *revision,
			rt_job_out *out, retort_error *err)
{
	const retort_journal_row *row;
	retort_journal *journal = NULL;
	rt_str s = RT_STR_INIT;
	int rc;

	rc = retort_database_journal(db, revision, 1, &journal, err);
	if (rc || retort_journal_count(journal) == 0)
		goto out;
	row = retort_journal_at(journal, 0);
	rt_str_addf(&s, "%s of %s begun %s: %s, %lld of %lld statements",
		    retort_op_name(row->op), row->revision, row->began,
		    row->outcome, row->statements_done,
		    row->statements_total);
	if (!*row->ended)
		rt_str_add(&s, ", no end noted");
	rt_job_send(out, RT_STEP_TAG_JOURNAL, rt_str_sv(&s));
out:
	rt_str_free(&s);
	retort_journal_free(journal);
	return rc;
}

void rt_step_child_look(retort_project *project, const char *revision,
			rt_job_out *out)
{
	retort_error err = RETORT_ERROR_INIT;
	retort_database *db = NULL;

	rt_standing_send(project, &db, out);
	if (db && revision && send_journal(db, revision, out, &err))
		rt_job_send_error(out, RT_STANDING_ERROR, &err);
	retort_database_close(db);
	retort_error_dispose(&err);
}

/* --- running ------------------------------------------------------------- */

struct run {
	retort_project *project;
	rt_job_out *out;
	rt_sv binding;
	retort_database *db;
	retort_apply *volatile apply; /* for the signal handler */
	volatile sig_atomic_t cancelled;
};

static void on_interrupt(void *self)
{
	struct run *r = self;

	r->cancelled = 1;
	if (r->apply)
		retort_apply_cancel(r->apply);
}

static void on_notice(void *self, const char *text)
{
	const struct run *r = self;

	rt_job_send(r->out, RT_STEP_TAG_NOTICE, rt_sv_from(text));
}

static void send_numbers(const struct run *r, char tag,
			 const retort_event *ev)
{
	rt_str s = RT_STR_INIT;

	rt_str_addf(&s, "%zu %zu %lld %.3f", ev->step_index, ev->statement,
		    ev->rows, ev->milliseconds);
	rt_job_send(r->out, tag, rt_str_sv(&s));
	rt_str_free(&s);
}

/* Is the plan made under the lock the one that was agreed to? */
static int check_binding(const struct run *r, bool *same, retort_error *err)
{
	rt_str now = RT_STR_INIT;
	int rc = rt_step_plan_bind(r->project, retort_apply_plan(r->apply),
				   &now, err);

	*same = rt_sv_eq(rt_str_sv(&now), r->binding);
	rt_str_free(&now);
	return rc;
}

static void show(const struct run *r, const retort_event *ev)
{
	switch (ev->kind) {
	case RETORT_EVENT_WAITING:
		rt_job_send(r->out, RT_STEP_TAG_WAITS, rt_sv_from(ev->text));
		break;
	case RETORT_EVENT_PLANNED:
		rt_job_send(r->out, RT_STEP_TAG_PLANNED, RT_SV(""));
		break;
	case RETORT_EVENT_STEP:
		send_numbers(r, RT_STEP_TAG_STEP, ev);
		break;
	case RETORT_EVENT_RUNNING:
		rt_job_send(r->out, RT_STEP_TAG_RUNS, rt_sv_from(ev->text));
		break;
	case RETORT_EVENT_STATEMENT:
		send_numbers(r, RT_STEP_TAG_RAN, ev);
		break;
	case RETORT_EVENT_RETRY:
		rt_job_send(r->out, RT_STEP_TAG_AGAIN, rt_sv_from(ev->text));
		break;
	case RETORT_EVENT_STEP_DONE:
		send_numbers(r, RT_STEP_TAG_DONE, ev);
		break;
	}
}

/* 0 the run is over; 1 nothing was run, the plan is another now. */
static int carry_out(struct run *r, retort_error *err)
{
	bool checked = false, same = true;
	retort_event ev;
	int rc;

	while ((rc = retort_apply_next(r->apply, &ev, err)) > 0) {
		if (ev.kind == RETORT_EVENT_PLANNED) {
			checked = true;
			rc = check_binding(r, &same, err);
			if (rc || !same)
				return rc ? rc : 1;
		}
		show(r, &ev);
	}
	/* Without a plan there was nothing left to do. */
	return rc == 0 && !checked ? 1 : rc;
}

static int start(struct run *r, retort_op op, const char *target,
		 rt_step_way way, retort_error *err)
{
	retort_apply_options options = RETORT_APPLY_OPTIONS_INIT;
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	retort_apply *apply = NULL;
	int rc;

	options.stepwise = true;
	options.tick = TICK;
	options.resume = way == RT_STEP_WAY_RESUME;
	options.restart = way == RT_STEP_WAY_RESTART;
	request.op = op;
	request.targets = (retort_names){ &target, 1 };
	/* the files may be others than those we were forked with */
	retort_project_reload(r->project);
	rc = retort_database_open(&r->db, r->project, true, err);
	if (rc)
		return rc;
	retort_database_on_notice(r->db, on_notice, r);
	rc = retort_apply_begin(&apply, r->project, r->db, &request, &options,
				err);
	r->apply = apply;
	if (!rc && r->cancelled)
		rc = rt_err_set(err, RETORT_ECANCELLED, "cancelled");
	return rc ? rc : carry_out(r, err);
}

void rt_step_child_run(retort_project *project, retort_op op,
		       const char *target, rt_step_way way, rt_sv binding,
		       rt_job_out *out)
{
	struct run r = { project, out, binding, NULL, NULL, 0 };
	retort_error err = RETORT_ERROR_INIT;
	int rc;

	rt_signal_on_interrupt(on_interrupt, &r);
	retort_project_on_cancel(project, &r.cancelled);
	rt_job_send(out, RT_STEP_TAG_READY, RT_SV(""));
	rc = start(&r, op, target, way, &err);
	rt_signal_on_interrupt(NULL, NULL);
	retort_apply_free(r.apply);
	retort_database_close(r.db);
	retort_project_on_cancel(project, NULL);
	if (rc == 1)
		rt_job_send(out, RT_STEP_TAG_CHANGED, RT_SV(""));
	else if (rc)
		rt_job_send_error(out, RT_STEP_TAG_ERROR, &err);
	else
		rt_job_send(out, RT_STEP_TAG_OVER, RT_SV(""));
	retort_error_dispose(&err);
}
