/* SPDX-License-Identifier: MIT */
/*
 * Source: "The import system" in the reference of the language: a package's
 * __init__.py comes before a module of the name, both before a folder.
 */
#include "config.h"

#include "python/library.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/map.h"
#include "base/vec.h"
#include "python/chars.h"

typedef RT_VEC(size_t) roots;

typedef struct entry {
	rt_py_origin origin;
	bool absent;
	rt_str text;
} entry;

struct rt_py_library {
	rt_py_read (*read)(void *self, size_t root, const char *path,
			   size_t limit, rt_str *out, char **shown);
	bool (*mentions)(void *self, const char *word);
	void *self;
	size_t n_sure, n_roots;
	size_t files, bytes; /* that have been read */
	rt_arena arena;
	rt_map names;
	RT_VEC(entry *) entries;
	entry *environment; /* NULL: not looked for */
};

rt_py_library *rt_py_library_new(rt_py_read (*read)(void *self, size_t root,
						    const char *path,
						    size_t limit, rt_str *out,
						    char **shown),
				 void *self, size_t n_sure, size_t n_roots)
{
	rt_py_library *lib = rt_calloc(1, sizeof(*lib));

	lib->read = read;
	lib->self = self;
	lib->n_sure = n_sure;
	lib->n_roots = n_roots;
	return lib;
}

void rt_py_library_free(rt_py_library *lib)
{
	size_t i;

	if (!lib)
		return;
	for (i = 0; i < lib->entries.n; i++)
		rt_str_free(&lib->entries.v[i]->text);
	rt_vec_free(&lib->entries);
	rt_map_free(&lib->names);
	rt_arena_free(&lib->arena);
	free(lib);
}

/* ---- one file ---- */

/* "app.db" + ".py" as a path. */
static char *path_of(rt_sv name, const char *end)
{
	rt_str path = RT_STR_INIT;
	size_t i;

	for (i = 0; i < name.n; i++)
		rt_str_addc(&path, name.p[i] == '.' ? '/' : name.p[i]);
	rt_str_add(&path, end);
	return rt_str_take(&path);
}

static rt_py_read read_one(rt_py_library *lib, size_t root, rt_sv name,
			   const char *end, rt_str *out, char **shown)
{
	char *path = path_of(name, end);
	rt_py_read is = lib->read(lib->self, root, path,
				  RT_PY_LIBRARY_FILE_BYTES, out, shown);

	free(path);
	return is;
}

/* Parse what has been read into e->text. */
static void parse(rt_py_library *lib, entry *e)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_py_origin *o = &e->origin;

	lib->bytes += e->text.n;
	if (++lib->files > RT_PY_LIBRARY_FILES ||
	    lib->bytes > RT_PY_LIBRARY_BYTES)
		o->problem = "is one module too many";
	else if (rt_py_source_open(o->path, rt_str_sv(&e->text), &o->src,
				   &err))
		o->problem = "cannot be read as text";
	retort_error_dispose(&err);
	if (o->problem)
		return;
	o->src.file = (int)lib->entries.n; /* its place there, from 1 */
	o->module = rt_py_parse(&lib->arena, &o->src);
}

/*
 * Look in one root.
 *   out:  false: it is not there; *folder: but a folder of the name is
 */
static bool look(rt_py_library *lib, size_t root, rt_sv name, entry *e,
		 bool *folder)
{
	static const char *const ends[] = { "/__init__.py", ".py" };
	rt_str text = RT_STR_INIT;
	char *shown = NULL;
	rt_py_read is = RT_PY_READ_ABSENT;
	size_t i;

	for (i = 0; i < 2 && is != RT_PY_READ_DONE &&
		    is != RT_PY_READ_REFUSED; i++)
		is = read_one(lib, root, name, ends[i], &text, &shown);
	if (is != RT_PY_READ_DONE && is != RT_PY_READ_REFUSED) {
		rt_str_free(&text);
		is = read_one(lib, root, name, "", &text, &shown);
		*folder = is == RT_PY_READ_FOLDER;
		rt_str_free(&text);
		free(shown);
		return false;
	}
	rt_str_free(&e->text);
	e->text = text;
	e->origin.is_package = i == 1;
	e->origin.path = shown ? rt_arena_strdup(&lib->arena, shown) : "";
	e->origin.problem = is == RT_PY_READ_REFUSED ?
		"is no file of the project" : NULL;
	free(shown);
	return true;
}

