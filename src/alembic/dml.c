/* SPDX-License-Identifier: MIT */
/* INSERT, UPDATE, DELETE. */
#include "config.h"

#include "alembic/dml.h"

#include <string.h>

/* ---- the values of rows ---- */

typedef struct row {
	RT_VEC(rt_sv) names;
	RT_VEC(const rt_py_value *) values;
} row;

static void row_free(row *r)
{
	rt_vec_free(&r->names);
	rt_vec_free(&r->values);
}

static void row_set(rt_am *am, row *r, rt_sv name, const rt_py_value *v)
{
	size_t i;

	if (!rt_py_look(am->ev, r->names.n))
		return;
	for (i = 0; i < r->names.n; i++)
		if (rt_sv_eq(r->names.v[i], name)) {
			r->values.v[i] = v;
			return;
		}
	rt_vec_push(&r->names, name);
	rt_vec_push(&r->values, v);
}

static bool add_dict(rt_am *am, row *r, const rt_py_value *d)
{
	const rt_py_value *table;
	const rt_py_call *call;
	size_t i;
	rt_sv name;

	if (d->kind != RT_PY_V_DICT)
		return rt_am_fail(am, d, "the values of a row are %s",
				  rt_py_kind_noun(d->kind));
	for (i = 0; i < d->u.dict.n; i++) {
		const rt_py_entry *e = &d->u.dict.v[i];

		if (e->gone)
			continue;
		call = rt_am_call_of(e->key, RT_AM_SA, "column");
		if (rt_py_is_str(e->key))
			name = e->key->u.s;
		else if (call && call->n && rt_py_is_str(call->v[0]))
			name = call->v[0]->u.s;
		else if (!rt_am_member_of(e->key, &table, &name))
			return rt_am_fail(am, e->key, "a column is not known");
		row_set(am, r, name, e->value);
	}
	return true;
}

/* values(a=1), values({"a": 1}), values([{…}, {…}]) */
static bool add_values(rt_am *am, row *r, const rt_py_call *call,
		       const rt_py_value **many)
{
	size_t i;

	if (call->n == 1 && call->v[0]->kind == RT_PY_V_LIST)
		*many = call->v[0];
	else if (call->n == 1 && !add_dict(am, r, call->v[0]))
		return false;
	else if (call->n > 1)
		return rt_am_fail(am, NULL, "values() of another form");
	for (i = 0; i < call->n_kw; i++)
		row_set(am, r, call->kw[i].name, call->kw[i].value);
	return true;
}

/*
 * What Column(default=…) gives to a column that the row leaves out; of an
 * UPDATE, onupdate=.  Python works it out, but for plain values.
 */
static bool add_defaults(rt_am *am, row *r, const rt_py_value *table,
			 const char *keyword)
{
	rt_am_ref ref;
	size_t i, k;

	if (!rt_am_ref_of(table, &ref) || !ref.call ||
	    rt_sv_is(ref.name, "table") ||
	    !rt_py_look(am->ev, 8 * ref.call->n))
		return true;
	for (i = 0; i < ref.call->n; i++) {
		const rt_py_call *c =
			rt_am_call_of(ref.call->v[i], RT_AM_SA, "Column");
		const rt_py_value *v = c ? rt_py_call_keyword(c, keyword) :
					   NULL;

		if (rt_am_is_none(v) || !c->n || !rt_py_is_str(c->v[0]))
			continue;
		for (k = 0; k < r->names.n; k++)
			if (rt_sv_eq(r->names.v[k], c->v[0]->u.s))
				break;
		if (k < r->names.n)
			continue;
		if (v->kind > RT_PY_V_STR)
			return rt_am_fail(am, v, "%s= of the column %.*s, "
					  "which the row leaves out", keyword,
					  (int)c->v[0]->u.s.n,
					  c->v[0]->u.s.p);
		row_set(am, r, c->v[0]->u.s, v);
	}
	return true;
}

