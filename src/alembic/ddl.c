/* SPDX-License-Identifier: MIT */
/* CREATE TABLE and its parts, in SQLAlchemy's layout. */
#include "config.h"

#include "alembic/am.h"

#include <string.h>

/* ---- options that several things have ---- */

static bool add_word(rt_am *am, rt_str *out, const char *before,
		     const rt_py_value *v)
{
	rt_sv text;

	if (!rt_am_text(am, v, &text))
		return false;
	if (text.n)
		rt_str_addf(out, " %s %.*s", before, (int)text.n, text.p);
	return true;
}

static bool add_deferrable(rt_am *am, rt_str *out, const rt_py_call *call)
{
	const rt_py_value *v = rt_py_call_keyword(call, "deferrable");
	bool is;

	if (!rt_am_is_none(v)) {
		if (!rt_am_flag(am, v, false, &is))
			return false;
		rt_str_add(out, is ? " DEFERRABLE" : " NOT DEFERRABLE");
	}
	return add_word(am, out, "INITIALLY",
			rt_py_call_keyword(call, "initially"));
}

bool rt_am_include(rt_am *am, rt_str *out, const rt_py_call *call)
{
	rt_am_names names = RT_VEC_INIT;
	bool ok;

	if (!am->pg || rt_am_is_none(rt_am_option(am, call, "include")))
		return true;
	ok = rt_am_texts(am, rt_am_option(am, call, "include"), &names);
	if (ok && names.n) {
		rt_str_add(out, " INCLUDE (");
		rt_am_quote_list(am, out, &names);
		rt_str_addc(out, ')');
	}
	rt_vec_free(&names);
	return ok;
}

/* NULLS [NOT] DISTINCT, with these around it. */
static bool add_nulls(rt_am *am, rt_str *out, const rt_py_call *call,
		      const char *before, const char *behind)
{
	const rt_py_value *v = rt_am_option(am, call, "nulls_not_distinct");
	bool is;

	if (!am->pg || rt_am_is_none(v))
		return true;
	if (!rt_am_flag(am, v, false, &is))
		return false;
	rt_str_addf(out, "%sNULLS %sDISTINCT%s", before, is ? "NOT " : "",
		    behind);
	return true;
}

static bool add_not_valid(rt_am *am, rt_str *out, const rt_py_call *call)
{
	bool is;

	if (!am->pg || !call)
		return true;
	if (!rt_am_flag(am, rt_am_option(am, call, "not_valid"), false, &is))
		return false;
	rt_str_add(out, is ? " NOT VALID" : "");
	return true;
}

/* ---- constraints ---- */

static bool foreign_key_sql(rt_am *am, rt_str *out, const rt_am_constraint *c)
{
	rt_str_add(out, "FOREIGN KEY(");
	rt_am_quote_list(am, out, &c->columns);
	rt_str_add(out, ") REFERENCES ");
	rt_am_quote_dotted(am, out, am->pg ? c->remote_schema :
			   (rt_sv){ NULL, 0 }, c->remote_table);
	rt_str_add(out, " (");
	rt_am_quote_list(am, out, &c->remote_columns);
	rt_str_addc(out, ')');
	if (!c->call)
		return true;
	return add_word(am, out, "MATCH",
			rt_py_call_keyword(c->call, "match")) &&
	       add_word(am, out, "ON DELETE",
			rt_py_call_keyword(c->call, "ondelete")) &&
	       add_word(am, out, "ON UPDATE",
			rt_py_call_keyword(c->call, "onupdate")) &&
	       add_deferrable(am, out, c->call) &&
	       add_not_valid(am, out, c->call);
}

