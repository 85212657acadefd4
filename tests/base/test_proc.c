/* SPDX-License-Identifier: MIT */
/* Child processes, with real programs. */
#include "support/rt_test.h"

#include "base/arena.h"
#include "base/proc.h"
#include "base/str.h"

static void add_line(void *self, rt_sv line)
{
	rt_str *out = self;

	rt_str_addf(out, "[%.*s]", (int)line.n, line.p);
}

static int run(const char *const *argv, rt_str *out, int *status,
	       retort_error *err)
{
	const rt_proc p = { .argv = argv, .line = add_line,
			 .self = out };

	return rt_proc_run(&p, status, err);
}

static void what_cannot_be_started(void **state)
{
	static const char *const none[] = { "no-such-program-here", NULL };
	static const char *const pwd[] = { "pwd", NULL };
	const rt_proc nowhere = { .argv = pwd, .cwd = "/no/such/folder" };
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;
	int status = -1;

	(void)state;
	rt_assert_rc(run(none, &out, &status, &err), RETORT_EIO, &err);
	assert_non_null(strstr(err.message, "'no-such-program-here'"));
	assert_int_equal(status, -1);
	retort_error_dispose(&err);
	rt_assert_rc(rt_proc_run(&nowhere, &status, &err), RETORT_EIO, &err);
	retort_error_dispose(&err);
}

static void lines_and_status_come_back(void **state)
{
	static const char *const some[] = {
		"sh", "-c", "echo one; echo two >&2; printf three; exit 7",
		NULL
	};
	static const char *const dies[] = { "sh", "-c", "kill -TERM $$",
					    NULL };
	static const char *const reads[] = { "cat", NULL };
	static const char *const word[] = { "printf", "%s", "a; b $HOME `x`",
					    NULL };
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;
	int status;

	(void)state;
	rt_assert_ok(run(some, &out, &status, &err), &err);
	assert_int_equal(status, 7);
	assert_string_equal(out.p, "[one][two][three]");
	rt_str_clear(&out);
	rt_assert_ok(run(dies, &out, &status, &err), &err);
	assert_int_equal(status, 128 + 15);
	/* A hook that asks is not answered. */
	rt_assert_ok(run(reads, &out, &status, &err), &err);
	assert_int_equal(status, 0);
	assert_string_equal(out.p, "");
	/* No shell looks at the words. */
	rt_assert_ok(run(word, &out, &status, &err), &err);
	assert_string_equal(out.p, "[a; b $HOME `x`]");
	rt_str_free(&out);
}

static void folder_and_environment_are_the_childs(void **state)
{
	static const char *const argv[] = { "sh", "-c", "pwd; echo $ONLY",
					    NULL };
	static const char *const env[] = { "ONLY=this", NULL };
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;
	const rt_proc p = { .argv = argv, .cwd = "/", .env = env, .line = add_line,
			 .self = &out };
	int status;

	(void)state;
	rt_assert_ok(rt_proc_run(&p, &status, &err), &err);
	assert_string_equal(out.p, "[/][this]");
	rt_str_free(&out);
}

static void count_bytes(void *self, rt_sv line)
{
	*(size_t *)self += line.n;
}

static void a_line_without_end_comes_in_pieces(void **state)
{
	static const char *const argv[] = {
		"sh", "-c", "head -c 1000000 /dev/zero", NULL
	};
	retort_error err = RETORT_ERROR_INIT;
	size_t n = 0;
	const rt_proc p = { .argv = argv, .line = count_bytes,
			 .self = &n };
	int status;

	(void)state;
	rt_assert_ok(rt_proc_run(&p, &status, &err), &err);
	assert_int_equal(n, 1000000);
}

static void commands_are_cut_into_words(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "" },
		{ "  vim  -f ", "[vim][-f]" },
		{ "'a b'c\"d e\"", "[a bcd e]" },
		{ "a\\ b \\'", "[a b][']" },
		{ "\"\\\" \\\\ \\n\"", "[\" \\ \\n]" },
		{ "'\\' \"\"", "[\\][]" },
		{ "a\n#b", "[a][#b]" },
	};
	static const char *const bad[] = { "'a", "\"a", "a\\", "\"a\\" };
	retort_error err = RETORT_ERROR_INIT;
	rt_arena arena = RT_ARENA_INIT;
	rt_str got = RT_STR_INIT;
	retort_names names;
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_assert_ok(rt_proc_split(&arena, rt_sv_from(cases[i].text),
					   &names, &err), &err);
		rt_str_clear(&got);
		for (j = 0; j < names.n; j++)
			rt_str_addf(&got, "[%s]", names.v[j]);
		assert_string_equal(got.p, cases[i].want);
		assert_null(names.v[names.n]);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		rt_assert_rc(rt_proc_split(&arena, rt_sv_from(bad[i]), &names,
					   &err), RETORT_EUSAGE, &err);
		retort_error_dispose(&err);
	}
	rt_str_free(&got);
	rt_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_cannot_be_started),
		cmocka_unit_test(lines_and_status_come_back),
		cmocka_unit_test(folder_and_environment_are_the_childs),
		cmocka_unit_test(a_line_without_end_comes_in_pieces),
		cmocka_unit_test(commands_are_cut_into_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
