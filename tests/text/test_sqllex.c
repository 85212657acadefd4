/* SPDX-License-Identifier: MIT */
/* SQL tokens and keywords. */
#include "support/rt_test.h"

#include <retort/sql.h>

#include <sqlite3.h>

#include "base/str.h"
#include "text/sql_support.h"
#include "text/sqlwords.h"

#define ANY RETORT_DIALECT_ANY
#define LITE RETORT_DIALECT_SQLITE
#define PG RETORT_DIALECT_POSTGRESQL

/*
 * Tokens as text: a letter for the kind, then its bytes; joined by a space.
 * Space is left out, comments are not.
 */
static void show(rt_sv sql, retort_dialect dialect, rt_str *out)
{
	static const char letters[] = "_cwisnpo.md!";
	size_t offset = 0;
	retort_token t;

	rt_str_clear(out);
	while (retort_sql_next(sql.p, sql.n, dialect, &offset, &t)) {
		if (t.kind == RETORT_TOKEN_SPACE)
			continue;
		rt_str_addf(out, "%s%c", out->n ? " " : "", letters[t.kind]);
		rt_str_addn(out, sql.p + t.offset, t.length);
	}
}

static const struct row {
	retort_dialect dialect;
	const char *sql, *tokens;
} rows[] = {
	{ ANY, "", "" },
	{ ANY, "SELECT 1;", "wSELECT n1 .;" },
	{ ANY, " \t\r\n\f\v", "" },
	{ ANY, "\xef\xbb\xbfselect", "wselect" },

	/* words */
	{ ANY, "a1_$b \xc3\xa4\xc3\xb6", "wa1_$b w\xc3\xa4\xc3\xb6" },
	{ PG, "foo$$bar$$", "wfoo$$bar$$" },
	{ ANY, "\xff\xfe", "w\xff\xfe" },

	/* strings */
	{ ANY, "'it''s'", "s'it''s'" },
	{ ANY, "'a\\' b", "s'a\\' wb" },
	{ PG, "E'a\\'b' c", "sE'a\\'b' wc" },
	{ ANY, "e'a\\\\' c", "se'a\\\\' wc" },
	{ LITE, "E'a\\' c", "wE s'a\\' wc" },
	{ PG, "E'a''b\\''", "sE'a''b\\''" },
	{ PG, "E'a'\n'\\'b' c", "sE'a'\n'\\'b' wc" },
	{ PG, "E'a' '\\' c", "sE'a' s'\\' wc" },
	{ PG, "'a'\n'\\' c", "s'a' s'\\' wc" },
	{ PG, "U&'\\0441' UESCAPE '!'", "sU&'\\0441' wUESCAPE s'!'" },
	{ LITE, "U&'x'", "wU o& s'x'" },
	{ ANY, "x'4a' X'4A'", "sx'4a' sX'4A'" },
	{ PG, "b'01' N'x'", "sb'01' sN'x'" },
	{ LITE, "b'01'", "wb s'01'" },
	{ PG, "date'2020-01-01'", "wdate s'2020-01-01'" },
	{ ANY, "'open", "!'open" },
	{ ANY, "'", "!'" },
	{ PG, "E'open\\", "!E'open\\" },
	{ PG, "E'a'\n'open", "!E'a'\n'open" },

	/* names */
	{ ANY, "\"a\"\"b\" c", "i\"a\"\"b\" wc" },
	{ PG, "U&\"d\\0061\"", "iU&\"d\\0061\"" },
	{ LITE, "`a``b` [c d;'] e", "i`a``b` i[c d;'] we" },
	{ ANY, "`a;b`", "i`a;b`" },
	{ ANY, "a[1]", "wa .[ n1 .]" },
	{ PG, "ARRAY['a;]']", "wARRAY .[ s'a;]' .]" },
	{ ANY, "\"open", "!\"open" },
	{ LITE, "[open", "![open" },
	{ LITE, "`open", "!`open" },

	/* dollar quotes */
	{ PG, "$$a;'b$$ c", "s$$a;'b$$ wc" },
	{ ANY, "$a$ $b$ $$ $a$", "s$a$ $b$ $$ $a$" },
	{ ANY, "$\xc3\xa4$x$\xc3\xa4$", "s$\xc3\xa4$x$\xc3\xa4$" },
	{ PG, "$a$ $A$", "!$a$ $A$" },
	{ PG, "$$open$", "!$$open$" },
	{ PG, "$1 $12+3", "p$1 p$12 o+ n3" },
	{ PG, "$1$2", "p$1$2" },
	{ PG, "$x", "!$ wx" },
	{ ANY, "$x", "p$x" },
	{ LITE, "$x$y $$", "p$x$y p$$" },
	{ LITE, "$ a", "!$ wa" },
	{ PG, "$", "!$" },

	/* comments */
	{ ANY, "a -- b;\n'c'", "wa c-- b; s'c'" },
	{ PG, "--a\rb", "c--a wb" },
	{ LITE, "--a\rb", "c--a\rb" },
	{ ANY, "--", "c--" },
	{ ANY, "a--b", "wa c--b" },
	{ PG, "/* a /* b */ c */ d", "c/* a /* b */ c */ wd" },
	{ LITE, "/* a /* b */ c", "c/* a /* b */ wc" },
	{ ANY, "/*/ */ a", "c/*/ */ wa" },
	{ PG, "/**/a/***/", "c/**/ wa c/***/" },
	{ PG, "/* /* */", "!/* /* */" },
	{ LITE, "a /* open", "wa c/* open" },
	{ LITE, "/*", "c/*" },
	{ PG, "/*", "!/*" },
	{ PG, "a+/*x*/b", "wa o+ c/*x*/ wb" },
	{ PG, "a*--x", "wa o* c--x" },

	/* numbers */
	{ ANY, "1 1.5 .5 1. 1e5 1E-5 1.5e+10",
	  "n1 n1.5 n.5 n1. n1e5 n1E-5 n1.5e+10" },
	{ ANY, "0x1F 1_000 1e", "n0x1F n1_000 n1 we" },
	{ PG, "0o17 0b11", "n0o17 n0b11" },
	{ LITE, "0b11", "n0 wb11" },
	{ PG, "1..10", "n1 .. n.10" },
	{ ANY, "0x 1_", "n0 wx n1 w_" },
	{ ANY, "1abc", "n1 wabc" },

	/* operators */
	{ PG, "a::text :x", "wa o:: wtext o: wx" },
	{ PG, "a:=1", "wa o:= n1" },
	{ PG, "a @> b ? c ?| d #>> e <-> f",
	  "wa o@> wb o? wc o?| wd o#>> we o<-> wf" },
	{ PG, "1=-2", "n1 o= o- n2" },
	{ PG, "1@-2", "n1 o@- n2" },
	{ PG, "a`b", "wa o` wb" },
	{ LITE, "a->>'$.b'||c<>d==e!=f", "wa o->> s'$.b' o|| wc o<> wd o== "
					 "we o!= wf" },
	{ LITE, "1=-2<<3", "n1 o= o- n2 o<< n3" },
	{ ANY, "a=`b`", "wa o= i`b`" },

	/* parameters */
	{ LITE, "? ?1 :a @b", "p? p?1 p:a p@b" },
	{ ANY, "? ?1 :a @b a::b", "p? p?1 p:a p@b wa o:: wb" },
	{ ANY, ": @ x", "o: o@ wx" },
	{ ANY, "a[1:2]", "wa .[ n1 o: n2 .]" },

	/* what is not SQL */
	{ PG, "\\d users\nx", "m\\d users wx" },
	{ ANY, "select 1 \\gset\r\nx", "wselect n1 m\\gset wx" },
	{ LITE, "\\d", "!\\ wd" },
	{ ANY, "{\x01\x7f", "!{ !\x01 !\x7f" },
	{ ANY, "(a.b,[c]);", ".( wa .. wb ., .[ wc .] .) .;" },
};

