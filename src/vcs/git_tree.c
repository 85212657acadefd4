/* SPDX-License-Identifier: MIT */
/* The files of a commit. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "vcs/git_vcs.h"
#include "vcs/trees.h"

enum {
	LINKS_MAX = 8,   /* followed in a row */
	DEPTH_MAX = 64   /* of sub-folders, as when files are read */
};

struct lister {
	retort_vcs *vcs;
	git_tree *root;
	const rt_vcs_places *places;
	rt_arena *arena;
	rt_vcs_files *out;
	retort_error *err;
};

/* What a path of a tree leads to. */
struct place {
	git_filemode_t mode; /* 0 = nothing is there */
	git_oid id;
};

static int open_tree(retort_vcs *vcs, const git_oid *id, const char *path,
		     git_tree **tree, retort_error *err)
{
	if (vcs->git.git_tree_lookup(tree, vcs->repo, id))
		return rt_git_missing(vcs, err, "the folder %s is not here",
				      *path ? path : "/");
	return 0;
}

/* One step from a folder; mode 0 where it has no such entry. */
static int step(retort_vcs *vcs, const struct place *from, const char *name,
		struct place *to, retort_error *err)
{
	const rt_git *git = &vcs->git;
	const git_tree_entry *entry;
	git_tree *tree;
	int rc = open_tree(vcs, &from->id, name, &tree, err);

	memset(to, 0, sizeof(*to));
	if (rc)
		return rc;
	entry = git->git_tree_entry_byname(tree, name);
	if (entry) {
		to->mode = git->git_tree_entry_filemode(entry);
		to->id = *git->git_tree_entry_id(entry);
	}
	git->git_tree_free(tree);
	return 0;
}

/* Where a link leads, from the root of the tree; in *path, which names the
 * link.  `behind` is what stands behind it. */
static int follow(retort_vcs *vcs, const git_oid *id, const char *link,
		  const char *behind, char **path, retort_error *err)
{
	char hex[RT_VCS_ID], *dir, *joined, *clean;
	rt_str text = RT_STR_INIT;
	int rc;

	vcs->git.git_oid_tostr(hex, sizeof(hex), id);
	rc = rt_vcs_read(vcs, hex, link, &text, err);
	if (rc)
		goto out;
	/* under a made-up root, which it must not leave */
	dir = rt_fs_dirname(link);
	joined = rt_strf("/%s/%s/%s", strcmp(dir, ".") ? dir : "", text.p,
			 behind);
	clean = rt_fs_absolute(joined);
	if (text.p[0] == '/')
		rc = rt_err_set(err, RETORT_EUNSUPPORTED,
				"%s is a symbolic link that leads out of the "
				"repository", link);
	else
		*path = rt_strdup(clean + 1);
	free(clean);
	free(joined);
	free(dir);
out:
	rt_str_free(&text);
	return rc;
}

static int is_submodule(const char *path, retort_error *err)
{
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "git submodule update --init, and compare the "
		     "submodule's own branches");
	return rt_err_set(err, RETORT_EUNSUPPORTED,
			  "%s is a submodule: its files are in another "
			  "repository", path);
}

static int find_by(retort_vcs *vcs, git_tree *root, const char *path,
		   int links, struct place *out, char **where,
		   retort_error *err);

/* Go on where the link leads to that ends `n` bytes into the path. */
static int go_on(retort_vcs *vcs, git_tree *root, const char *path, size_t n,
		 int links, struct place *out, char **where,
		 retort_error *err)
{
	char *link = rt_strndup(path, n), *target = NULL;
	int rc;

	if (links >= LINKS_MAX)
		rc = rt_err_set(err, RETORT_EUNSUPPORTED,
				"%s is a link to a link to a link", link);
	else
		rc = follow(vcs, &out->id, link, path + n, &target, err);
	if (!rc)
		rc = find_by(vcs, root, target, links + 1, out, where, err);
	free(target);
	free(link);
	return rc;
}

static int find_by(retort_vcs *vcs, git_tree *root, const char *path,
		   int links, struct place *out, char **where,
		   retort_error *err)
{
	size_t at = strspn(path, "/"), n;
	int rc = 0;

	out->mode = GIT_FILEMODE_TREE;
	out->id = *vcs->git.git_object_id((const git_object *)root);
	for (; !rc && path[at] && out->mode; at += n + strspn(path + at + n,
							       "/")) {
		char *name;

		n = strcspn(path + at, "/");
		if (out->mode == GIT_FILEMODE_COMMIT)
			return is_submodule(path, err);
		if (out->mode != GIT_FILEMODE_TREE) {
			out->mode = (git_filemode_t)0; /* below a file */
			break;
		}
		name = rt_strndup(path + at, n);
		rc = step(vcs, out, name, out, err);
		free(name);
		if (!rc && out->mode == GIT_FILEMODE_LINK)
			return go_on(vcs, root, path, at + n, links, out,
				     where, err);
	}
	if (!rc && where)
		*where = rt_strdup(path);
	return rc;
}

/* Walk a path; links on the way are followed. */
static int find(retort_vcs *vcs, git_tree *root, const char *path,
		struct place *out, retort_error *err)
{
	return find_by(vcs, root, path, 0, out, NULL, err);
}

/* --- listing ------------------------------------------------------------- */

