/* SPDX-License-Identifier: MIT */
/* The PostgreSQL driver against a real server: batches, errors, locks. */
#include "support/rt_test.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "schema/dialect.h"
#include "support/db.h"
#include "support/pg.h"

static void expect_field(const retort_error *err, retort_error_field field,
			 const char *part)
{
	const char *text = retort_error_get(err, field);

	if (!text || !strstr(text, part))
		fail_msg("%s is '%s', not '%s'",
			 retort_error_field_name(field), text ? text : "-",
			 part);
}

static void a_batch_is_one_trip(void **state)
{
	static const char *const texts[] = {
		"CREATE TABLE t (x int, y text)",
		"INSERT INTO t VALUES (1, NULL), (2, 'b') -- two",
		"SELECT x, y FROM t ORDER BY x",
		"DELETE FROM t WHERE x = 2",
	};
	static const long long affected[] = { -1, 2, 2, 1 };
	rt_conn *conn = db_open(pg_url(), NULL);
	retort_error err = RETORT_ERROR_INIT;
	rt_batch_item items[4];
	rt_answer answer;
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++)
		items[i] = (rt_batch_item){ rt_sv_from(texts[i]), RT_SV("") };
	rt_assert_ok(rt_conn_send(conn, items, 4, &err), &err);
	for (i = 0; i < 4; i++) {
		rt_assert_rc(rt_conn_receive(conn, -1, &answer, &err), 1,
			     &err);
		assert_int_equal(answer.item, i);
		assert_int_equal(answer.affected, affected[i]);
		assert_int_equal(answer.n_rows, i == 2 ? 2 : 0);
		if (i == 2) {
			assert_null(rt_answer_cell(&answer, 0, 1));
			assert_string_equal(rt_answer_cell(&answer, 1, 1),
					    "b");
		}
	}
	rt_assert_ok(rt_conn_receive(conn, -1, &answer, &err), &err);
	assert_int_equal(conn->trips, 1);
	db_expect(conn, "SELECT count(*) FROM t", "1");
	rt_conn_close(conn);
}

static void waiting_can_end_early(void **state)
{
	static const rt_batch_item item = { { "SELECT pg_advisory_lock(7)",
					      26 }, { NULL, 0 } };
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_conn *holder = db_open(pg_url(), NULL);
	retort_error err = RETORT_ERROR_INIT;
	rt_answer answer;

	(void)state;
	db_exec(holder, "SELECT pg_advisory_lock(7)");
	rt_assert_ok(rt_conn_send(conn, &item, 1, &err), &err);
	rt_assert_rc(rt_conn_receive(conn, 0, &answer, &err), 2, &err);
	rt_assert_rc(rt_conn_receive(conn, 5, &answer, &err), 2, &err);
	assert_true(conn->in_batch);
	rt_conn_close(holder);
	rt_assert_rc(rt_conn_receive(conn, -1, &answer, &err), 1, &err);
	rt_assert_ok(rt_conn_receive(conn, -1, &answer, &err), &err);
	rt_conn_close(conn);
}

static void an_error_names_item_and_byte(void **state)
{
	static const char *const analysis[] = {
		"SELECT '\xc3\xa4\xe2\x82\xac\xf0\x9f\x90\x98'",
		"SELECT '\xc3\xa4', nonsense",
		"SELECT 1",
	};
	static const char *const syntax[] = { "CREATE TABLE u (x int)",
					      "SELECT 1", "\xc3\xa4 = 1" };
	static const char *const at_end[] = { "SELECT 1", "SELECT (1" };
	static const char *const in_middle[] = { "SELECT 1", "SELECT (1",
						 "SELECT 2" };
	static const char *const run[] = { "SELECT 1", "SELECT 1/0",
					   "SELECT 2" };
	rt_conn *conn = db_open(pg_url(), NULL);
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	db_fail(conn, analysis, 3, RETORT_EDATABASE, &err);
	assert_string_equal(conn->failure.sqlstate, "42703");
	assert_int_equal(conn->failure.item, 1);
	assert_int_equal(conn->failure.offset, 13);
	expect_field(&err, RETORT_ERROR_SQLSTATE, "42703");
	retort_error_dispose(&err);
	db_fail(conn, syntax, 3, RETORT_EDATABASE, &err);
	assert_int_equal(conn->failure.item, 2);
	assert_int_equal(conn->failure.offset, 0);
	retort_error_dispose(&err);
	db_fail(conn, at_end, 2, RETORT_EDATABASE, &err);
	assert_int_equal(conn->failure.item, 1);
	assert_int_equal(conn->failure.offset, 9);
	retort_error_dispose(&err);
	db_fail(conn, in_middle, 3, RETORT_EDATABASE, &err);
	assert_int_equal(conn->failure.item, 1);
	assert_int_equal(conn->failure.offset, 9);
	retort_error_dispose(&err);
	db_fail(conn, run, 3, RETORT_EDATABASE, &err);
	assert_int_equal(conn->failure.item, 1);
	assert_true(conn->failure.offset == SIZE_MAX);
	assert_false(conn->failure.lost);
	retort_error_dispose(&err);
	db_expect(conn, "SELECT to_regclass('u')", "~");
	rt_conn_close(conn);
}