static void tokens_of_each_kind(void **state)
{
	rt_str got = RT_STR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rt_sv sql = rt_sv_from(rows[i].sql);
		retort_dialect dialect = rows[i].dialect;

		show(sql, dialect, &got);
		if (strcmp(got.p, rows[i].tokens) != 0)
			fail_msg("%s: %s\n got: %s\nwant: %s",
				 retort_dialect_name(dialect), rows[i].sql,
				 got.p, rows[i].tokens);
		check_lexer(sql, dialect);
	}
	rt_str_free(&got);
}

static void nul_is_one_stray_byte(void **state)
{
	rt_str got = RT_STR_INIT;

	(void)state;
	show(RT_SV("a\0b"), RETORT_DIALECT_ANY, &got);
	assert_int_equal(got.n, 8);
	assert_memory_equal(got.p, "wa !\0 wb", 8);
	rt_str_free(&got);
}

/* Every way in which a text can stop. */
static void every_prefix_adds_up(void **state)
{
	static const char nasty[] =
		"\xef\xbb\xbf-- a\r\n/* /* */ */E'\\''\n'x'U&\"a\"\"b\"\n"
		"$tag$ $$ $tag$ $$\n;$$[a]`b``c` 0x1f 1.5e-3 .. :a ::b "
		"@c ?1 #>-- d\n\\d x\nCOPY t FROM STDIN;\n1\t2\n\\.\n"
		"CREATE TRIGGER t BEGIN SELECT CASE WHEN 1 THEN 2 END; END;"
		"CREATE FUNCTION f() BEGIN ATOMIC SELECT 'a;'; END;"
		"\xc3\xa4\xf0\x9f\x98\x80\xff(((')'))x'00'";
	size_t n;
	int dialect;

	(void)state;
	for (n = 0; n < sizeof(nasty); n++)
		for (dialect = ANY; dialect <= PG; dialect++) {
			rt_sv text = { nasty, n };

			check_lexer(text, (retort_dialect)dialect);
			check_splitter(text, (retort_dialect)dialect);
			text = (rt_sv){ nasty + n, sizeof(nasty) - n };
			check_lexer(text, (retort_dialect)dialect);
			check_splitter(text, (retort_dialect)dialect);
		}
}

