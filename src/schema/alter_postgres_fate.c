/* SPDX-License-Identifier: MIT */
/*
 * Changing PostgreSQL's schemas: what becomes of each object.
 *
 * First every object for itself: kept, gone, or (where no ALTER does it) made
 * anew.  Then what depends on one that goes goes with it, until nothing
 * changes any more.
 */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "schema/alter_postgres.h"

static const char *text_of(const retort_schema *s, size_t i, rt_property p)
{
	return rt_pg_text(s, i, p);
}

size_t rt_pg_inherited(const retort_schema *s, size_t table, retort_kind kind,
		       const char *name)
{
	const rt_object *o = &s->v[table];
	size_t i, found;

	if (!rt_pg_has(s, table, RT_PROPERTY_INHERITS) &&
	    !rt_pg_has(s, table, RT_PROPERTY_PARTITION_OF))
		return RT_NO_OBJECT;
	for (i = 0; i < o->n_needs; i++) {
		retort_kind k = s->v[o->needs[i]].kind;

		if (k != RETORT_KIND_TABLE && k != RETORT_KIND_FOREIGN_TABLE)
			continue;
		found = rt_schema_child(s, o->needs[i], kind, name);
		if (found == RT_NO_OBJECT ||
		    (kind == RETORT_KIND_COLUMN &&
		     rt_pg_is_override(s, found)))
			found = rt_pg_inherited(s, o->needs[i], kind, name);
		if (found != RT_NO_OBJECT)
			return found;
	}
	return RT_NO_OBJECT;
}

static bool is_type(retort_kind kind)
{
	return kind == RETORT_KIND_COLLATION || kind == RETORT_KIND_ENUM ||
	       kind == RETORT_KIND_DOMAIN || kind == RETORT_KIND_COMPOSITE ||
	       kind == RETORT_KIND_RANGE;
}

static bool is_table(retort_kind kind)
{
	return kind == RETORT_KIND_TABLE || kind == RETORT_KIND_FOREIGN_TABLE;
}

static bool any_changed(const rt_pg_plan *p, size_t y)
{
	return (p->changed[y] & ~(1ULL << RT_PROPERTY_COMMENT)) != 0;
}

/* Only these of its properties (and the comment) differ. */
static bool only(const rt_pg_plan *p, size_t y, unsigned long long properties)
{
	return (p->changed[y] & ~properties &
		~(1ULL << RT_PROPERTY_COMMENT)) == 0;
}

#define BIT(property) (1ULL << RT_PROPERTY_##property)

/* What stands between name and result: with other names, types or defaults
 * there, CREATE OR REPLACE may refuse. */
static size_t arguments_length(const char *definition)
{
	const char *end = strstr(definition, "\n RETURNS ");

	if (!end)
		end = strstr(definition, "\n LANGUAGE ");
	return end ? (size_t)(end - definition) : strlen(definition);
}

static bool can_replace_function(const rt_pg_plan *p, size_t x, size_t y)
{
	const char *a = text_of(p->before, x, RT_PROPERTY_DEFINITION);
	const char *b = text_of(p->after, y, RT_PROPERTY_DEFINITION);
	size_t n = arguments_length(a);

	return p->after->v[y].kind != RETORT_KIND_AGGREGATE &&
	       !rt_pg_changed(p, y, RT_PROPERTY_TYPE) &&
	       n == arguments_length(b) && !strncmp(a, b, n);
}

/* The old columns stand unchanged in front of the new ones. */
static bool can_replace_view(const rt_pg_plan *p, size_t x, size_t y)
{
	size_t at_x = 0, at_y = 0, i, j;

	while ((i = rt_schema_next(p->before, x, RETORT_KIND_COLUMN, &at_x)) !=
	       RT_NO_OBJECT) {
		j = rt_schema_next(p->after, y, RETORT_KIND_COLUMN, &at_y);
		if (j == RT_NO_OBJECT ||
		    strcmp(p->before->v[i].name, p->after->v[j].name) ||
		    rt_pg_changed(p, j, RT_PROPERTY_TYPE) ||
		    rt_pg_changed(p, j, RT_PROPERTY_COLLATION))
			return false;
	}
	return true;
}

/* A generated column that becomes another, or a plain one that becomes
 * generated. */
