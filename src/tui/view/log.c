/* SPDX-License-Identifier: MIT */
/* The log pane: what the console has said, or what the journal has of the
 * selected revision. */
#include "config.h"

#include <string.h>

#include "tui/console.h"
#include "tui/widget/textview.h"

struct state {
	rt_textview text;
	size_t seen; /* log lines that are in the text */
	rt_textview journal;
	bool journalled; /* the journal is shown */
	bool stale;      /* and is to be written anew when drawn */
	size_t runs;
};

static struct state *state_of(const rt_view *v)
{
	return v->state;
}

static void log_open(rt_view *v)
{
	struct state *s = state_of(v);

	rt_textview_init(&s->text);
	rt_textview_init(&s->journal);
	s->stale = true;
}

static void log_close(rt_view *v)
{
	rt_textview_free(&state_of(v)->text);
	rt_textview_free(&state_of(v)->journal);
}

static void lay_out(rt_view *v)
{
	struct state *s = state_of(v);
	bool ascii = v->console->frame.ascii;

	rt_textview_layout(&s->text, v->rows, v->cols - 1, ascii);
	rt_textview_layout(&s->journal, v->rows, v->cols - 1, ascii);
}

/* --- the journal --------------------------------------------------------- */

static void add_run(rt_textview *t, const rt_run *run)
{
	bool ok = strcmp(run->outcome, "ok") == 0;
	rt_sv rest = rt_sv_from(run->error), line;
	rt_str s = RT_STR_INIT;

	rt_str_addf(&s, "%s  ", run->began);
	rt_textview_add(t, RT_STYLE(MUTED), rt_str_sv(&s));
	rt_str_clear(&s);
	rt_str_addf(&s, "%s %s", run->op, run->outcome);
	rt_textview_add(t, ok ? RT_STYLE(OK) : RT_STYLE(ERROR),
			rt_str_sv(&s));
	rt_str_clear(&s);
	rt_str_addf(&s, "  %s of %s statements  %s@%s  %s\n", run->done,
		    run->total, run->who, run->host, run->tool);
	rt_textview_add(t, RT_STYLE(TEXT), rt_str_sv(&s));
	while (rt_sv_line(&rest, &line)) {
		rt_str_clear(&s);
		rt_str_addf(&s, "    %s%s%.*s\n", run->sqlstate,
			    *run->sqlstate ? " " : "", (int)line.n, line.p);
		rt_textview_add(t, RT_STYLE(ERROR), rt_str_sv(&s));
	}
	rt_str_free(&s);
}

static void write_journal(rt_view *v)
{
	struct state *s = state_of(v);
	const rt_console *c = v->console;
	const rt_detail *d = &c->detail;
	size_t i;

	s->stale = false;
	s->runs = 0;
	rt_textview_clear(&s->journal);
	for (i = 0; c->selected && i < d->runs.n; i++) {
		if (strcmp(d->runs.v[i].revision, c->selected->id) != 0)
			continue;
		add_run(&s->journal, &d->runs.v[i]);
		s->runs++;
	}
	lay_out(v);
}

/* What stands where there are no runs to show. */
static const char *no_runs(const rt_console *c)
{
	if (!c->selected)
		return "no revision is selected";
	if (c->detail.database_error.code)
		return c->detail.database_error.message;
	if (c->asking || !(c->detail.have & RT_DETAIL_JOURNAL))
		return "reading";
	return c->model.answered ? "the journal has no run of it"
				 : "the database has not answered";
}

static void draw_journal(rt_view *v, rt_area a)
{
	struct state *s = state_of(v);

	rt_detail_need(v->console, RT_DETAIL_JOURNAL);
	if (s->stale)
		write_journal(v);
	if (!s->runs)
		rt_area_puts(a, 0, 1, RT_STYLE(MUTED), no_runs(v->console));
}

/* --- messages ------------------------------------------------------------ */

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

	if (what & (RT_CHANGED_SELECTION | RT_CHANGED_DETAIL))
		s->stale = true;
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

/* --- the view ------------------------------------------------------------ */

static rt_textview *shown(const rt_view *v)
{
	struct state *s = state_of(v);

	return s->journalled ? &s->journal : &s->text;
}

static void log_title(rt_view *v, rt_str *out)
{
	const rt_log *log = &v->console->log;

	if (state_of(v)->journalled) {
		rt_str_add(out, "journal");
		if (v->console->selected)
			rt_str_addf(out, " of %s", v->console->selected->id);
		return;
	}
	rt_str_addf(out, "%zu error%s, %zu warning%s", log->errors,
		    log->errors == 1 ? "" : "s", log->warnings,
		    log->warnings == 1 ? "" : "s");
}

static void log_draw(rt_view *v, rt_area a, bool focused)
{
	rt_textview *t = shown(v);
	int y;

	if (state_of(v)->journalled)
		draw_journal(v, a);
	y = (int)(t->list.cursor - t->list.top);
	rt_textview_draw(t, a, 1);
	if (!focused || !t->list.lines)
		return;
	rt_area_puts(a, y, 0, RT_STYLE(TEXT), v->console->glyphs->cursor);
	rt_area_restyle(a, y, 0, a.cols, RT_STYLE(SELECTED));
}

static rt_list *log_list(rt_view *v)
{
	return &shown(v)->list;
}

static bool log_action(rt_view *v, rt_action action)
{
	struct state *s = state_of(v);

	if (action == RT_ACTION_JOURNAL)
		s->journalled = !s->journalled;
	else if (!rt_textview_action(shown(v), action))
		return false;
	lay_out(v);
	return true;
}

static void log_copy(rt_view *v, rt_str *out, const char **what)
{
	*what = "line";
	rt_str_addsv(out, rt_textview_line(shown(v)));
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
