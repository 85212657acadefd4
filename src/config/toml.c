/* SPDX-License-Identifier: MIT */
/*
 * Source: TOML v1.0.0, https://toml.io/en/v1.0.0.
 */
#include "config.h"

#include "config/toml.h"

#include <string.h>

#include "base/err.h"
#include "base/map.h"
#include "base/utf8.h"
#include "config/toml_impl.h"
#include "text/source.h"

enum { DEEPEST = 64, MOST = 10000 };

int rt_toml_fail(rt_toml_reader *r, size_t at, const char *what)
{
	rt_err_set(r->err, RETORT_ECONFIG, "%s", what);
	rt_source_at(r->err, r->path, r->text, at);
	return RETORT_ECONFIG;
}

char rt_toml_peek(const rt_toml_reader *r, size_t ahead)
{
	return ahead < r->text.n - r->at ? r->text.p[r->at + ahead] : '\0';
}

static void skip_blanks(rt_toml_reader *r)
{
	while (rt_toml_peek(r, 0) == ' ' || rt_toml_peek(r, 0) == '\t')
		r->at++;
}

static void skip_comment(rt_toml_reader *r)
{
	if (rt_toml_peek(r, 0) == '#')
		while (r->at < r->text.n && r->text.p[r->at] != '\n')
			r->at++;
}

/* Blanks, comments and line ends. */
static void skip_space(rt_toml_reader *r)
{
	for (;;) {
		skip_blanks(r);
		skip_comment(r);
		if (rt_toml_peek(r, 0) != '\n' && rt_toml_peek(r, 0) != '\r')
			return;
		r->at++;
	}
}

