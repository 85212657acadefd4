/* SPDX-License-Identifier: MIT */
/* The methods of list, tuple, set and dict. */
#include "config.h"

#include "python/run.h"

#include <string.h>

static rt_py_value *append(rt_py_eval *ev, rt_py_value *self,
			   const rt_py_call *call)
{
	if (call->n != 1)
		return rt_py_bad_call(ev, call, "append");
	rt_py_list_add(ev, self, call->v[0]);
	return ev->none;
}

/* Mark a container whose contents are not known any more: its one item is
 * opaque, so that whoever looks finds it. */
static rt_py_value *taint(rt_py_eval *ev, rt_py_value *self, rt_py_value *why)
{
	self->kind = RT_PY_V_OPAQUE;
	self->u.opaque = why->u.opaque;
	return ev->none;
}

static rt_py_value *extend(rt_py_eval *ev, rt_py_value *self,
			   const rt_py_call *call)
{
	rt_py_value *list;
	size_t i, n;

	if (call->n != 1)
		return rt_py_bad_call(ev, call, "extend");
	list = rt_py_iterate(ev, call->v[0], &call->span);
	if (list->kind == RT_PY_V_OPAQUE)
		return taint(ev, self, list);
	n = list->u.list.n;
	if (!rt_py_step(ev, n, &call->span))
		return ev->stopped;
	for (i = 0; i < n; i++)
		rt_py_list_add(ev, self, list->u.list.v[i]);
	return ev->none;
}

static rt_py_value *insert(rt_py_eval *ev, rt_py_value *self,
			   const rt_py_call *call)
{
	rt_py_items *l = &self->u.list;
	int64_t at;

	if (call->n != 2 || call->v[0]->kind != RT_PY_V_INT)
		return rt_py_bad_call(ev, call, "insert");
	if (!rt_py_step(ev, 1 + l->n / 16, &call->span))
		return ev->stopped;
	at = call->v[0]->u.i;
	if (at < 0)
		at = at + (int64_t)l->n < 0 ? 0 : at + (int64_t)l->n;
	if ((size_t)at > l->n)
		at = (int64_t)l->n;
	rt_py_list_add(ev, self, call->v[1]);
	if (rt_py_broken(ev))
		return ev->stopped;
	memmove(l->v + at + 1, l->v + at,
		(l->n - 1 - (size_t)at) * sizeof(*l->v));
	l->v[at] = call->v[1];
	return ev->none;
}

static rt_py_value *take_at(rt_py_eval *ev, rt_py_value *self, size_t at,
			    const rt_py_call *call)
{
	rt_py_items *l = &self->u.list;
	rt_py_value *v = l->v[at];

	if (!rt_py_step(ev, 1 + l->n / 16, &call->span))
		return ev->stopped;
	memmove(l->v + at, l->v + at + 1, (l->n - at - 1) * sizeof(*l->v));
	l->n--;
	return v;
}

static rt_py_value *pop(rt_py_eval *ev, rt_py_value *self,
			const rt_py_call *call)
{
	const size_t n = self->u.list.n;
	int64_t at = -1;

	if (call->n == 1 && call->v[0]->kind == RT_PY_V_INT)
		at = call->v[0]->u.i;
	else if (call->n)
		return rt_py_bad_call(ev, call, "pop");
	if (at < 0)
		at += (int64_t)n;
	if (at < 0 || (size_t)at >= n)
		return rt_py_raise(ev, &call->span, "IndexError",
				   "pop index out of range");
	return take_at(ev, self, (size_t)at, call);
}

/* Where a value is in a list; n where it is not; -1 not known. */
static int64_t place_of(rt_py_eval *ev, rt_py_value *self,
			const rt_py_call *call)
{
	size_t i;

	for (i = 0; i < self->u.list.n; i++) {
		rt_py_truth is = rt_py_equal(ev, self->u.list.v[i],
					     call->v[0]);

		if (is == RT_PY_UNKNOWN || !rt_py_step(ev, 1, &call->span))
			return -1;
		if (is == RT_PY_TRUTHY)
			break;
	}
	return (int64_t)i;
}

static rt_py_value *index_of(rt_py_eval *ev, rt_py_value *self,
			     const rt_py_call *call)
{
	int64_t at = call->n == 1 ? place_of(ev, self, call) : -1;

	if (at < 0)
		return rt_py_bad_call(ev, call, "index");
	if ((size_t)at == self->u.list.n)
		return rt_py_raise(ev, &call->span, "ValueError",
				   "is not in the list");
	return rt_py_int(ev, at);
}

