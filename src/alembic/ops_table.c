/* SPDX-License-Identifier: MIT */
/* The directives about tables, columns and indexes. */
#include "config.h"

#include "alembic/am.h"

/* Where a directive works: its table and schema. */
static bool place(rt_am *am, const rt_py_call *call, size_t at,
		  const char *name, rt_sv *schema, rt_sv *table)
{
	if (!rt_am_text(am, rt_py_call_arg(call, at, name), table) ||
	    !rt_am_text(am, rt_py_call_keyword(call, "schema"), schema))
		return false;
	return table->n > 0 || rt_am_fail(am, NULL, "no table is named");
}

static void alter_table(rt_am *am, rt_str *sql, rt_sv schema, rt_sv table)
{
	rt_sv rest = schema, part;

	rt_str_add(sql, "ALTER TABLE ");
	/* Alembic takes a dotted schema for several names. */
	while (schema.n && rt_sv_split(&rest, '.', &part)) {
		rt_am_quote(am, sql, part);
		rt_str_addc(sql, '.');
	}
	rt_am_quote(am, sql, table);
}

static rt_py_value *create_table(rt_am *am, const rt_py_call *call)
{
	rt_sv name;
	rt_am_table t;

	if (!rt_am_text(am, rt_py_call_arg(call, 0, "table_name"), &name))
		return rt_py_none(am->ev);
	if (rt_am_table_read(am, call, 1, name, &t))
		(void)rt_am_create_table(am, &t);
	rt_am_table_free(&t);
	/* It returns the table. */
	return rt_py_symbol_call(am->ev, "alembic.op.create_table", call);
}

static rt_py_value *drop_table(rt_am *am, const rt_py_call *call)
{
	rt_str sql = RT_STR_INIT;
	rt_sv schema, table;
	bool exists, ok;

	ok = place(am, call, 0, "table_name", &schema, &table) &&
	     rt_am_flag(am, rt_py_call_keyword(call, "if_exists"), false,
			&exists);
	if (ok) {
		rt_str_addf(&sql, "DROP TABLE %s", exists ? "IF EXISTS " : "");
		rt_am_quote_dotted(am, &sql, schema, table);
	}
	(void)rt_am_emit(am, &sql, ok);
	return rt_py_none(am->ev);
}

static rt_py_value *rename_table(rt_am *am, const rt_py_call *call)
{
	rt_str sql = RT_STR_INIT;
	rt_sv schema, from, to;
	bool ok;

	ok = place(am, call, 0, "old_table_name", &schema, &from) &&
	     rt_am_text(am, rt_py_call_arg(call, 1, "new_table_name"), &to);
	if (ok) {
		alter_table(am, &sql, schema, from);
		rt_str_add(&sql, " RENAME TO ");
		rt_am_quote_dotted(am, &sql, am->pg ? (rt_sv){ NULL, 0 } :
				   schema, to);
	}
	(void)rt_am_emit(am, &sql, ok);
	return rt_py_none(am->ev);
}

/* ---- columns ---- */

static bool inline_references(rt_am *am, rt_str *sql, const rt_am_table *t)
{
	const rt_am_constraint *fk = &t->constraints.v[0];
	rt_str whole = RT_STR_INIT;
	rt_am_constraint bare = *fk;
	const char *at;
	bool ok;

	bare.name.p = NULL;
	ok = rt_am_constraint_sql(am, &whole, &bare, t->schema);
	at = whole.p;
	while (*at && *at != ')')
		at++;
	if (ok && *at)
		rt_str_add(sql, at + 1);
	rt_str_free(&whole);
	return ok;
}

static bool add_constraint(rt_am *am, rt_sv schema, rt_sv table,
			   const rt_am_constraint *c)
{
	rt_str sql = RT_STR_INIT;
	bool ok;

	if (!am->pg)
		return c->sql.p ? true :
			rt_am_fail(am, NULL, "SQLite cannot add a constraint "
				   "to a table: use batch_alter_table");
	rt_str_add(&sql, "ALTER TABLE ");
	rt_am_quote_dotted(am, &sql, schema, table);
	rt_str_add(&sql, " ADD ");
	ok = rt_am_constraint_sql(am, &sql, c, schema);
	return rt_am_emit(am, &sql, ok);
}