static bool can_alter_column(const rt_pg_plan *p, size_t y)
{
	return !rt_pg_has(p->after, y, RT_PROPERTY_GENERATED) ||
	       only(p, y, BIT(STORAGE) | BIT(COMPRESSION) | BIT(NOT_NULL));
}

static bool can_alter_constraint(const rt_pg_plan *p, size_t y)
{
	unsigned long long may = 0;

	if (rt_pg_changed(p, y, RT_PROPERTY_NOT_VALID) &&
	    !rt_pg_has(p->after, y, RT_PROPERTY_NOT_VALID))
		may |= BIT(NOT_VALID);
	if (p->after->v[y].kind == RETORT_KIND_FOREIGN_KEY)
		may |= BIT(DEFERRABLE);
	return only(p, y, may);
}

/* No statement makes an index so. */
static bool is_invalid(const rt_pg_plan *p, size_t y)
{
	return rt_pg_has(p->after, y, RT_PROPERTY_INVALID);
}

/* Whether ALTER, or CREATE OR REPLACE, makes y of x. */
static bool can_alter(const rt_pg_plan *p, size_t x, size_t y)
{
	switch (p->after->v[y].kind) {
	case RETORT_KIND_COLLATION:
	case RETORT_KIND_RANGE:
	case RETORT_KIND_AGGREGATE:
	case RETORT_KIND_STATISTICS:
	case RETORT_KIND_POLICY:
	case RETORT_KIND_MATERIALIZED_VIEW:
		return !any_changed(p, y);
	case RETORT_KIND_INDEX:
		return only(p, y, is_invalid(p, y) ? BIT(INVALID) : 0);
	case RETORT_KIND_ENUM:
		return !any_changed(p, y) || rt_pg_can_add_labels(p, x, y);
	case RETORT_KIND_DOMAIN:
		return only(p, y, BIT(DEFAULT) | BIT(NOT_NULL));
	case RETORT_KIND_FUNCTION:
	case RETORT_KIND_PROCEDURE:
		return can_replace_function(p, x, y);
	case RETORT_KIND_VIEW:
		return can_replace_view(p, x, y);
	case RETORT_KIND_TRIGGER:
	case RETORT_KIND_RULE:
	case RETORT_KIND_EVENT_TRIGGER:
		return only(p, y, BIT(ENABLED));
	case RETORT_KIND_COLUMN:
		return !is_table(p->after->v[p->after->v[y].parent].kind) ||
		       can_alter_column(p, y);
	case RETORT_KIND_PRIMARY_KEY:
	case RETORT_KIND_UNIQUE:
	case RETORT_KIND_CHECK:
	case RETORT_KIND_EXCLUSION:
	case RETORT_KIND_FOREIGN_KEY:
		return can_alter_constraint(p, y);
	default:
		return true;
	}
}

