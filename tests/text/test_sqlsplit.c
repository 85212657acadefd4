/* SPDX-License-Identifier: MIT */
/* Statements: where they end, what they are, and SQLite's own opinion. */
#include "support/rt_test.h"

#include <sqlite3.h>

#include "base/str.h"
#include "text/sql_support.h"
#include "text/sqlscan.h"
#include "text/sqlsplit.h"

#define ANY RETORT_DIALECT_ANY
#define LITE RETORT_DIALECT_SQLITE
#define PG RETORT_DIALECT_POSTGRESQL

/* The statements as text: kind letter (o, t, m, c), `<sql>`, and `{data}`. */
static void show(const rt_sql_statements *list, rt_str *out)
{
	size_t i;

	rt_str_clear(out);
	for (i = 0; i < list->n; i++) {
		rt_str_addc(out, "otmc"[list->v[i].kind]);
		rt_str_addc(out, '<');
		rt_str_addsv(out, list->v[i].sql);
		rt_str_addc(out, '>');
		if (list->v[i].kind == RT_SQL_COPY_IN) {
			rt_str_addc(out, '{');
			rt_str_addsv(out, list->v[i].data);
			rt_str_addc(out, '}');
		}
	}
}

static const struct row {
	retort_dialect dialect;
	const char *sql, *statements;
} rows[] = {
	{ ANY, "", "" },
	{ ANY, " ;; -- x\n ; /* y */ ;", "" },
	{ ANY, "\xef\xbb\xbf a ; b", "o<a>o<b>" },
	{ ANY, "a;b;c", "o<a>o<b>o<c>" },
	{ ANY, "-- x\n a /* y */ b -- z\n ; -- w", "o<a /* y */ b>" },
	{ ANY, "a\r\n;\r\nb\r\n", "o<a>o<b>" },
	{ ANY, "SELECT ';', \";\", 'it'';';", "o<SELECT ';', \";\", 'it'';'>" },
	{ LITE, "SELECT [;], `;`;x", "o<SELECT [;], `;`>o<x>" },
	{ PG, "SELECT $a$;$$;$a$, E'\\';';x",
	  "o<SELECT $a$;$$;$a$, E'\\';'>o<x>" },
	{ PG, "/* /* ; */ ; */ a;b", "o<a>o<b>" },
	{ LITE, "/* /* ; */ a;b /* open ;", "o<a>o<b>" },
	{ PG, "DO $$ BEGIN a; END $$; b", "o<DO $$ BEGIN a; END $$>o<b>" },

	/* parentheses */
	{ PG, "CREATE RULE r AS ON INSERT TO t DO (a; b); c",
	  "o<CREATE RULE r AS ON INSERT TO t DO (a; b)>o<c>" },
	{ PG, "a); b", "o<a)>o<b>" },
	{ LITE, "a (b; c", "o<a (b>o<c>" },

	/* BEGIN ATOMIC */
	{ PG, "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; "
	      "SELECT 2; END; b",
	  "o<CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; "
	  "SELECT 2; END>o<b>" },
	{ PG, "create or replace procedure p() begin /* */ atomic\n"
	      "select case when a then case b when 1 then 2 end end; end;b",
	  "o<create or replace procedure p() begin /* */ atomic\n"
	  "select case when a then case b when 1 then 2 end end; end>o<b>" },
	{ PG, "CREATE FUNCTION f() BEGIN ATOMIC BEGIN ATOMIC a; END; END; b",
	  "o<CREATE FUNCTION f() BEGIN ATOMIC BEGIN ATOMIC a; END; END>o<b>" },
	{ PG, "CREATE FUNCTION f() BEGIN ATOMIC SELECT a.end, a.case, begin, "
	      "1 AS end, 2 AS case, \"end\"; END; b",
	  "o<CREATE FUNCTION f() BEGIN ATOMIC SELECT a.end, a.case, begin, "
	  "1 AS end, 2 AS case, \"end\"; END>o<b>" },
	{ PG, "CREATE FUNCTION f(begin int) RETURN begin; b",
	  "o<CREATE FUNCTION f(begin int) RETURN begin>o<b>" },
	{ PG, "CREATE FUNCTION f() LANGUAGE sql AS 'begin atomic;'; b",
	  "o<CREATE FUNCTION f() LANGUAGE sql AS 'begin atomic;'>o<b>" },
	{ PG, "CREATE TABLE begin (atomic int); b",
	  "o<CREATE TABLE begin (atomic int)>o<b>" },
	{ PG, "SELECT begin atomic; b", "o<SELECT begin atomic>o<b>" },
	{ PG, "CREATE FUNCTION f() BEGIN ATOMIC END; b",
	  "o<CREATE FUNCTION f() BEGIN ATOMIC END>o<b>" },

	/* triggers */
	{ LITE, "CREATE TRIGGER t AFTER INSERT ON x BEGIN a; b; END; c",
	  "o<CREATE TRIGGER t AFTER INSERT ON x BEGIN a; b; END>o<c>" },
	{ LITE, "create temp trigger t begin select case when 1 then 2 end; "
		"end; c",
	  "o<create temp trigger t begin select case when 1 then 2 end; "
	  "end>o<c>" },
	{ LITE, "CREATE TEMPORARY TRIGGER IF NOT EXISTS t BEGIN\n"
		"SELECT \"end\", 'END', [;], end FROM t; -- END;\n"
		"END /* x */ ; c",
	  "o<CREATE TEMPORARY TRIGGER IF NOT EXISTS t BEGIN\n"
	  "SELECT \"end\", 'END', [;], end FROM t; -- END;\n"
	  "END>o<c>" },
	{ LITE, "CREATE TRIGGER t BEGIN a; END", "o<CREATE TRIGGER t BEGIN a; "
						 "END>" },
	{ LITE, "EXPLAIN QUERY PLAN CREATE TRIGGER t BEGIN a; END; b",
	  "o<EXPLAIN QUERY PLAN CREATE TRIGGER t BEGIN a; END>o<b>" },
	{ LITE, "CREATE TABLE trigger (a); b",
	  "o<CREATE TABLE trigger (a)>o<b>" },
	{ LITE, "DROP TRIGGER t; b", "o<DROP TRIGGER t>o<b>" },
	{ LITE, "SELECT begin, case FROM t; b",
	  "o<SELECT begin, case FROM t>o<b>" },
	{ PG, "CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION f(); b",
	  "o<CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION f()>o<b>" },
	{ ANY, "CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION f(); b",
	  "o<CREATE TRIGGER t AFTER INSERT ON x EXECUTE FUNCTION f()>o<b>" },
	{ ANY, "CREATE TRIGGER t AFTER INSERT ON x BEGIN a; b; END; c",
	  "o<CREATE TRIGGER t AFTER INSERT ON x BEGIN a; b; END>o<c>" },
	{ ANY, "CREATE TRIGGER begin AFTER INSERT ON x EXECUTE FUNCTION f();b",
	  "o<CREATE TRIGGER begin AFTER INSERT ON x EXECUTE FUNCTION f()>"
	  "o<b>" },

	/* transactions */
	{ ANY, "BEGIN; begin immediate; START TRANSACTION; COMMIT AND CHAIN",
	  "t<BEGIN>t<begin immediate>t<START TRANSACTION>t<COMMIT AND CHAIN>" },
	{ ANY, "END; ABORT; ROLLBACK; ROLLBACK WORK; COMMIT PREPARED 'x'",
	  "t<END>t<ABORT>t<ROLLBACK>t<ROLLBACK WORK>t<COMMIT PREPARED 'x'>" },
	{ PG, "PREPARE TRANSACTION 'x'; ROLLBACK PREPARED 'x'; PREPARE p AS a",
	  "t<PREPARE TRANSACTION 'x'>t<ROLLBACK PREPARED 'x'>"
	  "o<PREPARE p AS a>" },
	{ ANY, "SAVEPOINT a; RELEASE a; ROLLBACK TO a; ROLLBACK WORK TO a",
	  "o<SAVEPOINT a>o<RELEASE a>o<ROLLBACK TO a>o<ROLLBACK WORK TO a>" },
	{ LITE, "ROLLBACK TRANSACTION TO SAVEPOINT a",
	  "o<ROLLBACK TRANSACTION TO SAVEPOINT a>" },
	{ ANY, "/* x */ BEGIN -- y\n", "t<BEGIN>" },
	{ ANY, "\"BEGIN\"; SELECT begin; (BEGIN)",
	  "o<\"BEGIN\">o<SELECT begin>o<(BEGIN)>" },
	{ ANY, "END", "t<END>" },

	/* psql */
	{ PG, "\\set x 1\nSELECT 1;\n  \\d t  \r\n", "m<\\set x 1>o<SELECT 1>"
						     "m<\\d t>" },
	{ ANY, "SELECT 1 \\gset\nb", "o<SELECT 1>m<\\gset>o<b>" },
	{ PG, "BEGIN \\g\n", "t<BEGIN>m<\\g>" },

	/* COPY */
	{ PG, "COPY t FROM STDIN;\n1\t2\n\\.\nb;",
	  "c<COPY t FROM STDIN>{1\t2\n}o<b>" },
	{ ANY, "copy t (a, b) from stdin with (format csv); -- x\r\n"
	       "'it;\",\r\n-- migrate:down\r\n\\.\r\nb",
	  "c<copy t (a, b) from stdin with (format csv)>"
	  "{'it;\",\r\n-- migrate:down\r\n}o<b>" },
	{ PG, "COPY t FROM STDIN;\n\\.", "c<COPY t FROM STDIN>{}" },
	{ PG, "COPY t FROM STDIN;\n\n\\.x\n \\.\n\\.\n;",
	  "c<COPY t FROM STDIN>{\n\\.x\n \\.\n}" },
	{ LITE, "COPY t FROM STDIN;\n'\n\\.\n", "c<COPY t FROM STDIN>{'\n}" },
	{ PG, "COPY t TO STDOUT; COPY t FROM '/x'; COPY t FROM PROGRAM 'x'",
	  "o<COPY t TO STDOUT>o<COPY t FROM '/x'>o<COPY t FROM PROGRAM 'x'>" },
	{ PG, "COPY (SELECT * FROM stdin) TO STDOUT; b",
	  "o<COPY (SELECT * FROM stdin) TO STDOUT>o<b>" },
	{ PG, "COPY t FROM \"stdin\"; b", "o<COPY t FROM \"stdin\">o<b>" },
	{ PG, "SELECT copy FROM stdin; b", "o<SELECT copy FROM stdin>o<b>" },
	{ PG, "COPY a FROM STDIN;\n1\n\\.\nCOPY b FROM STDIN;\n2\n\\.\n",
	  "c<COPY a FROM STDIN>{1\n}c<COPY b FROM STDIN>{2\n}" },
};

