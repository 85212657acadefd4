/* SPDX-License-Identifier: MIT */
/*
 * Imports.  A name that may come from a module of the project is looked up
 * when it is used, and only then does that module run: most of what a
 * migration imports, and what that imports in turn, is never needed.
 */
#include "config.h"

#include "python/run.h"

static rt_py_value *symbol_of(rt_py_eval *ev, rt_sv module, rt_sv name,
			      const rt_py_span *at)
{
	rt_py_value *v = rt_py_symbol_new(ev, RT_PY_S_PATH, NULL, at), *known;
	rt_str path = RT_STR_INIT;

	rt_str_addsv(&path, module);
	if (name.n) {
		if (path.n && path.p[path.n - 1] != '.')
			rt_str_addc(&path, '.');
		rt_str_addsv(&path, name);
	}
	v->u.symbol.name = rt_py_text_take(ev, &path)->u.s;
	known = rt_py_stdlib_name(ev, v->u.symbol.name);
	if (known || !ev->host->attr)
		return known ? known : v;
	known = ev->host->attr(ev->self, ev, v, (rt_sv){ NULL, 0 }, at);
	return known ? known : v;
}

/* ---- modules ---- */

rt_py_file *rt_py_add_file(rt_py_eval *ev, const rt_py_origin *origin,
			   rt_sv name)
{
	rt_py_file *file = rt_py_mem(ev, sizeof(*file));

	file->path = origin->path;
	file->name = name;
	file->is_package = origin->is_package;
	file->top.file = file;
	if (!origin->module) {
		file->begun = file->done = true;
		return file;
	}
	file->src = &origin->src;
	file->module = origin->module;
	rt_py_table_name_set(ev, &file->top.names, RT_SV("__name__"),
			     rt_py_str(ev, name));
	while (ev->files.n <= (size_t)origin->src.file)
		rt_vec_push(&ev->files, NULL);
	ev->files.v[origin->src.file] = file;
	return file;
}

/*
 * A module as a value.
 *   out:  NULL: it is none of the project's.  An opaque value: it is, and
 *         cannot be read
 */
static rt_py_value *module_of(rt_py_eval *ev, rt_sv name, const rt_py_span *at)
{
	const rt_py_origin *origin;
	rt_py_value *v;

	if (!ev->library)
		return NULL;
	origin = rt_py_library_find(ev->library, name);
	if (!origin)
		return NULL;
	if (origin->problem)
		return rt_py_opaque(ev, at, 0, "comes from the module %.*s, "
				    "which %s", (int)name.n, name.p,
				    origin->problem);
	v = rt_py_value_new(ev, RT_PY_V_MODULE);
	if (origin->module && (size_t)origin->src.file < ev->files.n)
		v->u.module = ev->files.v[origin->src.file];
	if (!v->u.module)
		v->u.module = rt_py_add_file(ev, origin, name);
	return v;
}

static rt_py_value *below(rt_py_eval *ev, const rt_py_file *file, rt_sv name,
			  const rt_py_span *at)
{
	rt_str path = RT_STR_INIT;

	if (!file->is_package)
		return NULL;
	rt_str_addsv(&path, file->name);
	rt_str_addc(&path, '.');
	rt_str_addsv(&path, name);
	return module_of(ev, rt_py_text_take(ev, &path)->u.s, at);
}

rt_py_value *rt_py_module_attr(rt_py_eval *ev, rt_py_file *file, rt_sv name,
			       const rt_py_span *at)
{
	rt_py_value *v;

	if (!file->begun)
		rt_py_run_file(ev, file);
	if (rt_py_broken(ev))
		return ev->stopped;
	v = rt_py_table_name(ev, &file->top.names, name);
	if (v)
		return v->kind == RT_PY_V_IMPORT ? rt_py_import_find(ev, v) :
						   v;
	v = below(ev, file, name, at);
	if (v || !file->path)
		return v;
	return rt_py_opaque(ev, at, 0, file->star ?
			    "may come from an import * of %s: %.*s" :
			    !file->done ? "is imported in a circle from %s: "
			    "%.*s" : "is not in %s: %.*s", file->path,
			    (int)name.n, name.p);
}

rt_py_value *rt_py_import_find(rt_py_eval *ev, rt_py_value *v)
{
	rt_py_value *found;
	rt_sv name = v->u.import.name;

	if (v->u.import.value)
		return v->u.import.value;
	if (v->u.import.busy)
		return rt_py_opaque(ev, &v->u.import.span, 0,
				    "is imported in a circle: %.*s",
				    (int)name.n, name.p);
	if (++ev->depth > RT_PY_EVAL_DEPTH) {
		ev->depth--;
		return rt_py_stop(ev, &v->u.import.span, "is nested too deep");
	}
	v->u.import.busy = true;
	found = module_of(ev, v->u.import.module, &v->u.import.span);
	if (found && found->kind == RT_PY_V_MODULE && name.n)
		found = rt_py_module_attr(ev, found->u.module, name,
					  &v->u.import.span);
	if (!found)
		found = symbol_of(ev, v->u.import.module, name,
				  &v->u.import.span);
	ev->depth--;
	v->u.import.busy = false;
	/* what a circle gives now may be there later */
	if (!rt_py_broken(ev) && found->kind != RT_PY_V_OPAQUE)
		v->u.import.value = found;
	return found;
}

