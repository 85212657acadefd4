/* SPDX-License-Identifier: MIT */
/* SQLite's tables change, and nothing is lost that need not be. */
#include "support/rt_test.h"

#include <stdio.h>

#include "schema/alter.h"
#include "support/lite.h"

/* A database with rows, and the schema it is to have. */
typedef struct change {
	rt_conn *conn;
	retort_schema *before, *after;
	rt_ddl_list up;
} change;

static void plan(change *c, const char *wanted)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_alter_options options = { false };
	rt_conn *other = lite_open();
	retort_diff *diff = NULL;

	lite_run(other, "wanted", wanted);
	c->before = lite_schema(c->conn);
	c->after = lite_schema(other);
	rt_conn_close(other);
	rt_assert_ok(retort_diff_make(&diff, c->before, c->after, &err), &err);
	rt_assert_ok(rt_alter(diff, &options, &c->up, &err), &err);
	retort_diff_free(diff);
}

static void begin(change *c, const char *sql, const char *wanted)
{
	*c = (change){ .conn = lite_open(), .up = RT_DDL_LIST_INIT };
	lite_run(c->conn, "before", sql);
	plan(c, wanted);
}

static void forget_plan(change *c)
{
	retort_schema_free(c->before);
	retort_schema_free(c->after);
	rt_ddl_list_free(&c->up);
}

static void end(change *c)
{
	forget_plan(c);
	rt_conn_close(c->conn);
}

static int try_statements(change *c, retort_error *err)
{
	size_t i;
	int rc = rt_conn_exec(c->conn, "BEGIN", err);

	for (i = 0; i < c->up.list.n && rc == 0; i++)
		rc = rt_conn_exec(c->conn, c->up.list.v[i].sql, err);
	if (rc)
		(void)!rt_conn_exec(c->conn, "ROLLBACK", NULL);
	else
		rc = rt_conn_exec(c->conn, "COMMIT", err);
	return rc;
}

static char *statements(const change *c)
{
	rt_str out = RT_STR_INIT;
	size_t i;

	for (i = 0; i < c->up.list.n; i++) {
		if (c->up.list.v[i].note)
			rt_str_addf(&out, "-- %s\n", c->up.list.v[i].note);
		rt_str_addf(&out, "%s;\n", c->up.list.v[i].sql);
	}
	return rt_str_take(&out);
}

static void expect_schema(const change *c, const retort_schema *want)
{
	retort_schema *is = lite_schema(c->conn);
	char *diff = lite_diff(is, want), *line, *rest = diff;

	/* The order of columns is for information. */
	while ((line = strsep(&rest, "\n")) && *line)
		if (strncmp(line, "moved ", strlen("moved ")))
			fail_msg("%s\n%s", line, statements(c));
	free(diff);
	retort_schema_free(is);
}

static void run(change *c)
{
	retort_error err = RETORT_ERROR_INIT;

	if (try_statements(c, &err))
		fail_msg("%s\n%s", err.message, statements(c));
	expect_schema(c, c->after);
}

/* Up, and back again. */
static void both_ways(change *c)
{
	retort_schema *old;
	char *wanted;

	run(c);
	old = c->before;
	c->before = NULL;
	wanted = lite_dump(old);
	forget_plan(c);
	c->up = (rt_ddl_list)RT_DDL_LIST_INIT;
	plan(c, wanted);
	run(c);
	expect_schema(c, old);
	free(wanted);
	retort_schema_free(old);
}

static void expect_sql(const char *before, const char *after, const char *want)
{
	change c;
	char *sql;

	begin(&c, before, after);
	sql = statements(&c);
	assert_string_equal(sql, want);
	free(sql);
	both_ways(&c);
	end(&c);
}

/* --- what ALTER TABLE can do ---------------------------------------------- */

static void what_alter_can_do_is_left_to_it(void **state)
{
	(void)state;
	expect_sql("CREATE TABLE t (a)",
		   "CREATE TABLE t (a, b TEXT NOT NULL DEFAULT 'x' CHECK "
		   "(b <> ''), c INT REFERENCES t (a) ON DELETE CASCADE, "
		   "d AS (a + 1))",
		   "ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'x' "
		   "CHECK (b <> '');\n"
		   "ALTER TABLE t ADD COLUMN c INT REFERENCES t (a) "
		   "ON DELETE CASCADE;\n"
		   "ALTER TABLE t ADD COLUMN d GENERATED ALWAYS AS (a + 1) "
		   "VIRTUAL;\n");
	expect_sql("CREATE TABLE t (a, b); CREATE INDEX t_b ON t (b)",
		   "CREATE TABLE t (a)",
		   "DROP INDEX t_b;\n"
		   "-- the values of t.b are lost\n"
		   "ALTER TABLE t DROP COLUMN b;\n");
	expect_sql("CREATE TABLE t (a)", "CREATE TABLE t (b)",
		   "ALTER TABLE t ADD COLUMN b;\n"
		   "-- the values of t.a are lost\n"
		   "ALTER TABLE t DROP COLUMN a;\n");
}

