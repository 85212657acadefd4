/* SPDX-License-Identifier: MIT */
/* What two commits have in common, and who touched a file last. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/names.h"
#include "vcs/git_vcs.h"
#include "vcs/trees.h"

int rt_vcs_bases(retort_vcs *vcs, const char *a, const char *b,
		 rt_arena *arena, rt_vcs_ids *out, bool *cut,
		 retort_error *err)
{
	git_oidarray bases = { NULL, 0 };
	char hex[RT_VCS_ID];
	git_oid one, two;
	size_t i;
	int rc;

	*cut = false;
	if (vcs->git.git_oid_fromstr(&one, a) ||
	    vcs->git.git_oid_fromstr(&two, b))
		return rt_git_error(&vcs->git, RETORT_EIO, err, "no id");
	rc = vcs->git.git_merge_bases(&bases, vcs->repo, &one, &two);
	if (rc && rt_vcs_is_shallow(vcs)) {
		*cut = true;
		return 0;
	}
	if (rc == GIT_ENOTFOUND)
		return 0;
	if (rc)
		return rt_git_missing(vcs, err, "the history of %.12s and "
				      "%.12s cannot be read", a, b);
	for (i = 0; i < bases.count; i++) {
		vcs->git.git_oid_tostr(hex, sizeof(hex), &bases.ids[i]);
		rt_vec_push(out, rt_arena_strdup(arena, hex));
	}
	vcs->git.git_oidarray_dispose(&bases);
	rt_names_sort(out->v, out->n);
	return 0;
}

bool rt_vcs_is_merge_of(retort_vcs *vcs, const char *commit,
			const char *parent)
{
	git_commit *c = NULL;
	char hex[RT_VCS_ID];
	bool is = false;
	unsigned i, n = 0;

	if (!rt_git_commit(vcs, commit, &c, NULL))
		n = vcs->git.git_commit_parentcount(c);
	for (i = 0; i < n && n > 1; i++) {
		vcs->git.git_oid_tostr(hex, sizeof(hex),
				       vcs->git.git_commit_parent_id(c, i));
		is |= !strcmp(hex, parent);
	}
	vcs->git.git_commit_free(c);
	return is;
}

/* --- authors ------------------------------------------------------------- */

/* What a commit has at a path; all zero where it has nothing. */
static int content_at(retort_vcs *vcs, const git_oid *commit,
		      const char *path, git_oid *content, retort_error *err)
{
	const rt_git *git = &vcs->git;
	git_tree_entry *entry = NULL;
	git_commit *c = NULL;
	git_tree *tree = NULL;
	int rc = 0, found;

	memset(content, 0, sizeof(*content));
	if (git->git_commit_lookup(&c, vcs->repo, commit) ||
	    git->git_commit_tree(&tree, c)) {
		rc = rt_git_missing(vcs, err, "the history of %s cannot be "
				    "read", path);
		goto out;
	}
	found = git->git_tree_entry_bypath(&entry, tree, path);
	if (!found)
		*content = *git->git_tree_entry_id(entry);
	else if (found != GIT_ENOTFOUND)
		rc = rt_git_missing(vcs, err, "the history of %s cannot be "
				    "read", path);
out:
	git->git_tree_entry_free(entry);
	git->git_tree_free(tree);
	git->git_commit_free(c);
	return rc;
}

/* Whether no parent has it as the commit has; there must be something to
 * have, in the one or the other.  A parent that a shallow clone lacks counts
 * as one that has nothing. */
static int is_author(retort_vcs *vcs, git_commit *c, const char *path,
		     const git_oid *content, bool *is, retort_error *err)
{
	unsigned i, n = vcs->git.git_commit_parentcount(c);
	git_oid parents;
	int rc = 0;

	*is = n > 0 || !vcs->git.git_oid_is_zero(content);
	for (i = 0; i < n && *is && !rc; i++) {
		if (content_at(vcs, vcs->git.git_commit_parent_id(c, i), path,
			       &parents, NULL)) {
			if (!rt_vcs_is_shallow(vcs))
				rc = rt_git_missing(vcs, err,
						    "the history of %s "
						    "cannot be read", path);
			continue;
		}
		*is = !vcs->git.git_oid_equal(&parents, content);
	}
	return rc;
}

static void take_author(retort_vcs *vcs, git_commit *c, rt_arena *arena,
			rt_vcs_author *out)
{
	const git_signature *by = vcs->git.git_commit_author(c);
	rt_str date = RT_STR_INIT;

	vcs->git.git_oid_tostr(out->commit, sizeof(out->commit),
			       vcs->git.git_commit_id(c));
	rt_clock_format_at(by->when.time, by->when.offset * 60L, &date);
	out->name = rt_arena_strdup(arena, by->name ? by->name : "");
	out->date = rt_arena_strsv(arena, rt_str_sv(&date));
	rt_str_free(&date);
}

/* One commit of the walk; *done when it is the one. */
static int look_at(retort_vcs *vcs, const git_oid *id, const char *path,
		   rt_arena *arena, rt_vcs_author *out, bool *done,
		   retort_error *err)
{
	git_commit *c = NULL;
	git_oid content;
	int rc = content_at(vcs, id, path, &content, err);

	if (rc)
		return rc;
	if (vcs->git.git_commit_lookup(&c, vcs->repo, id))
		return rt_git_missing(vcs, err, "the history of %s cannot be "
				      "read", path);
	rc = is_author(vcs, c, path, &content, done, err);
	if (!rc && *done)
		take_author(vcs, c, arena, out);
	vcs->git.git_commit_free(c);
	return rc;
}

int rt_vcs_author_of(retort_vcs *vcs, const char *commit, const char *path,
		     rt_arena *arena, rt_vcs_author *out, retort_error *err)
{
	git_revwalk *walk = NULL;
	bool done = false;
	git_oid id;
	int rc = 0;

	*out = (rt_vcs_author){ "", "", "" };
	if (vcs->git.git_oid_fromstr(&id, commit) ||
	    vcs->git.git_revwalk_new(&walk, vcs->repo) ||
	    vcs->git.git_revwalk_sorting(walk, GIT_SORT_TIME) ||
	    vcs->git.git_revwalk_push(walk, &id))
		rc = rt_git_missing(vcs, err, "the history of %s cannot be "
				    "read", path);
	while (!rc && !done && !vcs->git.git_revwalk_next(&id, walk))
		rc = look_at(vcs, &id, path, arena, out, &done, err);
	vcs->git.git_revwalk_free(walk);
	return rc;
}

/* --- hooks --------------------------------------------------------------- */

int rt_vcs_hooks_dir(retort_vcs *vcs, rt_arena *arena, const char **dir,
		     retort_error *err)
{
	const rt_git *git = &vcs->git;
	git_buf path = { NULL, 0, 0 };
	git_config *config = NULL;
	char *joined;
	int rc;

	if (git->git_repository_config_snapshot(&config, vcs->repo))
		return rt_git_error(git, RETORT_EIO, err,
				    "cannot read git's settings");
	rc = git->git_config_get_path(&path, config, "core.hooksPath");
	/* relative to where hooks run: the root of the working files */
	joined = !rc && path.size
			 ? rt_fs_join(vcs->directory, path.ptr)
			 : rt_fs_join(git->git_repository_commondir(vcs->repo),
				      "hooks");
	*dir = rt_arena_strdup(arena, joined);
	free(joined);
	git->git_buf_dispose(&path);
	git->git_config_free(config);
	return rc && rc != GIT_ENOTFOUND
		       ? rt_git_error(git, RETORT_EIO, err,
				      "cannot read core.hooksPath")
		       : 0;
}
