/* SPDX-License-Identifier: MIT */
/*
 * Put the revisions of a git branch on top of another branch's, so that the
 * history stays one line: the first revision of each chain that only this
 * branch has gets the other branch's head for its parent.  One line of one
 * file changes; the rest of the chain follows by itself.
 */
#ifndef RETORT_REBASE_H
#define RETORT_REBASE_H

#include <retort/branches.h>

typedef struct retort_rebase_options {
	unsigned version;         /* 1 */
	const char *onto;         /* a ref; NULL = retort_branches_target */
	const retort_names *rows; /* version rows of the database at hand;
				     NULL = not known, not checked */
	bool prove;               /* run the new order in a scratch database */
	bool stage;               /* git add what was changed */
} retort_rebase_options;

#define RETORT_REBASE_OPTIONS_INIT { 1, NULL, NULL, true, false }

/* A revision that gets another parent. */
typedef struct retort_rebase_move {
	const char *revision;
	const char *path; /* absolute */
	retort_names from, to;
} retort_rebase_move;

typedef struct retort_rebase retort_rebase;

RETORT_BEGIN_DECLS

/*
 * See what there is to be done; writes nothing.
 *   in:   b, whose working files are meant
 *   out:  *out; caller frees, before b
 *   err:  as retort_conflicts_find; EAMBIGUOUS (the target has several
 *         heads), EREFUSED (the target's head is not in the working files:
 *         git merge or git rebase comes first)
 */
RETORT_API RETORT_MUST_CHECK int
retort_rebase_find(retort_branches *b, const retort_rebase_options *options,
		   retort_rebase **out, retort_error *err);
RETORT_API void retort_rebase_free(retort_rebase *rebase); /* NULL allowed */

RETORT_API size_t retort_rebase_count(const retort_rebase *rebase);
RETORT_API const retort_rebase_move *
retort_rebase_at(const retort_rebase *rebase, size_t i);

/* "main", and the head that the chains are put on; borrowed. */
RETORT_API const char *retort_rebase_onto(const retort_rebase *rebase);
RETORT_API const char *retort_rebase_head(const retort_rebase *rebase);

/*
 * Do it: all files or none.  The project forgets its graph.
 *   err:  as retort_revision_reparent (EREFUSED: some of it is applied);
 *         EDATABASE (the new order fails in the scratch database); the files
 *         are as they were then
 */
RETORT_API RETORT_MUST_CHECK int retort_rebase_apply(retort_rebase *rebase,
						     retort_error *err);

/*
 * Take the last rebase of this working tree back.
 *   in:   rows, as in retort_rebase_options
 *   out:  *n, how many revisions got their parents back
 *   err:  ENOTFOUND (there is none), ESTATE (a revision has other parents
 *         again by now), as retort_revision_reparent
 */
RETORT_API RETORT_MUST_CHECK int
retort_rebase_undo(retort_branches *b, const retort_names *rows, size_t *n,
		   retort_error *err);

RETORT_END_DECLS
#endif
