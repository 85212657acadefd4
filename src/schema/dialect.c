/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "schema/dialect.h"

#include "text/sqlwords.h"

static bool is_plain(rt_sv name)
{
	size_t i;

	if (name.n == 0)
		return false;
	for (i = 0; i < name.n; i++) {
		char c = name.p[i];

		if ((c >= 'a' && c <= 'z') || c == '_')
			continue;
		if (i > 0 && c >= '0' && c <= '9')
			continue;
		return false;
	}
	return true;
}

static bool needs_quotes(retort_dialect dialect, rt_sv name)
{
	return !is_plain(name) || rt_sql_is_reserved(name, dialect);
}

void rt_dialect_quoted(rt_str *out, rt_sv text, char quote)
{
	size_t i;

	rt_str_reserve(out, text.n + 2);
	rt_str_addc(out, quote);
	for (i = 0; i < text.n; i++) {
		if (text.p[i] == quote)
			rt_str_addc(out, quote);
		rt_str_addc(out, text.p[i]);
	}
	rt_str_addc(out, quote);
}

void rt_dialect_identifier(rt_str *out, retort_dialect dialect, rt_sv name)
{
	if (needs_quotes(dialect, name))
		rt_dialect_quoted(out, name, '"');
	else
		rt_str_addsv(out, name);
}

static void add_escape_literal(rt_str *out, rt_sv text)
{
	size_t i;

	rt_str_reserve(out, text.n + 3);
	rt_str_add(out, "E'");
	for (i = 0; i < text.n; i++) {
		if (text.p[i] == '\'' || text.p[i] == '\\')
			rt_str_addc(out, text.p[i]);
		rt_str_addc(out, text.p[i]);
	}
	rt_str_addc(out, '\'');
}

void rt_dialect_literal(rt_str *out, retort_dialect dialect, rt_sv text)
{
	if (dialect == RETORT_DIALECT_POSTGRESQL &&
	    rt_sv_find(text, '\\') < text.n)
		add_escape_literal(out, text);
	else
		rt_dialect_quoted(out, text, '\'');
}
