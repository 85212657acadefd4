/* SPDX-License-Identifier: MIT */
/* Statements that have others indented under them. */
#include "config.h"

#include "python/parse_impl.h"

/* Behind the `:`: what is indented, or the rest of the line. */
static bool block_of(rt_py_parser *p, rt_py_block *block)
{
	size_t mark;

	if (!rt_py_expect_op(p, ':', "`:` is missing"))
		return false;
	mark = p->stack.n;
	if (p->tok.kind != RT_PY_T_NEWLINE) {
		if (!rt_py_simple_line(p))
			return false;
		*block = rt_py_collect_block(p, mark);
		return true;
	}
	rt_py_take(p);
	if (p->tok.kind != RT_PY_T_INDENT) {
		rt_py_fail(p, "an indented block is missing");
		return false;
	}
	rt_py_take(p);
	while (p->tok.kind != RT_PY_T_DEDENT && p->tok.kind != RT_PY_T_END)
		rt_py_statement(p);
	if (p->tok.kind == RT_PY_T_DEDENT)
		rt_py_take(p);
	*block = rt_py_collect_block(p, mark);
	return true;
}

/* `else:` or `finally:`, if it is there. */
static bool optional_block(rt_py_parser *p, rt_py_keyword word,
			   rt_py_block *block)
{
	return !rt_py_accept_word(p, word) || block_of(p, block);
}

static rt_py_stmt *if_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_IF, from);
	size_t mark = p->stack.n;
	rt_py_arm arm = { NULL, { NULL, 0 } };

	do {
		rt_py_take(p);
		arm.test = rt_py_named(p);
		if (!arm.test || !block_of(p, &arm.body))
			return NULL;
		rt_py_push(p, &arm, sizeof(arm));
	} while (rt_py_at_word(p, RT_PY_K_ELIF));
	s->u.branch.arms = rt_py_collect(p, mark, sizeof(arm),
					 &s->u.branch.n);
	return optional_block(p, RT_PY_K_ELSE, &s->u.branch.orelse) ? s :
		NULL;
}

static rt_py_stmt *while_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_WHILE, from);

	rt_py_take(p);
	s->u.loop.test = rt_py_named(p);
	if (!s->u.loop.test || !block_of(p, &s->u.loop.body))
		return NULL;
	return optional_block(p, RT_PY_K_ELSE, &s->u.loop.orelse) ? s : NULL;
}

static rt_py_stmt *for_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_FOR, from);

	rt_py_take(p);
	s->u.loop.target = rt_py_targets(p);
	if (!s->u.loop.target ||
	    !rt_py_expect_word(p, RT_PY_K_IN, "`in` is missing"))
		return NULL;
	s->u.loop.iter = rt_py_tuple(p);
	if (!s->u.loop.iter || !block_of(p, &s->u.loop.body))
		return NULL;
	return optional_block(p, RT_PY_K_ELSE, &s->u.loop.orelse) ? s : NULL;
}

/* The items of a with, up to its `:` or up to `)` in brackets. */
static bool with_items(rt_py_parser *p, rt_py_stmt *s, bool brackets)
{
	size_t mark = p->stack.n;
	rt_py_item item;

	do {
		if (brackets && rt_py_at_op(p, ')'))
			break;
		item = (rt_py_item){ rt_py_expression(p), NULL };
		if (item.value && rt_py_accept_word(p, RT_PY_K_AS)) {
			item.target = rt_py_at_op(p, '(') ||
				rt_py_at_op(p, '[') ? rt_py_atom(p) :
				rt_py_primary(p);
			if (!item.target)
				return false;
		}
		if (!item.value)
			return false;
		rt_py_push(p, &item, sizeof(item));
	} while (rt_py_accept_op(p, ','));
	if (brackets && (!rt_py_accept_op(p, ')') || !rt_py_at_op(p, ':')))
		return false;
	s->u.with.items = rt_py_collect(p, mark, sizeof(item), &s->u.with.n);
	return true;
}

/* `with (a as b, c as d):` cannot be told from `with (a).b:` by its start:
 * where the one fails, back to it and read the other. */
static bool with_brackets(rt_py_parser *p, rt_py_stmt *s)
{
	rt_py_parser saved;
	size_t mark = p->stack.n;
	rt_str stack;

	if (!rt_py_at_op(p, '('))
		return false;
	saved = *p;
	rt_py_take(p);
	if (with_items(p, s, true) && !p->reason)
		return true;
	stack = p->stack;
	saved.text = p->text;
	*p = saved;
	p->stack = stack;
	rt_str_truncate(&p->stack, mark);
	rt_str_clear(&p->text);
	return false;
}

static rt_py_stmt *with_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_WITH, from);

	rt_py_take(p);
	if (!with_brackets(p, s) && !with_items(p, s, false))
		return NULL;
	return block_of(p, &s->u.with.body) ? s : NULL;
}

/* In an outline: from behind the name to the next statement. */
static void pass_over(rt_py_parser *p)
{
	rt_py_lexer_skip_block(&p->lx);
	rt_py_take(p);
	p->last = RT_PY_T_NEWLINE;
}

static bool passes_over(const rt_py_parser *p)
{
	return p->outline && p->level == 0;
}

static rt_py_stmt *def_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_DEF, from);
	bool yields = p->yields;

	rt_py_take(p);
	if (!rt_py_expect_name(p, &s->u.def.name))
		return NULL;
	if (passes_over(p)) {
		pass_over(p);
		return s;
	}
	if (!rt_py_expect_op(p, '(', "`(` is missing") ||
	    !rt_py_parameters(p, true, &s->u.def.params, NULL) ||
	    !rt_py_expect_op(p, ')', "`)` is missing"))
		return NULL;
	if (rt_py_accept_op(p, RT_PY_OP2('-', '>'))) {
		s->u.def.returns = rt_py_tuple(p);
		if (!s->u.def.returns)
			return NULL;
	}
	p->yields = false;
	if (!block_of(p, &s->u.def.body))
		return NULL;
	s->u.def.is_generator = p->yields;
	p->yields = yields;
	return s;
}

