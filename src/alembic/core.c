/* SPDX-License-Identifier: MIT */
/* Expressions of SQLAlchemy's Core: operators and methods. */
#include "config.h"

#include "alembic/core.h"

#include <string.h>

void rt_am_wrap(rt_str *out, const rt_am_piece *p, int rank, const char *op,
		      bool associative)
{
	bool same = op && p->op && strcmp(op, p->op) == 0 && associative;

	if (p->rank <= rank && p->rank < RT_AM_P_ATOM && !same)
		rt_str_addf(out, "(%s)", p->sql.p);
	else
		rt_str_add(out, p->sql.p);
}

/* ---- the type of the other side ---- */

static rt_am_type type_of_expr(rt_am *am, const rt_py_value *v)
{
	rt_am_type type = { .row = NULL };
	const rt_py_value *table;
	const rt_py_call *call;
	rt_sv name;

	if (rt_am_member_of(v, &table, &name))
		return rt_am_type_in(am, table, name);
	call = rt_am_call_of(v, RT_AM_SA, "column");
	if (call && call->n > 1)
		(void)rt_am_type_of(am, call->v[1], &type);
	return type;
}

static bool is_expr(const rt_py_value *v)
{
	return v->kind == RT_PY_V_SYMBOL;
}

/* ---- binary operators ---- */

typedef struct op_row {
	rt_py_op op;
	const char *sql;
	int rank;
	bool associative;
} op_row;

static const op_row op_rows[] = {
	{ RT_PY_ADD, "+", RT_AM_P_ADD, true },
	{ RT_PY_SUB, "-", RT_AM_P_ADD, false },
	{ RT_PY_MUL, "*", RT_AM_P_MUL, true },
	{ RT_PY_DIV, "/", RT_AM_P_MUL, false },
	{ RT_PY_MOD, "%", RT_AM_P_MUL, false },
	{ RT_PY_EQ, "=", RT_AM_P_COMPARE, false },
	{ RT_PY_NE, "!=", RT_AM_P_COMPARE, false },
	{ RT_PY_LT, "<", RT_AM_P_COMPARE, false },
	{ RT_PY_LE, "<=", RT_AM_P_COMPARE, false },
	{ RT_PY_GT, ">", RT_AM_P_COMPARE, false },
	{ RT_PY_GE, ">=", RT_AM_P_COMPARE, false },
	{ RT_PY_BITAND, "AND", RT_AM_P_AND, true },
	{ RT_PY_BITOR, "OR", RT_AM_P_OR, true },
};

static bool is_text_type(rt_am *am, const rt_py_value *v)
{
	rt_am_type type = type_of_expr(am, v);

	return rt_am_type_is(&type, "str") ||
	       (v->kind == RT_PY_V_STR);
}

static bool binary_of(rt_am *am, rt_am_piece *out, const op_row *row,
		      const rt_py_value *a, const rt_py_value *b,
		      unsigned flags)
{
	rt_am_type left = type_of_expr(am, a), right = type_of_expr(am, b);
	rt_am_piece pa = RT_AM_PIECE_INIT, pb = pa;
	const char *sql = row->sql;
	int rank = row->rank;
	bool ok;

	if (row->op == RT_PY_ADD && (is_text_type(am, a) ||
				     is_text_type(am, b))) {
		sql = "||";
		rank = RT_AM_P_CONCAT;
	}
	if ((row->op == RT_PY_EQ || row->op == RT_PY_NE) &&
	    (b->kind == RT_PY_V_NONE || rt_am_is(b, RT_AM_SA, "null")))
		sql = row->op == RT_PY_EQ ? "IS" : "IS NOT";
	ok = rt_am_compile(am, &pa, a, flags, right.row ? &right : NULL) &&
	     rt_am_compile(am, &pb, b, flags, left.row ? &left : NULL);
	rt_am_wrap(&out->sql, &pa, rank, sql, row->associative ||
		  rank == RT_AM_P_CONCAT);
	rt_str_addf(&out->sql, " %s ", sql);
	rt_am_wrap(&out->sql, &pb, rank, sql, row->associative ||
		  rank == RT_AM_P_CONCAT);
	out->rank = rank;
	out->op = sql;
	rt_str_free(&pa.sql);
	rt_str_free(&pb.sql);
	return ok;
}

