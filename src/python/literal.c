/* SPDX-License-Identifier: MIT */
/*
 * Source: "String and Bytes literals" and "Integer literals" in the
 * reference of the language.
 */
#include "config.h"

#include "python/literal.h"

#include <string.h>

#include "base/utf8.h"
#include "python/chars.h"

/* The string that is decoded, and where in it. */
struct cursor {
	const rt_py_quoted *how;
	rt_sv s;
	size_t at;
	rt_str *out;
	const char **unknown;
};

static const struct simple {
	char letter, value;
} simple[] = {
	{ '\\', '\\' }, { '\'', '\'' }, { '"', '"' }, { 'a', '\a' },
	{ 'b', '\b' }, { 'f', '\f' }, { 'n', '\n' }, { 'r', '\r' },
	{ 't', '\t' }, { 'v', '\v' },
};

static void set_unknown(struct cursor *c, const char *what)
{
	if (!*c->unknown)
		*c->unknown = what;
}

static void put(struct cursor *c, uint32_t character)
{
	if (c->how->bytes)
		rt_str_addc(c->out, (char)(character & 0xff));
	else if (character >= 0xd800 && character <= 0xdfff)
		set_unknown(c, "half of a surrogate pair");
	else
		rt_utf8_encode(character, c->out);
}

/* Exactly n hexadecimal digits. */
static const char *hex_escape(struct cursor *c, size_t n)
{
	uint32_t value = 0;
	int digit;

	for (; n; n--) {
		digit = c->at < c->s.n ? rt_py_hex(c->s.p[c->at]) : -1;
		if (digit < 0)
			return "an escape in a string is cut short";
		value = value << 4 | (uint32_t)digit;
		c->at++;
	}
	if (value > 0x10ffff)
		return "an escape names no character";
	put(c, value);
	return NULL;
}

static void octal_escape(struct cursor *c)
{
	uint32_t value = 0;
	int n;

	for (n = 0; n < 3 && c->at < c->s.n && c->s.p[c->at] >= '0' &&
	     c->s.p[c->at] <= '7'; n++)
		value = value << 3 | (uint32_t)(c->s.p[c->at++] - '0');
	put(c, value);
}

/* Behind `\N`: the name needs Unicode's table of names. */
static const char *named_escape(struct cursor *c)
{
	size_t end = c->at;

	if (end == c->s.n || c->s.p[end] != '{')
		return "an escape in a string is cut short";
	while (end < c->s.n && c->s.p[end] != '}')
		end++;
	if (end == c->s.n)
		return "an escape in a string is cut short";
	c->at = end + 1;
	set_unknown(c, "a character by its name (\\N{...})");
	return NULL;
}

/* At a backslash of a string that is not raw. */
static const char *escape(struct cursor *c)
{
	size_t n = rt_py_line_end(c->s.p, c->s.n, c->at + 1), i;
	char letter = c->at + 1 < c->s.n ? c->s.p[c->at + 1] : '\0';

	if (n) {
		c->at += 1 + n;
		return NULL;
	}
	for (i = 0; i < sizeof(simple) / sizeof(simple[0]); i++)
		if (letter && simple[i].letter == letter) {
			rt_str_addc(c->out, simple[i].value);
			c->at += 2;
			return NULL;
		}
	if (letter >= '0' && letter <= '7') {
		c->at++;
		octal_escape(c);
		return NULL;
	}
	if (letter == 'x' || (!c->how->bytes &&
			      (letter == 'u' || letter == 'U'))) {
		c->at += 2;
		return hex_escape(c, letter == 'x' ? 2 : letter == 'u' ? 4 : 8);
	}
	if (letter == 'N' && !c->how->bytes) {
		c->at += 2;
		return named_escape(c);
	}
	/* Any other backslash stays, as Python keeps it with a warning. */
	rt_str_addc(c->out, '\\');
	c->at++;
	return NULL;
}

/* Up to the next byte that may mean more than itself. */
static size_t plain(const struct cursor *c)
{
	size_t at = c->at;

	for (; at < c->s.n; at++) {
		char b = c->s.p[at];

		if (b == '\r' || (b == '\\' && !c->how->raw) ||
		    (c->how->braces && (b == '{' || b == '}')) ||
		    (c->how->bytes && (unsigned char)b >= 0x80))
			break;
	}
	return at - c->at;
}

const char *rt_py_string_decode(const rt_py_quoted *how, rt_sv body,
				rt_str *out, const char **unknown)
{
	struct cursor c = { how, body, 0, out, unknown };
	const char *bad = NULL;

	while (!bad && c.at < body.n) {
		size_t n = plain(&c);
		char b;

		rt_py_source_decode(how->encoding,
				    (rt_sv){ body.p + c.at, n }, out);
		c.at += n;
		if (c.at == body.n)
			break;
		b = body.p[c.at];
		if (b == '\r') {
			c.at += rt_py_line_end(body.p, body.n, c.at);
			rt_str_addc(out, '\n');
		} else if (b == '\\') {
			bad = escape(&c);
		} else if (b == '{' || b == '}') {
			c.at += c.at + 1 < body.n && body.p[c.at + 1] == b ?
				2 : 1;
			rt_str_addc(out, b);
		} else {
			bad = "bytes can only hold ASCII";
		}
	}
	return bad;
}

static int64_t integer_of(rt_sv digits, int base, bool *fits)
{
	int64_t value = 0;
	size_t i;

	*fits = true;
	for (i = 0; i < digits.n && *fits; i++) {
		int digit = rt_py_hex(digits.p[i]);

		if (value > (INT64_MAX - digit) / base)
			*fits = false;
		else
			value = value * base + digit;
	}
	return *fits ? value : 0;
}

static int base_of(rt_sv text)
{
	if (text.n < 2 || text.p[0] != '0')
		return 10;
	switch (text.p[1]) {
	case 'x': case 'X': return 16;
	case 'o': case 'O': return 8;
	case 'b': case 'B': return 2;
	default: return 10;
	}
}

void rt_py_number_read(rt_arena *arena, rt_sv text, rt_py_expr *e)
{
	char *copy = rt_arena_alloc(arena, text.n + 1);
	size_t i, n = 0;
	int base;

	for (i = 0; i < text.n; i++)
		if (text.p[i] != '_')
			copy[n++] = text.p[i];
	copy[n] = '\0';
	e->u.number.text = (rt_sv){ copy, n };
	base = base_of(e->u.number.text);
	if (base != 10) {
		e->u.number.form = RT_PY_INT;
	} else if (copy[n - 1] == 'j' || copy[n - 1] == 'J') {
		e->u.number.form = RT_PY_IMAGINARY;
		return;
	} else if (strcspn(copy, ".eE") < n) {
		e->u.number.form = RT_PY_FLOAT;
		return;
	}
	e->u.number.integer =
		integer_of(rt_sv_sub(e->u.number.text, base == 10 ? 0 : 2, n),
			   base, &e->u.number.fits);
}
