/* SPDX-License-Identifier: MIT */
/* What a run does on either engine; built twice, with ENGINE set. */
#include "support/rt_test.h"

#include <stdio.h>

#include "engine/fixture.h"
#include "engine/project/database.h"
#include "support/db.h"
#include "support/pg.h"

static int setup(void **state)
{
	*state = fx_new(ENGINE);
	return 0;
}

static int teardown(void **state)
{
	fx_free(*state);
	return 0;
}

static void goes_up_and_down(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 3);
	fx_up(fx, "head");
	fx_expect_rows(fx, "r3");
	fx_expect(fx, "SELECT count(*) FROM t3", "0");
	fx_expect(fx,
		  "SELECT revision, direction, outcome, statements_done, "
		  "statements_total, down_revision, down_script "
		  "FROM retort_journal WHERE revision = 'r2'",
		  "r2|upgrade|ok|1|1|r1|DROP TABLE t2;\n");
	fx_down(fx, "r1");
	fx_expect_rows(fx, "r1");
	fx_down(fx, "base");
	fx_expect_rows(fx, "");
	fx_expect(fx,
		  "SELECT direction, count(*) FROM retort_journal "
		  "WHERE outcome = 'ok' GROUP BY 1 ORDER BY 1",
		  "downgrade|3\nupgrade|3");
}

static void tells_each_step(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_revision(fx, "r2", "r1",
		    "CREATE TABLE t2 (a integer); INSERT INTO t2 VALUES (1);",
		    "DROP TABLE t2;");
	fx->options.stepwise = true;
	fx_up(fx, "head");
	fx_expect_log(fx, "planned\n"
			  "step r1\nstatement r1 1/1\ndone r1\n"
			  "step r2\nstatement r2 1/2\nstatement r2 2/2\n"
			  "done r2\n");
}

static void does_nothing_where_nothing_is_to_do(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 2);
	fx_up(fx, "head");
	fx_up(fx, "head");
	fx_expect_log(fx, "");
	assert_true(fx->trips <= 2);
}

static void leaves_an_empty_database_alone(void **state)
{
	fixture *fx = *state;
	retort_names rows;
	bool there;

	fx_open(fx);
	rt_assert_ok(retort_database_rows(fx->db, &rows, &there, &fx->err),
		     &fx->err);
	assert_int_equal(rows.n, 0);
	assert_false(there);
	fx_close(fx);
	fx_chain(fx, 0);
	fx_up(fx, "head");
	fx_open(fx);
	rt_assert_ok(retort_database_rows(fx->db, &rows, &there, &fx->err),
		     &fx->err);
	assert_false(there);
}

static void a_failure_points_to_its_statement(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_revision(fx, "r2", "r1",
		    "CREATE TABLE t2 (a integer);\n"
		    "INSERT INTO t2\n"
		    "  VALUES (nonsense);",
		    "DROP TABLE t2;");
	fx_revision(fx, "r3", "r2", "CREATE TABLE t3 (a integer);", NULL);
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EDATABASE);
	fx_expect_error(fx, RETORT_EDATABASE, "nonsense");
	fx_expect_field(fx, RETORT_ERROR_FILE, "/migrations/r2_x.sql");
	assert_int_equal(fx->err.line, 8);
	assert_int_equal(fx->err.column, 11);
	fx_expect_field(fx, RETORT_ERROR_STATEMENT, "INSERT INTO t2\n");
	fx_expect_field(fx, RETORT_ERROR_REVISION, "r2");
	fx_expect_field(fx, RETORT_ERROR_STATE,
			"the database is at r1; 1 of 3 revisions");
	fx_expect_rows(fx, "r1");
	fx_expect(fx,
		  "SELECT outcome, statements_done, statements_total "
		  "FROM retort_journal WHERE revision = 'r2'",
		  "failed|1|2");
	fx_exec(fx, "CREATE TABLE t2 (a integer)"); /* it is gone */
}

