/* SPDX-License-Identifier: MIT */
/* TOML's four kinds of strings. */
#include "config.h"

#include <string.h>

#include "base/utf8.h"
#include "config/toml_impl.h"

static int hex(rt_toml_reader *r, size_t n, uint32_t *out)
{
	static const char digits[] = "0123456789abcdef";
	size_t i, from = r->at;
	const char *digit;

	*out = 0;
	for (i = 0; i < n; i++) {
		char c = rt_toml_peek(r, 0);

		if (c >= 'A' && c <= 'F')
			c = (char)(c - 'A' + 'a');
		digit = c ? strchr(digits, c) : NULL;
		if (!digit)
			return rt_toml_fail(r, from, "an escape is cut short");
		*out = *out << 4 | (uint32_t)(digit - digits);
		r->at++;
	}
	if (*out > 0x10ffff || (*out >= 0xd800 && *out <= 0xdfff))
		return rt_toml_fail(r, from, "an escape names no character");
	return 0;
}

/* A backslash at the end of a line: it and all white space behind go. */
static bool skip_fold(rt_toml_reader *r)
{
	size_t n = 1;

	while (rt_toml_peek(r, n) == ' ' || rt_toml_peek(r, n) == '\t')
		n++;
	if (rt_toml_peek(r, n) != '\n' && rt_toml_peek(r, n) != '\r')
		return false;
	r->at += n;
	while (r->at < r->text.n && strchr(" \t\r\n", r->text.p[r->at]))
		r->at++;
	return true;
}

static int escape(rt_toml_reader *r, bool multi, rt_str *out)
{
	static const char from[] = "btnfr\"\\", to[] = "\b\t\n\f\r\"\\";
	char c = rt_toml_peek(r, 1);
	const char *simple = c ? strchr(from, c) : NULL;
	uint32_t character;
	int rc;

	if (simple) {
		rt_str_addc(out, to[simple - from]);
		r->at += 2;
		return 0;
	}
	if (c == 'u' || c == 'U') {
		r->at += 2;
		rc = hex(r, c == 'u' ? 4 : 8, &character);
		if (!rc)
			rt_utf8_encode(character, out);
		return rc;
	}
	if (multi && skip_fold(r))
		return 0;
	return rt_toml_fail(r, r->at, "an escape that TOML has not");
}

/* Whether the string ends here.  Up to two quotes may stand before the
 * closing three. */
static bool at_end(rt_toml_reader *r, char quote, bool multi, rt_str *out)
{
	if (rt_toml_peek(r, 0) != quote)
		return false;
	if (!multi) {
		r->at++;
		return true;
	}
	if (rt_toml_peek(r, 1) != quote || rt_toml_peek(r, 2) != quote)
		return false;
	r->at += 3;
	while (rt_toml_peek(r, 0) == quote) {
		rt_str_addc(out, quote);
		r->at++;
	}
	return true;
}

int rt_toml_string(rt_toml_reader *r, rt_str *out)
{
	char quote = rt_toml_peek(r, 0);
	bool multi = rt_toml_peek(r, 1) == quote &&
		     rt_toml_peek(r, 2) == quote;
	size_t from = r->at;
	int rc = 0;

	r->at += multi ? 3 : 1;
	if (multi && rt_toml_peek(r, 0) == '\r' && rt_toml_peek(r, 1) == '\n')
		r->at++;
	if (multi && rt_toml_peek(r, 0) == '\n')
		r->at++;
	while (!rc && r->at < r->text.n) {
		char c = rt_toml_peek(r, 0);

		if (at_end(r, quote, multi, out))
			return 0;
		if (c == '\n' && !multi)
			break;
		if (c == '\\' && quote == '"') {
			rc = escape(r, multi, out);
		} else {
			rt_str_addc(out, c);
			r->at++;
		}
	}
	return rc ? rc : rt_toml_fail(r, from, "a string is not closed");
}
