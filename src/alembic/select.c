/* SPDX-License-Identifier: MIT */
/* Chains of calls, WHERE, SELECT. */
#include "config.h"

#include "alembic/dml.h"

#include <string.h>

#include "base/alloc.h"

static bool is_verb(rt_sv name)
{
	return rt_sv_is(name, "insert") || rt_sv_is(name, "update") ||
	       rt_sv_is(name, "delete") || rt_sv_is(name, "select");
}

bool rt_am_is_table(const rt_py_value *v)
{
	return rt_am_is(v, RT_AM_SA, "Table") ||
	       rt_am_is(v, RT_AM_SA, "table") ||
	       rt_am_is(v, RT_AM_OP, "create_table");
}

bool rt_am_chain_read(const rt_py_value *v, rt_am_chain *out)
{
	const rt_py_value *base;
	const rt_py_call *call;
	rt_am_ref ref;
	size_t i;

	memset(out, 0, sizeof(*out));
	for (;;) {
		if (rt_am_ref_of(v, &ref) && ref.call && is_verb(ref.name) &&
		    (ref.space == RT_AM_SA || ref.space == RT_AM_POSTGRESQL ||
		     ref.space == RT_AM_SQLITE)) {
			out->verb = ref.name;
			out->call = ref.call;
			out->table = rt_py_call_arg(ref.call, 0, "table");
			break;
		}
		if (!rt_am_method_of(v, NULL, &base, &call) ||
		    out->n == RT_AM_MAX_CHAIN)
			return false;
		out->v[out->n].name = rt_py_symbol_of(v->u.symbol.base,
						      RT_PY_S_ATTR)->name;
		out->v[out->n].call = call;
		if (rt_am_is_table(base) && is_verb(out->v[out->n].name)) {
			out->verb = out->v[out->n].name;
			out->call = call;
			out->table = base;
			break;
		}
		out->n++;
		v = base;
	}
	for (i = 0; i < out->n / 2; i++) {
		size_t k = out->n - 1 - i;
		rt_sv name = out->v[i].name;

		call = out->v[i].call;
		out->v[i] = out->v[k];
		out->v[k].name = name;
		out->v[k].call = call;
	}
	return true;
}

bool rt_am_chain_check(rt_am *am, const rt_am_chain *c)
{
	const bool method = c->table && rt_am_is_table(c->table) &&
			    !(c->call->n && c->call->v[0] == c->table) &&
			    rt_py_call_keyword(c->call, "table") != c->table;
	char verb[8];
	bool ok;
	size_t i;

	RT_ASSERT(c->verb.n < sizeof(verb));
	memcpy(verb, c->verb.p, c->verb.n);
	verb[c->verb.n] = '\0';
	ok = rt_am_core_keywords(am, method ? "" : "sa", c->verb, c->call);
	for (i = 0; ok && i < c->n; i++)
		ok = rt_am_core_keywords(am, verb, c->v[i].name, c->v[i].call);
	return ok;
}

bool rt_am_add_where(rt_am *am, rt_str *out, const rt_am_chain *c,
		      const rt_py_value *first, const char *before)
{
	rt_py_value *all = rt_py_list_new(am->ev, RT_PY_V_LIST);
	rt_py_call and = { .span = am->at };
	size_t i, k;

	if (first)
		rt_py_list_add(am->ev, all, (rt_py_value *)(uintptr_t)first);
	for (i = 0; i < c->n; i++)
		if (rt_sv_is(c->v[i].name, "where") ||
		    rt_sv_is(c->v[i].name, "filter"))
			for (k = 0; k < c->v[i].call->n; k++)
				rt_py_list_add(am->ev, all,
					       c->v[i].call->v[k]);
	if (!all->u.list.n)
		return true;
	and.v = all->u.list.v;
	and.n = all->u.list.n;
	rt_str_add(out, before);
	{
		rt_py_value *v = rt_py_symbol_call(am->ev,
							 "sqlalchemy.and_",
							 &and);

		return rt_am_expr(am, out, v, 0);
	}
}

/* ---- SELECT ---- */

