/* SPDX-License-Identifier: MIT */
/* Values of settings: variables, interpolation, types. */
#include "support/rt_test.h"

#include "config/settings_fixture.h"
#include "support/tmpdir.h"

#include "base/fs.h"

static void an_unset_variable_fails_only_its_setting(void **state)
{
	fixture *f = *state;
	const char *v;

	st_put(f, "retort.ini",
	    "[retort]\nschema = x.sql\n\nurl = a://${USER_}:${PASS_}@h\n");
	f->env[0] = "USER_=me";
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	st_expect(f, "schema", "x.sql");
	rt_assert_rc(rt_settings_get(f->s, "url", &v, &f->err),
		     RETORT_ECONFIG, &f->err);
	st_expect_error(f, "variable PASS_ is not set", 4);
	assert_int_equal(f->err.column, 7);
	retort_error_dispose(&f->err);
	st_put(f, ".env", "USER_=other\nPASS_='s%c${x}'\n");
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	st_expect(f, "url", "a://me:s%c${x}@h");
}

static void variables_and_defaults(void **state)
{
	static const struct {
		const char *raw, *want;
	} cases[] = {
		{ "${A}", "one" },
		{ "${A}${A}", "oneone" },
		{ "$A $", "$A $" },
		{ "$${A}", "${A}" },
		{ "${EMPTY:-d}", "d" },
		{ "x${EMPTY-d}", "x" },
		{ "${NO:-${A}}!", "one!" },
		{ "${NO:-${NO:-%(here)s}}", NULL },
		{ "${NO:-}z", "z" },
		{ "100%%", "100%" },
		{ "${FROM_FILE}", "<one>" },
	};
	fixture *f = *state;
	rt_str text = RT_STR_INIT;
	size_t i;

	f->env[0] = "A=one";
	f->env[1] = "EMPTY=";
	st_put(f, ".env", "FROM_FILE=<${A}>\n");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_str_clear(&text);
		rt_str_addf(&text, "[retort]\nschema = %s\n", cases[i].raw);
		st_put(f, "retort.ini", text.p);
		rt_assert_ok(st_open(f, NULL, NULL), &f->err);
		st_expect(f, "schema",
			     cases[i].want ? cases[i].want : f->dir);
	}
	rt_str_free(&text);
}

static void interpolation_errors(void **state)
{
	static const struct {
		const char *raw, *part;
	} cases[] = {
		{ "%(nokey)s", "no key 'nokey'" },
		{ "%(schema)s", "circle" },
		{ "%d", "a % must be" },
		{ "%(x", "a % must be" },
		{ "${A", "without its }" },
		{ "${A?b}", "${NAME:-default}" },
		{ "${}", "${NAME:-default}" },
		{ "${LOOP}", "circle" },
	};
	fixture *f = *state;
	rt_str text = RT_STR_INIT;
	const char *v;
	size_t i;

	st_put(f, ".env", "LOOP=${LOOP}\n");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_str_clear(&text);
		rt_str_addf(&text, "[retort]\nschema = %s\n", cases[i].raw);
		st_put(f, "retort.ini", text.p);
		rt_assert_ok(st_open(f, NULL, NULL), &f->err);
		rt_assert_rc(rt_settings_get(f->s, "schema", &v, &f->err),
			     RETORT_ECONFIG, &f->err);
		st_expect_error(f, cases[i].part, 2);
	}
	rt_str_free(&text);
}

static void values_cannot_grow_without_end(void **state)
{
	static const char *const cases[][2] = {
		{ "xxxxxxxxxx", "longer than 64 KiB" },
		{ "", "more than 10000 others" },
	};
	fixture *f = *state;
	rt_str text = RT_STR_INIT;
	const char *v;
	int i, j, k;

	for (k = 0; k < 2; k++) {
		rt_str_clear(&text);
		rt_str_addf(&text, "[DEFAULT]\nk0 = %s\n", cases[k][0]);
		for (i = 1; i < 10; i++) {
			rt_str_addf(&text, "k%d = ", i);
			for (j = 0; j < 10; j++)
				rt_str_addf(&text, "%%(k%d)s", i - 1);
			rt_str_addc(&text, '\n');
		}
		rt_str_add(&text, "[retort]\nschema = %(k9)s\n");
		st_put(f, "retort.ini", text.p);
		rt_assert_ok(st_open(f, NULL, NULL), &f->err);
		rt_assert_rc(rt_settings_get(f->s, "schema", &v, &f->err),
			     RETORT_ECONFIG, &f->err);
		st_expect_error(f, cases[k][1], 13);
	}
	rt_str_free(&text);
}

