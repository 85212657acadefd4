/* SPDX-License-Identifier: MIT */
/* A database in memory on its way to another schema. */
#ifndef RT_TEST_LITE_CHANGE_H
#define RT_TEST_LITE_CHANGE_H

#include "schema/alter.h"
#include "support/lite.h"

/* A database with rows, and the schema it is to have. */
typedef struct lite_change {
	rt_conn *conn;
	retort_schema *before, *after;
	rt_ddl_list up;
} lite_change;

/* In: sql that makes the database, and that makes one as wanted. */
void lite_change_begin(lite_change *c, const char *sql, const char *wanted);
void lite_change_end(lite_change *c);

/* The same database, wanted otherwise. */
void lite_change_again(lite_change *c, const char *wanted);

/* Run the statements in a transaction; rolled back if one fails. */
int lite_change_try(lite_change *c, retort_error *err);

/* The same, which must work, and give the schema wanted. */
void lite_change_run(lite_change *c);

/* Up, and back again. */
void lite_change_both_ways(lite_change *c);

/* With notes; caller frees. */
char *lite_change_sql(const lite_change *c);

/* Fails unless the database has this schema, but for the order of columns. */
void lite_change_expect(const lite_change *c, const retort_schema *want);

#endif
