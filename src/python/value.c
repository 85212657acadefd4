/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "python/run.h"

#include <stdarg.h>
#include <string.h>

static const char *const nouns[] = {
	[RT_PY_V_NONE] = "None",         [RT_PY_V_BOOL] = "a bool",
	[RT_PY_V_INT] = "an int",        [RT_PY_V_FLOAT] = "a float",
	[RT_PY_V_STR] = "a str",         [RT_PY_V_BYTES] = "bytes",
	[RT_PY_V_LIST] = "a list",       [RT_PY_V_TUPLE] = "a tuple",
	[RT_PY_V_SET] = "a set",         [RT_PY_V_DICT] = "a dict",
	[RT_PY_V_FUNCTION] = "a function", [RT_PY_V_METHOD] = "a method",
	[RT_PY_V_BUILTIN] = "a built-in", [RT_PY_V_CLASS] = "a class",
	[RT_PY_V_INSTANCE] = "an instance of a class",
	[RT_PY_V_SYMBOL] = "an imported name",
	[RT_PY_V_NATIVE] = "an object",
	[RT_PY_V_MODULE] = "a module",   [RT_PY_V_IMPORT] = "an import",
	  [RT_PY_V_OPAQUE] = "unknown",
};

const char *rt_py_kind_noun(rt_py_kind kind)
{
	return nouns[kind];
}

const rt_py_symbol *rt_py_symbol_of(const rt_py_value *v,
				    rt_py_symbol_form form)
{
	if (!v || v->kind != RT_PY_V_SYMBOL || v->u.symbol.form != form)
		return NULL;
	return &v->u.symbol;
}

bool rt_py_is_path(const rt_py_value *v, const char *path)
{
	const rt_py_symbol *s = rt_py_symbol_of(v, RT_PY_S_PATH);

	return s && rt_sv_is(s->name, path);
}

rt_py_value *rt_py_call_keyword(const rt_py_call *call, const char *name)
{
	size_t i;

	for (i = 0; i < call->n_kw; i++)
		if (rt_sv_is(call->kw[i].name, name))
			return call->kw[i].value;
	return NULL;
}

rt_py_value *rt_py_call_arg(const rt_py_call *call, size_t place,
			    const char *name)
{
	if (place < call->n)
		return call->v[place];
	return rt_py_call_keyword(call, name);
}

/* ---- making ---- */

void *rt_py_mem(rt_py_eval *ev, size_t n)
{
	void *p;

	(void)rt_py_room(ev, n);
	p = rt_arena_alloc(ev->arena, n ? n : 1);
	memset(p, 0, n);
	ev->bytes -= n < ev->bytes ? n : ev->bytes;
	return p;
}

rt_py_value *rt_py_instance(rt_py_eval *ev, rt_py_value *cls, const char *name,
			    rt_py_value *v)
{
	rt_py_value *out = rt_py_value_new(ev, RT_PY_V_INSTANCE);

	out->u.instance.cls = cls;
	rt_py_table_name_set(ev, &out->u.instance.attrs, rt_sv_from(name), v);
	return out;
}

rt_py_value *rt_py_value_new(rt_py_eval *ev, rt_py_kind kind)
{
	rt_py_value *v = rt_py_mem(ev, sizeof(*v));

	v->kind = kind;
	return v;
}

rt_py_value *rt_py_none(rt_py_eval *ev)
{
	return ev->none;
}

rt_py_value *rt_py_bool(rt_py_eval *ev, bool b)
{
	return b ? ev->yes : ev->no;
}

rt_py_value *rt_py_int(rt_py_eval *ev, int64_t i)
{
	rt_py_value *v = rt_py_value_new(ev, RT_PY_V_INT);

	v->u.i = i;
	return v;
}

rt_py_value *rt_py_float(rt_py_eval *ev, double f)
{
	rt_py_value *v = rt_py_value_new(ev, RT_PY_V_FLOAT);

	v->u.f = f;
	return v;
}

rt_py_value *rt_py_str(rt_py_eval *ev, rt_sv s)
{
	rt_py_value *v = rt_py_value_new(ev, RT_PY_V_STR);

	v->u.s = s;
	return v;
}

rt_py_value *rt_py_bytes(rt_py_eval *ev, rt_sv s)
{
	rt_py_value *v = rt_py_value_new(ev, RT_PY_V_BYTES);

	v->u.s = s;
	return v;
}

