/* SPDX-License-Identifier: MIT */
/*
 * Operators, from the loosest to the tightest, as in "Full Grammar
 * specification" of the reference of the language.
 */
#include "config.h"

#include "python/parse_impl.h"

static const char MISSING[] = "an expression is missing";

/* Binary operators: how tight they bind. */
static const struct operator {
	unsigned token;
	rt_py_op op;
	int tightness;
} operators[] = {
	{ '|', RT_PY_BITOR, 1 },
	{ '^', RT_PY_BITXOR, 2 },
	{ '&', RT_PY_BITAND, 3 },
	{ RT_PY_OP2('<', '<'), RT_PY_LSHIFT, 4 },
	{ RT_PY_OP2('>', '>'), RT_PY_RSHIFT, 4 },
	{ '+', RT_PY_ADD, 5 },
	{ '-', RT_PY_SUB, 5 },
	{ '*', RT_PY_MUL, 6 },
	{ '/', RT_PY_DIV, 6 },
	{ RT_PY_OP2('/', '/'), RT_PY_FLOORDIV, 6 },
	{ '%', RT_PY_MOD, 6 },
	{ '@', RT_PY_MATMUL, 6 },
};

static const struct operator comparisons[] = {
	{ RT_PY_OP2('=', '='), RT_PY_EQ, 0 },
	{ RT_PY_OP2('!', '='), RT_PY_NE, 0 },
	{ '<', RT_PY_LT, 0 },
	{ RT_PY_OP2('<', '='), RT_PY_LE, 0 },
	{ '>', RT_PY_GT, 0 },
	{ RT_PY_OP2('>', '='), RT_PY_GE, 0 },
};

static const struct operator signs[] = {
	{ '+', RT_PY_POS, 0 },
	{ '-', RT_PY_NEG, 0 },
	{ '~', RT_PY_INVERT, 0 },
};

#define FIND(p, table) \
	find((p), (table), sizeof(table) / sizeof((table)[0]))

static const struct operator *find(const rt_py_parser *p,
				   const struct operator *table, size_t n)
{
	size_t i;

	if (p->tok.kind != RT_PY_T_OP)
		return NULL;
	for (i = 0; i < n; i++)
		if (table[i].token == p->tok.op)
			return &table[i];
	return NULL;
}

static rt_py_expr *unary(rt_py_parser *p);

static rt_py_expr *new_binary(rt_py_parser *p, rt_py_op op, rt_py_expr *left,
			      rt_py_expr *right)
{
	rt_py_expr *e;

	if (!left || !right)
		return NULL;
	e = rt_py_new(p, RT_PY_BINARY, left->span);
	e->u.binary.op = op;
	e->u.binary.left = left;
	e->u.binary.right = right;
	rt_py_adopt(e, left);
	rt_py_adopt(e, right);
	return rt_py_done(p, e);
}

static rt_py_expr *await(rt_py_parser *p)
{
	rt_py_span from = rt_py_here(p);
	rt_py_expr *e, *operand;

	if (!rt_py_accept_word(p, RT_PY_K_AWAIT))
		return rt_py_primary(p);
	operand = rt_py_primary(p);
	if (!operand)
		return NULL;
	e = rt_py_new(p, RT_PY_AWAIT, from);
	e->u.operand = operand;
	rt_py_adopt(e, operand);
	return rt_py_done(p, e);
}

static rt_py_expr *power(rt_py_parser *p)
{
	rt_py_expr *base = await(p);

	if (base && rt_py_accept_op(p, RT_PY_OP2('*', '*')))
		return new_binary(p, RT_PY_POW, base, unary(p));
	return base;
}

static rt_py_expr *new_unary(rt_py_parser *p, rt_py_op op, rt_py_span from,
			     rt_py_expr *operand)
{
	rt_py_expr *e;

	if (!operand)
		return NULL;
	e = rt_py_new(p, RT_PY_UNARY, from);
	e->u.unary.op = op;
	e->u.unary.operand = operand;
	rt_py_adopt(e, operand);
	return rt_py_done(p, e);
}

static rt_py_expr *unary(rt_py_parser *p)
{
	const struct operator *sign = FIND(p, signs);
	rt_py_span from = rt_py_here(p);
	rt_py_expr *e;

	if (!rt_py_enter(p))
		return NULL;
	if (sign) {
		rt_py_take(p);
		e = new_unary(p, sign->op, from, unary(p));
	} else {
		e = power(p);
	}
	p->depth--;
	return e;
}

static rt_py_expr *binary(rt_py_parser *p, int least)
{
	const struct operator *o;
	rt_py_expr *left = unary(p);

	while (left && (o = FIND(p, operators)) && o->tightness >= least) {
		rt_py_take(p);
		left = new_binary(p, o->op, left,
				  binary(p, o->tightness + 1));
	}
	return left;
}

rt_py_expr *rt_py_operand(rt_py_parser *p)
{
	return binary(p, 1);
}

/* Take a comparison operator, if one is next. */
static bool comparison_op(rt_py_parser *p, rt_py_op *op)
{
	const struct operator *o = FIND(p, comparisons);

	if (o) {
		*op = o->op;
		rt_py_take(p);
	} else if (rt_py_accept_word(p, RT_PY_K_IN)) {
		*op = RT_PY_IN;
	} else if (rt_py_accept_word(p, RT_PY_K_NOT)) {
		*op = RT_PY_NOT_IN;
		rt_py_expect_word(p, RT_PY_K_IN, "`in` is missing");
	} else if (rt_py_accept_word(p, RT_PY_K_IS)) {
		*op = rt_py_accept_word(p, RT_PY_K_NOT) ? RT_PY_IS_NOT :
			RT_PY_IS;
	} else {
		return false;
	}
	return true;
}

