/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/write.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fs.h"
#include "tui/console.h"
#include "tui/merge/sides.h"
#include "tui/step/stepping.h"
#include "tui/term/signal.h"
#include "ui/editor.h"

/* --- files --------------------------------------------------------------- */

/* The library is about to forget the graph: let nobody look at it. */
static void let_go(rt_console *c)
{
	c->selected = NULL;
	c->graph = NULL;
}

/* Read all again; our own write is no news. */
static void read_again(rt_console *c, const char *id)
{
	const retort_revision *rev = NULL;

	rt_console_load(c);
	if (c->watch.fd >= 0)
		rt_watch_take(&c->watch);
	rt_console_watch(c);
	if (c->graph && id)
		rev = retort_graph_find(c->graph, id);
	if (rev)
		rt_console_select(c, rev);
}

static char *id_of(const rt_console *c)
{
	return c->selected ? rt_strdup(c->selected->id) : NULL;
}

const char *rt_console_short_path(const rt_console *c, const char *path)
{
	const char *dir = retort_project_directory(c->project);
	size_t n = strlen(dir);

	return !strncmp(path, dir, n) && path[n] == '/' ? path + n + 1 : path;
}

static void remember(rt_console *c, retort_change *change)
{
	retort_change_free(c->change);
	c->change = change;
	c->sides.rebased = false;
	rt_console_say(c, RT_LEVEL_INFO, "wrote %s; u undoes that",
		       rt_console_short_path(c, retort_change_path(change)));
}

static void say_line(void *self, const char *line)
{
	rt_console *c = self;

	rt_log_add(&c->log, RT_LEVEL_INFO, rt_clock_now(NULL), line);
}

/* The id in a file that has just been written. */
static char *id_in(rt_console *c, const char *path)
{
	size_t i, n = c->graph ? retort_graph_count(c->graph) : 0;

	for (i = 0; i < n; i++)
		if (!strcmp(retort_graph_at(c->graph, i)->path, path))
			return rt_strdup(retort_graph_at(c->graph, i)->id);
	return NULL;
}

bool rt_console_create(rt_console *c, const retort_create_options *options)
{
	retort_create_options o = *options;
	retort_error err = RETORT_ERROR_INIT;
	retort_change *change = NULL;
	char *path = NULL, *id = id_of(c);

	o.say = say_line;
	o.self = c;
	let_go(c);
	if (retort_revision_create(c->project, &o, &path, &err))
		rt_console_error(c, &err);
	retort_error_dispose(&err);
	read_again(c, id);
	free(id);
	id = path ? id_in(c, path) : NULL;
	if (id)
		rt_console_select(c, retort_graph_find(c->graph, id));
	if (path && retort_change_created(&change, path, &err))
		rt_console_error(c, &err);
	if (change)
		remember(c, change);
	retort_error_dispose(&err);
	free(path);
	free(id);
	return change != NULL;
}

bool rt_console_reparent(rt_console *c,
			 const retort_reparent_request *request)
{
	char *id = rt_strdup(request->revision);
	retort_error err = RETORT_ERROR_INIT;
	retort_change *change = NULL;

	let_go(c);
	if (retort_revision_reparent(c->project, request, &change, &err))
		rt_console_error(c, &err);
	/* the request may live in what reading again frees */
	read_again(c, id);
	if (change)
		remember(c, change);
	retort_error_dispose(&err);
	free(id);
	return change != NULL;
}

/* --- undo ---------------------------------------------------------------- */

static void undo_answered(void *self, rt_answer answer, size_t choice)
{
	rt_console *c = self;
	retort_names rows = rt_model_rows(&c->model);
	retort_error err = RETORT_ERROR_INIT;
	char *id;
	int rc;

	(void)choice;
	if (answer != RT_ANSWER_YES)
		return;
	id = id_of(c);
	let_go(c);
	rc = retort_change_undo(c->project, c->change,
				c->model.answered ? &rows : NULL, &err);
	read_again(c, id);
	if (rc) {
		rt_console_error(c, &err);
	} else {
		rt_console_say(c, RT_LEVEL_INFO, "%s is as it was",
			       rt_console_short_path(
				       c, retort_change_path(c->change)));
		retort_change_free(c->change);
		c->change = NULL;
	}
	retort_error_dispose(&err);
	free(id);
}

static void rebase_undo_answered(void *self, rt_answer answer, size_t choice)
{
	rt_console *c = self;
	retort_error err = RETORT_ERROR_INIT;
	char *id;
	size_t n;
	int rc;

	(void)choice;
	if (answer != RT_ANSWER_YES)
		return;
	id = id_of(c);
	let_go(c);
	rc = rt_sides_undo(c, &n, &err);
	read_again(c, id);
	if (rc)
		rt_console_error(c, &err);
	else
		rt_console_say(c, RT_LEVEL_INFO,
			       "%zu revision%s got %s parents back", n,
			       n == 1 ? "" : "s", n == 1 ? "its" : "their");
	retort_error_dispose(&err);
	free(id);
}

static void ask_rebase_undo(rt_console *c)
{
	rt_dialog_open(&c->dialog, RT_DIALOG_CONFIRM, "UNDO THE REBASE",
		       "The revisions that were put onto another head get "
		       "their parents back.\n");
	rt_dialog_set_yes(&c->dialog, "undo");
	c->dialog.answered = rebase_undo_answered;
	c->dialog.self = c;
}

