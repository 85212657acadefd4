/* SPDX-License-Identifier: MIT */
/*
 * What the files of the parser share.  A function that reads an expression
 * gives NULL, one that reads a statement false, once the statement cannot be
 * read; the reason is in the parser then, and nothing more is looked at until
 * rt_py_recover.
 */
#ifndef RT_PYTHON_PARSE_IMPL_H
#define RT_PYTHON_PARSE_IMPL_H

#include "base/str.h"
#include "python/lex.h"
#include "python/parse.h"

typedef struct rt_py_parser {
	rt_arena *arena;
	rt_py_source src;
	bool outline; /* bodies of functions and classes are passed over */
	rt_py_lexer lx;
	rt_py_token tok;       /* the next token */
	rt_py_token_kind last; /* the one that was taken last… */
	size_t last_end;       /* …and where it ends */
	size_t n_taken;        /* tokens */
	size_t level;          /* INDENTs that no DEDENT has closed */
	size_t depth;          /* how deep this calls itself */
	bool yields;           /* a yield in this function */
	rt_str stack;          /* lists that are being collected */
	rt_str text;           /* a string that is being decoded */
	const char *reason;    /* why the statement cannot be read… */
	int line, column;      /* …and where that shows */
	rt_py_module *module;
} rt_py_parser;

/* Tokens. */
void rt_py_take(rt_py_parser *p);
bool rt_py_at_op(const rt_py_parser *p, unsigned op);
bool rt_py_at_word(const rt_py_parser *p, rt_py_keyword keyword);
bool rt_py_accept_op(rt_py_parser *p, unsigned op);
bool rt_py_accept_word(rt_py_parser *p, rt_py_keyword keyword);
bool rt_py_expect_op(rt_py_parser *p, unsigned op, const char *reason);
bool rt_py_expect_word(rt_py_parser *p, rt_py_keyword keyword,
		       const char *reason);
rt_sv rt_py_token_text(const rt_py_parser *p);
/* A name that is no keyword. */
bool rt_py_expect_name(rt_py_parser *p, rt_sv *name);

/* Say why, at the next token; a token that the lexer refused says it itself.
 * Returns NULL. */
void *rt_py_fail(rt_py_parser *p, const char *reason);

/* Lists of unknown length: mark, push elements of one size, take them. */
void rt_py_push(rt_py_parser *p, const void *element, size_t size);
void *rt_py_collect(rt_py_parser *p, size_t mark, size_t size, size_t *n);
rt_py_list rt_py_collect_list(rt_py_parser *p, size_t mark);

/* Nodes.  A node starts at a span (or at the next token), takes its children
 * in and is done behind the last token taken. */
rt_py_span rt_py_here(const rt_py_parser *p);
rt_py_expr *rt_py_new(rt_py_parser *p, rt_py_expr_kind kind, rt_py_span from);
void rt_py_adopt(rt_py_expr *e, const rt_py_expr *child);
void rt_py_adopt_list(rt_py_expr *e, const rt_py_list *list);
rt_py_expr *rt_py_done(rt_py_parser *p, rt_py_expr *e);
/* The same in one for a node that has no children. */
rt_py_expr *rt_py_leaf(rt_py_parser *p, rt_py_expr_kind kind);

/* One level deeper; false where that is too deep.  Whoever got true does
 * p->depth-- at the end. */
bool rt_py_enter(rt_py_parser *p);

/* Expressions. */
rt_py_expr *rt_py_expression(rt_py_parser *p);
rt_py_expr *rt_py_disjunction(rt_py_parser *p); /* no lambda, no `if` */
rt_py_expr *rt_py_operand(rt_py_parser *p);     /* no comparison either */
rt_py_expr *rt_py_named(rt_py_parser *p);       /* := allowed */
rt_py_expr *rt_py_starred(rt_py_parser *p);     /* * and := allowed */
rt_py_expr *rt_py_tuple(rt_py_parser *p);       /* a, *b without brackets */
rt_py_expr *rt_py_yield_or_tuple(rt_py_parser *p);
rt_py_expr *rt_py_targets(rt_py_parser *p);     /* of a for: up to `in` */
rt_py_expr *rt_py_primary(rt_py_parser *p);     /* atom with its . () [] */
rt_py_expr *rt_py_atom(rt_py_parser *p);
rt_py_expr *rt_py_strings(rt_py_parser *p);
bool rt_py_at_comprehension(const rt_py_parser *p);
bool rt_py_clauses(rt_py_parser *p, rt_py_expr *comp);
bool rt_py_call_args(rt_py_parser *p, rt_py_args *args, rt_py_expr *owner);
bool rt_py_parameters(rt_py_parser *p, bool annotated, rt_py_params *params,
		      rt_py_expr *owner);

/* Statements: one logical line, or a compound statement; pushed as pointers
 * on the parser's stack. */
rt_py_stmt *rt_py_new_stmt(rt_py_parser *p, rt_py_stmt_kind kind,
			   rt_py_span from);
void rt_py_push_stmt(rt_py_parser *p, rt_py_stmt *s);
void rt_py_statement(rt_py_parser *p);
bool rt_py_simple_line(rt_py_parser *p);
bool rt_py_compound(rt_py_parser *p, bool *is_one);
rt_py_block rt_py_collect_block(rt_py_parser *p, size_t mark);

#endif
