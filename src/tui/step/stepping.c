/* SPDX-License-Identifier: MIT */
/* What the machine of step.h says, done. */
#include "config.h"

#include "tui/step/stepping.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tui/write.h"
#include "ui/dbname.h"

enum { NARROW = 100 }; /* columns under which a report takes the screen */

static rt_stepping *stepping_of(const rt_console *c)
{
	return c->views[RT_VIEW_STEP].state;
}

const char *rt_stepping_word(const rt_console *c, const retort_revision *rev,
			     bool *runs)
{
	static const char *const words[RT_STEP_STATE_COUNT] = {
		[RT_STEP_RUN] = "running",
		[RT_STEP_FAILED] = "failed",
		[RT_STEP_PARTIAL] = "partly applied",
		[RT_STEP_UNKNOWN] = "outcome unknown",
	};
	const rt_stepping *s = stepping_of(c);
	const rt_plan_step *step = rt_step_plan_current(&s->plan);

	*runs = s->machine.state == RT_STEP_RUN;
	if (!step || strcmp(step->revision, rev->id) != 0)
		return NULL;
	return words[s->machine.state];
}

/* --- questions ----------------------------------------------------------- */

static void open_dialog(rt_stepping *s, rt_dialog_kind kind,
			const char *title, const char *text, const char *yes,
			void (*answered)(void *, rt_answer, size_t))
{
	rt_dialog *d = &s->console->dialog;

	rt_dialog_close(d);
	rt_dialog_open(d, kind, title, text);
	rt_dialog_set_yes(d, yes);
	d->danger = kind == RT_DIALOG_TYPED;
	d->answered = answered;
	d->self = s;
	s->asks = true;
	rt_loop_dirty(s->console->loop);
}

static void close_dialog(rt_stepping *s)
{
	if (s->asks)
		rt_dialog_close(&s->console->dialog);
	s->asks = false;
}

static void confirmed(void *self, rt_answer answer, size_t choice)
{
	rt_stepping *s = self;

	(void)choice;
	s->asks = false;
	rt_console_say(s->console, RT_LEVEL_INFO,
		       answer == RT_ANSWER_YES ? "confirmed"
					       : "nothing was run");
	rt_stepping_input(s, answer == RT_ANSWER_YES ? RT_STEP_YES
						     : RT_STEP_NO);
}

rt_step_report rt_stepping_report(const rt_stepping *s)
{
	return (rt_step_report){
		.machine = &s->machine,
		.plan = s->machine.state == RT_STEP_CONFIRM &&
					s->machine.way == RT_STEP_WAY_STAMP
				? &s->stamp
				: &s->plan,
		.error = &s->error,
		.waits = s->waits.p,
		.running = rt_clock_ticks() - s->began,
		.now = s->now.p,
		.journal = s->journal.p,
		.blind = s->blind.p,
		.dialect = retort_project_dialect(s->console->project),
	};
}

static void ask(rt_stepping *s, bool by_name)
{
	retort_project *project = s->console->project;
	rt_step_report r = rt_stepping_report(s);
	rt_sv name = rt_dbname(project);
	rt_str text = RT_STR_INIT, yes = RT_STR_INIT, title = RT_STR_INIT;

	rt_step_report_ask(&r, retort_project_url_shown(project),
			   retort_project_is_protected(project), &text);
	if (by_name)
		rt_str_addsv(&yes, name);
	else
		rt_str_add(&yes, retort_op_name(r.plan->op));
	rt_str_addf(&title, "%s %.*s?", retort_op_name(r.plan->op),
		    (int)name.n, name.p);
	open_dialog(s, by_name ? RT_DIALOG_TYPED : RT_DIALOG_CONFIRM, title.p,
		    text.p, yes.p, confirmed);
	rt_str_free(&title);
	rt_str_free(&text);
	rt_str_free(&yes);
}

