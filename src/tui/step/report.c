/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/step/report.h"

#include <string.h>

#include "tui/draw/theme.h"
#include "tui/sql/pane.h"
#include "ui/caret.h"

enum {
	GUTTER = 16,      /* columns before a statement */
	LINES_MAX = 200,  /* of a statement that are shown */
	ASK_STEPS_MAX = 8 /* steps that a question lists */
};

void rt_step_report_time(double ms, rt_str *out)
{
	long s = (long)(ms / 1000);

	/* by what they are rounded to: 9.96 is no "10.0 ms" */
	if (ms < 9.95)
		rt_str_addf(out, "%6.1f ms", ms);
	else if (ms < 999.5)
		rt_str_addf(out, "%6.0f ms", ms);
	else if (ms < 119950)
		rt_str_addf(out, "%7.1f s", ms / 1000);
	else if (s < 6000)
		rt_str_addf(out, "%2ld min %02ld", s / 60, s % 60);
	else
		rt_str_addf(out, "%3ld h %02ld", s / 3600, s / 60 % 60);
}

static void put(rt_textview *t, rt_style style, const char *text)
{
	rt_textview_add(t, style, rt_sv_from(text));
}

static void put_line(rt_textview *t, rt_style style, const char *label,
		     const char *text)
{
	rt_sv rest = rt_sv_from(text), line;

	while (rt_sv_line(&rest, &line)) {
		put(t, RT_STYLE(MUTED), label);
		rt_textview_add(t, style, line);
		put(t, style, "\n");
		label = "          ";
	}
}

/* --- statements ---------------------------------------------------------- */

static const char *mark_sign(const rt_glyphs *g, rt_mark mark)
{
	switch (mark) {
	case RT_MARK_RUNS:
		return g->go;
	case RT_MARK_RAN:
		return g->done;
	case RT_MARK_FAILED:
		return "!";
	case RT_MARK_TAKEN_BACK:
		return "-";
	case RT_MARK_UNKNOWN:
		return "?";
	case RT_MARK_NONE:
		break;
	}
	return " ";
}

static rt_style mark_style(rt_mark mark)
{
	static const unsigned char faces[] = {
		[RT_MARK_NONE] = RT_FACE_MUTED,
		[RT_MARK_RUNS] = RT_FACE_RUNNING,
		[RT_MARK_RAN] = RT_FACE_OK,
		[RT_MARK_FAILED] = RT_FACE_ERROR,
		[RT_MARK_TAKEN_BACK] = RT_FACE_WARNING,
		[RT_MARK_UNKNOWN] = RT_FACE_WARNING,
	};

	return (rt_style){ faces[mark], 0 };
}

/* What the mark says, in words: a time, or what became of it. */
static void mark_word(const rt_step_report *r, const rt_plan_statement *st,
		      rt_str *out)
{
	switch (st->mark) {
	case RT_MARK_RUNS:
		rt_step_report_time(r->running, out);
		break;
	case RT_MARK_RAN:
		rt_step_report_time(st->ms, out);
		break;
	case RT_MARK_FAILED:
		rt_str_add(out, "FAILED");
		break;
	case RT_MARK_TAKEN_BACK:
		rt_str_add(out, "undone");
		break;
	case RT_MARK_UNKNOWN:
		rt_str_add(out, "unknown");
		break;
	case RT_MARK_NONE:
		break;
	}
}

static void put_gutter(const rt_step_report *r, const rt_glyphs *g,
		       rt_textview *t, const rt_plan_statement *st,
		       size_t number)
{
	rt_str s = RT_STR_INIT, word = RT_STR_INIT;

	mark_word(r, st, &word);
	rt_str_addf(&s, " %s%3zu %9s ", mark_sign(g, st->mark), number,
		    word.p);
	put(t, mark_style(st->mark), s.p);
	rt_str_free(&word);
	rt_str_free(&s);
}

static void put_caret(rt_textview *t, rt_sv line, int column)
{
	rt_str s = RT_STR_INIT;

	rt_str_addf(&s, "%*s", GUTTER, "");
	rt_caret_add(line, column, &s);
	rt_str_addc(&s, '\n');
	put(t, RT_STYLE(ERROR), s.p);
	rt_str_free(&s);
}

static void put_statement(const rt_step_report *r, const rt_glyphs *g,
			  rt_textview *t, const rt_plan_statement *st,
			  size_t number)
{
	const retort_error *err = r->error;
	bool failed = st->mark == RT_MARK_FAILED && err->line && err->column;
	rt_sv rest = st->sql, line;
	int i = 0, column;

	put_gutter(r, g, t, st, number);
	for (; i < LINES_MAX && rt_sv_line(&rest, &line); i++) {
		if (i) {
			rt_str pad = RT_STR_INIT;

			rt_str_addf(&pad, "%*s", GUTTER, "");
			put(t, RT_STYLE(TEXT), pad.p);
			rt_str_free(&pad);
		}
		rt_sql_pane_add(t, line, r->dialect);
		put(t, RT_STYLE(TEXT), "\n");
		column = err->column - (i ? 0 : st->column - 1);
		if (failed && err->line == st->line + i && column > 0)
			put_caret(t, line, column);
	}
	if (rest.n)
		put(t, RT_STYLE(MUTED),
		    "                (the rest is not shown)\n");
	if (st->rows > 0) {
		rt_str rows = RT_STR_INIT;

		rt_str_addf(&rows, "%*s%lld row%s\n", GUTTER, "", st->rows,
			    st->rows == 1 ? "" : "s");
		put(t, RT_STYLE(MUTED), rows.p);
		rt_str_free(&rows);
	}
}

