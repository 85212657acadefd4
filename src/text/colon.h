/* SPDX-License-Identifier: MIT */
/*
 * What SQLAlchemy's text() makes of colons, for whoever reads such text and
 * whoever writes it: `:name` is a parameter where no letter, colon, dollar
 * sign or backslash stands before it and no colon behind; a backslash before
 * such a name, be it empty, is taken away.
 */
#ifndef RT_TEXT_COLON_H
#define RT_TEXT_COLON_H

#include <locale.h>

#include "base/sv.h"

/* What a letter is must not depend on the user's locale. */
typedef struct rt_colon {
	locale_t letters; /* opened when the first is asked for */
} rt_colon;

#define RT_COLON_INIT { (locale_t)0 }

void rt_colon_free(rt_colon *c);

/* Whether the colon at `at` begins a parameter; *end, behind its name. */
bool rt_colon_is_param(rt_colon *c, rt_sv text, size_t at, size_t *end);

/* Whether the backslash at `at` is taken away; *end, behind the name. */
bool rt_colon_is_escape(rt_colon *c, rt_sv text, size_t at, size_t *end);

#endif
