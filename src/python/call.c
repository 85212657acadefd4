/* SPDX-License-Identifier: MIT */
/* Calls: of functions of the file, built-ins, classes, the host. */
#include "config.h"

#include "python/run.h"

#include <string.h>

rt_py_value *rt_py_make_function(rt_py_eval *ev, rt_sv name,
				 const rt_py_params *params)
{
	rt_py_value *f = rt_py_value_new(ev, RT_PY_V_FUNCTION);
	size_t i;

	f->u.function.name = name;
	f->u.function.params = params;
	f->u.function.scope = ev->scope;
	f->u.function.defaults =
		rt_py_mem(ev, params->n * sizeof(*f->u.function.defaults));
	for (i = 0; i < params->n && !rt_py_broken(ev); i++)
		if (params->v[i].value)
			f->u.function.defaults[i] =
				rt_py_eval_expr(ev, params->v[i].value);
	return f;
}

rt_py_value *rt_py_bad_call(rt_py_eval *ev, const rt_py_call *call,
			    const char *function)
{
	size_t i;

	for (i = 0; i < call->n; i++)
		if (call->v[i]->kind == RT_PY_V_OPAQUE)
			return call->v[i];
	return rt_py_opaque(ev, &call->span, 0, "is a call of %s() of another "
			    "form", function);
}

/* ---- binding arguments ---- */

static const rt_py_param *param_named(const rt_py_params *params, rt_sv name)
{
	size_t i;

	for (i = 0; i < params->n; i++)
		if ((params->v[i].kind == RT_PY_ARG_PLAIN ||
		     params->v[i].kind == RT_PY_ARG_KEYWORD) &&
		    rt_sv_eq(params->v[i].name, name))
			return &params->v[i];
	return NULL;
}

static rt_py_value *odd_args(rt_py_eval *ev, const rt_py_value *f,
			     const rt_py_call *call)
{
	return rt_py_raise(ev, &call->span, "TypeError",
			   "arguments that %.*s() does not take",
			   (int)f->u.function.name.n, f->u.function.name.p);
}

static void bind_places(rt_py_eval *ev, const rt_py_value *f,
			const rt_py_call *call, rt_py_scope *scope)
{
	const rt_py_params *params = f->u.function.params;
	rt_py_value *rest;
	size_t i, at = 0;

	for (i = 0; i < params->n; i++) {
		const rt_py_param *p = &params->v[i];

		if (p->kind == RT_PY_ARG_STAR) {
			rest = rt_py_list_new(ev, RT_PY_V_TUPLE);
			while (at < call->n)
				rt_py_list_add(ev, rest, call->v[at++]);
			rt_py_table_name_set(ev, &scope->names, p->name,
					     rest);
		} else if (at < call->n && (p->kind == RT_PY_ARG_PLAIN ||
					    p->kind == RT_PY_ARG_POSONLY)) {
			rt_py_table_name_set(ev, &scope->names, p->name,
					     call->v[at++]);
		}
	}
	if (at < call->n)
		odd_args(ev, f, call);
}

static void bind_names(rt_py_eval *ev, const rt_py_value *f,
		       const rt_py_call *call, rt_py_scope *scope)
{
	const rt_py_params *params = f->u.function.params;
	rt_py_value *rest = NULL;
	size_t i;

	for (i = 0; i < params->n; i++)
		if (params->v[i].kind == RT_PY_ARG_STARSTAR) {
			rest = rt_py_dict_new(ev, RT_PY_V_DICT);
			rt_py_table_name_set(ev, &scope->names,
					     params->v[i].name, rest);
		}
	for (i = 0; i < call->n_kw && !rt_py_broken(ev); i++) {
		const rt_py_keyword_arg *kw = &call->kw[i];

		if (!rt_py_look(ev, 8 * params->n))
			return;
		if (param_named(params, kw->name) &&
		    !rt_py_table_name(ev, &scope->names, kw->name))
			rt_py_table_name_set(ev, &scope->names, kw->name,
					     kw->value);
		else if (rest)
			rt_py_table_name_set(ev, &rest->u.dict, kw->name,
					     kw->value);
		else
			odd_args(ev, f, call);
	}
}

static void bind_defaults(rt_py_eval *ev, const rt_py_value *f,
			  const rt_py_call *call, rt_py_scope *scope)
{
	const rt_py_params *params = f->u.function.params;
	size_t i;

	for (i = 0; i < params->n && !rt_py_broken(ev); i++) {
		const rt_py_param *p = &params->v[i];

		if (rt_py_table_name(ev, &scope->names, p->name))
			continue;
		if (!f->u.function.defaults[i])
			odd_args(ev, f, call);
		else
			rt_py_table_name_set(ev, &scope->names, p->name,
					     f->u.function.defaults[i]);
	}
}

