/* SPDX-License-Identifier: MIT */
/* When a step fails: take it back, write it down, say what is left. */
#include "config.h"

#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "engine/apply/run.h"

enum { RETRY_MIN = 50, RETRY_MAX = 2000 }; /* ms before another try */

static bool in_slices(const retort_apply *run)
{
	return run->sqlite && !run->one;
}

void rt_run_rollback(retort_apply *run)
{
	rt_conn *conn = run->db->conn;

	if (conn && run->open && rt_conn_in_transaction(conn))
		(void)!rt_conn_exec(conn, "ROLLBACK", NULL);
	run->open = false;
	run->held = 0;
	run->now = run->committed;
}

static bool rollback_savepoint(retort_apply *run)
{
	static const char *const sql[] = { "ROLLBACK TO retort_step",
					   "RELEASE retort_step" };

	if (!rt_conn_in_transaction(run->db->conn) ||
	    rt_conn_run(run->db->conn, sql, 2, NULL))
		return false;
	run->now = run->before_step;
	return true;
}

/*
 * Take back what the failing step did.  The steps before it stay if they
 * can; false when they went with it, though they were well.
 */
static bool take_back(retort_apply *run, const rt_item *item)
{
	bool at_commit = item && item->kind == RT_ITEM_COMMIT;
	rt_tables tables = run->now;
	size_t held = run->held;

	if (!run->open) {
		run->now = run->committed; /* what was listed never ran */
		return true;
	}
	if (in_slices(run) && !at_commit) {
		if (item ? rollback_savepoint(run) : held > 0)
			return true;
	}
	if (!run->sqlite && !run->one && held && !at_commit) {
		/* Their COMMIT was sent, but not answered: did it run? */
		rt_run_rollback(run);
		if (rt_run_settle(run, held) != 1)
			return false;
		run->held = held;
		run->now = tables;
		rt_run_committed(run);
		return true;
	}
	rt_run_rollback(run);
	return at_commit ? held <= 1 : held == 0;
}

/*
 * Run steps again, each in a message and a transaction of its own, so that
 * the one that is wrong falls alone.  It takes others with it where a slice
 * cannot commit, where SQLite rolls back all of a slice (disk full), and
 * where PostgreSQL refuses a whole message for a syntax error, the COMMIT in
 * front of it included.
 */
static int redo(retort_apply *run, retort_error *err)
{
	rt_str_clear(&run->text);
	rt_str_addf(&run->text,
		    "steps were rolled back together and run again one by "
		    "one: %s",
		    err->message);
	rt_run_event(run, RETORT_EVENT_RETRY, run->done)->text = run->text.p;
	retort_error_dispose(err);
	run->singly = true;
	run->phase = RT_PHASE_STEP;
	return 0;
}

static bool may_retry(const retort_apply *run, const rt_item *item)
{
	size_t step = item ? item->step : run->done + run->held;

	return run->tries < run->lock_retries && !run->cancelled &&
	       step < run->n && run->bodies[step].transaction;
}

static int retry(retort_apply *run, retort_error *err)
{
	double now = rt_clock_ticks();
	long wait = RETRY_MIN;
	long i;

	for (i = 0; i < run->tries && wait < RETRY_MAX; i++)
		wait *= 2;
	/* Half of it by chance, so that two runs do not meet again. */
	run->wait = wait / 2 + (long)(now * 1000) % (wait / 2 + 1);
	run->wait_began = now;
	run->tries++;
	rt_str_clear(&run->text);
	rt_str_addf(&run->text, "%s; try %ld of %ld in %ld ms", err->message,
		    run->tries + 1, run->lock_retries + 1, run->wait);
	rt_run_event(run, RETORT_EVENT_RETRY, run->done)->text = run->text.p;
	retort_error_dispose(err);
	run->phase = RT_PHASE_BACKOFF;
	return 0;
}

