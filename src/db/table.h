/* SPDX-License-Identifier: MIT */
/*
 * A table by its place: what version table and journal have in common.
 */
#ifndef RT_DB_TABLE_H
#define RT_DB_TABLE_H

#include "db/conn.h"
#include "schema/dialect.h"

typedef struct rt_table {
	const char *schema; /* NULL = the default one */
	const char *name;
	retort_dialect dialect;
} rt_table;

/* "schema.name", quoted where needed. */
void rt_table_add_name(const rt_table *t, rt_str *out);

/* Whether the table is there; asks the catalog, so that the server has no
 * error to log.  One round trip. */
RETORT_MUST_CHECK int rt_table_exists(const rt_table *t, rt_conn *conn,
				      bool *exists, retort_error *err);

#endif
