/* SPDX-License-Identifier: MIT */
/*
 * The naming_convention of the metadata that env.py hands to Alembic: it
 * gives names to constraints that have none, and changes names that its
 * template takes in, unless op.f() says that they are final.  What it would
 * name is opaque; what it leaves alone is not.
 *
 * Source: "Configuring Constraint Naming Conventions" in SQLAlchemy's manual;
 * "The Importance of Naming Constraints" in Alembic's.
 */
#include "config.h"

#include "alembic/am.h"

enum {
	MAX_HOPS = 16
};

static const char *const kinds[RT_AM_NAMED_KINDS] = {
	[RT_AM_PRIMARY_KEY] = "pk", [RT_AM_FOREIGN_KEY] = "fk",
	[RT_AM_UNIQUE] = "uq", [RT_AM_CHECK] = "ck",
	[RT_AM_EXCLUDE] = "exclude", [RT_AM_NAMED_INDEX] = "ix",
};

/* What SQLAlchemy names indexes by, where nothing else is said. */
static const char plain_index[] = "ix_%(column_0_label)s";

static bool takes_in(rt_sv template, const char *token)
{
	size_t i;

	for (i = 0; i < template.n; i++)
		if (rt_sv_starts(rt_sv_sub(template, i, template.n), token))
			return true;
	return false;
}

/* One entry of the dict; false: it is of another kind. */
static bool read_entry(rt_am_naming *n, const rt_py_entry *e)
{
	size_t i;

	for (i = 0; i < RT_AM_NAMED_KINDS; i++) {
		if (!rt_py_is_str(e->key) ||
		    !rt_sv_is(e->key->u.s, kinds[i]))
			continue;
		if (!rt_py_is_str(e->value))
			return false;
		n->gives[i] = i != RT_AM_NAMED_INDEX ||
			      !rt_sv_is(e->value->u.s, plain_index);
		n->changes[i] = takes_in(e->value->u.s, "constraint_name");
		return true;
	}
	return false;
}

static void read_convention(rt_am_naming *n, const rt_py_value *v)
{
	size_t i;

	if (rt_am_is_none(v))
		return;
	if (v->kind != RT_PY_V_DICT) {
		n->unknown = true;
		return;
	}
	if (v->u.dict.live)
		n->gives[RT_AM_NAMED_INDEX] = true; /* unless it says so */
	for (i = 0; i < v->u.dict.n; i++)
		if (!v->u.dict.v[i].gone &&
		    !read_entry(n, &v->u.dict.v[i]))
			n->unknown = true;
}

/* The metadata of what makes a base of models, or of a database object. */
static const rt_py_call *maker_of(const rt_py_value *v)
{
	const rt_py_symbol *s = rt_py_symbol_of(v, RT_PY_S_CALL);
	const rt_py_call *call = rt_am_call_of(v, RT_AM_SA,
					       "declarative_base");

	if (!call && s && rt_py_is_path(s->base, "flask_sqlalchemy.SQLAlchemy"))
		call = &s->call;
	return call;
}

static void read_metadata(rt_am_naming *n, const rt_py_value *v)
{
	const rt_py_symbol *s;
	const rt_py_call *call;
	int hops;

	for (hops = 0; hops < MAX_HOPS; hops++) {
		if (rt_am_is_none(v) || v->kind == RT_PY_V_LIST ||
		    v->kind == RT_PY_V_TUPLE)
			return;
		call = rt_am_call_of(v, RT_AM_SA, "MetaData");
		if (call) {
			n->unknown = call->n > 2;
			read_convention(n, rt_py_call_keyword(
					call, "naming_convention"));
			return;
		}
		s = rt_py_symbol_of(v, RT_PY_S_ATTR);
		call = s && rt_sv_is(s->name, "metadata") ?
			maker_of(s->base) : NULL;
		if (!call)
			break;
		v = rt_py_call_keyword(call, "metadata");
	}
	n->unknown = true;
}

rt_py_value *rt_am_class_metadata(rt_am *am, rt_py_value *cls)
{
	static const rt_py_call none = { .n = 0 };
	const rt_py_value *base = cls;
	int hops;

	for (hops = 0; base && base->kind == RT_PY_V_CLASS && hops < MAX_HOPS;
	     hops++)
		base = base->u.cls.base;
	if (!base)
		return NULL;
	if (maker_of(base))
		return rt_py_symbol_attr(am->ev,
					 (rt_py_value *)(uintptr_t)base,
					 RT_SV("metadata"), &am->at);
	if (!rt_py_is_path(base, "sqlalchemy.orm.DeclarativeBase"))
		return NULL;
	return rt_py_symbol_call(am->ev, "sqlalchemy.MetaData", &none);
}

static const rt_am_naming *naming(rt_am *am)
{
	static const rt_py_span nowhere = { 0 };
	rt_am_naming *n = &am->naming;
	const rt_py_span at = am->at;
	rt_py_value *v;

	if (n->asked)
		return n;
	n->asked = true;
	/* The cheap question first: most projects do not know the word. */
	if (!am->env->library ||
	    !rt_py_library_mentions(am->env->library, "naming_convention"))
		return n;
	v = rt_py_eval_handed(am->ev, "configure", RT_SV("target_metadata"),
			      &nowhere);
	if (v)
		read_metadata(n, v);
	am->at = at;
	return n;
}

void rt_am_name_is_final(rt_am *am, rt_sv name)
{
	rt_vec_push(&am->naming.finals, name.p);
}

static bool is_final(const rt_am *am, rt_sv name)
{
	size_t i;

	for (i = 0; i < am->naming.finals.n; i++)
		if (am->naming.finals.v[i] == name.p)
			return true;
	return false;
}

bool rt_am_name_stays(rt_am *am, int kind, rt_sv name)
{
	const rt_am_naming *n;

	if (name.p && is_final(am, name))
		return true;
	n = naming(am);
	if (!n->unknown && !(name.p ? n->changes : n->gives)[kind])
		return true;
	if (name.p)
		return rt_am_fail(am, NULL, "the naming_convention that "
				  "env.py's metadata has may change the name "
				  "%.*s, which is not in op.f()", (int)name.n,
				  name.p);
	return rt_am_fail(am, NULL, "the naming_convention that env.py's "
			  "metadata has names what has no name here");
}

bool rt_am_dropped_name_stays(rt_am *am, const rt_py_value *type, rt_sv name)
{
	static const struct of {
		const char *type;
		int kind;
	} of[] = {
		{ "primary", RT_AM_PRIMARY_KEY }, { "check", RT_AM_CHECK },
		{ "unique", RT_AM_UNIQUE },
		{ "foreignkey", RT_AM_FOREIGN_KEY },
	};
	size_t i;

	for (i = 0; type && i < sizeof(of) / sizeof(of[0]); i++)
		if (rt_py_is_str(type) && rt_sv_is(type->u.s, of[i].type))
			return rt_am_name_stays(am, of[i].kind, name);
	return true;
}
