/* SPDX-License-Identifier: MIT */
/* The step pane: the plan, its run, and how it ended. */
#include "config.h"

#include <stdlib.h>

#include "tui/step/stepping.h"

static rt_stepping *state_of(const rt_view *v)
{
	return v->state;
}

static void step_open(rt_view *v)
{
	rt_stepping *s = state_of(v);

	s->console = v->console;
	s->machine = (rt_step)RT_STEP_INIT;
	s->plan = s->stamp = (rt_step_plan)RT_STEP_PLAN_INIT;
	s->waits = s->last = (rt_str)RT_STR_INIT;
	s->now = s->journal = s->blind = (rt_str)RT_STR_INIT;
	rt_textview_init(&s->text);
	s->text.wrap = true; /* no hint or way on is to be missed */
	s->stale = true;
}

static void step_close(rt_view *v)
{
	rt_stepping *s = state_of(v);

	rt_stepping_stop(s);
	free(s->target);
	free(s->origin);
	while (s->choices.n)
		free(s->choices.v[--s->choices.n]);
	rt_vec_free(&s->choices);
	rt_step_plan_free(&s->plan);
	rt_step_plan_free(&s->stamp);
	retort_error_dispose(&s->error);
	rt_str_free(&s->waits);
	rt_str_free(&s->last);
	rt_str_free(&s->now);
	rt_str_free(&s->journal);
	rt_str_free(&s->blind);
	rt_textview_free(&s->text);
}

static void lay_out(rt_view *v)
{
	rt_textview_layout(&state_of(v)->text, v->rows, v->cols,
			   v->console->frame.ascii);
}

/* The screen line with a place of the text. */
static size_t line_of(const rt_textview *t, size_t offset)
{
	size_t i = 0;

	while (i + 1 < t->rows.n && t->rows.v[i + 1].start <= offset)
		i++;
	return i;
}

/* What matters comes to the top; else the place that was read stays. */
static void place(rt_stepping *s, size_t at, size_t top, size_t cursor)
{
	rt_list *l = &s->text.list;

	if (!s->follow) {
		rt_list_select(l, top + l->height ? top + l->height - 1 : 0);
		rt_list_select(l, top);
		rt_list_select(l, cursor);
		return;
	}
	s->follow = s->machine.state == RT_STEP_RUN;
	rt_list_select(l, l->lines ? l->lines - 1 : 0);
	rt_list_select(l, line_of(&s->text, at));
}

static void refresh(rt_view *v)
{
	rt_stepping *s = state_of(v);
	size_t top = s->text.list.top, cursor = s->text.list.cursor, at = 0;
	rt_step_report r = rt_stepping_report(s);

	if (!s->stale)
		return;
	s->stale = false;
	rt_textview_clear(&s->text);
	if (s->plan.n)
		rt_step_report_write(&r, v->console->glyphs, &s->text, &at);
	lay_out(v);
	place(s, at, top, cursor);
}

static void step_title(rt_view *v, rt_str *out)
{
	const rt_stepping *s = state_of(v);

	refresh(v);
	if (s->plan.n == 1)
		rt_str_addf(out, "%s %s   ", retort_op_name(s->plan.op),
			    s->plan.steps[0].revision);
	else if (s->plan.n)
		rt_str_addf(out, "%s, %zu steps   ",
			    retort_op_name(s->plan.op), s->plan.n);
	rt_str_add(out, rt_step_word(s->machine.state));
	if (s->machine.state == RT_STEP_RUN)
		rt_str_add(out, s->machine.interrupted
					? ", cancelling"
					: "   Ctrl-C cancels");
}

static void step_draw(rt_view *v, rt_area a, bool focused)
{
	rt_stepping *s = state_of(v);

	(void)focused;
	refresh(v);
	rt_textview_draw(&s->text, a, 0);
	if (!s->text.text.n)
		rt_area_puts(a, 0, 1, RT_STYLE(MUTED),
			     "nothing is being stepped: U upgrades, D "
			     "downgrades");
}

static rt_list *step_list(rt_view *v)
{
	refresh(v);
	return &state_of(v)->text.list;
}

/* Who reads is not taken to what runs. */
static void step_moved(rt_view *v)
{
	state_of(v)->follow = false;
}

/* Here only the report is worth copying: no menu. */
static void copy_report(rt_view *v)
{
	rt_console *c = v->console;
	rt_sv text;

	refresh(v);
	text = rt_str_sv(&state_of(v)->text.text);
	if (c->term->ops->copy(c->term, text))
		rt_console_say(c, RT_LEVEL_INFO,
			       "copied the report, %zu bytes", text.n);
	else
		rt_console_say(c, RT_LEVEL_WARNING,
			       "the report is too long for a terminal's "
			       "clipboard");
}

static bool step_action(rt_view *v, rt_action action)
{
	rt_stepping *s = state_of(v);

	if (action == RT_ACTION_CLOSE) {
		if (rt_step_busy(&s->machine))
			rt_console_focus(v->console, RT_VIEW_GRAPH);
		else
			rt_stepping_input(s, RT_STEP_LEAVE);
		return true;
	}
	if (action == RT_ACTION_COPY && s->plan.n) {
		copy_report(v);
		return true;
	}
	if (!rt_textview_action(&s->text, action))
		return false;
	lay_out(v);
	return true;
}

static void step_copy(rt_view *v, rt_str *out, const char **what)
{
	refresh(v);
	*what = "report";
	rt_str_addsv(out, rt_str_sv(&state_of(v)->text.text));
}

const rt_view_ops rt_view_step = {
	.name = "STEP",
	.context = RT_CONTEXT_STEP,
	.state_size = sizeof(rt_stepping),
	.open = step_open,
	.close = step_close,
	.title = step_title,
	.layout = lay_out,
	.draw = step_draw,
	.list = step_list,
	.moved = step_moved,
	.action = step_action,
	.copy = step_copy,
};
