/* SPDX-License-Identifier: MIT */
/*
 * The version table, byte for byte Alembic's.  Statements as text, so that
 * online runs and `--sql` scripts share them; reading over a connection.
 */
#ifndef RT_DB_VERTAB_H
#define RT_DB_VERTAB_H

#include <retort/plan.h>

#include "base/arena.h"
#include "db/conn.h"

/* Longest id that fits version_num as Alembic and retort make it, in
 * characters; see rt_vertab_width for a table that is there. */
#define RT_VERTAB_ID_LIMIT 32

typedef struct rt_vertab {
	const char *schema; /* NULL = the default one */
	const char *table;  /* "alembic_version" */
	retort_dialect dialect;
} rt_vertab;

/* CREATE TABLE …; `if_missing` adds IF NOT EXISTS. */
void rt_vertab_create_sql(const rt_vertab *t, bool if_missing, rt_str *out);

/* INSERT, UPDATE or DELETE for one change of a plan. */
void rt_vertab_change_sql(const rt_vertab *t, const retort_row_change *change,
			  rt_str *out);

void rt_vertab_delete_all_sql(const rt_vertab *t, rt_str *out);

/*
 * Read the rows in table order: as a plain SELECT gives them, which is what
 * Alembic goes by.
 *   out:  *rows in arena; *exists
 *   cost: at most two round trips
 */
RETORT_MUST_CHECK int rt_vertab_read(const rt_vertab *t, rt_conn *conn,
				     rt_arena *arena, retort_names *rows,
				     bool *exists, retort_error *err);

/*
 * How many characters version_num holds: people widen it.
 *   out:  *width, from the column's declared type; SIZE_MAX for one without
 *         a length
 *   cost: one round trip
 */
RETORT_MUST_CHECK int rt_vertab_width(const rt_vertab *t, rt_conn *conn,
				      size_t *width, retort_error *err);

/* The run lock's key: a hash of schema and table. */
uint64_t rt_vertab_lock_key(const rt_vertab *t);

#endif
