/* SPDX-License-Identifier: MIT */
/* The words and lists of <retort/common.h>. */
#include "config.h"

#include "base/names.h"

#include <stdlib.h>
#include <string.h>

const char *retort_version(void)
{
	return RETORT_VERSION;
}

const char *retort_dialect_name(retort_dialect dialect)
{
	static const char *const names[] = { "any", "sqlite", "postgresql" };

	return names[dialect];
}

const char *retort_op_name(retort_op op)
{
	static const char *const names[] = { "upgrade", "downgrade", "stamp" };

	return names[op];
}

bool rt_names_equal(const retort_names *a, const retort_names *b)
{
	size_t i;

	for (i = 0; i < a->n && i < b->n; i++)
		if (strcmp(a->v[i], b->v[i]) != 0)
			return false;
	return a->n == b->n;
}

retort_names rt_names_keep(rt_arena *arena, const char *const *v, size_t n)
{
	const char **copy = rt_arena_calloc(arena, n + 1, sizeof(*copy));

	if (n)
		memcpy(copy, v, n * sizeof(*copy));
	return (retort_names){ copy, n };
}

retort_names rt_names_copy(rt_arena *arena, retort_names names)
{
	const char **copy = rt_arena_calloc(arena, names.n + 1, sizeof(*copy));
	size_t i;

	for (i = 0; i < names.n; i++)
		copy[i] = rt_arena_strdup(arena, names.v[i]);
	return (retort_names){ copy, names.n };
}

retort_names rt_names_split(rt_arena *arena, rt_sv text)
{
	size_t i, room = 1, n = 0;
	const char **v;
	rt_sv piece;

	for (i = 0; i < text.n; i++)
		room += text.p[i] == ',';
	v = rt_arena_calloc(arena, room, sizeof(*v));
	while (rt_sv_split(&text, ',', &piece)) {
		piece = rt_sv_trim(piece);
		if (piece.n)
			v[n++] = rt_arena_strsv(arena, piece);
	}
	return (retort_names){ v, n };
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void rt_names_sort(const char **v, size_t n)
{
	if (n)
		qsort(v, n, sizeof(*v), by_text);
}

retort_names rt_names_sorted(rt_arena *arena, retort_names names)
{
	const char **v = rt_arena_calloc(arena, names.n + 1, sizeof(*v));

	if (names.n)
		memcpy(v, names.v, names.n * sizeof(*v));
	rt_names_sort(v, names.n);
	return (retort_names){ v, names.n };
}

bool rt_names_have(const retort_names *names, const char *name)
{
	size_t i;

	for (i = 0; names && i < names->n; i++)
		if (strcmp(names->v[i], name) == 0)
			return true;
	return false;
}

bool rt_names_have_sorted(const retort_names *sorted, const char *name)
{
	return sorted->n && bsearch(&name, sorted->v, sorted->n, sizeof(name),
				    by_text);
}
