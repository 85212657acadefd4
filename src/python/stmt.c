/* SPDX-License-Identifier: MIT */
/* Statements. */
#include "config.h"

#include "python/run.h"

/* ---- if, for, while ---- */

static void skip_if(rt_py_eval *ev, const rt_py_stmt *st, size_t from,
		    rt_py_value *test)
{
	const rt_py_expr *x = st->u.branch.arms[from].test;
	rt_py_value *why = test;
	size_t i;

	rt_py_eval_trouble(ev, test, &x->span, "the condition is not known");
	if (why->kind != RT_PY_V_OPAQUE)
		why = rt_py_opaque(ev, &x->span, 0,
				   "is set where a condition is not known");
	for (i = from; i < st->u.branch.n; i++)
		rt_py_forget_block(ev, &st->u.branch.arms[i].body, why);
	rt_py_forget_block(ev, &st->u.branch.orelse, why);
}

static void run_if(rt_py_eval *ev, const rt_py_stmt *st)
{
	size_t i;

	for (i = 0; i < st->u.branch.n; i++) {
		const rt_py_arm *arm = &st->u.branch.arms[i];
		rt_py_value *test = rt_py_eval_expr(ev, arm->test);

		if (rt_py_broken(ev))
			return;
		switch (rt_py_truth_of(ev, test)) {
		case RT_PY_TRUTHY:
			rt_py_eval_block(ev, &arm->body);
			return;
		case RT_PY_FALSY:
			break;
		case RT_PY_UNKNOWN:
			if (!rt_py_broken(ev))
				skip_if(ev, st, i, test);
			return;
		}
	}
	rt_py_eval_block(ev, &st->u.branch.orelse);
}

/* After a round of a loop: whether it goes on. */
static bool loops(rt_py_eval *ev)
{
	if (ev->flow == RT_PY_F_CONTINUE)
		ev->flow = RT_PY_F_NEXT;
	return ev->flow == RT_PY_F_NEXT;
}

static void end_loop(rt_py_eval *ev, const rt_py_stmt *st)
{
	if (ev->flow == RT_PY_F_BREAK)
		ev->flow = RT_PY_F_NEXT;
	else if (ev->flow == RT_PY_F_NEXT)
		rt_py_eval_block(ev, &st->u.loop.orelse);
}

static void skip_loop(rt_py_eval *ev, const rt_py_stmt *st, rt_py_value *why,
		      const rt_py_span *at, const char *text)
{
	rt_py_eval_trouble(ev, why, at, text);
	if (why->kind != RT_PY_V_OPAQUE)
		why = rt_py_opaque(ev, at, 0, "is set in a loop over what is "
				   "not known");
	if (st->u.loop.target && st->u.loop.target->kind == RT_PY_NAME)
		rt_py_scope_set(ev, st->u.loop.target->u.name, why);
	rt_py_forget_block(ev, &st->u.loop.body, why);
}

static void run_for(rt_py_eval *ev, const rt_py_stmt *st)
{
	rt_py_value *list = rt_py_eval_expr(ev, st->u.loop.iter);
	size_t i;

	if (rt_py_broken(ev))
		return;
	list = rt_py_iterate(ev, list, &st->u.loop.iter->span);
	if (rt_py_broken(ev))
		return;
	if (list->kind == RT_PY_V_OPAQUE || st->u.loop.is_async) {
		skip_loop(ev, st, list, &st->u.loop.iter->span,
			  "loops over what is not known");
		return;
	}
	for (i = 0; rt_py_is_listed(list, i); i++) {
		if (!rt_py_step(ev, 1, &st->span))
			return;
		rt_py_eval_assign(ev, st->u.loop.target, list->u.list.v[i]);
		if (rt_py_broken(ev))
			return;
		rt_py_eval_block(ev, &st->u.loop.body);
		if (!loops(ev))
			break;
	}
	end_loop(ev, st);
}

static void run_while(rt_py_eval *ev, const rt_py_stmt *st)
{
	for (;;) {
		rt_py_value *test = rt_py_eval_expr(ev, st->u.loop.test);
		rt_py_truth truth;

		if (rt_py_broken(ev) || !rt_py_step(ev, 1, &st->span))
			return;
		truth = rt_py_truth_of(ev, test);
		if (rt_py_broken(ev))
			return;
		if (truth == RT_PY_UNKNOWN) {
			skip_loop(ev, st, test, &st->u.loop.test->span,
				  "the condition is not known");
			return;
		}
		if (truth == RT_PY_FALSY)
			break;
		rt_py_eval_block(ev, &st->u.loop.body);
		if (!loops(ev))
			break;
	}
	end_loop(ev, st);
}

/* ---- with ---- */

