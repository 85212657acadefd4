/* SPDX-License-Identifier: MIT */
/* Expressions that are called by name: functions, text(), case(), literal(). */
#include "config.h"

#include "alembic/core.h"

#include <string.h>

/* ---- functions ---- */

/* Those that SQL knows without parentheses. */
static const char *const ansi[] = {
	"current_date", "current_time", "current_timestamp", "current_user",
	"localtime", "localtimestamp", "session_user", "user", "sysdate",
};

bool rt_am_function(rt_am *am, rt_am_piece *out, const rt_am_ref *ref,
		     unsigned flags)
{
	rt_sv name = ref->name, part;
	rt_str *sql = &out->sql;
	bool first = true;
	size_t i;

	if (!ref->call)
		return rt_am_fail(am, ref->v, "a function that is not called");
	if (!rt_am_core_keywords(am, "sa", RT_SV("func"), ref->call))
		return false;
	if (rt_sv_is(name, "now") && ref->call->n == 0) {
		rt_str_add(sql, am->pg ? "now()" : "CURRENT_TIMESTAMP");
		return true;
	}
	for (i = 0; i < sizeof(ansi) / sizeof(ansi[0]); i++)
		if (rt_sv_is_nocase(name, ansi[i])) {
			const char *p;

			for (p = ansi[i]; *p; p++)
				rt_str_addc(sql, *p == '_' ? '_' :
					    (char)(*p - 'a' + 'A'));
			return true;
		}
	if (rt_sv_is(name, "count") && ref->call->n == 0) {
		rt_str_add(sql, "count(*)");
		return true;
	}
	if (rt_sv_is_nocase(name, "cast") && ref->call->n == 2 &&
	    rt_am_looks_like_type(ref->call->v[1])) {
		rt_str_add(sql, "CAST(");
		if (!rt_am_expr(am, sql, ref->call->v[0], flags))
			return false;
		rt_str_add(sql, " AS ");
		if (!rt_am_type_sql(am, ref->call->v[1], sql))
			return false;
		rt_str_addc(sql, ')');
		return true;
	}
	while (rt_sv_split(&name, '.', &part)) {
		size_t n = part.n;

		/* `func.if_` is how one spells a keyword. */
		if (n > 1 && part.p[n - 1] == '_')
			part.n--;
		rt_str_add(sql, first ? "" : ".");
		first = false;
		for (i = 0; i < part.n; i++)
			if (!((part.p[i] >= 'a' && part.p[i] <= 'z') ||
			      (part.p[i] >= 'A' && part.p[i] <= 'Z') ||
			      (part.p[i] >= '0' && part.p[i] <= '9') ||
			      part.p[i] == '_'))
				break;
		if (i < part.n)
			rt_am_quote(am, sql, part);
		else
			rt_str_addsv(sql, part);
	}
	rt_str_addc(sql, '(');
	if (!rt_am_args(am, sql, ref->call, 0, flags))
		return false;
	rt_str_addc(sql, ')');
	return true;
}

/* ---- what sqlalchemy exports ---- */

static bool case_of(rt_am *am, rt_am_piece *out, const rt_py_call *call,
		    unsigned flags)
{
	const rt_py_value *orelse = rt_py_call_keyword(call, "else_");
	const rt_py_value *list = NULL;
	bool ok = true;
	size_t i, n = call->n;

	if (n == 1 && call->v[0]->kind == RT_PY_V_LIST) {
		list = call->v[0];
		n = list->u.list.n;
	}
	if (rt_py_call_keyword(call, "value"))
		return rt_am_fail(am, NULL, "a case() with a value");
	rt_str_add(&out->sql, "CASE");
	for (i = 0; ok && i < n; i++) {
		const rt_py_value *pair = list ? list->u.list.v[i] :
						 call->v[i];
		rt_am_piece a = RT_AM_PIECE_INIT, b = a;

		if (pair->kind != RT_PY_V_TUPLE || pair->u.list.n != 2)
			return rt_am_fail(am, pair, "a case() of another "
					  "form");
		ok = rt_am_compile(am, &a, pair->u.list.v[0], flags, NULL) &&
		     rt_am_compile(am, &b, pair->u.list.v[1], flags, NULL);
		rt_str_addf(&out->sql, " WHEN ");
		rt_am_wrap(&out->sql, &a, RT_AM_P_ATOM - 1, NULL, false);
		rt_str_addf(&out->sql, " THEN %s", b.sql.p);
		rt_str_free(&a.sql);
		rt_str_free(&b.sql);
	}
	if (ok && orelse) {
		rt_str_add(&out->sql, " ELSE ");
		ok = rt_am_expr(am, &out->sql, orelse, flags);
	}
	rt_str_add(&out->sql, " END");
	return ok;
}