/* In the order of the table's columns, where those are known. */
static void order_row(rt_am *am, row *r, const rt_py_value *table)
{
	row sorted = { RT_VEC_INIT, RT_VEC_INIT };
	rt_am_table t;
	size_t i, k;

	if (rt_am_table_of(am, table, &t) &&
	    rt_py_look(am->ev, t.columns.n * r->names.n / 16))
		for (i = 0; i < t.columns.n; i++)
			for (k = 0; k < r->names.n; k++)
				if (rt_sv_eq(t.columns.v[i].name,
					     r->names.v[k]))
					row_set(am, &sorted, r->names.v[k],
						r->values.v[k]);
	rt_am_table_free(&t);
	for (k = 0; k < r->names.n; k++)
		row_set(am, &sorted, r->names.v[k], r->values.v[k]);
	row_free(r);
	*r = sorted;
}

static bool add_value(rt_am *am, rt_str *out, const rt_py_value *table,
		      rt_sv name, const rt_py_value *v, unsigned flags)
{
	rt_am_type type = rt_am_type_in(am, table, name);

	if (v->kind == RT_PY_V_SYMBOL && !rt_am_is(v, RT_AM_STDLIB, "") &&
	    !rt_am_is(v, RT_AM_OP, "inline_literal"))
		return rt_am_expr(am, out, v, flags);
	return rt_am_value(am, out, v, type.row ? &type : NULL);
}

static bool add_row(rt_am *am, rt_str *out, const rt_py_value *table,
		    const row *r)
{
	size_t i;

	rt_str_addc(out, '(');
	for (i = 0; i < r->names.n; i++) {
		rt_str_add(out, i ? ", " : "");
		if (!add_value(am, out, table, r->names.v[i], r->values.v[i],
			       0))
			return false;
	}
	rt_str_addc(out, ')');
	return true;
}

static bool add_many(rt_am *am, rt_str *out, const rt_py_value *table,
		     const rt_py_value *many)
{
	bool ok = true;
	size_t i, k;

	for (i = 0; ok && i < many->u.list.n; i++) {
		row r = { RT_VEC_INIT, RT_VEC_INIT };

		ok = add_dict(am, &r, many->u.list.v[i]) &&
		     add_defaults(am, &r, table, "default");
		order_row(am, &r, table);
		if (i == 0) {
			rt_str_add(out, " (");
			for (k = 0; k < r.names.n; k++) {
				rt_str_add(out, k ? ", " : "");
				rt_am_quote(am, out, r.names.v[k]);
			}
			rt_str_add(out, ") VALUES ");
		}
		rt_str_add(out, i ? ", " : "");
		ok = ok && add_row(am, out, table, &r);
		row_free(&r);
	}
	return ok;
}

/* ---- INSERT ---- */

static bool conflict(rt_am *am, rt_str *out, rt_sv name,
		     const rt_py_call *call, const rt_py_value *table)
{
	const rt_py_value *set = rt_py_call_keyword(call, "set_");
	const rt_py_value *where = rt_py_call_keyword(call, "where");
	const rt_py_value *index_where = rt_py_call_keyword(call,
							    "index_where");
	rt_am_names names = RT_VEC_INIT;
	row r = { RT_VEC_INIT, RT_VEC_INIT };
	rt_sv constraint;
	bool ok;
	size_t i;

	ok = rt_am_texts(am, rt_py_call_keyword(call, "index_elements"),
			 &names) &&
	     rt_am_text(am, rt_py_call_keyword(call, "constraint"),
			&constraint);
	rt_str_add(out, " ON CONFLICT");
	if (ok && constraint.n) {
		rt_str_add(out, " ON CONSTRAINT ");
		rt_am_quote(am, out, constraint);
	} else if (names.n) {
		rt_str_add(out, " (");
		rt_am_quote_list(am, out, &names);
		rt_str_addc(out, ')');
		if (!rt_am_is_none(index_where)) {
			rt_str_add(out, " WHERE ");
			ok = rt_am_expr(am, out, index_where, RT_AM_BARE);
		}
	}
	rt_vec_free(&names);
	if (!ok || rt_sv_is(name, "on_conflict_do_nothing")) {
		rt_str_add(out, " DO NOTHING");
		return ok;
	}
	ok = set && add_dict(am, &r, set);
	rt_str_add(out, " DO UPDATE SET ");
	for (i = 0; ok && i < r.names.n; i++) {
		rt_str_add(out, i ? ", " : "");
		rt_am_quote(am, out, r.names.v[i]);
		rt_str_add(out, " = ");
		ok = add_value(am, out, table, r.names.v[i], r.values.v[i],
			       0);
	}
	row_free(&r);
	if (ok && !rt_am_is_none(where)) {
		rt_str_add(out, " WHERE ");
		ok = rt_am_expr(am, out, where, 0);
	}
	return ok;
}

