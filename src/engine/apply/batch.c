/* SPDX-License-Identifier: MIT */
/* Items to the connection, answers back. */
#include "config.h"

#include "base/clock.h"
#include "base/err.h"
#include "engine/apply/run.h"

enum { SLOW = 1000 }; /* ms after which one asks who is in the way */

static void announce(retort_apply *run, size_t i)
{
	const rt_item *item = &run->items.v[i];

	if (!item->begins_step)
		return;
	run->step_began = rt_clock_ticks();
	rt_run_event(run, RETORT_EVENT_STEP, item->step);
}

/* Hands the next batch over: all that is left, or one. */
/* Whether the batch runs anything of the revision's own. */
static bool has_user_item(const retort_apply *run)
{
	size_t i;

	for (i = 0; i < run->sent; i++)
		if (run->items.v[run->first + i].kind == RT_ITEM_USER)
			return true;
	return false;
}

static int send(retort_apply *run, retort_error *err)
{
	size_t i;
	int rc;

	run->first += run->sent;
	run->sent = run->whole ? run->items.n - run->first : 1;
	run->answered = run->first;
	run->batch.n = 0;
	for (i = 0; i < run->sent; i++)
		rt_vec_push(&run->batch, run->items.v[run->first + i].batch);
	announce(run, run->first);
	run->statement_began = rt_clock_ticks();
	rc = rt_conn_send(run->db->conn, run->batch.v, run->batch.n, err);
	if (rc)
		return rt_run_failed(run, &run->items.v[run->first], err);
	/* A cancel that came before the driver had anything to stop. */
	if (run->cancelled && has_user_item(run))
		rt_conn_cancel(run->db->conn);
	return 0;
}

void rt_run_committed(retort_apply *run)
{
	if (run->purge)
		run->rows.n = 0;
	run->purge = false;
	for (; run->held; run->held--) {
		rt_ids_step(&run->rows, retort_plan_step(run->plan, run->done));
		rt_run_event(run, RETORT_EVENT_STEP_DONE, run->done)
		    ->milliseconds = run->bodies[run->done].milliseconds;
		run->done++;
	}
	run->open = false;
	run->tries = 0;
	run->committed = run->now;
}

static void commit_answered(retort_apply *run, const rt_item *item)
{
	/* Only a transaction:false step commits before it ends: its row in
	 * the journal, and what it runs between statements that stand
	 * alone. */
	run->noted = !run->held && item->step < run->n &&
		     run->db->place.journal_on;
	rt_run_committed(run);
}

static void statement_done(retort_apply *run, const rt_item *item,
			   const rt_answer *answer)
{
	retort_event *event =
	    rt_run_event(run, RETORT_EVENT_STATEMENT, item->step);

	event->statement = item->statement + 1;
	event->sql = item->batch.sql.p;
	event->sql_length = item->batch.sql.n;
	event->rows = answer->affected;
	event->milliseconds = answer->milliseconds;
}

static int row_lost(retort_apply *run, const rt_item *item, long long found,
		    retort_error *err)
{
	const retort_row_change *c = item->change;
	rt_str what = RT_STR_INIT;
	int rc;

	if (c->kind == RETORT_ROW_DELETE)
		rt_str_addf(&what, "deleting '%s'", c->old_id);
	else
		rt_str_addf(&what, "updating '%s' to '%s'", c->old_id,
			    c->new_id);
	rc = rt_err_set(err, RETORT_ESTATE,
			"online migration expected to match one row when %s "
			"in '%s'; %lld found",
			what.p, run->db->place.vertab.table, found);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "somebody else changes the version table: see what "
		     "`retort current` says, then run again");
	rt_str_free(&what);
	return rc;
}

/* The answers behind a bad row are taken, so that the batch ends. */
static void drain(retort_apply *run)
{
	rt_answer answer;

	while (rt_conn_receive(run->db->conn, -1, &answer, NULL) == 1)
		;
}

static int broken_transaction(const retort_apply *run, const rt_item *item,
			      retort_error *err)
{
	int rc;

	if (item->kind != RT_ITEM_USER || !run->open ||
	    rt_conn_in_transaction(run->db->conn))
		return 0;
	rc = rt_err_set(err, RETORT_EREFUSED,
			"the statement ended retort's transaction");
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "mark the section transaction:false");
	return rc;
}

static int take(retort_apply *run, const rt_answer *answer, retort_error *err)
{
	size_t i = run->first + answer->item;
	const rt_item *item = &run->items.v[i];
	int rc = 0;

	run->answered = i + 1;
	run->statement_began = rt_clock_ticks();
	if (item->ends_step) {
		run->bodies[item->step].milliseconds =
		    run->statement_began - run->step_began;
		run->held++;
	}
	if (item->kind == RT_ITEM_BEGIN)
		run->open = true;
	else if (item->kind == RT_ITEM_COMMIT)
		commit_answered(run, item);
	else if (item->kind == RT_ITEM_USER)
		statement_done(run, item, answer);
	if (item->one_row && answer->affected != 1)
		rc = row_lost(run, item, answer->affected, err);
	if (!rc && run->sent == 1)
		rc = broken_transaction(run, item, err);
	if (rc) {
		drain(run);
		return rt_run_failed(run, item, err);
	}
	if (answer->item + 1 < run->sent)
		announce(run, i + 1);
	return 0;
}

/* Nothing for `tick` ms: say so, and after a while why. */
static int still_running(retort_apply *run)
{
	retort_event *event;
	size_t i;

	rt_str_clear(&run->text);
	if (rt_clock_ticks() - run->statement_began >= SLOW &&
	    rt_conn_blockers(run->db->conn, &run->text, NULL))
		rt_str_clear(&run->text);
	for (i = 0; i < run->text.n; i++) /* one line each, and we have one */
		if (run->text.p[i] == '\n')
			run->text.p[i] = ';';
	event = rt_run_event(run, RETORT_EVENT_RUNNING,
			     run->items.v[run->items.n - 1].step);
	event->milliseconds = rt_clock_ticks() - run->statement_began;
	event->text = run->text.n ? run->text.p : NULL;
	return 0;
}

int rt_phase_items(retort_apply *run, retort_error *err)
{
	int wait = run->options.tick ? (int)run->options.tick : -1;
	rt_answer answer;
	int rc;

	if (!run->db->conn->in_batch) {
		if (run->first + run->sent == run->items.n) {
			rt_items_clear(run);
			run->phase = RT_PHASE_STEP;
			return 0;
		}
		if (run->cancelled && run->sent) {
			rc = rt_err_set(err, RETORT_ECANCELLED, "cancelled");
			return rt_run_failed(run, &run->items.v[run->answered],
					     err);
		}
		return send(run, err);
	}
	rc = rt_conn_receive(run->db->conn, wait, &answer, err);
	if (rc == 1)
		return take(run, &answer, err);
	if (rc == 2)
		return still_running(run);
	if (rc < 0)
		return rt_run_failed(
		    run,
		    &run->items.v[run->first + run->db->conn->failure.item],
		    err);
	return 0;
}
