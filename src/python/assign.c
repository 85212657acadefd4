/* SPDX-License-Identifier: MIT */
/* Assigning: to names, items and attributes, one or several at once. */
#include "config.h"

#include "python/run.h"

static void assign_items(rt_py_eval *ev, const rt_py_expr *target,
			 const rt_py_value *list)
{
	const rt_py_list *to = &target->u.list;
	const rt_py_items *from = &list->u.list;
	size_t i, star = to->n, extra;
	rt_py_value *rest;

	for (i = 0; i < to->n; i++)
		if (to->v[i]->kind == RT_PY_STARRED)
			star = i;
	if (star == to->n ? from->n != to->n : from->n + 1 < to->n) {
		rt_py_raise(ev, &target->span, "ValueError",
			    "%zu values for %zu names", from->n, to->n);
		return;
	}
	extra = from->n + 1 - to->n;
	for (i = 0; i < to->n && !rt_py_broken(ev); i++) {
		if (i < star) {
			rt_py_eval_assign(ev, to->v[i], from->v[i]);
		} else if (i > star) {
			rt_py_eval_assign(ev, to->v[i],
					  from->v[i + extra - 1]);
		} else {
			size_t k;

			rest = rt_py_list_new(ev, RT_PY_V_LIST);
			for (k = 0; k < extra; k++)
				rt_py_list_add(ev, rest, from->v[i + k]);
			rt_py_eval_assign(ev, to->v[i]->u.operand, rest);
		}
	}
}

static void assign_unknown(rt_py_eval *ev, const rt_py_expr *target,
			   rt_py_value *v)
{
	size_t i;

	for (i = 0; i < target->u.list.n; i++) {
		const rt_py_expr *t = target->u.list.v[i];

		if (t->kind == RT_PY_STARRED)
			t = t->u.operand;
		rt_py_eval_assign(ev, t, v);
	}
}

static void store_index(rt_py_eval *ev, const rt_py_expr *target,
			rt_py_value *v)
{
	rt_py_value *o = rt_py_eval_expr(ev, target->u.subscript.object), *i;
	int64_t at;

	if (rt_py_broken(ev))
		return;
	if (target->u.subscript.index->kind == RT_PY_SLICE) {
		rt_py_eval_trouble(ev, NULL, &target->span,
				   "assigns to a slice");
		return;
	}
	i = rt_py_eval_expr(ev, target->u.subscript.index);
	if (rt_py_broken(ev))
		return;
	if (o->kind == RT_PY_V_DICT && rt_py_hashable(i)) {
		rt_py_table_set(ev, &o->u.dict, i, v);
		return;
	}
	if (o->kind == RT_PY_V_LIST && i->kind == RT_PY_V_INT) {
		at = i->u.i < 0 ? i->u.i + (int64_t)o->u.list.n : i->u.i;
		if (at < 0 || (size_t)at >= o->u.list.n)
			rt_py_raise(ev, &target->span, "IndexError",
				    "list assignment index out of range");
		else
			o->u.list.v[at] = v;
		return;
	}
	if (rt_py_is_foreign(o) && ev->host->store &&
	    ev->host->store(ev->self, ev, o, i, (rt_sv){ NULL, 0 }, v))
		return;
	rt_py_eval_trouble(ev, o->kind == RT_PY_V_OPAQUE ? o : i,
			   &target->span, "assigns to what is not known");
}

static void store_attribute(rt_py_eval *ev, const rt_py_expr *target,
			    rt_py_value *v)
{
	rt_py_value *o = rt_py_eval_expr(ev, target->u.attribute.object);
	const rt_sv name = target->u.attribute.name;

	if (rt_py_broken(ev))
		return;
	if (o->kind == RT_PY_V_INSTANCE)
		rt_py_table_name_set(ev, &o->u.instance.attrs, name, v);
	else if (o->kind == RT_PY_V_CLASS)
		rt_py_table_name_set(ev, &o->u.cls.attrs, name, v);
	else if (!rt_py_is_foreign(o) || !ev->host->store ||
		 !ev->host->store(ev->self, ev, o, NULL, name, v))
		rt_py_eval_trouble(ev, o, &target->span,
				   "assigns to an attribute");
}

void rt_py_eval_assign(rt_py_eval *ev, const rt_py_expr *target,
		       rt_py_value *v)
{
	rt_py_value *list;

	switch (target->kind) {
	case RT_PY_NAME:
		rt_py_scope_set(ev, target->u.name, v);
		break;
	case RT_PY_TUPLE:
	case RT_PY_LIST:
		list = rt_py_iterate(ev, v, &target->span);
		if (rt_py_broken(ev))
			break;
		if (list->kind == RT_PY_V_OPAQUE)
			assign_unknown(ev, target, list);
		else
			assign_items(ev, target, &(rt_py_value){
				.kind = RT_PY_V_TUPLE,
				.u.list = list->u.list });
		break;
	case RT_PY_SUBSCRIPT:
		store_index(ev, target, v);
		break;
	case RT_PY_ATTRIBUTE:
		store_attribute(ev, target, v);
		break;
	default:
		rt_py_eval_trouble(ev, NULL, &target->span,
				   "assigns to what is no name");
		break;
	}
}
