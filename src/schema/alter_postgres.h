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
	RT_PG_ASIDE, /* a type that columns use, or a sequence: gets another
			name until a new one has taken its place */
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

/* A column on its way from x of `before` to y of `after`. */
typedef struct rt_pg_change {
	rt_pg_plan *p;
	size_t x, y;
	const char *table;  /* "ALTER TABLE users " */
	const char *column; /* quoted */
	bool composite;     /* an attribute */
} rt_pg_change;

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

/* "integer" for serial; else the type itself. */
const char *rt_pg_plain_type(const char *type);

/* Whether the column that owns a sequence of `before` is dropped. */
bool rt_pg_owner_goes(const rt_pg_plan *p, size_t sequence);

/* --- numbers --- */

/* By what a column counts. */
typedef enum rt_pg_count {
	RT_PG_UNCOUNTED,
	RT_PG_SERIAL,
	RT_PG_IDENTITY,
	RT_PG_SEQUENCE /* one that is an object and stands in its default */
} rt_pg_count;

typedef struct rt_pg_counter {
	rt_pg_count by;
	size_t sequence;     /* the object, or RT_NO_OBJECT */
	const char *type;    /* "bigint", unless the options say another */
	const char *options; /* as in CREATE SEQUENCE */
	rt_str name;         /* the sequence's, as SQL */
} rt_pg_counter;

#define RT_PG_NO_COUNTER                                                      \
	{ RT_PG_UNCOUNTED, RT_NO_OBJECT, "", "", RT_STR_INIT }

void rt_pg_counter_free(rt_pg_counter *c);

/* That of a sequence which is an object. */
void rt_pg_sequence_counter(rt_pg_counter *c, const retort_schema *schema,
			    size_t sequence);

/* That of a column; RT_PG_UNCOUNTED where there is none. */
void rt_pg_counter_of(rt_pg_counter *c, const retort_schema *schema,
		      size_t column);

/* The sequence whose next number is the column's default, and no more. */
size_t rt_pg_default_sequence(const retort_schema *schema, size_t column);

/* A hidden sequence as SQL: the server calls it "table_column_seq", both cut
 * to fit, where the table is; appended.
 *   in:   word, "seq" or what else stands at its end */
void rt_pg_hidden_name(rt_str *out, const retort_schema *schema,
		       size_t column, const char *word);

/* The part of such a name that RENAME TO wants. */
const char *rt_pg_own_name(const retort_schema *schema, size_t column,
			   const char *sql);

/*
 * Alter a sequence where it is; it goes on where it was, unless what it began
 * with has moved and it has not got there yet; false if it now counts in the
 * other direction and begins anew.
 *   in:   statement, "ALTER SEQUENCE s " or "ALTER TABLE t ALTER COLUMN c ",
 *         set, what stands before each option: "" or "SET "
 */
bool rt_pg_recount(rt_ddl_list *out, const char *statement, const char *set,
		   const rt_pg_counter *from, const rt_pg_counter *to);

/* Give one sequence's last number to another; false, and nothing, if they
 * count in different directions. */
bool rt_pg_carry(rt_ddl_list *out, const rt_pg_counter *from,
		 const rt_pg_counter *to);

/* Let it go on behind the rows of a column of `after`. */
void rt_pg_count_rows(const rt_pg_plan *p, const rt_pg_counter *to,
		      size_t column);

/* Step 3 for a sequence that stays. */
void rt_pg_alter_own_sequence(rt_pg_plan *p, size_t x, size_t y);

/* OWNED BY of the sequences of a kept table of `after`, where that is new. */
void rt_pg_own_again(rt_pg_plan *p, size_t table);

/* What becomes of a sequence that `after` does not have. */
rt_pg_fate rt_pg_sequence_fate(rt_pg_plan *p, size_t sequence);

/* Steps 1 and 3 for what a column counts by; the identity that ends, before
 * the column gets another type. */
void rt_pg_loosen_counter(const rt_pg_change *c);
void rt_pg_end_identity(const rt_pg_change *c);
void rt_pg_alter_counter(const rt_pg_change *c);

/* A sequence that is new to `after`: true if a serial column had it. */
bool rt_pg_take_from_serial(rt_pg_plan *p, size_t sequence);

/* How one type becomes another. */
typedef struct rt_pg_cast {
	bool explicit_cast; /* needs USING */
	bool by_text;       /* …through text */
	bool by_integer;    /* …through integer */
	bool lossy;         /* digits, time, … are cut off without a word */
	bool may_fail;
} rt_pg_cast;
rt_pg_cast rt_pg_cast_of(const char *from, const char *to);

#endif
