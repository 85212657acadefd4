/* SPDX-License-Identifier: MIT */
/*
 * The tokens of a Python file, one at a time: with NEWLINE, INDENT and DEDENT
 * as Python's own tokenizer makes them, and f-strings cut into their parts as
 * Python 3.12 does (which reads those of 3.11 alike).  Comments and blank
 * lines are skipped.
 */
#ifndef RT_PYTHON_LEX_H
#define RT_PYTHON_LEX_H

#include <stdint.h>

#include "python/source.h"

enum {
	RT_PY_MAX_INDENT = 100,  /* as in Python */
	RT_PY_MAX_BRACKETS = 200, /* as in Python */
	RT_PY_MAX_MODES = 40     /* f-strings and fields, inside each other */
};

typedef enum rt_py_token_kind {
	RT_PY_T_END,
	RT_PY_T_NEWLINE, /* the end of a logical line */
	RT_PY_T_INDENT,
	RT_PY_T_DEDENT,
	RT_PY_T_NAME,    /* a keyword too: see .keyword */
	RT_PY_T_NUMBER,
	RT_PY_T_STRING,  /* whole, with prefix and quotes */
	RT_PY_T_FSTART,  /* prefix and opening quote of an f-string */
	RT_PY_T_FTEXT,   /* text between fields, as written */
	RT_PY_T_FEND,    /* closing quote */
	RT_PY_T_OP,      /* .op; `{`, `}`, `!` and `:` of fields too */
	RT_PY_T_ERROR    /* .reason; the lexer goes on behind it */
} rt_py_token_kind;

typedef enum rt_py_keyword {
	RT_PY_K_NONE, /* no keyword */
	RT_PY_K_FALSE, RT_PY_K_NONE_VALUE, RT_PY_K_TRUE,
	RT_PY_K_AND, RT_PY_K_AS, RT_PY_K_ASSERT, RT_PY_K_ASYNC, RT_PY_K_AWAIT,
	RT_PY_K_BREAK, RT_PY_K_CLASS, RT_PY_K_CONTINUE, RT_PY_K_DEF,
	RT_PY_K_DEL, RT_PY_K_ELIF, RT_PY_K_ELSE, RT_PY_K_EXCEPT,
	RT_PY_K_FINALLY, RT_PY_K_FOR, RT_PY_K_FROM, RT_PY_K_GLOBAL,
	RT_PY_K_IF, RT_PY_K_IMPORT, RT_PY_K_IN, RT_PY_K_IS, RT_PY_K_LAMBDA,
	RT_PY_K_NONLOCAL, RT_PY_K_NOT, RT_PY_K_OR, RT_PY_K_PASS,
	RT_PY_K_RAISE, RT_PY_K_RETURN, RT_PY_K_TRY, RT_PY_K_WHILE,
	RT_PY_K_WITH, RT_PY_K_YIELD
} rt_py_keyword;

/* An operator of up to three characters as a number: RT_PY_OP2('*', '*'). */
#define RT_PY_OP2(a, b) (((unsigned)(a) << 8) | (unsigned)(b))
#define RT_PY_OP3(a, b, c) ((RT_PY_OP2(a, b) << 8) | (unsigned)(c))

typedef struct rt_py_token {
	rt_py_token_kind kind;
	unsigned op; /* of OP: '(' or RT_PY_OP2('=', '=') */
	rt_py_keyword keyword;
	const char *reason; /* of ERROR; static */
	size_t start, end;
	int line, column;
} rt_py_token;

/* An f-string that is open, or a field of one. */
typedef struct rt_py_mode {
	enum {
		RT_PY_IN_TEXT,  /* of the string itself */
		RT_PY_IN_FIELD, /* an expression */
		RT_PY_IN_SPEC   /* of a field, behind its colon */
	} where;
	char quote;
	bool triple, raw;
	size_t depth; /* brackets that were open around it */
} rt_py_mode;

typedef struct rt_py_lexer {
	const char *p; /* the text */
	size_t n, at;
	size_t line_start;
	int line;

	/* All private. */
	bool fresh;     /* at the start of a logical line */
	bool pending;   /* tokens since the last NEWLINE */
	size_t dedents; /* to be given still */
	size_t levels;  /* open indents; the first is the module's, 0 */
	size_t indents[RT_PY_MAX_INDENT + 1];
	size_t depth;   /* open brackets; more of them than are kept is fine */
	char brackets[RT_PY_MAX_BRACKETS];
	size_t n_modes;
	rt_py_mode modes[RT_PY_MAX_MODES];
} rt_py_lexer;

void rt_py_lexer_begin(rt_py_lexer *lx, const rt_py_source *src);

/* The next token; END again and again at the end.
 *   cost: O(length of the token and the space before it) */
void rt_py_lexer_next(rt_py_lexer *lx, rt_py_token *token);

/*
 * For a reader that wants a module's own statements only: skip the rest of
 * the logical line, then all lines that do not begin in column 1: what is
 * indented, blank or a comment.
 *   out:  the next token begins in column 1, or is END
 *   cost: O(bytes skipped), cheap ones
 */
void rt_py_lexer_skip_block(rt_py_lexer *lx);

#endif
