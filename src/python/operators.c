/* SPDX-License-Identifier: MIT */
/* Arithmetic, comparison, truth. */
#include "config.h"

#include "python/run.h"

#include <string.h>

/* A symbol for what only the host can work out. */
static rt_py_value *as_symbol(rt_py_eval *ev, rt_py_op op, rt_py_value *a,
			      rt_py_value *b, const rt_py_span *at)
{
	rt_py_value *v;

	v = rt_py_symbol_new(ev, b ? RT_PY_S_BINARY : RT_PY_S_UNARY, a, at);
	v->u.symbol.op = op;
	v->u.symbol.other = b;
	return v;
}

static bool is_int(const rt_py_value *v)
{
	return v->kind == RT_PY_V_INT || v->kind == RT_PY_V_BOOL;
}

static bool is_number(const rt_py_value *v)
{
	return is_int(v) || v->kind == RT_PY_V_FLOAT;
}

static double number(const rt_py_value *v)
{
	return v->kind == RT_PY_V_FLOAT ? v->u.f : (double)v->u.i;
}

static rt_py_value *too_large(rt_py_eval *ev, const rt_py_span *at)
{
	return rt_py_opaque(ev, at, 0, "is a number that is too large");
}

static rt_py_value *power(rt_py_eval *ev, int64_t a, int64_t b,
			  const rt_py_span *at)
{
	int64_t r = 1;

	if (b < 0)
		return rt_py_opaque(ev, at, 0, "is a negative power");
	if (b > 64 && a != 0 && a != 1)
		return too_large(ev, at);
	if (b > 64)
		return rt_py_int(ev, a);
	while (b-- > 0)
		if (__builtin_mul_overflow(r, a, &r))
			return too_large(ev, at);
	return rt_py_int(ev, r);
}

static rt_py_value *divide(rt_py_eval *ev, rt_py_op op, int64_t a, int64_t b,
			   const rt_py_span *at)
{
	int64_t q, r;

	if (b == 0)
		return rt_py_raise(ev, at, "ZeroDivisionError", "%s", "");
	if (a == INT64_MIN && b == -1)
		return too_large(ev, at);
	q = a / b;
	r = a % b;
	if (r && (r < 0) != (b < 0)) {
		q--;
		r += b;
	}
	return rt_py_int(ev, op == RT_PY_MOD ? r : q);
}

static rt_py_value *shift(rt_py_eval *ev, rt_py_op op, int64_t a, int64_t b,
			  const rt_py_span *at)
{
	int64_t r;

	if (b < 0)
		return rt_py_raise(ev, at, "ValueError", "negative shift");
	if (op == RT_PY_RSHIFT)
		return rt_py_int(ev, b > 62 ? (a < 0 ? -1 : 0) : a >> b);
	if (a == 0)
		return rt_py_int(ev, 0);
	if (b > 62 || __builtin_mul_overflow(a, (int64_t)1 << b, &r))
		return too_large(ev, at);
	return rt_py_int(ev, r);
}

static rt_py_value *int_op(rt_py_eval *ev, rt_py_op op, int64_t a, int64_t b,
			   const rt_py_span *at)
{
	int64_t r = 0;
	bool over = false;

	switch (op) {
	case RT_PY_ADD:
		over = __builtin_add_overflow(a, b, &r);
		break;
	case RT_PY_SUB:
		over = __builtin_sub_overflow(a, b, &r);
		break;
	case RT_PY_MUL:
		over = __builtin_mul_overflow(a, b, &r);
		break;
	case RT_PY_DIV:
		if (b == 0)
			return rt_py_raise(ev, at, "ZeroDivisionError", "%s",
					   "");
		return rt_py_float(ev, (double)a / (double)b);
	case RT_PY_FLOORDIV:
	case RT_PY_MOD:
		return divide(ev, op, a, b, at);
	case RT_PY_POW:
		return power(ev, a, b, at);
	case RT_PY_LSHIFT:
	case RT_PY_RSHIFT:
		return shift(ev, op, a, b, at);
	case RT_PY_BITAND:
		r = a & b;
		break;
	case RT_PY_BITOR:
		r = a | b;
		break;
	case RT_PY_BITXOR:
		r = a ^ b;
		break;
	default:
		return rt_py_opaque(ev, at, 0, "is no arithmetic");
	}
	return over ? too_large(ev, at) : rt_py_int(ev, r);
}