/* Would take hours if any of it cost more than its length. */
static void repetition_costs_no_more_than_its_length(void **state)
{
	static const char *const pieces[] = {
		"/*", "*/", "/*/", "$a", "$$", "$a$", "'", "E'\n", "E''\n",
		"\"", "[", "(", ")", "\\", "-", "--\n", ":", "\xff", ";",
		"COPY t FROM STDIN;\n", "CREATE TRIGGER t BEGIN ;",
		"CREATE FUNCTION f BEGIN ATOMIC ", "1.", "+-", " \t"
	};
	size_t i;
	int dialect;

	(void)state;
	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		rt_str s = RT_STR_INIT;

		while (s.n < 300000)
			rt_str_add(&s, pieces[i]);
		for (dialect = ANY; dialect <= PG; dialect++) {
			check_lexer(rt_str_sv(&s), (retort_dialect)dialect);
			check_splitter(rt_str_sv(&s),
				       (retort_dialect)dialect);
		}
		rt_str_free(&s);
	}
}

static bool keyword(const char *word, retort_dialect dialect)
{
	return retort_sql_is_keyword(word, strlen(word), dialect);
}

static void keywords_of_each_dialect(void **state)
{
	int i, n, length;
	const char *name;

	(void)state;
	for (i = 0; i < sqlite3_keyword_count(); i++) {
		/* A newer SQLite may know more than the table. */
		if (sqlite3_libversion_number() >= 3041000)
			break;
		assert_int_equal(sqlite3_keyword_name(i, &name, &n), 0);
		assert_true(retort_sql_is_keyword(name, (size_t)n,
						  RETORT_DIALECT_SQLITE));
	}
	for (length = 0; length < 7; length++)
		assert_int_equal(retort_sql_is_keyword("select", (size_t)length,
						       RETORT_DIALECT_ANY),
				 length == 6);
	assert_true(keyword("SeLeCt", PG));
	assert_true(keyword("select", ANY));
	assert_true(keyword("returns", PG));
	assert_false(keyword("returns", LITE));
	assert_false(keyword("returns", ANY));
	assert_true(keyword("glob", LITE));
	assert_false(keyword("glob", PG));
	assert_false(keyword("", ANY));
	assert_false(keyword("zzz", PG));
	assert_false(keyword("users", PG));
	assert_true(keyword("abort", ANY));
	assert_true(keyword("zone", PG));
}

static void reserved_words_want_quotes(void **state)
{
	(void)state;
	assert_true(rt_sql_is_reserved(RT_SV("user"), RETORT_DIALECT_POSTGRESQL));
	assert_false(rt_sql_is_reserved(RT_SV("user"), RETORT_DIALECT_SQLITE));
	assert_true(rt_sql_is_reserved(RT_SV("Order"), RETORT_DIALECT_SQLITE));
	assert_false(
		rt_sql_is_reserved(RT_SV("name"), RETORT_DIALECT_POSTGRESQL));
	assert_true(rt_sql_is_reserved(RT_SV("user"), RETORT_DIALECT_ANY));
	assert_false(rt_sql_is_reserved(RT_SV("users"), RETORT_DIALECT_ANY));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_of_each_kind),
		cmocka_unit_test(nul_is_one_stray_byte),
		cmocka_unit_test(every_prefix_adds_up),
		cmocka_unit_test(repetition_costs_no_more_than_its_length),
		cmocka_unit_test(keywords_of_each_dialect),
		cmocka_unit_test(reserved_words_want_quotes),
	};

	return cmocka_run_group_tests_name("sqllex", tests, NULL, NULL);
}
