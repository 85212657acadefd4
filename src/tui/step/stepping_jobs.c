/* SPDX-License-Identifier: MIT */
/* The child processes of stepping, and what they say. */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "tui/standing.h"
#include "tui/step/child.h"
#include "tui/step/stepping.h"

enum { SHOW_EVERY = 250 }; /* ms, while a statement runs */

static void log_line(rt_stepping *s, rt_level level, const char *text)
{
	rt_log_add(&s->console->log, level, rt_clock_now(NULL), text);
	rt_console_changed(s->console, RT_CHANGED_LOG);
}

static void shown_anew(rt_stepping *s)
{
	s->stale = true;
	rt_loop_dirty(s->console->loop);
}

/* --- looking ------------------------------------------------------------- */

static void look_work(void *self, rt_job_out *out)
{
	const rt_stepping *s = self;
	const rt_plan_step *step = NULL;

	if (s->machine.state >= RT_STEP_DONE && s->plan.n) {
		step = rt_step_plan_current(&s->plan);
		step = step ? step : &s->plan.steps[s->plan.n - 1];
	}
	rt_step_child_look(s->console->project, step ? step->revision : NULL,
			   out);
}

static void take_blind(rt_stepping *s, rt_sv bytes)
{
	retort_error err = RETORT_ERROR_INIT;

	rt_job_take_error(bytes, &err);
	rt_str_clear(&s->blind);
	rt_str_add(&s->blind, err.message ? err.message : "no answer");
	rt_console_error(s->console, &err);
	retort_error_dispose(&err);
}

static void look_message(void *self, char tag, rt_sv bytes)
{
	rt_stepping *s = self;

	s->fresh = s->fresh || tag == RT_STANDING_TABLE ||
		   tag == RT_STANDING_ABSENT;
	if (tag == RT_STEP_TAG_JOURNAL)
		rt_str_addsv(&s->journal, bytes);
	else if (!rt_standing_take(&s->console->model, tag, bytes))
		take_blind(s, bytes);
}

static void describe_rows(rt_stepping *s)
{
	retort_names rows = rt_model_rows(&s->console->model);
	size_t i;

	for (i = 0; i < rows.n; i++)
		rt_str_addf(&s->now, "%s%s", i ? ", " : "", rows.v[i]);
	if (!rows.n)
		rt_str_add(&s->now, "<base>");
}

static void look_done(void *self, bool finished)
{
	rt_stepping *s = self;
	rt_console *c = s->console;
	bool after = s->machine.state >= RT_STEP_DONE;
	rt_str line = RT_STR_INIT;

	s->job = NULL;
	if (s->fresh)
		describe_rows(s);
	if (!finished && !s->blind.n)
		rt_str_add(&s->blind, "asking ended too early");
	if (s->fresh) {
		rt_model_update(&c->model, c->graph);
		rt_console_changed(c, RT_CHANGED_DATABASE);
	}
	if (s->fresh && after) {
		rt_str_addf(&line, "the database is at %s", s->now.p);
		log_line(s, RT_LEVEL_INFO, line.p);
	}
	rt_str_free(&line);
	rt_stepping_input(s, s->fresh ? RT_STEP_LOOKED : RT_STEP_BLIND);
}

void rt_stepping_look(rt_stepping *s)
{
	static const rt_job_ops ops = { look_work, look_message, look_done };
	retort_error err = RETORT_ERROR_INIT;

	rt_stepping_stop(s);
	s->fresh = false;
	rt_str_clear(&s->now);
	rt_str_clear(&s->journal);
	rt_str_clear(&s->blind);
	if (rt_job_start(&s->job, s->console->loop, &ops, s, &err)) {
		rt_console_error(s->console, &err);
		rt_stepping_input(s, RT_STEP_BLIND);
	}
	retort_error_dispose(&err);
}

/* --- running ------------------------------------------------------------- */

static const rt_step_plan *what_runs(const rt_stepping *s)
{
	return s->machine.way == RT_STEP_WAY_STAMP ? &s->stamp : &s->plan;
}

