/* SPDX-License-Identifier: MIT */
/*
 * What a migration imports of its project: found, run as far as it is
 * needed, and never guessed.
 */
#include "support/rt_test.h"

#include <stdio.h>
#include <string.h>

#include "alembic/translate.h"
#include "base/alloc.h"

typedef struct file {
	const char *path; /* "0:app/x.py": in root 0; NULL ends the list */
	const char *text; /* NULL: it is refused */
} file;

typedef struct run {
	rt_arena arena;
	rt_alembic_result result;
	rt_py_library *library;
	const file *files;
} run;

/* Whether a file of the list is below a path. */
static bool is_folder(const file *f, size_t root, const char *path)
{
	char head[64];
	int n = snprintf(head, sizeof(head), "%zu:%s/", root, path);

	for (; f->path; f++)
		if (strncmp(f->path, head, (size_t)n) == 0)
			return true;
	return false;
}

static rt_py_read read_file(void *self, size_t root, const char *path,
			    size_t limit, rt_str *out, char **shown)
{
	const file *f = self;
	char key[64];

	if (is_folder(f, root, path))
		return RT_PY_READ_FOLDER;
	snprintf(key, sizeof(key), "%zu:%s", root, path);
	while (f->path && strcmp(f->path, key) != 0)
		f++;
	if (!f->path)
		return RT_PY_READ_ABSENT;
	*shown = rt_strdup(path);
	if (!f->text || strlen(f->text) > limit)
		return RT_PY_READ_REFUSED;
	rt_str_add(out, f->text);
	return RT_PY_READ_DONE;
}

static bool mentions(void *self, const char *word)
{
	const file *f = self;

	for (; f->path; f++)
		if (strcmp(f->path, "3:env.py") == 0)
			return *word != '\0';
	return false;
}

/* Three roots, the first one certain, and 3 that of env.py. */
static void translate(run *r, const file *files, const char *body)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_alembic_env env = { .dialect = RETORT_DIALECT_POSTGRESQL,
			       .upgrade = true };
	rt_py_source src;
	rt_str text = RT_STR_INIT;

	memset(r, 0, sizeof(*r));
	r->library = env.library = rt_py_library_new(
		read_file, (void *)(uintptr_t)files, 1, 3);
	rt_py_library_search(r->library, mentions);
	rt_str_add(&text, "from alembic import op\n"
			  "import sqlalchemy as sa\n");
	rt_str_add(&text, body);
	rt_assert_ok(rt_py_source_open("t.py", rt_str_sv(&text), &src, &err),
		     &err);
	rt_assert_ok(rt_alembic_translate(&src, rt_py_parse(&r->arena, &src),
					  &env, &r->result, &err), &err);
	rt_str_free(&text);
}

static void end(run *r)
{
	rt_alembic_result_free(&r->result);
	rt_arena_free(&r->arena);
	rt_py_library_free(r->library);
}

static void expect_sql(const file *files, const char *body, const char *sql)
{
	run r;

	translate(&r, files, body);
	if (r.result.opaques.n)
		fail_msg("%s, in\n%s", r.result.opaques.v[0].reason, body);
	assert_int_equal(r.result.statements.n, 1);
	assert_string_equal(r.result.statements.v[0].sql.p, sql);
	end(&r);
}

static void expect_opaque(const file *files, const char *body, int line,
			  const char *reason)
{
	run r;

	translate(&r, files, body);
	if (r.result.opaques.n == 0)
		fail_msg("nothing is opaque in\n%s", body);
	if (r.result.opaques.v[0].line != line ||
	    !strstr(r.result.opaques.v[0].reason, reason))
		fail_msg("%d: %s, in\n%s", r.result.opaques.v[0].line,
			 r.result.opaques.v[0].reason, body);
	end(&r);
}

#define UP "def upgrade():\n"

static void finds_modules_as_python_does(void **state)
{
	static const file files[] = {
		{ "0:app/__init__.py", "X = 'package'\n" },
		{ "0:app/x.py", "X = 'module'\n" },
		{ "1:app/__init__.py", "X = 'of another root'\n" },
		{ "1:app/y.py", "X = 'hidden'\n" },
		{ "1:folder/z.py", "from . import zz\nX = zz.X\n" },
		{ "1:folder/zz.py", "from .deep.er import X\n" },
		{ "1:folder/deep/er.py", "from .. import q\nX = q.Q\n" },
		{ "1:folder/q.py", "Q = 'far'\n" },
		{ "1:twice.py", "X = 1\n" },
		{ "2:twice.py", "X = 2\n" },
		{ "1:json.py", "dumps = 'no'\n" },
		{ NULL, NULL },
	};

	(void)state;
	expect_sql(files, "from app import X\n" UP "    op.execute(X)\n",
		   "package");
	expect_sql(files, "from app.x import X as Y\n" UP
		   "    op.execute(Y)\n", "module");
	expect_sql(files, "import app.x\n" UP "    op.execute(app.x.X)\n",
		   "module");
	expect_sql(files, "import app.x as m\n" UP "    op.execute(m.X)\n",
		   "module");
	expect_sql(files, UP "    from app import x\n    op.execute(x.X)\n",
		   "module");
	expect_sql(files, "import folder.z\n" UP
		   "    op.execute(folder.z.X)\n", "far");
	expect_opaque(files, "from app.y import X\n" UP
		      "    op.execute(X)\n", 5, "is not known");
	expect_opaque(files, "from twice import X\n" UP
		      "    op.execute(X)\n", 3, "is found in two places");
	expect_sql(files, "import json\n" UP "    op.execute(json.dumps({}))\n",
		   "{}");
	expect_opaque(files, "from .app import X\n" UP
		      "    op.execute(X)\n", 5, "is not known");
}

