/* SPDX-License-Identifier: MIT */
/* The diff pane: what a step of the selected revision does, its file against
 * git, and against what was applied. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tui/console.h"
#include "tui/widget/textview.h"
#include "tui/write.h"

enum { SHOWN_MAX = 256 << 10 }; /* bytes of a diff that are shown */

struct state {
	rt_textview text;
	bool stale;          /* to be written anew when drawn */
	size_t added, removed;
};

static struct state *state_of(const rt_view *v)
{
	return v->state;
}

static void diff_open(rt_view *v)
{
	struct state *s = state_of(v);

	rt_textview_init(&s->text);
	s->text.list.pages = true;
	s->stale = true;
}

static void diff_close(rt_view *v)
{
	rt_textview_free(&state_of(v)->text);
}

static void add_line(rt_textview *t, rt_style style, rt_sv line)
{
	rt_textview_add(t, style, line);
	rt_textview_add(t, style, RT_SV("\n"));
}

static void add_fact(rt_textview *t, const char *name, rt_style style,
		     const char *text)
{
	rt_str s = RT_STR_INIT;

	rt_str_addf(&s, "%-10s", name);
	rt_textview_add(t, RT_STYLE(MUTED), rt_str_sv(&s));
	add_line(t, style, rt_sv_from(text));
	rt_str_free(&s);
}

/* --- what the step does -------------------------------------------------- */

static rt_style effect_style(rt_sv line)
{
	switch (line.n ? line.p[0] : ' ') {
	case '+':
		return RT_STYLE(ADDED);
	case '-':
		return RT_STYLE(REMOVED);
	case '~':
		return RT_STYLE(CHANGED);
	case '!':
		return RT_STYLE(WARNING);
	default:
		return RT_STYLE(MUTED);
	}
}

static void add_effects_text(rt_textview *t, rt_sv text)
{
	bool cut = text.n > SHOWN_MAX;
	rt_sv rest = rt_sv_sub(text, 0, SHOWN_MAX), line;

	while (rt_sv_line(&rest, &line)) {
		bool statement = line.p[0] == RT_EFFECTS_STATEMENT;

		line = rt_sv_sub(line, 1, line.n);
		rt_textview_add(t, RT_STYLE(TEXT),
				rt_sv_from(statement ? "  " : "    "));
		add_line(t, statement ? RT_STYLE(MUTED) : effect_style(line),
			 line);
	}
	if (cut)
		add_line(t, RT_STYLE(WARNING),
			 RT_SV("  (the rest is not shown)"));
}

/* "FILE:line:column: message", and what to do. */
static void add_effects_error(rt_textview *t, const rt_console *c,
			      const retort_error *err)
{
	const char *file = retort_error_get(err, RETORT_ERROR_FILE);
	const char *next = retort_error_get(err, RETORT_ERROR_NEXT);
	rt_str s = RT_STR_INIT;

	if (file)
		rt_str_add(&s, rt_console_short_path(c, file));
	if (file && err->line)
		rt_str_addf(&s, ":%d", err->line);
	if (file && err->line && err->column)
		rt_str_addf(&s, ":%d", err->column);
	rt_str_addf(&s, "%s%s", file ? ": " : "", err->message);
	add_fact(t, "", RT_STYLE(ERROR), s.p);
	if (next)
		add_fact(t, "", RT_STYLE(TEXT), next);
	rt_str_free(&s);
}

/* "press X to measure", with the key as it is bound. */
static void add_measure_key(const rt_console *c, rt_str *out)
{
	rt_str keys = RT_STR_INIT;

	rt_keymap_keys(&c->keymap, RT_CONTEXT_ANY, RT_ACTION_MEASURE, 1,
		       &keys);
	if (keys.n)
		rt_str_addf(out, "press %s", keys.p);
	else
		rt_str_add(out, "type :measure");
	rt_str_free(&keys);
}

static void add_effects(rt_textview *t, const rt_console *c)
{
	const rt_effects *e = &c->detail.effects;
	rt_style style = RT_STYLE(MUTED);
	rt_str s = RT_STR_INIT;

	rt_str_addf(&s, "of the %s: ", retort_op_name(c->op));
	if (e->state == RT_EFFECTS_ASKS) {
		style = RT_STYLE(TEXT);
		add_measure_key(c, &s);
		rt_str_add(&s, " to measure, in a scratch database on the "
			       "server");
	} else if (e->state == RT_EFFECTS_LONG) {
		style = RT_STYLE(TEXT);
		add_measure_key(c, &s);
		rt_str_add(&s, " to measure; it takes long");
	} else if (e->state == RT_EFFECTS_FAILED) {
		style = RT_STYLE(WARNING);
		rt_str_add(&s, "not measured");
	} else if (e->state == RT_EFFECTS_CACHED) {
		rt_str_add(&s, "measured before");
	} else if (e->state == RT_EFFECTS_MEASURED) {
		rt_str_add(&s, "measured");
	} else {
		rt_str_add(&s, "measuring");
	}
	add_fact(t, "effects", style, s.p);
	if (e->state == RT_EFFECTS_FAILED)
		add_effects_error(t, c, &e->err);
	add_effects_text(t, rt_str_sv(&e->text));
	rt_str_free(&s);
}

