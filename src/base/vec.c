/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/vec.h"

#include <stdint.h>

#include "base/alloc.h"

void *rt_vec_grow(void *v, size_t *cap, size_t size)
{
	size_t want = *cap ? *cap * 2 : 8;

	if (want > SIZE_MAX / 2 / size)
		rt_alloc_exhausted();
	*cap = want;
	return rt_realloc(v, want * size);
}
