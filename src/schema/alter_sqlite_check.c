/* SPDX-License-Identifier: MIT */
/*
 * Behind a rebuild: PRAGMA foreign_key_check of the tables it may concern,
 * which fails the revision where it finds a row (see db/sqlite_error.c).
 *
 * Only of foreign keys that SQLite can check: it refuses where the columns
 * referred to are no key.
 */
#include "config.h"

#include <string.h>

#include "schema/alter_sqlite.h"
#include "schema/create_sqlite.h"
#include "schema/sqlite_lex.h"

static const char *text_of(const retort_schema *s, size_t object,
			   rt_property property)
{
	return rt_object_text(&s->v[object], property);
}

/* "(a, b)" behind REFERENCES t, and nothing behind it; empty if there is
 * none. */
static rt_sv referred(const retort_schema *s, size_t key)
{
	rt_sqlite_cursor c;
	size_t start;

	rt_sqlite_begin(&c, rt_sv_from(rt_sqlite_reference(s, key)));
	rt_sqlite_next(&c); /* REFERENCES */
	rt_sqlite_next(&c); /* the table */
	start = c.token.offset;
	if (!rt_sqlite_is_mark(&c, '('))
		return RT_SV("");
	(void)rt_sqlite_group(&c);
	return rt_sv_sub(c.text, start, c.before - start);
}

/* Whether a text is a word with the columns behind it. */
static bool says(const char *text, const char *word, rt_sv columns)
{
	size_t n = strlen(word);

	return !strncmp(text, word, n) &&
	       rt_sv_eq(rt_sv_from(text + n), columns);
}

/* Whether columns are a key of the table; SQLite refuses to check a foreign
 * key otherwise. */
static bool is_key(const retort_schema *s, size_t table, rt_sv columns)
{
	size_t at = 0, i;

	i = rt_schema_next(s, table, RETORT_KIND_PRIMARY_KEY, &at);
	if (i != RT_NO_OBJECT &&
	    says(text_of(s, i, RT_PROPERTY_DEFINITION), "PRIMARY KEY ",
		   columns))
		return true;
	at = 0;
	while ((i = rt_schema_next(s, table, RETORT_KIND_UNIQUE, &at)) !=
	       RT_NO_OBJECT)
		if (says(text_of(s, i, RT_PROPERTY_DEFINITION), "UNIQUE ",
			   columns))
			return true;
	at = 0;
	while ((i = rt_schema_next(s, table, RETORT_KIND_INDEX, &at)) !=
	       RT_NO_OBJECT)
		if (text_of(s, i, RT_PROPERTY_UNIQUE) &&
		    says(text_of(s, i, RT_PROPERTY_DEFINITION), "",
			   columns))
			return true;
	return false;
}

static size_t target(const retort_schema *s, size_t key)
{
	const rt_object *o = &s->v[key];
	rt_str own = RT_STR_INIT;
	bool self;

	if (o->n_needs)
		return o->needs[0];
	rt_object_sql(&own, s, o->parent);
	self = !strcmp(own.p, text_of(s, key, RT_PROPERTY_REFERENCES));
	rt_str_free(&own);
	return self ? o->parent : RT_NO_OBJECT;
}

static bool is_touched(const rt_sqlite_alter *a, size_t table)
{
	return a->actions[table] == RT_SQLITE_REBUILD;
}

static bool wants_check(const rt_sqlite_alter *a, size_t table)
{
	size_t at = 0, key, other;
	bool wants = false;

	while ((key = rt_schema_next(a->after, table, RETORT_KIND_FOREIGN_KEY,
				     &at)) != RT_NO_OBJECT) {
		rt_sv columns = referred(a->after, key);

		other = target(a->after, key);
		if (other == RT_NO_OBJECT || !columns.n ||
		    !is_key(a->after, other, columns))
			return false;
		wants |= is_touched(a, table) || is_touched(a, other);
	}
	return wants;
}

void rt_sqlite_alter_check(rt_sqlite_alter *a)
{
	rt_str name = RT_STR_INIT;
	size_t at = 0, table;

	while ((table = rt_schema_next(a->after, RT_NO_OBJECT,
				       RETORT_KIND_TABLE, &at)) !=
	       RT_NO_OBJECT) {
		if (!wants_check(a, table) ||
		    a->actions[table] == RT_SQLITE_CREATE)
			continue;
		rt_str_clear(&name);
		rt_object_sql(&name, a->after, table);
		rt_ddl_add(a->out, "PRAGMA foreign_key_check(%s)", name.p);
	}
	rt_str_free(&name);
}
