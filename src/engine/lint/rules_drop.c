/* SPDX-License-Identifier: MIT */
/* Rules about what is lost or called otherwise. */
#include "config.h"

#include "engine/lint/lint.h"

#include <string.h>

enum { LISTED = 5 };

/* A rebuilt table comes back under its name; a temporary one is no loss. */
static void drop_table(rt_lint_at *at)
{
	size_t i;

	if (!rt_lint_is_up(at) || !rt_sql_shape_is(at->shape, "drop", "table"))
		return;
	for (i = 0; i < at->shape->names.n; i++) {
		const char *name = at->shape->names.v[i];

		if (!rt_lint_is_new(at, name) && !rt_lint_comes_back(at, name))
			rt_lint_say(at, RETORT_LINT_DROP_TABLE, NULL, false,
				    "table %s and its rows are lost", name);
	}
}

static void drop_column(rt_lint_at *at)
{
	size_t i;

	if (!rt_lint_is_up(at) || rt_lint_is_new(at, at->shape->table))
		return;
	for (i = 0; i < at->shape->actions.n; i++) {
		const rt_sql_action *a = &at->shape->actions.v[i];

		if (a->kind == RT_SQL_DROP_COLUMN)
			rt_lint_say(at, RETORT_LINT_DROP_COLUMN, a, false,
				    "column %s.%s and its data are lost",
				    at->shape->table, a->name);
	}
}

static void drop_schema(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	size_t i;

	if (!rt_lint_is_up(at) || strcmp(s->verb, "drop") != 0)
		return;
	if (!strcmp(s->object, "owned")) {
		rt_lint_say(at, RETORT_LINT_DROP_SCHEMA_DATABASE, NULL, false,
			    "all that a role owns is lost");
		return;
	}
	if (strcmp(s->object, "schema") && strcmp(s->object, "database"))
		return;
	for (i = 0; i < s->names.n; i++)
		if (!rt_lint_is_new(at, s->names.v[i]))
			rt_lint_say(at, RETORT_LINT_DROP_SCHEMA_DATABASE, NULL,
				    false, "%s %s is lost with all that is in "
				    "it", s->object, s->names.v[i]);
}

static bool is_named(const rt_sql_shape *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->names.n; i++)
		if (!strcmp(s->names.v[i], name))
			return true;
	return false;
}

/* What CASCADE takes with it, as measured. */
static void list_reached(const rt_lint_at *at, const retort_effect *effect,
			 rt_str *out)
{
	size_t i, n = 0;

	for (i = 0; i < effect->n_entries; i++) {
		const retort_diff_entry *e = &effect->entries[i];

		if (e->diff != RETORT_DIFF_REMOVED || e->part ||
		    is_named(at->shape, e->name))
			continue;
		if (n++ < LISTED)
			rt_str_addf(out, "%s%s %s", out->n ? ", " : "",
				    retort_kind_word(e->kind), e->name);
	}
	if (n > LISTED)
		rt_str_addf(out, " and %zu more", n - LISTED);
}

static void cascade(rt_lint_at *at)
{
	const retort_effect *effect = rt_lint_effect(at);
	rt_str reached = RT_STR_INIT;
	size_t i;
	bool used = at->shape->flags & RT_SQL_CASCADE;
	const rt_sql_action *where = NULL;

	for (i = 0; i < at->shape->actions.n; i++) {
		const rt_sql_action *a = &at->shape->actions.v[i];

		if ((a->kind == RT_SQL_DROP_COLUMN ||
		     a->kind == RT_SQL_DROP_CONSTRAINT) &&
		    rt_reader_has(&a->rest, "cascade")) {
			used = true;
			where = a;
		}
	}
	if (!used || (at->shape->names.n == 1 &&
		      rt_lint_is_new(at, at->shape->names.v[0])))
		return;
	if (effect)
		list_reached(at, effect, &reached);
	if (reached.n)
		rt_lint_say(at, RETORT_LINT_CASCADE_USED, where, true,
			    "CASCADE reaches %s", reached.p);
	else if (!effect || !strcmp(at->shape->verb, "truncate"))
		rt_lint_say(at, RETORT_LINT_CASCADE_USED, where, false,
			    "CASCADE reaches what the statement does not "
			    "name");
	rt_str_free(&reached);
}

/* --- other names --------------------------------------------------------- */

/* The new table of a rebuild takes the old one's name: no code notices. */
static void rename_action(rt_lint_at *at, const rt_sql_action *a)
{
	const char *table = at->shape->table;

	if (!*table && at->shape->names.n)
		table = at->shape->names.v[0];
	if (rt_lint_is_new(at, table))
		return;
	if (a->kind == RT_SQL_RENAME && !rt_lint_comes_back(at, table))
		rt_lint_say(at, RETORT_LINT_RENAME_OBJECT, a, false,
			    "%s is called %s from here on", table, a->to);
	else if (a->kind == RT_SQL_RENAME_COLUMN)
		rt_lint_say(at, RETORT_LINT_RENAME_OBJECT, a, false,
			    "column %s.%s is called %s from here on", table,
			    a->name, a->to);
	else if (a->kind == RT_SQL_SET_SCHEMA)
		rt_lint_say(at, RETORT_LINT_RENAME_OBJECT, a, false,
			    "%s moves to schema %s", table, a->to);
}

static bool is_seen_by_code(const char *object)
{
	static const char *const objects[] = { "schema", "type", "domain",
					       "function", "procedure",
					       "sequence" };
	size_t i;

	for (i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
		if (!strcmp(object, objects[i]))
			return true;
	return false;
}

static void rename_object(rt_lint_at *at)
{
	const rt_sql_shape *s = at->shape;
	rt_reader rest = s->rest;
	size_t i;

	for (i = 0; i < s->actions.n; i++)
		rename_action(at, &s->actions.v[i]);
	if (strcmp(s->verb, "alter") != 0 || !is_seen_by_code(s->object) ||
	    !s->names.n || rt_lint_is_new(at, s->names.v[0]))
		return;
	if (rt_reader_mark(&rest, 0, '('))
		rest.at = rt_reader_close(&rest, rest.at);
	if ((rt_reader_sees(&rest, 0, "rename") &&
	     !rt_reader_sees(&rest, 1, "value")) ||
	    (rt_reader_sees(&rest, 0, "set") &&
	     rt_reader_sees(&rest, 1, "schema")))
		rt_lint_say(at, RETORT_LINT_RENAME_OBJECT, NULL, false,
			    "%s %s has another name from here on", s->object,
			    s->names.v[0]);
}

const rt_lint_check rt_lint_drop_checks[] = {
	drop_table, drop_column, drop_schema, cascade, rename_object, NULL
};