static bool is_bare(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* `a."b.c".d`, added to r->name behind a dot. */
static int key(rt_toml_reader *r)
{
	size_t from;
	int rc;

	for (;;) {
		skip_blanks(r);
		if (r->name.n)
			rt_str_addc(&r->name, '.');
		from = r->at;
		if (rt_toml_peek(r, 0) == '"' || rt_toml_peek(r, 0) == '\'') {
			rc = rt_toml_string(r, &r->name);
			if (rc)
				return rc;
		} else {
			while (is_bare(rt_toml_peek(r, 0)))
				r->at++;
			rt_str_addn(&r->name, r->text.p + from, r->at - from);
		}
		if (r->at == from)
			return rt_toml_fail(r, from, "a key is missing");
		skip_blanks(r);
		if (rt_toml_peek(r, 0) != '.')
			return 0;
		r->at++;
	}
}

static bool is_wanted(const rt_toml_reader *r)
{
	return rt_sv_starts(rt_str_sv(&r->name), r->prefix);
}

/* Count on from the last value to this one. */
static void count_to(rt_toml_reader *r, size_t at)
{
	for (; r->seen < at; r->seen++) {
		unsigned char c = (unsigned char)r->text.p[r->seen];

		if (c == '\n') {
			r->line++;
			r->column = 1;
		} else if ((c & 0xc0) != 0x80) {
			r->column++;
		}
	}
}

static void emit(rt_toml_reader *r, const rt_str *text, bool list, size_t at)
{
	rt_toml_value v;

	if (!is_wanted(r))
		return;
	v.name = rt_arena_strsv(r->arena, rt_str_sv(&r->name));
	v.text = rt_arena_strsv(r->arena, rt_str_sv(text));
	v.list = list;
	count_to(r, at);
	v.line = r->line;
	v.column = r->column;
	rt_vec_push(r->out, v);
}

static int value(rt_toml_reader *r, rt_str *text, bool *scalar);

static int pair(rt_toml_reader *r)
{
	rt_str text = RT_STR_INIT;
	size_t mark = r->name.n, at;
	bool scalar;
	int rc = key(r);

	if (!rc && rt_toml_peek(r, 0) != '=')
		rc = rt_toml_fail(r, r->at, "`=` is missing");
	if (!rc) {
		r->at++;
		skip_blanks(r);
		at = r->at;
		rc = value(r, &text, &scalar);
		if (!rc && r->out->n >= MOST)
			rc = rt_toml_fail(r, at, "too many settings");
		if (!rc && scalar)
			emit(r, &text, r->text.p[at] == '[', at);
	}
	rt_str_truncate(&r->name, mark);
	rt_str_free(&text);
	return rc;
}

/* { a = 1, b = 2 } */
static int inline_table(rt_toml_reader *r)
{
	int rc;

	r->at++;
	skip_blanks(r);
	if (rt_toml_peek(r, 0) == '}') {
		r->at++;
		return 0;
	}
	for (;;) {
		rc = pair(r);
		if (rc)
			return rc;
		skip_blanks(r);
		if (rt_toml_peek(r, 0) == '}') {
			r->at++;
			return 0;
		}
		if (rt_toml_peek(r, 0) != ',')
			return rt_toml_fail(r, r->at, "`,` or `}` is missing");
		r->at++;
		skip_blanks(r);
	}
}

/* [ 1, 2 ]; tables in it get their place as a part of the name. */
static int array(rt_toml_reader *r, rt_str *text, bool *scalar)
{
	size_t i, mark = r->name.n;
	bool one;
	int rc;

	*scalar = true;
	r->at++;
	for (i = 0;; i++) {
		skip_space(r);
		if (rt_toml_peek(r, 0) == ']') {
			r->at++;
			return 0;
		}
		if (i && text->n)
			rt_str_addc(text, '\n');
		rt_str_addf(&r->name, "[%zu]", i);
		rc = value(r, text, &one);
		rt_str_truncate(&r->name, mark);
		if (rc)
			return rc;
		*scalar &= one;
		skip_space(r);
		if (rt_toml_peek(r, 0) == ',')
			r->at++;
		else if (rt_toml_peek(r, 0) != ']')
			return rt_toml_fail(r, r->at, "`,` or `]` is missing");
	}
}

/* Numbers, dates, true, false: what is not a mark of TOML's. */
static int plain(rt_toml_reader *r, rt_str *text)
{
	size_t from = r->at;

	while (is_bare(rt_toml_peek(r, 0)) ||
	       (rt_toml_peek(r, 0) && strchr("+.:", rt_toml_peek(r, 0))))
		r->at++;
	if (r->at == from)
		return rt_toml_fail(r, from, "a value is missing");
	rt_str_addn(text, r->text.p + from, r->at - from);
	return 0;
}

/* *scalar false for a table, whose values have been given by then. */
static int value(rt_toml_reader *r, rt_str *text, bool *scalar)
{
	char c = rt_toml_peek(r, 0);
	int rc;

	*scalar = true;
	if (r->depth >= DEEPEST)
		return rt_toml_fail(r, r->at, "values are nested too deep");
	r->depth++;
	if (c == '"' || c == '\'') {
		rc = rt_toml_string(r, text);
	} else if (c == '[') {
		rc = array(r, text, scalar);
	} else if (c == '{') {
		*scalar = false;
		rc = inline_table(r);
	} else {
		rc = plain(r, text);
	}
	r->depth--;
	return rc;
}

static int end_of_line(rt_toml_reader *r)
{
	skip_blanks(r);
	skip_comment(r);
	if (rt_toml_peek(r, 0) == '\r' && rt_toml_peek(r, 1) == '\n')
		r->at++;
	if (r->at < r->text.n && rt_toml_peek(r, 0) != '\n')
		return rt_toml_fail(r, r->at, "something follows that does not "
				    "belong to the line");
	return 0;
}

/* [a.b] or [[a.b]]; the second kind is counted. */
static int header(rt_toml_reader *r, rt_map *counts)
{
	bool many = rt_toml_peek(r, 1) == '[';
	rt_map_entry *entry;
	int rc;

	r->at += many ? 2 : 1;
	rt_str_clear(&r->name);
	rc = key(r);
	if (rc)
		return rc;
	if (rt_toml_peek(r, 0) != ']' || (many && rt_toml_peek(r, 1) != ']'))
		return rt_toml_fail(r, r->at, "`]` is missing");
	r->at += many ? 2 : 1;
	if (many && is_wanted(r)) {
		rt_map_add(counts, rt_sv_from(rt_arena_strsv(r->arena,
			   rt_str_sv(&r->name))), 0);
		entry = rt_map_find(counts, rt_str_sv(&r->name));
		rt_str_addf(&r->name, "[%zu]", entry->value++);
	}
	return 0;
}

static int check_bytes(rt_toml_reader *r)
{
	size_t bad = rt_sv_find(r->text, '\0');

	if (bad < r->text.n)
		return rt_toml_fail(r, bad, "a NUL byte");
	if (!rt_utf8_valid(r->text, &bad))
		return rt_toml_fail(r, bad, "this is not UTF-8");
	return 0;
}

int rt_toml_read(rt_arena *arena, const char *path, rt_sv text,
		 const char *prefix, rt_toml_values *out, retort_error *err)
{
	rt_toml_reader r = { arena, path, text, rt_source_bom(text), prefix,
			     RT_STR_INIT, 0, 1, 1, 0, out, err };
	rt_map counts = RT_MAP_INIT;
	int rc = check_bytes(&r);

	r.seen = r.at;
	while (!rc) {
		skip_space(&r);
		if (r.at == text.n)
			break;
		rc = rt_toml_peek(&r, 0) == '[' ? header(&r, &counts)
						: pair(&r);
		if (!rc)
			rc = end_of_line(&r);
	}
	rt_map_free(&counts);
	rt_str_free(&r.name);
	return rc;
}
