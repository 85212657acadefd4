/* SPDX-License-Identifier: MIT */
/* The header of a revision file: values, slips of the pen, cut texts. */
#include "support/rt_test.h"

#include "base/nearest.h"
#include "base/str.h"
#include "text/header.h"

#define OK "-- revision: a1\n-- down_revision:\n"

static void join(const retort_names *names, rt_str *out)
{
	size_t i;

	rt_str_addc(out, '|');
	for (i = 0; i < names->n; i++)
		rt_str_addf(out, "%s%s", i ? "," : "", names->v[i]);
}

static const struct good {
	const char *text, *values; /* id|down|depends_on|labels|message */
	const char *doc;
} goods[] = {
	{ "-- revision: a1\n-- down_revision:\n", "a1||||", "" },
	{ "-- revision: a1\n-- down_revision: b1\n-- message: x y\n",
	  "a1|b1|||x y", "x y" },
	{ "-- down_revision: b1 ,  c1\n-- revision: a1\n-- depends_on: d1, l-x"
	  "\n-- branch_labels: z, x@y,a+b\n-- message: m\n-- created: now\n",
	  "a1|b1,c1|d1,l-x|a+b,x@y,z|m", "m" },
	/* white space, line endings, byte order mark */
	{ "\xef\xbb\xbf--revision:a1\r\n--\tdown_revision :\tb1\t\r\n\r\n",
	  "a1|b1|||", "" },
	{ "\n  \n\t-- revision: a1\n   --down_revision: \n-- message:\n",
	  "a1||||", "" },
	{ "-- revision: a1\n-- down_revision: b1", "a1|b1|||", "" },
	/* a long message */
	{ OK "-- message: one \n-- message:\n-- message:   two\n"
	     "-- message:\tthree\n-- message:\n",
	  "a1||||one", "one\n\n  two\nthree" },
	{ OK "-- message:\n-- message: two\n", "a1||||", "\ntwo" },
	{ OK "-- message: a: b -- c\n", "a1||||a: b -- c", "a: b -- c" },
	{ OK "-- message: tab\there \xc3\xa4\n", "a1||||tab\there \xc3\xa4",
	  "tab\there \xc3\xa4" },
	/* prose */
	{ "-- Licence: MIT\n-- see https://example.org: there\n--\n----\n"
	  "-- https://example.org\n-- 1: one\n-- two words: x\n-- a.b: c\n"
	  "-- NOTE: x\n-- sqlfluff:dialect:postgres\n" OK
	  "-- TODO:\n--: x\n",
	  "a1||||", "" },
	{ "/* copyright: me\n-- revision: z9\n*/" OK, "a1||||", "" },
	{ "/* a */ /* b */\n" OK "/* open", "a1||||", "" },
	/* nothing counts behind the header */
	{ OK "-- migrate:up\n-- message: x\n-- nokey: x\n\x01\xff", "a1||||",
	  "" },
	{ OK "  --  migrate:down dialect:what\n-- message: x\n", "a1||||", "" },
	{ OK "SELECT 1;\n-- message: x\n-- nokey: x\n", "a1||||", "" },
	{ "-- revision: v1.11_x\xc3\xa4\n-- down_revision:\n",
	  "v1.11_x\xc3\xa4||||", "" },
	{ "-- revision: a1\n-- down_revision: a1, a1\n", "a1|a1,a1|||", "" },
};

static void headers_that_are_right(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(goods) / sizeof(goods[0]); i++) {
		rt_arena arena = RT_ARENA_INIT;
		retort_error err = RETORT_ERROR_INIT;
		rt_str got = RT_STR_INIT;
		retort_revision r;
		bool more = true;

		rt_assert_ok(rt_header_read(&arena, "/x/a.sql",
					    rt_sv_from(goods[i].text), true,
					    &r, &more, &err),
			     &err);
		rt_str_add(&got, r.id);
		join(&r.down, &got);
		join(&r.depends_on, &got);
		join(&r.labels, &got);
		rt_str_addf(&got, "|%s", r.message);
		assert_string_equal(got.p, goods[i].values);
		assert_string_equal(r.doc, goods[i].doc);
		assert_string_equal(r.path, "/x/a.sql");
		assert_non_null(r.created);
		assert_false(more);
		rt_str_free(&got);
		rt_arena_free(&arena);
	}
}