/* Hidden files, editors' locks, __init__ and __pycache__: as for files. */
static bool is_skipped(const char *name)
{
	return name[0] == '.' || !strncmp(name, "__", 2);
}

static void add_file(struct lister *l, const char *path, const git_oid *id)
{
	char hex[RT_VCS_ID];

	l->vcs->git.git_oid_tostr(hex, sizeof(hex), id);
	rt_vec_push(l->out,
		    (rt_vcs_file){ path, rt_arena_strdup(l->arena, hex) });
}

static int add_entry(struct lister *l, const git_tree_entry *entry,
		     const char *path)
{
	const rt_git *git = &l->vcs->git;
	struct place to;
	int rc;

	switch (git->git_tree_entry_filemode(entry)) {
	case GIT_FILEMODE_BLOB:
	case GIT_FILEMODE_BLOB_EXECUTABLE:
		add_file(l, path, git->git_tree_entry_id(entry));
		return 0;
	case GIT_FILEMODE_LINK:
		rc = find(l->vcs, l->root, path, &to, l->err);
		if (!rc && (to.mode == GIT_FILEMODE_BLOB ||
			    to.mode == GIT_FILEMODE_BLOB_EXECUTABLE))
			add_file(l, path, &to.id);
		return rc;
	default:
		return 0;
	}
}

static int list_tree(struct lister *l, const git_oid *id, const char *path,
		     int depth)
{
	const rt_git *git = &l->vcs->git;
	const char *slash = *path ? "/" : "", *name, *full;
	const git_tree_entry *entry;
	git_tree *tree;
	size_t i, n;
	int pass, rc = open_tree(l->vcs, id, path, &tree, l->err);

	if (rc)
		return rc;
	n = git->git_tree_entrycount(tree);
	/* a folder's own files come first */
	for (pass = 0; pass < (l->places->recursive ? 2 : 1); pass++)
		for (i = 0; i < n && !rc; i++) {
			entry = git->git_tree_entry_byindex(tree, i);
			name = git->git_tree_entry_name(entry);
			if (is_skipped(name))
				continue;
			full = rt_arena_strf(l->arena, "%s%s%s", path, slash,
					     name);
			if (!pass)
				rc = add_entry(l, entry, full);
			else if (git->git_tree_entry_filemode(entry) ==
					 GIT_FILEMODE_TREE &&
				 depth < DEPTH_MAX)
				rc = list_tree(l,
					       git->git_tree_entry_id(entry),
					       full, depth + 1);
		}
	git->git_tree_free(tree);
	return rc;
}

static int list_place(struct lister *l, const char *dir, const char **real,
		      bool *there)
{
	char *where = NULL;
	struct place at;
	int rc = find_by(l->vcs, l->root, dir, 0, &at, &where, l->err);

	*real = rt_arena_strdup(l->arena, where ? where : dir);
	free(where);
	if (rc)
		return rc;
	if (at.mode == GIT_FILEMODE_COMMIT)
		return is_submodule(dir, l->err);
	if (at.mode != GIT_FILEMODE_TREE)
		return 0;
	*there = true;
	return list_tree(l, &at.id, *real, 0);
}

static int root_of(retort_vcs *vcs, const char *commit, git_tree **root,
		   retort_error *err)
{
	git_commit *c;
	int rc = rt_git_commit(vcs, commit, &c, err);

	if (rc)
		return rc;
	if (vcs->git.git_commit_tree(root, c))
		rc = rt_git_missing(vcs, err, "the tree of commit %s is not "
				    "here", commit);
	vcs->git.git_commit_free(c);
	return rc;
}

int rt_vcs_list(retort_vcs *vcs, const char *commit,
		const rt_vcs_places *places, rt_arena *arena,
		rt_vcs_files *out, rt_vcs_places *real, bool *there,
		retort_error *err)
{
	struct lister l = { vcs, NULL, places, arena, out, err };
	const char **dirs = rt_arena_calloc(arena, places->dirs.n + 1,
					    sizeof(*dirs));
	size_t i;
	int rc = root_of(vcs, commit, &l.root, err);

	*there = false;
	*real = (rt_vcs_places){ { dirs, places->dirs.n },
				 places->recursive };
	for (i = 0; i < places->dirs.n && !rc; i++)
		rc = list_place(&l, places->dirs.v[i], &dirs[i], there);
	vcs->git.git_tree_free(l.root);
	return rc;
}

int rt_vcs_read_path(retort_vcs *vcs, const char *commit, const char *path,
		     rt_str *out, retort_error *err)
{
	char hex[RT_VCS_ID];
	struct place at;
	git_tree *root = NULL;
	int rc = root_of(vcs, commit, &root, err);

	if (!rc)
		rc = find(vcs, root, path, &at, err);
	vcs->git.git_tree_free(root);
	if (rc)
		return rc;
	if (at.mode != GIT_FILEMODE_BLOB &&
	    at.mode != GIT_FILEMODE_BLOB_EXECUTABLE)
		return rt_err_set(err, RETORT_ENOTFOUND,
				  "commit %.12s has no file %s", commit,
				  path);
	vcs->git.git_oid_tostr(hex, sizeof(hex), &at.id);
	return rt_vcs_read(vcs, hex, path, out, err);
}