/* --- git ----------------------------------------------------------------- */

static void add_git(rt_textview *t, const rt_detail *d)
{
	rt_str s = RT_STR_INIT;
	rt_style style = RT_STYLE(CHANGED);

	if (!(d->have & RT_DETAIL_GIT)) {
		add_fact(t, "git", RT_STYLE(MUTED), "comparing");
		return;
	}
	if (d->git_error.code == RETORT_ENOTFOUND) {
		add_fact(t, "git", RT_STYLE(MUTED), "in no repository");
		return;
	}
	if (d->git_error.code) {
		add_fact(t, "git", RT_STYLE(WARNING), d->git_error.message);
		if (retort_error_get(&d->git_error, RETORT_ERROR_NEXT))
			add_fact(t, "", RT_STYLE(TEXT),
				 retort_error_get(&d->git_error,
						  RETORT_ERROR_NEXT));
		return;
	}
	rt_str_add(&s, retort_vcs_state_name(d->git.state));
	if (d->git.staged)
		rt_str_add(&s, d->git.unstaged ? ", staged in part"
					       : ", staged");
	if (d->git.state == RETORT_VCS_UNMODIFIED)
		style = RT_STYLE(OK);
	else if (d->git.state == RETORT_VCS_CONFLICTED)
		style = RT_STYLE(ERROR);
	add_fact(t, "git", style, s.p);
	if (d->author && d->date) {
		rt_str_clear(&s);
		rt_str_addf(&s, "%s, %.10s", d->author, d->date);
		add_fact(t, "committed", RT_STYLE(TEXT), s.p);
	}
	rt_str_free(&s);
}

static void add_branch(rt_textview *t, const rt_console *c)
{
	char *text;

	if (!rt_git_facts_is_own(&c->git, c->selected))
		return;
	text = rt_strf("only on %s, not on %s",
		       c->git.branch ? c->git.branch : "this one",
		       c->git.target);
	add_fact(t, "branch", RT_STYLE(CHANGED), text);
	free(text);
}

/* A line of a unified diff; the lines before the first @@ name the files. */
static rt_style line_style(rt_sv line, bool in_hunk)
{
	if (rt_sv_starts(line, "@@"))
		return RT_STYLE(CHANGED);
	if (!in_hunk)
		return RT_STYLE(MUTED);
	if (rt_sv_starts(line, "+"))
		return RT_STYLE(ADDED);
	if (rt_sv_starts(line, "-"))
		return RT_STYLE(REMOVED);
	return rt_sv_starts(line, "\\") ? RT_STYLE(MUTED) : RT_STYLE(TEXT);
}

/* The pane names the file already. */
static bool is_said(rt_sv line)
{
	return rt_sv_starts(line, "diff --git ") ||
	       rt_sv_starts(line, "index ");
}

static void add_diff(struct state *s, rt_sv diff)
{
	bool in_hunk = false, cut = diff.n > SHOWN_MAX;
	rt_sv rest = rt_sv_sub(diff, 0, SHOWN_MAX), line;

	if (diff.n)
		add_line(&s->text, RT_STYLE(TEXT), RT_SV(""));
	while (rt_sv_line(&rest, &line)) {
		in_hunk = in_hunk || rt_sv_starts(line, "@@");
		s->added += in_hunk && rt_sv_starts(line, "+");
		s->removed += in_hunk && rt_sv_starts(line, "-");
		if (in_hunk || !is_said(line))
			add_line(&s->text, line_style(line, in_hunk), line);
	}
	if (cut)
		add_line(&s->text, RT_STYLE(WARNING),
			 RT_SV("(the rest is not shown)"));
}

/* --- database ------------------------------------------------------------ */

/* An applied revision of which `verify` has nothing to say. */
static const char *applied_text(const rt_detail *d, const char *id)
{
	const rt_run *run = rt_detail_run(d, id, "upgrade");

	if (run && *run->checksum)
		return "as applied: the file is what the journal saw";
	if (rt_detail_run(d, id, NULL))
		return "stamped: nothing was kept that could be compared";
	return "applied; the journal has no run of it to compare with";
}

static const char *pending_text(const rt_detail *d, const char *id)
{
	const rt_run *run = rt_detail_run(d, id, NULL);

	if (!run)
		return "never applied";
	if (strcmp(run->op, "downgrade") == 0)
		return "not applied: it was downgraded";
	return strcmp(run->outcome, "ok") == 0
		       ? "not applied, though the journal has a run of it"
		       : "not applied: the last run did not end well";
}

