/* SPDX-License-Identifier: MIT */
/* Waiting: for the run lock, and before another try. */
#include "config.h"

#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "engine/apply/run.h"

enum {
	POLL_MIN = 20, /* ms between two tries to take the lock */
	POLL_MAX = 1000,
	SHOW_EVERY = 5000 /* ms between two reports of the same holder */
};

static int cancelled(retort_apply *run, retort_error *err)
{
	int rc = rt_err_set(err, RETORT_ECANCELLED, "cancelled");

	rt_run_state(run, err);
	return rc;
}

static int give_up(retort_apply *run, retort_error *err)
{
	int rc;

	rc = rt_err_set(err, RETORT_ELOCKED,
			"another run holds the database: %s", run->holder.p);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "run again when it is over, or raise lock_timeout (%ld "
		     "ms)",
		     run->lock_timeout);
	rt_run_state(run, err);
	return rc;
}

/* Tell who holds the lock: at once, when it changes, and now and then. */
static void show_holder(retort_apply *run, rt_str *holder, double now)
{
	double every = SHOW_EVERY;

	if (run->options.tick && run->options.tick < every)
		every = run->options.tick;
	if (strcmp(holder->p, run->holder.p) == 0 && run->wait_shown > 0 &&
	    now - run->wait_shown < every)
		return;
	rt_str_clear(&run->holder);
	rt_str_addsv(&run->holder, rt_str_sv(holder));
	run->wait_shown = now;
	rt_run_event(run, RETORT_EVENT_WAITING, run->n)->text = run->holder.p;
}

static void wait_a_little(retort_apply *run, double now)
{
	long left = run->lock_timeout - (long)(now - run->wait_began);
	long ms;

	run->wait = run->wait ? run->wait * 2 : POLL_MIN;
	if (run->wait > POLL_MAX)
		run->wait = POLL_MAX;
	ms = run->wait;
	if (run->lock_timeout > 0 && left < ms)
		ms = left > 0 ? left : 0;
	if (run->options.tick && (long)run->options.tick < ms)
		ms = (long)run->options.tick;
	rt_run_sleep(ms);
}

int rt_phase_lock(retort_apply *run, retort_error *err)
{
	rt_str holder = RT_STR_INIT;
	double now = rt_clock_ticks();
	int rc;

	if (run->cancelled)
		return cancelled(run, err);
	/* The last call showed the holder; now it is time to wait. */
	if (run->wait_shown > 0)
		wait_a_little(run, now);
	else
		run->wait_began = now;
	rc = rt_conn_lock(run->db->conn, run->lock_key, &holder, err);
	now = rt_clock_ticks();
	if (rc == 1) {
		run->locked = true;
		run->phase = RT_PHASE_PLAN;
		rc = 0;
	} else if (rc == 0) {
		show_holder(run, &holder, now);
		if (run->lock_timeout > 0 &&
		    now - run->wait_began >= (double)run->lock_timeout)
			rc = give_up(run, err);
	} else {
		rt_run_state(run, err);
	}
	rt_str_free(&holder);
	return rc;
}

/*
 * The lock is held: nobody else moves the rows any more.  What they are now
 * decides; whoever held the lock before may have done the work.
 */
int rt_phase_plan(retort_apply *run, retort_error *err)
{
	int rc;

	rc = rt_run_plan_anew(run, err);
	if (rc) {
		rt_run_state(run, err);
		return rc;
	}
	if (run->db->place.journal_on && (run->n || run->purge)) {
		rc = rt_journal_exists(&run->db->place.journal, run->db->conn,
				       &run->committed.journal, err);
		if (rc)
			return rc;
		run->now = run->committed;
	}
	rt_run_event(run, RETORT_EVENT_PLANNED, run->n);
	run->phase = run->n || run->purge ? RT_PHASE_STEP : RT_PHASE_OVER;
	return 0;
}

int rt_phase_backoff(retort_apply *run, retort_error *err)
{
	double left = run->wait_began + (double)run->wait - rt_clock_ticks();

	if (run->cancelled)
		return cancelled(run, err);
	if (left <= 0) {
		run->phase = RT_PHASE_STEP;
		return 0;
	}
	if (run->options.tick && run->options.tick < left) {
		left = run->options.tick;
		rt_run_event(run, RETORT_EVENT_RUNNING, run->done);
	}
	rt_run_sleep((long)left + 1);
	return 0;
}
