/* SPDX-License-Identifier: MIT */
/* What a table is made of, as it is written: columns, constraints. */
#include "config.h"

#include "alembic/type_table.h"

#include <string.h>

/* ---- columns ---- */

void rt_am_column_free(rt_am_column *c)
{
	rt_vec_free(&c->foreign_keys);
	rt_vec_free(&c->checks);
}

/* One of the things that may stand in a Column() after its name. */
static bool column_item(rt_am *am, rt_am_column *c, const rt_py_value *v)
{
	rt_am_ref ref;

	if (rt_am_looks_like_type(v)) {
		c->type = v;
		return true;
	}
	if (v->kind == RT_PY_V_NONE)
		return true;
	if (!rt_am_ref_of(v, &ref) || ref.space != RT_AM_SA) {
		/* A type that is not known: who renders it says so. */
		if (v->kind == RT_PY_V_SYMBOL && !c->type) {
			c->type = v;
			return true;
		}
		return rt_am_fail(am, v, "a column has %s",
				  rt_py_kind_noun(v->kind));
	}
	if (rt_sv_is(ref.name, "ForeignKey"))
		rt_vec_push(&c->foreign_keys, v);
	else if (rt_sv_is(ref.name, "CheckConstraint"))
		rt_vec_push(&c->checks, v);
	else if (rt_sv_is(ref.name, "Computed"))
		c->computed = v;
	else if (rt_sv_is(ref.name, "Identity"))
		c->identity = v;
	else if (rt_sv_is(ref.name, "Sequence") &&
		 !rt_am_keywords(am, ref.name, ref.call))
		return false;
	else if (rt_sv_is(ref.name, "Sequence"))
		c->sequence = v;
	else if (!c->type)
		c->type = v;
	else if (!rt_sv_is(ref.name, "FetchedValue") &&
		 !rt_sv_is(ref.name, "ColumnDefault"))
		return rt_am_fail(am, v, "a column has a %.*s",
				  (int)ref.name.n, ref.name.p);
	return true;
}

static bool column_options(rt_am *am, rt_am_column *c)
{
	const rt_py_call *call = c->call;
	const rt_py_value *d = rt_py_call_keyword(call, "server_default");
	bool nullable;

	c->autoincrement = rt_py_call_keyword(call, "autoincrement");
	if (!rt_am_flag(am, rt_py_call_keyword(call, "primary_key"), false,
			&c->primary_key) ||
	    !rt_am_flag(am, rt_py_call_keyword(call, "unique"), false,
			&c->unique) ||
	    !rt_am_flag(am, rt_py_call_keyword(call, "index"), false,
			&c->index) ||
	    !rt_am_text(am, rt_py_call_keyword(call, "comment"), &c->comment))
		return false;
	nullable = !c->primary_key && !c->identity;
	if (!rt_am_flag(am, rt_py_call_keyword(call, "nullable"), nullable,
			&c->nullable))
		return false;
	if (rt_am_is(d, RT_AM_SA, "Computed"))
		c->computed = d;
	else if (rt_am_is(d, RT_AM_SA, "Identity"))
		c->identity = d;
	else if (!rt_am_is_none(d) && !rt_am_is(d, RT_AM_SA, "FetchedValue"))
		c->server_default = d;
	return true;
}

bool rt_am_column_of(rt_am *am, const rt_py_value *v, rt_am_column *out)
{
	const rt_py_call *call = rt_am_call_of(v, RT_AM_SA, "Column");
	const rt_py_value *type;
	size_t i = 0;

	memset(out, 0, sizeof(*out));
	if (!call)
		call = rt_am_call_of(v, RT_AM_SA, "column");
	if (!call)
		return rt_am_fail(am, v, "is no column");
	out->call = call;
	out->v = v;
	if (!rt_am_keywords(am, RT_SV("Column"), call))
		return false;
	if (call->n && (rt_py_is_str(call->v[0]) ||
			rt_am_is(call->v[0], RT_AM_SA, "quoted_name")))
		i = 1;
	if (!rt_am_text(am, i ? call->v[0] : rt_py_call_keyword(call, "name"),
			&out->name))
		return false;
	if (!out->name.p)
		return rt_am_fail(am, call->n ? call->v[0] : v,
				  "a column has no name");
	for (; i < call->n; i++)
		if (!column_item(am, out, call->v[i]))
			return false;
	type = rt_py_call_keyword(call, "type_");
	if (type)
		out->type = type;
	return column_options(am, out);
}

/* ---- constraints ---- */

void rt_am_constraint_free(rt_am_constraint *c)
{
	rt_vec_free(&c->columns);
	rt_vec_free(&c->remote_columns);
}

