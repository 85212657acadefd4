/* SPDX-License-Identifier: MIT */
/*
 * What a statement does to which object, and which it uses: what it takes to
 * say whether two statements get in each other's way.  A reader of words that
 * knows where names stand, not a parser of SQL: what it does not know it
 * skips, and where it cannot tell (an unqualified column of two tables) it
 * says rather too much.
 *
 * Names are as the database has them, as in retort_sql_object.
 */
#ifndef RT_TEXT_SQLTOUCH_H
#define RT_TEXT_SQLTOUCH_H

#include <retort/sql.h>

#include "base/arena.h"
#include "base/sv.h"
#include "base/vec.h"

/* X(NAME, "what it does to an object", "… to it", of a sentence) */
#define RT_TOUCHES(X)                                                         \
	X(CREATE, "creates")                                                  \
	X(DROP, "drops")                                                      \
	X(RENAME, "renames")      /* away; or moves to another schema */      \
	X(BECOME, "renames to")   /* the new name */                          \
	X(ADD, "adds")            /* a column, a constraint, an enum value */ \
	X(ALTER, "alters")                                                    \
	X(USE, "uses")            /* needs it to be there */                  \
	X(FIRE, "puts a trigger on")                                          \
	X(READ, "reads rows of")                                              \
	X(INSERT, "adds rows to")                                             \
	X(UPDATE, "updates")                                                  \
	X(DELETE, "deletes rows of")                                          \
	X(OPAQUE, "runs")         /* what its text does not tell */

typedef enum rt_touch_verb {
#define RT_TOUCH_ENUM_(name, word) RT_TOUCH_##name,
	RT_TOUCHES(RT_TOUCH_ENUM_)
#undef RT_TOUCH_ENUM_
} rt_touch_verb;

/* Objects that share their names; X(NAME, "word") */
typedef enum rt_touch_space {
	RT_TOUCH_SPACE_RELATION,   /* tables, views, indexes, sequences */
	RT_TOUCH_SPACE_TYPE,       /* domains too */
	RT_TOUCH_SPACE_FUNCTION,
	RT_TOUCH_SPACE_SCHEMA,
	RT_TOUCH_SPACE_TRIGGER,
	RT_TOUCH_SPACE_CONSTRAINT, /* "table.constraint" */
	RT_TOUCH_SPACE_COMMENT,    /* "column t.c" */
	RT_TOUCH_SPACE_GRANT,
	RT_TOUCH_SPACE_DEFAULT,    /* "tables:schema", "tables:*" */
	RT_TOUCH_SPACE_OTHER       /* "extension x", "role y", "policy t.p" */
} rt_touch_space;

enum {
	RT_TOUCH_TOLERANT = 1, /* IF EXISTS, IF NOT EXISTS, OR REPLACE */
	RT_TOUCH_TYPE = 2,     /* ALTER of a column's type */
	RT_TOUCH_VIEW = 4,     /* USE by a view's definition */
	RT_TOUCH_VALUE = 8,    /* ALTER of a column's default */
	RT_TOUCH_NULLS = 16,   /* ALTER of whether a column takes NULL */
	RT_TOUCH_NEEDS = 32,   /* from then on a column must have a value */
	RT_TOUCH_ONCE = 64,    /* ALTER: the second time, it fails */
	RT_TOUCH_PASSING = 128 /* CREATE: gone with the transaction */
};

typedef struct rt_touch {
	rt_touch_verb verb;
	rt_touch_space space;
	const char *kind; /* "table", "materialized view", …; static */
	const char *name;
	/* A column of a relation, "*" for all by their places (INSERT without
	 * a list, LIKE, a view of *), "=word" for a property (owner); "" for
	 * the object as such. */
	const char *part;
	int arity;        /* of a function; -1 = not known */
	unsigned flags;
	/* UPDATE, DELETE … WHERE where_column = where_value and nothing else;
	 * NULL otherwise. */
	const char *where_column, *where_value;
	/* CREATE: the table that brings it along (an index by a constraint,
	 * the type of a table's rows); NULL = none. */
	const char *of;
	/* INSERT: the columns it names, "\na\nb\n"; NULL = all. */
	const char *list;
} rt_touch;

typedef RT_VEC(rt_touch) rt_touches;

/*
 * All touches of a statement, in the order of the text.  Bodies of functions
 * and triggers are read for what they use, those of DO for what they do.
 *   out:  appended to *out; texts in the arena
 *   cost: O(n), where several tables meet in one query O(words × tables)
 */
void rt_sql_touches(rt_sv sql, retort_dialect dialect, rt_arena *arena,
		    rt_touches *out);

/* "drops"; static. */
const char *rt_touch_word(rt_touch_verb verb);

#endif
