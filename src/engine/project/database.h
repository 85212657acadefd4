/* SPDX-License-Identifier: MIT */
/*
 * What stands behind a retort_database: one connection, and where the
 * project keeps its version rows and its journal.
 */
#ifndef RT_ENGINE_PROJECT_DATABASE_H
#define RT_ENGINE_PROJECT_DATABASE_H

#include <retort/database.h>

#include "base/arena.h"
#include "db/conn.h"
#include "db/journal.h"
#include "db/vertab.h"

/* Where version rows and journal live. */
typedef struct rt_place {
	rt_vertab vertab;
	rt_journal_table journal;
	bool journal_on;
} rt_place;

/* Read it from the settings; asks no database. */
RETORT_MUST_CHECK int rt_place_read(retort_project *project,
				    retort_dialect dialect, rt_place *place,
				    retort_error *err);

struct retort_database {
	retort_project *project; /* borrowed */
	rt_conn *conn;           /* NULL after a reconnect that failed */
	char *url;               /* with its password: never shown */
	rt_conn_options options;
	rt_place place;
	rt_arena rows; /* of the last retort_database_rows */
	void (*notice)(void *self, const char *text);
	void *self;
};

/*
 * Close the connection and open another to the same place.
 *   err:  as retort_database_open; db->conn is NULL then
 */
RETORT_MUST_CHECK int rt_database_reconnect(retort_database *db,
					    retort_error *err);

/* Connect again where an earlier reconnect failed; every call that uses
 * db->conn begins with it. */
RETORT_MUST_CHECK int rt_database_wake(retort_database *db, retort_error *err);

/* The newest journal row of a revision whose outcome is `outcome` (NULL =
 * any) and whose direction is `op`; *row NULL if there is none. */
RETORT_MUST_CHECK int rt_database_last_run(retort_database *db,
					   const char *revision, retort_op op,
					   const char *outcome, rt_arena *arena,
					   const retort_journal_row **row,
					   retort_error *err);

#endif
