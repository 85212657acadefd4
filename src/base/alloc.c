/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The one mutable global of the library: abort() has no context to pass. */
static void (*exhausted_hook)(void);

void rt_alloc_on_exhausted(void (*hook)(void))
{
	exhausted_hook = hook;
}

void rt_alloc_exhausted(void)
{
	if (exhausted_hook)
		exhausted_hook();
	fputs("retort: out of memory\n", stderr);
	abort();
}

void rt_assert_failed(const char *cond, const char *file, int line)
{
	if (exhausted_hook)
		exhausted_hook();
	fprintf(stderr, "retort: bug: %s:%d: %s does not hold\n", file, line,
		cond);
	abort();
}

void *rt_alloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (!p)
		rt_alloc_exhausted();
	return p;
}

void *rt_calloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (!p)
		rt_alloc_exhausted();
	return p;
}

void *rt_realloc(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (!p)
		rt_alloc_exhausted();
	return p;
}

char *rt_strdup(const char *s)
{
	return rt_strndup(s, strlen(s));
}

char *rt_strndup(const char *s, size_t n)
{
	char *p = rt_alloc(n + 1);

	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}
