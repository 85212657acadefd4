/* SPDX-License-Identifier: MIT */
/* What the parser does with what it cannot read; compare.py has the rest. */
#include "support/rt_test.h"

#include <string.h>
#include <time.h>

#include "base/str.h"
#include "python/parse.h"

struct fixture {
	rt_arena arena;
	rt_str text;
	rt_py_module *module;
};

static void parse(struct fixture *f, bool outline)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_py_source src;

	assert_int_equal(rt_py_source_open("x.py", rt_str_sv(&f->text), &src,
					   &err), 0);
	f->module = rt_py_parse_outline(&f->arena, &src, outline);
}

static void parse_text(struct fixture *f, const char *text)
{
	*f = (struct fixture){ RT_ARENA_INIT, RT_STR_INIT, NULL };
	rt_str_add(&f->text, text);
	parse(f, false);
}

static void drop(struct fixture *f)
{
	rt_arena_free(&f->arena);
	rt_str_free(&f->text);
}

/* The only opaque statement, and that the last statement is `z = 1`. */
static void opaque(const char *text, const char *reason, int line, int column)
{
	struct fixture f;
	const rt_py_block *body;

	parse_text(&f, text);
	body = &f.module->body;
	assert_int_equal(f.module->n_opaque, 1);
	assert_string_equal(f.module->opaque->u.opaque.reason, reason);
	assert_int_equal(f.module->opaque->u.opaque.line, line);
	assert_int_equal(f.module->opaque->u.opaque.column, column);
	assert_int_equal(body->v[body->n - 1]->kind, RT_PY_ASSIGN);
	drop(&f);
}

static void test_opaque_statements(void **state)
{
	(void)state;
	opaque("print 'x'\nz = 1\n", "a print statement of Python 2", 1, 7);
	opaque("match x:\n  case 1:\n    y\n  case 2: y\nz = 1\n",
	       "a match statement", 1, 7);
	opaque("type X = int\nz = 1\n", "a type statement", 1, 6);
	opaque("if a:\n  b c\nz = 1\n", "something follows that does not "
	       "belong to the statement", 2, 5);
	opaque("def f():\n  x = (1, 2]\n  y = 1\nz = 1\n",
	       "a bracket does not match the one it closes", 2, 12);
	opaque("try:\n  a\nexcept X, e:\n  b\nelse:\n  c\nz = 1\n",
	       "`:` is missing", 3, 9);
	opaque("x = 'a\nz = 1\n", "a string is not closed", 1, 5);
	opaque("x = f'{a'\nz = 1\n}'\nz = 1", "a string is not closed", 1, 9);
	opaque("x = f'{a b}'\nz = 1", "`}` is missing in an f-string", 1, 10);
	opaque("x = f'{a:'\nz = 1", "a field of an f-string is not closed", 1,
	       10);
	opaque("x = f'}'\nz = 1", "a single } in an f-string", 1, 7);
	opaque("x = 0777\nz = 1\n",
	       "a number that begins with 0, which Python 3 has not", 1, 5);
	opaque("def f():\nz = 1\n", "an indented block is missing", 2, 1);
	opaque("x = 1\n  y = 2\n  a = 3\nz = 1\n",
	       "a line is indented under no other", 2, 3);
	opaque("x = 1 = 2\nz = 1\n", "a value stands where a name should", 1,
	       5);
	opaque("x = `a`\nz = 1\n", "a character that has no meaning", 1, 5);
	opaque("@a\nx = 1\nz = 1\n", "a decorator decorates nothing", 2, 1);
	opaque("b'\xc3\xa4'\nz = 1\n", "bytes can only hold ASCII", 1, 1);
	opaque("'\\x1'\nz = 1\n", "an escape in a string is cut short", 1, 1);
	opaque("'a' b'b'\nz = 1\n", "bytes beside a string", 1, 9);
}

static void test_open_bracket_takes_the_rest(void **state)
{
	struct fixture f;

	(void)state;
	parse_text(&f, "a = 1\nb = (2,\nc = 3\nd = 4\n");
	assert_int_equal(f.module->body.n, 2);
	assert_int_equal(f.module->n_opaque, 1);
	drop(&f);
}

static void test_unknown_characters(void **state)
{
	struct fixture f;
	const rt_py_expr *e;

	(void)state;
	parse_text(&f, "'a\\N{BULLET}b'\n'\\ud800'\n");
	e = f.module->body.v[0]->u.value;
	assert_string_equal(e->u.string.text.p, "ab");
	assert_non_null(e->u.string.unknown);
	assert_non_null(f.module->body.v[1]->u.value->u.string.unknown);
	assert_ptr_equal(rt_py_docstring(&f.module->body), e);
	drop(&f);
}

