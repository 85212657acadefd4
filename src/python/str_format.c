/* SPDX-License-Identifier: MIT */
/* str.format(): fields with their paths. */
#include "config.h"

#include "python/run.h"

typedef struct fields {
	rt_py_eval *ev;
	const rt_py_call *call;
	size_t next;
	rt_py_value *unknown;
} fields;

static bool is_number(rt_sv s, size_t *out)
{
	size_t i;

	*out = 0;
	for (i = 0; i < s.n && s.n < 5; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*out = *out * 10 + (size_t)(s.p[i] - '0');
	}
	return s.n > 0 && s.n < 5;
}

static rt_py_value *argument(fields *f, rt_sv name)
{
	size_t i;

	if (name.n == 0 || is_number(name, &i)) {
		if (name.n == 0)
			i = f->next++;
		if (i < f->call->n)
			return f->call->v[i];
		return rt_py_raise(f->ev, &f->call->span, "IndexError",
				   "no argument for a field");
	}
	if (!rt_py_look(f->ev, 8 * f->call->n_kw))
		return f->ev->stopped;
	for (i = 0; i < f->call->n_kw; i++)
		if (rt_sv_eq(f->call->kw[i].name, name))
			return f->call->kw[i].value;
	return rt_py_raise(f->ev, &f->call->span, "KeyError", "%.*s",
			   (int)name.n, name.p);
}

/* `name.attribute[index]` */
static rt_py_value *walk(fields *f, rt_sv path)
{
	size_t at = 0, end, number;
	rt_py_value *v;

	while (at < path.n && path.p[at] != '.' && path.p[at] != '[')
		at++;
	v = argument(f, rt_sv_sub(path, 0, at));
	while (at < path.n && !rt_py_broken(f->ev)) {
		bool index = path.p[at] == '[';
		rt_sv name;

		for (end = ++at; end < path.n; end++)
			if (index ? path.p[end] == ']' :
				    path.p[end] == '.' || path.p[end] == '[')
				break;
		name = rt_sv_sub(path, at, end - at);
		at = index ? end + 1 : end;
		if (!index)
			v = rt_py_eval_attribute(f->ev, v, name,
						 &f->call->span);
		else
			v = rt_py_eval_index(f->ev, v,
					     is_number(name, &number) ?
					     rt_py_int(f->ev, (int64_t)number) :
					     rt_py_str(f->ev, name),
					     &f->call->span);
	}
	return v;
}

static bool add_field(fields *f, rt_str *out, rt_sv field)
{
	size_t colon = rt_sv_find(field, ':'), bang;
	rt_sv name = rt_sv_sub(field, 0, colon), spec;
	rt_str text = RT_STR_INIT;
	rt_py_value *v;
	bool known = true;

	spec = rt_sv_sub(field, colon + 1, field.n);
	bang = rt_sv_find(name, '!');
	v = walk(f, rt_sv_sub(name, 0, bang));
	if (rt_py_broken(f->ev))
		return false;
	if (bang < name.n) {
		known = name.p[name.n - 1] == 'r' ?
				rt_py_repr_of(f->ev, &text, v) :
				rt_py_str_of(f->ev, &text, v);
		if (known)
			v = rt_py_str_copy(f->ev, rt_str_sv(&text));
		rt_str_free(&text);
	}
	/* A field inside a spec: rare, and not read. */
	if (known && rt_sv_find(spec, '{') == spec.n &&
	    rt_py_format(f->ev, out, v, spec, &f->call->span))
		return true;
	if (v->kind == RT_PY_V_OPAQUE)
		f->unknown = v;
	return false;
}

/* From behind a `{` to its `}`; s.n where there is none. */
static size_t field_end(rt_sv s, size_t at)
{
	size_t depth = 1;

	for (; at < s.n; at++) {
		if (s.p[at] == '{')
			depth++;
		if (s.p[at] == '}' && --depth == 0)
			break;
	}
	return at;
}

rt_py_value *rt_py_str_format(rt_py_eval *ev, rt_sv s, const rt_py_call *call)
{
	fields f = { ev, call, 0, NULL };
	rt_str out = RT_STR_INIT;
	size_t i, end;
	bool known = rt_py_step(ev, s.n / 16, &call->span);

	for (i = 0; i < s.n && known; i++) {
		char c = s.p[i];

		if (c != '{' && c != '}') {
			rt_str_addc(&out, c);
		} else if (i + 1 < s.n && s.p[i + 1] == c) {
			rt_str_addc(&out, c);
			i++;
		} else {
			end = field_end(s, i + 1);
			known = c == '{' && end < s.n &&
				rt_py_room(ev, out.n) &&
				add_field(&f, &out,
					  rt_sv_sub(s, i + 1, end - i - 1));
			i = end;
		}
	}
	if (known && rt_py_step(ev, out.n / 64, &call->span))
		return rt_py_text_take(ev, &out);
	rt_str_free(&out);
	if (rt_py_broken(ev))
		return ev->stopped;
	return f.unknown ? f.unknown :
			   rt_py_opaque(ev, &call->span, 0,
					"formats what is not known");
}
