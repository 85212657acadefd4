/* SPDX-License-Identifier: MIT */
/* str() and repr(). */
#include "config.h"

#include "python/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NESTING = 32, MAX_TEXT = 16 << 20 };

static bool repr(rt_py_eval *ev, rt_str *out, rt_py_value *v, int nesting);

/* The shortest decimal that reads back as the same number. */
static void add_float(rt_str *out, double f)
{
	char text[40];
	int digits;

	if (isnan(f) || isinf(f)) {
		rt_str_add(out, isnan(f) ? "nan" : f < 0 ? "-inf" : "inf");
		return;
	}
	for (digits = 1; digits < 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, f);
		if (!(strtod(text, NULL) < f) && !(strtod(text, NULL) > f))
			break;
	}
	if (fabs(f) >= 1e16 || (fabs(f) > 0 && fabs(f) < 1e-4)) {
		snprintf(text, sizeof(text), "%.*e", digits - 1, f);
		rt_str_add(out, text);
		return;
	}
	for (digits = 1; digits < 25; digits++) {
		snprintf(text, sizeof(text), "%.*f", digits, f);
		if (!(strtod(text, NULL) < f) && !(strtod(text, NULL) > f))
			break;
	}
	rt_str_add(out, text);
}

static void repr_str(rt_str *out, rt_sv s)
{
	bool single = memchr(s.p ? s.p : "", '\'', s.n) != NULL;
	bool twice = memchr(s.p ? s.p : "", '"', s.n) != NULL;
	char quote = single && !twice ? '"' : '\'';
	size_t i;

	rt_str_addc(out, quote);
	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == (unsigned char)quote || c == '\\')
			rt_str_addf(out, "\\%c", c);
		else if (c == '\n')
			rt_str_add(out, "\\n");
		else if (c == '\t')
			rt_str_add(out, "\\t");
		else if (c == '\r')
			rt_str_add(out, "\\r");
		else if (c < ' ' || c == 0x7f)
			rt_str_addf(out, "\\x%02x", c);
		else
			rt_str_addc(out, (char)c);
	}
	rt_str_addc(out, quote);
}

static bool repr_items(rt_py_eval *ev, rt_str *out, const rt_py_value *v,
		       int nesting)
{
	const bool tuple = v->kind == RT_PY_V_TUPLE;
	size_t i;

	rt_str_addc(out, tuple ? '(' : '[');
	for (i = 0; i < v->u.list.n; i++) {
		if (i)
			rt_str_add(out, ", ");
		if (!repr(ev, out, v->u.list.v[i], nesting + 1))
			return false;
	}
	if (tuple && v->u.list.n == 1)
		rt_str_addc(out, ',');
	rt_str_addc(out, tuple ? ')' : ']');
	return true;
}

static bool repr_table(rt_py_eval *ev, rt_str *out, const rt_py_value *v,
		       int nesting)
{
	const rt_py_table *t = &v->u.dict;
	bool first = true;
	size_t i;

	if (v->kind == RT_PY_V_SET && t->live != 1)
		return false; /* in no order */
	rt_str_addc(out, '{');
	for (i = 0; i < t->n; i++) {
		if (t->v[i].gone)
			continue;
		if (!first)
			rt_str_add(out, ", ");
		first = false;
		if (!repr(ev, out, t->v[i].key, nesting + 1))
			return false;
		if (v->kind == RT_PY_V_SET)
			continue;
		rt_str_add(out, ": ");
		if (!repr(ev, out, t->v[i].value, nesting + 1))
			return false;
	}
	rt_str_addc(out, '}');
	return true;
}

static bool repr(rt_py_eval *ev, rt_str *out, rt_py_value *v, int nesting)
{
	static const rt_py_span nowhere = { 0 };

	if (nesting > NESTING || out->n > MAX_TEXT ||
	    !rt_py_step(ev, 1, &nowhere))
		return false;
	switch (v->kind) {
	case RT_PY_V_NONE:
		rt_str_add(out, "None");
		return true;
	case RT_PY_V_BOOL:
		rt_str_add(out, v->u.i ? "True" : "False");
		return true;
	case RT_PY_V_INT:
		rt_str_addf(out, "%lld", (long long)v->u.i);
		return true;
	case RT_PY_V_FLOAT:
		add_float(out, v->u.f);
		return rt_py_look(ev, 1024);
	case RT_PY_V_STR:
		repr_str(out, v->u.s);
		return rt_py_step(ev, v->u.s.n / 16, &nowhere);
	case RT_PY_V_LIST:
	case RT_PY_V_TUPLE:
		return repr_items(ev, out, v, nesting);
	case RT_PY_V_DICT:
	case RT_PY_V_SET:
		return repr_table(ev, out, v, nesting);
	default:
		return false;
	}
}

bool rt_py_repr_of(rt_py_eval *ev, rt_str *out, rt_py_value *v)
{
	return repr(ev, out, v, 0);
}

/* What a class's own __str__ says; false: not a str. */
static bool str_by(rt_py_eval *ev, rt_str *out, rt_py_value *v,
		   rt_py_value *function)
{
	const rt_py_call call = { .v = &v, .n = 1 };
	const rt_py_value *text = rt_py_call_value(ev, function, &call);

	if (rt_py_broken(ev) || !rt_py_is_str(text))
		return false;
	rt_str_addsv(out, text->u.s);
	return true;
}

/* A member of `class A(str, Enum)` prints as "A.NAME" or as its value, as the
 * version of Python has it: not known. */
static bool str_of_member(rt_py_eval *ev, rt_str *out, rt_py_value *v)
{
	const rt_py_value *cls = v->u.instance.cls;
	rt_py_value *name = rt_py_class_attr(ev, v, RT_SV("name"));
	rt_py_value *own = rt_py_class_attr(ev, v, RT_SV("__str__"));

	if (rt_py_class_attr(ev, v, RT_SV("__format__")))
		return false;
	if (own)
		return str_by(ev, out, v, own);
	if (!cls->u.cls.is_enum || cls->u.cls.is_mixed || !name ||
	    !cls->u.cls.base || !rt_py_is_path(cls->u.cls.base, "enum.Enum"))
		return false;
	rt_str_addsv(out, cls->u.cls.name);
	rt_str_addc(out, '.');
	rt_str_addsv(out, name->u.s);
	return true;
}

bool rt_py_str_of(rt_py_eval *ev, rt_str *out, rt_py_value *v)
{
	rt_py_value *text = NULL;

	if (rt_py_is_str(v)) {
		rt_str_addsv(out, v->u.s);
		return true;
	}
	if (v->kind == RT_PY_V_INSTANCE)
		return str_of_member(ev, out, v);
	if (!rt_py_is_foreign(v))
		return repr(ev, out, v, 0);
	if (ev->host->str)
		text = ev->host->str(ev->self, ev, v);
	if (!text || !rt_py_is_str(text))
		return false;
	rt_str_addsv(out, text->u.s);
	return true;
}
