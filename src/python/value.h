/* SPDX-License-Identifier: MIT */
/*
 * Values of the evaluator: what an expression of a migration stands for.
 *
 * What comes from an import that nobody knows is a SYMBOL: a tree that says
 * how it was spelt (`sa.Column("id", sa.Integer())`), for the host to read.
 * What cannot be known is OPAQUE and says why and where; that harms only who
 * needs the value.
 *
 * All values live in the evaluator's arena and are shared: a list appended to
 * through one name is seen through the other, as in Python.
 */
#ifndef RT_PYTHON_VALUE_H
#define RT_PYTHON_VALUE_H

#include "python/ast.h"

typedef struct rt_py_value rt_py_value;

typedef enum rt_py_kind {
	RT_PY_V_NONE,
	RT_PY_V_BOOL,     /* .i */
	RT_PY_V_INT,      /* .i */
	RT_PY_V_FLOAT,    /* .f */
	RT_PY_V_STR,      /* .s, UTF-8 */
	RT_PY_V_BYTES,    /* .s */
	RT_PY_V_LIST,     /* .list */
	RT_PY_V_TUPLE,    /* .list */
	RT_PY_V_SET,      /* .dict; the values are NULL */
	RT_PY_V_DICT,     /* .dict */
	RT_PY_V_FUNCTION, /* .function: def or lambda of the file */
	RT_PY_V_METHOD,   /* .method: "x".join */
	RT_PY_V_BUILTIN,  /* .builtin: len */
	RT_PY_V_CLASS,    /* .cls: a class of the file */
	RT_PY_V_INSTANCE, /* .instance: of such a class, a member of an Enum */
	RT_PY_V_SYMBOL,   /* .symbol */
	RT_PY_V_NATIVE,   /* .native: an object of the host's */
	RT_PY_V_MODULE,   /* .module: a module of the project */
	RT_PY_V_IMPORT,   /* .import: bound to a name only, which whoever
			   * looks it up never sees */
	RT_PY_V_OPAQUE    /* .opaque */
} rt_py_kind;

typedef struct rt_py_items {
	rt_py_value **v;
	size_t n, cap;
} rt_py_items;

typedef struct rt_py_entry {
	rt_py_value *key, *value;
	uint32_t hash;
	bool gone; /* deleted; its place is kept */
} rt_py_entry;

typedef struct rt_py_table {
	rt_py_entry *v; /* in order of insertion */
	size_t n, cap;  /* n with those gone */
	size_t live;
	uint32_t *slots; /* open addressing; entry + 1, 0 = free */
	size_t n_slots;
} rt_py_table;

typedef struct rt_py_keyword_arg {
	rt_sv name;
	rt_py_value *value;
} rt_py_keyword_arg;

/* The arguments of a call, `*` and `**` unpacked. */
typedef struct rt_py_call {
	rt_py_value **v;
	size_t n;
	rt_py_keyword_arg *kw;
	size_t n_kw;
	rt_py_span span; /* of the whole call */
} rt_py_call;

/* What an attribute of a class that is a function gives. */
typedef enum rt_py_role {
	RT_PY_ROLE_METHOD,
	RT_PY_ROLE_CLASS,   /* @classmethod */
	RT_PY_ROLE_STATIC,  /* @staticmethod */
	RT_PY_ROLE_PROPERTY /* @property: what it returns */
} rt_py_role;

typedef enum rt_py_symbol_form {
	RT_PY_S_PATH,   /* .name: "sqlalchemy.Column", rooted in an import */
	RT_PY_S_ATTR,   /* .base "." .name; base is no PATH */
	RT_PY_S_CALL,   /* .base ( .call ) */
	RT_PY_S_INDEX,  /* .base [ .other ] */
	RT_PY_S_UNARY,  /* .op .base */
	RT_PY_S_BINARY  /* .base .op .other: arithmetic and comparisons; at
			   least one of both is a symbol or native */
} rt_py_symbol_form;

typedef struct rt_py_symbol {
	rt_py_symbol_form form;
	rt_sv name;
	rt_py_op op;
	rt_py_value *base, *other;
	rt_py_call call;
	rt_py_span span; /* where it was written */
	void *host;      /* what the host remembers of it; NULL at first */
} rt_py_symbol;

struct rt_py_scope;
struct rt_py_file;

struct rt_py_value {
	rt_py_kind kind;
	union {
		int64_t i;
		double f;
		rt_sv s;
		rt_py_items list;
		rt_py_table dict;
		rt_py_symbol symbol;
		struct {
			rt_sv name; /* "<lambda>" */
			const rt_py_params *params;
			rt_py_value **defaults; /* n of params, NULL = none */
			const rt_py_block *body; /* of a def */
			const rt_py_expr *expr;  /* of a lambda */
			struct rt_py_scope *scope;
			const char *odd; /* why it cannot be called, or NULL */
			rt_py_role role; /* in its class */
		} function;
		struct {
			rt_py_value *self;
			const struct rt_py_method *row; /* or NULL */
			rt_py_value *function; /* of a class of the file */
		} method;
		const struct rt_py_builtin *builtin;
		struct {
			rt_sv name;
			rt_py_value *base;  /* the first base, or NULL */
			rt_py_table attrs;  /* by name */
			bool is_enum;
			bool is_mixed; /* an Enum that is a str or int, too */
		} cls;
		struct {
			rt_py_value *cls;
			rt_py_table attrs;
		} instance;
		struct {
			const void *cls; /* the host's word for its class */
			void *data;
			rt_py_span span;
		} native;
		struct rt_py_file *module;
		struct {
			rt_sv module, name; /* name empty: the module itself */
			rt_py_span span;
			rt_py_value *value; /* once it has been looked up */
			bool busy;          /* that is under way */
		} import;
		struct {
			rt_sv reason; /* "calls app.ids.new" */
			rt_py_span span;
			int flag; /* the host's, else 0 */
		} opaque;
	} u;
};

/* "a list", "a symbol": for messages; static. */
const char *rt_py_kind_noun(rt_py_kind kind);

static inline bool rt_py_is_str(const rt_py_value *v)
{
	return v->kind == RT_PY_V_STR;
}

/* Nothing can be said of it without the host. */
static inline bool rt_py_is_foreign(const rt_py_value *v)
{
	return v->kind == RT_PY_V_SYMBOL || v->kind == RT_PY_V_NATIVE;
}

/* A symbol of this form, or NULL. */
const rt_py_symbol *rt_py_symbol_of(const rt_py_value *v,
				    rt_py_symbol_form form);

/* Whether a symbol is this path: "alembic.op.f". */
bool rt_py_is_path(const rt_py_value *v, const char *path);

/* A keyword argument, or NULL. */
rt_py_value *rt_py_call_keyword(const rt_py_call *call, const char *name);

/* The argument at a place or with a name, whichever is given, or NULL; place
 * (size_t)-1 = by name only. */
rt_py_value *rt_py_call_arg(const rt_py_call *call, size_t place,
			    const char *name);

#endif