static rt_py_stmt *class_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_CLASS, from);

	rt_py_take(p);
	if (!rt_py_expect_name(p, &s->u.cls.name))
		return NULL;
	if (passes_over(p)) {
		pass_over(p);
		return s;
	}
	if (rt_py_accept_op(p, '(') &&
	    !rt_py_call_args(p, &s->u.cls.bases, NULL))
		return NULL;
	return block_of(p, &s->u.cls.body) ? s : NULL;
}

static bool handler(rt_py_parser *p, rt_py_stmt *s, rt_py_handler *out)
{
	*out = (rt_py_handler){ NULL, { NULL, 0 }, { NULL, 0 } };
	rt_py_take(p);
	if (rt_py_accept_op(p, '*'))
		s->u.attempt.star = true;
	if (!rt_py_at_op(p, ':')) {
		out->type = rt_py_expression(p);
		if (!out->type)
			return false;
		if (rt_py_accept_word(p, RT_PY_K_AS) &&
		    !rt_py_expect_name(p, &out->name))
			return false;
	}
	return block_of(p, &out->body);
}

static rt_py_stmt *try_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_TRY, from);
	size_t mark = p->stack.n;
	rt_py_handler one;
	bool finally;

	rt_py_take(p);
	if (!block_of(p, &s->u.attempt.body))
		return NULL;
	while (rt_py_at_word(p, RT_PY_K_EXCEPT)) {
		if (!handler(p, s, &one))
			return NULL;
		rt_py_push(p, &one, sizeof(one));
	}
	s->u.attempt.handlers = rt_py_collect(p, mark, sizeof(one),
					      &s->u.attempt.n);
	if (s->u.attempt.n &&
	    !optional_block(p, RT_PY_K_ELSE, &s->u.attempt.orelse))
		return NULL;
	finally = rt_py_at_word(p, RT_PY_K_FINALLY);
	if (!s->u.attempt.n && !finally)
		return rt_py_fail(p, "`except` is missing");
	return optional_block(p, RT_PY_K_FINALLY, &s->u.attempt.finally) ? s :
		NULL;
}

static rt_py_stmt *async_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s;

	rt_py_take(p);
	switch (p->tok.keyword) {
	case RT_PY_K_DEF:
		s = def_statement(p, from);
		if (s)
			s->u.def.is_async = true;
		return s;
	case RT_PY_K_FOR:
		s = for_statement(p, from);
		if (s)
			s->u.loop.is_async = true;
		return s;
	case RT_PY_K_WITH:
		s = with_statement(p, from);
		if (s)
			s->u.with.is_async = true;
		return s;
	default:
		return rt_py_fail(p, "`async` before what cannot be so");
	}
}

static rt_py_stmt *decorated(rt_py_parser *p, rt_py_span from)
{
	size_t mark = p->stack.n;
	rt_py_list list;
	rt_py_expr *e;
	rt_py_stmt *s;

	while (rt_py_accept_op(p, '@')) {
		e = rt_py_named(p);
		if (!e)
			return NULL;
		if (p->tok.kind != RT_PY_T_NEWLINE)
			return rt_py_fail(p, "a decorator has no line of its "
					  "own");
		rt_py_take(p);
		rt_py_push(p, &e, sizeof(e));
	}
	list = rt_py_collect_list(p, mark);
	switch (p->tok.keyword) {
	case RT_PY_K_DEF:
		s = def_statement(p, from);
		break;
	case RT_PY_K_ASYNC:
		s = async_statement(p, from);
		break;
	case RT_PY_K_CLASS:
		s = class_statement(p, from);
		if (s)
			s->u.cls.decorators = list;
		return s;
	default:
		return rt_py_fail(p, "a decorator decorates nothing");
	}
	if (s && s->kind == RT_PY_DEF)
		s->u.def.decorators = list;
	return s;
}

/* Compound statements by their first word. */
static const struct compound {
	rt_py_keyword word;
	rt_py_stmt *(*parse)(rt_py_parser *p, rt_py_span from);
} compounds[] = {
	{ RT_PY_K_IF, if_statement },       { RT_PY_K_FOR, for_statement },
	{ RT_PY_K_WHILE, while_statement }, { RT_PY_K_WITH, with_statement },
	{ RT_PY_K_DEF, def_statement },     { RT_PY_K_TRY, try_statement },
	{ RT_PY_K_CLASS, class_statement }, { RT_PY_K_ASYNC, async_statement },
};

/* A compound statement, if one begins here. */
bool rt_py_compound(rt_py_parser *p, bool *is_one)
{
	rt_py_span from = rt_py_here(p);
	rt_py_stmt *s = NULL;
	size_t i, n = sizeof(compounds) / sizeof(compounds[0]);

	if (rt_py_at_op(p, '@')) {
		*is_one = true;
		s = decorated(p, from);
	}
	for (i = 0; i < n && !*is_one; i++)
		if (p->tok.keyword && rt_py_at_word(p, compounds[i].word)) {
			*is_one = true;
			s = compounds[i].parse(p, from);
		}
	if (*is_one && !s)
		rt_py_fail(p, "a statement is not complete");
	if (*is_one && s && !p->reason)
		rt_py_push_stmt(p, s);
	return p->reason == NULL;
}
