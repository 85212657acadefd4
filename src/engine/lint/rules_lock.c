/* SPDX-License-Identifier: MIT */
/* Rules about statements that keep others out. */
#include "config.h"

#include "engine/lint/lint.h"

#include <string.h>

/* --- indexes ------------------------------------------------------------- */

static void create_index(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	rt_lint_lock lock;

	/* ON ONLY t: an index without content, to be filled by ATTACH */
	if (!rt_sql_shape_is(s, "create", "index") || !*s->table ||
	    s->flags & (RT_SQL_CONCURRENTLY | RT_SQL_ONLY))
		return;
	lock = rt_lint_lock_on(at, s->table);
	if (lock.there)
		rt_lint_say(at, RETORT_LINT_INDEX_NOT_CONCURRENT, NULL,
			    lock.measured,
			    "writes to %s wait until the index is built%s",
			    s->table, lock.mode);
}

static void reindex(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	const char *name = s->names.n ? s->names.v[0] : "";

	if (strcmp(s->verb, "reindex") != 0 ||
	    s->flags & RT_SQL_CONCURRENTLY || rt_lint_is_new(at, name))
		return;
	rt_lint_say(at, RETORT_LINT_INDEX_NOT_CONCURRENT, NULL, false,
		    "writes wait until %s %s is indexed anew", s->object,
		    name);
}

static void drop_index(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	rt_lint_lock lock = rt_lint_lock_on(at, "");
	size_t i;

	if (!rt_sql_shape_is(s, "drop", "index") ||
	    s->flags & RT_SQL_CONCURRENTLY ||
	    (lock.measured && !lock.there))
		return;
	for (i = 0; i < s->names.n; i++)
		if (!rt_lint_is_new(at, s->names.v[i]))
			rt_lint_say(at, RETORT_LINT_DROP_INDEX_NOT_CONCURRENT,
				    NULL, lock.measured,
				    "dropping index %s keeps readers of its "
				    "table out%s", s->names.v[i], lock.mode);
}

static void concurrent(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	rt_reader all = rt_sql_shape_reader(s);
	bool used = s->flags & RT_SQL_CONCURRENTLY;

	if (rt_sql_shape_is(s, "alter", "table"))
		used = rt_reader_has(&all, "detach partition") &&
		       rt_reader_has(&all, "concurrently");
	if (used && rt_lint_in_transaction(at))
		rt_lint_say(at, RETORT_LINT_CONCURRENT_IN_TRANSACTION, NULL,
			    false, "%s ... CONCURRENTLY fails: the section "
			    "runs in a transaction", s->verb);
}

/* Whether the index is dropped further up, so that none is left to skip. */
static bool is_dropped_before(const rt_lint_at *at, const char *name)
{
	size_t i, k;

	for (i = 0; i < at->i; i++) {
		const rt_sql_shape *s = &at->section->statements.v[i].shape;

		for (k = 0; k < s->names.n; k++)
			if (rt_sql_shape_is(s, "drop", "index") &&
			    !strcmp(s->names.v[k], name))
				return true;
	}
	return false;
}

static void concurrent_if(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	const unsigned both = RT_SQL_CONCURRENTLY | RT_SQL_IF;

	if (rt_sql_shape_is(s, "create", "index") &&
	    (s->flags & both) == both && s->names.n &&
	    !is_dropped_before(at, s->names.v[0]))
		rt_lint_say(at, RETORT_LINT_CONCURRENT_IF_NOT_EXISTS, NULL,
			    false, "an invalid %s, left by a failed build, is "
			    "skipped and taken for done", s->names.v[0]);
}

/* --- constraints --------------------------------------------------------- */

static bool is_foreign(const rt_sql_action *a)
{
	return (a->kind == RT_SQL_ADD_CONSTRAINT &&
		rt_reader_sees(&a->rest, 0, "foreign")) ||
	       (a->kind == RT_SQL_ADD_COLUMN &&
		rt_reader_has(&a->rest, "references"));
}

static bool is_check(const rt_sql_action *a)
{
	return (a->kind == RT_SQL_ADD_CONSTRAINT &&
		rt_reader_sees(&a->rest, 0, "check")) ||
	       (a->kind == RT_SQL_ADD_COLUMN &&
		rt_reader_has(&a->rest, "check"));
}

static bool is_indexed(const rt_sql_action *a)
{
	return (a->kind == RT_SQL_ADD_CONSTRAINT ||
		a->kind == RT_SQL_ADD_COLUMN) &&
	       (rt_reader_has(&a->rest, "unique") ||
		rt_reader_has(&a->rest, "primary key") ||
		rt_reader_has(&a->rest, "exclude")) &&
	       !rt_reader_has(&a->rest, "using index") && !is_foreign(a);
}

/* The constraint was added NOT VALID further up, in the same transaction: its
 * lock is still held while the rows are read. */