static void says_where_it_is_opaque(void **state)
{
	static const file files[] = {
		{ "0:app.py",
		  "import os\nfrom other import make\n"
		  "KEY = os.environ.get('KEY')\n"
		  "def run(op):\n    op.execute(make())\n"
		  "def ask():\n    return KEY\n"
		  "@make\ndef wrapped():\n    pass\n" },
		{ "0:closed.py", NULL },
		{ "0:latin.py", "# coding: koi8-r\nX = 1\n" },
		{ "0:broken.py", "match x:\n    case 1: X = 2\nY = 'y'\n" },
		{ NULL, NULL },
	};

	(void)state;
	expect_opaque(files, "import app\n" UP "    app.run(op)\n", 5,
		      "calls other.make(), which is not in this file "
		      "(app.py:5: make())");
	expect_opaque(files, "from app import KEY\n" UP
		      "    op.execute(KEY)\n", 5,
		      "reads the environment (app.py:3: "
		      "os.environ.get('KEY'))");
	expect_opaque(files, "from app import ask\n" UP
		      "    op.execute('x' + ask())\n", 5,
		      "reads the environment (app.py:3");
	expect_opaque(files, "import app\n" UP "    app.wrapped()\n", 5,
		      "wrapped() has a decorator");
	expect_opaque(files, "from app import NONE\n" UP
		      "    op.execute(NONE)\n", 3, "is not in app.py: NONE");
	expect_opaque(files, "from closed import X\n" UP
		      "    op.execute(X)\n", 3, "is no file of the project");
	expect_opaque(files, "from latin import X\n" UP
		      "    op.execute(X)\n", 3, "cannot be read as text");
	expect_opaque(files, "from broken import X\n" UP
		      "    op.execute(X)\n", 3, "is not in broken.py: X");
	expect_sql(files, "from broken import Y\n" UP
		   "    op.execute(Y)\n", "y");
}

/* The statement is at the call in the revision, wherever it was written. */
static void places_statements_in_the_revision(void **state)
{
	static const file files[] = {
		{ "0:app.py",
		  "from alembic import op\n\n\n\n\n\n\n"
		  "def inner():\n    op.execute('x')\n"
		  "def outer():\n    inner()\n" },
		{ NULL, NULL },
	};
	run r;

	(void)state;
	translate(&r, files, "from app import outer\n" UP
		  "    outer()\n    op.execute('y')\n");
	assert_int_equal(r.result.opaques.n, 0);
	assert_int_equal(r.result.statements.n, 2);
	assert_int_equal(r.result.statements.v[0].line, 5);
	assert_int_equal(r.result.statements.v[1].line, 6);
	end(&r);
}

/* What a module does after it has bound a name counts; where that is not
 * known, the name is not. */
static void never_takes_half_of_a_module(void **state)
{
	static const file files[] = {
		{ "0:app.py",
		  "import os\nimport lib\n"
		  "@lib.wrap\nclass WRAPPED:\n    A = 'a'\n"
		  "GROWN = ['a']\nGROWN.append('b')\n"
		  "ASKED = ['a']\n"
		  "if os.environ.get('X'):\n    ASKED.append('b')\n"
		  "GIVEN = {'k': 'a'}\nlib.fill(GIVEN)\n"
		  "KEYED = {'k': 'a'}\nKEYED[os.getenv('K')] = 'b'\n"
		  "try:\n    import fast\n    HAS = 'yes'\n"
		  "except ImportError:\n    HAS = 'no'\n"
		  "def late():\n    global SET\n    SET = 'set'\n"
		  "late()\n" },
		{ NULL, NULL },
	};

	(void)state;
	expect_sql(files, "from app import GROWN\n" UP
		   "    op.execute(' '.join(GROWN))\n", "a b");
	expect_sql(files, "from app import SET\n" UP
		   "    op.execute(SET)\n", "set");
	expect_opaque(files, "from app import WRAPPED\n" UP
		      "    op.execute(WRAPPED.A)\n", 5, "has a decorator");
	expect_opaque(files, "from app import ASKED\n" UP
		      "    op.execute(' '.join(ASKED))\n", 5,
		      "may be changed by what is not known");
	expect_opaque(files, "from app import GIVEN\n" UP
		      "    op.execute(GIVEN['k'])\n", 5,
		      "may be changed by what is not known");
	expect_opaque(files, "from app import KEYED\n" UP
		      "    op.execute(KEYED['k'])\n", 5,
		      "may be changed by what is not known");
	expect_opaque(files, "from app import HAS\n" UP
		      "    op.execute(HAS)\n", 5,
		      "depends on what is installed");
}

