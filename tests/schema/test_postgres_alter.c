/* SPDX-License-Identifier: MIT */
/* PostgreSQL's schemas: what reading leaves alone, what is said of
 * statements, what is refused, and the online way. */
#include "support/rt_test.h"

#include "base/str.h"
#include "db/inspect.h"
#include "schema/alter.h"
#include "support/db.h"
#include "support/pg.h"

static rt_conn *connect(void)
{
	rt_conn *conn = db_open(pg_url(), NULL);

	db_exec(conn, "SET client_min_messages = error");
	return conn;
}

static retort_schema *inspect(rt_conn *conn)
{
	rt_inspect_options options = { "alembic_version", "", true };
	retort_error err = RETORT_ERROR_INIT;
	retort_schema *schema;

	rt_assert_ok(rt_inspect(conn, &options, &schema, &err), &err);
	return schema;
}

/* The schema that SQL makes. */
static retort_schema *schema_of(const char *sql)
{
	rt_conn *conn = connect();
	retort_schema *schema;

	db_exec(conn, "BEGIN");
	db_exec(conn, sql);
	schema = inspect(conn);
	db_exec(conn, "ROLLBACK");
	rt_conn_close(conn);
	return schema;
}

static int alter(const char *before, const char *after, bool online,
		 rt_ddl_list *list, retort_error *err)
{
	retort_schema *a = schema_of(before), *b = schema_of(after);
	rt_alter_options options = { online };
	retort_diff *diff;
	int rc;

	rt_assert_ok(retort_diff_make(&diff, a, b, err), err);
	rc = rt_alter(diff, &options, list, err);
	retort_diff_free(diff);
	retort_schema_free(a);
	retort_schema_free(b);
	return rc;
}

/* One statement a line: "!" lossy, "*" outside a transaction. */
static void expect(const char *before, const char *after, bool online,
		   const char *want)
{
	rt_ddl_list list = RT_DDL_LIST_INIT;
	retort_error err = RETORT_ERROR_INIT;
	rt_str text = RT_STR_INIT;
	size_t i;

	rt_assert_ok(alter(before, after, online, &list, &err), &err);
	for (i = 0; i < list.list.n; i++)
		rt_str_addf(&text, "%s%s%s\n", list.list.v[i].lossy ? "!" : "",
			    list.list.v[i].autocommit ? "*" : "",
			    list.list.v[i].sql);
	assert_string_equal(text.p, want);
	rt_str_free(&text);
	rt_ddl_list_free(&list);
}

/* An open transaction sees itself and is left as it was. */
static void test_transaction(void **state)
{
	rt_conn *conn = connect();
	retort_schema *schema;
	unsigned long trips;

	(void)state;
	db_exec(conn, "CREATE SCHEMA other");
	db_exec(conn, "BEGIN");
	db_exec(conn, "SET LOCAL search_path = other");
	db_exec(conn, "SET LOCAL TimeZone = 'Asia/Tokyo'");
	db_exec(conn, "CREATE TABLE mine (a integer)");
	trips = conn->trips;
	schema = inspect(conn);
	assert_int_equal(conn->trips - trips, 2);
	assert_int_equal(retort_schema_count(schema, RETORT_KIND_TABLE), 1);
	retort_schema_free(schema);
	db_expect(conn, "SELECT current_setting('search_path'), "
		  "current_setting('TimeZone')", "other|Asia/Tokyo");
	db_exec(conn, "COMMIT");
	schema = inspect(conn);
	assert_false(rt_conn_in_transaction(conn));
	db_expect(conn, "SELECT current_setting('search_path')",
		  "\"$user\", public");
	retort_schema_free(schema);
	rt_conn_close(conn);
}

static void test_own_tables(void **state)
{
	retort_schema *s = schema_of(
		"CREATE TABLE alembic_version (version_num text PRIMARY KEY);"
		"CREATE SCHEMA retort; CREATE TABLE retort.retort_journal ("
		"id bigserial PRIMARY KEY, note text); "
		"CREATE INDEX retort_journal_i ON retort.retort_journal "
		"(note)");

	(void)state;
	assert_int_equal(s->n, 0);
	retort_schema_free(s);
}

