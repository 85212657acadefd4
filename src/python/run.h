/* SPDX-License-Identifier: MIT */
/*
 * The evaluator from inside: what its files share.
 *
 * Every function that gives a value gives one, also when something went
 * wrong: then ev->flow says so (RAISE, STOP), the value is opaque, and the
 * caller returns as soon as it can.
 */
#ifndef RT_PYTHON_RUN_H
#define RT_PYTHON_RUN_H

#include <stdint.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "python/eval.h"

typedef enum rt_py_flow {
	RT_PY_F_NEXT,
	RT_PY_F_BREAK,
	RT_PY_F_CONTINUE,
	RT_PY_F_RETURN, /* ev->result */
	RT_PY_F_RAISE,  /* ev->raised */
	RT_PY_F_STOP    /* over a limit: all ends */
} rt_py_flow;

typedef struct rt_py_scope {
	rt_py_table names;
	rt_py_table elsewhere; /* global (True) and nonlocal (False) */
	struct rt_py_scope *outer;
	struct rt_py_file *file;
	bool is_class;         /* functions inside do not see it */
} rt_py_scope;

/* A module that runs, or has run; 0 is the file itself. */
typedef struct rt_py_file {
	const rt_py_source *src;     /* NULL of a bare folder */
	const rt_py_module *module;
	const char *path;            /* NULL of the file itself */
	rt_sv name;                  /* "app.db.types" */
	bool is_package;
	bool begun, done;            /* its statements */
	bool star;                   /* `import *` of what is not known */
	rt_py_scope top;
} rt_py_file;

typedef struct rt_py_raised {
	rt_sv type, message;
	rt_py_value *value; /* what `except … as` gets */
	rt_py_span span;
} rt_py_raised;

struct rt_py_eval {
	rt_arena *arena;
	rt_py_library *library;
	RT_VEC(rt_py_file *) files; /* by number; NULL: not met */
	rt_py_file *file;           /* whose statements run */
	rt_py_file *environment;    /* env.py; NULL: not asked for */
	bool away;                  /* it runs */
	rt_py_span place;           /* the statement or call in the file
				       itself that led to another one */
	const rt_py_host *host;
	void *self;
	size_t steps, bytes; /* left */
	size_t depth;
	rt_py_scope *scope;
	rt_py_flow flow;
	rt_py_value *result;
	rt_py_raised raised;
	const rt_py_raised *handling; /* what a bare raise raises again */
	rt_py_troubles troubles;
	rt_py_value *none, *yes, *no;
	rt_py_value *stopped; /* what is returned where flow says why */
	bool lenient;   /* in a module's own statements */
	size_t doubts;  /* troubles that were none, for that */
};

/* ---- limits ---- */

void *rt_py_mem(rt_py_eval *ev, size_t n); /* cleared; counted */
/* Whether n bytes more may be made; else all stops. */
bool rt_py_room(rt_py_eval *ev, size_t n);
/* Count n steps; false: over. */
bool rt_py_step(rt_py_eval *ev, size_t n, const rt_py_span *at);
rt_py_value *rt_py_stop(rt_py_eval *ev, const rt_py_span *at,
			const char *reason);

static inline bool rt_py_broken(const rt_py_eval *ev)
{
	return ev->flow >= RT_PY_F_RAISE;
}

/* ---- values ---- */

/* A list that is gone over may be no list any more when something of the file
 * has run in between. */
static inline bool rt_py_is_listed(const rt_py_value *list, size_t i)
{
	return (list->kind == RT_PY_V_LIST || list->kind == RT_PY_V_TUPLE) &&
	       i < list->u.list.n;
}

rt_py_value *rt_py_value_new(rt_py_eval *ev, rt_py_kind kind);
rt_py_value *rt_py_bytes(rt_py_eval *ev, rt_sv s);
rt_py_value *rt_py_text_take(rt_py_eval *ev, rt_str *s); /* frees *s */
rt_py_value *rt_py_symbol_new(rt_py_eval *ev, rt_py_symbol_form form,
			  rt_py_value *base, const rt_py_span *at);
rt_py_value *rt_py_not_known(rt_py_eval *ev, const rt_py_span *at,
			     const char *what, rt_sv name);

void rt_py_table_set(rt_py_eval *ev, rt_py_table *t, rt_py_value *key,
		     rt_py_value *value);
rt_py_entry *rt_py_table_find(rt_py_eval *ev, const rt_py_table *t,
			      const rt_py_value *key);
rt_py_value *rt_py_table_name(rt_py_eval *ev, const rt_py_table *t, rt_sv name);
void rt_py_table_name_set(rt_py_eval *ev, rt_py_table *t, rt_sv name,
			  rt_py_value *value);
bool rt_py_table_remove(rt_py_eval *ev, rt_py_table *t, const rt_py_value *key);
bool rt_py_hashable(const rt_py_value *v);

rt_py_truth rt_py_equal(rt_py_eval *ev, const rt_py_value *a,
			const rt_py_value *b);
/* *order < 0, 0, > 0; false: they have none */
bool rt_py_order(rt_py_eval *ev, const rt_py_value *a, const rt_py_value *b,
		 int *order);

size_t rt_py_chars(rt_sv s);                 /* code points */
size_t rt_py_byte_of(rt_sv s, size_t chars); /* where one begins */
bool rt_py_is_ascii(rt_sv s);

/* ---- evaluation ---- */

rt_py_value *rt_py_eval_expr(rt_py_eval *ev, const rt_py_expr *x);
void rt_py_eval_block(rt_py_eval *ev, const rt_py_block *block);
void rt_py_eval_assign(rt_py_eval *ev, const rt_py_expr *target,
		       rt_py_value *v);