static void detail_hint_and_context_come_along(void **state)
{
	static const char *const call[] = { "SELECT f()" };
	rt_conn *conn = db_open(pg_url(), NULL);
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	db_exec(conn, "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS "
		      "$$ BEGIN RAISE EXCEPTION E'no\nway' USING DETAIL = "
		      "'the detail', HINT = 'the hint', ERRCODE = 'RT001'; "
		      "END $$");
	db_fail(conn, call, 1, RETORT_EDATABASE, &err);
	assert_string_equal(err.message, "no way");
	expect_field(&err, RETORT_ERROR_SQLSTATE, "RT001");
	expect_field(&err, RETORT_ERROR_DETAIL, "the detail");
	expect_field(&err, RETORT_ERROR_HINT, "the hint");
	expect_field(&err, RETORT_ERROR_CONTEXT, "function f()");
	retort_error_dispose(&err);
	rt_conn_close(conn);
}

static void a_failed_transaction_is_left_to_the_caller(void **state)
{
	static const char *const batch[] = { "BEGIN", "CREATE TABLE u (x int)",
					     "SELECT 1/0", "COMMIT" };
	static const char *const again[] = { "SELECT 1" };
	rt_conn *conn = db_open(pg_url(), NULL);
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	assert_false(rt_conn_in_transaction(conn));
	db_fail(conn, batch, 4, RETORT_EDATABASE, &err);
	retort_error_dispose(&err);
	assert_true(rt_conn_in_transaction(conn));
	db_fail(conn, again, 1, RETORT_EDATABASE, &err);
	assert_string_equal(conn->failure.sqlstate, "25P02");
	retort_error_dispose(&err);
	db_exec(conn, "ROLLBACK");
	assert_false(rt_conn_in_transaction(conn));
	db_expect(conn, "SELECT to_regclass('u')", "~");
	rt_conn_close(conn);
}

/* Enough data that the socket does not take it at once. */
static void copy_takes_its_data_within_a_batch(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_str data = RT_STR_INIT;
	rt_batch_item items[4] = {
		{ RT_SV("CREATE TABLE t (x int, y text)"), RT_SV("") },
		{ RT_SV("COPY t FROM STDIN"), RT_SV("") },
		{ RT_SV("SELECT count(*), max(y) FROM t"), RT_SV("") },
		{ RT_SV("COPY t FROM STDIN"), RT_SV("") },
	};
	long long copied[4] = { 0 };
	rt_answer answer;
	int i;

	(void)state;
	for (i = 0; i < 100000; i++)
		rt_str_addf(&data, "%d\t%*d\n", i, 60, i);
	items[1].copy_data = rt_str_sv(&data);
	rt_assert_ok(rt_conn_send(conn, items, 4, &err), &err);
	for (i = 0; i < 4; i++) {
		rt_assert_rc(rt_conn_receive(conn, -1, &answer, &err), 1,
			     &err);
		copied[i] = answer.affected;
		if (i == 2)
			assert_string_equal(rt_answer_cell(&answer, 0, 0),
					    "100000");
	}
	rt_assert_ok(rt_conn_receive(conn, -1, &answer, &err), &err);
	assert_int_equal(copied[1], 100000);
	assert_int_equal(copied[3], 0);
	rt_str_free(&data);
	rt_conn_close(conn);
}

static void bad_copy_data_fails_its_statement(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_conn *conn = db_open(pg_url(), NULL);
	const rt_batch_item items[] = {
		{ RT_SV("CREATE TABLE t (x int)"), RT_SV("") },
		{ RT_SV("COPY t FROM STDIN"), RT_SV("1\nx\n") },
		{ RT_SV("SELECT 1"), RT_SV("") },
	};
	rt_answer answer;
	int rc;

	(void)state;
	rt_assert_ok(rt_conn_send(conn, items, 3, &err), &err);
	while ((rc = rt_conn_receive(conn, -1, &answer, &err)) > 0)
		;
	assert_int_equal(rc, RETORT_EDATABASE);
	assert_int_equal(conn->failure.item, 1);
	expect_field(&err, RETORT_ERROR_CONTEXT, "line 2");
	retort_error_dispose(&err);
	db_expect(conn, "SELECT to_regclass('t')", "~");
	/* its output goes nowhere, and harms nothing */
	db_exec(conn, "COPY (SELECT generate_series(1, 10000)) TO STDOUT");
	db_expect(conn, "SELECT 1", "1");
	rt_conn_close(conn);
}

