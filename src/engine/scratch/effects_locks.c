/* SPDX-License-Identifier: MIT */
/*
 * Which tables a statement locks, and which it writes anew, as the server
 * says inside the transaction.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/map.h"
#include "engine/scratch/effects.h"

/* A table that was there before the step. */
typedef struct table {
	const char *name;
	const char *filenode; /* as of the last look */
	size_t strongest;     /* lock seen so far: place in `modes` + 1 */
} table;

struct rt_locks {
	rt_conn *conn;
	rt_arena arena;
	RT_VEC(table) tables;
	rt_map by_oid;
};

/*
 * Weakest first.  AccessShare is left out: everything takes it that only
 * reads, our own looks included, and nobody but DROP waits for it.
 * https://www.postgresql.org/docs/current/explicit-locking.html
 */
static const char *const modes[] = {
	"RowShareLock",
	"RowExclusiveLock",
	"ShareUpdateExclusiveLock",
	"ShareLock",
	"ShareRowExclusiveLock",
	"ExclusiveLock",
	"AccessExclusiveLock",
};

enum { MODES = sizeof(modes) / sizeof(modes[0]) };

static const char tables_sql[] =
	"SELECT c.oid, CASE n.nspname WHEN 'public' THEN '' "
	"ELSE n.nspname || '.' END || c.relname, c.relfilenode "
	"FROM pg_catalog.pg_class c "
	"JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
	"WHERE c.relkind IN ('r', 'p', 'm') "
	"AND n.nspname <> 'information_schema' "
	"AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 2";

static const char locks_sql[] =
	"SELECT l.relation, l.mode FROM pg_catalog.pg_locks l "
	"WHERE l.pid = pg_catalog.pg_backend_pid() AND l.granted "
	"AND l.locktype = 'relation' AND l.database = (SELECT oid "
	"FROM pg_catalog.pg_database "
	"WHERE datname = pg_catalog.current_database())";

int rt_locks_begin(rt_locks **out, rt_conn *conn, retort_error *err)
{
	rt_locks *locks;
	rt_answer answer;
	size_t i;
	int rc;

	*out = NULL;
	if (rt_conn_dialect(conn) != RETORT_DIALECT_POSTGRESQL)
		return 0;
	rc = rt_conn_query(conn, tables_sql, &answer, err);
	if (rc)
		return rc;
	locks = rt_calloc(1, sizeof(*locks));
	locks->conn = conn;
	for (i = 0; i < answer.n_rows; i++) {
		const char *oid = rt_arena_strdup(
			&locks->arena, rt_answer_cell(&answer, i, 0));
		table t = { NULL, NULL, 0 };

		t.name = rt_arena_strdup(&locks->arena,
					 rt_answer_cell(&answer, i, 1));
		t.filenode = rt_arena_strdup(&locks->arena,
					     rt_answer_cell(&answer, i, 2));
		(void)rt_map_add(&locks->by_oid, rt_sv_from(oid), i);
		rt_vec_push(&locks->tables, t);
	}
	*out = locks;
	return 0;
}

void rt_locks_free(rt_locks *locks)
{
	if (!locks)
		return;
	rt_vec_free(&locks->tables);
	rt_map_free(&locks->by_oid);
	rt_arena_free(&locks->arena);
	free(locks);
}

static table *find(rt_locks *locks, const char *oid)
{
	rt_map_entry *entry = rt_map_find(&locks->by_oid, rt_sv_from(oid));

	return entry ? &locks->tables.v[entry->value] : NULL;
}

static size_t strength(const char *mode)
{
	size_t i = 0;

	while (i < MODES && strcmp(modes[i], mode))
		i++;
	return i < MODES ? i + 1 : 0;
}

/* New locks, per table: its place in `modes` + 1. */
static int look_at_locks(rt_locks *locks, size_t *taken, retort_error *err)
{
	rt_answer answer;
	size_t i;
	int rc;

	rc = rt_conn_query(locks->conn, locks_sql, &answer, err);
	for (i = 0; rc == 0 && i < answer.n_rows; i++) {
		table *t = find(locks, rt_answer_cell(&answer, i, 0));
		size_t s = strength(rt_answer_cell(&answer, i, 1));

		if (!t || s <= t->strongest)
			continue;
		t->strongest = s;
		taken[t - locks->tables.v] = s;
	}
	return rc;
}

static int look_at_files(rt_locks *locks, bool *rewritten, retort_error *err)
{
	rt_answer answer;
	size_t i;
	int rc;

	rc = rt_conn_query(locks->conn, tables_sql, &answer, err);
	for (i = 0; rc == 0 && i < answer.n_rows; i++) {
		table *t = find(locks, rt_answer_cell(&answer, i, 0));
		const char *filenode = rt_answer_cell(&answer, i, 2);

		if (!t || !strcmp(t->filenode, filenode))
			continue;
		t->filenode = rt_arena_strdup(&locks->arena, filenode);
		rewritten[t - locks->tables.v] = true;
	}
	return rc;
}

int rt_locks_look(rt_locks *locks, rt_arena *arena, retort_effect *effect,
		  retort_error *err)
{
	size_t *taken, n, i;
	retort_lock *list;
	bool *rewritten;
	int rc;

	if (!locks)
		return 0;
	n = locks->tables.n;
	taken = rt_calloc(n + 1, sizeof(*taken));
	rewritten = rt_calloc(n + 1, sizeof(*rewritten));
	rc = look_at_locks(locks, taken, err);
	if (rc == 0)
		rc = look_at_files(locks, rewritten, err);
	list = rt_arena_calloc(arena, n + 1, sizeof(*list));
	for (i = 0; i < n && rc == 0; i++) {
		if (!taken[i] && !rewritten[i])
			continue;
		list[effect->n_locks++] = (retort_lock){
			rt_arena_strdup(arena, locks->tables.v[i].name),
			taken[i] ? modes[taken[i] - 1] : "", rewritten[i]
		};
	}
	effect->locks = list;
	free(taken);
	free(rewritten);
	return rc;
}
