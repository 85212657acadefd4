/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct rt_arena_chunk {
	struct rt_arena_chunk *older;
	alignas(max_align_t) char bytes[];
};

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };

void rt_arena_free(rt_arena *a)
{
	struct rt_arena_chunk *c = a->chunk;

	while (c) {
		struct rt_arena_chunk *older = c->older;

		free(c);
		c = older;
	}
	*a = (rt_arena)RT_ARENA_INIT;
}

static void add_chunk(rt_arena *a, size_t at_least)
{
	size_t size = a->size ? a->size * 2 : FIRST_CHUNK;
	struct rt_arena_chunk *c;

	if (size > LARGEST_CHUNK)
		size = LARGEST_CHUNK;
	if (size < at_least)
		size = at_least;
	c = rt_alloc(sizeof(*c) + size);
	c->older = a->chunk;
	a->chunk = c;
	a->used = 0;
	a->size = size;
}

void *rt_arena_alloc(rt_arena *a, size_t n)
{
	const size_t align = alignof(max_align_t);
	void *p;

	if (n > SIZE_MAX / 2)
		rt_alloc_exhausted();
	n = (n + align - 1) / align * align;
	if (!a->chunk || n > a->size - a->used)
		add_chunk(a, n);
	p = a->chunk->bytes + a->used;
	a->used += n;
	return p;
}

void *rt_arena_calloc(rt_arena *a, size_t count, size_t size)
{
	void *p;

	if (size && count > SIZE_MAX / 2 / size)
		rt_alloc_exhausted();
	p = rt_arena_alloc(a, count * size);
	memset(p, 0, count * size);
	return p;
}

char *rt_arena_strsv(rt_arena *a, rt_sv s)
{
	char *p = rt_arena_alloc(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

char *rt_arena_strdup(rt_arena *a, const char *s)
{
	return rt_arena_strsv(a, rt_sv_from(s));
}

char *rt_arena_strf(rt_arena *a, const char *format, ...)
{
	va_list ap, again;
	char *p;
	int n;

	va_start(ap, format);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, format, ap);
	RT_ASSERT(n >= 0);
	p = rt_arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, format, again);
	va_end(again);
	va_end(ap);
	return p;
}
