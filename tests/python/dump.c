/* SPDX-License-Identifier: MIT */
/*
 * Prints syntax trees for compare.py: one line a statement of a module, nodes
 * in brackets with the line they begin on, text in hexadecimal, "?" for what
 * the reader does not know.
 *
 * Usage: dump FILE...
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/str.h"
#include "python/parse.h"

static void expr(const rt_py_expr *e);
static void block(const rt_py_block *b);

static void hex(rt_sv s)
{
	size_t i;

	putchar(' ');
	putchar('\'');
	for (i = 0; i < s.n; i++)
		printf("%02x", (unsigned)(unsigned char)s.p[i]);
}

static void name(rt_sv s)
{
	size_t i;

	putchar(' ');
	for (i = 0; i < s.n; i++)
		if (s.p[i] != ' ')
			putchar(s.p[i]);
}

static void list(const rt_py_list *l)
{
	size_t i;

	printf(" [");
	for (i = 0; i < l->n; i++)
		expr(l->v[i]);
	printf(" ]");
}

static void params(const rt_py_params *l)
{
	size_t i;

	printf(" {");
	for (i = 0; i < l->n; i++) {
		printf(" %d", (int)l->v[i].kind);
		name(l->v[i].name);
		expr(l->v[i].annotation);
		expr(l->v[i].value);
	}
	printf(" }");
}

static void args(const rt_py_args *l)
{
	size_t i;

	printf(" {");
	for (i = 0; i < l->n; i++) {
		printf(" %d", (int)l->v[i].kind);
		if (l->v[i].kind == RT_PY_ARG_KEYWORD)
			name(l->v[i].name);
		expr(l->v[i].value);
	}
	printf(" }");
}

/* Python puts the text of `{x = }` into the text before it. */
static void format(const rt_py_list *l)
{
	rt_str text = RT_STR_INIT;
	bool unknown = false;
	size_t i;

	printf(" [");
	for (i = 0; i <= l->n; i++) {
		const rt_py_expr *e = i < l->n ? l->v[i] : NULL;

		if (e && e->kind == RT_PY_STRING) {
			rt_str_addsv(&text, e->u.string.text);
			unknown |= e->u.string.unknown != NULL;
			continue;
		}
		if (e)
			rt_str_addsv(&text, e->u.formatted.echo);
		if (unknown)
			printf(" ?");
		else if (text.n)
			hex(rt_str_sv(&text));
		rt_str_clear(&text);
		unknown = false;
		if (e)
			expr(e);
	}
	rt_str_free(&text);
	printf(" ]");
}

static void formatted(const rt_py_expr *e)
{
	char conversion = e->u.formatted.conversion;

	if (!conversion && e->u.formatted.echo.n && !e->u.formatted.spec)
		conversion = 'r';
	expr(e->u.formatted.value);
	printf(" %c", conversion ? conversion : '-');
	expr(e->u.formatted.spec);
}

static void comp(const rt_py_expr *e)
{
	size_t i;

	expr(e->u.comp.element);
	if (e->kind == RT_PY_DICTCOMP)
		expr(e->u.comp.value);
	for (i = 0; i < e->u.comp.n; i++) {
		expr(e->u.comp.clauses[i].target);
		expr(e->u.comp.clauses[i].iter);
		list(&e->u.comp.clauses[i].ifs);
	}
}

static void compare(const rt_py_expr *e)
{
	size_t i;

	list(&e->u.compare.values);
	for (i = 0; i + 1 < e->u.compare.values.n; i++)
		printf(" %d", (int)e->u.compare.ops[i]);
}

static void number(const rt_py_expr *e)
{
	if (e->u.number.form == RT_PY_INT && e->u.number.fits)
		printf(" %lld", (long long)e->u.number.integer);
	else
		printf(" ?");
}

/* Nodes that are lists, or are used rarely. */
static void display(const rt_py_expr *e)
{
	size_t i;

	switch (e->kind) {
	case RT_PY_TUPLE: case RT_PY_LIST: case RT_PY_SET:
		list(&e->u.list);
		break;
	case RT_PY_DICT:
		for (i = 0; i < e->u.dict.n; i++) {
			expr(e->u.dict.v[i].key);
			expr(e->u.dict.v[i].value);
		}
		break;
	case RT_PY_LISTCOMP: case RT_PY_SETCOMP: case RT_PY_DICTCOMP:
	case RT_PY_GENERATOR:
		comp(e);
		break;
	case RT_PY_STARRED: case RT_PY_AWAIT: case RT_PY_YIELD:
		expr(e->u.operand);
		break;
	case RT_PY_WALRUS:
		name(e->u.walrus.name);
		expr(e->u.walrus.value);
		break;
	default:
		break;
	}
}

static void expr(const rt_py_expr *e)
{
	if (!e) {
		printf(" -");
		return;
	}
	printf(" (%d:%d", (int)e->kind, e->span.line);
	switch (e->kind) {
	case RT_PY_NAME:
		name(e->u.name);
		break;
	case RT_PY_NUMBER:
		number(e);
		break;
	case RT_PY_STRING:
		if (e->u.string.unknown)
			printf(" ?");
		else
			hex(e->u.string.text);
		break;
	case RT_PY_FSTRING:
		format(&e->u.list);
		break;
	case RT_PY_FORMATTED:
		formatted(e);
		break;
	case RT_PY_UNARY:
		printf(" %d", (int)e->u.unary.op);
		expr(e->u.unary.operand);
		break;
	case RT_PY_BINARY:
		printf(" %d", (int)e->u.binary.op);
		expr(e->u.binary.left);
		expr(e->u.binary.right);
		break;
	case RT_PY_BOOL:
		printf(" %d", (int)e->u.boolean.op);
		list(&e->u.boolean.values);
		break;
	case RT_PY_COMPARE:
		compare(e);
		break;
	case RT_PY_COND:
		expr(e->u.cond.test);
		expr(e->u.cond.body);
		expr(e->u.cond.orelse);
		break;
	case RT_PY_LAMBDA:
		params(&e->u.lambda.params);
		expr(e->u.lambda.body);
		break;
	case RT_PY_CALL:
		expr(e->u.call.callee);
		args(&e->u.call.args);
		break;
	case RT_PY_ATTRIBUTE:
		expr(e->u.attribute.object);
		name(e->u.attribute.name);
		break;
	case RT_PY_SUBSCRIPT:
		expr(e->u.subscript.object);
		expr(e->u.subscript.index);
		break;
	case RT_PY_SLICE:
		expr(e->u.slice.lower);
		expr(e->u.slice.upper);
		expr(e->u.slice.step);
		break;
	default:
		display(e);
		break;
	}
	printf(" )");
}

