/* SPDX-License-Identifier: MIT */
/* Opening a repository, and saying why it cannot be. */
#include "config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "vcs/git_vcs.h"

static const char *reason(const rt_git *git)
{
	const git_error *last = git->git_error_last();

	return last && last->message ? last->message : "no reason given";
}

int rt_git_error(const rt_git *git, int code, retort_error *err,
		 const char *format, ...)
{
	rt_str s = RT_STR_INIT;
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&s, format, ap);
	va_end(ap);
	rt_err_set(err, code, "%s: %s", s.p, reason(git));
	rt_str_free(&s);
	return code;
}

char *rt_git_real_path(const char *path)
{
	char *absolute = rt_fs_absolute(path);
	char *dir = rt_fs_dirname(absolute);
	char *real = realpath(dir, NULL);
	char *joined = NULL;

	if (real)
		joined = rt_fs_join(real, rt_fs_basename(absolute));
	free(real);
	free(dir);
	free(absolute);
	return joined;
}

/* What is wrong with the repository at `dir`. */
static int refuse(const rt_git *git, int rc, const char *dir,
		  retort_error *err)
{
	const char *why = reason(git);

	/* 1.5 looks for safe.directory, and says only that it is not set */
	if (rc == GIT_EOWNER || strstr(why, "safe.directory")) {
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "if you trust it: git config --global --add "
			     "safe.directory %s",
			     dir);
		return rt_err_set(err, RETORT_EREFUSED,
				  "the git repository %s belongs to another "
				  "user",
				  dir);
	}
	if (strstr(why, "extension"))
		return rt_git_error(git, RETORT_EUNSUPPORTED, err,
				    "libgit2 %s cannot read the repository "
				    "%s",
				    LIBGIT2_VERSION_TEXT, dir);
	return rt_git_error(git, RETORT_EIO, err,
			    "cannot open the git repository %s", dir);
}

/* Where `safe.directory` wants it: the folder that holds .git. */
static char *work_tree_of(const char *git_dir)
{
	size_t n = strlen(git_dir);
	char *dir = rt_strndup(git_dir, n && git_dir[n - 1] == '/' ? n - 1
								   : n);
	char *parent;

	if (strcmp(rt_fs_basename(dir), ".git") != 0)
		return dir;
	parent = rt_fs_dirname(dir);
	free(dir);
	return parent;
}

static int open_at(retort_vcs *vcs, const char *git_dir, retort_error *err)
{
	const rt_git *git = &vcs->git;
	char *dir = work_tree_of(git_dir);
	int rc = git->git_repository_open(&vcs->repo, git_dir);

	if (rc) {
		rc = refuse(git, rc, dir, err);
	} else {
		vcs->directory = git->git_repository_workdir(vcs->repo);
		if (!vcs->directory)
			rc = rt_err_set(err, RETORT_ENOTFOUND,
					"the git repository %s is bare: it "
					"has no working files",
					dir);
	}
	free(dir);
	return rc;
}

static int discover(retort_vcs *vcs, const char *path, retort_error *err)
{
	git_buf found = { NULL, 0, 0 };
	char *dir = rt_fs_is_dir(path) ? rt_strdup(path)
				       : rt_fs_dirname(path);
	int rc = vcs->git.git_repository_discover(&found, dir, 0, NULL);

	if (rc == GIT_ENOTFOUND) {
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "git init, git add and git commit give its "
			     "revisions a history");
		rc = rt_err_set(err, RETORT_ENOTFOUND,
				"%s is in no git repository", dir);
	} else if (rc) {
		rc = refuse(&vcs->git, rc, dir, err);
	} else {
		rc = open_at(vcs, found.ptr, err);
	}
	vcs->git.git_buf_dispose(&found);
	free(dir);
	return rc;
}

int retort_vcs_open(retort_vcs **out, const char *path, retort_error *err)
{
	retort_vcs *vcs = rt_calloc(1, sizeof(*vcs));
	int rc = rt_git_load(&vcs->git, err);

	*out = NULL;
	if (rc) {
		free(vcs);
		return rc;
	}
	if (vcs->git.git_libgit2_init() < 0) {
		rc = rt_git_error(&vcs->git, RETORT_EUNSUPPORTED, err,
				  "libgit2 does not start");
		free(vcs);
		return rc;
	}
	rc = discover(vcs, path, err);
	if (rc)
		retort_vcs_close(vcs);
	else
		*out = vcs;
	return rc;
}

void retort_vcs_close(retort_vcs *vcs)
{
	if (!vcs)
		return;
	vcs->git.git_repository_free(vcs->repo);
	vcs->git.git_libgit2_shutdown();
	free(vcs);
}

const char *retort_vcs_directory(const retort_vcs *vcs)
{
	return vcs->directory;
}
