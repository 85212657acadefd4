/* SPDX-License-Identifier: MIT */
/*
 * The statements that turn one schema into another.
 *
 * What goes is dropped dependents first, what comes is made in the order of
 * its needs, and what stands in the way of a change (a view over a column
 * whose type changes) is dropped and made again.  SQLite's tables are rebuilt
 * by the procedure of https://www.sqlite.org/lang_altertable.html#otheralter
 * where ALTER TABLE cannot do it.
 */
#ifndef RT_SCHEMA_ALTER_H
#define RT_SCHEMA_ALTER_H

#include "schema/create.h"
#include "schema/diff.h"

typedef struct rt_alter_options {
	bool online; /* PostgreSQL: the way that locks least: NOT VALID and
			VALIDATE, indexes built concurrently */
} rt_alter_options;

/*
 * Write the statements.
 *   out:  appended to *out, in order.  Statements that need no transaction
 *         around them (autocommit) come last
 *   err:  EUNSUPPORTED: names the object that no statement changes so
 */
RETORT_MUST_CHECK int rt_alter(const retort_diff *diff,
			       const rt_alter_options *options,
			       rt_ddl_list *out, retort_error *err);

/*
 * SQLite: what sees a table's columns through a view, so that RENAME COLUMN
 * fails or, worse, makes a text of the name.  It stands aside meanwhile.
 *   out:  the statements that drop it, and those that make it again, as it
 *         was with the old name; both empty where there is none
 */
void rt_sqlite_rename_aside(const retort_schema *schema, size_t column,
			    rt_ddl_list *drop, rt_ddl_list *create);

/* One row a dialect; the functions are rt_alter's. */
typedef struct rt_alterer {
	retort_dialect dialect;
	int (*alter)(const retort_diff *diff, const rt_alter_options *options,
		     rt_ddl_list *out, retort_error *err);
} rt_alterer;

/* Their lines in alter.c's table come with them. */
extern const rt_alterer rt_alterer_sqlite;
extern const rt_alterer rt_alterer_postgres;

/*
 * The statement that gives an object another name.
 *   in:   object, a table, view, column, index, constraint, type, sequence,
 *         function, …; to, the new name, unquoted and without schema
 *   err:  EUNSUPPORTED (this kind has no RENAME in this dialect)
 */
RETORT_MUST_CHECK int rt_rename(const retort_schema *schema, size_t object,
				const char *to, rt_ddl_list *out,
				retort_error *err);

#endif
