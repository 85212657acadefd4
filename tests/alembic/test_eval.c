/* SPDX-License-Identifier: MIT */
/*
 * The evaluator where it must give up: what is not known, files that would
 * run long, and what is said about it.
 */
#include "support/rt_test.h"

#include <stdio.h>
#include <time.h>

#include "alembic/translate.h"

typedef struct run {
	rt_arena arena;
	rt_alembic_result result;
} run;

static void translate_to(run *r, retort_dialect dialect, const char *body)
{
	const rt_alembic_env env = { .dialect = dialect, .upgrade = true };
	retort_error err = RETORT_ERROR_INIT;
	rt_py_source src;
	rt_str text = RT_STR_INIT;

	memset(r, 0, sizeof(*r));
	rt_str_add(&text, "from alembic import op\n"
			  "import sqlalchemy as sa\n");
	rt_str_add(&text, body);
	rt_assert_ok(rt_py_source_open("t.py", rt_str_sv(&text), &src, &err),
		     &err);
	rt_assert_ok(rt_alembic_translate(&src, rt_py_parse(&r->arena, &src),
					  &env, &r->result, &err), &err);
	rt_str_free(&text);
}

static void translate(run *r, const char *body)
{
	translate_to(r, RETORT_DIALECT_POSTGRESQL, body);
}

static void end(run *r)
{
	rt_alembic_result_free(&r->result);
	rt_arena_free(&r->arena);
}

static void expect_opaque(const char *body, int line, const char *reason)
{
	run r;

	translate(&r, body);
	if (r.result.opaques.n == 0)
		fail_msg("nothing is opaque in\n%s", body);
	if (r.result.opaques.v[0].line != line ||
	    !strstr(r.result.opaques.v[0].reason, reason))
		fail_msg("%d: %s, in\n%s", r.result.opaques.v[0].line,
			 r.result.opaques.v[0].reason, body);
	end(&r);
}

static void expect_sql(const char *body, const char *sql)
{
	run r;

	translate(&r, body);
	if (r.result.opaques.n)
		fail_msg("%s, in\n%s", r.result.opaques.v[0].reason, body);
	assert_int_equal(r.result.statements.n, 1);
	assert_string_equal(r.result.statements.v[0].sql.p, sql);
	end(&r);
}

#define UP "def upgrade():\n"

static void names_what_is_not_known(void **state)
{
	(void)state;
	expect_opaque("from app.ids import new\n" UP "    x = new()\n"
		      "    op.execute(x)\n", 5, "app.ids.new()");
	expect_opaque("from app import SQL\n" UP "    op.execute(SQL)\n", 5,
		      "what is executed is not known");
	expect_opaque("import uuid\n" UP
		      "    op.execute(f\"x {uuid.uuid4()}\")\n", 5,
		      "makes a random id");
	expect_opaque("from datetime import datetime\n" UP
		      "    if datetime.now():\n        pass\n", 5,
		      "reads the clock");
	expect_opaque(UP "    op.add_column('t', sa.Column('a', Type()))\n", 4,
		      "is not defined here: Type");
	expect_opaque("from app import Type\n" UP
		      "    op.add_column('t', sa.Column('a', Type()))\n", 5,
		      "the type app.Type is not known here");
	expect_opaque("from app import T\n" UP
		      "    op.bulk_insert(T, [{'a': 1}])\n", 5,
		      "is no table that is known here");
	expect_opaque(UP "    op.frobnicate('t')\n", 4, "op.frobnicate()");
	expect_opaque(UP "    raise NotImplementedError('no way back')\n", 4,
		      "raises NotImplementedError: no way back");
	expect_opaque(UP "    match 1:\n        case 1: pass\n", 4, "match");
	expect_opaque(UP "    op.execute('SELECT :a')\n", 4,
		      "the parameter :a has no value");
}

static void says_what_reads_rows(void **state)
{
	run r;

	(void)state;
	translate(&r, UP "    rows = op.get_bind().execute('SELECT 1')\n"
		      "    for row in rows:\n        op.execute('x')\n");
	assert_int_equal(r.result.opaques.n, 1);
	assert_int_equal(r.result.opaques.v[0].flag, RT_ALEMBIC_READS_ROWS);
	end(&r);
	translate(&r, UP "    if sa.inspect(op.get_bind()).has_table('t'):\n"
		      "        op.execute('x')\n");
	assert_int_equal(r.result.opaques.v[0].flag, RT_ALEMBIC_NEEDS_SCHEMA);
	assert_true(r.result.needs_schema);
	end(&r);
}

static void minds_only_what_is_needed(void **state)
{
	(void)state;
	expect_sql("from app import config, log\n"
		   "import logging\n"
		   "logger = logging.getLogger(__name__)\n"
		   "URL = config.get('url')\n" UP
		   "    logger.info('hello')\n"
		   "    print(URL)\n"
		   "    op.execute('x')\n", "x");
	expect_sql(UP "    try:\n        y = {}['a']\n"
		   "    except KeyError:\n        y = 'z'\n"
		   "    op.execute(y)\n", "z");
	expect_sql(UP "    op.execute('a' if 1 < 2 < 3 else 'b')\n", "a");
}

