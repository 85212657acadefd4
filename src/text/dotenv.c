/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "text/dotenv.h"

#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

typedef struct reader {
	const char *path;
	rt_sv text;
	size_t at;
	retort_error *err;
} reader;

static int fail(reader *r, size_t at, const char *message)
{
	rt_err_set(r->err, RETORT_ECONFIG, "%s", message);
	rt_err_at_offset(r->err, r->path, r->text, at);
	return RETORT_ECONFIG;
}

static char peek(const reader *r)
{
	return r->at < r->text.n ? r->text.p[r->at] : '\n';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

static void skip_blanks(reader *r)
{
	while (is_blank(peek(r)))
		r->at++;
}

static void skip_line(reader *r)
{
	while (peek(r) != '\n')
		r->at++;
	if (r->at < r->text.n)
		r->at++;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

static rt_sv read_name(reader *r)
{
	size_t from = r->at;

	while (is_name_char(peek(r)))
		r->at++;
	return rt_sv_sub(r->text, from, r->at - from);
}

/* An escape in double quotes; r->at stands on the backslash. */
static void read_escape(reader *r, rt_str *value)
{
	static const char from[] = "nrtabfv", to[] = "\n\r\t\a\b\f\v";
	char c = r->at + 1 < r->text.n ? r->text.p[r->at + 1] : '\0';
	const char *known = c ? strchr(from, c) : NULL;

	r->at++;
	if (known) {
		rt_str_addc(value, to[known - from]);
	} else if (c == '"' || c == '\'' || c == '\\') {
		rt_str_addc(value, c);
	} else if (c == '$') {
		rt_str_addc(value, '$');
		if (r->at + 1 < r->text.n && r->text.p[r->at + 1] == '{')
			rt_str_addc(value, '$');
	} else {
		rt_str_addc(value, '\\');
		return;
	}
	r->at++;
}

static int read_quoted(reader *r, rt_str *value)
{
	size_t from = r->at;
	char quote = r->text.p[r->at++], next;

	for (;;) {
		if (r->at >= r->text.n)
			return fail(r, from, "a quote without its end");
		if (r->text.p[r->at] == quote)
			break;
		next = r->at + 1 < r->text.n ? r->text.p[r->at + 1] : '\0';
		if (r->text.p[r->at] == '\\' && quote == '"') {
			read_escape(r, value);
			continue;
		}
		if (r->text.p[r->at] == '\\' && (next == '\'' || next == '\\'))
			r->at++;
		rt_str_addc(value, r->text.p[r->at++]);
	}
	r->at++;
	skip_blanks(r);
	if (peek(r) != '\n' && peek(r) != '#')
		return fail(r, r->at, "text behind the closing quote");
	return 0;
}

/* Up to the end of the line, or a '#' behind a blank. */
static void read_plain(reader *r, rt_str *value)
{
	size_t from = r->at;

	while (peek(r) != '\n') {
		if (peek(r) == '#' && is_blank(r->text.p[r->at - 1]))
			break;
		r->at++;
	}
	rt_str_addsv(value,
		     rt_sv_trim(rt_sv_sub(r->text, from, r->at - from)));
}

/* One line that is neither empty nor a comment; without a `=` it sets
 * nothing and *name is empty. */
static int read_line(reader *r, rt_sv *name, bool *literal, rt_str *value)
{
	size_t from = r->at;
	char c;

	*name = read_name(r);
	if (rt_sv_is(*name, "export") && is_blank(peek(r))) {
		skip_blanks(r);
		*name = read_name(r);
	}
	skip_blanks(r);
	c = peek(r);
	if (name->n == 0 || (c != '=' && c != '\n' && c != '#'))
		return fail(r, from, "want NAME=value");
	if (c != '=') {
		name->n = 0;
		return 0;
	}
	r->at++;
	skip_blanks(r);
	c = peek(r);
	*literal = c == '\'';
	if (c == '\'' || c == '"')
		return read_quoted(r, value);
	read_plain(r, value);
	return 0;
}

typedef RT_VEC(rt_dotenv_value) values;

static int read_values(reader *r, rt_arena *arena, values *list)
{
	rt_str value = RT_STR_INIT;
	rt_dotenv_value one;
	int rc = 0, line = 1;
	size_t counted = 0;
	rt_sv name;

	for (; r->at < r->text.n; skip_line(r)) {
		skip_blanks(r);
		if (peek(r) == '\n' || peek(r) == '#')
			continue;
		for (; counted < r->at; counted++)
			line += r->text.p[counted] == '\n';
		one.line = line;
		rt_str_clear(&value);
		rc = read_line(r, &name, &one.literal, &value);
		if (rc)
			break;
		if (name.n == 0)
			continue;
		one.name = rt_arena_strsv(arena, name);
		one.value = rt_arena_strsv(arena, rt_str_sv(&value));
		rt_vec_push(list, one);
	}
	rt_str_free(&value);
	return rc;
}

int rt_dotenv_read(rt_arena *arena, const char *path, rt_sv text,
		   rt_dotenv *out, retort_error *err)
{
	reader r = { path, text, 0, err };
	values list = RT_VEC_INIT;
	rt_dotenv_value *copy;
	size_t nul = rt_sv_find(text, '\0');
	int rc;

	*out = (rt_dotenv){ NULL, 0 };
	if (nul < text.n)
		return fail(&r, nul, "a NUL byte");
	if (rt_sv_starts(text, "\xef\xbb\xbf"))
		r.at = 3;
	rc = read_values(&r, arena, &list);
	if (!rc && list.n) {
		copy = rt_arena_calloc(arena, list.n, sizeof(*copy));
		memcpy(copy, list.v, list.n * sizeof(*copy));
		*out = (rt_dotenv){ copy, list.n };
	}
	rt_vec_free(&list);
	return rc;
}

const rt_dotenv_value *rt_dotenv_find(const rt_dotenv *env, rt_sv name)
{
	size_t i;

	for (i = env->n; i > 0; i--)
		if (rt_sv_is(name, env->v[i - 1].name))
			return &env->v[i - 1];
	return NULL;
}