static void a_rebuild_says_what_it_does(void **state)
{
	(void)state;
	expect_sql("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, "
		   "a INT); CREATE INDEX t_a ON t (a); CREATE VIEW v AS "
		   "SELECT a FROM t",
		   "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, "
		   "a TEXT); CREATE INDEX t_a ON t (a); CREATE VIEW v AS "
		   "SELECT a FROM t",
		   "-- ALTER TABLE cannot do this to t: make it anew\n"
		   "CREATE TABLE retort_new_t (\n"
		   "    id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
		   "    a TEXT\n"
		   ");\n"
		   "INSERT INTO retort_new_t (id, a)\n"
		   "SELECT id, a FROM t;\n"
		   "DELETE FROM sqlite_sequence WHERE name = 'retort_new_t';\n"
		   "INSERT INTO sqlite_sequence (name, seq)\n"
		   "SELECT 'retort_new_t', seq FROM sqlite_sequence "
		   "WHERE name = 't';\n"
		   "DROP TABLE t;\n"
		   "PRAGMA legacy_alter_table = ON;\n"
		   "ALTER TABLE retort_new_t RENAME TO t;\n"
		   "PRAGMA legacy_alter_table = OFF;\n"
		   "CREATE INDEX t_a ON t (a);\n");
}

/* --- the traps ------------------------------------------------------------ */

static const char family[] =
	"CREATE TABLE p (id INTEGER PRIMARY KEY, a INT);"
	"CREATE TABLE c (id INTEGER PRIMARY KEY, p INT NOT NULL REFERENCES p "
	"ON DELETE CASCADE);"
	"INSERT INTO p VALUES (1, 10), (2, 20);"
	"INSERT INTO c VALUES (1, 1), (2, 2);";

static const char family_of_text[] =
	"CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT);"
	"CREATE TABLE c (id INTEGER PRIMARY KEY, p INT NOT NULL REFERENCES p "
	"ON DELETE CASCADE);";

static void children_keep_their_rows(void **state)
{
	change c;

	(void)state;
	begin(&c, family, family_of_text);
	db_expect(c.conn, "PRAGMA foreign_keys", "0");
	both_ways(&c);
	db_expect(c.conn, "SELECT * FROM c", "1|1\n2|2");
	db_expect(c.conn, "SELECT * FROM p", "1|10\n2|20");
	end(&c);
}

static void rows_that_refer_to_nothing_stop_it(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	change c;

	(void)state;
	begin(&c, family, family_of_text);
	db_exec(c.conn, "INSERT INTO c VALUES (3, 9)");
	rt_assert_rc(try_statements(&c, &err), RETORT_EDATABASE, &err);
	assert_string_equal(err.message,
			    "1 row of table c refers to nothing in table p, "
			    "the first one's rowid is 3");
	assert_non_null(retort_error_get(&err, RETORT_ERROR_NEXT));
	expect_schema(&c, c.before);
	db_expect(c.conn, "SELECT count(*) FROM c", "3");
	retort_error_dispose(&err);
	end(&c);
}

static void views_and_triggers_of_others_stand_by(void **state)
{
	static const char others[] =
		"CREATE TABLE log (x);"
		"CREATE VIEW v AS SELECT a AS one FROM t;"
		"CREATE VIEW w AS SELECT one FROM v;"
		"CREATE TRIGGER w_i INSTEAD OF INSERT ON w BEGIN "
		"INSERT INTO t (a) VALUES (new.one); END;"
		"CREATE TRIGGER log_i AFTER INSERT ON log BEGIN "
		"INSERT INTO t (a) VALUES (new.x); END;";
	rt_str before = RT_STR_INIT, after = RT_STR_INIT;
	change c;

	(void)state;
	rt_str_addf(&before, "CREATE TABLE t (a INT); %s"
		    "INSERT INTO log VALUES (7);", others);
	rt_str_addf(&after, "CREATE TABLE t (a INT CHECK (a > 0)); %s",
		    others);
	begin(&c, before.p, after.p);
	run(&c);
	db_exec(c.conn, "INSERT INTO log VALUES (8)");
	db_exec(c.conn, "INSERT INTO w VALUES (9)");
	db_expect(c.conn, "SELECT * FROM w", "7\n8\n9");
	db_expect(c.conn, "PRAGMA legacy_alter_table", "0");
	end(&c);
	rt_str_free(&before);
	rt_str_free(&after);
}

