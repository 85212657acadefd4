/* SPDX-License-Identifier: MIT */
/* What an imported name stands for, and simple arguments. */
#include "config.h"

#include "alembic/am.h"

#include <stdarg.h>
#include <string.h>

/* The last component of a path. */
static rt_sv last(rt_sv path)
{
	size_t i;

	for (i = path.n; i > 0; i--)
		if (path.p[i - 1] == '.')
			return rt_sv_sub(path, i, path.n);
	return path;
}

static bool under(rt_sv path, const char *prefix, rt_sv *rest)
{
	size_t n = strlen(prefix);

	if (!rt_sv_starts(path, prefix) || path.n <= n || path.p[n] != '.')
		return false;
	*rest = rt_sv_sub(path, n + 1, path.n);
	return true;
}

static rt_am_space sa_space(rt_sv rest, rt_sv *name)
{
	rt_sv of;

	*name = last(rest);
	if (under(rest, "func", name) || under(rest, "sql.func", name) ||
	    under(rest, "sql.expression.func", name) ||
	    under(rest, "sql.functions", name))
		return RT_AM_FUNC;
	if (!under(rest, "dialects", &of))
		return RT_AM_SA;
	*name = last(of);
	if (rt_sv_starts(of, "postgresql"))
		return RT_AM_POSTGRESQL;
	if (rt_sv_starts(of, "sqlite"))
		return RT_AM_SQLITE;
	return RT_AM_DIALECT;
}

static rt_am_space space_of(rt_sv path, rt_sv *name)
{
	rt_sv rest;

	*name = path;
	if (under(path, "sqlalchemy", &rest))
		return sa_space(rest, name);
	if (under(path, "alembic.op", name))
		return RT_AM_OP;
	if (under(path, "alembic.context", name))
		return RT_AM_CONTEXT;
	if (under(path, "datetime", &rest) || under(path, "decimal", &rest) ||
	    under(path, "uuid", &rest))
		return RT_AM_STDLIB;
	return RT_AM_OTHER;
}

bool rt_am_ref_of(const rt_py_value *v, rt_am_ref *out)
{
	const rt_py_symbol *s;

	memset(out, 0, sizeof(*out));
	if (!v)
		return false;
	out->v = v;
	s = rt_py_symbol_of(v, RT_PY_S_CALL);
	if (s) {
		out->call = &s->call;
		v = s->base;
	}
	s = rt_py_symbol_of(v, RT_PY_S_PATH);
	if (!s)
		return false;
	out->space = space_of(s->name, &out->name);
	return true;
}

bool rt_am_is(const rt_py_value *v, rt_am_space space, const char *name)
{
	rt_am_ref ref;

	return rt_am_ref_of(v, &ref) && ref.space == space &&
	       rt_sv_is(ref.name, name);
}

const rt_py_call *rt_am_call_of(const rt_py_value *v, rt_am_space space,
				const char *name)
{
	rt_am_ref ref;

	if (rt_am_ref_of(v, &ref) && ref.space == space &&
	    rt_sv_is(ref.name, name))
		return ref.call;
	return NULL;
}

bool rt_am_method_of(const rt_py_value *v, const char *name,
		     const rt_py_value **base, const rt_py_call **call)
{
	const rt_py_symbol *s = rt_py_symbol_of(v, RT_PY_S_CALL), *attr;

	attr = s ? rt_py_symbol_of(s->base, RT_PY_S_ATTR) : NULL;
	if (!attr || (name && !rt_sv_is(attr->name, name)))
		return false;
	*base = attr->base;
	*call = &s->call;
	return true;
}

bool rt_am_member_of(const rt_py_value *v, const rt_py_value **table,
		     rt_sv *name)
{
	const rt_py_symbol *s = rt_py_symbol_of(v, RT_PY_S_ATTR), *c;

	if (s) {
		*name = s->name;
	} else {
		s = rt_py_symbol_of(v, RT_PY_S_INDEX);
		if (!s || !rt_py_is_str(s->other))
			return false;
		*name = s->other->u.s;
	}
	c = rt_py_symbol_of(s->base, RT_PY_S_ATTR);
	if (!c || (!rt_sv_is(c->name, "c") && !rt_sv_is(c->name, "columns")))
		return false;
	*table = c->base;
	return true;
}

/* ---- troubles ---- */

