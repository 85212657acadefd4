/* SPDX-License-Identifier: MIT */
/* The methods of str. */
#include "config.h"

#include "python/run.h"

#include <string.h>

/* The argument at a place if it is a str, else NULL. */
static const rt_sv *text_arg(const rt_py_call *call, size_t place)
{
	if (place >= call->n || !rt_py_is_str(call->v[place]))
		return NULL;
	return &call->v[place]->u.s;
}


static rt_py_value *join(rt_py_eval *ev, rt_py_value *self,
			 const rt_py_call *call)
{
	rt_py_value *list;
	rt_str out = RT_STR_INIT;
	size_t i;

	if (call->n != 1)
		return rt_py_bad_call(ev, call, "join");
	list = rt_py_iterate(ev, call->v[0], &call->span);
	if (list->kind == RT_PY_V_OPAQUE)
		return list;
	for (i = 0; i < list->u.list.n; i++) {
		const rt_py_value *v = list->u.list.v[i];

		if (!rt_py_is_str(v) || !rt_py_step(ev, 1, &call->span) ||
		    !rt_py_room(ev, out.n)) {
			rt_str_free(&out);
			return rt_py_is_foreign(v) ||
			       v->kind == RT_PY_V_INSTANCE ?
				rt_py_opaque(ev, &call->span, 0,
					     "joins what is not known") :
			       v->kind == RT_PY_V_OPAQUE ?
				list->u.list.v[i] :
				rt_py_raise(ev, &call->span, "TypeError",
					    "joins %s",
					    rt_py_kind_noun(v->kind));
		}
		if (i)
			rt_str_addsv(&out, self->u.s);
		rt_str_addsv(&out, v->u.s);
	}
	return rt_py_text_take(ev, &out);
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static rt_py_value *split_space(rt_py_eval *ev, rt_sv s)
{
	rt_py_value *list = rt_py_list_new(ev, RT_PY_V_LIST);
	size_t i = 0, start;

	for (;;) {
		while (i < s.n && is_space(s.p[i]))
			i++;
		if (i == s.n)
			return list;
		for (start = i; i < s.n && !is_space(s.p[i]); i++)
			;
		rt_py_list_add(ev, list,
			       rt_py_str(ev, rt_sv_sub(s, start, i - start)));
	}
}

static rt_py_value *split(rt_py_eval *ev, rt_py_value *self,
			  const rt_py_call *call)
{
	const rt_sv *sep = text_arg(call, 0);
	rt_py_value *list;
	int64_t most = -1;
	rt_sv rest = self->u.s;
	const char *hit;

	if (!rt_py_step(ev, rest.n / 8, &call->span))
		return ev->stopped;
	if (call->n == 0 && call->n_kw == 0)
		return split_space(ev, rest);
	if (call->n == 2 && call->v[1]->kind == RT_PY_V_INT)
		most = call->v[1]->u.i;
	if (!sep || sep->n == 0 || call->n_kw || call->n > 2)
		return rt_py_bad_call(ev, call, "split");
	list = rt_py_list_new(ev, RT_PY_V_LIST);
	while (most != 0 && rest.n) {
		most -= most > 0;
		hit = memmem(rest.p, rest.n, sep->p, sep->n);
		if (!hit)
			break;
		rt_py_list_add(ev, list, rt_py_str(ev, (rt_sv){
					rest.p, (size_t)(hit - rest.p) }));
		rest = rt_sv_sub(rest, (size_t)(hit - rest.p) + sep->n,
				 rest.n);
	}
	rt_py_list_add(ev, list, rt_py_str(ev, rest));
	return list;
}

static rt_py_value *splitlines(rt_py_eval *ev, rt_py_value *self,
			       const rt_py_call *call)
{
	rt_py_value *list = rt_py_list_new(ev, RT_PY_V_LIST);
	rt_sv rest = self->u.s, line;

	if (call->n || call->n_kw || !rt_py_step(ev, rest.n / 8, &call->span))
		return rt_py_bad_call(ev, call, "splitlines");
	while (rt_sv_line(&rest, &line))
		rt_py_list_add(ev, list, rt_py_str(ev, line));
	return list;
}

static bool in_set(char c, const rt_sv *set)
{
	return set ? memchr(set->p, c, set->n) != NULL : is_space(c);
}

static rt_py_value *strip_sides(rt_py_eval *ev, rt_py_value *self,
				const rt_py_call *call, bool left, bool right)
{
	const rt_sv *set = text_arg(call, 0);
	size_t start = 0, end = self->u.s.n;

	if (call->n > 1 || call->n_kw || (call->n && !set) ||
	    (set && !rt_py_is_ascii(*set)))
		return rt_py_bad_call(ev, call, "strip");
	while (left && start < end && in_set(self->u.s.p[start], set))
		start++;
	while (right && end > start && in_set(self->u.s.p[end - 1], set))
		end--;
	if (!rt_py_look(ev, (self->u.s.n - (end - start)) *
			    (set ? set->n / 8 + 1 : 1)))
		return ev->stopped;
	return rt_py_str(ev, rt_sv_sub(self->u.s, start, end - start));
}

static rt_py_value *strip(rt_py_eval *ev, rt_py_value *self,
			  const rt_py_call *call)
{
	return strip_sides(ev, self, call, true, true);
}

static rt_py_value *lstrip(rt_py_eval *ev, rt_py_value *self,
			   const rt_py_call *call)
{
	return strip_sides(ev, self, call, true, false);
}

static rt_py_value *rstrip(rt_py_eval *ev, rt_py_value *self,
			   const rt_py_call *call)
{
	return strip_sides(ev, self, call, false, true);
}

static rt_py_value *replace(rt_py_eval *ev, rt_py_value *self,
			    const rt_py_call *call)
{
	const rt_sv *from = text_arg(call, 0), *to = text_arg(call, 1);
	rt_sv rest = self->u.s;
	rt_str out = RT_STR_INIT;
	const char *hit;
	int64_t most = -1;

	if (call->n == 3 && call->v[2]->kind == RT_PY_V_INT)
		most = call->v[2]->u.i;
	if (!from || !to || from->n == 0 || call->n_kw)
		return rt_py_bad_call(ev, call, "replace");
	if (!rt_py_look(ev, rest.n))
		return ev->stopped;
	while (rest.n && most != 0) {
		most -= most > 0;
		hit = memmem(rest.p, rest.n, from->p, from->n);
		if (!hit)
			break;
		if (!rt_py_step(ev, 1, &call->span) ||
		    !rt_py_room(ev, out.n)) {
			rt_str_free(&out);
			return ev->stopped;
		}
		rt_str_addn(&out, rest.p, (size_t)(hit - rest.p));
		rt_str_addsv(&out, *to);
		rest = rt_sv_sub(rest, (size_t)(hit - rest.p) + from->n,
				 rest.n);
	}
	rt_str_addsv(&out, rest);
	return rt_py_text_take(ev, &out);
}

enum { LOWER, UPPER, TITLE, CAPITALIZE };

static rt_py_value *change_case(rt_py_eval *ev, rt_py_value *self,
				const rt_py_call *call, int how)
{
	const rt_sv s = self->u.s;
	rt_str out = RT_STR_INIT;
	bool first = true;
	size_t i;

	if (!rt_py_step(ev, s.n / 16, &call->span))
		return ev->stopped;
	if (!rt_py_is_ascii(s) || call->n)
		return rt_py_opaque(ev, &call->span, 0,
				    "changes the case of text that is not "
				    "ASCII");
	for (i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';
		bool up = how == UPPER ||
			  (first && (how == TITLE || how == CAPITALIZE));

		if (lower && up)
			c = (char)(c - 'a' + 'A');
		else if (upper && !up)
			c = (char)(c - 'A' + 'a');
		first = how == TITLE ? !lower && !upper : false;
		rt_str_addc(&out, c);
	}
	return rt_py_text_take(ev, &out);
}

static rt_py_value *lower(rt_py_eval *ev, rt_py_value *self,
			  const rt_py_call *call)
{
	return change_case(ev, self, call, LOWER);
}

static rt_py_value *upper(rt_py_eval *ev, rt_py_value *self,
			  const rt_py_call *call)
{
	return change_case(ev, self, call, UPPER);
}

static rt_py_value *title(rt_py_eval *ev, rt_py_value *self,
			  const rt_py_call *call)
{
	return change_case(ev, self, call, TITLE);
}

static rt_py_value *capitalize(rt_py_eval *ev, rt_py_value *self,
			       const rt_py_call *call)
{
	return change_case(ev, self, call, CAPITALIZE);
}

static bool at_side(rt_sv s, rt_sv part, bool end)
{
	if (part.n > s.n)
		return false;
	return rt_sv_eq(rt_sv_sub(s, end ? s.n - part.n : 0, part.n), part);
}

static rt_py_value *has_side(rt_py_eval *ev, rt_py_value *self,
			     const rt_py_call *call, bool end)
{
	const rt_sv *part = text_arg(call, 0);
	size_t i;

	if (part && !rt_py_look(ev, part->n))
		return ev->stopped;
	if (part && call->n == 1)
		return rt_py_bool(ev, at_side(self->u.s, *part, end));
	if (call->n != 1 || call->v[0]->kind != RT_PY_V_TUPLE)
		return rt_py_bad_call(ev, call, "startswith");
	for (i = 0; i < call->v[0]->u.list.n; i++) {
		const rt_py_value *one = call->v[0]->u.list.v[i];

		if (!rt_py_is_str(one))
			return rt_py_bad_call(ev, call, "startswith");
		if (!rt_py_step(ev, 1, &call->span) ||
		    !rt_py_look(ev, one->u.s.n))
			return ev->stopped;
		if (at_side(self->u.s, one->u.s, end))
			return ev->yes;
	}
	return ev->no;
}

static rt_py_value *startswith(rt_py_eval *ev, rt_py_value *self,
			       const rt_py_call *call)
{
	return has_side(ev, self, call, false);
}

static rt_py_value *endswith(rt_py_eval *ev, rt_py_value *self,
			     const rt_py_call *call)
{
	return has_side(ev, self, call, true);
}

static rt_py_value *removeprefix(rt_py_eval *ev, rt_py_value *self,
				 const rt_py_call *call)
{
	const rt_sv *part = text_arg(call, 0);

	if (!part)
		return rt_py_bad_call(ev, call, "removeprefix");
	if (!rt_py_look(ev, part->n))
		return ev->stopped;
	if (!at_side(self->u.s, *part, false))
		return self;
	return rt_py_str(ev, rt_sv_sub(self->u.s, part->n, self->u.s.n));
}

static rt_py_value *removesuffix(rt_py_eval *ev, rt_py_value *self,
				 const rt_py_call *call)
{
	const rt_sv *part = text_arg(call, 0);

	if (!part)
		return rt_py_bad_call(ev, call, "removesuffix");
	if (!rt_py_look(ev, part->n))
		return ev->stopped;
	if (!at_side(self->u.s, *part, true))
		return self;
	return rt_py_str(ev, rt_sv_sub(self->u.s, 0,
				       self->u.s.n - part->n));
}

static rt_py_value *find(rt_py_eval *ev, rt_py_value *self,
			 const rt_py_call *call)
{
	const rt_sv *part = text_arg(call, 0);
	const char *hit;

	if (!part || call->n != 1)
		return rt_py_bad_call(ev, call, "find");
	if (!rt_py_look(ev, self->u.s.n))
		return ev->stopped;
	hit = part->n ? memmem(self->u.s.p, self->u.s.n, part->p, part->n) :
			self->u.s.p;
	return rt_py_int(ev, hit ? (int64_t)rt_py_chars((rt_sv){
			self->u.s.p, (size_t)(hit - self->u.s.p) }) : -1);
}

static rt_py_value *count(rt_py_eval *ev, rt_py_value *self,
			  const rt_py_call *call)
{
	const rt_sv *part = text_arg(call, 0);
	rt_sv rest = self->u.s;
	const char *hit;
	int64_t n = 0;

	if (!part || part->n == 0 || call->n != 1)
		return rt_py_bad_call(ev, call, "count");
	if (!rt_py_step(ev, self->u.s.n / 8, &call->span))
		return ev->stopped;
	while (rest.n && (hit = memmem(rest.p, rest.n, part->p, part->n))) {
		rest = rt_sv_sub(rest, (size_t)(hit - rest.p) + part->n,
				 rest.n);
		n++;
	}
	return rt_py_int(ev, n);
}

static rt_py_value *isdigit_(rt_py_eval *ev, rt_py_value *self,
			     const rt_py_call *call)
{
	size_t i;

	(void)call;
	if (!rt_py_look(ev, self->u.s.n))
		return ev->stopped;
	for (i = 0; i < self->u.s.n; i++)
		if (self->u.s.p[i] < '0' || self->u.s.p[i] > '9')
			return ev->no;
	return rt_py_bool(ev, self->u.s.n > 0);
}

static rt_py_value *zfill(rt_py_eval *ev, rt_py_value *self,
			  const rt_py_call *call)
{
	rt_str spec = RT_STR_INIT, out = RT_STR_INIT;
	bool known = false;

	if (call->n == 1 && call->v[0]->kind == RT_PY_V_INT &&
	    call->v[0]->u.i >= 0 && isdigit_(ev, self, call) == ev->yes) {
		rt_str_addf(&spec, "0>%lld", (long long)call->v[0]->u.i);
		known = rt_py_format(ev, &out, self, rt_str_sv(&spec),
				     &call->span);
	}
	rt_str_free(&spec);
	if (known)
		return rt_py_text_take(ev, &out);
	rt_str_free(&out);
	return rt_py_bad_call(ev, call, "zfill");
}

static rt_py_value *format(rt_py_eval *ev, rt_py_value *self,
			   const rt_py_call *call)
{
	return rt_py_str_format(ev, self->u.s, call);
}

static rt_py_value *encode(rt_py_eval *ev, rt_py_value *self,
			   const rt_py_call *call)
{
	const rt_sv *name = text_arg(call, 0);

	if (name && !rt_sv_is_nocase(*name, "utf-8") &&
	    !rt_sv_is_nocase(*name, "utf8"))
		return rt_py_bad_call(ev, call, "encode");
	return rt_py_bytes(ev, self->u.s);
}

#define ROW(name, run) { RT_PY_V_STR, name, run }

const rt_py_method rt_py_str_methods[] = {
	ROW("capitalize", capitalize), ROW("count", count),
	ROW("encode", encode), ROW("endswith", endswith),
	ROW("find", find), ROW("format", format),
	ROW("isdigit", isdigit_), ROW("join", join),
	ROW("lower", lower), ROW("lstrip", lstrip),
	ROW("removeprefix", removeprefix), ROW("removesuffix", removesuffix),
	ROW("replace", replace), ROW("rstrip", rstrip),
	ROW("split", split), ROW("splitlines", splitlines),
	ROW("startswith", startswith), ROW("strip", strip),
	ROW("title", title), ROW("upper", upper),
	ROW("zfill", zfill),
	{ RT_PY_V_NONE, NULL, NULL }
};
