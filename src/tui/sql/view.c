/* SPDX-License-Identifier: MIT */
/* The SQL pane: what the selected revision runs, up or down. */
#include "config.h"

#include <string.h>

#include <retort/sql.h>

#include "tui/sql/lint.h"
#include "tui/sql/pane.h"

enum { GUTTER = 5 }; /* columns of a line number */

struct state {
	rt_textview text;
	bool stale;          /* the selection changed: read it when drawn */
	size_t statements, steps; /* steps: of a range; 0 = none is shown */
	bool in_transaction;
	bool failed;         /* the text is an error */
	bool wraps;          /* and is wrapped for that */
	rt_sql_lint lint;    /* of the script shown */
	size_t sql_end;      /* in the text; its findings are behind it */
};

static struct state *state_of(const rt_view *v)
{
	return v->state;
}

static void sql_open(rt_view *v)
{
	struct state *s = state_of(v);

	rt_textview_init(&s->text);
	s->text.list.pages = true;
	s->stale = true;
}

static void sql_close(rt_view *v)
{
	rt_textview_free(&state_of(v)->text);
	rt_sql_lint_free(&state_of(v)->lint);
}

static rt_style token_style(const char *sql, const retort_token *t,
			    retort_dialect dialect)
{
	static const unsigned char faces[] = {
		[RETORT_TOKEN_SPACE] = RT_FACE_TEXT,
		[RETORT_TOKEN_COMMENT] = RT_FACE_COMMENT,
		[RETORT_TOKEN_WORD] = RT_FACE_TEXT,
		[RETORT_TOKEN_IDENTIFIER] = RT_FACE_QUOTED,
		[RETORT_TOKEN_STRING] = RT_FACE_STRING,
		[RETORT_TOKEN_NUMBER] = RT_FACE_NUMBER,
		[RETORT_TOKEN_PARAMETER] = RT_FACE_NUMBER,
		[RETORT_TOKEN_OPERATOR] = RT_FACE_TEXT,
		[RETORT_TOKEN_PUNCTUATION] = RT_FACE_TEXT,
		[RETORT_TOKEN_META] = RT_FACE_ERROR,
		[RETORT_TOKEN_DATA] = RT_FACE_STRING,
		[RETORT_TOKEN_ERROR] = RT_FACE_ERROR,
	};

	if (t->kind == RETORT_TOKEN_WORD &&
	    retort_sql_is_keyword(sql + t->offset, t->length, dialect))
		return RT_STYLE(KEYWORD);
	return (rt_style){ faces[t->kind], 0 };
}

/* Without the empty lines that a section begins and ends with. */
static rt_sv trim_lines(rt_sv text)
{
	rt_sv rest = text, line;

	while (rt_sv_line(&rest, &line) && !rt_sv_trim(line).n)
		text = rest;
	while (text.n && strchr(" \t\r\n", text.p[text.n - 1]))
		text.n--;
	return text;
}

void rt_sql_pane_add(rt_textview *t, rt_sv sql, retort_dialect dialect)
{
	size_t offset = 0, cut = 0;
	retort_token token;

	sql = trim_lines(sql);
	if (sql.n > RT_SQL_SHOWN_MAX) {
		cut = sql.n - RT_SQL_SHOWN_MAX;
		sql.n = RT_SQL_SHOWN_MAX;
	}
	while (retort_sql_next(sql.p, sql.n, dialect, &offset, &token))
		rt_textview_add(t, token_style(sql.p, &token, dialect),
				rt_sv_sub(sql, token.offset, token.length));
	if (cut)
		rt_textview_add(t, RT_STYLE(WARNING),
				RT_SV("\n(the rest is not shown)\n"));
}

/* An error is read whole, so it is wrapped until there is SQL again. */
static void set_failed(struct state *s, bool failed)
{
	if (failed && !s->text.wrap)
		s->text.wrap = s->wraps = true;
	else if (!failed && s->wraps)
		s->text.wrap = s->wraps = false;
	s->failed = failed;
}

static void add_error(struct state *s, const retort_error *err)
{
	set_failed(s, true);
	rt_sql_pane_add_error(&s->text, err);
}

static void read_range(rt_view *v)
{
	struct state *s = state_of(v);
	retort_error err = RETORT_ERROR_INIT;
	rt_sql_range range;

	if (rt_sql_pane_add_range(v->console, &s->text, &range, &err))
		add_error(s, &err);
	s->statements = range.statements;
	s->steps = range.steps;
	retort_error_dispose(&err);
}

