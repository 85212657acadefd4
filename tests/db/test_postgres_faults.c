/* SPDX-License-Identifier: MIT */
/* Connections that are never made, and connections that break. */
#include "support/rt_test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/str.h"
#include "support/db.h"
#include "support/pg.h"
#include "support/tmpdir.h"

/* Fails unless connecting fails so, and nothing of it shows `secret`. */
static void cannot_connect(const char *url, int code, const char *message,
			   const char *sqlstate, const char *next)
{
	retort_error err = RETORT_ERROR_INIT;
	const char *text;
	rt_conn *conn;
	int i;

	rt_assert_rc(rt_conn_open(&conn, url, NULL, &err), code, &err);
	assert_null(conn);
	if (!strstr(err.message, message) || strchr(err.message, '\n'))
		fail_msg("'%s' is not '%s'", err.message, message);
	assert_null(strstr(err.message, "secret"));
	for (i = 0; i < RETORT_ERROR_FIELD_COUNT; i++) {
		text = retort_error_get(&err, (retort_error_field)i);
		assert_true(!text || !strstr(text, "secret"));
	}
	text = retort_error_get(&err, RETORT_ERROR_SQLSTATE);
	assert_string_equal(text ? text : "", sqlstate);
	text = retort_error_get(&err, RETORT_ERROR_NEXT);
	if (!text || !strstr(text, next))
		fail_msg("'%s' does not say '%s'", text ? text : "-", next);
	retort_error_dispose(&err);
}

static void a_server_that_is_not_there_is_told(void **state)
{
	(void)state;
	cannot_connect("postgresql://u:secret@127.0.0.1:1/d", RETORT_ECONNECT,
		       "Connection refused", "", "that the server runs");
	cannot_connect("postgresql:///d?host=/nonexistent", RETORT_ECONNECT,
		       "No such file", "", "that the server runs");
}

/* A signal handler reaches nothing but what is global. */
static volatile sig_atomic_t cancelled;

static void cancel(int number)
{
	(void)number;
	cancelled = 1;
}

/* A socket that connects everybody and says nothing. */
static int silent_server(const char *dir)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(a.sun_path, sizeof(a.sun_path), "%s/.s.PGSQL.5432", dir);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(listen(fd, 5), 0);
	return fd;
}

static void a_silent_server_can_be_left(void **state)
{
	const struct itimerval soon = { .it_value = { .tv_usec = 20000 } };
	rt_conn_options options = { .cancelled = &cancelled };
	struct sigaction action = { .sa_handler = cancel }, old;
	retort_error err = RETORT_ERROR_INIT;
	char *dir = tmpdir_make();
	char *url = rt_strf("postgresql:///d?host=%s&port=5432", dir);
	int fd = silent_server(dir);
	rt_conn *conn;

	(void)state;
	sigaction(SIGALRM, &action, &old);
	cancelled = 0;
	assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
	rt_assert_rc(rt_conn_open(&conn, url, &options, &err),
		     RETORT_ECANCELLED, &err);
	assert_null(conn);
	retort_error_dispose(&err);
	/* what was cancelled before is not this */
	free(url);
	url = rt_strf("postgresql:///d?host=%s&port=5432&connect_timeout=2",
		      dir);
	rt_assert_rc(rt_conn_open(&conn, url, &options, &err),
		     RETORT_ECONNECT, &err);
	assert_non_null(strstr(err.message, "no answer within 2 s"));
	retort_error_dispose(&err);
	sigaction(SIGALRM, &old, NULL);
	close(fd);
	free(url);
	tmpdir_remove(dir);
}

/* Begun before, an end is told as if it were begun now. */
static void what_is_started_is_gone_on_with(void **state)
{
	static const char *const nowhere[] = {
		"postgresql://u:secret@127.0.0.1:1/d",
		"postgresql:///d?host=/nonexistent",
		"postgresql://u@h:port/d",
		"sqlite:///none.db",
		"mysql://u@h/d",
	};
	rt_conn_options options = { .create = false };
	retort_error err = RETORT_ERROR_INIT;
	char *dir = tmpdir_make();
	char *url = rt_strf("postgresql:///d?host=%s&port=5432", dir);
	int fd = silent_server(dir), rc;
	rt_conn *conn;
	size_t i;

	(void)state;
	options.started = rt_conn_start(pg_url(), &options);
	assert_non_null(options.started);
	rt_assert_ok(rt_conn_open(&conn, pg_url(), &options, &err), &err);
	assert_ptr_equal(conn, options.started);
	rt_assert_ok(rt_conn_exec(conn, "SELECT 1", &err), &err);
	rt_conn_close(conn);
	for (i = 0; i < sizeof(nowhere) / sizeof(nowhere[0]); i++) {
		options.started = rt_conn_start(nowhere[i], &options);
		rc = rt_conn_open(&conn, nowhere[i], &options, &err);
		assert_true(rc < 0 && err.message && !conn);
		assert_null(strstr(err.message, "secret"));
		retort_error_dispose(&err);
	}
	/* nobody waits for an answer here */
	rt_conn_close(rt_conn_start(url, &options));
	close(fd);
	free(url);
	tmpdir_remove(dir);
}

