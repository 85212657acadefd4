/* SPDX-License-Identifier: MIT */
/* Stamp: say in the version table that the selected revision is applied. */
#include "config.h"

#include <signal.h>
#include <stdlib.h>

#include <retort/apply.h>

#include "base/alloc.h"
#include "base/err.h"
#include "tui/console.h"
#include "tui/term/signal.h"
#include "tui/write.h"
#include "ui/dbname.h"

/* Messages of the child. */
enum {
	TAG_READY = 'b', /* SIGINT cancels from now on */
	TAG_WAITS = 'w', /* for whom */
	TAG_DONE = 'd',
	TAG_ERROR = 'e'
};

static retort_plan_request request_for(const char *const *id)
{
	retort_plan_request r = RETORT_PLAN_REQUEST_INIT;

	r.op = RETORT_OP_STAMP;
	r.targets = (retort_names){ id, 1 };
	return r;
}

/* --- in the child -------------------------------------------------------- */

struct run {
	retort_database *db;
	retort_apply *volatile apply; /* for the signal handler */
	volatile bool cancelled;
};

static void on_interrupt(void *self)
{
	struct run *r = self;

	r->cancelled = true;
	if (r->apply)
		retort_apply_cancel(r->apply);
}

static int carry_out(const rt_console *c, struct run *r, rt_job_out *out,
		     retort_error *err)
{
	const char *id = c->stamp_id;
	retort_apply_options options = RETORT_APPLY_OPTIONS_INIT;
	retort_plan_request request = request_for(&id);
	retort_apply *apply = NULL;
	retort_event event;
	int rc = retort_database_open(&r->db, c->project, true, err);

	if (!rc)
		rc = retort_apply_begin(&apply, c->project, r->db, &request,
					&options, err);
	r->apply = apply;
	if (!rc && r->cancelled)
		rc = rt_err_set(err, RETORT_ECANCELLED, "cancelled");
	while (!rc && (rc = retort_apply_next(apply, &event, err)) > 0) {
		rc = 0;
		if (event.kind == RETORT_EVENT_WAITING)
			rt_job_send(out, TAG_WAITS, rt_sv_from(event.text));
	}
	return rc;
}

static void stamp_work(void *self, rt_job_out *out)
{
	struct run r = { NULL, NULL, false };
	retort_error err = RETORT_ERROR_INIT;

	rt_signal_on_interrupt(on_interrupt, &r);
	rt_job_send(out, TAG_READY, RT_SV(""));
	if (carry_out(self, &r, out, &err))
		rt_job_send_error(out, TAG_ERROR, &err);
	else
		rt_job_send(out, TAG_DONE, RT_SV(""));
	rt_signal_on_interrupt(NULL, NULL);
	retort_apply_free(r.apply);
	retort_database_close(r.db);
	retort_error_dispose(&err);
}

/* --- in the console ------------------------------------------------------ */

static void take_ready(rt_console *c)
{
	c->stamp_ready = true;
	if (c->stamp_cancelled)
		rt_job_signal(c->stamping, SIGINT);
}

static void take_error(rt_console *c, rt_sv bytes)
{
	retort_error err = RETORT_ERROR_INIT;

	rt_job_take_error(bytes, &err);
	if (err.code == RETORT_ECANCELLED)
		rt_console_say(c, RT_LEVEL_WARNING,
			       "the stamp of %s was cancelled", c->stamp_id);
	else
		rt_console_error(c, &err);
	retort_error_dispose(&err);
}

static void stamp_message(void *self, char tag, rt_sv bytes)
{
	rt_console *c = self;

	if (tag == TAG_READY)
		take_ready(c);
	else if (tag == TAG_WAITS && bytes.n)
		rt_console_say(c, RT_LEVEL_WARNING,
			       "the stamp waits: %.*s; Ctrl-C cancels",
			       (int)bytes.n, bytes.p);
	else if (tag == TAG_DONE)
		rt_console_say(c, RT_LEVEL_INFO,
			       "stamped %s; no SQL of a revision ran",
			       c->stamp_id);
	else if (tag == TAG_ERROR)
		take_error(c, bytes);
}

