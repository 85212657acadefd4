/* SPDX-License-Identifier: MIT */
/* Formatting: the mini-language of format(), str.format() and %. */
#include "config.h"

#include "python/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WIDTH = 10000 };

typedef struct spec {
	char fill[5]; /* a character in UTF-8 */
	char align;   /* '<', '>', '^', '=', or 0 */
	char sign;    /* '+', ' ', or 0 */
	bool alternate, zero, comma;
	int width, precision; /* precision -1 = none */
	char type;    /* or 0 */
} spec;

static bool number_at(rt_sv s, size_t *i, int *out)
{
	int n = 0;

	while (*i < s.n && s.p[*i] >= '0' && s.p[*i] <= '9') {
		n = n * 10 + (s.p[(*i)++] - '0');
		if (n > MAX_WIDTH)
			return false;
	}
	*out = n;
	return true;
}

static bool is_align(char c)
{
	return c == '<' || c == '>' || c == '^' || c == '=';
}

static bool parse_spec(rt_sv s, spec *out)
{
	size_t i = 0, fill = s.n ? rt_py_byte_of(s, 1) : 0;

	memset(out, 0, sizeof(*out));
	out->precision = -1;
	out->fill[0] = ' ';
	if (fill < s.n && fill < sizeof(out->fill) && is_align(s.p[fill])) {
		memcpy(out->fill, s.p, fill);
		out->align = s.p[fill];
		i = fill + 1;
	} else if (s.n && is_align(s.p[0])) {
		out->align = s.p[i++];
	}
	if (i < s.n && (s.p[i] == '+' || s.p[i] == ' ' || s.p[i] == '-'))
		out->sign = s.p[i++];
	if (i < s.n && s.p[i] == '#') {
		out->alternate = true;
		i++;
	}
	if (i < s.n && s.p[i] == '0') {
		out->zero = true;
		i++;
	}
	if (!number_at(s, &i, &out->width))
		return false;
	if (i < s.n && s.p[i] == ',') {
		out->comma = true;
		i++;
	}
	if (i < s.n && s.p[i] == '.') {
		i++;
		if (!number_at(s, &i, &out->precision))
			return false;
	}
	if (i < s.n)
		out->type = s.p[i++];
	return i == s.n;
}

static void add_fill(rt_str *out, const spec *sp, size_t n)
{
	while (n-- > 0)
		rt_str_add(out, sp->fill);
}

/* A sign and digits, or text, brought to the width. */
static void pad(rt_str *out, const spec *sp, rt_sv sign, rt_sv body,
		char align)
{
	size_t n = rt_py_chars(body) + sign.n, left, right = 0, gap;
	char how = sp->align ? sp->align : align;

	gap = (size_t)sp->width > n ? (size_t)sp->width - n : 0;
	if (how == '<')
		right = gap;
	else if (how == '^')
		right = gap - gap / 2;
	left = gap - right;
	if (how == '=') {
		rt_str_addsv(out, sign);
		add_fill(out, sp, left);
	} else {
		add_fill(out, sp, left);
		rt_str_addsv(out, sign);
	}
	rt_str_addsv(out, body);
	add_fill(out, sp, right);
}

static void zero_pad(spec *sp)
{
	if (!sp->zero || sp->align)
		return;
	sp->fill[0] = '0';
	sp->fill[1] = '\0';
	sp->align = '=';
}

static void add_commas(rt_str *digits)
{
	rt_str out = RT_STR_INIT;
	size_t i, whole = rt_sv_find(rt_str_sv(digits), '.');

	for (i = 0; i < digits->n; i++) {
		if (i && i < whole && (whole - i) % 3 == 0)
			rt_str_addc(&out, ',');
		rt_str_addc(&out, digits->p[i]);
	}
	rt_str_free(digits);
	*digits = out;
}

static bool int_digits(rt_str *out, const spec *sp, uint64_t n)
{
	char bits[65];
	int i = 64;

	switch (sp->type) {
	case 0:
	case 'd':
	case 'i':
	case 'u':
		rt_str_addf(out, "%llu", (unsigned long long)n);
		return true;
	case 'x':
		rt_str_addf(out, sp->alternate ? "0x%llx" : "%llx",
			    (unsigned long long)n);
		return true;
	case 'X':
		rt_str_addf(out, sp->alternate ? "0X%llX" : "%llX",
			    (unsigned long long)n);
		return true;
	case 'o':
		rt_str_addf(out, sp->alternate ? "0o%llo" : "%llo",
			    (unsigned long long)n);
		return true;
	case 'b':
		bits[64] = '\0';
		do
			bits[--i] = (char)('0' + (n & 1));
		while (n >>= 1);
		rt_str_add(out, sp->alternate ? "0b" : "");
		rt_str_add(out, bits + i);
		return true;
	default:
		return false;
	}
}

