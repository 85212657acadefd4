/* SPDX-License-Identifier: MIT */
/* Questions to the schema: sa.inspect(bind).get_columns("t"). */
#include "config.h"

#include "alembic/am.h"

#include <string.h>

#include "schema/model.h"

typedef struct asked {
	rt_am *am;
	const retort_schema *schema;
	const char *in;  /* the schema that is asked about */
	size_t table;    /* or RT_NO_OBJECT */
} asked;

static rt_py_value *text(const asked *q, const char *s)
{
	return rt_py_str_copy(q->am->ev, rt_sv_from(s));
}

static void put(const asked *q, rt_py_value *dict, const char *key,
		rt_py_value *v)
{
	(void)rt_py_dict_set(q->am->ev, dict, text(q, key), v);
}

static size_t find_table(const asked *q, rt_sv name, retort_kind kind)
{
	size_t i;

	for (i = 0; i < q->schema->n; i++)
		if (q->schema->v[i].kind == kind &&
		    strcmp(q->schema->v[i].schema, q->in) == 0 &&
		    rt_sv_is(name, q->schema->v[i].name))
			return i;
	return RT_NO_OBJECT;
}

static rt_py_value *names_of(const asked *q, retort_kind kind)
{
	rt_py_value *list = rt_py_list_new(q->am->ev, RT_PY_V_LIST);
	size_t i;

	for (i = 0; i < q->schema->n; i++)
		if (q->schema->v[i].kind == kind &&
		    strcmp(q->schema->v[i].schema, q->in) == 0)
			rt_py_list_add(q->am->ev, list,
				       text(q, q->schema->v[i].name));
	return list;
}

/* "a, b" as a list. */
static rt_py_value *columns_in(const asked *q, const char *s)
{
	rt_py_value *list = rt_py_list_new(q->am->ev, RT_PY_V_LIST);
	rt_sv rest = rt_sv_from(s ? s : ""), part;

	while (rest.p && rest.n && rt_sv_split(&rest, ',', &part)) {
		part = rt_sv_trim(part);
		if (part.n > 1 && part.p[0] == '"')
			part = rt_sv_sub(part, 1, part.n - 2);
		rt_py_list_add(q->am->ev, list,
			       rt_py_str_copy(q->am->ev, part));
	}
	return list;
}

static rt_py_value *columns(const asked *q)
{
	rt_py_value *list = rt_py_list_new(q->am->ev, RT_PY_V_LIST), *d;
	size_t at = 0, i;

	while ((i = rt_schema_next(q->schema, q->table, RETORT_KIND_COLUMN,
				   &at)) != RT_NO_OBJECT) {
		const rt_object *o = &q->schema->v[i];
		const char *def = rt_object_text(o, RT_PROPERTY_DEFAULT);

		d = rt_py_dict_new(q->am->ev, RT_PY_V_DICT);
		put(q, d, "name", text(q, o->name));
		put(q, d, "nullable",
		    rt_py_bool(q->am->ev,
			       !rt_object_text(o, RT_PROPERTY_NOT_NULL)));
		put(q, d, "default", def ? text(q, def) :
					   rt_py_none(q->am->ev));
		put(q, d, "type", rt_py_opaque(q->am->ev, &q->am->at, 0,
					       "is the type of a column of "
					       "the database"));
		rt_py_list_add(q->am->ev, list, d);
	}
	return list;
}

/* Indexes, unique and check constraints: by name. */
static rt_py_value *parts(const asked *q, retort_kind kind)
{
	rt_py_value *list = rt_py_list_new(q->am->ev, RT_PY_V_LIST), *d;
	size_t at = 0, i;

	while ((i = rt_schema_next(q->schema, q->table, kind, &at)) !=
	       RT_NO_OBJECT) {
		const rt_object *o = &q->schema->v[i];

		d = rt_py_dict_new(q->am->ev, RT_PY_V_DICT);
		put(q, d, "name", o->name[0] ? text(q, o->name) :
					       rt_py_none(q->am->ev));
		put(q, d, kind == RETORT_KIND_FOREIGN_KEY ?
			"constrained_columns" : "column_names",
		    columns_in(q, rt_object_text(o, RT_PROPERTY_COLUMNS)));
		if (kind == RETORT_KIND_FOREIGN_KEY &&
		    rt_object_text(o, RT_PROPERTY_REFERENCES))
			put(q, d, "referred_table",
			    text(q, rt_object_text(o,
						   RT_PROPERTY_REFERENCES)));
		if (kind == RETORT_KIND_INDEX)
			put(q, d, "unique",
			    rt_py_bool(q->am->ev,
				       rt_object_text(o, RT_PROPERTY_UNIQUE)
				       != NULL));
		rt_py_list_add(q->am->ev, list, d);
	}
	return list;
}

