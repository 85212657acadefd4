/* SPDX-License-Identifier: MIT */
/*
 * Reading PostgreSQL's catalog: what the text of a function's body names.
 *
 * The server keeps no record of it, but looks when the function is made: a
 * body in SQL must find its tables, views and functions there, one in
 * PL/pgSQL the tables and columns that %TYPE and %ROWTYPE name.  A name that
 * is something else after all does no harm: it makes an order a little
 * stricter.
 */
#include "config.h"

#include <retort/sql.h>

#include <string.h>

#include "db/inspect_postgres.h"

/* The last tokens but for space, the newest first. */
enum { KEPT = 5 };

typedef struct body {
	rt_pg_reader *r;
	size_t function;
	rt_sv text;
	bool sql;
	retort_token last[KEPT];
} body;

static rt_sv token_text(const body *b, size_t i)
{
	return rt_sv_sub(b->text, b->last[i].offset, b->last[i].length);
}

static bool is_word(const body *b, size_t i)
{
	return b->last[i].kind == RETORT_TOKEN_WORD ||
	       b->last[i].kind == RETORT_TOKEN_IDENTIFIER;
}

static bool is_text(const body *b, size_t i, const char *text)
{
	return rt_sv_is_nocase(token_text(b, i), text);
}

/* The name that the server makes of a token. */
static void add_folded(const body *b, size_t i, rt_str *out)
{
	rt_sv t = token_text(b, i);
	size_t k;

	if (b->last[i].kind == RETORT_TOKEN_IDENTIFIER && t.n > 2) {
		rt_str_addsv(out, rt_sv_sub(t, 1, t.n - 2));
		return;
	}
	for (k = 0; k < t.n; k++)
		rt_str_addc(out, t.p[k] >= 'A' && t.p[k] <= 'Z' ?
					 (char)(t.p[k] - 'A' + 'a') : t.p[k]);
}

/* "schema.name" of the token i and what stands before it. */
static void need_named(const body *b, size_t i, bool function)
{
	bool qualified = i + 2 < KEPT && is_text(b, i + 1, ".") &&
			 is_word(b, i + 2);
	rt_str key = RT_STR_INIT;
	rt_map_entry *found;

	rt_str_add(&key, function ? "()" : "");
	if (qualified)
		add_folded(b, i + 2, &key);
	else
		rt_str_add(&key, "public");
	rt_str_addc(&key, '.');
	add_folded(b, i, &key);
	found = rt_map_find(&b->r->names, rt_str_sv(&key));
	if (found)
		rt_schema_need(b->r->builder, b->function, found->value);
	rt_str_free(&key);
}

/* Whether a table's name may stand behind this token. */
static bool leads_to_table(const body *b, size_t i)
{
	static const char *const words[] = { "from", "join", "into", "update",
					     "using", "only", "," };
	size_t k;

	for (k = 0; i < KEPT && k < sizeof(words) / sizeof(words[0]); k++)
		if (is_text(b, i, words[k]))
			return true;
	return false;
}

/* The newest token ends something that may be a name. */
static void look(const body *b)
{
	size_t start;

	if (b->sql && is_text(b, 0, "(") && is_word(b, 1))
		need_named(b, 1, true);
	if (b->sql && is_word(b, 1) && !is_text(b, 0, ".")) {
		start = is_text(b, 2, ".") ? 3 : 1;
		if (leads_to_table(b, start + 1))
			need_named(b, 1, false);
	}
	if (!b->sql && is_text(b, 0, "rowtype") && is_text(b, 1, "%"))
		need_named(b, 2, false);
	if (!b->sql && is_text(b, 0, "type") && is_text(b, 1, "%") &&
	    is_text(b, 3, "."))
		need_named(b, 4, false);
}

static void push(body *b, retort_token token)
{
	memmove(b->last + 1, b->last, (KEPT - 1) * sizeof(b->last[0]));
	b->last[0] = token;
	look(b);
}

RT_PG_ROW(rt_pg_row_body)
{
	body b = { .r = r };
	retort_token end = { RETORT_TOKEN_PUNCTUATION, 0, 0 }, token;
	size_t offset = 0;

	(void)catalog;
	b.function = rt_pg_find(r, RT_PG_PROC, cells[0], "0");
	if (b.function == RT_NO_OBJECT)
		return;
	b.sql = !strcmp(cells[1], "sql");
	b.text = rt_sv_from(cells[2]);
	while (retort_sql_next(b.text.p, b.text.n, RETORT_DIALECT_POSTGRESQL,
			       &offset, &token))
		if (token.kind != RETORT_TOKEN_SPACE &&
		    token.kind != RETORT_TOKEN_COMMENT)
			push(&b, token);
	push(&b, end);
}
