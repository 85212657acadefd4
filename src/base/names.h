/* SPDX-License-Identifier: MIT */
/* Lists of names, as <retort/common.h> has them. */
#ifndef RT_BASE_NAMES_H
#define RT_BASE_NAMES_H

#include <retort/common.h>

#include "base/arena.h"
#include "base/sv.h"

/* The same names in the same order. */
bool rt_names_equal(const retort_names *a, const retort_names *b);

/* A copy in the arena of a list; of its names, too. */
retort_names rt_names_keep(rt_arena *arena, const char *const *v, size_t n);
retort_names rt_names_copy(rt_arena *arena, retort_names names);

/* "a, b" taken apart; what is empty is left out. */
retort_names rt_names_split(rt_arena *arena, rt_sv text);

/* Sort by byte; `v` may be NULL where `n` is 0. */
void rt_names_sort(const char **v, size_t n);

/* A sorted copy of the list, not of the names. */
retort_names rt_names_sorted(rt_arena *arena, retort_names names);

/* Whether a list has a name; a sorted one answers in O(log n). */
bool rt_names_have(const retort_names *names, const char *name); /* NULL: no */
bool rt_names_have_sorted(const retort_names *sorted, const char *name);

#endif
