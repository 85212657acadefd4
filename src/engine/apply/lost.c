/* SPDX-License-Identifier: MIT */
/*
 * The connection is gone.  What it had committed is looked up on a new one:
 * when the run lock can be had again, the old session is over and nothing
 * can still be committed behind our back.
 */
#include "config.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/err.h"
#include "engine/apply/run.h"

enum {
	CONNECT_FOR = 5000, /* ms of trying to connect again */
	LOCK_FOR = 10000,   /* ms of trying to have the lock again */
	PAUSE_MIN = 25,
	PAUSE_MAX = 500
};

/* Waits longer each time; false when the time is up. */
static bool pause_until(retort_apply *run, double end, long *pause)
{
	if (run->cancelled || rt_clock_ticks() >= end)
		return false;
	rt_run_sleep(*pause);
	*pause = *pause * 2 > PAUSE_MAX ? PAUSE_MAX : *pause * 2;
	return true;
}

static bool connect_again(retort_apply *run)
{
	double end = rt_clock_ticks() + CONNECT_FOR;
	long pause = PAUSE_MIN;
	bool there;

	run->conn = NULL;
	run->locked = false;
	do
		there = rt_database_reconnect(run->db, NULL) == 0;
	while (!there && pause_until(run, end, &pause));
	run->conn = run->db->conn;
	return there;
}

static void lock_again(retort_apply *run)
{
	double end = rt_clock_ticks() + LOCK_FOR;
	rt_str holder = RT_STR_INIT;
	long pause = PAUSE_MIN;

	do {
		rt_str_clear(&holder);
		run->locked = rt_conn_lock(run->db->conn, run->lock_key,
					   &holder, NULL) == 1;
	} while (!run->locked && pause_until(run, end, &pause));
	rt_str_free(&holder);
}

/* Rows that are neither of before nor of after: others have gone on since.
 * Whether our step is under them the graph knows. */
static int settle_by_graph(retort_apply *run, const retort_step *step,
			   const retort_names *rows)
{
	bool *applied, is;
	int rc;

	if (step->op == RETORT_OP_STAMP || !step->node)
		return -1;
	applied = rt_calloc(retort_graph_count(run->graph), sizeof(*applied));
	rc = retort_graph_applied(run->graph, rows, applied, NULL);
	is = applied[step->node->index];
	free(applied);
	if (rc)
		return -1;
	return is == (step->op == RETORT_OP_UPGRADE);
}

int rt_run_settle(retort_apply *run, size_t steps)
{
	rt_arena arena = RT_ARENA_INIT;
	rt_ids after = RT_VEC_INIT;
	retort_names rows;
	bool there;
	size_t i;
	int rc = -1;

	if (!run->purge)
		rt_ids_copy(&after, &run->rows);
	for (i = 0; i < steps; i++)
		rt_ids_step(&after, retort_plan_step(run->plan, run->done + i));
	if (rt_vertab_read(&run->db->place.vertab, run->db->conn, &arena, &rows,
			   &there, NULL))
		goto out;
	if (rt_ids_match(&after, rows))
		rc = 1;
	else if (rt_ids_match(&run->rows, rows))
		rc = 0;
	else if (steps)
		rc = settle_by_graph(
		    run, retort_plan_step(run->plan, run->done + steps - 1),
		    &rows);
	/* Without the lock the old session may still commit. */
	if (rc == 0 && !run->locked)
		rc = -1;
out:
	rt_vec_free(&after);
	rt_arena_free(&arena);
	return rc;
}

