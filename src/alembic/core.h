/* SPDX-License-Identifier: MIT */
/* Expressions from inside: what core*.c share. */
#ifndef RT_ALEMBIC_CORE_H
#define RT_ALEMBIC_CORE_H

#include "alembic/am.h"

/* How tight an operator binds, as SQLAlchemy ranks them. */
enum {
	RT_AM_P_OR = 2, RT_AM_P_AND = 3, RT_AM_P_ORDER = 3,
	RT_AM_P_COMPARE = 5, RT_AM_P_NOT = 5, RT_AM_P_CONCAT = 6,
	RT_AM_P_ADD = 7, RT_AM_P_MUL = 8, RT_AM_P_ATOM = 15
};

typedef struct rt_am_piece {
	rt_str sql;
	int rank;
	const char *op; /* so that a + b + c needs no parentheses */
} rt_am_piece;

#define RT_AM_PIECE_INIT { RT_STR_INIT, RT_AM_P_ATOM, NULL }

bool rt_am_compile(rt_am *am, rt_am_piece *out, const rt_py_value *v,
		   unsigned flags, const rt_am_type *type);
/* Append, in parentheses where it binds no tighter than rank. */
void rt_am_wrap(rt_str *out, const rt_am_piece *p, int rank, const char *op,
		bool associative);
bool rt_am_args(rt_am *am, rt_str *out, const rt_py_call *call, size_t from,
		unsigned flags);
bool rt_am_joined(rt_am *am, rt_am_piece *out, const rt_py_call *call,
		  const char *op, int rank, unsigned flags);
bool rt_am_negate(rt_am *am, rt_am_piece *out, const rt_py_value *v,
		  unsigned flags);
bool rt_am_method(rt_am *am, rt_am_piece *out, const rt_py_value *base,
		  const rt_py_call *call, rt_sv name, unsigned flags);

/* sa.func.*; what sqlalchemy exports by name. */
bool rt_am_function(rt_am *am, rt_am_piece *out, const rt_am_ref *ref,
		    unsigned flags);
bool rt_am_exported(rt_am *am, rt_am_piece *out, const rt_am_ref *ref,
		    unsigned flags, const rt_am_type *type);

#endif
