/* SPDX-License-Identifier: MIT */
/*
 * What ALTER TABLE can do to a table, which is little: add a column whose
 * value is known without looking at the rows, and drop one that nothing
 * refers to.  Everything else is a rebuild.
 *
 * What newer releases can do besides (3.53: NOT NULL and CHECK) is not used:
 * a revision runs on servers older than the one it was written on.
 */
#include "config.h"

#include <string.h>

#include "schema/alter_sqlite.h"
#include "schema/create_sqlite.h"
#include "schema/dialect.h"

static const retort_kind constraint_kinds[] = {
	RETORT_KIND_PRIMARY_KEY, RETORT_KIND_UNIQUE, RETORT_KIND_CHECK,
	RETORT_KIND_FOREIGN_KEY,
};

enum { N_KINDS = sizeof(constraint_kinds) / sizeof(constraint_kinds[0]) };

static const char *text_of(const retort_schema *s, size_t object,
			   rt_property property)
{
	return rt_object_text(&s->v[object], property);
}

static bool is_changed(const rt_sqlite_alter *a, size_t before)
{
	const rt_object *x = &a->before->v[before];
	size_t after = a->diff->after_of[before], i;

	/* What differs has a delta; asking all of them would be quadratic. */
	for (i = 0; i < RT_N_PROPERTIES; i++) {
		const char *p = rt_object_text(x, (rt_property)i);
		const char *q = rt_object_text(&a->after->v[after],
					       (rt_property)i);

		if (i != RT_PROPERTY_SOURCE &&
		    strcmp(p ? p : "", q ? q : ""))
			return true;
	}
	return false;
}

/* --- ADD COLUMN ---------------------------------------------------------- */

/* A default that SQLite can put into rows without writing them. */
static bool is_constant(const char *standard)
{
	return standard[0] != '(' &&
	       strncmp(standard, "CURRENT_", strlen("CURRENT_"));
}

static bool is_addable(const retort_schema *s, size_t column)
{
	const char *standard = text_of(s, column, RT_PROPERTY_DEFAULT);
	bool not_null = text_of(s, column, RT_PROPERTY_NOT_NULL) != NULL;

	if (text_of(s, column, RT_PROPERTY_GENERATED))
		return !not_null && !text_of(s, column, RT_PROPERTY_STORED);
	if (standard && !is_constant(standard))
		return false;
	return !not_null || (standard && strcmp(standard, "NULL"));
}

/* "FOREIGN KEY (c) REFERENCES …" of this one column. */
static bool is_key_of(const retort_schema *s, size_t key, size_t column)
{
	rt_str text = RT_STR_INIT;
	bool same;

	rt_str_add(&text, "FOREIGN KEY (");
	rt_dialect_identifier(&text, s->dialect, rt_sv_from(s->v[column].name));
	rt_str_addc(&text, ')');
	same = !strncmp(text_of(s, key, RT_PROPERTY_DEFINITION), text.p,
			text.n);
	rt_str_free(&text);
	return same;
}

/* Whether a new constraint may stand at a new column. */
static bool fits(const retort_schema *s, size_t constraint, size_t column)
{
	if (s->v[constraint].kind == RETORT_KIND_FOREIGN_KEY)
		return !text_of(s, column, RT_PROPERTY_DEFAULT) &&
		       is_key_of(s, constraint, column);
	return s->v[constraint].kind == RETORT_KIND_CHECK &&
	       !text_of(s, constraint, RT_PROPERTY_ON_CONFLICT) &&
	       rt_sqlite_mentions(text_of(s, constraint,
					  RT_PROPERTY_DEFINITION),
				  s->v[column].name);
}

/* The last new column it fits at: those it names are there by then. */
static bool find_place(rt_sqlite_alter *a, size_t table, size_t constraint)
{
	size_t at = 0, column;

	while ((column = rt_schema_next(a->after, table, RETORT_KIND_COLUMN,
					&at)) != RT_NO_OBJECT)
		if (a->diff->before_of[column] == RT_NO_OBJECT &&
		    fits(a->after, constraint, column))
			a->at_column[constraint] = column;
	return a->at_column[constraint] != RT_NO_OBJECT;
}

