/* SPDX-License-Identifier: MIT */
/* What a run does on PostgreSQL only: messages, locks, lost connections. */
#include "support/rt_test.h"

#include <stdio.h>

#include "base/alloc.h"
#include "engine/fixture.h"
#include "support/db.h"
#include "support/pg.h"

static int setup(void **state)
{
	*state = fx_new("postgresql");
	return 0;
}

static int teardown(void **state)
{
	fx_free(*state);
	return 0;
}

static void a_step_costs_one_trip(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 50);
	fx_up(fx, "head");
	assert_in_range(fx->trips, 50, 60);
	fx_expect_rows(fx, "r50");
	fx_down(fx, "base");
	assert_in_range(fx->trips, 50, 60);
	fx_up(fx, "base");
	assert_in_range(fx->trips, 1, 2);
}

static void a_commit_that_fails_fails_its_own_step(void **state)
{
	fixture *fx = *state;

	fx_revision(fx, "r1", "",
		    "CREATE TABLE a (id integer PRIMARY KEY);\n"
		    "CREATE TABLE b (a integer REFERENCES a "
		    "DEFERRABLE INITIALLY DEFERRED);",
		    NULL);
	fx_revision(fx, "r2", "r1", "INSERT INTO b VALUES (7);", NULL);
	fx_revision(fx, "r3", "r2", "CREATE TABLE t3 (a integer);", NULL);
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EDATABASE);
	fx_expect_field(fx, RETORT_ERROR_REVISION, "r2");
	fx_expect_field(fx, RETORT_ERROR_STATEMENT, "COMMIT");
	fx_expect_field(fx, RETORT_ERROR_SQLSTATE, "23503");
	fx_expect_field(fx, RETORT_ERROR_STATE, "at r1; 1 of 3 revisions");
	fx_expect_rows(fx, "r1");
	fx_expect(fx,
		  "SELECT revision, outcome, sqlstate FROM retort_journal "
		  "ORDER BY id",
		  "r1|ok|~\nr2|failed|23503");
}

/* The server reads a whole message before it runs any of it. */
static void a_syntax_error_leaves_the_step_before(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_revision(fx, "r2", "r1", "SELECT 1;\nSELECT (;", NULL);
	assert_true(fx_run(fx, RETORT_OP_UPGRADE, "head") < 0);
	fx_revision(fx, "r2", "r1", "SELECT 1;\nCREATE TABEL t2 ();", NULL);
	fx_exec(fx, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EDATABASE);
	assert_int_equal(fx->err.line, 7);
	assert_int_equal(fx->err.column, 8);
	fx_expect_field(fx, RETORT_ERROR_STATE, "at r1; 1 of 2 revisions");
	fx_expect_rows(fx, "r1");
}

static void copy_data_goes_in(void **state)
{
	fixture *fx = *state;

	fx_revision(fx, "r1", "",
		    "CREATE TABLE a (i integer, t text);\n"
		    "COPY a FROM STDIN;\n1\tone\n2\t\\N\n\\.\n"
		    "INSERT INTO a VALUES (3, 'three');",
		    "DROP TABLE a;");
	fx_up(fx, "head");
	fx_expect(fx, "SELECT i, t FROM a ORDER BY i", "1|one\n2|~\n3|three");
}

static void an_index_is_built_concurrently(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_revision(fx, "r2", "r1",
		    "-- migrate:up transaction:false\n"
		    "CREATE INDEX CONCURRENTLY i1 ON t1 (a);\n"
		    "CREATE INDEX CONCURRENTLY i2 ON t1 (a);",
		    "-- migrate:down transaction:false\n"
		    "DROP INDEX CONCURRENTLY i1; DROP INDEX CONCURRENTLY i2;");
	fx_up(fx, "head");
	fx_remove(fx, "r2");
	fx_down(fx, "r1"); /* the journal remembers transaction:false */
	fx_expect_rows(fx, "r1");
	fx_expect(fx, "SELECT to_regclass('i1')", "~");
}

static void cancel_when_running(fixture *fx, retort_apply *run,
				const retort_event *ev)
{
	if (ev->kind != RETORT_EVENT_RUNNING)
		return;
	fx->count++;
	retort_apply_cancel(run);
}

