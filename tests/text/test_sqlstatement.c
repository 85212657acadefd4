/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "text/sqlstatement.h"

static rt_arena arena;

static rt_sql_shape read_shape(const char *sql)
{
	rt_sql_shape shape;

	rt_sql_shape_read(&shape, rt_sv_from(sql), RETORT_DIALECT_POSTGRESQL,
			  &arena);
	return shape;
}

/* sql | verb object table | names | flags */
static void test_statements(void **state)
{
	static const struct {
		const char *sql, *verb, *object, *table, *name;
		size_t names;
		unsigned flags;
	} cases[] = {
		{ "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY "
		  "app.t (a)", "create", "index", "app.t", "i", 1,
		  RT_SQL_UNIQUE | RT_SQL_CONCURRENTLY | RT_SQL_IF |
			  RT_SQL_ONLY },
		{ "create index on \"T\" (a)", "create", "index", "T", NULL, 0,
		  0 },
		{ "CREATE TEMP TABLE x AS SELECT 1", "create", "table", "x",
		  "x", 1, RT_SQL_TEMPORARY },
		{ "DROP TABLE IF EXISTS public.a, b CASCADE", "drop", "table",
		  "a", "a", 2, RT_SQL_IF | RT_SQL_CASCADE },
		{ "DROP MATERIALIZED VIEW v", "drop", "view", "", "v", 1, 0 },
		{ "DROP DATABASE d", "drop", "database", "", "d", 1, 0 },
		{ "TRUNCATE TABLE ONLY a, b CASCADE", "truncate", "table", "a",
		  "a", 2, RT_SQL_CASCADE },
		{ "WITH w AS (DELETE FROM x) UPDATE ONLY t SET a = 1",
		  "update", "table", "t", "t", 1, 0 },
		{ "VACUUM (FULL, ANALYZE) t", "vacuum", "table", "t", "t", 1,
		  0 },
		{ "REINDEX TABLE CONCURRENTLY t", "reindex", "table", "t", "t",
		  1, RT_SQL_CONCURRENTLY },
		{ "SELECT 1", "select", "", "", NULL, 0, 0 },
		{ "", "", "", "", NULL, 0, 0 },
		{ "ALTER TABLE", "alter", "table", "", NULL, 0, 0 },
		{ "CREATE INDEX i", "create", "index", "", "i", 1, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_sql_shape s = read_shape(cases[i].sql);

		assert_string_equal(s.verb, cases[i].verb);
		assert_string_equal(s.object, cases[i].object);
		assert_string_equal(s.table, cases[i].table);
		assert_int_equal(s.names.n, cases[i].names);
		if (s.names.n)
			assert_string_equal(s.names.v[0], cases[i].name);
		assert_int_equal(s.flags, cases[i].flags);
		rt_sql_shape_dispose(&s);
	}
	rt_arena_free(&arena);
}

static void test_actions(void **state)
{
	static const struct {
		const char *action;
		rt_sql_action_kind kind;
		const char *name, *to;
	} cases[] = {
		{ "ADD COLUMN IF NOT EXISTS a int", RT_SQL_ADD_COLUMN, "a",
		  "" },
		{ "ADD a numeric(10, 2) DEFAULT f(1, 2)", RT_SQL_ADD_COLUMN,
		  "a", "" },
		{ "ADD CONSTRAINT k CHECK (a > 0)", RT_SQL_ADD_CONSTRAINT, "k",
		  "" },
		{ "ADD UNIQUE (a, b)", RT_SQL_ADD_CONSTRAINT, "", "" },
		{ "DROP COLUMN IF EXISTS \"A\" CASCADE", RT_SQL_DROP_COLUMN,
		  "A", "" },
		{ "DROP CONSTRAINT k", RT_SQL_DROP_CONSTRAINT, "k", "" },
		{ "ALTER a TYPE text", RT_SQL_TYPE, "a", "" },
		{ "ALTER COLUMN a SET DATA TYPE text", RT_SQL_TYPE, "a", "" },
		{ "ALTER a SET NOT NULL", RT_SQL_SET_NOT_NULL, "a", "" },
		{ "ALTER a DROP NOT NULL", RT_SQL_DROP_NOT_NULL, "a", "" },
		{ "ALTER a DROP DEFAULT", RT_SQL_OTHER_ACTION, "a", "" },
		{ "VALIDATE CONSTRAINT k", RT_SQL_VALIDATE, "k", "" },
		{ "RENAME TO u", RT_SQL_RENAME, "", "u" },
		{ "RENAME a TO b", RT_SQL_RENAME_COLUMN, "a", "b" },
		{ "RENAME COLUMN a TO b", RT_SQL_RENAME_COLUMN, "a", "b" },
		{ "RENAME CONSTRAINT k TO l", RT_SQL_RENAME_CONSTRAINT, "k",
		  "l" },
		{ "SET SCHEMA s", RT_SQL_SET_SCHEMA, "", "s" },
		{ "OWNER TO me", RT_SQL_OTHER_ACTION, "", "" },
	};
	rt_str sql = RT_STR_INIT;
	rt_sql_shape s;
	size_t i, n = sizeof(cases) / sizeof(cases[0]);

	(void)state;
	rt_str_add(&sql, "ALTER TABLE IF EXISTS ONLY t ");
	for (i = 0; i < n; i++)
		rt_str_addf(&sql, "%s%s", i ? ", " : "", cases[i].action);
	s = read_shape(sql.p);
	assert_string_equal(s.table, "t");
	assert_int_equal(s.actions.n, n);
	for (i = 0; i < n; i++) {
		assert_int_equal(s.actions.v[i].kind, cases[i].kind);
		assert_string_equal(s.actions.v[i].name, cases[i].name);
		assert_string_equal(s.actions.v[i].to, cases[i].to);
	}
	rt_sql_shape_dispose(&s);
	rt_str_free(&sql);
	rt_arena_free(&arena);
}

static void test_words(void **state)
{
	rt_sql_shape s = read_shape("ALTER TABLE t ADD a int CHECK (a IS NOT "
				    "NULL), ADD b int \"not\" Not NULL");

	(void)state;
	assert_int_equal(s.actions.n, 2);
	assert_false(rt_reader_has(&s.actions.v[0].rest, "not null"));
	assert_true(rt_reader_has(&s.actions.v[1].rest, "not null"));
	assert_false(rt_reader_has(&s.actions.v[1].rest, "check"));
	rt_sql_shape_dispose(&s);
	rt_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_statements),
		cmocka_unit_test(test_actions),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
