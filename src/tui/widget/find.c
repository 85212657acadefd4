/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/widget/find.h"

#include <string.h>

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool has_capital(rt_sv s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] >= 'A' && s.p[i] <= 'Z')
			return true;
	return false;
}

static bool equal_at(const char *p, rt_sv needle)
{
	size_t i;

	for (i = 1; i < needle.n; i++)
		if (lower(p[i]) != needle.p[i])
			return false;
	return true;
}

size_t rt_find_text(rt_sv text, size_t from, rt_sv needle)
{
	const char *hit;
	size_t i;

	if (!needle.n || from > text.n || text.n - from < needle.n)
		return text.n;
	if (has_capital(needle)) {
		hit = memmem(text.p + from, text.n - from, needle.p, needle.n);
		return hit ? (size_t)(hit - text.p) : text.n;
	}
	for (i = from; i + needle.n <= text.n; i++)
		if (lower(text.p[i]) == needle.p[0] &&
		    equal_at(text.p + i, needle))
			return i;
	return text.n;
}
