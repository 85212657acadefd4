/* SPDX-License-Identifier: MIT */
/* Keywords and numbers. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "python/chars.h"
#include "python/lex_impl.h"

/* Sorted as memcmp sorts. */
static const struct keyword {
	const char *name;
	rt_py_keyword keyword;
} keywords[] = {
	{ "False", RT_PY_K_FALSE },     { "None", RT_PY_K_NONE_VALUE },
	{ "True", RT_PY_K_TRUE },       { "and", RT_PY_K_AND },
	{ "as", RT_PY_K_AS },           { "assert", RT_PY_K_ASSERT },
	{ "async", RT_PY_K_ASYNC },     { "await", RT_PY_K_AWAIT },
	{ "break", RT_PY_K_BREAK },     { "class", RT_PY_K_CLASS },
	{ "continue", RT_PY_K_CONTINUE }, { "def", RT_PY_K_DEF },
	{ "del", RT_PY_K_DEL },         { "elif", RT_PY_K_ELIF },
	{ "else", RT_PY_K_ELSE },       { "except", RT_PY_K_EXCEPT },
	{ "finally", RT_PY_K_FINALLY }, { "for", RT_PY_K_FOR },
	{ "from", RT_PY_K_FROM },       { "global", RT_PY_K_GLOBAL },
	{ "if", RT_PY_K_IF },           { "import", RT_PY_K_IMPORT },
	{ "in", RT_PY_K_IN },           { "is", RT_PY_K_IS },
	{ "lambda", RT_PY_K_LAMBDA },   { "nonlocal", RT_PY_K_NONLOCAL },
	{ "not", RT_PY_K_NOT },         { "or", RT_PY_K_OR },
	{ "pass", RT_PY_K_PASS },       { "raise", RT_PY_K_RAISE },
	{ "return", RT_PY_K_RETURN },   { "try", RT_PY_K_TRY },
	{ "while", RT_PY_K_WHILE },     { "with", RT_PY_K_WITH },
	{ "yield", RT_PY_K_YIELD },
};

enum { SHORTEST = 2, LONGEST = 8 };

static int compare(const void *key, const void *element)
{
	const rt_sv *name = key;
	const struct keyword *it = element;
	int rc = strncmp(name->p, it->name, name->n);

	return rc ? rc : it->name[name->n] ? -1 : 0;
}

rt_py_keyword rt_py_keyword_of(rt_sv name)
{
	const struct keyword *found;

	if (name.n < SHORTEST || name.n > LONGEST)
		return RT_PY_K_NONE;
	found = bsearch(&name, keywords, sizeof(keywords) / sizeof(*keywords),
			sizeof(*keywords), compare);
	return found ? found->keyword : RT_PY_K_NONE;
}

static char peek(const rt_py_lexer *lx, size_t at)
{
	return at < lx->n ? lx->p[at] : '\0';
}

static bool is_digit_of(char c, int base)
{
	int value = rt_py_hex(c);

	return value >= 0 && value < base;
}

/* Digits of a base with single `_` between them; false if there are none. */
static bool digits(rt_py_lexer *lx, int base)
{
	size_t from = lx->at;

	while (is_digit_of(peek(lx, lx->at), base) ||
	       (peek(lx, lx->at) == '_' &&
		is_digit_of(peek(lx, lx->at + 1), base)))
		lx->at++;
	return lx->at > from;
}

static int base_of(char c)
{
	switch (c) {
	case 'x': case 'X': return 16;
	case 'o': case 'O': return 8;
	case 'b': case 'B': return 2;
	default: return 0;
	}
}

static bool exponent(rt_py_lexer *lx)
{
	size_t at = lx->at;
	char sign;

	if (peek(lx, at) != 'e' && peek(lx, at) != 'E')
		return false;
	sign = peek(lx, at + 1);
	lx->at = at + (sign == '+' || sign == '-' ? 2 : 1);
	if (digits(lx, 10))
		return true;
	lx->at = at; /* `1else` */
	return false;
}

/* `007` is an octal number of Python 2; `00` is zero. */
static bool is_old_octal(const rt_py_lexer *lx, size_t from)
{
	size_t i;

	if (lx->p[from] != '0')
		return false;
	for (i = from; i < lx->at; i++)
		if (lx->p[i] != '0' && lx->p[i] != '_')
			return true;
	return false;
}

void rt_py_lex_number(rt_py_lexer *lx, rt_py_token *token)
{
	size_t from = lx->at;
	int base = lx->p[from] == '0' ? base_of(peek(lx, from + 1)) : 0;
	bool real = false;

	if (base) {
		lx->at += 2;
		if (peek(lx, lx->at) == '_')
			lx->at++;
		if (!digits(lx, base)) {
			rt_py_lex_error(lx, token, "a number without digits");
			return;
		}
	} else {
		digits(lx, 10);
		if (peek(lx, lx->at) == '.') {
			real = true;
			lx->at++;
			digits(lx, 10);
		}
		real |= exponent(lx);
		if (peek(lx, lx->at) == 'j' || peek(lx, lx->at) == 'J')
			lx->at++;
		else if (!real && is_old_octal(lx, from)) {
			rt_py_lex_error(lx, token, "a number that begins with "
					"0, which Python 3 has not");
			return;
		}
	}
	rt_py_lex_end(lx, token, RT_PY_T_NUMBER);
}
