/* SPDX-License-Identifier: MIT */
/*
 * The parser: a file's text to its syntax tree.  It never fails: what it
 * cannot read becomes one OPAQUE statement with the reason, up to the end of
 * that statement and what is indented under it, and the rest is read on.
 */
#ifndef RT_PYTHON_PARSE_H
#define RT_PYTHON_PARSE_H

#include "base/arena.h"
#include "python/ast.h"
#include "python/source.h"

typedef struct rt_py_module {
	rt_py_block body;
	size_t n_opaque;            /* of them at any depth */
	const rt_py_stmt *opaque;   /* the first of them, or NULL */
} rt_py_module;

/*
 * Parse a module.
 *   in:   arena, for all nodes; src, whose text must outlive them
 *   out:  the module, in arena
 *   cost: O(bytes) time and memory
 */
rt_py_module *rt_py_parse(rt_arena *arena, const rt_py_source *src);

/*
 * The same for who wants only the module's own statements: with `outline`,
 * functions and classes at the top level have a name and decorators and
 * nothing else, and what is in them is read past, cheaply.
 */
rt_py_module *rt_py_parse_outline(rt_arena *arena, const rt_py_source *src,
				  bool outline);

/* A docstring: the text of a body's first statement if that is a
 * plain string, else NULL.  Not cleaned of indentation. */
const rt_py_expr *rt_py_docstring(const rt_py_block *body);

/* What an expression is, for messages: "a lambda". */
const char *rt_py_expr_noun(rt_py_expr_kind kind);

#endif
