/* SPDX-License-Identifier: MIT */
/* Where the modules of a project may be, without Python. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "config/settings_impl.h"

enum {
	MAX_LEVELS = 16 /* folders that one looks upwards */
};

typedef RT_VEC(const char *) folders;

static void add(rt_arena *arena, folders *list, const char *path)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (strcmp(list->v[i], path) == 0)
			return;
	rt_vec_push(list, rt_arena_strdup(arena, path));
}

static bool has(const char *folder, const char *name)
{
	char *path = rt_fs_join(folder, name);
	bool is = rt_fs_exists(path);

	free(path);
	return is;
}

/* The folder above, or NULL at the root. */
static const char *above(rt_arena *arena, const char *folder)
{
	char *dir = rt_fs_dirname(folder);
	const char *out = strcmp(dir, folder) == 0 ?
		NULL : rt_arena_strdup(arena, dir);

	free(dir);
	return out;
}

/* Where .git is; without one, the first that is no package. */
static const char *find_top(rt_arena *arena, const char *from)
{
	const char *dir = from;
	int i;

	for (i = 0; dir && i < MAX_LEVELS; i++) {
		if (has(dir, ".git"))
			return dir;
		dir = above(arena, dir);
	}
	dir = from;
	for (i = 0; dir && has(dir, "__init__.py") && i < MAX_LEVELS; i++)
		dir = above(arena, dir);
	return dir ? dir : from;
}

static bool is_below(const char *path, const char *top)
{
	size_t n = strlen(top);

	return strncmp(path, top, n) == 0 &&
	       (path[n] == '/' || path[n] == '\0' || strcmp(top, "/") == 0);
}

static void add_prepended(rt_settings *s, rt_arena *arena, folders *list)
{
	const rt_ini_value *v = rt_settings_find(s, "prepend_sys_path");
	const char *text, *end;

	if (!v || rt_settings_expand(s, v, &text, NULL))
		return;
	for (; *text; text = *end ? end + 1 : end) {
		end = text + strcspn(text, " ,:;\n");
		if (end == text)
			continue;
		text = rt_arena_strsv(arena, (rt_sv){ text,
				      (size_t)(end - text) });
		add(arena, list, rt_settings_absolute(s, text));
	}
}

static void add_script_location(rt_arena *arena, folders *list,
				const char *script, const char *top)
{
	const char *dir = script;
	int i;

	for (i = 0; dir && i < MAX_LEVELS; i++) {
		add(arena, list, dir);
		if (strcmp(dir, top) == 0 || !is_below(dir, top))
			break;
		dir = above(arena, dir);
	}
}

int rt_settings_python_path(rt_settings *s, rt_arena *arena,
			    retort_names *out, size_t *n_sure,
			    const char **top, retort_error *err)
{
	folders list = RT_VEC_INIT;
	const char *script, **names;
	char *source;
	size_t i;
	int rc = rt_settings_path_value(s, "script_location", &script, err);

	if (rc)
		return rc;
	add_prepended(s, arena, &list);
	*n_sure = list.n;
	*top = find_top(arena, s->directory);
	add(arena, &list, s->directory);
	source = rt_fs_join(s->directory, "src");
	if (rt_fs_is_dir(source))
		add(arena, &list, source);
	free(source);
	if (script)
		add_script_location(arena, &list, script, *top);
	names = rt_arena_calloc(arena, list.n, sizeof(*names));
	for (i = 0; i < list.n; i++)
		names[i] = list.v[i];
	*out = (retort_names){ names, list.n };
	rt_vec_free(&list);
	return 0;
}
