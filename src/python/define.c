/* SPDX-License-Identifier: MIT */
/* Functions as they are defined, and what decorators make of them. */
#include "config.h"

#include "python/run.h"

/* @compiles(Type): who writes the type asks for this attribute of it. */
static void mark_compiled(rt_py_eval *ev, const rt_py_value *v)
{
	const rt_py_symbol *s = rt_py_symbol_of(v, RT_PY_S_CALL);

	if (s && rt_py_is_path(s->base, "sqlalchemy.ext.compiler.compiles") &&
	    s->call.n && s->call.v[0]->kind == RT_PY_V_CLASS)
		rt_py_table_name_set(ev, &s->call.v[0]->u.cls.attrs,
				     RT_SV("__compiles__"), ev->yes);
}

/* What a decorator makes of a function; false: that is not known. */
static bool decorate(rt_py_eval *ev, const rt_py_expr *x, rt_py_value *f)
{
	static const struct decorator {
		const char *name;
		rt_py_role role;
		bool is_builtin; /* else a name that is imported */
	} known[] = {
		{ "classmethod", RT_PY_ROLE_CLASS, true },
		{ "staticmethod", RT_PY_ROLE_STATIC, true },
		{ "property", RT_PY_ROLE_PROPERTY, true },
		{ "functools.cache", RT_PY_ROLE_METHOD, false },
		{ "functools.lru_cache", RT_PY_ROLE_METHOD, false },
	};
	rt_py_value *v = NULL;
	size_t i;

	if (x->kind != RT_PY_NAME || rt_py_scope_get(ev, x->u.name))
		v = rt_py_eval_expr(ev, x);
	if (v && rt_py_symbol_of(v, RT_PY_S_CALL)) {
		mark_compiled(ev, v);
		v = v->u.symbol.base;
	}
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].is_builtin ?
			    !v && rt_sv_is(x->u.name, known[i].name) :
			    v && rt_py_is_path(v, known[i].name)) {
			f->u.function.role = known[i].role;
			return true;
		}
	return false;
}

void rt_py_def(rt_py_eval *ev, const rt_py_stmt *st)
{
	rt_py_value *f = rt_py_make_function(ev, st->u.def.name,
					     &st->u.def.params);

	f->u.function.body = &st->u.def.body;
	if (st->u.def.is_async)
		f->u.function.odd = "is an async function";
	else if (st->u.def.is_generator)
		f->u.function.odd = "is a generator";
	else if (st->u.def.decorators.n > 1 ||
		 (st->u.def.decorators.n &&
		  !decorate(ev, st->u.def.decorators.v[0], f)))
		f->u.function.odd = "has a decorator";
	rt_py_scope_set(ev, st->u.def.name, f);
}

bool rt_py_keeps_class(rt_py_eval *ev, const rt_py_list *decorators)
{
	static const char *const known[] = {
		"dataclasses.dataclass", "enum.unique", "typing.final",
		"functools.total_ordering",
	};
	size_t i, k;

	for (i = 0; i < decorators->n; i++) {
		rt_py_value *v = rt_py_eval_expr(ev, decorators->v[i]);

		if (rt_py_symbol_of(v, RT_PY_S_CALL))
			v = v->u.symbol.base;
		for (k = 0; k < sizeof(known) / sizeof(known[0]); k++)
			if (rt_py_is_path(v, known[k]))
				break;
		if (k == sizeof(known) / sizeof(known[0]))
			return false;
	}
	return true;
}
