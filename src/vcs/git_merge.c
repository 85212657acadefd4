/* SPDX-License-Identifier: MIT */
/* What a merge would give, without making it. */
#include "config.h"

#include "base/err.h"
#include "vcs/git_vcs.h"
#include "vcs/trees.h"

static rt_vcs_file make_file(retort_vcs *vcs, rt_arena *arena,
			     const git_index_entry *entry)
{
	rt_vcs_file file = { NULL, NULL };
	char hex[RT_VCS_ID];

	if (!entry)
		return file;
	vcs->git.git_oid_tostr(hex, sizeof(hex), &entry->id);
	file.path = rt_arena_strdup(arena, entry->path);
	file.blob = rt_arena_strdup(arena, hex);
	return file;
}

static bool is_file(const git_index_entry *entry)
{
	return entry->mode == GIT_FILEMODE_BLOB ||
	       entry->mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

static void take_merged(retort_vcs *vcs, git_index *index,
			const rt_vcs_places *places, rt_arena *arena,
			rt_vcs_files *out)
{
	size_t i, n = vcs->git.git_index_entrycount(index);

	for (i = 0; i < n; i++) {
		const git_index_entry *e =
			vcs->git.git_index_get_byindex(index, i);

		/* the stages above 0 are those of a conflict */
		if (!GIT_INDEX_ENTRY_STAGE(e) && is_file(e) &&
		    rt_vcs_is_inside(places, e->path))
			rt_vec_push(out, make_file(vcs, arena, e));
	}
}

static bool touches(const rt_vcs_places *places, const git_index_entry *e)
{
	return e && is_file(e) && rt_vcs_is_inside(places, e->path);
}

static int take_clashes(retort_vcs *vcs, git_index *index,
			const rt_vcs_places *places, rt_arena *arena,
			rt_vcs_clashes *out, retort_error *err)
{
	const git_index_entry *base, *ours, *theirs;
	git_index_conflict_iterator *it = NULL;
	int rc;

	if (vcs->git.git_index_conflict_iterator_new(&it, index))
		return rt_git_error(&vcs->git, RETORT_EIO, err,
				    "cannot read what a merge gives");
	while (!(rc = vcs->git.git_index_conflict_next(&base, &ours, &theirs,
						       it))) {
		rt_vcs_clash clash;

		if (!touches(places, base) && !touches(places, ours) &&
		    !touches(places, theirs))
			continue;
		clash.base = make_file(vcs, arena, base);
		clash.ours = make_file(vcs, arena, ours);
		clash.theirs = make_file(vcs, arena, theirs);
		rt_vec_push(out, clash);
	}
	vcs->git.git_index_conflict_iterator_free(it);
	return rc == GIT_ITEROVER
		       ? 0
		       : rt_git_error(&vcs->git, RETORT_EIO, err,
				      "cannot read what a merge gives");
}

int rt_vcs_merge(retort_vcs *vcs, const char *ours, const char *theirs,
		 const rt_vcs_places *places, rt_arena *arena,
		 rt_vcs_files *out, rt_vcs_clashes *clashes,
		 retort_error *err)
{
	/* not _INIT, which leaves fields out */
	git_merge_options options = {
		.version = GIT_MERGE_OPTIONS_VERSION,
		.flags = GIT_MERGE_FIND_RENAMES,
	};
	git_commit *a = NULL, *b = NULL;
	git_index *index = NULL;
	int rc = rt_git_write_to_memory(vcs, err);

	if (!rc)
		rc = rt_git_commit(vcs, ours, &a, err);
	if (!rc)
		rc = rt_git_commit(vcs, theirs, &b, err);
	if (!rc && vcs->git.git_merge_commits(&index, vcs->repo, a, b,
					      &options))
		rc = rt_git_missing(vcs, err,
				    "cannot merge %.12s and %.12s in memory",
				    ours, theirs);
	if (!rc) {
		take_merged(vcs, index, places, arena, out);
		rc = take_clashes(vcs, index, places, arena, clashes, err);
	}
	vcs->git.git_index_free(index);
	vcs->git.git_commit_free(a);
	vcs->git.git_commit_free(b);
	return rc;
}