bool rt_am_add_target(rt_am *am, rt_am_constraint *out, const rt_py_value *v)
{
	const rt_py_value *table;
	rt_sv path, rest, column, schema = { NULL, 0 };
	size_t i, dot = 0, before = 0;

	if (rt_am_member_of(v, &table, &column)) {
		rt_vec_push(&out->remote_columns, column);
		return rt_am_table_name(am, table, &out->remote_schema,
					&out->remote_table);
	}
	if (!rt_py_is_str(v))
		return rt_am_fail(am, v, "a foreign key refers to %s",
				  rt_py_kind_noun(v->kind));
	path = v->u.s;
	for (i = 0; i < path.n; i++)
		if (path.p[i] == '.') {
			before = dot;
			dot = i + 1;
		}
	if (!dot)
		return rt_am_fail(am, NULL, "a foreign key refers to no "
				  "column: %.*s", (int)path.n, path.p);
	rest = rt_sv_sub(path, 0, dot - 1);
	if (before)
		schema = rt_sv_sub(rest, 0, before - 1);
	out->remote_schema = schema;
	out->remote_table = rt_sv_sub(rest, before, rest.n);
	rt_vec_push(&out->remote_columns, rt_sv_sub(path, dot, path.n));
	return true;
}

static bool read_foreign_key(rt_am *am, const rt_py_call *call,
			     rt_am_constraint *out)
{
	rt_py_value *remote = rt_py_call_arg(call, 1, "refcolumns"), *list;
	size_t i;

	if (!rt_am_texts(am, rt_py_call_arg(call, 0, "columns"),
			 &out->columns))
		return false;
	if (!remote)
		return rt_am_fail(am, NULL, "a foreign key has no target");
	list = rt_py_iterate(am->ev, remote, &am->at);
	if (list->kind == RT_PY_V_OPAQUE)
		return rt_am_fail(am, list, "the target is not known");
	for (i = 0; i < list->u.list.n; i++)
		if (!rt_am_add_target(am, out, list->u.list.v[i]))
			return false;
	return true;
}

/* Columns as arguments: str, or columns. */
static bool read_columns(rt_am *am, const rt_py_call *call,
			 rt_am_constraint *out)
{
	const rt_py_value *table;
	const rt_py_call *column;
	rt_sv name;
	size_t i;

	for (i = 0; i < call->n; i++) {
		column = rt_am_call_of(call->v[i], RT_AM_SA, "Column");
		if (!column)
			column = rt_am_call_of(call->v[i], RT_AM_SA, "column");
		if (rt_am_member_of(call->v[i], &table, &name))
			;
		else if (!rt_am_text(am, column && column->n ? column->v[0] :
				     call->v[i], &name))
			return false;
		rt_vec_push(&out->columns, name);
	}
	return true;
}

bool rt_am_constraint_of(rt_am *am, const rt_py_value *v,
			 rt_am_constraint *out, bool *known)
{
	rt_am_ref ref;

	memset(out, 0, sizeof(*out));
	*known = false;
	if (!rt_am_ref_of(v, &ref) || !ref.call)
		return true;
	*known = true;
	out->call = ref.call;
	if (!rt_am_keywords(am, ref.name, ref.call) ||
	    !rt_am_text(am, rt_py_call_keyword(ref.call, "name"), &out->name))
		return false;
	if (ref.space == RT_AM_POSTGRESQL &&
	    rt_sv_is(ref.name, "ExcludeConstraint")) {
		out->kind = RT_AM_EXCLUDE;
		return true;
	}
	*known = ref.space == RT_AM_SA;
	if (!*known)
		return true;
	if (rt_sv_is(ref.name, "PrimaryKeyConstraint")) {
		out->kind = RT_AM_PRIMARY_KEY;
		return read_columns(am, ref.call, out);
	}
	if (rt_sv_is(ref.name, "UniqueConstraint")) {
		out->kind = RT_AM_UNIQUE;
		return read_columns(am, ref.call, out);
	}
	if (rt_sv_is(ref.name, "ForeignKeyConstraint")) {
		out->kind = RT_AM_FOREIGN_KEY;
		return rt_am_text(am, rt_py_call_arg(ref.call, 2, "name"),
				  &out->name) &&
		       read_foreign_key(am, ref.call, out);
	}
	if (rt_sv_is(ref.name, "CheckConstraint")) {
		out->kind = RT_AM_CHECK;
		out->condition = rt_py_call_arg(ref.call, 0, "sqltext");
		return rt_am_text(am, rt_py_call_arg(ref.call, 1, "name"),
				  &out->name);
	}
	*known = false;
	return true;
}

/* ---- tables ---- */

void rt_am_table_free(rt_am_table *t)
{
	size_t i;

	for (i = 0; i < t->columns.n; i++)
		rt_am_column_free(&t->columns.v[i]);
	for (i = 0; i < t->constraints.n; i++)
		rt_am_constraint_free(&t->constraints.v[i]);
	rt_vec_free(&t->columns);
	rt_vec_free(&t->constraints);
	rt_vec_free(&t->indexes);
}