static rt_py_value *primary_key(const asked *q)
{
	rt_py_value *list = parts(q, RETORT_KIND_PRIMARY_KEY), *d;

	if (list->u.list.n)
		d = list->u.list.v[0];
	else
		d = rt_py_dict_new(q->am->ev, RT_PY_V_DICT);
	put(q, d, "constrained_columns", list->u.list.n ?
	    rt_py_dict_find(d, "column_names") :
	    rt_py_list_new(q->am->ev, RT_PY_V_LIST));
	if (!list->u.list.n)
		put(q, d, "name", rt_py_none(q->am->ev));
	return d;
}

static const struct question {
	const char *name;
	retort_kind kind;
	bool of_table;
} questions[] = {
	{ "get_table_names", RETORT_KIND_TABLE, false },
	{ "get_view_names", RETORT_KIND_VIEW, false },
	{ "has_table", RETORT_KIND_TABLE, false },
	{ "get_columns", RETORT_KIND_COLUMN, true },
	{ "get_indexes", RETORT_KIND_INDEX, true },
	{ "has_index", RETORT_KIND_INDEX, true },
	{ "get_unique_constraints", RETORT_KIND_UNIQUE, true },
	{ "get_check_constraints", RETORT_KIND_CHECK, true },
	{ "get_foreign_keys", RETORT_KIND_FOREIGN_KEY, true },
	{ "get_pk_constraint", RETORT_KIND_PRIMARY_KEY, true },
};

static rt_py_value *answer(asked *q, const struct question *what,
			   const rt_py_call *call)
{
	rt_sv name = { NULL, 0 };

	if (what->kind == RETORT_KIND_TABLE || what->kind == RETORT_KIND_VIEW) {
		if (strncmp(what->name, "has", 3) != 0)
			return names_of(q, what->kind);
		if (!rt_am_text(q->am, rt_py_call_arg(call, 0, "table_name"),
				&name))
			return rt_py_none(q->am->ev);
		return rt_py_bool(q->am->ev,
				  find_table(q, name, what->kind) !=
					  RT_NO_OBJECT);
	}
	if (!rt_am_text(q->am, rt_py_call_arg(call, 0, "table_name"), &name))
		return rt_py_none(q->am->ev);
	q->table = find_table(q, name, RETORT_KIND_TABLE);
	if (q->table == RT_NO_OBJECT)
		return rt_py_raise(q->am->ev, &call->span,
				   "sqlalchemy.exc.NoSuchTableError", "%.*s",
				   (int)name.n, name.p);
	if (what->kind == RETORT_KIND_COLUMN)
		return columns(q);
	if (what->kind == RETORT_KIND_PRIMARY_KEY)
		return primary_key(q);
	if (strncmp(what->name, "has", 3) == 0) {
		rt_py_value *list = parts(q, what->kind), *arg;
		size_t i;

		arg = rt_py_call_arg(call, 1, "index_name");
		for (i = 0; arg && rt_py_is_str(arg) && i < list->u.list.n;
		     i++) {
			rt_py_value *n = rt_py_dict_find(list->u.list.v[i],
							 "name");

			if (rt_py_is_str(n) && rt_sv_eq(n->u.s, arg->u.s))
				return rt_py_bool(q->am->ev, true);
		}
		return rt_py_bool(q->am->ev, false);
	}
	return parts(q, what->kind);
}

rt_py_value *rt_am_inspect(rt_am *am, rt_sv method, const rt_py_call *call)
{
	asked q = { am, rt_am_schema(am), am->pg ? "public" : "main",
		    RT_NO_OBJECT };
	rt_sv schema;
	size_t i;

	for (i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		if (!rt_sv_is(method, questions[i].name))
			continue;
		if (!q.schema)
			return rt_py_opaque(am->ev, &call->span,
					    RT_ALEMBIC_NEEDS_SCHEMA,
					    "asks what is in the database");
		if (!rt_am_text(am, rt_py_call_keyword(call, "schema"),
				&schema))
			return rt_py_none(am->ev);
		if (schema.n)
			q.in = rt_py_str_copy(am->ev, schema)->u.s.p;
		return answer(&q, &questions[i], call);
	}
	return rt_py_opaque(am->ev, &call->span, 0,
			    "asks what is in the database: .%.*s()",
			    (int)method.n, method.p);
}