static bool float_digits(rt_str *out, const spec *sp, double f)
{
	int precision = sp->precision < 0 ? 6 : sp->precision;

	switch (sp->type) {
	case 'f':
	case 'F':
		rt_str_addf(out, "%.*f", precision, f);
		return true;
	case 'e':
		rt_str_addf(out, "%.*e", precision, f);
		return true;
	case 'g':
		rt_str_addf(out, "%.*g", precision, f);
		return true;
	case '%':
		rt_str_addf(out, "%.*f%%", precision, f * 100);
		return true;
	default:
		return false;
	}
}

static bool is_float_type(char type)
{
	return type && strchr("fFeg%", type);
}

static bool format_number(rt_str *out, spec *sp, const rt_py_value *v)
{
	bool negative = v->kind == RT_PY_V_FLOAT ? v->u.f < 0 : v->u.i < 0;
	rt_str digits = RT_STR_INIT;
	const char *sign = negative ? "-" : sp->sign == '+' ? "+" :
			   sp->sign == ' ' ? " " : "";
	double f = v->kind == RT_PY_V_FLOAT ? v->u.f : (double)v->u.i;
	bool known;

	if (v->kind == RT_PY_V_FLOAT || is_float_type(sp->type))
		known = float_digits(&digits, sp, negative ? -f : f);
	else
		known = sp->precision < 0 &&
			int_digits(&digits, sp, negative ?
				   0 - (uint64_t)v->u.i : (uint64_t)v->u.i);
	if (known) {
		if (sp->comma)
			add_commas(&digits);
		zero_pad(sp);
		pad(out, sp, rt_sv_from(sign), rt_str_sv(&digits), '>');
	}
	rt_str_free(&digits);
	return known;
}

static bool format_text(rt_str *out, spec *sp, rt_sv text)
{
	if (sp->type && sp->type != 's')
		return false;
	if (sp->precision >= 0)
		text = rt_sv_sub(text, 0,
				 rt_py_byte_of(text, (size_t)sp->precision));
	zero_pad(sp);
	pad(out, sp, (rt_sv){ NULL, 0 }, text, '<');
	return true;
}

/* Wide fields and many digits take their time. */
static bool pays(rt_py_eval *ev, const spec *sp)
{
	const int precision = sp->precision > 0 ? sp->precision : 0;

	return rt_py_look(ev, (size_t)sp->width + 64 * (size_t)precision);
}

bool rt_py_format(rt_py_eval *ev, rt_str *out, rt_py_value *v, rt_sv text,
		  const rt_py_span *at)
{
	rt_str whole = RT_STR_INIT;
	spec sp;
	bool known;

	if (!rt_py_room(ev, out->n) || !rt_py_step(ev, 1, at))
		return false;
	if (text.n == 0) {
		if (v->kind == RT_PY_V_INSTANCE && v->u.instance.cls->kind ==
			    RT_PY_V_CLASS && v->u.instance.cls->u.cls.is_mixed)
			return false;
		return rt_py_str_of(ev, out, v);
	}
	if (!parse_spec(text, &sp) || !pays(ev, &sp))
		return false;
	if (v->kind == RT_PY_V_STR)
		return format_text(out, &sp, v->u.s);
	if (v->kind == RT_PY_V_INT ||
	    (v->kind == RT_PY_V_FLOAT && is_float_type(sp.type)))
		return format_number(out, &sp, v);
	known = !sp.type && rt_py_str_of(ev, &whole, v);
	if (known)
		known = format_text(out, &sp, rt_str_sv(&whole));
	rt_str_free(&whole);
	return known;
}

/* ---- % ---- */

typedef struct percent {
	rt_py_eval *ev;
	rt_py_value *args;
	size_t next;
	const rt_py_span *at;
	rt_py_value *unknown;
} percent;

static rt_py_value *next_arg(percent *p)
{
	if (p->args->kind == RT_PY_V_TUPLE) {
		if (p->next < p->args->u.list.n)
			return p->args->u.list.v[p->next++];
	} else if (p->next++ == 0) {
		return p->args;
	}
	rt_py_raise(p->ev, p->at, "TypeError",
		    "not enough arguments for format string");
	return p->ev->stopped;
}

