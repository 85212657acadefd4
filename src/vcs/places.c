/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "vcs/trees.h"

#include <string.h>

/* Hidden files and folders, __init__ and __pycache__, in any part. */
static bool is_hidden(const char *path)
{
	for (;;) {
		if (path[0] == '.' || !strncmp(path, "__", 2))
			return true;
		path = strchr(path, '/');
		if (!path)
			return false;
		path++;
	}
}

static bool is_below(const char *dir, bool recursive, const char *path)
{
	size_t n = strlen(dir);

	if (n && (strncmp(path, dir, n) != 0 || path[n] != '/'))
		return false;
	path += n ? n + 1 : 0;
	return !is_hidden(path) && (recursive || !strchr(path, '/'));
}

bool rt_vcs_is_inside(const rt_vcs_places *places, const char *path)
{
	size_t i;

	for (i = 0; i < places->dirs.n; i++)
		if (is_below(places->dirs.v[i], places->recursive, path))
			return true;
	return false;
}
