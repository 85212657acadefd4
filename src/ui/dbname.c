/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/dbname.h"

#include <string.h>

rt_sv rt_dbname(retort_project *project)
{
	const char *name = retort_project_environment(project), *slash;
	rt_sv url;

	if (name)
		return rt_sv_from(name);
	name = retort_project_url_shown(project);
	slash = strrchr(name, '/');
	url = rt_sv_from(slash ? slash + 1 : name);
	url = rt_sv_sub(url, 0, rt_sv_find(url, '?'));
	return url.n ? url : RT_SV("database");
}
