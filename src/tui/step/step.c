/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/step/step.h"

#include <retort/error.h>

static unsigned refuse(rt_step *s, const char *reason)
{
	s->reason = reason;
	return RT_STEP_DO_REFUSE;
}

static unsigned start_plan(rt_step *s, rt_step_way way)
{
	s->state = RT_STEP_PLAN;
	s->back = RT_STEP_IDLE;
	s->way = way;
	s->interrupted = false;
	s->leaving = RT_STEP_STAYS;
	return RT_STEP_DO_LOOK;
}

/* As long as the database does not answer, the report stays. */
static unsigned plan_behind(rt_step *s)
{
	rt_step_state report = s->state;
	unsigned todo = start_plan(s, RT_STEP_WAY_RUN);

	s->back = report;
	return todo;
}

/* The ways that are typed whatever the database: the plan stays the one that
 * stopped, and so does its report if the answer is no. */
static unsigned ask_way(rt_step *s, rt_step_way way)
{
	s->back = s->state;
	s->state = RT_STEP_CONFIRM;
	s->way = way;
	return RT_STEP_DO_ASK_NAME;
}

static unsigned give_up(rt_step *s)
{
	s->state = s->back;
	s->leaving = RT_STEP_STAYS;
	return s->state == RT_STEP_IDLE ? RT_STEP_DO_HIDE : RT_STEP_DO_SHOW;
}

static unsigned in_plan(rt_step *s, const rt_step_event *ev)
{
	switch (ev->input) {
	case RT_STEP_LOOKED:
		s->back = RT_STEP_IDLE; /* what was shown is planned over */
		return RT_STEP_DO_PLAN;
	case RT_STEP_PLANNED:
		s->state = RT_STEP_CONFIRM;
		return ev->careful ? RT_STEP_DO_ASK_NAME : RT_STEP_DO_ASK;
	case RT_STEP_BLIND:
	case RT_STEP_NOTHING:
	case RT_STEP_LEAVE:
		return give_up(s);
	case RT_STEP_CANCEL:
		return RT_STEP_DO_KILL | give_up(s);
	case RT_STEP_ASK:
		return refuse(s, "a plan is being made; Ctrl-C stops it");
	default:
		return 0;
	}
}

static unsigned in_confirm(rt_step *s, const rt_step_event *ev)
{
	switch (ev->input) {
	case RT_STEP_YES:
		s->state = RT_STEP_RUN;
		s->interrupted = false;
		s->leaving = RT_STEP_STAYS;
		return RT_STEP_DO_START;
	case RT_STEP_NO:
	case RT_STEP_LEAVE:
		return RT_STEP_DO_CLOSE | give_up(s);
	case RT_STEP_ASK:
		return refuse(s, "a question is open; answer it first");
	default:
		return 0;
	}
}

/* The run is over; what was asked for meanwhile is done now, but nobody is
 * led away from a screen that must be read. */
static unsigned end_in(rt_step *s, rt_step_state state)
{
	bool well = state == RT_STEP_DONE || state == RT_STEP_CANCELLED;
	rt_step_leaving leaving = s->leaving;
	unsigned todo = RT_STEP_DO_CLOSE | RT_STEP_DO_SHOW;

	s->state = state;
	s->leaving = RT_STEP_STAYS;
	if (leaving == RT_STEP_ENDS || (leaving == RT_STEP_QUITS && well))
		return todo | RT_STEP_DO_QUIT;
	if (leaving == RT_STEP_SUSPENDS)
		todo |= RT_STEP_DO_SUSPEND;
	return todo | RT_STEP_DO_LOOK;
}

static rt_step_state end_of(const rt_step_event *ev)
{
	if (ev->code == RETORT_EUNCERTAIN)
		return RT_STEP_UNKNOWN;
	/* refused: an earlier run of it stopped half way */
	if (ev->single && (ev->stands || ev->code == RETORT_EREFUSED))
		return RT_STEP_PARTIAL;
	return ev->code == RETORT_ECANCELLED ? RT_STEP_CANCELLED
					     : RT_STEP_FAILED;
}

static unsigned interrupt(rt_step *s)
{
	if (s->interrupted)
		return RT_STEP_DO_ASK_DROP;
	s->interrupted = true;
	return RT_STEP_DO_INTERRUPT;
}

static unsigned leave_run(rt_step *s, rt_step_leaving leaving)
{
	bool again = s->interrupted;

	s->leaving = leaving;
	if (leaving == RT_STEP_SUSPENDS)
		return refuse(s, "a step is running: the shell comes when it "
				 "is over");
	if (leaving == RT_STEP_QUITS)
		return 0;
	s->interrupted = true;
	return again ? 0 : RT_STEP_DO_INTERRUPT;
}

