/* SPDX-License-Identifier: MIT */
/*
 * The SQL lexer.  It keeps no state but the offset: every token can be told
 * from the bytes it begins with.  Where the dialects disagree, ANY follows
 * PostgreSQL, but for the quotes and parameters that PostgreSQL lacks.
 *
 * Sources: chapter "Lexical Structure" of the PostgreSQL manual; "SQLite
 * Syntax: literal-value, comment-syntax" and "SQLite Keywords".
 */
#include "config.h"

#include <retort/sql.h>

#include <string.h>

#include "base/sv.h"

/* PostgreSQL's NAMEDATALEN, less its NUL. */
enum { LONGEST_OPERATOR = 63 };

struct lexer {
	const char *s;
	size_t n;
	retort_dialect dialect;
};

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Bytes of UTF-8 count as letters, as in both servers. */
static bool is_word_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static bool is_word(char c)
{
	return is_word_start(c) || is_digit(c) || c == '$';
}

static bool is_operator(char c, retort_dialect dialect)
{
	if (c == '`') /* a quote elsewhere */
		return dialect == RETORT_DIALECT_POSTGRESQL;
	return c != '\0' && strchr("+-*/<>=~!@#%^&|?", c) != NULL;
}

/* The byte at `at`; NUL behind the end, which starts nothing. */
static char peek(const struct lexer *lx, size_t at)
{
	return at < lx->n ? lx->s[at] : '\0';
}

static size_t skip_word(const struct lexer *lx, size_t at)
{
	while (at < lx->n && is_word(lx->s[at]))
		at++;
	return at;
}

static size_t skip_digits(const struct lexer *lx, size_t at)
{
	while (is_digit(peek(lx, at)) ||
	       (peek(lx, at) == '_' && is_digit(peek(lx, at + 1))))
		at++;
	return at;
}

/*
 * Behind the quote that closes the one before `at`, a doubled quote counting
 * as text; 0 where it is never closed.
 */
static size_t quote_end(const struct lexer *lx, size_t at, char quote)
{
	for (;;) {
		const char *q = at < lx->n ? memchr(lx->s + at, quote,
						    lx->n - at)
					   : NULL;

		if (!q)
			return 0;
		at = (size_t)(q - lx->s) + 1;
		if (quote == ']' || peek(lx, at) != quote)
			return at;
		at++;
	}
}

/*
 * Where an E'…' string goes on behind its quote: the next piece, after white
 * space with a line break, has backslashes too.  0 where there is none.
 */
static size_t continued(const struct lexer *lx, size_t at)
{
	bool newline = false;

	while (at < lx->n && is_space(lx->s[at]))
		newline |= lx->s[at++] == '\n';
	return newline && peek(lx, at) == '\'' ? at + 1 : 0;
}

/* As quote_end, for E'…'. */
static size_t escaped_end(const struct lexer *lx, size_t at)
{
	while (at < lx->n) {
		char c = lx->s[at++];
		size_t next;

		if (c == '\\') {
			at++;
		} else if (c == '\'') {
			if (peek(lx, at) == '\'') {
				at++;
				continue;
			}
			next = continued(lx, at);
			if (!next)
				return at;
			at = next;
		}
	}
	return 0;
}

/* A quoted token that ends at `end`; unclosed when that is 0. */
static retort_token_kind quoted(const struct lexer *lx, size_t *at, size_t end,
				retort_token_kind kind)
{
	*at = end ? end : lx->n;
	return end ? kind : RETORT_TOKEN_ERROR;
}

static retort_token_kind line_comment(const struct lexer *lx, size_t *at)
{
	/* SQLite's run on over a lone CR. */
	bool cr = lx->dialect != RETORT_DIALECT_SQLITE;

	while (*at < lx->n && lx->s[*at] != '\n' &&
	       !(cr && lx->s[*at] == '\r'))
		++*at;
	return RETORT_TOKEN_COMMENT;
}

static retort_token_kind block_comment(const struct lexer *lx, size_t *at)
{
	bool nests = lx->dialect != RETORT_DIALECT_SQLITE;
	size_t depth = 1, i = *at + 2;

	while (i < lx->n) {
		if (lx->s[i] == '*' && peek(lx, i + 1) == '/') {
			i += 2;
			if (--depth == 0) {
				*at = i;
				return RETORT_TOKEN_COMMENT;
			}
		} else if (nests && lx->s[i] == '/' &&
			   peek(lx, i + 1) == '*') {
			i += 2;
			depth++;
		} else {
			i++;
		}
	}
	*at = lx->n;
	/* SQLite ends an open comment with the text. */
	return nests ? RETORT_TOKEN_ERROR : RETORT_TOKEN_COMMENT;
}

