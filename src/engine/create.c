/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/create.h"

#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/zone.h"

void rt_maker_say(const rt_maker *m, const char *format, ...)
{
	rt_str line = RT_STR_INIT;
	va_list ap;

	if (!m->options->say)
		return;
	va_start(ap, format);
	rt_str_addv(&line, format, ap);
	va_end(ap);
	m->options->say(m->options->self, line.p);
	rt_str_free(&line);
}

/* The time as the project wants to see it. */
static int read_clock(rt_maker *m)
{
	rt_settings *s = m->project->settings;
	rt_str created = RT_STR_INIT;
	const char *zone;
	int rc;

	m->now = m->options->now ? m->options->now : rt_clock_now(NULL);
	rc = rt_settings_get(s, "timezone", &zone, m->err);
	if (!rc && zone)
		rc = rt_zone_offset(zone, m->now, &m->offset, m->err);
	if (rc)
		return rc;
	if (m->offset)
		rt_clock_format_at(m->now, m->offset, &created);
	else
		rt_clock_format(m->now, &created);
	m->rev.created = rt_arena_strsv(&m->arena, rt_str_sv(&created));
	rt_str_free(&created);
	return 0;
}

int retort_revision_create(retort_project *project,
			   const retort_create_options *options, char **path,
			   retort_error *err)
{
	rt_maker m;
	int rc;

	memset(&m, 0, sizeof(m));
	m.project = project;
	m.options = options;
	m.err = err;
	*path = NULL;
	rc = retort_project_graph(project, &m.graph, err);
	if (!rc)
		rc = read_clock(&m);
	if (!rc)
		rc = rt_maker_check(&m);
	if (!rc)
		rc = rt_maker_write(&m);
	if (!rc) {
		*path = rt_strdup(m.path);
		retort_project_reload(project);
		rc = rt_maker_run_hooks(&m);
	}
	rt_arena_free(&m.arena);
	return rc;
}
