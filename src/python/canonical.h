/* SPDX-License-Identifier: MIT */
/* What of a module decides what it does, apart from how it is laid out. */
#ifndef RT_PYTHON_CANONICAL_H
#define RT_PYTHON_CANONICAL_H

#include "base/str.h"

/*
 * Append the tokens of a module as they are written, each ended by a NUL;
 * where a block begins and ends, but not how deep it is indented.  Left out
 * are comments, white space, and statements that are nothing but a string:
 * docstrings.
 *   in:   text, the whole file; skip, NULL-ended names whose assignments in
 *         column 1 are left out as well
 *   out:  false: this is not Python, and *out is as it was
 *   cost: O(bytes)
 */
bool rt_py_canonical(rt_sv text, const char *const *skip, rt_str *out);

#endif