static retort_token_kind number(const struct lexer *lx, size_t *at)
{
	size_t i = *at;
	char radix = (char)(peek(lx, i + 1) | 0x20);

	if (lx->s[i] == '0' && is_hex(peek(lx, i + 2)) &&
	    (radix == 'x' || ((radix == 'o' || radix == 'b') &&
			      lx->dialect != RETORT_DIALECT_SQLITE))) {
		for (i += 2; is_hex(peek(lx, i)) || peek(lx, i) == '_';)
			i++;
		*at = i;
		return RETORT_TOKEN_NUMBER;
	}
	i = skip_digits(lx, i);
	if (peek(lx, i) == '.' && peek(lx, i + 1) != '.')
		i = skip_digits(lx, i + 1);
	if ((peek(lx, i) | 0x20) == 'e') {
		size_t e = i + 1;

		if (peek(lx, e) == '+' || peek(lx, e) == '-')
			e++;
		if (is_digit(peek(lx, e)))
			i = skip_digits(lx, e);
	}
	*at = i;
	return RETORT_TOKEN_NUMBER;
}

/* $1, $name, $tag$…$tag$. */
static retort_token_kind dollar(const struct lexer *lx, size_t *at)
{
	size_t open = *at, i = open + 1, tag;
	const char *close;

	if (lx->dialect == RETORT_DIALECT_SQLITE || is_digit(peek(lx, i))) {
		*at = skip_word(lx, i);
		return *at > i ? RETORT_TOKEN_PARAMETER : RETORT_TOKEN_ERROR;
	}
	if (is_word_start(peek(lx, i)))
		while (is_word(peek(lx, i)) && lx->s[i] != '$')
			i++;
	if (peek(lx, i) == '$') {
		tag = ++i - open;
		close = memmem(lx->s + i, lx->n - i, lx->s + open, tag);
		return quoted(lx, at,
			      close ? (size_t)(close - lx->s) + tag : 0,
			      RETORT_TOKEN_STRING);
	}
	if (i > open + 1 && lx->dialect == RETORT_DIALECT_ANY) {
		*at = i;
		return RETORT_TOKEN_PARAMETER;
	}
	*at = open + 1;
	return RETORT_TOKEN_ERROR;
}

/* A word, or a string with a letter in front. */
static retort_token_kind word(const struct lexer *lx, size_t *at)
{
	size_t i = *at;
	char c = (char)(lx->s[i] | 0x20), next = peek(lx, i + 1);
	bool postgres = lx->dialect != RETORT_DIALECT_SQLITE;

	if (next == '\'') {
		if (c == 'e' && postgres)
			return quoted(lx, at, escaped_end(lx, i + 2),
				      RETORT_TOKEN_STRING);
		if (c == 'x' || ((c == 'b' || c == 'n') && postgres))
			return quoted(lx, at, quote_end(lx, i + 2, '\''),
				      RETORT_TOKEN_STRING);
	}
	if (c == 'u' && next == '&' && postgres) {
		char quote = peek(lx, i + 2);

		if (quote == '\'' || quote == '"')
			return quoted(lx, at, quote_end(lx, i + 3, quote),
				      quote == '"' ? RETORT_TOKEN_IDENTIFIER
						   : RETORT_TOKEN_STRING);
	}
	*at = skip_word(lx, i);
	return RETORT_TOKEN_WORD;
}

/* :name, @name, ?1; PostgreSQL has none of them. */
static bool parameter(const struct lexer *lx, size_t *at)
{
	size_t i = *at + 1;

	if (lx->dialect == RETORT_DIALECT_POSTGRESQL)
		return false;
	if (lx->s[*at] == '?') {
		while (is_digit(peek(lx, i)))
			i++;
	} else {
		if (!is_word_start(peek(lx, i)) &&
		    (lx->dialect == RETORT_DIALECT_ANY ||
		     !is_word(peek(lx, i))))
			return false;
		i = skip_word(lx, i);
	}
	*at = i;
	return true;
}

static size_t sqlite_operator(const struct lexer *lx, size_t at)
{
	static const char *const longer[] = { "->>", "->", "||", "<=", ">=",
					      "<>",  "<<", ">>", "==", "!=" };
	rt_sv rest = { lx->s + at, lx->n - at };
	size_t i;

	for (i = 0; i < sizeof(longer) / sizeof(longer[0]); i++)
		if (rt_sv_starts(rest, longer[i]))
			return at + strlen(longer[i]);
	return at + 1;
}

