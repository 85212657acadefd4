/* SPDX-License-Identifier: MIT */
/* The project of a repository without working files. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "engine/branch/branches.h"

/* The project file of a commit: the one that is named, or one at the root. */
static int read_config(retort_vcs *vcs, const char *commit, const char *named,
		       const char **name, rt_str *text, retort_error *err)
{
	static const char *const usual[] = { "retort.ini", "alembic.ini" };
	retort_error own = RETORT_ERROR_INIT;
	size_t i;
	int rc = RETORT_ENOTFOUND;

	if (named) {
		*name = named;
		return rt_vcs_read_path(vcs, commit, named, text, err);
	}
	for (i = 0; i < 2 && rc == RETORT_ENOTFOUND; i++) {
		retort_error_dispose(&own);
		*name = usual[i];
		rc = rt_vcs_read_path(vcs, commit, usual[i], text, &own);
	}
	if (rc == RETORT_ENOTFOUND) {
		retort_error_dispose(&own);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "name its path in the tree with -c");
		return rt_err_set(err, RETORT_ECONFIG,
				  "no project: commit %.12s has neither "
				  "retort.ini nor alembic.ini at its root",
				  commit);
	}
	if (rc)
		rt_err_move(err, &own);
	return rc;
}

static int open_bare(retort_project **project,
		     const retort_project_options *options, retort_vcs *vcs,
		     const char *ref, retort_error *err)
{
	char commit[RT_VCS_ID], *path;
	rt_str text = RT_STR_INIT;
	rt_settings *settings;
	const char *name;
	int rc = rt_vcs_resolve(vcs, ref ? ref : "HEAD", commit, err);

	if (!rc)
		rc = read_config(vcs, commit, options->config, &name, &text,
				 err);
	if (rc)
		goto out;
	path = rt_fs_join(rt_vcs_root(vcs), name);
	rc = rt_settings_open_text(&settings, options, path, rt_str_sv(&text),
				   err);
	free(path);
	if (rc)
		goto out;
	*project = rt_calloc(1, sizeof(**project));
	(*project)->settings = settings;
out:
	rt_str_free(&text);
	return rc;
}

int retort_project_open_at(retort_project **project,
			   const retort_project_options *options,
			   const char *ref, retort_error *err)
{
	static const retort_project_options defaults =
		RETORT_PROJECT_OPTIONS_INIT;
	const retort_project_options *o = options ? options : &defaults;
	const char *dir = o->directory ? o->directory : ".";
	retort_vcs *vcs = NULL;
	int rc;

	*project = NULL;
	if (rt_vcs_open_any(&vcs, dir, NULL) || !rt_vcs_is_bare(vcs))
		rc = retort_project_open(project, o, err);
	else
		rc = open_bare(project, o, vcs, ref, err);
	retort_vcs_close(vcs);
	return rc;
}