static void indexes_and_triggers_come_back(void **state)
{
	static const char parts[] =
		"CREATE UNIQUE INDEX t_low ON t (lower(b) DESC) WHERE b <> '';"
		"CREATE TABLE log (x);"
		"CREATE TRIGGER t_i AFTER INSERT ON t BEGIN "
		"INSERT INTO log VALUES (new.b); END;";
	rt_str before = RT_STR_INIT, after = RT_STR_INIT;
	change c;

	(void)state;
	rt_str_addf(&before, "CREATE TABLE t (a, b TEXT); %s", parts);
	rt_str_addf(&after, "CREATE TABLE t (a NOT NULL, b TEXT); %s", parts);
	begin(&c, before.p, after.p);
	both_ways(&c);
	db_exec(c.conn, "INSERT INTO t VALUES (1, 'x')");
	db_expect(c.conn, "SELECT * FROM log", "x");
	db_expect(c.conn, "SELECT name FROM sqlite_master "
		  "WHERE tbl_name = 't' ORDER BY 1", "t\nt_i\nt_low");
	end(&c);
	rt_str_free(&before);
	rt_str_free(&after);
}

/* Renaming the old table out of the way would take others' foreign keys and
 * views with it. */
static void others_still_refer_to_the_table(void **state)
{
	change c;

	(void)state;
	begin(&c, family, family_of_text);
	run(&c);
	db_expect(c.conn, "SELECT \"table\" FROM pragma_foreign_key_list('c')",
		  "p");
	end(&c);
}

static void counters_go_on(void **state)
{
	static const char *const rows[] = { "", "INSERT INTO t VALUES (5, 1);",
					    "INSERT INTO t VALUES (5, 1);"
					    "DELETE FROM t;" };
	static const char *const next[] = { "1", "6", "6" };
	rt_str before = RT_STR_INIT;
	change c;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		rt_str_clear(&before);
		rt_str_addf(&before, "CREATE TABLE t (id INTEGER PRIMARY KEY "
			    "AUTOINCREMENT, a); %s", rows[i]);
		begin(&c, before.p, "CREATE TABLE t (id INTEGER PRIMARY KEY "
		      "AUTOINCREMENT, a CHECK (a > 0))");
		both_ways(&c);
		db_exec(c.conn, "INSERT INTO t (a) VALUES (2)");
		db_expect(c.conn, "SELECT id FROM t WHERE a = 2", next[i]);
		db_expect(c.conn, "SELECT name FROM sqlite_sequence", "t");
		end(&c);
	}
	rt_str_free(&before);
}

static void a_counter_that_goes_is_named(void **state)
{
	change c;
	char *sql;

	(void)state;
	begin(&c, "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)",
	      "CREATE TABLE t (id INTEGER PRIMARY KEY)");
	sql = statements(&c);
	assert_non_null(strstr(sql, "-- the AUTOINCREMENT counter of t is "
			       "lost\nDROP TABLE t;\n"));
	free(sql);
	both_ways(&c);
	end(&c);
}

