/* SPDX-License-Identifier: MIT */
/*
 * A batch on SQLite that ALTER cannot do: the schema as it is and as it shall
 * be are compared, and what schema/alter writes from that is what runs.
 *
 * New columns and constraints are written as in CREATE TABLE and read back by
 * the same reader that reads SQLite's catalog, so that they come in its words.
 */
#include "config.h"

#include "alembic/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "schema/alter.h"
#include "schema/alter_sqlite.h"
#include "schema/sqlite_catalog.h"

enum { TAKE_TYPE = 1, TAKE_NOT_NULL = 2, TAKE_DEFAULT = 4 };

typedef struct rebuild {
	rt_am *am;
	const struct rt_am_batch *batch;
	const retort_schema *now; /* NULL = nothing is pending */
	size_t table;
	bool *gone;     /* for each object of now */
	unsigned *take; /* for each: what the column of the same name in
			   the new text says instead */
	rt_str columns, constraints; /* new text: pieces, each with ", "
					before it */
	RT_VEC(rt_sv) added;         /* names of new columns */
} rebuild;

/* ---- what is pending ---- */

static bool begin(rebuild *r)
{
	size_t i;

	if (r->now)
		return true;
	r->now = rt_am_schema(r->am);
	if (!r->now)
		return rt_am_fail_schema(r->am, "the table %.*s is made anew, "
					 "which needs to know it",
					 (int)r->batch->table.n,
					 r->batch->table.p);
	r->table = RT_NO_OBJECT;
	for (i = 0; i < r->now->n; i++)
		if (r->now->v[i].kind == RETORT_KIND_TABLE &&
		    rt_sv_is_nocase(r->batch->table, r->now->v[i].name))
			r->table = i;
	if (r->table == RT_NO_OBJECT) {
		r->now = NULL;
		return rt_am_fail(r->am, NULL, "there is no table %.*s",
				  (int)r->batch->table.n, r->batch->table.p);
	}
	r->gone = rt_calloc(r->now->n, sizeof(*r->gone));
	r->take = rt_calloc(r->now->n, sizeof(*r->take));
	return true;
}

static void forget(rebuild *r)
{
	free(r->gone);
	free(r->take);
	r->gone = NULL;
	r->take = NULL;
	r->now = NULL;
	rt_str_clear(&r->columns);
	rt_str_clear(&r->constraints);
	rt_vec_free(&r->added);
}

static size_t find_column(const rebuild *r, rt_sv name)
{
	size_t at = 0, i;

	while ((i = rt_schema_next(r->now, r->table, RETORT_KIND_COLUMN,
				   &at)) != RT_NO_OBJECT)
		if (rt_sv_is_nocase(name, r->now->v[i].name))
			return i;
	return RT_NO_OBJECT;
}

/* ---- after ---- */

/* The new text as a schema of one table; NULL = it has none. */
static retort_schema *read_text(const rebuild *r, size_t *table)
{
	rt_sqlite_catalog catalog = RT_SQLITE_CATALOG_INIT;
	rt_schema_builder *b = rt_schema_begin(RETORT_DIALECT_SQLITE,
					       r->now->server_version);
	rt_str sql = RT_STR_INIT;
	retort_schema *out;
	size_t at = 0, i;

	rt_str_add(&sql, "CREATE TABLE t (");
	/* The other columns only so that their names are known. */
	while ((i = rt_schema_next(r->now, r->table, RETORT_KIND_COLUMN,
				   &at)) != RT_NO_OBJECT) {
		if (r->take[i])
			continue;
		rt_str_add(&sql, sql.p[sql.n - 1] == '(' ? "" : ", ");
		rt_am_quote(r->am, &sql, rt_sv_from(r->now->v[i].name));
	}
	rt_str_add(&sql, r->columns.p + (sql.p[sql.n - 1] == '(' &&
					 r->columns.n ? 2 : 0));
	rt_str_add(&sql, r->constraints.p);
	rt_str_addc(&sql, ')');
	(void)rt_sqlite_catalog_add(&catalog, "table", sql.p);
	rt_sqlite_catalog_build(&catalog, b);
	out = rt_schema_end(b);
	rt_sqlite_catalog_free(&catalog);
	rt_str_free(&sql);
	for (i = 0; i < out->n; i++)
		if (out->v[i].kind == RETORT_KIND_TABLE)
			*table = i;
	return out;
}

