/* SPDX-License-Identifier: MIT */
/* Statements of Core from inside: a chain of calls. */
#ifndef RT_ALEMBIC_DML_H
#define RT_ALEMBIC_DML_H

#include "alembic/am.h"

enum { RT_AM_MAX_CHAIN = 64 };

/* `insert(t).values(…).returning(…)`: the table and what was called. */
typedef struct rt_am_chain {
	rt_sv verb;               /* "insert" */
	const rt_py_value *table; /* of insert, update, delete */
	const rt_py_call *call;   /* of the verb */
	struct {
		rt_sv name;
		const rt_py_call *call;
	} v[RT_AM_MAX_CHAIN];           /* from the first to the last */
	size_t n;
} rt_am_chain;

/* False: it is no insert, update, delete, select. */
bool rt_am_chain_read(const rt_py_value *v, rt_am_chain *out);

/* Whether all that was called, and with what, is known. */
bool rt_am_chain_check(rt_am *am, const rt_am_chain *c);
bool rt_am_add_returning(rt_am *am, rt_str *out, const rt_am_chain *c);

bool rt_am_is_table(const rt_py_value *v);

/* The tables that a statement reads, within another's. */
typedef struct rt_am_froms {
	RT_VEC(const rt_py_value *) list;
	const struct rt_am_froms *outer;
} rt_am_froms;

/* Of UPDATE and DELETE: their own, then those that WHERE names.  They become
 * am->froms, until the caller sets that to f->outer and frees the list. */
void rt_am_extra_froms(rt_am *am, rt_am_froms *f, const rt_am_chain *c,
		       const rt_py_value *where);
bool rt_am_write_froms(rt_am *am, rt_str *out, const rt_am_froms *f,
		       size_t from, const char *before);

/* What where() was called with, and `first` if it is not NULL. */
bool rt_am_add_where(rt_am *am, rt_str *out, const rt_am_chain *c,
		     const rt_py_value *first, const char *before);

#endif
