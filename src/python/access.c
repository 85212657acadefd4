/* SPDX-License-Identifier: MIT */
/* Attributes, subscripts, slices; what a loop goes over. */
#include "config.h"

#include "python/run.h"

static rt_py_value *bind(rt_py_eval *ev, rt_py_value *self,
			 rt_py_value *function)
{
	rt_py_value *m = rt_py_value_new(ev, RT_PY_V_METHOD);

	m->u.method.self = self;
	m->u.method.function = function;
	return m;
}

/* A function of a class, of the class or of an instance. */
static rt_py_value *function_of(rt_py_eval *ev, rt_py_value *object,
				rt_py_value *f, const rt_py_span *at)
{
	const bool is_class = object->kind == RT_PY_V_CLASS;
	const rt_py_call call = { .span = *at };

	switch (f->u.function.role) {
	case RT_PY_ROLE_CLASS:
		return bind(ev, is_class ? object : object->u.instance.cls, f);
	case RT_PY_ROLE_STATIC:
		return f;
	case RT_PY_ROLE_PROPERTY:
		return is_class ? f : rt_py_call_value(ev, bind(ev, object, f),
						       &call);
	case RT_PY_ROLE_METHOD:
		break;
	}
	return is_class ? f : bind(ev, object, f);
}

static rt_py_value *class_attribute(rt_py_eval *ev, rt_py_value *object,
				    rt_sv name, const rt_py_span *at)
{
	rt_py_value *v = rt_py_class_attr(ev, object, name);

	if (v && v->kind == RT_PY_V_FUNCTION)
		return function_of(ev, object, v, at);
	if (v)
		return v;
	if (object->kind == RT_PY_V_CLASS && rt_sv_is(name, "__name__"))
		return rt_py_str(ev, object->u.cls.name);
	if (ev->host->attr) {
		v = ev->host->attr(ev->self, ev, object, name, at);
		if (v)
			return v;
	}
	return rt_py_not_known(ev, at, "is not defined in the class:", name);
}

static rt_py_value *path_attribute(rt_py_eval *ev, rt_py_value *object,
				   rt_sv name, const rt_py_span *at)
{
	rt_py_value *v = rt_py_symbol_new(ev, RT_PY_S_PATH, NULL, at), *known;
	rt_str path = RT_STR_INIT;

	rt_str_addsv(&path, object->u.symbol.name);
	rt_str_addc(&path, '.');
	rt_str_addsv(&path, name);
	v->u.symbol.name = rt_py_text_take(ev, &path)->u.s;
	known = rt_py_stdlib_name(ev, v->u.symbol.name);
	if (known || !ev->host->attr)
		return known ? known : v;
	known = ev->host->attr(ev->self, ev, v, (rt_sv){ NULL, 0 }, at);
	return known ? known : v;
}

rt_py_value *rt_py_eval_attribute(rt_py_eval *ev, rt_py_value *object,
				  rt_sv name, const rt_py_span *at)
{
	const rt_py_method *row;
	rt_py_value *v;

	switch (object->kind) {
	case RT_PY_V_OPAQUE:
		return object;
	case RT_PY_V_SYMBOL:
	case RT_PY_V_NATIVE:
		if (rt_py_symbol_of(object, RT_PY_S_PATH))
			return path_attribute(ev, object, name, at);
		v = ev->host->attr ?
			    ev->host->attr(ev->self, ev, object, name, at) :
			    NULL;
		return v ? v : rt_py_symbol_attr(ev, object, name, at);
	case RT_PY_V_CLASS:
	case RT_PY_V_INSTANCE:
		return class_attribute(ev, object, name, at);
	case RT_PY_V_MODULE:
		v = rt_py_module_attr(ev, object->u.module, name, at);
		return v ? v : rt_py_not_known(ev, at, "is not defined in the "
					       "module:", name);
	case RT_PY_V_FUNCTION:
		if (rt_sv_is(name, "__name__"))
			return rt_py_str(ev, object->u.function.name);
		break;
	default:
		break;
	}
	row = rt_py_method_find(object->kind, name);
	if (!row)
		return rt_py_opaque(ev, at, 0, "is an attribute of %s",
				    rt_py_kind_noun(object->kind));
	v = rt_py_value_new(ev, RT_PY_V_METHOD);
	v->u.method.self = object;
	v->u.method.row = row;
	return v;
}

/* ---- subscripts ---- */

static rt_py_value *one_char(rt_py_eval *ev, rt_sv s, int64_t i,
			     const rt_py_span *at)
{
	size_t n, start, end;

	if (!rt_py_look(ev, 3 * s.n))
		return ev->stopped;
	n = rt_py_chars(s);
	if (i < 0)
		i += (int64_t)n;
	if (i < 0 || (size_t)i >= n)
		return rt_py_raise(ev, at, "IndexError",
				   "string index out of range");
	start = rt_py_byte_of(s, (size_t)i);
	end = rt_py_byte_of(s, (size_t)i + 1);
	return rt_py_str(ev, rt_sv_sub(s, start, end - start));
}