static bool binary(rt_am *am, rt_am_piece *out, const rt_py_symbol *s,
		   unsigned flags)
{
	size_t i;

	for (i = 0; i < sizeof(op_rows) / sizeof(op_rows[0]); i++)
		if (op_rows[i].op == s->op)
			return binary_of(am, out, &op_rows[i], s->base,
					 s->other, flags);
	return false;
}

/* ---- lists ---- */

static bool list_of(rt_am *am, rt_str *out, const rt_py_value *list,
		    unsigned flags, const rt_am_type *type)
{
	size_t i;

	for (i = 0; i < list->u.list.n; i++) {
		rt_am_piece p = RT_AM_PIECE_INIT;
		bool ok = rt_am_compile(am, &p, list->u.list.v[i], flags, type);

		rt_str_add(out, i ? ", " : "");
		rt_str_add(out, p.sql.p);
		rt_str_free(&p.sql);
		if (!ok)
			return false;
	}
	return true;
}

bool rt_am_args(rt_am *am, rt_str *out, const rt_py_call *call,
		    size_t from, unsigned flags)
{
	rt_py_value list = { .kind = RT_PY_V_LIST };

	list.u.list.v = call->v + from;
	list.u.list.n = call->n > from ? call->n - from : 0;
	return list_of(am, out, &list, flags, NULL);
}

static bool in_list(rt_am *am, rt_am_piece *out, const rt_py_value *a,
		    const rt_py_value *b, bool negated, unsigned flags)
{
	rt_am_type type = type_of_expr(am, a);
	rt_am_piece pa = RT_AM_PIECE_INIT;
	rt_py_value *list = NULL;
	bool ok = rt_am_compile(am, &pa, a, flags, NULL);

	if (!is_expr(b)) {
		list = rt_py_iterate(am->ev, (rt_py_value *)(uintptr_t)b,
				     &am->at);
		if (list->kind == RT_PY_V_OPAQUE)
			ok = rt_am_fail(am, list, "the list is not known");
	}
	rt_str_add(&out->sql, negated ? "(" : "");
	rt_am_wrap(&out->sql, &pa, RT_AM_P_COMPARE, NULL, false);
	rt_str_add(&out->sql, negated ? " NOT IN (" : " IN (");
	if (list && list->u.list.n == 0)
		rt_str_add(&out->sql, negated ? "NULL) OR (1 = 1" :
						"NULL) AND (1 != 1");
	else if (list)
		ok = ok && list_of(am, &out->sql, list, flags,
				   type.row ? &type : NULL);
	else
		ok = ok && rt_am_select(am, &out->sql, b);
	rt_str_add(&out->sql, negated ? "))" : ")");
	out->rank = negated ? RT_AM_P_ATOM : RT_AM_P_COMPARE;
	rt_str_free(&pa.sql);
	return ok;
}

/* and_(), or_() */
bool rt_am_joined(rt_am *am, rt_am_piece *out, const rt_py_call *call,
		   const char *op, int rank, unsigned flags)
{
	bool ok = true;
	size_t i;

	for (i = 0; ok && i < call->n; i++) {
		rt_am_piece p = RT_AM_PIECE_INIT;

		ok = rt_am_compile(am, &p, call->v[i], flags, NULL);
		if (i)
			rt_str_addf(&out->sql, " %s ", op);
		if (call->n == 1) {
			rt_str_add(&out->sql, p.sql.p);
			out->rank = p.rank;
			out->op = p.op;
		} else {
			rt_am_wrap(&out->sql, &p, rank, op, true);
		}
		rt_str_free(&p.sql);
	}
	if (call->n != 1) {
		out->rank = rank;
		out->op = op;
	}
	return ok;
}

