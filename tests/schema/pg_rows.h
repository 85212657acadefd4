/* SPDX-License-Identifier: MIT */
/* Rows for whatever tables a PostgreSQL schema has, and what becomes of
 * them. */
#ifndef RT_TEST_PG_ROWS_H
#define RT_TEST_PG_ROWS_H

#include "db/conn.h"
#include "schema/model.h"

/* Two rows for each table, as far as values can be guessed; sequences count
 * on beyond them. */
void pg_rows_fill(rt_conn *conn, const retort_schema *schema);

/*
 * What two schemas have in common: rows, counters, and values of columns with
 * the same type.
 *   in:   now, that of the two which the database has
 *   out:  one text for the whole; caller frees
 */
char *pg_rows_common(rt_conn *conn, const retort_schema *of,
		     const retort_schema *other, const retort_schema *now);

#endif
