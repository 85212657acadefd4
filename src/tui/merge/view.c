/* SPDX-License-Identifier: MIT */
/* The merge wizard: several heads become one. */
#include "config.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "tui/console.h"
#include "tui/merge/pane.h"
#include "tui/write.h"

static rt_merge_pane *state_of(const rt_view *v)
{
	return v->state;
}

static void row_text(void *self, size_t row, rt_str *out)
{
	rt_str_add(out, state_of(self)->lines.v[row].text);
}

static void merge_open(rt_view *v)
{
	rt_merge_pane *s = state_of(v);

	s->m = (rt_merge)RT_MERGE_INIT;
	rt_list_init(&s->list, (rt_list_source){ row_text, v });
	rt_textview_init(&s->sql[0]);
	rt_textview_init(&s->sql[1]);
}

static void forget(rt_merge_pane *s)
{
	rt_merge_pane_clear(s);
	rt_merge_free(&s->m);
	free(s->id);
	s->id = NULL;
	s->open = false;
}

static void merge_close(rt_view *v)
{
	rt_merge_pane *s = state_of(v);

	forget(s);
	rt_vec_free(&s->lines);
	rt_list_free(&s->list);
	rt_textview_free(&s->sql[0]);
	rt_textview_free(&s->sql[1]);
}

/* The heads as they are now; true if they are others than before. */
static bool take_heads(rt_view *v)
{
	rt_merge_pane *s = state_of(v);
	retort_list heads = RETORT_LIST_INIT;
	const char **ids;
	bool others;
	size_t i;

	if (!v->console->graph)
		return false;
	retort_graph_heads(v->console->graph, false, &heads);
	ids = rt_calloc(heads.n + 1, sizeof(*ids));
	for (i = 0; i < heads.n; i++)
		ids[i] = heads.v[i]->id;
	others = rt_merge_set_heads(&s->m, ids, heads.n);
	free(ids);
	retort_list_dispose(&heads);
	return others;
}

void rt_merge_view_start(rt_view *v)
{
	rt_merge_pane *s = state_of(v);
	rt_console *c = v->console;
	bool others = take_heads(v);

	if (!c->graph || s->m.heads.n < 2) {
		rt_console_say(c, RT_LEVEL_INFO,
			       c->graph ? "there is one head; nothing to merge"
					: "the files cannot be read");
		forget(s);
		return;
	}
	others = others || !s->open;
	s->open = true;
	rt_console_focus(c, RT_VIEW_MERGE);
	rt_merge_pane_build(v, others);
	rt_console_ask_database(c);
}

static void leave(rt_view *v)
{
	forget(state_of(v));
	rt_console_focus(v->console, RT_VIEW_GRAPH);
}

/* --- pages --------------------------------------------------------------- */

/* What a page shows is worked out when it is come to. */
static void enter(rt_view *v)
{
	rt_merge_pane *s = state_of(v);

	if (s->m.page == RT_MERGE_METHOD)
		rt_merge_pane_judge(v);
	if (s->m.page == RT_MERGE_PREVIEW)
		rt_merge_pane_preview(v);
	rt_merge_pane_build(v, true);
}

static void refused(rt_view *v)
{
	rt_console_say(v->console, RT_LEVEL_WARNING, "%s",
		       state_of(v)->m.reason);
}

static void next_page(rt_view *v)
{
	rt_merge_pane *s = state_of(v);

	s->compares = false;
	if (rt_merge_next(&s->m))
		enter(v);
	else
		refused(v);
}

static void previous_page(rt_view *v)
{
	rt_merge_pane *s = state_of(v);

	if (s->compares)
		s->compares = false;
	else if (!rt_merge_back(&s->m))
		leave(v);
	if (s->open)
		enter(v);
}

static size_t item(const rt_merge_pane *s)
{
	size_t row = rt_list_selected(&s->list);

	return row == SIZE_MAX ? RT_MERGE_NO_ITEM : s->lines.v[row].item;
}

/* Space and Enter: what they do depends on the page. */
static void take_item(rt_view *v)
{
	rt_merge_pane *s = state_of(v);
	size_t i = item(s);

	if (i == RT_MERGE_NO_ITEM || s->compares)
		return;
	if (s->m.page == RT_MERGE_HEADS) {
		rt_merge_toggle(&s->m, i);
		rt_merge_pane_clear(s);
	} else if (s->m.page == RT_MERGE_CONFLICTS) {
		s->overlap = i;
		s->compares = true;
	} else if (s->m.page == RT_MERGE_METHOD && !rt_merge_take(&s->m, i)) {
		refused(v);
	}
	rt_merge_pane_build(v, s->compares);
}

static bool chooses(const rt_merge_pane *s)
{
	return s->m.page == RT_MERGE_HEADS || s->m.page == RT_MERGE_METHOD;
}

/* --- writing ------------------------------------------------------------- */

static void write_merge(rt_view *v)
{
	rt_merge_pane *s = state_of(v);
	rt_str message = RT_STR_INIT;
	retort_create_options o = rt_merge_create_options(s, &message);

	if (rt_console_create(v->console, &o))
		leave(v);
	rt_str_free(&message);
}

