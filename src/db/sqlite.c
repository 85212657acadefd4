/* SPDX-License-Identifier: MIT */
/*
 * The SQLite driver.  A statement of a batch runs when its answer is asked
 * for, to its end: `wait` means nothing here.
 */
#include "config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/err.h"
#include "db/drivers.h"
#include "db/sqlite_conn.h"
#include "db/sqlite_url.h"

enum {
	DEFAULT_LOCK_TIMEOUT = 5000, /* ms */
	PROGRESS_STEPS = 2000 /* of SQLite's machine, well under 1 ms */
};

/* The texts of one answer; a larger one is refused. */
static const size_t answer_limit = (size_t)1 << 30;

rt_sqlite_conn *rt_sqlite_conn_of(rt_conn *conn)
{
	return (rt_sqlite_conn *)conn; /* base comes first */
}

/* SQLite asks while a statement runs: nonzero stops it. */
static int on_progress(void *self)
{
	rt_sqlite_conn *c = self;

	if (c->statement_timeout > 0 &&
	    rt_clock_ticks() - c->began > (double)c->statement_timeout)
		return 1;
	return c->cancelled;
}

/* SQLite asks when somebody else has the lock: 0 gives up. */
static int on_busy(void *self, int count)
{
	static const long pauses[] = { 1, 2, 5, 10, 15, 20, 25, 50 }; /* ms */
	const int last = (int)(sizeof(pauses) / sizeof(pauses[0])) - 1;
	long pause = pauses[count < last ? count : last];
	rt_sqlite_conn *c = self;
	struct timespec ts;
	double left;

	if (count == 0)
		c->busy_since = rt_clock_ticks();
	left = c->busy_since + (double)c->lock_timeout - rt_clock_ticks();
	if (c->cancelled || left <= 0)
		return 0;
	if ((double)pause > left)
		pause = (long)left + 1;
	ts = (struct timespec){ 0, pause * 1000000L };
	(void)nanosleep(&ts, NULL); /* a signal only makes it shorter */
	return 1;
}

static void drop_answer(rt_sqlite_conn *c)
{
	rt_arena_free(&c->texts);
	c->texts_size = 0;
	c->cells.n = 0;
}

static void sqlite_close(rt_conn *conn)
{
	rt_sqlite_conn *c = rt_sqlite_conn_of(conn);

	drop_answer(c);
	rt_vec_free(&c->cells);
	rt_vec_free(&c->items);
	if (c->db)
		(void)c->sq.close(c->db);
	rt_sqlite_lock_close(c);
	free(c->name);
	free(c);
}

/* Opens the file and reads its first page: whether it is a database at all
 * shows only then. */
