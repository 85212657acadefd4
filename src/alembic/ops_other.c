/* SPDX-License-Identifier: MIT */
/* The directives about constraints and rows, and execute(). */
#include "config.h"

#include "alembic/am.h"

#include <string.h>

/* ---- constraints ---- */

static bool read_key(rt_am *am, const rt_py_call *call, rt_am_constraint *c)
{
	return rt_am_texts(am, rt_py_call_arg(call, 2, "columns"),
			   &c->columns);
}

static bool read_foreign_key(rt_am *am, const rt_py_call *call,
			     rt_am_constraint *c)
{
	return rt_am_text(am, rt_py_call_arg(call, 2, "referent_table"),
			  &c->remote_table) &&
	       rt_am_texts(am, rt_py_call_arg(call, 3, "local_cols"),
			   &c->columns) &&
	       rt_am_texts(am, rt_py_call_arg(call, 4, "remote_cols"),
			   &c->remote_columns) &&
	       rt_am_text(am, rt_py_call_keyword(call, "referent_schema"),
			  &c->remote_schema);
}

static bool read_check(rt_am *am, const rt_py_call *call, rt_am_constraint *c)
{
	c->condition = rt_py_call_arg(call, 2, "condition");
	return c->condition || rt_am_fail(am, NULL, "no condition is given");
}

/* Its elements are what comes behind the table. */
static bool read_exclude(rt_am *am, const rt_py_call *call,
			 rt_am_constraint *c)
{
	const size_t skip = call->n < 2 ? call->n : 2;
	rt_py_call *rest = rt_arena_alloc(rt_py_eval_arena(am->ev),
					  sizeof(*rest));

	*rest = *call;
	rest->v += skip;
	rest->n -= skip;
	c->call = rest;
	return true;
}

static const struct constraint_row {
	const char *directive;
	rt_am_constraint_kind kind;
	const char *table, *schema; /* the names of its arguments */
	bool (*read)(rt_am *am, const rt_py_call *call, rt_am_constraint *c);
} constraint_rows[] = {
	{ "create_primary_key", RT_AM_PRIMARY_KEY, "table_name", "schema",
	  read_key },
	{ "create_unique_constraint", RT_AM_UNIQUE, "table_name", "schema",
	  read_key },
	{ "create_foreign_key", RT_AM_FOREIGN_KEY, "source_table",
	  "source_schema", read_foreign_key },
	{ "create_check_constraint", RT_AM_CHECK, "table_name", "schema",
	  read_check },
	{ "create_exclude_constraint", RT_AM_EXCLUDE, "table_name", "schema",
	  read_exclude },
};

bool rt_am_constraint_read(rt_am *am, rt_sv directive, const rt_py_call *call,
			   rt_am_constraint *c, rt_sv *schema, rt_sv *table)
{
	const struct constraint_row *row = constraint_rows;

	while (!rt_sv_is(directive, row->directive))
		row++;
	memset(c, 0, sizeof(*c));
	c->kind = row->kind;
	c->call = call;
	return rt_am_text(am, rt_py_call_arg(call, 0, "constraint_name"),
			  &c->name) &&
	       rt_am_text(am, rt_py_call_arg(call, 1, row->table), table) &&
	       rt_am_text(am, rt_py_call_keyword(call, row->schema),
			  schema) &&
	       row->read(am, call, c);
}

static rt_py_value *create(rt_am *am, const char *directive,
			   const rt_py_call *call)
{
	rt_str sql = RT_STR_INIT;
	rt_sv schema, table;
	rt_am_constraint c;
	bool ok;

	ok = rt_am_constraint_read(am, rt_sv_from(directive), call, &c,
				   &schema, &table);
	if (ok && !am->pg)
		ok = rt_am_fail(am, NULL, "SQLite cannot add a constraint to "
				"a table: use batch_alter_table");
	if (ok) {
		rt_str_add(&sql, "ALTER TABLE ");
		rt_am_quote_dotted(am, &sql, schema, table);
		rt_str_add(&sql, " ADD ");
		ok = rt_am_constraint_sql(am, &sql, &c, schema);
	}
	rt_am_constraint_free(&c);
	(void)rt_am_emit(am, &sql, ok);
	return rt_py_none(am->ev);
}

static rt_py_value *create_primary_key(rt_am *am, const rt_py_call *call)
{
	return create(am, "create_primary_key", call);
}

