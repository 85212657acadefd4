/* SPDX-License-Identifier: MIT */
/* CREATE INDEX: of a directive, a column, a table's arguments. */
#include "config.h"

#include "alembic/am.h"

/* USING, INCLUDE, WITH, TABLESPACE: of PostgreSQL. */
static bool index_options(rt_am *am, rt_str *out, const rt_py_call *call)
{
	const rt_py_value *with = rt_am_option(am, call, "with");
	const rt_py_value *v = rt_am_option(am, call, "nulls_not_distinct");
	rt_sv space;
	bool is;
	size_t i, n = 0;

	if (!am->pg)
		return true;
	if (!rt_am_include(am, out, call) || !rt_am_flag(am, v, false, &is) ||
	    !rt_am_text(am, rt_am_option(am, call, "tablespace"), &space))
		return false;
	if (!rt_am_is_none(v))
		rt_str_addf(out, " NULLS %sDISTINCT", is ? "NOT " : "");
	if (!rt_am_is_none(with) && with->kind != RT_PY_V_DICT)
		return rt_am_fail(am, with, "options are not known");
	for (i = 0; !rt_am_is_none(with) && i < with->u.dict.n; i++) {
		const rt_py_entry *e = &with->u.dict.v[i];

		rt_str_add(out, n++ ? ", " : " WITH (");
		if (e->gone || !rt_py_str_of(am->ev, out, e->key))
			return rt_am_fail(am, with, "options are not known");
		rt_str_add(out, " = ");
		if (!rt_py_str_of(am->ev, out, e->value))
			return rt_am_fail(am, with, "options are not known");
	}
	rt_str_add(out, n ? ")" : "");
	if (space.n) {
		rt_str_add(out, " TABLESPACE ");
		rt_am_quote(am, out, space);
	}
	return true;
}

/* A column or an expression of an index, with its operator class. */
static bool index_part(rt_am *am, rt_str *out, const rt_py_value *v,
		       const rt_py_call *call)
{
	const rt_py_value *ops = rt_am_option(am, call, "ops"), *op, *table;
	rt_str inner = RT_STR_INIT;
	rt_sv name;
	bool ok, plain;

	if (!rt_am_is_none(ops) && ops->kind != RT_PY_V_DICT)
		return rt_am_fail(am, ops, "operator classes are not known");
	if (rt_py_is_str(v) || rt_am_member_of(v, &table, &name)) {
		name = rt_py_is_str(v) ? v->u.s : name;
		rt_am_quote(am, out, name);
		op = ops && ops->kind == RT_PY_V_DICT ?
			     rt_py_dict_find(ops, rt_py_str_copy(am->ev, name)
						      ->u.s.p) : NULL;
		if (op && rt_py_is_str(op))
			rt_str_addf(out, " %.*s", (int)op->u.s.n, op->u.s.p);
		return true;
	}
	/* Operators are grouped; text, functions and columns are not. */
	plain = v->kind == RT_PY_V_SYMBOL &&
		v->u.symbol.form == RT_PY_S_CALL;
	ok = rt_am_expr(am, &inner, v, RT_AM_BARE);
	if (am->pg && !plain)
		rt_str_addf(out, "(%s)", inner.p);
	else
		rt_str_add(out, inner.p);
	rt_str_free(&inner);
	return ok;
}

static bool index_where(rt_am *am, rt_str *out, const rt_py_call *call)
{
	const rt_py_value *where = rt_am_option(am, call, "where");

	if (rt_am_is_none(where))
		return true;
	rt_str_add(out, " WHERE ");
	return rt_py_is_str(where) ? rt_am_raw(am, out, where->u.s, NULL) :
				     rt_am_expr(am, out, where, RT_AM_BARE);
}

