/* SPDX-License-Identifier: MIT */
/* What heads have in common, and where a branch begins. */
#include "support/rt_test.h"

#include "base/str.h"
#include "rev/graphs.h"

enum { MANY = 65 };

static const struct row {
	const char *specs, *heads[3];
	const char *common;
	const char *own; /* id=sides in hexadecimal */
} rows[] = {
	{ "a b<a c<a", { "b", "c" }, "a", "c=2 b=1" },
	{ "a b<a c<b d<b e<d", { "c", "e" }, "b", "e=2 d=2 c=1" },
	/* no common ancestor; one above the other; the same */
	{ "a b", { "a", "b" }, "", "b=2 a=1" },
	{ "a b<a c<b", { "a", "c" }, "a", "c=2 b=2" },
	{ "a b<a", { "b", "b" }, "b", "" },
	/* three: what two of them have */
	{ "a b<a c<b d<b e<a", { "c", "d", "e" }, "a",
	  "d=2 c=1 e=4 b=3" },
	/* several newest common ones, and a dependency as one */
	{ "a b<a c<a m<b,c n<b,c", { "m", "n" }, "b c", "n=2 m=1" },
	{ "a b x<b+a y<a", { "x", "y" }, "a", "x=1 y=2 b=1" },
	{ "a", { "a" }, "a", "" },
};

static retort_names names_of(const char *const *v)
{
	retort_names names = { v, 0 };

	while (names.n < 3 && v[names.n])
		names.n++;
	return names;
}

static void heads_are_compared(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		retort_graph *g = graph_from(rows[i].specs);
		retort_names heads = names_of(rows[i].heads);
		retort_error err = RETORT_ERROR_INIT;
		rt_str own = RT_STR_INIT;
		retort_divergence d;
		char *common;

		rt_assert_ok(retort_graph_divergence(g, &heads, &d, &err),
			     &err);
		for (k = 0; k < d.own.n; k++)
			rt_str_addf(&own, "%s%s=%lx", k ? " " : "",
				    d.own.v[k]->id,
				    (unsigned long)d.sides[k]);
		common = list_text(&d.common);
		assert_string_equal(common, rows[i].common);
		assert_string_equal(own.p, rows[i].own);
		free(common);
		rt_str_free(&own);
		retort_divergence_dispose(&d);
		retort_graph_free(g);
	}
}

static void not_all_can_be_compared(void **state)
{
	const char *many[MANY];
	retort_names heads = { many, MANY };
	retort_graph *g = graph_from("a");
	retort_error err = RETORT_ERROR_INIT;
	retort_divergence d;
	size_t i;

	(void)state;
	for (i = 0; i < MANY; i++)
		many[i] = "a";
	assert_int_equal(retort_graph_divergence(g, &heads, &d, &err),
			 RETORT_EUSAGE);
	retort_error_dispose(&err);
	heads.n = MANY - 1;
	rt_assert_ok(retort_graph_divergence(g, &heads, &d, &err), &err);
	assert_int_equal(d.common.n, 1);
	retort_divergence_dispose(&d);
	many[1] = "gone";
	assert_int_equal(retort_graph_divergence(g, &heads, &d, &err),
			 RETORT_ENOTFOUND);
	retort_divergence_dispose(&d);
	retort_error_dispose(&err);
	retort_graph_free(g);
}

static const struct fork {
	const char *specs, *branch, *onto;
	int code;
	const char *want; /* an id, or what the error says */
} forks[] = {
	{ "a b<a c<a d<c", "d", "b", 0, "c" },
	{ "a b<a c<a d<c", "b", "d", 0, "b" },
	{ "a b", "b", "a", 0, "b" },
	/* the merge that begins it has parents that `onto` has too */
	{ "a b<a c<a m<b,c n<b,c", "n", "m", 0, "n" },
	/* it depends on what it would leave */
	{ "a b<a x<a+b y<x", "y", "b", 0, "x" },
	{ "a b<a x<a+b y<x", "b", "y", RETORT_EREFUSED, "has all of b" },
	{ "a b<a c<a d m<c,d", "m", "b", RETORT_EREFUSED, "(c, d)" },
	{ "a b<a", "a", "b", RETORT_EREFUSED, "b has all of a already" },
	{ "a", "x", "a", RETORT_ENOTFOUND, "'x'" },
	{ "a", "a", "x", RETORT_ENOTFOUND, "'x'" },
};

static void a_branch_begins_somewhere(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(forks) / sizeof(forks[0]); i++) {
		retort_graph *g = graph_from(forks[i].specs);
		retort_error err = RETORT_ERROR_INIT;
		const retort_revision *rev;
		int rc = retort_graph_fork(g, forks[i].branch, forks[i].onto,
					   &rev, &err);

		assert_int_equal(rc, forks[i].code);
		if (rc)
			assert_non_null(strstr(err.message, forks[i].want));
		else
			assert_string_equal(rev->id, forks[i].want);
		retort_error_dispose(&err);
		retort_graph_free(g);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads_are_compared),
		cmocka_unit_test(not_all_can_be_compared),
		cmocka_unit_test(a_branch_begins_somewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
