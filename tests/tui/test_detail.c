/* SPDX-License-Identifier: MIT */
/* The diff pane and the journal: files against git and against what was
 * applied. */
#include "support/rt_test.h"

#include <stdlib.h>

#include "base/fs.h"
#include "base/proc.h"
#include "tui/fixture.h"

static void no_line(void *self, rt_sv line)
{
	(void)self;
	(void)line;
}

static int run(const fixture *f, const char *const *argv)
{
	rt_proc proc = { .argv = argv, .cwd = f->dir, .line = no_line };
	retort_error err = RETORT_ERROR_INIT;
	int status;

	rt_assert_ok(rt_proc_run(&proc, &status, &err), &err);
	return status;
}

static void run_git(const fixture *f, const char *verb, const char *argument)
{
	const char *argv[] = { "git", "-c", "user.name=a", "-c",
			       "user.email=a@example.org", verb, "-q",
			       argument, NULL };

	if (strcmp(verb, "add") == 0) {
		argv[6] = argument;
		argv[7] = NULL;
	}
	if (run(f, argv) != 0)
		fail_msg("git %s %s", verb, argument);
}

static void make_committed(fixture *f, const char *target)
{
	/* the pane tells the day */
	setenv("GIT_AUTHOR_DATE", "2025-09-16T18:49:48Z", 1);
	setenv("GIT_COMMITTER_DATE", "2025-09-16T18:49:48Z", 1);
	fixture_make(f, target);
	run_git(f, "init", "-bmain");
	fixture_write(f, ".gitignore", "*.db\n");
	run_git(f, "add", "-A");
	run_git(f, "commit", "-mfirst");
}

#define A002                                                                  \
	"-- revision: a002\n-- down_revision: a001\n-- message: orders\n\n"
#define A002_UP                                                               \
	"-- migrate:up\nCREATE TABLE \"order\" (\n"                           \
	"\tid integer PRIMARY KEY,\n"

static void in_no_repository(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, "d001");
	s = fixture_open(&f, NULL, 24, 80);
	rt_screen_keys(s, "d g d");
	assert_true(rt_screen_has(s, "DIFF  up d001"));
	assert_true(rt_screen_has(s, "git       in no repository"));
	assert_true(rt_screen_has(s, "as applied: the file is what"));
	rt_screen_keys(s, "gg");
	assert_true(rt_screen_has(s, "never applied"));
	rt_screen_free(s);
	fixture_remove(&f);
}

static void an_edited_file(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	make_committed(&f, "d001");
	s = fixture_open(&f, NULL, 24, 80);
	rt_screen_keys(s, "d G k Enter G k");
	assert_true(rt_screen_has(s, "DIFF  up a002"));
	assert_true(rt_screen_has(s, "git       unmodified"));
	assert_true(rt_screen_has(s, "committed a, 2025-09-16"));
	assert_true(rt_screen_has(s, "on main"));
	assert_true(rt_screen_has(s, "as applied"));
	/* it is seen without a key */
	fixture_write(&f, "migrations/a002_x.sql",
		      A002 A002_UP "\tnote bigint -- \033[31m\n);\n");
	rt_screen_wait(s);
	assert_true(rt_screen_has(s, "git       modified"));
	assert_true(rt_screen_has(s, "a002* orders"));
	rt_screen_keys(s, "1 & u n c o m m i t t e d Enter");
	assert_true(rt_screen_has(s, "a002* orders"));
	assert_false(rt_screen_has(s, "b001"));
	rt_screen_keys(s, "Esc 3 O");
	rt_screen_golden(s, "diff-edited");
	rt_screen_keys(s, "/ n o t e Enter");
	assert_true(rt_screen_has(s, "match 1 of 2"));
	rt_screen_free(s);
	fixture_remove(&f);
}

static void only_comments(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	make_committed(&f, "a002");
	fixture_write(&f, "migrations/a002_x.sql",
		      A002 "-- a remark\n" A002_UP
			   "\taccount_id integer NOT NULL REFERENCES account "
			   "(id),\n\tnote text DEFAULT 'none'\n);\n"
			   "CREATE INDEX order_account ON \"order\" "
			   "(account_id);\n\n-- migrate:down\n"
			   "DROP TABLE \"order\";\n");
	s = fixture_open(&f, NULL, 24, 80);
	rt_screen_keys(s, "g d d");
	assert_true(rt_screen_has(s, "database  comments"));
	rt_screen_free(s);
	fixture_remove(&f);
}

static void the_other_states_of_git(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	make_committed(&f, NULL);
	fixture_write(&f, "migrations/g001_x.sql",
		      "-- revision: g001\n-- down_revision: f002\n"
		      "-- message: new\n\n-- migrate:up\nSELECT 1;\n");
	s = fixture_open(&f, NULL, 40, 100);
	rt_screen_keys(s, "d gg : g o t o Space g 0 0 1 Enter");
	assert_true(rt_screen_has(s, "git       untracked"));
	assert_true(rt_screen_has(s, "+SELECT 1;"));
	run_git(&f, "add", "-A");
	rt_screen_keys(s, "R");
	assert_true(rt_screen_has(s, "git       added, staged"));
	rt_screen_free(s);
	fixture_remove(&f);
}

static void the_journal_of_a_revision(void **state)
{
	const char *upgrade[] = { getenv("RETORT"), "upgrade", "head", NULL };
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, "d001");
	fixture_write(&f, "migrations/e001_x.sql",
		      "-- revision: e001\n-- down_revision: f002\n"
		      "-- message: bad\n\n-- migrate:up\nSELECT 1;\n"
		      "INSERT INTO nowhere VALUES (1);\n");
	assert_int_not_equal(run(&f, upgrade), 0);
	s = fixture_open(&f, NULL, 24, 110);
	rt_screen_keys(s, "J gg");
	assert_true(rt_screen_has(s, "LOG  journal of e001"));
	assert_true(rt_screen_has(s, "upgrade failed"));
	assert_true(rt_screen_has(s, "no such table: nowhere"));
	rt_screen_keys(s, "j");
	assert_true(rt_screen_has(s, "upgrade ok  1 of 1"));
	rt_screen_keys(s, "d k");
	assert_true(rt_screen_has(s, "the last run did not end well"));
	rt_screen_keys(s, "l J");
	assert_true(rt_screen_has(s, "0 errors"));
	rt_screen_free(s);
	fixture_remove(&f);
}

/* A key held down past many files ends at the right one. */
static void many_keys_at_once(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	make_committed(&f, "d001");
	s = fixture_open(&f, NULL, 40, 140);
	rt_screen_send(s, "jjjjjjkkkkkkjjjkjkjkkjjjkkkkkkggG");
	assert_true(rt_screen_has(s, "DIFF  up a001"));
	assert_true(rt_screen_has(s, "git       unmodified"));
	rt_screen_free(s);
	fixture_remove(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_no_repository),
		cmocka_unit_test(an_edited_file),
		cmocka_unit_test(only_comments),
		cmocka_unit_test(the_other_states_of_git),
		cmocka_unit_test(the_journal_of_a_revision),
		cmocka_unit_test(many_keys_at_once),
	};

	/* git's settings of whoever runs the tests must not count */
	setenv("HOME", "/nonexistent", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	unsetenv("XDG_CONFIG_HOME");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
