/* SPDX-License-Identifier: MIT */
/* Rules about statements that do not belong in a migration, or not there. */
#include "config.h"

#include "engine/lint/lint.h"

#include <string.h>

static void transaction(rt_lint_at *at)
{
	if (at->statement->kind == RT_SQL_TRANSACTION)
		rt_lint_say(at, RETORT_LINT_TRANSACTION_CONTROL, NULL, false,
			    "%s ends or begins a transaction that is "
			    "retort's", at->shape->verb);
}

static bool changes_rows(const rt_sql_shape *s)
{
	rt_reader all = rt_sql_shape_reader(s);

	return rt_sql_shape_is(s, "update", NULL) ||
	       rt_sql_shape_is(s, "delete", NULL) ||
	       rt_sql_shape_is(s, "merge", NULL) ||
	       ((rt_sql_shape_is(s, "insert", NULL) ||
		 rt_sql_shape_is(s, "replace", NULL)) &&
		rt_reader_has(&all, "select"));
}

/* Rows of a new table, and those that go into one, hold up nobody. */
static void backfill(rt_lint_at *at)
{
	if (at->altered && rt_lint_in_transaction(at) &&
	    changes_rows(at->shape) && *at->shape->table &&
	    !rt_lint_is_new(at, at->shape->table))
		rt_lint_say(at, RETORT_LINT_MIXED_DDL_AND_BACKFILL, NULL,
			    false, "rows of %s are changed while the locks of "
			    "a schema change are held", at->shape->table);
}

static void every_row(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	bool update = rt_sql_shape_is(s, "update", NULL);
	rt_reader all = rt_sql_shape_reader(s);

	if ((update || rt_sql_shape_is(s, "delete", NULL)) && *s->table &&
	    !rt_lint_is_new(at, s->table) && !rt_reader_has(&all, "where"))
		rt_lint_say(at, RETORT_LINT_DANGEROUS_COMMAND, NULL, false,
			    "without WHERE every row of %s is %s", s->table,
			    update ? "changed" : "deleted");
}

static const struct danger {
	const char *verb, *word; /* the word behind it; NULL = any */
	const char *why;
} dangers[] = {
	{ "cluster", NULL, "CLUSTER keeps everyone out while the table is "
			   "written anew" },
	{ "alter", "system", "ALTER SYSTEM changes the whole server, and "
			     "fails in a transaction" },
	{ "lock", NULL, "LOCK keeps others out for the whole transaction" },
};

static bool names_new(const rt_lint_at *at)
{
	return at->shape->names.n &&
	       rt_lint_is_new(at, at->shape->names.v[0]);
}

static void commands(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	rt_reader all = rt_sql_shape_reader(s);
	size_t i;

	for (i = 0; i < sizeof(dangers) / sizeof(dangers[0]); i++)
		if (!strcmp(s->verb, dangers[i].verb) &&
		    (!dangers[i].word ||
		     rt_reader_sees(&all, 1, dangers[i].word)) &&
		    !names_new(at))
			rt_lint_say(at, RETORT_LINT_DANGEROUS_COMMAND, NULL,
				    false, "%s", dangers[i].why);
}

/* VACUUM FULL, VACUUM (FULL); of SQLite any. */
static void vacuum(rt_lint_at *at)
{
	const rt_words *w = &at->shape->words;
	bool all = at->section->dialect == RETORT_DIALECT_SQLITE;
	size_t i;

	if (!rt_sql_shape_is(at->shape, "vacuum", NULL))
		return;
	for (i = 1; i < w->n; i++)
		all |= rt_sv_is_nocase(w->v[i].text, "full");
	if (all)
		rt_lint_say(at, RETORT_LINT_DANGEROUS_COMMAND, NULL, false,
			    "VACUUM keeps everyone out while it writes all "
			    "anew, and fails in a transaction");
}

static void foreign(rt_lint_at *at)
{
	const rt_lint_statement *s = at->statement;

	if (s->kind == RT_SQL_META)
		rt_lint_say(at, RETORT_LINT_DANGEROUS_COMMAND, NULL, false,
			    "%.*s is a command of psql, not SQL",
			    (int)(s->sql.n < 40 ? s->sql.n : 40), s->sql.p);
	else if (s->kind == RT_SQL_COPY_IN && !names_new(at))
		rt_lint_say(at, RETORT_LINT_DANGEROUS_COMMAND, NULL, false,
			    "COPY ... FROM STDIN adds rows to %s in one go, "
			    "and only PostgreSQL knows it", at->shape->table);
}

const rt_lint_check rt_lint_run_checks[] = {
	transaction, backfill, every_row, commands, vacuum, foreign, NULL
};
