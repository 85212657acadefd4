/* SPDX-License-Identifier: MIT */
/*
 * The variables of an Alembic revision: how they are bound, and what the
 * literals are worth that they are bound to.
 */
#include "config.h"

#include "revfmt/alembic.h"

#include <string.h>

#include "base/vec.h"
#include "python/chars.h"

/* Names looked up for one value; each costs a walk over the module. */
enum { LOOKUPS = 64 };

/* No header comes near these; they keep its reader linear. */
enum { LONGEST_STRING = 4096, LONGEST_LIST = 4096, DEEPEST = 1000 };

/* --- bindings --- */

/* The search for the binding of one name. */
struct search {
	const rt_py_source *src;
	rt_sv name;
	rt_alembic_variable *out;
};

static void bind(struct search *s, size_t statement, const rt_py_expr *value)
{
	*s->out = (rt_alembic_variable){ value, statement, NULL, 0, 0 };
}

static void spoil(struct search *s, size_t statement, const rt_py_span *span,
		  const char *problem)
{
	*s->out = (rt_alembic_variable){ NULL, statement, problem, span->line,
					 span->column };
}

static bool is_name(const struct search *s, const rt_py_expr *e)
{
	return e->kind == RT_PY_NAME && rt_sv_eq(e->u.name, s->name);
}

/* Whether a target holds the name at any depth. */
static bool holds(const struct search *s, const rt_py_expr *e)
{
	size_t i;

	if (!e)
		return false;
	if (e->kind == RT_PY_STARRED)
		return holds(s, e->u.operand);
	if (e->kind != RT_PY_TUPLE && e->kind != RT_PY_LIST)
		return is_name(s, e);
	for (i = 0; i < e->u.list.n; i++)
		if (holds(s, e->u.list.v[i]))
			return true;
	return false;
}

/* `target = value`, for one target of the statement. */
static void assign(struct search *s, size_t statement,
		   const rt_py_expr *target, const rt_py_expr *value)
{
	size_t i;

	if (is_name(s, target)) {
		bind(s, statement, value);
		return;
	}
	if (!holds(s, target))
		return;
	if (value->kind != RT_PY_TUPLE ||
	    value->u.list.n != target->u.list.n) {
		spoil(s, statement, &target->span, "it is unpacked out of "
		      "another value");
		return;
	}
	for (i = 0; i < target->u.list.n; i++)
		assign(s, statement, target->u.list.v[i],
		       value->u.list.v[i]);
}

static bool block_binds(const struct search *s, const rt_py_block *block);

static bool import_binds(const struct search *s, const rt_py_stmt *st)
{
	size_t i;

	for (i = 0; i < st->u.import.n; i++) {
		const rt_py_alias *a = &st->u.import.names[i];

		if (rt_sv_eq(a->as.n ? a->as : a->name, s->name))
			return true;
	}
	return false;
}

static bool targets_bind(const struct search *s, const rt_py_list *targets)
{
	size_t i;

	for (i = 0; i < targets->n; i++)
		if (holds(s, targets->v[i]))
			return true;
	return false;
}

/* Text that is not read may bind a name that is in it. */
static bool text_has(const struct search *s, const rt_py_span *span)
{
	const char *p = s->src->text.p + span->start;
	const char *end = s->src->text.p + span->end, *from = p, *found;

	for (;; p = found + 1) {
		found = memmem(p, (size_t)(end - p), s->name.p, s->name.n);
		if (!found)
			return false;
		if ((found == from || !rt_py_is_name(found[-1])) &&
		    (found + s->name.n == end ||
		     !rt_py_is_name(found[s->name.n])))
			return true;
	}
}

static bool with_binds(const struct search *s, const rt_py_stmt *st)
{
	size_t i;

	for (i = 0; i < st->u.with.n; i++)
		if (holds(s, st->u.with.items[i].target))
			return true;
	return block_binds(s, &st->u.with.body);
}

static bool try_binds(const struct search *s, const rt_py_stmt *st)
{
	size_t i;

	for (i = 0; i < st->u.attempt.n; i++)
		if (block_binds(s, &st->u.attempt.handlers[i].body))
			return true;
	return block_binds(s, &st->u.attempt.body) ||
	       block_binds(s, &st->u.attempt.orelse) ||
	       block_binds(s, &st->u.attempt.finally);
}

