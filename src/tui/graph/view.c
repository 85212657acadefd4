/* SPDX-License-Identifier: MIT */
/* The graph pane: revisions newest first, and where the database stands. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tui/console.h"
#include "tui/graph/pane.h"
#include "tui/widget/find.h"

enum { SHIFT = 8, SHIFT_MOST = 1024 }; /* columns */

static rt_graph_pane *state_of(const rt_view *v)
{
	return v->state;
}

/* --- rows ---------------------------------------------------------------- */

static void add_revision_text(const rt_console *c, const retort_revision *rev,
			      rt_str *out)
{
	size_t i;

	rt_str_addf(out, "%s  %s", rev->id, rev->message);
	for (i = 0; i < rev->labels.n; i++)
		rt_str_addf(out, " %s", rev->labels.v[i]);
	rt_str_addf(out, " %s",
		    rt_state_word(rt_model_state(&c->model, rev)));
	if (rt_git_facts_is_uncommitted(&c->git, rev))
		rt_str_add(out, " uncommitted");
	if (rt_git_facts_is_own(&c->git, rev))
		rt_str_add(out, " only here");
	if (rt_model_trouble(&c->model, rev))
		rt_str_addf(out, " %s", rt_model_trouble(&c->model, rev));
}

static void row_text(void *self, size_t row, rt_str *out)
{
	rt_view *v = self;
	const rt_graph_pane *s = state_of(v);
	const rt_graph_row *r = &s->rows.rows.v[row];
	size_t i;

	if (r->kind == RT_GRAPH_ROW_UNKNOWN)
		rt_str_add(out, v->console->model.unknown.v[r->row]);
	if (r->kind != RT_GRAPH_ROW_NODE && r->kind != RT_GRAPH_ROW_FOLD)
		return;
	for (i = 0; i < r->count; i++) {
		if (i)
			rt_str_addc(out, '\n');
		add_revision_text(v->console,
				  rt_graph_rows_folded(&s->rows, row, i), out);
	}
}

static bool has_needle(const rt_graph_pane *s, const rt_str *text)
{
	return rt_find_text(rt_str_sv(text), 0, rt_str_sv(&s->list.filter)) <
	       text->n;
}

/* Which revisions the filter leaves, by their index. */
static bool *filter(rt_view *v)
{
	rt_graph_pane *s = state_of(v);
	bool *shown = rt_calloc(s->rows.all.n + 1, sizeof(*shown));
	rt_str text = RT_STR_INIT;
	size_t i;

	for (i = 0; i < s->rows.all.n; i++) {
		rt_str_clear(&text);
		add_revision_text(v->console, s->rows.all.v[i], &text);
		shown[s->rows.all.v[i]->index] = has_needle(s, &text);
	}
	rt_str_free(&text);
	return shown;
}

/* They are no revisions, so the layout knows nothing of them. */
static void filter_unknown(rt_view *v)
{
	rt_graph_pane *s = state_of(v);
	rt_str text = RT_STR_INIT;
	size_t i, kept = 0;

	for (i = 0; i < s->rows.rows.n; i++) {
		rt_str_clear(&text);
		row_text(v, i, &text);
		if (s->rows.rows.v[i].kind != RT_GRAPH_ROW_UNKNOWN ||
		    has_needle(s, &text))
			s->rows.rows.v[kept++] = s->rows.rows.v[i];
	}
	s->rows.rows.n = kept;
	rt_str_free(&text);
}

static void lay_out(rt_view *v)
{
	rt_graph_pane *s = state_of(v);
	bool *shown = s->filtered ? filter(v) : NULL;
	size_t lanes = 0;

	rt_graph_rows_lay_out(&s->rows, v->console->graph, shown);
	free(shown);
	free(s->cells);
	if (s->rows.layout)
		lanes = retort_layout_lanes(s->rows.layout);
	s->cells = rt_calloc(lanes + 1, sizeof(*s->cells));
}

static void rebuild(rt_view *v)
{
	rt_graph_pane *s = state_of(v);

	rt_graph_rows_build(&s->rows, &v->console->model, !s->filtered);
	if (s->filtered)
		filter_unknown(v);
	rt_list_set_rows(&s->list, s->rows.rows.n);
}

/* A filter may look for states too. */
static void build(rt_view *v, unsigned what)
{
	rt_graph_pane *s = state_of(v);

	if (what & (RT_CHANGED_GRAPH | RT_CHANGED_FILTER) || s->filtered) {
		s->filtered = s->list.filter.n > 0;
		lay_out(v);
	}
	rebuild(v);
}

/* Show a revision, or what is next to it. */
static void show(rt_view *v, const retort_revision *rev)
{
	rt_graph_pane *s = state_of(v);
	size_t row;

	rev = rt_graph_rows_near(&s->rows, rev);
	if (!rev)
		return;
	row = rt_graph_rows_find(&s->rows, rev);
	if (s->rows.rows.v[row].kind == RT_GRAPH_ROW_FOLD &&
	    rt_graph_rows_folded(&s->rows, row, 0) != rev) {
		rt_graph_rows_unfold(&s->rows, row);
		rebuild(v);
		row = rt_graph_rows_find(&s->rows, rev);
	}
	rt_list_select_row(&s->list, row);
}