/* --- DROP COLUMN --------------------------------------------------------- */

static bool is_used_in(const rt_sqlite_alter *a, size_t object,
		       const char *column)
{
	const char *definition = text_of(a->before, object,
					 RT_PROPERTY_DEFINITION);
	const char *generated = text_of(a->before, object,
					RT_PROPERTY_GENERATED);

	return (definition && rt_sqlite_mentions(definition, column)) ||
	       (generated && rt_sqlite_mentions(generated, column));
}

/* Whether nothing that stays names the column. */
static bool is_droppable(const rt_sqlite_alter *a, size_t column)
{
	const rt_object *c = &a->before->v[column];
	size_t i;

	for (i = 0; i < a->before->n; i++) {
		const rt_object *o = &a->before->v[i];

		if (i == column || a->goes[i])
			continue;
		if (o->parent != c->parent && o->kind != RETORT_KIND_VIEW &&
		    o->kind != RETORT_KIND_TRIGGER)
			continue;
		if (is_used_in(a, i, c->name))
			return false;
	}
	return true;
}

/* --- the verdict --------------------------------------------------------- */

static rt_sqlite_action columns_that_go(const rt_sqlite_alter *a, size_t table)
{
	rt_sqlite_action action = RT_SQLITE_KEEP;
	size_t at = 0, i;

	while ((i = rt_schema_next(a->before, table, RETORT_KIND_COLUMN,
				   &at)) != RT_NO_OBJECT) {
		if (a->diff->after_of[i] == RT_NO_OBJECT) {
			if (!is_droppable(a, i))
				return RT_SQLITE_REBUILD;
			action = RT_SQLITE_ALTER;
		} else if (is_changed(a, i)) {
			return RT_SQLITE_REBUILD;
		}
	}
	return action;
}

static rt_sqlite_action columns_that_come(const rt_sqlite_alter *a,
					  size_t table)
{
	rt_sqlite_action action = RT_SQLITE_KEEP;
	size_t at = 0, i;

	while ((i = rt_schema_next(a->after, table, RETORT_KIND_COLUMN,
				   &at)) != RT_NO_OBJECT) {
		if (a->diff->before_of[i] != RT_NO_OBJECT)
			continue;
		if (!is_addable(a->after, i))
			return RT_SQLITE_REBUILD;
		action = RT_SQLITE_ALTER;
	}
	return action;
}

static bool constraints_stay(rt_sqlite_alter *a, size_t before, size_t after)
{
	size_t k, at, i;

	for (k = 0; k < N_KINDS; k++) {
		at = 0;
		while ((i = rt_schema_next(a->before, before,
					   constraint_kinds[k], &at)) !=
		       RT_NO_OBJECT)
			if (a->diff->after_of[i] == RT_NO_OBJECT ||
			    is_changed(a, i))
				return false;
		at = 0;
		while ((i = rt_schema_next(a->after, after,
					   constraint_kinds[k], &at)) !=
		       RT_NO_OBJECT)
			if (a->diff->before_of[i] == RT_NO_OBJECT &&
			    !find_place(a, after, i))
				return false;
	}
	return true;
}

rt_sqlite_action rt_sqlite_decide(rt_sqlite_alter *a, size_t table)
{
	size_t before = a->diff->before_of[table];
	rt_sqlite_action come, go;

	if (is_changed(a, before) || !constraints_stay(a, before, table))
		return RT_SQLITE_REBUILD;
	come = columns_that_come(a, table);
	go = columns_that_go(a, before);
	if (come == RT_SQLITE_REBUILD || go == RT_SQLITE_REBUILD)
		return RT_SQLITE_REBUILD;
	return come == RT_SQLITE_ALTER ? come : go;
}