static void drop_answered(void *self, rt_answer answer, size_t choice)
{
	rt_stepping *s = self;

	(void)choice;
	s->asks = false;
	if (answer != RT_ANSWER_YES)
		return;
	rt_console_say(s->console, RT_LEVEL_WARNING,
		       "the connection was dropped: the outcome is unknown");
	rt_step_plan_broke(&s->plan, false);
	rt_stepping_input(s, RT_STEP_DROP);
}

static void ask_drop(rt_stepping *s)
{
	open_dialog(s, RT_DIALOG_CONFIRM, "Drop the connection?",
		    "The server was asked to cancel and has not answered yet."
		    "\nWithout the connection nobody hears what comes of it:\n"
		    "the server takes back what is open when it notices.\n",
		    "drop", drop_answered);
}

static void quit_answered(void *self, rt_answer answer, size_t choice)
{
	rt_stepping *s = self;

	s->asks = false;
	if (answer != RT_ANSWER_YES || choice == 0)
		return;
	rt_stepping_input(s, choice == 1 ? RT_STEP_QUIT_AFTER
					 : RT_STEP_QUIT_CANCEL);
	if (s->machine.state == RT_STEP_RUN)
		rt_console_say(s->console, RT_LEVEL_INFO,
			       "the console ends when the step has");
}

static void ask_quit(rt_stepping *s)
{
	rt_dialog *d = &s->console->dialog;

	open_dialog(s, RT_DIALOG_CHOOSE, "A step is running", "", "",
		    quit_answered);
	rt_dialog_add_choice(d, "stay");
	rt_dialog_add_choice(d, "leave when it is over");
	rt_dialog_add_choice(d, "cancel it, then leave");
}

/* --- planning ------------------------------------------------------------ */

static void log_plan(rt_stepping *s)
{
	rt_str line = RT_STR_INIT;
	size_t i;

	for (i = 0; i < s->plan.n; i++)
		rt_str_addf(&line, "%splan: %s %s, %zu statement%s, %s",
			    i ? "\n" : "", retort_op_name(s->plan.op),
			    s->plan.steps[i].revision, s->plan.steps[i].n,
			    s->plan.steps[i].n == 1 ? "" : "s",
			    s->plan.steps[i].transaction
				    ? "one transaction"
				    : "no transaction");
	rt_log_add(&s->console->log, RT_LEVEL_INFO, rt_clock_now(NULL),
		   line.p);
	rt_console_changed(s->console, RT_CHANGED_LOG);
	rt_str_free(&line);
}

static void show_pane(rt_stepping *s)
{
	rt_console *c = s->console;

	c->other = RT_VIEW_STEP;
	if (c->focus == RT_VIEW_HELP || c->focus == RT_VIEW_SQL)
		c->focus = RT_VIEW_GRAPH;
	s->stale = s->follow = true;
	rt_console_arrange(c);
}

static bool is_careful(const rt_stepping *s)
{
	return retort_project_is_protected(s->console->project) ||
	       rt_step_plan_is_single(&s->plan) ||
	       rt_step_plan_loses(&s->plan);
}

static void make_plan(rt_stepping *s)
{
	rt_console *c = s->console;
	retort_error err = RETORT_ERROR_INIT;
	rt_step_event ev = { RT_STEP_NOTHING, false, 0, false, 0 };

	if (!c->graph)
		rt_console_error(c, &c->graph_error);
	if (!c->graph || (!s->target && !rt_stepping_pick(s))) {
		if (!s->asks)
			rt_stepping_feed(s, &ev);
		return;
	}
	rt_step_plan_free(&s->plan);
	if (rt_step_plan_make(&s->plan, c->project, c->graph, s->op,
			      s->target, rt_model_rows(&c->model), &err)) {
		rt_console_error(c, &err);
	} else if (!s->plan.n) {
		rt_console_say(c, RT_LEVEL_INFO,
			       "already at %s; nothing to do", s->plan.after);
	} else {
		retort_error_dispose(&s->error);
		log_plan(s);
		show_pane(s);
		ev.input = RT_STEP_PLANNED;
		ev.careful = is_careful(s);
	}
	retort_error_dispose(&err);
	rt_stepping_feed(s, &ev);
}

