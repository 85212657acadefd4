/* SPDX-License-Identifier: MIT */
/*
 * Stepping on a PostgreSQL server, as its user sees it: what the server says
 * of a failure, cancelling, sessions in the way, connections that are lost.
 *
 * Where a test waits, it waits for what the server's own views say.
 */
#include "support/rt_test.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "support/db.h"
#include "support/pg.h"
#include "tui/fixture.h"

enum { PATIENCE_MS = 12000 };

#define TO_G001 ":goto g001\r"
#define NAME "p o s t g r e s Enter"

/* The session that sleeps in the test's revision. */
#define SLEEPER                                                               \
	"FROM pg_stat_activity WHERE state = 'active' AND "                   \
	"query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()"

static pg_proxy proxy;

/* Ask the server until it says yes. */
static void await(rt_conn *conn, const char *sql)
{
	double end = rt_clock_ticks() + PATIENCE_MS;
	bool yes = false;
	char *text;

	while (!yes) {
		if (rt_clock_ticks() > end)
			fail_msg("the server never said yes to: %s", sql);
		text = db_text(conn, sql);
		yes = strcmp(text, "t") == 0;
		free(text);
	}
}

/* At f002, with g001 above it. */
static void make(fixture *f, const char *options, const char *up)
{
	fixture_make(f, NULL);
	fixture_settings(f, pg_url(), "");
	fixture_upgrade(f, "f002");
	fixture_add(f, "g001", "f002", options, up, "SELECT 1;");
}

/* In ASCII, so that columns are bytes. */
static rt_screen *start(const fixture *f)
{
	static const char *const ascii[] = { "LC_ALL=C", "NO_COLOR",
					     "COLORFGBG", NULL };
	rt_screen *s = fixture_open(f, ascii, 40, 160);

	rt_screen_send(s, TO_G001);
	return s;
}

/* Up to where the statement is seen to run on the server. */
static rt_screen *start_sleeping(fixture *f, rt_conn *conn)
{
	rt_screen *s;

	make(f, "", "CREATE TABLE x (id integer);\nSELECT pg_sleep(60);");
	s = start(f);
	rt_screen_keys(s, "U");
	rt_screen_expect(s, "upgrade postgres?");
	rt_screen_send_only(s, "y");
	await(conn, "SELECT count(*) = 1 " SLEEPER);
	return s;
}

static void finish(fixture *f, rt_screen *s, rt_conn *conn)
{
	rt_screen_free(s);
	rt_conn_close(conn);
	fixture_remove(f);
}

static void expect_at(rt_conn *conn, const char *revision)
{
	db_expect(conn,
		  "SELECT version_num FROM alembic_version WHERE "
		  "version_num NOT IN ('e001')",
		  revision);
}

static void up_and_down(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_screen *s;
	fixture f;

	(void)state;
	make(&f, "", "CREATE TABLE x (id integer);\n"
		     "INSERT INTO x SELECT generate_series(1, 3);");
	s = start(&f);
	rt_screen_keys(s, "U y");
	rt_screen_expect(s, "upgrade done; the database is at g001");
	rt_screen_expect(s, "3 rows");
	rt_screen_expect(s, "committed, ");
	expect_at(conn, "g001");
	db_expect(conn, "SELECT count(*) FROM x", "3");
	rt_screen_send(s, TO_G001);
	rt_screen_keys(s, "D y");
	rt_screen_expect(s, "downgrade done");
	expect_at(conn, "f002");
	/* the next one down loses a column: its name is typed */
	rt_screen_keys(s, "D");
	rt_screen_expect(s, "type postgres, then Enter");
	rt_screen_keys(s, NAME);
	rt_screen_expect(s, "the database is at f001");
	expect_at(conn, "f001");
	finish(&f, s, conn);
}