static bool same_table(rt_am *am, const rt_py_value *a, const rt_py_value *b)
{
	rt_sv sa, na, sb, nb;

	return a == b ||
	       (rt_am_table_name(am, a, &sa, &na) &&
		rt_am_table_name(am, b, &sb, &nb) && rt_sv_eq(sa, sb) &&
		rt_sv_eq(na, nb));
}

static bool add_from(rt_am *am, rt_am_froms *f, const rt_py_value *table)
{
	size_t i;

	if (!rt_py_look(am->ev, 64 * f->list.n))
		return false;
	for (i = 0; i < f->list.n; i++)
		if (same_table(am, f->list.v[i], table))
			return true;
	rt_vec_push(&f->list, table);
	return true;
}

/* The tables whose columns an expression uses; false: too many or too deep,
 * which is said by then. */
static bool find_froms(rt_am *am, rt_am_froms *f, const rt_py_value *v)
{
	const rt_py_value *table;
	rt_am_chain c;
	rt_sv name;
	size_t i;
	bool ok;

	if (!v || v->kind != RT_PY_V_SYMBOL)
		return true;
	if (!rt_am_may_go_on(am))
		return false;
	/* What a subquery reads is its own matter. */
	if (rt_am_is(v, RT_AM_SA, "exists") || rt_am_chain_read(v, &c))
		return true;
	if (rt_am_is_table(v))
		return add_from(am, f, v);
	if (rt_am_member_of(v, &table, &name))
		return add_from(am, f, table);
	if (!rt_am_enter(am, v))
		return false;
	ok = find_froms(am, f, v->u.symbol.base) &&
	     find_froms(am, f, v->u.symbol.other);
	for (i = 0; ok && i < v->u.symbol.call.n; i++)
		ok = find_froms(am, f, v->u.symbol.call.v[i]);
	rt_am_leave(am);
	return ok;
}

static bool is_outer(rt_am *am, const rt_am_froms *outer,
		     const rt_py_value *table)
{
	size_t i;

	for (; outer; outer = outer->outer)
		for (i = 0; i < outer->list.n; i++)
			if (same_table(am, outer->list.v[i], table))
				return true;
	return false;
}

/* A subquery takes the tables around it as they are, if it has others. */
static bool correlate(rt_am *am, rt_am_froms *f, const rt_py_value *v)
{
	size_t i, n = 0;

	if (f->list.n < 2)
		return true;
	for (i = 0; i < f->list.n; i++)
		if (!is_outer(am, f->outer, f->list.v[i]))
			f->list.v[n++] = f->list.v[i];
	f->list.n = n;
	return n > 0 || rt_am_fail(am, v, "a subquery has no table of its "
				   "own");
}

void rt_am_extra_froms(rt_am *am, rt_am_froms *f, const rt_am_chain *c,
		       const rt_py_value *where)
{
	size_t i, k;

	f->outer = am->froms;
	(void)add_from(am, f, c->table);
	(void)find_froms(am, f, where);
	for (i = 0; i < c->n; i++)
		for (k = 0; k < c->v[i].call->n; k++)
			if (rt_sv_is(c->v[i].name, "where") ||
			    rt_sv_is(c->v[i].name, "filter"))
				(void)find_froms(am, f, c->v[i].call->v[k]);
	am->froms = f;
}

bool rt_am_write_froms(rt_am *am, rt_str *out, const rt_am_froms *f,
		       size_t from, const char *before)
{
	rt_sv schema, name;
	size_t i;

	for (i = from; i < f->list.n; i++) {
		rt_str_add(out, i > from ? ", " : before);
		if (!rt_am_table_name(am, f->list.v[i], &schema, &name))
			return false;
		rt_am_quote_dotted(am, out, schema, name);
	}
	return true;
}

/* A table in the list of columns stands for all of its own. */
static bool add_selected(rt_am *am, rt_str *out, const rt_py_value *v,
			 bool *first, unsigned flags)
{
	rt_am_table t;
	bool ok = true;
	size_t i;

	if (!rt_am_is_table(v)) {
		rt_str_add(out, *first ? "" : ", ");
		*first = false;
		return rt_am_expr(am, out, v, flags);
	}
	ok = rt_am_table_of(am, v, &t);
	for (i = 0; ok && i < t.columns.n; i++) {
		rt_str_add(out, *first ? "" : ", ");
		*first = false;
		if (!(flags & RT_AM_BARE)) {
			rt_am_quote_dotted(am, out, t.schema, t.name);
			rt_str_addc(out, '.');
		}
		rt_am_quote(am, out, t.columns.v[i].name);
	}
	rt_am_table_free(&t);
	return ok;
}

