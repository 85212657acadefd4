/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/create/renames.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "text/sqlscan.h"

/* --- what the file says --- */

#define MARK "retort:renamed from="

typedef struct reader {
	rt_sv sql;
	retort_dialect dialect;
	rt_arena *arena;
	rt_renames *out;
	rt_str name;      /* of the table in work, as the catalog has it */
	int words;        /* of CREATE … TABLE seen: 0, 1 (CREATE), 2, 3 (its
			     name) */
	size_t depth;     /* of parentheses */
	const char *line_word; /* the first name on this line */
	const char *pending;   /* an old name without its new one */
} reader;

/* A name as the catalog has it: quotes taken off, or folded. */
static char *unquote(const reader *r, rt_sv text)
{
	char *name = rt_arena_strsv(r->arena, text), *to = name;
	size_t i;
	char close;

	if (text.n > 1 && strchr("\"`[", text.p[0])) {
		close = text.p[0] == '[' ? ']' : text.p[0];
		for (i = 1; i + 1 < text.n; i++) {
			*to++ = text.p[i];
			if (text.p[i] == close && text.p[i + 1] == close)
				i++;
		}
		*to = '\0';
	} else if (r->dialect == RETORT_DIALECT_POSTGRESQL) {
		for (; *to; to++)
			if (*to >= 'A' && *to <= 'Z')
				*to |= 0x20;
	}
	return name;
}

/* How long the name is that a text begins with, quotes and all. */
static size_t name_length(rt_sv text)
{
	size_t n = 0;
	char close;

	if (!text.n || !strchr("\"`[", text.p[0])) {
		while (n < text.n && !strchr(" \t\r\n*", text.p[n]))
			n++;
		return n;
	}
	close = text.p[0] == '[' ? ']' : text.p[0];
	for (n = 1; n < text.n; n++) {
		if (text.p[n] != close)
			continue;
		if (n + 1 == text.n || text.p[n + 1] != close)
			return n + 1;
		n++;
	}
	return 0; /* it does not end */
}

/* The name behind the mark in a comment, or NULL. */
static const char *mark_of(const reader *r, rt_sv comment)
{
	size_t i = 0, n;

	while (i < comment.n &&
	       !rt_sv_starts(rt_sv_sub(comment, i, comment.n), MARK))
		i++;
	if (i == comment.n)
		return NULL;
	comment = rt_sv_trim(rt_sv_sub(comment, i + strlen(MARK), comment.n));
	n = name_length(comment);
	return n ? unquote(r, rt_sv_sub(comment, 0, n)) : NULL;
}

static void add(reader *r, retort_kind kind, const char *to)
{
	retort_rename rename = { kind, "", r->pending, to };

	if (kind == RETORT_KIND_COLUMN)
		rename.table = rt_arena_strdup(r->arena, r->name.p);
	rt_vec_push(r->out, rename);
	r->pending = NULL;
}

static void take_comment(reader *r, rt_sv text)
{
	const char *from = mark_of(r, text);

	if (!from)
		return;
	r->pending = from;
	if (r->depth == 1 && r->words == 3 && r->line_word)
		add(r, RETORT_KIND_COLUMN, r->line_word);
}

static bool is_noise(rt_sv word)
{
	static const char *const words[] = {
		"temp", "temporary", "unlogged", "if", "not", "exists",
		"global", "local", "foreign", "virtual",
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rt_sv_is_nocase(word, words[i]))
			return true;
	return false;
}

static void take_name(reader *r, rt_sv text)
{
	const char *name;

	if (r->depth == 0 && r->words < 2) {
		if (rt_sv_is_nocase(text, r->words ? "table" : "create"))
			r->words++;
		else if (!r->words || !is_noise(text))
			r->words = -1; /* another statement */
		return;
	}
	if (r->depth == 0 && r->words == 2 && !is_noise(text)) {
		rt_str_add(&r->name, unquote(r, text));
		return;
	}
	if (r->depth != 1 || r->words != 3 || r->line_word)
		return;
	name = unquote(r, text);
	r->line_word = name;
	if (r->pending)
		add(r, RETORT_KIND_COLUMN, name);
}

static void take_mark(reader *r, char c)
{
	if (c == '.' && r->depth == 0 && r->words == 2)
		rt_str_clear(&r->name); /* it was the schema */
	if (c == '(' && r->depth++ == 0 && r->words == 2) {
		r->words = 3;
		if (r->pending)
			add(r, RETORT_KIND_TABLE,
			    rt_arena_strdup(r->arena, r->name.p));
	}
	if (c == ')' && r->depth)
		r->depth--;
}

static void end_statement(reader *r)
{
	r->words = 0;
	r->depth = 0;
	r->line_word = NULL;
	rt_str_clear(&r->name);
}

static void take(reader *r, const retort_token *token)
{
	rt_sv text = rt_sv_sub(r->sql, token->offset, token->length);

	switch (token->kind) {
	case RETORT_TOKEN_SPACE:
		if (memchr(text.p, '\n', text.n))
			r->line_word = NULL;
		break;
	case RETORT_TOKEN_COMMENT:
		take_comment(r, text);
		break;
	case RETORT_TOKEN_WORD:
	case RETORT_TOKEN_IDENTIFIER:
		take_name(r, text);
		break;
	case RETORT_TOKEN_PUNCTUATION:
		take_mark(r, text.p[0]);
		break;
	default:
		break;
	}
}

