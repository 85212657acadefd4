/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "schema/sqlite_lex.h"

#include <string.h>

static bool is_idle(const retort_token *t)
{
	return t->kind == RETORT_TOKEN_SPACE || t->kind == RETORT_TOKEN_COMMENT;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 0x20) : c;
}

/* --- the cursor ---------------------------------------------------------- */

void rt_sqlite_begin(rt_sqlite_cursor *c, rt_sv text)
{
	*c = (rt_sqlite_cursor){ .text = text };
	rt_sqlite_next(c);
}

void rt_sqlite_next(rt_sqlite_cursor *c)
{
	c->before = c->token.offset + c->token.length;
	while (retort_sql_next(c->text.p, c->text.n, RETORT_DIALECT_SQLITE,
			       &c->at, &c->token))
		if (!is_idle(&c->token))
			return;
	c->token = (retort_token){ .offset = c->text.n };
}

rt_sv rt_sqlite_text(const rt_sqlite_cursor *c)
{
	return rt_sv_sub(c->text, c->token.offset, c->token.length);
}

bool rt_sqlite_is(const rt_sqlite_cursor *c, const char *word)
{
	return c->token.length && c->token.kind == RETORT_TOKEN_WORD &&
	       rt_sv_is_nocase(rt_sqlite_text(c), word);
}

bool rt_sqlite_is_mark(const rt_sqlite_cursor *c, char mark)
{
	return c->token.length == 1 &&
	       c->token.kind == RETORT_TOKEN_PUNCTUATION &&
	       c->text.p[c->token.offset] == mark;
}

bool rt_sqlite_skip(rt_sqlite_cursor *c, const char *word)
{
	if (!rt_sqlite_is(c, word))
		return false;
	rt_sqlite_next(c);
	return true;
}

bool rt_sqlite_skip_mark(rt_sqlite_cursor *c, char mark)
{
	if (!rt_sqlite_is_mark(c, mark))
		return false;
	rt_sqlite_next(c);
	return true;
}

bool rt_sqlite_is_name(const rt_sqlite_cursor *c)
{
	return c->token.length &&
	       (c->token.kind == RETORT_TOKEN_WORD ||
		c->token.kind == RETORT_TOKEN_IDENTIFIER ||
		c->token.kind == RETORT_TOKEN_STRING);
}

void rt_sqlite_unquote(rt_str *out, rt_sv name)
{
	char open = name.n ? name.p[0] : '\0', close = open;
	size_t i;

	if (open == '[')
		close = ']';
	if (name.n < 2 || !strchr("\"'`[", open) ||
	    name.p[name.n - 1] != close) {
		rt_str_addsv(out, name);
		return;
	}
	for (i = 1; i < name.n - 1; i++) {
		if (name.p[i] == close && open != '[')
			i++;
		rt_str_addc(out, name.p[i]);
	}
}

const char *rt_sqlite_name(rt_sqlite_cursor *c, rt_arena *arena)
{
	rt_str name = RT_STR_INIT;
	const char *kept;

	if (rt_sqlite_is_name(c)) {
		rt_sqlite_unquote(&name, rt_sqlite_text(c));
		rt_sqlite_next(c);
	}
	kept = rt_arena_strsv(arena, rt_str_sv(&name));
	rt_str_free(&name);
	return kept;
}

rt_sv rt_sqlite_group(rt_sqlite_cursor *c)
{
	size_t start = c->at, depth = 0;
	rt_sv inner;

	if (!rt_sqlite_is_mark(c, '('))
		return (rt_sv){ NULL, 0 };
	do {
		if (rt_sqlite_is_mark(c, '('))
			depth++;
		else if (rt_sqlite_is_mark(c, ')') && --depth == 0)
			break;
		rt_sqlite_next(c);
	} while (c->token.length);
	inner = rt_sv_sub(c->text, start, c->token.offset - start);
	rt_sqlite_next(c);
	return rt_sv_trim(inner);
}

rt_sv rt_sqlite_rest(const rt_sqlite_cursor *c)
{
	rt_sqlite_cursor last = *c;
	size_t end = c->token.offset;

	while (last.token.length) {
		end = last.token.offset + last.token.length;
		rt_sqlite_next(&last);
	}
	return rt_sv_sub(c->text, c->token.offset, end - c->token.offset);
}

bool rt_sqlite_piece(rt_sv *rest, rt_sv *piece)
{
	rt_sqlite_cursor c;
	size_t start;

	if (!rest->p)
		return false;
	rt_sqlite_begin(&c, *rest);
	start = c.token.offset;
	while (c.token.length && !rt_sqlite_is_mark(&c, ','))
		if (rt_sqlite_is_mark(&c, '('))
			(void)rt_sqlite_group(&c);
		else
			rt_sqlite_next(&c);
	*piece = rt_sv_sub(*rest, start, c.before > start ? c.before - start
							  : 0);
	if (c.token.length)
		*rest = rt_sv_sub(*rest, c.at, rest->n);
	else
		rest->p = NULL;
	return true;
}

/* --- names --------------------------------------------------------------- */

void rt_sqlite_names_free(rt_sqlite_names *names)
{
	rt_map_free(&names->map);
	rt_vec_free(&names->as);
	rt_arena_free(&names->arena);
}

static char *fold(rt_arena *arena, rt_sv name)
{
	char *text = rt_arena_strsv(arena, name);
	size_t i;

	for (i = 0; i < name.n; i++)
		text[i] = lower(text[i]);
	return text;
}

void rt_sqlite_names_add(rt_sqlite_names *names, const char *name)
{
	rt_sv key = { NULL, strlen(name) };

	key.p = fold(&names->arena, rt_sv_from(name));
	if (rt_map_add(&names->map, key, names->as.n))
		rt_vec_push(&names->as, rt_arena_strdup(&names->arena, name));
}

const char *rt_sqlite_names_find(const rt_sqlite_names *names, rt_sv name)
{
	rt_str key = RT_STR_INIT;
	rt_map_entry *found;
	size_t i;

	if (!names || !names->map.n)
		return NULL;
	rt_str_addsv(&key, name);
	for (i = 0; i < key.n; i++)
		key.p[i] = lower(key.p[i]);
	found = rt_map_find(&names->map, rt_str_sv(&key));
	rt_str_free(&key);
	return found ? names->as.v[found->value] : NULL;
}

/* --- types --------------------------------------------------------------- */

void rt_sqlite_normal_type(rt_str *out, rt_sv text)
{
	rt_sqlite_cursor c;
	bool glue = true, sign = false; /* no space before the next */

	for (rt_sqlite_begin(&c, text); c.token.length; rt_sqlite_next(&c)) {
		rt_sv token = rt_sqlite_text(&c);
		bool plain = c.token.kind == RETORT_TOKEN_WORD;
		bool mark = c.token.kind == RETORT_TOKEN_PUNCTUATION;
		size_t i;

		/* Two signs in a row would begin a comment. */
		if ((!glue && !mark) ||
		    (sign && c.token.kind == RETORT_TOKEN_OPERATOR))
			rt_str_addc(out, ' ');
		for (i = 0; i < token.n; i++)
			rt_str_addc(out, plain ? upper(token.p[i])
					       : token.p[i]);
		sign = c.token.kind == RETORT_TOKEN_OPERATOR;
		glue = sign || (mark && token.p[0] != ')');
	}
}
