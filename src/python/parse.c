/* SPDX-License-Identifier: MIT */
/*
 * The parser's ground: tokens, nodes, lists, and what becomes of a statement
 * that cannot be read.
 */
#include "config.h"

#include "python/parse.h"

#include <string.h>

#include "python/parse_impl.h"

void rt_py_take(rt_py_parser *p)
{
	p->last = p->tok.kind;
	p->last_end = p->tok.end;
	p->n_taken++;
	if (p->tok.kind == RT_PY_T_INDENT)
		p->level++;
	else if (p->tok.kind == RT_PY_T_DEDENT)
		p->level--;
	rt_py_lexer_next(&p->lx, &p->tok);
}

bool rt_py_at_op(const rt_py_parser *p, unsigned op)
{
	return p->tok.kind == RT_PY_T_OP && p->tok.op == op;
}

bool rt_py_at_word(const rt_py_parser *p, rt_py_keyword keyword)
{
	return p->tok.kind == RT_PY_T_NAME && p->tok.keyword == keyword;
}

bool rt_py_accept_op(rt_py_parser *p, unsigned op)
{
	if (!rt_py_at_op(p, op))
		return false;
	rt_py_take(p);
	return true;
}

bool rt_py_accept_word(rt_py_parser *p, rt_py_keyword keyword)
{
	if (!rt_py_at_word(p, keyword))
		return false;
	rt_py_take(p);
	return true;
}

bool rt_py_expect_op(rt_py_parser *p, unsigned op, const char *reason)
{
	if (!rt_py_accept_op(p, op))
		rt_py_fail(p, reason);
	return p->reason == NULL;
}

bool rt_py_expect_word(rt_py_parser *p, rt_py_keyword keyword,
		       const char *reason)
{
	if (!rt_py_accept_word(p, keyword))
		rt_py_fail(p, reason);
	return p->reason == NULL;
}

rt_sv rt_py_token_text(const rt_py_parser *p)
{
	return (rt_sv){ p->src.text.p + p->tok.start,
			p->tok.end - p->tok.start };
}

bool rt_py_expect_name(rt_py_parser *p, rt_sv *name)
{
	if (p->tok.kind != RT_PY_T_NAME || p->tok.keyword) {
		rt_py_fail(p, "a name is missing");
		return false;
	}
	*name = rt_py_token_text(p);
	rt_py_take(p);
	return true;
}

void *rt_py_fail(rt_py_parser *p, const char *reason)
{
	if (!p->reason) {
		p->reason = p->tok.kind == RT_PY_T_ERROR ? p->tok.reason :
			reason;
		p->line = p->tok.line;
		p->column = p->tok.column;
	}
	return NULL;
}

void rt_py_push(rt_py_parser *p, const void *element, size_t size)
{
	rt_str_addn(&p->stack, element, size);
}

void *rt_py_collect(rt_py_parser *p, size_t mark, size_t size, size_t *n)
{
	size_t bytes = p->stack.n - mark;
	void *v = rt_arena_alloc(p->arena, bytes);

	*n = bytes / size;
	if (bytes)
		memcpy(v, p->stack.p + mark, bytes);
	rt_str_truncate(&p->stack, mark);
	return v;
}

rt_py_list rt_py_collect_list(rt_py_parser *p, size_t mark)
{
	rt_py_list list;

	list.v = rt_py_collect(p, mark, sizeof(*list.v), &list.n);
	return list;
}

rt_py_span rt_py_here(const rt_py_parser *p)
{
	return (rt_py_span){ p->tok.start, p->tok.end, p->tok.line,
			     p->tok.column, p->src.file };
}

rt_py_expr *rt_py_new(rt_py_parser *p, rt_py_expr_kind kind, rt_py_span from)
{
	rt_py_expr *e = rt_arena_calloc(p->arena, 1, sizeof(*e));

	e->kind = kind;
	e->height = 1;
	e->span = from;
	return e;
}

void rt_py_adopt(rt_py_expr *e, const rt_py_expr *child)
{
	if (child && child->height >= e->height)
		e->height = child->height + 1;
}

void rt_py_adopt_list(rt_py_expr *e, const rt_py_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		rt_py_adopt(e, list->v[i]);
}

rt_py_expr *rt_py_done(rt_py_parser *p, rt_py_expr *e)
{
	e->span.end = p->last_end;
	if (e->height > RT_PY_MAX_DEPTH)
		rt_py_fail(p, "an expression that is nested too deep");
	return p->reason ? NULL : e;
}

rt_py_expr *rt_py_leaf(rt_py_parser *p, rt_py_expr_kind kind)
{
	rt_py_expr *e = rt_py_new(p, kind, rt_py_here(p));

	rt_py_take(p);
	return e;
}

bool rt_py_enter(rt_py_parser *p)
{
	if (p->depth >= RT_PY_MAX_DEPTH) {
		rt_py_fail(p, "an expression that is nested too deep");
		return false;
	}
	p->depth++;
	return true;
}

