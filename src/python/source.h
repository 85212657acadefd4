/* SPDX-License-Identifier: MIT */
/*
 * A Python file as text: its encoding, as PEP 263 has it.  The lexer works
 * on the bytes as they stand in the file, so that offsets are offsets into
 * the file; string values are decoded.
 */
#ifndef RT_PYTHON_SOURCE_H
#define RT_PYTHON_SOURCE_H

#include <retort/error.h>

#include "base/str.h"

typedef enum rt_py_encoding {
	RT_PY_UTF8,  /* ascii too */
	RT_PY_LATIN1 /* ISO 8859-1: a byte is a character */
} rt_py_encoding;

typedef struct rt_py_source {
	rt_sv text;
	size_t start; /* behind the byte order mark */
	rt_py_encoding encoding;
	int file; /* what spans in it say: 0, unless set before it is parsed */
} rt_py_source;

/*
 * Look at the byte order mark and the coding cookie in the first two lines.
 *   in:   text, the whole file
 *   out:  *out, a view of text
 *   err:  EPARSE with file, line, column: an encoding that is not UTF-8,
 *         ASCII or Latin-1 (EUNSUPPORTED), bytes that are not of it, a NUL
 *   cost: O(bytes)
 */
RETORT_MUST_CHECK int rt_py_source_open(const char *path, rt_sv text,
					rt_py_source *out, retort_error *err);

/* Append a piece of a source as UTF-8. */
void rt_py_source_decode(rt_py_encoding encoding, rt_sv piece, rt_str *out);

/*
 * Text in the encoding of that name, for a file to come.
 *   err:  EUSAGE: a character that it has not; ECONFIG: an encoding that is
 *         not known, unless all of the text is ASCII
 *   cost: O(bytes)
 */
RETORT_MUST_CHECK int rt_py_source_encode(rt_sv utf8, const char *encoding,
					  rt_str *out, retort_error *err);

#endif