rt_py_value *rt_py_str_copy(rt_py_eval *ev, rt_sv s)
{
	char *p;

	if (!rt_py_room(ev, s.n))
		return ev->stopped;
	p = rt_py_mem(ev, s.n + 1);
	memcpy(p, s.p ? s.p : "", s.n);
	return rt_py_str(ev, (rt_sv){ p, s.n });
}

rt_py_value *rt_py_text_take(rt_py_eval *ev, rt_str *s)
{
	rt_py_value *v = rt_py_str_copy(ev, rt_str_sv(s));

	rt_str_free(s);
	return v;
}

rt_py_value *rt_py_list_new(rt_py_eval *ev, rt_py_kind kind)
{
	return rt_py_value_new(ev, kind);
}

rt_py_value *rt_py_dict_new(rt_py_eval *ev, rt_py_kind kind)
{
	return rt_py_value_new(ev, kind);
}

rt_py_value *rt_py_native(rt_py_eval *ev, const void *cls, void *data,
			  const rt_py_span *at)
{
	rt_py_value *v = rt_py_value_new(ev, RT_PY_V_NATIVE);

	v->u.native.cls = cls;
	v->u.native.data = data;
	v->u.native.span = *at;
	return v;
}

rt_py_value *rt_py_symbol_new(rt_py_eval *ev, rt_py_symbol_form form,
			  rt_py_value *base, const rt_py_span *at)
{
	rt_py_value *v = rt_py_value_new(ev, RT_PY_V_SYMBOL);

	v->u.symbol.form = form;
	v->u.symbol.base = base;
	v->u.symbol.span = *at;
	return v;
}

rt_py_value *rt_py_path(rt_py_eval *ev, const char *path)
{
	static const rt_py_span nowhere = { 0 };
	rt_py_value *v = rt_py_symbol_new(ev, RT_PY_S_PATH, NULL, &nowhere);

	v->u.symbol.name = rt_py_str_copy(ev, rt_sv_from(path))->u.s;
	return v;
}

rt_py_value *rt_py_symbol_call(rt_py_eval *ev, const char *path,
			       const rt_py_call *call)
{
	rt_py_value *v = rt_py_symbol_new(ev, RT_PY_S_CALL,
					  rt_py_path(ev, path), &call->span);

	v->u.symbol.call = *call;
	return v;
}

rt_py_value *rt_py_symbol_attr(rt_py_eval *ev, rt_py_value *base, rt_sv name,
			       const rt_py_span *at)
{
	rt_py_value *v = rt_py_symbol_new(ev, RT_PY_S_ATTR, base, at);

	v->u.symbol.name = name;
	return v;
}

rt_py_value *rt_py_opaque(rt_py_eval *ev, const rt_py_span *at, int flag,
			  const char *format, ...)
{
	rt_py_value *v = rt_py_value_new(ev, RT_PY_V_OPAQUE);
	rt_str text = RT_STR_INIT;
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&text, format, ap);
	va_end(ap);
	v->u.opaque.reason = rt_py_str_copy(ev, rt_str_sv(&text))->u.s;
	v->u.opaque.span = *at;
	v->u.opaque.flag = flag;
	rt_str_free(&text);
	return v;
}

rt_py_value *rt_py_not_known(rt_py_eval *ev, const rt_py_span *at,
			     const char *what, rt_sv name)
{
	return rt_py_opaque(ev, at, 0, "%s %.*s", what, (int)name.n,
			    name.p ? name.p : "");
}

void rt_py_list_add(rt_py_eval *ev, rt_py_value *list, rt_py_value *v)
{
	rt_py_items *l = &list->u.list;
	rt_py_value **grown;

	if (l->n == l->cap) {
		size_t cap = l->cap ? 2 * l->cap : 4;

		if (!rt_py_room(ev, cap * sizeof(*grown)))
			return;
		grown = rt_py_mem(ev, cap * sizeof(*grown));
		if (l->n)
			memcpy(grown, l->v, l->n * sizeof(*grown));
		l->v = grown;
		l->cap = cap;
	}
	l->v[l->n++] = v;
}

/* ---- characters ---- */

size_t rt_py_chars(rt_sv s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

size_t rt_py_byte_of(rt_sv s, size_t chars)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++) {
		if (((unsigned char)s.p[i] & 0xc0) == 0x80)
			continue;
		if (n++ == chars)
			return i;
	}
	return s.n;
}

bool rt_py_is_ascii(rt_sv s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}