/* ---- where ---- */

static rt_sv top_of(rt_sv name)
{
	return rt_sv_sub(name, 0, rt_sv_find(name, '.'));
}

/* The roots that have a module or package of the name; if none has, those
 * that have a folder. */
static void find_roots(rt_py_library *lib, rt_sv top, roots *out)
{
	entry e = { .text = RT_STR_INIT };
	roots folders = RT_VEC_INIT;
	size_t i;

	for (i = 0; i < lib->n_roots; i++) {
		bool folder = false;

		if (look(lib, i, top, &e, &folder)) {
			rt_vec_push(out, i);
			if (i < lib->n_sure)
				break;
		} else if (folder) {
			rt_vec_push(&folders, i);
		}
	}
	for (i = 0; out->n == 0 && i < folders.n; i++)
		rt_vec_push(out, folders.v[i]);
	rt_vec_free(&folders);
	rt_str_free(&e.text);
}

/* Fill an entry that is new. */
static void find(rt_py_library *lib, rt_sv name, entry *e)
{
	bool folder, any_folder = false, sure = false;
	roots from = RT_VEC_INIT;
	size_t i, hits = 0;

	find_roots(lib, top_of(name), &from);
	for (i = 0; i < from.n && !sure; i++) {
		folder = false;
		if (look(lib, from.v[i], name, e, &folder)) {
			sure = from.v[i] < lib->n_sure;
			hits++;
		}
		any_folder = any_folder || folder;
	}
	/* what stands on the path for certain was met first */
	if (hits > 1)
		e->origin.problem = "is found in two places";
	else if (hits && !e->origin.problem)
		parse(lib, e);
	else if (!hits && any_folder)
		e->origin.is_package = true;
	else if (!hits)
		e->absent = true;
	rt_vec_free(&from);
}

/* Names go into paths: nothing but identifiers and dots. */
static bool is_name(rt_sv name)
{
	size_t i;

	for (i = 0; i < name.n; i++) {
		if (name.p[i] == '.' ? i == 0 || i + 1 == name.n ||
				       name.p[i - 1] == '.' :
				       !rt_py_is_name(name.p[i]))
			return false;
	}
	return name.n > 0 && name.n < 512;
}

/* Its place in the list is the number of its source. */
static entry *new_entry(rt_py_library *lib)
{
	entry *e = rt_arena_calloc(&lib->arena, 1, sizeof(*e));

	e->text = (rt_str)RT_STR_INIT;
	rt_vec_push(&lib->entries, e);
	return e;
}

const rt_py_origin *rt_py_library_environment(rt_py_library *lib)
{
	bool folder = false;
	entry *e = lib->environment;

	if (!e) {
		e = lib->environment = new_entry(lib);
		e->absent = !look(lib, lib->n_roots, RT_SV("env"), e,
				  &folder) || e->origin.is_package;
		if (!e->absent && !e->origin.problem)
			parse(lib, e);
	}
	return e->absent ? NULL : &e->origin;
}

const rt_py_origin *rt_py_library_find(rt_py_library *lib, rt_sv name)
{
	rt_map_entry *known;
	entry *e;

	if (!is_name(name) || rt_py_library_is_foreign(name))
		return NULL;
	known = rt_map_find(&lib->names, name);
	if (!known) {
		name = (rt_sv){ rt_arena_strsv(&lib->arena, name), name.n };
		e = new_entry(lib);
		rt_map_add(&lib->names, name, lib->entries.n - 1);
		find(lib, name, e);
	} else {
		e = lib->entries.v[known->value];
	}
	return e->absent ? NULL : &e->origin;
}

void rt_py_library_search(rt_py_library *lib,
			  bool (*mentions)(void *self, const char *word))
{
	lib->mentions = mentions;
}

bool rt_py_library_mentions(const rt_py_library *lib, const char *word)
{
	return lib->mentions && lib->mentions(lib->self, word);
}
