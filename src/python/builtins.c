/* SPDX-License-Identifier: MIT */
/* The built-in functions. */
#include "config.h"

#include "python/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static rt_py_value *only_arg(const rt_py_call *call)
{
	return call->n == 1 && call->n_kw == 0 ? call->v[0] : NULL;
}

/* ---- any, all ---- */

static rt_py_value *quantify(rt_py_eval *ev, const rt_py_call *call, bool any)
{
	rt_py_value *list, *unknown = NULL;
	size_t i;

	if (!only_arg(call))
		return rt_py_bad_call(ev, call, any ? "any" : "all");
	list = rt_py_iterate(ev, call->v[0], &call->span);
	if (list->kind == RT_PY_V_OPAQUE)
		return list;
	for (i = 0; i < list->u.list.n; i++) {
		rt_py_truth truth = rt_py_truth_of(ev, list->u.list.v[i]);

		if (!rt_py_step(ev, 1, &call->span))
			return ev->stopped;
		if (truth == RT_PY_UNKNOWN)
			unknown = list->u.list.v[i];
		else if ((truth == RT_PY_TRUTHY) == any)
			return rt_py_bool(ev, any);
	}
	if (!unknown)
		return rt_py_bool(ev, !any);
	return unknown->kind == RT_PY_V_OPAQUE ? unknown :
		rt_py_bad_call(ev, call, any ? "any" : "all");
}

static rt_py_value *any(rt_py_eval *ev, const rt_py_call *call)
{
	return quantify(ev, call, true);
}

static rt_py_value *all(rt_py_eval *ev, const rt_py_call *call)
{
	return quantify(ev, call, false);
}

/* ---- conversions ---- */

static rt_py_value *str_(rt_py_eval *ev, const rt_py_call *call)
{
	rt_str out = RT_STR_INIT;

	if (call->n == 0)
		return rt_py_str(ev, (rt_sv){ "", 0 });
	if (only_arg(call) && rt_py_str_of(ev, &out, call->v[0]))
		return rt_py_text_take(ev, &out);
	rt_str_free(&out);
	return rt_py_bad_call(ev, call, "str");
}

static rt_py_value *repr(rt_py_eval *ev, const rt_py_call *call)
{
	rt_str out = RT_STR_INIT;

	if (only_arg(call) && rt_py_repr_of(ev, &out, call->v[0]))
		return rt_py_text_take(ev, &out);
	rt_str_free(&out);
	return rt_py_bad_call(ev, call, "repr");
}

static rt_py_value *int_(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *v = only_arg(call);
	char text[32], *end;
	rt_sv s;
	long long n;

	if (v && (v->kind == RT_PY_V_INT || v->kind == RT_PY_V_BOOL))
		return rt_py_int(ev, v->u.i);
	if (v && v->kind == RT_PY_V_FLOAT && v->u.f > -9e15 && v->u.f < 9e15)
		return rt_py_int(ev, (int64_t)v->u.f);
	if (!v || v->kind != RT_PY_V_STR)
		return rt_py_bad_call(ev, call, "int");
	s = rt_sv_trim(v->u.s);
	if (s.n == 0 || s.n >= sizeof(text))
		return rt_py_bad_call(ev, call, "int");
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	errno = 0;
	n = strtoll(text, &end, 10);
	if (errno)
		return rt_py_bad_call(ev, call, "int");
	if (*end)
		return rt_py_raise(ev, &call->span, "ValueError",
				   "no number: %s", text);
	return rt_py_int(ev, n);
}

static rt_py_value *float_(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *v = only_arg(call);

	if (v && v->kind == RT_PY_V_FLOAT)
		return v;
	if (v && v->kind == RT_PY_V_INT)
		return rt_py_float(ev, (double)v->u.i);
	return rt_py_bad_call(ev, call, "float");
}

static rt_py_value *bool_(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *v = only_arg(call);
	rt_py_truth truth = v ? rt_py_truth_of(ev, v) : RT_PY_UNKNOWN;

	if (truth == RT_PY_UNKNOWN)
		return rt_py_bad_call(ev, call, "bool");
	return rt_py_bool(ev, truth == RT_PY_TRUTHY);
}

static rt_py_value *abs_(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *v = only_arg(call);

	if (!v || v->kind != RT_PY_V_INT)
		return rt_py_bad_call(ev, call, "abs");
	return v->u.i < 0 ? rt_py_unary(ev, RT_PY_NEG, v, &call->span) : v;
}

