/* SPDX-License-Identifier: MIT */
/* Calls, attributes, subscripts; parameters of functions. */
#include "config.h"

#include "python/parse_impl.h"

/* `f(x for x in y)`: the generator in place of its element. */
static rt_py_expr *generator(rt_py_parser *p, rt_py_expr *element)
{
	rt_py_expr *e = rt_py_new(p, RT_PY_GENERATOR, element->span);

	e->u.comp.element = element;
	rt_py_adopt(e, element);
	return rt_py_clauses(p, e) ? rt_py_done(p, e) : NULL;
}

static bool argument(rt_py_parser *p, rt_py_arg *arg)
{
	*arg = (rt_py_arg){ RT_PY_ARG_PLAIN, { NULL, 0 }, NULL };
	if (rt_py_accept_op(p, '*'))
		arg->kind = RT_PY_ARG_STAR;
	else if (rt_py_accept_op(p, RT_PY_OP2('*', '*')))
		arg->kind = RT_PY_ARG_STARSTAR;
	arg->value = arg->kind == RT_PY_ARG_PLAIN ? rt_py_named(p) :
		rt_py_expression(p);
	if (!arg->value || arg->kind != RT_PY_ARG_PLAIN)
		return arg->value != NULL;
	if (arg->value->kind == RT_PY_NAME && rt_py_accept_op(p, '=')) {
		arg->kind = RT_PY_ARG_KEYWORD;
		arg->name = arg->value->u.name;
		arg->value = rt_py_expression(p);
	} else if (rt_py_at_comprehension(p)) {
		arg->value = generator(p, arg->value);
	}
	return arg->value != NULL;
}

/* Behind the opening bracket, to behind the closing one. */
bool rt_py_call_args(rt_py_parser *p, rt_py_args *args, rt_py_expr *owner)
{
	size_t mark = p->stack.n;
	rt_py_arg arg;

	while (!rt_py_at_op(p, ')')) {
		if (!argument(p, &arg))
			return false;
		if (owner)
			rt_py_adopt(owner, arg.value);
		rt_py_push(p, &arg, sizeof(arg));
		if (!rt_py_accept_op(p, ','))
			break;
	}
	args->v = rt_py_collect(p, mark, sizeof(arg), &args->n);
	return rt_py_expect_op(p, ')', "`,` or `)` is missing");
}

static rt_py_expr *call(rt_py_parser *p, rt_py_expr *callee)
{
	rt_py_expr *e = rt_py_new(p, RT_PY_CALL, callee->span);

	e->u.call.callee = callee;
	rt_py_adopt(e, callee);
	return rt_py_call_args(p, &e->u.call.args, e) ? rt_py_done(p, e) :
		NULL;
}

static rt_py_expr *attribute(rt_py_parser *p, rt_py_expr *object)
{
	rt_py_expr *e = rt_py_new(p, RT_PY_ATTRIBUTE, object->span);

	e->u.attribute.object = object;
	rt_py_adopt(e, object);
	return rt_py_expect_name(p, &e->u.attribute.name) ?
		rt_py_done(p, e) : NULL;
}

/* The part of a slice before the next `:`, `,` or `]`; may be missing. */
static bool slice_part(rt_py_parser *p, rt_py_expr *slice, rt_py_expr **part)
{
	if (rt_py_at_op(p, ':') || rt_py_at_op(p, ',') || rt_py_at_op(p, ']'))
		return true;
	*part = rt_py_expression(p);
	rt_py_adopt(slice, *part);
	return *part != NULL;
}

/* One element of a subscript. */
static rt_py_expr *index_of(rt_py_parser *p)
{
	rt_py_span from = rt_py_here(p);
	rt_py_expr *first = NULL, *e;

	if (!rt_py_at_op(p, ':')) {
		first = rt_py_starred(p);
		if (!first || !rt_py_at_op(p, ':'))
			return first;
	}
	rt_py_take(p);
	e = rt_py_new(p, RT_PY_SLICE, from);
	e->u.slice.lower = first;
	rt_py_adopt(e, first);
	if (!slice_part(p, e, &e->u.slice.upper))
		return NULL;
	if (rt_py_accept_op(p, ':') && !slice_part(p, e, &e->u.slice.step))
		return NULL;
	return rt_py_done(p, e);
}

