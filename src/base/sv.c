/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/sv.h"

#include <string.h>
#include <strings.h>

bool rt_sv_is_nocase(rt_sv s, const char *literal)
{
	size_t n = strlen(literal);

	return s.n == n && (n == 0 || strncasecmp(s.p, literal, n) == 0);
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