static void unknown_names_are_told_apart(void **state)
{
	char *base = rt_strf("postgresql://postgres:secret@127.0.0.1:%d/%s",
			     pg_port(), "nosuchdb");
	char *user = rt_strf("postgresql+psycopg2://nobody:secret@127.0.0.1:"
			     "%d/postgres", pg_port());

	(void)state;
	cannot_connect(base, RETORT_ECONNECT, "\"nosuchdb\" does not exist",
		       "3D000", "createdb");
	cannot_connect(user, RETORT_ECONNECT, "\"nobody\" does not exist",
		       "28000", "pg_hba.conf");
	free(base);
	free(user);
}

/* The cluster trusts everybody, but for one user over TCP. */
static void want_a_password(void)
{
	char *path = rt_strf("%s/data/pg_hba.conf", pg_dir());
	rt_conn *conn = db_open(pg_url(), NULL);
	FILE *f;

	db_exec(conn, "CREATE ROLE locked LOGIN PASSWORD 'right'");
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "host all locked 127.0.0.1/32 scram-sha-256\n"
		   "local all all trust\nhost all all 127.0.0.1/32 trust\n");
	fclose(f);
	db_exec(conn, "SELECT pg_reload_conf()");
	rt_conn_close(conn);
	free(path);
}

static void a_wrong_password_is_told_and_not_shown(void **state)
{
	char *wrong = rt_strf("postgresql://locked:secret@127.0.0.1:%d/"
			      "postgres", pg_port());
	char *none = rt_strf("postgresql://locked@127.0.0.1:%d/postgres",
			     pg_port());
	char *right = rt_strf("postgresql://locked:right@127.0.0.1:%d/"
			      "postgres", pg_port());
	retort_error err = RETORT_ERROR_INIT;
	rt_conn *conn;
	int i;

	(void)state;
	want_a_password();
	unsetenv("PGPASSWORD");
	/* the reload takes effect when the postmaster comes to it */
	for (i = 0; i < 1000 && rt_conn_open(&conn, wrong, NULL, NULL) == 0;
	     i++)
		rt_conn_close(conn);
	cannot_connect(wrong, RETORT_ECONNECT,
		       "password authentication failed", "28P01",
		       "user and password");
	cannot_connect(none, RETORT_ECONNECT, "password", "",
		       "user and password");
	rt_assert_ok(rt_conn_open(&conn, right, NULL, &err), &err);
	rt_conn_close(conn);
	free(wrong);
	free(none);
	free(right);
}

static void a_url_that_cannot_be_read_keeps_its_secret(void **state)
{
	static const char *const urls[] = {
		"postgresql://u:secret@secret@h/d",
		"postgresql://u:secret/secret@h/d",
		"postgresql://u:secret%zz@h/d",
		"postgresql://u:x?secret@secret@h/d",
		"postgresql://u:x@secret/secret@h/d",
		"postgresql://u:x@secret?secret@h/d",
		"postgresql://u:secret@[h/d",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(urls) / sizeof(urls[0]); i++)
		cannot_connect(urls[i], RETORT_ECONFIG, "cannot be read", "",
			       "%40");
	cannot_connect("postgresql://u:secret@h/d?ssl=1", RETORT_ECONFIG,
		       "'ssl'", "", "postgresql://");
}

static void expect_lost(rt_conn *conn, const char *const *sql, size_t n)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_str holder = RT_STR_INIT;

	db_fail(conn, sql, n, RETORT_ECONNECT, &err);
	assert_true(conn->failure.lost);
	assert_false(conn->in_batch);
	retort_error_dispose(&err);
	/* and every later call says so, and no more */
	db_fail(conn, sql, n, RETORT_ECONNECT, &err);
	assert_true(conn->failure.lost);
	retort_error_dispose(&err);
	assert_int_equal(rt_conn_lock(conn, 1, &holder, &err),
			 RETORT_ECONNECT);
	retort_error_dispose(&err);
	assert_false(rt_conn_in_transaction(conn));
	rt_conn_cancel(conn);
	rt_conn_unlock(conn, 1);
	rt_conn_close(conn);
	rt_str_free(&holder);
}

static void a_terminated_session_is_lost(void **state)
{
	static const char *const one[] = { "SELECT 1" };
	static const char *const self[] = {
		"SELECT pg_terminate_backend(pg_backend_pid())",
		"SELECT 2",
	};
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_conn *other = db_open(pg_url(), NULL);
	rt_str sql = RT_STR_INIT;
	char *pid = db_text(conn, "SELECT pg_backend_pid()");

	(void)state;
	expect_lost(db_open(pg_url(), NULL), self, 2);
	rt_str_addf(&sql, "SELECT pg_terminate_backend(%s, 10000)", pid);
	db_expect(other, sql.p, "t");
	expect_lost(conn, one, 1);
	rt_conn_close(other);
	rt_str_free(&sql);
	free(pid);
}

