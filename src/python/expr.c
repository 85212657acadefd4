/* SPDX-License-Identifier: MIT */
/* Expressions. */
#include "config.h"

#include "python/run.h"

#include <stdlib.h>
#include <string.h>

typedef rt_py_value *(*eval_fn)(rt_py_eval *ev, const rt_py_expr *x);

/* Built-in exceptions are only ever raised and caught: their name will do. */
static bool is_exception(rt_sv name)
{
	static const char *const names[] = {
		"ArithmeticError", "AssertionError", "AttributeError",
		"BaseException", "Exception", "ImportError", "IndexError",
		"KeyError", "LookupError", "ModuleNotFoundError", "NameError",
		"NotImplementedError", "OSError", "RuntimeError",
		"StopIteration", "SystemExit", "TypeError", "ValueError",
		"ZeroDivisionError",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (rt_sv_is(name, names[i]))
			return true;
	return false;
}

static rt_py_value *eval_name(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *v = rt_py_scope_get(ev, x->u.name);
	const rt_py_builtin *b;

	if (v)
		return v;
	b = rt_py_builtin_find(x->u.name);
	if (b) {
		v = rt_py_value_new(ev, RT_PY_V_BUILTIN);
		v->u.builtin = b;
		return v;
	}
	if (is_exception(x->u.name)) {
		v = rt_py_symbol_new(ev, RT_PY_S_PATH, NULL, &x->span);
		v->u.symbol.name = x->u.name;
		return v;
	}
	return rt_py_not_known(ev, &x->span, ev->file->star ?
			       "may come from an import *:" :
			       "is not defined here:", x->u.name);
}

static rt_py_value *eval_number(rt_py_eval *ev, const rt_py_expr *x)
{
	char text[64];

	switch (x->u.number.form) {
	case RT_PY_INT:
		if (x->u.number.fits)
			return rt_py_int(ev, x->u.number.integer);
		break;
	case RT_PY_FLOAT:
		if (x->u.number.text.n >= sizeof(text))
			break;
		memcpy(text, x->u.number.text.p, x->u.number.text.n);
		text[x->u.number.text.n] = '\0';
		return rt_py_float(ev, strtod(text, NULL));
	case RT_PY_IMAGINARY:
		break;
	}
	return rt_py_opaque(ev, &x->span, 0, "is a number of another kind");
}

static rt_py_value *eval_string(rt_py_eval *ev, const rt_py_expr *x)
{
	if (x->u.string.unknown)
		return rt_py_opaque(ev, &x->span, 0, "has %s in it",
				    x->u.string.unknown);
	return x->u.string.is_bytes ? rt_py_bytes(ev, x->u.string.text) :
				      rt_py_str(ev, x->u.string.text);
}

static rt_py_value *eval_constant(rt_py_eval *ev, const rt_py_expr *x)
{
	if (x->kind == RT_PY_NONE)
		return ev->none;
	return x->kind == RT_PY_TRUE ? ev->yes : ev->no;
}

static rt_py_value *eval_unary(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *a = rt_py_eval_expr(ev, x->u.unary.operand);

	if (rt_py_broken(ev))
		return a;
	return rt_py_unary(ev, x->u.unary.op, a, &x->span);
}

static rt_py_value *eval_binary(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *a = rt_py_eval_expr(ev, x->u.binary.left), *b;

	if (rt_py_broken(ev))
		return a;
	b = rt_py_eval_expr(ev, x->u.binary.right);
	if (rt_py_broken(ev))
		return b;
	return rt_py_binary(ev, x->u.binary.op, a, b, &x->span);
}

static rt_py_value *eval_bool(rt_py_eval *ev, const rt_py_expr *x)
{
	const rt_py_list *l = &x->u.boolean.values;
	rt_py_value *v = ev->none;
	rt_py_truth truth;
	size_t i;

	for (i = 0; i < l->n; i++) {
		v = rt_py_eval_expr(ev, l->v[i]);
		if (rt_py_broken(ev) || i + 1 == l->n)
			return v;
		truth = rt_py_truth_of(ev, v);
		if (rt_py_broken(ev))
			return v;
		if (truth == RT_PY_UNKNOWN)
			return v->kind == RT_PY_V_OPAQUE ? v :
				rt_py_opaque(ev, &l->v[i]->span, 0,
					     "whether it is true is not "
					     "known");
		if ((truth == RT_PY_TRUTHY) == (x->u.boolean.op == RT_PY_OR))
			return v;
	}
	return v;
}

static rt_py_value *eval_compare(rt_py_eval *ev, const rt_py_expr *x)
{
	const rt_py_list *l = &x->u.compare.values;
	rt_py_value *a = rt_py_eval_expr(ev, l->v[0]), *b, *v = a;
	size_t i;

	for (i = 1; i < l->n && !rt_py_broken(ev); i++) {
		b = rt_py_eval_expr(ev, l->v[i]);
		if (rt_py_broken(ev))
			return b;
		v = rt_py_compare(ev, x->u.compare.ops[i - 1], a, b, &x->span);
		if (rt_py_broken(ev) || i + 1 == l->n)
			return v;
		switch (rt_py_truth_of(ev, v)) {
		case RT_PY_FALSY:
			return v;
		case RT_PY_UNKNOWN:
			return rt_py_opaque(ev, &x->span, 0,
					    "the comparison is not known");
		case RT_PY_TRUTHY:
			break;
		}
		a = b;
	}
	return v;
}

static rt_py_value *eval_cond(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *test = rt_py_eval_expr(ev, x->u.cond.test);

	if (rt_py_broken(ev))
		return test;
	switch (rt_py_truth_of(ev, test)) {
	case RT_PY_TRUTHY:
		return rt_py_eval_expr(ev, x->u.cond.body);
	case RT_PY_FALSY:
		return rt_py_eval_expr(ev, x->u.cond.orelse);
	default:
		if (test->kind == RT_PY_V_OPAQUE)
			return test;
		return rt_py_opaque(ev, &x->u.cond.test->span, 0,
				    "the condition is not known");
	}
}

static rt_py_value *eval_lambda(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *f = rt_py_make_function(ev, RT_SV("<lambda>"),
					     &x->u.lambda.params);

	f->u.function.expr = x->u.lambda.body;
	return f;
}

static rt_py_value *eval_attribute(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *o = rt_py_eval_expr(ev, x->u.attribute.object);

	if (rt_py_broken(ev))
		return o;
	return rt_py_eval_attribute(ev, o, x->u.attribute.name, &x->span);
}

static rt_py_value *eval_subscript(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *o = rt_py_eval_expr(ev, x->u.subscript.object), *i;

	if (rt_py_broken(ev))
		return o;
	if (x->u.subscript.index->kind == RT_PY_SLICE)
		return rt_py_eval_slice(ev, o, x->u.subscript.index);
	i = rt_py_eval_expr(ev, x->u.subscript.index);
	if (rt_py_broken(ev))
		return i;
	return rt_py_eval_index(ev, o, i, &x->span);
}

static void add_starred(rt_py_eval *ev, rt_py_value *list,
			const rt_py_expr *x, rt_py_value **unknown)
{
	rt_py_value *v = rt_py_eval_expr(ev, x->u.operand);
	size_t i;

	if (rt_py_broken(ev))
		return;
	v = rt_py_iterate(ev, v, &x->span);
	if (v->kind == RT_PY_V_OPAQUE) {
		*unknown = v;
		return;
	}
	for (i = 0; i < v->u.list.n; i++)
		rt_py_list_add(ev, list, v->u.list.v[i]);
}

static rt_py_value *eval_list(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *list, *unknown = NULL, *set, *v;
	size_t i;

	list = rt_py_value_new(ev, x->kind == RT_PY_TUPLE ? RT_PY_V_TUPLE :
						      RT_PY_V_LIST);
	for (i = 0; i < x->u.list.n && !rt_py_broken(ev); i++) {
		const rt_py_expr *item = x->u.list.v[i];

		if (item->kind == RT_PY_STARRED) {
			add_starred(ev, list, item, &unknown);
			continue;
		}
		v = rt_py_eval_expr(ev, item);
		if (!rt_py_broken(ev))
			rt_py_list_add(ev, list, v);
	}
	if (rt_py_broken(ev))
		return ev->stopped;
	if (unknown)
		return unknown;
	if (x->kind != RT_PY_SET)
		return list;
	set = rt_py_value_new(ev, RT_PY_V_SET);
	for (i = 0; i < list->u.list.n; i++)
		if (!rt_py_dict_set(ev, set, list->u.list.v[i], NULL))
			return rt_py_opaque(ev, &x->span, 0,
					    "has what no set can hold");
	return set;
}

static rt_py_value *eval_dict(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *dict = rt_py_value_new(ev, RT_PY_V_DICT), *k, *v;
	size_t i, j;

	for (i = 0; i < x->u.dict.n && !rt_py_broken(ev); i++) {
		const rt_py_pair *pair = &x->u.dict.v[i];

		k = pair->key ? rt_py_eval_expr(ev, pair->key) : NULL;
		if (rt_py_broken(ev))
			return ev->stopped;
		v = rt_py_eval_expr(ev, pair->value);
		if (rt_py_broken(ev))
			return v;
		if (!k) {
			if (v->kind != RT_PY_V_DICT)
				return v->kind == RT_PY_V_OPAQUE ? v :
					rt_py_opaque(ev, &pair->value->span, 0,
						     "unpacks no dict");
			for (j = 0; j < v->u.dict.n; j++)
				if (!v->u.dict.v[j].gone)
					rt_py_table_set(ev, &dict->u.dict,
							v->u.dict.v[j].key,
							v->u.dict.v[j].value);
		} else if (!rt_py_dict_set(ev, dict, k, v)) {
			return k->kind == RT_PY_V_OPAQUE ? k :
				rt_py_opaque(ev, &pair->key->span, 0,
					     "is no key for a dict");
		}
	}
	return dict;
}

static rt_py_value *eval_walrus(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *v = rt_py_eval_expr(ev, x->u.walrus.value);

	if (!rt_py_broken(ev))
		rt_py_scope_set(ev, x->u.walrus.name, v);
	return v;
}

static rt_py_value *eval_no(rt_py_eval *ev, const rt_py_expr *x)
{
	return rt_py_opaque(ev, &x->span, 0, "%s is not evaluated",
			    rt_py_expr_noun(x->kind));
}

static const eval_fn evals[] = {
	[RT_PY_NAME] = eval_name,           [RT_PY_NUMBER] = eval_number,
	[RT_PY_STRING] = eval_string,
	[RT_PY_FSTRING] = rt_py_eval_fstring,
	[RT_PY_FORMATTED] = eval_no,        [RT_PY_TRUE] = eval_constant,
	[RT_PY_FALSE] = eval_constant,      [RT_PY_NONE] = eval_constant,
	[RT_PY_ELLIPSIS] = eval_no,         [RT_PY_UNARY] = eval_unary,
	[RT_PY_BINARY] = eval_binary,       [RT_PY_BOOL] = eval_bool,
	[RT_PY_COMPARE] = eval_compare,     [RT_PY_COND] = eval_cond,
	[RT_PY_LAMBDA] = eval_lambda,       [RT_PY_CALL] = rt_py_eval_call,
	[RT_PY_ATTRIBUTE] = eval_attribute, [RT_PY_SUBSCRIPT] = eval_subscript,
	[RT_PY_SLICE] = eval_no,            [RT_PY_TUPLE] = eval_list,
	[RT_PY_LIST] = eval_list,           [RT_PY_SET] = eval_list,
	[RT_PY_DICT] = eval_dict,           [RT_PY_LISTCOMP] = rt_py_eval_comp,
	[RT_PY_SETCOMP] = rt_py_eval_comp,  [RT_PY_DICTCOMP] = rt_py_eval_comp,
	[RT_PY_GENERATOR] = rt_py_eval_comp, [RT_PY_STARRED] = eval_no,
	[RT_PY_WALRUS] = eval_walrus,       [RT_PY_AWAIT] = eval_no,
	[RT_PY_YIELD] = eval_no,
};

rt_py_value *rt_py_eval_expr(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *v;

	if (!rt_py_step(ev, 1, &x->span))
		return ev->stopped;
	if (++ev->depth > RT_PY_EVAL_DEPTH)
		v = rt_py_stop(ev, &x->span, "is nested too deep");
	else
		v = evals[x->kind](ev, x);
	ev->depth--;
	return v;
}