static void run_with(rt_py_eval *ev, const rt_py_stmt *st, size_t from)
{
	const rt_py_item *item;
	rt_py_value *v, *entered = NULL;

	if (from == st->u.with.n) {
		rt_py_eval_block(ev, &st->u.with.body);
		return;
	}
	item = &st->u.with.items[from];
	v = rt_py_eval_expr(ev, item->value);
	if (rt_py_broken(ev))
		return;
	if (rt_py_is_foreign(v) && ev->host->enter && !st->u.with.is_async)
		entered = ev->host->enter(ev->self, ev, v);
	if (!entered) {
		rt_py_eval_trouble(ev, v, &item->value->span,
				   "a with over what is not known");
		entered = rt_py_opaque(ev, &item->value->span, 0,
				       "comes from a with that is not known");
		v = NULL;
	}
	if (item->target)
		rt_py_eval_assign(ev, item->target, entered);
	run_with(ev, st, from + 1);
	if (v && ev->host->leave && ev->flow != RT_PY_F_STOP)
		ev->host->leave(ev->self, ev, v);
}

/* ---- the rest ---- */

static void run_raise(rt_py_eval *ev, const rt_py_stmt *st)
{
	rt_py_value *v;
	const rt_py_symbol *s;
	rt_str text = RT_STR_INIT;
	rt_sv type = RT_SV("Exception");

	if (!st->u.raise.value) {
		if (ev->handling)
			ev->raised = *ev->handling;
		ev->raised.span = st->span;
		ev->flow = RT_PY_F_RAISE;
		return;
	}
	v = rt_py_eval_expr(ev, st->u.raise.value);
	if (rt_py_broken(ev))
		return;
	if (v->kind == RT_PY_V_INSTANCE) {
		type = v->u.instance.cls->u.cls.name;
	} else if (v->kind == RT_PY_V_CLASS) {
		type = v->u.cls.name;
	} else {
		s = rt_py_symbol_of(v, RT_PY_S_CALL);
		if (s && s->call.n)
			(void)rt_py_str_of(ev, &text, s->call.v[0]);
		if (s)
			v = s->base;
		s = rt_py_symbol_of(v, RT_PY_S_PATH);
		if (s)
			type = s->name;
	}
	rt_py_raise(ev, &st->span, rt_arena_strsv(ev->arena, type), "%s",
		    text.p);
	ev->raised.value = v;
	rt_str_free(&text);
}

static void run_assert(rt_py_eval *ev, const rt_py_stmt *st)
{
	rt_py_value *v = rt_py_eval_expr(ev, st->u.assertion.test);

	if (rt_py_broken(ev))
		return;
	switch (rt_py_truth_of(ev, v)) {
	case RT_PY_TRUTHY:
		break;
	case RT_PY_FALSY:
		rt_py_raise(ev, &st->span, "AssertionError", "%s", "");
		break;
	case RT_PY_UNKNOWN:
		rt_py_eval_trouble(ev, v, &st->u.assertion.test->span,
				   "the assertion is not known");
		break;
	}
}

static void run_del(rt_py_eval *ev, const rt_py_stmt *st)
{
	size_t i;

	for (i = 0; i < st->u.targets.n; i++) {
		const rt_py_expr *t = st->u.targets.v[i];
		rt_py_value *o, *k;

		if (t->kind == RT_PY_NAME) {
			rt_py_scope_set(ev, t->u.name,
					rt_py_opaque(ev, &t->span, 0,
						     "is deleted"));
			continue;
		}
		if (t->kind != RT_PY_SUBSCRIPT ||
		    t->u.subscript.index->kind == RT_PY_SLICE) {
			rt_py_eval_trouble(ev, NULL, &t->span, "deletes");
			continue;
		}
		o = rt_py_eval_expr(ev, t->u.subscript.object);
		k = rt_py_eval_expr(ev, t->u.subscript.index);
		if (rt_py_broken(ev))
			return;
		if (o->kind != RT_PY_V_DICT)
			rt_py_eval_trouble(ev, o, &t->span, "deletes");
		else if (!rt_py_table_remove(ev, &o->u.dict, k))
			rt_py_raise(ev, &t->span, "KeyError", "%s", "");
	}
}

static void run_augassign(rt_py_eval *ev, const rt_py_stmt *st)
{
	const rt_py_expr *target = st->u.augassign.target;
	rt_py_value *a = rt_py_eval_expr(ev, target), *b, *list;
	size_t i;

	if (rt_py_broken(ev))
		return;
	b = rt_py_eval_expr(ev, st->u.augassign.value);
	if (rt_py_broken(ev))
		return;
	if (a->kind == RT_PY_V_LIST && st->u.augassign.op == RT_PY_ADD) {
		list = rt_py_iterate(ev, b, &st->span);
		if (list->kind == RT_PY_V_OPAQUE) {
			rt_py_eval_assign(ev, target, list);
			return;
		}
		for (i = 0; i < list->u.list.n && !rt_py_broken(ev); i++)
			rt_py_list_add(ev, a, list->u.list.v[i]);
		return;
	}
	a = rt_py_binary(ev, st->u.augassign.op, a, b, &st->span);
	if (!rt_py_broken(ev))
		rt_py_eval_assign(ev, target, a);
}