static rt_py_expr *indexes(rt_py_parser *p)
{
	rt_py_span from = rt_py_here(p);
	rt_py_expr *e = index_of(p), *tuple;
	size_t mark = p->stack.n;

	if (!e || !rt_py_at_op(p, ','))
		return e;
	tuple = rt_py_new(p, RT_PY_TUPLE, from);
	rt_py_push(p, &e, sizeof(e));
	while (rt_py_accept_op(p, ',') && !rt_py_at_op(p, ']')) {
		e = index_of(p);
		if (!e)
			return NULL;
		rt_py_push(p, &e, sizeof(e));
	}
	tuple->u.list = rt_py_collect_list(p, mark);
	rt_py_adopt_list(tuple, &tuple->u.list);
	return rt_py_done(p, tuple);
}

static rt_py_expr *subscript(rt_py_parser *p, rt_py_expr *object)
{
	rt_py_expr *e = rt_py_new(p, RT_PY_SUBSCRIPT, object->span);

	e->u.subscript.object = object;
	e->u.subscript.index = indexes(p);
	if (!e->u.subscript.index ||
	    !rt_py_expect_op(p, ']', "`]` is missing"))
		return NULL;
	rt_py_adopt(e, object);
	rt_py_adopt(e, e->u.subscript.index);
	return rt_py_done(p, e);
}

rt_py_expr *rt_py_primary(rt_py_parser *p)
{
	rt_py_expr *e = rt_py_atom(p);

	while (e) {
		if (rt_py_accept_op(p, '.'))
			e = attribute(p, e);
		else if (rt_py_accept_op(p, '('))
			e = call(p, e);
		else if (rt_py_accept_op(p, '['))
			e = subscript(p, e);
		else
			break;
	}
	return e;
}

/* One parameter behind its stars. */
static bool parameter(rt_py_parser *p, bool annotated, rt_py_param *param,
		      rt_py_expr *owner)
{
	if (!rt_py_expect_name(p, &param->name))
		return false;
	if (annotated && rt_py_accept_op(p, ':')) {
		param->annotation = rt_py_starred(p);
		if (!param->annotation)
			return false;
	}
	if (rt_py_accept_op(p, '=')) {
		param->value = rt_py_expression(p);
		if (!param->value)
			return false;
	}
	if (owner)
		rt_py_adopt(owner, param->value);
	return true;
}

/* `/` makes the parameters before it positional only. */
static void before_slash(rt_py_parser *p, size_t mark)
{
	rt_py_param *v;
	size_t n, i;

	v = rt_py_collect(p, mark, sizeof(*v), &n);
	for (i = 0; i < n; i++) {
		v[i].kind = RT_PY_ARG_POSONLY;
		rt_py_push(p, &v[i], sizeof(v[i]));
	}
}

/* Up to the `:` of a lambda or the `)` of a def, which stays. */
bool rt_py_parameters(rt_py_parser *p, bool annotated, rt_py_params *params,
		      rt_py_expr *owner)
{
	rt_py_arg_kind kind = RT_PY_ARG_PLAIN;
	size_t mark = p->stack.n;
	unsigned end = annotated ? ')' : ':';

	while (!rt_py_at_op(p, end)) {
		rt_py_param param = { kind, { NULL, 0 }, NULL, NULL };
		bool named = true;

		if (rt_py_accept_op(p, RT_PY_OP2('*', '*'))) {
			param.kind = RT_PY_ARG_STARSTAR;
		} else if (rt_py_accept_op(p, '*')) {
			param.kind = RT_PY_ARG_STAR;
			kind = RT_PY_ARG_KEYWORD;
			named = !rt_py_at_op(p, ',');
		} else if (p->stack.n > mark && rt_py_accept_op(p, '/')) {
			before_slash(p, mark);
			named = false;
		}
		if (named && !parameter(p, annotated, &param, owner))
			return false;
		if (named)
			rt_py_push(p, &param, sizeof(param));
		if (!rt_py_accept_op(p, ','))
			break;
	}
	params->v = rt_py_collect(p, mark, sizeof(*params->v), &params->n);
	return p->reason == NULL;
}
