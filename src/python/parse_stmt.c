/* SPDX-License-Identifier: MIT */
/* Statements of one line, several of them between semicolons. */
#include "config.h"

#include "python/parse_impl.h"

static const struct augmented {
	unsigned token;
	rt_py_op op;
} augmented[] = {
	{ RT_PY_OP2('+', '='), RT_PY_ADD },
	{ RT_PY_OP2('-', '='), RT_PY_SUB },
	{ RT_PY_OP2('*', '='), RT_PY_MUL },
	{ RT_PY_OP2('/', '='), RT_PY_DIV },
	{ RT_PY_OP3('/', '/', '='), RT_PY_FLOORDIV },
	{ RT_PY_OP2('%', '='), RT_PY_MOD },
	{ RT_PY_OP3('*', '*', '='), RT_PY_POW },
	{ RT_PY_OP2('@', '='), RT_PY_MATMUL },
	{ RT_PY_OP3('<', '<', '='), RT_PY_LSHIFT },
	{ RT_PY_OP3('>', '>', '='), RT_PY_RSHIFT },
	{ RT_PY_OP2('&', '='), RT_PY_BITAND },
	{ RT_PY_OP2('|', '='), RT_PY_BITOR },
	{ RT_PY_OP2('^', '='), RT_PY_BITXOR },
};

/* Whether an expression can be assigned to; elements of a tuple are left to
 * who assigns. */
static bool is_target(const rt_py_expr *e)
{
	return e->kind == RT_PY_NAME || e->kind == RT_PY_ATTRIBUTE ||
	       e->kind == RT_PY_SUBSCRIPT || e->kind == RT_PY_TUPLE ||
	       e->kind == RT_PY_LIST || e->kind == RT_PY_STARRED;
}

static bool check_target(rt_py_parser *p, const rt_py_expr *e)
{
	if (!p->reason && !is_target(e)) {
		p->reason = "a value stands where a name should";
		p->line = e->span.line;
		p->column = e->span.column;
	}
	return p->reason == NULL;
}

static rt_py_stmt *annotated(rt_py_parser *p, rt_py_span from,
			     rt_py_expr *target)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_ANNASSIGN, from);

	s->u.annassign.target = target;
	s->u.annassign.annotation = rt_py_expression(p);
	if (!check_target(p, target) || !s->u.annassign.annotation)
		return NULL;
	if (rt_py_accept_op(p, '=')) {
		s->u.annassign.value = rt_py_yield_or_tuple(p);
		if (!s->u.annassign.value)
			return NULL;
	}
	return s;
}

/* `a = b = value`, at the first `=`. */
static rt_py_stmt *assignment(rt_py_parser *p, rt_py_span from,
			      rt_py_expr *first)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_ASSIGN, from);
	rt_py_expr *e = first;
	size_t mark = p->stack.n;

	while (e && rt_py_accept_op(p, '=')) {
		if (!check_target(p, e))
			return NULL;
		rt_py_push(p, &e, sizeof(e));
		e = rt_py_yield_or_tuple(p);
	}
	s->u.assign.targets = rt_py_collect_list(p, mark);
	s->u.assign.value = e;
	return e ? s : NULL;
}

static rt_py_stmt *augmented_assignment(rt_py_parser *p, rt_py_span from,
					rt_py_expr *target, rt_py_op op)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_AUGASSIGN, from);

	rt_py_take(p);
	s->u.augassign.op = op;
	s->u.augassign.target = target;
	if (!check_target(p, target))
		return NULL;
	s->u.augassign.value = rt_py_yield_or_tuple(p);
	return s->u.augassign.value ? s : NULL;
}

static rt_py_stmt *expression_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_expr *e = rt_py_yield_or_tuple(p);
	rt_py_stmt *s;
	size_t i;

	if (!e)
		return NULL;
	if (rt_py_at_op(p, '='))
		return assignment(p, from, e);
	if (rt_py_accept_op(p, ':'))
		return annotated(p, from, e);
	for (i = 0; i < sizeof(augmented) / sizeof(augmented[0]); i++)
		if (rt_py_at_op(p, augmented[i].token))
			return augmented_assignment(p, from, e,
						    augmented[i].op);
	s = rt_py_new_stmt(p, RT_PY_EXPR, from);
	s->u.value = e;
	return s;
}

/* Whether a simple statement ends here. */
static bool at_end(const rt_py_parser *p)
{
	return p->tok.kind == RT_PY_T_NEWLINE || p->tok.kind == RT_PY_T_END ||
	       rt_py_at_op(p, ';');
}

static rt_py_stmt *return_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_RETURN, from);

	rt_py_take(p);
	if (!at_end(p))
		s->u.value = rt_py_tuple(p);
	return s;
}

static rt_py_stmt *raise_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_RAISE, from);

	rt_py_take(p);
	if (!at_end(p))
		s->u.raise.value = rt_py_expression(p);
	if (rt_py_accept_word(p, RT_PY_K_FROM))
		s->u.raise.cause = rt_py_expression(p);
	return s;
}

static rt_py_stmt *assert_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_ASSERT, from);

	rt_py_take(p);
	s->u.assertion.test = rt_py_expression(p);
	if (rt_py_accept_op(p, ','))
		s->u.assertion.message = rt_py_expression(p);
	return s;
}

static rt_py_stmt *del_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_DEL, from);
	rt_py_expr *e;

	rt_py_take(p);
	e = rt_py_targets(p);
	if (!e)
		return NULL;
	/* One without brackets of its own. */
	if (e->kind == RT_PY_TUPLE && e->u.list.n &&
	    e->span.start == e->u.list.v[0]->span.start) {
		s->u.targets = e->u.list;
		return s;
	}
	s->u.targets.v = rt_arena_alloc(p->arena, sizeof(e));
	s->u.targets.v[0] = e;
	s->u.targets.n = 1;
	return s;
}

