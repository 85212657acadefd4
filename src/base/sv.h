/* SPDX-License-Identifier: MIT */
/*
 * A view: pointer and length into text that somebody else owns.  What
 * parsers work on; the text need not end in NUL and may hold any bytes.
 *
 * The smallest are inline: every header line of every revision file goes
 * through them, and the length of a literal is then known when compiled.
 */
#ifndef RT_BASE_SV_H
#define RT_BASE_SV_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct rt_sv {
	const char *p;
	size_t n;
} rt_sv;

#define RT_SV(literal) ((rt_sv){ "" literal, sizeof(literal) - 1 })

/* View of a C string; NULL gives an empty view. */
static inline rt_sv rt_sv_from(const char *s)
{
	return (rt_sv){ s ? s : "", s ? strlen(s) : 0 };
}

/* The part from `start`, at most `n` bytes; clamped to the view. */
static inline rt_sv rt_sv_sub(rt_sv s, size_t start, size_t n)
{
	if (start > s.n)
		start = s.n;
	if (n > s.n - start)
		n = s.n - start;
	return (rt_sv){ s.p ? s.p + start : NULL, n };
}

static inline bool rt_sv_eq(rt_sv a, rt_sv b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool rt_sv_is(rt_sv s, const char *literal)
{
	return rt_sv_eq(s, rt_sv_from(literal));
}

static inline bool rt_sv_starts(rt_sv s, const char *literal)
{
	size_t n = strlen(literal);

	return s.n >= n && (n == 0 || memcmp(s.p, literal, n) == 0);
}

bool rt_sv_is_nocase(rt_sv s, const char *literal); /* ASCII case only */

/* Without ASCII white space (space, \t \n \v \f \r) at both ends. */
static inline rt_sv rt_sv_trim(rt_sv s)
{
	while (s.n && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r'))) {
		s.p++;
		s.n--;
	}
	while (s.n && (s.p[s.n - 1] == ' ' ||
		       (s.p[s.n - 1] >= '\t' && s.p[s.n - 1] <= '\r')))
		s.n--;
	return s;
}

/* Index of the first byte `c`, or s.n. */
static inline size_t rt_sv_find(rt_sv s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

	return at ? (size_t)(at - s.p) : s.n;
}

/*
 * Cut the piece before the first `sep` off the front of *rest.
 * False when *rest.p is NULL: every piece has been taken.  "a,,b" gives
 * three pieces, "" gives one empty piece.
 */
bool rt_sv_split(rt_sv *rest, char sep, rt_sv *piece);

/*
 * Next line of *rest without its LF or CRLF; false at the end of the text.
 * A last line without LF counts; an empty rest behind the last LF does not.
 */
bool rt_sv_line(rt_sv *rest, rt_sv *line);

/* Line and column (1-based; the column counts UTF-8 characters) of a byte
 * offset; an offset behind the end gives the end.  O(offset). */
void rt_sv_position(rt_sv text, size_t offset, int *line, int *column);

#endif
