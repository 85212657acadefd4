/* SPDX-License-Identifier: MIT */
/* Project files as Python's configparser reads them, and where things are. */
#include "support/rt_test.h"

#include "base/str.h"
#include "config/ini.h"

typedef struct want {
	const char *section, *key, *value; /* value NULL = not there */
	int line, column;
} want;

static void values_and_their_places(void **state)
{
	static const char text[] =
		"\xef\xbb\xbf; a comment\r\n"
		"[one]\r\n"
		"Key = value ; not a comment # nor this\r\n"
		"colon: a = b\r\n"
		"empty =\r\n"
		"many = first\r\n"
		"  second\r\n"
		"# between\r\n"
		"\r\n"
		"\tthird = x\r\n"
		"\r\n"
		"[two] tail ]\r\n"
		"  \xc3\xa4 =   \xc3\xb6\r\n"
		"  over = ${X}%(y)s\n"
		"   [three]\n"
		"[DEFAULT]\n"
		"x = 1\n"
		"[four]\n"
		"x = 2\n"
		"[DEFAULT]\n"
		"y = 3";
	static const want wants[] = {
		{ "one", "key", "value ; not a comment # nor this", 3, 7 },
		{ "one", "Key", NULL, 0, 0 },
		{ "one", "colon", "a = b", 4, 8 },
		{ "one", "empty", "", 5, 8 },
		{ "one", "many", "first\nsecond\n\nthird = x", 6, 8 },
		{ "two] tail ", "\xc3\xa4", "\xc3\xb6", 13, 9 },
		{ "two] tail ", "over", "${X}%(y)s\n[three]", 14, 10 },
		{ "DEFAULT", "x", "1", 17, 5 },
		{ "DEFAULT", "y", "3", 21, 5 },
		{ "four", "x", "2", 19, 5 },
		{ "four", "y", NULL, 0, 0 },
		{ "none", "x", NULL, 0, 0 },
	};
	retort_error err = RETORT_ERROR_INIT;
	rt_ini ini = RT_INI_INIT;
	const rt_ini_value *v;
	size_t i;

	(void)state;
	rt_assert_ok(rt_ini_read(&ini, "p", rt_sv_from(text), &err), &err);
	for (i = 0; i < sizeof(wants) / sizeof(wants[0]); i++) {
		v = rt_ini_find(&ini, wants[i].section, wants[i].key);
		if (!v != !wants[i].value)
			fail_msg("[%s] %s", wants[i].section, wants[i].key);
		if (!v)
			continue;
		assert_string_equal(v->value, wants[i].value);
		assert_int_equal(v->line, wants[i].line);
		assert_int_equal(v->column, wants[i].column);
	}
	assert_int_equal(ini.sections.n, 4);
	assert_int_equal(rt_ini_section_find(&ini, "four")->line, 18);
	assert_null(rt_ini_section_find(&ini, "three"));
	rt_ini_free(&ini);
}

/* What inih would cut at 200 bytes, or take for a comment. */
static void long_values_stay_whole(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_ini ini = RT_INI_INIT;
	rt_str text = RT_STR_INIT;
	const char *value;
	int i;

	(void)state;
	rt_str_add(&text, "[a]\nurl = ");
	for (i = 0; i < 10000; i++)
		rt_str_add(&text, "abcdefg=;#");
	rt_assert_ok(rt_ini_read(&ini, "p", rt_str_sv(&text), &err), &err);
	assert_int_equal(ini.values.n, 1);
	value = rt_ini_find(&ini, "a", "url")->value;
	assert_string_equal(value, text.p + strlen("[a]\nurl = "));
	rt_ini_free(&ini);
	rt_str_free(&text);
}

static void errors_say_where(void **state)
{
	static const struct {
		rt_sv text;
		int line, column;
	} cases[] = {
		{ { "a = 1\n", 6 }, 1, 1 },
		{ { "\n[a]\n\xc3\xa4 word\n", 13 }, 3, 1 },
		{ { "[a]\n = v\n", 9 }, 2, 2 },
		{ { "[a\n", 3 }, 1, 1 },
		{ { "[]\n", 3 }, 1, 1 },
		{ { "[a]\n[b]\n [a]\n", 13 }, 3, 2 },
		{ { "[a]\nx=1\nX:2\n", 12 }, 3, 1 },
		{ { "[a]\nx=\xc3(\n", 9 }, 2, 3 },
		{ { "[a]\nx=\0\n", 8 }, 2, 3 },
	};
	retort_error err = RETORT_ERROR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_ini ini = RT_INI_INIT;

		rt_assert_rc(rt_ini_read(&ini, "p.ini", cases[i].text, &err),
			     RETORT_ECONFIG, &err);
		assert_int_equal(err.line, cases[i].line);
		assert_int_equal(err.column, cases[i].column);
		assert_string_equal(retort_error_get(&err, RETORT_ERROR_FILE),
				    "p.ini");
		retort_error_dispose(&err);
		rt_ini_free(&ini);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_and_their_places),
		cmocka_unit_test(long_values_stay_whole),
		cmocka_unit_test(errors_say_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
