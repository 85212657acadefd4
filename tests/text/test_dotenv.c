/* SPDX-License-Identifier: MIT */
/* .env files. */
#include "support/rt_test.h"

#include "text/dotenv.h"

static void files_that_are_wrong(void **state)
{
	static const struct {
		rt_sv text;
		int line, column;
	} cases[] = {
		{ { "A=1\n=2\n", 7 }, 2, 1 },
		{ { "A B=1\n", 6 }, 1, 1 },
		{ { "\n A+=1\n", 7 }, 2, 2 },
		{ { "A='x\n\n", 6 }, 1, 3 },
		{ { "A=\"x\\\"\n", 7 }, 1, 3 },
		{ { "A=1\n\nB='x' y\n", 13 }, 3, 7 },
		{ { "A=1\0\n", 5 }, 1, 4 },
		{ { "export =1\n", 10 }, 1, 1 },
	};
	retort_error err = RETORT_ERROR_INIT;
	rt_arena arena = RT_ARENA_INIT;
	rt_dotenv env;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_assert_rc(rt_dotenv_read(&arena, "p/.env", cases[i].text,
					    &env, &err), RETORT_ECONFIG, &err);
		assert_int_equal(err.line, cases[i].line);
		assert_int_equal(err.column, cases[i].column);
		assert_string_equal(retort_error_get(&err, RETORT_ERROR_FILE),
				    "p/.env");
		retort_error_dispose(&err);
	}
	rt_arena_free(&arena);
}

static void values_in_every_form(void **state)
{
	static const char text[] =
		"\xef\xbb\xbf# comment\r\n"
		"A=1\r\n"
		"export B = two words  # comment\n"
		"C=a#b\n"
		"D= # nothing\n"
		"E=\"x\\n\\t\\\"\\\\\\q$ \\${A}\"  # c\n"
		"F='${A} \\n \\' \\\\'\n"
		"G=\"two\nlines\"\n"
		"H\n"
		"export I\n"
		"J=${A}=x\n"
		"A=again\n"
		"  K=\"\"";
	static const struct {
		const char *name, *value;
		bool literal;
		int line;
	} want[] = {
		{ "A", "again", false, 13 },
		{ "B", "two words", false, 3 },
		{ "C", "a#b", false, 4 },
		{ "D", "", false, 5 },
		{ "E", "x\n\t\"\\\\q$ $${A}", false, 6 },
		{ "F", "${A} \\n ' \\", true, 7 },
		{ "G", "two\nlines", false, 8 },
		{ "J", "${A}=x", false, 12 },
		{ "K", "", false, 14 },
	};
	retort_error err = RETORT_ERROR_INIT;
	rt_arena arena = RT_ARENA_INIT;
	const rt_dotenv_value *v;
	rt_dotenv env;
	size_t i;

	(void)state;
	rt_assert_ok(rt_dotenv_read(&arena, ".env", rt_sv_from(text), &env,
				    &err), &err);
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		v = rt_dotenv_find(&env, rt_sv_from(want[i].name));
		assert_non_null(v);
		assert_string_equal(v->value, want[i].value);
		assert_int_equal(v->literal, want[i].literal);
		assert_int_equal(v->line, want[i].line);
	}
	assert_int_equal(env.n, 10);
	assert_null(rt_dotenv_find(&env, RT_SV("H")));
	rt_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_that_are_wrong),
		cmocka_unit_test(values_in_every_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
