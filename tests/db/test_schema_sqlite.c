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

/* What SQLite itself says of a database: none of it is our reading. */
static char *facts(const char *what, const char *sql)
{
	static const char *const asks[] = {
		"SELECT m.name, x.name, upper(replace(x.type, ' ', '')), "
		"x.\"notnull\", x.dflt_value IS NULL, x.pk, x.hidden "
		"FROM sqlite_master m, pragma_table_xinfo(m.name) x "
		"WHERE m.type = 'table' ORDER BY m.name, x.cid",
		"SELECT name, type, wr, strict FROM pragma_table_list "
		"ORDER BY 1",
		"SELECT m.name, i.\"unique\", i.origin, i.partial, x.seqno, "
		"x.name, x.\"desc\", upper(x.coll), x.key "
		"FROM sqlite_master m, "
		"pragma_index_list(m.name) i, pragma_index_xinfo(i.name) x "
		"WHERE m.type = 'table' "
		"ORDER BY m.name, 2, 3, 4, 5, 6, 7, 8",
		"SELECT m.name, lower(f.\"table\"), lower(f.\"from\"), "
		"f.seq, f.on_update, f.on_delete, f.match "
		"FROM sqlite_master m, pragma_foreign_key_list(m.name) f "
		"ORDER BY 1, 2, 3, 4, 5, 6",
		"SELECT type, name, tbl_name FROM sqlite_master "
		"WHERE sql IS NOT NULL ORDER BY 1, 2",
	};
	rt_conn *conn = lite_open();
	rt_str out = RT_STR_INIT;
	size_t i;

	lite_run(conn, what, sql);
	/* Its numbers are not of the schema. */
	(void)!rt_conn_exec(conn, "DROP TABLE IF EXISTS sqlite_stat1", NULL);
	(void)!rt_conn_exec(conn, "DROP TABLE IF EXISTS sqlite_stat4", NULL);
	for (i = 0; i < sizeof(asks) / sizeof(asks[0]); i++) {
		char *text = db_text(conn, asks[i]);

		rt_str_addf(&out, "%s\n\n", text);
		free(text);
	}
	rt_conn_close(conn);
	return rt_str_take(&out);
}

static void sqlite_sees_the_same_in_what_we_write(void **state)
{
	lite_corpus corpus;
	size_t i;

	(void)state;
	lite_corpus_read(&corpus);
	for (i = 0; i < corpus.n; i++) {
		retort_schema *s = schema_of(corpus.names[i], corpus.texts[i]);
		char *dump = lite_dump(s), *is, *was;

		was = facts(corpus.names[i], corpus.texts[i]);
		is = facts(corpus.names[i], dump);
		if (strcmp(is, was))
			fail_msg("%s: was\n%s\nis\n%s", corpus.names[i], was,
				 is);
		free(dump);
		free(is);
		free(was);
		retort_schema_free(s);
	}
	lite_corpus_free(&corpus);
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
		    "COLLATE NOCASE,\n"
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
		cmocka_unit_test(sqlite_sees_the_same_in_what_we_write),
		cmocka_unit_test(a_dump_has_a_layout_of_its_own),
		cmocka_unit_test(spelling_does_not_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
