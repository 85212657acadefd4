/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/nearest.h"

#include <string.h>

enum { LONGEST = 32 };

static char fold(char c)
{
	if (c == '-')
		return '_';
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/*
 * Insertions, deletions and replacements that make one of the other
 * (Levenshtein's distance, by Wagner and Fischer's table, a row at a time).
 */
static size_t distance(rt_sv a, rt_sv b)
{
	size_t row[LONGEST + 1], i, j;

	for (j = 0; j <= b.n; j++)
		row[j] = j;
	for (i = 1; i <= a.n; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (j = 1; j <= b.n; j++) {
			size_t best = diagonal +
				      (fold(a.p[i - 1]) != fold(b.p[j - 1]));

			diagonal = row[j];
			if (best > row[j] + 1)
				best = row[j] + 1;
			if (best > row[j - 1] + 1)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[b.n];
}

const char *rt_nearest(rt_sv word,
		       const char *(*name)(size_t i, const void *self),
		       const void *self)
{
	const char *best = NULL, *candidate;
	size_t i, least = word.n / 3 < 2 ? word.n / 3 : 2;

	if (word.n > LONGEST)
		return NULL;
	for (i = 0; (candidate = name(i, self)) != NULL; i++) {
		rt_sv other = rt_sv_from(candidate);
		size_t d;

		if (other.n > LONGEST)
			continue;
		d = distance(word, other);
		if (d <= least && (!best || d < least)) {
			best = candidate;
			least = d;
		}
	}
	return best;
}
