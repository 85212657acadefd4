/* SPDX-License-Identifier: MIT */
/* Comprehensions and f-strings. */
#include "config.h"

#include "python/run.h"

typedef struct comp {
	const rt_py_expr *x;
	rt_py_value *out;
	rt_py_value *unknown; /* why it is not known */
} comp;

static void add_element(rt_py_eval *ev, comp *c)
{
	rt_py_value *k = rt_py_eval_expr(ev, c->x->u.comp.element), *v = NULL;

	if (rt_py_broken(ev))
		return;
	if (c->x->kind == RT_PY_DICTCOMP) {
		v = rt_py_eval_expr(ev, c->x->u.comp.value);
		if (rt_py_broken(ev))
			return;
	}
	if (c->x->kind == RT_PY_LISTCOMP || c->x->kind == RT_PY_GENERATOR)
		rt_py_list_add(ev, c->out, k);
	else if (!rt_py_dict_set(ev, c->out, k, v))
		c->unknown = rt_py_opaque(ev, &c->x->span, 0,
					  "has a key that is not known");
}

/* Whether all conditions of a clause hold. */
static bool holds(rt_py_eval *ev, comp *c, const rt_py_clause *clause)
{
	size_t i;

	for (i = 0; i < clause->ifs.n; i++) {
		rt_py_value *v = rt_py_eval_expr(ev, clause->ifs.v[i]);
		rt_py_truth truth;

		if (rt_py_broken(ev))
			return false;
		truth = rt_py_truth_of(ev, v);
		if (truth == RT_PY_UNKNOWN)
			c->unknown = v->kind == RT_PY_V_OPAQUE ? v :
				rt_py_opaque(ev, &clause->ifs.v[i]->span, 0,
					     "the condition is not known");
		if (truth != RT_PY_TRUTHY)
			return false;
	}
	return true;
}

static void run_clauses(rt_py_eval *ev, comp *c, size_t from)
{
	const rt_py_clause *clause;
	rt_py_value *list;
	size_t i;

	if (from == c->x->u.comp.n) {
		add_element(ev, c);
		return;
	}
	clause = &c->x->u.comp.clauses[from];
	list = rt_py_eval_expr(ev, clause->iter);
	if (rt_py_broken(ev))
		return;
	list = rt_py_iterate(ev, list, &clause->iter->span);
	if (rt_py_broken(ev))
		return;
	if (list->kind == RT_PY_V_OPAQUE || clause->is_async) {
		c->unknown = list->kind == RT_PY_V_OPAQUE ? list :
			rt_py_opaque(ev, &c->x->span, 0, "is asynchronous");
		return;
	}
	for (i = 0; rt_py_is_listed(list, i) && !c->unknown; i++) {
		if (!rt_py_step(ev, 1, &c->x->span))
			return;
		rt_py_eval_assign(ev, clause->target, list->u.list.v[i]);
		if (rt_py_broken(ev))
			return;
		if (holds(ev, c, clause))
			run_clauses(ev, c, from + 1);
		if (rt_py_broken(ev))
			return;
	}
}

rt_py_value *rt_py_eval_comp(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_py_scope *outer = ev->scope;
	rt_py_scope *scope = rt_py_mem(ev, sizeof(*scope));
	comp c = { .x = x };

	c.out = rt_py_value_new(ev, x->kind == RT_PY_SETCOMP ? RT_PY_V_SET :
			      x->kind == RT_PY_DICTCOMP ? RT_PY_V_DICT :
							  RT_PY_V_LIST);
	scope->outer = outer;
	scope->file = ev->file;
	ev->scope = scope;
	run_clauses(ev, &c, 0);
	ev->scope = outer;
	if (rt_py_broken(ev))
		return ev->stopped;
	return c.unknown ? c.unknown : c.out;
}

/* ---- f-strings ---- */

static rt_py_value *unknown_text(rt_py_eval *ev, rt_py_value *v,
				 const rt_py_span *at)
{
	if (v->kind == RT_PY_V_OPAQUE)
		return v;
	return rt_py_opaque(ev, at, 0, "as text is not known");
}

/* Append a field; NULL = done, else why not. */
static rt_py_value *add_field(rt_py_eval *ev, rt_str *out,
			      const rt_py_expr *x)
{
	rt_py_value *v = rt_py_eval_expr(ev, x->u.formatted.value), *spec;
	rt_str text = RT_STR_INIT;
	bool known = true;

	if (rt_py_broken(ev))
		return ev->stopped;
	rt_str_addsv(out, x->u.formatted.echo);
	if (x->u.formatted.conversion == 's')
		known = rt_py_str_of(ev, &text, v);
	else if (x->u.formatted.conversion ||
		 (x->u.formatted.echo.n && !x->u.formatted.spec))
		known = rt_py_repr_of(ev, &text, v);
	if (!known || rt_py_broken(ev)) {
		rt_str_free(&text);
		return unknown_text(ev, v, &x->u.formatted.value->span);
	}
	if (x->u.formatted.conversion ||
	    (x->u.formatted.echo.n && !x->u.formatted.spec))
		v = rt_py_text_take(ev, &text);
	spec = x->u.formatted.spec ?
		       rt_py_eval_expr(ev, x->u.formatted.spec) :
		       rt_py_str(ev, (rt_sv){ NULL, 0 });
	if (rt_py_broken(ev) || !rt_py_is_str(spec))
		return unknown_text(ev, spec, &x->span);
	if (!rt_py_format(ev, out, v, spec->u.s, &x->span))
		return unknown_text(ev, v, &x->u.formatted.value->span);
	return NULL;
}

rt_py_value *rt_py_eval_fstring(rt_py_eval *ev, const rt_py_expr *x)
{
	rt_str out = RT_STR_INIT;
	rt_py_value *unknown = NULL, *part;
	size_t i;

	for (i = 0; i < x->u.list.n && !unknown; i++) {
		const rt_py_expr *p = x->u.list.v[i];

		if (!rt_py_room(ev, out.n)) {
			unknown = ev->stopped;
		} else if (p->kind == RT_PY_FORMATTED) {
			unknown = add_field(ev, &out, p);
		} else {
			part = rt_py_eval_expr(ev, p);
			if (rt_py_is_str(part) &&
			    rt_py_look(ev, part->u.s.n))
				rt_str_addsv(&out, part->u.s);
			else
				unknown = part;
		}
	}
	if (!unknown && !rt_py_broken(ev) &&
	    rt_py_step(ev, out.n / 64, &x->span))
		return rt_py_text_take(ev, &out);
	rt_str_free(&out);
	return rt_py_broken(ev) ? ev->stopped : unknown;
}