/* The last word could not be had: exit status 4. */
static int uncertain(retort_error *err, const char *state, const char *next)
{
	retort_error was = RETORT_ERROR_INIT;

	rt_err_move(&was, err);
	rt_err_set(err, RETORT_EUNCERTAIN,
		   "the connection was lost, and the outcome is unknown: %s",
		   was.message);
	rt_err_at(err, retort_error_get(&was, RETORT_ERROR_FILE), was.line,
		  was.column);
	if (retort_error_get(&was, RETORT_ERROR_REVISION))
		rt_err_field(err, RETORT_ERROR_REVISION, "%s",
			     retort_error_get(&was, RETORT_ERROR_REVISION));
	if (retort_error_get(&was, RETORT_ERROR_STATEMENT))
		rt_err_field(err, RETORT_ERROR_STATEMENT, "%s",
			     retort_error_get(&was, RETORT_ERROR_STATEMENT));
	rt_err_field(err, RETORT_ERROR_STATE, "%s", state);
	rt_err_field(err, RETORT_ERROR_NEXT, "%s", next);
	retort_error_dispose(&was);
	return err->code;
}

/* COMMIT of `steps` steps was under way. */
static int settle_commit(retort_apply *run, size_t steps, bool reached,
			 const rt_item *item, retort_error *err)
{
	const retort_step *last =
	    retort_plan_step(run->plan, run->done + steps - 1);
	int outcome = reached ? rt_run_settle(run, steps) : -1;

	if (outcome < 0) {
		rt_str state = RT_STR_INIT;

		rt_str_addf(&state,
			    "whether the %s of %s was committed could "
			    "not be found out",
			    retort_op_name(last->op), last->revision);
		uncertain(err, state.p,
			  "when the database answers again, see what `retort "
			  "current` says, then run the same command again: it "
			  "does what is left");
		rt_str_free(&state);
		return err->code;
	}
	if (outcome == 1) {
		run->held = steps;
		rt_run_committed(run);
		if (run->done == run->n) { /* nothing was lost but time */
			retort_error_dispose(err);
			run->phase = RT_PHASE_OVER;
			return 0;
		}
	} else {
		run->now = run->committed;
		rt_run_journal_failure(run, item, err);
	}
	rt_run_state_after(run, last->revision,
			   outcome ? "was committed" : "was rolled back", err);
	rt_err_forget(err, RETORT_ERROR_NEXT);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "run the same command again to go on");
	return err->code;
}

/* A statement outside a transaction was under way. */
static int settle_single(retort_apply *run, const rt_item *item, bool reached,
			 retort_error *err)
{
	rt_str state = RT_STR_INIT;

	if (reached)
		rt_run_journal_failure(run, item, err);
	rt_str_addf(&state,
		    "%zu of %zu statements of %s are done; the one behind may "
		    "have run or not",
		    run->kept, rt_body_count(&run->bodies[item->step]),
		    retort_plan_step(run->plan, item->step)->revision);
	uncertain(err, state.p,
		  run->noted ? "see whether it has, then run again with "
			       "--resume (behind the last one known) or "
			       "--restart (from the first)"
			     : "see whether it has; the next run begins with "
			       "the first statement");
	rt_str_free(&state);
	return err->code;
}

int rt_run_lost(retort_apply *run, const rt_item *item, retort_error *err)
{
	bool at_commit = item && item->kind == RT_ITEM_COMMIT, reached;
	size_t steps = run->held + (at_commit && item->ends_step);
	rt_failure failure = run->db->conn->failure;

	rt_run_locate(run, item, &failure, err);
	reached = connect_again(run);
	if (reached)
		lock_again(run);
	run->open = false;
	run->held = 0;
	if (steps && (at_commit || !run->one))
		return settle_commit(run, steps, reached, item, err);
	run->now = run->committed;
	if (rt_run_is_single(run, item) &&
	    (!at_commit || run->kept < item->statement))
		return settle_single(run, item, reached, err);
	if (at_commit && run->n == 0)
		return uncertain(err,
				 "whether the rows are deleted is not "
				 "known",
				 "see what `retort current` says");
	if (reached) {
		rt_run_journal_failure(run, item, err);
		rt_run_state(run, err);
	}
	rt_err_field(err, RETORT_ERROR_STATE,
		     "the server cannot be asked, but it rolls back what was "
		     "open: %zu of %zu steps are committed",
		     run->done, run->n);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "see that the server is up, then run the same command "
		     "again");
	return err->code;
}
