/* SPDX-License-Identifier: MIT */
/* What comes next, and in which transaction. */
#include "config.h"

#include "base/clock.h"
#include "base/err.h"
#include "engine/apply/run.h"
#include "engine/step/foreign.h"

/* Whether what has run is to be committed before anything else runs. */
static bool commit_is_due(const retort_apply *run, size_t next)
{
	if (!run->open)
		return false;
	if (next == run->n || !run->bodies[next].transaction)
		return true;
	if (run->one || run->held == 0)
		return false;
	if (run->options.stepwise || run->singly || run->cancelled)
		return true;
	return run->sqlite &&
	       rt_clock_ticks() - run->slice_began >= RT_SLICE_MS;
}

static int rows_changed(retort_names found, retort_error *err)
{
	rt_str now = RT_STR_INIT;
	int rc;

	rt_ids_describe(found, &now);
	rc = rt_err_set(err, RETORT_ESTATE,
			"somebody else changed the version rows while this "
			"run was under way; they say %s now",
			now.p);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "look at `retort current`, then run again");
	rt_str_free(&now);
	return rc;
}

/*
 * SQLite: begin a slice, and see that the rows are what the last one left.
 * The run lock keeps other runs of retort away, but not other programs.
 */
static int begin_slice(retort_apply *run, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	retort_names rows;
	bool there;
	int rc;

	rc = rt_conn_exec(run->db->conn, "BEGIN IMMEDIATE", err);
	if (rc)
		return rt_run_failed(run, NULL, err);
	run->open = true;
	run->slice_began = rt_clock_ticks();
	rc = rt_vertab_read(&run->db->place.vertab, run->db->conn, &arena,
			    &rows, &there, err);
	if (!rc && !rt_ids_match(&run->rows, rows)) {
		if (run->done == 0) {
			rt_run_rollback(run);
			run->phase = RT_PHASE_PLAN;
		} else {
			rc = rows_changed(rows, err);
		}
	}
	if (rc)
		rc = rt_run_failed(run, NULL, err);
	rt_arena_free(&arena);
	return rc;
}

static void start_items(retort_apply *run)
{
	run->whole = !run->sqlite && !run->options.stepwise;
	run->phase = RT_PHASE_ITEMS;
}

/* What alembic has left must be what the step would have. */
static int check_rows(retort_apply *run, size_t step, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	rt_ids want = RT_VEC_INIT;
	rt_str now = RT_STR_INIT;
	retort_names rows;
	bool there;
	int rc;

	rt_ids_set(&want, (retort_names){ run->rows.v, run->rows.n });
	rt_ids_step(&want, retort_plan_step(run->plan, step));
	rc = rt_vertab_read(&run->db->place.vertab, run->db->conn, &arena,
			    &rows, &there, err);
	if (!rc && !rt_ids_match(&want, rows)) {
		rt_ids_describe(rows, &now);
		rc = rt_err_set(err, RETORT_ESTATE,
				"alembic has run, but the version rows say "
				"%s now", now.p);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "see whether alembic_command uses this database "
			     "(its env.py decides), then run again");
	}
	rt_str_free(&now);
	rt_vec_free(&want);
	rt_arena_free(&arena);
	return rc;
}

/* Nothing of ours is open: the journal's row is all there is to write. */
static int foreign_failed(retort_apply *run, size_t step, retort_error *err)
{
	const rt_item item = { .kind = RT_ITEM_OWN, .step = step };

	run->kept = 0;
	rt_run_journal_failure(run, &item, err);
	return rt_run_failed(run, NULL, err);
}

/* A step that the project's own alembic takes, under our lock. */
static int run_foreign(retort_apply *run, size_t next, retort_error *err)
{
	const retort_step *step = retort_plan_step(run->plan, next);
	retort_names rows = { run->rows.v, run->rows.n };
	int rc;

	run->step_began = rt_clock_ticks();
	rt_run_event(run, RETORT_EVENT_STEP, next);
	rc = rt_foreign_run(run->project, step->node, step->op, &rows, err);
	if (!rc)
		rc = check_rows(run, next, err);
	if (rc)
		return foreign_failed(run, next, err);
	rt_items_foreign(run, next);
	start_items(run);
	return 0;
}

static int start_step(retort_apply *run, size_t next, retort_error *err)
{
	int rc = rt_run_wake(run, next, err);

	if (rc)
		return rt_run_failed(run, NULL, err);
	if (run->bodies[next].foreign)
		return run_foreign(run, next, err);
	if (!run->bodies[next].transaction) {
		rt_items_single(run, next);
		start_items(run);
		run->whole = false;
		return 0;
	}
	if (run->sqlite && !run->open) {
		rc = begin_slice(run, err);
		if (rc || !run->open)
			return rc;
	}
	rt_items_step(run, next);
	start_items(run);
	return 0;
}

int rt_phase_step(retort_apply *run, retort_error *err)
{
	size_t next = run->done + run->held;
	int rc;

	rt_items_clear(run);
	if (commit_is_due(run, next)) {
		rt_items_commit(run);
		start_items(run);
		return 0;
	}
	if (run->cancelled && (next < run->n || run->purge)) {
		rc = rt_err_set(err, RETORT_ECANCELLED, "cancelled");
		return rt_run_failed(run, NULL, err) ? rc : 0;
	}
	if (next < run->n)
		return start_step(run, next, err);
	if (run->n == 0 && run->purge) {
		rt_items_purge(run);
		start_items(run);
		return 0;
	}
	run->phase = RT_PHASE_OVER;
	return 0;
}
