/* SPDX-License-Identifier: MIT */
/*
 * From the rows of sqlite_schema to a schema.
 */
#ifndef RT_SCHEMA_SQLITE_CATALOG_H
#define RT_SCHEMA_SQLITE_CATALOG_H

#include "schema/model.h"
#include "schema/sqlite_table.h"

/* One row. */
typedef struct rt_sqlite_entry {
	rt_sqlite_table read;
	rt_sqlite_names columns;
	const char *type; /* "table", … as SQLite calls it */
	size_t handle;    /* in the builder */
} rt_sqlite_entry;

typedef struct rt_sqlite_catalog {
	rt_arena arena;
	RT_VEC(rt_sqlite_entry) v;
	rt_map by_name;        /* tables and views, in lower case -> v */
	rt_sqlite_names names; /* of anything, in lower case */
} rt_sqlite_catalog;

#define RT_SQLITE_CATALOG_INIT                                                \
	{ RT_ARENA_INIT, RT_VEC_INIT, RT_MAP_INIT, RT_SQLITE_NAMES_INIT }

void rt_sqlite_catalog_free(rt_sqlite_catalog *catalog);

/* Add a row; its text is copied.  The entry stays where it is until the next
 * one is added. */
const rt_sqlite_entry *rt_sqlite_catalog_add(rt_sqlite_catalog *catalog,
					     const char *type,
					     const char *sql);

/* Make objects of all rows. */
void rt_sqlite_catalog_build(rt_sqlite_catalog *catalog, rt_schema_builder *b);

/* The entry of a table or view, in any case; NULL if there is none. */
rt_sqlite_entry *rt_sqlite_catalog_find(const rt_sqlite_catalog *catalog,
					const char *name);

/* For sqlite_catalog.c: a table's columns and constraints. */
void rt_sqlite_catalog_table(const rt_sqlite_catalog *catalog,
			     const rt_sqlite_entry *entry,
			     rt_schema_builder *b);

/* "a, b DESC" of a list of columns, in one spelling, appended. */
void rt_sqlite_columns(rt_str *out, rt_sv list, const rt_sqlite_names *names);

#endif
