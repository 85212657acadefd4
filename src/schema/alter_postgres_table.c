/* SPDX-License-Identifier: MIT */
/* Changing PostgreSQL's schemas: tables that stay, and their parts. */
#include "config.h"

#include <string.h>

#include "schema/alter_postgres.h"

/* Parts in the order in which they are dropped: keys before columns. */
static const retort_kind constraint_kinds[] = {
	RETORT_KIND_CHECK,
	RETORT_KIND_EXCLUSION,
	RETORT_KIND_UNIQUE,
	RETORT_KIND_PRIMARY_KEY,
};

enum { N_CONSTRAINT_KINDS = 4 };

/* Cut a list at its top-level commas. */
static bool next_item(rt_sv *rest, rt_sv *item)
{
	size_t i = 0;
	bool quoted = false;
	char quote = 0;

	*rest = rt_sv_trim(*rest);
	if (!rest->n)
		return false;
	for (; i < rest->n && (quoted || rest->p[i] != ','); i++) {
		char c = rest->p[i];

		if (quoted ? c == quote : c == '"' || c == '\'') {
			quoted = !quoted;
			quote = c;
		}
	}
	*item = rt_sv_trim(rt_sv_sub(*rest, 0, i));
	*rest = rt_sv_sub(*rest, i + 1, rest->n);
	return true;
}

static bool has_item(const char *list, rt_sv item)
{
	rt_sv rest = rt_sv_from(list), other;

	while (next_item(&rest, &other))
		if (rt_sv_eq(other, item))
			return true;
	return false;
}

/* Calls for each item of one list that the other has not. */
static void each_missing(const char *of, const char *in,
			 void (*found)(void *self, rt_sv item), void *self)
{
	rt_sv rest = rt_sv_from(of), item;

	while (next_item(&rest, &item))
		if (!has_item(in, item))
			found(self, item);
}

/* "ALTER TABLE users ", and where to. */
typedef struct clause {
	rt_pg_plan *p;
	const char *table;
	const char *words;
} clause;

static void add_clause(void *self, rt_sv item)
{
	const clause *c = self;

	rt_ddl_add(c->p->out, "%s%s %.*s", c->table, c->words, (int)item.n,
		   item.p);
}

static void drop_default(rt_pg_plan *p, const char *table, size_t x)
{
	rt_str name = RT_STR_INIT;

	rt_pg_name(&name, p->before, x);
	rt_ddl_add(p->out, "%sALTER COLUMN %s DROP DEFAULT", table, name.p);
	rt_str_free(&name);
}

/* From a parent that it leaves. */
static void detach(rt_pg_plan *p, size_t x, size_t y)
{
	const char *from = rt_pg_text(p->before, x, RT_PROPERTY_PARTITION_OF);
	rt_str name = RT_STR_INIT;

	rt_object_sql(&name, p->before, x);
	if (*from && rt_pg_changed(p, y, RT_PROPERTY_PARTITION_OF))
		rt_ddl_add(p->out, "ALTER TABLE %s DETACH PARTITION %s", from,
			   name.p);
	rt_str_free(&name);
}

/* Partitions that get other bounds: when the columns of all are altered, and
 * before the first one gets its new bounds. */
static void detach_partitions(rt_pg_plan *p, size_t x)
{
	rt_str parent = RT_STR_INIT, name = RT_STR_INIT;
	size_t at = 0, i, y;

	rt_object_sql(&parent, p->before, x);
	while ((i = rt_schema_next(p->before, RT_NO_OBJECT, RETORT_KIND_TABLE,
				   &at)) != RT_NO_OBJECT) {
		y = p->diff->after_of[i];
		if (y == RT_NO_OBJECT ||
		    !rt_pg_changed(p, y, RT_PROPERTY_BOUND) ||
		    rt_pg_changed(p, y, RT_PROPERTY_PARTITION_OF) ||
		    strcmp(rt_pg_text(p->before, i, RT_PROPERTY_PARTITION_OF),
			   parent.p))
			continue;
		rt_str_clear(&name);
		rt_object_sql(&name, p->before, i);
		rt_ddl_add(p->out, "ALTER TABLE %s DETACH PARTITION %s",
			   parent.p, name.p);
	}
	rt_str_free(&parent);
	rt_str_free(&name);
}

static void loosen_counter(rt_pg_plan *p, const char *table, size_t x)
{
	rt_str name = RT_STR_INIT;
	rt_pg_change c = { p, x, p->diff->after_of[x], table, NULL, false };

	if (c.y == RT_NO_OBJECT)
		return;
	rt_pg_name(&name, p->before, x);
	c.column = name.p;
	rt_pg_loosen_counter(&c);
	rt_str_free(&name);
}

