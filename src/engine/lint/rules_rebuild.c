/* SPDX-License-Identifier: MIT */
/*
 * SQLite changes most of a table by making a new one: create, copy, drop,
 * rename.  What can go wrong there without an error.
 */
#include "config.h"

#include "engine/lint/lint.h"

#include <string.h>

static const rt_sql_shape *shape_of(const rt_lint_at *at, size_t i)
{
	return &at->section->statements.v[i].shape;
}

/* PRAGMA name = … or PRAGMA name(…) */
static bool is_pragma(const rt_sql_shape *s, const char *name)
{
	return s->words.n > 2 && !strcmp(s->verb, "pragma") &&
	       rt_sv_is_nocase(s->words.v[1].text, name);
}

static bool turns_on(const rt_sql_shape *s)
{
	static const char *const words[] = { "on", "1", "true", "yes" };
	size_t i, k;

	for (i = 2; i < s->words.n; i++)
		for (k = 0; k < 4; k++)
			if (rt_sv_is_nocase(s->words.v[i].text, words[k]))
				return true;
	return false;
}

static bool has_pragma(const rt_lint_at *at, const char *name, size_t from)
{
	size_t i;

	for (i = from; i < at->section->statements.n; i++)
		if (is_pragma(shape_of(at, i), name))
			return true;
	return false;
}

/* Whether the statement behind it asks what became of it, as what retort
 * writes for Alembic does. */
static bool is_asked_for(const rt_lint_at *at)
{
	const rt_sql_shape *next;
	size_t i;

	if (at->i + 1 == at->section->statements.n)
		return false;
	next = shape_of(at, at->i + 1);
	for (i = 0; i < next->words.n; i++)
		if (rt_sv_is_nocase(next->words.v[i].text,
				    "pragma_foreign_keys"))
			return true;
	return false;
}

/* Whether it is the first step of a rebuild that ends with the check, as
 * retort writes it: foreign keys are off then, or the statement fails. */
static bool is_guard(const rt_lint_at *at)
{
	return !turns_on(at->shape) &&
	       has_pragma(at, "foreign_key_check", at->i);
}

/* The pragma does nothing inside a transaction, and says nothing. */
static void pragma(rt_lint_at *at)
{
	if (rt_lint_in_transaction(at) &&
	    is_pragma(at->shape, "foreign_keys") && !is_asked_for(at) &&
	    !is_guard(at))
		rt_lint_say(at, RETORT_LINT_SQLITE_UNSAFE_REBUILD, NULL, false,
			    "PRAGMA foreign_keys does nothing here: the "
			    "section runs in a transaction");
}

/* Whether foreign keys are on when a statement runs: retort's connection has
 * them off, so only the section itself can turn them on. */
static bool keys_on(const rt_lint_at *at)
{
	bool on = false;
	size_t i;

	if (rt_lint_in_transaction(at))
		return false;
	for (i = 0; i < at->i; i++)
		if (is_pragma(shape_of(at, i), "foreign_keys"))
			on = turns_on(shape_of(at, i));
	return on;
}

/* --- the old table goes -------------------------------------------------- */

/* The rows of a dropped table were copied somewhere further up. */
static bool is_copied(const rt_lint_at *at, const char *table)
{
	rt_touches touches = RT_VEC_INIT;
	bool found = false;
	size_t i, k;

	for (i = 0; i < at->i && !found; i++) {
		if (!rt_sql_shape_is(shape_of(at, i), "insert", NULL) &&
		    !rt_sql_shape_is(shape_of(at, i), "create", "table"))
			continue;
		touches.n = 0;
		rt_sql_touches(at->section->statements.v[i].sql,
			       at->section->dialect, &at->file->arena,
			       &touches);
		for (k = 0; k < touches.n; k++)
			found |= touches.v[k].verb == RT_TOUCH_READ &&
				 !strcmp(touches.v[k].name, table);
	}
	rt_vec_free(&touches);
	return found;
}

static void drop_old(rt_lint_at *at, const char *table)
{
	if (!is_copied(at, table))
		rt_lint_say(at, RETORT_LINT_SQLITE_UNSAFE_REBUILD, NULL, false,
			    "the rows of %s are copied nowhere before it is "
			    "dropped", table);
	if (keys_on(at))
		rt_lint_say(at, RETORT_LINT_SQLITE_UNSAFE_REBUILD, NULL, false,
			    "foreign keys are on: dropping %s deletes the "
			    "rows that refer to it with ON DELETE CASCADE",
			    table);
	if (rt_lint_in_transaction(at))
		return;
	rt_lint_say(at, RETORT_LINT_SQLITE_UNSAFE_REBUILD, NULL, false,
		    "outside a transaction a failure leaves no table %s",
		    table);
	if (!has_pragma(at, "foreign_key_check", at->i) &&
	    has_pragma(at, "foreign_keys", 0))
		rt_lint_say(at, RETORT_LINT_SQLITE_UNSAFE_REBUILD, NULL, false,
			    "no PRAGMA foreign_key_check follows the rebuild "
			    "of %s", table);
}

/* Indexes and triggers go with their table: measured, those that the step as
 * a whole has lost. */
static void lost_parts(rt_lint_at *at, const char *table)
{
	const retort_effect *total, *here = rt_lint_effect(at);
	size_t i, k;

	if (!here)
		return;
	total = retort_effects_total(at->section->effects);
	for (i = 0; i < here->n_entries; i++) {
		const retort_diff_entry *e = &here->entries[i];

		if (e->diff != RETORT_DIFF_REMOVED ||
		    (e->kind != RETORT_KIND_INDEX &&
		     e->kind != RETORT_KIND_TRIGGER))
			continue;
		for (k = 0; k < total->n_entries; k++)
			if (total->entries[k].diff == e->diff &&
			    total->entries[k].kind == e->kind &&
			    !strcmp(total->entries[k].name, e->name))
				rt_lint_say(
					at, RETORT_LINT_SQLITE_UNSAFE_REBUILD,
					NULL, true,
					"%s %s goes with the old %s and is "
					"not made again",
					retort_kind_word(e->kind), e->name,
					table);
	}
}

static void drop(rt_lint_at *at)
{
	size_t i;

	if (!rt_sql_shape_is(at->shape, "drop", "table"))
		return;
	for (i = 0; i < at->shape->names.n; i++) {
		const char *table = at->shape->names.v[i];

		if (rt_lint_is_new(at, table) ||
		    !rt_lint_comes_back(at, table))
			continue;
		drop_old(at, table);
		lost_parts(at, table);
	}
}

/* --- the wrong order ----------------------------------------------------- */

/* RENAME t TO old, then a new t: what refers to t follows it to old. */
static void rename_old(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	size_t i;

	for (i = 0; i < s->actions.n; i++)
		if (s->actions.v[i].kind == RT_SQL_RENAME &&
		    !rt_lint_is_new(at, s->table) &&
		    rt_lint_comes_back(at, s->table) &&
		    !has_pragma(at, "legacy_alter_table", 0))
			rt_lint_say(at, RETORT_LINT_SQLITE_UNSAFE_REBUILD,
				    &s->actions.v[i], false,
				    "foreign keys and views that name %s "
				    "follow it to %s, and do not come back "
				    "to the new one", s->table,
				    s->actions.v[i].to);
}

const rt_lint_check rt_lint_rebuild_checks[] = { pragma, drop, rename_old,
						 NULL };
