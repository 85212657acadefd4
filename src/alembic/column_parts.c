/* SPDX-License-Identifier: MIT */
/* What a column brings to its table: keys, checks, foreign keys. */
#include "config.h"

#include "alembic/type_table.h"

/* CHECK (c IN (…)) of Boolean and Enum with create_constraint. */
static bool type_check(rt_am *am, const rt_am_column *c, rt_am_table *t)
{
	rt_am_constraint check = { .kind = RT_AM_CHECK, .after = true };
	rt_str sql = RT_STR_INIT;
	rt_am_type type;
	rt_am_enum e;
	bool wanted;
	size_t i;

	if (!c->type || !rt_am_type_of(am, c->type, &type) || !type.call)
		return true;
	if (rt_am_type_is(&type, "bool") && !am->pg) {
		if (!rt_am_flag(am, rt_am_type_param(&type,
						     "create_constraint"),
				false, &wanted) ||
		    !rt_am_text(am, rt_am_type_param(&type, "name"),
				&check.name))
			return false;
		if (!wanted)
			return true;
		rt_str_add(&sql, "CHECK (");
		rt_am_quote(am, &sql, c->name);
		rt_str_add(&sql, " IN (0, 1))");
	} else if (rt_am_type_is(&type, "enum")) {
		if (!rt_am_enum_of(am, c->type, &e))
			return false;
		if (!e.constraint || (am->pg && e.native))
			return true;
		check.name = e.name;
		rt_str_add(&sql, "CHECK (");
		rt_am_quote(am, &sql, c->name);
		rt_str_add(&sql, " IN (");
		for (i = 0; i < e.labels->u.list.n; i++) {
			if (i)
				rt_str_add(&sql, ", ");
			rt_am_literal(am, &sql, e.labels->u.list.v[i]->u.s);
		}
		rt_str_add(&sql, "))");
	} else {
		return true;
	}
	check.sql = rt_py_str_copy(am->ev, rt_str_sv(&sql))->u.s;
	rt_str_free(&sql);
	rt_vec_push(&t->constraints, check);
	return true;
}

static bool brings_no_check(rt_am *am, const rt_py_value *type)
{
	const rt_am_column c = { .name = RT_SV("x"), .type = type };
	rt_am_table t = { .call = NULL };
	bool ok = type_check(am, &c, &t);

	if (ok && t.constraints.n)
		ok = rt_am_fail(am, type, "a type changes that has a CHECK");
	rt_am_table_free(&t);
	return ok;
}

bool rt_am_alter_is_plain(rt_am *am, const rt_py_call *call)
{
	const rt_py_value *to = rt_py_call_keyword(call, "type_");
	const rt_py_value *from = rt_py_call_keyword(call, "existing_type");

	return rt_am_is_none(to) ||
	       (brings_no_check(am, to) &&
		(rt_am_is_none(from) || brings_no_check(am, from)));
}

bool rt_am_column_parts(rt_am *am, const rt_am_column *c, rt_am_table *t)
{
	size_t i;

	if (c->unique && !c->index) {
		rt_am_constraint u = { .kind = RT_AM_UNIQUE, .after = true };

		rt_vec_push(&u.columns, c->name);
		rt_vec_push(&t->constraints, u);
	}
	for (i = 0; i < c->foreign_keys.n; i++) {
		rt_am_constraint fk = { .kind = RT_AM_FOREIGN_KEY,
					.after = true };
		const rt_py_call *call;
		rt_am_ref ref;
		bool ok;

		(void)rt_am_ref_of(c->foreign_keys.v[i], &ref);
		call = ref.call;
		if (!call || !call->n)
			return rt_am_fail(am, ref.v, "a foreign key has no "
					  "target");
		fk.call = call;
		rt_vec_push(&fk.columns, c->name);
		ok = rt_am_keywords(am, RT_SV("ForeignKey"), call) &&
		     rt_am_add_target(am, &fk, call->v[0]) &&
		     rt_am_text(am, rt_py_call_keyword(call, "name"),
				&fk.name);
		rt_vec_push(&t->constraints, fk);
		if (!ok)
			return false;
	}
	return type_check(am, c, t);
}