/* --- ends ---------------------------------------------------------------- */

static void hide(rt_stepping *s)
{
	rt_console *c = s->console;

	if (c->other == RT_VIEW_STEP)
		c->other = RT_VIEW_SQL;
	if (c->focus == RT_VIEW_STEP)
		c->focus = RT_VIEW_GRAPH;
	c->maximised = false;
	rt_console_arrange(c);
}

/* A report wants to be read: it gets the keys, and room. */
static void show_end(rt_stepping *s)
{
	rt_console *c = s->console;
	const retort_revision *next;

	s->stale = s->follow = true;
	rt_loop_dirty(c->loop);
	if (s->machine.state != RT_STEP_DONE) {
		c->maximised = c->maximised || c->cols < NARROW;
		rt_console_focus(c, RT_VIEW_STEP);
		return;
	}
	if (!s->now.n)
		return; /* not looked yet */
	next = rt_stepping_next(s);
	if (next)
		rt_console_select(c, next);
	rt_console_say(c, RT_LEVEL_INFO,
		       "%s done; the database is at %s%s",
		       retort_op_name(s->plan.op), s->now.p,
		       c->model.pending ? "; U takes the next one" : "");
}

static void edit(rt_stepping *s)
{
	rt_console *c = s->console;
	retort_error err = RETORT_ERROR_INIT;
	const char *file = retort_error_get(&s->error, RETORT_ERROR_FILE);
	const rt_plan_step *step = rt_step_plan_current(&s->plan);
	char *path = rt_strdup(file ? file : step ? step->path : "");
	int line = file ? s->error.line : 0, rc = 0;

	if (*path)
		rc = rt_console_lend(c, path, line, &err);
	else
		rt_console_say(c, RT_LEVEL_WARNING, "it has no file");
	if (rc)
		rt_console_error(c, &err);
	rt_console_load(c);
	rt_console_arrange(c);
	if (*path && !rc && s->machine.state == RT_STEP_FAILED)
		rt_stepping_input(s, RT_STEP_RETRY);
	retort_error_dispose(&err);
	free(path);
}

/* --- doing --------------------------------------------------------------- */

static void ask_by_name(rt_stepping *s)
{
	if (s->machine.way == RT_STEP_WAY_STAMP &&
	    !rt_stepping_plan_stamp(s))
		rt_stepping_input(s, RT_STEP_NO);
	else
		ask(s, true);
}

static void do_last(rt_stepping *s, unsigned todo)
{
	if (todo & RT_STEP_DO_EDIT)
		edit(s);
	if (todo & RT_STEP_DO_SHOW)
		show_end(s);
	if (todo & RT_STEP_DO_HIDE)
		hide(s);
	if (todo & RT_STEP_DO_LOOK)
		rt_stepping_look(s);
	if (todo & RT_STEP_DO_SUSPEND)
		rt_console_suspend(s->console); /* the action asks us */
	if (todo & RT_STEP_DO_QUIT)
		rt_loop_quit(s->console->loop);
}

static void perform(rt_stepping *s, unsigned todo)
{
	rt_console *c = s->console;

	if (todo & RT_STEP_DO_REFUSE)
		rt_console_say(c, RT_LEVEL_WARNING, "%s", s->machine.reason);
	if (todo & RT_STEP_DO_CLOSE)
		close_dialog(s);
	if (todo & RT_STEP_DO_KILL)
		rt_stepping_stop(s);
	if (todo & RT_STEP_DO_TELL)
		rt_console_say(c, RT_LEVEL_WARNING,
			       "files or version rows have changed since the "
			       "plan was made: it is planned again");
	if (todo & RT_STEP_DO_RELOAD)
		rt_console_load(c);
	if (todo & RT_STEP_DO_ASK)
		ask(s, false);
	if (todo & RT_STEP_DO_INTERRUPT) {
		rt_console_say(c, RT_LEVEL_WARNING,
			       "asked the server to cancel; Ctrl-C again "
			       "offers to drop the connection");
		if (s->ready)
			rt_job_signal(s->job, SIGINT);
	}
	if (todo & RT_STEP_DO_ASK_DROP)
		ask_drop(s);
	if (todo & RT_STEP_DO_ASK_QUIT)
		ask_quit(s);
	do_last(s, todo);
	/* these end in events of their own */
	if (todo & RT_STEP_DO_PLAN)
		make_plan(s);
	else if (todo & RT_STEP_DO_ASK_NAME)
		ask_by_name(s);
	else if (todo & RT_STEP_DO_START)
		rt_stepping_start(s);
}

