/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/project/project.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "engine/scratch/shadow.h"
#include "engine/step/modules.h"
#include "text/url.h"

int retort_project_open(retort_project **project,
			const retort_project_options *options,
			retort_error *err)
{
	rt_settings *settings;
	int rc = rt_settings_open(&settings, options, err);

	*project = NULL;
	if (rc)
		return rc;
	*project = rt_calloc(1, sizeof(**project));
	(*project)->settings = settings;
	(*project)->own_process = options && options->own_process;
	return 0;
}

void retort_project_free(retort_project *p)
{
	if (!p)
		return;
	retort_project_reload(p);
	rt_conn_close(p->started);
	rt_settings_free(p->settings);
	free(p->url_shown);
	free(p);
}

const char *retort_project_config_path(const retort_project *p)
{
	return rt_settings_path(p->settings);
}

const char *retort_project_directory(const retort_project *p)
{
	return rt_settings_directory(p->settings);
}

const char *retort_project_environment(const retort_project *p)
{
	return rt_settings_environment(p->settings);
}

int retort_project_setting(retort_project *p, const char *name,
			   const char **value, retort_error *err)
{
	return rt_settings_get(p->settings, name, value, err);
}

/* The URL; "" where there is none or it cannot be known. */
static const char *get_url(retort_project *p)
{
	const char *url;

	if (rt_settings_get(p->settings, "url", &url, NULL) || !url)
		return "";
	return url;
}

const char *retort_project_url_shown(retort_project *p)
{
	rt_str shown = RT_STR_INIT;

	if (!p->url_shown) {
		rt_url_redact(rt_sv_from(get_url(p)), &shown);
		p->url_shown = rt_str_take(&shown);
	}
	return p->url_shown;
}

bool retort_project_is_protected(retort_project *p)
{
	bool is;

	/* A value that cannot be known had better be `true`. */
	return rt_settings_bool(p->settings, "protected", &is, NULL) || is;
}

static retort_dialect dialect_of_url(retort_project *p)
{
	rt_sv scheme = rt_url_scheme(rt_sv_from(get_url(p)));
	retort_dialect d;

	for (d = RETORT_DIALECT_SQLITE; d <= RETORT_DIALECT_POSTGRESQL; d++)
		if (rt_sv_is(scheme, retort_dialect_name(d)))
			return d;
	return RETORT_DIALECT_ANY;
}

retort_dialect retort_project_dialect(retort_project *p)
{
	return p->as == RETORT_DIALECT_ANY ? dialect_of_url(p) : p->as;
}

bool rt_project_is_own(retort_project *p)
{
	return p->as == RETORT_DIALECT_ANY || p->as == dialect_of_url(p);
}

void rt_project_view(retort_project *view, const retort_project *project,
		     retort_dialect dialect)
{
	*view = *project;
	view->url_shown = NULL;
	view->shadow = NULL;
	view->modules = NULL;
	view->as = dialect;
	view->standing = NULL;
}

void rt_project_view_end(retort_project *view)
{
	rt_shadow_free(view->shadow);
	rt_modules_free(view->modules);
	free(view->url_shown);
	view->shadow = NULL;
	view->modules = NULL;
	view->url_shown = NULL;
}

int retort_project_graph(retort_project *p, const retort_graph **graph,
			 retort_error *err)
{
	int rc = 0;

	if (!p->graph)
		rc = rt_project_load(p->settings, &p->graph, err);
	*graph = p->graph;
	return rc;
}

void retort_project_on_cancel(retort_project *p,
			      const volatile sig_atomic_t *cancelled)
{
	p->cancelled = cancelled;
}

void retort_project_reload(retort_project *p)
{
	rt_shadow_free(p->shadow);
	p->shadow = NULL;
	rt_modules_free(p->modules);
	p->modules = NULL;
	retort_graph_free(p->graph);
	p->graph = NULL;
}