/* A jump may lead to what the filter hides. */
static void go_to_selected(rt_view *v)
{
	rt_graph_pane *s = state_of(v);
	const retort_revision *rev = v->console->selected;

	if (s->filtered && s->rows.place_of[rev->index] == SIZE_MAX) {
		rt_list_filter(&s->list, RT_SV(""));
		build(v, RT_CHANGED_FILTER);
	}
	show(v, rev);
}

static void load(rt_view *v)
{
	rt_graph_pane *s = state_of(v);
	size_t i, n;

	rt_graph_rows_load(&s->rows, v->console->graph);
	s->id_cols = 1;
	for (i = 0; i < s->rows.all.n; i++) {
		n = strlen(s->rows.all.v[i]->id);
		n = n < RT_GRAPH_ID_COLS ? n : RT_GRAPH_ID_COLS;
		if ((int)n > s->id_cols)
			s->id_cols = (int)n;
	}
}

static void graph_open(rt_view *v)
{
	rt_list_init(&state_of(v)->list, (rt_list_source){ row_text, v });
	state_of(v)->list.narrowed = true;
}

static void graph_close(rt_view *v)
{
	rt_graph_pane *s = state_of(v);

	rt_graph_rows_free(&s->rows);
	rt_list_free(&s->list);
	free(s->cells);
}

/* Tell the console what the cursor is on; the first of a fold stands for
 * it. */
static void graph_moved(rt_view *v)
{
	rt_graph_pane *s = state_of(v);
	const retort_revision *rev = NULL;
	size_t row = rt_list_selected(&s->list);

	if (row != SIZE_MAX &&
	    (s->rows.rows.v[row].kind == RT_GRAPH_ROW_NODE ||
	     s->rows.rows.v[row].kind == RT_GRAPH_ROW_FOLD))
		rev = rt_graph_rows_folded(&s->rows, row, 0);
	if (rev && v->console->range_from)
		v->console->range_to = rev;
	if (rev != v->console->selected)
		rt_console_select(v->console, rev);
}

static void graph_changed(rt_view *v, unsigned what)
{
	const rt_console *c = v->console;

	if (what & RT_CHANGED_GRAPH)
		load(v);
	if (what & (RT_CHANGED_GRAPH | RT_CHANGED_DATABASE |
		    RT_CHANGED_FILTER)) {
		build(v, what);
		if (c->selected)
			show(v, c->selected);
	}
	if (what & RT_CHANGED_SELECTION && c->selected && c->graph)
		go_to_selected(v);
}

static void graph_layout(rt_view *v)
{
	rt_list_set_height(&state_of(v)->list, v->rows);
}

static rt_list *graph_list(rt_view *v)
{
	return &state_of(v)->list;
}

/* --- actions ------------------------------------------------------------- */

static void open_row(rt_view *v)
{
	rt_graph_pane *s = state_of(v);
	size_t row = rt_list_selected(&s->list);

	if (row == SIZE_MAX)
		return;
	if (s->rows.rows.v[row].kind != RT_GRAPH_ROW_FOLD) {
		rt_console_focus(v->console, RT_VIEW_SQL);
		return;
	}
	rt_graph_rows_unfold(&s->rows, row);
	rebuild(v);
}

/* No further than there can be something to see. */
static void shift(rt_view *v, int cols)
{
	rt_graph_pane *s = state_of(v);

	s->shift += cols;
	if (s->shift < 0)
		s->shift = 0;
	if (s->shift > SHIFT_MOST)
		s->shift = SHIFT_MOST;
}

static bool graph_action(rt_view *v, rt_action action)
{
	if (action == RT_ACTION_LEFT || action == RT_ACTION_RIGHT) {
		shift(v, action == RT_ACTION_LEFT ? -SHIFT : SHIFT);
		return true;
	}
	if (action != RT_ACTION_OPEN)
		return false;
	open_row(v);
	return true;
}

static void graph_copy(rt_view *v, rt_str *out, const char **what)
{
	*what = "id";
	if (v->console->selected)
		rt_str_add(out, v->console->selected->id);
}

const retort_revision *rt_graph_pane_newest(const rt_console *c)
{
	const rt_graph_pane *s = c->views[RT_VIEW_GRAPH].state;

	return s->rows.all.n ? s->rows.all.v[0] : NULL;
}

bool rt_graph_pane_in_range(const rt_console *c, const retort_revision *rev)
{
	const rt_graph_pane *s = c->views[RT_VIEW_GRAPH].state;
	size_t from, to, at;

	if (!c->range_from || !s->rows.rank)
		return false;
	from = s->rows.rank[c->range_from->index];
	to = s->rows.rank[c->range_to->index];
	at = s->rows.rank[rev->index];
	return from < to ? from <= at && at <= to : to <= at && at <= from;
}

const rt_view_ops rt_view_graph = {
	.name = "GRAPH",
	.context = RT_CONTEXT_GRAPH,
	.state_size = sizeof(rt_graph_pane),
	.open = graph_open,
	.close = graph_close,
	.title = rt_graph_pane_title,
	.layout = graph_layout,
	.draw = rt_graph_pane_draw,
	.list = graph_list,
	.moved = graph_moved,
	.action = graph_action,
	.changed = graph_changed,
	.copy = graph_copy,
};
