/* SPDX-License-Identifier: MIT */
/*
 * Which project file: -c, $RETORT_CONFIG, else the nearest retort.ini,
 * alembic.ini or pyproject.toml with a table of Alembic's, from a folder
 * upwards, as git looks for its repository.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "config/settings_impl.h"

/* In one folder the first wins. */
static const char *const names[] = { "retort.ini", "alembic.ini",
				     "pyproject.toml" };

enum { NAMES = sizeof(names) / sizeof(names[0]) };

const char *rt_settings_env(const rt_settings *s, rt_sv name)
{
	const char *const *e;

	for (e = s->env; *e; e++)
		if (!strncmp(*e, name.p, name.n) && (*e)[name.n] == '=')
			return *e + name.n + 1;
	return NULL;
}

/*
 * A folder that everybody may write to (/tmp) could hold a project file that
 * somebody else put there to have his hooks run by whoever works below it.
 */
static int check_owner(const char *dir, const char *path, retort_error *err)
{
	struct stat folder, file;

	if (stat(dir, &folder) < 0 || stat(path, &file) < 0 ||
	    !(folder.st_mode & S_IWOTH) || file.st_uid == geteuid() ||
	    file.st_uid == 0)
		return 0;
	rt_err_set(err, RETORT_ECONFIG,
		   "'%s' belongs to another user, in a folder that everybody "
		   "may write to", path);
	rt_err_at(err, path, 0, 0);
	rt_err_field(err, RETORT_ERROR_NEXT, "if you trust it, name it: -c %s",
		     path);
	return RETORT_ECONFIG;
}

void rt_settings_use(rt_settings *s, const char *path, bool named)
{
	char *text = rt_fs_absolute(path);

	s->path = rt_arena_strdup(&s->arena, text);
	free(text);
	text = rt_fs_dirname(s->path);
	s->directory = rt_arena_strdup(&s->arena, text);
	free(text);
	s->base = s->directory;
	if (!named)
		return;
	/* Alembic's paths are relative to the working directory; a project
	 * that was found further up has none of its own. */
	text = rt_fs_absolute(".");
	s->base = rt_arena_strdup(&s->arena, text);
	free(text);
}

/* The project file of one folder; *found false if it has none. */
static int look(rt_settings *s, const char *dir, bool start, bool *found,
		retort_error *err)
{
	char *path;
	size_t i;
	int rc = 0;

	*found = false;
	for (i = 0; i < NAMES && !*found; i++) {
		path = rt_fs_join(dir, names[i]);
		if (rt_fs_exists(path) && !rt_fs_is_dir(path) &&
		    (!rt_settings_is_pyproject(path) ||
		     rt_settings_has_tool(path))) {
			*found = true;
			rc = start ? 0 : check_owner(dir, path, err);
			rt_settings_use(s, path, false);
		}
		free(path);
	}
	return rc;
}

static int search(rt_settings *s, const char *directory, retort_error *err)
{
	char *start = rt_fs_absolute(directory), *dir, *up;
	bool found = false;
	int rc;

	for (dir = rt_fs_absolute(start);; dir = up) {
		rc = look(s, dir, !strcmp(dir, start), &found, err);
		if (rc || found || !strcmp(dir, "/"))
			break;
		up = rt_fs_dirname(dir);
		free(dir);
	}
	if (!found) {
		rc = rt_err_set(err, RETORT_ECONFIG,
				"no project: neither retort.ini nor "
				"alembic.ini nor [tool.alembic] of a "
				"pyproject.toml in '%s' or a folder above",
				start);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "begin one with `retort init migrations`, or "
			     "name the file with -c");
	}
	free(dir);
	free(start);
	return rc;
}

int rt_settings_discover(rt_settings *s, const retort_project_options *o,
			 retort_error *err)
{
	const char *config = o->config;

	if (!config)
		config = rt_settings_env(s, RT_SV("RETORT_CONFIG"));
	if (!config || !*config)
		return search(s, o->directory ? o->directory : ".", err);
	rt_settings_use(s, config, true);
	return 0;
}