static void test_outline_passes_over_bodies(void **state)
{
	static const char text[] =
		"@a(b)\n"
		"def f(\n"
		"    a, b=')',\n"
		"):\n"
		"    x = '''\n"
		"y = 1\n"
		"'''\n"
		"    z = (\n"
		"1)\n"
		"# comment\n"
		"\n"
		"    w = f'{x[\"#\"]}' \\\n"
		"1\n"
		"class A: x = 1\n"
		"async def g(): pass\n"
		"revision = 1\n";
	struct fixture f = { RT_ARENA_INIT, RT_STR_INIT, NULL };
	const rt_py_block *body;

	(void)state;
	rt_str_add(&f.text, text);
	parse(&f, true);
	body = &f.module->body;
	assert_int_equal(f.module->n_opaque, 0);
	assert_int_equal(body->n, 4);
	assert_int_equal(body->v[0]->kind, RT_PY_DEF);
	assert_int_equal(body->v[0]->u.def.decorators.n, 1);
	assert_int_equal(body->v[1]->kind, RT_PY_CLASS);
	assert_int_equal(body->v[2]->kind, RT_PY_DEF);
	assert_int_equal(body->v[3]->kind, RT_PY_ASSIGN);
	assert_int_equal(body->v[3]->span.line, 16);
	drop(&f);
}

/* `n` times `piece`, parsed: must take linear time and little stack. */
static const char *repeated(const char *piece, size_t n, bool outline)
{
	struct fixture f = { RT_ARENA_INIT, RT_STR_INIT, NULL };
	const char *reason;
	size_t i;

	for (i = 0; i < n; i++)
		rt_str_add(&f.text, piece);
	parse(&f, outline);
	reason = f.module->opaque ? f.module->opaque->u.opaque.reason : "";
	drop(&f);
	return reason;
}

static void test_hostile_depth(void **state)
{
	static const char deep[] = "an expression that is nested too deep";
	static const char brackets[] = "too many brackets inside each other";

	(void)state;
	assert_string_equal(repeated("(", 100000, false), brackets);
	assert_string_equal(repeated("[", 100000, true), brackets);
	assert_string_equal(repeated("{a:", 100000, false), brackets);
	assert_string_equal(repeated("f(", 100000, false), brackets);
	assert_string_equal(repeated("-", 100000, false), deep);
	assert_string_equal(repeated("not ", 100000, false), deep);
	assert_string_equal(repeated("lambda:", 100000, false), deep);
	assert_string_equal(repeated("1 if 1 else ", 100000, false), deep);
	assert_string_equal(repeated("a+", 100000, false), deep);
	assert_string_equal(repeated("a**", 100000, false), deep);
	assert_string_equal(repeated("a.", 100000, false), deep);
	assert_string_equal(repeated("f'{", 100000, false),
			    "too many f-strings inside each other");
	assert_string_equal(repeated("if a: ", 100000, false),
			    "a keyword stands where a value should");
}

static void test_hostile_indentation(void **state)
{
	struct fixture f = { RT_ARENA_INIT, RT_STR_INIT, NULL };
	size_t i, j;

	(void)state;
	for (i = 0; i < 1500; i++) {
		for (j = 0; j < i; j++)
			rt_str_addc(&f.text, ' ');
		rt_str_add(&f.text, "if a:\n");
	}
	parse(&f, false);
	assert_true(f.module->n_opaque > 0);
	drop(&f);
}

static void test_ten_megabytes(void **state)
{
	(void)state;
	assert_string_equal(repeated("op.add_column('t', sa.Column('c'))\n",
				     300000, false), "");
	assert_string_equal(repeated("with (\n", 1500000, false),
			    "a keyword stands where a value should");
	assert_string_equal(repeated("with (a): \n  print 'x'\n", 450000,
				     false),
			    "a print statement of Python 2");
	repeated("'", 10 << 20, false);
	repeated("\"\"\" ", 2 << 20, true);
	repeated("@a\n", 3 << 20, false);
	repeated("def f():\n x='''\n'''\n", 1 << 19, true);
}

static void refused(const char *text, int code, int line, int column)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_py_source src;

	assert_int_equal(rt_py_source_open("x.py", rt_sv_from(text), &src,
					   &err), code);
	assert_int_equal(err.line, line);
	assert_int_equal(err.column, column);
	retort_error_dispose(&err);
}

static void test_encodings(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_py_source src;

	(void)state;
	refused("a\n'\xe4'\n", RETORT_EPARSE, 2, 2);
	refused("# coding: ascii\n'\xc3\xa4'\n", RETORT_EPARSE, 2, 2);
	refused("# vim: set fileencoding=koi8-r :\n", RETORT_EUNSUPPORTED, 1,
		25);
	refused("\xef\xbb\xbf# coding: latin-1\n", RETORT_EPARSE, 1, 11);
	assert_int_equal(rt_py_source_open("x.py", RT_SV("a\0b"), &src, &err),
			 RETORT_EPARSE);
	retort_error_dispose(&err);
	/* Only the first two lines count, and code ends the search. */
	refused("\n\n# coding: koi8-r\n", 0, 0, 0);
	refused("x = 1\n# coding: koi8-r\n", 0, 0, 0);
	refused("#\n# CODING: koi8-r\n", 0, 0, 0);
	assert_int_equal(rt_py_source_open("x.py", RT_SV(
		"#!x\n# -*- coding: Latin_1-unix -*-\n'\xe4'"), &src, &err), 0);
	assert_int_equal(src.encoding, RT_PY_LATIN1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_opaque_statements),
		cmocka_unit_test(test_open_bracket_takes_the_rest),
		cmocka_unit_test(test_unknown_characters),
		cmocka_unit_test(test_outline_passes_over_bodies),
		cmocka_unit_test(test_hostile_depth),
		cmocka_unit_test(test_hostile_indentation),
		cmocka_unit_test(test_ten_megabytes),
		cmocka_unit_test(test_encodings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
