/* SPDX-License-Identifier: MIT */
/*
 * Thousands of random graphs: the order and what sealing works out must be
 * what the obvious way gives; plans must respect edges, keep the rows to the
 * rule after every step, and lead back to where they came from.
 */
#include "support/rt_test.h"

#include "base/alloc.h"
#include "base/str.h"
#include "rev/graphs.h"
#include "rev/naive.h"
#include "rev/order.h"

#define GRAPHS 1500

static retort_graph *some_graph(dice *d)
{
	return graph_random(d, 1 + dice_roll(d, 40), dice_roll(d, 4) != 0);
}

static void seal_finds_what_the_obvious_way_finds(void **state)
{
	dice d = { 1 };
	rt_nodes want = RT_VEC_INIT;
	unsigned k;

	(void)state;
	for (k = 0; k < GRAPHS; k++) {
		retort_graph *g = some_graph(&d);
		unsigned char *reach = naive_reach(g, false);
		uint32_t u, i;

		for (u = 0; u < rt_dag_count(g); u++) {
			naive_norm(g, reach, u, &want);
			assert_int_equal(rt_edges_count(&g->norm, u), want.n);
			for (i = 0; i < want.n; i++)
				assert_int_equal(want.v[i], g->norm.to[
					g->norm.start[u] + i]);
		}
		free(reach);
		retort_graph_free(g);
	}
	rt_vec_free(&want);
}

static void check_labels(const retort_graph *g, const unsigned char *reach,
			 uint32_t u)
{
	const retort_revision *rev = &g->revs.v[u];
	size_t seen = 0;
	uint32_t v, i;

	for (v = 0; v < rt_dag_count(g); v++) {
		if (!g->revs.v[v].labels.n || !naive_carries(g, reach, v, u))
			continue;
		for (i = 0; i < rev->branches.n; i++)
			if (!strcmp(rev->branches.v[i],
				    g->revs.v[v].labels.v[0]))
				break;
		assert_true(i < rev->branches.n);
		seen++;
	}
	assert_int_equal(seen, rev->branches.n);
	for (i = 1; i < rev->branches.n; i++)
		assert_true(strcmp(rev->branches.v[i - 1],
				   rev->branches.v[i]) < 0);
}

static void labels_spread_as_alembic_walks(void **state)
{
	dice d = { 2 };
	unsigned k;

	(void)state;
	for (k = 0; k < GRAPHS; k++) {
		retort_graph *g = some_graph(&d);
		unsigned char *reach = naive_reach(g, false);
		uint32_t u;

		for (u = 0; u < rt_dag_count(g); u++)
			check_labels(g, reach, u);
		free(reach);
		retort_graph_free(g);
	}
}

/* A selection as plans make it: all below some nodes, less all below others;
 * or, to try the corners, any set. */
static void select_some(dice *d, const retort_graph *g, rt_selection *s)
{
	uint32_t n = rt_dag_count(g), u, k, low;
	bool any_set = !dice_roll(d, 4);

	s->todo = rt_dag_marks(g);
	for (k = 0; k < 1 + dice_roll(d, 4); k++) {
		u = dice_roll(d, n);
		rt_dag_mark(&g->all_down, &u, 1, s->todo, 1);
		rt_vec_push(&s->heads, u);
	}
	for (u = 0; u < n && !dice_roll(d, 3); u++)
		if (g->revs.v[u].is_real_head) {
			rt_dag_mark(&g->all_down, &u, 1, s->todo, 1);
			rt_vec_push(&s->heads, u);
		}
	for (k = 0; k < dice_roll(d, 3); k++) {
		low = dice_roll(d, n);
		rt_dag_mark(&g->all_down, &low, 1, s->todo, 2);
	}
	for (u = 0; u < n; u++)
		s->todo[u] = s->todo[u] == 1 &&
			     !(any_set && !dice_roll(d, 5));
}

static void order_is_the_obvious_one(void **state)
{
	dice d = { 3 };
	unsigned k, whole = 0;

	(void)state;
	for (k = 0; k < 4 * GRAPHS; k++) {
		retort_graph *g = some_graph(&d);
		rt_selection s = RT_SELECTION_INIT;
		rt_nodes got = RT_VEC_INIT, want = RT_VEC_INIT;
		size_t i;

		select_some(&d, g, &s);
		whole += rt_order(g, &s, &got);
		naive_order(g, s.todo, &s.heads, &want);
		assert_int_equal(got.n, want.n);
		for (i = 0; i < want.n; i++)
			assert_int_equal(got.v[i], want.v[i]);
		rt_vec_free(&got);
		rt_vec_free(&want);
		rt_selection_free(&s);
		retort_graph_free(g);
	}
	assert_in_range(whole, 2 * GRAPHS, 4 * GRAPHS - 1);
}

/* The database while a plan runs. */
typedef struct world {
	const retort_graph *g;
	bool *applied;
	unsigned char *is_row;
} world;