static void test_ignored(void **state)
{
	retort_schema *s = schema_of(
		"CREATE TYPE pair AS (a integer); CREATE CAST (pair AS text) "
		"WITH INOUT; CREATE TABLE t (a integer); GRANT SELECT ON t TO "
		"PUBLIC; CREATE PUBLICATION p FOR TABLE t; ALTER TABLE t ALTER "
		"a SET STATISTICS 50");
	const char *kind;
	rt_str text = RT_STR_INIT;
	size_t i, n;

	(void)state;
	for (i = 0; (n = retort_schema_ignored(s, i, &kind)) != 0; i++)
		rt_str_addf(&text, "%zu %s\n", n, kind);
	assert_string_equal(text.p, "1 cast\n1 publication\n"
			    "1 set of privileges\n1 statistics target\n");
	rt_str_free(&text);
	retort_schema_free(s);
}

static void test_lossy(void **state)
{
	(void)state;
	expect("CREATE TABLE a (x integer); CREATE TABLE b (x numeric(8,3), "
	       "y text)", "CREATE TABLE b (x numeric(8,2))", false,
	       "!ALTER TABLE b DROP COLUMN y\n"
	       "!DROP TABLE a\n"
	       "!ALTER TABLE b ALTER COLUMN x TYPE numeric(8,2)\n");
	expect("CREATE TABLE b (x integer)", "CREATE TABLE b (x bigint)", false,
	       "ALTER TABLE b ALTER COLUMN x TYPE bigint\n");
	expect("CREATE TABLE b (x text)", "CREATE TABLE b (x date)", false,
	       "ALTER TABLE b ALTER COLUMN x TYPE date USING x::date\n");
}

/* Where there is no cast, the text of one is read as the other. */
static void test_arrays(void **state)
{
	(void)state;
	expect("CREATE TABLE t (a jsonb, b smallint, c integer[], d jsonb[])",
	       "CREATE TABLE t (a integer[], b text[], c integer, d integer[])",
	       false,
	       "ALTER TABLE t ALTER COLUMN a TYPE integer[] USING "
	       "a::text::integer[]\n"
	       "ALTER TABLE t ALTER COLUMN b TYPE text[] USING "
	       "b::text::text[]\n"
	       "ALTER TABLE t ALTER COLUMN c TYPE integer USING "
	       "c::text::integer\n"
	       "ALTER TABLE t ALTER COLUMN d TYPE integer[] USING "
	       "d::text[]::integer[]\n");
}

/* A type in use is not altered: all that is of it gets the new one. */
static void test_composite(void **state)
{
	(void)state;
	expect("CREATE TYPE pair AS (a integer); CREATE TABLE t (x pair, y "
	       "pair)", "CREATE TYPE pair AS (a bigint); CREATE TABLE t (x "
	       "pair, y pair)", false,
	       "ALTER TYPE pair RENAME TO pair_before\n"
	       "CREATE TYPE pair AS (\n    a bigint\n)\n"
	       "ALTER TABLE t ALTER COLUMN x TYPE pair USING x::text::pair\n"
	       "ALTER TABLE t ALTER COLUMN y TYPE pair USING y::text::pair\n"
	       "DROP TYPE pair_before\n");
}

/* Only integer has casts from and to it. */
static void test_booleans(void **state)
{
	(void)state;
	expect("CREATE TABLE t (a boolean, b boolean, c boolean, d numeric, "
	       "e integer)",
	       "CREATE TABLE t (a integer, b bigint, c date, d boolean, "
	       "e boolean)",
	       false,
	       "ALTER TABLE t ALTER COLUMN a TYPE integer USING a::integer\n"
	       "ALTER TABLE t ALTER COLUMN b TYPE bigint USING "
	       "b::integer::bigint\n"
	       "ALTER TABLE t ALTER COLUMN c TYPE date USING c::text::date\n"
	       "!ALTER TABLE t ALTER COLUMN d TYPE boolean USING "
	       "d::integer::boolean\n"
	       "!ALTER TABLE t ALTER COLUMN e TYPE boolean USING "
	       "e::boolean\n");
}

