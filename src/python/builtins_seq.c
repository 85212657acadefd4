/* SPDX-License-Identifier: MIT */
/* The built-in functions about sequences. */
#include "config.h"

#include "python/run.h"

#include <stdlib.h>
#include <string.h>

static rt_py_value *only_arg(const rt_py_call *call)
{
	return call->n == 1 && call->n_kw == 0 ? call->v[0] : NULL;
}

static rt_py_value *len(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *v = only_arg(call);

	if (!v)
		return rt_py_bad_call(ev, call, "len");
	if (v->kind == RT_PY_V_STR && !rt_py_look(ev, v->u.s.n))
		return ev->stopped;
	if (v->kind == RT_PY_V_STR)
		return rt_py_int(ev, (int64_t)rt_py_chars(v->u.s));
	if (v->kind == RT_PY_V_DICT || v->kind == RT_PY_V_SET)
		return rt_py_int(ev, (int64_t)v->u.dict.live);
	v = rt_py_iterate(ev, v, &call->span);
	if (v->kind == RT_PY_V_OPAQUE)
		return v;
	return rt_py_int(ev, (int64_t)v->u.list.n);
}

static rt_py_value *range(rt_py_eval *ev, const rt_py_call *call)
{
	int64_t a[3] = { 0, 0, 1 }, i, n;
	rt_py_value *list;

	for (i = 0; i < (int64_t)call->n; i++)
		if (i > 2 || (call->v[i]->kind != RT_PY_V_INT &&
			      call->v[i]->kind != RT_PY_V_BOOL))
			return rt_py_bad_call(ev, call, "range");
	if (call->n == 0)
		return rt_py_bad_call(ev, call, "range");
	for (i = 0; i < (int64_t)call->n; i++)
		a[call->n == 1 ? 1 : i] = call->v[i]->u.i;
	if (a[2] == 0 || llabs(a[0] / 2) > INT64_MAX / 8 ||
	    llabs(a[1] / 2) > INT64_MAX / 8 || llabs(a[2] / 2) > INT64_MAX / 8)
		return rt_py_bad_call(ev, call, "range");
	n = a[2] > 0 ? (a[1] - a[0] + a[2] - 1) / a[2] :
		       (a[0] - a[1] - a[2] - 1) / -a[2];
	list = rt_py_list_new(ev, RT_PY_V_LIST);
	if (n > 0 && !rt_py_step(ev, (size_t)n, &call->span))
		return ev->stopped;
	for (i = 0; i < n && !rt_py_broken(ev); i++)
		rt_py_list_add(ev, list, rt_py_int(ev, a[0] + i * a[2]));
	return list;
}

static rt_py_value *to_list(rt_py_eval *ev, const rt_py_call *call,
			    rt_py_kind kind)
{
	rt_py_value *list = rt_py_list_new(ev, kind), *from;
	size_t i;

	if (call->n == 0)
		return list;
	if (!only_arg(call))
		return rt_py_bad_call(ev, call, "list");
	from = rt_py_iterate(ev, call->v[0], &call->span);
	if (from->kind == RT_PY_V_OPAQUE)
		return from;
	if (!rt_py_step(ev, from->u.list.n, &call->span))
		return ev->stopped;
	for (i = 0; i < from->u.list.n; i++)
		rt_py_list_add(ev, list, from->u.list.v[i]);
	return list;
}

static rt_py_value *list_(rt_py_eval *ev, const rt_py_call *call)
{
	return to_list(ev, call, RT_PY_V_LIST);
}

static rt_py_value *tuple(rt_py_eval *ev, const rt_py_call *call)
{
	return to_list(ev, call, RT_PY_V_TUPLE);
}

static rt_py_value *set(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *s = rt_py_dict_new(ev, RT_PY_V_SET);
	rt_py_value *list = to_list(ev, call, RT_PY_V_LIST);
	size_t i;

	if (list->kind == RT_PY_V_OPAQUE)
		return list;
	for (i = 0; i < list->u.list.n; i++)
		if (!rt_py_dict_set(ev, s, list->u.list.v[i], NULL))
			return rt_py_bad_call(ev, call, "set");
	return s;
}

