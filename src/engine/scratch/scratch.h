/* SPDX-License-Identifier: MIT */
/*
 * Scratch databases: where SQL is tried that must not touch anything.
 *
 * SQLite: in memory.  PostgreSQL: a database of its own, made from template0
 * with the encoding and locale of the real one, on the server of
 * `scratch_url` where that is set, else of `url`.  Its name says which
 * process of which host made it, so that the next run can tell what a crash
 * has left behind, and drop it.
 */
#ifndef RT_ENGINE_SCRATCH_SCRATCH_H
#define RT_ENGINE_SCRATCH_SCRATCH_H

#include <retort/plan.h>

#include "db/conn.h"
#include "schema/model.h"

typedef struct rt_scratch rt_scratch;

/*
 * Make an empty one.
 *   err:  ECONFIG (no URL to tell the dialect by; scratch_url is of another),
 *         ECONNECT, EREFUSED (the role may not create databases; says to set
 *         scratch_url)
 *   own:  caller closes, which drops it
 *   cost: PostgreSQL: about 100 ms
 */
RETORT_MUST_CHECK int rt_scratch_open(rt_scratch **out, retort_project *project,
				      retort_error *err);
void rt_scratch_close(rt_scratch *scratch); /* NULL allowed */

rt_conn *rt_scratch_conn(rt_scratch *scratch);

/*
 * Run statements of a script, from the `first` to before the `end`-th.
 *   in:   path, for errors; NULL = none
 *   err:  EDATABASE with file, line, column and statement
 */
RETORT_MUST_CHECK int rt_scratch_run_script(rt_scratch *scratch,
					    const char *path,
					    const retort_script *script,
					    size_t first, size_t end,
					    retort_error *err);

/* Behind a script: it may have moved the session to other schemas (the
 * output of pg_dump empties search_path). */
RETORT_MUST_CHECK int rt_scratch_settle(rt_scratch *scratch,
					retort_error *err);

/*
 * Run SQL text, in one transaction of its own unless one is open; or, where
 * `transaction` is false, one statement after the other outside.
 *   in:   path, for errors
 *   err:  EPARSE, EDATABASE with file, line and column; rolled back
 */
RETORT_MUST_CHECK int rt_scratch_run_text(rt_scratch *scratch, const char *path,
					  rt_sv sql, bool transaction,
					  retort_error *err);

/*
 * Run a whole script, in the transaction that it wants.
 *   err:  as rt_scratch_run_script; rolled back
 */
RETORT_MUST_CHECK int rt_scratch_run(rt_scratch *scratch, const char *path,
				     const retort_script *script,
				     retort_error *err);

/*
 * Run what a revision does, in a transaction where its section wants one;
 * no version rows are kept.
 *   err:  as rt_scratch_run_script and retort_project_script; rolled back
 */
RETORT_MUST_CHECK int rt_scratch_step(rt_scratch *scratch,
				      const retort_revision *revision,
				      retort_op op, retort_error *err);

/*
 * Run the up scripts of every revision that is marked, each behind its
 * parents.
 *   in:   wanted[index] of each revision; parents of a wanted one must be
 */
RETORT_MUST_CHECK int rt_scratch_replay(rt_scratch *scratch,
					const bool *wanted, retort_error *err);

/* What it holds now; caller frees with retort_schema_free(). */
RETORT_MUST_CHECK int rt_scratch_schema(rt_scratch *scratch,
					retort_schema **schema,
					retort_error *err);

#endif
