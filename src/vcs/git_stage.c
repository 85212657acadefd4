/* SPDX-License-Identifier: MIT */
/* The one thing that is written: the index, when the user asks for it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "vcs/git_vcs.h"
#include "vcs/trees.h"

const char *rt_vcs_git_dir(const retort_vcs *vcs)
{
	return vcs->git.git_repository_path(vcs->repo);
}

int rt_vcs_stage(retort_vcs *vcs, const char *path, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	git_repository *repo = NULL;
	git_index *index = NULL;
	const char *name;
	int rc;

	/* Opened anew: what vcs->repo writes stays in memory. */
	rc = rt_vcs_relative(vcs, path, &arena, &name, err);
	if (rc == 0 &&
	    (vcs->git.git_repository_open(&repo, rt_vcs_git_dir(vcs)) ||
	     vcs->git.git_repository_index(&index, repo) ||
	     vcs->git.git_index_add_bypath(index, name) ||
	     vcs->git.git_index_write(index)))
		rc = rt_git_error(&vcs->git, RETORT_EIO, err,
				  "cannot stage %s", name);
	if (index)
		vcs->git.git_index_free(index);
	if (repo)
		vcs->git.git_repository_free(repo);
	rt_arena_free(&arena);
	return rc;
}
