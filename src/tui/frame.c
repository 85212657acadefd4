/* SPDX-License-Identifier: MIT */
/* A frame: panes with their titles, the two lines below, what lies over. */
#include "config.h"

#include "tui/console.h"

enum { CHROME_ROWS = 2 }; /* status and hints */

void rt_console_arrange(rt_console *c)
{
	size_t i;

	c->term->ops->size(c->term, &c->rows, &c->cols);
	rt_panes_arrange(&c->panes, c->rows - CHROME_ROWS, c->cols, c->focus,
			 c->other, c->maximised || c->focus >= RT_VIEW_HELP);
	/* the keys are never for a pane that another one has replaced */
	if (!c->panes.pane[c->focus].rows)
		c->focus = c->other;
	rt_cells_resize(&c->frame, c->rows, c->cols);
	for (i = 0; i < RT_VIEW_COUNT; i++) {
		const rt_pane *p = &c->panes.pane[i];
		rt_view *v = &c->views[i];

		if (p->rows < 2 || p->cols < 1)
			continue;
		v->rows = p->rows - 1;
		v->cols = p->cols;
		if (v->ops->layout)
			v->ops->layout(v);
	}
	rt_loop_dirty(c->loop);
}

/* The number of a pane's key stands before its name. */
static void draw_title(rt_console *c, rt_view *v, rt_area a, bool focused,
		       int number)
{
	rt_style style = focused ? RT_STYLE(TITLE_FOCUS) : RT_STYLE(TITLE);
	rt_str s = RT_STR_INIT;
	int col;

	if (focused)
		rt_area_clear(rt_area_sub(a, 0, 0, 1, a.cols), style);
	else
		rt_area_rule(a, 0, 0, a.cols, RT_STYLE(MUTED),
			     c->glyphs->rule);
	if (number)
		rt_str_addf(&s, "%d ", number);
	rt_str_addf(&s, "%s  ", v->ops->name);
	v->ops->title(v, &s);
	rt_area_puts(a, 0, 0, style, " ");
	col = rt_area_fit(a, 0, 1, a.cols - 2, style, rt_str_sv(&s));
	rt_area_puts(a, 0, col, style, " ");
	rt_str_free(&s);
}

/* Keys 1 to 4 go to the panes in this order. */
static int pane_number(size_t id)
{
	static const unsigned char numbers[RT_VIEW_COUNT] = {
		[RT_VIEW_GRAPH] = 1, [RT_VIEW_SQL] = 2,
		[RT_VIEW_DIFF] = 3, [RT_VIEW_LOG] = 4,
	};

	return numbers[id];
}

static void draw_panes(rt_console *c, rt_area a)
{
	int row;
	size_t i;

	for (i = 0; i < RT_VIEW_COUNT; i++) {
		const rt_pane *p = &c->panes.pane[i];
		rt_area pane = rt_area_sub(a, p->row, p->col, p->rows,
					   p->cols);
		bool focused = c->focus == (rt_view_id)i;

		if (p->rows < 1)
			continue;
		draw_title(c, &c->views[i], pane, focused, pane_number(i));
		c->views[i].ops->draw(&c->views[i],
				      rt_area_sub(pane, 1, 0, pane.rows,
						  pane.cols),
				      focused);
	}
	for (row = 0; c->panes.divider >= 0 && row < c->panes.rows; row++)
		rt_area_puts(a, row, c->panes.divider, RT_STYLE(MUTED),
			     c->glyphs->bar);
}

static void add_place(rt_list *l, rt_str *out)
{
	size_t last = l->top + l->height, k, n;

	if (last > l->lines)
		last = l->lines;
	if (!l->lines)
		rt_str_add(out, "No rows");
	else
		rt_str_addf(out, "Rows %zu-%zu of %zu   %zu%%", l->top + 1,
			    last, l->lines, last * 100 / l->lines);
	if (l->filter.n)
		rt_str_addf(out, "   filter: %s", l->filter.p);
	if (!l->needle.n)
		return;
	rt_list_search_count(l, &k, &n);
	if (k)
		rt_str_addf(out, "   match %zu of %zu: %s", k, n,
			    l->needle.p);
	else
		rt_str_addf(out, "   %zu match%s: %s", n, n == 1 ? "" : "es",
			    l->needle.p);
}

/* What was said last, or where the focused list stands. */
static void draw_status(rt_console *c, rt_area a)
{
	static const unsigned char faces[] = { RT_FACE_STATUS,
					       RT_FACE_WARNING,
					       RT_FACE_ERROR };
	rt_view *v = &c->views[c->focus];
	rt_str s = RT_STR_INIT;

	if (c->message.n && c->prompt_for == RT_ACTION_NONE) {
		rt_area_fit(a, 0, 1, a.cols - 1,
			    (rt_style){ faces[c->message_level], 0 },
			    rt_str_sv(&c->message));
		return;
	}
	if (v->ops->list)
		add_place(v->ops->list(v), &s);
	rt_area_fit(a, 0, 1, a.cols - 1, RT_STYLE(STATUS), rt_str_sv(&s));
	rt_str_free(&s);
}

