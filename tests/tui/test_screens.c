/* SPDX-License-Identifier: MIT */
/* The console as its user sees it: the real program on a terminal. */
#include "support/rt_test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "tui/fixture.h"

/* Start, press keys, compare, leave. */
static void golden(const fixture *f, const char *const *env, int rows,
		   int cols, const char *keys, const char *name)
{
	rt_screen *s = fixture_open(f, env, rows, cols);

	if (*keys)
		rt_screen_keys(s, keys);
	rt_screen_golden(s, name);
	rt_screen_free(s);
}

static void sizes_and_sets(void **state)
{
	const fixture *f = *state;

	golden(f, NULL, 24, 80, "", "graph-80x24");
#ifdef LIBGIT2_VERSION_TEXT
	golden(f, NULL, 40, 140, "", "graph-140x40");
#endif
	golden(f, NULL, 10, 40, "", "graph-40x10");
	golden(f, NULL, 30, 110, "", "graph-110x30");
	golden(f, fixture_ascii, 24, 80, "", "graph-80x24-ascii");
	golden(f, fixture_no_colour, 24, 80, "", "graph-80x24-nocolor");
	golden(f, NULL, 8, 30, "", "too-small-30x8");
}

static void sql_up_and_down(void **state)
{
	const fixture *f = *state;

	/* Enter opens the fold; a002 is the row above the base */
	golden(f, NULL, 24, 80, "G Up Enter G Up", "sql-up");
	golden(f, NULL, 24, 80, "G Up Enter G Up i Tab O", "sql-down");
	/* a003 has no way down */
	golden(f, NULL, 24, 80, "G k Enter G k k i", "sql-no-way-down");
	golden(f, fixture_ascii, 24, 80, "G Up Enter G O",
	       "graph-ascii-wide-text");
}

/* Everything pending of a range, in the plan's order; then the way back. */
static void a_range_of_revisions(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 40, 110);

	rt_screen_keys(s, "gg v G");
	rt_screen_golden(s, "range-up");
	rt_screen_keys(s, "gg j k");
	assert_true(rt_screen_has(s, "up the range   1 step"));
	rt_screen_keys(s, "i");
	assert_true(rt_screen_has(s, "nothing of the range is to run"));
	rt_screen_keys(s, "G k k k");
	assert_true(rt_screen_has(s, "down the range"));
	rt_screen_keys(s, "Esc");
	assert_false(rt_screen_has(s, "the range"));
	/* files that are read again end it */
	rt_screen_keys(s, "v j R");
	assert_false(rt_screen_has(s, "the range"));
	rt_screen_free(s);
}

static void search_marks_and_counts(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, "/ a r c h");
	assert_true(rt_screen_has(s, "match 1 of 4"));
	rt_screen_keys(s, "Enter n");
	assert_true(rt_screen_has(s, "match 2 of 4"));
	rt_screen_golden(s, "search");
	rt_screen_keys(s, "N N");
	assert_true(rt_screen_has(s, "match 4 of 4"));
	rt_screen_keys(s, "Esc");
	assert_false(rt_screen_has(s, "match"));
	/* a search that is left puts the cursor back */
	rt_screen_keys(s, "gg / z z");
	assert_true(rt_screen_has(s, "0 matches"));
	rt_screen_keys(s, "Esc");
	assert_true(rt_screen_has(s, "\u203a+ "));
	rt_screen_free(s);
}

static void a_filter_narrows(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, "& i n v o i c e Enter");
	rt_screen_golden(s, "filter");
	rt_screen_keys(s, "Esc");
	assert_true(rt_screen_has(s, "accounts"));
	/* a jump to what it hides ends it */
	rt_screen_keys(s, "& i n v o i c e Enter gb");
	assert_false(rt_screen_has(s, "filter:"));
	assert_true(rt_screen_has(s, "accounts"));
	rt_screen_free(s);
}

static void help_comes_from_the_keymap(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, "h");
	rt_screen_golden(s, "help");
	rt_screen_keys(s, "& m a x i m Enter");
	rt_screen_golden(s, "help-filtered");
	/* Enter does it */
	rt_screen_keys(s, "Enter");
	assert_false(rt_screen_has(s, "HELP"));
	assert_false(rt_screen_has(s, "2 SQL"));
	rt_screen_free(s);
}

