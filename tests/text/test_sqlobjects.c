/* SPDX-License-Identifier: MIT */
/* The objects that a statement names. */
#include "support/rt_test.h"

#include <retort/sql.h>

#include "base/str.h"

#define ANY RETORT_DIALECT_ANY
#define LITE RETORT_DIALECT_SQLITE
#define PG RETORT_DIALECT_POSTGRESQL

static void add(void *self, const retort_sql_object *o)
{
	rt_str *out = self;

	rt_str_addf(out, "%s%s %s %s", out->n ? "; " : "",
		    retort_sql_verb_word(o->verb), o->kind, o->name);
	if (*o->column)
		rt_str_addf(out, "/%s", o->column);
}

static const struct row {
	const char *sql;
	retort_dialect dialect;
	const char *want;
} rows[] = {
	{ "CREATE TABLE users (id int)", ANY, "create table users" },
	{ "create temp table if not exists Users (id int)", ANY,
	  "create table users" },
	{ "CREATE TABLE public.\"User\" (a int REFERENCES app.b (id), "
	  "FOREIGN KEY (x) REFERENCES c)", PG,
	  "create table User; refer to table app.b; refer to table c" },
	{ "CREATE TABLE [My Table] (a)", LITE, "create table my table" },
	{ "CREATE TABLE main.`a``b` (a)", LITE, "create table a`b" },
	{ "CREATE UNIQUE INDEX CONCURRENTLY i ON ONLY app.t (a)", PG,
	  "create index i; refer to table app.t" },
	{ "CREATE INDEX ON t (lower(a))", PG, "refer to table t" },
	{ "CREATE OR REPLACE VIEW v AS SELECT 1", PG, "create view v" },
	{ "CREATE MATERIALIZED VIEW v AS SELECT 1", PG,
	  "create materialized view v" },
	{ "CREATE TRIGGER g AFTER UPDATE ON t BEGIN SELECT 1; END", LITE,
	  "create trigger g; refer to table t" },
	{ "CREATE VIRTUAL TABLE f USING fts5(a)", LITE, "create table f" },
	{ "ALTER TABLE ONLY t ADD COLUMN IF NOT EXISTS a numeric(12, 2), "
	  "DROP b, ALTER COLUMN c TYPE int, ADD CONSTRAINT k "
	  "FOREIGN KEY (a) REFERENCES o (id)", PG,
	  "alter table t/a; alter table t/b; alter table t/c; "
	  "alter table t; refer to table o" },
	{ "ALTER TABLE t RENAME a TO b", ANY,
	  "alter table t/a; alter table t/b" },
	{ "ALTER TABLE t RENAME TO u", ANY,
	  "alter table t; rename to table u" },
	{ "ALTER TYPE mood ADD VALUE 'x'", PG, "alter type mood" },
	{ "ALTER INDEX i RENAME TO j", PG,
	  "alter index i; rename to index j" },
	{ "DROP TABLE IF EXISTS a, app.b CASCADE", PG,
	  "drop table a; drop table app.b" },
	{ "DROP FUNCTION f(int, text), g(int)", PG,
	  "drop function f; drop function g" },
	{ "DROP TRIGGER g ON t", PG, "drop trigger g; refer to table t" },
	{ "INSERT OR IGNORE INTO t VALUES (1)", LITE, "insert table t" },
	{ "REPLACE INTO t VALUES (1)", LITE, "insert table t" },
	{ "UPDATE OR ABORT t SET a = 1", LITE, "update table t" },
	{ "DELETE FROM ONLY t", PG, "delete table t" },
	{ "TRUNCATE TABLE a, b", PG, "delete table a; delete table b" },
	{ "COPY t (a) FROM STDIN", PG, "insert table t" },
	{ "WITH x AS (DELETE FROM y RETURNING *) INSERT INTO t SELECT 1", PG,
	  "insert table t" },
	/* a comment or a string is no name */
	{ "/* CREATE TABLE a */ CREATE -- b\n TABLE c (d text DEFAULT "
	  "'REFERENCES e')", ANY, "create table c" },
	{ "SELECT 1", ANY, "" },
	{ "DO $$ CREATE TABLE a () $$", PG, "" },
	{ "", ANY, "" },
	/* cut anywhere */
	{ "CREATE", ANY, "" },
	{ "CREATE TABLE", ANY, "" },
	{ "CREATE TABLE a.", ANY, "create table a" },
	{ "CREATE INDEX i", ANY, "create index i" },
	{ "ALTER TABLE", ANY, "" },
	{ "ALTER TABLE t RENAME", ANY, "alter table t" },
	{ "ALTER TABLE t RENAME a", ANY, "alter table t/a" },
	{ "DROP TABLE a,", ANY, "drop table a" },
	{ "INSERT", ANY, "" },
	{ "WITH WITH WITH x", ANY, "" },
	{ ")))CREATE TABLE a", ANY, "" },
};

static void names_are_found(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rt_str out = RT_STR_INIT;

		retort_sql_objects(rows[i].sql, strlen(rows[i].sql),
				   rows[i].dialect, add, &out);
		if (strcmp(out.p, rows[i].want) != 0)
			fail_msg("%s: %s", rows[i].sql, out.p);
		rt_str_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