/* Whether an action is hinted at: the context's own first, then the others
 * that count there. */
static bool is_hinted(const rt_action_info *info, rt_context context,
		      bool own)
{
	bool alone = context == RT_CONTEXT_PROMPT ||
		     context == RT_CONTEXT_DIALOG;

	if (!*info->hint)
		return false;
	if (own)
		return info->context == context;
	return !alone && info->context == RT_CONTEXT_ANY;
}

static int draw_hint(rt_console *c, rt_area a, int col, rt_context context,
		     const rt_action_info *info)
{
	rt_str key = RT_STR_INIT;
	int need;

	rt_keymap_keys(&c->keymap, context, info->action, 1, &key);
	need = rt_cluster_columns(rt_str_sv(&key), false) + 1 +
	       rt_cluster_columns(rt_sv_from(info->hint), false);
	if (key.n && col + need < a.cols) {
		col = rt_area_put(a, 0, col, RT_STYLE(HINT_KEY),
				  rt_str_sv(&key));
		col = rt_area_puts(a, 0, col + 1, RT_STYLE(TEXT),
				   info->hint) + 2;
	}
	rt_str_free(&key);
	return col;
}

/* As many hints as fit whole. */
static void draw_hints(rt_console *c, rt_area a, rt_context context)
{
	int i, pass, col = 1;

	for (pass = 0; pass < 2; pass++)
		for (i = RT_ACTION_NONE + 1; i < RT_ACTION_COUNT; i++) {
			const rt_action_info *info =
				rt_action_info_of((rt_action)i);

			if (is_hinted(info, context, pass == 0))
				col = draw_hint(c, a, col, context, info);
		}
}

static void draw_continuations(rt_console *c, rt_area a)
{
	rt_context context = c->views[c->focus].ops->context;
	rt_str s = RT_STR_INIT;

	rt_keyseq_format(&c->typed, &s);
	rt_str_addc(&s, ' ');
	rt_keymap_continuations(&c->keymap, context, &c->typed, &s);
	rt_area_fit(a, 0, 1, a.cols - 1, RT_STYLE(TEXT), rt_str_sv(&s));
	rt_str_free(&s);
}

/* The screen is too small for panes. */
static void draw_notice(rt_console *c, rt_area a)
{
	int row = a.rows > 2 ? a.rows / 2 - 1 : 0;

	rt_area_putf(a, row, 0, RT_STYLE(WARNING), "%dx%d is too small",
		     c->cols, c->rows);
	rt_area_putf(a, row + 1, 0, RT_STYLE(TEXT), "%dx%d it must be",
		     RT_PANES_MIN_COLS, RT_PANES_MIN_ROWS);
}

/* The cursor sits on what is selected, for those whom it is read to. */
static void cursor_in_view(rt_console *c, int *row, int *col)
{
	rt_view *v = &c->views[c->focus];
	const rt_pane *p = &c->panes.pane[c->focus];
	const rt_list *l = v->ops->list ? v->ops->list(v) : NULL;

	*row = p->row + 1;
	*col = p->col;
	if (l && l->cursor >= l->top && l->cursor - l->top < l->height)
		*row += (int)(l->cursor - l->top);
}

static void draw_lower(rt_console *c, rt_area a, int *row, int *col)
{
	rt_area line = rt_area_sub(a, a.rows - 1, 0, 1, a.cols);

	draw_status(c, rt_area_sub(a, a.rows - 2, 0, 1, a.cols));
	if (c->prompt_for != RT_ACTION_NONE) {
		rt_prompt_draw(&c->prompt, line, col);
		*row = a.rows - 1;
	} else if (c->typed_shown) {
		draw_continuations(c, line);
	} else {
		draw_hints(c, line, c->views[c->focus].ops->context);
	}
}

void rt_console_draw(void *console)
{
	rt_console *c = console;
	rt_area a = rt_cells_area(&c->frame);
	int row = 0, col = 0;

	rt_area_clear(a, RT_STYLE(TEXT));
	if (c->rows < RT_PANES_MIN_ROWS || c->cols < RT_PANES_MIN_COLS) {
		draw_notice(c, a);
	} else {
		draw_panes(c, a);
		cursor_in_view(c, &row, &col);
		draw_lower(c, a, &row, &col);
	}
	if (c->dialog.kind != RT_DIALOG_NONE)
		rt_dialog_draw(&c->dialog, a, c->glyphs, &row, &col);
	c->term->ops->put(c->term, &c->frame, row, col);
	/* whoever opened a question: it can be seen from here on */
	rt_console_arm(c);
}