static void a_failing_first_step_leaves_no_version_table(void **state)
{
	fixture *fx = *state;
	bool there = true;
	retort_names rows;

	fx_revision(fx, "r1", "", "CREATE TABLE t1 (a integer); oops;", NULL);
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EDATABASE);
	fx_expect_field(fx, RETORT_ERROR_STATE, "at base; 0 of 1 revision");
	fx_open(fx);
	rt_assert_ok(retort_database_rows(fx->db, &rows, &there, &fx->err),
		     &fx->err);
	assert_false(there);
	fx_close(fx);
	fx_revision(fx, "r1", "", "CREATE TABLE t1 (a integer);", NULL);
	fx_up(fx, "head");
	fx_expect_rows(fx, "r1");
	fx_expect(fx, "SELECT outcome FROM retort_journal ORDER BY id",
		  "failed\nok");
}

static void a_row_changed_under_the_run_stops_it(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_revision(fx, "r2", "r1",
		    "CREATE TABLE t2 (a integer);\n"
		    "DELETE FROM alembic_version;",
		    NULL);
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"), RETORT_ESTATE);
	fx_expect_error(fx, RETORT_ESTATE,
			"expected to match one row when updating 'r1' to 'r2' "
			"in 'alembic_version'; 0 found");
	fx_expect_rows(fx, "r1");
	fx_exec(fx, "CREATE TABLE t2 (a integer)");
}

static void one_transaction_is_all_or_nothing(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 2);
	fx_revision(fx, "r3", "r2", "oops;", NULL);
	fx->options.one_transaction = true;
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EDATABASE);
	fx_expect_field(fx, RETORT_ERROR_STATE, "at base; 0 of 3 revisions");
	fx_remove(fx, "r3");
	fx_config(fx, "transaction = all\n");
	fx->options.one_transaction = false;
	fx_up(fx, "head");
	fx_expect_rows(fx, "r2");
	fx_expect_log(fx, "planned\nstep r1\nstatement r1 1/1\n"
			  "step r2\nstatement r2 1/1\ndone r1\ndone r2\n");
}

static void one_transaction_refuses_what_runs_outside(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_revision(fx, "r2", "r1",
		    "-- migrate:up transaction:false\n"
		    "CREATE TABLE t2 (a integer);",
		    NULL);
	fx->options.one_transaction = true;
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EREFUSED);
	fx_expect_log(fx, "");
}

/* --- transaction:false --- */

static const char *const halves = "-- migrate:up transaction:false\n"
				  "CREATE TABLE t2 (a integer);\n"
				  "INSERT INTO missing VALUES (1);\n"
				  "CREATE TABLE t3 (a integer);";

static void half_way(fixture *fx)
{
	fx_chain(fx, 1);
	fx_revision(fx, "r2", "r1", halves, "DROP TABLE t2; DROP TABLE t3;");
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EDATABASE);
	fx_expect_field(fx, RETORT_ERROR_STATE,
			"1 of 3 statements of r2 are done and stay");
	fx_expect_field(fx, RETORT_ERROR_NEXT, "--resume or --restart");
	assert_int_equal(fx->err.line, 6);
	fx_expect_rows(fx, "r1");
	fx_expect(fx,
		  "SELECT outcome, statements_done, statements_total "
		  "FROM retort_journal WHERE revision = 'r2'",
		  "partial|1|3");
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EREFUSED);
	fx_expect_error(fx, RETORT_EREFUSED, "1 of 3 statements are done");
	fx_expect_log(fx, "");
}

static void half_done_resumes(void **state)
{
	fixture *fx = *state;

	half_way(fx);
	fx_exec(fx, "CREATE TABLE missing (a integer)");
	fx->options.resume = true;
	fx_up(fx, "head");
	fx_expect_log(fx, "planned\nstep r2\nstatement r2 2/3\n"
			  "statement r2 3/3\ndone r2\n");
	fx_expect_rows(fx, "r2");
	fx_expect(fx,
		  "SELECT outcome, statements_done FROM retort_journal "
		  "WHERE revision = 'r2' ORDER BY id",
		  "partial|1\nok|3");
	fx->options.resume = false;
	fx_down(fx, "base");
}

