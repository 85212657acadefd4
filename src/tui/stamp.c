/* SPDX-License-Identifier: MIT */
/* Stamp: say in the version table that the selected revision is applied. */
#include "config.h"

#include <stdlib.h>

#include <retort/apply.h>

#include "base/alloc.h"
#include "tui/console.h"
#include "tui/write.h"
#include "ui/dbname.h"

/* Messages of the child. */
enum { TAG_DONE = 'd', TAG_ERROR = 'e' };

static retort_plan_request request_for(const char *const *id)
{
	retort_plan_request r = RETORT_PLAN_REQUEST_INIT;

	r.op = RETORT_OP_STAMP;
	r.targets = (retort_names){ id, 1 };
	return r;
}

/* --- in the child -------------------------------------------------------- */

static int carry_out(rt_console *c, retort_database **db, retort_apply **run,
		     retort_error *err)
{
	const char *id = c->stamp_id;
	retort_plan_request r = request_for(&id);
	retort_event event;
	int rc = retort_database_open(db, c->project, true, err);

	if (!rc)
		rc = retort_apply_begin(run, c->project, *db, &r, NULL, err);
	while (rc == 0 && (rc = retort_apply_next(*run, &event, err)) > 0)
		rc = 0;
	return rc;
}

static void stamp_work(void *self, rt_job_out *out)
{
	retort_database *db = NULL;
	retort_apply *run = NULL;
	retort_error err = RETORT_ERROR_INIT;

	if (carry_out(self, &db, &run, &err))
		rt_job_send_error(out, TAG_ERROR, &err);
	else
		rt_job_send(out, TAG_DONE, RT_SV(""));
	retort_apply_free(run);
	retort_database_close(db);
	retort_error_dispose(&err);
}

/* --- in the console ------------------------------------------------------ */

static void stamp_message(void *self, char tag, rt_sv bytes)
{
	rt_console *c = self;
	retort_error err = RETORT_ERROR_INIT;

	if (tag == TAG_DONE) {
		rt_console_say(c, RT_LEVEL_INFO,
			       "stamped %s; no SQL of a revision ran",
			       c->stamp_id);
		return;
	}
	rt_job_take_error(bytes, &err);
	rt_console_error(c, &err);
	retort_error_dispose(&err);
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
