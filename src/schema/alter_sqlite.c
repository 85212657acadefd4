/* SPDX-License-Identifier: MIT */
/*
 * The statements between two schemas of SQLite: drop what goes, dependents
 * first; then make and change what comes, in the order of its needs.
 *
 * Retort's connection does not enforce foreign keys while it migrates (see
 * db/sqlite.c), so that DROP TABLE takes no other table's rows with it.
 */
#include "config.h"

#include "schema/alter_sqlite.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "schema/create_sqlite.h"
#include "schema/sqlite_lex.h"

bool rt_sqlite_mentions(const char *text, const char *name)
{
	rt_str word = RT_STR_INIT;
	rt_sqlite_cursor c;
	bool found = false;

	rt_sqlite_begin(&c, rt_sv_from(text));
	for (; c.token.length && !found; rt_sqlite_next(&c)) {
		if (!rt_sqlite_is_name(&c))
			continue;
		rt_str_clear(&word);
		rt_sqlite_unquote(&word, rt_sqlite_text(&c));
		found = rt_sv_is_nocase(rt_str_sv(&word), name);
	}
	rt_str_free(&word);
	return found;
}

/* --- what happens to what ------------------------------------------------ */

/* What is no part of a CREATE TABLE. */
static bool is_free(const retort_schema *s, size_t object)
{
	return !rt_create_is_inline(s, object);
}

static bool is_table(const retort_schema *s, size_t object)
{
	return s->v[object].kind == RETORT_KIND_TABLE;
}

/* A table that is in both is looked at as a whole, later. */
static void mark_deltas(rt_sqlite_alter *a)
{
	size_t i;

	for (i = 0; i < a->diff->n; i++) {
		const rt_delta *d = &a->diff->v[i];
		bool both = d->before != RT_NO_OBJECT &&
			    d->after != RT_NO_OBJECT;

		if (both && (!d->changed || is_table(a->before, d->before)))
			continue;
		if (d->before != RT_NO_OBJECT && is_free(a->before, d->before))
			a->goes[d->before] = true;
		if (d->after != RT_NO_OBJECT && is_free(a->after, d->after))
			a->actions[d->after] = RT_SQLITE_CREATE;
	}
}

static void mark_tables(rt_sqlite_alter *a)
{
	size_t at = 0, table;

	while ((table = rt_schema_next(a->after, RT_NO_OBJECT,
				       RETORT_KIND_TABLE, &at)) !=
	       RT_NO_OBJECT)
		if (a->diff->before_of[table] != RT_NO_OBJECT)
			a->actions[table] = rt_sqlite_decide(a, table);
}

/* What goes with its table or view, and comes back with it. */
static void mark_parts(rt_sqlite_alter *a)
{
	size_t i, parent;

	for (i = 0; i < a->after->n; i++) {
		parent = a->after->v[i].parent;
		if (parent == RT_NO_OBJECT || !is_free(a->after, i))
			continue;
		if (a->actions[parent] == RT_SQLITE_REBUILD ||
		    a->actions[parent] == RT_SQLITE_CREATE)
			a->actions[i] = RT_SQLITE_CREATE;
	}
}

/* --- drop ---------------------------------------------------------------- */

static const char *drop_word(retort_kind kind)
{
	switch (kind) {
	case RETORT_KIND_TABLE:
	case RETORT_KIND_VIRTUAL_TABLE:
		return "TABLE";
	case RETORT_KIND_VIEW:
		return "VIEW";
	case RETORT_KIND_INDEX:
		return "INDEX";
	default:
		return "TRIGGER";
	}
}

/* DROP TABLE takes indexes and triggers along. */
static bool goes_along(const rt_sqlite_alter *a, size_t object)
{
	size_t parent = a->before->v[object].parent, after;

	if (parent == RT_NO_OBJECT)
		return false;
	after = a->diff->after_of[parent];
	return a->goes[parent] ||
	       (after != RT_NO_OBJECT &&
		a->actions[after] == RT_SQLITE_REBUILD);
}

void rt_sqlite_drop(const retort_schema *s, size_t object, rt_ddl_list *out)
{
	retort_kind kind = s->v[object].kind;
	rt_str name = RT_STR_INIT;
	rt_ddl *ddl;

	rt_object_sql(&name, s, object);
	ddl = rt_ddl_add(out, "DROP %s %s", drop_word(kind), name.p);
	if (kind == RETORT_KIND_TABLE || kind == RETORT_KIND_VIRTUAL_TABLE) {
		ddl->lossy = true;
		ddl->note = rt_arena_strf(&out->arena,
					  "the rows of %s are lost", name.p);
	}
	rt_str_free(&name);
}

static void drop_all(rt_sqlite_alter *a)
{
	size_t *order, n;

	order = rt_create_order(a->before, &n);
	while (n-- > 0)
		if (a->goes[order[n]] && !goes_along(a, order[n]))
			rt_sqlite_drop(a->before, order[n], a->out);
	free(order);
}

/* --- make ---------------------------------------------------------------- */

static void make_all(rt_sqlite_alter *a)
{
	size_t *order, n, i;

	order = rt_create_order(a->after, &n);
	for (i = 0; i < n; i++)
		switch (a->actions[order[i]]) {
		case RT_SQLITE_CREATE:
			rt_create(a->after, order[i], a->out);
			break;
		case RT_SQLITE_ALTER:
			rt_sqlite_alter_columns(a, order[i]);
			break;
		case RT_SQLITE_REBUILD:
			rt_sqlite_rebuild(a, order[i]);
			break;
		case RT_SQLITE_KEEP:
			break;
		}
	free(order);
}

static int alter(const retort_diff *diff, const rt_alter_options *options,
		 rt_ddl_list *out, retort_error *err)
{
	rt_sqlite_alter a = { .diff = diff, .before = diff->before,
			      .after = diff->after, .out = out };
	size_t i;

	(void)options;
	(void)err;
	a.goes = rt_calloc(a.before->n + 1, sizeof(*a.goes));
	a.actions = rt_calloc(a.after->n + 1, sizeof(*a.actions));
	a.at_column = rt_calloc(a.after->n + 1, sizeof(*a.at_column));
	for (i = 0; i < a.after->n; i++)
		a.at_column[i] = RT_NO_OBJECT;
	mark_deltas(&a);
	mark_tables(&a);
	rt_sqlite_mark_views(&a);
	mark_parts(&a);
	drop_all(&a);
	make_all(&a);
	rt_sqlite_alter_check(&a);
	free(a.goes);
	free(a.actions);
	free(a.at_column);
	return 0;
}

const rt_alterer rt_alterer_sqlite = {
	.dialect = RETORT_DIALECT_SQLITE,
	.alter = alter,
};