/* Files and rows are read again; what was asked for stands. */
static unsigned plan_again(rt_step *s)
{
	if (s->leaving != RT_STEP_STAYS)
		return end_in(s, RT_STEP_CANCELLED);
	s->state = RT_STEP_PLAN;
	s->back = RT_STEP_IDLE;
	return RT_STEP_DO_CLOSE | RT_STEP_DO_TELL | RT_STEP_DO_RELOAD |
	       RT_STEP_DO_LOOK;
}

static unsigned in_run(rt_step *s, const rt_step_event *ev)
{
	switch (ev->input) {
	case RT_STEP_OVER:
		return end_in(s, RT_STEP_DONE);
	case RT_STEP_BROKE:
		return end_in(s, end_of(ev));
	case RT_STEP_DIED:
		return end_in(s, RT_STEP_UNKNOWN);
	case RT_STEP_CHANGED:
		return plan_again(s);
	case RT_STEP_CANCEL:
		return interrupt(s);
	case RT_STEP_DROP:
		return RT_STEP_DO_KILL | end_in(s, RT_STEP_UNKNOWN);
	case RT_STEP_QUIT:
		return RT_STEP_DO_ASK_QUIT;
	case RT_STEP_QUIT_AFTER:
		return leave_run(s, RT_STEP_QUITS);
	case RT_STEP_QUIT_CANCEL:
		return leave_run(s, RT_STEP_QUITS) |
		       (s->interrupted ? 0 : interrupt(s));
	case RT_STEP_SIGNAL:
		return leave_run(s, RT_STEP_ENDS);
	case RT_STEP_SUSPEND:
		return leave_run(s, RT_STEP_SUSPENDS);
	case RT_STEP_ASK:
	case RT_STEP_RETRY:
	case RT_STEP_RESUME:
	case RT_STEP_RESTART:
	case RT_STEP_STAMP:
	case RT_STEP_EDIT:
	case RT_STEP_LEAVE:
		return refuse(s, rt_step_busy(s));
	default:
		return 0;
	}
}

static unsigned ways_on(rt_step *s, const rt_step_event *ev)
{
	bool partial = s->state == RT_STEP_PARTIAL;
	bool edits = partial || s->state == RT_STEP_FAILED;

	switch (ev->input) {
	case RT_STEP_RETRY:
		if (partial)
			return refuse(s, "part of it stands: c goes on behind "
					 "it, a begins again, S stamps");
		if (s->state == RT_STEP_DONE || s->state == RT_STEP_IDLE)
			return refuse(s, "there is nothing to try again");
		return plan_behind(s) | RT_STEP_DO_RELOAD;
	case RT_STEP_RESUME:
	case RT_STEP_RESTART:
	case RT_STEP_STAMP:
		if (!partial)
			return refuse(s, "only a step that stands in part can "
					 "be gone on with, begun again or "
					 "stamped");
		return ask_way(s, ev->input == RT_STEP_RESUME
					  ? RT_STEP_WAY_RESUME
				  : ev->input == RT_STEP_RESTART
					  ? RT_STEP_WAY_RESTART
					  : RT_STEP_WAY_STAMP);
	case RT_STEP_EDIT:
		return edits ? RT_STEP_DO_EDIT
			     : refuse(s, "no file is at fault here");
	default:
		return 0;
	}
}

static unsigned at_rest(rt_step *s, const rt_step_event *ev)
{
	switch (ev->input) {
	case RT_STEP_ASK:
		return start_plan(s, RT_STEP_WAY_RUN);
	case RT_STEP_LOOKED:
	case RT_STEP_BLIND:
		return s->state == RT_STEP_IDLE ? 0 : RT_STEP_DO_SHOW;
	case RT_STEP_LEAVE:
		s->state = RT_STEP_IDLE;
		return RT_STEP_DO_HIDE;
	default:
		return ways_on(s, ev);
	}
}

unsigned rt_step_take(rt_step *s, const rt_step_event *ev)
{
	/* Where nothing runs, leaving is the console's own affair. */
	if (s->state != RT_STEP_RUN && ev->input == RT_STEP_SUSPEND)
		return RT_STEP_DO_SUSPEND;
	if (s->state != RT_STEP_RUN &&
	    (ev->input == RT_STEP_QUIT || ev->input == RT_STEP_SIGNAL))
		return RT_STEP_DO_QUIT;
	switch (s->state) {
	case RT_STEP_PLAN:
		return in_plan(s, ev);
	case RT_STEP_CONFIRM:
		return in_confirm(s, ev);
	case RT_STEP_RUN:
		return in_run(s, ev);
	default:
		return at_rest(s, ev);
	}
}

const char *rt_step_busy(const rt_step *s)
{
	if (s->state == RT_STEP_RUN)
		return "a step is running; Ctrl-C cancels it";
	return s->state == RT_STEP_PLAN ? "a step is being planned" : NULL;
}

const char *rt_step_word(rt_step_state state)
{
	static const char *const words[] = {
#define WORD(name, word) word,
		RT_STEP_STATES(WORD)
#undef WORD
	};

	return words[state];
}