static rt_py_value *missing_key(rt_py_eval *ev, rt_py_value *key,
				const rt_py_span *at)
{
	rt_str text = RT_STR_INIT;

	(void)rt_py_repr_of(ev, &text, key);
	rt_py_raise(ev, at, "KeyError", "%s", text.p);
	rt_str_free(&text);
	return ev->stopped;
}

static rt_py_value *class_member(rt_py_eval *ev, rt_py_value *cls,
				 rt_py_value *index, const rt_py_span *at)
{
	rt_py_value *v = NULL;

	if (cls->u.cls.is_enum && rt_py_is_str(index))
		v = rt_py_class_attr(ev, cls, index->u.s);
	return v ? v : rt_py_opaque(ev, at, 0, "is an item of a class");
}

rt_py_value *rt_py_eval_index(rt_py_eval *ev, rt_py_value *object,
			      rt_py_value *index, const rt_py_span *at)
{
	rt_py_entry *e;
	rt_py_value *v;
	int64_t i;

	if (object->kind == RT_PY_V_OPAQUE)
		return object;
	if (index->kind == RT_PY_V_OPAQUE)
		return index;
	if (rt_py_is_foreign(object)) {
		v = rt_py_symbol_new(ev, RT_PY_S_INDEX, object, at);
		v->u.symbol.other = index;
		return v;
	}
	if (object->kind == RT_PY_V_DICT) {
		e = rt_py_table_find(ev, &object->u.dict, index);
		return e ? e->value : missing_key(ev, index, at);
	}
	if (object->kind == RT_PY_V_CLASS)
		return class_member(ev, object, index, at);
	if (index->kind != RT_PY_V_INT && index->kind != RT_PY_V_BOOL)
		return rt_py_opaque(ev, at, 0, "is an item of %s",
				    rt_py_kind_noun(object->kind));
	i = index->u.i;
	if (object->kind == RT_PY_V_STR)
		return one_char(ev, object->u.s, i, at);
	if (object->kind != RT_PY_V_LIST && object->kind != RT_PY_V_TUPLE)
		return rt_py_opaque(ev, at, 0, "is an item of %s",
				    rt_py_kind_noun(object->kind));
	if (i < 0)
		i += (int64_t)object->u.list.n;
	if (i < 0 || (size_t)i >= object->u.list.n)
		return rt_py_raise(ev, at, "IndexError",
				   "list index out of range");
	return object->u.list.v[i];
}

/* ---- slices ---- */

/* A bound of a slice as it is written: absent, an int, or not known. */
typedef struct bound {
	enum { ABSENT, GIVEN, UNKNOWN } is;
	int64_t i;
} bound;

static bound read_bound(rt_py_eval *ev, const rt_py_expr *x)
{
	bound b = { ABSENT, 0 };
	rt_py_value *v = x ? rt_py_eval_expr(ev, x) : ev->none;

	if (rt_py_broken(ev) || v->kind == RT_PY_V_NONE)
		return b;
	b.is = v->kind == RT_PY_V_INT || v->kind == RT_PY_V_BOOL ? GIVEN :
								   UNKNOWN;
	b.i = b.is == GIVEN ? v->u.i : 0;
	return b;
}

static int64_t clamp(int64_t i, int64_t n, int64_t low, int64_t high)
{
	if (i < 0)
		i = i < -n ? low : i + n;
	return i < low ? low : i > high ? high : i;
}

static rt_py_value *slice_str(rt_py_eval *ev, rt_py_value *o, int64_t from,
			      int64_t to, int64_t step, const rt_py_span *at)
{
	const rt_sv s = o->u.s;
	size_t start, end;
	rt_str out = RT_STR_INIT;
	int64_t i;

	if (step == 1) {
		start = rt_py_byte_of(s, (size_t)from);
		end = to > from ? rt_py_byte_of(s, (size_t)to) : start;
		return rt_py_str(ev, rt_sv_sub(s, start, end - start));
	}
	if (!rt_py_is_ascii(s))
		return rt_py_opaque(ev, at, 0, "is a slice of text");
	for (i = from; step > 0 ? i < to : i > to; i += step)
		rt_str_addc(&out, s.p[i]);
	return rt_py_text_take(ev, &out);
}