static rt_py_value *float_op(rt_py_eval *ev, rt_py_op op, double a, double b,
			     const rt_py_span *at)
{
	switch (op) {
	case RT_PY_ADD:
		return rt_py_float(ev, a + b);
	case RT_PY_SUB:
		return rt_py_float(ev, a - b);
	case RT_PY_MUL:
		return rt_py_float(ev, a * b);
	case RT_PY_DIV:
		if (b < 0 || b > 0)
			return rt_py_float(ev, a / b);
		return rt_py_raise(ev, at, "ZeroDivisionError", "%s", "");
	default:
		return rt_py_opaque(ev, at, 0, "is arithmetic of floats");
	}
}

static rt_py_value *repeat(rt_py_eval *ev, rt_py_value *seq, int64_t n,
			   const rt_py_span *at)
{
	rt_py_value *v;
	size_t i, times = n > 0 ? (size_t)n : 0, len;
	char *p;
	int64_t k;

	len = seq->kind == RT_PY_V_STR || seq->kind == RT_PY_V_BYTES ?
		      seq->u.s.n : seq->u.list.n;
	if (len == 0)
		times = 0;
	if (times && len > RT_PY_EVAL_BYTES / times)
		return rt_py_stop(ev, at, "takes too much memory");
	if (!rt_py_step(ev, times + len * times / 16, at) ||
	    !rt_py_room(ev, len * times))
		return ev->stopped;
	if (seq->kind == RT_PY_V_STR || seq->kind == RT_PY_V_BYTES) {
		p = rt_py_mem(ev, len * times + 1);
		for (i = 0; i < times; i++)
			memcpy(p + i * len, seq->u.s.p, len);
		v = rt_py_value_new(ev, seq->kind);
		v->u.s = (rt_sv){ p, len * times };
		return v;
	}
	v = rt_py_list_new(ev, seq->kind);
	for (k = 0; (size_t)k < times && !rt_py_broken(ev); k++)
		for (i = 0; i < len; i++)
			rt_py_list_add(ev, v, seq->u.list.v[i]);
	return v;
}

static rt_py_value *concat(rt_py_eval *ev, rt_py_value *a, rt_py_value *b,
			   const rt_py_span *at)
{
	rt_py_value *v = rt_py_value_new(ev, a->kind);
	size_t i;
	char *p;

	if (a->kind == RT_PY_V_STR || a->kind == RT_PY_V_BYTES) {
		if (!rt_py_room(ev, a->u.s.n + b->u.s.n) ||
		    !rt_py_step(ev, (a->u.s.n + b->u.s.n) / 64, at))
			return ev->stopped;
		p = rt_py_mem(ev, a->u.s.n + b->u.s.n + 1);
		if (a->u.s.n)
			memcpy(p, a->u.s.p, a->u.s.n);
		if (b->u.s.n)
			memcpy(p + a->u.s.n, b->u.s.p, b->u.s.n);
		v->u.s = (rt_sv){ p, a->u.s.n + b->u.s.n };
		return v;
	}
	if (!rt_py_step(ev, (a->u.list.n + b->u.list.n) / 8, at))
		return ev->stopped;
	for (i = 0; i < a->u.list.n; i++)
		rt_py_list_add(ev, v, a->u.list.v[i]);
	for (i = 0; i < b->u.list.n; i++)
		rt_py_list_add(ev, v, b->u.list.v[i]);
	return v;
}

