/* SPDX-License-Identifier: MIT */
/*
 * Types that a project makes itself: classes on TypeDecorator, as DDL and
 * literals see them.
 *
 * Sources: TypeDecorator's documentation in SQLAlchemy 2.0: impl is called
 * with the arguments of the class, load_dialect_impl() chooses for a dialect,
 * process_bind_param() changes a value on its way to the database.
 */
#include "config.h"

#include "alembic/am.h"

enum {
	MAX_LEVELS = 16 /* of types in types, of classes on classes */
};

/* The class of a type or of an instance of one, or NULL. */
static const rt_py_value *class_of(const rt_py_value *v)
{
	const rt_py_value *cls, *base;
	int i;

	cls = v->kind == RT_PY_V_INSTANCE ? v->u.instance.cls :
	      v->kind == RT_PY_V_CLASS ? v : NULL;
	base = cls;
	for (i = 0; base && base->kind == RT_PY_V_CLASS && i < MAX_LEVELS; i++)
		base = base->u.cls.base;
	/* TypeDecorator[str] */
	if (base && rt_py_symbol_of(base, RT_PY_S_INDEX))
		base = base->u.symbol.base;
	if (!base || (!rt_py_is_path(base, "sqlalchemy.TypeDecorator") &&
		      !rt_py_is_path(base, "sqlalchemy.types.TypeDecorator")))
		return NULL;
	return cls;
}

bool rt_am_is_type_class(const rt_py_value *v)
{
	return class_of(v) != NULL;
}

/* What a class has of a name, or NULL. */
static rt_py_value *member(rt_am *am, const rt_py_value *cls, const char *name)
{
	return rt_py_class_attr(am->ev, (rt_py_value *)(uintptr_t)cls,
				rt_sv_from(name));
}

rt_py_value *rt_am_type_instance(rt_am *am, rt_py_value *cls,
				 const rt_py_call *call)
{
	rt_py_value *impl;

	if (!class_of(cls) || member(am, cls, "__init__"))
		return NULL;
	impl = member(am, cls, "impl");
	if (!impl)
		return NULL;
	/* an instance stays as it is */
	if (!rt_py_symbol_of(impl, RT_PY_S_CALL) &&
	    impl->kind != RT_PY_V_INSTANCE)
		impl = rt_py_call_value(am->ev, impl, call);
	return rt_py_instance(am->ev, cls, "impl", impl);
}

/* Overridden in a way that is not read here. */
static bool is_odd(rt_am *am, const rt_py_value *cls)
{
	static const char *const names[] = {
		"__init__", "__new__", "__compiles__", "type_engine",
		"bind_expression", "bind_processor", "literal_processor",
		"coerce_compared_value", "process_literal_param",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (member(am, cls, names[i]))
			return true;
	return false;
}

/* self.name(v, dialect), or of the dialect alone */
static rt_py_value *call_own(rt_am *am, rt_py_value *self,
			     rt_py_value *function, rt_py_value *v)
{
	const rt_py_span at = am->at;
	rt_py_value *args[3] = { self };
	rt_py_call call = { .v = args, .n = 1, .span = at };
	rt_py_value *out;

	if (v)
		args[call.n++] = v;
	args[call.n++] = rt_am_native_new(am, RT_AM_N_DIALECT, NULL, &at);
	out = rt_py_call_value(am->ev, function, &call);
	am->at = at;
	return out;
}

const rt_py_value *rt_am_type_plain(rt_am *am, const rt_py_value *v,
				    const rt_py_value **decorator)
{
	const rt_py_call none = { .span = am->at };
	rt_py_value *self, *load, *impl;
	const rt_py_value *cls;
	int i;

	*decorator = NULL;
	for (i = 0; i < MAX_LEVELS; i++) {
		cls = class_of(v);
		if (!cls)
			return v;
		if (is_odd(am, cls) || *decorator)
			break;
		self = v->kind == RT_PY_V_CLASS ?
			rt_am_type_instance(am, (rt_py_value *)(uintptr_t)v,
					    &none) :
			(rt_py_value *)(uintptr_t)v;
		if (!self)
			break;
		load = member(am, cls, "load_dialect_impl");
		impl = load ? call_own(am, self, load, NULL) :
			      rt_py_class_attr(am->ev, self, RT_SV("impl"));
		if (!impl || impl->kind == RT_PY_V_OPAQUE) {
			(void)rt_am_fail(am, impl, "a type is not known");
			return NULL;
		}
		*decorator = self;
		v = impl;
	}
	(void)rt_am_fail(am, v, "the type %.*s is made in a way that is not "
			 "known", (int)cls->u.cls.name.n, cls->u.cls.name.p);
	return NULL;
}

const rt_py_value *rt_am_type_bind(rt_am *am, const rt_am_type *type,
				   const rt_py_value *v)
{
	rt_py_value *self, *bind;

	if (!type || !type->decorator)
		return v;
	self = (rt_py_value *)(uintptr_t)type->decorator;
	bind = member(am, self, "process_bind_param");
	return bind ? call_own(am, self, bind,
			       (rt_py_value *)(uintptr_t)v) : v;
}
