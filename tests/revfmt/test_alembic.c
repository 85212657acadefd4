/* SPDX-License-Identifier: MIT */
/*
 * Headers of Alembic's files that cannot be known, and what is said of them;
 * tests/interop/alembic_graphs.py has those that can.
 */
#include "support/rt_test.h"

#include <string.h>

#include "base/str.h"
#include "revfmt/alembic.h"

struct fixture {
	rt_arena arena;
	retort_revision rev;
	retort_error err;
	int rc;
};

static void read_path(struct fixture *f, const char *path, const char *text)
{
	bool more;

	*f = (struct fixture){ .arena = RT_ARENA_INIT,
			       .err = RETORT_ERROR_INIT };
	f->rc = rt_alembic_header(&f->arena, path, rt_sv_from(text), true,
				  &f->rev, &more, &f->err);
	assert_false(more);
}

static void read_text(struct fixture *f, const char *text)
{
	read_path(f, "/v/x_y.py", text);
}

static void drop(struct fixture *f)
{
	retort_error_dispose(&f->err);
	rt_arena_free(&f->arena);
}

static void good(const char *text, const char *id, const char *down)
{
	struct fixture f;

	read_text(&f, text);
	if (f.rc)
		fail_msg("%s: %s", text, f.err.message);
	assert_string_equal(f.rev.id, id);
	assert_int_equal(f.rev.down.n, *down ? 1 : 0);
	if (*down)
		assert_string_equal(f.rev.down.v[0], down);
	drop(&f);
}

static void bad(const char *text, const char *message, int line, int column)
{
	struct fixture f;

	read_text(&f, text);
	assert_int_not_equal(f.rc, 0);
	assert_string_equal(f.err.message, message);
	assert_int_equal(f.err.line, line);
	assert_int_equal(f.err.column, column);
	drop(&f);
}

static void test_what_counts(void **state)
{
	(void)state;
	good("revision = 'a'\ndown_revision = None\n", "a", "");
	good("revision='a';down_revision='b'", "a", "b");
	good("revision = 'a'\ndown_revision = ('b', 'b')\n", "a", "b");
	good("revision = 'a'\ndown_revision = ['b', *('b',)]\n", "a", "b");
	good("revision = 'a'\ndown_revision: str\ndown_revision = ()\n", "a",
	     "");
	good("revision = 'x'\nif y:\n  revision = 'z'\nrevision = 'a'\n"
	     "down_revision = None\n", "a", "");
	good("x = 'a'\nrevision = x\nx = 'b'\ndown_revision = x\n", "a", "b");
	good("print 'Python 2'\nrevision = 'a'\ndown_revision = None\n"
	     "def upgrade():\n  print 'x'\n", "a", "");
	good("revision = 'v1.0 a'\ndown_revision = None\n", "v1.0 a", "");
}

static void test_what_cannot_be_known(void **state)
{
	(void)state;
	bad("revision = 'a'\ntry:\n  down_revision = 'b'\nexcept X: pass\n",
	    "down_revision cannot be known: it is assigned in a `try` block",
	    2, 1);
	bad("revision = 'a'\ndown_revision = f()\n",
	    "down_revision cannot be known: it comes out of a call", 2, 17);
	bad("revision = a.b\n",
	    "revision cannot be known: it is an attribute", 1, 12);
	bad("revision = b\n", "revision cannot be known: the file does not "
	    "say what `b` is", 1, 12);
	bad("from m import b\nrevision = b\n", "revision cannot be known: it "
	    "is the value of `b`: it is imported, line 1", 2, 12);
	bad("revision = revision\n", "revision cannot be known: the file does "
	    "not say what `revision` is", 1, 12);
	bad("revision = 'a' + ('b',)\n", "revision cannot be known: it adds "
	    "what does not go together", 1, 12);
	bad("revision = 'a'\nrevision += 'b'\n", "revision cannot be known: "
	    "it is changed in place", 2, 1);
	bad("revision = 'a'\ndown_revision = ('b',\n", "down_revision cannot "
	    "be known: it stands in what cannot be read", 2, 1);
	bad("revision, down_revision = f()\n", "revision cannot be known: it "
	    "is unpacked out of another value", 1, 1);
	bad("revision = '\\N{BULLET}'\n", "revision cannot be known: a "
	    "character by its name (\\N{...})", 1, 12);
	bad("revision = 'a'\ndown_revision = 1\n",
	    "down_revision cannot be known: it is a number", 2, 17);
}