static bool write_add_column(rt_am *am, const rt_py_call *call,
			     const rt_am_column *c, rt_am_table *t,
			     bool *inlined)
{
	rt_str sql = RT_STR_INIT;
	rt_am_type type;
	bool exists, refs, key, ok, serial = false;

	ok = rt_am_flag(am, rt_py_call_keyword(call, "if_not_exists"), false,
			&exists) &&
	     rt_am_flag(am, rt_py_call_keyword(call, "inline_references"),
			false, &refs) &&
	     rt_am_flag(am, rt_py_call_keyword(call, "inline_primary_key"),
			false, &key);
	if (!ok)
		return false;
	alter_table(am, &sql, t->schema, t->name);
	rt_str_addf(&sql, " ADD COLUMN %s", exists ? "IF NOT EXISTS " : "");
	if (c->primary_key && am->pg && c->type &&
	    rt_am_type_of(am, c->type, &type))
		serial = (rt_am_type_is(&type, "int") ||
			  rt_am_type_is(&type, "bigint") ||
			  rt_am_type_is(&type, "smallint")) &&
			 !c->identity && !c->server_default &&
			 !c->foreign_keys.n &&
			 (!c->autoincrement ||
			  c->autoincrement->kind != RT_PY_V_BOOL ||
			  c->autoincrement->u.i);
	ok = rt_am_column_sql(am, &sql, c, serial, false);
	if (ok && key && c->primary_key)
		rt_str_add(&sql, " PRIMARY KEY");
	*inlined = refs && c->foreign_keys.n == 1;
	if (ok && *inlined)
		ok = inline_references(am, &sql, t);
	return rt_am_emit(am, &sql, ok);
}

static bool add_one_column(rt_am *am, const rt_py_call *call, rt_am_table *t,
			   const rt_am_column *c)
{
	bool inlined = false, ok;
	size_t i;

	ok = rt_am_column_parts(am, c, t) &&
	     write_add_column(am, call, c, t, &inlined);
	for (i = 0; ok && i < t->constraints.n; i++)
		if (!inlined ||
		    t->constraints.v[i].kind != RT_AM_FOREIGN_KEY)
			ok = add_constraint(am, t->schema, t->name,
					    &t->constraints.v[i]);
	if (ok && c->index)
		ok = rt_am_column_index(am, t->schema, t->name, c->name,
					c->unique);
	if (ok && am->pg && c->comment.n)
		ok = rt_am_comment(am, "COLUMN", t->schema, t->name, c->name,
				   c->comment);
	return ok;
}

static rt_py_value *add_column(rt_am *am, const rt_py_call *call)
{
	rt_am_table t = { .call = call };
	const rt_py_value *v = rt_py_call_arg(call, 1, "column");
	rt_am_column c;

	if (!place(am, call, 0, "table_name", &t.schema, &t.name))
		return rt_py_none(am->ev);
	if (!v) {
		rt_am_fail(am, NULL, "no column is given");
		return rt_py_none(am->ev);
	}
	if (rt_am_column_of(am, v, &c))
		(void)add_one_column(am, call, &t, &c);
	rt_am_column_free(&c);
	rt_am_table_free(&t);
	return rt_py_none(am->ev);
}

static rt_py_value *drop_column(rt_am *am, const rt_py_call *call)
{
	rt_str sql = RT_STR_INIT;
	rt_sv schema, table, column;
	bool exists, ok;

	ok = place(am, call, 0, "table_name", &schema, &table) &&
	     rt_am_text(am, rt_py_call_arg(call, 1, "column_name"),
			&column) &&
	     rt_am_flag(am, rt_py_call_keyword(call, "if_exists"), false,
			&exists);
	if (ok) {
		alter_table(am, &sql, schema, table);
		rt_str_addf(&sql, " DROP COLUMN %s",
			    exists ? "IF EXISTS " : "");
		rt_am_quote(am, &sql, column);
	}
	(void)rt_am_emit(am, &sql, ok);
	return rt_py_none(am->ev);
}

/* ---- alter_column ---- */

typedef struct alter {
	rt_sv schema, table, column;
	const rt_py_call *call;
} alter;

static void alter_column_head(rt_am *am, rt_str *sql, const alter *a)
{
	alter_table(am, sql, a->schema, a->table);
	rt_str_add(sql, " ALTER COLUMN ");
	rt_am_quote(am, sql, a->column);
	rt_str_addc(sql, ' ');
}

static bool alter_type(rt_am *am, const alter *a)
{
	const rt_py_value *type = rt_py_call_keyword(a->call, "type_");
	const rt_py_value *using = rt_am_option(am, a->call, "using");
	rt_str sql = RT_STR_INIT;
	bool ok;

	if (rt_am_is_none(type))
		return true;
	alter_column_head(am, &sql, a);
	rt_str_add(&sql, "TYPE ");
	ok = rt_am_type_sql(am, type, &sql);
	if (ok && am->pg && !rt_am_is_none(using)) {
		rt_str_add(&sql, " USING ");
		if (rt_py_is_str(using))
			rt_str_addsv(&sql, using->u.s);
		else
			ok = rt_am_expr(am, &sql, using, RT_AM_BARE);
	}
	return rt_am_emit(am, &sql, ok);
}

