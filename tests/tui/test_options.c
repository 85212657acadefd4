/* SPDX-License-Identifier: MIT */
/* What a user can set and switch: keys, colours, signs, mouse, copying. */
#include "support/rt_test.h"

#include <sys/stat.h>

#include "base/fs.h"
#include "base/proc.h"
#include "tui/fixture.h"

static void configure(const fixture *f, const char *more)
{
	rt_str s = RT_STR_INIT;

	rt_str_addf(&s,
		    "[retort]\nscript_location = %%(here)s/migrations\n"
		    "url = sqlite:///shop.db\n%s",
		    more);
	fixture_write(f, "retort.ini", s.p);
	rt_str_free(&s);
}

static void copying_asks_what(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, "gd y");
	assert_true(rt_screen_has(s, "\u203a id            d001"));
	assert_true(rt_screen_has(s, "  error report"));
	rt_screen_keys(s, "Enter");
	assert_string_equal(rt_screen_copied(s), "ZDAwMQ=="); /* d001 */
	assert_true(rt_screen_has(s, "copied the id, 4 bytes"));
	rt_screen_keys(s, "y Esc");
	assert_false(rt_screen_has(s, "COPY"));
	/* the SQL pane offers its SQL, an empty diff is none */
	rt_screen_keys(s, "gg 2 y Enter");
	assert_true(rt_screen_has(s, "copied the SQL"));
	rt_screen_keys(s, "3 y Enter");
	assert_true(rt_screen_has(s, "there is no diff to copy"));
	rt_screen_free(s);
}

static void an_error_report(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, ": n o n e Enter y k k k k k k G");
	rt_screen_keys(s, "j j j j j j Enter");
	assert_true(rt_screen_has(s, "copied the error report"));
	rt_screen_free(s);
}

static void copying_by_a_program(void **state)
{
	const fixture *f = *state;
	char *script = rt_fs_join(f->dir, "clip"), *ini;
	char *to = rt_fs_join(f->dir, "clipped");
	rt_str got = RT_STR_INIT;
	rt_screen *s;

	fixture_write(f, "clip", "#!/bin/sh\ncat >\"$1\"\n");
	assert_int_equal(chmod(script, 0755), 0);
	ini = rt_strf("console_copy = %s \"%s\"\n", script, to);
	configure(f, ini);
	s = fixture_open(f, NULL, 24, 80);
	rt_screen_keys(s, "gd y Enter");
	assert_int_equal(rt_fs_read(to, RT_FS_LIMIT, &got, NULL), 0);
	assert_string_equal(got.p, "d001");
	rt_screen_free(s);
	configure(f, "console_copy = /nonexistent/clip\n");
	s = fixture_open(f, NULL, 24, 80);
	rt_screen_keys(s, "gd y Enter");
	assert_true(rt_screen_has(s, "console_copy: cannot run"));
	rt_screen_free(s);
	configure(f, "");
	rt_str_free(&got);
	free(script);
	free(to);
	free(ini);
}

static void a_menu_of_switches(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_keys(s, "o");
	rt_screen_golden(s, "options-menu");
	rt_screen_keys(s, "Enter");
	assert_true(rt_screen_has(s, "= @"));
	rt_screen_keys(s, "o j Enter");
	assert_true(rt_screen_has(s, "theme light"));
	rt_screen_keys(s, "o");
	assert_true(rt_screen_has(s, "ascii"));
	rt_screen_keys(s, "Esc 2");
	assert_true(rt_screen_has(s, "  1  CREATE"));
	rt_screen_keys(s, "#");
	assert_false(rt_screen_has(s, "  1  CREATE"));
	rt_screen_free(s);
}

static void keys_of_ones_own(void **state)
{
	const fixture *f = *state;
	rt_screen *s;

	configure(f, "console_keys =\n    maximise = z\n"
		     "    graph.parent = gp P\n");
	s = fixture_open(f, NULL, 24, 80);
	rt_screen_keys(s, "z");
	assert_false(rt_screen_has(s, "2 SQL"));
	rt_screen_keys(s, "O");
	assert_true(rt_screen_has(s, "O means nothing here"));
	rt_screen_keys(s, "h / m a x i m i s e Enter");
	assert_true(rt_screen_has(s, " z "));
	rt_screen_free(s);
	configure(f, "");
}

