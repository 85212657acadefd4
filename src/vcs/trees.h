/* SPDX-License-Identifier: MIT */
/*
 * git below the working files: commits, their files, and what a merge of two
 * would give.  Nothing is written: objects that have to be made (a commit of
 * the working files, what a merge makes of a file) live in memory, as long as
 * the retort_vcs does.
 *
 * Commits and contents go by their ids, in hex.  A missing object is an error
 * everywhere, never an empty answer: a partial clone must not look as if
 * there were no revisions.
 */
#ifndef RT_VCS_TREES_H
#define RT_VCS_TREES_H

#include <retort/vcs.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

#define RT_VCS_ID 65 /* an id with its NUL */

/*
 * As retort_vcs_open, but a repository without working files will do.  path
 * need not exist: what exists of it decides.
 */
RETORT_MUST_CHECK int rt_vcs_open_any(retort_vcs **vcs, const char *path,
				      retort_error *err);

/* The folder that stands for the root of its trees: that of the working
 * files, for a bare repository its own.  Ends in '/'. */
const char *rt_vcs_root(const retort_vcs *vcs);
bool rt_vcs_is_bare(const retort_vcs *vcs);
bool rt_vcs_is_shallow(const retort_vcs *vcs);

/*
 * The name of a file or folder in the trees, "" for the root.
 *   in:   path, absolute; links are followed as far as it exists
 *   out:  *name, in the arena
 *   err:  ENOTFOUND: it is not in this repository
 */
RETORT_MUST_CHECK int rt_vcs_relative(const retort_vcs *vcs, const char *path,
				      rt_arena *arena, const char **name,
				      retort_error *err);

/* --- refs ---------------------------------------------------------------- */

/*
 * The commit that a ref (a branch, a tag, an id, HEAD~3) stands for.
 *   err:  EUSAGE (it looks like an option), ENOTFOUND (names what comes
 *         near), EAMBIGUOUS, EIO (damaged, or the commit is not here)
 */
RETORT_MUST_CHECK int rt_vcs_resolve(retort_vcs *vcs, const char *ref,
				     char commit[RT_VCS_ID],
				     retort_error *err);

/*
 * Where HEAD is.
 *   out:  commit, "" before the first one; *branch, its short name, "" where
 *         HEAD is detached; in the arena
 */
RETORT_MUST_CHECK int rt_vcs_head(retort_vcs *vcs, rt_arena *arena,
				  char commit[RT_VCS_ID], const char **branch,
				  retort_error *err);

/*
 * What a branch is meant to be merged into: its upstream if that is another
 * branch's; else origin/HEAD; else the first that there is of origin/main,
 * origin/master, origin/trunk, main, master, trunk but the branch itself.
 *   in:   branch, a short name; "" = none
 *   err:  ENOTFOUND: none of them is there
 */
RETORT_MUST_CHECK int rt_vcs_default_target(retort_vcs *vcs,
					    const char *branch,
					    rt_arena *arena, const char **ref,
					    retort_error *err);

/*
 * What people call it: the ref itself where it is a branch or a tag, else a
 * branch that stands at the commit, else `1a2b3c4 "its subject"`.
 *   in:   ref, and the commit that it stands for
 */
const char *rt_vcs_name(retort_vcs *vcs, const char *ref, const char *commit,
			rt_arena *arena);

typedef struct rt_vcs_branch {
	const char *name; /* "feature/x", "origin/feature/x" */
	char commit[RT_VCS_ID];
	bool remote;
} rt_vcs_branch;

typedef RT_VEC(rt_vcs_branch) rt_vcs_branches;

/* All branches, local ones first, each by name; a remote one that stands
 * where the local one of its name does is left out, and so is origin/HEAD. */
RETORT_MUST_CHECK int rt_vcs_branches_read(retort_vcs *vcs, rt_arena *arena,
					   rt_vcs_branches *out,
					   retort_error *err);

/*
 * Where commits may be that no branch has: in stashes ("stash@{0}"; what it
 * holds of files that git did not know comes as another of that name), then
 * where HEAD has been (named by the beginning of the id), newest first.
 *   out:  appended to *out, which is empty; *stashes, how many are stashes
 */
void rt_vcs_recent(retort_vcs *vcs, rt_arena *arena, rt_vcs_branches *out,
		   size_t *stashes);

/* The branch that a local branch follows: *upstream NULL if none, else its
 * name, and how many commits of it the branch lacks. */
RETORT_MUST_CHECK int rt_vcs_upstream(retort_vcs *vcs, const char *branch,
				      rt_arena *arena, const char **upstream,
				      size_t *behind, retort_error *err);

typedef RT_VEC(const char *) rt_vcs_ids;

/*
 * The merge bases of two commits; none where their histories have nothing in
 * common, or (shallow clone) where it is not here.
 *   out:  *out in the arena, sorted; *cut, the history ends too early to tell
 */
RETORT_MUST_CHECK int rt_vcs_bases(retort_vcs *vcs, const char *a,
				   const char *b, rt_arena *arena,
				   rt_vcs_ids *out, bool *cut,
				   retort_error *err);

/* --- files --------------------------------------------------------------- */

typedef struct rt_vcs_file {
	const char *path; /* from the root of the tree */
	const char *blob; /* its content's id */
} rt_vcs_file;

