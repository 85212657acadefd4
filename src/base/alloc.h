/* SPDX-License-Identifier: MIT */
/*
 * Allocation that cannot fail: out of memory ends the program.
 *
 * Before it aborts it calls a hook, so that a console can give the terminal
 * back.  The database is safe: the server, or SQLite's journal, rolls the
 * open transaction back.  In return every size that comes from outside is
 * capped before it gets here.
 */
#ifndef RT_BASE_ALLOC_H
#define RT_BASE_ALLOC_H

#include <stddef.h>

void *rt_alloc(size_t n);
void *rt_calloc(size_t n, size_t size);
void *rt_realloc(void *p, size_t n);
char *rt_strdup(const char *s);
char *rt_strndup(const char *s, size_t n);

/* The hook is called once, with no memory to spare; NULL removes it. */
void rt_alloc_on_exhausted(void (*hook)(void));

/* Ends the program for lack of memory; a container that would overflow
 * size_t calls it too. */
_Noreturn void rt_alloc_exhausted(void);

/* A broken invariant of retort itself: says where, and aborts. */
#define RT_ASSERT(cond)                                                       \
	((cond) ? (void)0 : rt_assert_failed(#cond, __FILE__, __LINE__))
_Noreturn void rt_assert_failed(const char *cond, const char *file, int line);

#endif
