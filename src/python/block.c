/* SPDX-License-Identifier: MIT */
/* Blocks that may be skipped, try, class. */
#include "config.h"

#include "python/run.h"

/* ---- what a skipped block leaves behind ---- */

static void forget_target(rt_py_eval *ev, const rt_py_expr *t,
			  rt_py_value *opaque)
{
	size_t i;

	if (t->kind == RT_PY_NAME)
		rt_py_scope_set(ev, t->u.name, opaque);
	else if (t->kind == RT_PY_STARRED)
		forget_target(ev, t->u.operand, opaque);
	else if (t->kind == RT_PY_TUPLE || t->kind == RT_PY_LIST)
		for (i = 0; i < t->u.list.n; i++)
			forget_target(ev, t->u.list.v[i], opaque);
}

static void forget_import(rt_py_eval *ev, const rt_py_stmt *st,
			  rt_py_value *opaque)
{
	size_t i;

	for (i = 0; i < st->u.import.n; i++) {
		const rt_py_alias *a = &st->u.import.names[i];

		rt_py_scope_set(ev, a->as.n ? a->as : a->name, opaque);
	}
}

static void forget(rt_py_eval *ev, const rt_py_stmt *st, rt_py_value *opaque)
{
	size_t i;

	if (!rt_py_step(ev, 1, &st->span))
		return;
	switch (st->kind) {
	case RT_PY_ASSIGN:
		for (i = 0; i < st->u.assign.targets.n; i++)
			forget_target(ev, st->u.assign.targets.v[i], opaque);
		break;
	case RT_PY_ANNASSIGN:
		forget_target(ev, st->u.annassign.target, opaque);
		break;
	case RT_PY_AUGASSIGN:
		forget_target(ev, st->u.augassign.target, opaque);
		break;
	case RT_PY_IF:
		for (i = 0; i < st->u.branch.n; i++)
			rt_py_forget_block(ev, &st->u.branch.arms[i].body,
					   opaque);
		rt_py_forget_block(ev, &st->u.branch.orelse, opaque);
		break;
	case RT_PY_FOR:
	case RT_PY_WHILE:
		if (st->u.loop.target)
			forget_target(ev, st->u.loop.target, opaque);
		rt_py_forget_block(ev, &st->u.loop.body, opaque);
		break;
	case RT_PY_WITH:
		rt_py_forget_block(ev, &st->u.with.body, opaque);
		break;
	case RT_PY_TRY:
		rt_py_forget_block(ev, &st->u.attempt.body, opaque);
		for (i = 0; i < st->u.attempt.n; i++)
			rt_py_forget_block(ev, &st->u.attempt.handlers[i].body,
					   opaque);
		break;
	case RT_PY_DEF:
		rt_py_scope_set(ev, st->u.def.name, opaque);
		break;
	case RT_PY_CLASS:
		rt_py_scope_set(ev, st->u.cls.name, opaque);
		break;
	case RT_PY_IMPORT:
	case RT_PY_FROM:
		forget_import(ev, st, opaque);
		break;
	default:
		break;
	}
}

void rt_py_forget_block(rt_py_eval *ev, const rt_py_block *block,
			rt_py_value *opaque)
{
	size_t i;

	for (i = 0; i < block->n; i++)
		forget(ev, block->v[i], opaque);
}

/* ---- try ---- */

static size_t effects(rt_py_eval *ev)
{
	return ev->host->effects ? ev->host->effects(ev->self) : 0;
}

/* The last component of "a.b.C". */
static rt_sv last_name(rt_sv path)
{
	size_t i;

	for (i = path.n; i > 0; i--)
		if (path.p[i - 1] == '.')
			return rt_sv_sub(path, i, path.n);
	return path;
}

static bool is_lookup(rt_sv type)
{
	return rt_sv_is(type, "KeyError") || rt_sv_is(type, "IndexError");
}

/* Whether an `except type` takes an exception. */
static bool catches(rt_py_eval *ev, const rt_py_expr *type, rt_sv raised)
{
	rt_sv name;
	size_t i;

	if (!type)
		return true;
	if (type->kind == RT_PY_TUPLE) {
		for (i = 0; i < type->u.list.n; i++)
			if (catches(ev, type->u.list.v[i], raised))
				return true;
		return false;
	}
	if (type->kind == RT_PY_NAME)
		name = type->u.name;
	else if (type->kind == RT_PY_ATTRIBUTE)
		name = type->u.attribute.name;
	else
		return false;
	return rt_sv_is(name, "Exception") || rt_sv_is(name, "BaseException") ||
	       rt_sv_eq(name, last_name(raised)) ||
	       (rt_sv_is(name, "LookupError") && is_lookup(raised));
}