static void statements_end_where_they_should(void **state)
{
	rt_str got = RT_STR_INIT;
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rt_sql_statements list = RT_VEC_INIT;
		retort_error err = RETORT_ERROR_INIT;
		rt_sv sql = rt_sv_from(rows[i].sql);
		retort_dialect dialect = rows[i].dialect;

		rt_assert_ok(rt_sql_split(sql, dialect, &list, &at, &err),
			     &err);
		show(&list, &got);
		if (strcmp(got.p, rows[i].statements) != 0)
			fail_msg("%s: %s\n got: %s\nwant: %s",
				 retort_dialect_name(dialect), rows[i].sql,
				 got.p, rows[i].statements);
		check_splitter(sql, dialect);
		rt_vec_free(&list);
	}
	rt_str_free(&got);
}

static const struct wrong {
	retort_dialect dialect;
	const char *sql;
	size_t at;
	const char *message; /* a part of it */
} wrongs[] = {
	{ ANY, "a; 'b", 3, "the string is not closed by '" },
	{ PG, "a; E'b\\'", 3, "the string is not closed by '" },
	{ PG, "a U&\"b", 2, "the quoted name is not closed by \"" },
	{ LITE, "a [b", 2, "the quoted name is not closed by ]" },
	{ LITE, "a `b", 2, "the quoted name is not closed by `" },
	{ PG, "a $$b", 2, "string $$ is not closed" },
	{ PG, "a $tag$b", 2, "string $tag$ is not closed" },
	{ PG, "a /* /* */", 2, "the comment is not closed by */ (comments" },
	{ PG, "a (b; (c", 2, "the parenthesis is not closed" },
	{ PG, "CREATE FUNCTION f(begin int) BEGIN ATOMIC a; END CASE", 29,
	  NULL },
	{ PG, "CREATE FUNCTION f(begin int) BEGIN ATOMIC CASE; END", 29,
	  "BEGIN ATOMIC is not closed" },
	{ LITE, "CREATE TRIGGER t BEGIN a; b", 17, "trigger's body" },
	{ LITE, "CREATE TRIGGER t BEGIN a END;", 17, "trigger's body" },
	{ LITE, "CREATE TRIGGER t BEGIN a; END b;", 17, "trigger's body" },
	{ ANY, "CREATE TRIGGER t BEGIN a; b", 17, "trigger's body" },
	{ PG, "a; COPY t FROM STDIN;\n1\n", 3, "not closed by a line with" },
	{ PG, "a; COPY t FROM STDIN;\n", 3, "has no data" },
	{ PG, "a; COPY t FROM STDIN", 3, "has no data" },
	{ PG, "COPY t FROM STDIN; b\n1\n\\.\n", 19, "begin on the next line" },
	{ PG, "COPY t FROM STDIN\\g\n1\n\\.\n", 0, NULL },
	{ PG, "a {", 2, "'{' begins nothing" },
	{ ANY, "a \x01", 2, "the byte 0x01" },
	{ LITE, "a \\d", 2, "'\\' begins nothing" },
	{ PG, "a $ b", 2, "'$' begins nothing" },
};

