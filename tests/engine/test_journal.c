/* SPDX-License-Identifier: MIT */
/* Files that are gone or changed, and what the journal knows of them; built
 * twice, with ENGINE set. */
#include "support/rt_test.h"

#include "engine/fixture.h"
#include "support/pg.h"

static int setup(void **state)
{
	*state = fx_new(ENGINE);
	return 0;
}

static int teardown(void **state)
{
	fx_free(*state);
	return 0;
}

static void a_ghost_goes_down(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 3);
	fx_up(fx, "head");
	fx_remove(fx, "r3");
	fx_remove(fx, "r2");
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"), RETORT_ESTATE);
	fx_expect_field(fx, RETORT_ERROR_NEXT, "journal has its down script");
	fx->options.stepwise = true;
	fx_down(fx, "r1");
	fx_expect_log(fx, "planned\n"
			  "step r3\nstatement r3 1/1\ndone r3\n"
			  "step r2\nstatement r2 1/1\ndone r2\n");
	fx_expect_rows(fx, "r1");
	fx_exec(fx, "CREATE TABLE t2 (a integer)");
	fx_exec(fx, "CREATE TABLE t3 (a integer)");
}

static void a_row_that_nobody_knows(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_up(fx, "head");
	fx_exec(fx, "UPDATE alembic_version SET version_num = 'lost'");
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"), RETORT_ESTATE);
	fx_expect_field(fx, RETORT_ERROR_NEXT, "stamp --purge");
	assert_int_equal(fx_run(fx, RETORT_OP_DOWNGRADE, "base"),
			 RETORT_ESTATE);
	fx->purge = true;
	rt_assert_ok(fx_run(fx, RETORT_OP_STAMP, "r1"), &fx->err);
	fx_expect_rows(fx, "r1");
	fx_expect(fx,
		  "SELECT outcome, checksum_raw FROM retort_journal "
		  "WHERE direction = 'stamp'",
		  "ok|~");
	rt_assert_ok(fx_run(fx, RETORT_OP_STAMP, "base"), &fx->err);
	fx_expect_rows(fx, "");
}

static void no_down_section_is_refused_before_anything_runs(void **state)
{
	fixture *fx = *state;

	fx_revision(fx, "r1", "", "CREATE TABLE t1 (a integer);", NULL);
	fx_revision(fx, "r2", "r1", "CREATE TABLE t2 (a integer);",
		    "DROP TABLE t2;");
	fx_up(fx, "head");
	assert_int_equal(fx_run(fx, RETORT_OP_DOWNGRADE, "base"),
			 RETORT_EREFUSED);
	fx_expect_log(fx, "");
	fx_expect_rows(fx, "r2");
	/* The journal's script is named, not used. */
	fx_revision(fx, "r2", "r1", "CREATE TABLE t2 (a integer);", NULL);
	assert_int_equal(fx_run(fx, RETORT_OP_DOWNGRADE, "r1"),
			 RETORT_EREFUSED);
	fx_expect_field(fx, RETORT_ERROR_NEXT, "the journal keeps it");
	fx_expect_rows(fx, "r2");
}

static void verify_finds_what_has_changed(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 4);
	fx_up(fx, "head");
	fx_expect_findings(fx, "");
	fx_revision(fx, "r1", "", "CREATE TABLE t1 (a integer); -- one",
		    "DROP TABLE t1;");
	fx_revision(fx, "r2", "r1", "CREATE TABLE t2 (a bigint);",
		    "DROP TABLE t2;");
	fx_remove(fx, "r4");
	fx_expect_findings(fx, "r1 comments\nr2 edited\nr4 deleted\n");
	fx_exec(fx, "INSERT INTO alembic_version VALUES ('who')");
	fx_expect_findings(fx, "r1 comments\nr2 edited\nr4 deleted\n"
			       "who unknown\n");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_ghost_goes_down),
		CASE(a_row_that_nobody_knows),
		CASE(no_down_section_is_refused_before_anything_runs),
		CASE(verify_finds_what_has_changed),
	};
	int failed;

	if (strcmp(ENGINE, "sqlite") != 0 && !pg_start())
		return 0;
	failed = cmocka_run_group_tests_name("journal on " ENGINE, tests, NULL,
					     NULL);
	return strcmp(ENGINE, "sqlite") != 0 ? pg_stop(failed) : failed;
}
