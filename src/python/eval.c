/* SPDX-License-Identifier: MIT */
/* A run: its limits, its names, what it could not know. */
#include "config.h"

#include "python/run.h"

#include <stdarg.h>
#include <string.h>

enum {
	MAX_CONSTRUCT = 80, /* bytes of text that a trouble quotes */
	MAX_TROUBLES = 50
};

static const rt_py_host no_host;

rt_py_eval *rt_py_eval_new(rt_arena *arena, const rt_py_source *src,
			   const rt_py_module *module, const rt_py_host *host,
			   void *self)
{
	rt_py_eval *ev = rt_calloc(1, sizeof(*ev));

	ev->arena = arena;
	ev->host = host ? host : &no_host;
	ev->self = self;
	ev->steps = RT_PY_EVAL_STEPS;
	ev->bytes = RT_PY_EVAL_BYTES;
	ev->none = rt_py_value_new(ev, RT_PY_V_NONE);
	ev->yes = rt_py_value_new(ev, RT_PY_V_BOOL);
	ev->yes->u.i = 1;
	ev->no = rt_py_value_new(ev, RT_PY_V_BOOL);
	ev->stopped = rt_py_value_new(ev, RT_PY_V_OPAQUE);
	ev->stopped->u.opaque.reason = RT_SV("is not known");
	ev->file = rt_py_mem(ev, sizeof(*ev->file));
	ev->file->src = src;
	ev->file->module = module;
	ev->file->top.file = ev->file;
	rt_vec_push(&ev->files, ev->file);
	ev->scope = &ev->file->top;
	return ev;
}

void rt_py_eval_free(rt_py_eval *ev)
{
	if (!ev)
		return;
	rt_vec_free(&ev->troubles.list);
	rt_vec_free(&ev->files);
	free(ev);
}

void rt_py_eval_use(rt_py_eval *ev, rt_py_library *library)
{
	ev->library = library;
}

rt_arena *rt_py_eval_arena(rt_py_eval *ev)
{
	return ev->arena;
}

const rt_py_troubles *rt_py_eval_troubles(const rt_py_eval *ev)
{
	return &ev->troubles;
}

bool rt_py_eval_is_away(const rt_py_eval *ev)
{
	return ev->away;
}

/* ---- limits ---- */

rt_py_value *rt_py_stop(rt_py_eval *ev, const rt_py_span *at,
			const char *reason)
{
	rt_py_value *v;

	if (ev->flow == RT_PY_F_STOP)
		return ev->stopped;
	if (!at->line)
		at = &ev->place;
	ev->flow = RT_PY_F_STOP;
	ev->steps = ev->bytes = 1 << 16; /* to say so */
	v = rt_py_opaque(ev, at, 0, "%s", reason);
	ev->lenient = false;
	rt_py_eval_trouble(ev, v, at, NULL);
	return v;
}

bool rt_py_room(rt_py_eval *ev, size_t n)
{
	static const rt_py_span nowhere = { 0 };

	if (n <= ev->bytes)
		return true;
	if (ev->flow != RT_PY_F_STOP)
		rt_py_stop(ev, &nowhere, "takes too much memory");
	return false;
}

bool rt_py_step(rt_py_eval *ev, size_t n, const rt_py_span *at)
{
	if (n <= ev->steps) {
		ev->steps -= n;
		return ev->flow != RT_PY_F_STOP;
	}
	if (ev->flow != RT_PY_F_STOP)
		rt_py_stop(ev, at, "takes too many steps");
	return false;
}

bool rt_py_look(rt_py_eval *ev, size_t n)
{
	enum { BYTES_PER_STEP = 64 };
	static const rt_py_span nowhere = { 0 };

	return n < BYTES_PER_STEP ||
	       rt_py_step(ev, n / BYTES_PER_STEP, &nowhere);
}

bool rt_py_pay(rt_py_eval *ev, size_t n)
{
	if (!rt_py_room(ev, n))
		return false;
	ev->bytes -= n;
	return rt_py_look(ev, n);
}

/* ---- troubles ---- */

