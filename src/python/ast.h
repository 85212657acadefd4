/* SPDX-License-Identifier: MIT */
/*
 * The syntax tree of a Python module: what migrations use of the language, as
 * Python 3.8 to 3.13 read it.
 *
 * All nodes live in the arena given to rt_py_parse, and views point into it
 * or into the text, which must outlive the tree.  Offsets count bytes of the
 * text; lines and columns are 1-based, columns in bytes.
 *
 * No tree is higher than RT_PY_MAX_DEPTH, so that who walks one may recurse.
 */
#ifndef RT_PYTHON_AST_H
#define RT_PYTHON_AST_H

#include <stdint.h>

#include "base/sv.h"

enum { RT_PY_MAX_DEPTH = 1000 };

typedef struct rt_py_expr rt_py_expr;
typedef struct rt_py_stmt rt_py_stmt;

/* From the first byte to behind the last one; line and column of the first;
 * the number of the source. */
typedef struct rt_py_span {
	size_t start, end;
	int line, column;
	int file;
} rt_py_span;

typedef struct rt_py_list {
	rt_py_expr **v;
	size_t n;
} rt_py_list;

typedef struct rt_py_block {
	rt_py_stmt **v;
	size_t n;
} rt_py_block;

typedef enum rt_py_op {
	/* BINARY, and `op=` of AUGASSIGN */
	RT_PY_ADD, RT_PY_SUB, RT_PY_MUL, RT_PY_DIV, RT_PY_FLOORDIV, RT_PY_MOD,
	RT_PY_POW, RT_PY_MATMUL, RT_PY_LSHIFT, RT_PY_RSHIFT,
	RT_PY_BITAND, RT_PY_BITOR, RT_PY_BITXOR,
	/* UNARY */
	RT_PY_POS, RT_PY_NEG, RT_PY_INVERT, RT_PY_NOT,
	/* BOOL */
	RT_PY_AND, RT_PY_OR,
	/* COMPARE */
	RT_PY_EQ, RT_PY_NE, RT_PY_LT, RT_PY_LE, RT_PY_GT, RT_PY_GE,
	RT_PY_IN, RT_PY_NOT_IN, RT_PY_IS, RT_PY_IS_NOT
} rt_py_op;

/* Of an argument in a call, or of a parameter of a function. */
typedef enum rt_py_arg_kind {
	RT_PY_ARG_PLAIN,   /* x;  as a parameter, one by position or name */
	RT_PY_ARG_POSONLY, /* parameters before `/` */
	RT_PY_ARG_STAR,    /* *x */
	RT_PY_ARG_KEYWORD, /* name=x;  parameters behind `*` */
	RT_PY_ARG_STARSTAR /* **x */
} rt_py_arg_kind;

typedef struct rt_py_arg {
	rt_py_arg_kind kind;
	rt_sv name;        /* of KEYWORD, else empty */
	rt_py_expr *value;
} rt_py_arg;

typedef struct rt_py_args {
	rt_py_arg *v; /* as written */
	size_t n;
} rt_py_args;

typedef struct rt_py_param {
	rt_py_arg_kind kind; /* a bare `*` is no entry */
	rt_sv name;
	rt_py_expr *annotation; /* or NULL */
	rt_py_expr *value;      /* the default, or NULL */
} rt_py_param;

typedef struct rt_py_params {
	rt_py_param *v;
	size_t n;
} rt_py_params;

/* `key: value`, or `**value` with key NULL. */
typedef struct rt_py_pair {
	rt_py_expr *key, *value;
} rt_py_pair;

/* `for target in iter if … if …` of a comprehension. */
typedef struct rt_py_clause {
	rt_py_expr *target, *iter;
	rt_py_list ifs;
	bool is_async;
} rt_py_clause;

