/* SPDX-License-Identifier: MIT */
/*
 * The grammar of identifiers: text only, nothing is looked up but whether a
 * name exists exactly.
 */
#ifndef RT_REV_IDENT_H
#define RT_REV_IDENT_H

#include "base/sv.h"
#include "rev/dag.h"

/* [LABEL@][SYMBOL](+|-)N */
typedef struct rt_relative {
	rt_sv label;  /* empty if none */
	rt_sv symbol; /* empty if none */
	rt_sv number; /* sign and digits as written */
	long steps;   /* clamped to what no graph exceeds */
} rt_relative;

/*
 * Is `text` relative?  As in Alembic, what follows the digits is ignored
 * ("+1x" is "+1").  Unlike there, a name that exists is taken whole: the
 * label `rel-2` is not `rel` minus 2.
 */
bool rt_ident_relative(const retort_graph *g, rt_sv text, rt_relative *out);

/* LABEL@REST at the first "@"; without one, label is empty. */
void rt_ident_split(rt_sv text, rt_sv *label, rt_sv *rest);

/* "-N" and nothing else, N > 0: a walk down from the heads. */
bool rt_ident_below_heads(rt_sv text, long *steps);

/* How many digits' worth a number shows in messages: "+007" gives "7". */
rt_sv rt_ident_amount(rt_sv number);

#endif