static bool is_seq(const rt_py_value *v)
{
	return v->kind == RT_PY_V_STR || v->kind == RT_PY_V_BYTES ||
	       v->kind == RT_PY_V_LIST || v->kind == RT_PY_V_TUPLE;
}

static void add_all(rt_py_eval *ev, rt_py_value *to, const rt_py_value *from)
{
	size_t i;

	for (i = 0; i < from->u.dict.n; i++)
		if (!from->u.dict.v[i].gone)
			rt_py_table_set(ev, &to->u.dict,
					from->u.dict.v[i].key,
					from->u.dict.v[i].value);
}

/* Set algebra; `|` of dicts, too. */
static rt_py_value *set_op(rt_py_eval *ev, rt_py_op op, rt_py_value *a,
			   rt_py_value *b, const rt_py_span *at)
{
	rt_py_value *v = rt_py_value_new(ev, a->kind);
	const rt_py_table *t = &a->u.dict;
	size_t i;

	if (!rt_py_step(ev, t->n / 4 + b->u.dict.n / 4, at))
		return ev->stopped;
	if (op == RT_PY_BITOR) {
		add_all(ev, v, a);
		add_all(ev, v, b);
		return v;
	}
	if (a->kind == RT_PY_V_DICT ||
	    (op != RT_PY_SUB && op != RT_PY_BITAND))
		return rt_py_opaque(ev, at, 0, "is set algebra");
	for (i = 0; i < t->n; i++) {
		bool in;

		if (t->v[i].gone)
			continue;
		in = rt_py_table_find(ev, &b->u.dict, t->v[i].key) != NULL;
		if (in == (op == RT_PY_BITAND))
			rt_py_table_set(ev, &v->u.dict, t->v[i].key,
					t->v[i].value);
	}
	return v;
}

rt_py_value *rt_py_binary(rt_py_eval *ev, rt_py_op op, rt_py_value *a,
			  rt_py_value *b, const rt_py_span *at)
{
	if (a->kind == RT_PY_V_OPAQUE)
		return a;
	if (a->kind == RT_PY_V_STR && op == RT_PY_MOD)
		return rt_py_percent(ev, a->u.s, b, at);
	if (b->kind == RT_PY_V_OPAQUE)
		return b;
	if (rt_py_is_foreign(a) || rt_py_is_foreign(b))
		return as_symbol(ev, op, a, b, at);
	if (is_int(a) && is_int(b))
		return int_op(ev, op, a->u.i, b->u.i, at);
	if (is_number(a) && is_number(b))
		return float_op(ev, op, number(a), number(b), at);
	if (op == RT_PY_ADD && is_seq(a) && a->kind == b->kind)
		return concat(ev, a, b, at);
	if (op == RT_PY_MUL && is_seq(a) && is_int(b))
		return repeat(ev, a, b->u.i, at);
	if (op == RT_PY_MUL && is_int(a) && is_seq(b))
		return repeat(ev, b, a->u.i, at);
	if (a->kind == b->kind &&
	    (a->kind == RT_PY_V_SET || a->kind == RT_PY_V_DICT))
		return set_op(ev, op, a, b, at);
	if (a->kind > RT_PY_V_DICT || b->kind > RT_PY_V_DICT)
		return rt_py_opaque(ev, at, 0, "is an operation on %s",
				    rt_py_kind_noun(a->kind));
	return rt_py_raise(ev, at, "TypeError", "an operation on %s and %s",
			   rt_py_kind_noun(a->kind), rt_py_kind_noun(b->kind));
}

