/* SPDX-License-Identifier: MIT */
/*
 * 100,000 revisions.  Nothing here looks at a clock: what is not linear does
 * not finish in time to be overlooked.
 */
#include "support/rt_test.h"

#include "base/alloc.h"
#include "base/str.h"
#include "rev/graphs.h"

#define MANY 100000u

static void add(retort_graph *g, rt_str *spec)
{
	retort_error err = RETORT_ERROR_INIT;

	rt_assert_ok(graph_add(g, spec->p, &err), &err);
	rt_str_clear(spec);
}

/* One line. */
static void make_chain(retort_graph *g)
{
	rt_str s = RT_STR_INIT;
	unsigned i;

	for (i = 0; i < MANY; i++) {
		rt_str_addf(&s, "r%06u", i);
		if (i)
			rt_str_addf(&s, "<r%06u", i - 1);
		add(g, &s);
	}
	rt_str_free(&s);
}

/*
 * A trunk that a branch with a label leaves every 100 revisions and joins
 * again, each side 50 long; some need something of the branch before.
 */
static void make_branches(retort_graph *g)
{
	rt_str s = RT_STR_INIT;
	unsigned i, k;

	rt_str_add(&s, "r000000#trunk");
	add(g, &s);
	for (i = 0; i + 100 < MANY; i += 100) {
		for (k = 1; k < 50; k++) {
			unsigned p = k > 1 ? i + k - 1 : i;

			rt_str_addf(&s, "r%06u<r%06u", i + k, p);
			add(g, &s);
			p = k > 1 ? i + 50 + k - 1 : i;
			rt_str_addf(&s, "r%06u<r%06u", i + 50 + k, p);
			if (k == 9 && i)
				rt_str_addf(&s, "+r%06u", i - 30);
			if (k == 1)
				rt_str_addf(&s, "#b%u", i);
			add(g, &s);
		}
		rt_str_addf(&s, "r%06u<r%06u,r%06u", i + 100, i + 49,
			    i + 99);
		add(g, &s);
	}
	rt_str_free(&s);
}

/* A thousand heads that left a trunk here and there and never came back;
 * added so that load order says nothing about place. */
static void make_heads(retort_graph *g)
{
	rt_str s = RT_STR_INIT;
	unsigned i, k;

	rt_str_add(&s, "t00000");
	add(g, &s);
	for (i = 1; i < MANY / 2; i++) {
		rt_str_addf(&s, "t%05u<t%05u", i, i - 1);
		add(g, &s);
	}
	for (i = 0; i < 1000; i++)
		for (k = 0; k < 50; k++) {
			rt_str_addf(&s, "h%03ux%02u<", i, k);
			if (k)
				rt_str_addf(&s, "h%03ux%02u", i, k - 1);
			else
				rt_str_addf(&s, "t%05u", i * 7919u % 49999);
			add(g, &s);
		}
	rt_str_free(&s);
}

/* Nothing but heads on one base. */
static void make_star(retort_graph *g)
{
	rt_str s = RT_STR_INIT;
	unsigned i;

	rt_str_add(&s, "root");
	add(g, &s);
	for (i = 1; i < MANY; i++) {
		rt_str_addf(&s, "r%06u<root", i);
		add(g, &s);
	}
	rt_str_free(&s);
}

/* Merges all the way, every revision needing what its parents need. */
static void make_ladder(retort_graph *g)
{
	rt_str s = RT_STR_INIT;
	unsigned i;

	for (i = 0; i < MANY; i++) {
		rt_str_addf(&s, "r%06u", i);
		if (i > 1)
			rt_str_addf(&s, "<r%06u,r%06u", i - 1, i - 2);
		else if (i)
			rt_str_add(&s, "<r000000");
		if (i > 5)
			rt_str_addf(&s, "+r%06u", i - 3 - i % 3);
		add(g, &s);
	}
	rt_str_free(&s);
}

