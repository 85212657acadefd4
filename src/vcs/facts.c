/* SPDX-License-Identifier: MIT */
/* What a user wants to know of the repository, by what trees.h can tell. */
#include "config.h"

#include <retort/vcs.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "vcs/trees.h"

enum { SHORT_ID = 10 };

int retort_vcs_branch(retort_vcs *vcs, char **name, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	char commit[RT_VCS_ID];
	const char *branch;
	int rc = rt_vcs_head(vcs, &arena, commit, &branch, err);

	*name = NULL;
	if (!rc)
		*name = *branch ? rt_strdup(branch)
				: rt_strndup(commit, strnlen(commit,
							     SHORT_ID));
	rt_arena_free(&arena);
	return rc;
}

int retort_vcs_author(retort_vcs *vcs, const char *path, char **name,
		      char **date, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	rt_vcs_author author = { .name = "", .date = "" };
	const char *branch, *file;
	char head[RT_VCS_ID];
	int rc = rt_vcs_relative(vcs, path, &arena, &file, err);

	*name = *date = NULL;
	if (!rc)
		rc = rt_vcs_head(vcs, &arena, head, &branch, err);
	if (!rc && *head)
		rc = rt_vcs_author_of(vcs, head, file, &arena, &author, err);
	if (!rc) {
		*name = rt_strdup(author.name);
		*date = rt_strdup(author.date);
	}
	rt_arena_free(&arena);
	return rc;
}

/* Tell of a file in the words of its caller. */
static void tell(const char *path, const rt_vcs_places *places,
		 const retort_names *folders,
		 void (*each)(void *self, const char *path), void *self)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	size_t i, n = slash ? (size_t)(slash - path) : 0;
	char *whole;

	for (i = 0; i < folders->n; i++) {
		if (strlen(places->dirs.v[i]) != n ||
		    strncmp(places->dirs.v[i], path, n) != 0)
			continue;
		whole = rt_strf("%s/%s", folders->v[i], name);
		each(self, whole);
		free(whole);
	}
}

int retort_vcs_uncommitted(retort_vcs *vcs, const retort_names *folders,
			   void (*each)(void *self, const char *path),
			   void *self, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	rt_vcs_places places = { { NULL, 0 }, false };
	rt_vcs_ids changed = RT_VEC_INIT;
	char commit[RT_VCS_ID];
	const char **dirs = rt_calloc(folders->n + 1, sizeof(*dirs));
	size_t i;
	int rc = 0;

	for (i = 0; !rc && i < folders->n; i++)
		rc = rt_vcs_relative(vcs, folders->v[i], &arena, &dirs[i],
				     err);
	places.dirs = (retort_names){ dirs, folders->n };
	if (!rc)
		rc = rt_vcs_working(vcs, &places, &arena, commit, &changed,
				    err);
	for (i = 0; !rc && i < changed.n; i++)
		tell(changed.v[i], &places, folders, each, self);
	rt_vec_free(&changed);
	rt_arena_free(&arena);
	free(dirs);
	return rc;
}
