/* SPDX-License-Identifier: MIT */
/*
 * batch_alter_table(): its directives are those of op without the table.  On
 * PostgreSQL they run as they come; on SQLite they are collected, and run at
 * the end of the with as ALTERs or as one rebuild of the table.
 */
#include "config.h"

#include "alembic/batch.h"

#include <string.h>

/* How a method of a batch becomes a directive of op. */
static const struct method {
	const char *name;
	size_t at;          /* where the table goes among the arguments */
	const char *table, *schema; /* or as a keyword */
	bool alters;        /* SQLite may do it without a rebuild */
} methods[] = {
	{ "add_column", 0, "table_name", "schema", true },
	{ "alter_column", 0, "table_name", "schema", false },
	{ "create_check_constraint", 1, "table_name", "schema", false },
	{ "create_exclude_constraint", 1, "table_name", "schema", false },
	{ "create_foreign_key", 1, "source_table", "source_schema", false },
	{ "create_index", 1, "table_name", "schema", true },
	{ "create_primary_key", 1, "table_name", "schema", false },
	{ "create_table_comment", 0, "table_name", "schema", false },
	{ "create_unique_constraint", 1, "table_name", "schema", false },
	{ "drop_column", 0, "table_name", "schema", false },
	{ "drop_constraint", 1, "table_name", "schema", false },
	{ "drop_index", 1, "table_name", "schema", true },
	{ "drop_table_comment", 0, "table_name", "schema", false },
};