/* A type of the project's that changes what is written, or how. */
static void knows_only_plain_types(void **state)
{
#define HEAD "from sqlalchemy import *\nfrom sqlalchemy import types\n" \
	"from sqlalchemy import TypeDecorator, String, Text, Enum\n"
	static const file files[] = {
		{ "0:own.py", HEAD
		  "class A(TypeDecorator):\n    impl = String\n"
		  "class B(A):\n    def __init__(self, n):\n"
		  "        super().__init__(n + 1)\n"
		  "class C(types.TypeDecorator[str]):\n    impl = Text\n"
		  "    def process_bind_param(self, value, dialect):\n"
		  "        return encrypt(value)\n"
		  "class D(Unknown):\n    impl = Text\n"
		  "class E(TypeDecorator):\n    impl = A\n" },
		{ "0:compiled.py", HEAD
		  "from sqlalchemy.ext.compiler import compiles\n"
		  "class A(TypeDecorator):\n    impl = String\n"
		  "@compiles(A, 'postgresql')\n"
		  "def write(element, compiler, **kw):\n    return 'X'\n" },
		{ NULL, NULL },
	};

	(void)state;
	expect_sql(files, "import own\n" UP
		   "    op.add_column('t', sa.Column('a', own.A(length=9)))\n",
		   "ALTER TABLE t ADD COLUMN a VARCHAR(9)");
	expect_sql(files, "import own\n" UP
		   "    op.add_column('t', sa.Column('a', own.C()))\n",
		   "ALTER TABLE t ADD COLUMN a TEXT");
	expect_opaque(files, "import own\n" UP
		      "    op.add_column('t', sa.Column('a', own.B(3)))\n", 5,
		      "");
	expect_opaque(files, "import own\n" UP
		      "    op.add_column('t', sa.Column('a', own.D()))\n", 5,
		      "");
	expect_opaque(files, "import own\n" UP
		      "    op.bulk_insert(sa.table('t', sa.column('a', "
		      "own.C())), [{'a': 'x'}])\n", 5, "");
	expect_opaque(files, "import compiled\n" UP
		      "    op.add_column('t', sa.Column('a', compiled.A()))\n",
		      5, "made in a way that is not known");
}

/* upgrade(op, tables): what env.py hands over, if that is a name. */
static void takes_what_env_hands_over(void **state)
{
	static const file files[] = {
		{ "0:app.py", "LIST = ['a']\n" },
		{ "3:env.py",
		  "from alembic import context, op as alembic_op\n"
		  "from app import LIST\n"
		  "context.get_bind().execute('never')\n"
		  "made = context.get_bind().execute('nor this')\n"
		  "text = 'text'\n"
		  "if made:\n    text = 'another'\n"
		  "def offline():\n"
		  "    context.run_migrations(op=alembic_op, names=LIST,"
		  " text=text, half=1, two=LIST)\n"
		  "def online():\n"
		  "    with context.begin_transaction():\n"
		  "        context.run_migrations(op=alembic_op, names=LIST,"
		  " text=text, two=text)\n"
		  "offline()\n" },
		{ NULL, NULL },
	};
	static const file none[] = { { NULL, NULL } };

	(void)state;
	expect_sql(files, "def upgrade(op, names):\n"
		   "    op.execute(names[0])\n", "a");
	expect_opaque(files, "def upgrade(op, text):\n"
		      "    op.execute(text)\n", 4,
		      "is set where env.py decides");
	expect_opaque(files, "def upgrade(op, half):\n"
		      "    op.execute(half)\n", 4, "env.py hands over: half");
	expect_opaque(files, "def upgrade(op, two):\n"
		      "    op.execute(two)\n", 4, "env.py hands over: two");
	expect_opaque(files, "def upgrade(op, more):\n"
		      "    op.execute('x')\n", 0, "raises TypeError");
	expect_opaque(none, "def upgrade(op):\n"
		      "    op.execute('x')\n", 4, "env.py hands over: op");
}

