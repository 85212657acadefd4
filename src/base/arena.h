/* SPDX-License-Identifier: MIT */
/*
 * An arena: memory that is given out piece by piece and freed at once.
 * One container owns one arena; what it hands out lives as long as it does.
 */
#ifndef RT_BASE_ARENA_H
#define RT_BASE_ARENA_H

#include <stddef.h>

#include "base/sv.h"

typedef struct rt_arena {
	struct rt_arena_chunk *chunk; /* the newest; older ones behind it */
	size_t used, size;            /* of the newest */
} rt_arena;

#define RT_ARENA_INIT { NULL, 0, 0 }

void rt_arena_free(rt_arena *a); /* back to RT_ARENA_INIT */

/* n bytes, aligned for any type, not cleared. */
void *rt_arena_alloc(rt_arena *a, size_t n);

/* An array of `count` cleared elements. */
void *rt_arena_calloc(rt_arena *a, size_t count, size_t size);

char *rt_arena_strdup(rt_arena *a, const char *s);
char *rt_arena_strsv(rt_arena *a, rt_sv s); /* copy, ends in NUL */
char *rt_arena_strf(rt_arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
