/* SPDX-License-Identifier: MIT */
/*
 * env.py, the file that calls the functions of revisions: what its names
 * stand for and what it hands over in a call.  Of its own statements only
 * those run that bind names; the others open connections.
 */
#include "config.h"

#include "python/run.h"

static bool binds(const rt_py_stmt *st)
{
	return st->kind == RT_PY_ASSIGN || st->kind == RT_PY_ANNASSIGN ||
	       st->kind == RT_PY_IMPORT || st->kind == RT_PY_FROM ||
	       st->kind == RT_PY_DEF || st->kind == RT_PY_CLASS;
}

static void run_bindings(rt_py_eval *ev, rt_py_file *file)
{
	rt_py_file *outer_file = ev->file;
	rt_py_scope *outer_scope = ev->scope;
	bool lenient = ev->lenient;
	size_t i;

	file->begun = true;
	ev->file = file;
	ev->scope = &file->top;
	ev->lenient = ev->away = true;
	for (i = 0; i < file->module->body.n && ev->flow != RT_PY_F_STOP;
	     i++) {
		rt_py_stmt **st = &file->module->body.v[i];
		const rt_py_block one = { st, 1 };

		if (binds(*st)) {
			rt_py_run_top(ev, st);
			continue;
		}
		rt_py_forget_block(ev, &one, rt_py_opaque(
			ev, &(*st)->span, 0, "is set where env.py decides"));
		rt_py_walk(ev, &one, false, rt_py_doubt, NULL);
	}
	file->done = true;
	ev->away = false;
	ev->file = outer_file;
	ev->scope = outer_scope;
	if (ev->flow != RT_PY_F_STOP)
		ev->lenient = lenient;
}

/* env.py, or NULL. */
static rt_py_file *environment(rt_py_eval *ev)
{
	const rt_py_origin *origin = ev->library ?
		rt_py_library_environment(ev->library) : NULL;

	if (!origin || !origin->module)
		return NULL;
	if (!ev->environment)
		ev->environment = rt_py_add_file(ev, origin,
						 (rt_sv){ NULL, 0 });
	if (!ev->environment->begun)
		run_bindings(ev, ev->environment);
	return ev->environment;
}

/* A keyword argument in all calls of a method. */
typedef struct handed {
	const char *method;
	rt_sv name;
	const rt_py_expr *x; /* the first, or NULL */
	size_t calls, given;
	bool odd;            /* they are not all alike */
} handed;

static bool is_same_name(const rt_py_expr *a, const rt_py_expr *b)
{
	while (a->kind == RT_PY_ATTRIBUTE && b->kind == RT_PY_ATTRIBUTE &&
	       rt_sv_eq(a->u.attribute.name, b->u.attribute.name)) {
		a = a->u.attribute.object;
		b = b->u.attribute.object;
	}
	return a->kind == RT_PY_NAME && b->kind == RT_PY_NAME &&
	       rt_sv_eq(a->u.name, b->u.name);
}

static void see_call(rt_py_eval *ev, void *self, const rt_py_expr *x)
{
	handed *h = self;
	size_t i;

	(void)ev;
	if (x->kind != RT_PY_CALL ||
	    x->u.call.callee->kind != RT_PY_ATTRIBUTE ||
	    !rt_sv_is(x->u.call.callee->u.attribute.name, h->method))
		return;
	h->calls++;
	for (i = 0; i < x->u.call.args.n; i++) {
		const rt_py_arg *arg = &x->u.call.args.v[i];

		if (arg->kind == RT_PY_ARG_STARSTAR)
			h->odd = true;
		if (arg->kind != RT_PY_ARG_KEYWORD ||
		    !rt_sv_eq(arg->name, h->name))
			continue;
		h->given++;
		if (!is_same_name(h->x ? h->x : arg->value, arg->value))
			h->odd = true;
		h->x = arg->value;
	}
}

rt_py_value *rt_py_eval_handed(rt_py_eval *ev, const char *method, rt_sv name,
			       const rt_py_span *at)
{
	handed h = { .method = method, .name = name };
	rt_py_file *file = environment(ev), *outer_file = ev->file;
	rt_py_scope *outer_scope = ev->scope;
	rt_py_value *v;

	if (file && ev->flow != RT_PY_F_STOP)
		rt_py_walk(ev, &file->module->body, true, see_call, &h);
	if (h.calls && !h.given && !h.odd)
		return NULL;
	if (!h.x || h.odd || h.given != h.calls)
		return rt_py_opaque(ev, at, 0, "is what env.py hands over: "
				    "%.*s", (int)name.n, name.p);
	ev->file = file;
	ev->scope = &file->top;
	v = rt_py_eval_expr(ev, h.x);
	ev->file = outer_file;
	ev->scope = outer_scope;
	return rt_py_broken(ev) ? ev->stopped : v;
}