void rt_renames_read(rt_sv sql, retort_dialect dialect, rt_arena *arena,
		     rt_renames *out)
{
	reader r = { .sql = sql, .dialect = dialect, .arena = arena,
		     .out = out, .name = RT_STR_INIT };
	retort_token token;
	rt_sql_scan scan;

	rt_sql_scan_begin(&scan, sql, 0, dialect);
	while (rt_sql_scan_next(&scan, &token)) {
		take(&r, &token);
		if (scan.ended)
			end_statement(&r);
	}
	rt_str_free(&r.name);
}

/* --- what is still to be done --- */

static size_t find_top(const retort_schema *s, retort_kind kind,
		       const char *name)
{
	size_t at = 0, i;

	while ((i = rt_schema_next(s, RT_NO_OBJECT, kind, &at)) != RT_NO_OBJECT)
		if (!strcmp(s->v[i].name, name))
			return i;
	return RT_NO_OBJECT;
}

static bool has(const retort_schema *s, const retort_rename *r,
		const char *table, const char *name)
{
	size_t i;

	if (r->kind == RETORT_KIND_TABLE)
		return find_top(s, RETORT_KIND_TABLE, name) != RT_NO_OBJECT;
	i = find_top(s, RETORT_KIND_TABLE, table);
	return i != RT_NO_OBJECT &&
	       rt_schema_child(s, i, RETORT_KIND_COLUMN, name) != RT_NO_OBJECT;
}

/* What a table is called before the renames are done. */
static const char *old_name(const rt_renames *renames, const char *table)
{
	size_t i;

	for (i = 0; i < renames->n; i++)
		if (renames->v[i].kind == RETORT_KIND_TABLE &&
		    !strcmp(renames->v[i].to, table))
			return renames->v[i].from;
	return table;
}

void rt_renames_keep(rt_renames *renames, const retort_schema *before,
		     const retort_schema *after)
{
	rt_renames kept = RT_VEC_INIT;
	int columns;
	size_t i;

	/* Tables first: a column is looked for in its table's old name. */
	for (columns = 0; columns <= 1; columns++)
		for (i = 0; i < renames->n; i++) {
			const retort_rename *r = &renames->v[i];
			const char *old = old_name(&kept, r->table);

			if ((r->kind == RETORT_KIND_COLUMN) != columns ||
			    !has(before, r, old, r->from) ||
			    has(before, r, old, r->to) ||
			    !has(after, r, r->table, r->to))
				continue;
			rt_vec_push(&kept, *r);
		}
	rt_vec_free(renames);
	renames->v = kept.v;
	renames->n = kept.n;
	renames->cap = kept.cap;
}

/* --- what looks like one --- */

static bool same_values(const rt_object *a, const rt_object *b)
{
	size_t i;

	if (a->n_values != b->n_values)
		return false;
	for (i = 0; i < a->n_values; i++)
		if (a->values[i].property != b->values[i].property ||
		    strcmp(a->values[i].text, b->values[i].text))
			return false;
	return true;
}

/* Tables with the same columns in the same order. */
static bool same_columns(const retort_diff *diff, size_t before, size_t after)
{
	size_t i, j, at = 0, bt = 0;

	for (;;) {
		i = rt_schema_next(diff->before, before, RETORT_KIND_COLUMN,
				   &at);
		j = rt_schema_next(diff->after, after, RETORT_KIND_COLUMN, &bt);
		if (i == RT_NO_OBJECT || j == RT_NO_OBJECT)
			return i == j;
		if (strcmp(diff->before->v[i].name, diff->after->v[j].name) ||
		    !same_values(&diff->before->v[i], &diff->after->v[j]))
			return false;
	}
}

/* Whether a removed object may be an added one. */
static bool alike(const retort_diff *diff, const rt_delta *removed,
		  const rt_delta *added)
{
	const rt_object *a = &diff->before->v[removed->before];
	const rt_object *b = &diff->after->v[added->after];

	if (a->kind != b->kind)
		return false;
	if (a->kind == RETORT_KIND_TABLE)
		return !strcmp(a->schema, b->schema) &&
		       same_columns(diff, removed->before, added->after);
	return a->kind == RETORT_KIND_COLUMN &&
	       diff->after_of[a->parent] == b->parent && same_values(a, b);
}

/* The only delta of the other direction that is like this one, or NULL. */
static const rt_delta *only_like(const retort_diff *diff, const rt_delta *d)
{
	bool removed = d->after == RT_NO_OBJECT;
	const rt_delta *found = NULL;
	size_t i;

	for (i = 0; i < diff->n; i++) {
		const rt_delta *other = &diff->v[i];

		if (removed ? other->before != RT_NO_OBJECT
			    : other->after != RT_NO_OBJECT)
			continue;
		if (!(removed ? alike(diff, d, other) : alike(diff, other, d)))
			continue;
		if (found)
			return NULL;
		found = other;
	}
	return found;
}

void rt_renames_suggest(const retort_diff *diff, rt_arena *arena,
			rt_renames *out)
{
	size_t i;

	for (i = 0; i < diff->n; i++) {
		const rt_delta *removed = &diff->v[i], *added;
		const rt_object *a, *b;
		retort_rename r = { 0 };

		if (removed->after != RT_NO_OBJECT)
			continue;
		added = only_like(diff, removed);
		if (!added || only_like(diff, added) != removed)
			continue;
		a = &diff->before->v[removed->before];
		b = &diff->after->v[added->after];
		r.kind = a->kind;
		r.table = b->parent == RT_NO_OBJECT
				  ? ""
				  : rt_arena_strdup(arena,
						    diff->after->v[b->parent]
							    .name);
		r.from = rt_arena_strdup(arena, a->name);
		r.to = rt_arena_strdup(arena, b->name);
		rt_vec_push(out, r);
	}
}
