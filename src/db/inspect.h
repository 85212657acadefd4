/* SPDX-License-Identifier: MIT */
/*
 * Read the schema of a database from its catalog.
 */
#ifndef RT_DB_INSPECT_H
#define RT_DB_INSPECT_H

#include "db/conn.h"
#include "schema/model.h"

typedef struct rt_inspect_options {
	const char *version_table;        /* left out of the schema… */
	const char *version_table_schema; /* "" = the default */
	bool journal;  /* whether the journal is ours to leave out */
} rt_inspect_options;

/*
 * Read everything that is not the system's, not an extension's and not
 * retort's own.
 *   in:   conn, no batch open; a transaction may be open, and is seen from
 *         inside
 *   out:  *schema; caller frees with retort_schema_free()
 *   err:  EDATABASE, ECONNECT; EUNSUPPORTED (a server that is too old)
 *   cost: PostgreSQL: two round trips, whatever the size.  SQLite: reads
 *         sqlite_schema once and asks the table-valued pragmas in a handful
 *         of statements
 */
RETORT_MUST_CHECK int rt_inspect(rt_conn *conn,
				 const rt_inspect_options *options,
				 retort_schema **schema, retort_error *err);

/* One row a dialect, in inspect.c. */
typedef struct rt_inspector {
	retort_dialect dialect;
	int (*inspect)(rt_conn *conn, const rt_inspect_options *options,
		       retort_schema **schema, retort_error *err);
} rt_inspector;

extern const rt_inspector rt_inspector_sqlite;
extern const rt_inspector rt_inspector_postgres;

#endif
