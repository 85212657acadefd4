/* SPDX-License-Identifier: MIT */
/* The values of literals. */
#ifndef RT_PYTHON_LITERAL_H
#define RT_PYTHON_LITERAL_H

#include "base/arena.h"
#include "python/ast.h"
#include "python/source.h"

/* How the text of a string literal is to be read. */
typedef struct rt_py_quoted {
	rt_py_encoding encoding;
	bool raw, bytes;
	bool braces; /* text of an f-string: {{ is { */
} rt_py_quoted;

/*
 * Append the value of what stands between the quotes.
 *   out:  *unknown, unless it is set, when a part cannot be known (see
 *         rt_py_expr's string); that part is left out
 *         returns NULL, or what Python refuses in it
 *   cost: O(bytes)
 */
const char *rt_py_string_decode(const rt_py_quoted *how, rt_sv body,
				rt_str *out, const char **unknown);

/* Fill in e->u.number from the text of a NUMBER token. */
void rt_py_number_read(rt_arena *arena, rt_sv text, rt_py_expr *e);

#endif
