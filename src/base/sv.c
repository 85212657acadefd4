/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/sv.h"

#include <string.h>
#include <strings.h>

rt_sv rt_sv_from(const char *s)
{
	return (rt_sv){ s ? s : "", s ? strlen(s) : 0 };
}

rt_sv rt_sv_sub(rt_sv s, size_t start, size_t n)
{
	if (start > s.n)
		start = s.n;
	if (n > s.n - start)
		n = s.n - start;
	return (rt_sv){ s.p + start, n };
}

bool rt_sv_eq(rt_sv a, rt_sv b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool rt_sv_is(rt_sv s, const char *literal)
{
	return rt_sv_eq(s, rt_sv_from(literal));
}

bool rt_sv_is_nocase(rt_sv s, const char *literal)
{
	size_t n = strlen(literal);

	return s.n == n && (n == 0 || strncasecmp(s.p, literal, n) == 0);
}

bool rt_sv_starts(rt_sv s, const char *literal)
{
	size_t n = strlen(literal);

	return s.n >= n && (n == 0 || memcmp(s.p, literal, n) == 0);
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

rt_sv rt_sv_trim(rt_sv s)
{
	while (s.n && is_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

size_t rt_sv_find(rt_sv s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

	return at ? (size_t)(at - s.p) : s.n;
}

bool rt_sv_split(rt_sv *rest, char sep, rt_sv *piece)
{
	size_t at;

	if (!rest->p)
		return false;
	at = rt_sv_find(*rest, sep);
	*piece = rt_sv_sub(*rest, 0, at);
	if (at == rest->n)
		*rest = (rt_sv){ NULL, 0 };
	else
		*rest = rt_sv_sub(*rest, at + 1, rest->n);
	return true;
}

bool rt_sv_line(rt_sv *rest, rt_sv *line)
{
	size_t at;

	if (rest->n == 0)
		return false;
	at = rt_sv_find(*rest, '\n');
	*line = rt_sv_sub(*rest, 0, at);
	*rest = rt_sv_sub(*rest, at + 1, rest->n);
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

void rt_sv_position(rt_sv text, size_t offset, int *line, int *column)
{
	size_t i;
	int l = 1, c = 1;

	if (offset > text.n)
		offset = text.n;
	for (i = 0; i < offset; i++) {
		unsigned char b = (unsigned char)text.p[i];

		if (b == '\n') {
			l++;
			c = 1;
		} else if ((b & 0xc0) != 0x80) { /* not a continuation byte */
			c++;
		}
	}
	*line = l;
	*column = c;
}
