/* SPDX-License-Identifier: MIT */
/*
 * A growing array of any type:
 *
 *     RT_VEC(int) numbers = RT_VEC_INIT;
 *     rt_vec_push(&numbers, 3);
 *     for (i = 0; i < numbers.n; i++)
 *             use(numbers.v[i]);
 *     rt_vec_free(&numbers);
 *
 * Elements move when the array grows: keep indexes, not pointers.
 */
#ifndef RT_BASE_VEC_H
#define RT_BASE_VEC_H

#include <stdlib.h>

#define RT_VEC(T)                                                             \
	struct {                                                              \
		T *v;                                                         \
		size_t n;                                                     \
		size_t cap;                                                   \
	}

#define RT_VEC_INIT { NULL, 0, 0 }

/* Append `x` (evaluated once). */
#define rt_vec_push(vec, ...)                                                 \
	do {                                                                  \
		if ((vec)->n == (vec)->cap)                                   \
			(vec)->v = rt_vec_grow((vec)->v, &(vec)->cap,         \
					       sizeof(*(vec)->v));            \
		(vec)->v[(vec)->n++] = (__VA_ARGS__);                         \
	} while (0)

#define rt_vec_free(vec)                                                      \
	do {                                                                  \
		free((vec)->v);                                               \
		(vec)->v = NULL;                                              \
		(vec)->n = (vec)->cap = 0;                                    \
	} while (0)

/* Doubles `*cap` elements of `size` bytes; for rt_vec_push only. */
void *rt_vec_grow(void *v, size_t *cap, size_t size);

#endif
