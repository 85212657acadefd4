/* SPDX-License-Identifier: MIT */
/* Python values as literals of SQL; text() with its parameters. */
#include "config.h"

#include "alembic/am.h"

#include <string.h>

#include "text/colon.h"

/* ---- dates ---- */

static bool number_at(const rt_py_call *call, size_t i, const char *name,
		      long long *out)
{
	const rt_py_value *v = rt_py_call_arg(call, i, name);

	if (!v)
		return true;
	*out = v->u.i;
	return v->kind == RT_PY_V_INT;
}

static bool datetime(rt_am *am, rt_str *out, const rt_am_ref *ref)
{
	long long d[7] = { 0 };
	static const char *const names[] = { "year", "month", "day", "hour",
					     "minute", "second",
					     "microsecond" };
	rt_sv name = ref->name;
	bool date, only;
	size_t i;

	while (rt_sv_find(name, '.') < name.n)
		name = rt_sv_sub(name, rt_sv_find(name, '.') + 1, name.n);
	only = rt_sv_is(name, "date");
	date = only || rt_sv_is(name, "datetime");
	if (!date && !rt_sv_is(name, "time"))
		return rt_am_fail(am, ref->v, "a value is not known");
	for (i = date ? 0 : 3; i < (only ? 3u : 7u); i++)
		if (!number_at(ref->call, date ? i : i - 3, names[i], &d[i]))
			return rt_am_fail(am, ref->v, "a date is not known");
	if (rt_py_call_keyword(ref->call, "tzinfo"))
		return rt_am_fail(am, ref->v, "a time with a zone");
	rt_str_addc(out, '\'');
	if (date)
		rt_str_addf(out, "%04lld-%02lld-%02lld", d[0], d[1], d[2]);
	if (date && !only)
		rt_str_addc(out, ' ');
	if (!only)
		rt_str_addf(out, "%02lld:%02lld:%02lld", d[3], d[4], d[5]);
	/* SQLite's driver writes microseconds always. */
	if (!only && (d[6] || !am->pg))
		rt_str_addf(out, ".%06lld", d[6]);
	rt_str_addc(out, '\'');
	return true;
}

static bool standard(rt_am *am, rt_str *out, const rt_am_ref *ref)
{
	const rt_py_value *v;

	if (!ref->call)
		return rt_am_fail(am, ref->v, "a value is not known");
	v = rt_py_call_arg(ref->call, 0, "value");
	if (rt_sv_starts(ref->name, "datetime."))
		return datetime(am, out, ref);
	if (v && rt_sv_is(ref->name, "decimal.Decimal") &&
	    (rt_py_is_str(v) || v->kind == RT_PY_V_INT))
		return rt_py_str_of(am->ev, out, (rt_py_value *)(uintptr_t)v);
	if (rt_sv_is(ref->name, "uuid.UUID") && ref->call->n == 1 &&
	    rt_py_is_str(ref->call->v[0]))
		return rt_am_value(am, out, ref->call->v[0], NULL);
	return rt_am_fail(am, ref->v, "a value is not known");
}

/* ---- values ---- */

static bool json_value(rt_am *am, rt_str *out, const rt_py_value *v)
{
	rt_py_value *copy = (rt_py_value *)(uintptr_t)v, *text;
	rt_py_call call = { .v = &copy, .n = 1, .span = am->at };

	text = rt_py_call_value(am->ev, rt_py_path(am->ev, "json.dumps"),
				&call);
	if (!rt_py_is_str(text))
		return rt_am_fail(am, text, "a value of JSON is not known");
	rt_am_literal(am, out, text->u.s);
	return true;
}

static void uuid_text(rt_str *out, rt_sv text)
{
	size_t i;

	rt_str_addc(out, '\'');
	for (i = 0; i < text.n; i++)
		if (text.p[i] != '-')
			rt_str_addc(out, text.p[i]);
	rt_str_addc(out, '\'');
}

static bool bytes_value(rt_am *am, rt_str *out, rt_sv s)
{
	size_t i;

	rt_str_add(out, am->pg ? "'\\x" : "X'");
	for (i = 0; i < s.n; i++)
		rt_str_addf(out, "%02x", (unsigned char)s.p[i]);
	rt_str_addc(out, '\'');
	return true;
}

static bool array_value(rt_am *am, rt_str *out, const rt_py_value *v)
{
	size_t i;

	if (!am->pg)
		return rt_am_fail(am, v, "a list is no value");
	rt_str_add(out, "ARRAY[");
	for (i = 0; i < v->u.list.n; i++) {
		rt_str_add(out, i ? ", " : "");
		if (!rt_am_value(am, out, v->u.list.v[i], NULL))
			return false;
	}
	rt_str_addc(out, ']');
	return true;
}