static bool key_sql(rt_am *am, rt_str *out, const rt_am_constraint *c)
{
	const rt_py_value *conflict;

	if (c->kind == RT_AM_PRIMARY_KEY) {
		rt_str_add(out, "PRIMARY KEY (");
	} else {
		rt_str_add(out, "UNIQUE ");
		if (c->call && !add_nulls(am, out, c->call, "", " "))
			return false;
		rt_str_addc(out, '(');
	}
	rt_am_quote_list(am, out, &c->columns);
	rt_str_addc(out, ')');
	if (!c->call)
		return true;
	conflict = am->pg ? NULL : rt_am_option(am, c->call, "on_conflict");
	return rt_am_include(am, out, c->call) &&
	       add_deferrable(am, out, c->call) &&
	       add_word(am, out, "ON CONFLICT", conflict);
}

static bool check_sql(rt_am *am, rt_str *out, const rt_am_constraint *c)
{
	bool ok;

	rt_str_add(out, "CHECK (");
	if (c->condition && rt_py_is_str(c->condition))
		ok = rt_am_raw(am, out, c->condition->u.s, NULL);
	else
		ok = c->condition &&
		     rt_am_expr(am, out, c->condition, RT_AM_BARE);
	rt_str_addc(out, ')');
	if (ok && c->call)
		ok = add_deferrable(am, out, c->call) &&
		     add_not_valid(am, out, c->call);
	return ok;
}

/* EXCLUDE USING gist (col WITH =, …) WHERE (…) */
static bool exclude_sql(rt_am *am, rt_str *out, const rt_am_constraint *c,
			size_t first)
{
	const rt_py_value *where = rt_py_call_keyword(c->call, "where");
	const rt_py_value *ops = rt_py_call_keyword(c->call, "ops"), *op;
	rt_sv using;
	size_t i;

	if (!rt_am_is_none(ops) && ops->kind != RT_PY_V_DICT)
		return rt_am_fail(am, ops, "operator classes are not known");
	if (!rt_am_text(am, rt_py_call_keyword(c->call, "using"), &using))
		return false;
	rt_str_addf(out, "EXCLUDE USING %.*s (", using.n ? (int)using.n : 4,
		    using.n ? using.p : "gist");
	for (i = first; i < c->call->n; i++) {
		const rt_py_value *pair = c->call->v[i];

		if (pair->kind != RT_PY_V_TUPLE || pair->u.list.n != 2 ||
		    !rt_py_is_str(pair->u.list.v[1]))
			return rt_am_fail(am, pair, "a part of an exclusion "
					  "constraint is not known");
		if (i > first)
			rt_str_add(out, ", ");
		if (rt_py_is_str(pair->u.list.v[0]))
			rt_am_quote(am, out, pair->u.list.v[0]->u.s);
		else if (!rt_am_expr(am, out, pair->u.list.v[0], RT_AM_BARE))
			return false;
		op = ops && ops->kind == RT_PY_V_DICT &&
		     rt_py_is_str(pair->u.list.v[0]) ?
			     rt_py_dict_find(ops, pair->u.list.v[0]->u.s.p) :
			     NULL;
		if (op && rt_py_is_str(op))
			rt_str_addf(out, " %.*s", (int)op->u.s.n, op->u.s.p);
		rt_str_addf(out, " WITH %.*s",
			    (int)pair->u.list.v[1]->u.s.n,
			    pair->u.list.v[1]->u.s.p);
	}
	rt_str_addc(out, ')');
	if (!rt_am_is_none(where)) {
		rt_str_add(out, " WHERE (");
		if (rt_py_is_str(where) ?
			    !rt_am_raw(am, out, where->u.s, NULL) :
			    !rt_am_expr(am, out, where, RT_AM_BARE))
			return false;
		rt_str_addc(out, ')');
	}
	return add_deferrable(am, out, c->call);
}

