/* SPDX-License-Identifier: MIT */
/*
 * A statement as a list of words, and a place in it: what the files of
 * text/sqltouch*.c share.
 */
#ifndef RT_TEXT_SQLREAD_H
#define RT_TEXT_SQLREAD_H

#include "base/map.h"
#include "base/str.h"
#include "text/sqltouch.h"

/* A token that is neither space nor comment. */
typedef struct rt_word {
	retort_token_kind kind;
	rt_sv text;
} rt_word;

typedef RT_VEC(rt_word) rt_words;

/* Names of WITH. */
typedef RT_VEC(const char *) rt_ctes;

typedef struct rt_reader {
	const rt_word *v;
	size_t at, n; /* the place; the end */
	retort_dialect dialect;
	rt_arena *arena;
	rt_touches *out;
	bool deferred; /* a body that does not run now: everything is a use */
	int depth;     /* of bodies in bodies */
	int nesting;   /* of queries in queries */
	const rt_ctes *hidden; /* by a WITH around: no tables; NULL = none */
} rt_reader;

/* --- sqlread.c: words ---------------------------------------------------- */

void rt_words_read(rt_sv sql, retort_dialect dialect, rt_words *out);

/* Whether a keyword or a mark stands `ahead` words from here. */
bool rt_reader_sees(const rt_reader *r, size_t ahead, const char *word);
bool rt_reader_mark(const rt_reader *r, size_t ahead, char mark);
/* Go past it if it stands here. */
bool rt_reader_skip(rt_reader *r, const char *word);
bool rt_reader_skip_mark(rt_reader *r, char mark);
/* Go past IF [NOT] EXISTS; whether it was there. */
bool rt_reader_skip_if(rt_reader *r);

/* Whether a name may stand here: no reserved word. */
bool rt_reader_name_here(const rt_reader *r, size_t ahead);
/* One part of a name, and go past it; NULL where there is none.  Any word
 * will do. */
const char *rt_reader_part(rt_reader *r);
/* A name with its schema; NULL where there is none. */
const char *rt_reader_name(rt_reader *r);

/* Behind the parenthesis that closes the one at `at`. */
size_t rt_reader_close(const rt_reader *r, size_t at);
/* The next of these words outside parentheses, from here on; r->n if none.
 * words ends in NULL. */
size_t rt_reader_find(const rt_reader *r, const char *const *words);
/* The end of this item: a comma outside parentheses, or the end. */
size_t rt_reader_item(const rt_reader *r);
/* The same reader over [from, to). */
rt_reader rt_reader_range(const rt_reader *r, size_t from, size_t to);

/* --- sqlread.c: touches -------------------------------------------------- */

rt_touch *rt_reader_touch(rt_reader *r, rt_touch_verb verb,
			  rt_touch_space space, const char *kind,
			  const char *name, const char *part);
/* The same of a table or its column. */
rt_touch *rt_reader_table(rt_reader *r, rt_touch_verb verb, const char *name,
			  const char *part);

/* --- sqltouch_query.c ---------------------------------------------------- */

/* What is known while names of a query are read. */
typedef struct rt_scope {
	RT_VEC(const char *) tables;
	RT_VEC(struct rt_alias_of) aliases;
	RT_VEC(struct rt_column_of) columns;
	rt_ctes ctes;
	const char *self; /* the table that the statement changes; NULL */
	bool star;        /* `*` counts */
	unsigned flags;   /* of the touches */
} rt_scope;

struct rt_alias_of {
	const char *alias, *table;
};

struct rt_column_of {
	const char *qualifier, *name; /* qualifier "" = none */
};

/* A name of a table, and what it is called besides (NULL = nothing). */
void rt_scope_table(rt_scope *scope, const char *table, const char *alias);

/* Read the words from here to the end of the reader. */
void rt_scope_read(rt_scope *scope, rt_reader *r);

/* Say what was read: `verb` (USE, READ) of the tables and their columns. */
void rt_scope_end(rt_scope *scope, rt_reader *r, rt_touch_verb verb);

/* [AS] alias, and go past it; NULL where there is none. */
const char *rt_reader_alias(rt_reader *r);

/* The names of the WITHs from here to the end, appended to *out. */
void rt_reader_ctes(const rt_reader *r, rt_ctes *out);

/* SELECT and the like, from here to the end. */
void rt_read_query(rt_reader *r, rt_touch_verb verb, bool star,
		   unsigned flags);

/* --- sqltouch_rows.c ----------------------------------------------------- */

/* INSERT INTO, UPDATE, DELETE FROM, MERGE INTO: behind the first word. */
void rt_read_insert(rt_reader *r);
void rt_read_update(rt_reader *r);
void rt_read_delete(rt_reader *r);
void rt_read_merge(rt_reader *r);

/* --- sqltouch_table.c ---------------------------------------------------- */

/* Behind CREATE TABLE and ALTER TABLE, at the name. */
void rt_read_create_table(rt_reader *r, unsigned flags);
void rt_read_alter_table(rt_reader *r, const char *kind);
/* Types, functions and tables that a column's definition names. */
void rt_read_definition(rt_reader *r, const char *table);

/* --- sqltouch_constraint.c ----------------------------------------------- */

/* Whether a constraint begins here, not a column. */
bool rt_reader_is_constraint(const rt_reader *r);
void rt_touch_constraint(rt_reader *r, rt_touch_verb verb, const char *table,
			 const char *name, unsigned flags);
/* ALTER TABLE … ADD: the constraint that is here. */
void rt_read_constraint(rt_reader *r, const char *table);
/* PostgreSQL: CONSTRAINT k UNIQUE and the like, from here to the end, make
 * an index k. */
void rt_touch_indexes(rt_reader *r, const char *table);

/* --- sqltouch_create.c --------------------------------------------------- */

/* A kind of object. */
typedef struct rt_kind {
	const char *word;
	rt_touch_space space;
	bool on_table;      /* CREATE … ON table */
	const char *plural; /* in default privileges; NULL = none */
} rt_kind;

/* The kind that is named here, and go past it: [OR REPLACE] [TEMP] TABLE.
 *   out:  *flags, TOLERANT added for OR REPLACE; NULL if there is none */
const rt_kind *rt_reader_kind(rt_reader *r, unsigned *flags);
bool rt_kind_is(const rt_kind *kind, const char *word);

/* The name of an object in its space: "extension x", "table.trigger". */
const char *rt_kind_name(rt_reader *r, const rt_kind *kind, const char *name,
			 const char *table);

/* How many arguments stand in the parentheses here; -1 if there are none. */
int rt_reader_arity(const rt_reader *r);

/* The table of ON t, wherever it stands; NULL if there is none. */
const char *rt_reader_on(const rt_reader *r);

/* Behind CREATE. */
void rt_read_create(rt_reader *r);

/* The statements in a string: a function's body. */
void rt_read_string(rt_reader *r, rt_sv string);

/* --- sqltouch.c ---------------------------------------------------------- */

/* Statements in the body of a function, trigger or DO. */
void rt_read_body(rt_reader *r);

#endif