static rt_py_stmt *names_statement(rt_py_parser *p, rt_py_span from,
				   rt_py_stmt_kind kind)
{
	rt_py_stmt *s = rt_py_new_stmt(p, kind, from);
	size_t mark = p->stack.n;
	rt_sv name;

	rt_py_take(p);
	do {
		if (!rt_py_expect_name(p, &name))
			return NULL;
		rt_py_push(p, &name, sizeof(name));
	} while (rt_py_accept_op(p, ','));
	s->u.names.v = rt_py_collect(p, mark, sizeof(name), &s->u.names.n);
	return s;
}

/* `a.b.c` as it stands; blanks around the dots are left in. */
static bool dotted_name(rt_py_parser *p, rt_sv *name)
{
	rt_sv part;
	size_t start = p->tok.start;

	do {
		if (!rt_py_expect_name(p, &part))
			return false;
	} while (rt_py_accept_op(p, '.'));
	*name = rt_sv_sub(p->src.text, start, p->last_end - start);
	return true;
}

static bool alias(rt_py_parser *p, bool dotted, rt_py_alias *out)
{
	out->as = (rt_sv){ NULL, 0 };
	if (dotted ? !dotted_name(p, &out->name) :
	    !rt_py_expect_name(p, &out->name))
		return false;
	return !rt_py_accept_word(p, RT_PY_K_AS) ||
	       rt_py_expect_name(p, &out->as);
}

static rt_py_stmt *import_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_IMPORT, from);
	size_t mark = p->stack.n;
	rt_py_alias one;

	rt_py_take(p);
	do {
		if (!alias(p, true, &one))
			return NULL;
		rt_py_push(p, &one, sizeof(one));
	} while (rt_py_accept_op(p, ','));
	s->u.import.names = rt_py_collect(p, mark, sizeof(one),
					  &s->u.import.n);
	return s;
}

/* The names of a from-import, in brackets or not. */
static bool imported_names(rt_py_parser *p, rt_py_stmt *s)
{
	bool brackets = rt_py_accept_op(p, '(');
	size_t mark = p->stack.n;
	rt_py_alias one = { RT_SV("*"), { NULL, 0 } };

	if (!brackets && rt_py_accept_op(p, '*')) {
		rt_py_push(p, &one, sizeof(one));
	} else {
		do {
			if (!alias(p, false, &one))
				return false;
			rt_py_push(p, &one, sizeof(one));
		} while (rt_py_accept_op(p, ',') && !rt_py_at_op(p, ')'));
	}
	s->u.import.names = rt_py_collect(p, mark, sizeof(one),
					  &s->u.import.n);
	return !brackets || rt_py_expect_op(p, ')', "`)` is missing");
}

static rt_py_stmt *from_statement(rt_py_parser *p, rt_py_span from)
{
	rt_py_stmt *s = rt_py_new_stmt(p, RT_PY_FROM, from);

	rt_py_take(p);
	for (;;) {
		if (rt_py_accept_op(p, '.'))
			s->u.import.level++;
		else if (rt_py_accept_op(p, RT_PY_OP3('.', '.', '.')))
			s->u.import.level += 3;
		else
			break;
	}
	if (!rt_py_at_word(p, RT_PY_K_IMPORT) &&
	    !dotted_name(p, &s->u.import.module))
		return NULL;
	if (!rt_py_expect_word(p, RT_PY_K_IMPORT, "`import` is missing") ||
	    !imported_names(p, s))
		return NULL;
	return s;
}

static rt_py_stmt *word_statement(rt_py_parser *p, rt_py_span from,
				  rt_py_stmt_kind kind)
{
	rt_py_take(p);
	return rt_py_new_stmt(p, kind, from);
}

static rt_py_stmt *small(rt_py_parser *p)
{
	rt_py_span from = rt_py_here(p);

	if (p->tok.kind != RT_PY_T_NAME)
		return expression_statement(p, from);
	switch (p->tok.keyword) {
	case RT_PY_K_PASS:
		return word_statement(p, from, RT_PY_PASS);
	case RT_PY_K_BREAK:
		return word_statement(p, from, RT_PY_BREAK);
	case RT_PY_K_CONTINUE:
		return word_statement(p, from, RT_PY_CONTINUE);
	case RT_PY_K_RETURN:
		return return_statement(p, from);
	case RT_PY_K_RAISE:
		return raise_statement(p, from);
	case RT_PY_K_ASSERT:
		return assert_statement(p, from);
	case RT_PY_K_DEL:
		return del_statement(p, from);
	case RT_PY_K_GLOBAL:
		return names_statement(p, from, RT_PY_GLOBAL);
	case RT_PY_K_NONLOCAL:
		return names_statement(p, from, RT_PY_NONLOCAL);
	case RT_PY_K_IMPORT:
		return import_statement(p, from);
	case RT_PY_K_FROM:
		return from_statement(p, from);
	default:
		return expression_statement(p, from);
	}
}

bool rt_py_simple_line(rt_py_parser *p)
{
	rt_py_stmt *s;

	do {
		s = small(p);
		if (!s || p->reason)
			return false;
		if (!at_end(p)) {
			rt_py_fail(p, "something follows that does not belong "
				   "to the statement");
			return false;
		}
		rt_py_push_stmt(p, s);
	} while (rt_py_accept_op(p, ';') && !at_end(p));
	if (p->tok.kind == RT_PY_T_NEWLINE)
		rt_py_take(p);
	return true;
}
