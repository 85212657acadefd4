/* SPDX-License-Identifier: MIT */
/*
 * The journal table: one row per run of a revision.  Statements as text;
 * reading over a connection.
 */
#ifndef RT_DB_JOURNAL_H
#define RT_DB_JOURNAL_H

#include <retort/database.h>

#include "base/arena.h"
#include "db/conn.h"

typedef struct rt_journal_table {
	const char *schema; /* NULL = the default one */
	const char *table;  /* "retort_journal" */
	retort_dialect dialect;
} rt_journal_table;

/* CREATE TABLE IF NOT EXISTS … (and its schema, if it has one of its own):
 * one statement per call; false when there is no statement number i. */
bool rt_journal_create_sql(const rt_journal_table *t, unsigned i, rt_str *out);

/*
 * INSERT of a row; row->id is not used.  began and ended may be NULL: the
 * server's clock is taken then (began: the transaction's start).
 */
void rt_journal_insert_sql(const rt_journal_table *t,
			   const retort_journal_row *row, rt_str *out);

/* UPDATE of the newest row of row->revision: outcome, statements_done, error,
 * sqlstate, ended. */
void rt_journal_update_sql(const rt_journal_table *t,
			   const retort_journal_row *row, rt_str *out);

/* Whether the table is there; one round trip. */
RETORT_MUST_CHECK int rt_journal_exists(const rt_journal_table *t,
					rt_conn *conn, bool *exists,
					retort_error *err);

/*
 * Read rows, newest first.
 *   in:   revision, NULL = all; limit, 0 = all
 *   out:  *rows and *n in arena; none where the table is missing
 */
RETORT_MUST_CHECK int rt_journal_read(const rt_journal_table *t, rt_conn *conn,
				      const char *revision, size_t limit,
				      rt_arena *arena,
				      retort_journal_row **rows, size_t *n,
				      retort_error *err);

/* The same of the newest run of every revision for which it did not end
 * "ok". */
RETORT_MUST_CHECK int
rt_journal_read_troubles(const rt_journal_table *t, rt_conn *conn,
			 rt_arena *arena, retort_journal_row **rows,
			 size_t *n, retort_error *err);

#endif