void rt_stepping_feed(rt_stepping *s, const rt_step_event *event)
{
	s->stale = true;
	rt_loop_dirty(s->console->loop);
	perform(s, rt_step_take(&s->machine, event));
}

void rt_stepping_input(rt_stepping *s, rt_step_input input)
{
	rt_stepping_feed(s, &(rt_step_event){ input, false, 0, false, 0 });
}

/* --- what the user asks for ---------------------------------------------- */

void rt_stepping_ask(rt_console *c, retort_op op, rt_sv target)
{
	rt_stepping *s = stepping_of(c);

	if (s->machine.state != RT_STEP_PLAN &&
	    s->machine.state != RT_STEP_CONFIRM &&
	    s->machine.state != RT_STEP_RUN) {
		s->op = op;
		free(s->target);
		free(s->origin);
		s->target = target.n ? rt_strndup(target.p, target.n) : NULL;
		s->origin = c->selected ? rt_strdup(c->selected->id) : NULL;
	}
	rt_stepping_input(s, RT_STEP_ASK);
}

static bool to_input(rt_action action, rt_step_input *input)
{
	static const struct {
		rt_action action;
		rt_step_input input;
	} map[] = {
		{ RT_ACTION_STEP_EDIT, RT_STEP_EDIT },
		{ RT_ACTION_STEP_RETRY, RT_STEP_RETRY },
		{ RT_ACTION_STEP_RESUME, RT_STEP_RESUME },
		{ RT_ACTION_STEP_RESTART, RT_STEP_RESTART },
		{ RT_ACTION_STEP_STAMP, RT_STEP_STAMP },
	};
	size_t i;

	for (i = 0; i < sizeof(map) / sizeof(map[0]); i++) {
		if (map[i].action != action)
			continue;
		*input = map[i].input;
		return true;
	}
	return false;
}

bool rt_stepping_action(rt_console *c, rt_action action)
{
	rt_stepping *s = stepping_of(c);
	rt_step_input input;

	if (action == RT_ACTION_UPGRADE || action == RT_ACTION_DOWNGRADE)
		rt_stepping_ask(c, action == RT_ACTION_UPGRADE
					   ? RETORT_OP_UPGRADE
					   : RETORT_OP_DOWNGRADE,
				RT_SV(""));
	else if (to_input(action, &input))
		rt_stepping_input(s, input);
	else if (!rt_step_busy(&s->machine))
		return false;
	else if (action == RT_ACTION_CANCEL)
		rt_stepping_input(s, RT_STEP_CANCEL);
	else if (action == RT_ACTION_QUIT)
		rt_stepping_input(s, RT_STEP_QUIT);
	else if (action == RT_ACTION_SUSPEND)
		rt_stepping_input(s, RT_STEP_SUSPEND);
	else
		return false;
	return true;
}

bool rt_stepping_signal(rt_console *c)
{
	rt_stepping *s = stepping_of(c);

	if (s->machine.state != RT_STEP_RUN)
		return true;
	rt_stepping_input(s, RT_STEP_SIGNAL);
	return false;
}

bool rt_stepping_may_write(rt_console *c)
{
	const char *why = rt_step_busy(&stepping_of(c)->machine);

	if (why)
		rt_console_say(c, RT_LEVEL_WARNING, "%s", why);
	return !why;
}