typedef enum rt_py_expr_kind {
	RT_PY_NAME,      /* .name */
	RT_PY_NUMBER,    /* .number */
	RT_PY_STRING,    /* .string: neighbours are joined */
	RT_PY_FSTRING,   /* .list: parts, each a STRING or a FORMATTED */
	RT_PY_FORMATTED, /* .formatted: `{value!r:spec}` */
	RT_PY_TRUE, RT_PY_FALSE, RT_PY_NONE, RT_PY_ELLIPSIS,
	RT_PY_UNARY,     /* .unary */
	RT_PY_BINARY,    /* .binary */
	RT_PY_BOOL,      /* .boolean: and, or of two values and more */
	RT_PY_COMPARE,   /* .compare: a < b < c */
	RT_PY_COND,      /* .cond: body if test else orelse */
	RT_PY_LAMBDA,    /* .lambda */
	RT_PY_CALL,      /* .call */
	RT_PY_ATTRIBUTE, /* .attribute */
	RT_PY_SUBSCRIPT, /* .subscript; its index may be a TUPLE, a SLICE */
	RT_PY_SLICE,     /* .slice */
	RT_PY_TUPLE, RT_PY_LIST, RT_PY_SET, /* .list */
	RT_PY_DICT,      /* .dict */
	RT_PY_LISTCOMP, RT_PY_SETCOMP, RT_PY_DICTCOMP, RT_PY_GENERATOR,
	                 /* .comp */
	RT_PY_STARRED,   /* .operand: *x in a list, a call's base, a target */
	RT_PY_WALRUS,    /* .walrus: (target := value) */
	RT_PY_AWAIT,     /* .operand */
	RT_PY_YIELD      /* .operand, or NULL; `yield from` too */
} rt_py_expr_kind;

typedef enum rt_py_number_form {
	RT_PY_INT, RT_PY_FLOAT, RT_PY_IMAGINARY
} rt_py_number_form;

struct rt_py_expr {
	rt_py_expr_kind kind;
	uint32_t height; /* 1 for a leaf */
	rt_py_span span; /* with its own parentheses only for a TUPLE */
	union {
		rt_sv name;
		struct {
			rt_py_number_form form;
			rt_sv text;      /* without `_`; "0x1f", "1e3" */
			bool fits;       /* an INT that int64_t holds */
			int64_t integer; /* then its value */
		} number;
		struct {
			rt_sv text; /* decoded to UTF-8; bytes as they are */
			bool is_bytes;
			/* Not NULL: what in it cannot be known, and then text
			 * lacks it: `\N{…}`, a lone surrogate. */
			const char *unknown;
		} string;
		struct {
			rt_py_expr *value;
			char conversion;  /* 'r', 's', 'a', 0 */
			rt_py_expr *spec; /* an FSTRING, or NULL */
			rt_sv echo;       /* "x = " of {x = }, else empty */
		} formatted;
		struct {
			rt_py_op op;
			rt_py_expr *operand;
		} unary;
		struct {
			rt_py_op op;
			rt_py_expr *left, *right;
		} binary;
		struct {
			rt_py_op op;
			rt_py_list values;
		} boolean;
		struct {
			rt_py_list values; /* n */
			rt_py_op *ops;     /* n - 1: between them */
		} compare;
		struct {
			rt_py_expr *test, *body, *orelse;
		} cond;
		struct {
			rt_py_params params;
			rt_py_expr *body;
		} lambda;
		struct {
			rt_py_expr *callee;
			rt_py_args args;
		} call;
		struct {
			rt_py_expr *object;
			rt_sv name;
		} attribute;
		struct {
			rt_py_expr *object, *index;
		} subscript;
		struct {
			rt_py_expr *lower, *upper, *step; /* or NULL */
		} slice;
		rt_py_list list;
		struct {
			rt_py_pair *v;
			size_t n;
		} dict;
		struct {
			rt_py_expr *element; /* the key of a DICTCOMP */
			rt_py_expr *value;   /* of a DICTCOMP, else NULL */
			rt_py_clause *clauses;
			size_t n;
		} comp;
		rt_py_expr *operand;
		struct {
			rt_sv name;
			rt_py_expr *value;
		} walrus;
	} u;
};

/* `if test: body` or `elif test: body`. */
typedef struct rt_py_arm {
	rt_py_expr *test;
	rt_py_block body;
} rt_py_arm;

