/* SPDX-License-Identifier: MIT */
/*
 * Pieces of PostgreSQL's statements, for src/schema/create_postgres*.c and
 * alter_postgres*.c.  All append; names are quoted and, where SQL wants it,
 * qualified.
 */
#ifndef RT_SCHEMA_POSTGRES_H
#define RT_SCHEMA_POSTGRES_H

#include "schema/create.h"

/* The text of a property; "" where there is none. */
const char *rt_pg_text(const retort_schema *schema, size_t object,
		       rt_property property);
bool rt_pg_has(const retort_schema *schema, size_t object,
	       rt_property property);

/* A name by itself. */
void rt_pg_name(rt_str *out, const retort_schema *schema, size_t object);

/* What follows ALTER, DROP or COMMENT ON: "TABLE users", "INDEX audit.i",
 * "TRIGGER t ON users", "CONSTRAINT c ON users", "COLUMN users.id". */
void rt_pg_whole_name(rt_str *out, const retort_schema *schema, size_t object);

/* "TABLE", "FOREIGN TABLE", "MATERIALIZED VIEW", "TYPE", …: the word for
 * ALTER and DROP. */
const char *rt_pg_kind_word(retort_kind kind);

/* "id integer NOT NULL", as in CREATE TABLE and ADD COLUMN. */
void rt_pg_column(rt_str *out, const retort_schema *schema, size_t column);

/* "CONSTRAINT c CHECK (…)", with NOT VALID where it is so. */
void rt_pg_constraint(rt_str *out, const retort_schema *schema, size_t object);

/* Statements that a column wants besides its definition: storage, a
 * view's default. */
void rt_pg_column_extras(const retort_schema *schema, size_t column,
			 rt_ddl_list *out);

/* COMMENT ON, where there is a comment; or IS NULL if `null`. */
void rt_pg_comment(const retort_schema *schema, size_t object, bool null,
		   rt_ddl_list *out);

/* ENABLE, DISABLE … of a trigger, a rule or an event trigger. */
void rt_pg_enable(const retort_schema *schema, size_t object,
		  rt_ddl_list *out);

/* ALTER TABLE … REPLICA IDENTITY as the table has it. */
void rt_pg_replica_identity(const retort_schema *schema, size_t table,
			    rt_ddl_list *out);

/* What the column overrides of its parent table's. */
void rt_pg_override(const retort_schema *schema, size_t column,
		    rt_ddl_list *out);

/* Whether a column is inherited, and only overrides something. */
bool rt_pg_is_override(const retort_schema *schema, size_t column);

/* ALTER SEQUENCE … OWNED BY, of all that a table's columns own. */
void rt_pg_own_sequences(const retort_schema *schema, size_t table,
			 rt_ddl_list *out);

#endif
