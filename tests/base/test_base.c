/* SPDX-License-Identifier: MIT */
/* String, view, map, arena, error: the ground everything stands on. */
#include "support/rt_test.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

static void str_grows_and_stays_terminated(void **state)
{
	rt_str s = RT_STR_INIT;
	char *taken;
	int i;

	(void)state;
	assert_string_equal(s.p, "");
	for (i = 0; i < 1000; i++)
		rt_str_addf(&s, "%d,", i % 10);
	assert_int_equal(s.n, 2000);
	rt_str_truncate(&s, 3);
	rt_str_addc(&s, '!');
	taken = rt_str_take(&s);
	assert_string_equal(taken, "0,1!");
	assert_string_equal(s.p, "");
	free(taken);
}

static void sv_splits_and_finds_positions(void **state)
{
	rt_sv rest = RT_SV("a,,b"), piece, text = RT_SV("x\n\xc3\xa4 y\r\nz");
	int line, column, n = 0;

	(void)state;
	while (rt_sv_split(&rest, ',', &piece))
		n++;
	assert_int_equal(n, 3);
	assert_true(rt_sv_is(piece, "b"));
	rt_sv_position(text, 5, &line, &column);
	assert_int_equal(line, 2);
	assert_int_equal(column, 3);
	rest = text;
	for (n = 0; rt_sv_line(&rest, &piece); n++)
		assert_true(n != 1 || rt_sv_is(piece, "\xc3\xa4 y"));
	assert_int_equal(n, 3);
}

static void map_keeps_the_first_value(void **state)
{
	rt_map m = RT_MAP_INIT;
	rt_arena a = RT_ARENA_INIT;
	size_t i;

	(void)state;
	assert_null(rt_map_find(&m, RT_SV("x")));
	for (i = 0; i < 10000; i++) {
		rt_sv key = rt_sv_from(rt_arena_strf(&a, "key%zu", i));

		assert_true(rt_map_add(&m, key, i));
		assert_false(rt_map_add(&m, key, i + 1));
	}
	assert_int_equal(rt_map_find(&m, RT_SV("key1234"))->value, 1234);
	assert_null(rt_map_find(&m, RT_SV("key10000")));
	rt_map_free(&m);
	rt_arena_free(&a);
}

static void first_error_wins(void **state)
{
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	assert_int_equal(rt_err_set(&err, RETORT_EIO, "no %s", "file"),
			 RETORT_EIO);
	rt_err_set(&err, RETORT_EPARSE, "later");
	rt_err_prefix(&err, "reading");
	rt_err_at(&err, "a.sql", 3, 4);
	rt_err_at(&err, "b.sql", 5, 6);
	assert_int_equal(err.code, RETORT_EIO);
	assert_string_equal(err.message, "reading: no file");
	assert_string_equal(retort_error_get(&err, RETORT_ERROR_FILE),
			    "a.sql");
	assert_int_equal(err.line, 3);
	assert_string_equal(retort_error_word(err.code), "io");
	assert_int_equal(retort_error_status(RETORT_EUNCERTAIN), 4);
	retort_error_dispose(&err);
	assert_int_equal(err.code, 0);
	assert_int_equal(rt_err_set(NULL, RETORT_EIO, "x"), RETORT_EIO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(str_grows_and_stays_terminated),
		cmocka_unit_test(sv_splits_and_finds_positions),
		cmocka_unit_test(map_keeps_the_first_value),
		cmocka_unit_test(first_error_wins),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