rt_py_value *rt_py_eval_slice(rt_py_eval *ev, rt_py_value *o,
			      const rt_py_expr *x)
{
	bound lower = read_bound(ev, x->u.slice.lower);
	bound upper = read_bound(ev, x->u.slice.upper);
	bound by = read_bound(ev, x->u.slice.step);
	int64_t from, to, step, n, i;
	rt_py_value *v;

	if (rt_py_broken(ev))
		return ev->stopped;
	if (o->kind == RT_PY_V_OPAQUE)
		return o;
	if (o->kind != RT_PY_V_STR && o->kind != RT_PY_V_LIST &&
	    o->kind != RT_PY_V_TUPLE)
		return rt_py_opaque(ev, &x->span, 0, "is a slice of %s",
				    rt_py_kind_noun(o->kind));
	if (o->kind == RT_PY_V_STR && !rt_py_look(ev, 3 * o->u.s.n))
		return ev->stopped;
	n = (int64_t)(o->kind == RT_PY_V_STR ? rt_py_chars(o->u.s) :
					       o->u.list.n);
	step = by.is == GIVEN ? by.i : 1;
	if (lower.is == UNKNOWN || upper.is == UNKNOWN || by.is == UNKNOWN ||
	    step == 0 || step < -n - 1 || step > n + 1)
		return rt_py_opaque(ev, &x->span, 0, "is a slice with bounds "
				    "that are not known");
	from = lower.is == GIVEN ? lower.i : step > 0 ? 0 : n;
	to = upper.is == GIVEN ? upper.i : step > 0 ? n : -n - 1;
	from = step > 0 ? clamp(from, n, 0, n) : clamp(from, n, -1, n - 1);
	to = step > 0 ? clamp(to, n, 0, n) : clamp(to, n, -1, n - 1);
	if (!rt_py_step(ev, (size_t)n / 16, &x->span))
		return ev->stopped;
	if (o->kind == RT_PY_V_STR)
		return slice_str(ev, o, from, to, step, &x->span);
	v = rt_py_list_new(ev, o->kind);
	for (i = from; step > 0 ? i < to : i > to; i += step)
		rt_py_list_add(ev, v, o->u.list.v[i]);
	return v;
}

/* ---- what a loop goes over ---- */

static rt_py_value *chars_of(rt_py_eval *ev, rt_sv s, const rt_py_span *at)
{
	rt_py_value *list = rt_py_list_new(ev, RT_PY_V_LIST);
	size_t i, end;

	if (!rt_py_step(ev, s.n, at))
		return ev->stopped;
	for (i = 0; i < s.n; i = end) {
		for (end = i + 1; end < s.n; end++)
			if (((unsigned char)s.p[end] & 0xc0) != 0x80)
				break;
		rt_py_list_add(ev, list,
			       rt_py_str(ev, rt_sv_sub(s, i, end - i)));
	}
	return list;
}

static rt_py_value *keys_of(rt_py_eval *ev, const rt_py_table *t)
{
	rt_py_value *list = rt_py_list_new(ev, RT_PY_V_LIST);
	size_t i;

	if (!rt_py_look(ev, 8 * t->n))
		return ev->stopped;
	for (i = 0; i < t->n; i++)
		if (!t->v[i].gone)
			rt_py_list_add(ev, list, t->v[i].key);
	return list;
}

static rt_py_value *members_of(rt_py_eval *ev, const rt_py_value *cls)
{
	rt_py_value *list = rt_py_list_new(ev, RT_PY_V_LIST);
	const rt_py_table *t = &cls->u.cls.attrs;
	size_t i;

	if (!rt_py_look(ev, 8 * t->n))
		return ev->stopped;
	for (i = 0; i < t->n; i++)
		if (!t->v[i].gone &&
		    t->v[i].value->kind == RT_PY_V_INSTANCE)
			rt_py_list_add(ev, list, t->v[i].value);
	return list;
}

rt_py_value *rt_py_iterate(rt_py_eval *ev, rt_py_value *v,
			   const rt_py_span *at)
{
	rt_py_value *list = NULL;

	switch (v->kind) {
	case RT_PY_V_OPAQUE:
		return v;
	case RT_PY_V_LIST:
	case RT_PY_V_TUPLE:
		return v;
	case RT_PY_V_STR:
		return chars_of(ev, v->u.s, at);
	case RT_PY_V_DICT:
	case RT_PY_V_SET:
		return keys_of(ev, &v->u.dict);
	case RT_PY_V_CLASS:
		if (v->u.cls.is_enum)
			return members_of(ev, v);
		break;
	case RT_PY_V_SYMBOL:
	case RT_PY_V_NATIVE:
		if (ev->host->iterate)
			list = ev->host->iterate(ev->self, ev, v);
		break;
	default:
		break;
	}
	if (list)
		return list;
	return rt_py_opaque(ev, at, 0, "loops over %s",
			    rt_py_kind_noun(v->kind));
}
