/* SPDX-License-Identifier: MIT */
/*
 * Changing PostgreSQL's schemas: what is new on a table that stays.
 *
 * The online way never reads a table under a lock that stops writers: an
 * index is built concurrently, a constraint comes not valid and is validated
 * in a transaction of its own.
 */
#include "config.h"

#include <string.h>

#include "schema/alter_postgres.h"

static bool is_partitioned(const rt_pg_plan *p, size_t y)
{
	return rt_pg_has(p->after, p->after->v[y].parent,
			 RT_PROPERTY_PARTITION_BY);
}

/* All that rt_create() says, with words put into its first statement. */
static void create_concurrently(rt_pg_plan *p, size_t y)
{
	bool unique = rt_pg_has(p->after, y, RT_PROPERTY_UNIQUE);
	const char *head = unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
	rt_ddl_list made = RT_DDL_LIST_INIT;
	size_t i;

	rt_create(p->after, y, &made);
	for (i = 0; i < made.list.n; i++)
		rt_ddl_add(&p->tail, "%s%s%s", i ? "" : head,
			   i ? "" : "CONCURRENTLY ",
			   made.list.v[i].sql + (i ? 0 : strlen(head)))
			->autocommit = true;
	rt_ddl_list_free(&made);
}

static void add_validated(rt_pg_plan *p, size_t y, rt_ddl_list *to)
{
	rt_str table = RT_STR_INIT, name = RT_STR_INIT;
	rt_str constraint = RT_STR_INIT;

	rt_pg_alter(&table, p->after, p->after->v[y].parent);
	rt_pg_name(&name, p->after, y);
	rt_pg_constraint(&constraint, p->after, y);
	rt_ddl_add(to, "%sADD %s NOT VALID", table.p, constraint.p)
		->autocommit = to == &p->tail;
	rt_ddl_add(&p->tail, "%sVALIDATE CONSTRAINT %s", table.p, name.p)
		->autocommit = true;
	rt_pg_comment(p->after, y, false, to);
	rt_str_free(&table);
	rt_str_free(&name);
	rt_str_free(&constraint);
}

/* "UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b)": an index says it in another
 * order. */
static void add_by_index(rt_pg_plan *p, size_t y)
{
	const char *definition = rt_pg_text(p->after, y,
					    RT_PROPERTY_DEFINITION);
	const char *columns = strchr(definition, '(');
	const char *wait = rt_pg_text(p->after, y, RT_PROPERTY_DEFERRABLE);
	rt_str table = RT_STR_INIT, name = RT_STR_INIT, alter = RT_STR_INIT;

	rt_object_sql(&table, p->after, p->after->v[y].parent);
	rt_pg_name(&name, p->after, y);
	rt_pg_alter(&alter, p->after, p->after->v[y].parent);
	rt_ddl_add(&p->tail, "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s %s%s",
		   name.p, table.p, columns,
		   strstr(definition, "NULLS NOT DISTINCT") ?
			   " NULLS NOT DISTINCT" : "")->autocommit = true;
	rt_ddl_add(&p->tail, "%sADD CONSTRAINT %s %s USING INDEX %s%s",
		   alter.p, name.p,
		   p->after->v[y].kind == RETORT_KIND_PRIMARY_KEY ?
			   "PRIMARY KEY" : "UNIQUE",
		   name.p, !*wait ? "" : strstr(wait, "deferred") ?
			   " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE")
		->autocommit = true;
	rt_pg_comment(p->after, y, false, &p->tail);
	rt_str_free(&table);
	rt_str_free(&name);
	rt_str_free(&alter);
}

/* Whether what it needs comes only in the tail. */
static bool waits(const rt_pg_plan *p, size_t y)
{
	const rt_object *o = &p->after->v[y];
	size_t i;

	for (i = 0; i < o->n_needs; i++) {
		retort_kind kind = p->after->v[o->needs[i]].kind;

		if ((kind == RETORT_KIND_UNIQUE ||
		     kind == RETORT_KIND_PRIMARY_KEY ||
		     kind == RETORT_KIND_INDEX) &&
		    rt_pg_is_new(p, o->needs[i]))
			return true;
	}
	return false;
}

/* A constraint's CREATE is the ALTER TABLE that adds it, wherever it stands
 * in a new table. */
static void add_constraint(rt_pg_plan *p, size_t y)
{
	rt_str table = RT_STR_INIT, constraint = RT_STR_INIT;

	rt_pg_alter(&table, p->after, p->after->v[y].parent);
	rt_pg_constraint(&constraint, p->after, y);
	rt_ddl_add(p->out, "%sADD %s", table.p, constraint.p);
	rt_pg_comment(p->after, y, false, p->out);
	rt_str_free(&table);
	rt_str_free(&constraint);
}

void rt_pg_make(rt_pg_plan *p, size_t y)
{
	retort_kind kind = p->after->v[y].kind;
	bool table = p->after->v[p->after->v[y].parent].kind ==
		     RETORT_KIND_TABLE;
	bool valid = !rt_pg_has(p->after, y, RT_PROPERTY_NOT_VALID);
	bool online = p->online && table && !is_partitioned(p, y);

	if (kind == RETORT_KIND_INDEX && online)
		create_concurrently(p, y);
	else if (kind == RETORT_KIND_FOREIGN_KEY && online && valid)
		add_validated(p, y, waits(p, y) ? &p->tail : p->out);
	else if (kind == RETORT_KIND_CHECK && online && valid)
		add_validated(p, y, p->out);
	else if ((kind == RETORT_KIND_UNIQUE ||
		  kind == RETORT_KIND_PRIMARY_KEY) && online &&
		 !rt_pg_has(p->after, y, RT_PROPERTY_OPTIONS) &&
		 !rt_pg_has(p->after, y, RT_PROPERTY_TABLESPACE))
		add_by_index(p, y);
	else if (rt_create_is_inline(p->after, y))
		add_constraint(p, y);
	else
		rt_create(p->after, y, p->out);
}
