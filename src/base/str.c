/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* Never written to: every writer reserves first. */
char rt_str_empty[1];

void rt_str_free(rt_str *s)
{
	if (s->cap)
		free(s->p);
	*s = (rt_str)RT_STR_INIT;
}

void rt_str_clear(rt_str *s)
{
	rt_str_truncate(s, 0);
}

void rt_str_truncate(rt_str *s, size_t n)
{
	if (n >= s->n)
		return;
	s->n = n;
	s->p[n] = '\0';
}

void rt_str_reserve(rt_str *s, size_t extra)
{
	size_t want, cap;

	if (extra > SIZE_MAX / 2 - s->n - 1)
		rt_alloc_exhausted();
	want = s->n + extra + 1;
	if (want <= s->cap)
		return;
	cap = s->cap ? s->cap : 32;
	while (cap < want)
		cap *= 2;
	s->p = rt_realloc(s->cap ? s->p : NULL, cap);
	if (!s->cap)
		s->p[0] = '\0';
	s->cap = cap;
}

void rt_str_addn(rt_str *s, const char *text, size_t n)
{
	if (n == 0)
		return;
	rt_str_reserve(s, n);
	memcpy(s->p + s->n, text, n);
	s->n += n;
	s->p[s->n] = '\0';
}

void rt_str_add(rt_str *s, const char *text)
{
	rt_str_addn(s, text, strlen(text));
}

void rt_str_addsv(rt_str *s, rt_sv text)
{
	rt_str_addn(s, text.p, text.n);
}

void rt_str_addc(rt_str *s, char c)
{
	rt_str_addn(s, &c, 1);
}

void rt_str_addv(rt_str *s, const char *format, va_list ap)
{
	va_list again;
	size_t room;
	int n;

	va_copy(again, ap);
	rt_str_reserve(s, 120); /* most texts are short: one try does */
	room = s->cap - s->n;
	n = vsnprintf(s->p + s->n, room, format, ap);
	RT_ASSERT(n >= 0);
	if ((size_t)n >= room) {
		rt_str_reserve(s, (size_t)n);
		vsnprintf(s->p + s->n, (size_t)n + 1, format, again);
	}
	s->n += (size_t)n;
	va_end(again);
}

void rt_str_addf(rt_str *s, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	rt_str_addv(s, format, ap);
	va_end(ap);
}

rt_sv rt_str_sv(const rt_str *s)
{
	return (rt_sv){ s->p, s->n };
}

char *rt_str_take(rt_str *s)
{
	char *p;

	rt_str_reserve(s, 0);
	p = s->p;
	*s = (rt_str)RT_STR_INIT;
	return p;
}

char *rt_strf(const char *format, ...)
{
	rt_str s = RT_STR_INIT;
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&s, format, ap);
	va_end(ap);
	return rt_str_take(&s);
}
