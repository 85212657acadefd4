/* SPDX-License-Identifier: MIT */
/* SQLite's tables change, and nothing is lost that need not be. */
#include "support/rt_test.h"

#include "support/lite_change.h"

static void expect_sql(const char *before, const char *after, const char *want)
{
	lite_change c;
	char *sql;

	lite_change_begin(&c, before, after);
	sql = lite_change_sql(&c);
	assert_string_equal(sql, want);
	free(sql);
	lite_change_both_ways(&c);
	lite_change_end(&c);
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

/* The note and the mark of the statement that copies the rows. */
static void expect_note(const char *before, const char *after, bool lossy,
			const char *note)
{
	lite_change c;
	size_t i;

	lite_change_begin(&c, before, after);
	for (i = 0; i < c.up.list.n; i++)
		if (!strncmp(c.up.list.v[i].sql, "INSERT", 6))
			break;
	assert_true(i < c.up.list.n);
	if (c.up.list.v[i].lossy != lossy)
		fail_msg("%s to %s", before, after);
	if (note)
		assert_string_equal(c.up.list.v[i].note, note);
	else
		assert_null(c.up.list.v[i].note);
	lite_change_both_ways(&c);
	lite_change_end(&c);
}

static void a_type_that_converts_says_so(void **state)
{
	static const struct {
		const char *from, *to, *loss;
	} rows[] = {
		{ "TEXT", "INT", "a: texts like '007' become numbers" },
		{ "varchar(9)", "decimal(4, 2)",
		  "a: texts like '007' become numbers" },
		{ "clob", "double", "a: texts like '007' become numbers" },
		{ "", "TEXT", "a: numbers become texts" },
		{ "BLOB", "date", "a: texts like '007' become numbers" },
		{ "REAL", "TEXT", "a: numbers keep 15 digits" },
		{ "NUMERIC", "char(9)", "a: numbers keep 15 digits" },
		{ "bigint", "float", "a: integers beyond 2^53 lose digits" },
		{ "INT", "TEXT", NULL },
		{ "INT", "NUMERIC", NULL },
		{ "TEXT", "BLOB", NULL },
		{ "TEXT", "varchar(20)", NULL },
		{ "REAL", "INT", NULL },
	};
	char *before, *after;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		before = rt_strf("CREATE TABLE t (a %s)", rows[i].from);
		after = rt_strf("CREATE TABLE t (a %s)", rows[i].to);
		expect_note(before, after, rows[i].loss != NULL, rows[i].loss);
		free(before);
		free(after);
	}
	expect_note("CREATE TABLE t (a TEXT) STRICT",
		    "CREATE TABLE t (a ANY) STRICT", false, NULL);
	expect_note("CREATE TABLE t (a ANY) STRICT",
		    "CREATE TABLE t (a TEXT NOT NULL) STRICT", true,
		    "a: numbers become texts; a: fails where it is NULL");
	expect_note("CREATE TABLE t (a, b AS ('007'))",
		    "CREATE TABLE t (a, b INT)", false, NULL);
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
	lite_change c;

	(void)state;
	lite_change_begin(&c, family, family_of_text);
	db_expect(c.conn, "PRAGMA foreign_keys", "0");
	lite_change_both_ways(&c);
	db_expect(c.conn, "SELECT * FROM c", "1|1\n2|2");
	db_expect(c.conn, "SELECT * FROM p", "1|10\n2|20");
	lite_change_end(&c);
}