static void copy_values(rt_schema_builder *b, size_t to, const rt_object *o)
{
	size_t i;

	for (i = 0; i < o->n_values; i++)
		rt_schema_set(b, to, o->values[i].property,
			      rt_sv_from(o->values[i].text));
}

static void take_values(rt_schema_builder *b, size_t to, const rt_object *o,
			unsigned take)
{
	static const struct {
		unsigned bit;
		rt_property property;
	} rows[] = {
		{ TAKE_TYPE, RT_PROPERTY_TYPE },
		{ TAKE_NOT_NULL, RT_PROPERTY_NOT_NULL },
		{ TAKE_DEFAULT, RT_PROPERTY_DEFAULT },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (take & rows[i].bit)
			rt_schema_set(b, to, rows[i].property,
				      rt_sv_from(rt_object_text(
					      o, rows[i].property)));
}

/* All that stays, with its changes. */
static void copy_old(const rebuild *r, rt_schema_builder *b,
		     const retort_schema *text, size_t in, size_t *handles)
{
	const retort_schema *s = r->now;
	size_t i, k, column;

	for (i = 0; i < s->n; i++) {
		const rt_object *o = &s->v[i];

		handles[i] = RT_NO_OBJECT;
		if (r->gone[i] || (o->parent != RT_NO_OBJECT &&
				   handles[o->parent] == RT_NO_OBJECT))
			continue;
		handles[i] = rt_schema_add(
			b, o->kind, rt_sv_from(o->schema),
			rt_sv_from(o->name), o->parent == RT_NO_OBJECT ?
			RT_NO_OBJECT : handles[o->parent], o->ordinal);
		copy_values(b, handles[i], o);
		column = r->take[i] ? rt_schema_child(text, in, o->kind,
						      o->name) :
				      RT_NO_OBJECT;
		if (column != RT_NO_OBJECT)
			take_values(b, handles[i], &text->v[column],
				    r->take[i]);
	}
	for (i = 0; i < s->n; i++)
		for (k = 0; handles[i] != RT_NO_OBJECT && k < s->v[i].n_needs;
		     k++)
			if (handles[s->v[i].needs[k]] != RT_NO_OBJECT)
				rt_schema_need(b, handles[i],
					       handles[s->v[i].needs[k]]);
}

static bool is_added(const rebuild *r, const char *name)
{
	size_t i;

	for (i = 0; i < r->added.n; i++)
		if (rt_sv_is(r->added.v[i], name))
			return true;
	return false;
}

static void copy_new(const rebuild *r, rt_schema_builder *b,
		     const retort_schema *text, size_t table)
{
	size_t i, made, ordinal = 10000; /* behind those that are there */

	for (i = 0; i < text->n; i++) {
		const rt_object *o = &text->v[i];

		if (o->kind == RETORT_KIND_TABLE ||
		    (o->kind == RETORT_KIND_COLUMN && !is_added(r, o->name)))
			continue;
		made = rt_schema_add(b, o->kind, RT_SV("main"),
				     rt_sv_from(o->name), table,
				     o->kind == RETORT_KIND_COLUMN ?
					     ordinal++ : 0);
		copy_values(b, made, o);
	}
}

static retort_schema *after(const rebuild *r)
{
	rt_schema_builder *b = rt_schema_begin(RETORT_DIALECT_SQLITE,
					       r->now->server_version);
	size_t *handles = rt_calloc(r->now->n, sizeof(*handles)), in = 0;
	retort_schema *text = read_text(r, &in), *out;

	copy_old(r, b, text, in, handles);
	copy_new(r, b, text, handles[r->table]);
	out = rt_schema_end(b);
	retort_schema_free(text);
	free(handles);
	return out;
}

/* Write what is pending. */
static bool finish(rebuild *r)
{
	const rt_alter_options options = { false };
	rt_ddl_list ddl = RT_DDL_LIST_INIT;
	retort_error err = RETORT_ERROR_INIT;
	retort_diff *diff = NULL;
	retort_schema *then;
	bool ok;
	size_t i;

	if (!r->now)
		return true;
	then = after(r);
	ok = retort_diff_make(&diff, r->now, then, &err) == 0 &&
	     rt_alter(diff, &options, &ddl, &err) == 0;
	for (i = 0; ok && i < ddl.list.n; i++) {
		rt_str sql = RT_STR_INIT;
		unsigned depth = r->am->autocommit;

		rt_str_add(&sql, ddl.list.v[i].sql);
		r->am->autocommit += ddl.list.v[i].autocommit;
		(void)rt_am_emit(r->am, &sql, true);
		r->am->autocommit = depth;
	}
	if (!ok)
		rt_am_fail(r->am, NULL, "the table cannot be changed: %s",
			   err.message);
	retort_error_dispose(&err);
	retort_diff_free(diff);
	rt_ddl_list_free(&ddl);
	retort_schema_free(then);
	forget(r);
	return ok;
}

/* ---- the steps ---- */

static bool add_column(rebuild *r, const rt_py_call *call)
{
	const rt_py_value *v = rt_py_call_arg(call, 1, "column");
	rt_am_table t = { .call = call };
	rt_am_column c;
	size_t i;
	bool ok;

	ok = v && rt_am_column_of(r->am, v, &c);
	if (!v)
		return rt_am_fail(r->am, NULL, "no column is given");
	rt_str_add(&r->columns, ", ");
	ok = ok && rt_am_column_sql(r->am, &r->columns, &c, false, false) &&
	     rt_am_column_parts(r->am, &c, &t);
	for (i = 0; ok && i < t.constraints.n; i++) {
		rt_str_add(&r->constraints, ", ");
		ok = rt_am_constraint_sql(r->am, &r->constraints,
					  &t.constraints.v[i], t.schema);
	}
	rt_vec_push(&r->added, c.name);
	rt_am_column_free(&c);
	rt_am_table_free(&t);
	return ok;
}

/* What names a column that goes, goes with it. */
static bool drop_column(rebuild *r, const rt_py_call *call)
{
	rt_sv name;
	size_t column, i;

	if (!rt_am_text(r->am, rt_py_call_arg(call, 1, "column_name"), &name))
		return false;
	column = find_column(r, name);
	if (column == RT_NO_OBJECT)
		return rt_am_fail(r->am, NULL, "there is no column %.*s",
				  (int)name.n, name.p);
	r->gone[column] = true;
	for (i = 0; i < r->now->n; i++) {
		const char *text = rt_object_text(&r->now->v[i],
						  RT_PROPERTY_DEFINITION);

		if (r->now->v[i].parent == r->table &&
		    r->now->v[i].kind != RETORT_KIND_TRIGGER && text &&
		    rt_sqlite_mentions(text, r->now->v[column].name))
			r->gone[i] = true;
	}
	return true;
}

static bool alter_column(rebuild *r, const rt_py_call *call)
{
	const rt_py_value *type = rt_py_call_keyword(call, "type_");
	const rt_py_value *def = rt_py_call_keyword(call, "server_default");
	const rt_py_value *null = rt_py_call_keyword(call, "nullable");
	rt_str text = RT_STR_INIT;
	bool nullable, ok = true;
	unsigned take = 0;
	size_t column;
	rt_sv name;

	if (!rt_am_text(r->am, rt_py_call_arg(call, 1, "column_name"),
			&name) ||
	    !rt_am_alter_is_plain(r->am, call) ||
	    !rt_am_flag(r->am, null, true, &nullable))
		return false;
	if (def && def->kind == RT_PY_V_BOOL && !def->u.i)
		def = NULL;
	column = find_column(r, name);
	if (column == RT_NO_OBJECT)
		return rt_am_fail(r->am, NULL, "there is no column %.*s",
				  (int)name.n, name.p);
	rt_str_add(&text, ", ");
	rt_am_quote(r->am, &text, name);
	rt_str_addc(&text, ' ');
	if (!rt_am_is_none(type)) {
		take |= TAKE_TYPE;
		ok = rt_am_type_sql(r->am, type, &text);
	}
	if (def) {
		take |= TAKE_DEFAULT;
		if (def->kind != RT_PY_V_NONE) {
			rt_str_add(&text, " DEFAULT (");
			ok = ok && rt_am_default(r->am, &text, def);
			rt_str_addc(&text, ')');
		}
	}
	if (!rt_am_is_none(null)) {
		take |= TAKE_NOT_NULL;
		rt_str_add(&text, nullable ? "" : " NOT NULL");
	}
	if (take && r->take[column])
		ok = ok && finish(r) && begin(r); /* twice the same one */
	if (ok && take) {
		r->take[column] = take;
		rt_str_add(&r->columns, text.p);
	}
	rt_str_free(&text);
	return ok;
}

static bool is_constraint(retort_kind kind)
{
	return kind == RETORT_KIND_PRIMARY_KEY || kind == RETORT_KIND_UNIQUE ||
	       kind == RETORT_KIND_CHECK || kind == RETORT_KIND_FOREIGN_KEY;
}

static bool drop_constraint(rebuild *r, const rt_py_call *call)
{
	rt_sv name;
	size_t i;

	if (!rt_am_text(r->am, rt_py_call_arg(call, 0, "constraint_name"),
			&name) ||
	    !rt_am_dropped_name_stays(r->am, rt_py_call_keyword(call, "type_"),
				      name))
		return false;
	for (i = 0; name.n && i < r->now->n; i++)
		if (r->now->v[i].parent == r->table && !r->gone[i] &&
		    is_constraint(r->now->v[i].kind) &&
		    rt_sv_is_nocase(name, r->now->v[i].name)) {
			r->gone[i] = true;
			return true;
		}
	return rt_am_fail(r->am, NULL, "the table has no constraint of the "
			  "name %.*s", (int)name.n, name.n ? name.p : "");
}

static bool add_constraint(rebuild *r, rt_sv directive, const rt_py_call *call)
{
	rt_am_constraint c;
	rt_sv schema, table;
	size_t i;
	bool ok;

	ok = rt_am_constraint_read(r->am, directive, call, &c, &schema,
				   &table);
	for (i = 0; ok && c.kind == RT_AM_PRIMARY_KEY && i < r->now->n; i++)
		if (r->now->v[i].parent == r->table &&
		    r->now->v[i].kind == RETORT_KIND_PRIMARY_KEY)
			r->gone[i] = true;
	rt_str_add(&r->constraints, ", ");
	ok = ok && rt_am_constraint_sql(r->am, &r->constraints, &c, schema);
	rt_am_constraint_free(&c);
	return ok;
}

static bool step(rebuild *r, const rt_am_step *s)
{
	const rt_py_call call = rt_am_batch_arguments(r->am, r->batch, s);
	rt_py_keyword_arg to = { RT_SV("new_column_name"), NULL };
	rt_py_value *column = rt_py_call_keyword(s->call, "column_name");
	rt_am_step rename;
	rt_py_call only;
	bool ok;

	to.value = rt_py_call_keyword(s->call, "new_column_name");
	r->am->at = s->call->span;
	if (rt_sv_is(s->name, "create_index") ||
	    rt_sv_is(s->name, "drop_index")) {
		ok = finish(r);
		rt_am_batch_run(r->am, r->batch, s);
		return ok;
	}
	if (!begin(r))
		return false;
	if (rt_sv_is(s->name, "add_column"))
		return add_column(r, &call);
	if (rt_sv_is(s->name, "drop_column"))
		return drop_column(r, &call);
	if (rt_sv_is(s->name, "drop_constraint"))
		return drop_constraint(r, &call);
	if (!rt_sv_is(s->name, "alter_column"))
		return rt_sv_starts(s->name, "create_table_") ||
		       rt_sv_starts(s->name, "drop_table_") ||
		       add_constraint(r, s->name, &call);
	ok = alter_column(r, &call);
	if (!ok || rt_am_is_none(to.value))
		return ok;
	/* SQLite renames a column everywhere by itself. */
	ok = finish(r);
	only = *s->call;
	only.kw = &to;
	only.n_kw = 1;
	if (only.n == 0) {
		only.v = &column;
		only.n = 1;
	}
	rename = *s;
	rename.call = &only;
	rt_am_batch_run(r->am, r->batch, &rename);
	return ok;
}

bool rt_am_rebuild(rt_am *am, const struct rt_am_batch *b)
{
	rebuild r = { .am = am, .batch = b, .columns = RT_STR_INIT,
		      .constraints = RT_STR_INIT };
	const rt_am_step *s;
	bool ok = true;

	for (s = b->first; ok && s; s = s->next)
		ok = step(&r, s);
	ok = ok && finish(&r);
	forget(&r);
	rt_str_free(&r.columns);
	rt_str_free(&r.constraints);
	return ok;
}