static rt_py_value *named_arg(percent *p, rt_sv name)
{
	rt_py_value *v = NULL;

	if (p->args->kind == RT_PY_V_OPAQUE)
		return p->args;
	if (p->args->kind == RT_PY_V_DICT)
		v = rt_py_table_name(p->ev, &p->args->u.dict, name);
	if (!v)
		v = rt_py_raise(p->ev, p->at, "KeyError", "%.*s", (int)name.n,
				name.p);
	return v;
}

static bool add_percent(percent *p, rt_str *out, rt_py_value *v, spec *sp)
{
	rt_str text = RT_STR_INIT;
	bool known;

	if (v->kind == RT_PY_V_OPAQUE) {
		p->unknown = v;
		return false;
	}
	if (sp->type == 's' || sp->type == 'r') {
		known = sp->type == 's' ? rt_py_str_of(p->ev, &text, v) :
					  rt_py_repr_of(p->ev, &text, v);
		sp->type = 0;
		if (!sp->align)
			sp->align = '>';
		if (known)
			known = format_text(out, sp, rt_str_sv(&text));
		rt_str_free(&text);
		return known;
	}
	if (v->kind == RT_PY_V_BOOL || v->kind == RT_PY_V_INT ||
	    v->kind == RT_PY_V_FLOAT) {
		rt_py_value whole = *v;

		if (v->kind == RT_PY_V_FLOAT && !is_float_type(sp->type)) {
			if (!(v->u.f > -9e15 && v->u.f < 9e15))
				return false;
			whole.kind = RT_PY_V_INT;
			whole.u.i = (int64_t)v->u.f;
		} else if (v->kind == RT_PY_V_BOOL) {
			whole.kind = RT_PY_V_INT;
		}
		return format_number(out, sp, &whole);
	}
	return false;
}

/* One directive, from behind its `%`. */
static bool directive(percent *p, rt_str *out, rt_sv f, size_t *i)
{
	rt_py_value *v = NULL;
	spec sp;
	size_t end;

	memset(&sp, 0, sizeof(sp));
	sp.precision = -1;
	sp.fill[0] = ' ';
	if (*i < f.n && f.p[*i] == '(') {
		end = rt_sv_find(rt_sv_sub(f, *i, f.n), ')') + *i;
		if (end >= f.n)
			return false;
		v = named_arg(p, rt_sv_sub(f, *i + 1, end - *i - 1));
		*i = end + 1;
	}
	for (; *i < f.n && strchr("-+ 0#", f.p[*i]) && f.p[*i]; (*i)++) {
		if (f.p[*i] == '-')
			sp.align = '<';
		else if (f.p[*i] == '0')
			sp.zero = true;
		else if (f.p[*i] == '#')
			sp.alternate = true;
		else
			sp.sign = f.p[*i];
	}
	if (!number_at(f, i, &sp.width))
		return false;
	if (*i < f.n && f.p[*i] == '.') {
		(*i)++;
		if (!number_at(f, i, &sp.precision))
			return false;
	}
	if (*i >= f.n)
		return false;
	sp.type = f.p[(*i)++];
	if (sp.type == '%') {
		rt_str_addc(out, '%');
		return true;
	}
	if (!v)
		v = next_arg(p);
	if (rt_py_broken(p->ev) || !pays(p->ev, &sp))
		return false;
	return add_percent(p, out, v, &sp);
}

rt_py_value *rt_py_percent(rt_py_eval *ev, rt_sv f, rt_py_value *args,
			   const rt_py_span *at)
{
	percent p = { ev, args, 0, at, NULL };
	rt_str out = RT_STR_INIT;
	size_t i = 0, cut;
	bool known = rt_py_look(ev, f.n);

	while (i < f.n && known) {
		cut = rt_sv_find(rt_sv_sub(f, i, f.n), '%');
		rt_str_addn(&out, f.p + i, cut);
		i += cut;
		if (i++ < f.n)
			known = rt_py_step(ev, 1, at) &&
				rt_py_room(ev, out.n) &&
				directive(&p, &out, f, &i);
	}
	if (known && rt_py_step(ev, out.n / 64, at))
		return rt_py_text_take(ev, &out);
	rt_str_free(&out);
	if (rt_py_broken(ev))
		return ev->stopped;
	return p.unknown ? p.unknown :
			   rt_py_opaque(ev, at, 0, "formats what is not known");
}
