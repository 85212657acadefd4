/* SPDX-License-Identifier: MIT */
/*
 * Dicts and sets: entries in order of insertion, open addressing over them;
 * and what makes two values equal.
 */
#include "config.h"

#include "python/run.h"

#include <string.h>

enum { NESTING = 64 }; /* of tuples in keys and comparisons */

static uint32_t hash_bytes(rt_sv s)
{
	uint32_t h = 2166136261u;
	size_t i;

	for (i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h;
}

static uint32_t mix(uint64_t x)
{
	x ^= x >> 33;
	x *= 0xff51afd7ed558ccdULL;
	x ^= x >> 33;
	return (uint32_t)x;
}

static uint32_t hash_of(rt_py_eval *ev, const rt_py_value *v, int nesting)
{
	static const rt_py_span nowhere = { 0 };
	uint32_t h = 7;
	size_t i;

	switch (v->kind) {
	case RT_PY_V_NONE:
		return 1;
	case RT_PY_V_BOOL:
	case RT_PY_V_INT:
		return mix((uint64_t)v->u.i);
	case RT_PY_V_FLOAT:
		if (v->u.f > -9e15 && v->u.f < 9e15)
			return mix((uint64_t)(int64_t)v->u.f);
		return 3;
	case RT_PY_V_STR:
	case RT_PY_V_BYTES:
		return rt_py_look(ev, v->u.s.n) ? hash_bytes(v->u.s) : h;
	case RT_PY_V_TUPLE:
		if (nesting >= NESTING ||
		    !rt_py_step(ev, v->u.list.n, &nowhere))
			return h;
		for (i = 0; i < v->u.list.n; i++)
			h = h * 31 + hash_of(ev, v->u.list.v[i], nesting + 1);
		return h;
	default:
		return mix((uint64_t)(uintptr_t)v);
	}
}

bool rt_py_hashable(const rt_py_value *v)
{
	return v->kind != RT_PY_V_LIST && v->kind != RT_PY_V_DICT &&
	       v->kind != RT_PY_V_SET && v->kind != RT_PY_V_OPAQUE;
}

/* ---- equality ---- */

static bool is_number(const rt_py_value *v)
{
	return v->kind == RT_PY_V_BOOL || v->kind == RT_PY_V_INT ||
	       v->kind == RT_PY_V_FLOAT;
}

static double number(const rt_py_value *v)
{
	return v->kind == RT_PY_V_FLOAT ? v->u.f : (double)v->u.i;
}

static rt_py_truth equal(rt_py_eval *ev, const rt_py_value *a,
			 const rt_py_value *b, int nesting);

static rt_py_truth equal_items(rt_py_eval *ev, const rt_py_value *a,
			       const rt_py_value *b, int nesting)
{
	rt_py_truth all = RT_PY_TRUTHY, one;
	size_t i;

	if (a->u.list.n != b->u.list.n)
		return RT_PY_FALSY;
	if (!rt_py_look(ev, 8 * a->u.list.n))
		return RT_PY_UNKNOWN;
	for (i = 0; i < a->u.list.n; i++) {
		one = equal(ev, a->u.list.v[i], b->u.list.v[i], nesting + 1);
		if (one == RT_PY_FALSY)
			return one;
		if (one == RT_PY_UNKNOWN)
			all = one;
	}
	return all;
}

static rt_py_truth equal_tables(rt_py_eval *ev, const rt_py_value *a,
				const rt_py_value *b, int nesting)
{
	static const rt_py_span nowhere = { 0 };
	const rt_py_table *t = &a->u.dict;
	rt_py_truth all = RT_PY_TRUTHY, one;
	rt_py_entry *e;
	size_t i;

	if (t->live != b->u.dict.live)
		return RT_PY_FALSY;
	if (!rt_py_step(ev, t->n, &nowhere))
		return RT_PY_UNKNOWN;
	for (i = 0; i < t->n; i++) {
		if (t->v[i].gone)
			continue;
		e = rt_py_table_find(ev, &b->u.dict, t->v[i].key);
		if (!e)
			return RT_PY_FALSY;
		if (!e->value || !t->v[i].value)
			continue;
		one = equal(ev, t->v[i].value, e->value, nesting + 1);
		if (one == RT_PY_FALSY)
			return one;
		if (one == RT_PY_UNKNOWN)
			all = one;
	}
	return all;
}

static rt_py_truth equal(rt_py_eval *ev, const rt_py_value *a,
			 const rt_py_value *b, int nesting)
{
	static const rt_py_span nowhere = { 0 };

	if (a == b && a->kind != RT_PY_V_OPAQUE)
		return RT_PY_TRUTHY;
	if (a->kind == RT_PY_V_OPAQUE || b->kind == RT_PY_V_OPAQUE ||
	    rt_py_is_foreign(a) || rt_py_is_foreign(b))
		return RT_PY_UNKNOWN;
	if (is_number(a) && is_number(b)) {
		if (a->kind != RT_PY_V_FLOAT && b->kind != RT_PY_V_FLOAT)
			return a->u.i == b->u.i ? RT_PY_TRUTHY : RT_PY_FALSY;
		return number(a) >= number(b) && number(a) <= number(b) ?
			       RT_PY_TRUTHY : RT_PY_FALSY;
	}
	if (a->kind != b->kind)
		return RT_PY_FALSY;
	if (nesting >= NESTING || !rt_py_step(ev, 1, &nowhere))
		return RT_PY_UNKNOWN;
	switch (a->kind) {
	case RT_PY_V_NONE:
		return RT_PY_TRUTHY;
	case RT_PY_V_STR:
	case RT_PY_V_BYTES:
		if (a->u.s.n == b->u.s.n && !rt_py_look(ev, a->u.s.n))
			return RT_PY_UNKNOWN;
		return rt_sv_eq(a->u.s, b->u.s) ? RT_PY_TRUTHY : RT_PY_FALSY;
	case RT_PY_V_LIST:
	case RT_PY_V_TUPLE:
		return equal_items(ev, a, b, nesting);
	case RT_PY_V_DICT:
	case RT_PY_V_SET:
		return equal_tables(ev, a, b, nesting);
	default:
		return RT_PY_FALSY;
	}
}

rt_py_truth rt_py_equal(rt_py_eval *ev, const rt_py_value *a,
			const rt_py_value *b)
{
	return equal(ev, a, b, 0);
}

static int order_bytes(rt_sv a, rt_sv b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

static bool order(rt_py_eval *ev, const rt_py_value *a, const rt_py_value *b,
		  int *out, int nesting)
{
	static const rt_py_span nowhere = { 0 };
	size_t i;

	if (is_number(a) && is_number(b)) {
		if (a->kind != RT_PY_V_FLOAT && b->kind != RT_PY_V_FLOAT)
			*out = (a->u.i > b->u.i) - (a->u.i < b->u.i);
		else
			*out = (number(a) > number(b)) -
			       (number(a) < number(b));
		return true;
	}
	if (a->kind != b->kind || nesting >= NESTING ||
	    !rt_py_step(ev, 1, &nowhere))
		return false;
	switch (a->kind) {
	case RT_PY_V_STR: /* UTF-8 keeps the order of code points */
	case RT_PY_V_BYTES:
		*out = order_bytes(a->u.s, b->u.s);
		return rt_py_look(ev, a->u.s.n < b->u.s.n ? a->u.s.n :
							    b->u.s.n);
	case RT_PY_V_LIST:
	case RT_PY_V_TUPLE:
		for (i = 0; i < a->u.list.n && i < b->u.list.n; i++) {
			if (!rt_py_step(ev, 1, &nowhere) ||
			    !order(ev, a->u.list.v[i], b->u.list.v[i], out,
				   nesting + 1))
				return false;
			if (*out)
				return true;
		}
		*out = (a->u.list.n > b->u.list.n) -
		       (a->u.list.n < b->u.list.n);
		return true;
	default:
		return false;
	}
}

bool rt_py_order(rt_py_eval *ev, const rt_py_value *a, const rt_py_value *b,
		 int *out)
{
	return order(ev, a, b, out, 0);
}

/* ---- the table ---- */

static void rehash(rt_py_eval *ev, rt_py_table *t, size_t n_slots)
{
	size_t i, at;

	t->slots = rt_py_mem(ev, n_slots * sizeof(*t->slots));
	t->n_slots = n_slots;
	for (i = 0; i < t->n; i++) {
		at = t->v[i].hash & (n_slots - 1);
		while (t->slots[at])
			at = (at + 1) & (n_slots - 1);
		t->slots[at] = (uint32_t)i + 1;
	}
}

rt_py_entry *rt_py_table_find(rt_py_eval *ev, const rt_py_table *t,
			      const rt_py_value *key)
{
	static const rt_py_span nowhere = { 0 };
	uint32_t hash;
	size_t at;

	if (!t->n_slots)
		return NULL;
	hash = hash_of(ev, key, 0);
	at = hash & (t->n_slots - 1);
	for (; t->slots[at]; at = (at + 1) & (t->n_slots - 1)) {
		rt_py_entry *e = &t->v[t->slots[at] - 1];

		if (e->hash == hash && !e->gone &&
		    rt_py_equal(ev, e->key, key) == RT_PY_TRUTHY)
			return e;
		/* Keys made to collide pay for it. */
		if (!rt_py_step(ev, 1, &nowhere))
			return NULL;
	}
	return NULL;
}

static void grow(rt_py_eval *ev, rt_py_table *t)
{
	size_t cap = t->cap ? 2 * t->cap : 4;
	rt_py_entry *v = rt_py_mem(ev, cap * sizeof(*v));

	if (t->n)
		memcpy(v, t->v, t->n * sizeof(*v));
	t->v = v;
	t->cap = cap;
	rehash(ev, t, 2 * cap);
}

void rt_py_table_set(rt_py_eval *ev, rt_py_table *t, rt_py_value *key,
		     rt_py_value *value)
{
	rt_py_entry *e = rt_py_table_find(ev, t, key);
	size_t at;

	if (e) {
		e->value = value;
		return;
	}
	if (rt_py_broken(ev))
		return;
	if (t->n == t->cap) {
		if (!rt_py_room(ev, 2 * (t->cap + 4) * sizeof(*e)))
			return;
		grow(ev, t);
	}
	e = &t->v[t->n++];
	e->key = key;
	e->value = value;
	e->hash = hash_of(ev, key, 0);
	e->gone = false;
	t->live++;
	at = e->hash & (t->n_slots - 1);
	while (t->slots[at])
		at = (at + 1) & (t->n_slots - 1);
	t->slots[at] = (uint32_t)t->n;
}

rt_py_value *rt_py_table_name(rt_py_eval *ev, const rt_py_table *t, rt_sv name)
{
	rt_py_value key = { .kind = RT_PY_V_STR, .u.s = name };
	rt_py_entry *e = rt_py_table_find(ev, t, &key);

	return e ? e->value : NULL;
}

void rt_py_table_name_set(rt_py_eval *ev, rt_py_table *t, rt_sv name,
			  rt_py_value *value)
{
	rt_py_table_set(ev, t, rt_py_str(ev, name), value);
}

bool rt_py_table_remove(rt_py_eval *ev, rt_py_table *t, const rt_py_value *key)
{
	rt_py_entry *e = rt_py_table_find(ev, t, key);

	if (!e)
		return false;
	e->gone = true;
	t->live--;
	return true;
}

bool rt_py_dict_set(rt_py_eval *ev, rt_py_value *dict, rt_py_value *key,
		    rt_py_value *v)
{
	if (!rt_py_hashable(key))
		return false;
	rt_py_table_set(ev, &dict->u.dict, key, v);
	return true;
}

rt_py_value *rt_py_dict_find(const rt_py_value *dict, const char *key)
{
	const rt_py_table *t = &dict->u.dict;
	size_t i;

	for (i = 0; i < t->n; i++)
		if (!t->v[i].gone && rt_py_is_str(t->v[i].key) &&
		    rt_sv_is(t->v[i].key->u.s, key))
			return t->v[i].value;
	return NULL;
}
