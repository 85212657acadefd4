/* SPDX-License-Identifier: MIT */
/*
 * Read the CREATE statements that SQLite keeps in sqlite_schema.
 *
 * Half of what a table is stands nowhere else: checks, generated
 * expressions, names of constraints, ON CONFLICT, DEFERRABLE.  The text is
 * known to be right, since SQLite has accepted it; so this reader never
 * fails, and on anything else it gives what it could make out.
 *
 * All views are into the text; names are without quotes, in the arena.
 *
 * Source: "SQL As Understood By SQLite", CREATE TABLE and its companions.
 */
#ifndef RT_SCHEMA_SQLITE_TABLE_H
#define RT_SCHEMA_SQLITE_TABLE_H

#include "schema/sqlite_lex.h"

typedef enum rt_sqlite_kind {
	RT_SQLITE_OTHER,
	RT_SQLITE_TABLE,
	RT_SQLITE_VIRTUAL_TABLE,
	RT_SQLITE_INDEX,
	RT_SQLITE_VIEW,
	RT_SQLITE_TRIGGER
} rt_sqlite_kind;

typedef enum rt_sqlite_constraint_kind {
	RT_SQLITE_PRIMARY_KEY,
	RT_SQLITE_UNIQUE,
	RT_SQLITE_CHECK,
	RT_SQLITE_FOREIGN_KEY
} rt_sqlite_constraint_kind;

#define RT_SQLITE_NO_COLUMN ((size_t)-1)

typedef struct rt_sqlite_column {
	const char *name;
	rt_sv type;               /* as written; empty = none */
	bool not_null;
	const char *not_null_name; /* CONSTRAINT … NOT NULL; "" = none */
	const char *conflict;     /* NOT NULL ON CONFLICT …: "replace"; "" */
	rt_sv standard;           /* DEFAULT …, as written */
	rt_sv generated;          /* the expression, without parentheses */
	bool stored;
	const char *collation;    /* "" = none */
} rt_sqlite_column;

typedef struct rt_sqlite_constraint {
	rt_sqlite_constraint_kind kind;
	const char *name;       /* "" = none */
	size_t column;          /* it stands at; RT_SQLITE_NO_COLUMN = it
				   stands behind the columns */
	rt_sv body;             /* the expression, or the columns */
	const char *conflict;   /* "replace"; "" = none */
	bool descending;        /* PRIMARY KEY DESC at a column */
	bool autoincrement;
	const char *references; /* the other table */
	rt_sv columns;          /* its columns; empty = its key */
	const char *on_update, *on_delete; /* "SET NULL"; "" = none */
	const char *match;      /* "" = none */
	bool deferrable, deferred;
} rt_sqlite_constraint;

typedef struct rt_sqlite_table {
	rt_arena arena;
	rt_sqlite_kind kind;
	bool unique;            /* an index */
	const char *name;
	const char *on;         /* an index's, a trigger's table */
	rt_sv rest;             /* behind the name */
	rt_sv body;             /* an index: the columns */
	rt_sv where;            /* an index: its WHERE; empty = none */
	RT_VEC(rt_sqlite_column) columns;
	RT_VEC(rt_sqlite_constraint) constraints;
	bool strict, without_rowid;
} rt_sqlite_table;

/*
 * Read one statement.
 *   in:   sql, any bytes; must live as long as what is made of it
 *   own:  caller frees with rt_sqlite_table_free()
 *   cost: O(bytes)
 */
void rt_sqlite_table_read(rt_sqlite_table *table, rt_sv sql);
void rt_sqlite_table_free(rt_sqlite_table *table);

/* Whether a constraint makes its column the rowid's other name. */
bool rt_sqlite_is_rowid(const rt_sqlite_table *table,
			const rt_sqlite_constraint *constraint);

#endif
