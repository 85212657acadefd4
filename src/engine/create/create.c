/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/create/create.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fs.h"
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
	if (m->offset || (zone && m->format->is_python))
		rt_clock_format_at(m->now, m->offset, &created);
	else
		rt_clock_format(m->now, &created);
	m->rev.created = rt_arena_strsv(&m->arena, rt_str_sv(&created));
	rt_str_free(&created);
	return 0;
}

/* All but writing. */
static int prepare(rt_maker *m, retort_project *project,
		   const retort_create_options *options, rt_str *text,
		   retort_error *err)
{
	int rc;

	memset(m, 0, sizeof(*m));
	m->project = project;
	m->options = options;
	m->err = err;
	rc = retort_project_graph(project, &m->graph, err);
	if (!rc)
		m->format = rt_project_format(project, m->graph);
	if (!rc)
		rc = read_clock(m);
	if (!rc)
		rc = rt_maker_check(m);
	if (!rc)
		rc = rt_maker_compose(m, text);
	return rc;
}

int retort_revision_create(retort_project *project,
			   const retort_create_options *options, char **path,
			   retort_error *err)
{
	rt_str text = RT_STR_INIT;
	rt_maker m;
	int rc;

	*path = NULL;
	rc = prepare(&m, project, options, &text, err);
	if (!rc)
		rc = rt_maker_write(&m, rt_str_sv(&text));
	if (!rc) {
		*path = rt_strdup(m.path);
		retort_project_reload(project);
		rc = rt_maker_run_hooks(&m);
	}
	rt_str_free(&text);
	rt_arena_free(&m.arena);
	return rc;
}

int retort_revision_preview(retort_project *project,
			    const retort_create_options *options,
			    retort_preview *out, retort_error *err)
{
	rt_str text = RT_STR_INIT;
	rt_maker m;
	int rc;

	*out = (retort_preview)RETORT_PREVIEW_INIT;
	rc = prepare(&m, project, options, &text, err);
	if (!rc && rt_fs_exists(m.path)) {
		rc = rt_err_set(err, RETORT_EEXISTS, "the file is there "
				"already");
		rt_err_at(err, m.path, 0, 0);
	}
	if (!rc) {
		out->revision = rt_strdup(m.rev.id);
		out->path = rt_strdup(m.path);
		out->text = rt_str_take(&text);
	}
	rt_str_free(&text);
	rt_arena_free(&m.arena);
	return rc;
}

void retort_preview_dispose(retort_preview *preview)
{
	free(preview->revision);
	free(preview->path);
	free(preview->text);
	*preview = (retort_preview)RETORT_PREVIEW_INIT;
}