static const struct bad {
	const char *text;
	int line, column;
	const char *message; /* a part of it */
} bads[] = {
	{ "", 1, 1, "no header" },
	{ "SELECT 1;\n", 1, 1, "no header" },
	{ "-- a comment\n-- migrate:up\n", 1, 1, "no header" },
	{ "-- message: x\n-- migrate:up\n", 1, 1, "no '-- revision:' line" },
	{ "\n-- revision: a1\n-- migrate:up\n", 2, 14,
	  "no '-- down_revision:' line" },
	{ OK "-- revision: b1\n", 3, 4, "'revision' is in the header twice" },
	{ OK "-- down_revision: b1\n", 3, 4, "twice" },
	{ OK "-- created: x\n-- created: y\n", 4, 4, "twice" },
	/* unknown keys */
	{ OK "-- author: me\n", 3, 4, "unknown key 'author' in the header" },
	{ OK "--  author:\n", 3, 5, "unknown key 'author'" },
	{ "-- revison: a1\n", 1, 4, "did you mean 'revision'?" },
	{ "-- Revision: a1\n", 1, 4, "did you mean 'revision'?" },
	{ OK "-- depends-on: b1\n", 3, 4, "did you mean 'depends_on'?" },
	{ OK "-- Depend_on:b1\n", 3, 4, "did you mean 'depends_on'?" },
	{ OK "-- branch_label : x\n", 3, 4, "did you mean 'branch_labels'?" },
	{ OK "-- messages: x\n", 3, 4, "did you mean 'message'?" },
	{ "\xef\xbb\xbf-- vim: x\n", 1, 4, "unknown key 'vim'" },
	/* markers */
	{ OK "-- migrate:upp\n", 3, 1, "no section 'migrate:upp'" },
	{ OK "\t-- Migrate:Up\n", 3, 2, "misspelt" },
	{ OK "-- migrate: up\n", 3, 1, "misspelt" },
	{ OK "-- migrate: the rows\n", 3, 4, "unknown key 'migrate'" },
	/* names */
	{ "-- revision:\n", 1, 13, "the revision identifier is empty" },
	{ "-- revision: a@1\n", 1, 14,
	  "Character(s) '@' not allowed in revision identifier 'a@1'" },
	{ "-- revision: a@-1\n", 1, 14, "Character(s) '-, @' not" },
	{ "-- revision: :d-c@b+a\n", 1, 14, "Character(s) '+, -, :, @' not" },
	{ "-- revision: a b\n", 1, 14, "white space in a revision identifier" },
	{ "-- revision: a,b\n", 1, 14, "a comma in a revision identifier" },
	{ "-- revision: head\n", 1, 14, "'head' cannot be a revision" },
	{ "-- down_revision: a, b+1\n", 1, 22, "Character(s) '+'" },
	{ "-- down_revision: a,,b\n", 1, 21, "a name is missing" },
	{ "-- down_revision: a,\n", 1, 21, "a name is missing" },
	{ "-- down_revision: ,\n", 1, 19, "a name is missing" },
	{ "-- depends_on: a b\n", 1, 16, "white space in a branch label" },
	{ "-- branch_labels: base\n", 1, 19, "'base' cannot be a branch" },
	/* bytes */
	{ OK "-- x\x01y\n", 3, 5, "control character 0x01" },
	{ OK "-- x\x7f\n", 3, 5, "control character 0x7f" },
	{ "-- revision: a\r-- down_revision:\r", 1, 15, "carriage return" },
	{ OK "-- message: \xc3\xa4 \xff\n", 3, 15, "0xff is not UTF-8" },
	{ OK "-- \xc3\n", 3, 4, "0xc3 is not UTF-8" },
};

static void headers_that_are_wrong(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bads) / sizeof(bads[0]); i++) {
		rt_arena arena = RT_ARENA_INIT;
		retort_error err = RETORT_ERROR_INIT;
		retort_revision r;
		bool more;

		rt_assert_rc(rt_header_read(&arena, "a.sql",
					    rt_sv_from(bads[i].text), true, &r,
					    &more, &err),
			     RETORT_EPARSE, &err);
		if (!strstr(err.message, bads[i].message) ||
		    err.line != bads[i].line || err.column != bads[i].column)
			fail_msg("%s\ngot %d:%d: %s\nwant %d:%d: %s",
				 bads[i].text, err.line, err.column,
				 err.message, bads[i].line, bads[i].column,
				 bads[i].message);
		assert_string_equal(retort_error_get(&err, RETORT_ERROR_FILE),
				    "a.sql");
		retort_error_dispose(&err);
		rt_arena_free(&arena);
	}
}

static void nul_byte_is_refused(void **state)
{
	static const char text[] = OK "-- a\0b\n";
	rt_arena arena = RT_ARENA_INIT;
	retort_error err = RETORT_ERROR_INIT;
	retort_revision r;
	bool more;

	(void)state;
	rt_assert_rc(rt_header_read(&arena, "a.sql",
				    (rt_sv){ text, sizeof(text) - 1 }, true,
				    &r, &more, &err),
		     RETORT_EPARSE, &err);
	assert_int_equal(err.line, 3);
	retort_error_dispose(&err);
	rt_arena_free(&arena);
}

