/* SPDX-License-Identifier: MIT */
/*
 * The one spelling of an expression or a statement.  What it gives has the
 * tokens of what it got, but for case, quotes that say nothing, and operators
 * that SQLite spells in two ways.
 */
#include "config.h"

#include "schema/sqlite_lex.h"

#include <string.h>

#include "schema/dialect.h"

struct normal {
	const rt_sqlite_names *names;
	rt_str *out;
	rt_sv text;
	RT_VEC(retort_token) v; /* without space and comments */
	size_t i;               /* the token to write */
	bool begun, unary;      /* something is written; the last one is a
				   sign */
};

static rt_sv text_at(const struct normal *n, size_t i)
{
	if (i >= n->v.n)
		return RT_SV("");
	return rt_sv_sub(n->text, n->v.v[i].offset, n->v.v[i].length);
}

static bool is_mark(const struct normal *n, size_t i, char mark)
{
	rt_sv text = text_at(n, i);

	return text.n == 1 && text.p[0] == mark &&
	       n->v.v[i].kind == RETORT_TOKEN_PUNCTUATION;
}

static bool is_word(const struct normal *n, size_t i, const char *word)
{
	return i < n->v.n && n->v.v[i].kind == RETORT_TOKEN_WORD &&
	       rt_sv_is_nocase(text_at(n, i), word);
}

/* A word that SQLite's grammar gives a meaning here, as far as the words
 * beside it tell: behind a point there are only names. */
static bool is_keyword(const struct normal *n, size_t i)
{
	rt_sv text = text_at(n, i);

	return i < n->v.n && n->v.v[i].kind == RETORT_TOKEN_WORD &&
	       !(i > 0 && is_mark(n, i - 1, '.')) &&
	       retort_sql_is_keyword(text.p, text.n, RETORT_DIALECT_SQLITE);
}

/* Keywords that are called like functions. */
static bool is_callable(const struct normal *n, size_t i)
{
	static const char *const words[] = { "cast", "glob", "like", "match",
					     "raise", "regexp", "replace" };
	size_t k;

	if (i > 0 && n->v.v[i - 1].kind != RETORT_TOKEN_PUNCTUATION &&
	    n->v.v[i - 1].kind != RETORT_TOKEN_OPERATOR &&
	    !is_keyword(n, i - 1))
		return false; /* a LIKE (…) */
	for (k = 0; k < sizeof(words) / sizeof(words[0]); k++)
		if (is_word(n, i, words[k]))
			return true;
	return false;
}

static bool is_call(const struct normal *n, size_t i)
{
	retort_token_kind kind = n->v.v[i].kind;

	if (kind == RETORT_TOKEN_WORD)
		return !is_keyword(n, i) || is_callable(n, i);
	return kind == RETORT_TOKEN_IDENTIFIER;
}

static bool is_sign(const struct normal *n, size_t i)
{
	rt_sv text = text_at(n, i);
	size_t p = i - 1;

	if (text.n != 1 || !strchr("+-~", text.p[0]))
		return false;
	return i == 0 || n->v.v[p].kind == RETORT_TOKEN_OPERATOR ||
	       is_mark(n, p, '(') || is_mark(n, p, ',') || is_keyword(n, p);
}

static bool wants_space(const struct normal *n, size_t i)
{
	retort_token_kind kind = n->v.v[i].kind;

	if (!n->begun || is_mark(n, i, ',') || is_mark(n, i, ')') ||
	    is_mark(n, i, ';'))
		return false;
	/* A point beside a number would be part of it. */
	if (is_mark(n, i, '.'))
		return n->v.v[i - 1].kind == RETORT_TOKEN_NUMBER;
	if (is_mark(n, i - 1, '.'))
		return kind == RETORT_TOKEN_NUMBER;
	if (is_mark(n, i - 1, '('))
		return false;
	if (is_mark(n, i, '('))
		return !is_call(n, i - 1);
	/* Two signs in a row would begin a comment. */
	return !n->unary || kind == RETORT_TOKEN_OPERATOR;
}

static void add_cased(rt_str *out, rt_sv text, bool up)
{
	size_t i;

	for (i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (up && c >= 'a' && c <= 'z')
			c = (char)(c - 0x20);
		else if (!up && c >= 'A' && c <= 'Z')
			c = (char)(c | 0x20);
		rt_str_addc(out, c);
	}
}

/* Words of another name space: functions, collations, types. */
static bool is_foreign(const struct normal *n)
{
	return is_mark(n, n->i + 1, '(') || is_mark(n, n->i + 1, '.') ||
	       (n->i > 0 && (is_word(n, n->i - 1, "collate") ||
			     is_word(n, n->i - 1, "as")));
}