/*
 * A member of an Enum: to an enum its name; to anything else a member that is
 * a str, too, is that.
 */
static bool member_value(rt_am *am, rt_str *out, const rt_py_value *v,
			 const rt_am_type *type)
{
	const rt_py_value *cls = v->u.instance.cls;
	const bool is_enum = rt_am_type_is(type, "enum");
	const rt_py_value *as;

	as = rt_py_class_attr(am->ev, (rt_py_value *)(uintptr_t)v,
			      is_enum ? RT_SV("name") : RT_SV("value"));
	if (!cls->u.cls.is_enum || !as || !rt_py_is_str(as) ||
	    (!is_enum && !cls->u.cls.is_mixed))
		return rt_am_fail(am, v, "a value is %s",
				  rt_py_kind_noun(v->kind));
	if (is_enum && type->call &&
	    rt_py_call_keyword(type->call, "values_callable"))
		return rt_am_fail(am, v, "a member of an enum with "
				  "values_callable");
	rt_am_literal(am, out, as->u.s);
	return true;
}

/* None in a column of JSON is JSON's null, if it does not say otherwise. */
static bool none_is_null(rt_am *am, const rt_am_type *type)
{
	const rt_py_value *v = type->call ?
		rt_py_call_arg(type->call, 0, "none_as_null") : NULL;

	return v && rt_py_truth_of(am->ev, (rt_py_value *)(uintptr_t)v) ==
			    RT_PY_TRUTHY;
}

static bool value(rt_am *am, rt_str *out, const rt_py_value *v,
		  const rt_am_type *type)
{
	rt_am_ref ref;

	v = rt_am_type_bind(am, type, v);
	if (rt_am_type_is(type, "json") &&
	    (v->kind != RT_PY_V_NONE || !none_is_null(am, type)) &&
	    v->kind != RT_PY_V_SYMBOL && v->kind != RT_PY_V_OPAQUE)
		return json_value(am, out, v);
	switch (v->kind) {
	case RT_PY_V_NONE:
		rt_str_add(out, "NULL");
		return true;
	case RT_PY_V_BOOL:
		rt_str_add(out, am->pg ? (v->u.i ? "true" : "false") :
					 (v->u.i ? "1" : "0"));
		return true;
	case RT_PY_V_INT:
		if (rt_am_type_is(type, "bool") && am->pg) {
			rt_str_add(out, v->u.i ? "true" : "false");
			return true;
		}
		rt_str_addf(out, "%lld", (long long)v->u.i);
		return true;
	case RT_PY_V_FLOAT:
		return rt_py_repr_of(am->ev, out,
				     (rt_py_value *)(uintptr_t)v);
	case RT_PY_V_STR:
		if (rt_am_type_is(type, "uuid") && !am->pg)
			uuid_text(out, v->u.s);
		else
			rt_am_literal(am, out, v->u.s);
		return true;
	case RT_PY_V_BYTES:
		return bytes_value(am, out, v->u.s);
	case RT_PY_V_DICT:
		return json_value(am, out, v);
	case RT_PY_V_LIST:
	case RT_PY_V_TUPLE:
		return array_value(am, out, v);
	case RT_PY_V_INSTANCE:
		return member_value(am, out, v, type);
	case RT_PY_V_SYMBOL:
		if (rt_am_ref_of(v, &ref) && ref.space == RT_AM_STDLIB)
			return standard(am, out, &ref);
		return rt_am_expr(am, out, v, 0);
	default:
		break;
	}
	return rt_am_fail(am, v, "a value is %s", rt_py_kind_noun(v->kind));
}

bool rt_am_value(rt_am *am, rt_str *out, const rt_py_value *v,
		 const rt_am_type *type)
{
	bool ok;

	if (!rt_am_enter(am, v))
		return false;
	ok = value(am, out, v, type);
	rt_am_leave(am);
	return ok;
}

/* ---- text() ---- */

static const rt_py_value *param_of(rt_am *am, const rt_py_call *params,
				   rt_sv name)
{
	size_t i;

	if (params && !rt_py_look(am->ev, 8 * (params->n_kw + params->n)))
		return NULL;
	for (i = 0; params && i < params->n_kw; i++)
		if (rt_sv_eq(params->kw[i].name, name))
			return params->kw[i].value;
	for (i = 0; params && i < params->n; i++) {
		const rt_py_call *bind =
			rt_am_call_of(params->v[i], RT_AM_SA, "bindparam");

		if (bind && bind->n && rt_py_is_str(bind->v[0]) &&
		    rt_sv_eq(bind->v[0]->u.s, name))
			return params->v[i];
	}
	return NULL;
}