static world world_new(const retort_graph *g)
{
	size_t n = retort_graph_count(g);

	return (world){ g, rt_calloc(n + 1, sizeof(bool)),
			rt_calloc(n + 1, 1) };
}

static void world_free(world *w)
{
	free(w->applied);
	free(w->is_row);
}

static retort_names world_rows(const world *w)
{
	size_t n = retort_graph_count(w->g), i, k = 0;
	const char **v = rt_calloc(n + 1, sizeof(*v));

	for (i = 0; i < n; i++)
		if (w->is_row[i])
			v[k++] = w->g->revs.v[i].id;
	return (retort_names){ v, k };
}

/* Rows are what is applied and below nothing that is. */
static void check_rows(const world *w)
{
	const retort_graph *g = w->g;
	uint32_t u, i;

	for (u = 0; u < rt_dag_count(g); u++) {
		bool top = w->applied[u];

		RT_EDGE_EACH(&g->all_up, u, i)
			top = top && !w->applied[g->all_up.to[i]];
		assert_int_equal(w->is_row[u], top);
	}
}

static void do_step(world *w, const retort_step *s)
{
	const retort_graph *g = w->g;
	uint32_t u = (uint32_t)s->node->index, i;
	size_t k;

	assert_int_equal(w->applied[u], s->op == RETORT_OP_DOWNGRADE);
	if (s->op == RETORT_OP_UPGRADE)
		RT_EDGE_EACH(&g->all_down, u, i)
			assert_true(w->applied[g->all_down.to[i]]);
	else
		RT_EDGE_EACH(&g->all_up, u, i)
			assert_false(w->applied[g->all_up.to[i]]);
	w->applied[u] = s->op == RETORT_OP_UPGRADE;
	assert_true(s->n_changes > 0);
	for (k = 0; k < s->n_changes; k++) {
		const retort_row_change *c = &s->changes[k];
		uint32_t old = c->old_id ? rt_dag_find(g, c->old_id) : 0;
		uint32_t new = c->new_id ? rt_dag_find(g, c->new_id) : 0;

		if (c->old_id)
			assert_int_equal(w->is_row[old]--, 1);
		if (c->new_id)
			assert_int_equal(w->is_row[new]++, 0);
	}
	check_rows(w);
}

/* Plan and run; false if there is no such way. */
static bool carry_out(world *w, retort_plan_request req)
{
	retort_plan *plan;
	retort_names rows = world_rows(w), after;
	size_t i;
	bool done;

	req.rows = rows;
	done = retort_plan_make(&plan, w->g, &req, NULL) >= 0;
	if (done) {
		for (i = 0; i < retort_plan_count(plan); i++)
			do_step(w, retort_plan_step(plan, i));
		free((void *)(uintptr_t)rows.v);
		rows = world_rows(w);
		after = retort_plan_rows_after(plan);
		assert_int_equal(after.n, rows.n);
		retort_plan_free(plan);
	}
	free((void *)(uintptr_t)rows.v);
	return done;
}

static bool go(world *w, retort_op op, const char *target)
{
	retort_plan_request req = RETORT_PLAN_REQUEST_INIT;

	req.op = op;
	req.targets = (retort_names){ &target, 1 };
	return carry_out(w, req);
}

static size_t count_applied(const world *w)
{
	size_t i, n = 0;

	for (i = 0; i < retort_graph_count(w->g); i++)
		n += w->applied[i];
	return n;
}

static void plans_keep_the_rows_to_the_rule(void **state)
{
	dice d = { 4 };
	unsigned k, i, moves = 0;

	(void)state;
	for (k = 0; k < GRAPHS; k++) {
		retort_graph *g = some_graph(&d);
		unsigned n = rt_dag_count(g);
		world w = world_new(g);

		for (i = 0; i < 12; i++) {
			const char *id = g->revs.v[dice_roll(&d, n)].id;

			moves += go(&w, dice_roll(&d, 3) ? RETORT_OP_UPGRADE :
				    RETORT_OP_DOWNGRADE, id);
		}
		assert_true(go(&w, RETORT_OP_UPGRADE, "heads"));
		assert_int_equal(count_applied(&w), n);
		assert_true(go(&w, RETORT_OP_DOWNGRADE, "base"));
		assert_int_equal(count_applied(&w), 0);
		world_free(&w);
		retort_graph_free(g);
	}
	assert_in_range(moves, GRAPHS * 6, GRAPHS * 12);
}

static void exactly_leaves_what_the_targets_need(void **state)
{
	dice d = { 8 };
	unsigned k, i;

	(void)state;
	for (k = 0; k < GRAPHS; k++) {
		retort_graph *g = some_graph(&d);
		unsigned n = rt_dag_count(g);
		world w = world_new(g);

		for (i = 0; i < 8; i++) {
			retort_plan_request req = RETORT_PLAN_REQUEST_INIT;
			uint32_t nodes[3];
			const char *ids[3];
			unsigned char *need = rt_calloc(n + 1, 1);
			size_t t;

			req.exactly = true;
			req.targets = (retort_names){ ids, dice_roll(&d, 4) };
			for (t = 0; t < req.targets.n; t++) {
				nodes[t] = dice_roll(&d, n);
				ids[t] = g->revs.v[nodes[t]].id;
			}
			rt_dag_mark(&g->all_down, nodes, req.targets.n, need,
				    1);
			assert_true(carry_out(&w, req));
			for (t = 0; t < n; t++)
				assert_int_equal(w.applied[t], need[t]);
			free(need);
		}
		world_free(&w);
		retort_graph_free(g);
	}
}

