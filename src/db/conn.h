/* SPDX-License-Identifier: MIT */
/*
 * Connections: the checked front of the driver table.
 */
#ifndef RT_DB_CONN_H
#define RT_DB_CONN_H

#include "db/driver.h"

/*
 * Connect to a URL.
 *   err:  EUNSUPPORTED (scheme; names those there are), ECONNECT, EDATABASE
 *   own:  caller closes
 */
RETORT_MUST_CHECK int rt_conn_open(rt_conn **out, const char *url,
				   const rt_conn_options *options,
				   retort_error *err);
void rt_conn_close(rt_conn *conn); /* NULL allowed */

/*
 * Begin to connect, for options.started: whoever has something else to do
 * first does it while the server works.  Only to be passed on, or closed.
 *   out:  NULL where there is nothing to begin, or it cannot be;
 *         rt_conn_open() says why
 */
rt_conn *rt_conn_start(const char *url, const rt_conn_options *options);

retort_dialect rt_conn_dialect(const rt_conn *conn);

/* Whether a transaction is open, as the driver knows it without asking the
 * server; false when the connection is lost. */
bool rt_conn_in_transaction(const rt_conn *conn);

/* See rt_driver.send and .receive; one batch at a time. */
RETORT_MUST_CHECK int rt_conn_send(rt_conn *conn, const rt_batch_item *items,
				   size_t n, retort_error *err);
RETORT_MUST_CHECK int rt_conn_receive(rt_conn *conn, int wait,
				      rt_answer *answer, retort_error *err);

/* Run statements whose answers do not matter; sql may hold several items of
 * one statement each: n C strings. */
RETORT_MUST_CHECK int rt_conn_run(rt_conn *conn, const char *const *sql,
				  size_t n, retort_error *err);
RETORT_MUST_CHECK int rt_conn_exec(rt_conn *conn, const char *sql,
				   retort_error *err);

/* Run one statement and keep its answer until the next call on conn; one
 * that gives no rows has n_rows 0. */
RETORT_MUST_CHECK int rt_conn_query(rt_conn *conn, const char *sql,
				    rt_answer *answer, retort_error *err);

/* A cell, or NULL. */
const char *rt_answer_cell(const rt_answer *answer, size_t row, size_t column);

/* See rt_driver.cancel, .lock and .unlock; the last two want no batch to be
 * open. */
void rt_conn_cancel(rt_conn *conn);
RETORT_MUST_CHECK int rt_conn_lock(rt_conn *conn, uint64_t key, rt_str *holder,
				   retort_error *err);
void rt_conn_unlock(rt_conn *conn, uint64_t key);

/* See rt_driver.environment. */
void rt_conn_environment(rt_conn *conn,
			 void (*add)(void *self, const char *text), void *self);

/*
 * Write a copy of the whole database to a file that is not there yet.
 *   err:  EEXISTS, EIO, EDATABASE; EUNSUPPORTED (this driver cannot)
 */
RETORT_MUST_CHECK int rt_conn_backup(rt_conn *conn, const char *path,
				     retort_error *err);

/* Who keeps the running statement waiting, one line each, appended to *out;
 * nothing where nobody does or the driver cannot say. */
RETORT_MUST_CHECK int rt_conn_blockers(rt_conn *conn, rt_str *out,
				       retort_error *err);

#endif