/* FILE, line and column of a statement of the user's. */
static void locate_statement(const rt_body *body, size_t i, size_t offset,
			     retort_error *err)
{
	const retort_statement *st = retort_script_statement(body->script, i);
	int line = 1, column = 1;

	if (err && offset < st->length) {
		rt_sv_position((rt_sv){ st->sql, st->length }, offset, &line,
			       &column);
		err->statement_line = line;
		err->statement_column = column;
	}
	if (st->made)
		line = column = 1; /* the directive's place is all there is */
	if (line == 1)
		column += st->column - 1;
	line += st->line - 1;
	rt_err_at(err, *body->path ? body->path : NULL, line, column);
}

void rt_run_locate(retort_apply *run, const rt_item *item,
		   const rt_failure *failure, retort_error *err)
{
	size_t step = item ? item->step : run->done + run->held;
	const rt_body *body;

	if (item)
		rt_err_field_sv(err, RETORT_ERROR_STATEMENT, item->batch.sql);
	if (step >= run->n)
		return;
	body = &run->bodies[step];
	if (item && item->kind == RT_ITEM_USER)
		locate_statement(body, item->statement, failure->offset, err);
	else if (*body->path)
		rt_err_at(err, body->path, 0, 0);
	rt_err_field(err, RETORT_ERROR_REVISION, "%s",
		     retort_plan_step(run->plan, step)->revision);
}

/* The rows now; from the database if it still answers. */
static void describe_rows(retort_apply *run, rt_str *out)
{
	retort_names rows = { run->rows.v, run->rows.n }, read;
	rt_arena arena = RT_ARENA_INIT;
	rt_conn *conn = run->db->conn;
	bool there;

	if (conn && !conn->in_batch && !rt_conn_in_transaction(conn) &&
	    rt_vertab_read(&run->db->place.vertab, conn, &arena, &read, &there,
			   NULL) == 0)
		rows = read;
	rt_ids_describe(rows, out);
	rt_arena_free(&arena);
}

void rt_run_state(retort_apply *run, retort_error *err)
{
	rt_run_state_after(run, NULL, NULL, err);
}

void rt_run_state_after(retort_apply *run, const char *revision,
			const char *fate, retort_error *err)
{
	static const char *const verbs[] = {
		[RETORT_OP_UPGRADE] = "applied",
		[RETORT_OP_DOWNGRADE] = "taken back",
		[RETORT_OP_STAMP] = "stamped",
	};
	bool single = run->n == 1;
	rt_str s = RT_STR_INIT;

	if (retort_error_get(err, RETORT_ERROR_STATE))
		return;
	if (fate)
		rt_str_addf(&s, "%s %s; ", revision, fate);
	rt_str_add(&s, "the database is at ");
	describe_rows(run, &s);
	if (run->request.exactly)
		rt_err_field(err, RETORT_ERROR_STATE, "%s; %zu of %zu step%s "
			     "%s done", s.p, run->done, run->n,
			     single ? "" : "s", single ? "was" : "were");
	else
		rt_err_field(err, RETORT_ERROR_STATE,
			     "%s; %zu of %zu revision%s %s %s", s.p, run->done,
			     run->n, single ? "" : "s",
			     single ? "was" : "were", verbs[run->request.op]);
	rt_str_free(&s);
}

/* The failed row, and what must be there for it, as one small transaction
 * (or inside the slice that is open). */
static int write_failed_row(retort_apply *run, const retort_journal_row *row)
{
	retort_database *db = run->db;
	RT_VEC(const char *) sql = RT_VEC_INIT;
	rt_str text = RT_STR_INIT;
	unsigned i;
	int rc;

	if (!run->open)
		rt_vec_push(&sql, "BEGIN");
	for (i = 0; !run->now.journal &&
		    rt_journal_create_sql(&db->place.journal, i, &text);
	     i++) {
		rt_vec_push(&sql, rt_arena_strdup(&run->item_arena, text.p));
		rt_str_clear(&text);
	}
	rt_str_clear(&text);
	rt_journal_insert_sql(&db->place.journal, row, &text);
	rt_vec_push(&sql, text.p);
	if (!run->open)
		rt_vec_push(&sql, "COMMIT");
	rc = rt_conn_run(db->conn, sql.v, sql.n, NULL);
	if (!rc)
		run->now.journal = true;
	rt_vec_free(&sql);
	rt_str_free(&text);
	return rc;
}

/*
 * Write down that a step failed; as well as it goes, the error is told
 * anyway.  A transaction:false step has its row already.
 */
