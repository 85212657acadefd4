/* SPDX-License-Identifier: MIT */
/* One working file against the last commit. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "vcs/git_vcs.h"

enum {
	STAGED = GIT_STATUS_INDEX_NEW | GIT_STATUS_INDEX_MODIFIED |
		 GIT_STATUS_INDEX_DELETED | GIT_STATUS_INDEX_RENAMED |
		 GIT_STATUS_INDEX_TYPECHANGE,
	UNSTAGED = GIT_STATUS_WT_MODIFIED | GIT_STATUS_WT_DELETED |
		   GIT_STATUS_WT_TYPECHANGE | GIT_STATUS_WT_RENAMED
};

static retort_vcs_state state_of(unsigned flags)
{
	if (flags & GIT_STATUS_CONFLICTED)
		return RETORT_VCS_CONFLICTED;
	if (flags & GIT_STATUS_IGNORED)
		return RETORT_VCS_IGNORED;
	/* deleted in the index, but still there: known to the commit */
	if (flags & GIT_STATUS_WT_NEW)
		return flags & GIT_STATUS_INDEX_DELETED
			       ? RETORT_VCS_MODIFIED
			       : RETORT_VCS_UNTRACKED;
	if (flags & (GIT_STATUS_INDEX_DELETED | GIT_STATUS_WT_DELETED))
		return RETORT_VCS_DELETED;
	if (flags & GIT_STATUS_INDEX_NEW)
		return RETORT_VCS_ADDED;
	return flags & (STAGED | UNSTAGED) ? RETORT_VCS_MODIFIED
					   : RETORT_VCS_UNMODIFIED;
}

/* The file's name in the repository, borrowed from `path`, or NULL. */
static const char *relative(const retort_vcs *vcs, const char *path)
{
	size_t n = strlen(vcs->directory);

	return path && !strncmp(path, vcs->directory, n) && path[n] ? path + n
								    : NULL;
}

static int read_status(retort_vcs *vcs, const char *name, retort_error *err,
		       retort_vcs_status *status)
{
	unsigned flags = 0;
	int rc = vcs->git.git_status_file(&flags, vcs->repo, name);

	if (rc == GIT_ENOTFOUND)
		return rt_err_set(err, RETORT_ENOTFOUND,
				  "there is no %s, and the last commit has "
				  "none",
				  name);
	if (rc)
		return rt_git_error(&vcs->git, RETORT_EIO, err,
				    "cannot tell how %s stands to git", name);
	status->state = state_of(flags);
	status->staged = (flags & STAGED) != 0;
	status->unstaged = (flags & UNSTAGED) != 0;
	return 0;
}

/* The last commit's tree; NULL before the first commit. */
static int head_tree(retort_vcs *vcs, git_object **tree, retort_error *err)
{
	int unborn = vcs->git.git_repository_head_unborn(vcs->repo);

	*tree = NULL;
	if (unborn == 1)
		return 0;
	if (unborn < 0 ||
	    vcs->git.git_revparse_single(tree, vcs->repo, "HEAD^{tree}"))
		return rt_git_error(&vcs->git, RETORT_EIO, err,
				    "cannot read the last commit");
	return 0;
}

static int write_diff(retort_vcs *vcs, git_object *tree, const char *name,
		      char **text, retort_error *err)
{
	const rt_git *git = &vcs->git;
	/* not _INIT, which leaves fields out */
	git_diff_options options = {
		.version = GIT_DIFF_OPTIONS_VERSION,
		.ignore_submodules = GIT_SUBMODULE_IGNORE_UNSPECIFIED,
		.context_lines = 3,
	};
	char *only = rt_strdup(name);
	git_buf buf = { NULL, 0, 0 };
	git_diff *diff = NULL;
	int rc;

	options.flags = GIT_DIFF_DISABLE_PATHSPEC_MATCH |
			GIT_DIFF_INCLUDE_UNTRACKED |
			GIT_DIFF_RECURSE_UNTRACKED_DIRS |
			GIT_DIFF_SHOW_UNTRACKED_CONTENT;
	options.pathspec.strings = &only;
	options.pathspec.count = 1;
	rc = git->git_diff_tree_to_workdir(&diff, vcs->repo, (git_tree *)tree,
					   &options);
	if (rc == 0)
		rc = git->git_diff_to_buf(&buf, diff, GIT_DIFF_FORMAT_PATCH);
	if (rc)
		rc = rt_git_error(git, RETORT_EIO, err,
				  "cannot compare %s with the last commit",
				  name);
	else
		*text = rt_strndup(buf.ptr, buf.size);
	git->git_buf_dispose(&buf);
	git->git_diff_free(diff);
	free(only);
	return rc;
}

/* A file of another size counts as modified, until a look into it shows that
 * only its line ends are others, as they may be. */
static void settle(retort_vcs_status *status, const char *text)
{
	if (status->state != RETORT_VCS_MODIFIED || *text)
		return;
	status->state = RETORT_VCS_UNMODIFIED;
	status->unstaged = status->staged;
}

int retort_vcs_diff(retort_vcs *vcs, const char *path,
		    retort_vcs_status *status, char **text, retort_error *err)
{
	char *real = rt_git_real_path(path);
	const char *name = relative(vcs, real);
	git_object *tree = NULL;
	int rc;

	*text = NULL;
	if (!name)
		rc = rt_err_set(err, RETORT_ENOTFOUND,
				"%s is not in the git repository %s", path,
				vcs->directory);
	else
		rc = read_status(vcs, name, err, status);
	if (rc == 0)
		rc = head_tree(vcs, &tree, err);
	if (rc == 0 && status->state == RETORT_VCS_IGNORED)
		*text = rt_strdup("");
	else if (rc == 0)
		rc = write_diff(vcs, tree, name, text, err);
	if (rc == 0)
		settle(status, *text);
	vcs->git.git_object_free(tree);
	free(real);
	return rc;
}