bool rt_am_create_index(rt_am *am, rt_sv name, rt_sv schema, rt_sv table,
			rt_py_value *columns, const rt_py_call *call)
{
	rt_str sql = RT_STR_INIT;
	rt_py_value *list = rt_py_iterate(am->ev, columns, &am->at);
	bool unique, exists, concurrently, ok;
	rt_sv using;
	size_t i;

	if (list->kind == RT_PY_V_OPAQUE)
		return rt_am_fail(am, list, "the columns are not known");
	if (!name.p)
		return rt_am_fail(am, NULL, "an index has no name");
	if (!rt_am_fits(am, name) ||
	    !rt_am_name_stays(am, RT_AM_NAMED_INDEX, name))
		return false;
	if (!rt_am_flag(am, rt_py_call_keyword(call, "unique"), false,
			&unique) ||
	    !rt_am_flag(am, rt_py_call_keyword(call, "if_not_exists"), false,
			&exists) ||
	    !rt_am_flag(am, am->pg ? rt_am_option(am, call, "concurrently") :
			NULL, false, &concurrently) ||
	    !rt_am_text(am, am->pg ? rt_am_option(am, call, "using") : NULL,
			&using))
		return false;
	rt_str_addf(&sql, "CREATE %sINDEX %s%s", unique ? "UNIQUE " : "",
		    concurrently ? "CONCURRENTLY " : "",
		    exists ? "IF NOT EXISTS " : "");
	rt_am_quote_dotted(am, &sql, am->pg ? (rt_sv){ NULL, 0 } : schema,
			   name);
	rt_str_add(&sql, " ON ");
	rt_am_quote_dotted(am, &sql, am->pg ? schema : (rt_sv){ NULL, 0 },
			   table);
	rt_str_addc(&sql, ' ');
	if (using.n) {
		rt_str_add(&sql, "USING ");
		for (i = 0; i < using.n; i++)
			rt_str_addc(&sql, using.p[i] >= 'A' &&
				    using.p[i] <= 'Z' ?
				    (char)(using.p[i] - 'A' + 'a') :
				    using.p[i]);
		rt_str_addc(&sql, ' ');
	}
	rt_str_addc(&sql, '(');
	for (i = 0, ok = true; ok && i < list->u.list.n; i++) {
		rt_str_add(&sql, i ? ", " : "");
		ok = index_part(am, &sql, list->u.list.v[i], call);
	}
	rt_str_addc(&sql, ')');
	ok = ok && index_options(am, &sql, call) &&
	     index_where(am, &sql, call);
	return rt_am_emit(am, &sql, ok);
}

bool rt_am_column_index(rt_am *am, rt_sv schema, rt_sv table, rt_sv column,
			bool unique)
{
	rt_py_value *list = rt_py_list_new(am->ev, RT_PY_V_LIST);
	rt_py_keyword_arg kw = { RT_SV("unique"),
				 rt_py_bool(am->ev, unique) };
	const rt_py_call call = { .kw = &kw, .n_kw = 1 };
	rt_str name = RT_STR_INIT;
	rt_sv cut;
	bool ok;

	rt_py_list_add(am->ev, list, rt_py_str(am->ev, column));
	rt_str_add(&name, "ix_");
	if (schema.n) {
		rt_str_addsv(&name, schema);
		rt_str_addc(&name, '_');
	}
	rt_str_addf(&name, "%.*s_%.*s", (int)table.n, table.p, (int)column.n,
		    column.p);
	cut = rt_py_str_copy(am->ev, rt_am_cut(am, rt_str_sv(&name)))->u.s;
	ok = rt_am_name_stays(am, RT_AM_NAMED_INDEX, (rt_sv){ NULL, 0 });
	rt_am_name_is_final(am, cut);
	ok = ok && rt_am_create_index(am, cut, schema, table, list, &call);
	rt_str_free(&name);
	return ok;
}

bool rt_am_table_index(rt_am *am, const rt_am_table *t, const rt_py_value *v)
{
	rt_py_value *list = rt_py_list_new(am->ev, RT_PY_V_LIST);
	rt_am_ref ref;
	rt_sv name;
	size_t i;

	if (!rt_am_ref_of(v, &ref) || !ref.call || !ref.call->n)
		return rt_am_fail(am, v, "an index has no columns");
	if (!rt_am_keywords(am, RT_SV("Index"), ref.call) ||
	    !rt_am_text(am, ref.call->v[0], &name))
		return false;
	for (i = 1; i < ref.call->n; i++)
		rt_py_list_add(am->ev, list, ref.call->v[i]);
	return rt_am_create_index(am, name, t->schema, t->name, list,
				  ref.call);
}