/* The text of a construct: white space folded, cut where it gets long. */
static rt_sv quote(rt_py_eval *ev, const rt_py_span *at)
{
	rt_str raw = RT_STR_INIT, out = RT_STR_INIT;
	const rt_py_source *src = ev->files.v[at->file]->src;
	size_t i, n = at->end > at->start ? at->end - at->start : 0;
	bool space = false;
	rt_sv piece;

	if (n > 4 * MAX_CONSTRUCT)
		n = 4 * MAX_CONSTRUCT;
	piece = rt_sv_sub(src->text, at->start, n);
	rt_py_source_decode(src->encoding, piece, &raw);
	for (i = 0; i < raw.n && out.n < MAX_CONSTRUCT; i++) {
		unsigned char c = (unsigned char)raw.p[i];

		if (c <= ' ') {
			space = true;
			continue;
		}
		if (space && out.n)
			rt_str_addc(&out, ' ');
		space = false;
		rt_str_addc(&out, (char)c);
	}
	if (i < raw.n) {
		while (out.n && ((unsigned char)out.p[out.n - 1] & 0xc0) ==
					0x80)
			rt_str_truncate(&out, out.n - 1);
		if (out.n && (unsigned char)out.p[out.n - 1] >= 0xc0)
			rt_str_truncate(&out, out.n - 1);
		rt_str_add(&out, "…");
	}
	piece.p = rt_arena_strsv(ev->arena, rt_str_sv(&out));
	piece.n = out.n;
	rt_str_free(&raw);
	rt_str_free(&out);
	return piece;
}

rt_py_span rt_py_eval_place(const rt_py_eval *ev, const rt_py_span *at)
{
	return at->file ? ev->place : *at;
}

/* " (app/ids.py:12: `uuid4()`)" */
static void add_elsewhere(rt_py_eval *ev, rt_str *reason, const rt_py_span *at)
{
	const rt_sv text = quote(ev, at);

	rt_str_addf(reason, " (%s:%d: %.*s)", ev->files.v[at->file]->path,
		    at->line, (int)text.n, text.p);
}

void rt_py_eval_trouble(rt_py_eval *ev, const rt_py_value *v,
			const rt_py_span *at, const char *why)
{
	const rt_py_span *cause = at;
	rt_py_trouble t = { .flag = 0 };
	rt_str reason = RT_STR_INIT;
	rt_py_span place;
	size_t i;

	if (ev->lenient) {
		ev->doubts++;
		return;
	}
	if (ev->troubles.list.n >= MAX_TROUBLES ||
	    (ev->flow != RT_PY_F_STOP && !rt_py_look(ev, 1024)))
		return;
	if (why)
		rt_str_add(&reason, why);
	if (v && v->kind == RT_PY_V_OPAQUE) {
		if (why)
			rt_str_add(&reason, ": ");
		rt_str_addsv(&reason, v->u.opaque.reason);
		t.flag = v->u.opaque.flag;
		if (v->u.opaque.span.line)
			cause = &v->u.opaque.span;
	}
	if (cause->file)
		add_elsewhere(ev, &reason, cause);
	else
		at = cause;
	place = rt_py_eval_place(ev, at);
	t.line = place.line;
	t.column = place.column;
	t.construct = quote(ev, &place);
	t.reason.p = rt_arena_strsv(ev->arena, rt_str_sv(&reason));
	t.reason.n = reason.n;
	rt_str_free(&reason);
	for (i = 0; i < ev->troubles.list.n; i++)
		if (ev->troubles.list.v[i].line == t.line &&
		    ev->troubles.list.v[i].column == t.column &&
		    rt_sv_eq(ev->troubles.list.v[i].reason, t.reason))
			return;
	rt_vec_push(&ev->troubles.list, t);
}

/* ---- exceptions ---- */

rt_py_value *rt_py_raise(rt_py_eval *ev, const rt_py_span *at,
			 const char *type, const char *format, ...)
{
	rt_str text = RT_STR_INIT;
	va_list ap;

	if (rt_py_broken(ev))
		return ev->stopped;
	va_start(ap, format);
	rt_str_addv(&text, format, ap);
	va_end(ap);
	ev->raised.type = rt_sv_from(rt_arena_strdup(ev->arena, type));
	ev->raised.message = rt_py_text_take(ev, &text)->u.s;
	ev->raised.value = NULL;
	ev->raised.span = *at;
	ev->flow = RT_PY_F_RAISE;
	return ev->stopped;
}

/* An exception that nobody caught. */
static void report_raised(rt_py_eval *ev)
{
	const rt_py_raised *r = &ev->raised;
	rt_str reason = RT_STR_INIT;

	rt_str_addf(&reason, "raises %.*s", (int)r->type.n, r->type.p);
	if (r->message.n) {
		rt_str_add(&reason, ": ");
		rt_str_addsv(&reason, rt_sv_sub(r->message, 0, 200));
	}
	ev->flow = RT_PY_F_NEXT;
	rt_py_eval_trouble(ev, NULL, &r->span, reason.p);
	rt_str_free(&reason);
}

/* ---- names ---- */

static rt_py_value *find_from(rt_py_eval *ev, rt_py_scope *scope, rt_sv name)
{
	rt_py_value *v;
	bool inner = true;

	for (; scope; scope = scope->outer) {
		if (!inner && scope->is_class)
			continue;
		inner = false;
		v = rt_py_table_name(ev, &scope->names, name);
		if (v)
			return v;
	}
	return NULL;
}

