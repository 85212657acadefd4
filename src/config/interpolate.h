/* SPDX-License-Identifier: MIT */
/*
 * %(key)s and ${VARIABLE} in the values of a project file.
 *
 * First %(key)s and %% as in Python's configparser, the inserted values
 * likewise; then, in the whole, ${NAME}, ${NAME:-default} (unset or empty)
 * and ${NAME-default} (unset).  A default may hold more of them.  `$${`
 * stands for `${`; any other `$` for itself.  What a variable of the
 * environment holds is inserted as it is: a `%` or `$` in a password means
 * itself, and a password in a URL must be percent-encoded where it stands.
 */
#ifndef RT_CONFIG_INTERPOLATE_H
#define RT_CONFIG_INTERPOLATE_H

#include <retort/error.h>

#include "base/str.h"

/* Longest value after interpolation: values that insert each other could
 * grow without end. */
#define RT_INTERPOLATE_LIMIT ((size_t)64 << 10)

typedef struct rt_interpolation {
	/* The raw value of a key (in lower case), NULL if there is none;
	 * *literal when it holds no %(key)s to look at. */
	const char *(*key)(void *self, const char *key, bool *literal);
	/* The value of a variable: *value NULL if unset; *literal when it
	 * holds no ${NAME} to look at. */
	int (*variable)(void *self, rt_sv name, const char **value,
			bool *literal, retort_error *err);
	void *self;
} rt_interpolation;

/*
 * Append the value that `raw` stands for.
 *   err:  ECONFIG: an unset variable or unknown key (names it), a `%` or
 *         `${` that means nothing, values that insert each other in a
 *         circle, a result that is too long; no position
 */
RETORT_MUST_CHECK int rt_interpolate(const rt_interpolation *from,
				     const char *raw, rt_str *out,
				     retort_error *err);

/* The first half alone: ${NAME} stays as it is. */
RETORT_MUST_CHECK int rt_interpolate_keys(const rt_interpolation *from,
					  const char *raw, rt_str *out,
					  retort_error *err);

#endif