bool rt_am_add_returning(rt_am *am, rt_str *out, const rt_am_chain *c)
{
	const unsigned flags = am->pg ? 0 : RT_AM_BARE;
	const char *before = " RETURNING ";
	size_t i, k;

	for (i = 0; i < c->n; i++) {
		const rt_py_call *call = c->v[i].call;
		bool first = true;

		if (!rt_sv_is(c->v[i].name, "returning"))
			continue;
		for (k = 0; k < call->n; k++) {
			rt_str_add(out, before);
			before = ", ";
			first = true;
			if (!add_selected(am, out, call->v[k], &first, flags))
				return false;
		}
	}
	return true;
}

static bool select_list(rt_am *am, rt_str *out, const rt_am_chain *c,
			rt_am_froms *f)
{
	const rt_py_value *one = c->call->n == 1 ? c->call->v[0] : NULL;
	rt_py_items items = { c->call->v, c->call->n, 0 };
	bool first = true;
	size_t i;

	if (one && one->kind == RT_PY_V_LIST)
		items = one->u.list;
	for (i = 0; !one && i < items.n; i++)
		if (items.v[i]->kind == RT_PY_V_LIST)
			return rt_am_fail(am, NULL, "select() of another "
					  "form");
	if (items.n == 0 && c->table) {
		(void)find_froms(am, f, c->table);
		return add_selected(am, out, c->table, &first, 0);
	}
	for (i = 0; i < items.n; i++) {
		(void)find_froms(am, f, items.v[i]);
		if (!add_selected(am, out, items.v[i], &first, 0))
			return false;
	}
	return true;
}

static bool order_limit(rt_am *am, rt_str *out, const rt_am_chain *c)
{
	const char *comma = " ORDER BY ";
	size_t i, k;

	for (i = 0; i < c->n; i++) {
		const rt_py_call *call = c->v[i].call;

		if (!rt_sv_is(c->v[i].name, "order_by"))
			continue;
		for (k = 0; k < call->n; k++) {
			rt_str_add(out, comma);
			comma = ", ";
			if (!rt_am_expr(am, out, call->v[k], 0))
				return false;
		}
	}
	for (i = 0; i < c->n; i++)
		if (rt_sv_is(c->v[i].name, "limit") && c->v[i].call->n == 1) {
			rt_str_add(out, am->pg ? " \n LIMIT " :
						 "\n LIMIT ");
			if (!rt_am_expr(am, out, c->v[i].call->v[0], 0))
				return false;
		}
	return true;
}

bool rt_am_select(rt_am *am, rt_str *out, const rt_py_value *v)
{
	rt_am_froms f = { .outer = am->froms };
	bool ok = true;
	rt_am_chain c;
	size_t i, k;

	if (!rt_am_chain_read(v, &c) || !rt_sv_is(c.verb, "select"))
		return rt_am_fail(am, v, "a SELECT is not known");
	if (!rt_am_chain_check(am, &c))
		return false;
	rt_str_add(out, "SELECT ");
	for (i = 0; i < c.n; i++)
		if (rt_sv_is(c.v[i].name, "distinct"))
			rt_str_add(out, "DISTINCT ");
	am->froms = &f;
	ok = select_list(am, out, &c, &f);
	for (i = 0; i < c.n; i++)
		for (k = 0; k < c.v[i].call->n; k++)
			if (rt_sv_is(c.v[i].name, "select_from") ||
			    rt_sv_is(c.v[i].name, "filter") ||
			    rt_sv_is(c.v[i].name, "where"))
				(void)find_froms(am, &f, c.v[i].call->v[k]);
	ok = ok && correlate(am, &f, v) &&
	     rt_am_write_froms(am, out, &f, 0, " \nFROM ") &&
	     rt_am_add_where(am, out, &c, NULL, " \nWHERE ") &&
	     order_limit(am, out, &c);
	am->froms = f.outer;
	rt_vec_free(&f.list);
	return ok;
}
