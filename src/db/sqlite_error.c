/* SPDX-License-Identifier: MIT */
/* SQLite's result codes as errors for people. */
#include "config.h"

#include "db/sqlite_conn.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/fs.h"

/* By primary result code; those not here are EDATABASE, with what SQLite
 * says. */
static const struct reason {
	int primary;
	int code;
	const char *next;
} reasons[] = {
	{ SQLITE_NOTADB, RETORT_EDATABASE,
	  "check the path in the database URL: the file is something else, "
	  "or encrypted" },
	{ SQLITE_CORRUPT, RETORT_EDATABASE,
	  "restore a backup, or save what can be read with the sqlite3 "
	  "shell's .recover" },
	{ SQLITE_READONLY, RETORT_EDATABASE,
	  "make the file and its folder writable for this user" },
	{ SQLITE_FULL, RETORT_EDATABASE,
	  "make room on the disk, or raise PRAGMA max_page_count" },
	{ SQLITE_IOERR, RETORT_EDATABASE,
	  "check the disk and the file system" },
	{ SQLITE_BUSY, RETORT_ELOCKED,
	  "wait until the other program is done with the database, or raise "
	  "lock_timeout" },
	{ SQLITE_CANTOPEN, RETORT_ECONNECT,
	  "check the path in the database URL, and the permissions of the "
	  "file and its folder" },
	{ SQLITE_PERM, RETORT_ECONNECT,
	  "check the path and the mode in the database URL" },
};

static const struct reason *find_reason(int code)
{
	static const struct reason other = { SQLITE_ERROR, RETORT_EDATABASE,
					     NULL };
	size_t i;

	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].primary == (code & 0xff))
			return &reasons[i];
	return &other;
}

/* Interrupted: by cancel(), or by us after the statement's time. */
static int interrupted(rt_sqlite_conn *c, retort_error *err)
{
	if (c->cancelled) {
		c->base.failure.cancelled = true;
		return rt_err_set(err, RETORT_ECANCELLED, "cancelled");
	}
	rt_err_set(err, RETORT_EDATABASE,
		   "the statement took longer than the statement_timeout of "
		   "%ld ms", c->statement_timeout);
	rt_err_field(err, RETORT_ERROR_NEXT, "raise statement_timeout");
	return RETORT_EDATABASE;
}

/* Where in the statement; SQLite knows it of what does not compile. */
static size_t error_offset(const rt_sqlite_conn *c)
{
	int offset = -1;

#if SQLITE_VERSION_NUMBER >= 3038000
	offset = c->sq.error_offset(c->db);
#endif
	return offset < 0 ? SIZE_MAX : (size_t)offset;
}

static void set_message(rt_sqlite_conn *c, int code, int rc, retort_error *err)
{
	switch (code & 0xff) {
	case SQLITE_NOTADB:
		rt_err_set(err, rc, "'%s' is not a SQLite database", c->name);
		break;
	case SQLITE_BUSY:
		rt_err_set(err, rc, "the database is locked by another "
			   "connection (waited %ld ms)", c->lock_timeout);
		break;
	case SQLITE_READONLY:
		rt_err_set(err, rc, "%s",
			   c->read_only ? "the database is opened read-only" :
					  c->sq.errmsg(c->db));
		break;
	default:
		rt_err_set(err, rc, "%s", c->sq.errmsg(c->db));
	}
}

int rt_sqlite_error(rt_sqlite_conn *c, int code, retort_error *err)
{
	const struct reason *reason = find_reason(code);

	c->base.failure.item = c->next;
	c->base.failure.offset = error_offset(c);
	if ((code & 0xff) == SQLITE_INTERRUPT ||
	    ((code & 0xff) == SQLITE_BUSY && c->cancelled))
		return interrupted(c, err);
	c->base.failure.busy = (code & 0xff) == SQLITE_BUSY;
	set_message(c, code, reason->code, err);
	if (reason->next)
		rt_err_field(err, RETORT_ERROR_NEXT, "%s", reason->next);
	return reason->code;
}

/* SQLite only says "unable to open database file". */
static int cannot_open(rt_sqlite_conn *c, retort_error *err)
{
	char *folder = rt_fs_dirname(c->name);
	int rc;

	if (!rt_fs_is_dir(folder))
		rc = rt_err_set(err, RETORT_ECONNECT,
				"cannot open database '%s': there is no "
				"folder '%s'", c->name, folder);
	else if (rt_fs_is_dir(c->name))
		rc = rt_err_set(err, RETORT_ECONNECT,
				"cannot open database '%s': it is a folder",
				c->name);
	else if (!rt_fs_exists(c->name))
		rc = rt_err_set(err, RETORT_ENOTFOUND,
				"there is no database file '%s'", c->name);
	else
		rc = rt_err_set(err, RETORT_ECONNECT,
				"cannot open database '%s': %s", c->name,
				strerror(EACCES));
	free(folder);
	return rc;
}

int rt_sqlite_open_error(rt_sqlite_conn *c, int code, retort_error *err)
{
	int rc;

	if (!c->db)
		return rt_err_set(err, RETORT_ECONNECT, "%s",
				  c->sq.errstr(code));
	if ((code & 0xff) == SQLITE_CANTOPEN)
		rc = cannot_open(c, err);
	else
		rc = rt_sqlite_error(c, code, err);
	rt_err_field(err, RETORT_ERROR_NEXT, "%s",
		     find_reason(code)->next ? find_reason(code)->next :
					       "check the database URL");
	return rc;
}