static void keep_notice(void *self, const char *text)
{
	rt_str *all = self;

	rt_str_addf(all, "%s\n", text);
}

static void notices_are_handed_on_as_lines(void **state)
{
	rt_str all = RT_STR_INIT;
	rt_conn_options options = { .notice = keep_notice, .self = &all };
	rt_conn *conn = db_open(pg_url(), &options);

	(void)state;
	db_exec(conn, "DO $$ BEGIN RAISE WARNING E'two\nlines' USING DETAIL "
		      "= 'd', HINT = 'h'; RAISE NOTICE 'n'; END $$");
	assert_string_equal(all.p, "WARNING: two lines DETAIL: d HINT: h\n"
				   "NOTICE: n\n");
	rt_conn_close(conn);
	rt_str_free(&all);
}

static void timeouts_cost_no_trip(void **state)
{
	static const rt_conn_options options = { .lock_timeout = 20,
						 .statement_timeout = 60000 };
	static const char *const lock[] = { "LOCK TABLE t" };
	rt_conn *holder = db_open(pg_url(), NULL), *conn;
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	db_exec(holder, "CREATE TABLE t (x int)");
	db_exec(holder, "BEGIN");
	db_exec(holder, "LOCK TABLE t");
	conn = db_open(pg_url(), &options);
	db_expect(conn, "SELECT current_setting('lock_timeout'), "
			"current_setting('statement_timeout')", "20ms|1min");
	assert_int_equal(conn->trips, 1);
	db_exec(conn, "BEGIN");
	db_fail(conn, lock, 1, RETORT_ELOCKED, &err);
	assert_true(conn->failure.busy);
	expect_field(&err, RETORT_ERROR_SQLSTATE, "55P03");
	expect_field(&err, RETORT_ERROR_NEXT, "lock_timeout");
	retort_error_dispose(&err);
	db_exec(conn, "ROLLBACK");
	db_expect(conn, "SHOW lock_timeout", "20ms");
	rt_conn_close(conn);
	rt_conn_close(holder);
}

/* One that may not stand in a transaction goes out behind the settings. */
static void timeouts_hold_whatever_comes_first(void **state)
{
	static const rt_conn_options options = { .lock_timeout = 1234 };
	static const char *const begin[] = { "BEGIN", "SELECT 1", "ROLLBACK" };
	static const char *const wrong[] = { "SELECT nonsense" };
	retort_error err = RETORT_ERROR_INIT;
	rt_conn *conn = db_open(pg_url(), &options);

	(void)state;
	db_exec(conn, "VACUUM pg_class");
	db_expect(conn, "SHOW lock_timeout", "1234ms");
	rt_conn_close(conn);
	conn = db_open(pg_url(), &options);
	rt_assert_ok(rt_conn_run(conn, begin, 3, &err), &err);
	db_expect(conn, "SHOW lock_timeout", "1234ms");
	rt_conn_close(conn);
	/* a first message that fails takes the settings with it */
	conn = db_open(pg_url(), &options);
	db_fail(conn, wrong, 1, RETORT_EDATABASE, &err);
	assert_int_equal(conn->failure.item, 0);
	assert_int_equal(conn->failure.offset, 7);
	retort_error_dispose(&err);
	db_expect(conn, "SHOW lock_timeout", "1234ms");
	rt_conn_close(conn);
}

static void a_statement_timeout_is_no_cancel(void **state)
{
	static const rt_conn_options options = { .statement_timeout = 20 };
	static const char *const sleep[] = { "SELECT pg_sleep(100)" };
	retort_error err = RETORT_ERROR_INIT;
	rt_conn *conn = db_open(pg_url(), &options);

	(void)state;
	db_fail(conn, sleep, 1, RETORT_EDATABASE, &err);
	assert_false(conn->failure.cancelled);
	expect_field(&err, RETORT_ERROR_SQLSTATE, "57014");
	expect_field(&err, RETORT_ERROR_NEXT, "statement_timeout");
	retort_error_dispose(&err);
	rt_conn_close(conn);
}

static rt_conn *to_cancel; /* a signal handler has no other way to it */

static void on_alarm(int number)
{
	(void)number;
	rt_conn_cancel(to_cancel);
}

static void a_signal_cancels(void **state)
{
	static const char *const sleep[] = { "SELECT 1",
					     "SELECT pg_sleep(100)" };
	struct sigaction action = { .sa_handler = on_alarm };
	retort_error err = RETORT_ERROR_INIT;
	rt_conn *conn = db_open(pg_url(), NULL);

	(void)state;
	to_cancel = conn;
	sigaction(SIGALRM, &action, NULL);
	ualarm(50000, 0);
	db_fail(conn, sleep, 2, RETORT_ECANCELLED, &err);
	assert_true(conn->failure.cancelled);
	assert_int_equal(conn->failure.item, 1);
	retort_error_dispose(&err);
	db_expect(conn, "SELECT 1", "1");
	rt_conn_close(conn);
}