void rt_pg_loosen_table(rt_pg_plan *p, size_t x)
{
	size_t y = p->diff->after_of[x], at = 0, i;
	rt_str table = RT_STR_INIT;
	clause c = { p, NULL, "NO INHERIT" };

	rt_pg_alter(&table, p->before, x);
	c.table = table.p;
	detach(p, x, y);
	each_missing(rt_pg_text(p->before, x, RT_PROPERTY_INHERITS),
		     rt_pg_text(p->after, y, RT_PROPERTY_INHERITS), add_clause,
		     &c);
	while ((i = rt_schema_next(p->before, x, RETORT_KIND_COLUMN, &at)) !=
	       RT_NO_OBJECT) {
		if (p->fate[i] != RT_PG_KEEP)
			continue;
		if (p->bare[i] && rt_pg_has(p->before, i, RT_PROPERTY_DEFAULT))
			drop_default(p, table.p, i);
		loosen_counter(p, table.p, i);
	}
	rt_str_free(&table);
}

/* An override goes: the column is its parent's again. */
static void drop_override(rt_pg_plan *p, const char *table, size_t x)
{
	size_t y = p->diff->after_of[p->before->v[x].parent];
	size_t own = rt_pg_inherited(p->after, y, RETORT_KIND_COLUMN,
				     p->before->v[x].name);
	const char *expression = own == RT_NO_OBJECT ? "" :
		rt_pg_text(p->after, own, RT_PROPERTY_DEFAULT);
	rt_str name = RT_STR_INIT;

	rt_pg_name(&name, p->before, x);
	if (rt_pg_has(p->before, x, RT_PROPERTY_DEFAULT))
		rt_ddl_add(p->out, "%sALTER COLUMN %s %s%s", table, name.p,
			   *expression ? "SET DEFAULT " : "DROP DEFAULT",
			   expression);
	if (rt_pg_has(p->before, x, RT_PROPERTY_NOT_NULL) &&
	    (own == RT_NO_OBJECT ||
	     !rt_pg_has(p->after, own, RT_PROPERTY_NOT_NULL)))
		rt_ddl_add(p->out, "%sALTER COLUMN %s DROP NOT NULL", table,
			   name.p);
	rt_str_free(&name);
}

static void drop_column(rt_pg_plan *p, const char *table, size_t x)
{
	retort_kind parent = p->before->v[p->before->v[x].parent].kind;
	rt_str name = RT_STR_INIT;
	rt_ddl *ddl;

	rt_pg_name(&name, p->before, x);
	ddl = rt_ddl_add(p->out, "%sDROP %s %s", table,
			 parent == RETORT_KIND_COMPOSITE ? "ATTRIBUTE" :
							   "COLUMN",
			 name.p);
	if (!rt_pg_has(p->before, x, RT_PROPERTY_GENERATED)) {
		ddl->lossy = true;
		ddl->note = "drops the column's values";
	}
	rt_str_free(&name);
}

/* Generated columns first: they are made of the others. */
static void drop_columns(rt_pg_plan *p, const char *table, size_t x)
{
	int generated;
	size_t at, i;

	for (generated = 1; generated >= 0; generated--) {
		at = 0;
		while ((i = rt_schema_next(p->before, x, RETORT_KIND_COLUMN,
					   &at)) != RT_NO_OBJECT) {
			bool is = rt_pg_has(p->before, i,
					    RT_PROPERTY_GENERATED);

			if ((p->fate[i] != RT_PG_GONE &&
			     p->fate[i] != RT_PG_REDO) ||
			    is != (generated == 1))
				continue;
			if (rt_pg_is_override(p->before, i))
				drop_override(p, table, i);
			else
				drop_column(p, table, i);
		}
	}
}

