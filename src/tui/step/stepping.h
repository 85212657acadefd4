/* SPDX-License-Identifier: MIT */
/*
 * Stepping in the console: the machine of step.h with its hands.  It is
 * the state of the STEP view.
 */
#ifndef RT_TUI_STEP_STEPPING_H
#define RT_TUI_STEP_STEPPING_H

#include "tui/console.h"
#include "tui/step/plan.h"
#include "tui/step/report.h"
#include "tui/step/step.h"

typedef struct rt_stepping {
	rt_console *console;
	rt_step machine;

	/* what was asked for */
	retort_op op;
	char *target; /* NULL = one step, worked out when the rows are known */
	char *origin; /* the revision that was selected; NULL = none */
	RT_VEC(char *) choices; /* of an open choice */
	bool asks;    /* the console's dialog is ours */

	rt_step_plan plan;
	rt_step_plan stamp; /* of the step that stopped half way */
	retort_error error; /* of the run */

	/* what works */
	rt_job *job;
	bool ready;    /* the child can be interrupted */
	double began;  /* ticks: of the statement that runs */
	rt_str waits;  /* for whom */
	rt_str last;   /* how the run ended: a tag and its bytes */

	/* what the last look has found */
	bool fresh;    /* rows are being taken */
	rt_str now, journal, blind;

	/* what is shown */
	rt_textview text;
	bool stale;
	bool follow;   /* bring what matters into view */
} rt_stepping;

/* Give the machine an event and do what it says. */
void rt_stepping_feed(rt_stepping *s, const rt_step_event *event);
void rt_stepping_input(rt_stepping *s, rt_step_input input);

/* An action, wherever the keys go; false if it is none of stepping. */
bool rt_stepping_action(rt_console *c, rt_action action);

/* `:upgrade ID`, `:downgrade ID`. */
void rt_stepping_ask(rt_console *c, retort_op op, rt_sv target);

/* A signal that ends the console: true if it may end now. */
bool rt_stepping_signal(rt_console *c);

/* May something be written now?  If not, the user has been told why. */
bool rt_stepping_may_write(rt_console *c);

/* --- between its files --------------------------------------------------- */

/* stepping_jobs.c: start looking; start the plan; the timer's. */
void rt_stepping_look(rt_stepping *s);
void rt_stepping_start(rt_stepping *s);
void rt_stepping_stop(rt_stepping *s); /* kills what works */

/* stepping_target.c: what U or D step on: sets target, or says why there is
 * none (false), or has opened a choice (false, s->asks). */
bool rt_stepping_pick(rt_stepping *s);

/* The plan of "stamp the step that stopped"; false, with a word, if there is
 * none that leaves the same rows. */
bool rt_stepping_plan_stamp(rt_stepping *s);

/* stepping.c: what there is to tell. */
rt_step_report rt_stepping_report(const rt_stepping *s);

/* What a step is doing to a revision, or how it failed there; NULL if neither.
 *   out:  *runs, whether it runs */
const char *rt_stepping_word(const rt_console *c, const retort_revision *rev,
			     bool *runs);

/* The revision behind a finished plan: what the next step is about. */
const retort_revision *rt_stepping_next(const rt_stepping *s);

#endif