static const struct negation {
	const char *is, *not;
} negations[] = {
	{ "=", "!=" }, { "!=", "=" }, { "<", ">=" }, { ">=", "<" },
	{ ">", "<=" }, { "<=", ">" }, { "IS", "IS NOT" }, { "IS NOT", "IS" },
};

bool rt_am_negate(rt_am *am, rt_am_piece *out, const rt_py_value *v,
		  unsigned flags)
{
	const rt_py_symbol *s = rt_py_symbol_of(v, RT_PY_S_BINARY);
	const rt_py_value *base;
	const rt_py_call *call;
	rt_am_piece p = RT_AM_PIECE_INIT;
	size_t i;
	bool ok;

	if (s && (s->op == RT_PY_EQ || s->op == RT_PY_NE)) {
		op_row row = op_rows[s->op == RT_PY_EQ ? 6 : 5];

		return binary_of(am, out, &row, s->base, s->other, flags);
	}
	if (rt_am_method_of(v, "in_", &base, &call) && call->n == 1)
		return in_list(am, out, base, call->v[0], true, flags);
	ok = rt_am_compile(am, &p, v, flags, NULL);
	for (i = 0; p.op && i < sizeof(negations) / sizeof(negations[0]); i++)
		if (strcmp(p.op, negations[i].is) == 0 && s) {
			op_row row = { s->op, negations[i].not, RT_AM_P_COMPARE,
				       false };

			rt_str_free(&p.sql);
			return binary_of(am, out, &row, s->base, s->other,
					 flags);
		}
	rt_str_add(&out->sql, "NOT ");
	rt_am_wrap(&out->sql, &p, RT_AM_P_NOT, NULL, false);
	out->rank = RT_AM_P_NOT;
	rt_str_free(&p.sql);
	return ok;
}

/* ---- methods of columns ---- */

typedef struct method_row {
	const char *name;
	const char *sql; /* between both sides */
	int rank;
} method_row;

static const method_row method_rows[] = {
	{ "is_", "IS", RT_AM_P_COMPARE },
	{ "is_not", "IS NOT", RT_AM_P_COMPARE },
	{ "isnot", "IS NOT", RT_AM_P_COMPARE },
	{ "like", "LIKE", RT_AM_P_COMPARE },
	{ "not_like", "NOT LIKE", RT_AM_P_COMPARE },
	{ "notlike", "NOT LIKE", RT_AM_P_COMPARE },
	{ "concat", "||", RT_AM_P_CONCAT },
	{ "is_distinct_from", "IS DISTINCT FROM", RT_AM_P_COMPARE },
	{ "is_not_distinct_from", "IS NOT DISTINCT FROM", RT_AM_P_COMPARE },
};

/* like(…, escape="/") */
static bool add_escape(rt_am *am, rt_am_piece *out, const rt_py_call *call)
{
	const rt_py_value *escape = rt_py_call_keyword(call, "escape");
	rt_sv text;

	if (!rt_am_text(am, escape, &text))
		return false;
	if (text.p) {
		rt_str_add(&out->sql, " ESCAPE ");
		rt_am_literal(am, &out->sql, text);
	}
	return true;
}