static void test_in_place(void **state)
{
	(void)state;
	expect("CREATE TYPE e AS ENUM ('b')",
	       "CREATE TYPE e AS ENUM ('a', 'b', 'c')", false,
	       "ALTER TYPE e ADD VALUE 'a' BEFORE 'b'\n"
	       "ALTER TYPE e ADD VALUE 'c' AFTER 'b'\n");
	expect("CREATE TABLE t (a integer, b integer); CREATE VIEW v AS "
	       "SELECT a FROM t", "CREATE TABLE t (a integer, b integer); "
	       "CREATE VIEW v AS SELECT a, b FROM t", false,
	       "CREATE OR REPLACE VIEW v AS\n SELECT t.a,\n    t.b\n   FROM "
	       "t\n");
}

/* Left by a build that failed: told as such, and built anew; no statement
 * makes another one. */
static void test_invalid_index(void **state)
{
	static const char sql[] = "CREATE TABLE t (a integer); CREATE UNIQUE "
				  "INDEX ta ON t (a)";
	rt_ddl_list list = RT_DDL_LIST_INIT;
	retort_error err = RETORT_ERROR_INIT;
	retort_schema *valid = schema_of(sql), *invalid;
	rt_alter_options options = { true };
	rt_conn *conn = connect();
	retort_diff *diff;
	char *dump;

	(void)state;
	db_exec(conn, "CREATE TABLE t (a integer)");
	db_exec(conn, "INSERT INTO t VALUES (1), (1)");
	assert_int_not_equal(rt_conn_exec(conn, "CREATE UNIQUE INDEX "
					  "CONCURRENTLY ta ON t (a)", &err), 0);
	retort_error_dispose(&err);
	invalid = inspect(conn);
	rt_assert_ok(retort_schema_dump(invalid, &dump, &err), &err);
	assert_non_null(strstr(dump, "-- on the server this index is invalid\n"
			       "CREATE UNIQUE INDEX ta ON"));
	free(dump);
	rt_assert_ok(retort_diff_make(&diff, invalid, valid, &err), &err);
	rt_assert_ok(rt_alter(diff, &options, &list, &err), &err);
	assert_int_equal(list.list.n, 2);
	assert_string_equal(list.list.v[0].sql, "DROP INDEX CONCURRENTLY ta");
	assert_string_equal(list.list.v[1].sql, "CREATE UNIQUE INDEX "
			    "CONCURRENTLY ta ON t USING btree (a)");
	rt_ddl_list_free(&list);
	retort_diff_free(diff);
	rt_assert_ok(retort_diff_make(&diff, valid, invalid, &err), &err);
	assert_int_equal(retort_diff_count(diff), 1);
	rt_assert_ok(rt_alter(diff, &options, &list, &err), &err);
	assert_int_equal(list.list.n, 0);
	rt_ddl_list_free(&list);
	retort_diff_free(diff);
	retort_schema_free(valid);
	retort_schema_free(invalid);
	rt_conn_close(conn);
}

static void test_refused(void **state)
{
	rt_ddl_list list = RT_DDL_LIST_INIT;
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	rt_assert_rc(alter("CREATE TABLE t (a integer)", "CREATE TABLE t (a "
			   "integer) PARTITION BY RANGE (a)", false, &list,
			   &err), RETORT_EUNSUPPORTED, &err);
	assert_string_equal(err.message, "no statement changes the partition "
			    "by of table t");
	retort_error_dispose(&err);
	rt_ddl_list_free(&list);
}

static const char before_online[] =
	"CREATE TABLE u (id bigint NOT NULL, a text, b text); CREATE TABLE o "
	"(u bigint); CREATE INDEX old ON u (b);";