static void handle(rt_py_eval *ev, const rt_py_stmt *st)
{
	const rt_py_raised *outer = ev->handling;
	const rt_py_raised raised = ev->raised;
	size_t i;

	for (i = 0; i < st->u.attempt.n; i++) {
		const rt_py_handler *h = &st->u.attempt.handlers[i];

		if (!catches(ev, h->type, raised.type))
			continue;
		ev->flow = RT_PY_F_NEXT;
		ev->handling = &raised;
		if (h->name.n)
			rt_py_scope_set(ev, h->name, raised.value ?
					raised.value :
					rt_py_opaque(ev, &raised.span, 0,
						     "is an exception"));
		rt_py_eval_block(ev, &h->body);
		ev->handling = outer;
		return;
	}
}

/* Whether a handler does nothing but say so and raise again. */
static bool only_raises(const rt_py_handler *h)
{
	size_t n = h->body.n;

	return n && h->body.v[n - 1]->kind == RT_PY_RAISE;
}

/* Whether all went well in the body only a database can tell. */
static void doubt(rt_py_eval *ev, const rt_py_stmt *st)
{
	size_t i;

	for (i = 0; i < st->u.attempt.n; i++)
		if (!only_raises(&st->u.attempt.handlers[i])) {
			rt_py_span at = st->span;

			at.end = at.start + 3;
			rt_py_eval_trouble(ev, NULL, &at, "goes on after an "
					   "error that only the database "
					   "knows");
			return;
		}
}

/* Whether a handler is for an import that fails. */
static bool takes_imports(rt_py_eval *ev, const rt_py_handler *h)
{
	return catches(ev, h->type, RT_SV("ImportError")) ||
	       catches(ev, h->type, RT_SV("ModuleNotFoundError"));
}

/* Whether a block imports what may not be there. */
static bool may_lack(const rt_py_block *block)
{
	size_t i, k;

	for (i = 0; i < block->n; i++) {
		const rt_py_stmt *st = block->v[i];

		if (st->kind == RT_PY_FROM && !st->u.import.level &&
		    !rt_py_library_is_foreign(st->u.import.module))
			return true;
		for (k = 0; st->kind == RT_PY_IMPORT && k < st->u.import.n;
		     k++)
			if (!rt_py_library_is_foreign(
				    st->u.import.names[k].name))
				return true;
	}
	return false;
}

/* `try: import fast … except ImportError: …`: what both bind depends on what
 * is installed. */
static void doubt_imports(rt_py_eval *ev, const rt_py_stmt *st)
{
	rt_py_value *why;
	size_t i;

	if (!may_lack(&st->u.attempt.body))
		return;
	for (i = 0; i < st->u.attempt.n; i++)
		if (takes_imports(ev, &st->u.attempt.handlers[i]))
			break;
	if (i == st->u.attempt.n)
		return;
	why = rt_py_opaque(ev, &st->u.attempt.body.v[0]->span, 0,
			   "depends on what is installed");
	rt_py_forget_block(ev, &st->u.attempt.body, why);
	for (i = 0; i < st->u.attempt.n; i++)
		rt_py_forget_block(ev, &st->u.attempt.handlers[i].body, why);
	rt_py_forget_block(ev, &st->u.attempt.orelse, why);
}

void rt_py_try(rt_py_eval *ev, const rt_py_stmt *st)
{
	const size_t before = effects(ev);
	rt_py_flow flow;
	rt_py_value *result;
	rt_py_raised raised;

	rt_py_eval_block(ev, &st->u.attempt.body);
	if (effects(ev) != before)
		doubt(ev, st);
	if (ev->flow == RT_PY_F_RAISE)
		handle(ev, st);
	else if (ev->flow == RT_PY_F_NEXT)
		rt_py_eval_block(ev, &st->u.attempt.orelse);
	if (ev->flow == RT_PY_F_NEXT)
		doubt_imports(ev, st);
	if (ev->flow == RT_PY_F_STOP || !st->u.attempt.finally.n)
		return;
	flow = ev->flow;
	result = ev->result;
	raised = ev->raised;
	ev->flow = RT_PY_F_NEXT;
	rt_py_eval_block(ev, &st->u.attempt.finally);
	if (ev->flow == RT_PY_F_NEXT) {
		ev->flow = flow;
		ev->result = result;
		ev->raised = raised;
	}
}

