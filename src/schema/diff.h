/* SPDX-License-Identifier: MIT */
/*
 * What differs between two schemas.  Knows no dialect: objects are paired by
 * key, then their properties are compared.
 *
 * It knows no renames either: whoever has been told of one renames in the
 * scratch database and reads the schema again, so that the server puts the
 * new name into every index, view and key that uses it.
 */
#ifndef RT_SCHEMA_DIFF_H
#define RT_SCHEMA_DIFF_H

#include "schema/model.h"

/* An object that is in one schema only, or differs. */
typedef struct rt_delta {
	size_t before, after; /* indexes; RT_NO_OBJECT = not there */
	bool moved; /* a table: its columns stand in another order */
	unsigned long long changed; /* bit (1 << property) */
} rt_delta;

_Static_assert(RT_N_PROPERTIES <= 64, "rt_delta.changed");

struct retort_diff {
	rt_arena arena;
	const retort_schema *before, *after;
	rt_delta *v; /* by kind and name; the parts of a table behind it */
	size_t n;
	size_t *after_of; /* for each object of before its other self, or
			     RT_NO_OBJECT */
	size_t *before_of;
	retort_diff_entry *entries; /* what retort_diff_at() gives */
	size_t n_entries;
};

#endif