/* Before it is ready to hear it, the cancel is kept. */
bool rt_console_stamp_cancel(rt_console *c)
{
	if (!c->stamping)
		return false;
	if (c->stamp_ready)
		rt_job_signal(c->stamping, SIGINT);
	c->stamp_cancelled = true;
	rt_console_say(c, RT_LEVEL_INFO, "cancelling the stamp");
	return true;
}

/* What the database holds now is read from it, never assumed. */
static void stamp_done(void *self, bool finished)
{
	rt_console *c = self;

	c->stamping = NULL;
	if (!finished)
		rt_console_say(c, RT_LEVEL_ERROR,
			       "the stamp ended too early; see where the "
			       "database stands");
	rt_console_ask_database(c);
}

static void answered(void *self, rt_answer answer, size_t choice)
{
	static const rt_job_ops ops = { stamp_work, stamp_message,
					stamp_done };
	rt_console *c = self;
	retort_error err = RETORT_ERROR_INIT;

	(void)choice;
	if (answer != RT_ANSWER_YES)
		return;
	c->stamp_ready = c->stamp_cancelled = false;
	if (rt_job_start(&c->stamping, c->loop, &ops, c, &err))
		rt_console_error(c, &err);
	retort_error_dispose(&err);
}

static void add_rows(rt_str *out, const char *what, retort_names rows)
{
	size_t i;

	rt_str_add(out, what);
	for (i = 0; i < rows.n; i++)
		rt_str_addf(out, "%s%s", i ? ", " : "", rows.v[i]);
	rt_str_add(out, rows.n ? "\n" : "nothing\n");
}

/* Why it cannot be done now; NULL if it can. */
static const char *why_not(const rt_console *c)
{
	if (!c->selected)
		return "no revision is selected";
	if (c->stamping)
		return "a stamp is running";
	if (!c->model.answered)
		return "the database has not answered; R asks it again";
	return NULL;
}

static void ask(rt_console *c, const retort_plan *plan)
{
	bool protected = retort_project_is_protected(c->project);
	rt_sv name = rt_dbname(c->project);
	rt_str text = RT_STR_INIT, yes = RT_STR_INIT;

	rt_str_addf(&text, "%s\n\n", retort_project_url_shown(c->project));
	add_rows(&text, "version rows now: ", retort_plan_rows_before(plan));
	add_rows(&text, "afterwards:       ", retort_plan_rows_after(plan));
	rt_str_add(&text, "\nNo SQL runs: the database must have this "
			  "schema already.\n");
	if (protected)
		rt_str_addsv(&yes, name);
	else
		rt_str_add(&yes, c->stamp_id);
	rt_dialog_open(&c->dialog, RT_DIALOG_TYPED, "STAMP", text.p);
	rt_dialog_set_yes(&c->dialog, yes.p);
	c->dialog.danger = true;
	c->dialog.answered = answered;
	c->dialog.self = c;
	rt_str_free(&text);
	rt_str_free(&yes);
}

void rt_console_stamp(rt_console *c)
{
	const char *why = why_not(c), *id;
	retort_error err = RETORT_ERROR_INIT;
	retort_plan *plan = NULL;
	retort_plan_request r;

	if (why) {
		rt_console_say(c, RT_LEVEL_WARNING, "%s", why);
		return;
	}
	free(c->stamp_id);
	c->stamp_id = rt_strdup(c->selected->id);
	id = c->stamp_id;
	r = request_for(&id);
	r.rows = rt_model_rows(&c->model);
	if (retort_plan_make(&plan, c->graph, &r, &err))
		rt_console_error(c, &err);
	else if (!retort_plan_count(plan))
		rt_console_say(c, RT_LEVEL_INFO,
			       "the database is stamped with %s already", id);
	else
		ask(c, plan);
	retort_plan_free(plan);
	retort_error_dispose(&err);
}