static void keep_line(void *self, rt_sv line)
{
	rt_str_addsv(self, line);
	rt_str_addc(self, '\n');
}

/* The console does not start with keys that are none, and says why; that is
 * so even where there is no terminal. */
static void settings_that_are_wrong(void **state)
{
	static const struct {
		const char *line, *says;
	} wrong[] = {
		{ "console_keys = maximise\n", "is not action = keys" },
		{ "console_keys = fly = z\n", "fly" },
		{ "console_keys = maximise = Hyper-z\n", "is not a key" },
		{ "console_keys =\n  maximise = z\n  wrap = z\n",
		  "is bound to 'maximise'" },
		{ "console_theme = pink\n", "console_theme" },
	};
	const fixture *f = *state;
	const char *argv[] = { getenv("RETORT"), "ui", NULL };
	rt_str out = RT_STR_INIT;
	rt_proc ui = { .argv = argv, .cwd = f->dir, .line = keep_line,
		       .self = &out };
	retort_error err = RETORT_ERROR_INIT;
	size_t i;
	int status;

	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		configure(f, wrong[i].line);
		rt_str_clear(&out);
		rt_assert_ok(rt_proc_run(&ui, &status, &err), &err);
		assert_int_not_equal(status, 0);
		if (!strstr(out.p, wrong[i].says))
			fail_msg("want '%s' in: %s", wrong[i].says, out.p);
	}
	configure(f, "");
	rt_str_free(&out);
}

/* SGR reports: button, column, row from 1; M pressed. */
#define CLICK(col, row) "\033[<0;" #col ";" #row "M\033[<0;" #col ";" #row "m"
#define WHEEL_DOWN(col, row) "\033[<65;" #col ";" #row "M"

static void the_mouse(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);
	int i;

	rt_screen_send(s, CLICK(20, 6));
	assert_true(rt_screen_has(s, "SQL  up d001"));
	/* a pane takes the keys when it is clicked */
	rt_screen_send(s, CLICK(20, 18));
	rt_screen_keys(s, "y");
	assert_true(rt_screen_has(s, "\u203a SQL"));
	/* what lies over the panes takes no click */
	rt_screen_send_only(s, CLICK(20, 3));
	rt_screen_keys(s, "Esc y");
	assert_true(rt_screen_has(s, "\u203a SQL"));
	rt_screen_keys(s, "Esc");
	/* the wheel moves what is under it */
	rt_screen_send(s, WHEEL_DOWN(20, 4));
	rt_screen_send(s, CLICK(20, 12));
	assert_true(rt_screen_has(s, "SQL  up a001"));
	/* twice opens the fold; a slow machine may need a third */
	assert_true(rt_screen_has(s, "4 applied revisions folded"));
	for (i = 0; i < 20 && rt_screen_has(s, "folded"); i++)
		rt_screen_send(s, CLICK(20, 11));
	assert_false(rt_screen_has(s, "folded"));
	/* it can be left to the terminal */
	rt_screen_keys(s, ": m o u s e Enter");
	rt_screen_free(s);
	configure(*state, "console_mouse = off\n");
	s = fixture_open(*state, NULL, 24, 80);
	rt_screen_keys(s, "o");
	assert_true(rt_screen_has(s, "mouse            off"));
	rt_screen_free(s);
	configure(*state, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copying_asks_what),
		cmocka_unit_test(an_error_report),
		cmocka_unit_test(copying_by_a_program),
		cmocka_unit_test(a_menu_of_switches),
		cmocka_unit_test(keys_of_ones_own),
		cmocka_unit_test(settings_that_are_wrong),
		cmocka_unit_test(the_mouse),
	};

	return cmocka_run_group_tests(tests, fixture_setup,
				      fixture_teardown);
}
