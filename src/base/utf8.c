/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/utf8.h"

#include <string.h>

/* By the first byte: how long, which of its bits count, and the smallest
 * character that needs that length. */
static const struct form {
	unsigned char mask, lead, bits;
	uint32_t least;
} forms[] = {
	{ 0x80, 0x00, 0x7f, 0 },
	{ 0xe0, 0xc0, 0x1f, 0x80 },
	{ 0xf0, 0xe0, 0x0f, 0x800 },
	{ 0xf8, 0xf0, 0x07, 0x10000 },
};

size_t rt_utf8_decode(rt_sv s, uint32_t *character)
{
	size_t length, i;
	uint32_t c;

	if (s.n == 0)
		return 0;
	for (length = 1; length <= 4; length++)
		if (((unsigned char)s.p[0] & forms[length - 1].mask) ==
		    forms[length - 1].lead)
			break;
	if (length > 4 || length > s.n)
		return 0;
	c = (unsigned char)s.p[0] & forms[length - 1].bits;
	for (i = 1; i < length; i++) {
		if (((unsigned char)s.p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | ((unsigned char)s.p[i] & 0x3f);
	}
	if (c < forms[length - 1].least || c > 0x10ffff ||
	    (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*character = c;
	return length;
}

void rt_utf8_encode(uint32_t c, rt_str *out)
{
	if (c < 0x80) {
		rt_str_addc(out, (char)c);
		return;
	}
	if (c < 0x800) {
		rt_str_addc(out, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			rt_str_addc(out, (char)(0xe0 | c >> 12));
		} else {
			rt_str_addc(out, (char)(0xf0 | c >> 18));
			rt_str_addc(out, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		rt_str_addc(out, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	rt_str_addc(out, (char)(0x80 | (c & 0x3f)));
}

static bool are_ascii(const char *eight)
{
	uint64_t word;

	memcpy(&word, eight, sizeof(word));
	return (word & UINT64_C(0x8080808080808080)) == 0;
}

bool rt_utf8_valid(rt_sv s, size_t *bad)
{
	size_t at = 0, length;
	uint32_t c;

	while (at < s.n) {
		if (s.n - at >= 8 && are_ascii(s.p + at)) {
			at += 8;
			continue;
		}
		if (!((unsigned char)s.p[at] & 0x80)) {
			at++;
			continue;
		}
		length = rt_utf8_decode(rt_sv_sub(s, at, 4), &c);
		if (!length) {
			if (bad)
				*bad = at;
			return false;
		}
		at += length;
	}
	return true;
}

size_t rt_utf8_count(rt_sv s)
{
	size_t at = 0, n = 0, length;
	uint32_t c;

	for (; at < s.n; n++) {
		length = rt_utf8_decode(rt_sv_sub(s, at, 4), &c);
		at += length ? length : 1;
	}
	return n;
}