static bool if_binds(const struct search *s, const rt_py_stmt *st)
{
	size_t i;

	for (i = 0; i < st->u.branch.n; i++)
		if (block_binds(s, &st->u.branch.arms[i].body))
			return true;
	return block_binds(s, &st->u.branch.orelse);
}

/* Whether a statement binds the name, in whatever way. */
static bool binds(const struct search *s, const rt_py_stmt *st)
{
	switch (st->kind) {
	case RT_PY_ASSIGN:
		return targets_bind(s, &st->u.assign.targets);
	case RT_PY_ANNASSIGN:
		return st->u.annassign.value &&
		       holds(s, st->u.annassign.target);
	case RT_PY_AUGASSIGN:
		return holds(s, st->u.augassign.target);
	case RT_PY_IF:
		return if_binds(s, st);
	case RT_PY_FOR: case RT_PY_WHILE:
		return holds(s, st->u.loop.target) ||
		       block_binds(s, &st->u.loop.body) ||
		       block_binds(s, &st->u.loop.orelse);
	case RT_PY_WITH:
		return with_binds(s, st);
	case RT_PY_TRY:
		return try_binds(s, st);
	case RT_PY_DEF:
		return rt_sv_eq(st->u.def.name, s->name);
	case RT_PY_CLASS:
		return rt_sv_eq(st->u.cls.name, s->name);
	case RT_PY_IMPORT: case RT_PY_FROM:
		return import_binds(s, st);
	case RT_PY_DEL:
		return targets_bind(s, &st->u.targets);
	case RT_PY_OPAQUE:
		return text_has(s, &st->span);
	default:
		return false;
	}
}

static bool block_binds(const struct search *s, const rt_py_block *block)
{
	size_t i;

	for (i = 0; i < block->n; i++)
		if (binds(s, block->v[i]))
			return true;
	return false;
}

static const char *problem_of(const rt_py_stmt *st)
{
	switch (st->kind) {
	case RT_PY_IF:
		return "it is assigned in an `if`";
	case RT_PY_FOR: case RT_PY_WHILE:
		return "it is assigned in a loop";
	case RT_PY_WITH:
		return "it is assigned in a `with` block";
	case RT_PY_TRY:
		return "it is assigned in a `try` block";
	case RT_PY_AUGASSIGN:
		return "it is changed in place";
	case RT_PY_DEF: case RT_PY_CLASS:
		return "it is a function or class";
	case RT_PY_DEL:
		return "it is deleted";
	case RT_PY_OPAQUE:
		return "it stands in what cannot be read";
	default:
		return "it is imported";
	}
}

void rt_alembic_find(const rt_py_source *src, const rt_py_module *module,
		     const char *name, size_t before, rt_alembic_variable *out)
{
	struct search s = { src, rt_sv_from(name), out };
	size_t at, i;

	*out = (rt_alembic_variable){ NULL, 0, NULL, 0, 0 };
	for (at = before; at > 0 && !out->value && !out->problem; at--) {
		const rt_py_stmt *st = module->body.v[at - 1];

		if (!binds(&s, st))
			continue;
		if (st->kind == RT_PY_ASSIGN)
			for (i = 0; i < st->u.assign.targets.n; i++)
				assign(&s, at - 1, st->u.assign.targets.v[i],
				       st->u.assign.value);
		else if (st->kind == RT_PY_ANNASSIGN)
			bind(&s, at - 1, st->u.annassign.value);
		else
			spoil(&s, at - 1, &st->span, problem_of(st));
	}
}

/* --- values --- */

/* The evaluation of one expression. */
struct evaluation {
	rt_arena *arena;
	const rt_py_source *src;
	const rt_py_module *module;
	int lookups, depth;
	rt_alembic_variable *problem;
};

static bool evaluate(struct evaluation *ev, const rt_py_expr *e, size_t before,
		     rt_alembic_value *out);

