/* SPDX-License-Identifier: MIT */
/*
 * A map from strings to numbers (an index into somebody's array), in order
 * of insertion.  Keys are borrowed: they must outlive the map.
 */
#ifndef RT_BASE_MAP_H
#define RT_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sv.h"

typedef struct rt_map_entry {
	rt_sv key;
	uint32_t hash;
	size_t value;
} rt_map_entry;

typedef struct rt_map {
	rt_map_entry *entries; /* n of them, in order of insertion */
	size_t n, cap;
	uint32_t *slots;       /* open addressing; entry number + 1, 0 = free */
	size_t n_slots;        /* a power of two, or 0 */
} rt_map;

#define RT_MAP_INIT { NULL, 0, 0, NULL, 0 }

void rt_map_free(rt_map *m); /* back to RT_MAP_INIT */

/*
 * Add a key that is not there yet.
 *   out:  true if added; false if the key was there (value unchanged)
 *   cost: O(1) on average; at most 2^32 - 2 keys
 */
bool rt_map_add(rt_map *m, rt_sv key, size_t value);

/* The entry of a key, or NULL; valid until the next add. */
rt_map_entry *rt_map_find(const rt_map *m, rt_sv key);

#endif
