/* SPDX-License-Identifier: MIT */
/* Commits that no branch has any more, or never had. */
#include "config.h"

#include <string.h>

#include "vcs/git_vcs.h"
#include "vcs/trees.h"

enum { COMMITS_MAX = 50 };

static bool is_known(const rt_vcs_branches *list, const char *commit)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (!strcmp(list->v[i].commit, commit))
			return true;
	return false;
}

static void add(retort_vcs *vcs, const git_oid *id, const char *name,
		rt_vcs_branches *out)
{
	rt_vcs_branch one = { .name = name };

	vcs->git.git_oid_tostr(one.commit, sizeof(one.commit), id);
	if (!is_known(out, one.commit) && out->n < COMMITS_MAX)
		rt_vec_push(out, one);
}

/* What git did not know yet is in a third parent of its own. */
static void add_stash(retort_vcs *vcs, const git_oid *id, size_t i,
		      rt_arena *arena, rt_vcs_branches *out)
{
	const char *name = rt_arena_strf(arena, "stash@{%zu}", i);
	git_commit *c = NULL;

	add(vcs, id, name, out);
	if (!vcs->git.git_commit_lookup(&c, vcs->repo, id) &&
	    vcs->git.git_commit_parentcount(c) > 2)
		add(vcs, vcs->git.git_commit_parent_id(c, 2), name, out);
	vcs->git.git_commit_free(c);
}

static void read_log(retort_vcs *vcs, const char *ref, bool stash,
		     rt_arena *arena, rt_vcs_branches *out)
{
	const rt_git *git = &vcs->git;
	git_reflog *log = NULL;
	char hex[RT_VCS_ID];
	size_t i, n;

	if (git->git_reflog_read(&log, vcs->repo, ref))
		return;
	n = git->git_reflog_entrycount(log);
	for (i = 0; i < n && out->n < COMMITS_MAX; i++) {
		const git_oid *id = git->git_reflog_entry_id_new(
			git->git_reflog_entry_byindex(log, i));

		if (stash) {
			add_stash(vcs, id, i, arena, out);
			continue;
		}
		git->git_oid_tostr(hex, sizeof(hex), id);
		add(vcs, id, rt_arena_strf(arena, "%.7s", hex), out);
	}
	git->git_reflog_free(log);
}

void rt_vcs_recent(retort_vcs *vcs, rt_arena *arena, rt_vcs_branches *out,
		   size_t *stashes)
{
	read_log(vcs, "refs/stash", true, arena, out);
	*stashes = out->n;
	read_log(vcs, "HEAD", false, arena, out);
}
