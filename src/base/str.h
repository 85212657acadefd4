/* SPDX-License-Identifier: MIT */
/*
 * A growing string.  `p` is never NULL and always ends in NUL, so an empty
 * rt_str can be printed; `n` is the length without that NUL.
 *
 *     rt_str s = RT_STR_INIT;
 *     rt_str_addf(&s, "%s: %d", name, line);
 *     …
 *     rt_str_free(&s);
 */
#ifndef RT_BASE_STR_H
#define RT_BASE_STR_H

#include <stdarg.h>

#include "base/sv.h"

typedef struct rt_str {
	char *p;
	size_t n;
	size_t cap; /* 0 while p is the shared empty string */
} rt_str;

extern char rt_str_empty[1];
#define RT_STR_INIT { rt_str_empty, 0, 0 }

void rt_str_free(rt_str *s);           /* back to RT_STR_INIT */
void rt_str_clear(rt_str *s);          /* empty, keeps the memory */
void rt_str_reserve(rt_str *s, size_t extra);
void rt_str_add(rt_str *s, const char *text);
void rt_str_addn(rt_str *s, const char *text, size_t n);
void rt_str_addsv(rt_str *s, rt_sv text);
void rt_str_addc(rt_str *s, char c);
void rt_str_addf(rt_str *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void rt_str_addv(rt_str *s, const char *format, va_list ap)
	__attribute__((format(printf, 2, 0)));
void rt_str_truncate(rt_str *s, size_t n);
rt_sv rt_str_sv(const rt_str *s);

/* Hands the text over; the caller frees it with free(). */
char *rt_str_take(rt_str *s);

/* printf into memory that the caller frees. */
char *rt_strf(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