rt_py_value *rt_py_unary(rt_py_eval *ev, rt_py_op op, rt_py_value *a,
			 const rt_py_span *at)
{
	if (a->kind == RT_PY_V_OPAQUE)
		return a;
	if (op == RT_PY_NOT) {
		switch (rt_py_truth_of(ev, a)) {
		case RT_PY_TRUTHY:
			return ev->no;
		case RT_PY_FALSY:
			return ev->yes;
		default:
			return rt_py_opaque(ev, at, 0,
					    "whether it is true is not known");
		}
	}
	if (rt_py_is_foreign(a))
		return as_symbol(ev, op, a, NULL, at);
	if (op == RT_PY_INVERT && is_int(a))
		return rt_py_int(ev, ~a->u.i);
	if (a->kind == RT_PY_V_FLOAT && op != RT_PY_INVERT)
		return rt_py_float(ev, op == RT_PY_NEG ? -a->u.f : a->u.f);
	if (is_int(a) && op == RT_PY_POS)
		return rt_py_int(ev, a->u.i);
	if (is_int(a) && a->u.i != INT64_MIN)
		return rt_py_int(ev, -a->u.i);
	return rt_py_opaque(ev, at, 0, "is an operation on %s",
			    rt_py_kind_noun(a->kind));
}

/* ---- comparison ---- */

rt_py_truth rt_py_contains(rt_py_eval *ev, rt_py_value *in, rt_py_value *v,
			   const rt_py_span *at)
{
	rt_py_truth found = RT_PY_FALSY, one;
	size_t i;

	if (in->kind == RT_PY_V_STR) {
		if (!rt_py_is_str(v))
			return RT_PY_UNKNOWN;
		if (!rt_py_look(ev, in->u.s.n))
			return RT_PY_UNKNOWN;
		return v->u.s.n == 0 ||
		       memmem(in->u.s.p, in->u.s.n, v->u.s.p, v->u.s.n) ?
			       RT_PY_TRUTHY : RT_PY_FALSY;
	}
	if (in->kind == RT_PY_V_DICT || in->kind == RT_PY_V_SET) {
		if (!rt_py_hashable(v) || rt_py_is_foreign(v))
			return RT_PY_UNKNOWN;
		return rt_py_table_find(ev, &in->u.dict, v) ? RT_PY_TRUTHY :
							      RT_PY_FALSY;
	}
	in = rt_py_iterate(ev, in, at);
	if (in->kind == RT_PY_V_OPAQUE)
		return RT_PY_UNKNOWN;
	for (i = 0; i < in->u.list.n; i++) {
		if (!rt_py_step(ev, 1, at))
			return RT_PY_UNKNOWN;
		one = rt_py_equal(ev, in->u.list.v[i], v);
		if (one == RT_PY_TRUTHY)
			return one;
		if (one == RT_PY_UNKNOWN)
			found = one;
	}
	return found;
}

/* `is`, of values that have an identity here. */
static rt_py_truth identical(const rt_py_value *a, const rt_py_value *b)
{
	const rt_py_value *other = a->kind == RT_PY_V_NONE ? b : a;

	if (a == b)
		return RT_PY_TRUTHY;
	if (a->kind == RT_PY_V_OPAQUE || b->kind == RT_PY_V_OPAQUE)
		return RT_PY_UNKNOWN;
	if (rt_py_symbol_of(other, RT_PY_S_CALL) ||
	    rt_py_symbol_of(other, RT_PY_S_INDEX) ||
	    rt_py_symbol_of(other, RT_PY_S_ATTR))
		return RT_PY_UNKNOWN; /* what it returns is not known */
	if (a->kind == RT_PY_V_NONE || b->kind == RT_PY_V_NONE ||
	    a->kind == RT_PY_V_BOOL || b->kind == RT_PY_V_BOOL ||
	    a->kind != b->kind || a->kind == RT_PY_V_LIST ||
	    a->kind == RT_PY_V_DICT || a->kind == RT_PY_V_INSTANCE)
		return RT_PY_FALSY;
	return RT_PY_UNKNOWN;
}

