/* SPDX-License-Identifier: MIT */
/* What changes a checksum and what does not. */
#include "support/rt_test.h"

#include "base/str.h"
#include "text/checksum.h"

static bool same_raw(const char *a, const char *b)
{
	char x[RT_CHECKSUM_HEX], y[RT_CHECKSUM_HEX];

	rt_checksum_raw(rt_sv_from(a), x);
	rt_checksum_raw(rt_sv_from(b), y);
	return strcmp(x, y) == 0;
}

static bool same_tokens(const char *a, const char *b)
{
	char x[RT_CHECKSUM_HEX], y[RT_CHECKSUM_HEX];

	rt_checksum_tokens(rt_sv_from(a), RETORT_DIALECT_ANY, x);
	rt_checksum_tokens(rt_sv_from(b), RETORT_DIALECT_ANY, y);
	return strcmp(x, y) == 0;
}

/* The examples of FIPS 180-4. */
static void sums_are_those_of_the_standard(void **state)
{
	char hex[RT_CHECKSUM_HEX];

	(void)state;
	rt_checksum_raw(RT_SV(""), hex);
	assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb924"
				 "27ae41e4649b934ca495991b7852b855");
	rt_checksum_raw(RT_SV("abc"), hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223"
				 "b00361a396177a9cb410ff61f20015ad");
	rt_checksum_tokens(RT_SV(""), RETORT_DIALECT_ANY, hex);
	assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb924"
				 "27ae41e4649b934ca495991b7852b855");
	/* "abc" and its NUL */
	rt_checksum_tokens(RT_SV(" abc -- x"), RETORT_DIALECT_ANY, hex);
	assert_string_equal(hex, "dc1114cd074914bd872cc1f9a23ec910"
				 "ea2203bc79779ab2e17da25782a624fc");
}

static void line_endings_do_not_count(void **state)
{
	(void)state;
	assert_true(same_raw("a\r\nb\r\n", "a\nb\n"));
	assert_true(same_raw("\xef\xbb\xbf" "a", "a"));
	assert_true(same_raw("\r\n\r\n", "\n\n"));
	assert_false(same_raw("a\rb", "a\nb"));
	assert_false(same_raw("a\r", "a"));
	assert_false(same_raw("a\r\r\n", "a\n"));
	assert_false(same_raw("a\n", "a"));
	assert_false(same_raw("a b", "a  b"));
	assert_true(same_tokens("'a\r\nb'", "'a\nb'"));
}

static void comments_and_space_are_no_tokens(void **state)
{
	(void)state;
	assert_true(same_tokens("SELECT 1;", "-- x\nSELECT /* y */\n\t1 ;\n"));
	assert_true(same_tokens("\xef\xbb\xbf" "a", "a"));
	assert_false(same_tokens("SELECT 1", "select 1"));
	assert_false(same_tokens("ab", "a b"));
	assert_false(same_tokens("'a b'", "'a  b'"));
	assert_false(same_tokens("'-- x'", "''"));
	assert_false(same_tokens("a", ""));
}

static void markers_count_as_what_they_say(void **state)
{
	(void)state;
	assert_false(same_tokens("-- migrate:up\na", "a"));
	assert_false(same_tokens("-- migrate:up\na", "-- migrate:down\na"));
	assert_false(same_tokens("-- migrate:up\na",
				 "-- migrate:up transaction:false\na"));
	assert_true(same_tokens("-- migrate:up dialect:sqlite\na",
				"  --migrate:up   dialect:sqlite \r\na"));
	assert_true(same_tokens("'\n-- migrate:up\n'", "'\n-- migrate:up\n'"));
	assert_false(same_tokens("'\n-- migrate:up\n'", "'\n--migrate:up\n'"));
}

/* COPY data are lines, not SQL; a marker ends what was left open. */
static void data_count_as_they_are(void **state)
{
	(void)state;
	assert_false(same_tokens("COPY t FROM STDIN;\na b\n\\.\n",
				 "COPY t FROM STDIN;\na  b\n\\.\n"));
	assert_true(same_tokens("COPY t FROM STDIN ; -- x\na\r\n\\.\r\n",
				"COPY t FROM STDIN;\na\n\\.\n"));
	assert_false(same_tokens("a (\n-- migrate:up\nCOPY t FROM STDIN;\n-- 1"
				 "\n\\.\n",
				 "a (\n-- migrate:up\nCOPY t FROM STDIN;\n-- 2"
				 "\n\\.\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_those_of_the_standard),
		cmocka_unit_test(line_endings_do_not_count),
		cmocka_unit_test(comments_and_space_are_no_tokens),
		cmocka_unit_test(markers_count_as_what_they_say),
		cmocka_unit_test(data_count_as_they_are),
	};

	return cmocka_run_group_tests_name("checksum", tests, NULL, NULL);
}
