/* SPDX-License-Identifier: MIT */
/*
 * Bring the database to where a commit's tree wants it, whatever is checked
 * out: down over what that tree does not have, then up by its files.
 *
 *     rc = retort_switch_open(&sw, branches, &options, &err);
 *     if (rc == 0)
 *             rc = retort_switch_begin(sw, db, NULL, &run, &err);
 *     ... retort_apply_plan(run) to show, retort_apply_next(run, ...) to do
 *     retort_apply_free(run);
 *     retort_switch_free(sw);
 *
 * A down script is the working tree's; where that has none, the one of REF,
 * else of any branch; else the journal's.  What is not committed is not part
 * of a tree.
 */
#ifndef RETORT_SWITCH_H
#define RETORT_SWITCH_H

#include <retort/apply.h>
#include <retort/branches.h>

typedef struct retort_switch_options {
	unsigned version; /* 1 */
	const char *ref;  /* a branch, a tag, a commit */
	const char *to;   /* revision of its tree, as of retort_graph_resolve;
			     NULL = its heads */
	bool force;       /* take revisions as they are applied, though the
			     tree has them otherwise */
} retort_switch_options;

#define RETORT_SWITCH_OPTIONS_INIT { 1, NULL, NULL, false }

typedef struct retort_switch retort_switch;

/* An applied revision that stays and that the tree has otherwise. */
typedef struct retort_switch_edit {
	const char *revision;
	const char *path;   /* "feature/x:m/abc123_x.sql" */
	const char *reason; /* "its SQL is another", … */
} retort_switch_edit;

RETORT_BEGIN_DECLS

/*
 * Read the tree.
 *   in:   options; its texts are copied
 *   err:  EUSAGE (a ref that looks like an option), ENOTFOUND (no such ref,
 *         no such revision in its tree), EREFUSED (the tree has no revisions
 *         at all, and `to` does not say "base"); as retort_project_graph, of
 *         both trees
 *   own:  caller frees, before b
 */
RETORT_API RETORT_MUST_CHECK int
retort_switch_open(retort_switch **sw, retort_branches *b,
		   const retort_switch_options *options, retort_error *err);
RETORT_API void retort_switch_free(retort_switch *sw); /* NULL allowed */

/* The commit that the ref stands for, in hex. */
RETORT_API const char *retort_switch_commit(const retort_switch *sw);

/*
 * Plan the way, as retort_apply_begin; nothing has run yet.
 *   err:  as retort_apply_begin; EREFUSED (an applied revision is another
 *         one in the tree; a down script is nowhere to be had), ENOTFOUND
 *         (what is applied is known to nobody)
 *   own:  caller frees *run before sw
 *   cost: reads every applied file of the tree
 */
RETORT_API RETORT_MUST_CHECK int
retort_switch_begin(retort_switch *sw, retort_database *db,
		    const retort_apply_options *options, retort_apply **run,
		    retort_error *err);

/*
 * Where a step of the plan has its script from: a path of the working tree,
 * "feature/x:m/abc123_x.sql", or "journal".
 *   out:  valid as long as sw
 */
RETORT_API const char *retort_switch_source(retort_switch *sw,
					    const retort_step *step);

/* What `force` has passed over, in load order. */
RETORT_API size_t retort_switch_edits(const retort_switch *sw);
RETORT_API const retort_switch_edit *
retort_switch_edit_at(const retort_switch *sw, size_t i);

RETORT_END_DECLS
#endif