static bool table_item(rt_am *am, rt_am_table *t, const rt_py_value *v)
{
	rt_am_constraint k;
	rt_am_column c;
	bool known, ok;

	if (v->kind == RT_PY_V_NONE)
		return true;
	if (rt_am_is(v, RT_AM_SA, "Column") ||
	    rt_am_is(v, RT_AM_SA, "column")) {
		ok = rt_am_column_of(am, v, &c);
		rt_vec_push(&t->columns, c);
		return ok;
	}
	if (rt_am_is(v, RT_AM_SA, "Index")) {
		rt_vec_push(&t->indexes, v);
		return true;
	}
	ok = rt_am_constraint_of(am, v, &k, &known);
	if (known)
		rt_vec_push(&t->constraints, k);
	else
		rt_am_constraint_free(&k);
	if (ok && !known)
		return rt_am_fail(am, v, "an item of a table is not known");
	return ok;
}

bool rt_am_table_read(rt_am *am, const rt_py_call *call, size_t first,
		      rt_sv name, rt_am_table *out)
{
	size_t i;

	memset(out, 0, sizeof(*out));
	out->name = name;
	out->call = call;
	if (!rt_am_text(am, rt_py_call_keyword(call, "schema"),
			&out->schema) ||
	    !rt_am_text(am, rt_py_call_keyword(call, "comment"),
			&out->comment) ||
	    !rt_py_look(am->ev, 16 * call->n))
		return false;
	for (i = first; i < call->n; i++)
		if (!table_item(am, out, call->v[i]))
			return false;
	return true;
}

/* MetaData(schema=…) would go to each table of it. */
static bool table_options(rt_am *am, const rt_py_value *v,
			  const rt_py_call *call)
{
	if (!rt_am_is(v, RT_AM_SA, "Table"))
		return true;
	return rt_am_keywords(am, RT_SV("Table"), call) &&
	       (call->n < 2 ||
		rt_am_keywords(am, RT_SV("MetaData"),
			       rt_am_call_of(call->v[1], RT_AM_SA,
					     "MetaData")));
}

bool rt_am_table_of(rt_am *am, const rt_py_value *v, rt_am_table *out)
{
	const rt_py_call *call;
	rt_sv name;

	memset(out, 0, sizeof(*out));
	call = rt_am_call_of(v, RT_AM_SA, "table");
	if (call && call->n) {
		out->bare = true;
		if (!rt_am_text(am, call->v[0], &name) ||
		    !rt_am_core_keywords(am, "sa", RT_SV("table"), call) ||
		    !rt_am_table_read(am, call, 1, name, out))
			return false;
		out->bare = true;
		return true;
	}
	call = rt_am_call_of(v, RT_AM_SA, "Table");
	if (!call)
		call = rt_am_call_of(v, RT_AM_OP, "create_table");
	if (!call || !call->n)
		return rt_am_fail(am, v, "is no table that is known here");
	if (!rt_am_text(am, call->v[0], &name) ||
	    !table_options(am, v, call))
		return false;
	return rt_am_table_read(am, call, rt_am_is(v, RT_AM_SA, "Table") ?
				2 : 1, name, out);
}

bool rt_am_table_name(rt_am *am, const rt_py_value *v, rt_sv *schema,
		      rt_sv *name)
{
	rt_am_ref ref;
	const rt_py_value *base;
	const rt_py_call *call;

	*schema = *name = (rt_sv){ NULL, 0 };
	if (rt_am_method_of(v, "alias", &base, &call) && call->n == 1) {
		return rt_am_text(am, call->v[0], name);
	}
	if (!rt_am_ref_of(v, &ref) || !ref.call || !ref.call->n ||
	    !((ref.space == RT_AM_SA && (rt_sv_is(ref.name, "Table") ||
					 rt_sv_is(ref.name, "table"))) ||
	      (ref.space == RT_AM_OP && rt_sv_is(ref.name, "create_table"))))
		return rt_am_fail(am, v, "is no table that is known here");
	return (!rt_sv_is(ref.name, "table") ||
		rt_am_core_keywords(am, "sa", ref.name, ref.call)) &&
	       rt_am_text(am, ref.call->v[0], name) &&
	       rt_am_text(am, rt_py_call_keyword(ref.call, "schema"), schema);
}

rt_am_type rt_am_type_in(rt_am *am, const rt_py_value *table, rt_sv column)
{
	rt_am_type type = { .row = NULL };
	rt_am_ref ref;
	size_t i;

	if (!rt_am_ref_of(table, &ref) || !ref.call)
		return type;
	if (!rt_py_look(am->ev, 8 * ref.call->n))
		return type;
	for (i = 1; i < ref.call->n; i++) {
		const rt_py_call *c =
			rt_am_call_of(ref.call->v[i], RT_AM_SA, "Column");

		if (!c)
			c = rt_am_call_of(ref.call->v[i], RT_AM_SA, "column");
		if (!c || c->n < 1 || !rt_py_is_str(c->v[0]) ||
		    !rt_sv_eq(c->v[0]->u.s, column))
			continue;
		if (c->n > 1)
			(void)rt_am_type_of(am, c->v[1], &type);
		else if (rt_py_call_keyword(c, "type_"))
			(void)rt_am_type_of(am,
					    rt_py_call_keyword(c, "type_"),
					    &type);
		break;
	}
	return type;
}
