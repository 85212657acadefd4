/* SPDX-License-Identifier: MIT */
/*
 * The diff pane tells what a step does, measured on PostgreSQL: only on a
 * key, or where `scratch_url` says that it may.
 */
#include "support/rt_test.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "support/db.h"
#include "support/pg.h"
#include "tui/fixture.h"

enum { PATIENCE_MS = 12000 };

#define GOTO(id) ":goto " id "\r"
#define SCRATCH "FROM pg_database WHERE datname LIKE 'retort_scratch_%'"
#define SLEEPER                                                               \
	"FROM pg_stat_activity WHERE state = 'active' AND "                   \
	"query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()"

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

static void make(fixture *f, const char *up)
{
	fixture_make(f, NULL);
	fixture_settings(f, pg_url(), "");
	fixture_add(f, "g001", "f002", "", up, "SELECT 1;");
}

static rt_screen *start(const fixture *f)
{
	char *cache = rt_strf("XDG_CACHE_HOME=%s/cache", f->dir);
	const char *env[] = { "LC_ALL=C.UTF-8", "NO_COLOR=1", cache, NULL };
	rt_screen *s = fixture_open(f, env, 40, 120);

	free(cache);
	return s;
}

static void on_a_key(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_screen *s;
	fixture f;

	(void)state;
	make(&f, "ALTER TABLE archive ADD COLUMN at timestamptz\n"
		 "\tDEFAULT clock_timestamp();\nINSERT INTO archive (id) "
		 "VALUES (1);");
	s = start(&f);
	rt_screen_send(s, GOTO("g001"));
	rt_screen_expect(s, "of the upgrade: press X to measure, in a");
	db_expect(conn, "SELECT count(*) " SCRATCH, "0");
	rt_screen_keys(s, "X");
	rt_screen_expect(s, "of the upgrade: measured");
	rt_screen_keys(s, "3 O");
	rt_screen_golden(s, "effects-postgres");
	db_expect(conn, "SELECT count(*) " SCRATCH, "0");
	rt_screen_free(s);
	s = start(&f);
	rt_screen_send(s, GOTO("g001"));
	rt_screen_expect(s, "of the upgrade: measured before");
	rt_screen_keys(s, "i");
	rt_screen_expect(s, "of the downgrade: press X");
	rt_screen_free(s);
	rt_conn_close(conn);
	fixture_remove(&f);
}

static void by_itself_on_a_scratch_server(void **state)
{
	char *setting = rt_strf("scratch_url = %s\n", pg_url());
	rt_screen *s;
	fixture f;

	(void)state;
	make(&f, "DROP TABLE member;");
	fixture_settings(&f, pg_url(), setting);
	s = start(&f);
	rt_screen_send(s, GOTO("f002"));
	rt_screen_expect(s, "of the upgrade: measured");
	rt_screen_expect(s, "+ column archive.year");
	rt_screen_expect(s, "! locks archive (AccessExclusiveLock)");
	/* member is on the other branch: not there */
	rt_screen_send(s, GOTO("g001"));
	rt_screen_expect(s, "of the upgrade: not measured");
	rt_screen_keys(s, "3 O");
	rt_screen_expect(s, "g001_x.sql:6:1: table \"member\" does not "
			    "exist");
	rt_screen_free(s);
	free(setting);
	fixture_remove(&f);
}

static void moving_on_while_it_measures(void **state)
{
	rt_conn *conn = db_open(pg_url(), NULL);
	rt_screen *s;
	fixture f;

	(void)state;
	make(&f, "SELECT pg_sleep(60);");
	s = start(&f);
	rt_screen_send(s, GOTO("g001"));
	rt_screen_send_only(s, "X");
	await(conn, "SELECT count(*) = 1 " SLEEPER);
	rt_screen_send(s, GOTO("f002"));
	rt_screen_expect(s, "of the upgrade: press X");
	db_expect(conn, "SELECT count(*) " SCRATCH, "1");
	db_exec(conn, "SELECT pg_terminate_backend(pid, 5000) " SLEEPER);
	rt_screen_keys(s, "X");
	rt_screen_expect(s, "of the upgrade: measured");
	db_expect(conn, "SELECT count(*) " SCRATCH, "0");
	rt_screen_free(s);
	rt_conn_close(conn);
	fixture_remove(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(on_a_key, pg_reset),
		cmocka_unit_test_setup(by_itself_on_a_scratch_server,
				       pg_reset),
		cmocka_unit_test_setup(moving_on_while_it_measures, pg_reset),
	};

	if (!pg_start())
		return 0;
	return pg_stop(cmocka_run_group_tests_name("effects, PostgreSQL",
						   tests, NULL, NULL));
}
