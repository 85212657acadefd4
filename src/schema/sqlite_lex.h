/* SPDX-License-Identifier: MIT */
/*
 * Words of SQLite's schema text: a cursor over tokens, and the one spelling
 * in which two texts that mean the same are equal.
 */
#ifndef RT_SCHEMA_SQLITE_LEX_H
#define RT_SCHEMA_SQLITE_LEX_H

#include <retort/sql.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

/* Stands on a token that is neither space nor comment. */
typedef struct rt_sqlite_cursor {
	rt_sv text;
	retort_token token; /* length 0 = the end */
	size_t at;          /* behind the token */
	size_t before;      /* where the token before it ended */
} rt_sqlite_cursor;

void rt_sqlite_begin(rt_sqlite_cursor *c, rt_sv text);
void rt_sqlite_next(rt_sqlite_cursor *c);

/* The token's text; empty at the end. */
rt_sv rt_sqlite_text(const rt_sqlite_cursor *c);

/* Whether it stands on an unquoted word (any case), on a mark. */
bool rt_sqlite_is(const rt_sqlite_cursor *c, const char *word);
bool rt_sqlite_is_mark(const rt_sqlite_cursor *c, char mark);

/* Go past it, if it is there. */
bool rt_sqlite_skip(rt_sqlite_cursor *c, const char *word);
bool rt_sqlite_skip_mark(rt_sqlite_cursor *c, char mark);

/* Whether it stands on what SQLite takes for a name: a word, quoted or not,
 * or a string. */
bool rt_sqlite_is_name(const rt_sqlite_cursor *c);

/* The name without its quotes, and go past it; "" where there is none. */
const char *rt_sqlite_name(rt_sqlite_cursor *c, rt_arena *arena);

/* On "(": what stands between it and its ")", and go past that. */
rt_sv rt_sqlite_group(rt_sqlite_cursor *c);

/* Text from the token to the last one, without what is only space and
 * comment at the end. */
rt_sv rt_sqlite_rest(const rt_sqlite_cursor *c);

/* The next piece between commas that stand in no parentheses; false at the
 * end.  *rest.p is NULL then. */
bool rt_sqlite_piece(rt_sv *rest, rt_sv *piece);

/* A name's text without its quotes, appended. */
void rt_sqlite_unquote(rt_str *out, rt_sv name);

/* Names that have one spelling, whatever case and quotes they come in. */
typedef struct rt_sqlite_names {
	rt_arena arena;
	rt_map map; /* in lower case -> place in `as` */
	RT_VEC(const char *) as;
} rt_sqlite_names;

#define RT_SQLITE_NAMES_INIT { RT_ARENA_INIT, RT_MAP_INIT, RT_VEC_INIT }

void rt_sqlite_names_free(rt_sqlite_names *names);

/* The first of two that differ by case counts. */
void rt_sqlite_names_add(rt_sqlite_names *names, const char *name);

/* How a name is to be spelt, or NULL. */
const char *rt_sqlite_names_find(const rt_sqlite_names *names, rt_sv name);

/*
 * Text in its one spelling, appended: no comments, one space where there is
 * space, keywords in upper case, other words in lower case, the known names
 * as they are to be spelt.  SQL still, and with the same meaning, if `names`
 * are all that can be meant: what stands in double quotes and is none of them
 * is a string to SQLite.  Where names is NULL it keeps its quotes.
 *   cost: O(bytes log names)
 */
void rt_sqlite_normal(rt_str *out, rt_sv text, const rt_sqlite_names *names);

/* The same for a declared type: upper case, "VARCHAR(20)". */
void rt_sqlite_normal_type(rt_str *out, rt_sv text);

#endif