static void a_crashed_server_is_lost(void **state)
{
	static const char *const one[] = { "SELECT 1" };
	rt_conn *conn = db_open(pg_url(), NULL);

	(void)state;
	pg_control("kill");
	cannot_connect(pg_url(), RETORT_ECONNECT, "failed", "",
		       "that the server runs");
	expect_lost(conn, one, 1);
	pg_control("restart");
	conn = db_open(pg_url(), NULL);
	db_expect(conn, "SELECT 1", "1");
	rt_conn_close(conn);
}

static void a_cut_before_or_after_commit_is_lost(void **state)
{
	static const char *const batch[] = { "BEGIN",
					     "INSERT INTO t VALUES (1)",
					     "COMMIT" };
	static const struct {
		const char *mode, *rows;
	} cases[] = { { "before", "0" }, { "after", "1" } };
	rt_conn *direct = db_open(pg_url(), NULL), *conn;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		const char *const options[] = { "--cut-on", "COMMIT",
						"--cut", cases[i].mode,
						NULL };
		pg_proxy proxy;

		db_exec(direct, "DROP TABLE IF EXISTS t");
		db_exec(direct, "CREATE TABLE t (x int)");
		pg_proxy_start(&proxy, options);
		conn = db_open(proxy.url, NULL);
		db_expect(conn, "SELECT count(*) FROM t", "0");
		expect_lost(conn, batch, 3);
		db_expect(direct, "SELECT count(*) FROM t", cases[i].rows);
		/* it cuts once */
		conn = db_open(proxy.url, NULL);
		db_exec(conn, "COMMIT");
		rt_conn_close(conn);
		pg_proxy_stop(&proxy);
	}
	rt_conn_close(direct);
}

static void the_proxy_cuts_late_and_refuses(void **state)
{
	static const char *const options[] = { "--cut-on", "mark", "--nth",
					       "2", "--cut", "sent",
					       "--refuse", "1", NULL };
	static const char *const second[] = { "SELECT 'mark'" };
	retort_error err = RETORT_ERROR_INIT;
	rt_conn *conn;
	pg_proxy proxy;

	(void)state;
	pg_proxy_start(&proxy, options);
	conn = db_open(proxy.url, NULL);
	db_expect(conn, "SELECT 'mark'", "mark");
	db_fail(conn, second, 1, RETORT_ECONNECT, &err);
	assert_true(conn->failure.lost);
	retort_error_dispose(&err);
	rt_conn_close(conn);
	cannot_connect(proxy.url, RETORT_ECONNECT, "closed", "", "server");
	conn = db_open(proxy.url, NULL);
	db_expect(conn, "SELECT 'mark'", "mark");
	rt_conn_close(conn);
	pg_proxy_stop(&proxy);
}

/* What the wire says is what conn->trips says. */
static void trips_are_counted_on_the_wire(void **state)
{
	static const char *const batch[] = { "BEGIN", "SELECT 1", "COMMIT" };
	char *file = rt_strf("%s/../counts", pg_dir());
	const char *const options[] = { "--count", file, "--latency", "2",
					NULL };
	static const rt_conn_options limits = { .lock_timeout = 1000,
						.statement_timeout = 9000 };
	retort_error err = RETORT_ERROR_INIT;
	rt_str text = RT_STR_INIT, holder = RT_STR_INIT;
	rt_conn *conn;
	pg_proxy proxy;

	(void)state;
	pg_proxy_start(&proxy, options);
	conn = db_open(proxy.url, &limits);
	rt_assert_rc(rt_conn_lock(conn, 5, &holder, &err), 1, &err);
	rt_assert_ok(rt_conn_run(conn, batch, 3, &err), &err);
	db_expect(conn, "SELECT 1", "1");
	assert_int_equal(conn->trips, 3);
	rt_conn_close(conn);
	pg_proxy_stop(&proxy);
	rt_assert_ok(rt_fs_read(file, 1000, &text, &err), &err);
	assert_string_equal(text.p, "connections 1\ntrips 3\nmessages 3\n");
	(void)unlink(file);
	rt_str_free(&text);
	rt_str_free(&holder);
	free(file);
}

#define TEST(f) cmocka_unit_test_setup(f, pg_reset)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_server_that_is_not_there_is_told),
		TEST(a_silent_server_can_be_left),
		TEST(what_is_started_is_gone_on_with),
		TEST(unknown_names_are_told_apart),
		TEST(a_url_that_cannot_be_read_keeps_its_secret),
		TEST(a_terminated_session_is_lost),
		TEST(a_cut_before_or_after_commit_is_lost),
		TEST(the_proxy_cuts_late_and_refuses),
		TEST(trips_are_counted_on_the_wire),
		TEST(a_crashed_server_is_lost),
		TEST(a_wrong_password_is_told_and_not_shown),
	};

	if (!pg_start())
		return 0;
	return pg_stop(cmocka_run_group_tests_name("postgres_faults", tests,
						   NULL, NULL));
}