static bool alter_nullable(rt_am *am, const alter *a)
{
	const rt_py_value *v = rt_py_call_keyword(a->call, "nullable");
	rt_str sql = RT_STR_INIT;
	bool nullable;

	if (rt_am_is_none(v))
		return true;
	if (!rt_am_flag(am, v, true, &nullable))
		return false;
	alter_column_head(am, &sql, a);
	rt_str_add(&sql, nullable ? "DROP NOT NULL" : "SET NOT NULL");
	return rt_am_emit(am, &sql, true);
}

static bool is_set(const rt_py_call *call, const char *name)
{
	return call && !rt_am_is_none(rt_py_call_keyword(call, name));
}

/*
 * SET for every option, sorted by name.  That one is there already is what
 * existing_server_default says, or nobody: then none of the old are known
 * and those that are given count.
 */
static bool change_identity(rt_am *am, rt_str *sql, const rt_py_value *v)
{
	static const struct {
		const char *name, *words;
	} numbers[] = {
		{ "cache", "CACHE" }, { "increment", "INCREMENT BY" },
		{ "maxvalue", "MAXVALUE" }, { "minvalue", "MINVALUE" },
		{ "start", "START WITH" },
	};
	rt_am_ref ref;
	bool always = false;
	size_t i;

	if (!rt_am_ref_of(v, &ref) ||
	    (ref.call && !rt_am_flag(am, rt_py_call_arg(ref.call, 0,
							"always"),
				     false, &always)))
		return false;
	rt_str_add(sql, always ? "SET GENERATED ALWAYS " : "");
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (!is_set(ref.call, numbers[i].name))
			continue;
		rt_str_addf(sql, "SET %s %lld ", numbers[i].words,
			    (long long)rt_py_call_keyword(ref.call,
							  numbers[i].name)
				    ->u.i);
	}
	return true;
}

static bool alter_identity(rt_am *am, const alter *a, const rt_py_value *v,
			   const rt_py_value *existing)
{
	rt_str sql = RT_STR_INIT;
	bool ok = true;

	if (!am->pg)
		return rt_am_fail(am, v, "SQLite has no identity columns");
	alter_column_head(am, &sql, a);
	if (v->kind == RT_PY_V_NONE) {
		rt_str_add(&sql, "DROP IDENTITY");
	} else if (existing && existing->kind == RT_PY_V_NONE) {
		rt_str_add(&sql, "ADD ");
		ok = rt_am_identity_sql(am, &sql, v);
	} else if (!existing) {
		ok = change_identity(am, &sql, v);
	} else {
		ok = rt_am_fail(am, v, "an identity column changes its "
				"options");
	}
	return rt_am_emit(am, &sql, ok);
}

static bool alter_default(rt_am *am, const alter *a)
{
	const rt_py_value *v = rt_py_call_keyword(a->call, "server_default");
	const rt_py_value *old = rt_py_call_keyword(a->call,
						    "existing_server_default");
	rt_str sql = RT_STR_INIT;
	bool ok = true;

	if (!v || (v->kind == RT_PY_V_BOOL && !v->u.i))
		return true;
	if (rt_am_is(v, RT_AM_SA, "Identity") ||
	    (v->kind == RT_PY_V_NONE && rt_am_is(old, RT_AM_SA, "Identity")))
		return alter_identity(am, a, v, old);
	if (rt_am_is(v, RT_AM_SA, "Computed"))
		return rt_am_fail(am, v, "a column cannot become a generated "
				  "one");
	alter_column_head(am, &sql, a);
	if (v->kind == RT_PY_V_NONE) {
		rt_str_add(&sql, "DROP DEFAULT");
	} else {
		rt_str_add(&sql, "SET DEFAULT ");
		ok = rt_am_default(am, &sql, v);
	}
	return rt_am_emit(am, &sql, ok);
}

static bool alter_comment(rt_am *am, const alter *a)
{
	const rt_py_value *v = rt_py_call_keyword(a->call, "comment");
	rt_sv text;

	if (!v || (v->kind == RT_PY_V_BOOL && !v->u.i))
		return true;
	if (!am->pg)
		return rt_am_fail(am, v, "SQLite has no comments");
	return rt_am_text(am, v, &text) &&
	       rt_am_comment(am, "COLUMN", a->schema, a->table, a->column,
			     text);
}