/* A method that is an operator or a suffix. */
bool rt_am_method(rt_am *am, rt_am_piece *out, const rt_py_value *base,
		   const rt_py_call *call, rt_sv name, unsigned flags)
{
	rt_am_piece p = RT_AM_PIECE_INIT;
	size_t i;
	bool ok;

	if (!rt_am_core_keywords(am, "", name, call))
		return false;
	for (i = 0; i < sizeof(method_rows) / sizeof(method_rows[0]); i++) {
		const op_row row = { RT_PY_IS, method_rows[i].sql,
				     method_rows[i].rank, false };

		if (rt_sv_is(name, method_rows[i].name) && call->n == 1)
			return binary_of(am, out, &row, base, call->v[0],
					 flags) &&
			       add_escape(am, out, call);
	}
	if ((rt_sv_is(name, "in_") || rt_sv_is(name, "not_in") ||
	     rt_sv_is(name, "notin_")) && call->n == 1)
		return in_list(am, out, base, call->v[0],
			       !rt_sv_is(name, "in_"), flags);
	if (rt_sv_is(name, "ilike") && am->pg && call->n == 1) {
		const op_row row = { RT_PY_IS, "ILIKE", RT_AM_P_COMPARE,
				     false };

		return binary_of(am, out, &row, base, call->v[0], flags) &&
		       add_escape(am, out, call);
	}
	ok = rt_am_compile(am, &p, base, flags, NULL);
	if (rt_sv_is(name, "desc") || rt_sv_is(name, "asc")) {
		rt_str_addf(&out->sql, "%s %s", p.sql.p,
			    rt_sv_is(name, "desc") ? "DESC" : "ASC");
		out->rank = RT_AM_P_ORDER;
	} else if (rt_sv_is(name, "label") && call->n == 1 &&
		   rt_py_is_str(call->v[0])) {
		rt_str_addf(&out->sql, "%s AS ", p.sql.p);
		rt_am_quote(am, &out->sql, call->v[0]->u.s);
	} else if (rt_sv_is(name, "between") && call->n == 2) {
		rt_am_piece a = RT_AM_PIECE_INIT, b = a;

		ok = ok &&
		     rt_am_compile(am, &a, call->v[0], flags, NULL) &&
		     rt_am_compile(am, &b, call->v[1], flags, NULL);
		rt_am_wrap(&out->sql, &p, RT_AM_P_COMPARE, NULL, false);
		rt_str_addf(&out->sql, " BETWEEN %s AND %s", a.sql.p,
			    b.sql.p);
		out->rank = RT_AM_P_COMPARE;
		rt_str_free(&a.sql);
		rt_str_free(&b.sql);
	} else if (rt_sv_is(name, "cast") && call->n == 1) {
		rt_str_addf(&out->sql, "CAST(%s AS ", p.sql.p);
		ok = ok && rt_am_type_sql(am, call->v[0], &out->sql);
		rt_str_addc(&out->sql, ')');
	} else if (rt_sv_is(name, "self_group") ||
		   rt_sv_is(name, "scalar_subquery") ||
		   rt_sv_is(name, "as_scalar")) {
		rt_str_add(&out->sql, p.sql.p);
		out->rank = p.rank;
		out->op = p.op;
	} else {
		ok = rt_am_fail(am, base, "the method %.*s() of an expression "
				"is not known", (int)name.n, name.p);
	}
	rt_str_free(&p.sql);
	return ok;
}

/* ---- all together ---- */

static bool column_of(rt_am *am, rt_am_piece *out, const rt_py_value *table,
		      rt_sv name, unsigned flags)
{
	rt_sv schema, table_name;

	if (!(flags & RT_AM_BARE)) {
		if (!rt_am_table_name(am, table, &schema, &table_name))
			return false;
		rt_am_quote_dotted(am, &out->sql, schema, table_name);
		rt_str_addc(&out->sql, '.');
	}
	rt_am_quote(am, &out->sql, name);
	return true;
}

/* A chain that began with select(): a subquery. */
static bool is_select(const rt_py_value *v)
{
	const rt_py_value *base;
	const rt_py_call *call;
	int hops;

	for (hops = 0; hops < 64; hops++) {
		if (rt_am_is(v, RT_AM_SA, "select"))
			return true;
		if (!rt_am_method_of(v, NULL, &base, &call))
			return false;
		v = base;
	}
	return false;
}