static void jumps_and_the_way_back(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, "g d");
	assert_true(rt_screen_has(s, "SQL  up d001"));
	rt_screen_keys(s, "g p");
	rt_screen_golden(s, "choose-parent");
	rt_screen_keys(s, "j Enter");
	assert_true(rt_screen_has(s, "SQL  up c001"));
	rt_screen_keys(s, "g b");
	assert_true(rt_screen_has(s, "SQL  up a001"));
	rt_screen_keys(s, "C-o C-o");
	assert_true(rt_screen_has(s, "SQL  up d001"));
	rt_screen_keys(s, ": g o t o Space b i l l i n g Enter");
	assert_true(rt_screen_has(s, "SQL  up b0"));
	rt_screen_keys(s, ": g o t o Space n o n e Enter l");
	assert_true(rt_screen_has(s, "none"));
	rt_screen_free(s);
}

static void the_command_line_completes(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, ": m a x Tab");
	assert_true(rt_screen_has(s, ":maximise"));
	rt_screen_keys(s, "C-u g o t o Space b 0 Tab");
	assert_true(rt_screen_has(s, ":goto b00"));
	rt_screen_keys(s, "Esc : f l y Enter");
	assert_true(rt_screen_has(s, "there is no command 'fly'"));
	rt_screen_keys(s, "g z");
	assert_true(rt_screen_has(s, "gz means nothing here"));
	rt_screen_keys(s, "C-c");
	assert_true(rt_screen_has(s, "nothing is running"));
	rt_screen_free(s);
}

static void any_size_can_follow_any_other(void **state)
{
	static const int sizes[][2] = {
		{ 1, 1 },	 { 200, 300 }, { 2, 200 },
		{ 100, 2 },  { 10, 40 }, { 9, 40 },    { 10, 39 },
		{ 11, 100 }, { 12, 120 }, { 24, 80 },
	};
	rt_screen *s = fixture_open(*state, NULL, 24, 80);
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		rt_screen_resize(s, sizes[i][0], sizes[i][1]);
		rt_screen_keys(s, "j k Tab h q");
	}
	rt_screen_keys(s, "1");
	rt_screen_golden(s, "graph-80x24");
	rt_screen_free(s);
}

static void copying_sends_the_id(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, "gd y Enter");
	assert_string_equal(rt_screen_copied(s), "ZDAwMQ=="); /* d001 */
	rt_screen_free(s);
}

static void dependencies_of_the_selected_row(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, NULL);
	fixture_write(&f, "migrations/f002_x.sql",
		      "-- revision: f002\n-- down_revision: f001\n"
		      "-- depends_on: e001\n-- message: archive\n\n"
		      "-- migrate:up\n");
	s = fixture_open(&f, NULL, 24, 80);
	rt_screen_keys(s, ": g o t o Space f 0 0 2 Enter");
	rt_screen_golden(s, "depends-on");
	rt_screen_free(s);
	fixture_remove(&f);
}

/* The findings stand below the SQL, and colour the numbers of its lines. */
static void findings_below_the_sql(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, NULL);
	fixture_write(&f, "migrations/f002_x.sql",
		      "-- revision: f002\n-- down_revision: f001\n"
		      "-- message: archive\n\n"
		      "-- migrate:up\n\n-- old\nSELECT 1;\n"
		      "ALTER TABLE old\n  DROP COLUMN note;\n"
		      "CREATE UNIQUE INDEX i ON old (id);\n");
	s = fixture_open(&f, NULL, 24, 80);
	rt_screen_keys(s, ": g o t o Space f 0 0 2 Enter Tab");
	rt_screen_golden(s, "sql-lint");
	rt_screen_free(s);
	fixture_remove(&f);
}

/* A message that does not fit can be moved; its id stays. */
static void messages_can_be_moved(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	assert_false(rt_screen_has(s, "on most screens"));
	rt_screen_keys(s, "Right Right Right zl zl");
	assert_true(rt_screen_has(s, "on most screens"));
	assert_true(rt_screen_has(s, "e001"));
	rt_screen_keys(s, "Left Left Left zh zh zh");
	rt_screen_golden(s, "graph-80x24");
	rt_screen_free(s);
}

static void glyphs_can_be_switched(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, "~");
	assert_true(rt_screen_has(s, "= @---."));
	rt_screen_keys(s, "~");
	rt_screen_golden(s, "graph-80x24");
	rt_screen_free(s);
}

