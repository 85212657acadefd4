/* SPDX-License-Identifier: MIT */
/*
 * TOML 1.0, as far as it takes to find one program's settings in a
 * pyproject.toml: all of the syntax is read, dates and numbers are not looked
 * into, and of two values of one name both are given.
 */
#ifndef RT_CONFIG_TOML_H
#define RT_CONFIG_TOML_H

#include <retort/error.h>

#include "base/arena.h"
#include "base/vec.h"

/* A value that is no table. */
typedef struct rt_toml_value {
	const char *name;  /* "tool.alembic.script_location"; of the tables in
			      an array "tool.a.hooks[0].name" */
	const char *text;  /* strings decoded, all else as written; the
			      elements of an array one a line */
	bool list;         /* an array */
	int line, column;  /* of the value */
} rt_toml_value;

typedef RT_VEC(rt_toml_value) rt_toml_values;

/*
 * Read a file.
 *   in:   prefix, which values are wanted: those below this name
 *   out:  appended to *out, in file order; strings in arena
 *   err:  ECONFIG with file, line, column: what is not TOML
 *   own:  caller frees *out with rt_vec_free
 *   cost: O(bytes)
 */
RETORT_MUST_CHECK int rt_toml_read(rt_arena *arena, const char *path,
				   rt_sv text, const char *prefix,
				   rt_toml_values *out, retort_error *err);

#endif