static const char after_online[] =
	"CREATE TABLE u (id bigint, a text NOT NULL, b text, CONSTRAINT pk "
	"PRIMARY KEY (id), CONSTRAINT uq UNIQUE NULLS NOT DISTINCT (b), "
	"CONSTRAINT ck CHECK (b <> '')); CREATE TABLE o (u bigint, CONSTRAINT "
	"fk FOREIGN KEY (u) REFERENCES u); CREATE UNIQUE INDEX new ON u (a);";

static void test_online_statements(void **state)
{
	(void)state;
	expect(before_online, after_online, true,
	       "ALTER TABLE u ADD CONSTRAINT a_not_null CHECK (a IS NOT NULL) "
	       "NOT VALID\n"
	       "ALTER TABLE u ADD CONSTRAINT ck CHECK (b <> ''::text) NOT "
	       "VALID\n"
	       "*DROP INDEX CONCURRENTLY old\n"
	       "*ALTER TABLE u VALIDATE CONSTRAINT a_not_null\n"
	       "*ALTER TABLE u ALTER COLUMN a SET NOT NULL\n"
	       "*ALTER TABLE u DROP CONSTRAINT a_not_null\n"
	       "*CREATE UNIQUE INDEX CONCURRENTLY pk ON u (id)\n"
	       "*ALTER TABLE u ADD CONSTRAINT pk PRIMARY KEY USING INDEX pk\n"
	       "*CREATE UNIQUE INDEX CONCURRENTLY uq ON u (b) NULLS NOT "
	       "DISTINCT\n"
	       "*ALTER TABLE u ADD CONSTRAINT uq UNIQUE USING INDEX uq\n"
	       "*ALTER TABLE u VALIDATE CONSTRAINT ck\n"
	       "*ALTER TABLE o ADD CONSTRAINT fk FOREIGN KEY (u) REFERENCES "
	       "u(id) NOT VALID\n"
	       "*ALTER TABLE o VALIDATE CONSTRAINT fk\n"
	       "*CREATE UNIQUE INDEX CONCURRENTLY new ON u USING btree (a)\n");
}

/* The end is the same as that of the short way. */
static void test_online_runs(void **state)
{
	retort_schema *want = schema_of(after_online), *got;
	rt_ddl_list list = RT_DDL_LIST_INIT;
	retort_error err = RETORT_ERROR_INIT;
	rt_conn *conn;
	retort_diff *diff;
	size_t i;

	(void)state;
	rt_assert_ok(alter(before_online, after_online, true, &list, &err),
		     &err);
	conn = connect();
	db_exec(conn, before_online);
	for (i = 0; i < list.list.n; i++)
		db_exec(conn, list.list.v[i].sql);
	got = inspect(conn);
	rt_assert_ok(retort_diff_make(&diff, got, want, &err), &err);
	assert_true(retort_diff_is_empty(diff));
	retort_diff_free(diff);
	retort_schema_free(want);
	retort_schema_free(got);
	rt_ddl_list_free(&list);
	rt_conn_close(conn);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_transaction, pg_reset),
		cmocka_unit_test_setup(test_own_tables, pg_reset),
		cmocka_unit_test_setup(test_ignored, pg_reset),
		cmocka_unit_test_setup(test_lossy, pg_reset),
		cmocka_unit_test_setup(test_arrays, pg_reset),
		cmocka_unit_test_setup(test_booleans, pg_reset),
		cmocka_unit_test_setup(test_composite, pg_reset),
		cmocka_unit_test_setup(test_in_place, pg_reset),
		cmocka_unit_test_setup(test_invalid_index, pg_reset),
		cmocka_unit_test_setup(test_refused, pg_reset),
		cmocka_unit_test_setup(test_online_statements, pg_reset),
		cmocka_unit_test_setup(test_online_runs, pg_reset),
	};

	if (!pg_start())
		return 0;
	return pg_stop(cmocka_run_group_tests_name("schema/postgres_alter",
						   tests, NULL, NULL));
}
