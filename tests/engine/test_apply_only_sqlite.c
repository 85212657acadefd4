/* SPDX-License-Identifier: MIT */
/* What a run does on SQLite only: slices, files, other programs. */
#include "support/rt_test.h"

#include <stdio.h>

#include "engine/fixture.h"
#include "support/db.h"

static int setup(void **state)
{
	*state = fx_new("sqlite");
	return 0;
}

static int teardown(void **state)
{
	fx_free(*state);
	return 0;
}

/* A revision that sets the connection up for those behind it. */
static void pragma(fixture *fx, const char *text)
{
	rt_str sql = RT_STR_INIT;

	rt_str_addf(&sql, "-- migrate:up transaction:false\nPRAGMA %s;", text);
	fx_revision(fx, "r1", "", sql.p, NULL);
	rt_str_free(&sql);
}

static void done_means_committed(fixture *fx, retort_apply *run,
				 const retort_event *ev)
{
	char sql[80], *text;

	(void)run;
	if (ev->kind != RETORT_EVENT_STEP_DONE)
		return;
	fx->count++;
	snprintf(sql, sizeof(sql), "SELECT count(*) FROM t%zu",
		 ev->step_index + 1);
	text = db_text(fx->other, sql);
	assert_string_equal(text, "0");
	free(text);
}

static void a_step_is_done_when_its_slice_has_committed(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 100);
	fx->other = db_open(fx->url, NULL);
	fx->on_event = done_means_committed;
	fx_up(fx, "head");
	assert_int_equal(fx->count, 100);
	fx_expect_rows(fx, "r100");
	fx->on_event = NULL;
	fx_down(fx, "base");
	fx_expect_rows(fx, "");
}

/* SQLite rolls back the whole transaction when the disk is full. */
static void a_full_disk_leaves_the_steps_before(void **state)
{
	fixture *fx = *state;

	pragma(fx, "max_page_count = 30");
	fx_revision(fx, "r2", "r1", "CREATE TABLE t2 (a integer);", NULL);
	fx_revision(fx, "r3", "r2",
		    "CREATE TABLE t3 (a);\n"
		    "INSERT INTO t3 VALUES (zeroblob(1000000));",
		    NULL);
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EDATABASE);
	fx_expect_error(fx, RETORT_EDATABASE, "full");
	fx_expect_field(fx, RETORT_ERROR_STATE, "at r2; 2 of 3 revisions");
	fx_expect_rows(fx, "r2");
	fx_expect(fx, "SELECT count(*) FROM t2", "0");
}

static void a_slice_that_cannot_commit_is_taken_apart(void **state)
{
	fixture *fx = *state;

	pragma(fx, "foreign_keys = ON");
	fx_revision(fx, "r2", "r1",
		    "CREATE TABLE a (id integer PRIMARY KEY);\n"
		    "CREATE TABLE b (a integer REFERENCES a "
		    "DEFERRABLE INITIALLY DEFERRED);",
		    NULL);
	fx_revision(fx, "r3", "r2", "INSERT INTO b VALUES (7);", NULL);
	fx_revision(fx, "r4", "r3", "CREATE TABLE t4 (a integer);", NULL);
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EDATABASE);
	fx_expect_error(fx, RETORT_EDATABASE, "FOREIGN KEY");
	fx_expect_field(fx, RETORT_ERROR_REVISION, "r3");
	fx_expect_field(fx, RETORT_ERROR_STATE, "at r2; 2 of 4 revisions");
	fx_expect_rows(fx, "r2");
	fx_expect(fx,
		  "SELECT revision, outcome FROM retort_journal ORDER BY id",
		  "r1|ok\nr2|ok\nr3|failed");
}

static void meddle_after_r1(fixture *fx, retort_apply *run,
			    const retort_event *ev)
{
	(void)run;
	if (ev->kind == RETORT_EVENT_STEP_DONE && ev->step_index == 0)
		fx_exec(fx, "UPDATE alembic_version SET version_num = 'x'");
}

static void another_program_changes_the_rows(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 3);
	fx->options.stepwise = true;
	fx->on_event = meddle_after_r1;
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"), RETORT_ESTATE);
	fx_expect_error(fx, RETORT_ESTATE, "they say x now");
	fx_expect_field(fx, RETORT_ERROR_STATE, "at x; 1 of 3 revisions");
	fx_exec(fx, "CREATE TABLE t2 (a integer)"); /* it is not there */
}

static void unlock_on_retry(fixture *fx, retort_apply *run,
			    const retort_event *ev)
{
	(void)run;
	if (ev->kind != RETORT_EVENT_RETRY)
		return;
	db_exec(fx->other, "COMMIT");
	fx->count++;
}