static rt_py_value *create_unique_constraint(rt_am *am, const rt_py_call *call)
{
	return create(am, "create_unique_constraint", call);
}

static rt_py_value *create_foreign_key(rt_am *am, const rt_py_call *call)
{
	return create(am, "create_foreign_key", call);
}

static rt_py_value *create_check_constraint(rt_am *am, const rt_py_call *call)
{
	return create(am, "create_check_constraint", call);
}

static rt_py_value *create_exclude_constraint(rt_am *am, const rt_py_call *call)
{
	return create(am, "create_exclude_constraint", call);
}

static rt_py_value *drop_constraint(rt_am *am, const rt_py_call *call)
{
	rt_str sql = RT_STR_INIT;
	rt_sv name, schema, table;
	bool exists, ok;

	ok = rt_am_text(am, rt_py_call_arg(call, 0, "constraint_name"),
			&name) &&
	     rt_am_text(am, rt_py_call_arg(call, 1, "table_name"), &table) &&
	     rt_am_text(am, rt_py_call_keyword(call, "schema"), &schema) &&
	     rt_am_flag(am, rt_py_call_keyword(call, "if_exists"), false,
			&exists);
	if (ok && !name.p)
		ok = rt_am_fail(am, NULL, "the constraint has no name");
	ok = ok && rt_am_fits(am, name) &&
	     rt_am_dropped_name_stays(am, rt_py_call_arg(call, 2, "type_"),
				      name);
	if (ok && !am->pg)
		ok = rt_am_fail(am, NULL, "SQLite cannot drop a constraint "
				"of a table: use batch_alter_table");
	if (ok) {
		rt_str_add(&sql, "ALTER TABLE ");
		rt_am_quote_dotted(am, &sql, schema, table);
		rt_str_addf(&sql, " DROP CONSTRAINT %s",
			    exists ? "IF EXISTS " : "");
		rt_am_quote(am, &sql, name);
	}
	(void)rt_am_emit(am, &sql, ok);
	return rt_py_none(am->ev);
}

/* ---- execute ---- */

static bool sequence_sql(rt_am *am, rt_str *sql, const rt_am_ref *ref,
			 bool create)
{
	static const char *const options[][2] = {
		{ "increment", "INCREMENT BY" }, { "start", "START WITH" },
		{ "minvalue", "MINVALUE" }, { "maxvalue", "MAXVALUE" },
		{ "cache", "CACHE" },
	};
	const rt_py_call *s;
	rt_sv name, schema;
	bool exists;
	size_t i;

	s = ref->call->n ? rt_am_call_of(ref->call->v[0], RT_AM_SA,
					 "Sequence") : NULL;
	if (!rt_am_keywords(am, ref->name, ref->call) ||
	    !rt_am_flag(am, rt_py_call_keyword(ref->call, create ?
					       "if_not_exists" : "if_exists"),
			false, &exists))
		return false;
	if (!rt_am_keywords(am, RT_SV("Sequence"), s))
		return false;
	if (!s || !s->n || !rt_am_text(am, s->v[0], &name) ||
	    !rt_am_text(am, rt_py_call_keyword(s, "schema"), &schema))
		return rt_am_fail(am, ref->v, "a sequence is not known");
	rt_str_addf(sql, "%s SEQUENCE %s", create ? "CREATE" : "DROP",
		    !exists ? "" : create ? "IF NOT EXISTS " : "IF EXISTS ");
	rt_am_quote_dotted(am, sql, schema, name);
	for (i = 0; create && i < sizeof(options) / sizeof(options[0]); i++) {
		const rt_py_value *v = rt_py_call_keyword(s, options[i][0]);

		if (rt_am_is_none(v))
			continue;
		if (v->kind != RT_PY_V_INT)
			return rt_am_fail(am, v, "%s= is %s", options[i][0],
					  rt_py_kind_noun(v->kind));
		rt_str_addf(sql, " %s %lld", options[i][1],
			    (long long)v->u.i);
	}
	return true;
}

static bool schema_sql(rt_am *am, rt_str *sql, const rt_am_ref *ref,
		       bool create)
{
	bool exists, cascade;
	rt_sv name;

	if (!rt_am_keywords(am, ref->name, ref->call) || !ref->call->n ||
	    !rt_am_text(am, ref->call->v[0], &name) ||
	    !rt_am_flag(am, rt_py_call_keyword(ref->call, create ?
					       "if_not_exists" : "if_exists"),
			false, &exists) ||
	    !rt_am_flag(am, rt_py_call_keyword(ref->call, "cascade"), false,
			&cascade))
		return false;
	rt_str_addf(sql, "%s SCHEMA %s", create ? "CREATE" : "DROP",
		    !exists ? "" : create ? "IF NOT EXISTS " : "IF EXISTS ");
	rt_am_quote(am, sql, name);
	rt_str_add(sql, cascade ? " CASCADE" : "");
	return true;
}

