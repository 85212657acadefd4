/* SPDX-License-Identifier: MIT */
/*
 * What SQLite's ALTER TABLE stumbles over: it looks into the views and
 * triggers of the whole schema, and refuses where one of them names what is
 * not there; but it does not follow a column through a view of a view.
 */
#include "config.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "schema/alter_sqlite.h"

static bool is_view_or_trigger(const retort_schema *s, size_t object)
{
	return s->v[object].kind == RETORT_KIND_VIEW ||
	       s->v[object].kind == RETORT_KIND_TRIGGER;
}

/* Whether it is part of one of them, or needs one. */
static bool depends(const retort_schema *s, size_t object, const bool *set)
{
	const rt_object *o = &s->v[object];
	size_t k;

	if (o->parent != RT_NO_OBJECT && set[o->parent])
		return true;
	for (k = 0; k < o->n_needs; k++)
		if (set[o->needs[k]])
			return true;
	return false;
}

/* Put the views and triggers into `to` that depend on one of `from`, until
 * there are no more; both may be the same. */
static void add_dependents(const retort_schema *s, const bool *from, bool *to)
{
	bool again = true;
	size_t i;

	while (again) {
		again = false;
		for (i = 0; i < s->n; i++)
			if (!to[i] && is_view_or_trigger(s, i) &&
			    (depends(s, i, from) || depends(s, i, to)))
				again = to[i] = true;
	}
}

static bool drops_a_column(const rt_sqlite_alter *a)
{
	size_t i, after;

	for (i = 0; i < a->before->n; i++) {
		const rt_object *o = &a->before->v[i];

		if (o->kind != RETORT_KIND_COLUMN ||
		    a->diff->after_of[i] != RT_NO_OBJECT)
			continue;
		after = a->diff->after_of[o->parent];
		if (after != RT_NO_OBJECT &&
		    a->actions[after] == RT_SQLITE_ALTER)
			return true;
	}
	return false;
}

void rt_sqlite_mark_views(rt_sqlite_alter *a)
{
	size_t i;

	if (!drops_a_column(a))
		return;
	add_dependents(a->before, a->goes, a->goes);
	for (i = 0; i < a->before->n; i++)
		if (a->goes[i] && is_view_or_trigger(a->before, i) &&
		    a->diff->after_of[i] != RT_NO_OBJECT)
			a->actions[a->diff->after_of[i]] = RT_SQLITE_CREATE;
}

/* Views of the table itself, which SQLite rewrites. */
static void find_views_of(const retort_schema *s, size_t table, bool *views)
{
	bool *set = rt_calloc(s->n + 1, sizeof(*set));
	size_t i;

	set[table] = true;
	for (i = 0; i < s->n; i++)
		views[i] = s->v[i].kind == RETORT_KIND_VIEW &&
			   depends(s, i, set);
	free(set);
}

void rt_sqlite_rename_aside(const retort_schema *s, size_t column,
			    rt_ddl_list *drop, rt_ddl_list *create)
{
	bool *views = rt_calloc(s->n + 1, sizeof(*views));
	bool *aside = rt_calloc(s->n + 1, sizeof(*aside));
	size_t *order, n, i;

	find_views_of(s, s->v[column].parent, views);
	add_dependents(s, views, aside);
	order = rt_create_order(s, &n);
	for (i = 0; i < n; i++)
		if (aside[order[i]])
			rt_create(s, order[i], create);
	while (n-- > 0) {
		size_t parent = s->v[order[n]].parent;

		if (aside[order[n]] &&
		    (parent == RT_NO_OBJECT || !aside[parent]))
			rt_sqlite_drop(s, order[n], drop);
	}
	free(order);
	free(views);
	free(aside);
}