static bool unknown(struct evaluation *ev, const rt_py_expr *e,
		    const char *why)
{
	ev->problem->value = NULL;
	ev->problem->problem = why;
	ev->problem->line = e->span.line;
	ev->problem->column = e->span.column;
	return false;
}

static bool string_of(struct evaluation *ev, rt_sv text, const rt_py_expr *e,
		      rt_alembic_value *out)
{
	const char **v;

	if (memchr(text.p, '\0', text.n))
		return unknown(ev, e, "a NUL stands in it");
	if (text.n > LONGEST_STRING)
		return unknown(ev, e, "it is too long");
	v = rt_arena_alloc(ev->arena, sizeof(*v));
	v[0] = rt_arena_strsv(ev->arena, text);
	out->kind = RT_ALEMBIC_STRING;
	out->names = (retort_names){ v, 1 };
	return true;
}

static bool name(struct evaluation *ev, const rt_py_expr *e, size_t before,
		 rt_alembic_value *out)
{
	const char *text = rt_arena_strsv(ev->arena, e->u.name);
	rt_alembic_variable found;

	if (++ev->lookups > LOOKUPS)
		return unknown(ev, e, "it is made of too many names");
	rt_alembic_find(ev->src, ev->module, text, before, &found);
	if (found.value)
		return evaluate(ev, found.value, found.statement, out);
	return unknown(ev, e, found.problem ? rt_arena_strf(ev->arena,
		       "it is the value of `%s`: %s, line %d", text,
		       found.problem, found.line) :
		       rt_arena_strf(ev->arena, "the file does not say what "
				     "`%s` is", text));
}

static bool format(struct evaluation *ev, const rt_py_expr *e, size_t before,
		   rt_alembic_value *out)
{
	rt_str text = RT_STR_INIT;
	bool ok = true;
	size_t i;

	for (i = 0; i < e->u.list.n && ok; i++) {
		const rt_py_expr *part = e->u.list.v[i];

		if (part->kind == RT_PY_FORMATTED &&
		    (part->u.formatted.spec || part->u.formatted.echo.n ||
		     (part->u.formatted.conversion &&
		      part->u.formatted.conversion != 's'))) {
			ok = unknown(ev, part, "it is formatted");
			break;
		}
		if (part->kind == RT_PY_FORMATTED)
			part = part->u.formatted.value;
		ok = evaluate(ev, part, before, out);
		if (ok && out->kind != RT_ALEMBIC_STRING)
			ok = unknown(ev, part, "a part of it is no string");
		if (ok)
			rt_str_add(&text, out->names.v[0]);
		if (text.n > LONGEST_STRING)
			ok = unknown(ev, e, "it is too long");
	}
	if (ok)
		ok = string_of(ev, rt_str_sv(&text), e, out);
	rt_str_free(&text);
	return ok;
}

static bool add(struct evaluation *ev, const rt_py_expr *e, size_t before,
		rt_alembic_value *out)
{
	rt_alembic_value left, right;
	const char **v;
	size_t n;

	if (e->u.binary.op != RT_PY_ADD)
		return unknown(ev, e, "it is computed");
	if (!evaluate(ev, e->u.binary.left, before, &left) ||
	    !evaluate(ev, e->u.binary.right, before, &right))
		return false;
	if (left.kind != right.kind || left.kind == RT_ALEMBIC_NONE)
		return unknown(ev, e, "it adds what does not go together");
	if (left.kind == RT_ALEMBIC_STRING)
		return string_of(ev, rt_sv_from(rt_arena_strf(ev->arena,
				 "%s%s", left.names.v[0], right.names.v[0])),
				 e, out);
	n = left.names.n + right.names.n;
	if (n > LONGEST_LIST)
		return unknown(ev, e, "it is too long");
	v = rt_arena_calloc(ev->arena, n, sizeof(*v));
	if (left.names.n)
		memcpy(v, left.names.v, left.names.n * sizeof(*v));
	if (right.names.n)
		memcpy(v + left.names.n, right.names.v,
		       right.names.n * sizeof(*v));
	out->kind = RT_ALEMBIC_LIST;
	out->names = (retort_names){ v, n };
	return true;
}

