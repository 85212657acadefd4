/* SPDX-License-Identifier: MIT */
/* Reading the files, asking the database, noticing that files change. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/fs.h"
#include "base/map.h"
#include "tui/console.h"
#include "tui/graph/pane.h"
#include "tui/standing.h"

enum { DEBOUNCE_MS = 100 };

/* --- files --------------------------------------------------------------- */

void rt_console_load(rt_console *c)
{
	char *id = c->selected ? rt_strdup(c->selected->id) : NULL;

	c->selected = c->range_from = c->range_to = NULL;
	c->graph = NULL;
	retort_error_dispose(&c->graph_error);
	retort_project_reload(c->project);
	if (retort_project_graph(c->project, &c->graph, &c->graph_error)) {
		c->graph = NULL;
		rt_console_error(c, &c->graph_error);
	}
	rt_model_update(&c->model, c->graph);
	if (c->graph && id)
		c->selected = retort_graph_find(c->graph, id);
	free(id);
	rt_console_changed(c, RT_CHANGED_GRAPH | RT_CHANGED_SELECTION);
	/* where to begin: the graph's pane knows the order already */
	if (c->graph && !c->selected)
		rt_console_select(c, rt_graph_pane_newest(c));
	rt_git_facts_ask(c);
}

static void files_changed(void *self)
{
	rt_console *c = self;

	rt_loop_unbusy(c->loop);
	c->reloading = false;
	rt_watch_take(&c->watch);
	rt_console_load(c);
	rt_console_say(c, RT_LEVEL_INFO, "files changed; read again");
	rt_console_watch(c);
}

/* Editors write in several steps: wait until they are through. */
static void on_watch(void *self)
{
	rt_console *c = self;

	/* a rebase of ours is no news: it reads them again at its end */
	if (!rt_watch_take(&c->watch) || c->sides.rebasing)
		return;
	if (!c->reloading)
		rt_loop_busy(c->loop);
	c->reloading = true;
	rt_loop_timer(c->loop, DEBOUNCE_MS, files_changed, c);
}

/* The folder for new revisions: there may be none yet to name it. */
static void watch_first_folder(rt_console *c)
{
	const char *path = NULL;

	if (retort_project_setting(c->project, "script_location", &path,
				   NULL) == 0 &&
	    path)
		rt_watch_folder(&c->watch, path);
}

/* The folders of the revision files. */
void rt_console_watch(rt_console *c)
{
	rt_map seen = RT_MAP_INIT;
	rt_arena names = RT_ARENA_INIT;
	size_t i, n = c->graph ? retort_graph_count(c->graph) : 0;

	if (c->watch.fd < 0) {
		rt_watch_open(&c->watch);
		if (c->watch.fd < 0)
			return;
		rt_loop_watch(c->loop, c->watch.fd, on_watch, c);
	}
	watch_first_folder(c);
	for (i = 0; i < n; i++) {
		char *dir = rt_fs_dirname(retort_graph_at(c->graph, i)->path);
		rt_sv key = rt_sv_from(rt_arena_strdup(&names, dir));

		if (rt_map_add(&seen, key, 0))
			rt_watch_folder(&c->watch, dir);
		free(dir);
	}
	rt_map_free(&seen);
	rt_arena_free(&names);
}

/* --- database ------------------------------------------------------------ */

static void ask_work(void *self, rt_job_out *out)
{
	retort_database *db = NULL;

	rt_standing_send(((rt_console *)self)->project, &db, out);
	retort_database_close(db);
}

static void ask_message(void *self, char tag, rt_sv bytes)
{
	rt_console *c = self;
	retort_error err = RETORT_ERROR_INIT;

	if (tag == RT_STANDING_ABSENT)
		rt_console_say(c, RT_LEVEL_INFO, "%.*s: nothing is applied",
			       (int)bytes.n, bytes.p);
	if (rt_standing_take(&c->model, tag, bytes))
		return;
	rt_job_take_error(bytes, &err);
	rt_console_error(c, &err);
	retort_error_dispose(&err);
}

/* What it said, but only in the log: the graph shows it. */
static void log_answer(rt_console *c)
{
	rt_str s = RT_STR_INIT;
	size_t i;

	rt_str_add(&s, c->model.has_table ? "the database is at"
					  : "the database has no version "
					    "table");
	for (i = 0; i < c->model.rows.n; i++)
		rt_str_addf(&s, "%s %s", i ? "," : "", c->model.rows.v[i]);
	if (c->model.has_table && !c->model.rows.n)
		rt_str_add(&s, " base");
	rt_log_add(&c->log, RT_LEVEL_INFO, rt_clock_now(NULL), s.p);
	rt_str_free(&s);
}

static void ask_done(void *self, bool finished)
{
	rt_console *c = self;

	c->asking = NULL;
	if (!finished)
		rt_console_say(c, RT_LEVEL_ERROR,
			       "asking the database ended too early");
	rt_model_update(&c->model, c->graph);
	if (c->model.exists)
		log_answer(c);
	rt_console_changed(c, RT_CHANGED_DATABASE | RT_CHANGED_LOG);
}

void rt_console_ask_database(rt_console *c)
{
	static const rt_job_ops ops = { ask_work, ask_message, ask_done };
	retort_error err = RETORT_ERROR_INIT;

	if (c->asking)
		return;
	if (rt_job_start(&c->asking, c->loop, &ops, c, &err))
		rt_console_error(c, &err);
	retort_error_dispose(&err);
}
