/* SPDX-License-Identifier: MIT */
/* Names, literals, and what stands in brackets. */
#include "config.h"

#include "python/literal.h"
#include "python/parse_impl.h"

bool rt_py_at_comprehension(const rt_py_parser *p)
{
	return rt_py_at_word(p, RT_PY_K_FOR) ||
	       rt_py_at_word(p, RT_PY_K_ASYNC);
}

static bool clause(rt_py_parser *p, rt_py_expr *comp, rt_py_clause *out)
{
	size_t mark;
	rt_py_expr *test;

	out->is_async = rt_py_accept_word(p, RT_PY_K_ASYNC);
	if (!rt_py_expect_word(p, RT_PY_K_FOR, "`for` is missing"))
		return false;
	out->target = rt_py_targets(p);
	if (!out->target ||
	    !rt_py_expect_word(p, RT_PY_K_IN, "`in` is missing"))
		return false;
	out->iter = rt_py_disjunction(p);
	rt_py_adopt(comp, out->target);
	rt_py_adopt(comp, out->iter);
	mark = p->stack.n;
	while (out->iter && rt_py_accept_word(p, RT_PY_K_IF)) {
		test = rt_py_disjunction(p);
		if (!test)
			return false;
		rt_py_adopt(comp, test);
		rt_py_push(p, &test, sizeof(test));
	}
	out->ifs = rt_py_collect_list(p, mark);
	return out->iter != NULL;
}

/* The clauses of a comprehension whose element is there. */
bool rt_py_clauses(rt_py_parser *p, rt_py_expr *comp)
{
	size_t mark = p->stack.n;
	rt_py_clause one = { NULL, NULL, { NULL, 0 }, false };

	while (rt_py_at_comprehension(p)) {
		if (!clause(p, comp, &one))
			return false;
		rt_py_push(p, &one, sizeof(one));
	}
	comp->u.comp.clauses = rt_py_collect(p, mark, sizeof(one),
					     &comp->u.comp.n);
	return true;
}

rt_py_expr *rt_py_starred(rt_py_parser *p)
{
	rt_py_span from = rt_py_here(p);
	rt_py_expr *e;

	if (!rt_py_accept_op(p, '*'))
		return rt_py_named(p);
	e = rt_py_new(p, RT_PY_STARRED, from);
	e->u.operand = p->reason ? NULL : rt_py_operand(p);
	rt_py_adopt(e, e->u.operand);
	return e->u.operand ? rt_py_done(p, e) : NULL;
}

/* Whether the elements of a bare list end here. */
static bool at_list_end(const rt_py_parser *p)
{
	return p->tok.kind == RT_PY_T_NEWLINE || p->tok.kind == RT_PY_T_END ||
	       (p->tok.kind == RT_PY_T_OP &&
		(p->tok.op == ')' || p->tok.op == ']' || p->tok.op == '}' ||
		 p->tok.op == ':' || p->tok.op == '=' || p->tok.op == ';' ||
		 p->tok.op == '!')) ||
	       rt_py_at_word(p, RT_PY_K_IN);
}

/* `x, y, z` from its first element on, to a TUPLE where there is a comma. */
static rt_py_expr *bare_list(rt_py_parser *p,
			     rt_py_expr *(*one)(rt_py_parser *p))
{
	rt_py_expr *e = one(p), *tuple;
	size_t mark = p->stack.n;

	if (!e || !rt_py_at_op(p, ','))
		return e;
	tuple = rt_py_new(p, RT_PY_TUPLE, e->span);
	rt_py_push(p, &e, sizeof(e));
	while (rt_py_accept_op(p, ',') && !at_list_end(p)) {
		e = one(p);
		if (!e)
			return NULL;
		rt_py_push(p, &e, sizeof(e));
	}
	tuple->u.list = rt_py_collect_list(p, mark);
	rt_py_adopt_list(tuple, &tuple->u.list);
	return rt_py_done(p, tuple);
}

rt_py_expr *rt_py_tuple(rt_py_parser *p)
{
	return bare_list(p, rt_py_starred);
}

static rt_py_expr *target(rt_py_parser *p)
{
	return rt_py_at_op(p, '*') ? rt_py_starred(p) : rt_py_operand(p);
}

