/* SPDX-License-Identifier: MIT */
/*
 * The revisions of git branches, read from their trees: no checkout, no
 * working files needed, nothing written.
 *
 * Where revisions lie (script_location, version_locations) is what the
 * working project file says, for every branch; in a bare repository what the
 * project file of the compared commit says.  A repository that holds the
 * revisions counts, which may be a submodule of the project's.  Files that
 * git ignores are on no branch.
 */
#ifndef RETORT_BRANCHES_H
#define RETORT_BRANCHES_H

#include <retort/project.h>

/* A repository, and what has been read from it: every content is read once,
 * whatever number of branches has it. */
typedef struct retort_branches retort_branches;

/* Where a revision was found. */
typedef struct retort_sighting {
	const char *revision; /* its whole id */
	const char *branch; /* "feature/x", "origin/main" */
	bool remote;        /* a branch of another repository */
	const char *commit; /* the branch's, in hex */
	const char *path;   /* in the tree */
	const char *author; /* of the last commit that touched it */
	const char *date;   /* "2026-02-03T10:20:30+01:00" */
} retort_sighting;

typedef struct retort_sightings {
	retort_sighting *v;
	size_t n;
} retort_sightings;

#define RETORT_SIGHTINGS_INIT { NULL, 0 }

RETORT_BEGIN_DECLS

/*
 * As retort_project_open; in a repository without working files, the project
 * file is taken from a commit: the one that `config` names as a path in the
 * tree, else retort.ini or alembic.ini at its root.
 *   in:   ref, a branch or commit; NULL = HEAD
 *   err:  as retort_project_open, retort_branches_open
 */
RETORT_API RETORT_MUST_CHECK int
retort_project_open_at(retort_project **project,
		       const retort_project_options *options, const char *ref,
		       retort_error *err);

/*
 * Open the repository that a project's revisions are in.
 *   err:  as retort_vcs_open; ENOTFOUND (the locations are not all in one
 *         repository); ECONFIG
 *   own:  caller frees *branches, before the project
 */
RETORT_API RETORT_MUST_CHECK int retort_branches_open(retort_branches **b,
						      retort_project *project,
						      retort_error *err);
RETORT_API void retort_branches_free(retort_branches *b); /* NULL allowed */

/*
 * What a branch is meant to be merged into: its upstream if that has another
 * name; else origin/HEAD; else the first that there is of origin/main,
 * origin/master, origin/trunk, main, master, trunk; in a bare repository
 * HEAD's branch before these.
 *   in:   ref, the branch; NULL = the one that is checked out
 *   out:  *target, lives as long as b
 *   err:  ENOTFOUND: there is none but the branch itself
 */
RETORT_API RETORT_MUST_CHECK int
retort_branches_target(retort_branches *b, const char *ref,
		       const char **target, retort_error *err);

/*
 * The branches that are not merged into `target`, by name, local ones first;
 * a remote branch that stands where the local one of its name does is left
 * out.
 *   out:  *names, valid until the next call
 */
RETORT_API RETORT_MUST_CHECK int
retort_branches_unmerged(retort_branches *b, const char *target,
			 retort_names *names, retort_error *err);

/*
 * Who has a revision: every branch whose tree has a file with this id.
 *   in:   id, or what one id alone begins with (4 characters or more)
 *   out:  *out, by branch as above; its texts live as long as b; caller
 *         disposes.  Empty where no branch has it, or several begin so
 *   err:  EIO (an object is missing); a branch whose files cannot be read as
 *         revisions is passed over
 *   cost: each content once for all branches; O(commits) for the authors
 */
RETORT_API RETORT_MUST_CHECK int retort_branches_find(retort_branches *b,
						      const char *id,
						      retort_sightings *out,
						      retort_error *err);
RETORT_API void retort_sightings_dispose(retort_sightings *sightings);

/*
 * Say of a revision that could not be located where it is: "abc123 is on
 * branch feature/x (m/abc123_x.sql, Ann Author, 2026-02-03), not in this
 * tree".
 *   in:   err, whose REVISION the project's files do not have; any other
 *         error, and one of what no branch has either, is left as it is
 *   cost: as retort_branches_find
 */
RETORT_API void retort_branches_explain(retort_project *project,
					retort_error *err);

RETORT_END_DECLS
#endif
