/* SPDX-License-Identifier: MIT */
/*
 * The settings of a project: which file, which sections, which value.
 *
 * Precedence, strongest first: the caller's `set` list, the environment's
 * section [retort:NAME], [retort], the fallback of the table.  `url` alone
 * also comes from the caller's `url` and $RETORT_URL.  In alembic.ini the
 * section is [alembic] and `sqlalchemy.url` is `url`.
 */
#ifndef RT_CONFIG_SETTINGS_H
#define RT_CONFIG_SETTINGS_H

#include <retort/project.h>

#include "base/arena.h"

typedef struct rt_settings rt_settings;

/* As retort_project_open; frees with rt_settings_free. */
RETORT_MUST_CHECK int rt_settings_open(rt_settings **out,
				       const retort_project_options *options,
				       retort_error *err);

/* The same from text that is in no file (a git commit's); path says where the
 * file would be, its folder is "here".  path NULL: as rt_settings_open. */
RETORT_MUST_CHECK int
rt_settings_open_text(rt_settings **out, const retort_project_options *options,
		      const char *path, rt_sv text, retort_error *err);
void rt_settings_free(rt_settings *s);

const char *rt_settings_path(const rt_settings *s);      /* absolute */
const char *rt_settings_directory(const rt_settings *s); /* "here" */
const char *rt_settings_environment(const rt_settings *s);
bool rt_settings_is_alembic(const rt_settings *s); /* alembic.ini */

/*
 * A value after interpolation of %(key)s, %(here)s and ${VARIABLE}.
 *   out:  *value, lives as long as s; NULL when unset without a fallback
 *   err:  ECONFIG: unset variable, unknown %(key)s, recursion (file, line)
 */
RETORT_MUST_CHECK int rt_settings_get(rt_settings *s, const char *name,
				      const char **value, retort_error *err);

/* Whether the caller or the file says anything about it, be it empty. */
bool rt_settings_is_set(const rt_settings *s, const char *name);

/*
 * What the file, or `set` of the caller, says of a setting, for another
 * project file: %(key)s is filled in, ${VARIABLE} left, % doubled.  Paths
 * and files of SQLite are absolute unless they begin with a variable.  Of
 * URLs the file's word alone counts, for a caller's may be a secret.
 *   out:  *value, lives as long as s; NULL: it says nothing
 *   err:  ECONFIG, as rt_settings_get
 */
RETORT_MUST_CHECK int rt_settings_stated(rt_settings *s, const char *name,
					 const char **value,
					 retort_error *err);

/* Say where a setting's value stands: the file alone where it has none. */
void rt_settings_at(const rt_settings *s, const char *name, retort_error *err);

/* Typed readers; a setting without value and fallback reads as false or 0.
 * ECONFIG names file, line and what would be right. */
RETORT_MUST_CHECK int rt_settings_bool(rt_settings *s, const char *name,
				       bool *value, retort_error *err);
RETORT_MUST_CHECK int rt_settings_int(rt_settings *s, const char *name,
				      long *value, retort_error *err);
/* "250ms", "5s", "2min", "0"; a bare number is seconds.  ms come out. */
RETORT_MUST_CHECK int rt_settings_duration(rt_settings *s, const char *name,
					   long *ms, retort_error *err);
/*
 * A path made absolute; NULL when unset.  Relative paths, and relative SQLite
 * files in URLs, are relative to the folder of the project file; those of an
 * alembic.ini that the caller named (-c) to the working directory, as for
 * Alembic.
 */
RETORT_MUST_CHECK int rt_settings_path_value(rt_settings *s, const char *name,
					     const char **path,
					     retort_error *err);
/* version_locations, split by path_separator; absolute paths.  Without it
 * script_location, in alembic.ini its folder `versions`. */
RETORT_MUST_CHECK int rt_settings_locations(rt_settings *s, retort_names *out,
					    retort_error *err);

/*
 * The folders where Python may find a project's own modules: those of
 * prepend_sys_path, *n_sure of them, then the project file's, `src` in it,
 * script_location and the folders above that, up to the project's.
 *   out:  *out, absolute, none twice; *top, the project's folder: where
 *         .git is, or the first that is no package; all in arena
 */
RETORT_MUST_CHECK int rt_settings_python_path(rt_settings *s,
					      rt_arena *arena,
					      retort_names *out,
					      size_t *n_sure,
					      const char **top,
					      retort_error *err);

/* One post-write hook. */
typedef struct rt_hook {
	const char *name;
	retort_names argv; /* REVISION_SCRIPT_FILENAME not yet replaced */
	const char *cwd;   /* NULL = as is */
} rt_hook;

RETORT_MUST_CHECK int rt_settings_hooks(rt_settings *s, const rt_hook **hooks,
					size_t *n, retort_error *err);

#endif