static rt_py_value *run_function(rt_py_eval *ev, rt_py_value *f,
				 const rt_py_call *call)
{
	rt_py_scope *outer = ev->scope, *scope;
	rt_py_file *outer_file = ev->file;
	const rt_py_span place = ev->place;
	rt_py_value *result = ev->none;

	if (f->u.function.odd)
		return rt_py_opaque(ev, &call->span, 0, "%.*s() %s",
				    (int)f->u.function.name.n,
				    f->u.function.name.p, f->u.function.odd);
	scope = rt_py_mem(ev, sizeof(*scope));
	scope->outer = f->u.function.scope;
	scope->file = scope->outer->file;
	bind_places(ev, f, call, scope);
	if (!rt_py_broken(ev))
		bind_names(ev, f, call, scope);
	if (!rt_py_broken(ev))
		bind_defaults(ev, f, call, scope);
	if (rt_py_broken(ev))
		return ev->stopped;
	ev->scope = scope;
	ev->file = scope->file;
	if (call->span.line && !call->span.file)
		ev->place = call->span;
	if (f->u.function.expr) {
		result = rt_py_eval_expr(ev, f->u.function.expr);
	} else {
		rt_py_eval_block(ev, f->u.function.body);
		if (ev->flow == RT_PY_F_RETURN) {
			result = ev->result;
			ev->flow = RT_PY_F_NEXT;
		}
	}
	ev->scope = outer;
	ev->file = outer_file;
	ev->place = place;
	return rt_py_broken(ev) ? ev->stopped : result;
}

/* ---- calling ---- */

static rt_py_value *call_bound(rt_py_eval *ev, rt_py_value *m,
			       const rt_py_call *call)
{
	rt_py_call with = *call;
	size_t i;

	if (m->u.method.row) {
		/* Its arguments may have made something else of it. */
		if (m->u.method.self->kind != m->u.method.row->kind)
			return m->u.method.self;
		return m->u.method.row->run(ev, m->u.method.self, call);
	}
	with.n = call->n + 1;
	with.v = rt_py_mem(ev, with.n * sizeof(*with.v));
	with.v[0] = m->u.method.self;
	for (i = 0; i < call->n; i++)
		with.v[i + 1] = call->v[i];
	return run_function(ev, m->u.method.function, &with);
}

/* `Colour("red")`: the member with that value. */
static rt_py_value *member_of(rt_py_eval *ev, rt_py_value *cls,
			      const rt_py_call *call)
{
	rt_py_value *list = rt_py_iterate(ev, cls, &call->span), *value;
	size_t i;

	for (i = 0; call->n == 1 && i < list->u.list.n; i++) {
		value = rt_py_class_attr(ev, list->u.list.v[i],
					 RT_SV("value"));
		if (rt_py_equal(ev, value, call->v[0]) == RT_PY_TRUTHY)
			return list->u.list.v[i];
	}
	return rt_py_bad_call(ev, call, "an enum");
}

/* A class whose base is not known may do anything when it is called. */
static bool is_plain_class(const rt_py_value *cls)
{
	int hops;

	for (hops = 0; hops < 64; hops++) {
		const rt_py_value *base = cls->u.cls.base;

		if (!base || base->kind == RT_PY_V_BUILTIN)
			return true;
		if (base->kind != RT_PY_V_CLASS)
			return false;
		cls = base;
	}
	return false;
}

static rt_py_value *instantiate(rt_py_eval *ev, rt_py_value *cls,
				const rt_py_call *call)
{
	rt_py_value *v, *init;

	if (cls->u.cls.is_enum)
		return member_of(ev, cls, call);
	if (!is_plain_class(cls) && ev->host->call) {
		v = ev->host->call(ev->self, ev, cls, call);
		if (v)
			return v;
	}
	v = rt_py_value_new(ev, RT_PY_V_INSTANCE);
	v->u.instance.cls = cls;
	init = rt_py_class_attr(ev, cls, RT_SV("__init__"));
	if (init && init->kind == RT_PY_V_FUNCTION) {
		rt_py_value bound = { .kind = RT_PY_V_METHOD };

		bound.u.method.self = v;
		bound.u.method.function = init;
		(void)call_bound(ev, &bound, call);
		return v;
	}
	if (!is_plain_class(cls) || call->n || call->n_kw)
		return rt_py_not_known(ev, &call->span,
				       "makes an instance of",
				       cls->u.cls.name);
	return v;
}

/* A call that stays as it was written. */
static rt_py_value *call_symbol(rt_py_eval *ev, rt_py_value *callee,
				const rt_py_call *call)
{
	rt_py_value *v = NULL;
	bool known = false;

	if (callee->u.symbol.form == RT_PY_S_PATH &&
	    callee->kind == RT_PY_V_SYMBOL)
		v = rt_py_stdlib_call(ev, callee->u.symbol.name, call, &known);
	if (known)
		return v;
	if (ev->host->call)
		v = ev->host->call(ev->self, ev, callee, call);
	if (v)
		return v;
	v = rt_py_symbol_new(ev, RT_PY_S_CALL, callee, &call->span);
	v->u.symbol.call = *call;
	return v;
}