/* The column of a text on the screen, and its row. */
static int column_of(rt_screen *s, const char *text, int *row)
{
	int column = -1;
	char *line, *at;

	for (*row = 0; *row < 40 && column < 0; ++*row) {
		line = rt_screen_row(s, *row);
		at = strstr(line, text);
		if (at)
			column = (int)(at - line);
		free(line);
	}
	--*row;
	return column;
}

static void what_the_server_says_of_a_failure(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL);
	int row, caret_row, column;
	rt_screen *s;
	fixture f;

	(void)state;
	make(&f, "", "CREATE TABLE x (id integer PRIMARY KEY);\n"
		     "INSERT INTO x\n\tSELECT emial FROM account;");
	s = start(&f);
	rt_screen_keys(s, "U y");
	rt_screen_expect(s, "FAILED, rolled back");
	rt_screen_expect(s, "SQLSTATE  42703");
	rt_screen_expect(s, "HINT      Perhaps you meant");
	rt_screen_expect(s, "now       the database is at f002");
	rt_screen_expect(s, "g001_x.sql:8:9");
	rt_screen_expect(s, "e edit the file, r plan it again");
	column = column_of(s, "emial FROM", &row);
	assert_int_equal(column, column_of(s, "^", &caret_row));
	assert_int_equal(caret_row, row + 1);
	db_expect(conn, "SELECT to_regclass('x') IS NULL", "t");
	/* a way on, to the next failure, which has a detail */
	fixture_add(&f, "g001", "f002", "",
		    "CREATE TABLE x (id integer PRIMARY KEY);\n"
		    "INSERT INTO x VALUES (7), (7);",
		    "SELECT 1;");
	rt_screen_wait(s);
	rt_screen_keys(s, "r y");
	rt_screen_expect(s, "SQLSTATE  23505");
	rt_screen_expect(s, "DETAIL    Key (id)=(7) already exists");
	expect_at(conn, "f002");
	rt_screen_keys(s, "q");
	assert_false(rt_screen_has(s, "FAILED"));
	finish(&f, s, conn);
}

static void cancelled_on_the_server(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_screen *s;
	fixture f;

	(void)state;
	s = start_sleeping(&f, conn);
	rt_screen_until(s, "running   Ctrl-C cancels");
	rt_screen_send_only(s, "\003");
	rt_screen_until(s, "cancelled, rolled back");
	await(conn, "SELECT count(*) = 0 " SLEEPER);
	db_expect(conn, "SELECT to_regclass('x') IS NULL", "t");
	expect_at(conn, "f002");
	rt_screen_until(s, "rows read f002");
	finish(&f, s, conn);
}

static void terminate(rt_conn *conn)
{
	db_expect(conn, "SELECT pg_terminate_backend(pid) " SLEEPER, "t");
}

/* A server that does not let itself be cancelled: without the connection the
 * outcome is unknown, and what is still at it is in the way of the next. */
static void dropped(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_screen *s;
	fixture f;

	(void)state;
	make(&f, "",
	     "CREATE TABLE x (id integer);\n"
	     "DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN "
	     "query_canceled THEN RAISE NOTICE 'not now'; END; END LOOP; "
	     "END $$;");
	s = start(&f);
	rt_screen_keys(s, "U");
	rt_screen_send_only(s, "y");
	await(conn, "SELECT count(*) = 1 " SLEEPER);
	rt_screen_send_only(s, "\003");
	rt_screen_until(s, "running, cancelling");
	rt_screen_send_only(s, "\003");
	rt_screen_until(s, "Drop the connection?");
	rt_screen_until(s, "y drop"); /* it takes answers */
	db_expect(conn, "SELECT count(*) " SLEEPER, "1");
	rt_screen_send_only(s, "y");
	rt_screen_until(s, "OUTCOME UNKNOWN");
	rt_screen_until(s, "rows read f002  (those of before the step)");
	rt_screen_keys(s, "r");
	rt_screen_expect(s, "upgrade postgres?");
	rt_screen_send_only(s, "y");
	rt_screen_until(s, "waits");
	rt_screen_send_only(s, "\003");
	rt_screen_until(s, "cancelled, rolled back");
	terminate(conn);
	finish(&f, s, conn);
}