static bool list(struct evaluation *ev, const rt_py_expr *e, size_t before,
		 rt_alembic_value *out)
{
	RT_VEC(const char *) names = RT_VEC_INIT;
	rt_alembic_value one;
	const char **v;
	bool ok = true;
	size_t i, k;

	for (i = 0; i < e->u.list.n && ok; i++) {
		const rt_py_expr *item = e->u.list.v[i];
		bool star = item->kind == RT_PY_STARRED;

		ok = evaluate(ev, star ? item->u.operand : item, before, &one);
		if (ok && one.kind != (star ? RT_ALEMBIC_LIST :
				       RT_ALEMBIC_STRING))
			ok = unknown(ev, item, "something in it is no string");
		for (k = 0; ok && k < one.names.n; k++)
			rt_vec_push(&names, one.names.v[k]);
		if (names.n > LONGEST_LIST)
			ok = unknown(ev, e, "it is too long");
	}
	v = rt_arena_calloc(ev->arena, names.n, sizeof(*v));
	if (names.n)
		memcpy(v, names.v, names.n * sizeof(*v));
	out->kind = RT_ALEMBIC_LIST;
	out->names = (retort_names){ v, names.n };
	rt_vec_free(&names);
	return ok;
}

/* tuple(x), list(x) and their like; without x, an empty one. */
static bool call(struct evaluation *ev, const rt_py_expr *e, size_t before,
		 rt_alembic_value *out)
{
	static const char *const makers[] = { "tuple", "list", "set",
					      "frozenset" };
	const rt_py_expr *callee = e->u.call.callee;
	const rt_py_args *args = &e->u.call.args;
	size_t i;

	if (callee->kind != RT_PY_NAME || args->n > 1 ||
	    (args->n && args->v[0].kind != RT_PY_ARG_PLAIN))
		return unknown(ev, e, "it comes out of a call");
	for (i = 0; i < sizeof(makers) / sizeof(makers[0]); i++)
		if (rt_sv_is(callee->u.name, makers[i]))
			break;
	if (i == sizeof(makers) / sizeof(makers[0]))
		return unknown(ev, e, "it comes out of a call");
	*out = (rt_alembic_value){ RT_ALEMBIC_LIST, { NULL, 0 } };
	if (args->n && !evaluate(ev, args->v[0].value, before, out))
		return false;
	return out->kind == RT_ALEMBIC_LIST ||
	       unknown(ev, e, "it comes out of a call");
}

static bool literal(struct evaluation *ev, const rt_py_expr *e, size_t before,
		    rt_alembic_value *out)
{
	switch (e->kind) {
	case RT_PY_NONE:
		*out = (rt_alembic_value){ RT_ALEMBIC_NONE, { NULL, 0 } };
		return true;
	case RT_PY_STRING:
		if (e->u.string.is_bytes)
			return unknown(ev, e, "it is of bytes");
		if (e->u.string.unknown)
			return unknown(ev, e, e->u.string.unknown);
		return string_of(ev, e->u.string.text, e, out);
	case RT_PY_FSTRING:
		return format(ev, e, before, out);
	case RT_PY_TUPLE: case RT_PY_LIST: case RT_PY_SET:
		return list(ev, e, before, out);
	case RT_PY_BINARY:
		return add(ev, e, before, out);
	case RT_PY_NAME:
		return name(ev, e, before, out);
	case RT_PY_CALL:
		return call(ev, e, before, out);
	default:
		return unknown(ev, e, rt_arena_strf(ev->arena, "it is %s",
						    rt_py_expr_noun(e->kind)));
	}
}

static bool evaluate(struct evaluation *ev, const rt_py_expr *e, size_t before,
		     rt_alembic_value *out)
{
	bool ok;

	if (ev->depth >= DEEPEST)
		return unknown(ev, e, "it is nested too deep");
	ev->depth++;
	ok = literal(ev, e, before, out);
	ev->depth--;
	return ok;
}

bool rt_alembic_evaluate(rt_arena *arena, const rt_py_source *src,
			 const rt_py_module *module, const rt_py_expr *e,
			 size_t before, rt_alembic_value *out,
			 rt_alembic_variable *problem)
{
	struct evaluation ev = { arena, src, module, 0, 0, problem };

	return evaluate(&ev, e, before, out);
}
