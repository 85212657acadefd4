/* SPDX-License-Identifier: MIT */
/* What the console has said: every message and error, kept to be read again,
 * searched and copied. */
#ifndef RT_TUI_LOG_H
#define RT_TUI_LOG_H

#include <retort/error.h>

#include "base/clock.h"
#include "base/vec.h"

typedef enum rt_level {
	RT_LEVEL_INFO,
	RT_LEVEL_WARNING,
	RT_LEVEL_ERROR
} rt_level;

typedef struct rt_log_line {
	rt_level level;
	long long when; /* seconds since 1970; -1 = goes on from the line
			   before */
	char *text;
} rt_log_line;

typedef struct rt_log {
	RT_VEC(rt_log_line) lines;
	size_t warnings, errors;
} rt_log;

#define RT_LOG_INIT { RT_VEC_INIT, 0, 0 }

void rt_log_free(rt_log *log);

/* Add a text; further lines of it become lines that go on. */
void rt_log_add(rt_log *log, rt_level level, long long when,
		const char *text);

/* Add an error with all that it carries. */
void rt_log_error(rt_log *log, long long when, const retort_error *err);

#endif