static void handlers(const rt_py_stmt *s)
{
	size_t i;

	for (i = 0; i < s->u.attempt.n; i++) {
		expr(s->u.attempt.handlers[i].type);
		name(s->u.attempt.handlers[i].name);
		block(&s->u.attempt.handlers[i].body);
	}
}

static void names(const rt_py_stmt *s)
{
	size_t i;

	for (i = 0; i < s->u.import.n; i++) {
		name(s->u.import.names[i].name);
		name(s->u.import.names[i].as);
	}
}

static void compound(const rt_py_stmt *s)
{
	size_t i;

	switch (s->kind) {
	case RT_PY_IF:
		for (i = 0; i < s->u.branch.n; i++) {
			expr(s->u.branch.arms[i].test);
			block(&s->u.branch.arms[i].body);
		}
		block(&s->u.branch.orelse);
		break;
	case RT_PY_FOR: case RT_PY_WHILE:
		expr(s->u.loop.target);
		expr(s->u.loop.iter);
		expr(s->u.loop.test);
		block(&s->u.loop.body);
		block(&s->u.loop.orelse);
		break;
	case RT_PY_WITH:
		for (i = 0; i < s->u.with.n; i++) {
			expr(s->u.with.items[i].value);
			expr(s->u.with.items[i].target);
		}
		block(&s->u.with.body);
		break;
	case RT_PY_DEF:
		name(s->u.def.name);
		params(&s->u.def.params);
		expr(s->u.def.returns);
		list(&s->u.def.decorators);
		block(&s->u.def.body);
		break;
	case RT_PY_CLASS:
		name(s->u.cls.name);
		args(&s->u.cls.bases);
		list(&s->u.cls.decorators);
		block(&s->u.cls.body);
		break;
	default:
		block(&s->u.attempt.body);
		handlers(s);
		block(&s->u.attempt.orelse);
		block(&s->u.attempt.finally);
		break;
	}
}

static void stmt(const rt_py_stmt *s)
{
	size_t i;

	printf(" <%d:%d", (int)s->kind, s->span.line);
	switch (s->kind) {
	case RT_PY_EXPR: case RT_PY_RETURN:
		expr(s->u.value);
		break;
	case RT_PY_ASSIGN:
		list(&s->u.assign.targets);
		expr(s->u.assign.value);
		break;
	case RT_PY_ANNASSIGN:
		expr(s->u.annassign.target);
		expr(s->u.annassign.annotation);
		expr(s->u.annassign.value);
		break;
	case RT_PY_AUGASSIGN:
		printf(" %d", (int)s->u.augassign.op);
		expr(s->u.augassign.target);
		expr(s->u.augassign.value);
		break;
	case RT_PY_RAISE:
		expr(s->u.raise.value);
		expr(s->u.raise.cause);
		break;
	case RT_PY_ASSERT:
		expr(s->u.assertion.test);
		expr(s->u.assertion.message);
		break;
	case RT_PY_FROM:
		printf(" %d", s->u.import.level);
		name(s->u.import.module);
		names(s);
		break;
	case RT_PY_IMPORT:
		names(s);
		break;
	case RT_PY_DEL:
		list(&s->u.targets);
		break;
	case RT_PY_GLOBAL: case RT_PY_NONLOCAL:
		for (i = 0; i < s->u.names.n; i++)
			name(s->u.names.v[i]);
		break;
	case RT_PY_OPAQUE:
		printf(" %s", s->u.opaque.reason);
		break;
	case RT_PY_PASS: case RT_PY_BREAK: case RT_PY_CONTINUE:
		break;
	default:
		compound(s);
		break;
	}
	printf(" >");
}

static void block(const rt_py_block *b)
{
	size_t i;

	printf(" :");
	for (i = 0; i < b->n; i++)
		stmt(b->v[i]);
	printf(" ;");
}

static int dump(const char *path)
{
	rt_arena arena = RT_ARENA_INIT;
	retort_error err = RETORT_ERROR_INIT;
	rt_str text = RT_STR_INIT;
	rt_py_source src;
	const rt_py_module *module;
	size_t i;
	int rc;

	rc = rt_fs_read(path, (size_t)1 << 26, &text, &err);
	if (rc == 0)
		rc = rt_py_source_open(path, rt_str_sv(&text), &src, &err);
	printf("FILE %s\n", path);
	if (rc == 0) {
		module = rt_py_parse(&arena, &src);
		for (i = 0; i < module->body.n; i++) {
			stmt(module->body.v[i]);
			putchar('\n');
		}
	} else {
		printf("ERROR %s\n", err.message);
	}
	rt_arena_free(&arena);
	rt_str_free(&text);
	retort_error_dispose(&err);
	return 0;
}

int main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		dump(argv[i]);
	return 0;
}