typedef RT_VEC(rt_vcs_file) rt_vcs_files;

/* Where revisions are looked for. */
typedef struct rt_vcs_places {
	retort_names dirs; /* as of rt_vcs_relative */
	bool recursive;
} rt_vcs_places;

/*
 * The files of some folders of a commit, in the order of the places, each
 * folder's own files by name before those of its sub-folders.  A link in the
 * tree is followed.
 *   out:  appended to *out; *real, the places without the links that led to
 *         them, in the arena; *there, whether one of the folders is there
 *   err:  EIO (an object is missing), EUNSUPPORTED (a folder is a submodule,
 *         a link leads out of the tree)
 *   cost: O(files)
 */
RETORT_MUST_CHECK int rt_vcs_list(retort_vcs *vcs, const char *commit,
				  const rt_vcs_places *places, rt_arena *arena,
				  rt_vcs_files *out, rt_vcs_places *real,
				  bool *there, retort_error *err);

/* The content of one file of a commit; ENOTFOUND where it has none. */
RETORT_MUST_CHECK int rt_vcs_read_path(retort_vcs *vcs, const char *commit,
				       const char *path, rt_str *out,
				       retort_error *err);

/*
 * A file's content.
 *   in:   path, for errors
 *   out:  appended to *out; of a Git LFS pointer what it points to
 *   err:  EIO: it is not here (a partial clone, LFS content that was not
 *         fetched; NEXT says how), larger than RT_FS_LIMIT
 */
RETORT_MUST_CHECK int rt_vcs_read(retort_vcs *vcs, const char *blob,
				  const char *path, rt_str *out,
				  retort_error *err);

/*
 * A commit of the working files on top of HEAD, in memory; HEAD's own where
 * nothing differs.  Only the places are looked at; what git ignores is not
 * part of it, what it does not know yet is.
 *   out:  commit; *changed, the files that differ from HEAD, in the arena
 *   err:  ENOTFOUND (no commit yet), EIO
 */
RETORT_MUST_CHECK int rt_vcs_working(retort_vcs *vcs,
				     const rt_vcs_places *places,
				     rt_arena *arena, char commit[RT_VCS_ID],
				     rt_vcs_ids *changed, retort_error *err);

/* --- merging ------------------------------------------------------------- */

/* A file that git leaves to a person; what a side does not have is NULL. */
typedef struct rt_vcs_clash {
	rt_vcs_file base, ours, theirs;
} rt_vcs_clash;

typedef RT_VEC(rt_vcs_clash) rt_vcs_clashes;

/*
 * What merging `theirs` into `ours` gives in the places; renames are found
 * as git finds them, several bases are merged first.
 *   in:   commits; they need not have anything in common
 *   out:  *out, the files that are merged, by path; *clashes, those of the
 *         places that are not
 *   cost: O(files of the trees)
 */
RETORT_MUST_CHECK int rt_vcs_merge(retort_vcs *vcs, const char *ours,
				   const char *theirs,
				   const rt_vcs_places *places,
				   rt_arena *arena, rt_vcs_files *out,
				   rt_vcs_clashes *clashes, retort_error *err);

typedef RT_VEC(uint64_t) rt_vcs_hashes; /* of paths */

/*
 * Which files of the whole tree differ between two commits: enough to tell
 * whether two sides have changed the same.
 *   out:  appended to *changed; to *gone, those that `to` no longer has
 *   cost: O(what differs, and its folders)
 */
RETORT_MUST_CHECK int rt_vcs_changes(retort_vcs *vcs, const char *from,
				     const char *to, rt_vcs_hashes *changed,
				     rt_vcs_hashes *gone, retort_error *err);

/* Whether `path` lies in one of the places. */
bool rt_vcs_is_inside(const rt_vcs_places *places, const char *path);

/* --- history ------------------------------------------------------------- */

/* Whether a commit is a merge, and of this parent. */
bool rt_vcs_is_merge_of(retort_vcs *vcs, const char *commit,
			const char *parent);

typedef struct rt_vcs_author {
	char commit[RT_VCS_ID];
	const char *name; /* in the arena; "" if no commit was found */
	const char *date; /* "2026-02-03T10:20:30+01:00" */
} rt_vcs_author;

/*
 * Who touched a file last, seen from a commit: the newest commit that has it
 * otherwise than its parents.
 *   cost: O(commits since then)
 */
RETORT_MUST_CHECK int rt_vcs_author_of(retort_vcs *vcs, const char *commit,
				       const char *path, rt_arena *arena,
				       rt_vcs_author *out, retort_error *err);

/* --- writing ------------------------------------------------------------- */

/* git's own folder for this working tree; absolute, ends in '/'. */
const char *rt_vcs_git_dir(const retort_vcs *vcs);

/* git add one file, an absolute path; EIO, ENOTFOUND (another repository). */
RETORT_MUST_CHECK int rt_vcs_stage(retort_vcs *vcs, const char *path,
				   retort_error *err);

/* --- hooks --------------------------------------------------------------- */

/* The folder that git runs hooks from: core.hooksPath or its own; absolute,
 * in the arena.  It need not exist. */
RETORT_MUST_CHECK int rt_vcs_hooks_dir(retort_vcs *vcs, rt_arena *arena,
				       const char **dir, retort_error *err);

#endif
