/* SPDX-License-Identifier: MIT */
/*
 * Drivers: the only place where statements meet a server.
 *
 * A driver runs a *batch*: statements handed over together and answered one
 * by one, in order.  PostgreSQL sends a batch as one message, so that a
 * revision costs one round trip however many statements it has; SQLite runs
 * each statement when its answer is asked for.  A batch of one is a plain
 * statement.  When a statement fails, those behind it in the batch are not
 * run.
 *
 * Only db/conn.c calls through the table; everybody else uses rt_conn_….
 */
#ifndef RT_DB_DRIVER_H
#define RT_DB_DRIVER_H

#include <signal.h>

#include <retort/error.h>

#include "base/str.h"
#include "base/sv.h"

typedef struct rt_conn rt_conn;

/* One statement of a batch; all views must live until it is answered. */
typedef struct rt_batch_item {
	rt_sv sql;       /* exactly one statement, no semicolon */
	rt_sv copy_data; /* COPY … FROM STDIN: its lines; else empty */
} rt_batch_item;

/* The answer to one statement; valid until the next call. */
typedef struct rt_answer {
	size_t item;         /* index in the batch */
	long long affected;  /* rows changed or returned; -1 = not counted */
	size_t n_rows, n_columns;
	const char *const *cells; /* n_rows * n_columns, row by row, as text;
				     NULL = SQL NULL */
	double milliseconds;
} rt_answer;

/* More about the last failure than an error for people says. */
typedef struct rt_failure {
	size_t item;      /* which statement of the batch */
	size_t offset;    /* byte in its sql; SIZE_MAX = unknown */
	char sqlstate[6]; /* "" = none */
	bool lost;        /* the connection is gone */
	bool busy;        /* a lock was not had in time: worth a retry */
	bool cancelled;
} rt_failure;

typedef struct rt_conn_options {
	bool create;        /* SQLite: make a missing file */
	bool read_only;     /* SQLite: open so */
	bool own_process;   /* see retort_project_options */
	const char *database; /* PostgreSQL: another one than the URL's, on
				 its server; NULL = the URL's */
	long lock_timeout;      /* ms; 0 = the server's default,
				   on SQLite 5 s */
	long statement_timeout; /* ms; 0 = none */
	void (*notice)(void *self, const char *text);
	void *self;
	/* From rt_conn_start() with the same URL: it is gone on with.  The
	 * driver owns it from the call on; NULL = none. */
	rt_conn *started;
	/* When it turns nonzero while a server is waited for, connecting ends:
	 * ECANCELLED.  A signal handler may set it; NULL = never. */
	const volatile sig_atomic_t *cancelled;
} rt_conn_options;

enum {
	RT_CAP_BATCH_IS_ONE_TRIP = 1 << 0 /* a batch costs one round trip */
};

typedef struct rt_driver {
	const char *name;           /* "sqlite" */
	const char *const *schemes; /* URL schemes, NULL-ended */
	retort_dialect dialect;
	unsigned caps;

	/*
	 * Connect.  The URL has been checked to have one of the schemes;
	 * what stands behind the scheme is the driver's to read.
	 */
	int (*open)(rt_conn **out, const char *url,
		    const rt_conn_options *options, retort_error *err);
	void (*close)(rt_conn *conn);

	/* Begin to connect and wait for nobody; NULL = there is nobody to
	 * wait for. */
	int (*start)(rt_conn **out, const char *url,
		     const rt_conn_options *options, retort_error *err);

	/* Hand a batch over; n is at least 1, no batch is open. */
	int (*send)(rt_conn *conn, const rt_batch_item *items, size_t n,
		    retort_error *err);

	/* Whether a transaction is open; asks nobody. */
	bool (*in_transaction)(const rt_conn *conn);

	/*
	 * The next answer; it stays valid over the call that says "all
	 * answered".
	 *   in:   wait, ms to wait for it; -1 = as long as it takes
	 *   out:  1 = *answer; 0 = all answered; 2 = not yet
	 *   err:  EDATABASE, ECONNECT, ELOCKED, ECANCELLED; conn->failure is
	 *         filled and the batch is over
	 */
	int (*receive)(rt_conn *conn, int wait, rt_answer *answer,
		       retort_error *err);

	/* Stop the running statement; async-signal-safe. */
	void (*cancel)(rt_conn *conn);

	/*
	 * Try to take the run lock of the database, for the session.
	 *   in:   key, derived from the version table's place
	 *   out:  1 = got it; 0 = somebody has it, *holder says who
	 */
	int (*lock)(rt_conn *conn, uint64_t key, rt_str *holder,
		    retort_error *err);
	void (*unlock)(rt_conn *conn, uint64_t key);

	/* Who else keeps the running statement waiting (PostgreSQL:
	 * pg_blocking_pids, over a second connection); NULL = cannot say. */
	int (*blockers)(rt_conn *conn, rt_str *out, retort_error *err);

	/* The environment variables that lead the server's own programs to
	 * this database, password and all, one "NAME=value" a call; NULL =
	 * there are none. */
	void (*environment)(rt_conn *conn,
			    void (*add)(void *self, const char *text),
			    void *self);

	/* Write a copy of the whole database to a new file; NULL = the server
	 * has tools of its own for that. */
	int (*backup)(rt_conn *conn, const char *path, retort_error *err);
} rt_driver;

/* What every connection begins with; a driver's own struct embeds it. */
struct rt_conn {
	const rt_driver *driver;
	rt_failure failure;
	bool in_batch;
	unsigned long trips; /* batches sent, for tests and benchmarks */
};

/* Every driver built in, NULL-ended. */
extern const rt_driver *const rt_drivers[];

#endif