static void run_work(void *self, rt_job_out *out)
{
	const rt_stepping *s = self;
	const rt_step_plan *p = what_runs(s);

	rt_step_child_run(s->console->project, p->op, p->target,
			  s->machine.way, rt_str_sv(&p->binding), out);
}

static void tick(void *self)
{
	rt_stepping *s = self;

	if (s->machine.state != RT_STEP_RUN)
		return;
	shown_anew(s);
	rt_loop_timer(s->console->loop, SHOW_EVERY, tick, s);
}

static void log_ran(rt_stepping *s, size_t step, size_t statement,
		    long long rows, double ms)
{
	rt_str line = RT_STR_INIT;

	if (step >= s->plan.n)
		return;
	rt_str_addf(&line, "%s %zu/%zu ok ", s->plan.steps[step].revision,
		    statement, s->plan.steps[step].n);
	rt_step_report_time(ms, &line);
	if (rows > 0)
		rt_str_addf(&line, ", %lld row%s", rows,
			    rows == 1 ? "" : "s");
	log_line(s, RT_LEVEL_INFO, line.p);
	rt_str_free(&line);
}

static void log_done(rt_stepping *s, size_t step, double ms)
{
	rt_str line = RT_STR_INIT;

	if (step >= s->plan.n)
		return;
	rt_str_addf(&line, "%s %s committed, ",
		    retort_op_name(s->plan.steps[step].op),
		    s->plan.steps[step].revision);
	rt_step_report_time(ms, &line);
	log_line(s, RT_LEVEL_INFO, line.p);
	rt_str_free(&line);
}

static void take_numbers(rt_stepping *s, char tag, rt_sv bytes)
{
	char *text = rt_strf("%.*s", (int)bytes.n, bytes.p), *end;
	size_t step = strtoul(text, &end, 10);
	size_t statement = strtoul(end, &end, 10);
	long long rows = strtoll(end, &end, 10);
	double ms = strtod(end, NULL);

	s->began = rt_clock_ticks();
	rt_str_clear(&s->waits);
	if (s->machine.way == RT_STEP_WAY_STAMP) {
		if (tag == RT_STEP_TAG_DONE)
			log_line(s, RT_LEVEL_INFO, "stamped");
	} else if (tag == RT_STEP_TAG_STEP) {
		rt_step_plan_begin(&s->plan, step);
	} else if (tag == RT_STEP_TAG_RAN) {
		rt_step_plan_ran(&s->plan, step, statement, rows, ms);
		log_ran(s, step, statement, rows, ms);
	} else {
		rt_step_plan_committed(&s->plan, step, ms);
		log_done(s, step, ms);
	}
	free(text);
}

/* Who is in the way; logged when it begins, shown while it lasts. */
static void take_waits(rt_stepping *s, rt_sv text)
{
	bool new = text.n && !s->waits.n;

	rt_str_clear(&s->waits);
	rt_str_addsv(&s->waits, text);
	if (new)
		log_line(s, RT_LEVEL_WARNING, s->waits.p);
}

static void take_break(rt_stepping *s, rt_sv bytes)
{
	rt_step_event ev = { RT_STEP_BROKE, false, 0, false, 0 };
	const rt_plan_step *step = rt_step_plan_current(&s->plan);

	rt_job_take_error(bytes, &s->error);
	ev.code = s->error.code;
	ev.single = step && !step->transaction;
	ev.stands = ev.single ? rt_plan_step_at(step) - 1 : 0;
	if (s->machine.way == RT_STEP_WAY_STAMP)
		rt_step_plan_broke(&s->plan, true);
	else
		rt_step_plan_broke(&s->plan, ev.code != RETORT_EUNCERTAIN);
	rt_console_error(s->console, &s->error);
	rt_stepping_feed(s, &ev);
}

static void take_end(rt_stepping *s, rt_step_input input)
{
	size_t i;

	/* a stamp says that the step is done, whatever ran */
	if (input == RT_STEP_OVER && s->machine.way == RT_STEP_WAY_STAMP)
		for (i = 0; i < s->plan.n; i++)
			rt_step_plan_committed(&s->plan, i, 0);
	rt_stepping_input(s, input);
}

