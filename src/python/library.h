/* SPDX-License-Identifier: MIT */
/*
 * The modules of a project: finds `app.db.types` in the folders where Python
 * would look, reads and parses it, and keeps it.
 *
 * It reads through a function of its owner, who says what belongs to the
 * project.  Files, their sizes and their number are capped.
 */
#ifndef RT_PYTHON_LIBRARY_H
#define RT_PYTHON_LIBRARY_H

#include "python/parse.h"

typedef struct rt_py_library rt_py_library;

enum {
	RT_PY_LIBRARY_FILES = 500,
	RT_PY_LIBRARY_FILE_BYTES = 2 << 20,
	RT_PY_LIBRARY_BYTES = 32 << 20
};

/* What becomes of a path. */
typedef enum rt_py_read {
	RT_PY_READ_DONE,   /* appended to *out */
	RT_PY_READ_ABSENT, /* there is no such file */
	RT_PY_READ_FOLDER, /* it is a folder */
	RT_PY_READ_REFUSED /* it is not of the project, or cannot be read */
} rt_py_read;

/* A module, or why there is none. */
typedef struct rt_py_origin {
	const char *problem; /* "is outside the project"; NULL = none */
	const char *path;    /* as messages name it; NULL of a bare folder */
	bool is_package;     /* other modules are below it */
	rt_py_source src;    /* its number is the library's; none: no path */
	const rt_py_module *module;
} rt_py_origin;

/*
 *   in:   read, gives the file `path` in the folder `root` (its number), at
 *         most `limit` bytes; the root n_roots is the folder of env.py
 *         Root i < n_sure is on Python's path for certain, the others are
 *         where one may guess: what stands in two of them is not known.
 */
rt_py_library *rt_py_library_new(rt_py_read (*read)(void *self, size_t root,
						    const char *path,
						    size_t limit, rt_str *out,
						    char **shown),
				 void *self, size_t n_sure, size_t n_roots);
void rt_py_library_free(rt_py_library *library); /* NULL allowed */

/*
 * Find a module.
 *   in:   name, "app.db.types"
 *   out:  borrowed as long as the library; NULL: it is none of the project's
 *   cost: what it reads, once
 */
const rt_py_origin *rt_py_library_find(rt_py_library *library, rt_sv name);

/* env.py; NULL where there is none. */
const rt_py_origin *rt_py_library_environment(rt_py_library *library);

/*
 * Whether any Python file of the project has a word in it.
 *   in:   mentions, who looks; without, the answer is no
 */
void rt_py_library_search(rt_py_library *library,
			  bool (*mentions)(void *self, const char *word));
bool rt_py_library_mentions(const rt_py_library *library, const char *word);

/* Whether a module of this name cannot be the project's, as it comes with
 * Python, SQLAlchemy or Alembic. */
bool rt_py_library_is_foreign(rt_sv name);

#endif
