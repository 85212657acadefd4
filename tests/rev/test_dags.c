/* SPDX-License-Identifier: MIT */
/*
 * The graphs of real Alembic projects (tests/data/dags.json) and what
 * Alembic says of them; revisions are given by their place in load order.
 */
#include "support/rt_test.h"

#include "base/str.h"
#include "rev/graphs.h"

static const char *name_of(const json_t *dag)
{
	return json_string_value(json_object_get(dag, "env"));
}

static void same_order(const json_t *dag, const char *key, bool reversed,
		       const retort_list *got)
{
	const json_t *want = json_object_get(dag, key);
	size_t n = json_array_size(want), i;

	if (got->n != n)
		fail_msg("%s: %s: %zu, want %zu", name_of(dag), key, got->n,
			 n);
	for (i = 0; i < n; i++) {
		json_int_t at = json_integer_value(
			json_array_get(want, reversed ? n - 1 - i : i));

		if (got->v[i]->index != (size_t)at)
			fail_msg("%s: %s: %s at place %zu", name_of(dag), key,
				 got->v[i]->id, i);
	}
}

static void check_ends(const json_t *dag, const retort_graph *g)
{
	static const struct {
		const char *key;
		void (*list)(const retort_graph *, bool, retort_list *);
		bool real;
	} ends[] = {
		{ "heads", retort_graph_heads, false },
		{ "real_heads", retort_graph_heads, true },
		{ "bases", retort_graph_bases, false },
		{ "real_bases", retort_graph_bases, true },
	};
	retort_list list = RETORT_LIST_INIT;
	size_t i;

	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		ends[i].list(g, ends[i].real, &list);
		same_order(dag, ends[i].key, false, &list);
		retort_list_dispose(&list);
	}
}

static bool listed(const json_t *array, size_t index)
{
	size_t i;

	for (i = 0; i < json_array_size(array); i++)
		if ((size_t)json_integer_value(json_array_get(array, i)) ==
		    index)
			return true;
	return false;
}

/* Fork, merge and labels of every revision. */
static void check_nodes(const json_t *dag, const retort_graph *g)
{
	const json_t *forks = json_object_get(dag, "branch_points");
	const json_t *merges = json_object_get(dag, "merge_points");
	const json_t *nodes = json_object_get(dag, "revisions");
	size_t i, k;

	for (i = 0; i < retort_graph_count(g); i++) {
		const retort_revision *rev = retort_graph_at(g, i);
		const json_t *node = json_array_get(nodes, i), *labels;

		assert_int_equal(rev->is_branch_point, listed(forks, i));
		assert_int_equal(rev->is_merge_point, listed(merges, i));
		labels = json_array_get(node,
					json_array_size(node) > 5 ? 5 : 3);
		assert_int_equal(rev->branches.n, json_array_size(labels));
		for (k = 0; k < rev->branches.n; k++)
			assert_string_equal(rev->branches.v[k],
				json_string_value(json_array_get(labels, k)));
	}
}

static void check_orders(const json_t *dag, const retort_graph *g)
{
	retort_plan_request req = RETORT_PLAN_REQUEST_INIT;
	retort_error err = RETORT_ERROR_INIT;
	retort_list list = RETORT_LIST_INIT;
	const char *heads = "heads";
	const json_t *order = json_object_get(dag, "upgrade_order");
	retort_plan *plan;
	size_t i;

	/* Unless told otherwise, history is the upgrade backwards. */
	rt_assert_ok(retort_graph_history(g, NULL, NULL, &list, &err), &err);
	if (json_object_get(dag, "history"))
		same_order(dag, "history", false, &list);
	else
		same_order(dag, "upgrade_order", true, &list);
	retort_list_dispose(&list);
	req.targets = (retort_names){ &heads, 1 };
	rt_assert_ok(retort_plan_make(&plan, g, &req, &err), &err);
	assert_int_equal(retort_plan_count(plan), json_array_size(order));
	for (i = 0; i < retort_plan_count(plan); i++)
		assert_int_equal(retort_plan_step(plan, i)->node->index,
			json_integer_value(json_array_get(order, i)));
	retort_plan_free(plan);
}

static void check_graph(void **state)
{
	const json_t *dag = *state;
	retort_error err = RETORT_ERROR_INIT;
	retort_graph *g = graph_from_json(json_object_get(dag, "revisions"),
					  &err);

	if (!g)
		fail_msg("%s: %s", name_of(dag), err.message);
	check_ends(dag, g);
	check_nodes(dag, g);
	check_orders(dag, g);
	retort_graph_free(g);
}

int main(void)
{
	const char *dir = getenv("top_srcdir");
	struct CMUnitTest *tests;
	char *path = rt_strf("%s/tests/data/dags.json", dir ? dir : ".");
	json_error_t why;
	json_t *dags = json_load_file(path, 0, &why);
	size_t n = json_array_size(dags), i;
	int rc;

	free(path);
	if (!dags) {
		print_error("Bail out! %s: %s\n", why.source, why.text);
		return 99;
	}
	tests = calloc(n, sizeof(*tests));
	for (i = 0; i < n; i++) {
		json_t *dag = json_array_get(dags, i);

		tests[i] = (struct CMUnitTest){ name_of(dag), check_graph,
						NULL, NULL, dag };
	}
	rc = _cmocka_run_group_tests("dags", tests, n, NULL, NULL);
	free(tests);
	json_decref(dags);
	return rc;
}
