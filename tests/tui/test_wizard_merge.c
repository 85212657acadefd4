/* SPDX-License-Identifier: MIT */
/* The merge wizard as a machine: pages, answers, what refuses. */
#include "support/rt_test.h"

#include "tui/merge/wizard.h"

static const char *const heads[] = { "a", "b", "c" };

static void assert_names(rt_merge *m, const char *want)
{
	retort_names names = rt_merge_names(m);
	rt_str s = RT_STR_INIT;
	size_t i;

	for (i = 0; i < names.n; i++)
		rt_str_addf(&s, "%s%s", i ? " " : "", names.v[i]);
	assert_string_equal(s.p, want);
	rt_str_free(&s);
}

static void to_method(rt_merge *m)
{
	assert_true(rt_merge_next(m));
	assert_true(rt_merge_next(m));
	assert_int_equal(m->page, RT_MERGE_METHOD);
	rt_merge_make_ways(m);
}

static void two_heads_at_least(void **state)
{
	rt_merge m = RT_MERGE_INIT;

	(void)state;
	assert_true(rt_merge_set_heads(&m, heads, 3));
	assert_names(&m, "a b c");
	rt_merge_toggle(&m, 0);
	rt_merge_toggle(&m, 2);
	rt_merge_toggle(&m, 9);
	assert_names(&m, "b");
	assert_false(rt_merge_next(&m));
	assert_non_null(strstr(m.reason, "two heads"));
	assert_int_equal(m.page, RT_MERGE_HEADS);
	rt_merge_toggle(&m, 2);
	assert_true(rt_merge_next(&m));
	/* heads are chosen on their page only */
	rt_merge_toggle(&m, 2);
	assert_names(&m, "b c");
	rt_merge_free(&m);
}

static void two_heads_have_three_ways(void **state)
{
	rt_merge m = RT_MERGE_INIT;

	(void)state;
	rt_merge_set_heads(&m, heads, 3);
	to_method(&m);
	assert_int_equal(m.ways.n, 1); /* of three heads: merge them */
	assert_true(rt_merge_back(&m));
	assert_true(rt_merge_back(&m));
	rt_merge_toggle(&m, 1);
	to_method(&m);
	assert_int_equal(m.ways.n, 3);
	assert_true(m.ways.v[1].reparents);
	assert_int_equal(m.ways.v[1].branch, 2);
	assert_int_equal(m.ways.v[1].onto, 0);
	assert_int_equal(m.ways.v[2].branch, 0);
	rt_merge_free(&m);
}

static void a_refused_way_leads_nowhere(void **state)
{
	rt_merge m = RT_MERGE_INIT;

	(void)state;
	rt_merge_set_heads(&m, heads, 2);
	assert_false(rt_merge_take(&m, 0));
	to_method(&m);
	rt_merge_refuse(&m, 1, "it is applied");
	assert_false(rt_merge_take(&m, 1));
	assert_string_equal(m.reason, "it is applied");
	assert_false(rt_merge_take(&m, 3));
	assert_true(rt_merge_take(&m, 2));
	assert_false(rt_merge_may_write(&m));
	assert_true(rt_merge_next(&m));
	assert_true(rt_merge_may_write(&m));
	assert_false(rt_merge_next(&m));
	/* applied meanwhile */
	rt_merge_refuse(&m, 2, "it is applied now");
	assert_false(rt_merge_may_write(&m));
	assert_true(rt_merge_back(&m));
	assert_false(rt_merge_next(&m));
	assert_string_equal(m.reason, "it is applied now");
	rt_merge_free(&m);
}

static void going_back_keeps_the_answers(void **state)
{
	rt_merge m = RT_MERGE_INIT;

	(void)state;
	rt_merge_set_heads(&m, heads, 2);
	rt_str_add(&m.message, "both");
	to_method(&m);
	assert_true(rt_merge_take(&m, 2));
	while (rt_merge_back(&m))
		;
	assert_int_equal(m.page, RT_MERGE_HEADS);
	to_method(&m);
	assert_int_equal(m.way, 2);
	assert_string_equal(m.message.p, "both");
	rt_merge_free(&m);
}

static void other_heads_begin_anew(void **state)
{
	static const char *const others[] = { "b", "c", "d" };
	rt_merge m = RT_MERGE_INIT;

	(void)state;
	rt_merge_set_heads(&m, heads, 3);
	rt_merge_toggle(&m, 1);
	assert_true(rt_merge_next(&m));
	assert_false(rt_merge_set_heads(&m, heads, 3));
	assert_int_equal(m.page, RT_MERGE_CONFLICTS);
	assert_true(rt_merge_set_heads(&m, others, 3));
	assert_int_equal(m.page, RT_MERGE_HEADS);
	assert_names(&m, "c d");
	assert_true(rt_merge_set_heads(&m, others, 0));
	assert_names(&m, "");
	rt_merge_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_heads_at_least),
		cmocka_unit_test(two_heads_have_three_ways),
		cmocka_unit_test(a_refused_way_leads_nowhere),
		cmocka_unit_test(going_back_keeps_the_answers),
		cmocka_unit_test(other_heads_begin_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
