/* SPDX-License-Identifier: MIT */
/*
 * The project as the engine sees it.
 */
#ifndef RT_ENGINE_PROJECT_PROJECT_H
#define RT_ENGINE_PROJECT_PROJECT_H

#include <retort/project.h>

#include "config/settings.h"
#include "db/conn.h"
#include "revfmt/format.h"

/* See engine/scratch/shadow.h. */
typedef struct rt_shadow rt_shadow;
/* See engine/step/modules.h. */
typedef struct rt_modules rt_modules;

struct retort_project {
	rt_settings *settings;
	retort_graph *graph; /* NULL until it is asked for */
	char *url_shown;     /* likewise */
	rt_shadow *shadow;   /* likewise */
	rt_conn *started;    /* see retort_database_start */
	rt_modules *modules; /* likewise */
	const volatile sig_atomic_t *cancelled; /* of the caller; or NULL */
	bool own_process;    /* see retort_project_options */
	retort_dialect as;   /* of a view; ANY: as the URL says */
	/* What has run before the revision that is translated next, by index;
	 * NULL: what it builds on.  See rt_stand_begin. */
	const bool *standing;
	bool offline;        /* a script is being written, not run */
};

/*
 * The same project on another dialect: what its revisions do there, in a
 * scratch database.  It has no database.
 *   in:   project, whose graph is loaded; outlives the view
 *   own:  caller ends with rt_project_view_end; never frees or reloads it
 */
void rt_project_view(retort_project *view, const retort_project *project,
		     retort_dialect dialect);
void rt_project_view_end(retort_project *view);

/* Whether its dialect is that of its URL; false for some views. */
bool rt_project_is_own(retort_project *project);

/*
 * Read the headers of all revision files and make the graph; see
 * retort_project_graph.  load.c
 *   own:  caller frees *graph
 */
RETORT_MUST_CHECK int rt_project_load(rt_settings *settings,
				      retort_graph **graph,
				      retort_error *err);

/* The format of a project's revisions; of one without any, that of its
 * project file.  load.c */
const rt_format *rt_project_format(const retort_project *project,
				   const retort_graph *graph);

#endif
