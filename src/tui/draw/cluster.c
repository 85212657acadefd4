/* SPDX-License-Identifier: MIT */
/* For wcwidth(). */
#include "config.h"

#include "tui/draw/cluster.h"

#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include "base/utf8.h"

/* Characters that take no column and that terminals treat differently. */
static bool is_dropped(uint32_t ch)
{
	return (ch >= 0x200b && ch <= 0x200d) || ch == 0x2060 ||
	       (ch >= 0xfe00 && ch <= 0xfe0f);
}

/* -1: must not reach a terminal. */
static int width_of(uint32_t ch)
{
	if (ch < 0x20 || ch == 0x7f)
		return -1;
	if (ch < 0x7f)
		return 1;
	/* bidi controls, line and paragraph separators, tag characters */
	if (ch == 0x61c || (ch >= 0x200e && ch <= 0x200f) ||
	    (ch >= 0x2028 && ch <= 0x202e) || (ch >= 0x2061 && ch <= 0x206f) ||
	    ch == 0xfeff || (ch >= 0xe0000 && ch <= 0xe007f))
		return -1;
	return wcwidth((wchar_t)ch);
}

static void set_mark(rt_cluster *out, bool ascii)
{
	static const rt_cluster plain = { "?", 1, 1 };
	static const rt_cluster replacement = { "\xef\xbf\xbd", 3, 1 };

	*out = ascii ? plain : replacement;
}

/* Add the marks that sit on the cluster. */
static void take_marks(rt_sv *rest, rt_cluster *out)
{
	uint32_t ch;
	size_t n, chars = 1;

	while ((n = rt_utf8_decode(*rest, &ch)) > 1 &&
	       (is_dropped(ch) || width_of(ch) == 0)) {
		if (!is_dropped(ch) && chars < RT_CLUSTER_CHARS) {
			memcpy(out->text + out->n, rest->p, n);
			out->n = (unsigned char)(out->n + n);
			chars++;
		}
		*rest = rt_sv_sub(*rest, n, rest->n);
	}
}

/* One character as a cluster of its own; false if it shows nothing. */
static bool take_base(rt_sv *rest, bool ascii, rt_cluster *out)
{
	uint32_t ch;
	size_t n = rt_utf8_decode(*rest, &ch);
	int width = n ? width_of(ch) : -1;
	const char *p = rest->p;

	*rest = rt_sv_sub(*rest, n ? n : 1, rest->n);
	if (n && is_dropped(ch))
		return false;
	if (width <= 0 || width > 2 || (ascii && ch > 0x7e)) {
		set_mark(out, ascii);
		return true;
	}
	memcpy(out->text, p, n);
	out->n = (unsigned char)n;
	out->width = (unsigned char)width;
	return true;
}

bool rt_cluster_next(rt_sv *rest, bool ascii, rt_cluster *out)
{
	while (rest->n) {
		if (!take_base(rest, ascii, out))
			continue;
		if (rest->n && (unsigned char)rest->p[0] >= 0x80 && !ascii)
			take_marks(rest, out);
		return true;
	}
	return false;
}

int rt_cluster_columns(rt_sv text, bool ascii)
{
	rt_cluster c;
	int cols = 0;

	while (rt_cluster_next(&text, ascii, &c))
		cols += c.width;
	return cols;
}

size_t rt_cluster_fit(rt_sv text, bool ascii, int cols, int *used)
{
	rt_sv rest = text, before = text;
	rt_cluster c;

	*used = 0;
	while (rt_cluster_next(&rest, ascii, &c)) {
		if (*used + c.width > cols)
			return text.n - before.n;
		*used += c.width;
		before = rest;
	}
	return text.n;
}
