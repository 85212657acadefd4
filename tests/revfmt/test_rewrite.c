/* SPDX-License-Identifier: MIT */
/* Other parents for a file: what changes, and that nothing else does. */
#include "support/rt_test.h"

#include "base/str.h"
#include "revfmt/rewrite.h"

#define REST "\n\n-- migrate:up\n-- down_revision: z\nSELECT 1;\n"

static const struct good {
	const char *before, *parents[3], *after;
} goods[] = {
	{ "-- revision: a\n-- down_revision: b" REST, { "c" },
	  "-- revision: a\n-- down_revision: c" REST },
	/* one to several, several to one, any to none, none to any */
	{ "-- revision: a\n-- down_revision: b" REST, { "c", "d" },
	  "-- revision: a\n-- down_revision: c, d" REST },
	{ "-- revision: a\n-- down_revision: b,c ,\td  " REST, { "e" },
	  "-- revision: a\n-- down_revision: e  " REST },
	{ "-- revision: a\n-- down_revision: b" REST, { NULL },
	  "-- revision: a\n-- down_revision:" REST },
	{ "-- revision: a\n-- down_revision:" REST, { "b" },
	  "-- revision: a\n-- down_revision: b" REST },
	{ "-- revision: a\n-- down_revision:   " REST, { "b" },
	  "-- revision: a\n-- down_revision: b   " REST },
	/* as it was written: order, blanks, line ends, byte order mark */
	{ "--down_revision:\tb\t\n\n-- Note: x\n--revision:a" REST, { "c" },
	  "--down_revision:\tc\t\n\n-- Note: x\n--revision:a" REST },
	{ "\xef\xbb\xbf-- revision: a\r\n-- down_revision: b\r\n"
	  "-- message: b\r\n-- migrate:up\r\n", { "c" },
	  "\xef\xbb\xbf-- revision: a\r\n-- down_revision: c\r\n"
	  "-- message: b\r\n-- migrate:up\r\n" },
	{ "/*\n-- down_revision: x\n*/\n-- revision: a\n"
	  "-- down_revision: b", { "c" },
	  "/*\n-- down_revision: x\n*/\n-- revision: a\n"
	  "-- down_revision: c" },
	{ "-- revision: a\n-- message: down_revision: b\n"
	  "-- down_revision: b" REST, { "\xc3\xa4" },
	  "-- revision: a\n-- message: down_revision: b\n"
	  "-- down_revision: \xc3\xa4" REST },
};

static retort_names names_of(const char *const *v)
{
	retort_names names = { v, 0 };

	while (names.n < 3 && v[names.n])
		names.n++;
	return names;
}

static void only_the_value_changes(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(goods) / sizeof(goods[0]); i++) {
		retort_names parents = names_of(goods[i].parents);
		retort_error err = RETORT_ERROR_INIT;
		rt_str out = RT_STR_INIT;

		rt_assert_ok(rt_native_set_parents("x.sql",
						   rt_sv_from(goods[i].before),
						   &parents, &out, &err),
			     &err);
		assert_string_equal(out.p, goods[i].after);
		rt_str_free(&out);
	}
}

static void what_is_refused(void **state)
{
	static const struct bad {
		const char *text, *parent;
		int code;
	} bads[] = {
		{ "-- revision: a\n-- down_revision: b\n", "x y",
		  RETORT_EUSAGE },
		{ "-- revision: a\n-- down_revision: b\n", "x\ny",
		  RETORT_EUSAGE },
		{ "-- revision: a\n-- down_revision: b\n", "head",
		  RETORT_EUSAGE },
		{ "-- revision: a\n-- down_revision: b\n", "",
		  RETORT_EUSAGE },
		{ "-- revision: a\n", "c", RETORT_EPARSE },
		{ "-- revision: a\n-- migrate:up\n-- down_revision: b\n", "c",
		  RETORT_EPARSE },
		{ "", "c", RETORT_EPARSE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bads) / sizeof(bads[0]); i++) {
		retort_names parents = { &bads[i].parent, 1 };
		retort_error err = RETORT_ERROR_INIT;
		rt_str out = RT_STR_INIT;

		assert_int_equal(
			rt_native_set_parents("x.sql",
					      rt_sv_from(bads[i].text),
					      &parents, &out, &err),
			bads[i].code);
		assert_int_equal(out.n, 0);
		retort_error_dispose(&err);
		rt_str_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_value_changes),
		cmocka_unit_test(what_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
