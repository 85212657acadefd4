/* SPDX-License-Identifier: MIT */
/*
 * Libraries opened on first use.  A process pays for every library that it
 * begins with, and most commands need none of the large ones.
 *
 * Each has a struct of pointers to what is used of it, made by a list:
 *
 *   #define FUNCTIONS(X) X(one) X(two)
 *   typedef struct lib { FUNCTIONS(MEMBER) } lib;
 *   #define SYMBOL(name) { #name, offsetof(lib, name) },
 *   static const rt_library_symbol symbols[] = { FUNCTIONS(SYMBOL) };
 */
#ifndef RT_BASE_LIBRARY_H
#define RT_BASE_LIBRARY_H

#include <stddef.h>

#include <retort/error.h>

typedef struct rt_library_symbol {
	const char *name;
	size_t at; /* of its pointer in the struct */
} rt_library_symbol;

typedef struct rt_library {
	const char *file;    /* "libpq.so.5" */
	const char *needed;  /* "PostgreSQL needs its client library" */
	const char *install; /* what to do where it is missing */
	const rt_library_symbol *symbols;
	size_t n;
} rt_library;

/*
 * Find a library and its symbols.  It stays loaded until the process ends:
 * TLS libraries do not like to be unloaded.
 *   in:   pointers, the struct to fill
 *   err:  EUNSUPPORTED: not installed, or too old
 */
RETORT_MUST_CHECK int rt_library_load(const rt_library *library,
				      void *pointers, retort_error *err);

#endif
