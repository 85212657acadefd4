/* SPDX-License-Identifier: MIT */
/* Every expression of a statement, in the order of the text. */
#include "config.h"

#include "python/run.h"

typedef struct walk {
	rt_py_eval *ev;
	rt_py_visit_fn visit;
	void *self;
	bool into;
} walk;

static void walk_block(const walk *w, const rt_py_block *block);
static void walk_expr(const walk *w, const rt_py_expr *x);

static void walk_list(const walk *w, const rt_py_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		walk_expr(w, list->v[i]);
}

static void walk_comp(const walk *w, const rt_py_expr *x)
{
	size_t i;

	walk_expr(w, x->u.comp.element);
	walk_expr(w, x->u.comp.value);
	for (i = 0; i < x->u.comp.n; i++) {
		walk_expr(w, x->u.comp.clauses[i].iter);
		walk_list(w, &x->u.comp.clauses[i].ifs);
	}
}

static void walk_call(const walk *w, const rt_py_expr *x)
{
	size_t i;

	walk_expr(w, x->u.call.callee);
	for (i = 0; i < x->u.call.args.n; i++)
		walk_expr(w, x->u.call.args.v[i].value);
}

static void walk_dict(const walk *w, const rt_py_expr *x)
{
	size_t i;

	for (i = 0; i < x->u.dict.n; i++) {
		walk_expr(w, x->u.dict.v[i].key);
		walk_expr(w, x->u.dict.v[i].value);
	}
}

static void walk_expr(const walk *w, const rt_py_expr *x)
{
	if (!x || !rt_py_step(w->ev, 1, &x->span))
		return;
	w->visit(w->ev, w->self, x);
	switch (x->kind) {
	case RT_PY_UNARY:
		walk_expr(w, x->u.unary.operand);
		break;
	case RT_PY_BINARY:
		walk_expr(w, x->u.binary.left);
		walk_expr(w, x->u.binary.right);
		break;
	case RT_PY_BOOL:
		walk_list(w, &x->u.boolean.values);
		break;
	case RT_PY_COMPARE:
		walk_list(w, &x->u.compare.values);
		break;
	case RT_PY_COND:
		walk_expr(w, x->u.cond.test);
		walk_expr(w, x->u.cond.body);
		walk_expr(w, x->u.cond.orelse);
		break;
	case RT_PY_LAMBDA:
		walk_expr(w, x->u.lambda.body);
		break;
	case RT_PY_CALL:
		walk_call(w, x);
		break;
	case RT_PY_ATTRIBUTE:
		walk_expr(w, x->u.attribute.object);
		break;
	case RT_PY_SUBSCRIPT:
		walk_expr(w, x->u.subscript.object);
		walk_expr(w, x->u.subscript.index);
		break;
	case RT_PY_TUPLE: case RT_PY_LIST: case RT_PY_SET: case RT_PY_FSTRING:
		walk_list(w, &x->u.list);
		break;
	case RT_PY_FORMATTED:
		walk_expr(w, x->u.formatted.value);
		break;
	case RT_PY_DICT:
		walk_dict(w, x);
		break;
	case RT_PY_LISTCOMP: case RT_PY_SETCOMP: case RT_PY_DICTCOMP:
	case RT_PY_GENERATOR:
		walk_comp(w, x);
		break;
	case RT_PY_STARRED: case RT_PY_AWAIT: case RT_PY_YIELD:
		walk_expr(w, x->u.operand);
		break;
	case RT_PY_WALRUS:
		walk_expr(w, x->u.walrus.value);
		break;
	default:
		break;
	}
}

static void walk_branch(const walk *w, const rt_py_stmt *st)
{
	size_t i;

	for (i = 0; i < st->u.branch.n; i++) {
		walk_expr(w, st->u.branch.arms[i].test);
		walk_block(w, &st->u.branch.arms[i].body);
	}
	walk_block(w, &st->u.branch.orelse);
}

static void walk_with(const walk *w, const rt_py_stmt *st)
{
	size_t i;

	for (i = 0; i < st->u.with.n; i++)
		walk_expr(w, st->u.with.items[i].value);
	walk_block(w, &st->u.with.body);
}

static void walk_try(const walk *w, const rt_py_stmt *st)
{
	size_t i;

	walk_block(w, &st->u.attempt.body);
	for (i = 0; i < st->u.attempt.n; i++)
		walk_block(w, &st->u.attempt.handlers[i].body);
	walk_block(w, &st->u.attempt.orelse);
	walk_block(w, &st->u.attempt.finally);
}

static void walk_stmt(const walk *w, const rt_py_stmt *st)
{
	switch (st->kind) {
	case RT_PY_EXPR:
		walk_expr(w, st->u.value);
		break;
	case RT_PY_ASSIGN:
		walk_list(w, &st->u.assign.targets);
		walk_expr(w, st->u.assign.value);
		break;
	case RT_PY_ANNASSIGN:
		walk_expr(w, st->u.annassign.target);
		walk_expr(w, st->u.annassign.value);
		break;
	case RT_PY_AUGASSIGN:
		walk_expr(w, st->u.augassign.target);
		walk_expr(w, st->u.augassign.value);
		break;
	case RT_PY_IF:
		walk_branch(w, st);
		break;
	case RT_PY_FOR: case RT_PY_WHILE:
		walk_expr(w, st->u.loop.iter);
		walk_expr(w, st->u.loop.test);
		walk_block(w, &st->u.loop.body);
		walk_block(w, &st->u.loop.orelse);
		break;
	case RT_PY_WITH:
		walk_with(w, st);
		break;
	case RT_PY_TRY:
		walk_try(w, st);
		break;
	case RT_PY_DEL:
		walk_list(w, &st->u.targets);
		break;
	case RT_PY_RETURN:
		walk_expr(w, st->u.value);
		break;
	case RT_PY_DEF:
		if (w->into)
			walk_block(w, &st->u.def.body);
		break;
	case RT_PY_CLASS:
		if (w->into)
			walk_block(w, &st->u.cls.body);
		break;
	default:
		break;
	}
}

static void walk_block(const walk *w, const rt_py_block *block)
{
	size_t i;

	for (i = 0; i < block->n; i++)
		walk_stmt(w, block->v[i]);
}

void rt_py_walk(rt_py_eval *ev, const rt_py_block *block, bool into,
		rt_py_visit_fn visit, void *self)
{
	const walk w = { ev, visit, self, into };

	walk_block(&w, block);
}
