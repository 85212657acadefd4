/* SPDX-License-Identifier: MIT */
/* Other parents for a revision that is there. */
#include "config.h"

#include <retort/rewrite.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/names.h"
#include "engine/create/change.h"
#include "rev/builder.h"
#include "rev/dag.h"
#include "revfmt/format.h"

struct rewriter {
	const retort_reparent_request *request;
	const retort_graph *graph;
	uint32_t node;
	retort_revision *rev;
	unsigned char *above; /* 1 = the revision, or above it */
	rt_str before, after; /* the file */
	retort_error *err;
};

static int check_parent(const struct rewriter *w, size_t i)
{
	const retort_names *parents = &w->request->parents;
	const char *id = parents->v[i];
	uint32_t parent = rt_dag_find(w->graph, id);
	size_t k;

	if (parent == RT_NIL)
		return rt_err_set(w->err, RETORT_ENOTFOUND,
				  "there is no revision '%s'", id);
	for (k = 0; k < i; k++)
		if (!strcmp(parents->v[k], id))
			return rt_err_set(w->err, RETORT_EUSAGE,
					  "revision %s is given twice as a "
					  "parent", id);
	if (w->above[parent])
		return rt_err_set(w->err, RETORT_EGRAPH,
				  "%s builds on %s and cannot be its parent: "
				  "that would be a cycle", id,
				  w->request->revision);
	return 0;
}

/* Nothing that moves may be applied. */
static int check_applied(const struct rewriter *w)
{
	uint32_t node, n = rt_dag_count(w->graph);
	const char *found = NULL;
	bool *applied;
	int rc;

	if (!w->request->rows)
		return 0;
	rc = rt_change_applied(w->graph, w->request->rows, &applied, w->err);
	for (node = 0; node < n && !rc && !found; node++)
		if (w->above[node] && applied[node])
			found = rt_dag_id(w->graph, node);
	free(applied);
	if (!found)
		return rc;
	rt_err_set(w->err, RETORT_EREFUSED,
		   "%s is applied in this database, so %s keeps its parents",
		   found, w->request->revision);
	rt_err_field(w->err, RETORT_ERROR_NEXT,
		     "write a merge revision, or downgrade below %s first",
		     w->request->revision);
	return RETORT_EREFUSED;
}

static int check(struct rewriter *w)
{
	const retort_names *parents = &w->request->parents;
	size_t i;
	int rc = 0;

	w->node = rt_dag_find(w->graph, w->request->revision);
	if (w->node == RT_NIL)
		return rt_err_set(w->err, RETORT_ENOTFOUND,
				  "there is no revision '%s'",
				  w->request->revision);
	w->rev = &w->graph->revs.v[w->node];
	w->above = rt_dag_marks(w->graph);
	rt_dag_mark(&w->graph->all_up, &w->node, 1, w->above, 1);
	for (i = 0; i < parents->n && !rc; i++)
		rc = check_parent(w, i);
	if (!rc && rt_names_equal(&w->rev->down, parents))
		rc = rt_err_set(w->err, RETORT_EUSAGE,
				"%s has these parents already", w->rev->id);
	return rc ? rc : check_applied(w);
}

static int make_text(struct rewriter *w)
{
	const rt_format *format = rt_format_of(w->rev->path);
	int rc;

	if (!format || !format->set_parents) {
		rc = rt_err_set(w->err, RETORT_EUNSUPPORTED,
				"files of this kind are only read");
		rt_err_at(w->err, w->rev->path, 0, 0);
		return rc;
	}
	rc = rt_fs_read(w->rev->path, RT_FS_LIMIT, &w->before, w->err);
	if (!rc)
		rc = format->set_parents(w->rev->path, rt_str_sv(&w->before),
					 &w->request->parents, &w->after,
					 w->err);
	return rc;
}

static int begin(struct rewriter *w, retort_project *project,
		 const retort_reparent_request *request, retort_error *err)
{
	int rc;

	memset(w, 0, sizeof(*w));
	w->request = request;
	w->err = err;
	w->before = w->after = (rt_str)RT_STR_INIT;
	rc = retort_project_graph(project, &w->graph, err);
	if (!rc)
		rc = check(w);
	return rc ? rc : make_text(w);
}

static void end(struct rewriter *w)
{
	free(w->above);
	rt_str_free(&w->before);
	rt_str_free(&w->after);
}

int retort_revision_reparent(retort_project *project,
			     const retort_reparent_request *request,
			     retort_change **change, retort_error *err)
{
	struct rewriter w;
	int rc;

	*change = NULL;
	rc = begin(&w, project, request, err);
	if (!rc)
		rc = rt_change_write(change, w.rev->path, &w.before, &w.after,
				     err);
	if (!rc)
		retort_project_reload(project);
	end(&w);
	return rc;
}

int retort_reparent_preview(retort_project *project,
			    const retort_reparent_request *request,
			    retort_preview *out, retort_error *err)
{
	struct rewriter w;
	int rc;

	*out = (retort_preview)RETORT_PREVIEW_INIT;
	rc = begin(&w, project, request, err);
	if (!rc) {
		out->revision = rt_strdup(w.rev->id);
		out->path = rt_strdup(w.rev->path);
		out->text = rt_str_take(&w.after);
	}
	end(&w);
	return rc;
}

/* --- the graph as it would be -------------------------------------------- */

static int add_all(const retort_graph *graph, const retort_revision *changed,
		   retort_graph *out, retort_error *err)
{
	size_t i, n = retort_graph_count(graph);
	bool added = false;
	int rc = 0;

	for (i = 0; i < n && !rc; i++) {
		retort_revision rev = *retort_graph_at(graph, i);

		if (!strcmp(rev.path, changed->path)) {
			rev = *changed;
			added = true;
		}
		rc = rt_graph_add(out, &rev, err);
	}
	return rc || added ? rc : rt_graph_add(out, changed, err);
}

int retort_preview_graph(retort_project *project,
			 const retort_preview *preview, retort_graph **graph,
			 retort_error *err)
{
	const rt_format *format = rt_format_of(preview->path);
	retort_graph *made = rt_graph_new();
	const retort_graph *now;
	retort_revision rev;
	bool more;
	int rc;

	memset(&rev, 0, sizeof(rev));
	*graph = NULL;
	rc = retort_project_graph(project, &now, err);
	if (!rc)
		rc = format->header(rt_graph_arena(made), preview->path,
				    rt_sv_from(preview->text), true, &rev,
				    &more, err);
	if (!rc)
		rc = add_all(now, &rev, made, err);
	if (!rc)
		rc = rt_graph_seal(made, err);
	if (!rc)
		*graph = made;
	else
		retort_graph_free(made);
	return rc;
}