/* op.x(…) and batch.x(…) with an argument that is not dropped in silence. */
static void minds_every_argument(void **state)
{
	static const char *const lines[] = {
		"op.create_table('t', frobnicate=1)",
		"op.create_table('t', sa.Column('a', sa.Text(), key='b'))",
		"op.create_table('t', sa.Column('a', sa.Text(), quote=True))",
		"op.create_table('t', sa.Column('a', sa.Text(odd=1)))",
		"op.create_table('t', sa.Column('a', sa.Integer(), "
		"sa.Identity(order=True)))",
		"op.create_table('t', sa.Column('a', sa.Integer(), "
		"sa.ForeignKey('b.c', link_to_name=True)))",
		"op.create_table('t', sa.UniqueConstraint('a', comment='x'))",
		"op.create_table('t', sa.Index('i', 'a', quote=True))",
		"op.create_table('t', postgresql_with={'fillfactor': 3})",
		"op.add_column('t', sa.Column('a', sa.Text()), "
		"insert_after='b')",
		"op.alter_column('t', 'a', 'b')",
		"op.alter_column('t', 'a', nullabel=True)",
		"op.alter_column('t', 'a', type_=sa.Enum('x', name='e', "
		"native_enum=False, create_constraint=True))",
		"op.create_index('i', 't', ['a'], postgresql_odd=1)",
		"op.drop_constraint('c', 't', cascade=True)",
		"op.drop_table('t', cascade=True)",
		"op.execute(sa.schema.CreateSequence(sa.Sequence('s', "
		"cycle=True)))",
		"sa.Table('t', sa.MetaData(schema='s'), "
		"sa.Column('a', sa.Text())).create(op.get_bind())",
	};
	char body[400];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		snprintf(body, sizeof(body), UP "    %s\n", lines[i]);
		expect_opaque(body, 4, "");
	}
	expect_sql(UP "    op.drop_table('t', info={}, mysql_engine='x', "
		      "sqlite_strict=True, comment=None)\n", "DROP TABLE t");
}

#define BATCH(options, step)                                                  \
	UP "    with op.batch_alter_table('t', " options ") as b:\n"          \
	   "        b." step "\n"

static void minds_how_a_batch_copies(void **state)
{
	static const char *const options[] = {
		"copy_from=sa.Table('t', sa.MetaData())",
		"table_args=[sa.UniqueConstraint('a')]",
		"table_kwargs={'sqlite_autoincrement': True}",
		"reflect_args=[sa.Column('a', sa.Text())]",
		"reflect_kwargs={'a': 1}",
		"naming_convention={'fk': 'fk_%(table_name)s'}",
		"partial_reordering=[('b', 'a')]",
	};
	char body[400];
	size_t i;
	run r;

	(void)state;
	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		snprintf(body, sizeof(body), BATCH("%s", "drop_column('a')"),
			 options[i]);
		translate_to(&r, RETORT_DIALECT_SQLITE, body);
		assert_int_equal(r.result.opaques.n, 1);
		if (!strstr(r.result.opaques.v[0].reason, "may change"))
			fail_msg("%s: %s", options[i],
				 r.result.opaques.v[0].reason);
		end(&r);
		/* PostgreSQL alters, and so does SQLite where it can. */
		expect_sql(body, "ALTER TABLE t DROP COLUMN a");
	}
	translate_to(&r, RETORT_DIALECT_SQLITE,
		     BATCH("naming_convention={'fk': 'x'}",
			   "create_index('i', ['a'])"));
	assert_int_equal(r.result.opaques.n, 0);
	end(&r);
	expect_opaque(BATCH("recreate=lambda op: True", "drop_column('a')"),
		      4, "recreate=");
	expect_opaque(BATCH("recreate='auto'", "add_column(sa.Column('a', "
			    "sa.Text()), insert_before='b')"), 5,
		      "insert_before=");
}

static void stops_what_runs_long(void **state)
{
	static const char *const bodies[] = {
		UP "    while True:\n        pass\n",
		"def f(x):\n    return f(x)\n" UP "    f(1)\n",
		UP "    x = 'a' * 10 ** 9\n",
		UP "    x = [0] * 10 ** 12\n",
		UP "    x = range(10 ** 15)\n    y = list(x)\n",
		UP "    x = 'a'\n    for i in range(60):\n        x += x\n",
		UP "    x = [1]\n    for i in x:\n        x.append(i)\n",
		"from itertools import product\n"
		UP "    x = list(product(range(10 ** 5), range(10 ** 5)))\n",
		UP "    x = len([1 for a in range(999) for b in range(999) "
		   "for c in range(999)])\n    op.execute(str(x))\n",
		UP "    op.execute('%1000000000d' % 1)\n",
		UP "    e = sa.column('a') == 1\n"
		   "    for i in range(40):\n        e = sa.and_(e, e)\n"
		   "    op.execute(sa.table('t').delete().where(e))\n",
		UP "    e = sa.column('a')\n"
		   "    for i in range(40):\n        e = e + e\n"
		   "    op.execute(sa.select(e))\n",
		UP "    with op.batch_alter_table('t') as b:\n"
		   "        while True:\n            b.drop_column('x')\n",
		UP "    x = {}\n    for i in range(10 ** 6):\n"
		   "        x[i] = [j for j in range(10 ** 6)]\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		const clock_t before = clock();
		run r;

		translate(&r, bodies[i]);
		if (r.result.opaques.n == 0)
			fail_msg("did not stop:\n%s", bodies[i]);
		end(&r);
		if (clock() - before > 20 * CLOCKS_PER_SEC)
			fail_msg("took long:\n%s", bodies[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_what_is_not_known),
		cmocka_unit_test(says_what_reads_rows),
		cmocka_unit_test(minds_only_what_is_needed),
		cmocka_unit_test(minds_every_argument),
		cmocka_unit_test(minds_how_a_batch_copies),
		cmocka_unit_test(stops_what_runs_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