static void write_reparent(rt_view *v, const rt_merge_way *way)
{
	retort_names rows;
	const char *parent;
	retort_reparent_request r = rt_merge_reparent(v, way, &rows, &parent);

	if (rt_console_reparent(v->console, &r))
		leave(v);
}

static void write_it(rt_view *v)
{
	rt_merge_pane *s = state_of(v);
	const rt_merge_way *way;

	if (!rt_merge_may_write(&s->m)) {
		refused(v);
		return;
	}
	way = &s->m.ways.v[s->m.way];
	if (way->rebases) {
		rt_sides_rebase(v->console);
		leave(v);
	} else if (way->reparents) {
		write_reparent(v, way);
	} else {
		write_merge(v);
	}
}

void rt_merge_view_message(rt_view *v, rt_sv text)
{
	rt_merge_pane *s = state_of(v);

	rt_str_clear(&s->m.message);
	rt_str_addsv(&s->m.message, rt_sv_trim(text));
	if (s->m.page == RT_MERGE_PREVIEW)
		rt_merge_pane_preview(v);
	rt_merge_pane_build(v, false);
}

rt_sv rt_merge_view_text(const rt_view *v)
{
	return rt_str_sv(&state_of(v)->m.message);
}

/* --- the view ------------------------------------------------------------ */

static bool merge_action(rt_view *v, rt_action action)
{
	rt_merge_pane *s = state_of(v);

	switch (action) {
	case RT_ACTION_M_TAKE:
		if (!chooses(s))
			return rt_list_action(&s->list, RT_ACTION_PAGE_DOWN);
		take_item(v);
		return true;
	case RT_ACTION_OPEN:
		take_item(v);
		return true;
	case RT_ACTION_M_NEXT:
		next_page(v);
		return true;
	case RT_ACTION_LEAVE:
		/* first what a search or a filter has left */
		if (s->list.filter.n || s->list.needle.n)
			return false;
		previous_page(v);
		return true;
	case RT_ACTION_M_BACK:
		previous_page(v);
		return true;
	case RT_ACTION_CLOSE:
		leave(v);
		return true;
	case RT_ACTION_M_WRITE:
		write_it(v);
		return true;
	default:
		return false;
	}
}

/* Files or rows have changed under it: other heads begin anew, else the page
 * is made again. */
static void merge_changed(rt_view *v, unsigned what)
{
	rt_merge_pane *s = state_of(v);
	bool others = false;

	if (!s->open || !(what & (RT_CHANGED_GRAPH | RT_CHANGED_DATABASE |
				  RT_CHANGED_DETAIL)))
		return;
	if (what & RT_CHANGED_GRAPH) {
		rt_merge_pane_clear(s);
		others = take_heads(v);
	}
	if (v->console->graph && s->m.ways.n) {
		rt_merge_pane_judge(v);
		if (s->m.page == RT_MERGE_PREVIEW)
			rt_merge_pane_preview(v);
	}
	rt_merge_pane_build(v, others);
}

static void merge_layout(rt_view *v)
{
	rt_list_set_height(&state_of(v)->list, v->rows);
	if (state_of(v)->open)
		rt_merge_pane_build(v, false);
}

static void merge_title(rt_view *v, rt_str *out)
{
	rt_merge_page page = state_of(v)->m.page;

	rt_str_addf(out, "%d of %d: %s", (int)page + 1, RT_MERGE_PAGE_COUNT,
		    rt_merge_page_title(page));
}

static void draw_line(rt_view *v, const rt_merge_line *l, rt_area a, int y)
{
	if (l->row[0] != RT_MERGE_NO_ITEM || l->row[1] != RT_MERGE_NO_ITEM)
		rt_merge_draw_sql(v, l, a, y);
	else
		rt_area_fit(a, y, 1, a.cols - 1, (rt_style){ l->face, 0 },
			    rt_sv_from(l->text));
}

static void merge_draw(rt_view *v, rt_area a, bool focused)
{
	const rt_merge_pane *s = state_of(v);
	size_t line;
	int y;

	for (y = 0; y < a.rows; y++) {
		line = s->list.top + (size_t)y;
		if (line >= s->list.lines)
			return;
		draw_line(v, &s->lines.v[rt_list_row(&s->list, line)], a, y);
		if (line != s->list.cursor || !focused)
			continue;
		rt_area_puts(a, y, 0, RT_STYLE(TEXT),
			     v->console->glyphs->cursor);
		rt_area_restyle(a, y, 0, a.cols, RT_STYLE(SELECTED));
	}
}

static rt_list *merge_list(rt_view *v)
{
	return &state_of(v)->list;
}

static void merge_copy(rt_view *v, rt_str *out, const char **what)
{
	size_t row = rt_list_selected(&state_of(v)->list);

	*what = "line";
	if (row != SIZE_MAX)
		row_text(v, row, out);
}

const rt_view_ops rt_view_merge = {
	.name = "MERGE",
	.context = RT_CONTEXT_MERGE,
	.state_size = sizeof(rt_merge_pane),
	.open = merge_open,
	.close = merge_close,
	.title = merge_title,
	.layout = merge_layout,
	.draw = merge_draw,
	.list = merge_list,
	.action = merge_action,
	.changed = merge_changed,
	.copy = merge_copy,
};