static void typed_values(void **state)
{
	static const struct {
		const char *text;
		long ms;
	} times[] = {
		{ "0", 0 },        { "250ms", 250 },  { "5", 5000 },
		{ "5s", 5000 },    { "2min", 120000 }, { "1 h", 3600000 },
	};
	fixture *f = *state;
	rt_str text = RT_STR_INIT;
	long n;
	size_t i;
	bool is;

	for (i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		rt_str_clear(&text);
		rt_str_addf(&text, "[retort]\nlock_timeout = %s\n",
			    times[i].text);
		st_put(f, "retort.ini", text.p);
		rt_assert_ok(st_open(f, NULL, NULL), &f->err);
		rt_assert_ok(rt_settings_duration(f->s, "lock_timeout", &n,
						  &f->err), &f->err);
		assert_int_equal(n, times[i].ms);
	}
	rt_str_free(&text);
	rt_assert_ok(rt_settings_int(f->s, "truncate_slug_length", &n,
				     &f->err), &f->err);
	assert_int_equal(n, 40);
	rt_assert_ok(rt_settings_bool(f->s, "journal", &is, &f->err), &f->err);
	assert_true(is);
	assert_false(rt_settings_is_set(f->s, "journal"));
	assert_true(rt_settings_is_set(f->s, "lock_timeout"));
	rt_assert_rc(rt_settings_bool(f->s, "nosuch", &is, &f->err),
		     RETORT_EUSAGE, &f->err);
}

static void hooks_are_lists_of_words(void **state)
{
	fixture *f = *state;
	const rt_hook *hooks;
	size_t n;

	st_put(f, "retort.ini",
	    "[retort]\n[post_write_hooks]\nhooks = a, b,c\n"
	    "a.type = exec\na.executable = %(here)s/x\n"
	    "a.options = -l '7 9' REVISION_SCRIPT_FILENAME\na.cwd = /\n"
	    "b.type = console_scripts\nb.entrypoint = ruff\n"
	    "C.type = module\nc.module = black\nc.options = -q\n");
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	rt_assert_ok(rt_settings_hooks(f->s, &hooks, &n, &f->err), &f->err);
	assert_int_equal(n, 3);
	assert_int_equal(hooks[0].argv.n, 4);
	assert_string_equal(hooks[0].argv.v[2], "7 9");
	assert_string_equal(hooks[0].cwd, "/");
	assert_int_equal(hooks[1].argv.n, 2);
	assert_string_equal(hooks[1].argv.v[1], "REVISION_SCRIPT_FILENAME");
	assert_int_equal(hooks[2].argv.n, 5);
	assert_string_equal(hooks[2].argv.v[2], "black");
	assert_null(hooks[2].cwd);

	st_put(f, "retort.ini",
	    "[retort]\n[post_write_hooks]\nhooks = a\na.type = shell\n");
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	rt_assert_rc(rt_settings_hooks(f->s, &hooks, &n, &f->err),
		     RETORT_ECONFIG, &f->err);
	st_expect_error(f, "'shell'", 4);
	st_put(f, "retort.ini", "[retort]\n[post_write_hooks]\nhooks = a\n");
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	rt_assert_rc(rt_settings_hooks(f->s, &hooks, &n, &f->err),
		     RETORT_ECONFIG, &f->err);
	st_expect_error(f, "has no a.type", 3);
	st_put(f, "retort.ini",
	    "[retort]\n[post_write_hooks]\nhooks = a\na.type = exec\n"
	    "a.executable = x\na.options = 'y\n");
	rt_assert_ok(st_open(f, NULL, NULL), &f->err);
	rt_assert_rc(rt_settings_hooks(f->s, &hooks, &n, &f->err),
		     RETORT_EUSAGE, &f->err);
	st_expect_error(f, "no end", 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, st_setup, st_teardown)
		CASE(an_unset_variable_fails_only_its_setting),
		CASE(variables_and_defaults),
		CASE(interpolation_errors),
		CASE(values_cannot_grow_without_end),
		CASE(typed_values),
		CASE(hooks_are_lists_of_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