static void a_session_that_is_ended(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_screen *s;
	fixture f;

	(void)state;
	s = start_sleeping(&f, conn);
	terminate(conn);
	rt_screen_until(s, "FAILED, rolled back");
	rt_screen_until(s, "rows read f002");
	rt_screen_wait(s);
	rt_screen_expect(s, "terminating connection");
	expect_at(conn, "f002");
	fixture_add(&f, "g001", "f002", "", "CREATE TABLE x (id integer);",
		    "DROP TABLE x;");
	rt_screen_wait(s);
	rt_screen_keys(s, "r y");
	rt_screen_expect(s, "the database is at g001");
	expect_at(conn, "g001");
	finish(&f, s, conn);
}

/* --- a connection that is cut around COMMIT ------------------------------ */

/* One step through a proxy that cuts its COMMIT. */
static rt_screen *step_through(fixture *f, const char *const *options)
{
	rt_screen *s;

	make(f, "", "CREATE TABLE x (id integer);");
	pg_proxy_start(&proxy, options);
	fixture_settings(f, proxy.url, "");
	s = start(f);
	rt_screen_keys(s, "U y");
	return s;
}

/* The COMMIT never arrived: that is found out. */
static void cut_before_the_commit(void **state)
{
	static const char *const options[] = { "--cut-on", "COMMIT", "--cut",
					       "before", NULL };
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_screen *s;
	fixture f;

	(void)state;
	s = step_through(&f, options);
	rt_screen_expect(s, "FAILED, rolled back");
	rt_screen_expect(s, "g001 was rolled back");
	rt_screen_expect(s, "rows read f002");
	expect_at(conn, "f002");
	rt_screen_keys(s, "r y");
	rt_screen_expect(s, "the database is at g001");
	expect_at(conn, "g001");
	pg_proxy_stop(&proxy);
	finish(&f, s, conn);
}

/* It did, only its answer was lost: that is found out, too. */
static void cut_behind_the_commit(void **state)
{
	static const char *const options[] = { "--cut-on", "COMMIT", "--cut",
					       "after", NULL };
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_screen *s;
	fixture f;

	(void)state;
	s = step_through(&f, options);
	rt_screen_expect(s, "upgrade done; the database is at g001");
	expect_at(conn, "g001");
	pg_proxy_stop(&proxy);
	finish(&f, s, conn);
}

/* Nobody answers any more: nothing is said that is not known.  Later the
 * server is back, and what it says is shown. */
static void an_outcome_that_is_unknown(void **state)
{
	static const char *const options[] = {
		"--cut-on", "COMMIT", "--cut", "after", "--refuse", "1000",
		NULL
	};
	static const char *const none[] = { NULL };
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_screen *s;
	fixture f;

	(void)state;
	s = step_through(&f, options);
	rt_screen_expect(s, "OUTCOME UNKNOWN");
	rt_screen_expect(s, "could not be found out");
	rt_screen_expect(s, "unread");
	rt_screen_expect(s, "r look and plan again");
	assert_false(rt_screen_has(s, "rows read"));
	assert_false(rt_screen_has(s, "rolled back"));
	assert_false(rt_screen_has(s, "undone"));
	rt_screen_expect(s, "?  1   unknown CREATE TABLE x");
	/* it is still not there */
	rt_screen_keys(s, "r");
	rt_screen_expect(s, "OUTCOME UNKNOWN");
	rt_screen_expect(s, "unread");
	pg_proxy_stop(&proxy);
	pg_proxy_start(&proxy, none);
	rt_screen_keys(s, "r");
	rt_screen_expect(s, "already at g001; nothing to do");
	assert_false(rt_screen_has(s, "OUTCOME UNKNOWN"));
	expect_at(conn, "g001");
	pg_proxy_stop(&proxy);
	finish(&f, s, conn);
}

/* --- others in the way --------------------------------------------------- */