static void read_script(rt_view *v)
{
	struct state *s = state_of(v);
	const rt_console *c = v->console;
	retort_dialect dialect = retort_project_dialect(c->project);
	retort_error err = RETORT_ERROR_INIT;
	retort_script *script = NULL;

	s->stale = false;
	set_failed(s, false);
	s->statements = s->steps = 0;
	rt_textview_clear(&s->text);
	rt_sql_lint_free(&s->lint);
	if (c->range_from) {
		read_range(v);
		s->sql_end = s->text.text.n;
		return;
	}
	if (!c->selected)
		return;
	if (retort_project_script(c->project, c->selected, c->op, dialect,
				  &script, &err)) {
		add_error(s, &err);
	} else {
		s->statements = retort_script_count(script);
		s->in_transaction = retort_script_in_transaction(script);
		rt_sql_pane_add(&s->text,
				rt_sv_from(retort_script_text(script)),
				dialect);
		rt_sql_lint_read(&s->lint, c, script);
	}
	s->sql_end = s->text.text.n;
	rt_sql_lint_add(&s->lint, &s->text);
	retort_script_free(script);
	retort_error_dispose(&err);
}

static int gutter(const rt_view *v)
{
	const struct state *s = state_of(v);

	return v->console->line_numbers && !s->failed ? GUTTER : 0;
}

static void lay_out(rt_view *v)
{
	struct state *s = state_of(v);

	rt_textview_layout(&s->text, v->rows, v->cols - gutter(v),
			   v->console->frame.ascii);
}

/* Read when it is drawn, not when the selection moves: a key held down goes
 * past many revisions. */
static void refresh(rt_view *v)
{
	if (!state_of(v)->stale)
		return;
	read_script(v);
	lay_out(v);
}

static void sql_changed(rt_view *v, unsigned what)
{
	if (what & (RT_CHANGED_SELECTION | RT_CHANGED_GRAPH) ||
	    (what & RT_CHANGED_DATABASE && v->console->range_from))
		state_of(v)->stale = true;
}

static void sql_title(rt_view *v, rt_str *out)
{
	struct state *s = state_of(v);
	const rt_console *c = v->console;

	refresh(v);
	if (c->range_from) {
		rt_str_addf(out, "%s the range   %zu step%s   "
			    "%zu statement%s",
			    c->op == RETORT_OP_UPGRADE ? "up" : "down",
			    s->steps, s->steps == 1 ? "" : "s", s->statements,
			    s->statements == 1 ? "" : "s");
		return;
	}
	if (!c->selected)
		return;
	rt_str_addf(out, "%s %s",
		    c->op == RETORT_OP_UPGRADE ? "up" : "down",
		    c->selected->id);
	if (s->failed)
		return;
	rt_str_addf(out, "   %zu statement%s   %s", s->statements,
		    s->statements == 1 ? "" : "s",
		    s->in_transaction ? "one transaction"
				      : "no transaction (!)");
	rt_sql_lint_title(&s->lint, out);
}

static void draw_numbers(const struct state *s, rt_area a)
{
	const rt_list *l = &s->text.list;
	const rt_text_row *r;
	size_t line;
	int y;

	for (y = 0; y < a.rows; y++) {
		line = l->top + (size_t)y;
		if (line >= l->lines)
			return;
		r = &s->text.rows.v[rt_list_row(l, line)];
		if (r->first)
			rt_area_putf(a, y, 0,
				     rt_sql_lint_style(&s->lint, r->line),
				     "%*zu", GUTTER - 2, r->line + 1);
	}
}

static void sql_draw(rt_view *v, rt_area a, bool focused)
{
	struct state *s = state_of(v);

	(void)focused;
	refresh(v);
	rt_textview_draw(&s->text, a, gutter(v));
	if (gutter(v) && s->text.text.n)
		draw_numbers(s, a);
	if (v->console->range_from && !s->text.text.n)
		rt_area_puts(a, 0, gutter(v), RT_STYLE(MUTED),
			     "nothing of the range is to run this way");
	else if (!v->console->selected && !v->console->range_from)
		rt_area_puts(a, 0, 1, RT_STYLE(MUTED),
			     "no revision is selected");
	else if (!s->text.text.n)
		rt_area_puts(a, 0, gutter(v), RT_STYLE(MUTED),
			     "nothing to run: only the version rows change");
}

static rt_list *sql_list(rt_view *v)
{
	refresh(v);
	return &state_of(v)->text.list;
}

static bool sql_action(rt_view *v, rt_action action)
{
	struct state *s = state_of(v);

	if (!rt_textview_action(&s->text, action))
		return false;
	lay_out(v);
	return true;
}

static void sql_copy(rt_view *v, rt_str *out, const char **what)
{
	refresh(v);
	*what = "SQL";
	if (!state_of(v)->failed)
		rt_str_addn(out, state_of(v)->text.text.p,
			    state_of(v)->sql_end);
}

const rt_view_ops rt_view_sql = {
	.name = "SQL",
	.context = RT_CONTEXT_SQL,
	.state_size = sizeof(struct state),
	.open = sql_open,
	.close = sql_close,
	.title = sql_title,
	.layout = lay_out,
	.draw = sql_draw,
	.list = sql_list,
	.action = sql_action,
	.changed = sql_changed,
	.copy = sql_copy,
};
