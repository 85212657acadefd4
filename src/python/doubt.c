/* SPDX-License-Identifier: MIT */
/*
 * What may have been changed by a statement that was not understood: every
 * list, dict, set and object that it names.
 */
#include "config.h"

#include "python/run.h"

static void doubt_block(rt_py_eval *ev, const rt_py_block *block);
static void doubt_expr(rt_py_eval *ev, const rt_py_expr *x);

static void doubt_name(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_value *v = rt_py_table_name(ev, &ev->scope->names, x->u.name);

	if (!v || (v->kind != RT_PY_V_LIST && v->kind != RT_PY_V_DICT &&
		   v->kind != RT_PY_V_SET && v->kind != RT_PY_V_INSTANCE))
		return;
	rt_py_scope_set(ev, x->u.name,
			rt_py_opaque(ev, &x->span, 0, "may be changed by what "
				     "is not known"));
}

static void doubt_list(rt_py_eval *ev, const rt_py_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		doubt_expr(ev, list->v[i]);
}

static void doubt_comp(rt_py_eval *ev, const rt_py_expr *x)
{
	size_t i;

	doubt_expr(ev, x->u.comp.element);
	doubt_expr(ev, x->u.comp.value);
	for (i = 0; i < x->u.comp.n; i++) {
		doubt_expr(ev, x->u.comp.clauses[i].iter);
		doubt_list(ev, &x->u.comp.clauses[i].ifs);
	}
}

static void doubt_call(rt_py_eval *ev, const rt_py_expr *x)
{
	size_t i;

	doubt_expr(ev, x->u.call.callee);
	for (i = 0; i < x->u.call.args.n; i++)
		doubt_expr(ev, x->u.call.args.v[i].value);
}

static void doubt_dict(rt_py_eval *ev, const rt_py_expr *x)
{
	size_t i;

	for (i = 0; i < x->u.dict.n; i++) {
		doubt_expr(ev, x->u.dict.v[i].key);
		doubt_expr(ev, x->u.dict.v[i].value);
	}
}

static void doubt_expr(rt_py_eval *ev, const rt_py_expr *x)
{
	if (!x || !rt_py_step(ev, 1, &x->span))
		return;
	switch (x->kind) {
	case RT_PY_NAME:
		doubt_name(ev, x);
		break;
	case RT_PY_UNARY:
		doubt_expr(ev, x->u.unary.operand);
		break;
	case RT_PY_BINARY:
		doubt_expr(ev, x->u.binary.left);
		doubt_expr(ev, x->u.binary.right);
		break;
	case RT_PY_BOOL:
		doubt_list(ev, &x->u.boolean.values);
		break;
	case RT_PY_COMPARE:
		doubt_list(ev, &x->u.compare.values);
		break;
	case RT_PY_COND:
		doubt_expr(ev, x->u.cond.test);
		doubt_expr(ev, x->u.cond.body);
		doubt_expr(ev, x->u.cond.orelse);
		break;
	case RT_PY_LAMBDA:
		doubt_expr(ev, x->u.lambda.body);
		break;
	case RT_PY_CALL:
		doubt_call(ev, x);
		break;
	case RT_PY_ATTRIBUTE:
		doubt_expr(ev, x->u.attribute.object);
		break;
	case RT_PY_SUBSCRIPT:
		doubt_expr(ev, x->u.subscript.object);
		doubt_expr(ev, x->u.subscript.index);
		break;
	case RT_PY_TUPLE: case RT_PY_LIST: case RT_PY_SET: case RT_PY_FSTRING:
		doubt_list(ev, &x->u.list);
		break;
	case RT_PY_FORMATTED:
		doubt_expr(ev, x->u.formatted.value);
		break;
	case RT_PY_DICT:
		doubt_dict(ev, x);
		break;
	case RT_PY_LISTCOMP: case RT_PY_SETCOMP: case RT_PY_DICTCOMP:
	case RT_PY_GENERATOR:
		doubt_comp(ev, x);
		break;
	case RT_PY_STARRED: case RT_PY_AWAIT: case RT_PY_YIELD:
		doubt_expr(ev, x->u.operand);
		break;
	case RT_PY_WALRUS:
		doubt_expr(ev, x->u.walrus.value);
		break;
	default:
		break;
	}
}

static void doubt_branch(rt_py_eval *ev, const rt_py_stmt *st)
{
	size_t i;

	for (i = 0; i < st->u.branch.n; i++) {
		doubt_expr(ev, st->u.branch.arms[i].test);
		doubt_block(ev, &st->u.branch.arms[i].body);
	}
	doubt_block(ev, &st->u.branch.orelse);
}

static void doubt_with(rt_py_eval *ev, const rt_py_stmt *st)
{
	size_t i;

	for (i = 0; i < st->u.with.n; i++)
		doubt_expr(ev, st->u.with.items[i].value);
	doubt_block(ev, &st->u.with.body);
}

static void doubt_try(rt_py_eval *ev, const rt_py_stmt *st)
{
	size_t i;

	doubt_block(ev, &st->u.attempt.body);
	for (i = 0; i < st->u.attempt.n; i++)
		doubt_block(ev, &st->u.attempt.handlers[i].body);
	doubt_block(ev, &st->u.attempt.orelse);
	doubt_block(ev, &st->u.attempt.finally);
}

void rt_py_doubt_stmt(rt_py_eval *ev, const rt_py_stmt *st)
{
	switch (st->kind) {
	case RT_PY_EXPR:
		doubt_expr(ev, st->u.value);
		break;
	case RT_PY_ASSIGN:
		doubt_list(ev, &st->u.assign.targets);
		doubt_expr(ev, st->u.assign.value);
		break;
	case RT_PY_ANNASSIGN:
		doubt_expr(ev, st->u.annassign.target);
		doubt_expr(ev, st->u.annassign.value);
		break;
	case RT_PY_AUGASSIGN:
		doubt_expr(ev, st->u.augassign.target);
		doubt_expr(ev, st->u.augassign.value);
		break;
	case RT_PY_IF:
		doubt_branch(ev, st);
		break;
	case RT_PY_FOR: case RT_PY_WHILE:
		doubt_expr(ev, st->u.loop.iter);
		doubt_expr(ev, st->u.loop.test);
		doubt_block(ev, &st->u.loop.body);
		doubt_block(ev, &st->u.loop.orelse);
		break;
	case RT_PY_WITH:
		doubt_with(ev, st);
		break;
	case RT_PY_TRY:
		doubt_try(ev, st);
		break;
	case RT_PY_DEL:
		doubt_list(ev, &st->u.targets);
		break;
	default:
		break;
	}
}

static void doubt_block(rt_py_eval *ev, const rt_py_block *block)
{
	size_t i;

	for (i = 0; i < block->n; i++)
		rt_py_doubt_stmt(ev, block->v[i]);
}
