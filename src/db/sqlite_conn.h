/* SPDX-License-Identifier: MIT */
/*
 * The SQLite driver's own connection; for src/db/sqlite*.c.
 */
#ifndef RT_DB_SQLITE_CONN_H
#define RT_DB_SQLITE_CONN_H

#include <signal.h>

#include "base/arena.h"
#include "base/vec.h"
#include "db/driver.h"
#include "db/sqlite_lib.h"

typedef struct rt_sqlite_conn {
	rt_conn base;
	rt_sqlite_lib sq;
	sqlite3 *db;
	char *name;             /* as the URL has it, for messages */
	bool read_only;         /* asked for, not found so */
	long lock_timeout;      /* ms */
	long statement_timeout; /* ms; 0 = none */
	int lock_fd;            /* holds the run lock; -1 = none yet */

	RT_VEC(rt_batch_item) items; /* of the open batch */
	size_t next;                 /* the one to run now */

	volatile sig_atomic_t cancelled; /* of the open batch */
	double began, busy_since;        /* ticks */

	rt_arena texts; /* of the last answer */
	size_t texts_size;
	RT_VEC(const char *) cells;
} rt_sqlite_conn;

/* The connection that a driver function was called with. */
rt_sqlite_conn *rt_sqlite_conn_of(rt_conn *conn);

/*
 * Say why an operation failed and fill conn->failure.
 *   in:   code, SQLite's extended result code
 *   out:  returns the RETORT_E… code
 */
int rt_sqlite_error(rt_sqlite_conn *c, int code, retort_error *err);

/* The same for an opening that failed; c->db may be NULL. */
int rt_sqlite_open_error(rt_sqlite_conn *c, int code, retort_error *err);

/*
 * Whether a statement that SQLite has run did what it is for.  Two PRAGMAs
 * say so in ways that nobody hears in a migration, and fail here:
 * foreign_key_check that has found rows, and foreign_keys = OFF inside a
 * transaction, where it does nothing.
 *   in:   rows, how many c->cells hold
 *   err:  EDATABASE
 */
int rt_sqlite_check_effect(rt_sqlite_conn *c, size_t rows, retort_error *err);

/* rt_driver.lock and .unlock. */
int rt_sqlite_lock(rt_conn *conn, uint64_t key, rt_str *holder,
		   retort_error *err);
void rt_sqlite_unlock(rt_conn *conn, uint64_t key);

/* rt_driver.backup. */
int rt_sqlite_backup(rt_conn *conn, const char *path, retort_error *err);

/* Gives the lock's descriptor up; only after sqlite3_close(). */
void rt_sqlite_lock_close(rt_sqlite_conn *c);

#endif
