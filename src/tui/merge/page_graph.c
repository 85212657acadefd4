/* SPDX-License-Identifier: MIT */
/* The part of the graph that a merge changes, as it would be afterwards. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <retort/layout.h>

#include "base/alloc.h"
#include "tui/console.h"
#include "tui/merge/pane.h"

struct drawing {
	rt_view *v;
	retort_graph *graph; /* as it would be */
	retort_layout *layout;
	retort_cell *cells;
	bool *part;          /* by index: is shown */
	bool *own;           /* by index: one side's own */
	bool *moved;         /* by index: is put elsewhere, or its parent is */
	int id_cols;
};

static const rt_merge_way *way_of(const rt_merge_pane *s)
{
	return &s->m.ways.v[s->m.way];
}

/* What the chosen heads have of their own, and where they part.  What is in
 * both graphs has the same place in both. */
static bool choose(struct drawing *d)
{
	rt_merge_pane *s = d->v->state;
	const rt_console *c = d->v->console;
	retort_names heads = rt_merge_names(&s->m);
	retort_divergence parts;
	size_t i, n = retort_graph_count(d->graph);
	int rc = retort_graph_divergence(c->graph, &heads, &parts, NULL);

	d->part = rt_calloc(n + 1, sizeof(*d->part));
	d->own = rt_calloc(n + 1, sizeof(*d->own));
	for (i = 0; i < parts.own.n; i++)
		d->own[parts.own.v[i]->index] = true;
	for (i = 0; i < n; i++)
		d->part[i] = d->own[i] || i >= retort_graph_count(c->graph);
	for (i = 0; i < parts.common.n; i++)
		d->part[parts.common.v[i]->index] = true;
	retort_divergence_dispose(&parts);
	return rc == 0;
}

/* The marks of revisions that are new or move: sign and word. */
static const char *mark_of(const struct drawing *d,
			   const retort_revision *rev)
{
	const rt_merge_pane *s = d->v->state;
	const rt_merge_way *way = way_of(s);

	if (!strcmp(rev->id, s->preview.revision))
		return way->reparents ? "gets another parent" : "new";
	return d->moved[rev->index] ? "moves along" : NULL;
}

/* From the oldest on: whoever is above a moved one moves along. */
static void mark_moved(struct drawing *d, const retort_list *all)
{
	const rt_merge_pane *s = d->v->state;
	const retort_revision *rev, *parent;
	size_t i, k;

	for (i = way_of(s)->reparents ? all->n : 0; i-- > 0;) {
		rev = all->v[i];
		d->moved[rev->index] = !strcmp(rev->id, s->preview.revision);
		for (k = 0; k < rev->down.n; k++) {
			parent = retort_graph_find(d->graph, rev->down.v[k]);
			if (parent && d->moved[parent->index])
				d->moved[rev->index] = true;
		}
	}
}

static const char *sign_of(const struct drawing *d,
			   const retort_revision *rev)
{
	const rt_console *c = d->v->console;
	const retort_revision *now = retort_graph_find(c->graph, rev->id);
	const rt_glyphs *g = c->glyphs;

	if (mark_of(d, rev) || !now)
		return g->running;
	switch (rt_model_state(&c->model, now)) {
	case RT_STATE_ROW:
		return g->head;
	case RT_STATE_APPLIED:
		return g->applied;
	case RT_STATE_PENDING:
		return g->pending;
	case RT_STATE_UNSURE:
		break;
	}
	return g->unsure;
}

static void add_row(struct drawing *d, size_t row)
{
	const rt_glyphs *g = d->v->console->glyphs;
	const retort_revision *rev;
	size_t i, lanes = retort_layout_lanes(d->layout);
	size_t used = retort_layout_row(d->layout, row, d->cells, &rev);
	const char *mark = rev ? mark_of(d, rev) : NULL;
	rt_str s = RT_STR_INIT;

	for (i = 0; i < lanes; i++) {
		unsigned lines = i < used ? d->cells[i].lines : 0;

		if (lines & RETORT_CELL_NODE)
			rt_str_add(&s, sign_of(d, rev));
		else
			rt_str_add(&s, lines ? g->edge[lines & 15u] : " ");
		rt_str_add(&s, i < used && d->cells[i].gap ? g->rule : " ");
	}
	if (rev)
		rt_str_addf(&s, " %-*s  %s%s%s", d->id_cols, rev->id,
			    mark ? mark : "", mark ? ": " : "",
			    rev->message);
	rt_merge_add(d->v->state, mark ? RT_FACE_RUNNING : RT_FACE_TEXT,
		     RT_MERGE_NO_ITEM, "  %s", s.p);
	rt_str_free(&s);
}

static void draw(struct drawing *d)
{
	retort_list all = RETORT_LIST_INIT;
	size_t i, kept = 0;

	if (retort_graph_history(d->graph, NULL, NULL, &all, NULL))
		return;
	d->moved = rt_calloc(retort_graph_count(d->graph) + 1,
			     sizeof(*d->moved));
	mark_moved(d, &all);
	for (i = 0; i < all.n; i++) {
		int cols = (int)strlen(all.v[i]->id);

		if (!d->part[all.v[i]->index])
			continue;
		d->id_cols = cols > d->id_cols ? cols : d->id_cols;
		all.v[kept++] = all.v[i];
	}
	all.n = kept;
	d->layout = retort_layout_make(d->graph, &all);
	d->cells = rt_calloc(retort_layout_lanes(d->layout) + 1,
			     sizeof(*d->cells));
	for (i = 0; i < retort_layout_rows(d->layout); i++)
		add_row(d, i);
	retort_layout_free(d->layout);
	retort_list_dispose(&all);
	free(d->cells);
}

void rt_merge_add_graph(rt_view *v)
{
	rt_merge_pane *s = v->state;
	struct drawing d = { .v = v };
	retort_error err = RETORT_ERROR_INIT;

	if (retort_preview_graph(v->console->project, &s->preview, &d.graph,
				 &err)) {
		rt_merge_add(s, RT_FACE_ERROR, RT_MERGE_NO_ITEM, "  %s",
			     err.message);
		rt_merge_refuse(&s->m, s->m.way, err.message);
		retort_error_dispose(&err);
		return;
	}
	if (choose(&d))
		draw(&d);
	free(d.part);
	free(d.own);
	free(d.moved);
	retort_graph_free(d.graph);
}
