/* SPDX-License-Identifier: MIT */
/* The log pane: what the console has said. */
#include "config.h"

#include "tui/console.h"
#include "tui/textview.h"

struct state {
	rt_textview text;
	size_t seen; /* log lines that are in the text */
};

static struct state *state_of(const rt_view *v)
{
	return v->state;
}

static void log_open(rt_view *v)
{
	rt_textview_init(&state_of(v)->text);
}

static void log_close(rt_view *v)
{
	rt_textview_free(&state_of(v)->text);
}

static void lay_out(rt_view *v)
{
	rt_textview_layout(&state_of(v)->text, v->rows, v->cols - 1,
			   v->console->frame.ascii);
}

static void add_line(rt_textview *t, const rt_log_line *l)
{
	static const unsigned char faces[] = { RT_FACE_TEXT, RT_FACE_WARNING,
					       RT_FACE_ERROR };
	static const char *const marks[] = { " ", "W", "E" };
	rt_style style = { faces[l->level], 0 };
	rt_str stamp = RT_STR_INIT;
	rt_clock_date d;

	if (l->when >= 0) {
		d = rt_clock_split(l->when);
		rt_str_addf(&stamp, "%02d:%02d:%02d %s ", d.hour, d.minute,
			    d.second, marks[l->level]);
	} else {
		rt_str_add(&stamp, "           ");
	}
	rt_textview_add(t, RT_STYLE(MUTED), rt_str_sv(&stamp));
	rt_textview_add(t, style, rt_sv_from(l->text));
	rt_textview_add(t, style, RT_SV("\n"));
	rt_str_free(&stamp);
}

/* New lines come into view, unless the user is reading further up. */
static void log_changed(rt_view *v, unsigned what)
{
	struct state *s = state_of(v);
	const rt_log *log = &v->console->log;
	bool at_end = s->text.list.cursor + 1 >= s->text.list.lines;
	size_t cursor = s->text.list.cursor;

	if (!(what & RT_CHANGED_LOG))
		return;
	if (log->lines.n < s->seen) {
		s->seen = 0;
		rt_textview_clear(&s->text);
	}
	while (s->seen < log->lines.n)
		add_line(&s->text, &log->lines.v[s->seen++]);
	lay_out(v);
	rt_list_select(&s->text.list, at_end ? s->text.list.lines : cursor);
}

static void log_title(rt_view *v, rt_str *out)
{
	const rt_log *log = &v->console->log;

	rt_str_addf(out, "%zu error%s, %zu warning%s", log->errors,
		    log->errors == 1 ? "" : "s", log->warnings,
		    log->warnings == 1 ? "" : "s");
}

static void log_draw(rt_view *v, rt_area a, bool focused)
{
	rt_textview *t = &state_of(v)->text;
	int y = (int)(t->list.cursor - t->list.top);

	rt_textview_draw(t, a, 1);
	if (!focused || !t->list.lines)
		return;
	rt_area_puts(a, y, 0, RT_STYLE(TEXT), v->console->glyphs->cursor);
	rt_area_restyle(a, y, 0, a.cols, RT_STYLE(SELECTED));
}

static rt_list *log_list(rt_view *v)
{
	return &state_of(v)->text.list;
}

static bool log_action(rt_view *v, rt_action action)
{
	if (!rt_textview_action(&state_of(v)->text, action))
		return false;
	lay_out(v);
	return true;
}

static void log_copy(rt_view *v, rt_str *out, const char **what)
{
	*what = "line";
	rt_str_addsv(out, rt_textview_line(&state_of(v)->text));
}

const rt_view_ops rt_view_log = {
	.name = "LOG",
	.context = RT_CONTEXT_LOG,
	.state_size = sizeof(struct state),
	.open = log_open,
	.close = log_close,
	.title = log_title,
	.layout = lay_out,
	.draw = log_draw,
	.list = log_list,
	.action = log_action,
	.changed = log_changed,
	.copy = log_copy,
};
