/* SPDX-License-Identifier: MIT */
/* CREATE TABLE with what comes before and after it. */
#include "config.h"

#include "alembic/am.h"

#include <string.h>

/* ---- comments ---- */

bool rt_am_comment(rt_am *am, const char *what, rt_sv schema, rt_sv table,
		   rt_sv column, rt_sv text)
{
	rt_str sql = RT_STR_INIT;

	rt_str_addf(&sql, "COMMENT ON %s ", what);
	rt_am_quote_dotted(am, &sql, schema, table);
	if (column.n) {
		rt_str_addc(&sql, '.');
		rt_am_quote(am, &sql, column);
	}
	rt_str_add(&sql, " IS ");
	if (text.p)
		rt_am_literal(am, &sql, text);
	else
		rt_str_add(&sql, "NULL");
	return rt_am_emit(am, &sql, true);
}

/* ---- the primary key ---- */

static const rt_am_constraint *explicit_key(const rt_am_table *t)
{
	size_t i;

	for (i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i].kind == RT_AM_PRIMARY_KEY)
			return &t->constraints.v[i];
	return NULL;
}

static bool has(const rt_am_names *names, rt_sv name)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		if (rt_sv_eq(names->v[i], name))
			return true;
	return false;
}

/* The key's columns; those named in a constraint of its own are as if they
 * said primary_key. */
static void key_columns(rt_am_table *t, rt_am_constraint *key)
{
	const rt_am_constraint *own = explicit_key(t);
	size_t i;

	memset(key, 0, sizeof(*key));
	key->kind = RT_AM_PRIMARY_KEY;
	if (own) {
		key->name = own->name;
		key->call = own->call;
	}
	if (own && own->columns.n) {
		for (i = 0; i < own->columns.n; i++)
			rt_vec_push(&key->columns, own->columns.v[i]);
		for (i = 0; i < t->columns.n; i++) {
			rt_am_column *c = &t->columns.v[i];
			const rt_py_value *said =
				rt_py_call_keyword(c->call, "nullable");

			if (!has(&key->columns, c->name))
				continue;
			c->primary_key = true;
			if (rt_am_is_none(said))
				c->nullable = false;
		}
		return;
	}
	for (i = 0; i < t->columns.n; i++)
		if (t->columns.v[i].primary_key)
			rt_vec_push(&key->columns, t->columns.v[i].name);
}

static bool is_integer(const rt_am_type *type)
{
	return rt_am_type_is(type, "int") || rt_am_type_is(type, "bigint") ||
	       rt_am_type_is(type, "smallint");
}

static bool in_foreign_key(const rt_am_table *t, rt_sv column)
{
	size_t i;

	for (i = 0; i < t->constraints.n; i++)
		if (t->constraints.v[i].kind == RT_AM_FOREIGN_KEY &&
		    has(&t->constraints.v[i].columns, column))
			return true;
	return false;
}

/* Whether the server makes the values of a column of the key. */
static bool is_auto(rt_am *am, const rt_am_table *t, const rt_am_column *c,
		    size_t n_key)
{
	const rt_py_value *said = c->autoincrement;
	const rt_py_value *def = rt_py_call_keyword(c->call, "default");
	rt_am_type type;
	bool wanted = said && said->kind == RT_PY_V_BOOL && said->u.i;
	bool ignore = said && rt_py_is_str(said) &&
		      rt_sv_is(said->u.s, "ignore_fk");

	if (!c->primary_key || c->identity || c->sequence ||
	    !rt_am_is_none(def))
		return false;
	if (wanted)
		return true;
	if (n_key != 1 || (said && said->kind == RT_PY_V_BOOL))
		return false;
	if (!c->type || !rt_am_type_of(am, c->type, &type) ||
	    !is_integer(&type) || c->server_default)
		return false;
	return ignore || !in_foreign_key(t, c->name);
}

/* ---- CREATE TABLE ---- */

static bool add_line(rt_str *sql, bool *first)
{
	rt_str_add(sql, *first ? "\n\t" : ", \n\t");
	*first = false;
	return true;
}

