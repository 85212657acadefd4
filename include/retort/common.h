/* SPDX-License-Identifier: MIT */
/*
 * Words that every retort header uses: export marks, version, list views.
 *
 * The whole API follows six rules:
 *   - a function that can fail returns 0 or a negative RETORT_E… code and
 *     takes `retort_error *err` last; err may be NULL;
 *   - an object comes out through `T **out` and is freed by `T_free`;
 *     everything a getter returns is borrowed from its object;
 *   - a list is read by T_count and T_at, which gives NULL behind the last;
 *   - strings are UTF-8 and end in NUL; lengths are bytes, times are
 *     milliseconds unless a name says otherwise;
 *   - an options struct starts with `version`; fill it from its _INIT macro;
 *   - no function keeps global state: two projects in one program do not see
 *     each other.  One object belongs to one thread at a time.
 */
#ifndef RETORT_COMMON_H
#define RETORT_COMMON_H

#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#ifdef __cplusplus
#define RETORT_BEGIN_DECLS extern "C" {
#define RETORT_END_DECLS   }
#else
#define RETORT_BEGIN_DECLS
#define RETORT_END_DECLS
#endif

#if defined(__GNUC__)
#define RETORT_API         __attribute__((visibility("default")))
#define RETORT_MUST_CHECK  __attribute__((warn_unused_result))
#define RETORT_PRINTF(a, b) __attribute__((format(printf, a, b)))
#else
#define RETORT_API
#define RETORT_MUST_CHECK
#define RETORT_PRINTF(a, b)
#endif

#define RETORT_VERSION_MAJOR 0
#define RETORT_VERSION_MINOR 1
#define RETORT_VERSION_PATCH 0
#define RETORT_VERSION "0.1.0"

/* A borrowed list of strings: `v[0]` to `v[n - 1]`, none of them NULL. */
typedef struct retort_names {
	const char *const *v;
	size_t n;
} retort_names;

/* What a step does. */
typedef enum retort_op {
	RETORT_OP_UPGRADE,
	RETORT_OP_DOWNGRADE,
	RETORT_OP_STAMP
} retort_op;

/* The SQL that a text is written in; decides how it is cut into tokens. */
typedef enum retort_dialect {
	RETORT_DIALECT_ANY, /* no dialect given: what both have in common */
	RETORT_DIALECT_SQLITE,
	RETORT_DIALECT_POSTGRESQL
} retort_dialect;

RETORT_BEGIN_DECLS

/* The version of the library that runs, "major.minor.patch". */
RETORT_API const char *retort_version(void);

/* "sqlite", "postgresql" or "any"; static. */
RETORT_API const char *retort_dialect_name(retort_dialect dialect);

/* "upgrade", "downgrade" or "stamp"; static. */
RETORT_API const char *retort_op_name(retort_op op);

RETORT_END_DECLS
#endif