/* A parameter's value; a list where it may expand is "(1, 2)". */
static bool add_param(rt_am *am, rt_str *out, rt_sv name,
		      const rt_py_call *params)
{
	const rt_py_value *v = param_of(am, params, name);
	const rt_py_value *given;
	const rt_am_type *type = NULL;
	const rt_py_call *bind;
	rt_am_type own;
	size_t i;

	if (!v)
		return rt_am_fail(am, NULL, "the parameter :%.*s has no value",
				  (int)name.n, name.p);
	bind = rt_am_call_of(v, RT_AM_SA, "bindparam");
	if (bind) {
		if (!rt_am_core_keywords(am, "sa", RT_SV("bindparam"), bind))
			return false;
		given = rt_py_call_arg(bind, 2, "type_");
		if (!rt_am_is_none(given) && rt_am_type_of(am, given, &own))
			type = &own;
		v = rt_py_call_arg(bind, 1, "value");
		if (!v)
			return rt_am_fail(am, NULL,
					  "the parameter :%.*s has no value",
					  (int)name.n, name.p);
		if (rt_py_call_keyword(bind, "expanding") &&
		    (v->kind == RT_PY_V_LIST || v->kind == RT_PY_V_TUPLE)) {
			rt_str_addc(out, '(');
			for (i = 0; i < v->u.list.n; i++) {
				rt_str_add(out, i ? ", " : "");
				if (!rt_am_value(am, out, v->u.list.v[i],
						 type))
					return false;
			}
			rt_str_addc(out, ')');
			return true;
		}
	}
	if (v->kind == RT_PY_V_TUPLE && am->pg) {
		/* As psycopg2 adapts it. */
		rt_str_addc(out, '(');
		for (i = 0; i < v->u.list.n; i++) {
			rt_str_add(out, i ? ", " : "");
			if (!rt_am_value(am, out, v->u.list.v[i], NULL))
				return false;
		}
		rt_str_addc(out, ')');
		return true;
	}
	return rt_am_value(am, out, v, type);
}

bool rt_am_raw(rt_am *am, rt_str *out, rt_sv t, const rt_py_call *params)
{
	rt_colon colon = RT_COLON_INIT;
	bool ok = true;
	size_t i = 0, end;

	while (ok && i < t.n) {
		if (t.p[i] == '\\' && rt_colon_is_escape(&colon, t, i, &end)) {
			rt_str_addsv(out, rt_sv_sub(t, i + 1, end - i - 1));
			i = end;
		} else if (t.p[i] == ':' &&
			   rt_colon_is_param(&colon, t, i, &end)) {
			ok = add_param(am, out,
				       rt_sv_sub(t, i + 1, end - i - 1),
				       params);
			i = end;
		} else {
			rt_str_addc(out, t.p[i++]);
		}
	}
	rt_colon_free(&colon);
	return ok;
}

/* ---- DEFAULT ---- */

bool rt_am_default(rt_am *am, rt_str *out, const rt_py_value *v)
{
	const rt_py_value *base;
	const rt_py_call *call;
	rt_sv name, schema;
	rt_str sequence = RT_STR_INIT;

	if (rt_py_is_str(v)) {
		rt_am_literal(am, out, v->u.s);
		return true;
	}
	if (rt_am_method_of(v, "next_value", &base, &call)) {
		call = rt_am_call_of(base, RT_AM_SA, "Sequence");
		if (!call || !call->n || !am->pg ||
		    !rt_am_text(am, call->v[0], &name) ||
		    !rt_am_text(am, rt_py_call_keyword(call, "schema"),
				&schema))
			return rt_am_fail(am, v, "a sequence is not known");
		rt_am_quote_dotted(am, &sequence, schema, name);
		rt_str_add(out, "nextval(");
		rt_am_literal(am, out, rt_str_sv(&sequence));
		rt_str_addc(out, ')');
		rt_str_free(&sequence);
		return true;
	}
	if (v->kind == RT_PY_V_SYMBOL)
		return rt_am_expr(am, out, v, 0);
	if (v->kind == RT_PY_V_INSTANCE)
		return rt_am_fail(am, v, "a default is no str");
	return rt_am_fail(am, v, "a default is %s",
			  rt_py_kind_noun(v->kind));
}