/* What a table is by its nature. */
static void refuse_table(rt_pg_plan *p, size_t y)
{
	static const rt_property fixed[] = {
		RT_PROPERTY_TYPE,
		RT_PROPERTY_PARTITION_BY,
		RT_PROPERTY_DEFINITION,
	};
	size_t i;

	if (!is_table(p->after->v[y].kind))
		return;
	for (i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (rt_pg_changed(p, y, fixed[i]))
			rt_pg_refuse(p, y, fixed[i]);
}

/* A part that is not in one of the schemas, because the table inherits it
 * there, is there all the same. */
static bool is_absorbed(const rt_pg_plan *p, size_t x)
{
	const rt_object *o = &p->before->v[x];
	size_t table = o->parent == RT_NO_OBJECT ? RT_NO_OBJECT :
			       p->diff->after_of[o->parent];

	return table != RT_NO_OBJECT && is_table(p->after->v[table].kind) &&
	       (o->kind == RETORT_KIND_COLUMN ||
		o->kind == RETORT_KIND_CHECK) &&
	       rt_pg_inherited(p->after, table, o->kind, o->name) !=
		       RT_NO_OBJECT;
}

static rt_pg_fate fate_alone(rt_pg_plan *p, size_t x)
{
	size_t y = p->diff->after_of[x];

	if (y == RT_NO_OBJECT && p->before->v[x].kind == RETORT_KIND_SEQUENCE)
		return rt_pg_sequence_fate(p, x);
	if (y == RT_NO_OBJECT)
		return is_absorbed(p, x) ? RT_PG_TAKEN : RT_PG_GONE;
	refuse_table(p, y);
	if (!p->changed[y] && p->before->v[x].kind != RETORT_KIND_VIEW)
		return RT_PG_KEEP;
	return can_alter(p, x, y) ? RT_PG_KEEP : RT_PG_REDO;
}

/* A column of a table or an attribute of a composite type; else it is of a
 * view. */
static bool is_stored(const retort_schema *s, size_t column)
{
	retort_kind kind = s->v[s->v[column].parent].kind;

	return is_table(kind) || kind == RETORT_KIND_COMPOSITE;
}

/* Whether a kept column is of this type (or of an array of it). */
static bool is_used_by_columns(const rt_pg_plan *p, size_t x)
{
	size_t i, k;

	for (i = 0; i < p->before->n; i++) {
		const rt_object *o = &p->before->v[i];

		if (p->fate[i] != RT_PG_KEEP ||
		    !(is_type(o->kind) || (o->kind == RETORT_KIND_COLUMN &&
					   is_stored(p->before, i))))
			continue;
		for (k = 0; k < o->n_needs; k++)
			if (o->needs[k] == x)
				return true;
	}
	return false;
}

/* Columns that get another type, whatever for. */
static void find_disturbed(rt_pg_plan *p)
{
	size_t x, y;

	for (x = 0; x < p->before->n; x++) {
		y = p->diff->after_of[x];
		if (p->before->v[x].kind == RETORT_KIND_COLUMN &&
		    y != RT_NO_OBJECT &&
		    (rt_pg_changed(p, y, RT_PROPERTY_TYPE) ||
		     rt_pg_changed(p, y, RT_PROPERTY_COLLATION)) &&
		    strcmp(rt_pg_plain_type(text_of(p->before, x,
						    RT_PROPERTY_TYPE)),
			   rt_pg_plain_type(text_of(p->after, y,
						    RT_PROPERTY_TYPE))))
			p->disturbed[x] = true;
		if (p->before->v[x].kind == RETORT_KIND_COLUMN &&
		    y != RT_NO_OBJECT &&
		    rt_pg_changed(p, y, RT_PROPERTY_COLLATION))
			p->disturbed[x] = true;
	}
}

/* The object x needs something that goes. */
static rt_pg_fate fate_by_loss(rt_pg_plan *p, size_t x, size_t needed)
{
	retort_kind kind = p->before->v[x].kind;
	retort_kind lost = p->before->v[needed].kind;
	bool generated = rt_pg_has(p->before, x, RT_PROPERTY_GENERATED);

	if (kind == RETORT_KIND_COLUMN && !is_stored(p->before, x))
		return RT_PG_KEEP; /* goes with its view */
	if (kind == RETORT_KIND_COLUMN && generated)
		return RT_PG_REDO;
	if (kind == RETORT_KIND_COLUMN && is_type(lost)) {
		p->disturbed[x] = true;
		return RT_PG_KEEP;
	}
	if (kind == RETORT_KIND_COLUMN) {
		p->bare[x] = true;
		return RT_PG_KEEP;
	}
	if (is_table(kind) || kind == RETORT_KIND_SEQUENCE ||
	    kind == RETORT_KIND_SCHEMA || kind == RETORT_KIND_EXTENSION)
		return RT_PG_KEEP;
	if (kind == RETORT_KIND_DOMAIN && !is_type(lost)) {
		p->bare[x] = true;
		return RT_PG_KEEP;
	}
	return p->diff->after_of[x] == RT_NO_OBJECT ? RT_PG_GONE : RT_PG_REDO;
}

/* The object x needs a column that gets another type. */
static rt_pg_fate fate_by_retype(const rt_pg_plan *p, size_t x)
{
	switch (p->before->v[x].kind) {
	case RETORT_KIND_VIEW:
	case RETORT_KIND_MATERIALIZED_VIEW:
	case RETORT_KIND_FUNCTION:
	case RETORT_KIND_PROCEDURE:
	case RETORT_KIND_RULE:
	case RETORT_KIND_POLICY:
	case RETORT_KIND_TRIGGER:
		return RT_PG_REDO;
	case RETORT_KIND_COLUMN:
		return rt_pg_has(p->before, x, RT_PROPERTY_GENERATED) ?
			       RT_PG_REDO : RT_PG_KEEP;
	default:
		return RT_PG_KEEP;
	}
}

static bool goes(rt_pg_fate fate)
{
	return fate == RT_PG_GONE || fate == RT_PG_REDO ||
	       fate == RT_PG_ASIDE;
}

static rt_pg_fate fate_among(rt_pg_plan *p, size_t x)
{
	const rt_object *o = &p->before->v[x];
	rt_pg_fate fate = RT_PG_KEEP;
	size_t k;

	if (o->parent != RT_NO_OBJECT && p->fate[o->parent] != RT_PG_ASIDE &&
	    goes(p->fate[o->parent]))
		return p->diff->after_of[x] == RT_NO_OBJECT ? RT_PG_GONE :
							      RT_PG_REDO;
	for (k = 0; k < o->n_needs && fate == RT_PG_KEEP; k++) {
		if (goes(p->fate[o->needs[k]]))
			fate = fate_by_loss(p, x, o->needs[k]);
		else if (p->disturbed[o->needs[k]])
			fate = fate_by_retype(p, x);
	}
	return fate;
}

/* Types that columns use are set aside; tables cannot be made anew. */
static rt_pg_fate soften(rt_pg_plan *p, size_t x, rt_pg_fate fate)
{
	const rt_object *o = &p->before->v[x];
	size_t y = p->diff->after_of[x];

	if (fate != RT_PG_REDO || !is_type(o->kind) ||
	    !is_used_by_columns(p, x))
		return fate;
	if (o->kind == RETORT_KIND_RANGE)
		rt_pg_refuse(p, y, RT_PROPERTY_DEFINITION);
	return RT_PG_ASIDE;
}

/* Some column's attribute of a composite type gets another type: those that
 * are in use want a new type; whether there are any. */
static bool retype_composites(rt_pg_plan *p)
{
	size_t x, parent;
	bool any = false;

	for (x = 0; x < p->before->n; x++) {
		parent = p->before->v[x].parent;
		if (!p->disturbed[x] || parent == RT_NO_OBJECT ||
		    p->before->v[parent].kind != RETORT_KIND_COMPOSITE ||
		    p->fate[parent] != RT_PG_KEEP)
			continue;
		if (is_used_by_columns(p, parent)) {
			p->fate[parent] = RT_PG_ASIDE;
			any = true;
		}
	}
	return any;
}

/* What is dropped last: types and what they need, as columns and domains are
 * freed of them only while things are altered. */
static void find_late(rt_pg_plan *p)
{
	bool again = true;
	size_t x, k;

	for (x = 0; x < p->before->n; x++) {
		retort_kind kind = p->before->v[x].kind;

		p->late[x] = p->fate[x] == RT_PG_ASIDE ||
			     (p->fate[x] == RT_PG_GONE &&
			      (is_type(kind) || kind == RETORT_KIND_SCHEMA ||
			       kind == RETORT_KIND_EXTENSION));
	}
	while (again) {
		again = false;
		for (x = 0; x < p->before->n; x++) {
			const rt_object *o = &p->before->v[x];
			bool late = p->late[x] ||
				    (o->parent != RT_NO_OBJECT &&
				     p->late[o->parent]);

			for (k = 0; late && k < o->n_needs; k++)
				if (p->fate[o->needs[k]] == RT_PG_GONE &&
				    !p->late[o->needs[k]])
					again = p->late[o->needs[k]] = true;
		}
	}
}

void rt_pg_decide(rt_pg_plan *p)
{
	bool again = true;
	rt_pg_fate fate;
	size_t x;

	for (x = 0; x < p->before->n; x++)
		p->fate[x] = fate_alone(p, x);
	find_disturbed(p);
	for (x = 0; x < p->before->n; x++)
		p->fate[x] = soften(p, x, p->fate[x]);
	while (again && p->rc == 0) {
		again = false;
		for (x = 0; x < p->before->n; x++) {
			bool bare = p->bare[x], disturbed = p->disturbed[x];

			if (p->fate[x] != RT_PG_KEEP)
				continue;
			fate = soften(p, x, fate_among(p, x));
			again |= fate != p->fate[x] || bare != p->bare[x] ||
				 disturbed != p->disturbed[x];
			p->fate[x] = fate;
		}
		again |= retype_composites(p);
	}
	find_late(p);
}
