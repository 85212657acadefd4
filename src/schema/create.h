/* SPDX-License-Identifier: MIT */
/*
 * The SQL that makes an object: what both the dump and the statements of a
 * migration are written with.
 */
#ifndef RT_SCHEMA_CREATE_H
#define RT_SCHEMA_CREATE_H

#include "schema/model.h"

/* One statement, without semicolon. */
typedef struct rt_ddl {
	char *sql;          /* in the list's arena */
	bool autocommit;    /* cannot run in a transaction */
	const char *note;   /* what a reader must know ("drops rows: cannot be
			       undone"); NULL = nothing */
	bool lossy;         /* what it takes away, no statement brings back */
} rt_ddl;

typedef struct rt_ddl_list {
	rt_arena arena;
	RT_VEC(rt_ddl) list;
} rt_ddl_list;

#define RT_DDL_LIST_INIT { RT_ARENA_INIT, RT_VEC_INIT }

void rt_ddl_list_free(rt_ddl_list *out);

/* Append one statement; printf. */
rt_ddl *rt_ddl_add(rt_ddl_list *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * What a dialect's texts are made with: one row each, in create.c.
 */
typedef struct rt_creator {
	retort_dialect dialect;
	/*
	 * Whether the CREATE of its parent makes an object of this kind, too:
	 * columns and most constraints.  PostgreSQL's foreign keys are
	 * statements of their own, so that tables may refer to each other.
	 */
	bool (*is_inline)(const retort_schema *schema, size_t object);
	/* See rt_create(). */
	void (*create)(const retort_schema *schema, size_t object,
		       rt_ddl_list *out);
} rt_creator;

/* Their lines in create.c's table come with them. */
extern const rt_creator rt_creator_sqlite;
extern const rt_creator rt_creator_postgres;

/*
 * The statements that make an object with its inline parts and the comments
 * on them.  Indexes, triggers and the like are objects of their own.
 *   in:   object, not inline
 */
void rt_create(const retort_schema *schema, size_t object, rt_ddl_list *out);

bool rt_create_is_inline(const retort_schema *schema, size_t object);

/* The object itself, or the one whose CREATE makes it. */
size_t rt_create_carrier(const retort_schema *schema, size_t object);

/*
 * All objects but the inline ones, each behind what it needs; where needs
 * leave a choice, in the order of the schema.  A cycle is cut at its first
 * object, and what only waits for one comes behind it.
 *   out:  *n indexes; caller frees with free()
 *   cost: O((objects + needs) (log objects + cycles))
 *   source: Kahn, Topological sorting of large networks, CACM 5 (1962)
 */
size_t *rt_create_order(const retort_schema *schema, size_t *n);

#endif
