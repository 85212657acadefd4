/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/dbname.h"

rt_sv rt_dbname(retort_project *project)
{
	const char *name = retort_project_environment(project);
	rt_sv url;
	size_t i;

	if (name)
		return rt_sv_from(name);
	url = rt_sv_from(retort_project_url_shown(project));
	/* first, as what is behind it may hold slashes, too */
	url = rt_sv_sub(url, 0, rt_sv_find(url, '?'));
	for (i = url.n; i > 0 && url.p[i - 1] != '/'; i--)
		;
	url = rt_sv_sub(url, i, url.n);
	return url.n ? url : RT_SV("database");
}
