/* SPDX-License-Identifier: MIT */
/*
 * Revisions of commits, as the engine sees them; each content is read once.
 */
#ifndef RT_ENGINE_BRANCH_BRANCHES_H
#define RT_ENGINE_BRANCH_BRANCHES_H

#include <retort/branches.h>

#include "base/map.h"
#include "engine/project/project.h"
#include "vcs/trees.h"

/* A revision file of a commit. */
typedef struct rt_leaf {
	const char *path; /* from the root of the tree */
	const char *blob; /* its content's id */
	const retort_revision *rev; /* the header; its path is of no use */
} rt_leaf;

typedef RT_VEC(rt_leaf) rt_leaves;

/* What engine/conflicts/ finds out about a merge base, once. */
typedef struct rt_ground {
	bool known;
	bool sound;       /* a graph with nothing wrong in it */
	rt_vcs_ids heads; /* where it is sound */
	rt_map labels;
} rt_ground;

/* The revisions of a commit. */
typedef struct rt_side {
	char commit[RT_VCS_ID];
	rt_leaves leaves;
	rt_map by_id; /* the first leaf with an id */
	bool there;   /* it has a folder of revisions at all */
	rt_vcs_places places; /* links in the tree followed */
	rt_ground *ground;
} rt_side;

/* What engine/conflicts/ finds out about a side and a merge base, once. */
typedef struct rt_growth {
	bool only_adds; /* all revisions of the base are there, unchanged */
	RT_VEC(const rt_leaf *) added;
	rt_vcs_hashes changed, gone; /* files of the whole tree, sorted */
} rt_growth;

struct retort_branches {
	retort_project *project; /* borrowed */
	retort_vcs *vcs;
	rt_vcs_places places;
	rt_arena arena; /* of all that lives as long */
	rt_map blobs;   /* a content's id: its header */
	RT_VEC(const retort_revision *) headers;
	rt_map commits;
	RT_VEC(rt_side *) sides;
	rt_map growth_of; /* "base side" */
	RT_VEC(rt_growth *) growths;
	rt_vcs_ids names; /* of the last retort_branches_unmerged */
};

/*
 * The header of a file; NULL in *rev where it is no revision.
 *   in:   label, the side as errors name it; NULL = the working files
 *   err:  EPARSE, EIO; EUNSUPPORTED (a revision in a form that is not read)
 */
RETORT_MUST_CHECK int rt_leaf_header(retort_branches *b, const char *label,
				     const rt_vcs_file *file,
				     const retort_revision **rev,
				     retort_error *err);

/* The revisions of a commit; the same answer the second time.
 *   out:  *side lives as long as b */
RETORT_MUST_CHECK int rt_side_load(retort_branches *b, const char *label,
				   const char *commit, const rt_side **side,
				   retort_error *err);

/* The same for a branch; NULL where its files cannot be read as revisions. */
RETORT_MUST_CHECK int rt_side_of_branch(retort_branches *b,
					const rt_vcs_branch *branch,
					const rt_side **side,
					retort_error *err);

/* The leaf with this id, or NULL. */
const rt_leaf *rt_side_find(const rt_side *side, const char *id);

/* "main:migrations/a.sql", for errors; in b's arena. */
const char *rt_leaf_label(retort_branches *b, const char *label,
			  const char *path);

#endif
