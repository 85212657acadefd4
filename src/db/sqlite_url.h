/* SPDX-License-Identifier: MIT */
/*
 * What a SQLite URL names.
 *
 * SQLAlchemy's forms: sqlite:///relative, sqlite:////absolute, sqlite:// and
 * sqlite:///:memory: in memory.  The path is taken as it stands, without
 * percent-decoding, as SQLAlchemy does.  Of the query, what pysqlite's
 * connect() takes is left aside but for `timeout` (seconds); `mode` and the
 * other parameters of a SQLite file: URI work with and without `uri=true`.
 */
#ifndef RT_DB_SQLITE_URL_H
#define RT_DB_SQLITE_URL_H

#include <retort/error.h>

#include "base/str.h"

typedef struct rt_sqlite_target {
	rt_str name;    /* what to open: a path, ":memory:" or a file: URI */
	bool uri;       /* it is a URI */
	bool read_only; /* mode=ro */
	bool existing;  /* mode=rw: do not create */
	long timeout;   /* ms; 0 = not given */
} rt_sqlite_target;

#define RT_SQLITE_TARGET_INIT { RT_STR_INIT, false, false, false, 0 }

/*
 * Read a URL.
 *   err:  ECONFIG (a host, a user or a port in it)
 *   own:  caller frees target->name
 */
RETORT_MUST_CHECK int rt_sqlite_url_read(const char *url,
					 rt_sqlite_target *target,
					 retort_error *err);

#endif
