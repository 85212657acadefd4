/* SPDX-License-Identifier: MIT */
/* Lists of names: empty ones, taken apart, sorted, searched. */
#include "support/rt_test.h"

#include "base/names.h"
#include "base/str.h"

static void texts_are_taken_apart(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "" }, { " , ,", "" }, { "a", "[a]" },
		{ "b, a", "[b][a]" }, { ",a,,b c ,", "[a][b c]" },
	};
	rt_arena arena = RT_ARENA_INIT;
	rt_str got = RT_STR_INIT;
	retort_names names;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_str_clear(&got);
		names = rt_names_split(&arena, rt_sv_from(cases[i].text));
		for (k = 0; k < names.n; k++)
			rt_str_addf(&got, "[%s]", names.v[k]);
		assert_string_equal(got.n ? got.p : "", cases[i].want);
	}
	rt_str_free(&got);
	rt_arena_free(&arena);
}

static void lists_of_any_length_are_searched(void **state)
{
	static const char *const words[] = { "c", "a", "ab", "B" };
	rt_arena arena = RT_ARENA_INIT;
	retort_names all, sorted;
	size_t n, i;

	(void)state;
	rt_names_sort(NULL, 0);
	assert_false(rt_names_have(NULL, "a"));
	for (n = 0; n <= 4; n++) {
		all = rt_names_keep(&arena, words, n);
		sorted = rt_names_sorted(&arena, all);
		assert_int_equal(sorted.n, n);
		for (i = 0; i < 4; i++) {
			assert_int_equal(rt_names_have(&all, words[i]), i < n);
			assert_int_equal(rt_names_have_sorted(&sorted,
							      words[i]),
					 i < n);
		}
		assert_false(rt_names_have_sorted(&sorted, "aa"));
		assert_int_equal(rt_names_equal(&all, &sorted), n < 2);
	}
	assert_string_equal(sorted.v[0], "B");
	assert_string_equal(all.v[0], "c");
	rt_arena_free(&arena);
}

static void a_copy_outlives_its_names(void **state)
{
	char text[] = "one";
	const char *const list[] = { text, "two" };
	rt_arena arena = RT_ARENA_INIT;
	retort_names copy = rt_names_copy(&arena, (retort_names){ list, 2 });

	(void)state;
	text[0] = 'x';
	assert_int_equal(copy.n, 2);
	assert_string_equal(copy.v[0], "one");
	rt_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_taken_apart),
		cmocka_unit_test(lists_of_any_length_are_searched),
		cmocka_unit_test(a_copy_outlives_its_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