static void rows_that_refer_to_nothing_stop_it(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	lite_change c;

	(void)state;
	lite_change_begin(&c, family, family_of_text);
	db_exec(c.conn, "INSERT INTO c VALUES (3, 9)");
	rt_assert_rc(lite_change_try(&c, &err), RETORT_EDATABASE, &err);
	assert_string_equal(err.message,
			    "1 row of table c refers to nothing in table p, "
			    "the first one's rowid is 3");
	assert_non_null(retort_error_get(&err, RETORT_ERROR_NEXT));
	lite_change_expect(&c, c.before);
	db_expect(c.conn, "SELECT count(*) FROM c", "3");
	retort_error_dispose(&err);
	lite_change_end(&c);
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
	lite_change c;

	(void)state;
	rt_str_addf(&before, "CREATE TABLE t (a INT); %s"
		    "INSERT INTO log VALUES (7);", others);
	rt_str_addf(&after, "CREATE TABLE t (a INT CHECK (a > 0)); %s",
		    others);
	lite_change_begin(&c, before.p, after.p);
	lite_change_run(&c);
	db_exec(c.conn, "INSERT INTO log VALUES (8)");
	db_exec(c.conn, "INSERT INTO w VALUES (9)");
	db_expect(c.conn, "SELECT * FROM w", "7\n8\n9");
	db_expect(c.conn, "PRAGMA legacy_alter_table", "0");
	lite_change_end(&c);
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
	lite_change c;

	(void)state;
	rt_str_addf(&before, "CREATE TABLE t (a, b TEXT); %s", parts);
	rt_str_addf(&after, "CREATE TABLE t (a NOT NULL, b TEXT); %s", parts);
	lite_change_begin(&c, before.p, after.p);
	lite_change_both_ways(&c);
	db_exec(c.conn, "INSERT INTO t VALUES (1, 'x')");
	db_expect(c.conn, "SELECT * FROM log", "x");
	db_expect(c.conn, "SELECT name FROM sqlite_master "
		  "WHERE tbl_name = 't' ORDER BY 1", "t\nt_i\nt_low");
	lite_change_end(&c);
	rt_str_free(&before);
	rt_str_free(&after);
}

/* Renaming the old table out of the way would take others' foreign keys and
 * views with it. */
static void others_still_refer_to_the_table(void **state)
{
	lite_change c;

	(void)state;
	lite_change_begin(&c, family, family_of_text);
	lite_change_run(&c);
	db_expect(c.conn, "SELECT \"table\" FROM pragma_foreign_key_list('c')",
		  "p");
	lite_change_end(&c);
}

static void counters_go_on(void **state)
{
	static const char *const rows[] = {
		"", "INSERT INTO t VALUES (5, 1);",
		("INSERT INTO t VALUES (5, 1); DELETE FROM t;"),
	};
	static const char *const next[] = { "1", "6", "6" };
	rt_str before = RT_STR_INIT;
	lite_change c;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		rt_str_clear(&before);
		rt_str_addf(&before, "CREATE TABLE t (id INTEGER PRIMARY KEY "
			    "AUTOINCREMENT, a); %s", rows[i]);
		lite_change_begin(&c, before.p, "CREATE TABLE t (id INTEGER PRIMARY KEY "
		      "AUTOINCREMENT, a CHECK (a > 0))");
		lite_change_both_ways(&c);
		db_exec(c.conn, "INSERT INTO t (a) VALUES (2)");
		db_expect(c.conn, "SELECT id FROM t WHERE a = 2", next[i]);
		db_expect(c.conn, "SELECT name FROM sqlite_sequence", "t");
		lite_change_end(&c);
	}
	rt_str_free(&before);
}

static void a_counter_that_goes_is_named(void **state)
{
	lite_change c;
	char *sql;

	(void)state;
	lite_change_begin(&c, "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)",
	      "CREATE TABLE t (id INTEGER PRIMARY KEY)");
	sql = lite_change_sql(&c);
	assert_non_null(strstr(sql, "-- the AUTOINCREMENT counter of t is "
			       "lost\nDROP TABLE t;\n"));
	free(sql);
	lite_change_both_ways(&c);
	lite_change_end(&c);
}

