/* SPDX-License-Identifier: MIT */
/* The working files as a commit that only memory has. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "vcs/git_vcs.h"
#include "vcs/trees.h"

struct gather {
	retort_vcs *vcs;
	const rt_vcs_places *places;
	rt_arena *arena;
	git_tree *head;
	rt_vcs_ids *changed;
	RT_VEC(git_tree_update) updates;
	int rc;
	retort_error *err;
};

static bool is_in_head(const struct gather *g, const char *path)
{
	git_tree_entry *entry = NULL;
	bool is = g->vcs->git.git_tree_entry_bypath(&entry, g->head, path) ==
		  0;

	g->vcs->git.git_tree_entry_free(entry);
	return is;
}

static void put(struct gather *g, const char *path)
{
	git_tree_update update = { .action = GIT_TREE_UPDATE_UPSERT,
				   .filemode = GIT_FILEMODE_BLOB,
				   .path = path };

	if (g->vcs->git.git_blob_create_from_workdir(&update.id, g->vcs->repo,
						     path))
		g->rc = rt_git_error(&g->vcs->git, RETORT_EIO, g->err,
				     "cannot read %s", path);
	else
		rt_vec_push(&g->updates, update);
}

static void take_away(struct gather *g, const char *path)
{
	git_tree_update update = { .action = GIT_TREE_UPDATE_REMOVE,
				   .filemode = GIT_FILEMODE_BLOB,
				   .path = path };

	rt_vec_push(&g->updates, update);
}

/* One file that is not as the last commit has it. */
static int see(const char *path, unsigned flags, void *self)
{
	struct gather *g = self;
	char *full;

	if (!flags || flags & GIT_STATUS_IGNORED ||
	    !rt_vcs_is_inside(g->places, path))
		return 0;
	full = rt_fs_join(g->vcs->directory, path);
	path = rt_arena_strdup(g->arena, path);
	if (rt_fs_exists(full) && !rt_fs_is_dir(full)) {
		put(g, path);
		rt_vec_push(g->changed, path);
	} else if (is_in_head(g, path)) {
		take_away(g, path);
		rt_vec_push(g->changed, path);
	}
	free(full);
	return g->rc;
}

static int look_around(struct gather *g)
{
	/* not _INIT, which leaves fields out */
	git_status_options options = {
		.version = GIT_STATUS_OPTIONS_VERSION,
		.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR,
		.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED |
			 GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
			 GIT_STATUS_OPT_EXCLUDE_SUBMODULES |
			 GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH |
			 GIT_STATUS_OPT_NO_REFRESH,
	};
	size_t i, n = g->places->dirs.n;
	char **dirs = rt_calloc(n + 1, sizeof(*dirs));
	int rc;

	for (i = 0; i < n; i++)
		dirs[i] = rt_strdup(g->places->dirs.v[i]);
	options.pathspec.strings = dirs;
	options.pathspec.count = n;
	for (i = 0; i < n; i++)
		if (!*dirs[i])
			options.pathspec.count = 0; /* everything */
	rc = g->vcs->git.git_status_foreach_ext(g->vcs->repo, &options, see,
						g);
	if (rc && !g->rc)
		rc = rt_git_missing(g->vcs, g->err,
				    "cannot compare the working files with "
				    "the last commit");
	for (i = 0; i < n; i++)
		free(dirs[i]);
	free(dirs);
	return rc ? rc : g->rc;
}

/* The commit; its author is of no interest. */
static int commit(struct gather *g, git_commit *head, char out[RT_VCS_ID])
{
	const rt_git *git = &g->vcs->git;
	const git_commit *parents[1] = { head };
	git_signature *by = NULL;
	git_tree *tree = NULL;
	git_oid id;
	int rc = 0;

	if (git->git_tree_create_updated(&id, g->vcs->repo, g->head,
					 g->updates.n, g->updates.v) ||
	    git->git_tree_lookup(&tree, g->vcs->repo, &id) ||
	    git->git_signature_new(&by, "working files", "-", 0, 0) ||
	    git->git_commit_create(&id, g->vcs->repo, NULL, by, by, NULL,
				   "working files", tree, 1, parents))
		rc = rt_git_error(git, RETORT_EIO, g->err,
				  "cannot make a commit of the working files "
				  "in memory");
	else
		git->git_oid_tostr(out, RT_VCS_ID, &id);
	git->git_signature_free(by);
	git->git_tree_free(tree);
	return rc;
}

int rt_vcs_working(retort_vcs *vcs, const rt_vcs_places *places,
		   rt_arena *arena, char id[RT_VCS_ID], rt_vcs_ids *changed,
		   retort_error *err)
{
	struct gather g = { .vcs = vcs, .places = places, .arena = arena,
			    .changed = changed, .err = err };
	git_commit *head = NULL;
	const char *branch;
	int rc = rt_vcs_head(vcs, arena, id, &branch, err);

	if (!rc && !*id) {
		rt_err_field(err, RETORT_ERROR_NEXT, "git commit");
		rc = rt_err_set(err, RETORT_ENOTFOUND,
				"the repository %s has no commit yet",
				vcs->directory);
	}
	if (!rc)
		rc = rt_git_write_to_memory(vcs, err);
	if (!rc)
		rc = rt_git_commit(vcs, id, &head, err);
	if (!rc && vcs->git.git_commit_tree(&g.head, head))
		rc = rt_git_missing(vcs, err, "the tree of the last commit "
				    "is not here");
	if (!rc && !vcs->bare)
		rc = look_around(&g);
	if (!rc && g.updates.n)
		rc = commit(&g, head, id);
	rt_vec_free(&g.updates);
	vcs->git.git_tree_free(g.head);
	vcs->git.git_commit_free(head);
	return rc;
}
