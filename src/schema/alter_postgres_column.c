/* SPDX-License-Identifier: MIT */
/* Changing PostgreSQL's schemas: columns. */
#include "config.h"

#include <string.h>

#include "schema/alter_postgres.h"
#include "schema/dialect.h"

typedef rt_pg_change change;

static const char *old_text(const change *c, rt_property property)
{
	return rt_pg_text(c->p->before, c->x, property);
}

static const char *new_text(const change *c, rt_property property)
{
	return rt_pg_text(c->p->after, c->y, property);
}

static bool differs(const change *c, rt_property property)
{
	return strcmp(old_text(c, property), new_text(c, property)) != 0;
}

static rt_ddl *alter(const change *c, const char *verb, const char *what)
{
	return rt_ddl_add(c->p->out, "%sALTER %s %s %s%s", c->table,
			  c->composite ? "ATTRIBUTE" : "COLUMN", c->column,
			  verb, what);
}

static bool is_serial(const char *type)
{
	return rt_pg_plain_type(type) != type;
}

enum { LONGEST_NAME = 63 };

static void drop_default(const change *c)
{
	alter(c, "DROP DEFAULT", "");
}

static void judge(rt_pg_plan *p, rt_ddl *ddl, rt_pg_cast cast)
{
	(void)p;
	ddl->lossy = cast.lossy;
	if (cast.lossy)
		ddl->note = "cuts values off";
	else if (cast.may_fail)
		ddl->note = "fails where a value does not fit";
}

static void change_type(const change *c)
{
	const char *from = rt_pg_plain_type(old_text(c, RT_PROPERTY_TYPE));
	const char *to = rt_pg_plain_type(new_text(c, RT_PROPERTY_TYPE));
	rt_pg_cast cast = rt_pg_cast_of(from, to);
	rt_str what = RT_STR_INIT;

	if (!strcmp(from, to) && !differs(c, RT_PROPERTY_COLLATION))
		cast = (rt_pg_cast){ .explicit_cast = true, .by_text = true,
				     .may_fail = true };
	else if (!strcmp(from, to))
		cast = (rt_pg_cast){ false };
	rt_str_add(&what, to);
	if (*new_text(c, RT_PROPERTY_COLLATION))
		rt_str_addf(&what, " COLLATE %s",
			    new_text(c, RT_PROPERTY_COLLATION));
	if (cast.explicit_cast && !c->composite)
		rt_str_addf(&what, " USING %s%s::%s", c->column,
			    cast.by_integer ? "::integer" :
			    !cast.by_text ? "" :
			    strchr(from, '[') && strchr(to, '[') ?
				    "::text[]" : "::text", to);
	judge(c->p, alter(c, "TYPE ", what.p), cast);
	rt_str_free(&what);
}

static void drop_not_null(const change *c)
{
	if (rt_pg_has(c->p->before, c->x, RT_PROPERTY_NOT_NULL) &&
	    !rt_pg_has(c->p->after, c->y, RT_PROPERTY_NOT_NULL))
		alter(c, "DROP NOT NULL", "");
}

/*
 * The way that does not read the table under its heaviest lock: a check that
 * is validated first.
 */
static void set_not_null_online(const change *c)
{
	rt_ddl_list *tail = &c->p->tail;
	rt_str name = RT_STR_INIT, quoted = RT_STR_INIT;

	rt_str_addf(&name, "%.*s_not_null", LONGEST_NAME - 9,
		    c->p->after->v[c->y].name);
	rt_dialect_identifier(&quoted, c->p->after->dialect,
			      rt_str_sv(&name));
	rt_ddl_add(c->p->out, "%sADD CONSTRAINT %s CHECK (%s IS NOT NULL) "
		   "NOT VALID", c->table, quoted.p, c->column);
	rt_ddl_add(tail, "%sVALIDATE CONSTRAINT %s", c->table,
		   quoted.p)->autocommit = true;
	rt_ddl_add(tail, "%sALTER COLUMN %s SET NOT NULL", c->table,
		   c->column)->autocommit = true;
	rt_ddl_add(tail, "%sDROP CONSTRAINT %s", c->table,
		   quoted.p)->autocommit = true;
	rt_str_free(&name);
	rt_str_free(&quoted);
}

static void set_not_null(const change *c)
{
	if (rt_pg_has(c->p->before, c->x, RT_PROPERTY_NOT_NULL) ||
	    !rt_pg_has(c->p->after, c->y, RT_PROPERTY_NOT_NULL))
		return;
	if (c->p->online && !*new_text(c, RT_PROPERTY_IDENTITY))
		set_not_null_online(c);
	else
		alter(c, "SET NOT NULL", "")->note =
			"fails where there are nulls";
}