static void rowids_stay(void **state)
{
	lite_change c;

	(void)state;
	lite_change_begin(&c, "CREATE TABLE t (a TEXT);"
	      "CREATE VIRTUAL TABLE f USING fts5(a, content='t');"
	      "INSERT INTO t (rowid, a) VALUES (3, 'x'), (7, 'y');"
	      "INSERT INTO f (rowid, a) SELECT rowid, a FROM t;",
	      "CREATE TABLE t (a TEXT NOT NULL);"
	      "CREATE VIRTUAL TABLE f USING fts5(a, content='t');");
	lite_change_both_ways(&c);
	db_expect(c.conn, "SELECT rowid, a FROM f WHERE f MATCH 'y'", "7|y");
	lite_change_end(&c);
	lite_change_begin(&c, "CREATE TABLE t (rowid, a);"
	      "INSERT INTO t (_rowid_, a) VALUES (3, 'x');",
	      "CREATE TABLE t (rowid, a NOT NULL)");
	lite_change_both_ways(&c);
	db_expect(c.conn, "SELECT _rowid_, * FROM t", "3|~|x");
	lite_change_end(&c);
	lite_change_begin(&c, "CREATE TABLE t (a); "
	      "INSERT INTO t (rowid, a) VALUES (3, 'x');",
	      "CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
	lite_change_run(&c);
	db_expect(c.conn, "SELECT * FROM t", "3|x");
	lite_change_end(&c);
}

/* What Alembic's batch mode loses without a word. */
static void nothing_of_the_table_is_forgotten(void **state)
{
	lite_change c;

	(void)state;
	lite_change_begin(&c, "CREATE TABLE t (a TEXT COLLATE nocase UNIQUE ON CONFLICT "
	      "IGNORE, b INT DEFAULT 7 CHECK (b > 0), c TEXT AS (a || b) "
	      "STORED, d TEXT REFERENCES t (a) DEFERRABLE INITIALLY "
	      "DEFERRED, PRIMARY KEY (a, b DESC)) STRICT, WITHOUT ROWID;"
	      "INSERT INTO t (a, d) VALUES ('x', 'x'), ('y', 'x');",
	      "CREATE TABLE t (a TEXT COLLATE nocase UNIQUE ON CONFLICT "
	      "IGNORE, b INT DEFAULT 8 CHECK (b > 0), c TEXT AS (a || b) "
	      "STORED, d TEXT REFERENCES t (a) DEFERRABLE INITIALLY "
	      "DEFERRED, PRIMARY KEY (a, b DESC)) STRICT, WITHOUT ROWID;");
	lite_change_both_ways(&c);
	db_expect(c.conn, "SELECT * FROM t", "x|7|x7|x\ny|7|y7|x");
	lite_change_end(&c);
}

/* What is text stays text: CAST would make 'unknown' a 0. */
static void a_change_of_type_keeps_the_values(void **state)
{
	lite_change c;

	(void)state;
	lite_change_begin(&c, "CREATE TABLE t (a TEXT);"
	      "INSERT INTO t VALUES ('12'), ('unknown'), ('007'), (NULL);",
	      "CREATE TABLE t (a INTEGER)");
	lite_change_run(&c);
	db_expect(c.conn, "SELECT typeof(a), a FROM t",
		  "integer|12\ntext|unknown\ninteger|7\nnull|~");
	lite_change_end(&c);
}

static void what_rows_forbid_fails_and_changes_nothing(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	lite_change c;

	(void)state;
	lite_change_begin(&c, "CREATE TABLE t (a); INSERT INTO t VALUES (1), (1);",
	      "CREATE TABLE t (a UNIQUE)");
	rt_assert_rc(lite_change_try(&c, &err), RETORT_EDATABASE, &err);
	lite_change_expect(&c, c.before);
	db_expect(c.conn, "SELECT count(*) FROM t", "2");
	retort_error_dispose(&err);
	lite_change_end(&c);
}

/* The new table's ON CONFLICT is for those who write to it, not for us. */
static void no_conflict_clause_eats_rows(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	lite_change c;

	(void)state;
	lite_change_begin(&c, "CREATE TABLE t (a); "
			  "INSERT INTO t VALUES (1), (1);",
			  "CREATE TABLE t (a UNIQUE ON CONFLICT REPLACE)");
	rt_assert_rc(lite_change_try(&c, &err), RETORT_EDATABASE, &err);
	db_expect(c.conn, "SELECT count(*) FROM t", "2");
	retort_error_dispose(&err);
	lite_change_end(&c);
}

static void views_change_with_their_triggers(void **state)
{
	lite_change c;

	(void)state;
	lite_change_begin(&c, "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; "
	      "CREATE TRIGGER r INSTEAD OF INSERT ON v BEGIN "
	      "INSERT INTO t VALUES (new.a); END",
	      "CREATE TABLE t (a); CREATE VIEW v AS SELECT a, 1 FROM t; "
	      "CREATE TRIGGER r INSTEAD OF INSERT ON v BEGIN "
	      "INSERT INTO t VALUES (new.a); END");
	lite_change_both_ways(&c);
	db_exec(c.conn, "INSERT INTO v VALUES (4)");
	db_expect(c.conn, "SELECT * FROM v", "4");
	lite_change_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_alter_can_do_is_left_to_it),
		cmocka_unit_test(a_rebuild_says_what_it_does),
		cmocka_unit_test(a_type_that_converts_says_so),
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
		cmocka_unit_test(no_conflict_clause_eats_rows),
		cmocka_unit_test(views_change_with_their_triggers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
