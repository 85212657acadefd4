/* SPDX-License-Identifier: MIT */
/* Names without a schema are where the search path says. */
#include "config.h"

#include <string.h>

#include <retort/sql.h>

#include "engine/conflicts/sql.h"

enum { SCHEMAS_MAX = 8, WORDS_MAX = 24 };

/* --- reading ------------------------------------------------------------- */

typedef struct word {
	retort_token_kind kind;
	rt_sv text;
} word;

/* The first words of a statement; none where it cannot be about the path. */
static size_t first_words(rt_sv sql, word v[WORDS_MAX])
{
	retort_token token;
	size_t at = 0, n = 0;

	while (n < WORDS_MAX && retort_sql_next(sql.p, sql.n,
						RETORT_DIALECT_POSTGRESQL, &at,
						&token)) {
		if (token.kind == RETORT_TOKEN_SPACE ||
		    token.kind == RETORT_TOKEN_COMMENT)
			continue;
		v[n].kind = token.kind;
		v[n++].text = rt_sv_sub(sql, token.offset, token.length);
		if (n == 1 && !rt_sv_is_nocase(v[0].text, "set") &&
		    !rt_sv_is_nocase(v[0].text, "reset") &&
		    !rt_sv_is_nocase(v[0].text, "select"))
			return 0;
	}
	return n;
}

static rt_sv bare(word w)
{
	bool quoted = (w.kind == RETORT_TOKEN_IDENTIFIER ||
		       w.kind == RETORT_TOKEN_STRING) && w.text.n >= 2;

	return quoted ? rt_sv_sub(w.text, 1, w.text.n - 2) : w.text;
}

static void add_schema(rt_search_path *path, rt_sv name, bool folds,
		       rt_arena *arena)
{
	char *copy = rt_arena_strsv(arena, name), *p;

	for (p = copy; folds && *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	if (name.n && path->schemas.n < SCHEMAS_MAX &&
	    strcmp(copy, "$user") != 0 && strcmp(copy, "pg_catalog") != 0)
		rt_vec_push(&path->schemas, copy);
}

/* A list in one string: set_config('search_path', 'app, public', false) */
static void add_list(rt_search_path *path, rt_sv text, rt_arena *arena)
{
	while (text.n) {
		size_t n = rt_sv_find(text, ',');
		rt_sv one = rt_sv_trim(rt_sv_sub(text, 0, n));

		add_schema(path, one, true, arena);
		text = n < text.n ? rt_sv_sub(text, n + 1, text.n)
				  : RT_SV("");
	}
}

static void read_set(rt_search_path *path, const word *v, size_t n, size_t at,
		     rt_arena *arena)
{
	if (at >= n || !rt_sv_is_nocase(v[at].text, "search_path"))
		return;
	path->schemas.n = 0;
	for (at += 2; at < n; at++) /* TO or = */
		if (v[at].kind == RETORT_TOKEN_WORD &&
		    rt_sv_is_nocase(v[at].text, "default"))
			return;
		else if (v[at].kind == RETORT_TOKEN_WORD ||
			 v[at].kind == RETORT_TOKEN_IDENTIFIER ||
			 v[at].kind == RETORT_TOKEN_STRING)
			add_schema(path, bare(v[at]),
				   v[at].kind == RETORT_TOKEN_WORD, arena);
}

/* SELECT [pg_catalog.]set_config('search_path', … */
static void read_config(rt_search_path *path, const word *v, size_t n,
			rt_arena *arena)
{
	size_t i;

	for (i = 1; i + 4 < n; i++)
		if (rt_sv_is_nocase(v[i].text, "set_config") &&
		    rt_sv_is(v[i + 2].text, "'search_path'") &&
		    v[i + 4].kind == RETORT_TOKEN_STRING) {
			path->schemas.n = 0;
			add_list(path, bare(v[i + 4]), arena);
			return;
		}
}

void rt_search_path_read(rt_search_path *path, rt_sv sql, rt_arena *arena)
{
	word v[WORDS_MAX];
	size_t n = first_words(sql, v), at = 1;

	if (n < 2)
		return;
	if (rt_sv_is_nocase(v[0].text, "select")) {
		read_config(path, v, n, arena);
	} else if (rt_sv_is_nocase(v[0].text, "reset")) {
		if (rt_sv_is_nocase(v[1].text, "search_path") ||
		    rt_sv_is_nocase(v[1].text, "all"))
			path->schemas.n = 0;
	} else {
		if (rt_sv_is_nocase(v[1].text, "local") ||
		    rt_sv_is_nocase(v[1].text, "session"))
			at++;
		read_set(path, v, n, at, arena);
	}
}

/* --- applying ------------------------------------------------------------ */

/* How many dots a name has when it has no schema; -1 = it has none anyway. */
static int dots_without(rt_touch_space space)
{
	switch (space) {
	case RT_TOUCH_SPACE_RELATION:
	case RT_TOUCH_SPACE_TYPE:
	case RT_TOUCH_SPACE_FUNCTION:
	case RT_TOUCH_SPACE_GRANT:
		return 0;
	case RT_TOUCH_SPACE_TRIGGER:
	case RT_TOUCH_SPACE_CONSTRAINT:
		return 1;
	default:
		return -1;
	}
}

static bool is_bare(const rt_touch *touch)
{
	int want = dots_without(touch->space), dots = 0;
	const char *p;

	for (p = touch->name; *p; p++)
		dots += *p == '.';
	return dots == want;
}

/* Names of `public` are known without it. */
static const char *name_in(const char *schema, const char *name,
			   rt_arena *arena)
{
	return strcmp(schema, "public") != 0
		       ? rt_arena_strf(arena, "%s.%s", schema, name)
		       : name;
}

void rt_search_path_apply(const rt_search_path *path, rt_touches *touches,
			  rt_arena *arena)
{
	rt_touch use = { .verb = RT_TOUCH_USE,
			 .space = RT_TOUCH_SPACE_SCHEMA,
			 .kind = "schema",
			 .part = "",
			 .arity = -1 };
	size_t i, k, n = touches->n;

	if (!path->schemas.n || !n)
		return;
	use.name = path->schemas.v[0];
	rt_vec_push(touches, use);
	for (i = 0; i < n; i++) {
		rt_touch one = touches->v[i];

		if (!is_bare(&one))
			continue;
		touches->v[i].name = name_in(path->schemas.v[0], one.name,
					     arena);
		if (one.verb == RT_TOUCH_CREATE || one.verb == RT_TOUCH_BECOME)
			continue;
		for (k = 1; k < path->schemas.n; k++) {
			rt_touch other = one;

			other.name = name_in(path->schemas.v[k], one.name,
					     arena);
			rt_vec_push(touches, other);
		}
	}
}
