/* SPDX-License-Identifier: MIT */
/*
 * What differs between two schemas.  Knows no dialect: objects are paired by
 * key (or by a rename), then their properties are compared.
 */
#ifndef RT_SCHEMA_DIFF_H
#define RT_SCHEMA_DIFF_H

#include "schema/model.h"

/* One object of either side; an object that is in both and the same in both
 * has none. */
typedef struct rt_delta {
	size_t before, after; /* indexes; RT_NO_OBJECT = not there.  Both set
				 where it changed or was renamed */
	bool renamed;
	bool moved;           /* a column at another place */
	unsigned long long changed; /* bit (1 << property) */
} rt_delta;

struct retort_diff {
	rt_arena arena;
	const retort_schema *before, *after;
	rt_delta *v;  /* in the order of the kinds; a table's parts behind
			 those of their kind's turn */
	size_t n;
	size_t *pair_of_before; /* for each object, its other self, or
				   RT_NO_OBJECT */
	size_t *pair_of_after;
	retort_change *changes; /* what retort_diff_at() gives */
	size_t n_changes;
};

/* Whether a property of a pair differs; asks the values, not the bits. */
bool rt_delta_has(const rt_delta *delta, rt_property property);

#endif