bool rt_am_sequence(rt_am *am, const rt_py_value *sequence, bool create)
{
	rt_py_value *v = (rt_py_value *)(uintptr_t)sequence;
	rt_py_call call = { .v = &v, .n = 1, .span = am->at };
	const rt_am_ref ref = {
		.space = RT_AM_SA, .name = RT_SV("CreateSequence"),
		.call = &call, .v = sequence
	};
	rt_str sql = RT_STR_INIT;

	bool ok = sequence_sql(am, &sql, &ref, create);

	return rt_am_emit(am, &sql, ok);
}

/* DDL("…"), CreateSequence(…): constructs that are statements. */
static bool construct(rt_am *am, rt_str *sql, const rt_py_value *v,
		      bool *known)
{
	rt_am_ref ref;

	*known = true;
	if (rt_am_ref_of(v, &ref) && ref.call && ref.space == RT_AM_SA) {
		bool create = rt_sv_starts(ref.name, "Create");

		if (rt_sv_is(ref.name, "CreateSequence") ||
		    rt_sv_is(ref.name, "DropSequence"))
			return sequence_sql(am, sql, &ref, create);
		if (rt_sv_is(ref.name, "CreateSchema") ||
		    rt_sv_is(ref.name, "DropSchema"))
			return schema_sql(am, sql, &ref, create);
		if (rt_sv_is(ref.name, "DDL") && ref.call->n == 1 &&
		    !ref.call->n_kw && rt_py_is_str(ref.call->v[0])) {
			const rt_sv text = ref.call->v[0]->u.s;
			size_t i;

			/* Formatted with %, so that %% is a %. */
			for (i = 0; i < text.n; i++) {
				rt_str_addc(sql, text.p[i]);
				if (text.p[i] == '%' && i + 1 < text.n &&
				    text.p[i + 1] == '%')
					i++;
			}
			return true;
		}
		if (rt_sv_is(ref.name, "CreateTable") && ref.call->n == 1 &&
		    !ref.call->n_kw) {
			rt_am_table t;
			bool ok = rt_am_table_of(am, ref.call->v[0], &t) &&
				  rt_am_create_table(am, &t);

			rt_am_table_free(&t);
			return ok;
		}
	}
	*known = false;
	return false;
}

/* execution_options={…}, as execution_options(…) takes them. */
static bool known_options(rt_am *am, const rt_py_value *options)
{
	rt_py_call call = { .span = am->at };
	rt_py_keyword_arg one;
	size_t i;

	if (rt_am_is_none(options))
		return true;
	if (options->kind != RT_PY_V_DICT)
		return rt_am_fail(am, options, "options are not known");
	for (i = 0; i < options->u.dict.n; i++) {
		const rt_py_entry *e = &options->u.dict.v[i];

		if (e->gone)
			continue;
		if (!rt_py_is_str(e->key))
			return rt_am_fail(am, e->key, "options are not known");
		one = (rt_py_keyword_arg){ e->key->u.s, e->value };
		call.kw = &one;
		call.n_kw = 1;
		if (!rt_am_core_keywords(am, "sa", RT_SV("execution_options"),
					 &call))
			return false;
	}
	return true;
}

