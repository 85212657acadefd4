/* SPDX-License-Identifier: MIT */
/*
 * Changing PostgreSQL's schemas: what the files of
 * src/schema/alter_postgres*.c share.
 *
 * Each object of the old schema gets a fate.  Then statements are written in
 * this order:
 *
 *   1. what ties things together is loosened: defaults, inheritance, owners
 *   2. what goes, and what has to be made anew, is dropped, dependents first
 *   3. in the order of the new schema, things are made and altered
 *   4. types that columns have been freed of are dropped
 *   5. what cannot be part of a transaction
 */
#ifndef RT_SCHEMA_ALTER_POSTGRES_H
#define RT_SCHEMA_ALTER_POSTGRES_H

#include "schema/alter.h"
#include "schema/postgres.h"

typedef enum rt_pg_fate {
	RT_PG_KEEP,  /* stays, perhaps altered in place */
	RT_PG_GONE,  /* is dropped */
	RT_PG_REDO,  /* is dropped and made again */
	RT_PG_ASIDE, /* a type that columns use: gets another name until a new
			one has taken its place */
	RT_PG_TAKEN  /* goes, but into something else: nothing to drop */
} rt_pg_fate;

typedef struct rt_pg_plan {
	const retort_diff *diff;
	const retort_schema *before, *after;
	bool online;
	rt_ddl_list *out;
	rt_ddl_list tail; /* what comes last */
	retort_error *err;
	int rc;

	/* For each object of `before`. */
	rt_pg_fate *fate;
	bool *disturbed; /* a column that gets another type */
	bool *bare;      /* a column whose default goes first */
	bool *late;      /* is dropped in step 4 */
	/* For each object of `after`. */
	unsigned long long *changed; /* properties, as in rt_delta */

} rt_pg_plan;

/* Decide the fates.  Sets p->rc. */
void rt_pg_decide(rt_pg_plan *p);

/* Whether the object of `after` is not there before step 3. */
bool rt_pg_is_new(const rt_pg_plan *p, size_t after);

bool rt_pg_changed(const rt_pg_plan *p, size_t after, rt_property property);

/* The part of that kind and name that a table inherits, or RT_NO_OBJECT. */
size_t rt_pg_inherited(const retort_schema *schema, size_t table,
		       retort_kind kind, const char *name);

/* Give up: no statement changes a property of an object of `after`. */
void rt_pg_refuse(rt_pg_plan *p, size_t after, rt_property property);

/* "ALTER TABLE users "; appended. */
void rt_pg_alter(rt_str *out, const retort_schema *schema, size_t object);

/* The name under which a type is set aside; appended, unquoted. */
void rt_pg_aside_name(rt_str *out, const retort_schema *schema, size_t object);

/* ALTER COLUMN and so on, for a column of `after` that stays: x of before. */
void rt_pg_alter_column(rt_pg_plan *p, size_t x, size_t y);

/* ADD COLUMN. */
void rt_pg_add_column(rt_pg_plan *p, size_t y);

/* Steps 1 and 2 for the parts of a table that stays. */
void rt_pg_loosen_table(rt_pg_plan *p, size_t x);
void rt_pg_drop_parts(rt_pg_plan *p, size_t x);

/* Step 3 for a table that stays. */
void rt_pg_alter_table(rt_pg_plan *p, size_t x, size_t y);

/* Likewise for everything else. */
void rt_pg_alter_other(rt_pg_plan *p, size_t x, size_t y);

/* Make what is new of a kept table, the online way if asked: an index or a
 * constraint of `after`. */
void rt_pg_make(rt_pg_plan *p, size_t y);

/* Whether an enum's labels only become more, and none of the new ones is
 * used at once. */
bool rt_pg_can_add_labels(const rt_pg_plan *p, size_t x, size_t y);

/* The sequence of a serial column, as SQL; appended. */
void rt_pg_serial_sequence(rt_str *out, const retort_schema *schema,
			   size_t column);

/* "integer" for serial; else the type itself. */
const char *rt_pg_plain_type(const char *type);

/* Whether the column that owns a sequence of `before` is dropped. */
bool rt_pg_owner_goes(const rt_pg_plan *p, size_t sequence);

/* OWNED BY of the sequences of a kept table of `after`, where that is new. */
void rt_pg_own_again(rt_pg_plan *p, size_t table);

/* A sequence that is new to `after`: true if a serial column had it. */
bool rt_pg_take_from_serial(rt_pg_plan *p, size_t sequence);

/* The options of an identity column as ALTER COLUMN wants them: "SET START
 * WITH 5 …", those left out by default. */
void rt_pg_sequence_options(rt_str *out, const char *options);

/* Whether the last number may be outside the new bounds. */
bool rt_pg_sequence_restarts(const char *old, const char *new);

/* How one type becomes another. */
typedef struct rt_pg_cast {
	bool explicit_cast; /* needs USING */
	bool by_text;       /* …through text */
	bool lossy;         /* digits, time, … are cut off without a word */
	bool may_fail;
} rt_pg_cast;
rt_pg_cast rt_pg_cast_of(const char *from, const char *to);

#endif