static rt_style found_style(const rt_found *found)
{
	return strcmp(found->kind, "comments") == 0 ? RT_STYLE(TEXT)
						    : RT_STYLE(ERROR);
}

static void add_state(rt_textview *t, const rt_console *c)
{
	const unsigned both = RT_DETAIL_JOURNAL | RT_DETAIL_VERIFY;
	const rt_detail *d = &c->detail;
	const rt_found *found = rt_detail_found(d, c->selected->id);
	rt_state state = rt_model_state(&c->model, c->selected);

	if (d->database_error.code && (d->have & both) == both) {
		add_fact(t, "database", RT_STYLE(WARNING),
			 d->database_error.message);
	} else if (!c->asking && !c->model.answered) {
		add_fact(t, "database", RT_STYLE(MUTED), "no answer");
	} else if ((d->have & both) != both) {
		add_fact(t, "database", RT_STYLE(MUTED), "reading");
	} else if (found) {
		add_fact(t, "database", found_style(found), found->kind);
		add_fact(t, "", RT_STYLE(TEXT), found->message);
	} else if (state == RT_STATE_PENDING) {
		add_fact(t, "database", RT_STYLE(PENDING),
			 pending_text(d, c->selected->id));
	} else if (state == RT_STATE_UNSURE) {
		add_fact(t, "database", RT_STYLE(MUTED),
			 "nobody knows whether it is applied");
	} else {
		add_fact(t, "database", RT_STYLE(OK),
			 applied_text(d, c->selected->id));
	}
}

/* --- the view ------------------------------------------------------------ */

static void lay_out(rt_view *v)
{
	rt_textview_layout(&state_of(v)->text, v->rows, v->cols - 1,
			   v->console->frame.ascii);
}

static void write_text(rt_view *v)
{
	struct state *s = state_of(v);
	const rt_console *c = v->console;

	s->stale = false;
	s->added = s->removed = 0;
	rt_textview_clear(&s->text);
	if (!c->selected)
		return;
	if (*c->selected->path) {
		add_fact(&s->text, "file", RT_STYLE(TEXT),
			 rt_console_short_path(c, c->selected->path));
		add_git(&s->text, &c->detail);
		add_branch(&s->text, c);
	}
	add_state(&s->text, c);
	add_effects(&s->text, c);
	if (c->detail.have & RT_DETAIL_GIT)
		add_diff(s, rt_str_sv(&c->detail.diff));
}

static void refresh(rt_view *v)
{
	if (!state_of(v)->stale)
		return;
	write_text(v);
	lay_out(v);
}

static void diff_changed(rt_view *v, unsigned what)
{
	if (what & (RT_CHANGED_SELECTION | RT_CHANGED_GRAPH |
		    RT_CHANGED_DATABASE | RT_CHANGED_DETAIL))
		state_of(v)->stale = true;
}

static void diff_title(rt_view *v, rt_str *out)
{
	struct state *s = state_of(v);
	const rt_console *c = v->console;

	refresh(v);
	if (!c->selected)
		return;
	rt_str_addf(out, "%s %s",
		    c->op == RETORT_OP_UPGRADE ? "up" : "down",
		    c->selected->id);
	if (s->added || s->removed)
		rt_str_addf(out, "   file +%zu -%zu", s->added, s->removed);
}

static void diff_draw(rt_view *v, rt_area a, bool focused)
{
	(void)focused;
	rt_detail_need(v->console, RT_DETAIL_GIT | RT_DETAIL_JOURNAL |
					   RT_DETAIL_VERIFY |
					   RT_DETAIL_EFFECTS);
	refresh(v);
	rt_textview_draw(&state_of(v)->text, a, 1);
	if (!v->console->selected)
		rt_area_puts(a, 0, 1, RT_STYLE(MUTED),
			     "no revision is selected");
}

static rt_list *diff_list(rt_view *v)
{
	refresh(v);
	return &state_of(v)->text.list;
}

static bool diff_action(rt_view *v, rt_action action)
{
	if (!rt_textview_action(&state_of(v)->text, action))
		return false;
	lay_out(v);
	return true;
}

static void diff_copy(rt_view *v, rt_str *out, const char **what)
{
	*what = "diff";
	if (v->console->detail.have & RT_DETAIL_GIT)
		rt_str_addsv(out, rt_str_sv(&v->console->detail.diff));
}

const rt_view_ops rt_view_diff = {
	.name = "DIFF",
	.context = RT_CONTEXT_DIFF,
	.state_size = sizeof(struct state),
	.open = diff_open,
	.close = diff_close,
	.title = diff_title,
	.layout = lay_out,
	.draw = diff_draw,
	.list = diff_list,
	.action = diff_action,
	.changed = diff_changed,
	.copy = diff_copy,
};