static void undo(rt_console *c)
{
	rt_str text = RT_STR_INIT;

	if (c->sides.rebased) {
		ask_rebase_undo(c);
		return;
	}

	if (!c->change) {
		rt_console_say(c, RT_LEVEL_INFO,
			       "no file was written since the start; what "
			       "ran in the database is not undone by this");
		return;
	}
	rt_str_addf(&text, "%s\n%s\n",
		    rt_console_short_path(c, retort_change_path(c->change)),
		    retort_change_was_new(c->change)
			    ? "will be deleted."
			    : "will get back the text it had.");
	if (!c->model.answered)
		rt_str_add(&text, "The database has not answered: whether "
				  "it is applied is not known.\n");
	rt_dialog_open(&c->dialog, RT_DIALOG_CONFIRM, "UNDO THE LAST WRITE",
		       text.p);
	rt_dialog_set_yes(&c->dialog, "undo");
	c->dialog.answered = undo_answered;
	c->dialog.self = c;
	rt_str_free(&text);
}

/* --- a new revision ------------------------------------------------------ */

static void create(rt_console *c, rt_sv message)
{
	retort_create_options o = RETORT_CREATE_OPTIONS_INIT;
	char *text = rt_strndup(message.p, message.n), *id = id_of(c);
	const char *parent = id;

	o.message = text;
	o.splice = c->splice;
	if (parent)
		o.heads = (retort_names){ &parent, 1 };
	rt_console_create(c, &o);
	free(text);
	free(id);
}

static void branch_answered(void *self, rt_answer answer, size_t choice)
{
	rt_console *c = self;

	(void)choice;
	if (answer != RT_ANSWER_YES)
		return;
	c->splice = true;
	rt_console_prompt(c, RT_ACTION_CREATE);
}

/* On a head; anywhere else it begins a branch, which is asked for. */
static void ask_message(rt_console *c)
{
	rt_str text = RT_STR_INIT;

	c->splice = false;
	if (!c->graph) {
		rt_console_say(c, RT_LEVEL_WARNING,
			       "the files cannot be read; correct them first");
		return;
	}
	if (!c->selected || c->selected->is_head) {
		rt_console_prompt(c, RT_ACTION_CREATE);
		return;
	}
	rt_str_addf(&text, "%s is not a head.\n"
			   "A new revision on it begins a new branch.\n",
		    c->selected->id);
	rt_dialog_open(&c->dialog, RT_DIALOG_CONFIRM, "NEW REVISION", text.p);
	rt_dialog_set_yes(&c->dialog, "begin a branch");
	c->dialog.answered = branch_answered;
	c->dialog.self = c;
	rt_str_free(&text);
}

/* With its text behind the command, where no question is due. */
static void create_at_once(rt_console *c, rt_sv line)
{
	bool asked = c->splice;

	c->splice = asked && c->selected && !c->selected->is_head;
	create(c, rt_sv_trim(line));
	c->splice = false;
}

/* --- the editor ---------------------------------------------------------- */

int rt_console_lend(rt_console *c, const char *path, int line,
		    retort_error *err)
{
	int rc;

	/* while the terminal is ours, its keys are no signals */
	rt_signal_lend();
	c->term->ops->leave(c->term);
	rc = rt_editor_open(path, line, err);
	c->term->ops->enter(c->term);
	rt_signal_take_back();
	rt_console_arrange(c);
	return rc;
}

/* Open a file in the user's editor, read it again afterwards. */
static void edit_file(rt_console *c, const char *path, int line)
{
	retort_error err = RETORT_ERROR_INIT;
	char *id = id_of(c), *file = rt_strdup(path);
	int rc = rt_console_lend(c, file, line, &err);

	let_go(c);
	read_again(c, id);
	if (rc)
		rt_console_error(c, &err);
	else
		rt_console_say(c, RT_LEVEL_INFO, "%s was read again",
			       rt_console_short_path(c, file));
	retort_error_dispose(&err);
	free(file);
	free(id);
}

static void edit(rt_console *c)
{
	const char *path = NULL;

	if (c->selected)
		path = c->selected->path;
	else if (!c->graph)
		path = retort_error_get(&c->graph_error, RETORT_ERROR_FILE);
	if (path && *path)
		edit_file(c, path, c->selected ? 0 : c->graph_error.line);
	else
		rt_console_say(c, RT_LEVEL_INFO, "no file is selected");
}

/* --- actions ------------------------------------------------------------- */

static bool writes(rt_action action)
{
	return action == RT_ACTION_MERGE || action == RT_ACTION_CREATE ||
	       action == RT_ACTION_STAMP || action == RT_ACTION_EDIT ||
	       action == RT_ACTION_UNDO;
}

bool rt_console_write(rt_console *c, rt_action action)
{
	/* not while a step runs: the user has been told so */
	if (writes(action) && !rt_stepping_may_write(c))
		return true;
	switch (action) {
	case RT_ACTION_MERGE:
		rt_merge_view_start(&c->views[RT_VIEW_MERGE]);
		return true;
	case RT_ACTION_CREATE:
		ask_message(c);
		return true;
	case RT_ACTION_STAMP:
		rt_console_stamp(c);
		return true;
	case RT_ACTION_EDIT:
		edit(c);
		return true;
	case RT_ACTION_UNDO:
		undo(c);
		return true;
	default:
		return false;
	}
}

void rt_console_write_line(rt_console *c, rt_action action, rt_sv line)
{
	if (action == RT_ACTION_CREATE && rt_sv_trim(line).n)
		create_at_once(c, line);
	else if (action == RT_ACTION_CREATE)
		rt_console_say(c, RT_LEVEL_WARNING,
			       "a revision wants a message; nothing was "
			       "written");
	else if (action == RT_ACTION_M_MESSAGE)
		rt_merge_view_message(&c->views[RT_VIEW_MERGE], line);
}

rt_sv rt_console_write_text(rt_console *c, rt_action action)
{
	if (action == RT_ACTION_M_MESSAGE)
		return rt_merge_view_text(&c->views[RT_VIEW_MERGE]);
	return RT_SV("");
}