/* --- the error and what is behind it ------------------------------------- */

static void put_error(const rt_step_report *r, rt_textview *t)
{
	static const struct {
		retort_error_field field;
		const char *label;
	} rows[] = {
		{ RETORT_ERROR_SQLSTATE, "SQLSTATE  " },
		{ RETORT_ERROR_DETAIL, "DETAIL    " },
		{ RETORT_ERROR_HINT, "HINT      " },
		{ RETORT_ERROR_CONTEXT, "CONTEXT   " },
		{ RETORT_ERROR_STATE, "now       " },
	};
	const char *text = retort_error_get(r->error, RETORT_ERROR_FILE);
	rt_str s = RT_STR_INIT;
	size_t i;

	put_line(t, RT_STYLE(ERROR), "error     ", r->error->message);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (retort_error_get(r->error, rows[i].field))
			put_line(t, RT_STYLE(TEXT), rows[i].label,
				 retort_error_get(r->error, rows[i].field));
	if (!text)
		return;
	rt_str_add(&s, text);
	if (r->error->line)
		rt_str_addf(&s, ":%d:%d", r->error->line, r->error->column);
	put_line(t, RT_STYLE(TEXT), "file      ", s.p);
	rt_str_free(&s);
}

/* What is known, and no more than that. */
static void put_evidence(const rt_step_report *r, rt_textview *t)
{
	bool unknown = r->machine->state == RT_STEP_UNKNOWN;
	const char *note = "";

	if (unknown && *r->now && strcmp(r->now, r->plan->after) == 0)
		note = "  (those of behind the step)";
	else if (unknown && *r->now && strcmp(r->now, r->plan->before) == 0)
		note = "  (those of before the step)";
	if (*r->now) {
		rt_str s = RT_STR_INIT;

		rt_str_addf(&s, "%s%s", r->now, note);
		put_line(t, RT_STYLE(TEXT), "rows read ", s.p);
		rt_str_free(&s);
	}
	if (*r->blind)
		put_line(t, RT_STYLE(WARNING), "unread    ", r->blind);
	if (*r->journal)
		put_line(t, RT_STYLE(TEXT), "journal   ", r->journal);
}

static void put_ways(const rt_step_report *r, rt_textview *t)
{
	static const char *const ways[RT_STEP_STATE_COUNT] = {
		[RT_STEP_DONE] = "U takes the next one, q closes this",
		[RT_STEP_FAILED] = "e edit the file, r plan it again, y copy "
				   "this, q leave",
		[RT_STEP_PARTIAL] =
			"c go on behind what stands, a begin again, S stamp "
			"as done (each typed); e edit, y copy, q leave",
		[RT_STEP_UNKNOWN] = "r look and plan again, y copy this, q "
				    "leave",
		[RT_STEP_CANCELLED] = "r plan it again, y copy this, q leave",
	};

	if (ways[r->machine->state])
		put_line(t, RT_STYLE(TITLE), "ways on   ",
			 ways[r->machine->state]);
}

static void put_lost(rt_textview *t)
{
	put_line(t, RT_STYLE(WARNING), "unknown   ",
		 "the run ended without saying what came of it: the server "
		 "may have committed,\nrolled back, or still be at it");
}

/* --- all of it ----------------------------------------------------------- */

static void put_frame(rt_textview *t, const rt_plan_step *s)
{
	rt_str text = RT_STR_INIT;
	size_t i;

	if (s->op == RETORT_OP_STAMP)
		rt_str_add(&text, "   nothing runs but this change");
	else
		rt_str_add(&text, s->transaction ? "   one transaction"
						 : "   NO TRANSACTION: what "
						   "has run stays");
	for (i = 0; i < s->n_changes; i++)
		rt_str_addf(&text, "%s %s", i ? "," : "   version row",
			    s->changes[i]);
	rt_str_addc(&text, '\n');
	put(t, s->transaction ? RT_STYLE(MUTED) : RT_STYLE(WARNING), text.p);
	rt_str_free(&text);
	if (!s->way_back)
		put(t, RT_STYLE(WARNING), "   ! it has no way back: there is "
					  "no migrate:down\n");
	if (s->loses)
		put(t, RT_STYLE(WARNING), "   ! it drops what may hold "
					  "data\n");
}

