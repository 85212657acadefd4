/* SPDX-License-Identifier: MIT */
/* The part of a pyproject.toml that is ours, and what is no TOML. */
#include "support/rt_test.h"

#include <string.h>

#include "base/str.h"
#include "config/toml.h"

static void good(const char *text, const char *want)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_toml_values values = RT_VEC_INIT;
	rt_arena arena = RT_ARENA_INIT;
	rt_str got = RT_STR_INIT;
	size_t i;

	rt_assert_ok(rt_toml_read(&arena, "x.toml", rt_sv_from(text), "t.",
				  &values, &err), &err);
	for (i = 0; i < values.n; i++)
		rt_str_addf(&got, "%s=%s%s@%d:%d;", values.v[i].name,
			    values.v[i].text, values.v[i].list ? "[]" : "",
			    values.v[i].line, values.v[i].column);
	assert_string_equal(got.p, want);
	rt_vec_free(&values);
	rt_str_free(&got);
	rt_arena_free(&arena);
}

static void bad(const char *text, const char *message, int line, int column)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_toml_values values = RT_VEC_INIT;
	rt_arena arena = RT_ARENA_INIT;

	rt_assert_rc(rt_toml_read(&arena, "x.toml", rt_sv_from(text), "",
				  &values, &err), RETORT_ECONFIG, &err);
	assert_string_equal(err.message, message);
	assert_int_equal(err.line, line);
	assert_int_equal(err.column, column);
	retort_error_dispose(&err);
	rt_vec_free(&values);
	rt_arena_free(&arena);
}

static void test_values(void **state)
{
	(void)state;
	good("a = 1\n[t]\na = 1 # c\nb.c = 'x'\n[u]\nt.a = 2\n",
	     "t.a=1@3:5;t.b.c=x@4:7;");
	good("t.a = true\nt.\"b c\".'d' = -1.5e3\n",
	     "t.a=true@1:7;t.b c.d=-1.5e3@2:15;");
	good("[t] # c\r\nd = 1979-05-27T07:32:00Z\r\n",
	     "t.d=1979-05-27T07:32:00Z@2:5;");
	good("[t]\nl = [ 'a', # c\n 'b',\n]\ne = []\n",
	     "t.l=a\nb[]@2:5;t.e=[]@5:5;");
	good("t = {a = 1, b = { c = 'x' }, d = {}}\n",
	     "t.a=1@1:10;t.b.c=x@1:23;");
	good("[[t.h]]\nn = 1\n[[t.h]]\nn = 2\n[t]\nh2 = [{n = 3}, {n=4}]\n",
	     "t.h[0].n=1@2:5;t.h[1].n=2@4:5;t.h2[0].n=3@6:12;"
	     "t.h2[1].n=4@6:19;");
}

static void test_strings(void **state)
{
	(void)state;
	good("t.a = \"\\t\\\"\\\\\\u00e4\\U0001F600\"\n",
	     "t.a=\t\"\\\xc3\xa4\xf0\x9f\x98\x80@1:7;");
	good("t.a = '\\n'\n", "t.a=\\n@1:7;");
	good("t.a = \"\"\"\nx\"\"y\\\n   z\"\"\"\"\"\n",
	     "t.a=x\"\"yz\"\"@1:7;");
	good("t.a = '''\r\nit''s\\'''\n", "t.a=it''s\\@1:7;");
	good("t.a = \"\"\nt.b = ''\n", "t.a=@1:7;t.b=@2:7;");
}

static void test_refused(void **state)
{
	(void)state;
	bad("a = \"b\nc\"\n", "a string is not closed", 1, 5);
	bad("a = \"\"\"b\n", "a string is not closed", 1, 5);
	bad("a = \"\\d\"", "an escape that TOML has not", 1, 6);
	bad("a = \"\\ud800\"", "an escape names no character", 1, 8);
	bad("a = \"\\u12\"", "an escape is cut short", 1, 8);
	bad("\n= 1\n", "a key is missing", 2, 1);
	bad("a\n", "`=` is missing", 1, 2);
	bad("a =\n", "a value is missing", 1, 4);
	bad("a = 1 2\n", "something follows that does not belong to the line",
	    1, 7);
	bad("[a\n", "`]` is missing", 1, 3);
	bad("[[a]\n", "`]` is missing", 1, 4);
	bad("a = [1 2]\n", "`,` or `]` is missing", 1, 8);
	bad("a = {b = 1\n}\n", "`,` or `}` is missing", 1, 11);
	bad("a = '\xff'\n", "this is not UTF-8", 1, 6);
}

static void test_hostile(void **state)
{
	rt_str text = RT_STR_INIT;
	size_t i;

	(void)state;
	rt_str_add(&text, "a = ");
	for (i = 0; i < 100000; i++)
		rt_str_addc(&text, '[');
	bad(text.p, "values are nested too deep", 1, 69);
	rt_str_clear(&text);
	for (i = 0; i < 100000; i++)
		rt_str_add(&text, "a=1\n");
	bad(text.p, "too many settings", 10001, 3);
	rt_str_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