static bool skip_constraint(rt_am *am, const rt_am_table *t,
			    const rt_am_constraint *c)
{
	bool later = false;

	if (c->kind == RT_AM_PRIMARY_KEY ||
	    (c->kind == RT_AM_UNIQUE && !c->columns.n))
		return true;
	if (c->kind != RT_AM_FOREIGN_KEY)
		return false;
	if (!am->pg && !rt_sv_eq(t->schema, c->remote_schema))
		return true;
	if (am->pg && c->call &&
	    !rt_am_flag(am, rt_py_call_keyword(c->call, "use_alter"), false,
			&later))
		return true;
	return later;
}

static bool write_constraints(rt_am *am, rt_str *sql, const rt_am_table *t,
			      bool after, bool *first)
{
	size_t i;

	for (i = 0; i < t->constraints.n; i++) {
		const rt_am_constraint *c = &t->constraints.v[i];

		if (c->after != after || skip_constraint(am, t, c))
			continue;
		add_line(sql, first);
		if (!rt_am_constraint_sql(am, sql, c, t->schema))
			return false;
	}
	return true;
}

/* USING heap ON COMMIT DROP TABLESPACE fast */
static bool table_storage(rt_am *am, rt_str *sql, const rt_am_table *t)
{
	rt_sv method, commit, space;
	size_t i;

	if (!rt_am_text(am, rt_am_option(am, t->call, "using"), &method) ||
	    !rt_am_text(am, rt_am_option(am, t->call, "on_commit"),
			&commit) ||
	    !rt_am_text(am, rt_am_option(am, t->call, "tablespace"), &space))
		return false;
	if (method.n)
		rt_str_addf(sql, "\n USING %.*s", (int)method.n, method.p);
	rt_str_add(sql, commit.n ? "\n ON COMMIT " : "");
	for (i = 0; i < commit.n; i++)
		rt_str_addc(sql, commit.p[i] == '_' ? ' ' :
			    commit.p[i] >= 'a' && commit.p[i] <= 'z' ?
			    (char)(commit.p[i] - 'a' + 'A') : commit.p[i]);
	if (space.n) {
		rt_str_add(sql, "\n TABLESPACE ");
		rt_am_quote(am, sql, space);
	}
	return true;
}

static bool table_suffix(rt_am *am, rt_str *sql, const rt_am_table *t)
{
	const rt_py_value *by = rt_am_option(am, t->call, "partition_by");
	const rt_py_value *inherits = rt_am_option(am, t->call, "inherits");
	rt_am_names names = RT_VEC_INIT;
	bool rowid, strict;

	if (!am->pg) {
		if (!rt_am_flag(am, rt_am_option(am, t->call, "with_rowid"),
				true, &rowid) ||
		    !rt_am_flag(am, rt_am_option(am, t->call, "strict"),
				false, &strict))
			return false;
		rt_str_add(sql, rowid ? "" : "\n WITHOUT ROWID");
		rt_str_add(sql, !strict ? "" : rowid ? "\n STRICT" :
						       ",\n STRICT");
		return true;
	}
	if (!rt_am_is_none(inherits)) {
		if (!rt_am_texts(am, rt_am_option(am, t->call, "inherits"),
				 &names))
			return false;
		rt_str_add(sql, "\n INHERITS ( ");
		rt_am_quote_list(am, sql, &names);
		rt_str_add(sql, " )");
		rt_vec_free(&names);
	}
	if (!rt_am_is_none(by)) {
		if (!rt_py_is_str(by))
			return rt_am_fail(am, by, "the partitioning is not "
					  "known");
		rt_str_addf(sql, "\n PARTITION BY %.*s", (int)by->u.s.n,
			    by->u.s.p);
	}
	return table_storage(am, sql, t);
}