static bool alter_name(rt_am *am, const alter *a)
{
	rt_str sql = RT_STR_INIT;
	rt_sv name;

	if (!rt_am_text(am, rt_py_call_keyword(a->call, "new_column_name"),
			&name))
		return false;
	if (!name.p)
		return true;
	alter_table(am, &sql, a->schema, a->table);
	rt_str_add(&sql, am->pg ? " RENAME " : " RENAME COLUMN ");
	rt_am_quote(am, &sql, a->column);
	rt_str_add(&sql, " TO ");
	rt_am_quote(am, &sql, name);
	return rt_am_emit(am, &sql, true);
}

static rt_py_value *alter_column(rt_am *am, const rt_py_call *call)
{
	alter a = { .call = call };
	bool ok;

	ok = place(am, call, 0, "table_name", &a.schema, &a.table) &&
	     rt_am_text(am, rt_py_call_arg(call, 1, "column_name"),
			&a.column) &&
	     rt_am_alter_is_plain(am, call);
	if (ok && am->pg)
		ok = alter_type(am, &a) && alter_nullable(am, &a) &&
		     alter_default(am, &a);
	else if (ok)
		ok = alter_nullable(am, &a) && alter_default(am, &a) &&
		     alter_type(am, &a);
	if (ok)
		(void)(alter_comment(am, &a) && alter_name(am, &a));
	return rt_py_none(am->ev);
}

/* ---- indexes ---- */

static rt_py_value *create_index(rt_am *am, const rt_py_call *call)
{
	rt_py_value *columns = rt_py_call_arg(call, 2, "columns");
	rt_sv name, schema, table;

	if (!rt_am_text(am, rt_py_call_arg(call, 0, "index_name"), &name) ||
	    !place(am, call, 1, "table_name", &schema, &table))
		return rt_py_none(am->ev);
	if (!columns)
		rt_am_fail(am, NULL, "an index has no columns");
	else
		(void)rt_am_create_index(am, name, schema, table, columns,
					 call);
	return rt_py_none(am->ev);
}

static rt_py_value *drop_index(rt_am *am, const rt_py_call *call)
{
	rt_str sql = RT_STR_INIT;
	rt_sv name, schema;
	bool exists, concurrently, ok;

	ok = rt_am_text(am, rt_py_call_arg(call, 0, "index_name"), &name) &&
	     rt_am_text(am, rt_py_call_keyword(call, "schema"), &schema) &&
	     rt_am_flag(am, rt_py_call_keyword(call, "if_exists"), false,
			&exists) &&
	     rt_am_flag(am, am->pg ? rt_am_option(am, call, "concurrently") :
			NULL, false, &concurrently);
	if (ok && !name.p)
		ok = rt_am_fail(am, NULL, "an index has no name");
	ok = ok && rt_am_fits(am, name) &&
	     rt_am_name_stays(am, RT_AM_NAMED_INDEX, name);
	if (ok) {
		rt_str_addf(&sql, "DROP INDEX %s%s",
			    concurrently ? "CONCURRENTLY " : "",
			    exists ? "IF EXISTS " : "");
		rt_am_quote_dotted(am, &sql, schema, name);
	}
	(void)rt_am_emit(am, &sql, ok);
	return rt_py_none(am->ev);
}

/* ---- comments ---- */

static rt_py_value *table_comment(rt_am *am, const rt_py_call *call, bool set)
{
	static const rt_sv none = { NULL, 0 };
	rt_sv schema, table, text = none;

	if (!place(am, call, 0, "table_name", &schema, &table) ||
	    (set && !rt_am_text(am, rt_py_call_arg(call, 1, "comment"),
				&text)))
		return rt_py_none(am->ev);
	(void)rt_am_comment(am, "TABLE", schema, table, none, text);
	return rt_py_none(am->ev);
}

static rt_py_value *create_table_comment(rt_am *am, const rt_py_call *call)
{
	return table_comment(am, call, true);
}

static rt_py_value *drop_table_comment(rt_am *am, const rt_py_call *call)
{
	return table_comment(am, call, false);
}

const rt_am_directive rt_am_table_directives[] = {
	{ "add_column", add_column },
	{ "alter_column", alter_column },
	{ "create_index", create_index },
	{ "create_table", create_table },
	{ "create_table_comment", create_table_comment },
	{ "drop_column", drop_column },
	{ "drop_index", drop_index },
	{ "drop_table", drop_table },
	{ "drop_table_comment", drop_table_comment },
	{ "rename_table", rename_table },
	{ NULL, NULL }
};