rt_py_expr *rt_py_targets(rt_py_parser *p)
{
	return bare_list(p, target);
}

rt_py_expr *rt_py_yield_or_tuple(rt_py_parser *p)
{
	rt_py_expr *e;

	if (!rt_py_at_word(p, RT_PY_K_YIELD))
		return rt_py_tuple(p);
	e = rt_py_leaf(p, RT_PY_YIELD);
	p->yields = true;
	if (rt_py_accept_word(p, RT_PY_K_FROM))
		e->u.operand = rt_py_expression(p);
	else if (!at_list_end(p))
		e->u.operand = rt_py_tuple(p);
	rt_py_adopt(e, e->u.operand);
	return rt_py_done(p, e);
}

/* Elements up to `close` and past it. */
static rt_py_expr *elements(rt_py_parser *p, rt_py_expr *e, unsigned close,
			    size_t mark, const char *missing)
{
	rt_py_expr *one;

	while (!rt_py_at_op(p, close)) {
		one = rt_py_starred(p);
		if (!one)
			return NULL;
		rt_py_push(p, &one, sizeof(one));
		if (!rt_py_accept_op(p, ','))
			break;
	}
	e->u.list = rt_py_collect_list(p, mark);
	rt_py_adopt_list(e, &e->u.list);
	return rt_py_expect_op(p, close, missing) ? rt_py_done(p, e) : NULL;
}

static rt_py_expr *comprehension(rt_py_parser *p, rt_py_span from,
				 rt_py_expr_kind kind, rt_py_expr *element,
				 rt_py_expr *value, unsigned close)
{
	rt_py_expr *e = rt_py_new(p, kind, from);

	e->u.comp.element = element;
	e->u.comp.value = value;
	rt_py_adopt(e, element);
	rt_py_adopt(e, value);
	if (!rt_py_clauses(p, e) ||
	    !rt_py_expect_op(p, close, "a bracket is missing"))
		return NULL;
	return rt_py_done(p, e);
}

static rt_py_expr *parenthesised(rt_py_parser *p)
{
	rt_py_span from = rt_py_here(p);
	rt_py_expr *e, *tuple;
	size_t mark = p->stack.n;

	rt_py_take(p);
	if (rt_py_at_op(p, ')'))
		return elements(p, rt_py_new(p, RT_PY_TUPLE, from), ')', mark,
				"");
	e = rt_py_at_word(p, RT_PY_K_YIELD) ? rt_py_yield_or_tuple(p) :
		rt_py_starred(p);
	if (!e)
		return NULL;
	if (rt_py_at_comprehension(p))
		return comprehension(p, from, RT_PY_GENERATOR, e, NULL, ')');
	if (!rt_py_at_op(p, ',')) {
		rt_py_expect_op(p, ')', "`,` or `)` is missing");
		return p->reason ? NULL : e;
	}
	tuple = rt_py_new(p, RT_PY_TUPLE, from);
	rt_py_take(p);
	rt_py_push(p, &e, sizeof(e));
	return elements(p, tuple, ')', mark, "`,` or `)` is missing");
}

/* What follows the first element of a list or set. */
static rt_py_expr *list_or_comp(rt_py_parser *p, rt_py_span from,
				rt_py_expr *first, bool is_set)
{
	unsigned close = is_set ? '}' : ']';
	rt_py_expr *e;
	size_t mark = p->stack.n;

	if (rt_py_at_comprehension(p))
		return comprehension(p, from, is_set ? RT_PY_SETCOMP :
				     RT_PY_LISTCOMP, first, NULL, close);
	e = rt_py_new(p, is_set ? RT_PY_SET : RT_PY_LIST, from);
	rt_py_push(p, &first, sizeof(first));
	if (!rt_py_accept_op(p, ',') && !rt_py_at_op(p, close))
		return rt_py_fail(p, "`,` or a bracket is missing");
	return elements(p, e, close, mark, "`,` or a bracket is missing");
}

static rt_py_expr *list(rt_py_parser *p)
{
	rt_py_span from = rt_py_here(p);
	rt_py_expr *e;

	rt_py_take(p);
	if (rt_py_at_op(p, ']'))
		return elements(p, rt_py_new(p, RT_PY_LIST, from), ']',
				p->stack.n, "");
	e = rt_py_starred(p);
	return e ? list_or_comp(p, from, e, false) : NULL;
}

