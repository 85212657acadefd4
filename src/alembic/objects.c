/* SPDX-License-Identifier: MIT */
/* Objects that are made and dropped by themselves: Enum(…).create(bind). */
#include "config.h"

#include "alembic/am.h"

#include "schema/model.h"

static void enum_object(rt_am *am, const rt_py_value *v, bool create,
			const rt_py_call *call)
{
	rt_am_ref ref;
	rt_am_enum e;
	bool first;

	(void)rt_am_ref_of(v, &ref);
	if (!rt_am_flag(am, rt_py_call_arg(call, 1, "checkfirst"),
			ref.space == RT_AM_POSTGRESQL, &first) ||
	    !rt_am_enum_of(am, v, &e))
		return;
	(void)(create ? rt_am_enum_create(am, &e, first) :
			rt_am_enum_drop(am, &e, first));
}

/* Whether the database has a table; unknown: as Alembic does offline. */
static bool has_table(rt_am *am, const rt_am_table *t, bool otherwise)
{
	const retort_schema *schema = rt_am_schema(am);
	const char *name = am->pg ? "public" : "main";
	size_t i;

	if (!schema) {
		am->out->assumed = true;
		return otherwise;
	}
	for (i = 0; i < schema->n; i++)
		if (schema->v[i].kind == RETORT_KIND_TABLE &&
		    rt_sv_is(t->name, schema->v[i].name) &&
		    rt_sv_is(t->schema.n ? t->schema : rt_sv_from(name),
			     schema->v[i].schema))
			return true;
	return false;
}

static void table_object(rt_am *am, const rt_py_value *v, bool create,
			 const rt_py_call *call)
{
	rt_str sql = RT_STR_INIT;
	rt_am_table t;
	bool first, ok;

	ok = rt_am_table_of(am, v, &t) &&
	     rt_am_flag(am, rt_py_call_arg(call, 1, "checkfirst"), false,
			&first);
	if (ok && first && has_table(am, &t, !create) == create)
		ok = false; /* nothing to do */
	if (ok && create) {
		(void)rt_am_create_table(am, &t);
	} else if (ok) {
		rt_str_add(&sql, "DROP TABLE ");
		rt_am_quote_dotted(am, &sql, t.schema, t.name);
		(void)rt_am_emit(am, &sql, true);
	}
	rt_am_table_free(&t);
}

/* Methods of what SQLAlchemy makes that reach the database. */
static bool has_effects(rt_sv name)
{
	static const char *const names[] = {
		"add", "add_all", "bulk_insert_mappings", "bulk_save_objects",
		"bulk_update_mappings", "create", "create_all", "drop",
		"drop_all", "exec_driver_sql", "execute", "executemany",
		"flush", "merge", "scalar", "scalars",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (rt_sv_is(name, names[i]))
			return true;
	return false;
}

rt_py_value *rt_am_object_call(rt_am *am, const rt_py_value *base, rt_sv name,
			       const rt_py_call *call)
{
	const bool create = rt_sv_is(name, "create");
	rt_am_type type;

	if (!has_effects(name))
		return NULL;
	if (create || rt_sv_is(name, "drop")) {
		const bool is_enum = rt_am_type_of(am, base, &type) &&
				     rt_am_type_is(&type, "enum");
		const bool is_table = rt_am_is(base, RT_AM_SA, "Table");

		if ((is_enum || is_table ||
		     rt_am_is(base, RT_AM_SA, "Sequence")) &&
		    !rt_am_core_keywords(am, "", name, call))
			return rt_py_none(am->ev);
		if (is_enum)
			enum_object(am, base, create, call);
		else if (is_table)
			table_object(am, base, create, call);
		else if (am->pg && !rt_py_call_arg(call, 1, "checkfirst") &&
			 rt_am_call_of(base, RT_AM_SA, "Sequence"))
			(void)rt_am_sequence(am, base, create);
		else
			rt_am_fail(am, NULL, ".%.*s() of this is not known",
				   (int)name.n, name.p);
		return rt_py_none(am->ev);
	}
	rt_am_fail(am, NULL, "calls .%.*s() of what is not known here",
		   (int)name.n, name.p);
	return rt_py_opaque(am->ev, &call->span, 0, "comes from .%.*s() of "
			    "what is not known here", (int)name.n, name.p);
}
