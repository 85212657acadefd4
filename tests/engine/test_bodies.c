/* SPDX-License-Identifier: MIT */
/* Plans whose scripts take more memory than a run allows itself. */
#include "support/rt_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/fixture.h"
#include "engine/step/body.h"
#include "support/pg.h"

enum { REVISIONS = 4 };

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

/* Two of them fit: a script's text is kept twice. */
static void write_large(fixture *fx, int n, const char *what)
{
	size_t size = RT_BODY_BUDGET / 5;
	char *filler = malloc(size + 1), id[8], parent[8] = "";
	rt_str up = RT_STR_INIT;

	memset(filler, 'x', size);
	filler[size] = '\0';
	snprintf(id, sizeof(id), "r%d", n);
	if (n > 1)
		snprintf(parent, sizeof(parent), "r%d", n - 1);
	rt_str_addf(&up, "CREATE TABLE t%d (%s integer);\n-- ", n, what);
	rt_str_add(&up, filler);
	fx_revision(fx, id, parent, up.p, "SELECT 1;");
	rt_str_free(&up);
	free(filler);
}

static void write_all(fixture *fx)
{
	int i;

	for (i = 1; i <= REVISIONS; i++)
		write_large(fx, i, "a");
}

static void what_does_not_fit_is_read_again(void **state)
{
	fixture *fx = *state;

	write_all(fx);
	fx_up(fx, "head");
	fx_expect_rows(fx, "r4");
	fx_expect(fx, "SELECT count(a) FROM t4", "0");
	fx_expect(fx,
		  "SELECT count(*) FROM retort_journal "
		  "WHERE down_script LIKE '%SELECT 1;%'", "4");
	fx_expect_findings(fx, "");
	fx_down(fx, "base");
	fx_expect_rows(fx, "");
}

static void edit_the_last(fixture *fx, retort_apply *run,
			  const retort_event *ev)
{
	(void)run;
	if (ev->kind == RETORT_EVENT_STEP_DONE && ev->step_index == 0)
		write_large(fx, REVISIONS, "b");
}

static void an_unchecked_file_is_not_run(void **state)
{
	fixture *fx = *state;

	write_all(fx);
	fx->options.stepwise = true;
	fx->on_event = edit_the_last;
	assert_int_equal(fx_run(fx, RETORT_OP_UPGRADE, "head"), RETORT_ESTATE);
	fx_expect_error(fx, RETORT_ESTATE, "has changed since");
	fx_expect_field(fx, RETORT_ERROR_REVISION, "r4");
	fx_expect_field(fx, RETORT_ERROR_STATE, "at r3; 3 of 4 revisions");
	fx_expect_rows(fx, "r3");
	fx->on_event = NULL;
	fx_up(fx, "head");
	fx_expect(fx, "SELECT count(b) FROM t4", "0");
}

static int count_tables(void *self, const char *text, size_t n)
{
	rt_sv rest = { text, n }, line;
	size_t *count = self;

	while (rt_sv_line(&rest, &line))
		*count += rt_sv_starts(line, "CREATE TABLE t");
	return 0;
}

static void a_script_has_them_all(void **state)
{
	const char *target = "head";
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	fixture *fx = *state;
	const retort_graph *graph;
	retort_plan *plan;
	size_t tables = 0;

	write_all(fx);
	fx_open(fx);
	request.op = RETORT_OP_UPGRADE;
	request.targets = (retort_names){ &target, 1 };
	rt_assert_ok(retort_project_graph(fx->project, &graph, &fx->err),
		     &fx->err);
	rt_assert_ok(retort_plan_make(&plan, graph, &request, &fx->err),
		     &fx->err);
	rt_assert_ok(retort_apply_write_sql(fx->project, plan,
					    retort_project_dialect(fx->project),
					    count_tables, &tables, &fx->err),
		     &fx->err);
	assert_int_equal(tables, REVISIONS);
	retort_plan_free(plan);
	fx_close(fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		CASE(what_does_not_fit_is_read_again),
		CASE(an_unchecked_file_is_not_run),
		CASE(a_script_has_them_all),
	};
	int failed;

	if (strcmp(ENGINE, "sqlite") != 0 && !pg_start())
		return 0;
	failed = cmocka_run_group_tests_name("bodies on " ENGINE, tests, NULL,
					     NULL);
	return strcmp(ENGINE, "sqlite") != 0 ? pg_stop(failed) : failed;
}