/* `key: value` or `**value`; key NULL before the call where it is not read
 * yet. */
static bool pair(rt_py_parser *p, rt_py_expr *key, rt_py_pair *out)
{
	*out = (rt_py_pair){ key, NULL };
	if (!key && rt_py_accept_op(p, RT_PY_OP2('*', '*'))) {
		out->value = rt_py_operand(p);
		return out->value != NULL;
	}
	if (!key)
		out->key = rt_py_expression(p);
	if (!out->key || !rt_py_expect_op(p, ':', "`:` is missing"))
		return false;
	out->value = rt_py_expression(p);
	return out->value != NULL;
}

static rt_py_expr *dict(rt_py_parser *p, rt_py_span from, rt_py_expr *key)
{
	rt_py_expr *e = rt_py_new(p, RT_PY_DICT, from);
	size_t mark = p->stack.n;
	rt_py_pair one;

	while (key || !rt_py_at_op(p, '}')) {
		if (!pair(p, key, &one))
			return NULL;
		if (one.key && p->stack.n == mark && rt_py_at_comprehension(p))
			return comprehension(p, from, RT_PY_DICTCOMP, one.key,
					     one.value, '}');
		key = NULL;
		rt_py_adopt(e, one.key);
		rt_py_adopt(e, one.value);
		rt_py_push(p, &one, sizeof(one));
		if (!rt_py_accept_op(p, ','))
			break;
	}
	e->u.dict.v = rt_py_collect(p, mark, sizeof(one), &e->u.dict.n);
	return rt_py_expect_op(p, '}', "`,` or `}` is missing") ?
		rt_py_done(p, e) : NULL;
}

static rt_py_expr *dict_or_set(rt_py_parser *p)
{
	rt_py_span from = rt_py_here(p);
	rt_py_expr *e;

	rt_py_take(p);
	if (rt_py_at_op(p, '}') || rt_py_at_op(p, RT_PY_OP2('*', '*')))
		return dict(p, from, NULL);
	e = rt_py_starred(p);
	if (!e)
		return NULL;
	return rt_py_at_op(p, ':') ? dict(p, from, e) :
		list_or_comp(p, from, e, true);
}

static rt_py_expr *name_or_constant(rt_py_parser *p)
{
	rt_sv text = rt_py_token_text(p);
	rt_py_expr *e;

	switch (p->tok.keyword) {
	case RT_PY_K_TRUE:
		return rt_py_leaf(p, RT_PY_TRUE);
	case RT_PY_K_FALSE:
		return rt_py_leaf(p, RT_PY_FALSE);
	case RT_PY_K_NONE_VALUE:
		return rt_py_leaf(p, RT_PY_NONE);
	case RT_PY_K_NONE:
		e = rt_py_leaf(p, RT_PY_NAME);
		e->u.name = text;
		return e;
	default:
		return rt_py_fail(p, "a keyword stands where a value should");
	}
}

rt_py_expr *rt_py_atom(rt_py_parser *p)
{
	rt_sv text = rt_py_token_text(p);
	rt_py_expr *e;

	switch (p->tok.kind) {
	case RT_PY_T_NAME:
		return name_or_constant(p);
	case RT_PY_T_NUMBER:
		e = rt_py_leaf(p, RT_PY_NUMBER);
		rt_py_number_read(p->arena, text, e);
		return e;
	case RT_PY_T_STRING: case RT_PY_T_FSTART:
		return rt_py_strings(p);
	case RT_PY_T_OP:
		break;
	case RT_PY_T_INDENT:
		return rt_py_fail(p, "a line is indented under no other");
	default:
		return rt_py_fail(p, "an expression is missing");
	}
	switch (p->tok.op) {
	case '(':
		return parenthesised(p);
	case '[':
		return list(p);
	case '{':
		return dict_or_set(p);
	case RT_PY_OP3('.', '.', '.'):
		return rt_py_leaf(p, RT_PY_ELLIPSIS);
	default:
		return rt_py_fail(p, "an expression is missing");
	}
}