rt_py_value *rt_am_execute(rt_am *am, const rt_py_call *call)
{
	rt_py_value *v = rt_py_call_arg(call, 0, "sqltext"), *params;
	rt_str sql = RT_STR_INIT;
	bool ok, known;

	if (!v)
		v = rt_py_call_keyword(call, "statement");
	params = rt_py_call_arg(call, 1, "parameters");
	if (rt_am_is_none(params))
		params = NULL;
	if (!known_options(am, rt_py_call_keyword(call, "execution_options")))
		return rt_am_native_new(am, RT_AM_N_RESULT, NULL, &call->span);
	if (!v) {
		rt_am_fail(am, NULL, "nothing is given to execute");
		return rt_py_none(am->ev);
	}
	am->effects++;
	if (rt_py_is_str(v) && params) {
		rt_py_call text = { .v = &v, .n = 1, .span = call->span };

		v = rt_py_symbol_call(am->ev, "sqlalchemy.text", &text);
	}
	if (rt_py_is_str(v)) {
		ok = rt_am_raw(am, &sql, v->u.s, NULL);
	} else if (v->kind == RT_PY_V_SYMBOL) {
		ok = construct(am, &sql, v, &known);
		if (!known && !ok)
			ok = rt_am_is_statement(v) ?
				rt_am_statement(am, &sql, v, params) :
				rt_am_fail(am, v, "what is executed is not "
					   "known");
	} else {
		ok = rt_am_fail(am, v, "what is executed is %s",
				rt_py_kind_noun(v->kind));
	}
	(void)rt_am_emit(am, &sql, ok);
	return rt_am_native_new(am, RT_AM_N_RESULT, NULL, &call->span);
}

static rt_py_value *execute(rt_am *am, const rt_py_call *call)
{
	rt_py_call one = *call;

	/* What comes second are options, not parameters. */
	if (one.n > 1)
		one.n = 1;
	(void)rt_am_execute(am, &one);
	return rt_py_none(am->ev);
}

/* ---- rows ---- */

static rt_py_value *bulk_insert(rt_am *am, const rt_py_call *call)
{
	rt_py_value *table = rt_py_call_arg(call, 0, "table"), *rows;
	rt_py_value *args[1];
	rt_py_call insert = { .v = args, .n = 1, .span = call->span };
	size_t i;

	rows = rt_py_call_arg(call, 1, "rows");
	if (!table || !rows) {
		rt_am_fail(am, NULL, "bulk_insert() of another form");
		return rt_py_none(am->ev);
	}
	rows = rt_py_iterate(am->ev, rows, &call->span);
	if (rows->kind == RT_PY_V_OPAQUE) {
		rt_am_fail(am, rows, "the rows are not known");
		return rt_py_none(am->ev);
	}
	args[0] = table;
	for (i = 0; i < rows->u.list.n; i++) {
		rt_str sql = RT_STR_INIT;
		bool ok = rt_am_statement(
			am, &sql,
			rt_py_symbol_call(am->ev, "sqlalchemy.insert",
					  &insert),
			rows->u.list.v[i]);

		if (!rt_am_emit(am, &sql, ok))
			break;
	}
	return rt_py_none(am->ev);
}

/* ---- helpers ---- */

static rt_py_value *f(rt_am *am, const rt_py_call *call)
{
	rt_py_value *v = rt_py_call_arg(call, 0, "name");

	if (!v || !rt_py_is_str(v))
		return v ? v : rt_py_none(am->ev);
	v = rt_py_str_copy(am->ev, rt_am_cut(am, v->u.s));
	rt_am_name_is_final(am, v->u.s);
	return v;
}

static rt_py_value *get_bind(rt_am *am, const rt_py_call *call)
{
	return rt_am_native_new(am, RT_AM_N_BIND, NULL, &call->span);
}

static rt_py_value *get_context(rt_am *am, const rt_py_call *call)
{
	return rt_am_native_new(am, RT_AM_N_CONTEXT, NULL, &call->span);
}

static rt_py_value *inline_literal(rt_am *am, const rt_py_call *call)
{
	return rt_py_symbol_call(am->ev, "sqlalchemy.literal", call);
}

static const rt_am_directive constraint_directives[] = {
	{ "create_check_constraint", create_check_constraint },
	{ "create_exclude_constraint", create_exclude_constraint },
	{ "create_foreign_key", create_foreign_key },
	{ "create_primary_key", create_primary_key },
	{ "create_unique_constraint", create_unique_constraint },
	{ "drop_constraint", drop_constraint },
	{ NULL, NULL }
};

static const rt_am_directive other_directives[] = {
	{ "batch_alter_table", rt_am_batch_new },
	{ "bulk_insert", bulk_insert },
	{ "execute", execute },
	{ "f", f },
	{ "get_bind", get_bind },
	{ "get_context", get_context },
	{ "inline_literal", inline_literal },
	{ NULL, NULL }
};

const rt_am_directive *rt_am_directive_find(rt_sv name)
{
	static const rt_am_directive *const tables[] = {
		rt_am_table_directives, constraint_directives,
		other_directives
	};
	const rt_am_directive *d;
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (d = tables[i]; d->name; d++)
			if (rt_sv_is(name, d->name))
				return d;
	return NULL;
}
