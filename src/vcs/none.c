/* SPDX-License-Identifier: MIT */
/* Built --without-libgit2: there is no repository to open. */
#include "config.h"

#include <retort/vcs.h>

#include "base/alloc.h"
#include "base/err.h"
#include "vcs/textdiff.h"
#include "vcs/trees.h"

static int not_built(const char *what, retort_error *err)
{
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "git's own commands tell about %s", what);
	return rt_err_set(err, RETORT_EUNSUPPORTED,
			  "this retort was built without git");
}

int retort_vcs_open(retort_vcs **vcs, const char *path, retort_error *err)
{
	*vcs = NULL;
	return not_built(path, err);
}

int rt_vcs_open_any(retort_vcs **vcs, const char *path, retort_error *err)
{
	return retort_vcs_open(vcs, path, err);
}

void retort_vcs_close(retort_vcs *vcs)
{
	(void)vcs;
}

const char *retort_vcs_directory(const retort_vcs *vcs)
{
	(void)vcs;
	return "";
}

int retort_vcs_diff(retort_vcs *vcs, const char *path,
		    retort_vcs_status *status, char **text, retort_error *err)
{
	(void)vcs;
	*status = (retort_vcs_status){ RETORT_VCS_UNMODIFIED, false, false };
	*text = rt_strdup("");
	return rt_err_set(err, RETORT_EUNSUPPORTED,
			  "%s cannot be compared: this retort was built "
			  "without git",
			  path);
}

/* Nothing below can be reached without an open repository. */

const char *rt_vcs_root(const retort_vcs *vcs)
{
	return retort_vcs_directory(vcs);
}

bool rt_vcs_is_bare(const retort_vcs *vcs)
{
	(void)vcs;
	return false;
}

bool rt_vcs_is_shallow(const retort_vcs *vcs)
{
	(void)vcs;
	return false;
}

int rt_vcs_relative(const retort_vcs *vcs, const char *path, rt_arena *arena,
		    const char **name, retort_error *err)
{
	(void)vcs;
	(void)arena;
	(void)name;
	return not_built(path, err);
}

int rt_vcs_resolve(retort_vcs *vcs, const char *ref, char commit[RT_VCS_ID],
		   retort_error *err)
{
	(void)vcs;
	(void)commit;
	return not_built(ref, err);
}

const char *rt_vcs_name(retort_vcs *vcs, const char *ref, const char *commit,
			rt_arena *arena)
{
	(void)vcs;
	(void)commit;
	(void)arena;
	return ref;
}

void rt_vcs_recent(retort_vcs *vcs, rt_arena *arena, rt_vcs_branches *out,
		   size_t *stashes)
{
	(void)vcs;
	(void)arena;
	(void)out;
	*stashes = 0;
}

bool rt_vcs_is_merge_of(retort_vcs *vcs, const char *commit,
			const char *parent)
{
	(void)vcs;
	(void)commit;
	(void)parent;
	return false;
}

int rt_vcs_head(retort_vcs *vcs, rt_arena *arena, char commit[RT_VCS_ID],
		const char **branch, retort_error *err)
{
	(void)vcs;
	(void)arena;
	(void)commit;
	(void)branch;
	return not_built("it", err);
}

int rt_vcs_default_target(retort_vcs *vcs, const char *branch,
			  rt_arena *arena, const char **ref,
			  retort_error *err)
{
	(void)vcs;
	(void)arena;
	(void)ref;
	return not_built(branch, err);
}

int rt_vcs_branches_read(retort_vcs *vcs, rt_arena *arena,
			 rt_vcs_branches *out, retort_error *err)
{
	(void)vcs;
	(void)arena;
	(void)out;
	return not_built("it", err);
}

int rt_vcs_upstream(retort_vcs *vcs, const char *branch, rt_arena *arena,
		    const char **upstream, size_t *behind, retort_error *err)
{
	(void)vcs;
	(void)arena;
	(void)upstream;
	(void)behind;
	return not_built(branch, err);
}

int rt_vcs_bases(retort_vcs *vcs, const char *a, const char *b,
		 rt_arena *arena, rt_vcs_ids *out, bool *cut,
		 retort_error *err)
{
	(void)vcs;
	(void)a;
	(void)b;
	(void)arena;
	(void)out;
	(void)cut;
	return not_built("it", err);
}

int rt_vcs_list(retort_vcs *vcs, const char *commit,
		const rt_vcs_places *places, rt_arena *arena,
		rt_vcs_files *out, rt_vcs_places *real, bool *there,
		retort_error *err)
{
	(void)vcs;
	(void)commit;
	(void)places;
	(void)arena;
	(void)out;
	(void)real;
	(void)there;
	return not_built("it", err);
}

int rt_vcs_read_path(retort_vcs *vcs, const char *commit, const char *path,
		     rt_str *out, retort_error *err)
{
	(void)vcs;
	(void)commit;
	(void)out;
	return not_built(path, err);
}

int rt_vcs_read(retort_vcs *vcs, const char *blob, const char *path,
		rt_str *out, retort_error *err)
{
	(void)vcs;
	(void)blob;
	(void)out;
	return not_built(path, err);
}

int rt_vcs_working(retort_vcs *vcs, const rt_vcs_places *places,
		   rt_arena *arena, char commit[RT_VCS_ID],
		   rt_vcs_ids *changed, retort_error *err)
{
	(void)vcs;
	(void)places;
	(void)arena;
	(void)commit;
	(void)changed;
	return not_built("it", err);
}

int rt_vcs_merge(retort_vcs *vcs, const char *ours, const char *theirs,
		 const rt_vcs_places *places, rt_arena *arena,
		 rt_vcs_files *out, rt_vcs_clashes *clashes,
		 retort_error *err)
{
	(void)vcs;
	(void)ours;
	(void)theirs;
	(void)places;
	(void)arena;
	(void)out;
	(void)clashes;
	return not_built("it", err);
}

int rt_vcs_changes(retort_vcs *vcs, const char *from, const char *to,
		   rt_vcs_hashes *changed, rt_vcs_hashes *gone,
		   retort_error *err)
{
	(void)vcs;
	(void)from;
	(void)to;
	(void)changed;
	(void)gone;
	return not_built("it", err);
}

int rt_vcs_author_of(retort_vcs *vcs, const char *commit, const char *path,
		     rt_arena *arena, rt_vcs_author *out, retort_error *err)
{
	(void)vcs;
	(void)commit;
	(void)arena;
	(void)out;
	return not_built(path, err);
}

int rt_vcs_hooks_dir(retort_vcs *vcs, rt_arena *arena, const char **dir,
		     retort_error *err)
{
	(void)vcs;
	(void)arena;
	(void)dir;
	return not_built("it", err);
}

int rt_textdiff(const char *before_name, rt_sv before, const char *after_name,
		rt_sv after, size_t context, rt_str *out, retort_error *err)
{
	(void)before;
	(void)after;
	(void)context;
	(void)out;
	(void)after_name;
	return not_built(before_name, err);
}

const char *rt_vcs_git_dir(const retort_vcs *vcs)
{
	(void)vcs;
	return "";
}

int rt_vcs_stage(retort_vcs *vcs, const char *path, retort_error *err)
{
	(void)vcs;
	return not_built(path, err);
}