rt_py_value *rt_py_call_value(rt_py_eval *ev, rt_py_value *callee,
			      const rt_py_call *call)
{
	rt_py_value *v;

	if (!rt_py_step(ev, 1, &call->span))
		return ev->stopped;
	if (++ev->depth > RT_PY_EVAL_DEPTH) {
		ev->depth--;
		return rt_py_stop(ev, &call->span, "is nested too deep");
	}
	switch (callee->kind) {
	case RT_PY_V_OPAQUE:
		v = callee;
		break;
	case RT_PY_V_FUNCTION:
		v = run_function(ev, callee, call);
		break;
	case RT_PY_V_METHOD:
		v = call_bound(ev, callee, call);
		break;
	case RT_PY_V_BUILTIN:
		v = callee->u.builtin->run(ev, call);
		break;
	case RT_PY_V_CLASS:
		v = instantiate(ev, callee, call);
		break;
	case RT_PY_V_SYMBOL:
	case RT_PY_V_NATIVE:
		v = call_symbol(ev, callee, call);
		break;
	default:
		v = rt_py_raise(ev, &call->span, "TypeError",
				"%s is not callable",
				rt_py_kind_noun(callee->kind));
		break;
	}
	ev->depth--;
	return rt_py_broken(ev) ? ev->stopped : v;
}

/* ---- the expression ---- */

typedef struct args_builder {
	rt_py_value *places;
	RT_VEC(rt_py_keyword_arg) kw;
	rt_py_value *unknown; /* what was to be unpacked */
} args_builder;

static void add_pairs(rt_py_eval *ev, args_builder *b, rt_py_value *v,
		      const rt_py_span *at)
{
	size_t i;

	if (v->kind != RT_PY_V_DICT) {
		b->unknown = v->kind == RT_PY_V_OPAQUE ? v :
			rt_py_opaque(ev, at, 0, "unpacks what is not known");
		return;
	}
	for (i = 0; i < v->u.dict.n; i++) {
		const rt_py_entry *e = &v->u.dict.v[i];

		if (e->gone || !rt_py_is_str(e->key))
			continue;
		rt_vec_push(&b->kw, (rt_py_keyword_arg){ e->key->u.s,
							 e->value });
	}
}

static void add_arg(rt_py_eval *ev, args_builder *b, const rt_py_arg *arg)
{
	rt_py_value *v = rt_py_eval_expr(ev, arg->value);
	size_t i;

	if (rt_py_broken(ev))
		return;
	switch (arg->kind) {
	case RT_PY_ARG_KEYWORD:
		rt_vec_push(&b->kw, (rt_py_keyword_arg){ arg->name, v });
		break;
	case RT_PY_ARG_STARSTAR:
		add_pairs(ev, b, v, &arg->value->span);
		break;
	case RT_PY_ARG_STAR:
		v = rt_py_iterate(ev, v, &arg->value->span);
		if (v->kind == RT_PY_V_OPAQUE) {
			b->unknown = v;
			break;
		}
		for (i = 0; i < v->u.list.n; i++)
			rt_py_list_add(ev, b->places, v->u.list.v[i]);
		break;
	default:
		rt_py_list_add(ev, b->places, v);
		break;
	}
}

rt_py_value *rt_py_eval_call(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *callee = rt_py_eval_expr(ev, x->u.call.callee);
	args_builder b = { .kw = RT_VEC_INIT };
	rt_py_call call = { .span = x->span };
	size_t i;

	if (rt_py_broken(ev))
		return callee;
	b.places = rt_py_list_new(ev, RT_PY_V_LIST);
	for (i = 0; i < x->u.call.args.n && !rt_py_broken(ev); i++)
		add_arg(ev, &b, &x->u.call.args.v[i]);
	call.v = b.places->u.list.v;
	call.n = b.places->u.list.n;
	call.n_kw = b.kw.n;
	call.kw = rt_py_mem(ev, b.kw.n * sizeof(*call.kw));
	if (b.kw.n)
		memcpy(call.kw, b.kw.v, b.kw.n * sizeof(*call.kw));
	rt_vec_free(&b.kw);
	if (rt_py_broken(ev))
		return ev->stopped;
	if (b.unknown) {
		/* What is called may do something: so say it. */
		rt_py_eval_trouble(ev, b.unknown, &x->span,
				   "arguments that are not known");
		return b.unknown;
	}
	return rt_py_call_value(ev, callee, &call);
}