static bool compile_call(rt_am *am, rt_am_piece *out, const rt_py_value *v,
			 unsigned flags)
{
	const rt_py_symbol *op, *s = &v->u.symbol;
	const rt_py_value *base;
	const rt_py_call *call;

	if (is_select(v)) {
		if (rt_am_method_of(v, "exists", &base, &call)) {
			rt_str_add(&out->sql, "EXISTS ");
			out->rank = RT_AM_P_COMPARE;
		}
		rt_str_addc(&out->sql, '(');
		if (!rt_am_select(am, &out->sql, v))
			return false;
		rt_str_addc(&out->sql, ')');
		return true;
	}
	if (rt_am_method_of(v, "bindparams", &base, &call)) {
		const rt_py_call *text = rt_am_call_of(base, RT_AM_SA,
						       "text");

		if (text && text->n && rt_py_is_str(text->v[0]))
			return rt_am_raw(am, &out->sql, text->v[0]->u.s,
					 call);
	}
	if (rt_am_method_of(v, NULL, &base, &call))
		return rt_am_method(am, out, base, call,
			      rt_py_symbol_of(s->base, RT_PY_S_ATTR)->name,
			      flags);
	/* column.op("->>")("key") */
	op = rt_py_symbol_of(s->base, RT_PY_S_CALL);
	if (op && rt_am_method_of(s->base, "op", &base, &call) && call->n &&
	    rt_py_is_str(call->v[0]) && s->call.n == 1 &&
	    rt_am_core_keywords(am, "", RT_SV("op"), call)) {
		const op_row row = { RT_PY_IS,
			rt_py_str_copy(am->ev, call->v[0]->u.s)->u.s.p, 0,
			false };

		return binary_of(am, out, &row, base, s->call.v[0], flags);
	}
	return rt_am_fail(am, v, "an expression is not known");
}

static bool compile(rt_am *am, rt_am_piece *out, const rt_py_value *v,
		    unsigned flags, const rt_am_type *type)
{
	const rt_py_symbol *s;
	const rt_py_value *table;
	rt_am_ref ref;
	rt_sv name;

	if (v->kind != RT_PY_V_SYMBOL)
		return rt_am_value(am, &out->sql, v, type);
	s = &v->u.symbol;
	if (rt_am_ref_of(v, &ref)) {
		if (ref.space == RT_AM_FUNC)
			return rt_am_function(am, out, &ref, flags);
		if (ref.space == RT_AM_SA && !is_select(v))
			return rt_am_exported(am, out, &ref, flags, type);
		if (ref.space == RT_AM_STDLIB)
			return rt_am_value(am, &out->sql, v, type);
		if (ref.space == RT_AM_OP &&
		    rt_sv_is(ref.name, "inline_literal"))
			return rt_am_exported(am, out, &ref, flags, type);
	}
	if (rt_am_member_of(v, &table, &name))
		return column_of(am, out, table, name, flags);
	switch (s->form) {
	case RT_PY_S_BINARY:
		if (binary(am, out, s, flags))
			return true;
		break;
	case RT_PY_S_UNARY:
		if (s->op == RT_PY_INVERT)
			return rt_am_negate(am, out, s->base, flags);
		rt_str_add(&out->sql, "-");
		return rt_am_compile(am, out, s->base, flags, type);
	case RT_PY_S_CALL:
		return compile_call(am, out, v, flags);
	default:
		break;
	}
	return rt_am_fail(am, v, "an expression is not known");
}

bool rt_am_compile(rt_am *am, rt_am_piece *out, const rt_py_value *v,
		   unsigned flags, const rt_am_type *type)
{
	bool ok;

	out->rank = RT_AM_P_ATOM;
	if (!rt_am_may_go_on(am) || !rt_am_enter(am, v))
		return false;
	ok = compile(am, out, v, flags, type);
	rt_am_leave(am);
	return ok;
}

bool rt_am_expr(rt_am *am, rt_str *out, const rt_py_value *v, unsigned flags)
{
	rt_am_piece p = RT_AM_PIECE_INIT;
	bool ok = rt_am_compile(am, &p, v, flags, NULL);

	if (flags & RT_AM_GROUP)
		rt_am_wrap(out, &p, RT_AM_P_ATOM - 1, NULL, false);
	else
		rt_str_add(out, p.sql.p);
	rt_str_free(&p.sql);
	return ok;
}