/* ---- types ---- */

static rt_py_truth is_a(rt_py_eval *ev, const rt_py_value *v,
			const rt_py_value *type, int nesting)
{
	enum { NESTING = 16 };
	static const rt_py_span nowhere = { 0 };
	rt_py_truth truth = RT_PY_FALSY;
	size_t i;

	if (v->kind == RT_PY_V_OPAQUE || rt_py_is_foreign(v) ||
	    nesting > NESTING || !rt_py_step(ev, 1, &nowhere))
		return RT_PY_UNKNOWN;
	if (type->kind == RT_PY_V_TUPLE) {
		for (i = 0; i < type->u.list.n; i++) {
			rt_py_truth one = is_a(ev, v, type->u.list.v[i],
					       nesting + 1);

			if (one != RT_PY_FALSY)
				return one;
		}
		return truth;
	}
	if (type->kind != RT_PY_V_BUILTIN || !type->u.builtin->is_type)
		return RT_PY_UNKNOWN;
	if (v->kind == RT_PY_V_BOOL && type->u.builtin->type == RT_PY_V_INT)
		return RT_PY_TRUTHY;
	return v->kind == type->u.builtin->type ? RT_PY_TRUTHY : RT_PY_FALSY;
}

static rt_py_value *isinstance(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_truth truth = call->n == 2 ?
		is_a(ev, call->v[0], call->v[1], 0) : RT_PY_UNKNOWN;

	if (truth == RT_PY_UNKNOWN)
		return rt_py_bad_call(ev, call, "isinstance");
	return rt_py_bool(ev, truth == RT_PY_TRUTHY);
}

/* ---- the rest ---- */

static rt_py_value *next(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *list;

	/* Of a generator that is written in the call: its first item. */
	if (call->n < 1 || call->n > 2)
		return rt_py_bad_call(ev, call, "next");
	list = rt_py_iterate(ev, call->v[0], &call->span);
	if (list->kind == RT_PY_V_OPAQUE)
		return list;
	if (list->u.list.n)
		return list->u.list.v[0];
	return call->n == 2 ? call->v[1] :
		rt_py_raise(ev, &call->span, "StopIteration", "%s", "");
}

static rt_py_value *map_(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *list, *out, *v;
	rt_py_call one = { .n = 1, .span = call->span };
	size_t i;

	if (call->n != 2)
		return rt_py_bad_call(ev, call, "map");
	list = rt_py_iterate(ev, call->v[1], &call->span);
	if (list->kind == RT_PY_V_OPAQUE)
		return list;
	out = rt_py_list_new(ev, RT_PY_V_LIST);
	for (i = 0; rt_py_is_listed(list, i) && !rt_py_broken(ev); i++) {
		one.v = &list->u.list.v[i];
		v = rt_py_call_value(ev, call->v[0], &one);
		rt_py_list_add(ev, out, v);
	}
	return out;
}

static rt_py_value *nothing(rt_py_eval *ev, const rt_py_call *call)
{
	(void)call;
	return ev->none;
}

static rt_py_value *getattr_(rt_py_eval *ev, const rt_py_call *call)
{
	if (call->n < 2 || !rt_py_is_str(call->v[1]))
		return rt_py_bad_call(ev, call, "getattr");
	return rt_py_eval_attribute(ev, call->v[0], call->v[1]->u.s,
				    &call->span);
}

#define TYPE(name, run, kind) { name, run, true, kind }
#define ROW(name, run) { name, run, false, RT_PY_V_NONE }

static const rt_py_builtin builtins[] = {
	ROW("abs", abs_),
	ROW("all", all),
	ROW("any", any),
	TYPE("bool", bool_, RT_PY_V_BOOL),
	TYPE("float", float_, RT_PY_V_FLOAT),
	ROW("getattr", getattr_),
	TYPE("int", int_, RT_PY_V_INT),
	ROW("isinstance", isinstance),
	ROW("map", map_),
	ROW("next", next),
	ROW("object", nothing),
	ROW("print", nothing),
	ROW("repr", repr),
	TYPE("str", str_, RT_PY_V_STR),
	ROW(NULL, NULL),
};

const rt_py_builtin *rt_py_builtin_find(rt_sv name)
{
	static const rt_py_builtin *const tables[] = {
		builtins, rt_py_builtins_seq
	};
	const rt_py_builtin *b;
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (b = tables[i]; b->name; b++)
			if (rt_sv_is(name, b->name))
				return b;
	return NULL;
}