static void a_running_statement_is_cancelled(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_revision(fx, "r2", "r1",
		    "CREATE TABLE t2 (a integer);\nSELECT pg_sleep(600);",
		    NULL);
	fx->options.tick = 20;
	fx->on_event = cancel_when_running;
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_ECANCELLED);
	assert_true(fx->count > 0);
	fx_expect_rows(fx, "r1");
	fx_expect_field(fx, RETORT_ERROR_STATE, "at r1; 1 of 2 revisions");
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

static void a_lock_not_had_is_tried_again(void **state)
{
	fixture *fx = *state;

	fx_exec(fx, "CREATE TABLE x (a integer)");
	fx_chain(fx, 1);
	fx_revision(fx, "r2", "r1", "ALTER TABLE x ADD b integer;", NULL);
	fx_config(fx, "lock_timeout = 20ms\nlock_retries = 1\n");
	fx->other = db_open(fx->url, NULL);
	db_exec(fx->other, "BEGIN");
	db_exec(fx->other, "LOCK TABLE x");
	assert_true(fx_run(fx, RETORT_OP_UPGRADE, "head") < 0);
	fx_expect_log(fx, "planned\nstep r1\nstatement r1 1/1\ndone r1\n"
			  "step r2\nretry r2\nstep r2\n");
	fx_expect_field(fx, RETORT_ERROR_SQLSTATE, "55P03");
	fx_expect_rows(fx, "r1");
	fx->on_event = unlock_on_retry;
	fx_up(fx, "head");
	assert_int_equal(fx->count, 1);
	fx_expect_rows(fx, "r2");
}

static void see_blocker(fixture *fx, retort_apply *run, const retort_event *ev)
{
	(void)run;
	if (ev->kind != RETORT_EVENT_RUNNING || !ev->text)
		return;
	fx->count++;
	if (fx->other)
		db_exec(fx->other, "COMMIT");
	fx->other = NULL;
}

static void who_is_in_the_way_is_told(void **state)
{
	fixture *fx = *state;
	rt_conn *other;

	fx_exec(fx, "CREATE TABLE x (a integer)");
	fx_revision(fx, "r1", "", "ALTER TABLE x ADD b integer;", NULL);
	other = fx->other = db_open(fx->url, NULL);
	db_exec(fx->other, "BEGIN");
	db_exec(fx->other, "LOCK TABLE x");
	fx->options.tick = 50;
	fx->on_event = see_blocker;
	fx_up(fx, "head");
	assert_true(fx->count > 0);
	rt_conn_close(other);
}

/* What pg_dump writes begins so. */
static void a_dump_may_empty_the_search_path(void **state)
{
	fixture *fx = *state;

	fx_revision(fx, "r1", "",
		    "SELECT pg_catalog.set_config('search_path', '', false);\n"
		    "CREATE TABLE public.a (i integer);",
		    NULL);
	fx_revision(fx, "r2", "r1", "ALTER TABLE a ADD b integer;", NULL);
	fx_up(fx, "head");
	fx_expect_rows(fx, "r2");
}

static void the_journal_keeps_to_its_schema(void **state)
{
	fixture *fx = *state;

	fx_exec(fx, "CREATE SCHEMA tools");
	fx_config(fx, "version_table_schema = tools\n"
		      "version_table = versions\n");
	fx_chain(fx, 1);
	fx_up(fx, "head");
	fx_expect(fx, "SELECT version_num FROM tools.versions", "r1");
	fx_expect(fx, "SELECT revision FROM tools.retort_journal", "r1");
}

/* --- a connection cut around COMMIT --- */

static pg_proxy proxy;

static void cut(fixture *fx, const char *nth, const char *mode)
{
	const char *options[] = { "--cut-on", "COMMIT", "--nth", nth,
				  "--cut",    mode,     NULL };

	pg_proxy_start(&proxy, options);
	free(fx->url);
	fx->url = rt_strdup(proxy.url);
	fx_config(fx, "");
}