rt_py_stmt *rt_py_new_stmt(rt_py_parser *p, rt_py_stmt_kind kind,
			   rt_py_span from)
{
	rt_py_stmt *s = rt_arena_calloc(p->arena, 1, sizeof(*s));

	s->kind = kind;
	s->span = from;
	return s;
}

void rt_py_push_stmt(rt_py_parser *p, rt_py_stmt *s)
{
	s->span.end = p->last_end;
	rt_py_push(p, &s, sizeof(s));
}

rt_py_block rt_py_collect_block(rt_py_parser *p, size_t mark)
{
	rt_py_block block;

	block.v = rt_py_collect(p, mark, sizeof(*block.v), &block.n);
	return block;
}

/* What a statement is that begins with a word which is a name to Python 3,
 * or was a statement to Python 2. */
static const struct soft_word {
	const char *word, *reason;
} soft_words[] = {
	{ "match", "a match statement" },
	{ "type", "a type statement" },
	{ "print", "a print statement of Python 2" },
	{ "exec", "an exec statement of Python 2" },
};

static const char *reason_for(const rt_py_parser *p, rt_sv word)
{
	size_t i;

	for (i = 0; i < sizeof(soft_words) / sizeof(soft_words[0]); i++)
		if (rt_sv_is(word, soft_words[i].word))
			return soft_words[i].reason;
	return p->reason;
}

/* Whether the next line goes on with the statement above it. */
static bool continues(const rt_py_parser *p)
{
	return rt_py_at_word(p, RT_PY_K_ELIF) ||
	       rt_py_at_word(p, RT_PY_K_ELSE) ||
	       rt_py_at_word(p, RT_PY_K_EXCEPT) ||
	       rt_py_at_word(p, RT_PY_K_FINALLY);
}

/* To the end of a statement that began at `level`, with what is indented
 * under it. */
static void skip_statement(rt_py_parser *p, size_t level, size_t began)
{
	bool at_start;

	while (p->tok.kind != RT_PY_T_END) {
		at_start = p->level == level && p->n_taken > began &&
			   (p->last == RT_PY_T_NEWLINE ||
			    p->last == RT_PY_T_DEDENT);
		if (at_start && p->tok.kind != RT_PY_T_INDENT && !continues(p))
			return;
		if (p->level == level && p->tok.kind == RT_PY_T_DEDENT)
			return;
		rt_py_take(p);
	}
}

static void recover(rt_py_parser *p, rt_py_span from, rt_sv word,
		    size_t level, size_t began, size_t mark)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_OPAQUE, from);

	s->u.opaque.reason = reason_for(p, word);
	s->u.opaque.line = p->line;
	s->u.opaque.column = p->column;
	p->reason = NULL;
	rt_str_clear(&p->text);
	rt_str_truncate(&p->stack, mark);
	skip_statement(p, level, began);
	rt_py_push_stmt(p, s);
	if (!p->module->n_opaque++)
		p->module->opaque = s;
}

/* A statement of one logical line or more, or several simple ones. */
void rt_py_statement(rt_py_parser *p)
{
	rt_py_span from = rt_py_here(p);
	rt_sv word = rt_py_token_text(p);
	size_t level = p->level, began = p->n_taken, mark = p->stack.n;
	size_t depth = p->depth;
	bool yields = p->yields, compound = false;

	rt_py_compound(p, &compound);
	if (!compound && !p->reason)
		rt_py_simple_line(p);
	if (p->reason) {
		p->depth = depth;
		p->yields = yields;
		recover(p, from, word, level, began, mark);
	}
}

rt_py_module *rt_py_parse(rt_arena *arena, const rt_py_source *src)
{
	return rt_py_parse_outline(arena, src, false);
}

rt_py_module *rt_py_parse_outline(rt_arena *arena, const rt_py_source *src,
				  bool outline)
{
	rt_py_parser p;

	memset(&p, 0, sizeof(p));
	p.arena = arena;
	p.src = *src;
	p.outline = outline;
	p.stack = p.text = (rt_str)RT_STR_INIT;
	p.module = rt_arena_calloc(arena, 1, sizeof(*p.module));
	rt_py_lexer_begin(&p.lx, src);
	rt_py_lexer_next(&p.lx, &p.tok);
	while (p.tok.kind != RT_PY_T_END)
		rt_py_statement(&p);
	p.module->body = rt_py_collect_block(&p, 0);
	rt_str_free(&p.stack);
	rt_str_free(&p.text);
	return p.module;
}

const rt_py_expr *rt_py_docstring(const rt_py_block *body)
{
	const rt_py_expr *e;

	if (body->n == 0 || body->v[0]->kind != RT_PY_EXPR)
		return NULL;
	e = body->v[0]->u.value;
	return e->kind == RT_PY_STRING && !e->u.string.is_bytes ? e : NULL;
}