static rt_py_value *dict(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *d = rt_py_dict_new(ev, RT_PY_V_DICT), *list, *pair;
	size_t i;

	if (call->n > 1)
		return rt_py_bad_call(ev, call, "dict");
	if (call->n && call->v[0]->kind == RT_PY_V_DICT) {
		const rt_py_table *t = &call->v[0]->u.dict;

		for (i = 0; i < t->n && rt_py_step(ev, 1, &call->span); i++)
			if (!t->v[i].gone)
				rt_py_table_set(ev, &d->u.dict, t->v[i].key,
						t->v[i].value);
	} else if (call->n) {
		list = rt_py_iterate(ev, call->v[0], &call->span);
		if (list->kind == RT_PY_V_OPAQUE)
			return list;
		for (i = 0; i < list->u.list.n; i++) {
			pair = list->u.list.v[i];
			if ((pair->kind != RT_PY_V_TUPLE &&
			     pair->kind != RT_PY_V_LIST) ||
			    pair->u.list.n != 2 ||
			    !rt_py_dict_set(ev, d, pair->u.list.v[0],
					    pair->u.list.v[1]))
				return rt_py_bad_call(ev, call, "dict");
		}
	}
	for (i = 0; i < call->n_kw; i++)
		rt_py_table_name_set(ev, &d->u.dict, call->kw[i].name,
				     call->kw[i].value);
	return d;
}

static rt_py_value *pair_of(rt_py_eval *ev, rt_py_value *a, rt_py_value *b)
{
	rt_py_value *pair = rt_py_list_new(ev, RT_PY_V_TUPLE);

	rt_py_list_add(ev, pair, a);
	rt_py_list_add(ev, pair, b);
	return pair;
}

static rt_py_value *enumerate(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *list, *out, *start = rt_py_call_arg(call, 1, "start");
	size_t i;

	if (call->n < 1 || (start && (start->kind != RT_PY_V_INT ||
				      start->u.i > INT64_MAX / 2)))
		return rt_py_bad_call(ev, call, "enumerate");
	list = rt_py_iterate(ev, call->v[0], &call->span);
	if (list->kind == RT_PY_V_OPAQUE)
		return list;
	out = rt_py_list_new(ev, RT_PY_V_LIST);
	for (i = 0; i < list->u.list.n; i++) {
		if (!rt_py_step(ev, 1, &call->span))
			return ev->stopped;
		rt_py_list_add(ev, out,
			       pair_of(ev, rt_py_int(ev, (int64_t)i +
						     (start ? start->u.i :
						      0)),
				       list->u.list.v[i]));
	}
	return out;
}

static rt_py_value *zip(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *out = rt_py_list_new(ev, RT_PY_V_LIST), *row;
	rt_py_value **lists = rt_py_mem(ev, call->n * sizeof(*lists));
	size_t i, k, n = call->n ? SIZE_MAX : 0;

	for (i = 0; i < call->n; i++) {
		lists[i] = rt_py_iterate(ev, call->v[i], &call->span);
		if (lists[i]->kind == RT_PY_V_OPAQUE)
			return lists[i];
		if (lists[i]->u.list.n < n)
			n = lists[i]->u.list.n;
	}
	for (k = 0; k < n; k++) {
		if (!rt_py_step(ev, call->n, &call->span))
			return ev->stopped;
		row = rt_py_list_new(ev, RT_PY_V_TUPLE);
		for (i = 0; i < call->n; i++)
			rt_py_list_add(ev, row, lists[i]->u.list.v[k]);
		rt_py_list_add(ev, out, row);
	}
	return out;
}

static rt_py_value *reversed(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *list = to_list(ev, call, RT_PY_V_LIST);
	rt_py_items *l = &list->u.list;
	size_t i;

	if (list->kind == RT_PY_V_OPAQUE)
		return list;
	for (i = 0; i < l->n / 2; i++) {
		rt_py_value *v = l->v[i];

		l->v[i] = l->v[l->n - 1 - i];
		l->v[l->n - 1 - i] = v;
	}
	return list;
}

/* ---- sorted, min, max ---- */

typedef struct keyed {
	rt_py_value *key, *value;
} keyed;

/* Merge sort, as Python's: stable.  False: they have no order. */
static bool merge_sort(rt_py_eval *ev, keyed *v, keyed *spare, size_t n,
		       bool down, const rt_py_span *at)
{
	size_t half = n / 2, i = 0, j = half, k = 0;
	int order;

	if (n < 2)
		return true;
	if (!rt_py_step(ev, n, at) ||
	    !merge_sort(ev, v, spare, half, down, at) ||
	    !merge_sort(ev, v + half, spare, n - half, down, at))
		return false;
	while (i < half && j < n) {
		if (!rt_py_order(ev, v[i].key, v[j].key, &order))
			return false;
		if (down)
			order = -order;
		spare[k++] = order <= 0 ? v[i++] : v[j++];
	}
	while (i < half)
		spare[k++] = v[i++];
	memcpy(v, spare, k * sizeof(*v));
	return true;
}