static bool from_select(rt_am *am, rt_str *out, const rt_py_call *call)
{
	rt_am_names names = RT_VEC_INIT;
	bool ok = call->n >= 2 && rt_am_texts(am, call->v[0], &names);

	if (!ok)
		return rt_am_fail(am, NULL, "from_select() of another form");
	rt_str_add(out, " (");
	rt_am_quote_list(am, out, &names);
	rt_str_add(out, ") ");
	rt_vec_free(&names);
	return rt_am_select(am, out, call->v[1]);
}

static bool insert(rt_am *am, rt_str *out, const rt_am_chain *c,
		   const rt_py_value *params)
{
	const rt_py_value *many = NULL;
	const rt_py_call *select = NULL;
	row r = { RT_VEC_INIT, RT_VEC_INIT };
	rt_sv schema, name;
	bool ok = rt_am_table_name(am, c->table, &schema, &name);
	size_t i;

	if (!ok)
		return false;
	rt_str_add(out, "INSERT INTO ");
	rt_am_quote_dotted(am, out, schema, name);
	for (i = 0; ok && i < c->n; i++) {
		if (rt_sv_is(c->v[i].name, "values"))
			ok = add_values(am, &r, c->v[i].call, &many);
		else if (rt_sv_is(c->v[i].name, "from_select"))
			select = c->v[i].call;
	}
	if (ok && params && params->kind == RT_PY_V_LIST)
		many = params;
	else if (ok && params)
		ok = add_dict(am, &r, params);
	if (ok && select) {
		ok = from_select(am, out, select);
	} else if (ok && many) {
		ok = add_many(am, out, c->table, many);
	} else if (ok && r.names.n) {
		ok = add_defaults(am, &r, c->table, "default");
		order_row(am, &r, c->table);
		rt_str_add(out, " (");
		for (i = 0; i < r.names.n; i++) {
			rt_str_add(out, i ? ", " : "");
			rt_am_quote(am, out, r.names.v[i]);
		}
		rt_str_add(out, ") VALUES ");
		ok = ok && add_row(am, out, c->table, &r);
	} else {
		rt_str_add(out, " DEFAULT VALUES");
	}
	for (i = 0; ok && i < c->n; i++)
		if (rt_sv_starts(c->v[i].name, "on_conflict_do_"))
			ok = conflict(am, out, c->v[i].name, c->v[i].call,
				      c->table);
	row_free(&r);
	return ok && rt_am_add_returning(am, out, c);
}

/* ---- UPDATE, DELETE ---- */

static bool update(rt_am *am, rt_str *out, const rt_am_chain *c,
		   const rt_py_value *params)
{
	const rt_py_value *many = NULL, *first;
	row r = { RT_VEC_INIT, RT_VEC_INIT };
	rt_sv schema, name;
	bool ok = rt_am_table_name(am, c->table, &schema, &name);
	bool method = rt_am_is_table(c->table) && c->call->n &&
		      c->call->v[0] != c->table;
	rt_am_froms f = { .outer = NULL };
	size_t i;

	first = method ? c->call->v[0] :
			 rt_py_call_keyword(c->call, "whereclause");
	if (!ok)
		return false;
	rt_am_extra_froms(am, &f, c, first);
	rt_str_add(out, "UPDATE ");
	rt_am_quote_dotted(am, out, schema, name);
	for (i = 0; ok && i < c->n; i++)
		if (rt_sv_is(c->v[i].name, "values"))
			ok = add_values(am, &r, c->v[i].call, &many);
	if (ok && rt_py_call_keyword(c->call, "values"))
		ok = add_dict(am, &r, rt_py_call_keyword(c->call, "values"));
	if (params || many)
		ok = rt_am_fail(am, params, "an UPDATE with parameters");
	ok = ok && add_defaults(am, &r, c->table, "onupdate");
	order_row(am, &r, c->table);
	rt_str_add(out, " SET ");
	for (i = 0; ok && i < r.names.n; i++) {
		rt_str_add(out, i ? ", " : "");
		rt_am_quote(am, out, r.names.v[i]);
		rt_str_addc(out, '=');
		ok = add_value(am, out, c->table, r.names.v[i],
			       r.values.v[i], RT_AM_GROUP);
	}
	if (ok && r.names.n == 0)
		ok = rt_am_fail(am, c->table, "an UPDATE sets nothing");
	row_free(&r);
	ok = ok && rt_am_write_froms(am, out, &f, 1, " FROM ") &&
	     rt_am_add_where(am, out, c, first, " WHERE ") &&
	     rt_am_add_returning(am, out, c);
	am->froms = f.outer;
	rt_vec_free(&f.list);
	return ok;
}