static void what_is_not_closed_is_an_error_where_it_opens(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		rt_sql_statements list = RT_VEC_INIT;
		retort_error err = RETORT_ERROR_INIT;
		rt_sv sql = rt_sv_from(wrongs[i].sql);
		retort_dialect dialect = wrongs[i].dialect;
		size_t at = 9999;
		int rc = rt_sql_split(sql, dialect, &list, &at, &err);

		if (wrongs[i].message && rc != RETORT_EPARSE)
			fail_msg("%s: got %d", wrongs[i].sql, rc);
		if (wrongs[i].message &&
		    (at != wrongs[i].at ||
		     !strstr(err.message, wrongs[i].message)))
			fail_msg("%s: got %zu: %s", wrongs[i].sql, at,
				 err.message);
		check_splitter(sql, dialect);
		retort_error_dispose(&err);
		rt_vec_free(&list);
	}
}

/* --- SQLite's own opinion --- */

/* Whether the text ends behind a statement's semicolon; -1 where the two
 * cannot be compared (COPY, and bytes that are no SQL). */
static int complete(rt_sv text)
{
	rt_sql_scan scan;
	retort_token t;
	int answer = 0;

	rt_sql_scan_begin(&scan, text, 0, RETORT_DIALECT_SQLITE);
	while (rt_sql_scan_next(&scan, &t)) {
		if (t.kind == RETORT_TOKEN_ERROR ||
		    (scan.ended && scan.kind == RT_SQL_COPY_IN))
			return -1;
		if (t.kind == RETORT_TOKEN_COMMENT &&
		    rt_sv_starts(rt_sv_sub(text, t.offset, 2), "/*") &&
		    (t.length < 4 || text.p[scan.at - 1] != '/' ||
		     text.p[scan.at - 2] != '*'))
			return 0; /* open: the shell waits for more */
		if (t.kind != RETORT_TOKEN_SPACE &&
		    t.kind != RETORT_TOKEN_COMMENT)
			answer = scan.ended;
	}
	return answer;
}

