/* SPDX-License-Identifier: MIT */
/* Rules about enum values, guarantees that go, and names. */
#include "config.h"

#include "engine/lint/lint.h"

#include <string.h>

enum { NAME_MAX_BYTES = 63 };

/* --- enums --------------------------------------------------------------- */

/* Whether a string stands in a later statement of the transaction. */
static bool is_used_later(const rt_lint_at *at, rt_sv value)
{
	size_t i, k;

	for (i = at->i + 1;
	     i < at->section->statements.n && rt_lint_in_transaction(at);
	     i++) {
		const rt_words *w =
			&at->section->statements.v[i].shape.words;

		for (k = 0; k < w->n; k++)
			if (w->v[k].kind == RETORT_TOKEN_STRING &&
			    rt_sv_eq(w->v[k].text, value))
				return true;
	}
	return false;
}

static void add_value(rt_lint_at *at, rt_reader r, const char *type)
{
	rt_sv value;

	rt_reader_skip_if(&r);
	if (r.at >= r.n)
		return;
	value = r.v[r.at++].text;
	if (is_used_later(at, value))
		rt_lint_say(at, RETORT_LINT_ENUM_VALUE_HAZARD, NULL, false,
			    "%.*s is new in %s and used in the same "
			    "transaction, which fails", (int)value.n, value.p,
			    type);
	if (!rt_reader_has(&r, "before") && !rt_reader_has(&r, "after"))
		rt_lint_say(at, RETORT_LINT_ENUM_VALUE_HAZARD, NULL, false,
			    "where %.*s stands in %s depends on which branch "
			    "adds its value first", (int)value.n, value.p,
			    type);
}

static void enum_value(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	rt_reader r = s->rest;
	const char *type;

	if (!rt_sql_shape_is(s, "alter", "type") || !s->names.n)
		return;
	type = s->names.v[0];
	if (rt_lint_is_new(at, rt_arena_strf(&at->file->arena, "type %s",
					     type)))
		return;
	if (rt_reader_skip(&r, "add") && rt_reader_skip(&r, "value"))
		add_value(at, r, type);
	r = s->rest;
	if (rt_reader_skip(&r, "rename") && rt_reader_skip(&r, "value"))
		rt_lint_say(at, RETORT_LINT_ENUM_VALUE_HAZARD, NULL, false,
			    "code that knows the old value of %s fails", type);
}

/* --- guarantees ---------------------------------------------------------- */

/* A constraint of the same name comes again: it is only changed. */
static bool is_added_again(const rt_lint_at *at, const char *name)
{
	size_t i, k;

	for (i = at->i; i < at->section->statements.n; i++) {
		const rt_sql_shape *s = &at->section->statements.v[i].shape;

		for (k = 0; k < s->actions.n; k++)
			if (s->actions.v[k].kind == RT_SQL_ADD_CONSTRAINT &&
			    !strcmp(s->actions.v[k].name, name) &&
			    !strcmp(s->table, at->shape->table))
				return true;
	}
	return false;
}

static void drops_constraint(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	size_t i;

	if (!rt_lint_is_up(at) || rt_lint_is_new(at, s->table))
		return;
	for (i = 0; i < s->actions.n; i++) {
		const rt_sql_action *a = &s->actions.v[i];

		if (a->kind == RT_SQL_DROP_NOT_NULL)
			rt_lint_say(at, RETORT_LINT_DROPS_CONSTRAINT, a, false,
				    "%s.%s may be null from here on", s->table,
				    a->name);
		else if (a->kind == RT_SQL_DROP_CONSTRAINT &&
			 !is_added_again(at, a->name))
			rt_lint_say(at, RETORT_LINT_DROPS_CONSTRAINT, a, false,
				    "constraint %s of %s no longer holds",
				    a->name, s->table);
	}
}

/* --- names --------------------------------------------------------------- */

static void long_name(rt_lint_at *at, const rt_sql_action *a,
		      const char *name)
{
	const char *last = strrchr(name, '.');

	last = last ? last + 1 : name;
	if (strlen(last) > NAME_MAX_BYTES)
		rt_lint_say(at, RETORT_LINT_UNNAMED_OR_LONG, a, false,
			    "%s has %zu bytes; PostgreSQL cuts it at %d", last,
			    strlen(last), NAME_MAX_BYTES);
}

/* Names that CREATE TABLE gives to columns and constraints. */
static void long_items(rt_lint_at *at)
{
	rt_reader r = at->shape->rest, inner;

	if (!rt_sql_shape_is(at->shape, "create", "table") ||
	    !rt_reader_mark(&r, 0, '('))
		return;
	inner = rt_reader_range(&r, r.at + 1, rt_reader_close(&r, r.at) - 1);
	while (inner.at < inner.n) {
		rt_reader item = rt_reader_range(&inner, inner.at,
						 rt_reader_item(&inner));
		const char *name;

		rt_reader_skip(&item, "constraint");
		name = rt_reader_part(&item);
		if (name)
			long_name(at, NULL, name);
		inner.at = item.n + 1;
	}
}

/* SQLite makes no names for constraints. */
static void unnamed(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	size_t i;

	if (at->section->dialect == RETORT_DIALECT_SQLITE)
		return;
	if (rt_sql_shape_is(s, "create", "index") && !s->names.n)
		rt_lint_say(at, RETORT_LINT_UNNAMED_OR_LONG, NULL, false,
			    "the server names the index on %s", s->table);
	for (i = 0; i < s->actions.n; i++)
		if (s->actions.v[i].kind == RT_SQL_ADD_CONSTRAINT &&
		    !*s->actions.v[i].name)
			rt_lint_say(at, RETORT_LINT_UNNAMED_OR_LONG,
				    &s->actions.v[i], false,
				    "the server names the constraint on %s",
				    s->table);
}

static void names(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	size_t i;

	unnamed(at);
	if (!strcmp(s->verb, "create") && s->names.n)
		long_name(at, NULL, s->names.v[0]);
	long_items(at);
	for (i = 0; i < s->actions.n; i++) {
		const rt_sql_action *a = &s->actions.v[i];

		if (a->kind == RT_SQL_ADD_COLUMN ||
		    a->kind == RT_SQL_ADD_CONSTRAINT)
			long_name(at, a, a->name);
		long_name(at, a, a->to);
	}
}

const rt_lint_check rt_lint_name_checks[] = { enum_value, drops_constraint,
					      names, NULL };
