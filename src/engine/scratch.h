/* SPDX-License-Identifier: MIT */
/*
 * Scratch databases: where SQL is tried that must not touch anything.
 *
 * SQLite: in memory.  PostgreSQL: a database of its own, made from template0
 * with the encoding and locale of the real one, on `scratch_url` where that
 * is set, else on the server of `url`.  It carries its maker's host, process
 * and start time in its name, so that the next run can tell which ones a
 * crash has left behind and drop them.
 */
#ifndef RT_ENGINE_SCRATCH_H
#define RT_ENGINE_SCRATCH_H

#include "db/conn.h"
#include "schema/model.h"

typedef struct rt_scratch rt_scratch;

/*
 * Make an empty one.
 *   err:  ECONFIG (no URL to tell the dialect by), ECONNECT, EREFUSED (the
 *         role may not create databases; says to set scratch_url)
 *   own:  caller closes, which drops it
 *   cost: PostgreSQL: about 100 ms
 */
RETORT_MUST_CHECK int rt_scratch_open(rt_scratch **out, retort_project *project,
				      retort_error *err);
void rt_scratch_close(rt_scratch *scratch); /* NULL allowed */

rt_conn *rt_scratch_conn(rt_scratch *scratch);

/* Back to empty, faster than a new one. */
RETORT_MUST_CHECK int rt_scratch_reset(rt_scratch *scratch, retort_error *err);

/*
 * Run SQL text, statement by statement, as `name` (a path) for errors.
 *   err:  EPARSE, EDATABASE with file, line and column
 */
RETORT_MUST_CHECK int rt_scratch_run(rt_scratch *scratch, const char *name,
				     rt_sv sql, retort_error *err);

/* Run the up scripts of revisions, in this order, without version rows. */
RETORT_MUST_CHECK int rt_scratch_replay(rt_scratch *scratch,
					retort_project *project,
					const retort_names *revisions,
					retort_error *err);

/* What it holds now; caller frees with retort_schema_free(). */
RETORT_MUST_CHECK int rt_scratch_schema(rt_scratch *scratch,
					retort_schema **schema,
					retort_error *err);

#endif