static rt_py_value *remove_item(rt_py_eval *ev, rt_py_value *self,
				const rt_py_call *call)
{
	int64_t at = call->n == 1 ? place_of(ev, self, call) : -1;

	if (at < 0)
		return taint(ev, self, rt_py_bad_call(ev, call, "remove"));
	if ((size_t)at == self->u.list.n)
		return rt_py_raise(ev, &call->span, "ValueError",
				   "is not in the list");
	(void)take_at(ev, self, (size_t)at, call);
	return ev->none;
}

static rt_py_value *reverse(rt_py_eval *ev, rt_py_value *self,
			    const rt_py_call *call)
{
	rt_py_items *l = &self->u.list;
	size_t i;

	if (!rt_py_step(ev, l->n, &call->span))
		return ev->stopped;
	for (i = 0; i < l->n / 2; i++) {
		rt_py_value *v = l->v[i];

		l->v[i] = l->v[l->n - 1 - i];
		l->v[l->n - 1 - i] = v;
	}
	return ev->none;
}

static rt_py_value *sort(rt_py_eval *ev, rt_py_value *self,
			 const rt_py_call *call)
{
	rt_py_call with = *call;
	rt_py_value *sorted;

	with.v = &self;
	with.n = 1;
	sorted = rt_py_builtin_find(RT_SV("sorted"))->run(ev, &with);
	if (sorted->kind == RT_PY_V_LIST && self->kind == RT_PY_V_LIST)
		self->u.list = sorted->u.list;
	else if (sorted->kind == RT_PY_V_OPAQUE)
		return taint(ev, self, sorted);
	return ev->none;
}

static rt_py_value *copy(rt_py_eval *ev, rt_py_value *self,
			 const rt_py_call *call)
{
	rt_py_value *v = rt_py_value_new(ev, self->kind);
	size_t i;

	if (self->kind == RT_PY_V_LIST) {
		if (!rt_py_step(ev, self->u.list.n, &call->span))
			return ev->stopped;
		for (i = 0; i < self->u.list.n; i++)
			rt_py_list_add(ev, v, self->u.list.v[i]);
		return v;
	}
	if (!rt_py_step(ev, self->u.dict.n, &call->span))
		return ev->stopped;
	for (i = 0; i < self->u.dict.n; i++)
		if (!self->u.dict.v[i].gone)
			rt_py_table_set(ev, &v->u.dict, self->u.dict.v[i].key,
					self->u.dict.v[i].value);
	return v;
}

/* ---- dict, set ---- */

enum { KEYS, VALUES, ITEMS };

static rt_py_value *view(rt_py_eval *ev, rt_py_value *self, int what,
			 const rt_py_call *call)
{
	rt_py_value *list = rt_py_list_new(ev, RT_PY_V_LIST), *pair;
	const rt_py_table *t = &self->u.dict;
	size_t i;

	if (!rt_py_step(ev, t->n, &call->span))
		return ev->stopped;
	for (i = 0; i < t->n; i++) {
		if (t->v[i].gone)
			continue;
		pair = what == KEYS ? t->v[i].key : t->v[i].value;
		if (what == ITEMS) {
			pair = rt_py_list_new(ev, RT_PY_V_TUPLE);
			rt_py_list_add(ev, pair, t->v[i].key);
			rt_py_list_add(ev, pair, t->v[i].value);
		}
		rt_py_list_add(ev, list, pair);
	}
	return list;
}

static rt_py_value *keys(rt_py_eval *ev, rt_py_value *self,
			 const rt_py_call *call)
{
	return view(ev, self, KEYS, call);
}

static rt_py_value *values(rt_py_eval *ev, rt_py_value *self,
			   const rt_py_call *call)
{
	return view(ev, self, VALUES, call);
}

static rt_py_value *items(rt_py_eval *ev, rt_py_value *self,
			  const rt_py_call *call)
{
	return view(ev, self, ITEMS, call);
}

/* get, pop and setdefault. */
static rt_py_value *look_up(rt_py_eval *ev, rt_py_value *self,
			    const rt_py_call *call, bool take, bool keep)
{
	rt_py_entry *e;
	rt_py_value *v;

	if (call->n < 1 || call->n > 2 || !rt_py_hashable(call->v[0]) ||
	    rt_py_is_foreign(call->v[0]))
		return rt_py_bad_call(ev, call, "get");
	e = rt_py_table_find(ev, &self->u.dict, call->v[0]);
	v = e ? e->value : call->n == 2 ? call->v[1] : ev->none;
	if (!e && take && call->n == 1)
		return rt_py_raise(ev, &call->span, "KeyError", "%s", "");
	if (e && take)
		(void)rt_py_table_remove(ev, &self->u.dict, call->v[0]);
	if (!e && keep)
		rt_py_table_set(ev, &self->u.dict, call->v[0], v);
	return v;
}

