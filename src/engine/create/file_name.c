/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/create/file_name.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/utf8.h"

static bool is_word(uint32_t c, locale_t locale)
{
	if (c < 0x80)
		return c == '_' || (c >= '0' && c <= '9') ||
		       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	return locale && iswalnum_l((wint_t)c, locale);
}

/* The words, joined; *n counts characters. */
static void add_words(rt_sv text, locale_t locale, rt_str *out, size_t *n)
{
	size_t length;
	bool gap = false;
	uint32_t c;

	for (*n = 0; text.n; text = rt_sv_sub(text, length, text.n)) {
		length = rt_utf8_decode(text, &c);
		if (!length || !is_word(c, locale)) {
			length = length ? length : 1;
			gap = *n > 0;
			continue;
		}
		if (gap) {
			rt_str_addc(out, '_');
			++*n;
		}
		gap = false;
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		else if (c >= 0x80)
			c = (uint32_t)towlower_l((wint_t)c, locale);
		rt_utf8_encode(c, out);
		++*n;
	}
}

void rt_file_slug(const char *message, size_t limit, rt_str *out)
{
	/* What is a letter must not depend on the user's locale. */
	locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	size_t start = out->n, at = start, n, length;
	uint32_t c;

	add_words(rt_sv_from(message), locale, out, &n);
	if (locale)
		freelocale(locale);
	if (n <= limit)
		return;
	for (n = 0; n < limit; n++) {
		length = rt_utf8_decode(rt_sv_sub(rt_str_sv(out), at, 4), &c);
		at += length ? length : 1;
	}
	rt_str_truncate(out, at);
	while (at > start && out->p[at - 1] != '_')
		at--;
	if (at > start)
		rt_str_truncate(out, at - 1);
	rt_str_addc(out, '_');
}

static const struct token {
	const char *name;
	int date; /* index of a part of the date; -1 = text or epoch */
} tokens[] = {
	{ "rev", -1 }, { "slug", -1 },  { "epoch", -1 },
	{ "year", 0 }, { "month", 1 },  { "day", 2 },
	{ "hour", 3 }, { "minute", 4 }, { "second", 5 },
};

/* A token's value: a text, or NULL and *number. */
static const char *token_value(const struct token *t, const rt_file_name *name,
			       long long *number)
{
	rt_clock_date d = rt_clock_split(name->time + name->offset);
	const long long parts[] = { d.year, d.month,  d.day,
				    d.hour, d.minute, d.second };

	if (!strcmp(t->name, "rev"))
		return name->rev;
	if (!strcmp(t->name, "slug"))
		return name->slug;
	*number = t->date < 0 ? name->time : parts[t->date];
	return NULL;
}

static const struct token *find_token(rt_sv name)
{
	size_t i;

	for (i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++)
		if (rt_sv_is(name, tokens[i].name))
			return &tokens[i];
	return NULL;
}

/* The number behind *p, at most two digits. */
static int digits(const char **p)
{
	int n = 0, i;

	for (i = 0; i < 2 && **p >= '0' && **p <= '9'; i++)
		n = n * 10 + *(*p)++ - '0';
	return n;
}

/* At least `width` characters, at most `limit` of the text, unless -1. */
static void add_padded(const char *text, int width, int limit, rt_str *out)
{
	rt_sv rest = rt_sv_from(text);
	size_t n = 0, length;
	int count = 0;
	uint32_t c;

	while (n < rest.n && (limit < 0 || count < limit)) {
		length = rt_utf8_decode(rt_sv_sub(rest, n, rest.n), &c);
		n += length ? length : 1;
		count++;
	}
	for (; count < width; count++)
		rt_str_addc(out, ' ');
	rt_str_addsv(out, rt_sv_sub(rest, 0, n));
}

/* "%(name)[0][width][.digits](d|s)", p behind the `(`; returns what follows,
 * or NULL. */
static const char *add_token(const char *p, const rt_file_name *name,
			     rt_str *out)
{
	const char *close = strchr(p, ')'), *text;
	const struct token *t;
	long long number = 0;
	int width, least = 0;
	bool zero, cut;

	t = close ? find_token((rt_sv){ p, (size_t)(close - p) }) : NULL;
	if (!t)
		return NULL;
	p = close + 1;
	zero = *p == '0';
	width = digits(&p);
	cut = *p == '.';
	if (cut) {
		p++;
		least = digits(&p);
	}
	if (*p != 'd' && *p != 's')
		return NULL;
	text = token_value(t, name, &number);
	if (text && *p == 's')
		add_padded(text, width, cut ? least : -1, out);
	else if (text)
		return NULL;
	else if (zero && width > least)
		rt_str_addf(out, "%0*lld", width, number);
	else
		rt_str_addf(out, "%*.*lld", width, least, number);
	return p + 1;
}

int rt_file_name_expand(const char *format, const rt_file_name *name,
			rt_str *out, retort_error *err)
{
	const char *p, *end;

	for (p = format; *p; p = end) {
		end = p + 1;
		if (*p != '%')
			rt_str_addc(out, *p);
		else if (p[1] == '%')
			rt_str_addc(out, *end++);
		else
			end = p[1] == '(' ? add_token(p + 2, name, out) : NULL;
		if (!end)
			return rt_err_set(err, RETORT_ECONFIG,
					  "file_template: nothing is known "
					  "by '%.20s'", p);
	}
	return 0;
}
