/* SPDX-License-Identifier: MIT */
/*
 * What a step really does: measured, statement by statement, in a scratch
 * database that stands where the step begins.
 *
 * Locks and rewritten tables are PostgreSQL's own answer (pg_locks,
 * pg_class.relfilenode), read in the transaction that the statement ran in;
 * they hold for empty tables as for full ones, and for the server version of
 * the scratch database.
 */
#ifndef RETORT_EFFECTS_H
#define RETORT_EFFECTS_H

#include <retort/schema.h>

/* A lock on a table that was there before the step. */
typedef struct retort_lock {
	const char *table; /* "users", "audit.events" */
	const char *mode;  /* as in pg_locks: "AccessExclusiveLock"; the
			      strongest that the statement took; "" where it
			      only rewrote */
	bool rewritten;    /* every row was written anew */
} retort_lock;

/* What one statement does. */
typedef struct retort_effect {
	const retort_diff_entry *entries; /* what it adds, changes, removes */
	size_t n_entries;
	const retort_lock *locks; /* sorted by table */
	size_t n_locks;
	const char *unmeasured; /* why locks are not known ("runs outside a
				   transaction"); "" where they are */
} retort_effect;

typedef struct retort_effects retort_effects;
typedef struct retort_measure retort_measure;

RETORT_BEGIN_DECLS

/*
 * Get ready to measure steps; opens nothing yet.
 *   in:   cache, a folder where results are kept from one run to the next;
 *         made when needed; NULL = none
 *   own:  caller closes, before the project is freed
 */
RETORT_API void retort_measure_open(retort_measure **out,
				    retort_project *project,
				    const char *cache);
RETORT_API void retort_measure_close(retort_measure *measure); /* or NULL */

/*
 * Measure one step: `op` of a revision, from the state that all revisions
 * below it make.
 *   out:  *effects; caller frees
 *   err:  as retort_schema_read and retort_project_script; EDATABASE (a
 *         statement fails in the scratch database: file, line, column)
 *   cost: cached: reads the files of the revision and those below.  Else a
 *         scratch database and all revisions below, once for steps that are
 *         measured in their order
 */
RETORT_API RETORT_MUST_CHECK int
retort_measure_step(retort_measure *measure, const retort_revision *revision,
		    retort_op op, retort_effects **effects, retort_error *err);
RETORT_API void retort_effects_free(retort_effects *effects); /* or NULL */

/* The same, from the cache only: *effects is NULL where it has none. */
RETORT_API RETORT_MUST_CHECK int
retort_measure_cached(retort_measure *measure, const retort_revision *revision,
		      retort_op op, retort_effects **effects,
		      retort_error *err);

/* From here on what the cache has does not count, and is replaced: the server
 * may be another now. */
RETORT_API void retort_measure_anew(retort_measure *measure, bool anew);

/* One for each statement of the step's script, in its order. */
RETORT_API size_t retort_effects_count(const retort_effects *effects);
RETORT_API const retort_effect *retort_effects_at(const retort_effects *effects,
						  size_t i);

/* The step as a whole: what it leaves behind.  No locks. */
RETORT_API const retort_effect *
retort_effects_total(const retort_effects *effects);

RETORT_END_DECLS
#endif