static void go_on_without_proxy(fixture *fx)
{
	pg_proxy_stop(&proxy);
	free(fx->url);
	fx->url = rt_strdup(pg_url());
	fx_config(fx, "");
	fx_up(fx, "head");
	fx_expect_rows(fx, "r3");
	fx_expect(fx,
		  "SELECT revision FROM retort_journal WHERE outcome = 'ok' "
		  "ORDER BY revision",
		  "r1\nr2\nr3");
}

static void cut_before_a_commit_arrives(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 3);
	cut(fx, "2", "before"); /* the message that commits r2 */
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_ECONNECT);
	fx_expect_field(fx, RETORT_ERROR_STATE, "r2 was rolled back");
	fx_expect_field(fx, RETORT_ERROR_STATE, "at r1; 1 of 3 revisions");
	fx_expect_rows(fx, "r1");
	go_on_without_proxy(fx);
}

static void cut_after_a_commit_arrived(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 3);
	cut(fx, "2", "after");
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_ECONNECT);
	fx_expect_field(fx, RETORT_ERROR_STATE, "r2 was committed");
	fx_expect_field(fx, RETORT_ERROR_STATE, "at r2; 2 of 3 revisions");
	fx_expect_rows(fx, "r2");
	go_on_without_proxy(fx);
}

static void cut_while_a_commit_is_on_its_way(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 3);
	cut(fx, "2", "sent");
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_ECONNECT);
	go_on_without_proxy(fx);
}

static void the_last_commit_is_looked_up(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 3);
	cut(fx, "3", "after");
	fx_up(fx, "head"); /* nothing was lost but time */
	fx_expect_rows(fx, "r3");
	go_on_without_proxy(fx);
}

static void stop_server(fixture *fx, retort_apply *run, const retort_event *ev)
{
	(void)run;
	if (ev->kind == RETORT_EVENT_STEP_DONE && fx->count++ == 0)
		pg_control("kill");
}

static void a_server_that_stays_down(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 3);
	fx->on_event = stop_server;
	assert_true(fx_run(fx, RETORT_OP_UPGRADE, "head") < 0);
	assert_non_null(retort_error_get(&fx->err, RETORT_ERROR_STATE));
	assert_non_null(retort_error_get(&fx->err, RETORT_ERROR_NEXT));
	pg_control("restart");
	fx->on_event = NULL;
	fx_up(fx, "head");
	fx_expect_rows(fx, "r3");
}

static void an_outcome_that_cannot_be_looked_up(void **state)
{
	const char *options[] = { "--cut-on", "COMMIT", "--cut", "sent",
				  "--refuse", "1000",   NULL };
	fixture *fx = *state;

	fx_chain(fx, 1);
	pg_proxy_start(&proxy, options);
	free(fx->url);
	fx->url = rt_strdup(proxy.url);
	fx_config(fx, "");
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EUNCERTAIN);
	fx_expect_field(fx, RETORT_ERROR_STATE, "could not be found out");
	pg_proxy_stop(&proxy);
	free(fx->url);
	fx->url = rt_strdup(pg_url());
	fx_config(fx, "");
	fx_up(fx, "head");
	fx_expect_rows(fx, "r1");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_step_costs_one_trip),
		CASE(a_commit_that_fails_fails_its_own_step),
		CASE(a_syntax_error_leaves_the_step_before),
		CASE(copy_data_goes_in),
		CASE(an_index_is_built_concurrently),
		CASE(a_running_statement_is_cancelled),
		CASE(a_lock_not_had_is_tried_again),
		CASE(who_is_in_the_way_is_told),
		CASE(a_dump_may_empty_the_search_path),
		CASE(the_journal_keeps_to_its_schema),
		CASE(cut_before_a_commit_arrives),
		CASE(cut_after_a_commit_arrived),
		CASE(cut_while_a_commit_is_on_its_way),
		CASE(the_last_commit_is_looked_up),
		CASE(an_outcome_that_cannot_be_looked_up),
		CASE(a_server_that_stays_down),
	};

	if (!pg_start())
		return 0;
	return pg_stop(cmocka_run_group_tests_name("apply, PostgreSQL only",
						   tests, NULL, NULL));
}