static void rowids_stay(void **state)
{
	change c;

	(void)state;
	begin(&c, "CREATE TABLE t (a TEXT);"
	      "CREATE VIRTUAL TABLE f USING fts5(a, content='t');"
	      "INSERT INTO t (rowid, a) VALUES (3, 'x'), (7, 'y');"
	      "INSERT INTO f (rowid, a) SELECT rowid, a FROM t;",
	      "CREATE TABLE t (a TEXT NOT NULL);"
	      "CREATE VIRTUAL TABLE f USING fts5(a, content='t');");
	both_ways(&c);
	db_expect(c.conn, "SELECT rowid, a FROM f WHERE f MATCH 'y'", "7|y");
	end(&c);
	begin(&c, "CREATE TABLE t (rowid, a);"
	      "INSERT INTO t (_rowid_, a) VALUES (3, 'x');",
	      "CREATE TABLE t (rowid, a NOT NULL)");
	both_ways(&c);
	db_expect(c.conn, "SELECT _rowid_, * FROM t", "3|~|x");
	end(&c);
	begin(&c, "CREATE TABLE t (a); "
	      "INSERT INTO t (rowid, a) VALUES (3, 'x');",
	      "CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
	run(&c);
	db_expect(c.conn, "SELECT * FROM t", "3|x");
	end(&c);
}

/* What Alembic's batch mode loses without a word. */
static void nothing_of_the_table_is_forgotten(void **state)
{
	change c;

	(void)state;
	begin(&c, "CREATE TABLE t (a TEXT COLLATE nocase UNIQUE ON CONFLICT "
	      "IGNORE, b INT DEFAULT 7 CHECK (b > 0), c TEXT AS (a || b) "
	      "STORED, d TEXT REFERENCES t (a) DEFERRABLE INITIALLY "
	      "DEFERRED, PRIMARY KEY (a, b DESC)) STRICT, WITHOUT ROWID;"
	      "INSERT INTO t (a, d) VALUES ('x', 'x'), ('y', 'x');",
	      "CREATE TABLE t (a TEXT COLLATE nocase UNIQUE ON CONFLICT "
	      "IGNORE, b INT DEFAULT 8 CHECK (b > 0), c TEXT AS (a || b) "
	      "STORED, d TEXT REFERENCES t (a) DEFERRABLE INITIALLY "
	      "DEFERRED, PRIMARY KEY (a, b DESC)) STRICT, WITHOUT ROWID;");
	both_ways(&c);
	db_expect(c.conn, "SELECT * FROM t", "x|7|x7|x\ny|7|y7|x");
	end(&c);
}

/* What is text stays text: CAST would make 'unknown' a 0. */
static void a_change_of_type_keeps_the_values(void **state)
{
	change c;

	(void)state;
	begin(&c, "CREATE TABLE t (a TEXT);"
	      "INSERT INTO t VALUES ('12'), ('unknown'), ('007'), (NULL);",
	      "CREATE TABLE t (a INTEGER)");
	run(&c);
	db_expect(c.conn, "SELECT typeof(a), a FROM t",
		  "integer|12\ntext|unknown\ninteger|7\nnull|~");
	end(&c);
}

static void what_rows_forbid_fails_and_changes_nothing(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	change c;

	(void)state;
	begin(&c, "CREATE TABLE t (a); INSERT INTO t VALUES (1), (1);",
	      "CREATE TABLE t (a UNIQUE)");
	rt_assert_rc(try_statements(&c, &err), RETORT_EDATABASE, &err);
	expect_schema(&c, c.before);
	db_expect(c.conn, "SELECT count(*) FROM t", "2");
	retort_error_dispose(&err);
	end(&c);
}

static void views_change_with_their_triggers(void **state)
{
	change c;

	(void)state;
	begin(&c, "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; "
	      "CREATE TRIGGER r INSTEAD OF INSERT ON v BEGIN "
	      "INSERT INTO t VALUES (new.a); END",
	      "CREATE TABLE t (a); CREATE VIEW v AS SELECT a, 1 FROM t; "
	      "CREATE TRIGGER r INSTEAD OF INSERT ON v BEGIN "
	      "INSERT INTO t VALUES (new.a); END");
	both_ways(&c);
	db_exec(c.conn, "INSERT INTO v VALUES (4)");
	db_expect(c.conn, "SELECT * FROM v", "4");
	end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_alter_can_do_is_left_to_it),
		cmocka_unit_test(a_rebuild_says_what_it_does),
		cmocka_unit_test(children_keep_their_rows),
		cmocka_unit_test(rows_that_refer_to_nothing_stop_it),
		cmocka_unit_test(views_and_triggers_of_others_stand_by),
		cmocka_unit_test(indexes_and_triggers_come_back),
		cmocka_unit_test(others_still_refer_to_the_table),
		cmocka_unit_test(counters_go_on),
		cmocka_unit_test(a_counter_that_goes_is_named),
		cmocka_unit_test(rowids_stay),
		cmocka_unit_test(nothing_of_the_table_is_forgotten),
		cmocka_unit_test(a_change_of_type_keeps_the_values),
		cmocka_unit_test(what_rows_forbid_fails_and_changes_nothing),
		cmocka_unit_test(views_change_with_their_triggers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