static void test_what_is_none(void **state)
{
	struct fixture f;

	(void)state;
	bad("import os\n", "no variable `revision`: this is no revision of "
	    "Alembic", 0, 0);
	bad("", "no variable `revision`: this is no revision of Alembic", 0,
	    0);
	bad("revision = None\n", "revision is no string with an id", 1, 12);
	bad("revision = 'a'\n", "no variable `down_revision`", 0, 0);
	bad("revision = 'a-b'\n", "revision has one of @ - + : in it, which "
	    "an id cannot have", 1, 12);
	bad("revision = 'a'\ndown_revision = ''\n",
	    "down_revision has an empty name", 2, 17);
	bad("revision = 'a'\n'\xff'\n", "the byte 0xff is not UTF-8", 2, 2);
	/* A file's name as the id, as before Alembic 0.2. */
	read_path(&f, "/v/ab12.py", "down_revision = None\n");
	assert_int_equal(f.rc, 0);
	assert_string_equal(f.rev.id, "ab12");
	drop(&f);
}

static void test_known_in_part(void **state)
{
	struct fixture f;

	(void)state;
	read_text(&f, "revision = 'a'\ndown_revision = f()\n");
	assert_int_not_equal(f.rc, 0);
	assert_string_equal(f.rev.id, "a");
	drop(&f);
	read_text(&f, "from x import L\nrevision = 'a'\ndown_revision = 'b'\n"
		  "branch_labels = (L,)\n");
	assert_int_equal(f.rc, 0);
	assert_non_null(f.rev.problem);
	assert_int_equal(f.rev.problem_line, 4);
	assert_int_equal(f.rev.labels.n, 0);
	assert_int_equal(f.rev.down.n, 1);
	drop(&f);
}

static void doc(const char *text, const char *message, const char *created)
{
	struct fixture f;

	read_text(&f, text);
	assert_string_equal(f.rev.message, message);
	assert_string_equal(f.rev.created, created);
	drop(&f);
}

static void test_docstring(void **state)
{
	(void)state;
	doc("\"\"\"a b\n\nRevision ID: x\nCreate Date: 2020-01-02 03:04\n"
	    "\"\"\"\n", "a b", "2020-01-02 03:04");
	doc("'''\n\n  a b  \n  c\n'''\n", "a b", "");
	doc("'''Revision ID: x\nCreate Date:y\n'''\n", "", "y");
	doc("'a' 'b'\n", "ab", "");
	doc("f'a'\n", "", "");
	doc("b'a'\n", "", "");
	doc("# c\nx = 1\n'a'\n", "", "");
}

/* Linear, and no deeper than the stack. */
static void test_hostile(void **state)
{
	rt_str text = RT_STR_INIT;
	size_t i, k;

	(void)state;
	rt_str_add(&text, "a0 = 'x'\n");
	for (i = 1; i < 100; i++) {
		rt_str_addf(&text, "a%zu = a%zu", i, i - 1);
		for (k = 0; k < 900; k++)
			rt_str_add(&text, " + ''");
		rt_str_addc(&text, '\n');
	}
	rt_str_add(&text, "revision = a99\n");
	bad(text.p, "revision cannot be known: it is nested too deep", 99, 7);
	rt_str_clear(&text);
	for (i = 0; i < 100000; i++)
		rt_str_add(&text, "revision = x = 'a'\n");
	rt_str_add(&text, "down_revision = (");
	for (i = 0; i < 100000; i++)
		rt_str_add(&text, "x, ");
	rt_str_add(&text, ")\n");
	bad(text.p, "down_revision cannot be known: it is made of too many "
	    "names", 100001, 210);
	rt_str_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_counts),
		cmocka_unit_test(test_what_cannot_be_known),
		cmocka_unit_test(test_what_is_none),
		cmocka_unit_test(test_known_in_part),
		cmocka_unit_test(test_docstring),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
