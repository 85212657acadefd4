/* SPDX-License-Identifier: MIT */
/*
 * The SQL that makes an object, and the SQL of a whole schema.
 *
 * What both the dump and the statements of a migration are written with; one
 * table row per dialect.
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

/* What a CREATE leaves out, because it comes later as a statement of its
 * own. */
enum {
	RT_CREATE_NO_FOREIGN_KEYS = 1 << 0 /* a cycle between tables */
};

/*
 * The statements that make an object with its parts: a table with its
 * columns and constraints (inline where the dialect has them so), the
 * comments on them.  Indexes, triggers and the like are objects of their own
 * and not included.
 *   in:   object, not a part that stands in its table's CREATE
 */
void rt_create(const retort_schema *schema, size_t object, unsigned flags,
	       rt_ddl_list *out);

/* Whether the CREATE of its parent makes the object, too. */
bool rt_create_is_inline(const retort_schema *schema, size_t object);

/*
 * All objects in an order in which they can be made: by kind and name, but
 * what is needed first.  Cycles of foreign keys are cut: the keys that close
 * one come last (and rt_create_is_inline() is false for them: *cut).
 *   out:  *order, n indexes of objects that are no inline parts; caller frees
 *         with free()
 *   cost: O(objects + needs) log objects
 *   source: Kahn, Topological sorting of large networks, CACM 5 (1962)
 */
size_t *rt_create_order(const retort_schema *schema, size_t *n);

#endif