static bool text_arg(rt_am *am, const rt_py_value *v, rt_sv *out)
{
	if (v && rt_py_is_str(v)) {
		*out = v->u.s;
		return true;
	}
	return rt_am_fail(am, v, "text is not known");
}

static bool constant(rt_am *am, rt_am_piece *out, const rt_am_ref *ref)
{
	if (rt_sv_is(ref->name, "null"))
		rt_str_add(&out->sql, "NULL");
	else if (rt_sv_is(ref->name, "true"))
		rt_str_add(&out->sql, am->pg ? "true" : "1");
	else if (rt_sv_is(ref->name, "false"))
		rt_str_add(&out->sql, am->pg ? "false" : "0");
	else
		return false;
	return true;
}

/* literal(v, type), bindparam("n", v): the value. */
static bool literal(rt_am *am, rt_am_piece *out, const rt_py_value *v,
		    const rt_py_value *given, const rt_am_type *type)
{
	rt_am_type own;

	if (given && rt_am_type_of(am, given, &own))
		type = &own;
	return rt_am_value(am, &out->sql, v, type);
}

bool rt_am_exported(rt_am *am, rt_am_piece *out, const rt_am_ref *ref,
		     unsigned flags, const rt_am_type *type)
{
	const rt_py_call *call = ref->call;
	const rt_sv name = ref->name;
	rt_sv text;

	if (constant(am, out, ref))
		return true;
	if (!call)
		return rt_am_fail(am, ref->v, "%.*s is not known in an "
				  "expression", (int)name.n, name.p);
	if (!rt_sv_is(name, "Column") &&
	    !rt_am_core_keywords(am, "sa", name, call))
		return false;
	if (rt_sv_is(name, "text"))
		return text_arg(am, rt_py_call_arg(call, 0, "text"), &text) &&
		       rt_am_raw(am, &out->sql, text, NULL);
	if (rt_sv_is(name, "literal_column")) {
		if (!text_arg(am, rt_py_call_arg(call, 0, "text"), &text))
			return false;
		rt_str_addsv(&out->sql, text);
		return true;
	}
	if (rt_sv_is(name, "column") || rt_sv_is(name, "Column")) {
		if (!text_arg(am, rt_py_call_arg(call, 0, "text"), &text))
			return false;
		rt_am_quote(am, &out->sql, text);
		return true;
	}
	if (call->n && (rt_sv_is(name, "literal") ||
			rt_sv_is(name, "inline_literal")))
		return literal(am, out, call->v[0],
			       rt_py_call_arg(call, 1, "type_"), type);
	if (rt_sv_is(name, "bindparam") && rt_py_call_arg(call, 1, "value"))
		return literal(am, out, rt_py_call_arg(call, 1, "value"),
			       rt_py_call_arg(call, 2, "type_"), type);
	if (rt_sv_is(name, "and_"))
		return rt_am_joined(am, out, call, "AND", RT_AM_P_AND, flags);
	if (rt_sv_is(name, "or_"))
		return rt_am_joined(am, out, call, "OR", RT_AM_P_OR, flags);
	if (rt_sv_is(name, "not_") && call->n == 1)
		return rt_am_negate(am, out, call->v[0], flags);
	if (rt_sv_is(name, "case"))
		return case_of(am, out, call, flags);
	if (rt_sv_is(name, "cast") && call->n == 2) {
		rt_str_add(&out->sql, "CAST(");
		if (!rt_am_expr(am, &out->sql, call->v[0], flags))
			return false;
		rt_str_add(&out->sql, " AS ");
		if (!rt_am_type_sql(am, call->v[1], &out->sql))
			return false;
		rt_str_addc(&out->sql, ')');
		return true;
	}
	if (rt_sv_is(name, "type_coerce") && call->n == 2)
		return call->v[0]->kind == RT_PY_V_SYMBOL ?
			rt_am_compile(am, out, call->v[0], flags, type) :
			literal(am, out, call->v[0], call->v[1], type);
	if ((rt_sv_is(name, "desc") || rt_sv_is(name, "asc")) && call->n == 1)
		return rt_am_method(am, out, call->v[0], call, name, flags);
	if (rt_sv_is(name, "select") || rt_sv_is(name, "exists")) {
		rt_str_add(&out->sql, rt_sv_is(name, "exists") ? "EXISTS (" :
								 "(");
		if (!rt_am_select(am, &out->sql, rt_sv_is(name, "exists") &&
				  call->n == 1 ? call->v[0] : ref->v))
			return false;
		rt_str_addc(&out->sql, ')');
		return true;
	}
	return rt_am_fail(am, ref->v, "%.*s() is not known in an expression",
			  (int)name.n, name.p);
}

