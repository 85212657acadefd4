/* SPDX-License-Identifier: MIT */
/* The diff pane tells what a step does, measured on SQLite. */
#include "support/rt_test.h"

#include "base/str.h"
#include "tui/fixture.h"

#define GOTO(id) ":goto " id "\r"
#define FOR_EVER                                                              \
	"CREATE TABLE slow AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL "   \
	"SELECT i + 1 FROM n) SELECT count(*) FROM n;"

static const struct look {
	const char *name;
	const char *const *env;
	int rows, cols;
} looks[] = {
	{ "effects-80x24", NULL, 24, 80 },
	{ "effects-80x24-ascii", fixture_ascii, 24, 80 },
	{ "effects-80x24-nocolor", fixture_no_colour, 24, 80 },
	{ "effects-40x10", NULL, 10, 40 },
};

static void every_look(void **state)
{
	rt_screen *s;
	fixture f;
	size_t i;

	(void)state;
	fixture_make(&f, "a001");
	fixture_add(&f, "g001", "f002", "",
		    "DROP TABLE invoice;\n"
		    "ALTER TABLE archive\n\tADD COLUMN place text;\n"
		    "INSERT INTO archive (id) VALUES (1);\n"
		    "CREATE UNIQUE INDEX archive_place ON archive (place);",
		    "SELECT 1;");
	for (i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		s = fixture_open(&f, looks[i].env, looks[i].rows,
				 looks[i].cols);
		rt_screen_send(s, GOTO("g001"));
		rt_screen_keys(s, "3 O");
		rt_screen_golden(s, looks[i].name);
		rt_screen_free(s);
	}
	fixture_remove(&f);
}

static void the_second_time_it_is_cached(void **state)
{
	const char *env[] = { "LC_ALL=C.UTF-8", NULL, NULL };
	rt_screen *s;
	fixture f;
	char *cache;

	(void)state;
	fixture_make(&f, "d001");
	cache = rt_strf("XDG_CACHE_HOME=%s/cache", f.dir);
	env[1] = cache;
	s = fixture_open(&f, env, 40, 140);
	rt_screen_send(s, GOTO("a002"));
	rt_screen_keys(s, "d");
	rt_screen_expect(s, "effects   of the upgrade: measured");
	rt_screen_expect(s, "    + table order");
	rt_screen_expect(s, "    + index order.order_account");
	assert_false(rt_screen_has(s, "measured before"));
	rt_screen_keys(s, "i");
	rt_screen_expect(s, "effects   of the downgrade: measured");
	rt_screen_expect(s, "    - table order");
	rt_screen_keys(s, "i");
	rt_screen_expect(s, "of the upgrade: measured before");
	rt_screen_expect(s, "    + table order");
	rt_screen_keys(s, "X");
	assert_false(rt_screen_has(s, "measured before"));
	rt_screen_expect(s, "    + table order");
	rt_screen_free(s);
	/* and by the next console */
	s = fixture_open(&f, env, 40, 140);
	rt_screen_send(s, GOTO("a002"));
	rt_screen_keys(s, "d");
	rt_screen_expect(s, "of the upgrade: measured before");
	/* but not once the file is another */
	fixture_add(&f, "a002", "a001", "",
		    "CREATE TABLE \"order\" (id integer, total numeric);",
		    "DROP TABLE \"order\";");
	rt_screen_wait(s);
	assert_false(rt_screen_has(s, "measured before"));
	assert_false(rt_screen_has(s, "index order.order_account"));
	rt_screen_free(s);
	free(cache);
	fixture_remove(&f);
}

static void what_fails_says_where(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, "a001");
	fixture_add(&f, "g001", "f002", "",
		    "SELECT 1;\nCREATE INDEX x\n\tON archive (nowhere);",
		    "SELECT 1;");
	s = fixture_open(&f, NULL, 40, 140);
	rt_screen_send(s, GOTO("g001"));
	rt_screen_keys(s, "d");
	rt_screen_expect(s, "effects   of the upgrade: not measured");
	rt_screen_expect(s, "migrations/g001_x.sql:8:14: no such column: "
			    "nowhere");
	rt_screen_keys(s, "i");
	rt_screen_expect(s, "effects   of the downgrade: not measured");
	/* a003 has no way down */
	rt_screen_send(s, GOTO("a003"));
	rt_screen_expect(s, "effects   of the downgrade: not measured");
	rt_screen_keys(s, "i");
	rt_screen_expect(s, "    + column order.total");
	rt_screen_free(s);
	fixture_remove(&f);
}

static void moving_on_while_it_measures(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, "a001");
	fixture_add(&f, "g001", "f002", "", FOR_EVER, "SELECT 1;");
	s = fixture_open(&f, NULL, 40, 140);
	rt_screen_keys(s, "d");
	rt_screen_send_only(s, GOTO("g001"));
	rt_screen_until(s, "effects   of the upgrade: measuring");
	rt_screen_send(s, GOTO("b002"));
	rt_screen_expect(s, "    + column invoice.due");
	/* it is given up, unless a key has asked for it */
	rt_screen_send(s, GOTO("g001"));
	rt_screen_expect(s, "of the upgrade: press X to measure; it takes "
			    "long");
	rt_screen_send_only(s, "X");
	rt_screen_until(s, "effects   of the upgrade: measuring");
	rt_screen_send(s, GOTO("b001") "jjjkkk");
	rt_screen_expect(s, "    + table invoice");
	rt_screen_free(s);
	fixture_remove(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_look),
		cmocka_unit_test(the_second_time_it_is_cached),
		cmocka_unit_test(what_fails_says_where),
		cmocka_unit_test(moving_on_while_it_measures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
