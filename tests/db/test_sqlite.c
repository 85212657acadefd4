/* SPDX-License-Identifier: MIT */
/* The SQLite driver on real files: how it breaks, and how it works. */
#include "support/rt_test.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/str.h"
#include "support/db.h"
#include "support/tmpdir.h"

struct box {
	char *dir, *url;
};

static int setup(void **state)
{
	struct box *box = calloc(1, sizeof(*box));

	box->dir = tmpdir_make();
	box->url = rt_strf("sqlite:///%s/test.db", box->dir);
	*state = box;
	return 0;
}

static int teardown(void **state)
{
	struct box *box = *state;

	tmpdir_remove(box->dir);
	free(box->url);
	free(box);
	return 0;
}

static void cannot_open(const char *url, const rt_conn_options *options,
			int code, const char *why)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_conn *conn;

	rt_assert_rc(rt_conn_open(&conn, url, options, &err), code, &err);
	assert_null(conn);
	if (!strstr(err.message, why))
		fail_msg("'%s' does not say '%s'", err.message, why);
	assert_non_null(retort_error_get(&err, RETORT_ERROR_NEXT));
	retort_error_dispose(&err);
}

static void openings_that_fail_say_why(void **state)
{
	static const rt_conn_options create = { .create = true };
	retort_error err = RETORT_ERROR_INIT;
	struct box *box = *state;
	char *junk = rt_strf("%s/junk", box->dir);
	char *url = rt_strf("sqlite:///%s/no/such/x.db", box->dir);

	cannot_open(url, &create, RETORT_ECONNECT, "there is no folder");
	cannot_open(box->url, NULL, RETORT_ENOTFOUND,
		    "there is no database file");
	free(url);
	url = rt_strf("sqlite:///%s", box->dir);
	cannot_open(url, &create, RETORT_ECONNECT, "it is a folder");
	free(url);
	rt_assert_ok(rt_fs_write(junk, RT_SV("#!/bin/sh\necho this is not a "
			"database, but a script that is long enough\n"
			"echo to have what SQLite takes for a header\n"),
			false, 0644, &err), &err);
	url = rt_strf("sqlite:///%s", junk);
	cannot_open(url, &create, RETORT_EDATABASE, "not a SQLite database");
	cannot_open("sqlite://host/x.db", NULL, RETORT_ECONFIG, "no host");
	cannot_open("mysql://u:secret@h/d", NULL, RETORT_EUNSUPPORTED,
		    "'mysql'");
	cannot_open("nothing", NULL, RETORT_EUNSUPPORTED, "no scheme");
	free(url);
	free(junk);
}

static void urls_name_what_sqlalchemy_means(void **state)
{
	static const struct {
		const char *form, *file; /* NULL = in memory */
	} cases[] = {
		{ "sqlite://", NULL },
		{ "sqlite:///:memory:", NULL },
		{ "sqlite+aiosqlite:///%s/a.db", "a.db" },
		{ "sqlite:///%s/a%20b.db", "a%20b.db" },
		{ "sqlite:///%s/c.db?check_same_thread=false&timeout=3",
		  "c.db" },
		{ "sqlite:///file:%s/d%20e.db?mode=rwc&uri=true", "d e.db" },
		{ "sqlite:///%s/f%20g.db?mode=rwc&cache=private",
		  "f%20g.db" },
		{ "sqlite:///file:x?mode=memory&uri=true", NULL },
	};
	struct box *box = *state;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *mark = strstr(cases[i].form, "%s");
		rt_str url = RT_STR_INIT;
		char *file, *text;
		rt_conn *conn;

		if (mark) {
			rt_str_addn(&url, cases[i].form,
				    (size_t)(mark - cases[i].form));
			rt_str_addf(&url, "%s%s", box->dir, mark + 2);
		} else {
			rt_str_add(&url, cases[i].form);
		}
		conn = db_open(url.p, NULL);
		db_exec(conn, "CREATE TABLE t (x)");
		text = db_text(conn,
			       "SELECT file FROM pragma_database_list");
		file = cases[i].file ?
			       rt_strf("%s/%s", box->dir, cases[i].file) :
			       rt_strf("%s", "");
		assert_string_equal(text, file);
		free(text);
		free(file);
		rt_conn_close(conn);
		rt_str_free(&url);
	}
}