/* What is in the way of the rest. */
static void begin(const change *c, bool retype)
{
	if (*old_text(c, RT_PROPERTY_GENERATED) &&
	    !*new_text(c, RT_PROPERTY_GENERATED))
		alter(c, "DROP EXPRESSION", "");
	if (*old_text(c, RT_PROPERTY_DEFAULT) && !c->p->bare[c->x] &&
	    (retype || !*new_text(c, RT_PROPERTY_DEFAULT)))
		drop_default(c);
	rt_pg_end_identity(c);
}

static void set_default(const change *c, bool retype)
{
	const char *expression = new_text(c, RT_PROPERTY_DEFAULT);

	if (*expression && (retype || c->p->bare[c->x] ||
			    differs(c, RT_PROPERTY_DEFAULT)))
		alter(c, "SET DEFAULT ", expression);
}

/* Rows stay as they are stored. */
static void change_storage(const change *c)
{
	const char *storage = new_text(c, RT_PROPERTY_STORAGE);
	const char *compression = new_text(c, RT_PROPERTY_COMPRESSION);

	if (differs(c, RT_PROPERTY_STORAGE) && *storage)
		alter(c, "SET STORAGE ", storage);
	else if (differs(c, RT_PROPERTY_STORAGE))
		rt_pg_refuse(c->p, c->y, RT_PROPERTY_STORAGE);
	if (differs(c, RT_PROPERTY_COMPRESSION))
		alter(c, "SET COMPRESSION ",
		      *compression ? compression : "default");
	if (differs(c, RT_PROPERTY_OPTIONS))
		rt_pg_refuse(c->p, c->y, RT_PROPERTY_OPTIONS);
}

/* What overrides the parent's is told again: its parent may have spread. */
static void change_override(const change *c)
{
	if (*old_text(c, RT_PROPERTY_DEFAULT) &&
	    !*new_text(c, RT_PROPERTY_DEFAULT))
		drop_default(c);
	drop_not_null(c);
	rt_pg_override(c->p->after, c->y, c->p->out);
}

static void change_column(const change *c)
{
	bool retype = c->p->disturbed[c->x] ||
		      differs(c, RT_PROPERTY_COLLATION) ||
		      strcmp(rt_pg_plain_type(old_text(c, RT_PROPERTY_TYPE)),
			     rt_pg_plain_type(new_text(c, RT_PROPERTY_TYPE)));

	begin(c, retype);
	if (retype)
		change_type(c);
	drop_not_null(c);
	set_not_null(c);
	rt_pg_alter_counter(c);
	set_default(c, retype);
	change_storage(c);
}

void rt_pg_alter_column(rt_pg_plan *p, size_t x, size_t y)
{
	size_t parent = p->after->v[y].parent;
	rt_str table = RT_STR_INIT, column = RT_STR_INIT;
	change c = { p, x, y, NULL, NULL, false };

	rt_pg_alter(&table, p->after, parent);
	rt_pg_name(&column, p->after, y);
	c.table = table.p;
	c.column = column.p;
	c.composite = p->after->v[parent].kind == RETORT_KIND_COMPOSITE;
	if (rt_pg_is_override(p->after, y))
		change_override(&c);
	else
		change_column(&c);
	if (differs(&c, RT_PROPERTY_COMMENT))
		rt_pg_comment(p->after, y, true, p->out);
	rt_str_free(&table);
	rt_str_free(&column);
}

/* A column that may be null, has a default or numbers itself fits rows that
 * are there. */
static bool wants_empty_table(const retort_schema *s, size_t y)
{
	return rt_pg_has(s, y, RT_PROPERTY_NOT_NULL) &&
	       !rt_pg_has(s, y, RT_PROPERTY_DEFAULT) &&
	       !rt_pg_has(s, y, RT_PROPERTY_IDENTITY) &&
	       !rt_pg_has(s, y, RT_PROPERTY_GENERATED) &&
	       !is_serial(rt_pg_text(s, y, RT_PROPERTY_TYPE));
}

void rt_pg_add_column(rt_pg_plan *p, size_t y)
{
	size_t parent = p->after->v[y].parent;
	bool composite = p->after->v[parent].kind == RETORT_KIND_COMPOSITE;
	rt_str sql = RT_STR_INIT;
	rt_ddl *ddl;

	rt_pg_alter(&sql, p->after, parent);
	rt_str_addf(&sql, "ADD %s ", composite ? "ATTRIBUTE" : "COLUMN");
	rt_pg_column(&sql, p->after, y);
	ddl = rt_ddl_add(p->out, "%s", sql.p);
	if (wants_empty_table(p->after, y))
		ddl->note = "fails where there are rows: they have no value "
			    "for it";
	rt_pg_column_extras(p->after, y, p->out);
	rt_pg_comment(p->after, y, false, p->out);
	rt_str_free(&sql);
}
