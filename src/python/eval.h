/* SPDX-License-Identifier: MIT */
/*
 * The evaluator: runs what of a migration can be known without Python.
 *
 * It knows the language and its built-in types and no library.  What is
 * imported comes from the project's own modules, which run alike once a name
 * of theirs is used (python/library.h); or it becomes a symbol
 * (python/value.h): attributes, calls and operators on symbols are offered to
 * the host, which may answer with a value, do something, or leave them as
 * symbols.
 *
 * Nothing that a file says makes it crash, run long or take much memory:
 * steps, bytes and nesting are counted, and who is over stops with a reason.
 * Nothing is executed, nor asked outside.
 */
#ifndef RT_PYTHON_EVAL_H
#define RT_PYTHON_EVAL_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "python/library.h"
#include "python/parse.h"
#include "python/value.h"

enum {
	RT_PY_EVAL_STEPS = 2000000,
	RT_PY_EVAL_BYTES = 256 << 20,
	RT_PY_EVAL_DEPTH = 1500 /* of expressions and calls together */
};

typedef struct rt_py_eval rt_py_eval;

/* What the host says to the truth of a value. */
typedef enum rt_py_truth {
	RT_PY_FALSY, RT_PY_TRUTHY, RT_PY_UNKNOWN
} rt_py_truth;

/*
 * The host.  Every function may be NULL.  Those that give a value may give
 * NULL: then the evaluator makes a symbol of it, or an opaque value.
 */
typedef struct rt_py_host {
	/* object.name, of a symbol or native; a PATH's in whole:
	 * "alembic.op.f" comes as object = symbol, name = empty. */
	rt_py_value *(*attr)(void *self, rt_py_eval *ev, rt_py_value *object,
			     rt_sv name, const rt_py_span *at);
	/* callee(…), of a symbol or native. */
	rt_py_value *(*call)(void *self, rt_py_eval *ev, rt_py_value *callee,
			     const rt_py_call *call);
	rt_py_truth (*truth)(void *self, rt_py_eval *ev, rt_py_value *v);
	/* A list of what `for x in v` gives. */
	rt_py_value *(*iterate)(void *self, rt_py_eval *ev, rt_py_value *v);
	/* str(v) */
	rt_py_value *(*str)(void *self, rt_py_eval *ev, rt_py_value *v);
	/* `with v as x`: x.  NULL = not known, and then the with is opaque */
	rt_py_value *(*enter)(void *self, rt_py_eval *ev, rt_py_value *v);
	void (*leave)(void *self, rt_py_eval *ev, rt_py_value *v);
	/* object[index] = v, object.name = v; false = not known */
	bool (*store)(void *self, rt_py_eval *ev, rt_py_value *object,
		      rt_py_value *index, rt_sv name, rt_py_value *v);
	/* A statement left v: nobody takes what was called. */
	void (*discard)(void *self, rt_py_eval *ev, rt_py_value *v,
			const rt_py_span *at);
	/* A number that grows when something has been done: who is in a try
	 * with it cannot know whether that raised. */
	size_t (*effects)(void *self);
} rt_py_host;

/* What a run could not know and needed. */
typedef struct rt_py_trouble {
	/* "the condition is not known: reads a row"; with the place where it
	 * is one of another file: "… (app/models.py:12: `X = f()`)" */
	rt_sv reason;
	rt_sv construct; /* the text of it, in one line, cut at 80 bytes */
	int line, column; /* 1-based, column in bytes; in the file itself */
	int flag;        /* an opaque value's, else 0 */
} rt_py_trouble;

typedef struct rt_py_troubles {
	RT_VEC(rt_py_trouble) list; /* in order, no two alike */
} rt_py_troubles;

/*
 * Begin: everything the run makes is in *arena.
 *   in:   src and module must outlive the evaluator; host NULL = none
 */
rt_py_eval *rt_py_eval_new(rt_arena *arena, const rt_py_source *src,
			   const rt_py_module *module, const rt_py_host *host,
			   void *self);
void rt_py_eval_free(rt_py_eval *ev); /* not the arena; NULL allowed */

/* What a file imports is looked for there; NULL, as it is at first: nowhere,
 * then it is not known. */
void rt_py_eval_use(rt_py_eval *ev, rt_py_library *library);

/* Run the module's own statements; what is opaque there is no trouble yet. */
void rt_py_eval_module(rt_py_eval *ev);

