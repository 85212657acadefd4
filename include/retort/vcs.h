/* SPDX-License-Identifier: MIT */
/*
 * git, as far as revision files are concerned: which repository a file is
 * in, and how it differs from the last commit.
 *
 * Only reading: no reference, no index, no object is written, no filter,
 * hook or other program of the repository's configuration is run.  Linked
 * worktrees and submodules are repositories like any other.
 */
#ifndef RETORT_VCS_H
#define RETORT_VCS_H

#include <retort/error.h>

typedef struct retort_vcs retort_vcs;

/* How a working file stands to the last commit.  name, word */
#define RETORT_VCS_STATES(X)                                                  \
	X(UNMODIFIED, "unmodified") /* as in the last commit */               \
	X(MODIFIED, "modified")                                               \
	X(ADDED, "added")           /* staged; no commit has it yet */        \
	X(UNTRACKED, "untracked")   /* git does not know it */                \
	X(IGNORED, "ignored")       /* and has been told not to */            \
	X(DELETED, "deleted")       /* the last commit has it */              \
	X(CONFLICTED, "conflicted") /* a merge is to be resolved */

typedef enum retort_vcs_state {
#define RETORT_VCS_STATE_ENUM_(name, word) RETORT_VCS_##name,
	RETORT_VCS_STATES(RETORT_VCS_STATE_ENUM_)
#undef RETORT_VCS_STATE_ENUM_
	RETORT_VCS_STATE_COUNT
} retort_vcs_state;

typedef struct retort_vcs_status {
	retort_vcs_state state;
	bool staged;   /* the index differs from the last commit */
	bool unstaged; /* the working file differs from the index */
} retort_vcs_status;

RETORT_BEGIN_DECLS

/*
 * Open the repository that a file or folder is in.
 *   in:   path, need not exist as long as its folder does
 *   err:  ENOTFOUND (in no repository, or in one without working files),
 *         EREFUSED (the repository is another user's, and git is not told
 *         to trust it), EUNSUPPORTED (built without libgit2, libgit2 not
 *         installed, a repository with SHA-256 ids), EIO (it is damaged)
 *   own:  caller closes
 */
RETORT_API RETORT_MUST_CHECK int
retort_vcs_open(retort_vcs **vcs, const char *path, retort_error *err);
RETORT_API void retort_vcs_close(retort_vcs *vcs); /* NULL allowed */

/* The folder of its working files: absolute, links resolved, ends in '/'. */
RETORT_API const char *retort_vcs_directory(const retort_vcs *vcs);

/*
 * Compare one working file with the last commit.
 *   in:   path, of a file in the repository
 *   out:  *status; *text, a unified diff as `git diff HEAD` prints it, all
 *         lines added where no commit has the file; "" where nothing differs
 *         or the file is ignored; caller frees with free().  Line ends are
 *         compared as git's settings say
 *   err:  ENOTFOUND (no such file: neither there nor in the last commit; or
 *         outside the repository), EIO (the repository is damaged, or lacks
 *         the object, as a partial clone may)
 *   cost: O(file) and the repository's index
 */
RETORT_API RETORT_MUST_CHECK int
retort_vcs_diff(retort_vcs *vcs, const char *path, retort_vcs_status *status,
		char **text, retort_error *err);

/*
 * What is checked out: a branch, else (HEAD is detached) the begin of the
 * commit's id.
 *   own:  caller frees *name with free()
 *   err:  EIO (HEAD cannot be read)
 */
RETORT_API RETORT_MUST_CHECK int
retort_vcs_branch(retort_vcs *vcs, char **name, retort_error *err);

/*
 * Who committed a file last, seen from HEAD.
 *   out:  *name, *date ("2026-02-03T10:20:30+01:00"); "" where no commit has
 *         the file; caller frees both with free()
 *   err:  ENOTFOUND (outside the repository), EIO
 *   cost: O(commits since then)
 */
RETORT_API RETORT_MUST_CHECK int
retort_vcs_author(retort_vcs *vcs, const char *path, char **name, char **date,
		  retort_error *err);

/*
 * The files of some folders that are not as the last commit has them,
 * untracked ones included, ignored and hidden ones not.
 *   in:   folders, absolute; sub-folders do not count
 *         each, called with a path that begins with its folder as given
 *   err:  ENOTFOUND (no commit yet; a folder outside the repository), EIO
 *   cost: O(files)
 */
RETORT_API RETORT_MUST_CHECK int
retort_vcs_uncommitted(retort_vcs *vcs, const retort_names *folders,
		       void (*each)(void *self, const char *path), void *self,
		       retort_error *err);

/* "unmodified", "modified", …; static. */
RETORT_API const char *retort_vcs_state_name(retort_vcs_state state);

RETORT_END_DECLS
#endif