/* `open(x) as target` of a with; target or NULL. */
typedef struct rt_py_item {
	rt_py_expr *value, *target;
} rt_py_item;

/* `except type as name: body`; type NULL = all, name may be empty. */
typedef struct rt_py_handler {
	rt_py_expr *type;
	rt_sv name;
	rt_py_block body;
} rt_py_handler;

/* `a.b as c` of an import; as may be empty; name "*" in a from-import. */
typedef struct rt_py_alias {
	rt_sv name, as;
} rt_py_alias;

typedef enum rt_py_stmt_kind {
	RT_PY_EXPR,      /* .value */
	RT_PY_ASSIGN,    /* .assign: a = b = value */
	RT_PY_ANNASSIGN, /* .annassign: target: annotation [= value] */
	RT_PY_AUGASSIGN, /* .augassign: target += value */
	RT_PY_IF,        /* .branch */
	RT_PY_FOR,       /* .loop */
	RT_PY_WHILE,     /* .loop, target and iter NULL */
	RT_PY_WITH,      /* .with */
	RT_PY_DEF,       /* .def */
	RT_PY_CLASS,     /* .cls */
	RT_PY_TRY,       /* .attempt */
	RT_PY_RETURN,    /* .value, or NULL */
	RT_PY_PASS, RT_PY_BREAK, RT_PY_CONTINUE,
	RT_PY_RAISE,     /* .raise */
	RT_PY_ASSERT,    /* .assertion */
	RT_PY_IMPORT,    /* .import: import a, b */
	RT_PY_FROM,      /* .import: from module import a, b */
	RT_PY_DEL,       /* .targets */
	RT_PY_GLOBAL, RT_PY_NONLOCAL, /* .names */
	RT_PY_OPAQUE     /* .opaque: not read: a match, a syntax error */
} rt_py_stmt_kind;

struct rt_py_stmt {
	rt_py_stmt_kind kind;
	rt_py_span span;
	union {
		rt_py_expr *value;
		struct {
			rt_py_list targets; /* NAME, ATTRIBUTE, SUBSCRIPT,
					     * TUPLE, LIST, STARRED in them */
			rt_py_expr *value;
		} assign;
		struct {
			rt_py_expr *target, *annotation;
			rt_py_expr *value; /* or NULL */
		} annassign;
		struct {
			rt_py_op op;
			rt_py_expr *target, *value;
		} augassign;
		struct {
			rt_py_arm *arms; /* if, elif, elif … */
			size_t n;
			rt_py_block orelse;
		} branch;
		struct {
			rt_py_expr *target, *iter; /* of a for */
			rt_py_expr *test;          /* of a while */
			rt_py_block body, orelse;
			bool is_async;
		} loop;
		struct {
			rt_py_item *items;
			size_t n;
			rt_py_block body;
			bool is_async;
		} with;
		struct {
			rt_sv name;
			rt_py_params params;
			rt_py_expr *returns; /* or NULL */
			rt_py_list decorators;
			rt_py_block body;
			bool is_async;
			bool is_generator; /* a yield in its own body */
		} def;
		struct {
			rt_sv name;
			rt_py_args bases;
			rt_py_list decorators;
			rt_py_block body;
		} cls;
		struct {
			rt_py_block body;
			rt_py_handler *handlers;
			size_t n;
			rt_py_block orelse, finally;
			bool star; /* except* */
		} attempt;
		struct {
			rt_py_expr *value, *cause; /* or NULL */
		} raise;
		struct {
			rt_py_expr *test, *message; /* message or NULL */
		} assertion;
		struct {
			rt_sv module; /* "a.b" of a FROM; may be empty… */
			int level;    /* …behind so many dots */
			rt_py_alias *names;
			size_t n;
		} import;
		rt_py_list targets;
		struct {
			rt_sv *v;
			size_t n;
		} names;
		struct {
			const char *reason; /* "a match statement" */
			int line, column;   /* what it is about; the span is
					     * the whole statement */
		} opaque;
	} u;
};

#endif
