/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/log.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/sv.h"

enum { LINES_MAX = 10000, DROP = 1000 };

void rt_log_free(rt_log *log)
{
	while (log->lines.n)
		free(log->lines.v[--log->lines.n].text);
	rt_vec_free(&log->lines);
}

static void drop_oldest(rt_log *log)
{
	size_t i;

	for (i = 0; i < DROP; i++)
		free(log->lines.v[i].text);
	log->lines.n -= DROP;
	memmove(log->lines.v, log->lines.v + DROP,
		log->lines.n * sizeof(*log->lines.v));
}

static void add_lines(rt_log *log, rt_level level, long long when, rt_sv text)
{
	rt_sv line;

	while (rt_sv_line(&text, &line)) {
		if (log->lines.n >= LINES_MAX)
			drop_oldest(log);
		rt_vec_push(&log->lines,
			    (rt_log_line){ level, when,
					   rt_strndup(line.p, line.n) });
		when = -1;
	}
}

void rt_log_add(rt_log *log, rt_level level, long long when, const char *text)
{
	log->warnings += level == RT_LEVEL_WARNING;
	log->errors += level == RT_LEVEL_ERROR;
	add_lines(log, level, when, rt_sv_from(text));
}

static void add_place(rt_str *s, const retort_error *err)
{
	const char *file = retort_error_get(err, RETORT_ERROR_FILE);

	if (!file)
		return;
	rt_str_addf(s, "file: %s", file);
	if (err->line)
		rt_str_addf(s, ":%d", err->line);
	if (err->line && err->column)
		rt_str_addf(s, ":%d", err->column);
	rt_str_addc(s, '\n');
}

void rt_log_error(rt_log *log, long long when, const retort_error *err)
{
	rt_str s = RT_STR_INIT;
	const char *text;
	int i;

	rt_log_add(log, RT_LEVEL_ERROR, when,
		   err->message ? err->message : "unknown error");
	add_place(&s, err);
	for (i = 0; i < RETORT_ERROR_FIELD_COUNT; i++) {
		text = retort_error_get(err, (retort_error_field)i);
		if (text && i != RETORT_ERROR_FILE)
			rt_str_addf(&s, "%s: %s\n",
				    retort_error_field_name(
					    (retort_error_field)i),
				    text);
	}
	add_lines(log, RT_LEVEL_ERROR, -1, rt_str_sv(&s));
	rt_str_free(&s);
}