static void put_head(const rt_glyphs *g, rt_textview *t,
		     const rt_plan_step *s)
{
	rt_str text = RT_STR_INIT;

	rt_str_addf(&text, " %s %s %s  %s", mark_sign(g, s->mark),
		    retort_op_name(s->op), s->revision, s->message);
	if (s->mark == RT_MARK_RAN) {
		rt_str_add(&text, "   committed, ");
		rt_step_report_time(s->ms, &text);
	}
	rt_str_addc(&text, '\n');
	put(t, s->mark == RT_MARK_NONE ? RT_STYLE(TITLE)
				       : mark_style(s->mark),
	    text.p);
	rt_str_free(&text);
}

static void put_step(const rt_step_report *r, const rt_glyphs *g,
		     rt_textview *t, const rt_plan_step *s, size_t *at)
{
	size_t i;

	if (s->mark == RT_MARK_RUNS || s->mark == RT_MARK_FAILED)
		*at = t->text.n;
	put_head(g, t, s);
	put_frame(t, s);
	if (!s->n)
		put(t, RT_STYLE(MUTED), "   no statements\n");
	for (i = 0; i < s->n; i++) {
		if (s->statements[i].mark == RT_MARK_RUNS ||
		    s->statements[i].mark == RT_MARK_FAILED)
			*at = t->text.n;
		put_statement(r, g, t, &s->statements[i], i + 1);
		if (*r->waits && s->statements[i].mark == RT_MARK_RUNS)
			put_line(t, RT_STYLE(WARNING), "   waits  ",
				 r->waits);
		if (r->error->code &&
		    s->statements[i].mark == RT_MARK_FAILED)
			put_error(r, t);
	}
}

static bool error_is_shown(const rt_step_plan *p)
{
	const rt_plan_step *s = rt_step_plan_current(p);
	size_t i;

	for (i = 0; s && i < s->n; i++)
		if (s->statements[i].mark == RT_MARK_FAILED)
			return true;
	return false;
}

void rt_step_report_write(const rt_step_report *r, const rt_glyphs *g,
			  rt_textview *t, size_t *at)
{
	rt_step_state state = r->machine->state;
	size_t i;

	*at = 0;
	if (*r->waits && state == RT_STEP_RUN && r->plan->n &&
	    r->plan->steps[0].mark == RT_MARK_NONE)
		put_line(t, RT_STYLE(WARNING), "waits     ", r->waits);
	for (i = 0; i < r->plan->n; i++)
		put_step(r, g, t, &r->plan->steps[i], at);
	if (!error_is_shown(r->plan) &&
	    (r->error->code || state >= RT_STEP_DONE))
		*at = state == RT_STEP_DONE ? 0 : t->text.n;
	if (r->error->code && !error_is_shown(r->plan))
		put_error(r, t);
	else if (!r->error->code && state == RT_STEP_UNKNOWN)
		put_lost(t);
	if (state >= RT_STEP_DONE)
		put_evidence(r, t);
	put_ways(r, t);
}

/* --- the question -------------------------------------------------------- */

static void ask_step(const rt_plan_step *s, rt_str *out)
{
	rt_str_addf(out, "%s %s  %s\n", retort_op_name(s->op), s->revision,
		    s->message);
	rt_str_addf(out, "  %zu statement%s, %s; rows %s\n", s->n,
		    s->n == 1 ? "" : "s",
		    s->transaction ? "one transaction" : "NO TRANSACTION",
		    s->n_changes ? s->changes[0] : "as they are");
}

void rt_step_report_ask(const rt_step_report *r, const char *database,
			bool is_protected, rt_str *out)
{
	const rt_step_plan *p = r->plan;
	size_t i;

	for (i = 0; i < p->n && i < ASK_STEPS_MAX; i++)
		ask_step(&p->steps[i], out);
	if (i < p->n)
		rt_str_addf(out, "and %zu more, up to %s\n", p->n - i,
			    p->steps[p->n - 1].revision);
	rt_str_addf(out, "\nin %s\nwhich goes from %s to %s\n", database,
		    p->before, p->after);
	if (r->machine->way == RT_STEP_WAY_RESUME)
		rt_str_add(out, "! goes on behind the last good statement\n");
	else if (r->machine->way == RT_STEP_WAY_RESTART)
		rt_str_add(out, "! begins with the first statement again\n");
	else if (r->machine->way == RT_STEP_WAY_STAMP)
		rt_str_add(out, "! only says that it is done\n");
	if (is_protected)
		rt_str_add(out, "! this database is protected\n");
	if (rt_step_plan_is_single(p))
		rt_str_add(out, "! outside a transaction: a failure leaves "
				"what has run\n");
	if (rt_step_plan_loses(p))
		rt_str_add(out, "! drops what may hold data\n");
	for (i = 0; i < p->n; i++)
		if (!p->steps[i].way_back)
			rt_str_addf(out, "! %s has no way back\n",
				    p->steps[i].revision);
}
