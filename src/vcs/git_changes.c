/* SPDX-License-Identifier: MIT */
/* Which files differ between two commits. */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "vcs/git_vcs.h"
#include "vcs/trees.h"

static int tree_of(retort_vcs *vcs, const char *commit, git_tree **tree,
		   retort_error *err)
{
	git_commit *c;
	int rc = rt_git_commit(vcs, commit, &c, err);

	*tree = NULL;
	if (rc)
		return rc;
	if (vcs->git.git_commit_tree(tree, c))
		rc = rt_git_missing(vcs, err, "the tree of commit %s is not "
				    "here", commit);
	vcs->git.git_commit_free(c);
	return rc;
}

/* FNV-1a */
static uint64_t hash_of(const char *path)
{
	uint64_t hash = 14695981039346656037u;

	for (; *path; path++)
		hash = (hash ^ (unsigned char)*path) * 1099511628211u;
	return hash;
}

int rt_vcs_changes(retort_vcs *vcs, const char *from, const char *to,
		   rt_vcs_hashes *changed, rt_vcs_hashes *gone,
		   retort_error *err)
{
	const rt_git *git = &vcs->git;
	git_tree *a = NULL, *b = NULL;
	git_diff *diff = NULL;
	size_t i, n;
	int rc = tree_of(vcs, from, &a, err);

	if (!rc)
		rc = tree_of(vcs, to, &b, err);
	if (!rc && git->git_diff_tree_to_tree(&diff, vcs->repo, a, b, NULL))
		rc = rt_git_missing(vcs, err, "cannot compare %.12s with "
				    "%.12s", from, to);
	n = rc ? 0 : git->git_diff_num_deltas(diff);
	for (i = 0; i < n; i++) {
		const git_diff_delta *d = git->git_diff_get_delta(diff, i);
		uint64_t hash = hash_of(d->old_file.path);

		rt_vec_push(changed, hash);
		if (d->status == GIT_DELTA_DELETED)
			rt_vec_push(gone, hash);
	}
	git->git_diff_free(diff);
	git->git_tree_free(a);
	git->git_tree_free(b);
	return rc;
}
