/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "text/sqlread.h"

#include <string.h>

#include "text/sqlwords.h"

/* --- words --------------------------------------------------------------- */

void rt_words_read(rt_sv sql, retort_dialect dialect, rt_words *out)
{
	retort_token token;
	size_t at = 0;

	while (retort_sql_next(sql.p, sql.n, dialect, &at, &token))
		if (token.kind != RETORT_TOKEN_SPACE &&
		    token.kind != RETORT_TOKEN_COMMENT)
			rt_vec_push(out, (rt_word){ token.kind,
						    rt_sv_sub(sql,
							      token.offset,
							      token.length) });
}

static const rt_word *word_at(const rt_reader *r, size_t ahead)
{
	return r->at + ahead < r->n ? &r->v[r->at + ahead] : NULL;
}

bool rt_reader_sees(const rt_reader *r, size_t ahead, const char *word)
{
	const rt_word *w = word_at(r, ahead);

	return w && w->kind == RETORT_TOKEN_WORD &&
	       rt_sv_is_nocase(w->text, word);
}

bool rt_reader_mark(const rt_reader *r, size_t ahead, char mark)
{
	const rt_word *w = word_at(r, ahead);

	return w && w->text.n == 1 && w->text.p[0] == mark &&
	       (w->kind == RETORT_TOKEN_PUNCTUATION ||
		w->kind == RETORT_TOKEN_OPERATOR);
}

bool rt_reader_skip(rt_reader *r, const char *word)
{
	bool here = rt_reader_sees(r, 0, word);

	r->at += here;
	return here;
}

bool rt_reader_skip_mark(rt_reader *r, char mark)
{
	bool here = rt_reader_mark(r, 0, mark);

	r->at += here;
	return here;
}

bool rt_reader_skip_if(rt_reader *r)
{
	if (!rt_reader_skip(r, "if"))
		return false;
	rt_reader_skip(r, "not");
	rt_reader_skip(r, "exists");
	return true;
}

/* --- names --------------------------------------------------------------- */

static bool is_any_name(const rt_word *w)
{
	return w && (w->kind == RETORT_TOKEN_WORD ||
		     w->kind == RETORT_TOKEN_IDENTIFIER);
}

/* SQLite takes most keywords as names; PostgreSQL's reserved words are those
 * that no query can do without. */
bool rt_reader_name_here(const rt_reader *r, size_t ahead)
{
	const rt_word *w = word_at(r, ahead);

	return is_any_name(w) &&
	       (w->kind == RETORT_TOKEN_IDENTIFIER ||
		!rt_sql_is_reserved(w->text, RETORT_DIALECT_POSTGRESQL));
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

const char *rt_reader_part(rt_reader *r)
{
	const rt_word *w = word_at(r, 0);
	bool quoted, keeps;
	rt_sv text;
	char *out, quote;
	size_t i, n = 0;

	if (!is_any_name(w))
		return NULL;
	quoted = w->kind == RETORT_TOKEN_IDENTIFIER;
	keeps = quoted && r->dialect == RETORT_DIALECT_POSTGRESQL;
	text = w->text;
	quote = text.p[0];
	if (quoted && text.n >= 2)
		text = rt_sv_sub(text, 1, text.n - 2);
	out = rt_arena_alloc(r->arena, text.n + 1);
	for (i = 0; i < text.n; i++) {
		if (quoted && quote != '[' && text.p[i] == quote &&
		    i + 1 < text.n && text.p[i + 1] == quote)
			i++;
		out[n++] = keeps ? text.p[i] : lower(text.p[i]);
	}
	out[n] = '\0';
	r->at++;
	return out;
}

static bool is_default_schema(const rt_reader *r, const char *schema)
{
	return (r->dialect != RETORT_DIALECT_SQLITE &&
		!strcmp(schema, "public")) ||
	       (r->dialect != RETORT_DIALECT_POSTGRESQL &&
		!strcmp(schema, "main"));
}

const char *rt_reader_name(rt_reader *r)
{
	const char *name = rt_reader_part(r), *part;

	while (name && rt_reader_mark(r, 0, '.')) {
		r->at++;
		part = rt_reader_part(r);
		if (!part)
			break;
		name = is_default_schema(r, name)
			       ? part
			       : rt_arena_strf(r->arena, "%s.%s", name, part);
	}
	return name;
}

/* --- places -------------------------------------------------------------- */

size_t rt_reader_close(const rt_reader *r, size_t at)
{
	rt_reader p = *r;
	size_t depth = 0;

	for (p.at = at; p.at < p.n; p.at++) {
		if (rt_reader_mark(&p, 0, '('))
			depth++;
		else if (rt_reader_mark(&p, 0, ')') && !--depth)
			return p.at + 1;
	}
	return p.n;
}

size_t rt_reader_find(const rt_reader *r, const char *const *words)
{
	rt_reader p = *r;
	size_t i;

	while (p.at < p.n) {
		for (i = 0; words[i]; i++)
			if (rt_reader_sees(&p, 0, words[i]))
				return p.at;
		p.at = rt_reader_mark(&p, 0, '(') ? rt_reader_close(&p, p.at)
						  : p.at + 1;
	}
	return p.n;
}

size_t rt_reader_item(const rt_reader *r)
{
	rt_reader p = *r;

	while (p.at < p.n && !rt_reader_mark(&p, 0, ','))
		p.at = rt_reader_mark(&p, 0, '(') ? rt_reader_close(&p, p.at)
						  : p.at + 1;
	return p.at;
}

rt_reader rt_reader_range(const rt_reader *r, size_t from, size_t to)
{
	rt_reader part = *r;

	part.at = from < to ? from : to;
	part.n = to < r->n ? to : r->n;
	return part;
}

/* --- touches ------------------------------------------------------------- */

static void use_schema(rt_reader *r, const char *name)
{
	const char *dot = strchr(name, '.');
	rt_touch use = { .verb = RT_TOUCH_USE,
			 .space = RT_TOUCH_SPACE_SCHEMA,
			 .kind = "schema",
			 .part = "",
			 .arity = -1 };

	if (!dot)
		return;
	use.name = rt_arena_strsv(r->arena,
				  (rt_sv){ name, (size_t)(dot - name) });
	rt_vec_push(r->out, use);
}

rt_touch *rt_reader_touch(rt_reader *r, rt_touch_verb verb,
			  rt_touch_space space, const char *kind,
			  const char *name, const char *part)
{
	rt_touch touch = { .verb = r->deferred ? RT_TOUCH_USE : verb,
			   .space = space,
			   .kind = kind,
			   .name = name,
			   .part = part,
			   .arity = -1 };

	if (space == RT_TOUCH_SPACE_RELATION || space == RT_TOUCH_SPACE_TYPE ||
	    space == RT_TOUCH_SPACE_FUNCTION)
		use_schema(r, name);
	rt_vec_push(r->out, touch);
	return &r->out->v[r->out->n - 1];
}

rt_touch *rt_reader_table(rt_reader *r, rt_touch_verb verb, const char *name,
			  const char *part)
{
	return rt_reader_touch(r, verb, RT_TOUCH_SPACE_RELATION, "table",
			       name, part);
}

const char *rt_touch_word(rt_touch_verb verb)
{
	static const char *const words[] = {
#define WORD(name, word) word,
		RT_TOUCHES(WORD)
#undef WORD
	};

	return words[verb];
}
