/* SPDX-License-Identifier: MIT */
/*
 * A copy of a whole database, by https://www.sqlite.org/backup.html: it is
 * consistent even while others write.
 */
#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "db/sqlite_conn.h"

enum {
	PAGES = 1024, /* copied between two looks at a cancel */
	PAUSE = 10,   /* ms, while somebody writes */
	PATIENCE = 3000 /* pauses */
};

static int copy(rt_sqlite_conn *c, sqlite3 *to)
{
	sqlite3_backup *backup = c->sq.backup_init(to, "main", c->db,
						   "main");
	int rc = SQLITE_OK, waits = 0;

	if (!backup)
		return c->sq.errcode(to);
	do {
		rc = c->sq.backup_step(backup, PAGES);
		if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED) {
			if (++waits > PATIENCE)
				break;
			c->sq.sleep(PAUSE);
			rc = SQLITE_OK;
		}
	} while (rc == SQLITE_OK && !c->cancelled);
	if (c->cancelled)
		rc = SQLITE_INTERRUPT;
	if (rc == SQLITE_DONE)
		return c->sq.backup_finish(backup);
	(void)c->sq.backup_finish(backup);
	return rc;
}

int rt_sqlite_backup(rt_conn *conn, const char *path, retort_error *err)
{
	rt_sqlite_conn *c = rt_sqlite_conn_of(conn);
	sqlite3 *to = NULL;
	int rc, code = 0;

	c->cancelled = 0;
	rc = c->sq.open_v2(path, &to,
			   SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	if (rc == SQLITE_OK)
		rc = copy(c, to);
	if (rc == SQLITE_INTERRUPT)
		code = rt_err_set(err, RETORT_ECANCELLED,
				  "the backup was cancelled");
	else if (rc != SQLITE_OK)
		code = rt_err_set(err, RETORT_EIO,
				  "cannot write the backup: %s",
				  c->sq.errstr(rc));
	c->sq.close(to);
	if (code) {
		rt_err_at(err, path, 0, 0);
		(void)unlink(path);
	}
	return code;
}