/* Wherever in the line it stands, whatever stands beside it. */
static void every_odd_byte_is_found(void **state)
{
	static const char before[] = "-- revision: a\n";
	rt_arena arena = RT_ARENA_INIT;
	unsigned byte, at;

	(void)state;
	for (byte = 1; byte < 256; byte++) {
		for (at = 0; at < 16; at++) {
			char text[] = "-- revision: a\n-- abcdefghijklmnop\n"
				      "-- down_revision:\n";
			bool wrong = (byte < ' ' && byte != '\t' &&
				      byte != '\n') || byte >= 0x7f;
			retort_revision r;
			bool more;
			int rc;

			if (byte == '\n' || byte == ':')
				continue; /* mean something */
			text[sizeof(before) - 1 + 3 + at] = (char)byte;
			rc = rt_header_read(&arena, "a", rt_sv_from(text),
					    true, &r, &more, NULL);
			/* a line may end in CR LF */
			if (!(byte == '\r' && at == 15))
				assert_int_equal(rc != 0, wrong);
		}
	}
	rt_arena_free(&arena);
}

/* The start of a file is enough as soon as the header has ended. */
static void more_is_asked_for_only_inside_the_header(void **state)
{
	static const char text[] =
		"\xef\xbb\xbf/* x */\r\n-- revision: a1\r\n"
		"-- down_revision: b1\r\n-- message: \xc3\xa4\r\n\r\n"
		"-- migrate:up\r\nSELECT 1;\r\n";
	size_t known = (size_t)(strstr(text, "SELECT") - text), n;

	(void)state;
	for (n = 0; n < sizeof(text); n++) {
		rt_arena arena = RT_ARENA_INIT;
		retort_error err = RETORT_ERROR_INIT;
		retort_revision r;
		bool more = false;

		rt_assert_ok(rt_header_read(&arena, "a.sql",
					    (rt_sv){ text, n }, false, &r,
					    &more, &err),
			     &err);
		assert_int_equal(more, n < known);
		if (!more)
			assert_string_equal(r.message, "\xc3\xa4");
		rt_arena_free(&arena);
	}
}

static void an_error_needs_no_more(void **state)
{
	rt_arena arena = RT_ARENA_INIT;
	retort_revision r;
	bool more = true;

	(void)state;
	assert_int_equal(rt_header_read(&arena, "a", RT_SV("-- revison: a\n"),
					false, &r, &more, NULL),
			 RETORT_EPARSE);
	assert_false(more);
	rt_arena_free(&arena);
}

static void names_are_checked(void **state)
{
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	rt_assert_ok(rt_header_check_id(RT_SV("abc_1.2"), false, &err), &err);
	rt_assert_ok(rt_header_check_id(RT_SV("x-y@z+1:2"), true, &err), &err);
	rt_assert_rc(rt_header_check_id(RT_SV("no-dash"), false, &err),
		     RETORT_EUSAGE, &err);
	assert_string_equal(err.message,
			    "Character(s) '-' not allowed in revision "
			    "identifier 'no-dash'");
	retort_error_dispose(&err);
	rt_assert_rc(rt_header_check_id(RT_SV("a\nb"), true, &err),
		     RETORT_EUSAGE, &err);
	assert_null(strchr(err.message, '\n'));
	retort_error_dispose(&err);
	rt_assert_ok(rt_header_check_id(RT_SV("currents"), false, &err), &err);
	rt_assert_rc(rt_header_check_id(RT_SV("current"), false, &err),
		     RETORT_EUSAGE, &err);
	retort_error_dispose(&err);
	rt_assert_rc(rt_header_check_id(RT_SV("0123456789ab+"), false, &err),
		     RETORT_EUSAGE, &err);
	retort_error_dispose(&err);
	rt_assert_rc(rt_header_check_id(RT_SV(""), true, &err), RETORT_EUSAGE,
		     &err);
	retort_error_dispose(&err);
}

static const char *fruit(size_t i, const void *self)
{
	static const char *const names[] = { "apple", "pear", "peach", NULL };

	(void)self;
	return names[i];
}

static void nearest_is_near(void **state)
{
	(void)state;
	assert_string_equal(rt_nearest(RT_SV("aple"), fruit, NULL), "apple");
	assert_string_equal(rt_nearest(RT_SV("PEACH"), fruit, NULL), "peach");
	assert_null(rt_nearest(RT_SV("banana"), fruit, NULL));
	assert_null(rt_nearest(RT_SV(""), fruit, NULL));
	assert_null(rt_nearest(RT_SV("apple-apple-apple-apple-apple-apple-a"),
			       fruit, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_that_are_right),
		cmocka_unit_test(headers_that_are_wrong),
		cmocka_unit_test(nul_byte_is_refused),
		cmocka_unit_test(every_odd_byte_is_found),
		cmocka_unit_test(more_is_asked_for_only_inside_the_header),
		cmocka_unit_test(an_error_needs_no_more),
		cmocka_unit_test(names_are_checked),
		cmocka_unit_test(nearest_is_near),
	};

	return cmocka_run_group_tests_name("header", tests, NULL, NULL);
}
