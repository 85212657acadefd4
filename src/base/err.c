/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/err.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"

enum { FIELD_LIMIT = 4096 };

_Static_assert(RETORT_ERROR_FIELD_COUNT <= 16, "retort_error.text is full");

int rt_err_set(retort_error *err, int code, const char *format, ...)
{
	rt_str s = RT_STR_INIT;
	va_list ap;

	if (!err || err->code)
		return code;
	va_start(ap, format);
	rt_str_addv(&s, format, ap);
	va_end(ap);
	err->code = code;
	err->message = rt_str_take(&s);
	return code;
}

void rt_err_prefix(retort_error *err, const char *format, ...)
{
	rt_str s = RT_STR_INIT;
	va_list ap;

	if (!err || !err->code)
		return;
	va_start(ap, format);
	rt_str_addv(&s, format, ap);
	va_end(ap);
	rt_str_addf(&s, ": %s", err->message);
	free(err->message);
	err->message = rt_str_take(&s);
}

void rt_err_field(retort_error *err, retort_error_field field,
		  const char *format, ...)
{
	rt_str s = RT_STR_INIT;
	va_list ap;

	if (!err || err->text[field])
		return;
	va_start(ap, format);
	rt_str_addv(&s, format, ap);
	va_end(ap);
	err->text[field] = rt_str_take(&s);
}

void rt_err_field_sv(retort_error *err, retort_error_field field, rt_sv text)
{
	if (!err || err->text[field])
		return;
	text = rt_sv_sub(text, 0, FIELD_LIMIT);
	err->text[field] = rt_strndup(text.p, text.n);
}

void rt_err_forget(retort_error *err, retort_error_field field)
{
	if (!err)
		return;
	free(err->text[field]);
	err->text[field] = NULL;
}

void rt_err_at(retort_error *err, const char *path, int line, int column)
{
	if (!err)
		return;
	if (path)
		rt_err_field(err, RETORT_ERROR_FILE, "%s", path);
	if (!err->line) {
		err->line = line;
		err->column = column;
	}
}

void rt_err_at_offset(retort_error *err, const char *path, rt_sv text,
		      size_t offset)
{
	int line, column;

	rt_sv_position(text, offset, &line, &column);
	rt_err_at(err, path, line, column);
}

void rt_err_move(retort_error *to, retort_error *from)
{
	if (!to || to->code) {
		retort_error_dispose(from);
		return;
	}
	retort_error_dispose(to);
	*to = *from;
	*from = (retort_error)RETORT_ERROR_INIT;
}

const char *retort_error_get(const retort_error *err, retort_error_field field)
{
	return err ? err->text[field] : NULL;
}

const char *retort_error_field_name(retort_error_field field)
{
	static const char *const names[] = {
#define NAME(name, label) label,
		RETORT_ERROR_FIELDS(NAME)
#undef NAME
	};

	return names[field];
}

static const struct code {
	int value, status;
	const char *word;
} codes[] = {
#define ROW(name, value, status, word) { value, status, word },
	RETORT_ERRORS(ROW)
#undef ROW
};

static const struct code *find_code(int code)
{
	size_t i;

	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].value == code)
			return &codes[i];
	return &codes[0];
}

const char *retort_error_word(int code)
{
	return code >= 0 ? "ok" : find_code(code)->word;
}

int retort_error_status(int code)
{
	return code >= 0 ? 0 : find_code(code)->status;
}

void retort_error_dispose(retort_error *err)
{
	size_t i;

	if (!err)
		return;
	free(err->message);
	for (i = 0; i < RETORT_ERROR_FIELD_COUNT; i++)
		free(err->text[i]);
	*err = (retort_error)RETORT_ERROR_INIT;
}
