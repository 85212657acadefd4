/* SPDX-License-Identifier: MIT */
/* Short words for tests that talk to a database; each fails the test when
 * the call fails. */
#ifndef RT_TEST_DB_H
#define RT_TEST_DB_H

#include "db/conn.h"

rt_conn *db_open(const char *url, const rt_conn_options *options);
void db_exec(rt_conn *conn, const char *sql);

/* The answer's cells: columns joined by "|", rows by "\n", NULL as "~";
 * caller frees. */
char *db_text(rt_conn *conn, const char *sql);

/* Fails unless db_text() gives `want`. */
void db_expect(rt_conn *conn, const char *sql, const char *want);

/* Runs a batch of n statements that must fail with `code`; the error is the
 * caller's to look at and dispose of. */
void db_fail(rt_conn *conn, const char *const *sql, size_t n, int code,
	     retort_error *err);

#endif