bool rt_am_constraint_sql(rt_am *am, rt_str *out, const rt_am_constraint *c,
			  rt_sv schema)
{
	(void)schema;
	if (!rt_am_fits(am, c->name) ||
	    !rt_am_name_stays(am, (int)c->kind, c->name))
		return false;
	if (c->name.p) {
		rt_str_add(out, "CONSTRAINT ");
		rt_am_quote(am, out, c->name);
		rt_str_addc(out, ' ');
	}
	if (c->sql.p) {
		rt_str_addsv(out, c->sql);
		return true;
	}
	switch (c->kind) {
	case RT_AM_PRIMARY_KEY:
	case RT_AM_UNIQUE:
		return key_sql(am, out, c);
	case RT_AM_FOREIGN_KEY:
		return foreign_key_sql(am, out, c);
	case RT_AM_CHECK:
		return check_sql(am, out, c);
	case RT_AM_EXCLUDE:
		return exclude_sql(am, out, c, c->columns.n);
	}
	return false;
}

/* ---- columns ---- */

/* Options of an identity: a number behind words, or one of two words. */
static bool add_number(rt_am *am, rt_str *out, const rt_py_call *call,
		       const char *name, const char *words)
{
	const rt_py_value *v = rt_py_call_keyword(call, name);

	if (rt_am_is_none(v))
		return true;
	if (v->kind != RT_PY_V_INT)
		return rt_am_fail(am, v, "%s= is %s", name,
				  rt_py_kind_noun(v->kind));
	rt_str_addf(out, "%s%s %lld", out->n ? " " : "", words,
		    (long long)v->u.i);
	return true;
}

static bool add_clause(rt_am *am, rt_str *out, const rt_py_call *call,
		       const char *name, const char *yes, const char *no)
{
	const rt_py_value *v = rt_py_call_keyword(call, name);
	bool is;

	if (rt_am_is_none(v))
		return true;
	if (!rt_am_flag(am, v, false, &is))
		return false;
	if (is || no)
		rt_str_addf(out, "%s%s", out->n ? " " : "", is ? yes : no);
	return true;
}

static bool identity_options(rt_am *am, rt_str *out, const rt_py_call *call)
{
	return add_number(am, out, call, "increment", "INCREMENT BY") &&
	       add_number(am, out, call, "start", "START WITH") &&
	       add_number(am, out, call, "minvalue", "MINVALUE") &&
	       add_number(am, out, call, "maxvalue", "MAXVALUE") &&
	       add_clause(am, out, call, "nominvalue", "NO MINVALUE", NULL) &&
	       add_clause(am, out, call, "nomaxvalue", "NO MAXVALUE", NULL) &&
	       add_number(am, out, call, "cache", "CACHE") &&
	       add_clause(am, out, call, "cycle", "CYCLE", "NO CYCLE");
}

bool rt_am_identity_sql(rt_am *am, rt_str *out, const rt_py_value *v)
{
	static const rt_py_call none = { .n = 0 };
	rt_str options = RT_STR_INIT;
	const rt_py_call *call = &none;
	rt_am_ref ref;
	bool always, known;

	if (rt_am_ref_of(v, &ref) && ref.call)
		call = ref.call;
	if (!rt_am_keywords(am, RT_SV("Identity"), call) ||
	    !rt_am_flag(am, rt_py_call_arg(call, 0, "always"), false,
			&always))
		return false;
	rt_str_addf(out, "GENERATED %s AS IDENTITY",
		    always ? "ALWAYS" : "BY DEFAULT");
	known = identity_options(am, &options, call);
	if (options.n)
		rt_str_addf(out, " (%s)", options.p);
	rt_str_free(&options);
	return known;
}

static bool computed_sql(rt_am *am, rt_str *out, const rt_py_value *v)
{
	const rt_py_value *text, *persisted;
	rt_am_ref ref;
	bool stored;

	if (!rt_am_ref_of(v, &ref) || !ref.call || !ref.call->n)
		return rt_am_fail(am, v, "a generated column has no "
				  "expression");
	if (!rt_am_keywords(am, RT_SV("Computed"), ref.call))
		return false;
	text = ref.call->v[0];
	persisted = rt_py_call_arg(ref.call, 1, "persisted");
	rt_str_add(out, " GENERATED ALWAYS AS (");
	if (rt_py_is_str(text) ? !rt_am_raw(am, out, text->u.s, NULL) :
				 !rt_am_expr(am, out, text, RT_AM_BARE))
		return false;
	rt_str_addc(out, ')');
	if (!rt_am_flag(am, persisted, am->pg, &stored))
		return false;
	if (am->pg && !stored)
		return rt_am_fail(am, v, "PostgreSQL stores generated "
				  "columns");
	if (am->pg || !rt_am_is_none(persisted))
		rt_str_add(out, stored ? " STORED" : " VIRTUAL");
	return true;
}