static bool add_prefixes(rt_am *am, rt_str *sql, const rt_am_table *t)
{
	rt_am_names names = RT_VEC_INIT;
	size_t i;
	bool exists, ok;

	ok = rt_am_texts(am, rt_py_call_keyword(t->call, "prefixes"),
			 &names) &&
	     rt_am_flag(am, rt_py_call_keyword(t->call, "if_not_exists"),
			false, &exists);
	rt_str_add(sql, "CREATE ");
	for (i = 0; i < names.n; i++)
		rt_str_addf(sql, "%.*s ", (int)names.v[i].n, names.v[i].p);
	rt_str_add(sql, ok && exists ? "TABLE IF NOT EXISTS " : "TABLE ");
	rt_vec_free(&names);
	return ok;
}

/* SQLite's AUTOINCREMENT stands in the column and takes the key with it. */
static bool wants_autoincrement(rt_am *am, const rt_am_table *t,
				const rt_am_constraint *key)
{
	rt_am_type type;
	size_t i;
	bool is;

	if (am->pg || key->columns.n != 1 ||
	    !rt_am_flag(am, rt_am_option(am, t->call, "autoincrement"), false,
			&is) || !is)
		return false;
	for (i = 0; i < t->columns.n; i++) {
		const rt_am_column *c = &t->columns.v[i];

		if (rt_sv_eq(c->name, key->columns.v[0]))
			return c->type && rt_am_type_of(am, c->type, &type) &&
			       is_integer(&type) &&
			       !in_foreign_key(t, c->name);
	}
	return false;
}

static bool write_table(rt_am *am, rt_str *sql, rt_am_table *t)
{
	rt_am_constraint key;
	bool first = true, ok, lite;
	size_t i;

	key_columns(t, &key);
	lite = wants_autoincrement(am, t, &key);
	ok = add_prefixes(am, sql, t);
	rt_am_quote_dotted(am, sql, t->schema, t->name);
	rt_str_add(sql, " (");
	for (i = 0; ok && i < t->columns.n; i++) {
		const rt_am_column *c = &t->columns.v[i];

		add_line(sql, &first);
		ok = rt_am_column_sql(am, sql, c,
				      is_auto(am, t, c, key.columns.n),
				      lite && c->primary_key);
	}
	if (ok && key.columns.n && !lite) {
		add_line(sql, &first);
		ok = rt_am_constraint_sql(am, sql, &key, t->schema);
	}
	ok = ok && write_constraints(am, sql, t, false, &first) &&
	     write_constraints(am, sql, t, true, &first);
	rt_str_add(sql, "\n)");
	rt_am_constraint_free(&key);
	return ok && table_suffix(am, sql, t);
}

static bool after_table(rt_am *am, const rt_am_table *t)
{
	static const rt_sv none = { NULL, 0 };
	size_t i;
	bool ok = true;

	for (i = 0; ok && i < t->columns.n; i++)
		if (t->columns.v[i].index)
			ok = rt_am_column_index(am, t->schema, t->name,
						t->columns.v[i].name,
						t->columns.v[i].unique);
	for (i = 0; ok && i < t->indexes.n; i++)
		ok = rt_am_table_index(am, t, t->indexes.v[i]);
	if (!am->pg)
		return ok;
	if (ok && t->comment.n)
		ok = rt_am_comment(am, "TABLE", t->schema, t->name, none,
				   t->comment);
	for (i = 0; ok && i < t->columns.n; i++)
		if (t->columns.v[i].comment.n)
			ok = rt_am_comment(am, "COLUMN", t->schema, t->name,
					   t->columns.v[i].name,
					   t->columns.v[i].comment);
	return ok;
}

bool rt_am_create_table(rt_am *am, rt_am_table *t)
{
	rt_str sql = RT_STR_INIT;
	bool ok = true;
	size_t i;

	for (i = 0; ok && i < t->columns.n; i++)
		ok = rt_am_column_parts(am, &t->columns.v[i], t);
	for (i = 0; ok && i < t->columns.n; i++)
		if (t->columns.v[i].type)
			ok = rt_am_enum_before_table(am,
						     t->columns.v[i].type);
	ok = ok && write_table(am, &sql, t);
	return rt_am_emit(am, &sql, ok) && after_table(am, t);
}
