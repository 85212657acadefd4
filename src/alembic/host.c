/* SPDX-License-Identifier: MIT */
/* What the evaluator asks: imported names, connections, with blocks. */
#include "config.h"

#include "alembic/am.h"
#include "alembic/type_table.h"

#include <string.h>

/* Only their addresses count: what class a native value is of. */
static const char native_classes[RT_AM_N_CLASSES];

rt_py_value *rt_am_native_new(rt_am *am, enum rt_am_native cls, void *data,
			      const rt_py_span *at)
{
	return rt_py_native(am->ev, &native_classes[cls], data, at);
}

static bool is_native(const rt_py_value *v, enum rt_am_native cls)
{
	return v->kind == RT_PY_V_NATIVE &&
	       v->u.native.cls == &native_classes[cls];
}

static rt_py_value *reads_rows(rt_am *am, const rt_py_span *at)
{
	return rt_py_opaque(am->ev, at, RT_ALEMBIC_READS_ROWS,
			    "depends on rows of the database");
}

/* ---- attributes ---- */

static rt_py_value *connection_attr(rt_am *am, rt_py_value *v, rt_sv name)
{
	static const char *const same[] = { "dialect", "engine", "impl",
					    "connection", "bind" };
	size_t i;

	for (i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		if (rt_sv_is(name, same[i]))
			return v;
	if (rt_sv_is(name, "name"))
		return rt_py_str(am->ev, am->pg ? RT_SV("postgresql") :
						  RT_SV("sqlite"));
	if (rt_sv_is(name, "as_sql"))
		return rt_py_bool(am->ev, am->env->offline);
	if (rt_sv_is(name, "version_table_schema"))
		return am->env->version_table_schema ?
			rt_py_str(am->ev, rt_sv_from(
					  am->env->version_table_schema)) :
			rt_py_none(am->ev);
	return NULL;
}

/* t.name, column.name, enum.name */
static rt_py_value *name_of(rt_am *am, const rt_py_value *v)
{
	const rt_py_value *table;
	rt_am_ref ref;
	rt_am_enum e;
	rt_sv name;

	if (rt_am_member_of(v, &table, &name))
		return rt_py_str(am->ev, name);
	if (!rt_am_ref_of(v, &ref) || !ref.call)
		return NULL;
	if (rt_am_looks_like_type(v) && rt_am_enum_of(am, v, &e))
		return e.name.p ? rt_py_str(am->ev, e.name) :
				  rt_py_none(am->ev);
	if ((ref.space == RT_AM_SA || ref.space == RT_AM_OP) && ref.call->n &&
	    rt_py_is_str(ref.call->v[0]))
		return ref.call->v[0];
	return NULL;
}

/* type.length */
static rt_py_value *length_of(rt_am *am, const rt_py_value *v)
{
	rt_py_value *length;
	rt_am_type type;

	if (!rt_am_type_of(am, v, &type))
		return NULL;
	length = rt_am_type_param(&type, "length");
	return length ? length : rt_py_none(am->ev);
}

static rt_py_value *attr(void *self, rt_py_eval *ev, rt_py_value *object,
			 rt_sv name, const rt_py_span *at)
{
	rt_am *am = self;
	rt_am_enum e;

	(void)ev;
	if (is_native(object, RT_AM_N_BIND) ||
	    is_native(object, RT_AM_N_DIALECT) ||
	    is_native(object, RT_AM_N_CONTEXT))
		return connection_attr(am, object, name);
	if (is_native(object, RT_AM_N_RESULT))
		return NULL;
	if (object->kind == RT_PY_V_CLASS && rt_sv_is(name, "metadata"))
		return rt_am_class_metadata(am, object);
	if (object->kind != RT_PY_V_SYMBOL || name.n == 0)
		return NULL;
	am->at = *at;
	if (rt_sv_is(name, "length") && rt_am_looks_like_type(object))
		return length_of(am, object);
	if (rt_sv_is(name, "name"))
		return name_of(am, object);
	if (rt_sv_is(name, "enums") && rt_am_looks_like_type(object) &&
	    rt_am_enum_of(am, object, &e))
		return e.labels;
	return NULL;
}

/* ---- calls ---- */

static rt_py_value *context_call(rt_am *am, rt_sv name, const rt_py_call *call)
{
	if (rt_sv_is(name, "is_offline_mode"))
		return rt_py_bool(am->ev, am->env->offline);
	if (rt_sv_is(name, "get_context"))
		return rt_am_native_new(am, RT_AM_N_CONTEXT, NULL,
					&call->span);
	if (rt_sv_is(name, "get_bind"))
		return rt_am_native_new(am, RT_AM_N_BIND, NULL, &call->span);
	if (rt_sv_is(name, "execute"))
		return rt_am_execute(am, call);
	return rt_py_opaque(am->ev, &call->span, 0,
			    "asks env.py: context.%.*s()", (int)name.n,
			    name.p);
}

/* A call of a path: op.x(), context.x(), sa.inspect(). */
static rt_py_value *path_call(rt_am *am, rt_py_value *callee,
			      const rt_py_call *call)
{
	const rt_am_directive *d;
	rt_am_ref ref;

	if (!rt_am_ref_of(callee, &ref))
		return NULL;
	switch (ref.space) {
	case RT_AM_OP:
		d = rt_am_directive_find(ref.name);
		if (d && rt_am_keywords(am, ref.name, call))
			return d->run(am, call);
		if (d)
			return rt_py_opaque(am->ev, &call->span, 0, "comes "
					    "from a directive that failed");
		rt_am_fail(am, NULL, "the directive op.%.*s() is not known",
			   (int)ref.name.n, ref.name.p);
		return rt_py_opaque(am->ev, &call->span, 0,
				    "comes from a directive that is not "
				    "known");
	case RT_AM_CONTEXT:
		return context_call(am, ref.name, call);
	case RT_AM_SA:
		if (rt_sv_is(ref.name, "inspect") ||
		    rt_sv_is(ref.name, "from_engine"))
			return rt_am_native_new(am, RT_AM_N_INSPECTOR, NULL,
						&call->span);
		if (rt_sv_is(ref.name, "Session"))
			return rt_am_native_new(am, RT_AM_N_BIND, NULL,
						&call->span);
		return NULL;
	default:
		return NULL;
	}
}

/* conn.x(), context.x() */
static rt_py_value *connection_call(rt_am *am, rt_py_value *base, rt_sv name,
				    const rt_py_call *call)
{
	static const char *const nothing[] = {
		"commit", "close", "flush", "expire_all", "invalidate",
		"detach", "rollback",
	};
	size_t i;

	if (rt_sv_is(name, "execute") || rt_sv_is(name, "exec_driver_sql") ||
	    rt_sv_is(name, "scalar") || rt_sv_is(name, "scalars"))
		return rt_am_execute(am, call);
	if (rt_sv_is(name, "autocommit_block"))
		return rt_am_native_new(am, RT_AM_N_AUTOCOMMIT, NULL,
					&call->span);
	if (rt_sv_is(name, "begin") || rt_sv_is(name, "begin_nested") ||
	    rt_sv_is(name, "begin_transaction"))
		return rt_am_native_new(am, RT_AM_N_TRANSACTION, NULL,
					&call->span);
	if (rt_sv_is(name, "execution_options") &&
	    !rt_am_core_keywords(am, "sa", name, call))
		return rt_py_opaque(am->ev, &call->span, 0,
				    "is a connection with other options");
	if (rt_sv_is(name, "connect") || rt_sv_is(name, "execution_options") ||
	    rt_sv_is(name, "get_bind") || rt_sv_is(name, "connection"))
		return base;
	for (i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++)
		if (rt_sv_is(name, nothing[i]))
			return rt_py_none(am->ev);
	return rt_py_opaque(am->ev, &call->span, 0,
			    "asks the connection: .%.*s()", (int)name.n,
			    name.p);
}

/* The import that a symbol begins with; its path is empty if it has none. */
static rt_sv root_of(const rt_py_value *v)
{
	int hops;

	for (hops = 0; v && v->kind == RT_PY_V_SYMBOL && hops < 1000; hops++) {
		if (v->u.symbol.form == RT_PY_S_PATH)
			return v->u.symbol.name;
		v = v->u.symbol.base;
	}
	return (rt_sv){ NULL, 0 };
}

/* What only talks. */
static bool is_harmless(rt_sv path)
{
	static const char *const roots[] = {
		"logging", "warnings", "structlog", "loguru", "typing",
		"alembic.util.messaging", "click", "sys.stdout", "sys.stderr",
	};
	size_t i;

	for (i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
		size_t n = strlen(roots[i]);

		if (rt_sv_starts(path, roots[i]) &&
		    (path.n == n || path.p[n] == '.'))
			return true;
	}
	return false;
}

static rt_py_value *method_call(rt_am *am, const rt_py_symbol *callee,
				const rt_py_call *call)
{
	rt_py_value *base = callee->base;

	if (is_native(base, RT_AM_N_BIND) || is_native(base, RT_AM_N_CONTEXT) ||
	    is_native(base, RT_AM_N_TRANSACTION))
		return connection_call(am, base, callee->name, call);
	if (is_native(base, RT_AM_N_DIALECT))
		return rt_sv_is(callee->name, "type_descriptor") &&
			       call->n == 1 ?
			call->v[0] :
			rt_py_opaque(am->ev, &call->span, 0,
				     "asks the dialect: .%.*s()",
				     (int)callee->name.n, callee->name.p);
	if (is_native(base, RT_AM_N_BATCH))
		return rt_am_batch_call(am, base, callee->name, call);
	if (is_native(base, RT_AM_N_INSPECTOR))
		return rt_am_inspect(am, callee->name, call);
	if (is_native(base, RT_AM_N_RESULT))
		return reads_rows(am, &call->span);
	return is_harmless(root_of(base)) ? NULL :
		rt_am_object_call(am, base, callee->name, call);
}

static bool begins_upper(rt_sv path)
{
	size_t i;

	for (i = path.n; i > 0 && path.p[i - 1] != '.'; i--)
		;
	return i < path.n && path.p[i] >= 'A' && path.p[i] <= 'Z';
}

static rt_py_value *call(void *self, rt_py_eval *ev, rt_py_value *callee,
			 const rt_py_call *c)
{
	rt_am *am = self;
	const rt_py_symbol *s = rt_py_symbol_of(callee, RT_PY_S_ATTR);
	rt_py_value *v;
	rt_am_ref ref;
	rt_sv root;

	am->at = c->span;
	if (callee->kind == RT_PY_V_CLASS)
		return rt_am_type_instance(am, callee, c);
	if (s) {
		v = method_call(am, s, c);
		if (v)
			return v;
	}
	if (rt_am_ref_of(callee, &ref) && !ref.call) {
		v = path_call(am, callee, c);
		if (v || ref.space != RT_AM_OTHER)
			return v;
	}
	root = root_of(callee);
	if (is_harmless(root) || root.n == 0 ||
	    rt_sv_starts(root, "sqlalchemy.") ||
	    rt_sv_starts(root, "alembic.op.") ||
	    rt_sv_starts(root, "datetime.") || rt_sv_starts(root, "decimal.") ||
	    begins_upper(root) || rt_am_looks_like_type(callee))
		return NULL;
	v = rt_py_opaque(ev, &c->span, 0, "calls %.*s(), which is not in this "
			 "file", (int)root.n, root.p);
	rt_py_eval_trouble(ev, v, &c->span, NULL);
	return v;
}

/* ---- the rest ---- */

static rt_py_truth truth(void *self, rt_py_eval *ev, rt_py_value *v)
{
	(void)self;
	(void)ev;
	if (v->kind == RT_PY_V_NATIVE && !is_native(v, RT_AM_N_RESULT))
		return RT_PY_TRUTHY;
	if (rt_py_symbol_of(v, RT_PY_S_CALL) &&
	    rt_am_is(v, RT_AM_SA, "Table"))
		return RT_PY_TRUTHY;
	return RT_PY_UNKNOWN;
}

/* The columns of a table that is written in the file. */
static rt_py_value *columns_of(rt_am *am, const rt_py_value *table)
{
	rt_py_value *list = rt_py_list_new(am->ev, RT_PY_V_LIST), *c;
	rt_am_table t;
	size_t i;

	c = rt_py_symbol_attr(am->ev, (rt_py_value *)(uintptr_t)table,
			      RT_SV("c"), &am->at);
	if (rt_am_table_of(am, table, &t))
		for (i = 0; i < t.columns.n; i++)
			rt_py_list_add(am->ev, list,
				       rt_py_symbol_attr(am->ev, c,
							 t.columns.v[i].name,
							 &am->at));
	rt_am_table_free(&t);
	return list;
}

static rt_py_value *iterate(void *self, rt_py_eval *ev, rt_py_value *v)
{
	rt_am *am = self;
	const rt_py_symbol *s = rt_py_symbol_of(v, RT_PY_S_ATTR);

	(void)ev;
	if (is_native(v, RT_AM_N_RESULT))
		return reads_rows(am, &v->u.native.span);
	if (s && (rt_sv_is(s->name, "c") || rt_sv_is(s->name, "columns")))
		return columns_of(am, s->base);
	return NULL;
}

static rt_py_value *str(void *self, rt_py_eval *ev, rt_py_value *v)
{
	const rt_py_call *text = rt_am_call_of(v, RT_AM_SA, "text");
	const rt_py_call *name = rt_am_call_of(v, RT_AM_SA, "quoted_name");

	(void)self;
	(void)ev;
	if (!text)
		text = name;
	return text && text->n ? text->v[0] : NULL;
}

static rt_py_value *enter(void *self, rt_py_eval *ev, rt_py_value *v)
{
	rt_am *am = self;

	(void)ev;
	if (is_native(v, RT_AM_N_AUTOCOMMIT)) {
		am->autocommit++;
		return rt_py_none(am->ev);
	}
	if (is_native(v, RT_AM_N_BATCH)) {
		rt_am_batch_enter(am, v);
		return v;
	}
	if (is_native(v, RT_AM_N_TRANSACTION) || is_native(v, RT_AM_N_BIND))
		return rt_am_native_new(am, RT_AM_N_BIND, NULL,
					&v->u.native.span);
	return NULL;
}

static void leave(void *self, rt_py_eval *ev, rt_py_value *v)
{
	rt_am *am = self;

	(void)ev;
	if (is_native(v, RT_AM_N_AUTOCOMMIT))
		am->autocommit--;
	else if (is_native(v, RT_AM_N_BATCH))
		rt_am_batch_leave(am, v);
}

static size_t effects(void *self)
{
	return ((rt_am *)self)->effects;
}

/* Nobody takes what it gives: so it is called for what it does. */
static void discard(void *self, rt_py_eval *ev, rt_py_value *v,
		    const rt_py_span *at)
{
	rt_am *am = self;
	const rt_py_symbol *s = rt_py_symbol_of(v, RT_PY_S_CALL);
	rt_sv root = s ? root_of(v) : (rt_sv){ NULL, 0 };

	(void)ev;
	if (!root.n || is_harmless(root) || rt_sv_starts(root, "alembic."))
		return;
	am->at = *at;
	(void)rt_am_fail(am, NULL, "does something that is not known here");
}

const rt_py_host rt_am_host = {
	.attr = attr, .call = call, .truth = truth, .iterate = iterate,
	.str = str, .enter = enter, .leave = leave, .effects = effects,
	.discard = discard,
};
