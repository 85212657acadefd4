/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/create/change.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"

struct retort_change {
	char *path;
	bool was_new;
	rt_str before, after;
};

static retort_change *new_change(const char *path)
{
	retort_change *c = rt_calloc(1, sizeof(*c));

	c->path = rt_strdup(path);
	c->before = c->after = (rt_str)RT_STR_INIT;
	return c;
}

void retort_change_free(retort_change *change)
{
	if (!change)
		return;
	rt_str_free(&change->before);
	rt_str_free(&change->after);
	free(change->path);
	free(change);
}

const char *retort_change_path(const retort_change *change)
{
	return change->path;
}

bool retort_change_was_new(const retort_change *change)
{
	return change->was_new;
}

static int write_again(const char *path, rt_sv text, retort_error *err)
{
	struct stat st;
	unsigned mode = stat(path, &st) == 0 ? st.st_mode & 0777 : 0666;

	return rt_fs_write(path, text, true, mode, err);
}

int rt_change_write(retort_change **change, const char *path, rt_str *before,
		    rt_str *after, retort_error *err)
{
	int rc = write_again(path, rt_str_sv(after), err);

	if (rc)
		return rc;
	*change = new_change(path);
	(*change)->before = *before;
	(*change)->after = *after;
	*before = *after = (rt_str)RT_STR_INIT;
	return 0;
}

int retort_change_created(retort_change **change, const char *path,
			  retort_error *err)
{
	retort_change *c = new_change(path);
	int rc = rt_fs_read(path, RT_FS_LIMIT, &c->after, err);

	c->was_new = true;
	if (rc) {
		retort_change_free(c);
		c = NULL;
	}
	*change = c;
	return rc;
}

int rt_change_applied(const retort_graph *graph, const retort_names *rows,
		      bool **applied, retort_error *err)
{
	retort_error unknown = RETORT_ERROR_INIT;
	int rc;

	*applied = rt_calloc(retort_graph_count(graph) + 1, sizeof(bool));
	rc = retort_graph_applied(graph, rows, *applied, &unknown);
	if (rc)
		rc = rt_err_set(err, RETORT_ESTATE,
				"what is applied cannot be known: %s",
				unknown.message);
	retort_error_dispose(&unknown);
	return rc;
}

static int check_unchanged(const retort_change *c, retort_error *err)
{
	rt_str now = RT_STR_INIT;
	int rc = rt_fs_read(c->path, RT_FS_LIMIT, &now, err);

	if (!rc && !rt_sv_eq(rt_str_sv(&now), rt_str_sv(&c->after))) {
		rc = rt_err_set(err, RETORT_ESTATE,
				"the file has changed since; nothing was "
				"undone");
		rt_err_at(err, c->path, 0, 0);
	}
	rt_str_free(&now);
	return rc;
}

static const retort_revision *revision_of(const retort_graph *graph,
					  const char *path)
{
	size_t i, n = retort_graph_count(graph);

	for (i = 0; i < n; i++)
		if (!strcmp(retort_graph_at(graph, i)->path, path))
			return retort_graph_at(graph, i);
	return NULL;
}

/* What other revisions, or the database, have built on. */
static int check_use(const retort_change *c, const retort_graph *graph,
		     const retort_names *rows, retort_error *err)
{
	const retort_revision *rev = revision_of(graph, c->path);
	bool *applied = NULL;
	int rc = 0;

	if (!rev)
		return 0;
	if (c->was_new && !rev->is_real_head)
		return rt_err_set(err, RETORT_EREFUSED,
				  "other revisions build on %s; nothing was "
				  "undone", rev->id);
	if (rows)
		rc = rt_change_applied(graph, rows, &applied, err);
	if (!rc && applied && applied[rev->index]) {
		rc = rt_err_set(err, RETORT_EREFUSED,
				"%s is applied in this database; nothing was "
				"undone", rev->id);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "downgrade below %s first", rev->id);
	}
	free(applied);
	return rc;
}

static int take_back(const retort_change *c, retort_error *err)
{
	int rc;

	if (!c->was_new)
		return write_again(c->path, rt_str_sv(&c->before), err);
	if (unlink(c->path) == 0)
		return 0;
	rc = rt_err_set(err, RETORT_EIO, "could not delete the file: %s",
			strerror(errno));
	rt_err_at(err, c->path, 0, 0);
	return rc;
}

int retort_change_undo(retort_project *project, const retort_change *change,
		       const retort_names *rows, retort_error *err)
{
	const retort_graph *graph;
	int rc;

	retort_project_reload(project);
	rc = check_unchanged(change, err);
	/* Undoing may be what mends a graph that cannot be read. */
	if (!rc && retort_project_graph(project, &graph, NULL) == 0)
		rc = check_use(change, graph, rows, err);
	if (!rc)
		rc = take_back(change, err);
	retort_project_reload(project);
	return rc;
}
