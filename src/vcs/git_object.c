/* SPDX-License-Identifier: MIT */
/* Objects: what is missing, where new ones go, contents, LFS. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "vcs/git_vcs.h"
#include "vcs/trees.h"

/* Above the backends that a repository has; see git_odb_add_backend. */
enum { MEMORY_PRIORITY = 999 };

/* A clone that leaves contents to be fetched when they are wanted. */
static bool is_partial(retort_vcs *vcs)
{
	char *path = rt_fs_join(
		vcs->git.git_repository_commondir(vcs->repo), "config");
	rt_str text = RT_STR_INIT;
	bool partial = rt_fs_read(path, RT_FS_LIMIT, &text, NULL) == 0 &&
		       (strstr(text.p, "promisor") ||
			strstr(text.p, "partialclonefilter"));

	rt_str_free(&text);
	free(path);
	return partial;
}

int rt_git_missing(retort_vcs *vcs, retort_error *err, const char *format, ...)
{
	const git_error *last = vcs->git.git_error_last();
	rt_str s = RT_STR_INIT;
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&s, format, ap);
	va_end(ap);
	rt_err_set(err, RETORT_EIO, "%s: %s", s.p,
		   last && last->message ? last->message : "no reason given");
	rt_str_free(&s);
	if (is_partial(vcs))
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "this is a partial clone; get all of it: git "
			     "fetch --refetch --no-filter");
	else if (rt_vcs_is_shallow(vcs))
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "this is a shallow clone; get the rest: git "
			     "fetch --unshallow (in CI: fetch depth 0)");
	else
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "git fsck says what is damaged");
	return RETORT_EIO;
}

int rt_git_commit(retort_vcs *vcs, const char *id, git_commit **commit,
		  retort_error *err)
{
	git_oid oid;

	*commit = NULL;
	if (vcs->git.git_oid_fromstr(&oid, id) ||
	    vcs->git.git_commit_lookup(commit, vcs->repo, &oid))
		return rt_git_missing(vcs, err, "commit %s cannot be read",
				      id);
	return 0;
}

int rt_git_write_to_memory(retort_vcs *vcs, retort_error *err)
{
	const rt_git *git = &vcs->git;
	git_odb_backend *memory = NULL;
	git_odb *odb = NULL;
	int rc = 0;

	if (vcs->in_memory)
		return 0;
	if (git->git_repository_odb(&odb, vcs->repo) ||
	    git->git_mempack_new(&memory) ||
	    git->git_odb_add_backend(odb, memory, MEMORY_PRIORITY))
		rc = rt_git_error(git, RETORT_EIO, err,
				  "no objects can be made in memory");
	git->git_odb_free(odb);
	vcs->in_memory = rc == 0;
	return rc;
}

/* --- contents ------------------------------------------------------------ */

static const char lfs_start[] = "version https://git-lfs.github.com/";
enum { LFS_POINTER_MAX = 1024, SHA256_HEX = 64 };

/* The content that a pointer names, as git-lfs keeps it. */
static int read_lfs(retort_vcs *vcs, rt_sv pointer, const char *path,
		    rt_str *out, retort_error *err)
{
	static const char key[] = "oid sha256:";
	char *text = rt_strndup(pointer.p, pointer.n), *file = NULL;
	const char *oid = strstr(text, key);
	int rc = RETORT_EIO;

	if (oid && strspn(oid + sizeof(key) - 1, "0123456789abcdef") ==
			   SHA256_HEX) {
		oid += sizeof(key) - 1;
		file = rt_strf("%slfs/objects/%.2s/%.2s/%.64s",
			       vcs->git.git_repository_commondir(vcs->repo),
			       oid, oid + 2, oid);
		if (rt_fs_exists(file))
			rc = rt_fs_read(file, RT_FS_LIMIT, out, err);
		else
			file[0] = '\0';
	}
	if (!file || !*file) {
		rt_err_set(err, RETORT_EIO,
			   "%s is a Git LFS pointer, and what it points to "
			   "is not here",
			   path);
		rt_err_field(err, RETORT_ERROR_NEXT, "git lfs fetch --all");
	}
	free(file);
	free(text);
	return rc;
}

int rt_vcs_read(retort_vcs *vcs, const char *id, const char *path, rt_str *out,
		retort_error *err)
{
	const rt_git *git = &vcs->git;
	git_blob *blob = NULL;
	git_oid oid;
	rt_sv text;
	int rc = 0;

	if (git->git_oid_fromstr(&oid, id) ||
	    git->git_blob_lookup(&blob, vcs->repo, &oid))
		return rt_git_missing(vcs, err,
				      "the content of %s (%.12s) is not here",
				      path, id);
	text.p = git->git_blob_rawcontent(blob);
	text.n = (size_t)git->git_blob_rawsize(blob);
	if (text.n > RT_FS_LIMIT)
		rc = rt_err_set(err, RETORT_EIO, "%s is larger than %zu MiB",
				path, RT_FS_LIMIT >> 20);
	else if (text.n <= LFS_POINTER_MAX && rt_sv_starts(text, lfs_start))
		rc = read_lfs(vcs, text, path, out, err);
	else
		rt_str_addsv(out, text);
	git->git_blob_free(blob);
	return rc;
}