static retort_graph *make(void (*add_all)(retort_graph *))
{
	retort_error err = RETORT_ERROR_INIT;
	retort_graph *g = rt_graph_new();

	add_all(g);
	rt_assert_ok(rt_graph_seal(g, &err), &err);
	return g;
}

static size_t plan(const retort_graph *g, retort_op op, const char *target,
		   const retort_names *rows, retort_plan **out)
{
	retort_plan_request req = RETORT_PLAN_REQUEST_INIT;
	retort_error err = RETORT_ERROR_INIT;

	req.op = op;
	req.targets = (retort_names){ &target, 1 };
	req.rows = *rows;
	rt_assert_ok(retort_plan_make(out, g, &req, &err), &err);
	return retort_plan_count(*out);
}

static void whole_life(retort_graph *g)
{
	retort_error err = RETORT_ERROR_INIT;
	retort_list list = RETORT_LIST_INIT;
	retort_names none = { NULL, 0 }, rows;
	retort_plan *up, *down, *again;
	size_t n;

	n = retort_graph_count(g);
	rt_assert_ok(retort_graph_history(g, NULL, NULL, &list, &err), &err);
	assert_int_equal(list.n, n);
	retort_list_dispose(&list);
	retort_graph_branch_points(g, &list);
	retort_list_dispose(&list);
	assert_int_equal(plan(g, RETORT_OP_UPGRADE, "heads", &none, &up), n);
	rows = retort_plan_rows_after(up);
	assert_int_equal(plan(g, RETORT_OP_DOWNGRADE, "base", &rows, &down),
			 n);
	assert_int_equal(retort_plan_rows_after(down).n, 0);
	assert_int_equal(plan(g, RETORT_OP_UPGRADE, "heads", &rows, &again),
			 0);
	retort_plan_free(again);
	plan(g, RETORT_OP_STAMP, "heads", &none, &again);
	assert_int_equal(retort_plan_rows_after(again).n, rows.n);
	retort_plan_free(again);
	plan(g, RETORT_OP_STAMP, "base", &rows, &again);
	assert_int_equal(retort_plan_count(again), rows.n);
	rt_assert_ok(retort_graph_current(g, &rows, &list, &err), &err);
	retort_list_dispose(&list);
	retort_plan_free(up);
	retort_plan_free(down);
	retort_plan_free(again);
	retort_graph_free(g);
}

static void a_chain(void **state)
{
	(void)state;
	whole_life(make(make_chain));
}

static void branches_and_merges(void **state)
{
	(void)state;
	whole_life(make(make_branches));
}

static void a_thousand_heads(void **state)
{
	(void)state;
	whole_life(make(make_heads));
}

static void a_star(void **state)
{
	(void)state;
	whole_life(make(make_star));
}

static void a_ladder_of_merges(void **state)
{
	(void)state;
	whole_life(make(make_ladder));
}

static void by_chance(void **state)
{
	dice d = { 6 };

	(void)state;
	whole_life(graph_random(&d, MANY, true));
}

static void a_cycle_of_all(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	retort_graph *g = rt_graph_new();
	rt_str s = RT_STR_INIT;
	unsigned i;

	(void)state;
	for (i = 0; i < MANY; i++) {
		rt_str_addf(&s, "r%06u<r%06u", i, (i + MANY - 1) % MANY);
		add(g, &s);
	}
	assert_int_equal(rt_graph_seal(g, &err), RETORT_EGRAPH);
	assert_true(strlen(err.message) < 2000);
	retort_error_dispose(&err);
	retort_graph_free(g);
	rt_str_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chain),
		cmocka_unit_test(branches_and_merges),
		cmocka_unit_test(a_thousand_heads),
		cmocka_unit_test(a_star),
		cmocka_unit_test(a_ladder_of_merges),
		cmocka_unit_test(by_chance),
		cmocka_unit_test(a_cycle_of_all),
	};

	return cmocka_run_group_tests_name("scale", tests, NULL, NULL);
}