/* env.py's metadata gives names that are not in the revision. */
static void leaves_names_to_no_convention(void **state)
{
#define ENV "from alembic import context\nfrom app import Base\n" \
	"context.configure(target_metadata=Base.metadata)\n"
#define META "from sqlalchemy import MetaData\n" \
	"from sqlalchemy.orm import declarative_base, DeclarativeBase\n" \
	"m = MetaData(naming_convention={'pk': 'p_%(table_name)s', " \
	"'ck': 'c_%(constraint_name)s'})\n"
	static const file made[] = {
		{ "3:env.py", ENV },
		{ "0:app.py", META "Base = declarative_base(metadata=m)\n" },
		{ NULL, NULL },
	};
	static const file classed[] = {
		{ "3:env.py", ENV },
		{ "0:app.py", META "class Base(DeclarativeBase):\n"
			      "    metadata = m\n" },
		{ NULL, NULL },
	};
	static const file plain[] = {
		{ "3:env.py", ENV },
		{ "0:app.py", META "class Base(DeclarativeBase):\n"
			      "    pass\n" },
		{ NULL, NULL },
	};
	static const file lost[] = {
		{ "3:env.py", ENV },
		{ "0:app.py", "from lib import Base\n" },
		{ NULL, NULL },
	};
	static const char key[] = UP
		"    op.create_primary_key(None, 't', ['a'])\n";
	static const char unique[] = UP
		"    op.create_unique_constraint(None, 't', ['a'])\n";
	static const char check[] = UP
		"    op.create_check_constraint('x', 't', 'a > 1')\n";
	static const char final[] = UP
		"    op.create_check_constraint(op.f('x'), 't', 'a > 1')\n";

	(void)state;
	expect_opaque(made, key, 4, "names what has no name here");
	expect_opaque(classed, key, 4, "names what has no name here");
	expect_sql(made, unique, "ALTER TABLE t ADD UNIQUE (a)");
	expect_opaque(made, check, 4, "may change the name x");
	expect_sql(made, final,
		   "ALTER TABLE t ADD CONSTRAINT x CHECK (a > 1)");
	expect_opaque(made, UP "    op.drop_constraint('x', 't', "
		      "type_='check')\n", 4, "may change the name x");
	expect_opaque(made, UP "    op.create_table('t', sa.Column('a', "
		      "sa.Integer(), primary_key=True))\n", 4,
		      "names what has no name here");
	expect_opaque(made, UP "    op.add_column('t', sa.Column('a', "
		      "sa.Integer(), index=True))\n", 4,
		      "names what has no name here");
	expect_sql(plain, key, "ALTER TABLE t ADD PRIMARY KEY (a)");
	expect_opaque(lost, key, 4, "names what has no name here");
	expect_opaque(lost, check, 4, "may change the name x");
	expect_sql(lost, final,
		   "ALTER TABLE t ADD CONSTRAINT x CHECK (a > 1)");
}

static void gets_out_of_circles(void **state)
{
	static const file files[] = {
		{ "0:a.py", "from b import Y\nX = 'x'\nZ = Y\n" },
		{ "0:b.py", "from a import X\nY = X\nW = 'w'\n" },
		{ "0:me.py", "from me import me\n" },
		{ "0:star.py", "from rats import *\nV = 'v'\n" },
		{ "0:rats.py", "from star import *\nU = 'u'\n" },
		{ NULL, NULL },
	};

	(void)state;
	expect_sql(files, "from a import X\n" UP "    op.execute(X)\n", "x");
	expect_sql(files, "from b import W\n" UP "    op.execute(W)\n", "w");
	expect_opaque(files, "from me import me\n" UP
		      "    op.execute(me)\n", 5, "imported in a circle");
	expect_sql(files, "from star import V, U\n" UP
		   "    op.execute(U + V)\n", "uv");
	expect_opaque(files, "from star import T\n" UP
		      "    op.execute(T)\n", 3, "may come from an import *");
}

static void stays_within_bounds(void **state)
{
	static const file files[] = {
		{ "0:app.py", "while True:\n    pass\nX = 1\n" },
		{ "0:deep.py", "def f():\n    return f()\nX = f()\n" },
		{ NULL, NULL },
	};

	(void)state;
	expect_opaque(files, "from app import X\n" UP "    op.execute(X)\n",
		      5, "takes too many steps");
	expect_opaque(files, "from deep import X\n" UP "    op.execute(X)\n",
		      5, "is nested too deep");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_modules_as_python_does),
		cmocka_unit_test(says_where_it_is_opaque),
		cmocka_unit_test(places_statements_in_the_revision),
		cmocka_unit_test(never_takes_half_of_a_module),
		cmocka_unit_test(knows_only_plain_types),
		cmocka_unit_test(takes_what_env_hands_over),
		cmocka_unit_test(leaves_names_to_no_convention),
		cmocka_unit_test(gets_out_of_circles),
		cmocka_unit_test(stays_within_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
