/* SPDX-License-Identifier: MIT */
/*
 * Reading PostgreSQL's catalog: what the files of src/db/inspect_postgres*.c
 * share.
 *
 * One message carries a query per catalog; each row becomes an object or adds
 * to one.  Rows know each other by address: class, OID and column, as in
 * pg_depend.
 */
#ifndef RT_DB_INSPECT_POSTGRES_H
#define RT_DB_INSPECT_POSTGRES_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "db/inspect.h"

/* The OIDs of the catalogs themselves: the same in every PostgreSQL. */
#define RT_PG_TYPE "1247"
#define RT_PG_PROC "1255"
#define RT_PG_CLASS "1259"
#define RT_PG_ATTRDEF "2604"
#define RT_PG_CONSTRAINT "2606"
#define RT_PG_NAMESPACE "2615"
#define RT_PG_REWRITE "2618"
#define RT_PG_TRIGGER "2620"
#define RT_PG_EXTENSION "3079"
#define RT_PG_POLICY "3256"
#define RT_PG_STATISTICS "3381"
#define RT_PG_COLLATION "3456"
#define RT_PG_EVENT_TRIGGER "3466"

/* A sequence that a column owns, until it is known what becomes of it. */
typedef struct rt_pg_sequence {
	const char *oid, *schema, *name;
	const char *type, *options, *comment;
	const char *nextval; /* the default of a serial column */
	bool unlogged;
	size_t next; /* of the same column, or RT_NO_OBJECT */
} rt_pg_sequence;

/* What is kept of an object while the catalogs are read. */
typedef struct rt_pg_known {
	retort_kind kind;
	size_t parent;  /* a handle, or RT_NO_OBJECT */
	const char *schema, *name;
	size_t columns; /* so far */
} rt_pg_known;

typedef struct rt_pg_reader {
	rt_schema_builder *builder;
	const rt_inspect_options *options;
	const char *default_schema;
	int version; /* of the server: 150020 */
	rt_arena arena;
	rt_map addresses; /* "1259/16384/2" to a handle */
	rt_map names;     /* "public.users", "()public.f" to a handle; of
			     functions with one name the first */
	rt_map owners;    /* columns, "16384/2", to their first sequence */
	RT_VEC(rt_pg_known) known; /* by handle */
	RT_VEC(rt_pg_sequence) sequences;
} rt_pg_reader;

/*
 * A query, and what is made of each row of it.  Cells are NULL where SQL's
 * are.  Most rows are objects:
 *
 *     kind's word, class, OID, schema, name, parent's class, parent's OID,
 *     the properties in the order of `properties`
 */
typedef struct rt_pg_catalog {
	const char *sql;
	void (*row)(rt_pg_reader *r, const struct rt_pg_catalog *catalog,
		    const char *const *cells);
	size_t n_columns; /* in front of the properties */
	const rt_property *properties;
	size_t n_properties;
} rt_pg_catalog;

/*
 * They must be read in this order; sql NULL = the end.  A part "@14{a}{b}" of
 * a query is `a` from that major version on, `b` before.
 */
extern const rt_pg_catalog rt_pg_alone[], rt_pg_tables[], rt_pg_links[];

/* Add an object and give it an address. */
size_t rt_pg_add(rt_pg_reader *r, retort_kind kind, const char *schema,
		 const char *name, size_t parent);

/* Another address of an object. */
void rt_pg_address(rt_pg_reader *r, size_t object, const char *class_oid,
		   const char *oid, const char *column);

/* Whose address it is; a column that is not known is its relation.  Or
 * RT_NO_OBJECT */
size_t rt_pg_find(const rt_pg_reader *r, const char *class_oid,
		  const char *oid, const char *column);

/* Set a property unless NULL or empty. */
void rt_pg_set(rt_pg_reader *r, size_t object, rt_property property,
	       const char *text);

/* Row functions. */
#define RT_PG_ROW(name)                                                       \
	void name(rt_pg_reader *r, const rt_pg_catalog *catalog,              \
		  const char *const *cells)
RT_PG_ROW(rt_pg_row_object);
RT_PG_ROW(rt_pg_row_relation); /* an object, unless it is retort's own */
RT_PG_ROW(rt_pg_row_sequence);
RT_PG_ROW(rt_pg_row_column);
RT_PG_ROW(rt_pg_row_alias);    /* class, OID, column of the same object as
				  class, OID, column */
RT_PG_ROW(rt_pg_row_need);     /* that class, OID, column needs
				  class, OID, column */
RT_PG_ROW(rt_pg_row_body);     /* function's OID, its language, its body */
RT_PG_ROW(rt_pg_row_ignored);  /* kind, count */

#endif
