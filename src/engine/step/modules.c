/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/step/modules.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"

struct rt_modules {
	rt_arena arena;
	rt_py_library *library; /* NULL: nowhere to look */
	retort_names roots;
	const char **real;      /* the roots without links; NULL: not there */
	size_t n_sure;
	const char *top;
	const char *versions;   /* the revisions */
	const char *searched;   /* the word, once it was looked for */
	bool mentioned;
};

static const char *real_path(rt_arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	const char *out = real ? rt_arena_strdup(arena, real) : NULL;

	free(real);
	return out;
}

static bool is_below(const char *path, const char *folder)
{
	size_t n = folder ? strlen(folder) : 0;

	return n && strncmp(path, folder, n) == 0 &&
	       (path[n] == '/' || folder[n - 1] == '/');
}

/* Whether a file is the project's own: not what is installed in it, nor what
 * a link leads to elsewhere. */
static bool is_own(const rt_modules *m, const char *real)
{
	size_t i;

	if (strstr(real, "/site-packages/") || strstr(real, "/dist-packages/"))
		return false;
	if (is_below(real, m->top))
		return true;
	for (i = 0; i < m->n_sure; i++)
		if (is_below(real, m->real[i]))
			return true;
	return false;
}

/* As messages name it: below the project's folder. */
static char *shown_as(const rt_modules *m, const char *real)
{
	return rt_strdup(is_below(real, m->top) ?
			 real + strlen(m->top) + 1 : real);
}

static rt_py_read read_file(void *self, size_t root, const char *path,
			    size_t limit, rt_str *out, char **shown)
{
	const rt_modules *m = self;
	char *whole, *real;
	rt_py_read is = RT_PY_READ_ABSENT;

	if (!m->real[root])
		return is;
	whole = rt_fs_join(m->real[root], path);
	real = realpath(whole, NULL);
	if (real && rt_fs_is_dir(real))
		is = RT_PY_READ_FOLDER;
	else if (real && is_own(m, real) &&
		 rt_fs_read(real, limit, out, NULL) == 0)
		is = RT_PY_READ_DONE;
	else if (real)
		is = RT_PY_READ_REFUSED;
	if (is == RT_PY_READ_DONE || is == RT_PY_READ_REFUSED)
		*shown = shown_as(m, real);
	free(whole);
	free(real);
	return is;
}

/* Only ever asked for one word. */
static bool mentions(void *self, const char *word)
{
	rt_modules *m = self;

	if (!m->searched || strcmp(m->searched, word) != 0) {
		m->searched = rt_arena_strdup(&m->arena, word);
		m->mentioned = rt_modules_mention(m->top, m->versions, word);
	}
	return m->mentioned;
}

static void open_library(rt_modules *m, rt_settings *settings)
{
	const char *script;
	size_t i;

	if (rt_settings_python_path(settings, &m->arena, &m->roots, &m->n_sure,
				    &m->top, NULL))
		return;
	m->top = real_path(&m->arena, m->top);
	if (!m->top)
		return;
	m->real = rt_arena_calloc(&m->arena, m->roots.n + 1,
				  sizeof(*m->real));
	for (i = 0; i < m->roots.n; i++)
		m->real[i] = real_path(&m->arena, m->roots.v[i]);
	if (rt_settings_path_value(settings, "script_location", &script,
				   NULL) == 0 && script)
		m->real[i] = real_path(&m->arena, script); /* of env.py */
	if (m->real[i])
		m->versions = rt_arena_strf(&m->arena, "%s/versions",
					    m->real[i]);
	m->library = rt_py_library_new(read_file, m, m->n_sure, m->roots.n);
	rt_py_library_search(m->library, mentions);
}

rt_py_library *rt_modules_of(retort_project *project)
{
	if (!project->modules) {
		project->modules = rt_calloc(1, sizeof(*project->modules));
		open_library(project->modules, project->settings);
	}
	return project->modules->library;
}

void rt_modules_free(rt_modules *m)
{
	if (!m)
		return;
	rt_py_library_free(m->library);
	rt_arena_free(&m->arena);
	free(m);
}