static void a_busy_database_is_tried_again(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_config(fx, "lock_timeout = 20ms\nlock_retries = 2\n");
	fx->other = db_open(fx->url, NULL);
	db_exec(fx->other, "BEGIN IMMEDIATE");
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"), RETORT_ELOCKED);
	fx_expect_field(fx, RETORT_ERROR_STATE, "0 of 1 revision");
	fx_expect_log(fx, "planned\nretry r1\nretry r1\n");
	fx->on_event = unlock_on_retry;
	fx_up(fx, "head");
	assert_int_equal(fx->count, 1);
	fx_expect_rows(fx, "r1");
}

static void a_read_only_database_stays_as_it_is(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_exec(fx, "CREATE TABLE x (a integer)");
	free(fx->url);
	fx->url =
	    rt_strf("sqlite:///file:%s/test.db?mode=ro&uri=true", fx->dir);
	fx_config(fx, "");
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EDATABASE);
	fx_expect_error(fx, RETORT_EDATABASE, "read-only");
	fx_expect(fx, "SELECT name FROM sqlite_master", "x");
	rt_assert_ok(fx_run(fx, RETORT_OP_UPGRADE, "base"), &fx->err);
}

/* An earlier revision's PRAGMA must not make DROP TABLE eat other rows. */
static void foreign_keys_that_stay_on_stop_it(void **state)
{
	fixture *fx = *state;

	pragma(fx, "foreign_keys = ON");
	fx_revision(fx, "r2", "r1",
		    "CREATE TABLE p (id INTEGER PRIMARY KEY);"
		    "CREATE TABLE c (p INT REFERENCES p ON DELETE CASCADE);"
		    "INSERT INTO p VALUES (1);"
		    "INSERT INTO c VALUES (1);", NULL);
	fx_revision(fx, "r3", "r2",
		    "PRAGMA foreign_keys = OFF;"
		    "CREATE TABLE n (id INTEGER PRIMARY KEY, a);"
		    "INSERT INTO n (id) SELECT id FROM p;"
		    "DROP TABLE p;"
		    "ALTER TABLE n RENAME TO p;"
		    "PRAGMA foreign_key_check;", NULL);
	fx_run(fx, RETORT_OP_UPGRADE, "head");
	fx_expect_error(fx, RETORT_EDATABASE, "foreign keys are enforced");
	fx_expect(fx, "SELECT count(*) FROM c", "1");
	fx_up(fx, "head");
	fx_expect(fx, "SELECT count(*) FROM c", "1");
	fx_expect_rows(fx, "r3");
}

static void a_foreign_key_check_that_finds_rows_fails(void **state)
{
	fixture *fx = *state;

	fx_revision(fx, "r1", "",
		    "CREATE TABLE p (id INTEGER PRIMARY KEY);"
		    "CREATE TABLE c (p INT REFERENCES p);", NULL);
	fx_revision(fx, "r2", "r1",
		    "INSERT INTO c VALUES (4);"
		    "pragma main . foreign_key_check;", NULL);
	fx_run(fx, RETORT_OP_UPGRADE, "head");
	fx_expect_error(fx, RETORT_EDATABASE,
			"1 row of table c refers to nothing in table p");
	fx_expect_rows(fx, "r1");
	fx_expect(fx, "SELECT count(*) FROM c", "0");
}

static void a_statement_is_cancelled(fixture *fx, retort_apply *run,
				     const retort_event *ev)
{
	(void)fx;
	if (ev->kind == RETORT_EVENT_STATEMENT)
		retort_apply_cancel(run);
}

static void cancel_keeps_what_was_committed(void **state)
{
	fixture *fx = *state;

	fx_revision(fx, "r1", "", "CREATE TABLE a (i); CREATE TABLE b (i);",
		    NULL);
	fx->on_event = a_statement_is_cancelled;
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_ECANCELLED);
	fx_exec(fx, "CREATE TABLE a (i)");
	fx_expect(fx, "SELECT outcome, statements_done FROM retort_journal",
		  "failed|1");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_step_is_done_when_its_slice_has_committed),
		CASE(foreign_keys_that_stay_on_stop_it),
		CASE(a_foreign_key_check_that_finds_rows_fails),
		CASE(a_full_disk_leaves_the_steps_before),
		CASE(a_slice_that_cannot_commit_is_taken_apart),
		CASE(another_program_changes_the_rows),
		CASE(a_busy_database_is_tried_again),
		CASE(a_read_only_database_stays_as_it_is),
		CASE(cancel_keeps_what_was_committed),
	};

	return cmocka_run_group_tests_name("apply, SQLite only", tests, NULL,
					   NULL);
}