/*
 * PostgreSQL's: as many operator characters as there are, up to a comment; a
 * trailing + or - belongs to what follows unless the operator is an odd one.
 */
static size_t postgres_operator(const struct lexer *lx, size_t at)
{
	size_t i = at;
	bool odd = false;

	while (i < lx->n && i - at < LONGEST_OPERATOR &&
	       is_operator(lx->s[i], lx->dialect)) {
		char c = lx->s[i], next = peek(lx, i + 1);

		if ((c == '-' && next == '-') || (c == '/' && next == '*'))
			break;
		odd |= strchr("~!@#%^&|`?", c) != NULL;
		i++;
	}
	while (!odd && i - at > 1 && (lx->s[i - 1] == '+' ||
				      lx->s[i - 1] == '-'))
		i--;
	return i;
}

static retort_token_kind operator(const struct lexer *lx, size_t *at)
{
	char c = lx->s[*at], next = peek(lx, *at + 1);

	if (c == ':')
		*at += next == ':' || next == '=' ? 2 : 1;
	else if (lx->dialect == RETORT_DIALECT_SQLITE)
		*at = sqlite_operator(lx, *at);
	else
		*at = postgres_operator(lx, *at);
	return RETORT_TOKEN_OPERATOR;
}

static retort_token_kind meta(const struct lexer *lx, size_t *at)
{
	while (*at < lx->n && lx->s[*at] != '\n' && lx->s[*at] != '\r')
		++*at;
	return RETORT_TOKEN_META;
}

static bool is_bom(const struct lexer *lx, size_t at)
{
	return at == 0 && lx->n >= 3 && memcmp(lx->s, "\xef\xbb\xbf", 3) == 0;
}

/* Tokens that begin with a byte of their own. */
static retort_token_kind special(const struct lexer *lx, size_t *at)
{
	size_t i = *at;
	char c = lx->s[i], next = peek(lx, i + 1);

	switch (c) {
	case '\'':
		return quoted(lx, at, quote_end(lx, i + 1, c),
			      RETORT_TOKEN_STRING);
	case '[':
		if (lx->dialect != RETORT_DIALECT_SQLITE)
			break;
		return quoted(lx, at, quote_end(lx, i + 1, ']'),
			      RETORT_TOKEN_IDENTIFIER);
	case '"':
	case '`':
		if (is_operator(c, lx->dialect))
			return operator(lx, at);
		return quoted(lx, at, quote_end(lx, i + 1, c),
			      RETORT_TOKEN_IDENTIFIER);
	case '$':
		return dollar(lx, at);
	case '\\':
		if (lx->dialect != RETORT_DIALECT_SQLITE)
			return meta(lx, at);
		++*at;
		return RETORT_TOKEN_ERROR;
	case '?':
	case '@':
	case ':':
		if (next != ':' && parameter(lx, at))
			return RETORT_TOKEN_PARAMETER;
		return operator(lx, at);
	default:
		break;
	}
	if (is_operator(c, lx->dialect))
		return operator(lx, at);
	++*at;
	return c && strchr("(),;.[]", c) ? RETORT_TOKEN_PUNCTUATION
					 : RETORT_TOKEN_ERROR;
}

static retort_token_kind lex(const struct lexer *lx, size_t *at)
{
	size_t i = *at;
	char c = lx->s[i], next = peek(lx, i + 1);

	if (is_space(c) || is_bom(lx, i)) {
		for (i += is_bom(lx, i) ? 3 : 1; is_space(peek(lx, i));)
			i++;
		*at = i;
		return RETORT_TOKEN_SPACE;
	}
	if (is_word_start(c))
		return word(lx, at);
	if (is_digit(c) || (c == '.' && is_digit(next)))
		return number(lx, at);
	if (c == '-' && next == '-')
		return line_comment(lx, at);
	if (c == '/' && next == '*')
		return block_comment(lx, at);
	return special(lx, at);
}

int retort_sql_next(const char *sql, size_t n, retort_dialect dialect,
		    size_t *offset, retort_token *token)
{
	struct lexer lx = { sql, n, dialect };
	size_t end = *offset;

	if (*offset >= n)
		return 0;
	token->kind = lex(&lx, &end);
	token->offset = *offset;
	token->length = end - *offset;
	*offset = end;
	return 1;
}