static const struct method *method_of(rt_sv name)
{
	size_t i;

	for (i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (rt_sv_is(name, methods[i].name))
			return &methods[i];
	return NULL;
}

rt_py_value *rt_am_batch_new(rt_am *am, const rt_py_call *call)
{
	struct rt_am_batch *b =
		rt_arena_calloc(rt_py_eval_arena(am->ev), 1, sizeof(*b));
	const rt_py_value *recreate = rt_py_call_keyword(call, "recreate");
	rt_py_call *kept;

	if (!rt_am_text(am, rt_py_call_arg(call, 0, "table_name"),
			&b->table) ||
	    !rt_am_text(am, rt_py_call_arg(call, 1, "schema"), &b->schema))
		return rt_py_opaque(am->ev, &call->span, 0,
				    "a batch without a table");
	kept = rt_arena_alloc(rt_py_eval_arena(am->ev), sizeof(*kept));
	*kept = *call;
	b->call = kept;
	if (!rt_am_is_none(recreate) &&
	    !(rt_py_is_str(recreate) &&
	      (rt_sv_is(recreate->u.s, "auto") ||
	       rt_sv_is(recreate->u.s, "always") ||
	       rt_sv_is(recreate->u.s, "never"))))
		return rt_py_opaque(am->ev, &call->span, 0,
				    "recreate= is not known");
	b->span = call->span;
	b->always = recreate && rt_py_is_str(recreate) &&
		    rt_sv_is(recreate->u.s, "always");
	b->never = recreate && rt_py_is_str(recreate) &&
		   rt_sv_is(recreate->u.s, "never");
	return rt_am_native_new(am, RT_AM_N_BATCH, b, &call->span);
}

rt_py_call rt_am_batch_arguments(rt_am *am, const struct rt_am_batch *b,
				 const rt_am_step *s)
{
	const struct method *m = method_of(s->name);
	const rt_py_call *call = s->call;
	rt_arena *arena = rt_py_eval_arena(am->ev);
	rt_py_call out = *call;
	rt_py_value *table = rt_py_str(am->ev, b->table);
	size_t i;

	out.v = rt_arena_calloc(arena, call->n + 1, sizeof(*out.v));
	out.kw = rt_arena_calloc(arena, call->n_kw + 2, sizeof(*out.kw));
	for (i = 0; i < call->n_kw; i++)
		out.kw[i] = call->kw[i];
	for (i = 0; i < call->n; i++)
		out.v[i + (i >= m->at)] = call->v[i];
	if (call->n >= m->at) {
		out.v[m->at] = table;
		out.n = call->n + 1;
	} else {
		out.kw[out.n_kw].name = rt_sv_from(m->table);
		out.kw[out.n_kw++].value = table;
	}
	if (b->schema.n) {
		out.kw[out.n_kw].name = rt_sv_from(m->schema);
		out.kw[out.n_kw++].value = rt_py_str(am->ev, b->schema);
	}
	return out;
}

void rt_am_batch_run(rt_am *am, const struct rt_am_batch *b,
		     const rt_am_step *s)
{
	const rt_py_call call = rt_am_batch_arguments(am, b, s);

	am->at = s->call->span;
	(void)rt_am_directive_find(s->name)->run(am, &call);
}

rt_py_value *rt_am_batch_call(rt_am *am, rt_py_value *v, rt_sv name,
			      const rt_py_call *call)
{
	struct rt_am_batch *b = v->u.native.data;
	rt_arena *arena = rt_py_eval_arena(am->ev);
	const rt_am_directive *d;
	rt_am_step *step;
	rt_py_call *copy;

	if (!rt_am_keywords(am, name, call))
		return rt_py_none(am->ev);
	if (!method_of(name)) {
		d = rt_am_directive_find(name);
		if (d)
			return d->run(am, call);
		rt_am_fail(am, NULL, "the directive .%.*s() of a batch is not "
			   "known", (int)name.n, name.p);
		return rt_py_none(am->ev);
	}
	copy = rt_arena_alloc(arena, sizeof(*copy));
	*copy = *call;
	step = rt_arena_calloc(arena, 1, sizeof(*step));
	step->name = name;
	step->call = copy;
	/* On PostgreSQL, too, they run when the batch ends. */
	if (b->last)
		b->last->next = step;
	else
		b->first = step;
	b->last = step;
	am->effects++;
	return rt_py_none(am->ev);
}

/* ---- the end of the block ---- */

/* Whether SQLite can add the column to the table as it is. */
static bool can_add(rt_am *am, const rt_py_call *call)
{
	rt_am_column c;
	bool ok = call->n && rt_am_column_of(am, call->v[0], &c);
	const rt_py_value *persisted;
	rt_am_ref ref;

	if (!ok)
		return true; /* the directive says what is wrong */
	if (c.server_default && !rt_py_is_str(c.server_default))
		ok = false;
	if (c.computed && rt_am_ref_of(c.computed, &ref) && ref.call) {
		persisted = rt_py_call_arg(ref.call, 1, "persisted");
		if (persisted && persisted->kind == RT_PY_V_BOOL &&
		    persisted->u.i)
			ok = false;
	}
	rt_am_column_free(&c);
	return ok;
}

static bool must_rebuild(rt_am *am, const struct rt_am_batch *b)
{
	const rt_am_step *s;

	/* PostgreSQL can ALTER all there is: no need to copy the table. */
	if (am->pg || b->never)
		return false;
	if (b->always)
		return true;
	for (s = b->first; s; s = s->next) {
		if (!method_of(s->name)->alters)
			return true;
		if (rt_sv_is(s->name, "add_column") && !can_add(am, s->call))
			return true;
	}
	return false;
}

void rt_am_batch_enter(rt_am *am, rt_py_value *v)
{
	(void)am;
	(void)v;
}

/*
 * What says how Alembic shall copy the table: we do not copy by its rules,
 * so that the outcome might be another.
 */
static bool plain_copy(rt_am *am, const struct rt_am_batch *b)
{
	static const char *const options[] = {
		"copy_from", "table_args", "table_kwargs", "reflect_args",
		"reflect_kwargs", "naming_convention", "partial_reordering",
	};
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		const rt_py_value *v = rt_py_call_keyword(b->call, options[i]);

		if (rt_am_is_none(v) ||
		    (v->kind == RT_PY_V_DICT && v->u.dict.n == 0) ||
		    ((v->kind == RT_PY_V_LIST || v->kind == RT_PY_V_TUPLE) &&
		     v->u.list.n == 0))
			continue;
		return rt_am_fail(am, NULL, "the table is copied, which "
				  "%s= may change", options[i]);
	}
	return true;
}

void rt_am_batch_leave(rt_am *am, rt_py_value *v)
{
	struct rt_am_batch *b = v->u.native.data;
	const rt_am_step *s;

	am->at = b->span;
	if ((b->always || must_rebuild(am, b)) && !plain_copy(am, b))
		return;
	if (must_rebuild(am, b)) {
		(void)rt_am_rebuild(am, b);
		return;
	}
	for (s = b->first; s; s = s->next)
		rt_am_batch_run(am, b, s);
}
