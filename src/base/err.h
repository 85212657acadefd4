/* SPDX-License-Identifier: MIT */
/*
 * Setting errors.  The public side (reading, disposing) is
 * <retort/error.h>; all functions here take err == NULL and do nothing then
 * but return their code.
 */
#ifndef RT_BASE_ERR_H
#define RT_BASE_ERR_H

#include <stddef.h>

#include <retort/error.h>

#include "base/sv.h"

/*
 * Set code and message, unless one is set already (the first error wins).
 *   in:   code, a negative RETORT_E…; message as in <retort/error.h>
 *   out:  returns `code`, for `return rt_err_set(…)`
 */
int rt_err_set(retort_error *err, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Put "context: " in front of the message. */
void rt_err_prefix(retort_error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Set a field that is not set yet. */
void rt_err_field(retort_error *err, retort_error_field field,
		  const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Set a field from a view; cut at 4 KiB. */
void rt_err_field_sv(retort_error *err, retort_error_field field, rt_sv text);

/* Forget a field, for a caller that knows better what to say there. */
void rt_err_forget(retort_error *err, retort_error_field field);

/* Say where: FILE, line and column, unless known.  path NULL = only lines. */
void rt_err_at(retort_error *err, const char *path, int line, int column);

/* The same from a byte offset into the file's text. */
void rt_err_at_offset(retort_error *err, const char *path, rt_sv text,
		      size_t offset);

/* Move an error into an empty one: *to takes what *from holds. */
void rt_err_move(retort_error *to, retort_error *from);

#endif
