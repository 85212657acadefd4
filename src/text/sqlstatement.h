/* SPDX-License-Identifier: MIT */
/*
 * The shape of a statement: its verb, what kind of object it is about, the
 * names it begins with, and of ALTER TABLE what is to be done.  A reader of
 * words, as text/sqltouch.h: what it does not know, it leaves as words.
 */
#ifndef RT_TEXT_SQLSTATEMENT_H
#define RT_TEXT_SQLSTATEMENT_H

#include "text/sqlread.h"

typedef enum rt_sql_action_kind {
	RT_SQL_ADD_COLUMN,
	RT_SQL_ADD_CONSTRAINT,
	RT_SQL_DROP_COLUMN,
	RT_SQL_DROP_CONSTRAINT,
	RT_SQL_TYPE,         /* ALTER COLUMN … TYPE */
	RT_SQL_SET_NOT_NULL,
	RT_SQL_DROP_NOT_NULL,
	RT_SQL_RENAME,       /* the table itself */
	RT_SQL_RENAME_COLUMN,
	RT_SQL_RENAME_CONSTRAINT,
	RT_SQL_SET_SCHEMA,
	RT_SQL_VALIDATE,     /* VALIDATE CONSTRAINT */
	RT_SQL_OTHER_ACTION
} rt_sql_action_kind;

/* One action of ALTER TABLE. */
typedef struct rt_sql_action {
	rt_sql_action_kind kind;
	const char *name; /* of the column or constraint; "" for none */
	const char *to;   /* the new name; "" */
	size_t first;     /* its first word */
	rt_reader rest;   /* what follows the name: a column's type and
			     constraints, a constraint's CHECK (…) */
} rt_sql_action;

enum {
	RT_SQL_CONCURRENTLY = 1,
	RT_SQL_IF = 2,         /* IF EXISTS, IF NOT EXISTS, OR REPLACE */
	RT_SQL_TEMPORARY = 4,
	RT_SQL_UNIQUE = 8,
	RT_SQL_CASCADE = 16,   /* DROP, TRUNCATE … CASCADE */
	RT_SQL_ONLY = 32       /* ON ONLY t */
};

typedef struct rt_sql_shape {
	rt_words words;
	const char *verb;   /* the first word, in lower case: "alter"; behind
			       WITH that of the statement proper; "" */
	const char *object; /* of CREATE, ALTER, DROP: "table", "index"; of
			       others "table" where they name tables; "" */
	unsigned flags;
	RT_VEC(const char *) names; /* as the database has them */
	const char *table;  /* ON t of an index or trigger; the table of all
			       others that have one; "" */
	rt_reader rest;     /* behind the names */
	RT_VEC(rt_sql_action) actions; /* of ALTER TABLE */
} rt_sql_shape;

/*
 * Read a statement.
 *   in:   sql, one statement; a view that outlives the shape
 *   out:  *out; texts in the arena; caller disposes
 *   cost: O(n)
 */
void rt_sql_shape_read(rt_sql_shape *out, rt_sv sql, retort_dialect dialect,
		       rt_arena *arena);
void rt_sql_shape_dispose(rt_sql_shape *shape);

/* Whether it begins so: is("drop", "table"); object NULL = any. */
bool rt_sql_shape_is(const rt_sql_shape *shape, const char *verb,
		     const char *object);

/* Whether a word, or several in a row ("not null"), stands outside
 * parentheses, from the reader's place on. */
bool rt_reader_has(const rt_reader *r, const char *words);

/* The place of such words; r->n if they are not there. */
size_t rt_reader_where(const rt_reader *r, const char *words);

/* The reader over all words of the statement. */
rt_reader rt_sql_shape_reader(const rt_sql_shape *shape);

#endif
