/* SPDX-License-Identifier: MIT */
/*
 * How SQLite's tables change: what alter_sqlite*.c share.
 */
#ifndef RT_SCHEMA_ALTER_SQLITE_H
#define RT_SCHEMA_ALTER_SQLITE_H

#include "schema/alter.h"

typedef enum rt_sqlite_action {
	RT_SQLITE_KEEP,
	RT_SQLITE_CREATE,
	RT_SQLITE_ALTER,  /* ADD COLUMN, DROP COLUMN */
	RT_SQLITE_REBUILD
} rt_sqlite_action;

typedef struct rt_sqlite_alter {
	const retort_diff *diff;
	const retort_schema *before, *after;
	rt_ddl_list *out;
	bool *goes;                 /* for each object of before: it is
				       dropped, be it to be made again */
	rt_sqlite_action *actions;  /* for each object of after */
	size_t *at_column;          /* for each constraint of after: the new
				       column whose ADD brings it, or
				       RT_NO_OBJECT */
	bool guarded; /* PRAGMA foreign_keys = OFF has been said */
} rt_sqlite_alter;

/* Whether a text names something, in any quotes and case. */
bool rt_sqlite_mentions(const char *text, const char *name);

/*
 * What must happen to a table that is in both schemas.
 *   in:   table, of after
 *   out:  a->at_column of its constraints
 */
rt_sqlite_action rt_sqlite_decide(rt_sqlite_alter *a, size_t table);

/* ADD COLUMN, DROP COLUMN. */
void rt_sqlite_alter_columns(rt_sqlite_alter *a, size_t table);

/*
 * Make the table anew under another name, copy the rows, drop the old one,
 * and give the new one its name.  Indexes and triggers are the caller's to
 * make again.
 *   source: https://www.sqlite.org/lang_altertable.html#otheralter
 */
void rt_sqlite_rebuild(rt_sqlite_alter *a, size_t table);

/* What the values of a column lose by its new type, and the old type does
 * not bring back ("numbers keep 15 digits"); static, NULL where nothing. */
const char *rt_sqlite_type_loss(const retort_schema *before, size_t old,
				const retort_schema *after, size_t now);

/* Statement: DROP of what is no inline part. */
void rt_sqlite_drop(const retort_schema *schema, size_t object,
		    rt_ddl_list *out);

/* Where DROP COLUMN is used: what needs something that goes goes, too, and
 * comes back. */
void rt_sqlite_mark_views(rt_sqlite_alter *a);

/* See that no row refers to nothing after that. */
void rt_sqlite_alter_check(rt_sqlite_alter *a);

#endif