static void sqlite_agrees_on_every_prefix(void **state)
{
	static const char *const scripts[] = {
		"a; b ; ;; -- c;\n d; /* ; */ e;",
		"CREATE TRIGGER t AFTER UPDATE ON x BEGIN\n"
		"SELECT CASE a WHEN 1 THEN ';' ELSE \"end\" END; -- END;\n"
		"/* END; */ DELETE FROM [end;]; END; SELECT 1;",
		"CREATE TEMP TRIGGER t BEGIN a; END b; END ; END; c;",
		"CREATE TEMPORARY TEMP TRIGGER t;;; END; x;",
		"EXPLAIN CREATE TRIGGER t; END; EXPLAIN QUERY PLAN CREATE "
		"TRIGGER t; a; END; b;",
		"EXPLAIN EXPLAIN CREATE TRIGGER t; EXPLAIN TRIGGER; EXPLAIN "
		"END; EXPLAIN TEMP CREATE TRIGGER x;",
		"CREATE TABLE trigger (a); CREATE UNIQUE TRIGGER; CREATE OR "
		"REPLACE TRIGGER t; TEMP; TRIGGER; END; CREATE;",
		"CREATE TRIGGER t; 'END'; \"END\"; [END]; `END`; (END); END;",
		"BEGIN; COMMIT; END; SELECT (1; SELECT 2); x;",
		"createx trigger t; create xtrigger t; create trigger_x t;",
	};
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		for (n = 0; n <= strlen(scripts[i]); n++) {
			rt_str s = RT_STR_INIT;
			int ours, theirs;

			rt_str_addn(&s, scripts[i], n);
			ours = complete(rt_str_sv(&s));
			theirs = sqlite3_complete(s.p);
			if (ours >= 0 && ours != theirs)
				fail_msg("ours %d, SQLite's %d: %s", ours,
					 theirs, s.p);
			rt_str_free(&s);
		}
}