static void half_done_restarts(void **state)
{
	fixture *fx = *state;

	half_way(fx);
	fx_exec(fx, "CREATE TABLE missing (a integer)");
	fx_exec(fx, "DROP TABLE t2");
	fx->options.restart = true;
	fx_up(fx, "head");
	fx_expect_rows(fx, "r2");
	fx_expect_log(fx, "planned\nstep r2\nstatement r2 1/3\n"
			  "statement r2 2/3\nstatement r2 3/3\ndone r2\n");
}

static void half_done_and_edited_does_not_resume(void **state)
{
	fixture *fx = *state;

	half_way(fx);
	fx_revision(fx, "r2", "r1",
		    "-- migrate:up transaction:false\n"
		    "CREATE TABLE t2 (a integer);\n"
		    "CREATE TABLE t3 (a integer);\n"
		    "CREATE TABLE t4 (a integer);",
		    NULL);
	fx->options.resume = true;
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EREFUSED);
	fx_expect_error(fx, RETORT_EREFUSED, "its file has changed since");
}

/* As a kill leaves it: no error, and the last word may be missing. */
static void cut_off_is_not_sure(void **state)
{
	fixture *fx = *state;

	half_way(fx);
	fx_exec(fx, "UPDATE retort_journal SET error = NULL, "
		    "statements_done = 0 WHERE revision = 'r2'");
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EREFUSED);
	fx_expect_error(fx, RETORT_EREFUSED, "the one behind may have run");
	fx_exec(fx, "UPDATE retort_journal SET statements_done = 3 "
		    "WHERE revision = 'r2'");
	fx_up(fx, "head"); /* only the row was missing */
	fx_expect_log(fx, "planned\nstep r2\ndone r2\n");
	fx_expect_rows(fx, "r2");
}

static void outside_without_a_journal(void **state)
{
	fixture *fx = *state;

	fx_config(fx, "journal = off\n");
	fx_chain(fx, 1);
	fx_revision(fx, "r2", "r1", halves, NULL);
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EDATABASE);
	fx_expect_field(fx, RETORT_ERROR_STATE,
			"1 of 3 statements of r2 are done and stay");
	fx_expect_field(fx, RETORT_ERROR_NEXT, "the journal is off");
	fx_expect_rows(fx, "r1");
	fx_exec(fx, "DROP TABLE t2");
	fx_exec(fx, "CREATE TABLE missing (a integer)");
	fx_exec(fx, "CREATE TABLE retort_journal (a integer)"); /* not there */
	fx_up(fx, "head");
	fx_expect_rows(fx, "r2");
}

static void too_long_an_id_is_refused_before_anything_runs(void **state)
{
	fixture *fx = *state;
	const char *id = "a2345678901234567890123456789012x";

	fx_chain(fx, 1);
	fx_revision(fx, id, "r1", "CREATE TABLE t2 (a integer);", NULL);
	assert_true(fx_run(fx, RETORT_OP_UPGRADE, "head") < 0);
	fx_expect_log(fx, "");
	fx_exec(fx, "CREATE TABLE alembic_version (a integer)");
}

/* --- lock, cancel --- */

static void let_go(fixture *fx, retort_apply *run, const retort_event *ev)
{
	(void)run;
	if (ev->kind != RETORT_EVENT_WAITING)
		return;
	assert_true(ev->text && *ev->text);
	rt_conn_close(fx->other);
	fx->other = NULL;
}

static void hold_lock(fixture *fx)
{
	rt_str holder = RT_STR_INIT;
	uint64_t key;

	fx_open(fx);
	key = rt_vertab_lock_key(&fx->db->place.vertab);
	fx_close(fx);
	fx->other = db_open(fx->url, NULL);
	assert_int_equal(rt_conn_lock(fx->other, key, &holder, NULL), 1);
	rt_str_free(&holder);
}

static void waits_for_the_lock(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	hold_lock(fx);
	fx->on_event = let_go;
	fx_up(fx, "head");
	assert_memory_equal(fx->log.p, "waiting\n", 8);
	fx_expect_rows(fx, "r1");
}

