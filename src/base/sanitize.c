/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/sanitize.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* Behind ASCII; sorted. */
static const struct range {
	uint32_t first, last;
} unsafe[] = {
	{ 0x80, 0x9f },       /* C1: 0x9b alone begins an escape sequence */
	{ 0x61c, 0x61c },     /* Arabic letter mark */
	{ 0x200e, 0x200f },   /* left-to-right, right-to-left mark */
	{ 0x2028, 0x202e },   /* separators, embeddings, overrides */
	{ 0x2066, 0x2069 },   /* isolates */
	{ 0xfeff, 0xfeff },   /* byte order mark */
	{ 0xe0000, 0xe007f }, /* tags: invisible text */
};

static bool is_unsafe(uint32_t c)
{
	size_t i;

	for (i = 0; i < sizeof(unsafe) / sizeof(unsafe[0]); i++)
		if (c >= unsafe[i].first && c <= unsafe[i].last)
			return true;
	return false;
}

static void add_control(unsigned char c, unsigned keep, rt_str *out)
{
	if ((c == '\n' && (keep & RT_SANITIZE_NEWLINES)) ||
	    (c == '\t' && (keep & RT_SANITIZE_TABS)))
		rt_str_addc(out, (char)c);
	else if (c == '\n')
		rt_str_add(out, "\\n");
	else if (c == '\t')
		rt_str_add(out, "\\t");
	else if (c == '\r')
		rt_str_add(out, "\\r");
	else
		rt_str_addf(out, "\\x%02x", c);
}

/* Whether eight bytes hold nothing but printable ASCII: each has its upper
 * bit set in one of the three sums if it has it itself, is 0x7f or more, or
 * is below the space. */
static bool are_plain(const char *p)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return ((word | (word + ones) | (word - ones * ' ')) &
		ones * 0x80) == 0;
}

size_t rt_sanitize_plain_run(rt_sv text)
{
	size_t n = 0;

	while (text.n - n >= 8 && are_plain(text.p + n))
		n += 8;
	while (n < text.n && text.p[n] >= 0x20 && text.p[n] < 0x7f)
		n++;
	return n;
}

static size_t plain_run(rt_sv text, size_t at)
{
	return rt_sanitize_plain_run(rt_sv_sub(text, at, text.n));
}

bool rt_sanitize_is_plain(rt_sv text, unsigned keep)
{
	size_t at = 0;

	while ((at += plain_run(text, at)) < text.n) {
		char c = text.p[at++];

		if (!(c == '\n' && (keep & RT_SANITIZE_NEWLINES)) &&
		    !(c == '\t' && (keep & RT_SANITIZE_TABS)))
			return false;
	}
	return true;
}

/* Adds what stands at `at` and is not plain; returns its length. */
static size_t add_odd(rt_sv text, size_t at, unsigned keep, rt_str *out)
{
	uint32_t c;
	size_t length = rt_utf8_decode(rt_sv_sub(text, at, 4), &c);

	if (!length || c < 0x20 || c == 0x7f) {
		add_control((unsigned char)text.p[at], keep, out);
		return 1;
	}
	if (is_unsafe(c))
		rt_str_addf(out, "\\u%04x", (unsigned)c);
	else
		rt_str_addn(out, text.p + at, length);
	return length;
}

void rt_sanitize(rt_sv text, unsigned keep, rt_str *out)
{
	size_t at = 0, run;

	rt_str_reserve(out, text.n);
	while (at < text.n) {
		run = plain_run(text, at);
		rt_str_addn(out, text.p + at, run);
		at += run;
		if (at < text.n)
			at += add_odd(text, at, keep, out);
	}
}