rt_py_value *rt_py_scope_get(rt_py_eval *ev, rt_sv name)
{
	rt_py_value *v = find_from(ev, ev->scope, name);

	return v && v->kind == RT_PY_V_IMPORT ? rt_py_import_find(ev, v) : v;
}

void rt_py_scope_set(rt_py_eval *ev, rt_sv name, rt_py_value *v)
{
	rt_py_scope *scope = ev->scope;
	rt_py_value *where;

	where = rt_py_table_name(ev, &scope->elsewhere, name);
	if (where == ev->yes) {
		scope = &ev->file->top;
	} else if (where == ev->no) {
		for (scope = scope->outer; scope && scope->outer;
		     scope = scope->outer)
			if (rt_py_table_name(ev, &scope->names, name))
				break;
		if (!scope)
			scope = &ev->file->top;
	}
	rt_py_table_name_set(ev, &scope->names, name, v);
}

/* A name of the module, or NULL. */
static rt_py_value *find_name(rt_py_eval *ev, const char *name)
{
	return rt_py_module_attr(ev, ev->files.v[0], rt_sv_from(name),
				 &ev->place);
}

/* ---- running ---- */

/*
 * What may have been changed by a statement that was not understood: every
 * list, dict, set and object that it names.
 */
void rt_py_doubt(rt_py_eval *ev, void *self, const rt_py_expr *x)
{
	rt_py_value *v;

	(void)self;
	if (x->kind != RT_PY_NAME)
		return;
	v = rt_py_table_name(ev, &ev->scope->names, x->u.name);
	if (v && (v->kind == RT_PY_V_LIST || v->kind == RT_PY_V_DICT ||
		  v->kind == RT_PY_V_SET || v->kind == RT_PY_V_INSTANCE))
		rt_py_scope_set(ev, x->u.name,
				rt_py_opaque(ev, &x->span, 0, "may be changed "
					     "by what is not known"));
}

void rt_py_run_top(rt_py_eval *ev, rt_py_stmt **st)
{
	const rt_py_block one = { st, 1 };
	const size_t doubts = ev->doubts;

	rt_py_eval_block(ev, &one);
	if (ev->flow == RT_PY_F_STOP)
		return;
	if (ev->flow == RT_PY_F_RAISE)
		rt_py_forget_block(ev, &one, ev->stopped);
	if (ev->flow == RT_PY_F_RAISE || ev->doubts != doubts)
		rt_py_walk(ev, &one, false, rt_py_doubt, NULL);
	ev->flow = RT_PY_F_NEXT;
}

void rt_py_run_file(rt_py_eval *ev, rt_py_file *file)
{
	rt_py_file *outer_file = ev->file;
	rt_py_scope *outer_scope = ev->scope;
	bool lenient = ev->lenient;
	size_t i;

	file->begun = true;
	ev->file = file;
	ev->scope = &file->top;
	ev->lenient = true;
	for (i = 0; i < file->module->body.n && ev->flow != RT_PY_F_STOP; i++)
		rt_py_run_top(ev, &file->module->body.v[i]);
	file->done = true;
	ev->file = outer_file;
	ev->scope = outer_scope;
	if (ev->flow != RT_PY_F_STOP)
		ev->lenient = lenient;
}

void rt_py_eval_module(rt_py_eval *ev)
{
	rt_py_run_file(ev, ev->file);
}

/* What env.py hands over to a function that asks for it. */
static void hand_over(rt_py_eval *ev, const rt_py_value *f, rt_py_call *call)
{
	static const rt_py_span nowhere = { 0 }; /* where it is used */
	const rt_py_params *params = f->u.function.params;
	size_t i;

	call->kw = rt_py_mem(ev, params->n * sizeof(*call->kw));
	for (i = 0; i < params->n && ev->flow != RT_PY_F_STOP; i++) {
		const rt_py_param *p = &params->v[i];
		rt_py_value *v = NULL;

		if (p->kind == RT_PY_ARG_PLAIN || p->kind == RT_PY_ARG_KEYWORD)
			v = rt_py_eval_handed(ev, "run_migrations", p->name,
					      &nowhere);
		if (v)
			call->kw[call->n_kw++] = (rt_py_keyword_arg){ p->name,
								      v };
	}
}

bool rt_py_eval_function(rt_py_eval *ev, const char *name)
{
	rt_py_value *f = find_name(ev, name);
	rt_py_call call = { .n = 0 };

	if (!f)
		return false;
	if (f->kind == RT_PY_V_FUNCTION && ev->flow != RT_PY_F_STOP)
		hand_over(ev, f, &call);
	if (ev->flow == RT_PY_F_STOP)
		return true;
	ev->lenient = false;
	(void)rt_py_call_value(ev, f, &call);
	if (ev->flow == RT_PY_F_RAISE)
		report_raised(ev);
	return true;
}
