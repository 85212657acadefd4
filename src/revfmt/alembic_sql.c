/* SPDX-License-Identifier: MIT */
/*
 * SQL as Python: a call of op.execute() for each statement, such that
 * SQLAlchemy hands the database the same bytes.
 */
#include "config.h"

#include <locale.h>
#include <string.h>
#include <wctype.h>

#include "base/err.h"
#include "base/utf8.h"
#include "revfmt/alembic.h"
#include "text/sqlsplit.h"

/* What SQLAlchemy's regular expressions call a letter of a name. */
static bool is_word(uint32_t c, locale_t letters)
{
	if (c < 0x80)
		return c == '_' || c == '$' || (c >= '0' && c <= '9') ||
		       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	return letters && iswalnum_l((wint_t)c, letters);
}

/* Bytes of the name that `rest` begins with. */
static size_t name_length(rt_sv rest, locale_t letters)
{
	size_t at = 0, n;
	uint32_t c;

	while (at < rest.n) {
		n = rt_utf8_decode(rt_sv_sub(rest, at, rest.n), &c);
		if (!n || !is_word(c, letters))
			break;
		at += n;
	}
	return at;
}

static bool ends_word(rt_sv before, locale_t letters)
{
	size_t at = before.n;
	uint32_t c;

	if (!at)
		return false;
	do
		at--;
	while (at && ((unsigned char)before.p[at] & 0xc0) == 0x80);
	return rt_utf8_decode(rt_sv_sub(before, at, before.n), &c) &&
	       is_word(c, letters);
}

/*
 * Whether the colon at `at` wants a backslash.  text() takes `:name` for a
 * parameter where no letter, colon or backslash stands before it and no colon
 * behind it, and takes a backslash away that stands before such a name, be it
 * empty.  So one that is really meant is doubled.
 */
static bool wants_escape(rt_sv sql, size_t at, locale_t letters)
{
	char last = at ? sql.p[at - 1] : ' ';
	size_t end = at + 1 + name_length(rt_sv_sub(sql, at + 1, sql.n),
					  letters);

	if (last == ':' || (end < sql.n && sql.p[end] == ':'))
		return false;
	if (last == '\\')
		return true;
	return end > at + 1 &&
	       !ends_word(rt_sv_sub(sql, 0, at), letters);
}

/* The statement between triple quotes. */
static void add_text(rt_sv sql, rt_str *out)
{
	/* What is a letter must not depend on the user's locale. */
	locale_t letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	size_t i;

	for (i = 0; i < sql.n; i++) {
		char c = sql.p[i], next = i + 1 < sql.n ? sql.p[i + 1] : '"';

		if (c == '\\')
			rt_str_add(out, "\\\\");
		else if (c == '\r')
			rt_str_add(out, "\\r");
		else if (c == '"' && next == '"')
			rt_str_add(out, "\\\"");
		else if (c == ':' && wants_escape(sql, i, letters))
			rt_str_add(out, "\\\\:");
		else
			rt_str_addc(out, c);
	}
	if (letters)
		freelocale(letters);
}

/* Comments between statements are for the reader, and stay. */
static void add_comments(rt_sv between, const char *indent, rt_str *out)
{
	rt_sv line;

	while (rt_sv_line(&between, &line)) {
		line = rt_sv_trim(line);
		if (rt_sv_starts(line, "--"))
			rt_str_addf(out, "%s#%.*s\n", indent, (int)line.n - 2,
				    line.p + 2);
	}
}

static int refuse(const char *path, const rt_sql_statement *st,
		  retort_error *err)
{
	rt_err_set(err, RETORT_EREFUSED,
		   "op.execute() cannot take this kind of statement");
	rt_err_at(err, path, 0, 0);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "write this revision with an editor");
	rt_err_field_sv(err, RETORT_ERROR_STATEMENT, st->sql);
	return RETORT_EREFUSED;
}

int rt_alembic_add_sql(const char *path, const retort_section *section,
		       const char *indent, rt_str *out, retort_error *err)
{
	rt_sql_statements list = RT_VEC_INIT;
	rt_sv sql = rt_sv_from(section->sql);
	const char *deeper = section->transaction ? "" : "    ";
	rt_str inner = RT_STR_INIT;
	size_t at = 0, i;
	int rc = rt_sql_split(sql, RETORT_DIALECT_ANY, &list, &at, err);

	rt_str_addf(&inner, "%s%s", indent, deeper);
	if (!rc && list.n && !section->transaction)
		rt_str_addf(out, "%swith op.get_context().autocommit_block()"
			    ":\n", indent);
	for (at = i = 0; i < list.n && !rc; i++) {
		const rt_sql_statement *st = &list.v[i];

		if (st->kind != RT_SQL_ORDINARY) {
			rc = refuse(path, st, err);
			break;
		}
		add_comments(rt_sv_sub(sql, at, st->offset - at), inner.p, out);
		rt_str_addf(out, "%sop.execute(\"\"\"", inner.p);
		add_text(st->sql, out);
		rt_str_add(out, "\"\"\")\n");
		at = st->offset + st->sql.n;
	}
	rt_str_free(&inner);
	rt_vec_free(&list);
	return rc;
}
