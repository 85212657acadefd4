/* SPDX-License-Identifier: MIT */
/*
 * What a column's values lose when its type becomes another: SQLite converts
 * what is stored by the affinity of the column, and a type changed back does
 * not bring back what was there.
 *
 *   source: https://www.sqlite.org/datatype3.html, 3.1 and 3.4;
 *           https://www.sqlite.org/stricttables.html for ANY
 */
#include "config.h"

#include "schema/alter_sqlite.h"

#include <string.h>

typedef enum affinity {
	BLOB, /* or none: leaves what comes */
	TEXT,
	NUMERIC,
	INTEGER,
	REAL,
	N_AFFINITIES
} affinity;

static bool has_word(const char *type, const char *word)
{
	rt_sv text = rt_sv_from(type);
	size_t n = strlen(word), i;

	for (i = 0; i + n <= text.n; i++)
		if (rt_sv_is_nocase(rt_sv_sub(text, i, n), word))
			return true;
	return false;
}

/* The first word that is found counts. */
static affinity affinity_of(const char *type, bool strict)
{
	static const struct {
		const char *word;
		affinity affinity;
	} words[] = {
		{ "INT", INTEGER }, { "CHAR", TEXT }, { "CLOB", TEXT },
		{ "TEXT", TEXT },   { "BLOB", BLOB }, { "REAL", REAL },
		{ "FLOA", REAL },   { "DOUB", REAL },
	};
	size_t i;

	if (!type || (strict && has_word(type, "ANY")))
		return BLOB;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (has_word(type, words[i].word))
			return words[i].affinity;
	return NUMERIC;
}

#define NUMBERS "texts like '007' become numbers"
#define DIGITS  "numbers keep 15 digits"
#define LARGE   "integers beyond 2^53 lose digits"

static const char *const losses[N_AFFINITIES][N_AFFINITIES] = {
	[BLOB] = { [TEXT] = "numbers become texts", [NUMERIC] = NUMBERS,
		   [INTEGER] = NUMBERS, [REAL] = NUMBERS },
	[TEXT] = { [NUMERIC] = NUMBERS, [INTEGER] = NUMBERS,
		   [REAL] = NUMBERS },
	[NUMERIC] = { [TEXT] = DIGITS, [REAL] = LARGE },
	[INTEGER] = { [REAL] = LARGE },
	[REAL] = { [TEXT] = DIGITS },
};

const char *rt_sqlite_type_loss(const retort_schema *before, size_t old,
				const retort_schema *after, size_t now)
{
	const rt_object *a = &before->v[old], *b = &after->v[now];
	bool was_strict = rt_object_text(&before->v[a->parent],
					 RT_PROPERTY_STRICT) != NULL;
	bool is_strict = rt_object_text(&after->v[b->parent],
					RT_PROPERTY_STRICT) != NULL;

	return losses[affinity_of(rt_object_text(a, RT_PROPERTY_TYPE),
				  was_strict)]
		     [affinity_of(rt_object_text(b, RT_PROPERTY_TYPE),
				  is_strict)];
}