/* ---- class ---- */

static void read_bases(rt_py_eval *ev, const rt_py_stmt *st, rt_py_value *cls)
{
	size_t i;

	for (i = 0; i < st->u.cls.bases.n && !rt_py_broken(ev); i++) {
		const rt_py_arg *arg = &st->u.cls.bases.v[i];
		rt_py_value *base;
		rt_sv name = { NULL, 0 };

		if (arg->kind != RT_PY_ARG_PLAIN)
			continue;
		base = rt_py_eval_expr(ev, arg->value);
		if (base->kind == RT_PY_V_SYMBOL)
			name = last_name(base->u.symbol.name);
		else if (base->kind == RT_PY_V_CLASS)
			name = base->u.cls.name;
		if (base->kind == RT_PY_V_BUILTIN)
			cls->u.cls.is_mixed = true;
		if (!cls->u.cls.base ||
		    cls->u.cls.base->kind == RT_PY_V_BUILTIN)
			cls->u.cls.base = base;
		if (rt_sv_is(name, "Enum") || rt_sv_is(name, "IntEnum") ||
		    rt_sv_is(name, "StrEnum") ||
		    (base->kind == RT_PY_V_CLASS && base->u.cls.is_enum))
			cls->u.cls.is_enum = true;
	}
}

static rt_py_value *new_member(rt_py_eval *ev, rt_py_value *cls,
			       rt_py_value *name, rt_py_value *value,
			       int64_t number)
{
	rt_py_value *m = rt_py_value_new(ev, RT_PY_V_INSTANCE);
	const rt_py_symbol *call = rt_py_symbol_of(value, RT_PY_S_CALL);

	if (call && rt_py_is_path(call->base, "enum.auto"))
		value = rt_py_int(ev, number);
	m->u.instance.cls = cls;
	rt_py_table_name_set(ev, &m->u.instance.attrs, RT_SV("name"), name);
	rt_py_table_name_set(ev, &m->u.instance.attrs, RT_SV("value"), value);
	return m;
}

/* The plain attributes of an enum's class become its members. */
static void make_members(rt_py_eval *ev, rt_py_value *cls)
{
	rt_py_table *t = &cls->u.cls.attrs;
	int64_t number = 0;
	size_t i;

	for (i = 0; i < t->n; i++) {
		rt_py_entry *e = &t->v[i];

		if (e->gone || e->value->kind == RT_PY_V_FUNCTION ||
		    rt_sv_starts(e->key->u.s, "_"))
			continue;
		e->value = new_member(ev, cls, e->key, e->value, ++number);
	}
}

void rt_py_class(rt_py_eval *ev, const rt_py_stmt *st)
{
	rt_py_value *cls = rt_py_value_new(ev, RT_PY_V_CLASS);
	rt_py_scope *outer = ev->scope;
	rt_py_scope *scope = rt_py_mem(ev, sizeof(*scope));

	cls->u.cls.name = st->u.cls.name;
	read_bases(ev, st, cls);
	if (rt_py_broken(ev))
		return;
	scope->outer = outer;
	scope->file = ev->file;
	scope->is_class = true;
	ev->scope = scope;
	rt_py_eval_block(ev, &st->u.cls.body);
	ev->scope = outer;
	cls->u.cls.attrs = scope->names;
	if (cls->u.cls.is_enum)
		make_members(ev, cls);
	if (!rt_py_keeps_class(ev, &st->u.cls.decorators))
		cls = rt_py_opaque(ev, &st->span, 0, "is a class that has a "
				   "decorator");
	rt_py_scope_set(ev, st->u.cls.name, cls);
}

rt_py_value *rt_py_class_attr(rt_py_eval *ev, rt_py_value *v, rt_sv name)
{
	rt_py_value *found = NULL;
	int hops;

	if (v->kind == RT_PY_V_INSTANCE) {
		found = rt_py_table_name(ev, &v->u.instance.attrs, name);
		v = v->u.instance.cls;
	}
	for (hops = 0; !found && v && v->kind == RT_PY_V_CLASS && hops < 64;
	     hops++) {
		found = rt_py_table_name(ev, &v->u.cls.attrs, name);
		v = v->u.cls.base;
	}
	if (found && found->kind == RT_PY_V_IMPORT)
		found = rt_py_import_find(ev, found);
	return found;
}