static rt_py_value *answer(rt_py_eval *ev, rt_py_truth truth, bool negated,
			   const rt_py_value *a, const rt_py_value *b,
			   const rt_py_span *at)
{
	if (truth == RT_PY_UNKNOWN)
		return a->kind == RT_PY_V_OPAQUE ?
			       rt_py_opaque(ev, &a->u.opaque.span,
					    a->u.opaque.flag, "%.*s",
					    (int)a->u.opaque.reason.n,
					    a->u.opaque.reason.p) :
		       b->kind == RT_PY_V_OPAQUE ?
			       rt_py_opaque(ev, &b->u.opaque.span,
					    b->u.opaque.flag, "%.*s",
					    (int)b->u.opaque.reason.n,
					    b->u.opaque.reason.p) :
			       rt_py_opaque(ev, at, 0,
					    "the comparison is not known");
	return rt_py_bool(ev, (truth == RT_PY_TRUTHY) != negated);
}

static rt_py_value *ordered(rt_py_eval *ev, rt_py_op op, rt_py_value *a,
			    rt_py_value *b, const rt_py_span *at)
{
	int order;

	if (!rt_py_order(ev, a, b, &order))
		return rt_py_opaque(ev, at, 0, "the comparison is not known");
	switch (op) {
	case RT_PY_LT:
		return rt_py_bool(ev, order < 0);
	case RT_PY_LE:
		return rt_py_bool(ev, order <= 0);
	case RT_PY_GT:
		return rt_py_bool(ev, order > 0);
	default:
		return rt_py_bool(ev, order >= 0);
	}
}

rt_py_value *rt_py_compare(rt_py_eval *ev, rt_py_op op, rt_py_value *a,
			   rt_py_value *b, const rt_py_span *at)
{
	switch (op) {
	case RT_PY_IS:
	case RT_PY_IS_NOT:
		return answer(ev, identical(a, b), op == RT_PY_IS_NOT, a, b,
			      at);
	case RT_PY_IN:
	case RT_PY_NOT_IN:
		return answer(ev, rt_py_contains(ev, b, a, at),
			      op == RT_PY_NOT_IN, b, a, at);
	case RT_PY_EQ:
	case RT_PY_NE:
		if (rt_py_is_foreign(a) || rt_py_is_foreign(b))
			return as_symbol(ev, op, a, b, at);
		return answer(ev, rt_py_equal(ev, a, b), op == RT_PY_NE, a, b,
			      at);
	default:
		if (a->kind == RT_PY_V_OPAQUE)
			return a;
		if (b->kind == RT_PY_V_OPAQUE)
			return b;
		if (rt_py_is_foreign(a) || rt_py_is_foreign(b))
			return as_symbol(ev, op, a, b, at);
		return ordered(ev, op, a, b, at);
	}
}

rt_py_truth rt_py_truth_of(rt_py_eval *ev, rt_py_value *v)
{
	bool is;

	switch (v->kind) {
	case RT_PY_V_NONE:
		return RT_PY_FALSY;
	case RT_PY_V_BOOL:
	case RT_PY_V_INT:
		is = v->u.i != 0;
		break;
	case RT_PY_V_FLOAT:
		is = v->u.f < 0 || v->u.f > 0;
		break;
	case RT_PY_V_STR:
	case RT_PY_V_BYTES:
		is = v->u.s.n > 0;
		break;
	case RT_PY_V_LIST:
	case RT_PY_V_TUPLE:
		is = v->u.list.n > 0;
		break;
	case RT_PY_V_DICT:
	case RT_PY_V_SET:
		is = v->u.dict.live > 0;
		break;
	case RT_PY_V_SYMBOL:
	case RT_PY_V_NATIVE:
		if (!ev->host->truth)
			return RT_PY_UNKNOWN;
		return ev->host->truth(ev->self, ev, v);
	case RT_PY_V_OPAQUE:
		return RT_PY_UNKNOWN;
	default:
		is = true;
		break;
	}
	return is ? RT_PY_TRUTHY : RT_PY_FALSY;
}
