/* SPDX-License-Identifier: MIT */
/*
 * Ghosts: revisions that are applied, whose file is gone, and that the
 * journal still knows, so that a database can step back over them.
 */
#ifndef RT_ENGINE_STEP_GHOST_H
#define RT_ENGINE_STEP_GHOST_H

#include "engine/project/database.h"

/* Somebody who may know a revision that the files do not have. */
typedef struct rt_ghost_finder {
	/* out: *rev, its dependencies by id; NULL if it is not known */
	int (*find)(void *self, const char *id, const retort_revision **rev,
		    retort_error *err);
	void *self;
} rt_ghost_finder;

/*
 * A second graph: the files, and a ghost (path "") for every row that no
 * file has and for such ancestors of those rows.
 *   in:   finder, who is asked before the journal; may be NULL.
 *         strict, false to take what the journal does not know either as a
 *         ghost without parents
 *   out:  *graph; caller frees
 *   err:  ENOTFOUND (the journal does not know one either; all are named);
 *         EGRAPH
 *   cost: O(revisions), a round trip per ghost
 */
RETORT_MUST_CHECK int rt_ghost_graph(retort_database *db,
				     const retort_graph *files,
				     const retort_names *rows,
				     const rt_ghost_finder *finder,
				     bool strict, retort_graph **graph,
				     retort_error *err);

/* Whether a row has no file. */
bool rt_ghost_wanted(const retort_graph *files, const retort_names *rows);

/* What is to be said of rows that no file has: adds NEXT to err, after what
 * the journal knows of them.  Does nothing where every row has its file. */
void rt_ghost_explain(retort_database *db, const retort_graph *files,
		      const retort_names *rows, retort_error *err);

#endif