static void answers_come_one_by_one(void **state)
{
	static const rt_batch_item items[] = {
		{ { "CREATE TABLE t (x, y)", 21 }, { NULL, 0 } },
		{ { "INSERT INTO t VALUES (1, NULL), (2, 'b')", 40 },
		  { NULL, 0 } },
		{ { "UPDATE t SET y = 'c' WHERE x = 1", 32 }, { NULL, 0 } },
		{ { "SELECT x, y FROM t", 18 }, { NULL, 0 } },
	};
	static const long long affected[] = { -1, 2, 1, 2 };
	retort_error err = RETORT_ERROR_INIT;
	struct box *box = *state;
	rt_conn *conn = db_open(box->url, NULL);
	rt_answer answer;
	size_t i;

	rt_assert_ok(rt_conn_send(conn, items, 4, &err), &err);
	for (i = 0; i < 4; i++) {
		rt_assert_rc(rt_conn_receive(conn, -1, &answer, &err), 1,
			     &err);
		assert_int_equal(answer.item, i);
		assert_int_equal(answer.affected, affected[i]);
		assert_true(answer.milliseconds >= 0);
	}
	rt_assert_ok(rt_conn_receive(conn, -1, &answer, &err), &err);
	assert_int_equal(answer.n_rows, 2);
	assert_string_equal(rt_answer_cell(&answer, 0, 1), "c");
	assert_string_equal(rt_answer_cell(&answer, 1, 0), "2");
	assert_int_equal(conn->trips, 1);
	db_expect(conn, "SELECT NULL, 1.5", "~|1.5");
	rt_conn_close(conn);
}

static void a_failure_names_item_and_place(void **state)
{
	static const char *const compile[] = {
		"CREATE TABLE t (x CHECK (x < 9))",
		"INSERT INTO t VALUES (1)",
		"SELECT '\xc3\xa4', nonsense FROM t",
		"INSERT INTO t VALUES (2)",
	};
	static const char *const run[] = { "INSERT INTO t VALUES (3)",
					   "INSERT INTO t VALUES (10)" };
	static const char *const two[] = { "SELECT 1; DROP TABLE t" };
	static const char *const comment[] = { "SELECT 1; -- the end" };
	retort_error err = RETORT_ERROR_INIT;
	struct box *box = *state;
	rt_conn *conn = db_open(box->url, NULL);

	db_fail(conn, compile, 4, RETORT_EDATABASE, &err);
	assert_string_equal(err.message, "no such column: nonsense");
	assert_int_equal(conn->failure.item, 2);
	assert_int_equal(conn->failure.offset, 13);
	assert_false(conn->in_batch);
	retort_error_dispose(&err);
	db_expect(conn, "SELECT x FROM t", "1");
	db_fail(conn, run, 2, RETORT_EDATABASE, &err);
	assert_non_null(strstr(err.message, "CHECK constraint failed"));
	assert_int_equal(conn->failure.item, 1);
	assert_true(conn->failure.offset == SIZE_MAX);
	retort_error_dispose(&err);
	db_fail(conn, two, 1, RETORT_EDATABASE, &err);
	assert_int_equal(conn->failure.offset, 9);
	retort_error_dispose(&err);
	rt_assert_ok(rt_conn_run(conn, comment, 1, &err), &err);
	db_expect(conn, "SELECT x FROM t ORDER BY 1", "1\n3");
	rt_conn_close(conn);
}

