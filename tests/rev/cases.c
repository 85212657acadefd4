/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "rev/cases.h"

#include "base/alloc.h"
#include "base/str.h"

const char *case_text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

int by_text(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* Sorted and joined; takes the texts' order, not the texts. */
static char *join_sorted(const char **v, size_t n)
{
	retort_names names = { v, n };

	if (n)
		qsort(v, n, sizeof(*v), by_text);
	return names_text(&names);
}

char *sorted_names(const retort_names *names)
{
	const char **v = rt_calloc(names->n + 1, sizeof(*v));
	char *text;

	if (names->n)
		memcpy(v, names->v, names->n * sizeof(*v));
	text = join_sorted(v, names->n);
	free(v);
	return text;
}

char *sorted_json(const json_t *array)
{
	retort_names names = names_from_json(array);
	char *text = sorted_names(&names);

	free((void *)(uintptr_t)names.v);
	return text;
}

static char *step_text(const char *op, const char *revision, char *from,
		       char *to)
{
	char *text = rt_strf("%s %s: %s -> %s", op, revision, from, to);

	free(from);
	free(to);
	return text;
}

char *step_json(const json_t *step)
{
	return step_text(json_string_value(json_array_get(step, 0)),
			 json_string_value(json_array_get(step, 1)),
			 sorted_json(json_array_get(step, 2)),
			 sorted_json(json_array_get(step, 3)));
}

/* The version table, changed as the steps say; must never contradict. */
typedef struct table {
	RT_VEC(const char *) rows;
} table;

static size_t row_at(const table *t, const char *id)
{
	size_t i;

	for (i = 0; i < t->rows.n && strcmp(t->rows.v[i], id) != 0; i++)
		;
	return i;
}

static bool change_rows(table *t, const retort_row_change *c)
{
	size_t at;

	if (c->old_id) {
		at = row_at(t, c->old_id);
		if (at == t->rows.n)
			return false;
		t->rows.v[at] = t->rows.v[--t->rows.n];
	}
	if (c->new_id) {
		if (row_at(t, c->new_id) != t->rows.n)
			return false;
		rt_vec_push(&t->rows, c->new_id);
	}
	return (c->kind != RETORT_ROW_INSERT) == !!c->old_id &&
	       (c->kind != RETORT_ROW_DELETE) == !!c->new_id;
}

static void take_steps(const retort_plan *plan, answer *out)
{
	static const char *const ops[] = { "up", "down", "stamp" };
	retort_names before = retort_plan_rows_before(plan);
	retort_names after = retort_plan_rows_after(plan);
	table t = { RT_VEC_INIT };
	size_t i, k;
	char *rows;

	for (i = 0; i < before.n; i++)
		rt_vec_push(&t.rows, before.v[i]);
	out->start = names_text(&before);
	for (i = 0; i < retort_plan_count(plan); i++) {
		const retort_step *s = retort_plan_step(plan, i);

		rt_vec_push(&out->steps, step_text(ops[s->op],
			    s->op == RETORT_OP_STAMP ? "" : s->revision,
			    sorted_names(&s->from), sorted_names(&s->to)));
		for (k = 0; k < s->n_changes; k++)
			if (!change_rows(&t, &s->changes[k]))
				fail_msg("step %zu: impossible change", i);
		rt_vec_push(&out->traces,
			    join_sorted(t.rows.v, t.rows.n));
	}
	rows = join_sorted(t.rows.v, t.rows.n);
	out->rows = names_text(&after);
	assert_string_equal(rows, out->rows);
	free(rows);
	rt_vec_free(&t.rows);
}

static void run_plan(const retort_graph *g, const json_t *c, retort_op op,
		     answer *out)
{
	retort_plan_request req = RETORT_PLAN_REQUEST_INIT;
	retort_plan *plan = NULL;

	req.op = op;
	req.targets = names_from_json(json_object_get(c, "arg"));
	req.rows = names_from_json(json_object_get(c, "rows"));
	req.offline = json_is_true(json_object_get(c, "sql"));
	req.purge = json_is_true(json_object_get(c, "purge"));
	out->failed = retort_plan_make(&plan, g, &req, &out->err) < 0;
	if (!out->failed)
		take_steps(plan, out);
	retort_plan_free(plan);
	free((void *)(uintptr_t)req.targets.v);
	free((void *)(uintptr_t)req.rows.v);
}

static char *branches_text(const retort_list *list)
{
	rt_str s = RT_STR_INIT;
	size_t i;

	for (i = 0; i < list->n; i++) {
		char *kids = sorted_names(&list->v[i]->children);

		rt_str_addf(&s, "%s: %s;", list->v[i]->id, kids);
		free(kids);
	}
	return rt_str_take(&s);
}

/* The command's own check: rows and heads must be the same. */
static bool at_heads(const retort_graph *g, const retort_names *rows)
{
	retort_list heads = RETORT_LIST_INIT;
	size_t i, k, found = 0;
	bool all;

	retort_graph_heads(g, false, &heads);
	for (i = 0; i < heads.n; i++)
		for (k = 0; k < rows->n; k++)
			found += strcmp(heads.v[i]->id, rows->v[k]) == 0;
	all = found == heads.n && found == rows->n;
	retort_list_dispose(&heads);
	return all;
}

static int ask_heads(const retort_graph *g, const char *arg,
		     const retort_names *rows, retort_list *list,
		     retort_error *err)
{
	(void)rows;
	(void)err;
	retort_graph_heads(g, *arg != '\0', list);
	return 0;
}

static int ask_bases(const retort_graph *g, const char *arg,
		     const retort_names *rows, retort_list *list,
		     retort_error *err)
{
	(void)arg;
	(void)rows;
	(void)err;
	retort_graph_bases(g, false, list);
	return 0;
}

static int ask_branches(const retort_graph *g, const char *arg,
			const retort_names *rows, retort_list *list,
			retort_error *err)
{
	(void)arg;
	(void)rows;
	(void)err;
	retort_graph_branch_points(g, list);
	return 0;
}

static int ask_current(const retort_graph *g, const char *arg,
		       const retort_names *rows, retort_list *list,
		       retort_error *err)
{
	if (*arg && !at_heads(g, rows))
		return RETORT_ESTATE;
	return retort_graph_current(g, rows, list, err);
}

/* Every operation of the cases: a plan, or a question. */
static const struct operation {
	const char *name;
	retort_op op; /* if there is no question */
	int (*ask)(const retort_graph *g, const char *arg,
		   const retort_names *rows, retort_list *list,
		   retort_error *err);
} operations[] = {
	{ "upgrade", RETORT_OP_UPGRADE, NULL },
	{ "downgrade", RETORT_OP_DOWNGRADE, NULL },
	{ "stamp", RETORT_OP_STAMP, NULL },
	{ "heads", 0, ask_heads },
	{ "bases", 0, ask_bases },
	{ "branches", 0, ask_branches },
	{ "resolve", 0, retort_graph_resolve },
	{ "history_range", 0, retort_graph_history },
	{ "current", 0, ask_current },
};

static void run_query(const retort_graph *g, const json_t *c,
		      const struct operation *o, answer *out)
{
	const char *arg = json_string_value(
		json_array_get(json_object_get(c, "arg"), 0));
	retort_names rows = names_from_json(json_object_get(c, "rows"));
	retort_list list = RETORT_LIST_INIT;

	out->failed = o->ask(g, arg, &rows, &list, &out->err) < 0;
	if (!out->failed && o->ask == ask_branches)
		out->result = branches_text(&list);
	else if (!out->failed)
		out->result = list_text(&list);
	retort_list_dispose(&list);
	free((void *)(uintptr_t)rows.v);
}

void case_run(const retort_graph *g, const json_t *c, answer *out)
{
	const char *op = case_text(c, "op");
	size_t i;

	out->failed = !g;
	for (i = 0; strcmp(operations[i].name, op) != 0; i++)
		assert_in_range(i, 0,
				sizeof(operations) / sizeof(*operations) - 2);
	if (g && operations[i].ask)
		run_query(g, c, &operations[i], out);
	else if (g)
		run_plan(g, c, operations[i].op, out);
}

void answer_free(answer *a)
{
	size_t i;

	for (i = 0; i < a->steps.n; i++) {
		free(a->steps.v[i]);
		free(a->traces.v[i]);
	}
	rt_vec_free(&a->steps);
	rt_vec_free(&a->traces);
	free(a->rows);
	free(a->start);
	free(a->result);
	retort_error_dispose(&a->err);
}
