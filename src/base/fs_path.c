/* SPDX-License-Identifier: MIT */
/* Paths: text only, links are not followed. */
#include "config.h"

#include "base/fs.h"

#include <string.h>
#include <unistd.h>

#include "base/alloc.h"

char *rt_fs_join(const char *dir, const char *name)
{
	size_t n = strlen(dir);

	if (name[0] == '/' || n == 0)
		return rt_strdup(name);
	return rt_strf("%s%s%s", dir, dir[n - 1] == '/' ? "" : "/", name);
}

char *rt_fs_dirname(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return rt_strdup(".");
	while (slash > path && slash[-1] == '/')
		slash--;
	return rt_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

const char *rt_fs_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void add_part(rt_str *out, rt_sv part)
{
	const char *slash;

	if (part.n == 0 || rt_sv_is(part, "."))
		return;
	if (!rt_sv_is(part, "..")) {
		rt_str_addc(out, '/');
		rt_str_addsv(out, part);
		return;
	}
	slash = strrchr(out->p, '/');
	if (slash)
		rt_str_truncate(out, (size_t)(slash - out->p));
}

char *rt_fs_absolute(const char *path)
{
	rt_str out = RT_STR_INIT;
	char *here = path[0] == '/' ? NULL : getcwd(NULL, 0);
	rt_sv rest, part;

	/* Without a working directory (it was removed) "/" is as good. */
	rest = rt_sv_from(here);
	while (rt_sv_split(&rest, '/', &part))
		add_part(&out, part);
	rest = rt_sv_from(path);
	while (rt_sv_split(&rest, '/', &part))
		add_part(&out, part);
	if (out.n == 0)
		rt_str_addc(&out, '/');
	free(here);
	return rt_str_take(&out);
}
