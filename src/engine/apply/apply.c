/* SPDX-License-Identifier: MIT */
/* The run as its caller sees it: begin, next, cancel, free. */
#include "config.h"

#include <poll.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/names.h"
#include "config/settings.h"
#include "engine/apply/run.h"
#include "engine/project/project.h"

static int (*const phases[])(retort_apply *run, retort_error *err) = {
	[RT_PHASE_LOCK] = rt_phase_lock,
	[RT_PHASE_PLAN] = rt_phase_plan,
	[RT_PHASE_STEP] = rt_phase_step,
	[RT_PHASE_ITEMS] = rt_phase_items,
	[RT_PHASE_BACKOFF] = rt_phase_backoff,
};

retort_event *rt_run_event(retort_apply *run, retort_event_kind kind,
			   size_t step)
{
	retort_event event;

	memset(&event, 0, sizeof(event));
	event.kind = kind;
	event.step_index = step;
	event.rows = -1;
	if (step < run->n) {
		event.step = retort_plan_step(run->plan, step);
		event.statements = rt_body_count(&run->bodies[step]);
	}
	rt_vec_push(&run->events, event);
	return &run->events.v[run->events.n - 1];
}

void rt_run_sleep(long ms)
{
	(void)poll(NULL, 0, (int)ms);
}

static void copy_request(retort_apply *run, const retort_plan_request *from)
{
	run->request = *from;
	run->request.targets = rt_names_copy(&run->arena, from->targets);
}

static int read_settings(retort_apply *run, retort_error *err)
{
	rt_settings *s = run->project->settings;
	const char *transaction;
	int rc;

	rc = rt_settings_get(s, "transaction", &transaction, err);
	if (!rc)
		rc = rt_settings_duration(s, "lock_timeout", &run->lock_timeout,
					  err);
	if (!rc)
		rc =
		    rt_settings_int(s, "lock_retries", &run->lock_retries, err);
	if (rc)
		return rc;
	/* A stamp is one deed however many rows it changes. */
	run->one = run->options.one_transaction ||
		   run->request.op == RETORT_OP_STAMP ||
		   (transaction && strcmp(transaction, "all") == 0);
	return 0;
}

int rt_apply_begin(retort_apply **out, retort_project *project,
		   retort_database *db, const retort_plan_request *request,
		   const retort_apply_options *options, const rt_source *source,
		   retort_error *err)
{
	static const retort_apply_options defaults = RETORT_APPLY_OPTIONS_INIT;
	retort_apply *run;
	int rc;

	if (request->offline)
		return rt_err_set(err, RETORT_EUSAGE,
				  "an offline request cannot be applied");
	rc = rt_database_wake(db, err);
	if (rc)
		return rc;
	run = rt_calloc(1, sizeof(*run));
	run->project = project;
	run->source = source;
	run->db = db;
	run->conn = db->conn;
	db->options.cancelled = &run->cancelled;
	run->options = options ? *options : defaults;
	run->sqlite = rt_conn_dialect(db->conn) == RETORT_DIALECT_SQLITE;
	run->lock_key = rt_vertab_lock_key(&db->place.vertab);
	run->holder = run->text = (rt_str)RT_STR_INIT;
	copy_request(run, request);
	rc = read_settings(run, err);
	if (!rc)
		rc = rt_run_plan(run, err);
	if (rc) {
		retort_apply_free(run);
		return rc;
	}
	run->phase = run->n || run->purge ? RT_PHASE_LOCK : RT_PHASE_OVER;
	*out = run;
	return 0;
}

int retort_apply_begin(retort_apply **out, retort_project *project,
		       retort_database *db, const retort_plan_request *request,
		       const retort_apply_options *options, retort_error *err)
{
	return rt_apply_begin(out, project, db, request, options, NULL, err);
}

static void end(retort_apply *run)
{
	run->phase = RT_PHASE_OVER;
	if (run->locked && run->db->conn)
		rt_conn_unlock(run->db->conn, run->lock_key);
	run->locked = false;
}

static bool take_event(retort_apply *run, retort_event *event)
{
	if (run->next_event == run->events.n)
		return false;
	*event = run->events.v[run->next_event++];
	if (run->next_event == run->events.n)
		run->next_event = run->events.n = 0;
	return true;
}

int retort_apply_next(retort_apply *run, retort_event *event, retort_error *err)
{
	int rc;

	for (;;) {
		if (take_event(run, event))
			return 1;
		if (run->failure.code) {
			rc = run->failure.code;
			rt_err_move(err, &run->failure);
			return rc;
		}
		if (run->phase == RT_PHASE_OVER)
			return 0;
		rc = phases[run->phase](run, &run->failure);
		if (rc < 0 || run->phase == RT_PHASE_OVER)
			end(run);
	}
}

void retort_apply_cancel(retort_apply *run)
{
	rt_conn *conn = run->conn;

	run->cancelled = 1;
	if (conn)
		rt_conn_cancel(conn);
}

const retort_plan *retort_apply_plan(const retort_apply *run)
{
	return run->plan;
}

size_t retort_apply_done(const retort_apply *run)
{
	return run->done;
}

/* Ends a batch that nobody waits for any more. */
static void drain(retort_apply *run)
{
	rt_answer answer;

	if (!run->db->conn || !run->db->conn->in_batch)
		return;
	rt_conn_cancel(run->db->conn);
	while (rt_conn_receive(run->db->conn, -1, &answer, NULL) == 1)
		;
}

void retort_apply_free(retort_apply *run)
{
	if (!run)
		return;
	drain(run);
	rt_run_rollback(run);
	end(run);
	rt_run_forget_plan(run);
	rt_items_clear(run);
	rt_vec_free(&run->items);
	rt_vec_free(&run->batch);
	rt_vec_free(&run->rows);
	rt_vec_free(&run->events);
	rt_str_free(&run->holder);
	rt_str_free(&run->text);
	retort_error_dispose(&run->failure);
	rt_arena_free(&run->arena);
	run->db->options.cancelled = run->project->cancelled;
	free(run);
}