static bool is_added_before(const rt_lint_at *at, const char *name)
{
	size_t i, k;

	for (i = 0; i <= at->i && rt_lint_in_transaction(at); i++) {
		const rt_sql_shape *s = &at->section->statements.v[i].shape;

		for (k = 0; k < s->actions.n; k++)
			if (s->actions.v[k].kind == RT_SQL_ADD_CONSTRAINT &&
			    !strcmp(s->actions.v[k].name, name))
				return true;
	}
	return false;
}

/* A check that names the column and NOT NULL, validated in this section. */
static bool is_proved(const rt_lint_at *at)
{
	size_t i, k;

	for (i = 0; i < at->i; i++) {
		const rt_sql_shape *s = &at->section->statements.v[i].shape;

		for (k = 0; k < s->actions.n; k++)
			if (s->actions.v[k].kind == RT_SQL_VALIDATE &&
			    !strcmp(s->table, at->shape->table))
				return true;
	}
	return false;
}

static void constraint(rt_lint_at *at, const rt_sql_action *a,
		       const rt_lint_lock *lock)
{
	const char *table = at->shape->table;
	bool validates = !rt_reader_has(&a->rest, "not valid");

	if (is_foreign(a) && validates)
		rt_lint_say(at, RETORT_LINT_ADD_FK_VALIDATING, a,
			    lock->measured,
			    "writes to %s and to the table it refers to wait "
			    "until all its rows are checked%s", table,
			    lock->mode);
	if (is_check(a) && validates)
		rt_lint_say(at, RETORT_LINT_ADD_CHECK_VALIDATING, a,
			    lock->measured,
			    "nobody can use %s until all its rows are "
			    "checked%s", table, lock->mode);
	if (is_indexed(a))
		rt_lint_say(at, RETORT_LINT_ADD_UNIQUE_OR_PK, a,
			    lock->measured,
			    "nobody can use %s until the index is built%s",
			    table, lock->mode);
	if (a->kind == RT_SQL_VALIDATE && is_added_before(at, a->name))
		rt_lint_say(at, RETORT_LINT_ADD_CHECK_VALIDATING, a, false,
			    "%s is validated in the transaction that added "
			    "it, whose lock on %s is still held", a->name,
			    table);
	if (a->kind == RT_SQL_SET_NOT_NULL && !is_proved(at))
		rt_lint_say(at, RETORT_LINT_SET_NOT_NULL_SCAN, a,
			    lock->measured,
			    "nobody can use %s until all its rows are "
			    "read%s", table, lock->mode);
}

static void constraints(rt_lint_at *at)
{
	rt_lint_lock lock = rt_lint_lock_on(at, at->shape->table);
	size_t i;

	for (i = 0; i < at->shape->actions.n; i++)
		if (lock.there)
			constraint(at, &at->shape->actions.v[i], &lock);
}

/* --- waiting ------------------------------------------------------------- */

static void note_timeout(rt_lint_at *at)
{
	rt_reader all = rt_sql_shape_reader(at->shape);

	if ((!strcmp(at->shape->verb, "set") ||
	     !strcmp(at->shape->verb, "select")) &&
	    (rt_reader_has(&all, "lock_timeout") ||
	     (at->statement->sql.n < 200 &&
	      memmem(at->statement->sql.p, at->statement->sql.n,
		     "lock_timeout", 12))))
		at->timeout = true;
}

static bool may_wait(const rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;

	if (s->flags & RT_SQL_CONCURRENTLY)
		return false;
	return (*s->table && (rt_sql_shape_is(s, "alter", "table") ||
			      rt_sql_shape_is(s, "drop", "table") ||
			      rt_sql_shape_is(s, "truncate", NULL) ||
			      rt_sql_shape_is(s, "lock", NULL) ||
			      rt_sql_shape_is(s, "create", "index") ||
			      rt_sql_shape_is(s, "create", "trigger"))) ||
	       rt_sql_shape_is(s, "drop", "index");
}

/* Told once for a section, where it begins to matter. */
static void missing_timeout(rt_lint_at *at)
{
	rt_lint_lock lock;
	const char *name = at->shape->names.n ? at->shape->names.v[0] : "";

	note_timeout(at);
	if (at->timeout || at->warned || !may_wait(at))
		return;
	lock = rt_lint_lock_on(at, at->shape->table);
	if (!lock.there || (!*at->shape->table && rt_lint_is_new(at, name)))
		return;
	at->warned = true;
	rt_lint_say(at, RETORT_LINT_MISSING_LOCK_TIMEOUT, NULL, lock.measured,
		    "waiting for %s, it stops everyone behind it for as long "
		    "as that takes%s",
		    *at->shape->table ? at->shape->table : name, lock.mode);
}

const rt_lint_check rt_lint_lock_checks[] = {
	create_index, reindex,	   drop_index,	    concurrent,
	concurrent_if, constraints, missing_timeout, NULL
};