/* ---- the statement ---- */

static rt_py_value *import_of(rt_py_eval *ev, rt_sv module, rt_sv name,
			      const rt_py_span *at)
{
	rt_py_value *v;

	if (!ev->library || rt_py_library_is_foreign(module))
		return symbol_of(ev, module, name, at);
	v = rt_py_value_new(ev, RT_PY_V_IMPORT);
	v->u.import.module = module;
	v->u.import.name = name;
	v->u.import.span = *at;
	return v;
}

/* "..db" in app.api.users is app.db; nothing where there is no such package:
 * a revision is in none. */
static rt_sv absolute(rt_py_eval *ev, rt_sv module, int level)
{
	const rt_py_file *file = ev->file;
	rt_str path = RT_STR_INIT;
	rt_sv package = file->name;
	int i;

	for (i = file->is_package ? 1 : 0; i < level && package.n; i++) {
		while (package.n && package.p[package.n - 1] != '.')
			package.n--;
		if (package.n)
			package.n--;
	}
	if (!package.n)
		return (rt_sv){ NULL, 0 };
	rt_str_addsv(&path, package);
	if (module.n)
		rt_str_addc(&path, '.');
	rt_str_addsv(&path, module);
	return rt_py_text_take(ev, &path)->u.s;
}

/* What stands before an import's name, dots and all, as a symbol has it. */
static rt_sv dotted(rt_py_eval *ev, rt_sv module, int level)
{
	rt_str path = RT_STR_INIT;
	int i;

	for (i = 0; i < level; i++)
		rt_str_addc(&path, '.');
	rt_str_addsv(&path, module);
	return rt_py_text_take(ev, &path)->u.s;
}

static void import_star(rt_py_eval *ev, rt_sv module, const rt_py_span *at)
{
	rt_py_value *v = rt_py_library_is_foreign(module) ? NULL :
		module_of(ev, module, at), *all;
	const rt_py_table *names;
	rt_py_file *from;
	size_t i;

	if (!v || v->kind != RT_PY_V_MODULE) {
		ev->file->star = true;
		return;
	}
	from = v->u.module;
	if (!from->begun)
		rt_py_run_file(ev, from);
	if (!from->done || from->star)
		ev->file->star = true;
	names = &from->top.names;
	all = rt_py_table_name(ev, names, RT_SV("__all__"));
	for (i = 0; i < names->n && !rt_py_broken(ev); i++) {
		const rt_py_entry *e = &names->v[i];

		if (e->gone || rt_sv_starts(e->key->u.s, "__") ||
		    (!all && rt_sv_starts(e->key->u.s, "_")) ||
		    (all && rt_py_contains(ev, all, e->key, at) ==
				    RT_PY_FALSY))
			continue;
		rt_py_scope_set(ev, e->key->u.s, e->value);
	}
}

static void from_import(rt_py_eval *ev, const rt_py_stmt *st, rt_sv module)
{
	size_t i;

	for (i = 0; i < st->u.import.n; i++) {
		const rt_py_alias *a = &st->u.import.names[i];
		const rt_sv bound = a->as.n ? a->as : a->name;

		if (rt_sv_is(a->name, "*"))
			import_star(ev, module, &st->span);
		else
			rt_py_scope_set(ev, bound, import_of(ev, module,
							     a->name,
							     &st->span));
	}
}

void rt_py_import(rt_py_eval *ev, const rt_py_stmt *st)
{
	const rt_sv none = { NULL, 0 };
	rt_sv module = st->u.import.module;
	size_t i;

	if (st->kind == RT_PY_FROM) {
		if (st->u.import.level && ev->file->name.n)
			module = absolute(ev, module, st->u.import.level);
		else if (st->u.import.level)
			module = dotted(ev, module, st->u.import.level);
		from_import(ev, st, module);
		return;
	}
	for (i = 0; i < st->u.import.n; i++) {
		const rt_py_alias *a = &st->u.import.names[i];
		rt_sv bound = a->as.n ? a->as : a->name;

		/* `import a.b` binds a */
		if (!a->as.n)
			bound = rt_sv_sub(bound, 0, rt_sv_find(bound, '.'));
		rt_py_scope_set(ev, bound, import_of(ev, a->as.n ? a->name :
						     bound, none, &st->span));
	}
}