void rt_pg_drop_parts(rt_pg_plan *p, size_t x)
{
	retort_kind kind = p->before->v[x].kind;
	rt_str table = RT_STR_INIT, name = RT_STR_INIT;
	size_t k, at, i;

	if (kind != RETORT_KIND_TABLE && kind != RETORT_KIND_FOREIGN_TABLE &&
	    kind != RETORT_KIND_DOMAIN && kind != RETORT_KIND_COMPOSITE)
		return;
	rt_pg_alter(&table, p->before, x);
	for (k = 0; k < N_CONSTRAINT_KINDS; k++) {
		at = 0;
		while ((i = rt_schema_next(p->before, x, constraint_kinds[k],
					   &at)) != RT_NO_OBJECT) {
			if ((p->fate[i] != RT_PG_GONE &&
			     p->fate[i] != RT_PG_REDO) ||
			    !rt_create_is_inline(p->before, i))
				continue;
			rt_str_clear(&name);
			rt_pg_name(&name, p->before, i);
			rt_ddl_add(p->out, "%sDROP CONSTRAINT %s", table.p,
				   name.p);
		}
	}
	if (kind != RETORT_KIND_DOMAIN && p->fate[x] == RT_PG_KEEP)
		drop_columns(p, table.p, x);
	rt_str_free(&table);
	rt_str_free(&name);
}

static void set_option(void *self, rt_sv item)
{
	const clause *c = self;

	rt_ddl_add(c->p->out, "%sSET (%.*s)", c->table, (int)item.n, item.p);
}

static bool has_option(const char *list, rt_sv name)
{
	rt_sv rest = rt_sv_from(list), item;

	while (next_item(&rest, &item))
		if (rt_sv_eq(rt_sv_sub(item, 0, rt_sv_find(item, '=')), name))
			return true;
	return false;
}

static void alter_options(rt_pg_plan *p, const char *table, size_t x, size_t y)
{
	const char *a = rt_pg_text(p->before, x, RT_PROPERTY_OPTIONS);
	const char *b = rt_pg_text(p->after, y, RT_PROPERTY_OPTIONS);
	rt_sv rest = rt_sv_from(a), item;
	clause c = { p, table, "" };

	while (next_item(&rest, &item)) {
		item.n = rt_sv_find(item, '=');
		if (!has_option(b, item))
			rt_ddl_add(p->out, "%sRESET (%.*s)", table,
				   (int)item.n, item.p);
	}
	each_missing(b, a, set_option, &c);
}

static void alter_security(rt_pg_plan *p, const char *table, size_t x,
			   size_t y)
{
	const char *a = rt_pg_text(p->before, x, RT_PROPERTY_ROW_SECURITY);
	const char *b = rt_pg_text(p->after, y, RT_PROPERTY_ROW_SECURITY);

	if (!strstr(a, "enabled") != !strstr(b, "enabled"))
		rt_ddl_add(p->out, "%s%s ROW LEVEL SECURITY", table,
			   strstr(b, "enabled") ? "ENABLE" : "DISABLE");
	if (!strstr(a, "forced") != !strstr(b, "forced"))
		rt_ddl_add(p->out, "%s%s ROW LEVEL SECURITY", table,
			   strstr(b, "forced") ? "FORCE" : "NO FORCE");
}

/* An index that is made later says it itself. */
static void alter_identity(rt_pg_plan *p, size_t y)
{
	const char *identity = rt_pg_text(p->after, y,
					  RT_PROPERTY_REPLICA_IDENTITY);
	rt_str name = RT_STR_INIT;
	size_t at = 0, i;

	while ((i = rt_schema_next(p->after, y, RETORT_KIND_INDEX, &at)) !=
	       RT_NO_OBJECT) {
		rt_str_clear(&name);
		rt_str_add(&name, "USING INDEX ");
		rt_pg_name(&name, p->after, i);
		if (!strcmp(name.p, identity) && rt_pg_is_new(p, i)) {
			rt_str_free(&name);
			return;
		}
	}
	rt_pg_replica_identity(p->after, y, p->out);
	rt_str_free(&name);
}

static void alter_properties(rt_pg_plan *p, const char *table, size_t x,
			     size_t y)
{
	const char *text;

	if (rt_pg_changed(p, y, RT_PROPERTY_UNLOGGED))
		rt_ddl_add(p->out, "%sSET %s", table,
			   rt_pg_has(p->after, y, RT_PROPERTY_UNLOGGED) ?
				   "UNLOGGED" : "LOGGED");
	if (rt_pg_changed(p, y, RT_PROPERTY_OPTIONS))
		alter_options(p, table, x, y);
	text = rt_pg_text(p->after, y, RT_PROPERTY_ACCESS_METHOD);
	if (rt_pg_changed(p, y, RT_PROPERTY_ACCESS_METHOD))
		rt_ddl_add(p->out, "%sSET ACCESS METHOD %s", table,
			   *text ? text : "heap");
	text = rt_pg_text(p->after, y, RT_PROPERTY_TABLESPACE);
	if (rt_pg_changed(p, y, RT_PROPERTY_TABLESPACE))
		rt_ddl_add(p->out, "%sSET TABLESPACE %s", table,
			   *text ? text : "pg_default");
	if (rt_pg_changed(p, y, RT_PROPERTY_ROW_SECURITY))
		alter_security(p, table, x, y);
	if (rt_pg_changed(p, y, RT_PROPERTY_REPLICA_IDENTITY))
		alter_identity(p, y);
	if (rt_pg_changed(p, y, RT_PROPERTY_COMMENT))
		rt_pg_comment(p->after, y, true, p->out);
}