/* Run statement by statement, the split text does what the shell would. */
static void sqlite_runs_what_was_split(void **state)
{
	static const char script[] =
		"CREATE TABLE t (a TEXT); CREATE TABLE log (x TEXT);\n"
		"CREATE TRIGGER tr AFTER INSERT ON t BEGIN\n"
		"  INSERT INTO log VALUES (CASE new.a WHEN ';' THEN 'semi'\n"
		"    ELSE 'END;' END);\n"
		"  UPDATE t SET a = a || ';' WHERE rowid = new.rowid;\n"
		"END;\n"
		"INSERT INTO t VALUES (';'); INSERT INTO t VALUES ('b')";
	rt_sql_statements list = RT_VEC_INIT;
	retort_error err = RETORT_ERROR_INIT;
	sqlite3 *db;
	sqlite3_stmt *stmt;
	size_t at, i;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	rt_assert_ok(rt_sql_split(rt_sv_from(script), RETORT_DIALECT_SQLITE,
				  &list, &at, &err),
		     &err);
	assert_int_equal(list.n, 5);
	for (i = 0; i < list.n; i++) {
		const char *tail;

		assert_int_equal(sqlite3_prepare_v2(db, list.v[i].sql.p,
						    (int)list.v[i].sql.n,
						    &stmt, &tail),
				 SQLITE_OK);
		assert_ptr_equal(tail, list.v[i].sql.p + list.v[i].sql.n);
		assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
		sqlite3_finalize(stmt);
	}
	assert_int_equal(
		sqlite3_prepare_v2(db,
				   "SELECT (SELECT group_concat(a) FROM t) || "
				   "(SELECT group_concat(x) FROM log)",
				   -1, &stmt, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(stmt, 0),
			    ";;,b;semi,END;");
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	rt_vec_free(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_end_where_they_should),
		cmocka_unit_test(what_is_not_closed_is_an_error_where_it_opens),
		cmocka_unit_test(sqlite_agrees_on_every_prefix),
		cmocka_unit_test(sqlite_runs_what_was_split),
	};

	return cmocka_run_group_tests_name("sqlsplit", tests, NULL, NULL);
}