static rt_py_value *get(rt_py_eval *ev, rt_py_value *self,
			const rt_py_call *call)
{
	return look_up(ev, self, call, false, false);
}

static rt_py_value *dict_pop(rt_py_eval *ev, rt_py_value *self,
			     const rt_py_call *call)
{
	return look_up(ev, self, call, true, false);
}

static rt_py_value *setdefault(rt_py_eval *ev, rt_py_value *self,
			       const rt_py_call *call)
{
	return look_up(ev, self, call, false, true);
}

static rt_py_value *update(rt_py_eval *ev, rt_py_value *self,
			   const rt_py_call *call)
{
	size_t i;

	if (call->n > 1 || (call->n && call->v[0]->kind != self->kind))
		return taint(ev, self, rt_py_bad_call(ev, call, "update"));
	if (call->n) {
		const rt_py_table *t = &call->v[0]->u.dict;

		if (!rt_py_step(ev, t->n, &call->span))
			return ev->stopped;
		for (i = 0; i < t->n; i++)
			if (!t->v[i].gone)
				rt_py_table_set(ev, &self->u.dict,
						t->v[i].key, t->v[i].value);
	}
	for (i = 0; i < call->n_kw; i++)
		rt_py_table_name_set(ev, &self->u.dict, call->kw[i].name,
				     call->kw[i].value);
	return ev->none;
}

static rt_py_value *add(rt_py_eval *ev, rt_py_value *self,
			const rt_py_call *call)
{
	if (call->n != 1 || !rt_py_dict_set(ev, self, call->v[0], NULL))
		return taint(ev, self, rt_py_bad_call(ev, call, "add"));
	return ev->none;
}

/* The algebra of sets by name. */
static rt_py_value *algebra(rt_py_eval *ev, rt_py_value *self,
			    const rt_py_call *call, rt_py_op op)
{
	rt_py_value *other;

	if (call->n != 1)
		return rt_py_bad_call(ev, call, "union");
	other = rt_py_builtin_find(RT_SV("set"))->run(ev, call);
	if (other->kind != RT_PY_V_SET)
		return other;
	return rt_py_binary(ev, op, self, other, &call->span);
}

static rt_py_value *union_(rt_py_eval *ev, rt_py_value *self,
			   const rt_py_call *call)
{
	return algebra(ev, self, call, RT_PY_BITOR);
}

static rt_py_value *difference(rt_py_eval *ev, rt_py_value *self,
			       const rt_py_call *call)
{
	return algebra(ev, self, call, RT_PY_SUB);
}

static rt_py_value *intersection(rt_py_eval *ev, rt_py_value *self,
				 const rt_py_call *call)
{
	return algebra(ev, self, call, RT_PY_BITAND);
}

static const rt_py_method list_methods[] = {
	{ RT_PY_V_LIST, "append", append },
	{ RT_PY_V_LIST, "copy", copy },
	{ RT_PY_V_LIST, "extend", extend },
	{ RT_PY_V_LIST, "index", index_of },
	{ RT_PY_V_LIST, "insert", insert },
	{ RT_PY_V_LIST, "pop", pop },
	{ RT_PY_V_LIST, "remove", remove_item },
	{ RT_PY_V_LIST, "reverse", reverse },
	{ RT_PY_V_LIST, "sort", sort },
	{ RT_PY_V_TUPLE, "index", index_of },
	{ RT_PY_V_NONE, NULL, NULL }
};

static const rt_py_method dict_methods[] = {
	{ RT_PY_V_DICT, "copy", copy },
	{ RT_PY_V_DICT, "get", get },
	{ RT_PY_V_DICT, "items", items },
	{ RT_PY_V_DICT, "keys", keys },
	{ RT_PY_V_DICT, "pop", dict_pop },
	{ RT_PY_V_DICT, "setdefault", setdefault },
	{ RT_PY_V_DICT, "update", update },
	{ RT_PY_V_DICT, "values", values },
	{ RT_PY_V_SET, "add", add },
	{ RT_PY_V_SET, "copy", copy },
	{ RT_PY_V_SET, "difference", difference },
	{ RT_PY_V_SET, "intersection", intersection },
	{ RT_PY_V_SET, "union", union_ },
	{ RT_PY_V_SET, "update", update },
	{ RT_PY_V_NONE, NULL, NULL }
};

const rt_py_method *rt_py_method_find(rt_py_kind kind, rt_sv name)
{
	static const rt_py_method *const tables[] = {
		rt_py_str_methods, list_methods, dict_methods
	};
	const rt_py_method *m;
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (m = tables[i]; m->name; m++)
			if (m->kind == kind && rt_sv_is(name, m->name))
				return m;
	return NULL;
}
