/* SPDX-License-Identifier: MIT */
/*
 * A view: pointer and length into text that somebody else owns.  What
 * parsers work on; the text need not end in NUL and may hold any bytes.
 */
#ifndef RT_BASE_SV_H
#define RT_BASE_SV_H

#include <stdbool.h>
#include <stddef.h>

typedef struct rt_sv {
	const char *p;
	size_t n;
} rt_sv;

#define RT_SV(literal) ((rt_sv){ "" literal, sizeof(literal) - 1 })

/* View of a C string; NULL gives an empty view. */
rt_sv rt_sv_from(const char *s);

/* The part from `start`, at most `n` bytes; clamped to the view. */
rt_sv rt_sv_sub(rt_sv s, size_t start, size_t n);

bool rt_sv_eq(rt_sv a, rt_sv b);
bool rt_sv_is(rt_sv s, const char *literal);
bool rt_sv_is_nocase(rt_sv s, const char *literal); /* ASCII case only */
bool rt_sv_starts(rt_sv s, const char *literal);

/* Without ASCII white space (space, \t \n \v \f \r) at both ends. */
rt_sv rt_sv_trim(rt_sv s);

/* Index of the first byte `c`, or s.n. */
size_t rt_sv_find(rt_sv s, char c);

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
