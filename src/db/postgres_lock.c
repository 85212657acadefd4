/* SPDX-License-Identifier: MIT */
/*
 * The run lock on PostgreSQL, and who is in the way.
 *
 * The lock is a session's advisory lock, tried for and never waited for: a
 * session that waits in a statement keeps its snapshot, and the holder's
 * CREATE INDEX CONCURRENTLY would wait for that snapshot to end.
 */
#include "config.h"

#include "db/postgres_conn.h"

#include <inttypes.h>

#include "db/conn.h"

/* A session of pg_stat_activity in words; what it may not show is left
 * out. */
#define SESSION_WORDS                                                         \
	"concat_ws(', ', nullif(a.application_name, ''), "                    \
	"'process ' || a.pid, 'user ' || a.usename, "                         \
	"'from ' || host(a.client_addr), 'connected since ' || "              \
	"to_char(a.backend_start AT TIME ZONE 'UTC', "                        \
	"'YYYY-MM-DD HH24:MI:SS') || ' UTC')"

/* One trip for both: the look-up runs only when the lock was refused. */
#define LOCK_SQL                                                              \
	"WITH lock AS (SELECT pg_try_advisory_lock(%" PRId64 ") AS got) "     \
	"SELECT lock.got, (SELECT " SESSION_WORDS " FROM pg_locks k "         \
	"JOIN pg_stat_activity a ON a.pid = k.pid "                           \
	"WHERE NOT lock.got AND k.granted AND k.locktype = 'advisory' "       \
	"AND k.classid = %" PRIu32 " AND k.objid = %" PRIu32                  \
	" AND k.objsubid = 1 AND k.database = (SELECT oid FROM pg_database "  \
	"WHERE datname = current_database()) LIMIT 1) FROM lock"

int rt_pg_lock(rt_conn *conn, uint64_t key, rt_str *holder, retort_error *err)
{
	rt_str sql = RT_STR_INIT;
	rt_answer answer;
	const char *cell;
	int rc;

	rt_str_addf(&sql, LOCK_SQL, (int64_t)key, (uint32_t)(key >> 32),
		    (uint32_t)key);
	rc = rt_conn_query(conn, sql.p, &answer, err);
	rt_str_free(&sql);
	if (rc)
		return rc;
	cell = rt_answer_cell(&answer, 0, 0);
	if (cell && cell[0] == 't')
		return 1;
	cell = rt_answer_cell(&answer, 0, 1);
	rt_str_add(holder, cell ? cell : "another run that has just ended");
	return 0;
}

/* Where this fails (a lost connection, an aborted transaction) the end of
 * the session gives the lock up; the failure that counts is the one before. */
void rt_pg_unlock(rt_conn *conn, uint64_t key)
{
	const rt_failure before = conn->failure;
	rt_str sql = RT_STR_INIT;

	if (before.lost)
		return;
	rt_str_addf(&sql, "SELECT pg_advisory_unlock(%" PRId64 ")",
		    (int64_t)key);
	if (rt_conn_exec(conn, sql.p, NULL))
		conn->failure = before;
	rt_str_free(&sql);
}

int rt_pg_blockers(rt_conn *conn, rt_str *out, retort_error *err)
{
	static const rt_conn_options options = { 0 };
	rt_pg_conn *c = rt_pg_conn_of(conn);
	rt_str sql = RT_STR_INIT;
	rt_conn *second = NULL;
	rt_answer answer;
	size_t i;
	int rc;

	rt_str_addf(&sql, "SELECT " SESSION_WORDS " || coalesce(': ' || "
		    "left(regexp_replace(a.query, '\\s+', ' ', 'g'), 80), '')"
		    " FROM pg_stat_activity a "
		    "WHERE a.pid = ANY (pg_blocking_pids(%d)) ORDER BY a.pid",
		    c->pq.PQbackendPID(c->pg));
	rc = rt_pg_open(&second, c->url, &options, err);
	if (rc == 0)
		rc = rt_conn_query(second, sql.p, &answer, err);
	for (i = 0; rc == 0 && i < answer.n_rows; i++) {
		const char *cell = rt_answer_cell(&answer, i, 0);

		rt_str_addf(out, "%s%s", i ? "\n" : "", cell ? cell : "?");
	}
	rt_conn_close(second);
	rt_str_free(&sql);
	return rc;
}
