/* SPDX-License-Identifier: MIT */
/*
 * The reader of SQLite's schema text on any bytes, and on what SQLite makes
 * of them: where it accepts a table, both see the same columns; and the
 * normal form of a text is its own normal form.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/alloc.h"
#include "schema/sqlite_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_view(rt_sv text, rt_sv part)
{
	RT_ASSERT(part.n == 0 || (part.p >= text.p &&
				  part.p + part.n <= text.p + text.n));
}

static void check_table(const rt_sqlite_table *t, rt_sv text)
{
	size_t i;

	check_view(text, t->rest);
	check_view(text, t->body);
	check_view(text, t->where);
	for (i = 0; i < t->columns.n; i++) {
		check_view(text, t->columns.v[i].type);
		check_view(text, t->columns.v[i].standard);
		check_view(text, t->columns.v[i].generated);
	}
	for (i = 0; i < t->constraints.n; i++) {
		const rt_sqlite_constraint *c = &t->constraints.v[i];

		check_view(text, c->body);
		check_view(text, c->columns);
		RT_ASSERT(c->column == RT_SQLITE_NO_COLUMN ||
			  c->column < t->columns.n);
	}
}

/* Whether SQLite knows all of these tokens. */
static bool is_readable(rt_sv text)
{
	static const char *const signs[] = {
		"+", "-", "*", "/", "%", "<", ">", "=", "&", "|", "~", "<=",
		">=", "<>", "!=", "==", "<<", ">>", "||", "->", "->>",
	};
	rt_sqlite_cursor c;
	size_t i;

	/* A byte order mark is space at the start, and a letter elsewhere. */
	if (memmem(text.p, text.n, "\xef\xbb\xbf", 3))
		return false;
	for (rt_sqlite_begin(&c, text); c.token.length; rt_sqlite_next(&c)) {
		bool known = c.token.kind != RETORT_TOKEN_OPERATOR;

		for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
			known |= rt_sv_is(rt_sqlite_text(&c), signs[i]);
		if (!known || c.token.kind == RETORT_TOKEN_ERROR)
			return false;
	}
	return true;
}

static void check_normal(rt_sv text)
{
	rt_sqlite_names names = RT_SQLITE_NAMES_INIT;
	rt_str once = RT_STR_INIT, twice = RT_STR_INIT;

	rt_sqlite_names_add(&names, "a");
	rt_sqlite_names_add(&names, "B c");
	rt_sqlite_normal(&once, text, &names);
	rt_sqlite_normal(&twice, rt_str_sv(&once), &names);
	RT_ASSERT(rt_sv_eq(rt_str_sv(&once), rt_str_sv(&twice)));
	rt_str_clear(&once);
	rt_str_clear(&twice);
	if (rt_sv_find(text, '.') < text.n) /* no type has one */
		text = RT_SV("");
	rt_sqlite_normal_type(&once, text);
	rt_sqlite_normal_type(&twice, rt_str_sv(&once));
	RT_ASSERT(rt_sv_eq(rt_str_sv(&once), rt_str_sv(&twice)));
	rt_str_free(&once);
	rt_str_free(&twice);
	rt_sqlite_names_free(&names);
}

/* The text of the first row's only column; caller frees; NULL = no row. */
static char *ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	char *text = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_text(stmt, 0))
		text = rt_strdup((const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	return text;
}

static void check_columns(const char *sql, const char *want)
{
	rt_sqlite_table table;
	rt_str names = RT_STR_INIT;
	size_t i;

	rt_sqlite_table_read(&table, rt_sv_from(sql));
	for (i = 0; i < table.columns.n; i++)
		rt_str_addf(&names, "%s%s", i ? "\n" : "",
			    table.columns.v[i].name);
	RT_ASSERT(!strcmp(names.p, want));
	rt_str_free(&names);
	rt_sqlite_table_free(&table);
}

/* Only CREATE TABLE: anything else may do anything. */
static void check_against_sqlite(rt_sv text)
{
	sqlite3 *db = NULL;
	char *sql = rt_strndup(text.p, text.n), *kept, *want;
	rt_sqlite_table table;

	rt_sqlite_table_read(&table, text);
	if (table.kind == RT_SQLITE_TABLE &&
	    sqlite3_open(":memory:", &db) == SQLITE_OK) {
		(void)sqlite3_exec(db, sql, NULL, NULL, NULL);
		kept = ask(db, "SELECT sql FROM sqlite_master "
			       "WHERE type = 'table' "
			       "AND name <> 'sqlite_sequence'");
		want = ask(db, "SELECT group_concat(x.name, char(10)) "
			       "FROM sqlite_master m "
			       "JOIN pragma_table_xinfo(m.name) x "
			       "WHERE m.type = 'table' "
			       "AND m.name <> 'sqlite_sequence'");
		if (kept && want)
			check_columns(kept, want);
		free(kept);
		free(want);
	}
	sqlite3_close(db);
	rt_sqlite_table_free(&table);
	free(sql);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	rt_sv text = { (const char *)data, n };
	rt_sqlite_table table;

	rt_sqlite_table_read(&table, text);
	check_table(&table, text);
	rt_sqlite_table_free(&table);
	if (is_readable(text))
		check_normal(text);
	if (rt_sv_find(text, '\0') == n && rt_sv_find(text, ';') == n)
		check_against_sqlite(text);
	return 0;
}