/*
 * Call a function of the module with what env.py hands over to it.
 *   out:  false: there is no such function.  What it could not know is in
 *         the troubles
 */
bool rt_py_eval_function(rt_py_eval *ev, const char *name);

/*
 * What env.py gives for a keyword argument wherever it calls a method.
 *   out:  NULL: nothing; opaque: that is not known
 */
rt_py_value *rt_py_eval_handed(rt_py_eval *ev, const char *method, rt_sv name,
			       const rt_py_span *at);

/* Whether statements of env.py run: what they do is not for the caller. */
bool rt_py_eval_is_away(const rt_py_eval *ev);

const rt_py_troubles *rt_py_eval_troubles(const rt_py_eval *ev);

/* ---- for the host ---- */

rt_arena *rt_py_eval_arena(rt_py_eval *ev);

/* Where in the file itself that is: the call that led to another file. */
rt_py_span rt_py_eval_place(const rt_py_eval *ev, const rt_py_span *at);

/* Count looking at n bytes; false: over the limit, and all ends. */
bool rt_py_look(rt_py_eval *ev, size_t n);
/* Count n bytes that the host makes for what it gives out. */
bool rt_py_pay(rt_py_eval *ev, size_t n);

/* Need a value that is not known: a trouble.  v is an opaque value, a symbol
 * or anything else that came where it does not fit; why may be NULL. */
void rt_py_eval_trouble(rt_py_eval *ev, const rt_py_value *v,
			const rt_py_span *at, const char *why);

rt_py_value *rt_py_none(rt_py_eval *ev);
rt_py_value *rt_py_bool(rt_py_eval *ev, bool b);
rt_py_value *rt_py_int(rt_py_eval *ev, int64_t i);
rt_py_value *rt_py_float(rt_py_eval *ev, double f);
rt_py_value *rt_py_str(rt_py_eval *ev, rt_sv s);         /* borrowed */
rt_py_value *rt_py_str_copy(rt_py_eval *ev, rt_sv s);
rt_py_value *rt_py_list_new(rt_py_eval *ev, rt_py_kind kind); /* or TUPLE */
rt_py_value *rt_py_dict_new(rt_py_eval *ev, rt_py_kind kind); /* or SET */
rt_py_value *rt_py_native(rt_py_eval *ev, const void *cls, void *data,
			  const rt_py_span *at);
rt_py_value *rt_py_opaque(rt_py_eval *ev, const rt_py_span *at, int flag,
			  const char *format, ...)
	__attribute__((format(printf, 4, 5)));
rt_py_value *rt_py_path(rt_py_eval *ev, const char *path);
/* An instance of a class of the file, with one attribute of its own. */
rt_py_value *rt_py_instance(rt_py_eval *ev, rt_py_value *cls, const char *name,
			    rt_py_value *v);
/* What an attribute of such a class or instance is, or NULL. */
rt_py_value *rt_py_class_attr(rt_py_eval *ev, rt_py_value *v, rt_sv name);
rt_py_value *rt_py_symbol_call(rt_py_eval *ev, const char *path,
			       const rt_py_call *call);
rt_py_value *rt_py_symbol_attr(rt_py_eval *ev, rt_py_value *base, rt_sv name,
			       const rt_py_span *at);

void rt_py_list_add(rt_py_eval *ev, rt_py_value *list, rt_py_value *v);
/* False: the key cannot be hashed. */
bool rt_py_dict_set(rt_py_eval *ev, rt_py_value *dict, rt_py_value *key,
		    rt_py_value *v);
rt_py_value *rt_py_dict_find(const rt_py_value *dict, const char *key);

/* What `for x in v` gives as a list, or an opaque value. */
rt_py_value *rt_py_iterate(rt_py_eval *ev, rt_py_value *v,
			   const rt_py_span *at);
rt_py_truth rt_py_truth_of(rt_py_eval *ev, rt_py_value *v);

/* Append str(v) or repr(v); false: not known, nothing certain appended. */
bool rt_py_str_of(rt_py_eval *ev, rt_str *out, rt_py_value *v);
bool rt_py_repr_of(rt_py_eval *ev, rt_str *out, rt_py_value *v);

/* Call any value; an exception gives an opaque value and stops. */
rt_py_value *rt_py_call_value(rt_py_eval *ev, rt_py_value *callee,
			      const rt_py_call *call);

/* Raise an exception of this name; gives an opaque value to return. */
rt_py_value *rt_py_raise(rt_py_eval *ev, const rt_py_span *at,
			 const char *type, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