/* A value that nobody takes: what was called for its effect. */
static void run_expr(rt_py_eval *ev, const rt_py_stmt *st)
{
	rt_py_value *v = rt_py_eval_expr(ev, st->u.value);

	if (rt_py_broken(ev))
		return;
	if (v->kind == RT_PY_V_OPAQUE)
		rt_py_eval_trouble(ev, v, &st->span, NULL);
	else if (v->kind == RT_PY_V_SYMBOL && ev->host->discard)
		ev->host->discard(ev->self, ev, v, &st->span);
}

static void run_assign(rt_py_eval *ev, const rt_py_stmt *st)
{
	rt_py_value *v = rt_py_eval_expr(ev, st->u.assign.value);
	size_t i;

	for (i = 0; i < st->u.assign.targets.n && !rt_py_broken(ev); i++)
		rt_py_eval_assign(ev, st->u.assign.targets.v[i], v);
}

static void run_annassign(rt_py_eval *ev, const rt_py_stmt *st)
{
	rt_py_value *v;

	if (!st->u.annassign.value)
		return;
	v = rt_py_eval_expr(ev, st->u.annassign.value);
	if (!rt_py_broken(ev))
		rt_py_eval_assign(ev, st->u.annassign.target, v);
}

static void run_return(rt_py_eval *ev, const rt_py_stmt *st)
{
	ev->result = st->u.value ? rt_py_eval_expr(ev, st->u.value) : ev->none;
	if (!rt_py_broken(ev))
		ev->flow = RT_PY_F_RETURN;
}

static void run_names(rt_py_eval *ev, const rt_py_stmt *st)
{
	size_t i;

	for (i = 0; i < st->u.names.n; i++)
		rt_py_table_name_set(ev, &ev->scope->elsewhere,
				     st->u.names.v[i],
				     rt_py_bool(ev, st->kind == RT_PY_GLOBAL));
}

static void run_opaque(rt_py_eval *ev, const rt_py_stmt *st)
{
	rt_py_eval_trouble(ev, NULL, &st->span, st->u.opaque.reason);
}

static void run_pass(rt_py_eval *ev, const rt_py_stmt *st)
{
	(void)ev;
	(void)st;
}

static void run_break(rt_py_eval *ev, const rt_py_stmt *st)
{
	ev->flow = st->kind == RT_PY_BREAK ? RT_PY_F_BREAK : RT_PY_F_CONTINUE;
}

static void run_with_all(rt_py_eval *ev, const rt_py_stmt *st)
{
	run_with(ev, st, 0);
}

typedef void (*run_fn)(rt_py_eval *ev, const rt_py_stmt *st);

static const run_fn runs[] = {
	[RT_PY_EXPR] = run_expr,           [RT_PY_ASSIGN] = run_assign,
	[RT_PY_ANNASSIGN] = run_annassign, [RT_PY_AUGASSIGN] = run_augassign,
	[RT_PY_IF] = run_if,               [RT_PY_FOR] = run_for,
	[RT_PY_WHILE] = run_while,         [RT_PY_WITH] = run_with_all,
	[RT_PY_DEF] = rt_py_def,             [RT_PY_CLASS] = rt_py_class,
	[RT_PY_TRY] = rt_py_try,           [RT_PY_RETURN] = run_return,
	[RT_PY_PASS] = run_pass,           [RT_PY_BREAK] = run_break,
	[RT_PY_CONTINUE] = run_break,      [RT_PY_RAISE] = run_raise,
	[RT_PY_ASSERT] = run_assert,       [RT_PY_IMPORT] = rt_py_import,
	[RT_PY_FROM] = rt_py_import,       [RT_PY_DEL] = run_del,
	[RT_PY_GLOBAL] = run_names,        [RT_PY_NONLOCAL] = run_names,
	[RT_PY_OPAQUE] = run_opaque,
};

void rt_py_eval_block(rt_py_eval *ev, const rt_py_block *block)
{
	size_t i;

	if (++ev->depth > RT_PY_EVAL_DEPTH && block->n) {
		rt_py_stop(ev, &block->v[0]->span, "is nested too deep");
		ev->depth--;
		return;
	}
	for (i = 0; i < block->n && ev->flow == RT_PY_F_NEXT; i++) {
		const rt_py_stmt *st = block->v[i];

		if (!st->span.file)
			ev->place = st->span;
		if (rt_py_step(ev, 1, &st->span))
			runs[st->kind](ev, st);
	}
	ev->depth--;
}