static int open_database(rt_sqlite_conn *c, const rt_sqlite_target *target,
			 const rt_conn_options *options, retort_error *err)
{
	/* a connection is one thread's, so it needs no lock of its own */
	int flags = SQLITE_OPEN_NOMUTEX | (target->uri ? SQLITE_OPEN_URI : 0);
	int rc;

	if (c->read_only)
		flags |= SQLITE_OPEN_READONLY;
	else if (options->create && !target->existing)
		flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	else
		flags |= SQLITE_OPEN_READWRITE;
	/* SQLite counts the bytes of every allocation under a lock: a tenth
	 * of the time that opening a database of 1,000 tables takes.  It
	 * refuses once it is in use, which is as well. */
	if (options->own_process)
		(void)c->sq.config(SQLITE_CONFIG_MEMSTATUS, 0);
	rc = c->sq.open_v2(target->name.p, &c->db, flags, NULL);
	if (rc == SQLITE_OK) {
		c->sq.extended_result_codes(c->db, 1);
		/* SQLite's default, unless it was built otherwise.  Where
		 * foreign keys are enforced, DROP TABLE deletes what refers
		 * to the table's rows, and no table can be rebuilt. */
		c->sq.db_config(c->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
		c->sq.busy_handler(c->db, on_busy, c);
		c->sq.progress_handler(c->db, PROGRESS_STEPS, on_progress, c);
		rc = c->sq.exec(c->db, "PRAGMA schema_version", NULL, NULL,
				NULL);
	}
	return rc == SQLITE_OK ? 0 : rt_sqlite_open_error(c, rc, err);
}

/* The path of a file: URI as it stands there; anything else as it is. */
static char *display_name(const rt_sqlite_target *target)
{
	rt_sv name = rt_str_sv(&target->name);

	if (target->uri && rt_sv_starts(name, "file:")) {
		name = rt_sv_sub(name, strlen("file:"), name.n);
		name = rt_sv_sub(name, 0, rt_sv_find(name, '?'));
	}
	return rt_strndup(name.p, name.n);
}

static int sqlite_open(rt_conn **out, const char *url,
		       const rt_conn_options *options, retort_error *err)
{
	rt_sqlite_target target = RT_SQLITE_TARGET_INIT;
	rt_sqlite_conn *c;
	int rc;

	rc = rt_sqlite_url_read(url, &target, err);
	if (rc) {
		rt_str_free(&target.name);
		return rc;
	}
	c = rt_calloc(1, sizeof(*c));
	c->base.driver = &rt_driver_sqlite;
	c->lock_fd = -1;
	c->name = display_name(&target);
	c->read_only = options->read_only || target.read_only;
	c->statement_timeout = options->statement_timeout;
	c->lock_timeout = options->lock_timeout ? options->lock_timeout :
			  target.timeout	? target.timeout :
						  DEFAULT_LOCK_TIMEOUT;
	c->began = rt_clock_ticks();
	rc = rt_sqlite_load(&c->sq, err);
	if (rc == 0)
		rc = open_database(c, &target, options, err);
	rt_str_free(&target.name);
	if (rc)
		sqlite_close(&c->base);
	else
		*out = &c->base;
	return rc;
}

static bool sqlite_in_transaction(const rt_conn *conn)
{
	const rt_sqlite_conn *c = (const rt_sqlite_conn *)conn;

	return !c->sq.get_autocommit(c->db);
}

static int sqlite_send(rt_conn *conn, const rt_batch_item *items, size_t n,
		       retort_error *err)
{
	rt_sqlite_conn *c = rt_sqlite_conn_of(conn);
	size_t i;

	(void)err;
	c->items.n = 0;
	for (i = 0; i < n; i++)
		rt_vec_push(&c->items, items[i]);
	c->next = 0;
	c->cancelled = 0;
	return 0;
}

static int too_large(rt_sqlite_conn *c, retort_error *err)
{
	c->base.failure.item = c->next;
	return rt_err_set(err, RETORT_EDATABASE,
			  "the statement returns more than %zu MiB",
			  answer_limit >> 20);
}

/* Keeps the row that the statement stands on. */
static int keep_row(rt_sqlite_conn *c, sqlite3_stmt *stmt, retort_error *err)
{
	int i, n = c->sq.column_count(stmt);

	for (i = 0; i < n; i++) {
		const char *text = (const char *)c->sq.column_text(stmt, i);
		size_t size = (size_t)c->sq.column_bytes(stmt, i);

		c->texts_size += size + sizeof(text);
		if (c->texts_size > answer_limit)
			return too_large(c, err);
		if (text)
			text = rt_arena_strsv(&c->texts, (rt_sv){ text, size });
		rt_vec_push(&c->cells, text);
	}
	return 0;
}

/* Whether sqlite3_changes() speaks of this statement. */
static bool changes_rows(rt_sv sql)
{
	static const char *const words[] = { "INSERT", "UPDATE", "DELETE",
					     "REPLACE", "WITH" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rt_sv_is_nocase(rt_sv_sub(sql, 0, strlen(words[i])),
				    words[i]))
			return true;
	return false;
}

static long long count_changes(rt_sqlite_conn *c)
{
#if SQLITE_VERSION_NUMBER >= 3037000
	return c->sq.changes64(c->db);
#else
	return c->sq.changes(c->db);
#endif
}

/* Runs a compiled statement to its end and fills the answer. */
static int step(rt_sqlite_conn *c, sqlite3_stmt *stmt, rt_answer *answer,
		retort_error *err)
{
	rt_sv sql = c->items.v[c->next].sql;
	size_t rows = 0;
	int rc;

	while ((rc = c->sq.step(stmt)) == SQLITE_ROW) {
		rows++;
		rc = keep_row(c, stmt, err);
		if (rc)
			return rc;
	}
	if (rc != SQLITE_DONE)
		return rt_sqlite_error(c, rc, err);
	rc = rt_sqlite_check_effect(c, rows, err);
	if (rc)
		return rc;
	*answer = (rt_answer){ .item = c->next, .affected = -1 };
	answer->n_rows = rows;
	answer->n_columns = (size_t)c->sq.column_count(stmt);
	answer->cells = c->cells.v;
	if (!c->sq.stmt_readonly(stmt) && changes_rows(sql))
		answer->affected = count_changes(c);
	else if (answer->n_columns)
		answer->affected = (long long)rows;
	return 0;
}

/*
 * Compiles an item.  SQLite stops at a semicolon; if anything but comments
 * came behind it, it would be dropped without a word.
 */
static int prepare(rt_sqlite_conn *c, sqlite3_stmt **stmt, retort_error *err)
{
	rt_sv sql = c->items.v[c->next].sql;
	const char *end = sql.p + sql.n, *tail = NULL;
	sqlite3_stmt *second = NULL;
	int rc;

	rc = c->sq.prepare_v2(c->db, sql.p, (int)sql.n, stmt, &tail);
	if (rc != SQLITE_OK)
		return rt_sqlite_error(c, rc, err);
	if (tail == end)
		return 0;
	rc = c->sq.prepare_v2(c->db, tail, (int)(end - tail), &second, NULL);
	if (rc == SQLITE_OK && !second)
		return 0;
	c->sq.finalize(second);
	c->base.failure.item = c->next;
	c->base.failure.offset = (size_t)(tail - sql.p);
	return rt_err_set(err, RETORT_EDATABASE,
			  "SQLite reads more than one statement here");
}

static int run_item(rt_sqlite_conn *c, rt_answer *answer, retort_error *err)
{
	sqlite3_stmt *stmt = NULL;
	int rc;

	if (c->cancelled)
		return rt_sqlite_error(c, SQLITE_INTERRUPT, err);
	if (c->items.v[c->next].sql.n > INT_MAX)
		return too_large(c, err);
	rc = prepare(c, &stmt, err);
	if (rc == 0 && stmt)
		rc = step(c, stmt, answer, err);
	else if (rc == 0)
		*answer = (rt_answer){ .item = c->next, .affected = -1 };
	c->sq.finalize(stmt);
	return rc;
}

static int sqlite_receive(rt_conn *conn, int wait, rt_answer *answer,
			  retort_error *err)
{
	rt_sqlite_conn *c = rt_sqlite_conn_of(conn);
	int rc;

	(void)wait;
	if (c->next == c->items.n)
		return 0;
	drop_answer(c);
	c->began = rt_clock_ticks();
	rc = run_item(c, answer, err);
	if (rc)
		return rc;
	answer->milliseconds = rt_clock_ticks() - c->began;
	c->next++;
	return 1;
}

/* sqlite3_interrupt() sets a flag, and so do we: SQLite clears its own when
 * no statement runs. */
static void sqlite_cancel(rt_conn *conn)
{
	rt_sqlite_conn *c = rt_sqlite_conn_of(conn);

	c->cancelled = 1;
	c->sq.interrupt(c->db);
}

static const char *const schemes[] = { "sqlite", NULL };

const rt_driver rt_driver_sqlite = {
	.name = "sqlite",
	.schemes = schemes,
	.dialect = RETORT_DIALECT_SQLITE,
	.caps = 0,
	.open = sqlite_open,
	.close = sqlite_close,
	.start = NULL,
	.in_transaction = sqlite_in_transaction,
	.send = sqlite_send,
	.receive = sqlite_receive,
	.cancel = sqlite_cancel,
	.lock = rt_sqlite_lock,
	.unlock = rt_sqlite_unlock,
	.blockers = NULL,
	.environment = NULL,
	.backup = rt_sqlite_backup,
};