static rt_py_value *sorted(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *list, *key = rt_py_call_keyword(call, "key"), *down;
	rt_py_call one = { .n = 1, .span = call->span };
	keyed *v;
	size_t i;

	if (call->n != 1)
		return rt_py_bad_call(ev, call, "sorted");
	one.v = call->v;
	list = to_list(ev, &one, RT_PY_V_LIST);
	if (list->kind == RT_PY_V_OPAQUE)
		return list;
	v = rt_py_mem(ev, 2 * list->u.list.n * sizeof(*v));
	for (i = 0; i < list->u.list.n; i++) {
		v[i].key = v[i].value = list->u.list.v[i];
		one.v = &v[i].value;
		if (key && key->kind != RT_PY_V_NONE)
			v[i].key = rt_py_call_value(ev, key, &one);
		if (rt_py_broken(ev))
			return ev->stopped;
	}
	down = rt_py_call_keyword(call, "reverse");
	if (!merge_sort(ev, v, v + list->u.list.n, list->u.list.n,
			down && rt_py_truth_of(ev, down) == RT_PY_TRUTHY,
			&call->span))
		return rt_py_bad_call(ev, call, "sorted");
	for (i = 0; i < list->u.list.n; i++)
		list->u.list.v[i] = v[i].value;
	return list;
}

static rt_py_value *extreme(rt_py_eval *ev, const rt_py_call *call, int sign)
{
	rt_py_value *list, *best = NULL;
	rt_py_call one = *call;
	size_t i;
	int order;

	if (call->n_kw || call->n == 0)
		return rt_py_bad_call(ev, call, "max");
	list = rt_py_list_new(ev, RT_PY_V_TUPLE);
	list->u.list.v = call->v;
	list->u.list.n = call->n;
	one.n = 1;
	if (call->n == 1)
		list = to_list(ev, &one, RT_PY_V_LIST);
	if (list->kind == RT_PY_V_OPAQUE)
		return list;
	for (i = 0; i < list->u.list.n; i++) {
		rt_py_value *v = list->u.list.v[i];

		if (!rt_py_step(ev, 1, &call->span))
			return ev->stopped;
		if (best && !rt_py_order(ev, v, best, &order))
			return rt_py_bad_call(ev, call, "max");
		if (!best || order * sign > 0)
			best = v;
	}
	return best ? best : rt_py_raise(ev, &call->span, "ValueError",
					 "max() of nothing");
}

static rt_py_value *max(rt_py_eval *ev, const rt_py_call *call)
{
	return extreme(ev, call, 1);
}

static rt_py_value *min(rt_py_eval *ev, const rt_py_call *call)
{
	return extreme(ev, call, -1);
}

static rt_py_value *sum(rt_py_eval *ev, const rt_py_call *call)
{
	rt_py_value *list, *total = rt_py_int(ev, 0);
	size_t i;

	if (!only_arg(call))
		return rt_py_bad_call(ev, call, "sum");
	list = rt_py_iterate(ev, call->v[0], &call->span);
	if (list->kind == RT_PY_V_OPAQUE)
		return list;
	for (i = 0; i < list->u.list.n && rt_py_step(ev, 1, &call->span); i++)
		total = rt_py_binary(ev, RT_PY_ADD, total, list->u.list.v[i],
				     &call->span);
	return total;
}

#define TYPE(name, run, kind) { name, run, true, kind }
#define ROW(name, run) { name, run, false, RT_PY_V_NONE }

const rt_py_builtin rt_py_builtins_seq[] = {
	TYPE("dict", dict, RT_PY_V_DICT),
	ROW("enumerate", enumerate),
	TYPE("frozenset", set, RT_PY_V_SET),
	ROW("iter", list_),
	ROW("len", len),
	TYPE("list", list_, RT_PY_V_LIST),
	ROW("max", max),
	ROW("min", min),
	ROW("range", range),
	ROW("reversed", reversed),
	TYPE("set", set, RT_PY_V_SET),
	ROW("sorted", sorted),
	ROW("sum", sum),
	TYPE("tuple", tuple, RT_PY_V_TUPLE),
	ROW("zip", zip),
	ROW(NULL, NULL),
};