__attribute__((format(printf, 4, 0)))
static bool fail(rt_am *am, const rt_py_value *v, int flag, const char *format,
		 va_list ap)
{
	const rt_py_span *at = &am->at;
	const rt_py_symbol *path;
	rt_str text = RT_STR_INIT;
	rt_py_value *why;

	rt_str_addv(&text, format, ap);
	path = v ? rt_py_symbol_of(v, RT_PY_S_PATH) : NULL;
	if (v && v->kind == RT_PY_V_OPAQUE) {
		rt_py_eval_trouble(am->ev, v, at, NULL);
	} else {
		/* An import's own place is where it is imported. */
		if (path)
			rt_str_addf(&text, ": %.*s", (int)path->name.n,
				    path->name.p);
		else if (v && v->kind == RT_PY_V_SYMBOL &&
			 v->u.symbol.span.line)
			at = &v->u.symbol.span;
		why = rt_py_opaque(am->ev, at, flag, "%s", text.p);
		rt_py_eval_trouble(am->ev, why, at, NULL);
	}
	rt_str_free(&text);
	return false;
}

bool rt_am_fail(rt_am *am, const rt_py_value *v, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	fail(am, v, RT_ALEMBIC_UNKNOWN, format, ap);
	va_end(ap);
	return false;
}

bool rt_am_may_go_on(rt_am *am)
{
	enum { MOST = 2000000 };

	if (am->work > MOST)
		return false; /* said already */
	return ++am->work <= MOST ||
	       rt_am_fail(am, NULL, "the expressions are too long");
}

bool rt_am_enter(rt_am *am, const rt_py_value *v)
{
	enum { DEEPEST = 200 };

	if (am->depth >= DEEPEST)
		return rt_am_fail(am, v, "an expression is nested too deep");
	am->depth++;
	return true;
}

bool rt_am_fail_schema(rt_am *am, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	fail(am, NULL, RT_ALEMBIC_NEEDS_SCHEMA, format, ap);
	va_end(ap);
	return false;
}

/* ---- arguments ---- */

bool rt_am_text(rt_am *am, const rt_py_value *v, rt_sv *out)
{
	const rt_py_call *call;

	*out = (rt_sv){ NULL, 0 };
	if (rt_am_is_none(v))
		return true;
	call = rt_am_call_of(v, RT_AM_SA, "quoted_name");
	if (call && call->n)
		v = call->v[0];
	if (!rt_py_is_str(v))
		return rt_am_fail(am, v, "a name is %s",
				  rt_py_kind_noun(v->kind));
	*out = v->u.s;
	if (!out->p)
		out->p = "";
	return true;
}

bool rt_am_texts(rt_am *am, rt_py_value *v, rt_am_names *out)
{
	rt_py_value *list;
	size_t i;
	rt_sv name;

	if (rt_am_is_none(v))
		return true;
	if (rt_py_is_str(v)) {
		rt_vec_push(out, v->u.s);
		return true;
	}
	list = rt_py_iterate(am->ev, v, &am->at);
	if (list->kind == RT_PY_V_OPAQUE)
		return rt_am_fail(am, list, "names are not known");
	if (!rt_py_look(am->ev, 16 * list->u.list.n))
		return false;
	for (i = 0; i < list->u.list.n; i++) {
		if (!rt_am_text(am, list->u.list.v[i], &name))
			return false;
		rt_vec_push(out, name);
	}
	return true;
}

bool rt_am_flag(rt_am *am, const rt_py_value *v, bool absent, bool *out)
{
	*out = absent;
	if (rt_am_is_none(v))
		return true;
	if (v->kind == RT_PY_V_BOOL || v->kind == RT_PY_V_INT) {
		*out = v->u.i != 0;
		return true;
	}
	return rt_am_fail(am, v, "a flag is %s", rt_py_kind_noun(v->kind));
}

rt_py_value *rt_am_option(const rt_am *am, const rt_py_call *call,
			  const char *name)
{
	char whole[64];
	const char *dialect = am->pg ? "postgresql" : "sqlite";
	size_t n = strlen(dialect);

	if (!call || n + 1 + strlen(name) >= sizeof(whole))
		return NULL;
	memcpy(whole, dialect, n);
	whole[n] = '_';
	memcpy(whole + n + 1, name, strlen(name) + 1);
	return rt_py_call_keyword(call, whole);
}