static void add_word(struct normal *n)
{
	rt_sv text = text_at(n, n->i);
	const char *as = NULL;

	if (is_keyword(n, n->i)) {
		add_cased(n->out, text, true);
		return;
	}
	if (!is_foreign(n))
		as = rt_sqlite_names_find(n->names, text);
	if (as)
		rt_dialect_identifier(n->out, RETORT_DIALECT_SQLITE,
				      rt_sv_from(as));
	else
		add_cased(n->out, text, false);
}

/*
 * "x" is a string where no column is called so, which SQLite itself turns
 * into 'x' when it gets to rewrite the text.  The rowid has three names.
 */
static bool is_string(const struct normal *n, rt_sv name)
{
	return n->names && text_at(n, n->i).p[0] == '"' && !is_foreign(n) &&
	       !(n->i > 0 && is_mark(n, n->i - 1, '.')) &&
	       !rt_sv_is_nocase(name, "rowid") &&
	       !rt_sv_is_nocase(name, "_rowid_") &&
	       !rt_sv_is_nocase(name, "oid");
}

/* Collations know no case; those that need no quotes are in capitals. */
static void add_collation(struct normal *n)
{
	rt_str name = RT_STR_INIT, folded = RT_STR_INIT, sql = RT_STR_INIT;

	rt_sqlite_unquote(&name, text_at(n, n->i));
	add_cased(&folded, rt_str_sv(&name), false);
	rt_dialect_identifier(&sql, RETORT_DIALECT_SQLITE, rt_str_sv(&folded));
	if (rt_sv_eq(rt_str_sv(&sql), rt_str_sv(&folded)))
		add_cased(n->out, rt_str_sv(&name), true);
	else
		rt_str_addsv(n->out, rt_str_sv(&sql));
	rt_str_free(&name);
	rt_str_free(&folded);
	rt_str_free(&sql);
}

static void add_quoted(struct normal *n)
{
	rt_str name = RT_STR_INIT, sql = RT_STR_INIT;
	rt_sv text = text_at(n, n->i);
	const char *as;

	rt_sqlite_unquote(&name, text);
	as = rt_sqlite_names_find(n->names, rt_str_sv(&name));
	rt_dialect_identifier(&sql, RETORT_DIALECT_SQLITE,
			      as ? rt_sv_from(as) : rt_str_sv(&name));
	if (as)
		rt_str_addsv(n->out, rt_str_sv(&sql));
	else if (is_string(n, rt_str_sv(&name)))
		rt_dialect_literal(n->out, RETORT_DIALECT_SQLITE,
				   rt_str_sv(&name));
	else if (text.p[0] == '"' || sql.p[0] == '"')
		rt_str_addsv(n->out, text);
	else
		rt_str_addsv(n->out, rt_str_sv(&sql));
	rt_str_free(&name);
	rt_str_free(&sql);
}

static void add_operator(struct normal *n)
{
	rt_sv text = text_at(n, n->i);

	if (rt_sv_is(text, "=="))
		text = RT_SV("=");
	else if (rt_sv_is(text, "!="))
		text = RT_SV("<>");
	rt_str_addsv(n->out, text);
}

static void add_text(struct normal *n)
{
	retort_token_kind kind = n->v.v[n->i].kind;

	if (n->i > 0 && is_word(n, n->i - 1, "collate") &&
	    (kind == RETORT_TOKEN_WORD || kind == RETORT_TOKEN_IDENTIFIER))
		add_collation(n);
	else if (kind == RETORT_TOKEN_WORD)
		add_word(n);
	else if (kind == RETORT_TOKEN_IDENTIFIER)
		add_quoted(n);
	else if (kind == RETORT_TOKEN_OPERATOR)
		add_operator(n);
	else
		rt_str_addsv(n->out, text_at(n, n->i));
}

static void add_token(struct normal *n)
{
	if (wants_space(n, n->i))
		rt_str_addc(n->out, ' ');
	add_text(n);
	n->begun = true;
	n->unary = is_sign(n, n->i);
}

void rt_sqlite_normal(rt_str *out, rt_sv text, const rt_sqlite_names *names)
{
	struct normal n = { .names = names, .out = out, .text = text };
	rt_sqlite_cursor c;

	for (rt_sqlite_begin(&c, text); c.token.length; rt_sqlite_next(&c))
		rt_vec_push(&n.v, c.token);
	for (n.i = 0; n.i < n.v.n; n.i++)
		add_token(&n);
	rt_vec_free(&n.v);
}