void rt_run_journal_failure(retort_apply *run, const rt_item *item,
			    const retort_error *err)
{
	const char *state = retort_error_get(err, RETORT_ERROR_SQLSTATE);
	retort_journal_row row;
	rt_str sql = RT_STR_INIT;

	if (!run->db->place.journal_on || !item || item->step >= run->n)
		return;
	rt_run_journal_row(run, item->step, &row);
	row.statements_done = (long long)run->kept;
	row.error = err->message;
	row.sqlstate = state ? state : "";
	if (run->noted) {
		row.outcome = "partial";
		rt_journal_update_sql(&run->db->place.journal, &row, &sql);
		(void)!rt_conn_exec(run->db->conn, sql.p, NULL);
	} else {
		row.outcome = "failed";
		if (write_failed_row(run, &row) && !run->open &&
		    rt_conn_in_transaction(run->db->conn))
			(void)!rt_conn_exec(run->db->conn, "ROLLBACK", NULL);
	}
	rt_str_free(&sql);
}

/* Commit the steps of the slice that were well; false if they are lost. */
static bool commit_rest(retort_apply *run)
{
	if (!run->open)
		return true;
	if (rt_conn_exec(run->db->conn, "COMMIT", NULL) == 0) {
		rt_run_committed(run);
		return true;
	}
	rt_run_rollback(run);
	return false;
}

/* The failing step ran outside a transaction: what is done of it stays. */
bool rt_run_is_single(const retort_apply *run, const rt_item *item)
{
	return item && item->step < run->n &&
	       !run->bodies[item->step].transaction;
}

static void say_state(retort_apply *run, const rt_item *item, retort_error *err)
{
	rt_str done = RT_STR_INIT;

	if (rt_run_is_single(run, item)) {
		rt_str_addf(&done, "%zu of %zu statements of %s",
			    run->kept,
			    rt_body_count(&run->bodies[item->step]),
			    retort_plan_step(run->plan, item->step)->revision);
		rt_run_state_after(
		    run, done.p, "are done and stay (transaction:false)", err);
		rt_str_free(&done);
	} else {
		rt_run_state(run, err);
	}
}

static const char *next_words(const retort_apply *run, const rt_item *item,
			      int code)
{
	if (rt_run_is_single(run, item) && run->kept)
		return run->noted
			   ? "put right what went wrong, then run again with "
			     "--resume or --restart"
			   : "put right what went wrong and undo by hand what "
			     "is done, then run again: the journal is off, so "
			     "the run will begin with the first statement";
	if (code == RETORT_ECANCELLED)
		return "run the same command again to go on";
	if (code == RETORT_ELOCKED)
		return "run again when the other program is done, or raise "
		       "lock_timeout or lock_retries";
	return "put right what went wrong, then run the same command again: "
	       "it goes on with this revision";
}

/* A step that is not one transaction: what is committed of it. */
static size_t count_kept(const retort_apply *run, const rt_item *item)
{
	size_t kept = item ? item->statement : 0;

	if (!run->open || !rt_run_is_single(run, item))
		return kept;
	while (kept && !retort_script_statement(
			       run->bodies[item->step].script, kept - 1)
				->autocommit)
		kept--;
	return kept;
}

int rt_run_failed(retort_apply *run, const rt_item *item, retort_error *err)
{
	rt_failure failure = run->db->conn->failure;
	size_t held = run->held;
	bool lost;

	run->kept = count_kept(run, item);
	if (failure.lost)
		return rt_run_lost(run, item, err);
	if (item || err->code != RETORT_ECANCELLED)
		rt_run_locate(run, item, &failure, err);
	lost = !take_back(run, item);
	if (!lost && failure.busy && may_retry(run, item) && commit_rest(run))
		return retry(run, err);
	if (!lost) {
		rt_run_journal_failure(run, item, err);
		lost = !commit_rest(run) && held > 0;
	}
	if (lost && !run->one && !run->singly)
		return redo(run, err);
	say_state(run, item, err);
	rt_err_field(err, RETORT_ERROR_NEXT, "%s",
		     next_words(run, item, err->code));
	return err->code;
}
