/* SPDX-License-Identifier: MIT */
/*
 * Changing a revision file that is there already, and taking such a change
 * back.
 */
#ifndef RETORT_REWRITE_H
#define RETORT_REWRITE_H

#include <retort/create.h>

typedef struct retort_reparent_request {
	unsigned version;         /* 1 */
	const char *revision;     /* id; it and all above it move */
	retort_names parents;     /* ids; none makes it a base */
	const retort_names *rows; /* version rows of the database that is at
				     hand; NULL = not known, not checked */
} retort_reparent_request;

#define RETORT_REPARENT_REQUEST_INIT { 1, NULL, { NULL, 0 }, NULL }

/* What was written, so that it can be taken back. */
typedef struct retort_change retort_change;

RETORT_BEGIN_DECLS

/*
 * Give a revision other parents: the down_revision in its file changes,
 * every other byte stays.  A database that has passed the revision already
 * would not notice and be broken, so what `rows` have applied does not move;
 * other databases cannot be known.
 *   out:  *change, for retort_change_undo; caller frees.  The project
 *         forgets its graph (as retort_project_reload)
 *   err:  ENOTFOUND (revision or parent), EUSAGE (a parent twice, or already
 *         the only ones), EGRAPH (a parent is the revision or above it),
 *         EREFUSED (some of it is applied), ESTATE (a row that no file has:
 *         nobody knows what it implies), EPARSE, EIO, EUNSUPPORTED (the
 *         file's format is only read)
 *   cost: O(revisions + edges)
 */
RETORT_API RETORT_MUST_CHECK int
retort_revision_reparent(retort_project *project,
			 const retort_reparent_request *request,
			 retort_change **change, retort_error *err);

/* What it would write, without writing; errors as there.
 *   own:  caller disposes *out */
RETORT_API RETORT_MUST_CHECK int
retort_reparent_preview(retort_project *project,
			const retort_reparent_request *request,
			retort_preview *out, retort_error *err);

/*
 * The graph as it would be with a previewed file.
 *   own:  caller frees *graph; it borrows from the preview and from the
 *         project's graph, so free it before either changes
 *   err:  as retort_project_graph
 *   cost: O(revisions + edges)
 */
RETORT_API RETORT_MUST_CHECK int
retort_preview_graph(retort_project *project, const retort_preview *preview,
		     retort_graph **graph, retort_error *err);

/*
 * Remember a file that retort_revision_create has just written, as it is
 * now (hooks have run).
 *   err:  EIO
 *   own:  caller frees *change
 */
RETORT_API RETORT_MUST_CHECK int retort_change_created(retort_change **change,
						       const char *path,
						       retort_error *err);

/*
 * Take a change back: the file gets its old bytes, or goes.
 *   in:   rows, as in retort_reparent_request
 *   err:  ESTATE (the file is not as the change left it: nothing happens; a
 *         row that no file has), EREFUSED (its revision is applied, or
 *         another revision builds on the one that would go), EIO
 *   note: the project forgets its graph
 */
RETORT_API RETORT_MUST_CHECK int retort_change_undo(retort_project *project,
						    const retort_change *change,
						    const retort_names *rows,
						    retort_error *err);

/* The file, absolute; whether undoing deletes it. */
RETORT_API const char *retort_change_path(const retort_change *change);
RETORT_API bool retort_change_was_new(const retort_change *change);

RETORT_API void retort_change_free(retort_change *change); /* NULL allowed */

RETORT_END_DECLS
#endif
