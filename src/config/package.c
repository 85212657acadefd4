/* SPDX-License-Identifier: MIT */
/* `package:folder`: a folder of a Python package, without Python. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "config/settings_impl.h"

/* `root`/package/folder if it is there, else NULL. */
static const char *look(rt_settings *s, const char *root, const char *below)
{
	char *path = rt_fs_join(root, below);
	const char *found = NULL;

	if (rt_fs_is_dir(path))
		found = rt_arena_strdup(&s->arena, path);
	free(path);
	return found;
}

/* The roots that prepend_sys_path names. */
static const char *look_prepended(rt_settings *s, const char *below)
{
	const rt_ini_value *v = rt_settings_find(s, "prepend_sys_path");
	const char *list, *end, *found = NULL;

	if (!v || rt_settings_expand(s, v, &list, NULL))
		return NULL;
	for (; *list && !found; list = *end ? end + 1 : end) {
		end = list + strcspn(list, " ,:;\n");
		if (end > list)
			found = look(s, rt_settings_absolute(s,
				     rt_arena_strsv(&s->arena, (rt_sv){ list,
						    (size_t)(end - list) })),
				     below);
	}
	return found;
}

const char *rt_settings_place(rt_settings *s, const char *path)
{
	const char *colon = strchr(path, ':'), *found, *absolute;
	char *below, *p, *source;

	if (!s->alembic || !colon || path[0] == '/')
		return rt_settings_absolute(s, path);
	below = rt_arena_strdup(&s->arena, path);
	for (p = below; *p; p++)
		if (*p == ':' || (*p == '.' && p - below < colon - path))
			*p = '/';
	found = look_prepended(s, below);
	if (!found)
		found = look(s, s->base, below);
	if (!found)
		found = look(s, s->directory, below);
	source = rt_fs_join(s->directory, "src");
	if (!found)
		found = look(s, source, below);
	free(source);
	absolute = rt_settings_absolute(s, found ? found : below);
	return absolute;
}