static void up_and_down_again_gives_the_same_rows(void **state)
{
	dice d = { 5 };
	unsigned k, back = 0;

	(void)state;
	for (k = 0; k < GRAPHS; k++) {
		retort_graph *g = some_graph(&d);
		unsigned n = rt_dag_count(g);
		world w = world_new(g);
		const char *low = g->revs.v[dice_roll(&d, n)].id;
		unsigned char *before = rt_calloc(n + 1, 1);

		assert_true(go(&w, RETORT_OP_UPGRADE, low));
		memcpy(before, w.is_row, n);
		/* What goes up from one revision alone goes down to it, but
		 * for what was no child of it. */
		assert_true(go(&w, RETORT_OP_UPGRADE, "heads"));
		if (go(&w, RETORT_OP_DOWNGRADE, low) &&
		    go(&w, RETORT_OP_DOWNGRADE, "base")) {
			assert_true(go(&w, RETORT_OP_UPGRADE, low));
			assert_memory_equal(before, w.is_row, n);
			back++;
		}
		free(before);
		world_free(&w);
		retort_graph_free(g);
	}
	assert_in_range(back, GRAPHS / 2, GRAPHS);
}

/* Something that looks like an identifier, or nearly. */
static void add_words(dice *d, rt_str *s)
{
	static const char *const words[] = {
		"head", "heads", "base", "current", "@", "@", "+", "-", "-",
		":", "1", "2", "90", "0", "L", "r", "r1", "r2", "x", " ",
	};
	unsigned n = dice_roll(d, 6), i;

	for (i = 0; i < n; i++) {
		if (dice_roll(d, 3))
			rt_str_add(s, words[dice_roll(d, sizeof(words) /
						      sizeof(*words))]);
		else
			rt_str_addf(s, "%c%u", dice_roll(d, 3) ? 'r' : 'L',
				    dice_roll(d, 40));
	}
}

/* Whatever is asked, there is an answer or one error. */
static void ask_all(dice *d, const retort_graph *g, const char *text)
{
	unsigned n = rt_dag_count(g);
	const char *v[] = { g->revs.v[dice_roll(d, n)].id,
			    dice_roll(d, 9) ? g->revs.v[dice_roll(d, n)].id :
					      text };
	retort_plan_request req = RETORT_PLAN_REQUEST_INIT;
	retort_error err = RETORT_ERROR_INIT;
	retort_list list = RETORT_LIST_INIT;
	retort_plan *plan;
	int op, rc[5];

	req.rows = (retort_names){ v, dice_roll(d, 3) };
	req.targets = (retort_names){ &text, 1 };
	for (op = RETORT_OP_UPGRADE; op <= RETORT_OP_STAMP; op++) {
		req.op = (retort_op)op;
		req.offline = !dice_roll(d, 4);
		rc[op] = retort_plan_make(&plan, g, &req, &err);
		assert_int_equal(rc[op], err.code);
		retort_error_dispose(&err);
		retort_plan_free(plan);
	}
	rc[3] = retort_graph_resolve(g, text, &req.rows, &list, &err);
	assert_int_equal(rc[3], err.code);
	retort_error_dispose(&err);
	retort_list_dispose(&list);
	rc[4] = retort_graph_history(g, text, &req.rows, &list, &err);
	assert_int_equal(rc[4], err.code);
	retort_error_dispose(&err);
	retort_list_dispose(&list);
}

static void any_words_get_an_answer(void **state)
{
	dice d = { 7 };
	unsigned k, i;

	(void)state;
	for (k = 0; k < GRAPHS / 3; k++) {
		retort_graph *g = some_graph(&d);

		for (i = 0; i < 40; i++) {
			rt_str s = RT_STR_INIT;

			add_words(&d, &s);
			ask_all(&d, g, s.p);
			rt_str_free(&s);
		}
		retort_graph_free(g);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seal_finds_what_the_obvious_way_finds),
		cmocka_unit_test(labels_spread_as_alembic_walks),
		cmocka_unit_test(order_is_the_obvious_one),
		cmocka_unit_test(plans_keep_the_rows_to_the_rule),
		cmocka_unit_test(exactly_leaves_what_the_targets_need),
		cmocka_unit_test(up_and_down_again_gives_the_same_rows),
		cmocka_unit_test(any_words_get_an_answer),
	};

	return cmocka_run_group_tests_name("properties", tests, NULL, NULL);
}