/* A file that changes is read again, without a key. */
static void changed_files_are_seen(void **state)
{
	const fixture *f = *state;
	rt_screen *s = fixture_open(f, NULL, 24, 80);
	char *path = rt_fs_join(f->dir, "migrations/g001_x.sql");

	fixture_write(f, "migrations/g001_x.sql",
		      "-- revision: g001\n-- down_revision: f002\n"
		      "-- message: \033[31mhostile\u202e\n\n-- migrate:up\n");
	rt_screen_wait(s);
	assert_true(rt_screen_has(s, "g001") || rt_screen_has(s, "g001_x"));
	assert_false(rt_screen_has(s, "\u202e"));
	unlink(path);
	rt_screen_wait(s);
	assert_false(rt_screen_has(s, "g001 "));
	free(path);
	rt_screen_free(s);
}

static void a_database_that_is_not_there(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, NULL);
	s = fixture_open(&f, NULL, 24, 80);
	assert_true(rt_screen_has(s, "13 pending"));
	rt_screen_keys(s, "l");
	assert_true(rt_screen_has(s, "there is no database"));
	rt_screen_free(s);
	fixture_remove(&f);
}

/* A row that no file knows is shown, and the others still count. */
static void a_row_without_a_file(void **state)
{
	rt_screen *s;
	fixture f;
	char *path;

	(void)state;
	fixture_make(&f, "f002");
	path = rt_fs_join(f.dir, "migrations/f002_x.sql");
	assert_int_equal(unlink(path), 0);
	s = fixture_open(&f, NULL, 24, 80);
	rt_screen_golden(s, "unknown-row");
	rt_screen_keys(s, "g g d");
	rt_screen_free(s);
	fixture_remove(&f);
	free(path);
}

/* A database that is none is told about; the files are shown all the same. */
static void a_database_that_is_none(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, NULL);
	fixture_write(&f, "shop.db", "this is no database, whatever it says, "
				     "and it is long enough to be read");
	s = fixture_open(&f, NULL, 24, 80);
	assert_true(rt_screen_has(s, "no database"));
	assert_true(rt_screen_has(s, "returns"));
	rt_screen_free(s);
	fixture_remove(&f);
}

static void files_that_cannot_be_read(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, NULL);
	fixture_write(&f, "migrations/a002_x.sql", "-- revision: a002\n"
						   "-- frobnicate: yes\n");
	s = fixture_open(&f, NULL, 24, 80);
	assert_true(rt_screen_has(s, "frobnicate"));
	assert_true(rt_screen_has(s, "a002_x.sql:2:"));
	rt_screen_keys(s, "j G gg gp gd i Enter Tab Tab Tab / x Esc R");
	assert_true(rt_screen_has(s, "frobnicate"));
	rt_screen_free(s);
	fixture_remove(&f);
}

static void leaving_gives_the_terminal_back(void **state)
{
	static const char *const keys[] = { "Q", "q" };
	const char *why;
	rt_screen *s;
	size_t i;
	int status;

	for (i = 0; i < 2; i++) {
		s = fixture_open(*state, NULL, 24, 80);
		rt_screen_send_only(s, keys[i]);
		status = rt_screen_status(s);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
		if (!rt_screen_is_restored(s, &why))
			fail_msg("%s", why);
		rt_screen_free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_and_sets),
		cmocka_unit_test(sql_up_and_down),
		cmocka_unit_test(findings_below_the_sql),
		cmocka_unit_test(a_range_of_revisions),
		cmocka_unit_test(search_marks_and_counts),
		cmocka_unit_test(a_filter_narrows),
		cmocka_unit_test(help_comes_from_the_keymap),
		cmocka_unit_test(jumps_and_the_way_back),
		cmocka_unit_test(the_command_line_completes),
		cmocka_unit_test(any_size_can_follow_any_other),
		cmocka_unit_test(copying_sends_the_id),
		cmocka_unit_test(glyphs_can_be_switched),
		cmocka_unit_test(messages_can_be_moved),
		cmocka_unit_test(dependencies_of_the_selected_row),
		cmocka_unit_test(changed_files_are_seen),
		cmocka_unit_test(a_database_that_is_not_there),
		cmocka_unit_test(a_row_without_a_file),
		cmocka_unit_test(a_database_that_is_none),
		cmocka_unit_test(files_that_cannot_be_read),
		cmocka_unit_test(leaving_gives_the_terminal_back),
	};

	return cmocka_run_group_tests(tests, fixture_setup,
				      fixture_teardown);
}