static void a_lock_is_waited_for_and_reported(void **state)
{
	static const rt_conn_options hasty = { .lock_timeout = 20 };
	static const char *const begin[] = { "BEGIN IMMEDIATE" };
	retort_error err = RETORT_ERROR_INIT;
	struct box *box = *state;
	rt_conn *first = db_open(box->url, NULL), *second;

	db_exec(first, "CREATE TABLE t (x)");
	second = db_open(box->url, &hasty);
	db_exec(first, "BEGIN IMMEDIATE");
	assert_true(rt_conn_in_transaction(first));
	db_fail(second, begin, 1, RETORT_ELOCKED, &err);
	assert_true(second->failure.busy);
	assert_non_null(strstr(err.message, "waited 20 ms"));
	assert_non_null(retort_error_get(&err, RETORT_ERROR_NEXT));
	retort_error_dispose(&err);
	db_exec(first, "COMMIT");
	assert_false(rt_conn_in_transaction(first));
	db_exec(second, "BEGIN IMMEDIATE");
	db_exec(second, "ROLLBACK");
	rt_conn_close(first);
	rt_conn_close(second);
}

static void read_only_and_full_are_told(void **state)
{
	static const rt_conn_options reading = { .read_only = true };
	static const char *const create[] = { "CREATE TABLE u (x)" };
	static const char *const fill[] = {
		"PRAGMA max_page_count = 3",
		"INSERT INTO t VALUES (zeroblob(100000))",
	};
	retort_error err = RETORT_ERROR_INIT;
	struct box *box = *state;
	rt_conn *conn = db_open(box->url, NULL), *reader;
	char *url = rt_strf("%s?mode=ro", box->url);

	db_exec(conn, "CREATE TABLE t (x)");
	reader = db_open(box->url, &reading);
	db_fail(reader, create, 1, RETORT_EDATABASE, &err);
	assert_string_equal(err.message, "the database is opened read-only");
	retort_error_dispose(&err);
	rt_conn_close(reader);
	reader = db_open(url, NULL);
	db_expect(reader, "SELECT count(*) FROM t", "0");
	db_fail(reader, create, 1, RETORT_EDATABASE, &err);
	retort_error_dispose(&err);
	rt_conn_close(reader);
	db_fail(conn, fill, 2, RETORT_EDATABASE, &err);
	assert_non_null(strstr(err.message, "full"));
	assert_non_null(strstr(retort_error_get(&err, RETORT_ERROR_NEXT),
			       "max_page_count"));
	retort_error_dispose(&err);
	db_expect(conn, "SELECT count(*) FROM t", "0");
	rt_conn_close(conn);
	free(url);
}

#define FOREVER                                                               \
	"WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) "    \
	"SELECT count(*) FROM r"

static void a_statement_ends_at_its_timeout(void **state)
{
	static const rt_conn_options limited = { .create = true,
						 .statement_timeout = 20 };
	static const char *const forever[] = { FOREVER };
	retort_error err = RETORT_ERROR_INIT;
	struct box *box = *state;
	rt_conn *conn = db_open(box->url, &limited);

	db_fail(conn, forever, 1, RETORT_EDATABASE, &err);
	assert_non_null(strstr(err.message, "statement_timeout of 20 ms"));
	assert_false(conn->failure.cancelled);
	retort_error_dispose(&err);
	db_expect(conn, "SELECT 1", "1");
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
	static const char *const forever[] = { FOREVER };
	retort_error err = RETORT_ERROR_INIT;
	struct box *box = *state;
	rt_conn *conn = db_open(box->url, NULL);
	struct sigaction action = { .sa_handler = on_alarm };

	to_cancel = conn;
	sigaction(SIGALRM, &action, NULL);
	ualarm(20000, 0);
	db_fail(conn, forever, 1, RETORT_ECANCELLED, &err);
	assert_true(conn->failure.cancelled);
	retort_error_dispose(&err);
	db_expect(conn, "SELECT 1", "1");
	rt_conn_close(conn);
}

static void a_signal_cancels_the_wait_for_a_lock(void **state)
{
	static const rt_conn_options patient = { .lock_timeout = 60000 };
	static const char *const begin[] = { "BEGIN IMMEDIATE" };
	retort_error err = RETORT_ERROR_INIT;
	struct box *box = *state;
	rt_conn *first = db_open(box->url, NULL);
	rt_conn *conn = db_open(box->url, &patient);
	struct sigaction action = { .sa_handler = on_alarm };

	db_exec(first, "BEGIN IMMEDIATE");
	to_cancel = conn;
	sigaction(SIGALRM, &action, NULL);
	ualarm(20000, 0);
	db_fail(conn, begin, 1, RETORT_ECANCELLED, &err);
	assert_true(conn->failure.cancelled);
	assert_false(conn->failure.busy);
	retort_error_dispose(&err);
	rt_conn_close(conn);
	rt_conn_close(first);
}

