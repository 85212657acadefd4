/* SPDX-License-Identifier: MIT */
/* Ids that are longer than the version table usually holds. */
#include "support/rt_test.h"

#include <string.h>

#include "engine/fixture.h"
#include "support/pg.h"

#define LONG "add_phone_number_to_users_and_clients" /* 37 characters */

static int setup(void **state)
{
	fixture *fx = fx_new(ENGINE);

	*state = fx;
	fx_revision(fx, "r1", "", "CREATE TABLE t1 (a integer);", "SELECT 1;");
	fx_revision(fx, LONG, "r1", "CREATE TABLE t2 (a integer);",
		    "SELECT 1;");
	return 0;
}

static int teardown(void **state)
{
	fx_free(*state);
	return 0;
}

static void make_table(fixture *fx, const char *type)
{
	rt_str sql = RT_STR_INIT;

	rt_str_addf(&sql, "CREATE TABLE alembic_version (version_num %s)",
		    type);
	fx_exec(fx, sql.p);
	rt_str_free(&sql);
}

static void expect_refused(fixture *fx, const char *holds)
{
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"),
			 RETORT_EREFUSED);
	fx_expect_error(fx, RETORT_EREFUSED, holds);
	fx_expect_field(fx, RETORT_ERROR_REVISION, LONG);
}

static void a_new_table_holds_32(void **state)
{
	fixture *fx = *state;

	expect_refused(fx, "37 characters, and alembic_version.version_num "
			   "holds 32");
	fx_up(fx, "r1");
	expect_refused(fx, "holds 32");
	fx_expect_rows(fx, "r1");
}

static void a_wider_column_is_seen(void **state)
{
	fixture *fx = *state;

	make_table(fx, "VARCHAR(37)");
	fx_up(fx, "head");
	fx_expect_rows(fx, LONG);
	fx_down(fx, "base");
	fx_expect_rows(fx, "");
}

static void a_column_may_have_no_length(void **state)
{
	fixture *fx = *state;

	make_table(fx, "text");
	fx_up(fx, "head");
	fx_expect_rows(fx, LONG);
}

static void a_wider_column_may_be_too_narrow(void **state)
{
	fixture *fx = *state;

	make_table(fx, "VARCHAR(36)");
	expect_refused(fx, "holds 36");
	fx_expect_rows(fx, "");
}

static void new_ids_may_be_as_long_as_old_ones(void **state)
{
	static const char *const ids[] = {
		"add_address_to_users_and_all_clients1",
		"add_address_to_users_and_all_clients12",
	};
	retort_create_options options = RETORT_CREATE_OPTIONS_INIT;
	fixture *fx = *state;
	char *path = NULL;

	fx_open(fx);
	options.rev_id = ids[1];
	rt_assert_rc(retort_revision_create(fx->project, &options, &path,
					   &fx->err), RETORT_EUSAGE, &fx->err);
	retort_error_dispose(&fx->err);
	options.rev_id = ids[0];
	rt_assert_ok(retort_revision_create(fx->project, &options, &path,
					   &fx->err), &fx->err);
	free(path);
	fx_close(fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		CASE(a_new_table_holds_32),
		CASE(a_wider_column_is_seen),
		CASE(a_column_may_have_no_length),
		CASE(a_wider_column_may_be_too_narrow),
		CASE(new_ids_may_be_as_long_as_old_ones),
	};
	int failed;

	if (strcmp(ENGINE, "sqlite") != 0 && !pg_start())
		return 0;
	failed = cmocka_run_group_tests_name("ids on " ENGINE, tests, NULL,
					     NULL);
	return strcmp(ENGINE, "sqlite") != 0 ? pg_stop(failed) : failed;
}