rt_py_value *rt_py_eval_comp(rt_py_eval *ev, const rt_py_expr *x);
rt_py_value *rt_py_eval_fstring(rt_py_eval *ev, const rt_py_expr *x);
rt_py_value *rt_py_eval_call(rt_py_eval *ev, const rt_py_expr *x);
rt_py_value *rt_py_eval_attribute(rt_py_eval *ev, rt_py_value *object,
				  rt_sv name, const rt_py_span *at);
rt_py_value *rt_py_eval_index(rt_py_eval *ev, rt_py_value *object,
			      rt_py_value *index, const rt_py_span *at);
rt_py_value *rt_py_eval_slice(rt_py_eval *ev, rt_py_value *object,
			      const rt_py_expr *slice);
rt_py_value *rt_py_binary(rt_py_eval *ev, rt_py_op op, rt_py_value *a,
			  rt_py_value *b, const rt_py_span *at);
rt_py_value *rt_py_compare(rt_py_eval *ev, rt_py_op op, rt_py_value *a,
			   rt_py_value *b, const rt_py_span *at);
rt_py_value *rt_py_unary(rt_py_eval *ev, rt_py_op op, rt_py_value *a,
			 const rt_py_span *at);
rt_py_truth rt_py_contains(rt_py_eval *ev, rt_py_value *in, rt_py_value *v,
			   const rt_py_span *at);
void rt_py_class(rt_py_eval *ev, const rt_py_stmt *st);
void rt_py_def(rt_py_eval *ev, const rt_py_stmt *st);
/* Whether a class stays what it is under its decorators. */
bool rt_py_keeps_class(rt_py_eval *ev, const rt_py_list *decorators);
void rt_py_try(rt_py_eval *ev, const rt_py_stmt *st);
void rt_py_import(rt_py_eval *ev, const rt_py_stmt *st);
/* What an import that a name is bound to stands for. */
rt_py_value *rt_py_import_find(rt_py_eval *ev, rt_py_value *import);
/* module.name, or NULL. */
rt_py_value *rt_py_module_attr(rt_py_eval *ev, rt_py_file *file, rt_sv name,
			       const rt_py_span *at);
/* Run a module's own statements; what is opaque there is no trouble yet. */
void rt_py_run_file(rt_py_eval *ev, rt_py_file *file);
rt_py_value *rt_py_make_function(rt_py_eval *ev, rt_sv name,
				 const rt_py_params *params);

/* Bind the names that a skipped block would have bound to an opaque value. */
void rt_py_forget_block(rt_py_eval *ev, const rt_py_block *block,
			rt_py_value *opaque);
/* The same of one statement of it: what that could not know is no matter until
 * it is needed. */
void rt_py_run_top(rt_py_eval *ev, rt_py_stmt **st);
rt_py_file *rt_py_add_file(rt_py_eval *ev, const rt_py_origin *origin,
			   rt_sv name);

typedef void (*rt_py_visit_fn)(rt_py_eval *ev, void *self,
			       const rt_py_expr *x);
/* Visit every expression of a block; `into` functions and classes, too.  Each
 * counts as a step. */
void rt_py_walk(rt_py_eval *ev, const rt_py_block *block, bool into,
		rt_py_visit_fn visit, void *self);
/* A visitor: what a name stands for may have been changed, if it can be. */
void rt_py_doubt(rt_py_eval *ev, void *self, const rt_py_expr *x);

void rt_py_scope_set(rt_py_eval *ev, rt_sv name, rt_py_value *v);
rt_py_value *rt_py_scope_get(rt_py_eval *ev, rt_sv name);

/* ---- text ---- */

/* format(v, spec); false: not known, or raised */
bool rt_py_format(rt_py_eval *ev, rt_str *out, rt_py_value *v, rt_sv spec,
		  const rt_py_span *at);
/* fmt % args */
rt_py_value *rt_py_percent(rt_py_eval *ev, rt_sv fmt, rt_py_value *args,
			   const rt_py_span *at);
/* fmt.format(…) */
rt_py_value *rt_py_str_format(rt_py_eval *ev, rt_sv fmt,
			      const rt_py_call *call);

/* ---- tables of functions ---- */

typedef struct rt_py_method {
	rt_py_kind kind;
	const char *name;
	rt_py_value *(*run)(rt_py_eval *ev, rt_py_value *self,
			    const rt_py_call *call);
} rt_py_method;

extern const rt_py_method rt_py_str_methods[];
const rt_py_method *rt_py_method_find(rt_py_kind kind, rt_sv name);

typedef struct rt_py_builtin {
	const char *name;
	rt_py_value *(*run)(rt_py_eval *ev, const rt_py_call *call);
	bool is_type;     /* for isinstance() */
	rt_py_kind type;
} rt_py_builtin;

/* Ended by a row without name. */
extern const rt_py_builtin rt_py_builtins_seq[];
const rt_py_builtin *rt_py_builtin_find(rt_sv name);
/* Of the standard library: "textwrap.dedent"; NULL = not known. */
rt_py_value *rt_py_stdlib_call(rt_py_eval *ev, rt_sv path,
			       const rt_py_call *call, bool *known);

/* A name of it that has a value: "typing.TYPE_CHECKING"; or NULL. */
rt_py_value *rt_py_stdlib_name(rt_py_eval *ev, rt_sv path);

/* Raise a TypeError that names the function. */
rt_py_value *rt_py_bad_call(rt_py_eval *ev, const rt_py_call *call,
			    const char *function);

#endif