/* An operator and its right side, while the list is collected. */
struct compared {
	rt_py_op op;
	rt_py_expr *value;
};

static rt_py_expr *new_compare(rt_py_parser *p, rt_py_expr *first,
			       size_t mark)
{
	rt_py_expr *e = rt_py_new(p, RT_PY_COMPARE, first->span);
	struct compared *rest;
	size_t n, i;

	rest = rt_py_collect(p, mark, sizeof(*rest), &n);
	e->u.compare.values.v = rt_arena_calloc(p->arena, n + 1,
						sizeof(rt_py_expr *));
	e->u.compare.values.n = n + 1;
	e->u.compare.ops = rt_arena_calloc(p->arena, n, sizeof(rt_py_op));
	e->u.compare.values.v[0] = first;
	for (i = 0; i < n; i++) {
		e->u.compare.ops[i] = rest[i].op;
		e->u.compare.values.v[i + 1] = rest[i].value;
	}
	rt_py_adopt_list(e, &e->u.compare.values);
	return rt_py_done(p, e);
}

static rt_py_expr *comparison(rt_py_parser *p)
{
	rt_py_expr *first = rt_py_operand(p);
	size_t mark = p->stack.n;
	struct compared next = { RT_PY_EQ, NULL };

	while (first && comparison_op(p, &next.op)) {
		next.value = p->reason ? NULL : rt_py_operand(p);
		if (!next.value)
			return NULL;
		rt_py_push(p, &next, sizeof(next));
	}
	if (!first || p->stack.n == mark)
		return first;
	return new_compare(p, first, mark);
}

static rt_py_expr *inversion(rt_py_parser *p)
{
	rt_py_span from = rt_py_here(p);
	rt_py_expr *e;

	if (!rt_py_accept_word(p, RT_PY_K_NOT))
		return comparison(p);
	if (!rt_py_enter(p))
		return NULL;
	e = new_unary(p, RT_PY_NOT, from, inversion(p));
	p->depth--;
	return e;
}

/* `x and x and x` of what `one` reads, or `or`. */
static rt_py_expr *chain(rt_py_parser *p, rt_py_keyword word, rt_py_op op,
			 rt_py_expr *(*one)(rt_py_parser *p))
{
	rt_py_expr *value = one(p), *e;
	size_t mark = p->stack.n;

	if (!value || !rt_py_at_word(p, word))
		return value;
	e = rt_py_new(p, RT_PY_BOOL, value->span);
	rt_py_push(p, &value, sizeof(value));
	while (rt_py_accept_word(p, word)) {
		value = one(p);
		if (!value)
			return NULL;
		rt_py_push(p, &value, sizeof(value));
	}
	e->u.boolean.op = op;
	e->u.boolean.values = rt_py_collect_list(p, mark);
	rt_py_adopt_list(e, &e->u.boolean.values);
	return rt_py_done(p, e);
}

static rt_py_expr *conjunction(rt_py_parser *p)
{
	return chain(p, RT_PY_K_AND, RT_PY_AND, inversion);
}

rt_py_expr *rt_py_disjunction(rt_py_parser *p)
{
	return chain(p, RT_PY_K_OR, RT_PY_OR, conjunction);
}

static rt_py_expr *lambda(rt_py_parser *p)
{
	rt_py_expr *e = rt_py_new(p, RT_PY_LAMBDA, rt_py_here(p));
	bool yields = p->yields;

	rt_py_take(p);
	if (!rt_py_parameters(p, false, &e->u.lambda.params, e) ||
	    !rt_py_expect_op(p, ':', "`:` is missing"))
		return NULL;
	e->u.lambda.body = rt_py_expression(p);
	p->yields = yields;
	rt_py_adopt(e, e->u.lambda.body);
	return e->u.lambda.body ? rt_py_done(p, e) : NULL;
}

static rt_py_expr *conditional(rt_py_parser *p)
{
	rt_py_expr *body = rt_py_disjunction(p), *e;

	if (!body || !rt_py_accept_word(p, RT_PY_K_IF))
		return body;
	e = rt_py_new(p, RT_PY_COND, body->span);
	e->u.cond.body = body;
	e->u.cond.test = rt_py_disjunction(p);
	if (!e->u.cond.test ||
	    !rt_py_expect_word(p, RT_PY_K_ELSE, "`else` is missing"))
		return NULL;
	e->u.cond.orelse = rt_py_expression(p);
	if (!e->u.cond.orelse)
		return NULL;
	rt_py_adopt(e, e->u.cond.test);
	rt_py_adopt(e, e->u.cond.body);
	rt_py_adopt(e, e->u.cond.orelse);
	return rt_py_done(p, e);
}

rt_py_expr *rt_py_expression(rt_py_parser *p)
{
	rt_py_expr *e;

	if (p->reason || !rt_py_enter(p))
		return NULL;
	e = rt_py_at_word(p, RT_PY_K_LAMBDA) ? lambda(p) : conditional(p);
	p->depth--;
	return e ? e : rt_py_fail(p, MISSING);
}

rt_py_expr *rt_py_named(rt_py_parser *p)
{
	rt_py_expr *e = rt_py_expression(p), *named;

	if (!e || e->kind != RT_PY_NAME ||
	    !rt_py_accept_op(p, RT_PY_OP2(':', '=')))
		return e;
	named = rt_py_new(p, RT_PY_WALRUS, e->span);
	named->u.walrus.name = e->u.name;
	named->u.walrus.value = rt_py_expression(p);
	rt_py_adopt(named, named->u.walrus.value);
	return named->u.walrus.value ? rt_py_done(p, named) : NULL;
}
