/* SPDX-License-Identifier: MIT */
/* The ways of the merge wizard: which of them are refused, what they would
 * write. */
#include "config.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "tui/console.h"
#include "tui/merge/pane.h"

void rt_merge_add_default_message(const rt_merge *m, rt_str *out)
{
	size_t i, n = rt_merge_chosen(m), k = 0;

	rt_str_add(out, "merge ");
	for (i = 0; i < m->heads.n; i++) {
		if (!m->heads.v[i].chosen)
			continue;
		if (k)
			rt_str_add(out, k + 1 == n ? " and " : ", ");
		rt_str_add(out, m->heads.v[i].id);
		k++;
	}
}

retort_create_options rt_merge_create_options(rt_merge_pane *s,
					      rt_str *message)
{
	retort_create_options o = RETORT_CREATE_OPTIONS_INIT;

	if (s->m.message.n)
		rt_str_addsv(message, rt_str_sv(&s->m.message));
	else
		rt_merge_add_default_message(&s->m, message);
	o.message = message->p;
	o.heads = rt_merge_names(&s->m);
	o.merge = true;
	o.rev_id = s->id;
	return o;
}

retort_reparent_request rt_merge_reparent(const rt_view *v,
					  const rt_merge_way *way,
					  retort_names *rows,
					  const char **parent)
{
	const rt_merge_pane *s = v->state;
	retort_reparent_request r = RETORT_REPARENT_REQUEST_INIT;
	const rt_sides *sides = &v->console->sides;

	*rows = rt_model_rows(&v->console->model);
	*parent = s->m.heads.v[way->onto].id;
	r.revision = way->rebases && sides->moves.n ? sides->moves.v[0]
						    : way->first;
	r.parents = (retort_names){ parent, 1 };
	r.rows = rows;
	return r;
}

static int preview_way(rt_view *v, const rt_merge_way *way,
		       retort_preview *out, retort_error *err)
{
	retort_project *project = v->console->project;
	rt_str message = RT_STR_INIT;
	retort_reparent_request r;
	retort_create_options o;
	retort_names rows;
	const char *parent;
	int rc;

	if (way->reparents) {
		r = rt_merge_reparent(v, way, &rows, &parent);
		return retort_reparent_preview(project, &r, out, err);
	}
	o = rt_merge_create_options(v->state, &message);
	rc = retort_revision_preview(project, &o, out, err);
	rt_str_free(&message);
	return rc;
}

static void judge_way(rt_view *v, size_t i)
{
	rt_merge_pane *s = v->state;
	const rt_console *c = v->console;
	rt_merge_way *way = &s->m.ways.v[i];
	retort_preview preview = RETORT_PREVIEW_INIT;
	retort_error err = RETORT_ERROR_INIT;
	const retort_revision *first = NULL;
	int rc = 0;

	rt_merge_refuse(&s->m, i, NULL);
	if (way->reparents)
		rc = retort_graph_fork(c->graph,
				       s->m.heads.v[way->branch].id,
				       s->m.heads.v[way->onto].id, &first,
				       &err);
	free(way->first);
	way->first = first ? rt_strdup(first->id) : NULL;
	if (!rc && way->reparents && !c->model.answered)
		rt_merge_refuse(&s->m, i, "the database has not answered, so "
					  "nobody knows what is applied");
	else if (!rc)
		rc = preview_way(v, way, &preview, &err);
	if (rc)
		rt_merge_refuse(&s->m, i, err.message);
	retort_preview_dispose(&preview);
	retort_error_dispose(&err);
}

void rt_merge_pane_judge(rt_view *v)
{
	rt_merge_pane *s = v->state;
	size_t i;

	rt_sides_need(v->console);
	rt_merge_make_ways(&s->m);
	rt_merge_rebase(&s->m, v->console->sides.moves.n
				       ? v->console->sides.head
				       : NULL);
	for (i = 0; i < s->m.ways.n; i++)
		judge_way(v, i);
}

bool rt_merge_pane_preview(rt_view *v)
{
	rt_merge_pane *s = v->state;
	retort_error err = RETORT_ERROR_INIT;
	const rt_merge_way *way = &s->m.ways.v[s->m.way];
	int rc;

	retort_preview_dispose(&s->preview);
	rc = preview_way(v, way, &s->preview, &err);
	if (rc) {
		rt_merge_refuse(&s->m, s->m.way, err.message);
		rt_console_error(v->console, &err);
	} else if (!way->reparents && !s->id) {
		s->id = rt_strdup(s->preview.revision);
	}
	retort_error_dispose(&err);
	return rc == 0;
}