/* The column of `before` that is a column of `after`; one that only one of
 * them inherits counts, too. */
static size_t column_before(const rt_pg_plan *p, size_t x, size_t y)
{
	size_t was = p->diff->before_of[y];

	if (was != RT_NO_OBJECT && !rt_pg_is_override(p->before, was))
		return p->fate[was] == RT_PG_KEEP ? was : RT_NO_OBJECT;
	return rt_pg_inherited(p->before, x, RETORT_KIND_COLUMN,
			       p->after->v[y].name);
}

static bool is_partitioned_away(const rt_pg_plan *p, size_t x, size_t y)
{
	return rt_pg_has(p->before, x, RT_PROPERTY_PARTITION_OF) &&
	       !rt_pg_has(p->after, y, RT_PROPERTY_PARTITION_OF);
}

/* Plain columns first, as generated ones are made of them. */
static void alter_columns(rt_pg_plan *p, size_t x, size_t y)
{
	int generated;
	size_t at, i, was;

	for (generated = 0; generated <= 1; generated++) {
		at = 0;
		while ((i = rt_schema_next(p->after, y, RETORT_KIND_COLUMN,
					   &at)) != RT_NO_OBJECT) {
			if (rt_pg_has(p->after, i, RT_PROPERTY_GENERATED) !=
			    (generated == 1))
				continue;
			was = column_before(p, x, i);
			if (was != RT_NO_OBJECT)
				rt_pg_alter_column(p, was, i);
			else if (rt_pg_is_override(p->after, i))
				rt_pg_override(p->after, i, p->out);
			else
				rt_pg_add_column(p, i);
		}
	}
}

static void add_constraints(rt_pg_plan *p, size_t x, size_t y)
{
	size_t k, at, i;

	for (k = N_CONSTRAINT_KINDS; k-- > 0;) {
		at = 0;
		while ((i = rt_schema_next(p->after, y, constraint_kinds[k],
					   &at)) != RT_NO_OBJECT) {
			if (!rt_create_is_inline(p->after, i))
				continue;
			if (!rt_pg_is_new(p, i))
				rt_pg_alter_other(p, p->diff->before_of[i], i);
			else if (rt_pg_inherited(p->before, x,
						 constraint_kinds[k],
						 p->after->v[i].name) ==
				 RT_NO_OBJECT)
				rt_pg_make(p, i);
		}
	}
}

static void attach(rt_pg_plan *p, const char *table, size_t x, size_t y)
{
	const char *to = rt_pg_text(p->after, y, RT_PROPERTY_PARTITION_OF);
	clause c = { p, table, "INHERIT" };
	rt_str name = RT_STR_INIT;

	rt_object_sql(&name, p->after, y);
	if (*to && (rt_pg_changed(p, y, RT_PROPERTY_PARTITION_OF) ||
		    rt_pg_changed(p, y, RT_PROPERTY_BOUND)))
		rt_ddl_add(p->out, "ALTER TABLE %s ATTACH PARTITION %s %s", to,
			   name.p, rt_pg_text(p->after, y, RT_PROPERTY_BOUND));
	each_missing(rt_pg_text(p->after, y, RT_PROPERTY_INHERITS),
		     rt_pg_text(p->before, x, RT_PROPERTY_INHERITS),
		     add_clause, &c);
	rt_str_free(&name);
}

void rt_pg_alter_table(rt_pg_plan *p, size_t x, size_t y)
{
	rt_str table = RT_STR_INIT;

	if (is_partitioned_away(p, x, y))
		rt_pg_refuse(p, y, RT_PROPERTY_PARTITION_OF);
	rt_pg_alter(&table, p->after, y);
	alter_columns(p, x, y);
	if (rt_pg_has(p->before, x, RT_PROPERTY_PARTITION_BY))
		detach_partitions(p, x);
	attach(p, table.p, x, y);
	add_constraints(p, x, y);
	alter_properties(p, table.p, x, y);
	rt_pg_own_again(p, y);
	rt_str_free(&table);
}