static void a_lock_that_another_session_holds(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL), *other;
	char *pid, *who;
	rt_screen *s;
	fixture f;

	(void)state;
	make(&f, "", "ALTER TABLE account ADD COLUMN phone text;");
	other = db_open(pg_url(), NULL);
	db_exec(other, "SET application_name = 'night job'");
	db_exec(other, "BEGIN");
	db_exec(other, "LOCK TABLE account IN ACCESS SHARE MODE");
	pid = db_text(other, "SELECT pg_backend_pid()");
	s = start(&f);
	rt_screen_keys(s, "U");
	rt_screen_send_only(s, "y");
	await(conn, "SELECT count(*) = 1 FROM pg_locks WHERE NOT granted AND "
		    "relation = 'account'::regclass");
	who = rt_strf("%s", pid);
	rt_screen_until(s, "waits");
	rt_screen_until(s, who);
	rt_screen_until(s, "night job");
	rt_screen_send_only(s, "4");
	rt_screen_until(s, "LOG");
	db_exec(other, "COMMIT");
	rt_screen_until(s, "upgrade done; the database is at g001");
	expect_at(conn, "g001");
	free(who);
	free(pid);
	rt_conn_close(other);
	finish(&f, s, conn);
}

/* A second console waits for the run of the first, and can be told not to. */
static void a_run_that_another_console_holds(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_screen *first, *second;
	fixture f;

	(void)state;
	first = start_sleeping(&f, conn);
	second = start(&f);
	rt_screen_keys(second, "U");
	rt_screen_send_only(second, "y");
	await(conn, "SELECT count(*) = 1 FROM pg_locks WHERE locktype = "
		    "'advisory' AND granted");
	rt_screen_until(second, "waits");
	rt_screen_send_only(second, "\003");
	rt_screen_until(second, "cancelled, rolled back");
	rt_screen_send_only(first, "\003");
	rt_screen_until(first, "cancelled, rolled back");
	rt_screen_free(second);
	finish(&f, first, conn);
}

/* A stamp waits for a run, too. */
static void a_stamp_that_waits(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_screen *first, *second;
	fixture f;

	(void)state;
	first = start_sleeping(&f, conn);
	second = start(&f);
	rt_screen_keys(second, "S");
	rt_screen_expect(second, "STAMP");
	rt_screen_keys(second, "g 0 0 1");
	rt_screen_send_only(second, "\r");
	rt_screen_until(second, "the stamp waits");
	rt_screen_send_only(second, "\003");
	rt_screen_until(second, "the stamp of g001 was cancelled");
	rt_screen_send_only(first, "\003");
	rt_screen_until(first, "cancelled, rolled back");
	expect_at(conn, "f002");
	/* nothing in its way any more */
	rt_screen_keys(second, "S g 0 0 1 Enter");
	rt_screen_expect(second, "stamped g001");
	expect_at(conn, "g001");
	rt_screen_free(second);
	finish(&f, first, conn);
}

/* A case that failed may have left sessions that hold locks. */
static int set_up(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL);

	db_exec(conn, "SELECT pg_terminate_backend(pid, 5000) FROM "
		      "pg_stat_activity WHERE backend_type = 'client backend' "
		      "AND pid <> pg_backend_pid()");
	rt_conn_close(conn);
	return pg_reset(state);
}

#define CASE(f) cmocka_unit_test_setup(f, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(up_and_down),
		CASE(what_the_server_says_of_a_failure),
		CASE(cancelled_on_the_server),
		CASE(dropped),
		CASE(a_session_that_is_ended),
		CASE(cut_before_the_commit),
		CASE(cut_behind_the_commit),
		CASE(an_outcome_that_is_unknown),
		CASE(a_lock_that_another_session_holds),
		CASE(a_run_that_another_console_holds),
		CASE(a_stamp_that_waits),
	};

	if (!pg_start())
		return 0;
	return pg_stop(cmocka_run_group_tests_name("stepping, PostgreSQL",
						   tests, NULL, NULL));
}
