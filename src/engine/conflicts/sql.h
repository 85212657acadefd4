/* SPDX-License-Identifier: MIT */
/*
 * What the SQL of one side does, against that of the other: what the files
 * sql.c, rules.c and path.c share.
 */
#ifndef RT_ENGINE_CONFLICTS_SQL_H
#define RT_ENGINE_CONFLICTS_SQL_H

#include "engine/conflicts/conflicts.h"
#include "text/sqltouch.h"

/* A touch, and where it stands. */
typedef struct rt_act {
	rt_touch touch;
	unsigned side;
	const rt_leaf *leaf;
	int line;
	const char *sql; /* the statement */
	size_t order;    /* on its side */
	bool own;        /* of an object that its side has made itself */
} rt_act;

/*
 * How two acts get in each other's way, the worst first.
 * X(NAME, conflict id, note, "why", "what to do")
 */
#define RT_CLASHES(X)                                                         \
	X(MAKE, OBJECT, false, "the second of them fails, or is lost",        \
	  "give one of them another name, or make it on one side only")       \
	X(GONE, OBJECT, false,                                                \
	  "what one takes away the other needs, changes or takes away too",   \
	  "let the side that is merged second start from what the first "     \
	  "leaves")                                                           \
	X(CHANGE, OBJECT, false, "the last one wins, or one of them fails",   \
	  "make the change on one side only, or let the second build on the " \
	  "first")                                                            \
	X(VALUES, OBJECT, false, "the order of the values depends on who "    \
	  "comes first", "let the side that is merged second name the place " \
	  "of its value: AFTER or BEFORE")                                    \
	X(PLACE, OBJECT, false,                                               \
	  "the columns that `*`, LIKE or a list without names stands for "    \
	  "depend on who comes first", "name the columns")                    \
	X(VIEW, OBJECT, false,                                                \
	  "the type of a column that a view uses cannot be changed",          \
	  "drop the view before the change, and create it again after it")    \
	X(DEFAULTS, OBJECT, false,                                            \
	  "what is created before it does not get these privileges",          \
	  "grant them to what the other side creates")                        \
	X(ROWS, DATA, false, "the rows depend on who comes first",            \
	  "let the side that is merged second do with the rows what is left " \
	  "to do")                                                            \
	X(NEEDS, DATA, false,                                                 \
	  "the rows lack a column that must have a value",                    \
	  "give the column a default, or the rows a value of it")             \
	X(TRIGGER, DATA, false,                                               \
	  "the trigger fires for these rows or not, depending on who comes "  \
	  "first", "let the side that is merged second do with the rows what "\
	  "is left to do")                                                    \
	X(LACKS, DATA, true,                                                  \
	  "unless it has a default, the rows lack a column that must have a " \
	  "value", "")                                                        \
	X(SEED, DATA, true, "keys that the database makes depend on who "     \
	  "comes first", "")                                                  \
	X(COLUMNS, OBJECT, true, "the order of the columns depends on who "   \
	  "comes first", "")                                                  \
	X(ASPECTS, OBJECT, true, "they do the same, or leave each other's "   \
	  "change alone", "")

typedef enum rt_clash {
	RT_CLASH_NONE = -1,
#define RT_CLASH_ENUM_(name, id, note, why, next) RT_CLASH_##name,
	RT_CLASHES(RT_CLASH_ENUM_)
#undef RT_CLASH_ENUM_
} rt_clash;

/* --- path.c: the search path ----------------------------------- */

/* Where PostgreSQL looks for names without a schema, as the statements of a
 * revision have it; all zero = public. */
typedef struct rt_search_path {
	RT_VEC(const char *) schemas; /* in an arena */
} rt_search_path;

/* Follow a statement that sets or resets it. */
void rt_search_path_read(rt_search_path *path, rt_sv sql, rt_arena *arena);

/* Put the schema to the names that have none; those that might be in several
 * are in each, so touches may be appended. */
void rt_search_path_apply(const rt_search_path *path, rt_touches *touches,
			  rt_arena *arena);

/* rules.c: two acts of different sides on one name of a space. */
rt_clash rt_act_clash(const rt_act *a, const rt_act *b,
		      retort_dialect dialect);

#endif
