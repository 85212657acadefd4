/* SPDX-License-Identifier: MIT */
/*
 * Strings: neighbours are one string, and one f-string if any of them is.
 */
#include "config.h"

#include <string.h>

#include "python/literal.h"
#include "python/parse_impl.h"

/* A run of strings that is being read. */
struct run {
	rt_py_span from;     /* the first of them */
	size_t mark;         /* the parts on the parser's stack */
	rt_py_span text;     /* where the text that is collected begins… */
	bool has_text;       /* …if any is; it is in p->text */
	const char *unknown; /* in it */
	bool any_format, any_bytes, any_plain;
	size_t text_mark;    /* p->text before it: runs nest */
};

/* Prefix and quotes of a string token, off both its ends. */
static rt_sv body_of(rt_sv text, rt_py_quoted *how, size_t *opening)
{
	size_t n = 0, quotes = 1;

	while (text.p[n] != '"' && text.p[n] != '\'') {
		char c = (char)(text.p[n++] | 0x20);

		how->raw |= c == 'r';
		how->bytes |= c == 'b';
	}
	if (text.n >= n + 3 && text.p[n + 1] == text.p[n] &&
	    text.p[n + 2] == text.p[n])
		quotes = 3;
	*opening = n + quotes;
	if (text.n < n + 2 * quotes)
		return (rt_sv){ text.p, 0 };
	return rt_sv_sub(text, n + quotes, text.n - n - 2 * quotes);
}

static void decode(rt_py_parser *p, struct run *run, const rt_py_quoted *how,
		   rt_sv body)
{
	const char *bad;

	if (!run->has_text) {
		run->has_text = true;
		run->text = rt_py_here(p);
		run->text_mark = p->text.n;
		run->unknown = NULL;
	}
	bad = rt_py_string_decode(how, body, &p->text, &run->unknown);
	if (bad)
		rt_py_fail(p, bad);
}

/* The text so far as a STRING. */
static rt_py_expr *end_text(rt_py_parser *p, struct run *run)
{
	rt_py_expr *e = rt_py_new(p, RT_PY_STRING, run->has_text ? run->text :
				  run->from);

	e->u.string.is_bytes = run->any_bytes;
	if (run->has_text) {
		rt_sv text = rt_sv_sub(rt_str_sv(&p->text), run->text_mark,
				       p->text.n);

		e->u.string.text = (rt_sv){
			rt_arena_strsv(p->arena, text), text.n };
		e->u.string.unknown = run->unknown;
		rt_str_truncate(&p->text, run->text_mark);
	} else {
		e->u.string.text = RT_SV("");
	}
	run->has_text = false;
	return rt_py_done(p, e);
}

static void push_text(rt_py_parser *p, struct run *run)
{
	rt_py_expr *e;

	if (!run->has_text)
		return;
	e = end_text(p, run);
	if (e)
		rt_py_push(p, &e, sizeof(e));
}

static rt_py_expr *field(rt_py_parser *p, const rt_py_quoted *how);

/* Text and fields up to what ends them: the string's end or a spec's `}`. */
static void parts(rt_py_parser *p, struct run *run, const rt_py_quoted *how)
{
	rt_py_expr *e;

	while (!p->reason) {
		if (p->tok.kind == RT_PY_T_FTEXT) {
			decode(p, run, how, rt_py_token_text(p));
			rt_py_take(p);
		} else if (rt_py_at_op(p, '{')) {
			push_text(p, run);
			e = field(p, how);
			if (e)
				rt_py_push(p, &e, sizeof(e));
		} else {
			break;
		}
	}
}

/* A format spec, behind its colon. */
static rt_py_expr *spec(rt_py_parser *p, const rt_py_quoted *how)
{
	rt_py_quoted own = *how;
	struct run run;
	rt_py_expr *e;

	memset(&run, 0, sizeof(run));
	run.from = rt_py_here(p);
	run.mark = p->stack.n;
	own.braces = false;
	parts(p, &run, &own);
	push_text(p, &run);
	e = rt_py_new(p, RT_PY_FSTRING, run.from);
	e->u.list = rt_py_collect_list(p, run.mark);
	rt_py_adopt_list(e, &e->u.list);
	return rt_py_done(p, e);
}

/* `!r` behind a value. */
static bool conversion(rt_py_parser *p, rt_py_expr *e)
{
	rt_sv name;

	if (!rt_py_accept_op(p, '!'))
		return true;
	if (!rt_py_expect_name(p, &name))
		return false;
	if (name.n != 1 || !strchr("rsa", name.p[0])) {
		rt_py_fail(p, "a conversion other than !r, !s and !a");
		return false;
	}
	e->u.formatted.conversion = name.p[0];
	return true;
}

/* From `{` to `}`. */
static rt_py_expr *field(rt_py_parser *p, const rt_py_quoted *how)
{
	rt_py_expr *e = rt_py_new(p, RT_PY_FORMATTED, rt_py_here(p));
	size_t start = p->tok.end;

	rt_py_take(p);
	e->u.formatted.value = rt_py_yield_or_tuple(p);
	if (!e->u.formatted.value)
		return NULL;
	if (rt_py_accept_op(p, '='))
		e->u.formatted.echo = rt_sv_sub(p->src.text, start,
						p->tok.start - start);
	if (!conversion(p, e))
		return NULL;
	if (rt_py_accept_op(p, ':')) {
		e->u.formatted.spec = spec(p, how);
		if (!e->u.formatted.spec)
			return NULL;
	}
	rt_py_adopt(e, e->u.formatted.value);
	rt_py_adopt(e, e->u.formatted.spec);
	if (!rt_py_expect_op(p, '}', "`}` is missing in an f-string"))
		return NULL;
	return rt_py_done(p, e);
}

static void format_string(rt_py_parser *p, struct run *run)
{
	rt_py_quoted how = { p->src.encoding, false, false, true };
	size_t opening;

	body_of(rt_py_token_text(p), &how, &opening);
	run->any_format = true;
	rt_py_take(p);
	parts(p, run, &how);
	if (p->tok.kind != RT_PY_T_FEND)
		rt_py_fail(p, "an f-string is not closed");
	else
		rt_py_take(p);
}

static void plain_string(rt_py_parser *p, struct run *run)
{
	rt_py_quoted how = { p->src.encoding, false, false, false };
	size_t opening;
	rt_sv body = body_of(rt_py_token_text(p), &how, &opening);

	run->any_bytes |= how.bytes;
	run->any_plain |= !how.bytes;
	decode(p, run, &how, body);
	rt_py_take(p);
}

rt_py_expr *rt_py_strings(rt_py_parser *p)
{
	struct run run;
	rt_py_expr *e;

	memset(&run, 0, sizeof(run));
	run.from = rt_py_here(p);
	run.mark = p->stack.n;
	if (!rt_py_enter(p))
		return NULL;
	while (!p->reason) {
		if (p->tok.kind == RT_PY_T_STRING)
			plain_string(p, &run);
		else if (p->tok.kind == RT_PY_T_FSTART)
			format_string(p, &run);
		else
			break;
	}
	p->depth--;
	if (run.any_bytes && (run.any_plain || run.any_format))
		rt_py_fail(p, "bytes beside a string");
	if (p->reason)
		return NULL;
	if (!run.any_format)
		return end_text(p, &run);
	push_text(p, &run);
	e = rt_py_new(p, RT_PY_FSTRING, run.from);
	e->u.list = rt_py_collect_list(p, run.mark);
	rt_py_adopt_list(e, &e->u.list);
	return rt_py_done(p, e);
}
