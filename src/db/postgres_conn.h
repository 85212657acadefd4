/* SPDX-License-Identifier: MIT */
/*
 * The PostgreSQL driver's own connection; for src/db/postgres*.c.
 */
#ifndef RT_DB_POSTGRES_CONN_H
#define RT_DB_POSTGRES_CONN_H

#include <signal.h>

#include "base/vec.h"
#include "db/driver.h"
#include "db/postgres_lib.h"

/* Where an item of the batch stands in the message. */
typedef struct rt_pg_item {
	size_t start, size; /* bytes of the message */
	rt_sv copy_data;
} rt_pg_item;

typedef struct rt_pg_conn {
	rt_conn base;
	rt_pq pq;
	PGconn *pg;
	PostgresPollingStatusType want; /* while connecting */
	PGcancel *cancel;
	char *url; /* with its password: never for messages */
	void (*notice)(void *self, const char *text);
	void *self;

	/*
	 * SET statements that go in front of the first message: they cost no
	 * round trip of their own.  Empty once they have taken effect.
	 */
	rt_str settings;
	size_t n_settings;

	rt_str message;          /* the open batch as sent */
	RT_VEC(rt_pg_item) items;
	size_t skip;             /* answers to settings still to come */
	size_t next;             /* item whose answer comes next */
	size_t copied;           /* bytes of its copy_data sent */
	bool copying;            /* the server takes copy_data */
	double asked;            /* ticks: since when the server works */

	volatile sig_atomic_t cancelled; /* of the open batch */

	PGresult *result; /* of the last answer */
	RT_VEC(const char *) cells;
} rt_pg_conn;

/* The connection that a driver function was called with. */
rt_pg_conn *rt_pg_conn_of(rt_conn *conn);

/* rt_driver.start, .open and .close. */
int rt_pg_start(rt_conn **out, const char *url, const rt_conn_options *options,
		retort_error *err);
int rt_pg_open(rt_conn **out, const char *url, const rt_conn_options *options,
	       retort_error *err);
void rt_pg_close(rt_conn *conn);

/*
 * Wait until the socket can be read, or if `write` written.
 *   in:   until, ticks; negative = as long as it takes
 *   out:  true = it can; false = time is up
 *   note: a signal may end the wait early, as if it could
 */
bool rt_pg_wait(const rt_pg_conn *c, bool write, double until);

/*
 * Say why a statement failed and fill conn->failure.
 *   in:   result, that of the failure; NULL = the connection broke
 *   out:  returns the RETORT_E… code
 */
int rt_pg_error(rt_pg_conn *c, const PGresult *result, retort_error *err);

/* The connection is gone: likewise. */
int rt_pg_lost(rt_pg_conn *c, retort_error *err);

/* Why connecting failed, on one line and without the password. */
int rt_pg_connect_error(rt_pg_conn *c, retort_error *err);

/* A URL that libpq cannot read; `why` is libpq's message. */
int rt_pg_url_error(const char *url, const char *why, retort_error *err);

/* Hands a notice on as one line; a PQnoticeReceiver. */
void rt_pg_on_notice(void *conn, const PGresult *result);

/* rt_driver.environment. */
void rt_pg_environment(rt_conn *conn,
		       void (*add)(void *self, const char *text), void *self);

/* rt_driver.lock, .unlock and .blockers. */
int rt_pg_lock(rt_conn *conn, uint64_t key, rt_str *holder, retort_error *err);
void rt_pg_unlock(rt_conn *conn, uint64_t key);
int rt_pg_blockers(rt_conn *conn, rt_str *out, retort_error *err);

#endif