static void gives_up_when_lock_timeout_has_passed(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_config(fx, "lock_timeout = 30ms\n");
	hold_lock(fx);
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"), RETORT_ELOCKED);
	fx_expect_field(fx, RETORT_ERROR_STATE, "at base; 0 of 1 revision");
}

static void work_of_another(fixture *fx, retort_apply *run,
			    const retort_event *ev)
{
	if (ev->kind != RETORT_EVENT_WAITING)
		return;
	fx_exec(fx, "CREATE TABLE alembic_version (version_num VARCHAR(32))");
	fx_exec(fx, "INSERT INTO alembic_version VALUES ('r1')");
	let_go(fx, run, ev);
}

static void finds_its_work_done_under_the_lock(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	hold_lock(fx);
	fx->on_event = work_of_another;
	fx_up(fx, "head");
	fx_expect_log(fx, "waiting\nplanned\n");
}

static void cancel_at_r2(fixture *fx, retort_apply *run, const retort_event *ev)
{
	(void)fx;
	if (ev->kind == RETORT_EVENT_STEP &&
	    strcmp(ev->step->revision, "r2") == 0)
		retort_apply_cancel(run);
}

static void cancelled_between_two_steps(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 3);
	fx->options.stepwise = true;
	fx->on_event = cancel_at_r2;
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_ECANCELLED);
	fx_expect_field(fx, RETORT_ERROR_STATE,
			"the database is at r1; 1 of 3 revisions");
	fx_expect_rows(fx, "r1");
	fx->on_event = NULL;
	fx_up(fx, "head");
	fx_expect_rows(fx, "r3");
}

static void freed_in_the_middle_rolls_back(void **state)
{
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	const char *target = "head";
	fixture *fx = *state;
	retort_apply *run;
	retort_event ev;

	fx_chain(fx, 2);
	fx->options.stepwise = true;
	fx_open(fx);
	request.targets = (retort_names){ &target, 1 };
	rt_assert_ok(retort_apply_begin(&run, fx->project, fx->db, &request,
					&fx->options, &fx->err),
		     &fx->err);
	do
		assert_int_equal(retort_apply_next(run, &ev, &fx->err), 1);
	while (ev.kind != RETORT_EVENT_STATEMENT || ev.step_index != 1);
	retort_apply_free(run);
	fx_expect_rows(fx, "r1");
	/* The lock is free again, though the connection lives. */
	hold_lock(fx);
}

static void verify_finds_half_done_steps(void **state)
{
	fixture *fx = *state;

	half_way(fx);
	fx_expect_findings(fx, "r2 partial\n");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(goes_up_and_down),
		CASE(tells_each_step),
		CASE(does_nothing_where_nothing_is_to_do),
		CASE(leaves_an_empty_database_alone),
		CASE(a_failure_points_to_its_statement),
		CASE(a_failing_first_step_leaves_no_version_table),
		CASE(a_row_changed_under_the_run_stops_it),
		CASE(one_transaction_is_all_or_nothing),
		CASE(one_transaction_refuses_what_runs_outside),
		CASE(half_done_resumes),
		CASE(half_done_restarts),
		CASE(half_done_and_edited_does_not_resume),
		CASE(cut_off_is_not_sure),
		CASE(outside_without_a_journal),
		CASE(too_long_an_id_is_refused_before_anything_runs),
		CASE(waits_for_the_lock),
		CASE(gives_up_when_lock_timeout_has_passed),
		CASE(finds_its_work_done_under_the_lock),
		CASE(cancelled_between_two_steps),
		CASE(freed_in_the_middle_rolls_back),
		CASE(verify_finds_half_done_steps),
	};

	int failed;

	if (strcmp(ENGINE, "sqlite") != 0 && !pg_start())
		return 0;
	failed =
	    cmocka_run_group_tests_name("apply on " ENGINE, tests, NULL, NULL);
	return strcmp(ENGINE, "sqlite") != 0 ? pg_stop(failed) : failed;
}
