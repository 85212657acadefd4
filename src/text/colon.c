/* SPDX-License-Identifier: MIT */
/* Source: the regular expressions BIND_PARAMS and BIND_PARAMS_ESC of
 * SQLAlchemy's compiler. */
#include "config.h"

#include "text/colon.h"

#include <stdint.h>
#include <wctype.h>

#include "base/utf8.h"

void rt_colon_free(rt_colon *c)
{
	if (c->letters)
		freelocale(c->letters);
	c->letters = (locale_t)0;
}

/* A letter of a name: Python's \w, and the dollar sign. */
static bool is_word(rt_colon *c, uint32_t character)
{
	if (character < 0x80)
		return character == '_' || character == '$' ||
		       (character >= '0' && character <= '9') ||
		       ((character | 0x20) >= 'a' && (character | 0x20) <= 'z');
	if (!c->letters)
		c->letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	return c->letters && iswalnum_l((wint_t)character, c->letters);
}

/* Where the name that begins at `at` ends. */
static size_t name_end(rt_colon *c, rt_sv text, size_t at)
{
	uint32_t character;
	size_t n;

	while (at < text.n) {
		n = rt_utf8_decode(rt_sv_sub(text, at, 4), &character);
		if (!n || !is_word(c, character))
			break;
		at += n;
	}
	return at;
}

/* Whether a letter stands before `at`. */
static bool follows_word(rt_colon *c, rt_sv text, size_t at)
{
	size_t start = at;
	uint32_t character;

	while (start && at - start < 4) {
		start--;
		if (((unsigned char)text.p[start] & 0xc0) != 0x80)
			break;
	}
	return start < at &&
	       rt_utf8_decode(rt_sv_sub(text, start, at - start),
			      &character) && is_word(c, character);
}

bool rt_colon_is_param(rt_colon *c, rt_sv text, size_t at, size_t *end)
{
	char last = at ? text.p[at - 1] : ' ';

	*end = name_end(c, text, at + 1);
	return last != ':' && last != '\\' && *end > at + 1 &&
	       !(*end < text.n && text.p[*end] == ':') &&
	       !follows_word(c, text, at);
}

bool rt_colon_is_escape(rt_colon *c, rt_sv text, size_t at, size_t *end)
{
	if (at + 1 >= text.n || text.p[at + 1] != ':')
		return false;
	*end = name_end(c, text, at + 2);
	return !(*end < text.n && text.p[*end] == ':');
}