static void take_ready(rt_stepping *s)
{
	s->ready = true;
	if (s->machine.interrupted)
		rt_job_signal(s->job, SIGINT);
}

static void run_message(void *self, char tag, rt_sv bytes)
{
	rt_stepping *s = self;

	switch (tag) {
	case RT_STEP_TAG_READY:
		take_ready(s);
		break;
	case RT_STEP_TAG_WAITS:
	case RT_STEP_TAG_RUNS:
		take_waits(s, bytes);
		break;
	case RT_STEP_TAG_STEP:
	case RT_STEP_TAG_RAN:
	case RT_STEP_TAG_DONE:
		take_numbers(s, tag, bytes);
		break;
	case RT_STEP_TAG_AGAIN:
		rt_step_plan_rewind(&s->plan, false);
		rt_console_say(s->console, RT_LEVEL_WARNING, "%.*s",
			       (int)bytes.n, bytes.p);
		break;
	case RT_STEP_TAG_NOTICE:
		rt_console_say(s->console, RT_LEVEL_INFO, "%.*s",
			       (int)bytes.n, bytes.p);
		break;
	default:
		break;
	}
	shown_anew(s);
}

/* How it ended comes last, but the job must be gone before another is
 * started: so it is kept until then. */
static void run_end(rt_stepping *s, char tag, rt_sv bytes)
{
	if (tag == RT_STEP_TAG_ERROR)
		take_break(s, bytes);
	else
		take_end(s, tag == RT_STEP_TAG_OVER ? RT_STEP_OVER
						    : RT_STEP_CHANGED);
}

static void run_or_keep(void *self, char tag, rt_sv bytes)
{
	rt_stepping *s = self;

	if (tag != RT_STEP_TAG_OVER && tag != RT_STEP_TAG_CHANGED &&
	    tag != RT_STEP_TAG_ERROR) {
		run_message(self, tag, bytes);
		return;
	}
	rt_str_clear(&s->last);
	rt_str_addc(&s->last, tag);
	rt_str_addsv(&s->last, bytes);
}

static void run_done(void *self, bool finished)
{
	rt_stepping *s = self;
	rt_str last = s->last;

	(void)finished; /* what it has said counts */
	s->job = NULL;
	s->last = (rt_str)RT_STR_INIT;
	rt_str_clear(&s->waits);
	rt_loop_cancel(s->console->loop, tick, s);
	if (last.n) {
		run_end(s, last.p[0], rt_sv_sub(rt_str_sv(&last), 1, last.n));
	} else {
		rt_step_plan_broke(&s->plan, false);
		rt_console_say(s->console, RT_LEVEL_ERROR,
			       "the run ended without a word: its outcome is "
			       "unknown");
		rt_stepping_input(s, RT_STEP_DIED);
	}
	rt_str_free(&last);
}

void rt_stepping_start(rt_stepping *s)
{
	static const rt_job_ops ops = { run_work, run_or_keep, run_done };
	retort_error err = RETORT_ERROR_INIT;

	rt_stepping_stop(s);
	if (s->machine.way == RT_STEP_WAY_RUN ||
	    s->machine.way == RT_STEP_WAY_RESTART)
		rt_step_plan_rewind(&s->plan, false);
	retort_error_dispose(&s->error);
	rt_str_clear(&s->waits);
	s->ready = false;
	s->follow = true;
	s->began = rt_clock_ticks();
	if (rt_job_start(&s->job, s->console->loop, &ops, s, &err)) {
		rt_console_error(s->console, &err);
		rt_stepping_feed(s, &(rt_step_event){ RT_STEP_BROKE, false,
						      err.code, false, 0 });
	} else {
		rt_loop_timer(s->console->loop, SHOW_EVERY, tick, s);
	}
	retort_error_dispose(&err);
}

void rt_stepping_stop(rt_stepping *s)
{
	rt_job_kill(s->job);
	s->job = NULL;
	rt_str_clear(&s->last);
	rt_loop_cancel(s->console->loop, tick, s);
}
