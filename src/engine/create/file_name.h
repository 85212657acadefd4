/* SPDX-License-Identifier: MIT */
/*
 * The name of a new revision file, by Alembic's file_template.
 */
#ifndef RT_ENGINE_CREATE_FILE_NAME_H
#define RT_ENGINE_CREATE_FILE_NAME_H

#include <retort/error.h>

#include "base/str.h"

typedef struct rt_file_name {
	const char *rev;
	const char *slug;
	long long time; /* seconds since 1970 */
	long offset;    /* of the time zone, seconds east of UTC */
} rt_file_name;

/*
 * Append the words (letters, digits, `_`; any script) of a message, in lower
 * case, joined by `_`; one longer than `limit` characters is cut there, then
 * at its last `_`, which stays.
 */
void rt_file_slug(const char *message, size_t limit, rt_str *out);

/*
 * Append what the template makes: %(rev)s %(slug)s %(epoch)s %(year)d
 * %(month).2d %(day)… %(hour)… %(minute)… %(second)…, as Python formats
 * them, and %%.
 *   err:  ECONFIG: an unknown token or format
 */
RETORT_MUST_CHECK int rt_file_name_expand(const char *format,
					  const rt_file_name *name,
					  rt_str *out, retort_error *err);

#endif
