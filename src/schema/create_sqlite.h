/* SPDX-License-Identifier: MIT */
/*
 * Pieces of SQLite's CREATE statements, which ALTER is written with, too.
 */
#ifndef RT_SCHEMA_CREATE_SQLITE_H
#define RT_SCHEMA_CREATE_SQLITE_H

#include "schema/create.h"

/* CREATE TABLE …, under another name than its own; appended. */
void rt_sqlite_create_table(rt_str *out, const retort_schema *schema,
			    size_t table, const char *name);

/* "email TEXT NOT NULL DEFAULT ''", without keys; appended. */
void rt_sqlite_create_column(rt_str *out, const retort_schema *schema,
			     size_t column);

/* "REFERENCES t (a) ON DELETE CASCADE" of a foreign key. */
const char *rt_sqlite_reference(const retort_schema *schema, size_t key);

/* A check, or a foreign key of one column, as it stands at that column: with
 * a space in front; appended. */
void rt_sqlite_create_at_column(rt_str *out, const retort_schema *schema,
				size_t constraint);

/*
 * The column that is a table's whole primary key, which then stands at the
 * column; RT_NO_OBJECT if it has none such.
 *   out:  *key, the table's primary key, or RT_NO_OBJECT
 */
size_t rt_sqlite_key_column(const retort_schema *schema, size_t table,
			    size_t *key);

/* Whether that column is another name of the rowid. */
bool rt_sqlite_has_rowid_column(const retort_schema *schema, size_t table);

#endif