static bool delete(rt_am *am, rt_str *out, const rt_am_chain *c)
{
	bool method = rt_am_is_table(c->table) && c->call->n &&
		      c->call->v[0] != c->table;
	const rt_py_value *first = method ? c->call->v[0] :
		rt_py_call_keyword(c->call, "whereclause");
	rt_am_froms f = { .outer = NULL };
	rt_sv schema, name;
	bool ok;

	if (!rt_am_table_name(am, c->table, &schema, &name))
		return false;
	rt_str_add(out, "DELETE FROM ");
	rt_am_quote_dotted(am, out, schema, name);
	rt_am_extra_froms(am, &f, c, first);
	ok = am->pg || f.list.n == 1 ||
	     rt_am_fail(am, c->table, "SQLite deletes with one table only");
	ok = ok && rt_am_write_froms(am, out, &f, 1, " USING ") &&
	     rt_am_add_where(am, out, c, first, " WHERE ") &&
	     rt_am_add_returning(am, out, c);
	am->froms = f.outer;
	rt_vec_free(&f.list);
	return ok;
}

/* ---- statements ---- */

bool rt_am_is_statement(const rt_py_value *v)
{
	const rt_py_value *base;
	const rt_py_call *call;
	rt_am_chain c;

	if (rt_am_call_of(v, RT_AM_SA, "text") ||
	    (rt_am_method_of(v, "bindparams", &base, &call) &&
	     rt_am_call_of(base, RT_AM_SA, "text")))
		return true;
	return rt_am_chain_read(v, &c);
}

bool rt_am_statement(rt_am *am, rt_str *out, const rt_py_value *v,
		     const rt_py_value *params)
{
	const rt_py_call *text = rt_am_call_of(v, RT_AM_SA, "text");
	rt_py_call named = { .span = am->at };
	rt_am_chain c;
	size_t i;

	if (text && text->n && rt_py_is_str(text->v[0])) {
		if (params && params->kind != RT_PY_V_DICT)
			return rt_am_fail(am, params, "parameters are %s",
					  rt_py_kind_noun(params->kind));
		named.kw = rt_arena_calloc(rt_py_eval_arena(am->ev),
					   params ? params->u.dict.n + 1 : 1,
					   sizeof(*named.kw));
		for (i = 0; params && i < params->u.dict.n; i++) {
			const rt_py_entry *e = &params->u.dict.v[i];

			if (e->gone || !rt_py_is_str(e->key))
				continue;
			named.kw[named.n_kw].name = e->key->u.s;
			named.kw[named.n_kw++].value = e->value;
		}
		return rt_am_raw(am, out, text->v[0]->u.s, &named);
	}
	if (!rt_am_chain_read(v, &c))
		return rt_am_expr(am, out, v, 0);
	if (params && params->kind != RT_PY_V_DICT &&
	    !rt_sv_is(c.verb, "insert"))
		return rt_am_fail(am, params, "parameters are %s",
				  rt_py_kind_noun(params->kind));
	if (rt_sv_is(c.verb, "select"))
		return rt_am_select(am, out, v);
	if (!c.table)
		return rt_am_fail(am, v, "a statement without a table");
	if (!rt_am_chain_check(am, &c))
		return false;
	if (rt_sv_is(c.verb, "insert"))
		return insert(am, out, &c, params);
	if (rt_sv_is(c.verb, "update"))
		return update(am, out, &c, params);
	return delete(am, out, &c);
}
