/* SPDX-License-Identifier: MIT */
/*
 * The run lock on SQLite: a lock of the kernel on one byte of the database
 * file, far behind any byte that SQLite reads, writes or locks.
 *
 * SQLite's own locks last until COMMIT; this one spans a run of many.  It is
 * an open-file-description lock, so two connections in one process exclude
 * each other like two processes, and the end of the process gives it up.
 *
 * It needs a descriptor of its own, and closing any descriptor of a file
 * drops all the POSIX locks that the process has on it, SQLite's among them.
 * So the descriptor stays open until sqlite3_close() has returned.
 *
 * Where kernel or file system has no such locks the run goes on without one:
 * BEGIN IMMEDIATE still keeps transactions apart.
 */
#include "config.h"

#include "db/sqlite_conn.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#ifdef F_OFD_SETLK

static const off_t lock_offset = (off_t)1 << 62;

static struct flock lock_byte(short type)
{
	struct flock byte;

	memset(&byte, 0, sizeof(byte)); /* l_pid must be 0 */
	byte.l_type = type;
	byte.l_whence = SEEK_SET;
	byte.l_start = lock_offset;
	byte.l_len = 1;
	return byte;
}

/* False where there is no file to lock: in memory, or not writable. */
static bool open_lock_file(rt_sqlite_conn *c)
{
	const char *path = c->sq.db_filename(c->db, "main");

	if (c->lock_fd < 0 && path && path[0])
		c->lock_fd = open(path, O_RDWR | O_CLOEXEC);
	return c->lock_fd >= 0;
}

/* The kernel knows the holder of a lock by process only when it is a POSIX
 * lock; for ours it says -1. */
static void name_holder(int fd, rt_str *holder)
{
	struct flock byte = lock_byte(F_WRLCK);

	rt_str_add(holder, "another retort run");
	if (fcntl(fd, F_OFD_GETLK, &byte) == 0 && byte.l_type != F_UNLCK &&
	    byte.l_pid > 0)
		rt_str_addf(holder, " (process %ld)", (long)byte.l_pid);
}

int rt_sqlite_lock(rt_conn *conn, uint64_t key, rt_str *holder,
		   retort_error *err)
{
	rt_sqlite_conn *c = rt_sqlite_conn_of(conn);
	struct flock byte = lock_byte(F_WRLCK);

	(void)key; /* one writer per file, whatever it writes */
	(void)err;
	if (!open_lock_file(c))
		return 1;
	if (fcntl(c->lock_fd, F_OFD_SETLK, &byte) == 0)
		return 1;
	if (errno != EAGAIN && errno != EACCES)
		return 1;
	name_holder(c->lock_fd, holder);
	return 0;
}

void rt_sqlite_unlock(rt_conn *conn, uint64_t key)
{
	rt_sqlite_conn *c = rt_sqlite_conn_of(conn);
	struct flock byte = lock_byte(F_UNLCK);

	(void)key;
	if (c->lock_fd >= 0)
		(void)fcntl(c->lock_fd, F_OFD_SETLK, &byte);
}

#else /* !F_OFD_SETLK */

int rt_sqlite_lock(rt_conn *conn, uint64_t key, rt_str *holder,
		   retort_error *err)
{
	(void)conn;
	(void)key;
	(void)holder;
	(void)err;
	return 1;
}

void rt_sqlite_unlock(rt_conn *conn, uint64_t key)
{
	(void)conn;
	(void)key;
}

#endif

void rt_sqlite_lock_close(rt_sqlite_conn *c)
{
	if (c->lock_fd >= 0)
		(void)close(c->lock_fd);
	c->lock_fd = -1;
}
