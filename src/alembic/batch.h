/* SPDX-License-Identifier: MIT */
/* A batch: what is done to one table, collected. */
#ifndef RT_ALEMBIC_BATCH_H
#define RT_ALEMBIC_BATCH_H

#include "alembic/am.h"

typedef struct rt_am_step {
	rt_sv name;             /* "drop_column" */
	const rt_py_call *call; /* without the table */
	struct rt_am_step *next;
} rt_am_step;

struct rt_am_batch {
	rt_sv table, schema;
	const rt_py_call *call; /* of batch_alter_table() */
	rt_py_span span;
	bool always, never;     /* recreate= */
	rt_am_step *first, *last;
};

/* The arguments of op's directive: with the table and the schema. */
rt_py_call rt_am_batch_arguments(rt_am *am, const struct rt_am_batch *b,
				 const rt_am_step *s);
void rt_am_batch_run(rt_am *am, const struct rt_am_batch *b,
		     const rt_am_step *s);

/* Make the table anew with all steps done. */
bool rt_am_rebuild(rt_am *am, const struct rt_am_batch *b);

#endif
