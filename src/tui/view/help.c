/* SPDX-License-Identifier: MIT */
/* Help: all actions with their keys, made from the keymap.  Enter does what
 * the row says. */
#include "config.h"

#include <stdint.h>

#include "tui/console.h"

enum { KEY_COLS = 16, NAME_COLS = 18 };

struct row {
	rt_context context; /* whose head this is, if action is NONE */
	rt_action action;
};

struct state {
	RT_VEC(struct row) rows;
	rt_list list;
};

static struct state *state_of(const rt_view *v)
{
	return v->state;
}

static void row_text(void *self, size_t row, rt_str *out)
{
	const rt_view *v = self;
	const struct row *r = &state_of(v)->rows.v[row];
	const rt_action_info *info = rt_action_info_of(r->action);

	if (r->action == RT_ACTION_NONE) {
		rt_str_add(out, rt_context_head(r->context));
		return;
	}
	rt_keymap_keys(&v->console->keymap, info->context, r->action, 0, out);
	rt_str_addf(out, " %s %s", info->name, info->help);
}

/* A head for each context, its actions below. */
static void build(rt_view *v)
{
	struct state *s = state_of(v);
	int i, k;

	s->rows.n = 0;
	for (i = 0; i < RT_CONTEXT_COUNT; i++) {
		size_t before = s->rows.n;

		rt_vec_push(&s->rows,
			    (struct row){ (rt_context)i, RT_ACTION_NONE });
		for (k = RT_ACTION_NONE + 1; k < RT_ACTION_COUNT; k++)
			if ((int)rt_action_info_of((rt_action)k)->context == i)
				rt_vec_push(&s->rows,
					    (struct row){ (rt_context)i,
							  (rt_action)k });
		if (s->rows.n == before + 1)
			s->rows.n = before;
	}
	rt_list_set_rows(&s->list, s->rows.n);
}

static void help_open(rt_view *v)
{
	rt_list_init(&state_of(v)->list, (rt_list_source){ row_text, v });
	build(v);
}

static void help_close(rt_view *v)
{
	rt_vec_free(&state_of(v)->rows);
	rt_list_free(&state_of(v)->list);
}

static void help_changed(rt_view *v, unsigned what)
{
	if (what & RT_CHANGED_KEYS)
		build(v);
}

static void help_title(rt_view *v, rt_str *out)
{
	(void)v;
	rt_str_add(out, "Enter does it   & filters   q closes");
}

static void help_layout(rt_view *v)
{
	rt_list_set_height(&state_of(v)->list, v->rows);
}

static rt_list *help_list(rt_view *v)
{
	return &state_of(v)->list;
}

static void draw_head(rt_area a, int y, rt_context context)
{
	rt_area_puts(a, y, 1, RT_STYLE(TITLE), rt_context_head(context));
}

static void draw_action(const rt_view *v, rt_area a, int y, rt_action action)
{
	const rt_action_info *info = rt_action_info_of(action);
	int help_at = 2 + KEY_COLS + NAME_COLS;
	rt_str keys = RT_STR_INIT;

	rt_keymap_keys(&v->console->keymap, info->context, action, 0, &keys);
	rt_area_fit(a, y, 2, KEY_COLS - 1, RT_STYLE(HINT_KEY),
		    rt_str_sv(&keys));
	rt_area_fit(a, y, 2 + KEY_COLS, NAME_COLS - 1, RT_STYLE(ID),
		    rt_sv_from(info->name));
	rt_area_fit(a, y, help_at, a.cols - help_at, RT_STYLE(TEXT),
		    rt_sv_from(info->help));
	rt_str_free(&keys);
}

static void help_draw(rt_view *v, rt_area a, bool focused)
{
	const struct state *s = state_of(v);
	size_t line;
	int y;

	(void)focused;
	for (y = 0; y < a.rows; y++) {
		const struct row *r;

		line = s->list.top + (size_t)y;
		if (line >= s->list.lines)
			return;
		r = &s->rows.v[rt_list_row(&s->list, line)];
		if (r->action == RT_ACTION_NONE)
			draw_head(a, y, r->context);
		else
			draw_action(v, a, y, r->action);
		if (line != s->list.cursor)
			continue;
		rt_area_puts(a, y, 0, RT_STYLE(TEXT),
			     v->console->glyphs->cursor);
		rt_area_restyle(a, y, 0, a.cols, RT_STYLE(SELECTED));
	}
}

/* Do what the row says, where help was called from. */
static bool help_action(rt_view *v, rt_action action)
{
	const struct state *s = state_of(v);
	size_t row = rt_list_selected(&s->list);
	const rt_action_info *info;

	if (action != RT_ACTION_OPEN)
		return false;
	if (row == SIZE_MAX)
		return true;
	info = rt_action_info_of(s->rows.v[row].action);
	if (info->action == RT_ACTION_NONE ||
	    info->context == RT_CONTEXT_PROMPT ||
	    info->context == RT_CONTEXT_DIALOG)
		return true;
	rt_console_focus(v->console, v->console->behind);
	rt_console_act(v->console, info->action);
	return true;
}

const rt_view_ops rt_view_help = {
	.name = "HELP",
	.context = RT_CONTEXT_HELP,
	.state_size = sizeof(struct state),
	.open = help_open,
	.close = help_close,
	.title = help_title,
	.layout = help_layout,
	.draw = help_draw,
	.list = help_list,
	.action = help_action,
	.changed = help_changed,
};