static void the_run_lock_names_its_holder(void **state)
{
	const uint64_t key = UINT64_C(0xf123456789abcdef);
	rt_conn *first = db_open(pg_url(), NULL);
	rt_conn *second = db_open(pg_url(), NULL);
	retort_error err = RETORT_ERROR_INIT;
	rt_str holder = RT_STR_INIT;
	char *pid;

	(void)state;
	rt_assert_rc(rt_conn_lock(first, key, &holder, &err), 1, &err);
	assert_int_equal(first->trips, 1);
	assert_string_equal(holder.p, "");
	rt_assert_rc(rt_conn_lock(second, key, &holder, &err), 0, &err);
	assert_int_equal(second->trips, 1);
	pid = db_text(first, "SELECT 'retort, process ' || pg_backend_pid() "
			     "|| ', user postgres, connected since '");
	assert_int_equal(strncmp(holder.p, pid, strlen(pid)), 0);
	rt_assert_rc(rt_conn_lock(second, key + 1, &holder, &err), 1, &err);
	rt_conn_unlock(first, key);
	rt_assert_rc(rt_conn_lock(second, key, &holder, &err), 1, &err);
	rt_conn_close(second); /* the lock goes with the session */
	free(pid);
	rt_conn_close(first);
	rt_str_free(&holder);
}

static void blockers_are_named(void **state)
{
	static const rt_batch_item item = { { "LOCK TABLE t IN SHARE MODE",
					      26 }, { NULL, 0 } };
	rt_conn *holder = db_open(pg_url(), NULL);
	rt_conn *conn = db_open(pg_url(), NULL);
	retort_error err = RETORT_ERROR_INIT;
	rt_str who = RT_STR_INIT;
	rt_answer answer;
	int rc, tries;

	(void)state;
	db_exec(holder, "CREATE TABLE t (x int)");
	db_exec(holder, "BEGIN");
	db_exec(holder, "INSERT  INTO\tt VALUES (1)");
	db_exec(conn, "BEGIN");
	rt_assert_ok(rt_conn_send(conn, &item, 1, &err), &err);
	for (tries = 0; who.n == 0 && tries < 1000; tries++) {
		rt_assert_rc(rt_conn_receive(conn, 5, &answer, &err), 2,
			     &err);
		rt_assert_ok(rt_conn_blockers(conn, &who, &err), &err);
	}
	assert_non_null(strstr(who.p, "user postgres"));
	assert_non_null(strstr(who.p, ": INSERT INTO t VALUES (1)"));
	db_exec(holder, "ROLLBACK");
	while ((rc = rt_conn_receive(conn, -1, &answer, &err)) > 0)
		;
	rt_assert_ok(rc, &err);
	rt_conn_close(conn);
	rt_conn_close(holder);
	rt_str_free(&who);
}

static void every_postgres_keyword_can_be_a_name(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL);
	char *words = db_text(conn, "SELECT word FROM pg_get_keywords()");
	rt_sv rest = rt_sv_from(words), word;
	rt_str sql = RT_STR_INIT;

	(void)state;
	while (rt_sv_line(&rest, &word)) {
		rt_str name = RT_STR_INIT;

		rt_dialect_identifier(&name, RETORT_DIALECT_POSTGRESQL, word);
		rt_str_clear(&sql);
		rt_str_addf(&sql, "SELECT quote_ident('%.*s')", (int)word.n,
			    word.p);
		db_expect(conn, sql.p, name.p);
		rt_str_free(&name);
	}
	rt_str_free(&sql);
	free(words);
	rt_conn_close(conn);
}

#define TEST(f) cmocka_unit_test_setup(f, pg_reset)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_batch_is_one_trip),
		TEST(waiting_can_end_early),
		TEST(an_error_names_item_and_byte),
		TEST(detail_hint_and_context_come_along),
		TEST(a_failed_transaction_is_left_to_the_caller),
		TEST(copy_takes_its_data_within_a_batch),
		TEST(bad_copy_data_fails_its_statement),
		TEST(notices_are_handed_on_as_lines),
		TEST(timeouts_cost_no_trip),
		TEST(timeouts_hold_whatever_comes_first),
		TEST(a_statement_timeout_is_no_cancel),
		TEST(a_signal_cancels),
		TEST(the_run_lock_names_its_holder),
		TEST(blockers_are_named),
		TEST(every_postgres_keyword_can_be_a_name),
	};

	if (!pg_start())
		return 0;
	return pg_stop(cmocka_run_group_tests_name("postgres", tests, NULL,
						   NULL));
}
