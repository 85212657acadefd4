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
#include "vcs/trees.h"

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
	if (strstr(why, "objectformat"))
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "its ids are SHA-256, which this libgit2 does "
			     "not know; compare in a copy: git init "
			     "--object-format=sha1 COPY && git fast-export "
			     "--all | git -C COPY fast-import");
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
		vcs->bare = !vcs->directory;
		if (vcs->bare)
			vcs->directory = git->git_repository_path(vcs->repo);
	}
	free(dir);
	return rc;
}

/* The nearest folder that is there, links resolved; what stands behind it in
 * *rest, "" if it is all there. */
static char *nearest_folder(const char *path, char **rest)
{
	char *absolute = rt_fs_absolute(path), *dir = rt_strdup(absolute);
	char *real, *up;

	while (!(real = rt_fs_is_dir(dir) ? realpath(dir, NULL) : NULL) &&
	       strcmp(dir, "/") != 0) {
		up = rt_fs_dirname(dir);
		free(dir);
		dir = up;
	}
	if (!real)
		real = rt_strdup("/");
	*rest = rt_strdup(absolute + strlen(dir));
	free(dir);
	free(absolute);
	return real;
}

static int discover(retort_vcs *vcs, const char *path, retort_error *err)
{
	git_buf found = { NULL, 0, 0 };
	char *rest, *dir = nearest_folder(path, &rest);
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
	free(rest);
	free(dir);
	return rc;
}

/*
 * Extensions of the format that do not get in the way of reading: objects
 * that are missing are missed when they are asked for, and the settings of
 * one worktree are nothing that is looked at here.
 */
static void accept_extensions(const rt_git *git)
{
	static const char *const known[] = { "partialclone",
					     "preciousobjects",
					     "worktreeconfig" };

	(void)git->git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, known,
				    sizeof(known) / sizeof(known[0]));
}

int rt_vcs_open_any(retort_vcs **out, const char *path, retort_error *err)
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
	accept_extensions(&vcs->git);
	rc = discover(vcs, path, err);
	if (rc)
		retort_vcs_close(vcs);
	else
		*out = vcs;
	return rc;
}

int retort_vcs_open(retort_vcs **vcs, const char *path, retort_error *err)
{
	int rc = rt_vcs_open_any(vcs, path, err);

	if (rc || !(*vcs)->bare)
		return rc;
	rc = rt_err_set(err, RETORT_ENOTFOUND,
			"the git repository %s is bare: it has no working "
			"files",
			(*vcs)->directory);
	retort_vcs_close(*vcs);
	*vcs = NULL;
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

const char *rt_vcs_root(const retort_vcs *vcs)
{
	return vcs->directory;
}

bool rt_vcs_is_bare(const retort_vcs *vcs)
{
	return vcs->bare;
}

bool rt_vcs_is_shallow(const retort_vcs *vcs)
{
	return vcs->git.git_repository_is_shallow(vcs->repo) == 1;
}

int rt_vcs_relative(const retort_vcs *vcs, const char *path, rt_arena *arena,
		    const char **name, retort_error *err)
{
	char *rest, *dir = nearest_folder(path, &rest);
	rt_sv root = rt_sv_from(vcs->directory), full;

	full = rt_sv_from(rt_arena_strf(arena, "%s%s/", dir, rest));
	free(dir);
	free(rest);
	if (!rt_sv_starts(full, vcs->directory))
		return rt_err_set(err, RETORT_ENOTFOUND,
				  "%s is not in the git repository %s", path,
				  vcs->directory);
	full = rt_sv_sub(full, root.n, full.n);
	while (full.n && full.p[full.n - 1] == '/')
		full.n--;
	*name = rt_arena_strsv(arena, full);
	return 0;
}
