/* SPDX-License-Identifier: MIT */
/* What the files of the lexer share. */
#ifndef RT_PYTHON_LEX_IMPL_H
#define RT_PYTHON_LEX_IMPL_H

#include "python/lex.h"

/* The prefix of a string: which letters it has. */
typedef struct rt_py_prefix {
	size_t n;
	bool raw, bytes, format;
} rt_py_prefix;

/* The prefix of the string that begins at `at`, which may be none; false
 * where no string begins. */
bool rt_py_prefix_at(const rt_py_lexer *lx, size_t at, rt_py_prefix *prefix);

/* The string token at lx->at, or the start of an f-string. */
void rt_py_lex_string(rt_py_lexer *lx, const rt_py_prefix *prefix,
		      rt_py_token *token);

/* The next token inside an f-string's text or a field's format. */
void rt_py_lex_ftext(rt_py_lexer *lx, rt_py_token *token);

/* The mode that the lexer is in; NULL outside of f-strings. */
rt_py_mode *rt_py_lex_mode(rt_py_lexer *lx);

/* The number at lx->at. */
void rt_py_lex_number(rt_py_lexer *lx, rt_py_token *token);

/* The keyword that a name is, or RT_PY_K_NONE. */
rt_py_keyword rt_py_keyword_of(rt_sv name);

/* Make the token one of `kind` that ends at lx->at. */
void rt_py_lex_end(const rt_py_lexer *lx, rt_py_token *token,
		   rt_py_token_kind kind);
void rt_py_lex_error(const rt_py_lexer *lx, rt_py_token *token,
		     const char *reason);

/* Past the line end of `n` bytes at lx->at, counting the line. */
void rt_py_lex_line(rt_py_lexer *lx, size_t n);

#endif