/* SQLite wants expressions in parentheses. */
static void add_default(rt_am *am, rt_str *out, const rt_str *sql)
{
	size_t i;
	char first = sql->p[strspn(sql->p, " \t\n\r\f\v")];
	bool odd = false;

	for (i = 0; i < sql->n; i++) {
		char c = sql->p[i];

		if (c == '\n')
			break; /* as the pattern that SQLAlchemy tries */
		odd = odd || !((c >= 'a' && c <= 'z') ||
			       (c >= 'A' && c <= 'Z') ||
			       (c >= '0' && c <= '9') || c == '_' ||
			       (unsigned char)c >= 0x80);
	}
	if (!am->pg && odd && first != '\'' && first != '"' && first != '(')
		rt_str_addf(out, " DEFAULT (%s)", sql->p);
	else
		rt_str_addf(out, " DEFAULT %s", sql->p);
}

static const char *serial_of(rt_am *am, const rt_am_column *c)
{
	rt_am_type type;

	if (!rt_am_type_of(am, c->type, &type))
		return "SERIAL";
	return rt_am_type_is(&type, "bigint") ? "BIGSERIAL" :
	       rt_am_type_is(&type, "smallint") ? "SMALLSERIAL" : "SERIAL";
}

static bool column_checks(rt_am *am, rt_str *out, const rt_am_column *c)
{
	size_t i;

	for (i = 0; i < c->checks.n; i++) {
		rt_am_constraint k;
		bool known, ok;

		ok = rt_am_constraint_of(am, c->checks.v[i], &k, &known);
		rt_str_addc(out, ' ');
		ok = ok && rt_am_constraint_sql(am, out, &k,
						(rt_sv){ NULL, 0 });
		rt_am_constraint_free(&k);
		if (!ok)
			return false;
	}
	return true;
}

static void add_null(rt_am *am, rt_str *out, const rt_am_column *c)
{
	if (c->identity && am->pg)
		rt_str_add(out, c->nullable ? " NULL" : "");
	else if (!c->nullable)
		rt_str_add(out, " NOT NULL");
}

static bool type_and_default(rt_am *am, rt_str *out, const rt_am_column *c)
{
	rt_str text = RT_STR_INIT;
	bool ok = true;

	if (!c->type)
		return rt_am_fail(am, c->v, "column %.*s has no type",
				  (int)c->name.n, c->name.p);
	if (!rt_am_type_sql(am, c->type, out))
		return false;
	if (c->server_default) {
		ok = rt_am_default(am, &text, c->server_default);
		add_default(am, out, &text);
		rt_str_free(&text);
	}
	return ok;
}

bool rt_am_column_sql(rt_am *am, rt_str *out, const rt_am_column *c,
		      bool serial, bool sqlite_autoincrement)
{
	rt_am_quote(am, out, c->name);
	rt_str_addc(out, ' ');
	if (serial && am->pg)
		rt_str_add(out, serial_of(am, c));
	else if (!type_and_default(am, out, c))
		return false;
	if (am->pg) {
		if (c->computed && !computed_sql(am, out, c->computed))
			return false;
		if (c->identity) {
			rt_str_addc(out, ' ');
			if (!rt_am_identity_sql(am, out, c->identity))
				return false;
		}
		add_null(am, out, c);
	} else {
		add_null(am, out, c);
		if (sqlite_autoincrement)
			rt_str_add(out, " PRIMARY KEY AUTOINCREMENT");
		if (c->computed && !computed_sql(am, out, c->computed))
			return false;
	}
	return column_checks(am, out, c);
}