static int try_lock(rt_conn *conn, rt_str *holder)
{
	retort_error err = RETORT_ERROR_INIT;
	int rc;

	rt_str_clear(holder);
	rc = rt_conn_lock(conn, 1, holder, &err);
	assert_int_equal(err.code, 0);
	return rc;
}

static void the_run_lock_outlives_commits(void **state)
{
	struct box *box = *state;
	rt_conn *first = db_open(box->url, NULL);
	rt_conn *second = db_open(box->url, NULL);
	rt_str holder = RT_STR_INIT;

	assert_int_equal(try_lock(first, &holder), 1);
	db_exec(first, "CREATE TABLE t (x)");
	assert_int_equal(try_lock(second, &holder), 0);
	assert_non_null(strstr(holder.p, "another retort run"));
	/* it keeps runs apart, not readers and writers */
	db_exec(second, "INSERT INTO t VALUES (1)");
	rt_conn_unlock(first, 1);
	assert_int_equal(try_lock(second, &holder), 1);
	assert_int_equal(try_lock(first, &holder), 0);
	/* closing a connection does not drop the locks of another */
	db_exec(second, "BEGIN IMMEDIATE");
	rt_conn_close(first);
	first = db_open(box->url, NULL);
	assert_int_equal(try_lock(first, &holder), 0);
	rt_conn_close(second);
	assert_int_equal(try_lock(first, &holder), 1);
	rt_conn_close(first);
	rt_str_free(&holder);
}

static void memory_has_no_lock(void **state)
{
	rt_conn *conn = db_open("sqlite://", NULL);
	rt_str holder = RT_STR_INIT;

	(void)state;
	assert_int_equal(try_lock(conn, &holder), 1);
	rt_conn_unlock(conn, 1);
	rt_conn_close(conn);
	rt_str_free(&holder);
}

/* The child takes the lock, says so, and lives until its input ends. */
static _Noreturn void hold_lock(const char *url, int ready, int go_on)
{
	static const rt_conn_options create = { .create = true };
	retort_error err = RETORT_ERROR_INIT;
	rt_str holder = RT_STR_INIT;
	rt_conn *conn;
	char byte = 'x';

	if (rt_conn_open(&conn, url, &create, &err) ||
	    rt_conn_lock(conn, 1, &holder, &err) != 1)
		byte = '!';
	if (write(ready, &byte, 1) != 1 || read(go_on, &byte, 1) != 0)
		_exit(1);
	_exit(0); /* without a close: as after a kill */
}

static void the_run_lock_ends_with_the_process(void **state)
{
	struct box *box = *state;
	rt_conn *conn = db_open(box->url, NULL);
	rt_str holder = RT_STR_INIT;
	int ready[2], go_on[2], status;
	char byte = 0;
	pid_t child;

	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(go_on), 0);
	child = fork();
	if (child == 0) {
		close(go_on[1]);
		hold_lock(box->url, ready[1], go_on[0]);
	}
	close(go_on[0]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(byte, 'x');
	assert_int_equal(try_lock(conn, &holder), 0);
	close(go_on[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(try_lock(conn, &holder), 1);
	close(ready[0]);
	close(ready[1]);
	rt_conn_close(conn);
	rt_str_free(&holder);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(openings_that_fail_say_why),
		TEST(urls_name_what_sqlalchemy_means),
		TEST(answers_come_one_by_one),
		TEST(a_failure_names_item_and_place),
		TEST(a_lock_is_waited_for_and_reported),
		TEST(read_only_and_full_are_told),
		TEST(a_statement_ends_at_its_timeout),
		TEST(a_signal_cancels),
		TEST(a_signal_cancels_the_wait_for_a_lock),
		TEST(the_run_lock_outlives_commits),
		TEST(memory_has_no_lock),
		TEST(the_run_lock_ends_with_the_process),
	};

	return cmocka_run_group_tests_name("sqlite", tests, NULL, NULL);
}
