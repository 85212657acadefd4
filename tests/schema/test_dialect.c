/* SPDX-License-Identifier: MIT */
/* Literals and identifiers, and whether SQLite's word table is complete
 * (PostgreSQL's is asked about in tests/db). */
#include "support/rt_test.h"

#include <sqlite3.h>

#include "schema/dialect.h"

#define LITE RETORT_DIALECT_SQLITE
#define PG   RETORT_DIALECT_POSTGRESQL

static void literals_survive_quotes_and_backslashes(void **state)
{
	static const struct {
		retort_dialect dialect;
		const char *text, *want;
	} cases[] = {
		{ LITE, "", "''" },
		{ LITE, "it's", "'it''s'" },
		{ LITE, "a\\b", "'a\\b'" },
		{ PG, "", "''" },
		{ PG, "it's", "'it''s'" },
		{ PG, "a\\'b", "E'a\\\\''b'" },
		{ PG, "\xc3\xa4\n", "'\xc3\xa4\n'" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_str s = RT_STR_INIT;

		rt_dialect_literal(&s, cases[i].dialect,
				   rt_sv_from(cases[i].text));
		assert_string_equal(s.p, cases[i].want);
		rt_str_free(&s);
	}
}

static void identifiers_are_quoted_where_they_must(void **state)
{
	static const struct {
		retort_dialect dialect;
		const char *name, *want;
	} cases[] = {
		{ LITE, "alembic_version", "alembic_version" },
		{ PG, "alembic_version", "alembic_version" },
		{ PG, "_x1", "_x1" },
		{ PG, "1x", "\"1x\"" },
		{ PG, "", "\"\"" },
		{ PG, "Mixed", "\"Mixed\"" },
		{ LITE, "Mixed", "\"Mixed\"" },
		{ PG, "a\"b", "\"a\"\"b\"" },
		{ PG, "user", "\"user\"" },
		{ LITE, "user", "user" },
		{ LITE, "order", "\"order\"" },
		{ PG, "order", "\"order\"" },
		{ PG, "\xc3\xa4", "\"\xc3\xa4\"" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rt_str s = RT_STR_INIT;

		rt_dialect_identifier(&s, cases[i].dialect,
				      rt_sv_from(cases[i].name));
		assert_string_equal(s.p, cases[i].want);
		rt_str_free(&s);
	}
}

static void try_as_names(sqlite3 *db, const char *word)
{
	rt_str name = RT_STR_INIT, sql = RT_STR_INIT;
	char *why = NULL;

	rt_dialect_identifier(&name, LITE, rt_sv_from(word));
	rt_str_addf(&sql,
		    "CREATE TABLE %s (%s INT, CONSTRAINT %s PRIMARY KEY (%s));"
		    "INSERT INTO %s (%s) VALUES (1);"
		    "UPDATE %s SET %s = 2 WHERE %s.%s = 1;"
		    "DROP TABLE %s", name.p, name.p, name.p, name.p, name.p,
		    name.p, name.p, name.p, name.p, name.p, name.p);
	if (sqlite3_exec(db, sql.p, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", name.p, why);
	rt_str_free(&name);
	rt_str_free(&sql);
}

static void every_sqlite_keyword_can_be_a_name(void **state)
{
	int i, j, n, length;
	const char *keyword;
	char word[64];
	sqlite3 *db;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	n = sqlite3_keyword_count();
	for (i = 0; i < n; i++) {
		assert_int_equal(sqlite3_keyword_name(i, &keyword, &length),
				 SQLITE_OK);
		assert_in_range(length, 1, sizeof(word) - 1);
		for (j = 0; j < length; j++)
			word[j] = keyword[j] == '_' ? '_' :
						      (char)(keyword[j] | 32);
		word[length] = '\0';
		try_as_names(db, word);
	}
	sqlite3_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literals_survive_quotes_and_backslashes),
		cmocka_unit_test(identifiers_are_quoted_where_they_must),
		cmocka_unit_test(every_sqlite_keyword_can_be_a_name),
	};

	return cmocka_run_group_tests_name("dialect", tests, NULL, NULL);
}
