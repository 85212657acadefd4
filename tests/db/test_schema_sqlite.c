/* SPDX-License-Identifier: MIT */
/* SQLite's schemas: read, written, and read again. */
#include "support/rt_test.h"

#include <stdio.h>

#include "support/lite.h"

static retort_schema *schema_of(const char *what, const char *sql)
{
	rt_conn *conn = lite_open();
	retort_schema *schema;

	lite_run(conn, what, sql);
	schema = lite_schema(conn);
	rt_conn_close(conn);
	return schema;
}

static void expect_dump(const char *sql, const char *want)
{
	retort_schema *schema = schema_of("sql", sql);
	char *dump = lite_dump(schema);

	assert_string_equal(dump, want);
	free(dump);
	retort_schema_free(schema);
}

static void expect_diff(const char *before, const char *after,
			const char *want)
{
	retort_schema *a = schema_of("before", before);
	retort_schema *b = schema_of("after", after);
	char *diff = lite_diff(a, b);

	assert_string_equal(diff, want);
	free(diff);
	retort_schema_free(a);
	retort_schema_free(b);
}

static void the_corpus_survives_a_round_trip(void **state)
{
	lite_corpus corpus;
	size_t i;

	(void)state;
	lite_corpus_read(&corpus);
	assert_true(corpus.n >= 80);
	for (i = 0; i < corpus.n; i++) {
		retort_schema *a = schema_of(corpus.names[i], corpus.texts[i]);
		char *first = lite_dump(a), *second, *diff;
		retort_schema *b = schema_of(corpus.names[i], first);

		second = lite_dump(b);
		diff = lite_diff(a, b);
		if (strcmp(first, second))
			fail_msg("%s: first\n%s\nthen\n%s", corpus.names[i],
				 first, second);
		if (*diff)
			fail_msg("%s: %s", corpus.names[i], diff);
		free(first);
		free(second);
		free(diff);
		retort_schema_free(a);
		retort_schema_free(b);
	}
	lite_corpus_free(&corpus);
}

static void a_dump_has_a_layout_of_its_own(void **state)
{
	(void)state;
	expect_dump("create table T(ID integer primary key autoincrement,"
		    "a varchar ( 20 ) not null on conflict fail default"
		    " 'x' check(a<>'') collate NoCase,b unique references "
		    "t(id) on delete cascade deferrable initially deferred);"
		    "create index i on t(b desc,lower(a))where b>1",
		    "CREATE TABLE \"T\" (\n"
		    "    \"ID\" INTEGER PRIMARY KEY AUTOINCREMENT,\n"
		    "    a VARCHAR(20) NOT NULL ON CONFLICT FAIL DEFAULT 'x' "
		    "COLLATE nocase,\n"
		    "    b,\n"
		    "    UNIQUE (b),\n"
		    "    CHECK (a <> ''),\n"
		    "    FOREIGN KEY (b) REFERENCES \"T\" (\"ID\") "
		    "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED\n"
		    ");\n"
		    "\n"
		    "CREATE INDEX i ON \"T\" (b DESC, lower(a)) "
		    "WHERE b > 1;\n");
}

/* Two spellings of one thing are one thing. */
static void spelling_does_not_matter(void **state)
{
	(void)state;
	expect_diff("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT "
		    "UNIQUE CHECK (b!='x'), c REFERENCES t)",
		    "create table \"t\" ([a] integer, `b` text, c, "
		    "primary key (a), unique (b), foreign key (c) "
		    "references T (A), check (B <> 'x') -- so\n)",
		    "");
	expect_diff("CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; "
		    "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END",
		    "CREATE TABLE T (A); CREATE VIEW v AS\nselect a -- it\n"
		    "from \"t\"; create trigger r after insert on \"t\" "
		    "begin select 1 ; end", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_corpus_survives_a_round_trip),
		cmocka_unit_test(a_dump_has_a_layout_of_its_own),
		cmocka_unit_test(spelling_does_not_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
