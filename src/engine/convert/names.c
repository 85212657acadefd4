/* SPDX-License-Identifier: MIT */
/*
 * Where the new files go.  Folders and names stay as they are, for load
 * order breaks ties: the new project takes its steps in the old one's order.
 */
#include "config.h"

#include <string.h>

#include "base/fs.h"
#include "base/map.h"
#include "engine/convert/convert.h"

/* A name for a folder of revisions among several: Alembic's own word,
 * "versions", says nothing. */
static const char *location_name(retort_convert *c, const char *path,
				 rt_map *taken)
{
	const char *name = rt_fs_basename(path);
	char *parent = rt_fs_dirname(path);
	size_t i;

	if (!strcmp(name, "versions"))
		name = rt_fs_basename(parent);
	name = rt_arena_strdup(&c->arena, *name ? name : "versions");
	free(parent);
	for (i = 2; !rt_map_add(taken, rt_sv_from(name), 0); i++)
		name = rt_arena_strf(&c->arena, "%s_%zu", name, i);
	return name;
}

/* What is behind a folder in a path; NULL where it is not in it. */
static const char *behind(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	while (n && dir[n - 1] == '/')
		n--;
	if (strncmp(path, dir, n) != 0 || path[n] != '/')
		return NULL;
	return path + n + 1;
}

/* "2024/0001_users.py" as "2024/0001_users.sql"; what begins with two
 * underscores is no revision in SQL. */
static const char *as_sql(retort_convert *c, const char *name)
{
	size_t n = strlen(name), dir;
	const char *base = rt_fs_basename(name);

	dir = (size_t)(base - name);
	if (n > 3 && !strcmp(name + n - 3, ".py"))
		n -= 3;
	return rt_arena_strf(&c->arena, "%.*s%s%.*s.sql", (int)dir, name,
			     strncmp(base, "__", 2) ? "" : "r", (int)(n - dir), base);
}

static const char *name_of(retort_convert *c, const char *path,
			   const retort_names *dirs)
{
	const char *rest, *best = NULL, *location = RT_CONVERT_LOCATION;
	size_t i;

	for (i = 0; i < dirs->n; i++) {
		rest = behind(path, dirs->v[i]);
		if (!rest || (best && strlen(rest) >= strlen(best)))
			continue;
		best = rest;
		location = c->locations.v[i];
	}
	if (!best)
		best = rt_fs_basename(path);
	return rt_arena_strf(&c->arena, "%s/%s", location, as_sql(c, best));
}

int rt_convert_names(retort_convert *c)
{
	rt_map taken = RT_MAP_INIT;
	const char **locations;
	retort_names dirs;
	size_t i;
	int rc = rt_settings_locations(c->project->settings, &dirs, c->err);

	if (rc)
		return rc;
	locations = rt_arena_calloc(&c->arena, dirs.n, sizeof(*locations));
	for (i = 0; i < dirs.n; i++)
		locations[i] = dirs.n == 1 ? RT_CONVERT_LOCATION :
			rt_arena_strf(&c->arena, RT_CONVERT_LOCATION "/%s",
				      location_name(c, dirs.v[i], &taken));
	c->locations = (retort_names){ locations, dirs.n };
	rt_map_free(&taken);
	for (i = 0; i < c->n; i++) {
		const char *name = name_of(c, c->revisions[i].from->path,
					   &dirs);

		while (!rt_map_add(&taken, rt_sv_from(name), i))
			name = rt_arena_strf(&c->arena, "%.*s_.sql",
					     (int)(strlen(name) - 4), name);
		c->revisions[i].name = name;
	}
	rt_map_free(&taken);
	return 0;
}
