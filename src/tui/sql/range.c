/* SPDX-License-Identifier: MIT */
/* Everything that a range of revisions runs. */
#include "config.h"

#include <string.h>

#include <retort/plan.h>

#include "tui/graph/pane.h"
#include "tui/sql/pane.h"

/* "a, b", or "base". */
static void add_names(rt_str *s, const retort_names *names)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		rt_str_addf(s, "%s%s", i ? ", " : "", names->v[i]);
	if (!names->n)
		rt_str_add(s, "base");
}

static void add_row_change(rt_str *s, const retort_row_change *change)
{
	if (change->kind == RETORT_ROW_INSERT)
		rt_str_addf(s, "-- version row %s added\n", change->new_id);
	else if (change->kind == RETORT_ROW_DELETE)
		rt_str_addf(s, "-- version row %s deleted\n", change->old_id);
	else
		rt_str_addf(s, "-- version row %s becomes %s\n",
			    change->old_id, change->new_id);
}

static void add_head(rt_textview *t, const retort_step *step)
{
	rt_str s = RT_STR_INIT;

	rt_str_addf(&s, "-- %s ", retort_op_name(step->op));
	add_names(&s, &step->from);
	rt_str_add(&s, " to ");
	add_names(&s, &step->to);
	if (step->node && *step->node->message)
		rt_str_addf(&s, ", %s", step->node->message);
	rt_str_addc(&s, '\n');
	rt_textview_add(t, RT_STYLE(TITLE), rt_str_sv(&s));
	rt_str_free(&s);
}

static void add_changes(rt_textview *t, const retort_step *step)
{
	rt_str s = RT_STR_INIT;
	size_t i;

	for (i = 0; i < step->n_changes; i++)
		add_row_change(&s, &step->changes[i]);
	rt_textview_add(t, RT_STYLE(COMMENT), rt_str_sv(&s));
	rt_str_free(&s);
}

static void add_frame(rt_textview *t, const char *text)
{
	rt_textview_add(t, RT_STYLE(CHANGED), rt_sv_from(text));
}

/* `whole`: one transaction holds all steps. */
static int add_step(const rt_console *c, rt_textview *t,
		    const retort_step *step, bool whole, rt_sql_range *range,
		    retort_error *err)
{
	retort_dialect dialect = retort_project_dialect(c->project);
	retort_script *script = NULL;
	bool framed;
	int rc;

	add_head(t, step);
	rc = retort_project_script(c->project, step->node, step->op, dialect,
				   &script, err);
	if (rc)
		return rc;
	framed = retort_script_in_transaction(script);
	if (!framed)
		add_frame(t, "-- outside a transaction (!)\n");
	else if (!whole)
		add_frame(t, "BEGIN;\n");
	rt_sql_pane_add(t, rt_sv_from(retort_script_text(script)), dialect);
	rt_textview_add(t, RT_STYLE(TEXT), RT_SV("\n"));
	add_changes(t, step);
	if (framed && !whole)
		add_frame(t, "COMMIT;\n");
	rt_textview_add(t, RT_STYLE(TEXT), RT_SV("\n"));
	range->steps++;
	range->statements += retort_script_count(script);
	retort_script_free(script);
	return 0;
}

static bool one_transaction(const rt_console *c)
{
	const char *value = NULL;

	return retort_project_setting(c->project, "transaction", &value,
				      NULL) == 0 &&
	       value && strcmp(value, "all") == 0;
}

static int add_steps(const rt_console *c, rt_textview *t,
		     const retort_plan *plan, rt_sql_range *range,
		     retort_error *err)
{
	bool whole = one_transaction(c);
	size_t i;
	int rc = 0;

	if (whole)
		add_frame(t, "BEGIN;\n\n");
	for (i = 0; rc == 0 && i < retort_plan_count(plan); i++) {
		const retort_step *step = retort_plan_step(plan, i);

		if (!step->node || !rt_graph_pane_in_range(c, step->node))
			continue;
		if (t->text.n > RT_SQL_SHOWN_MAX) {
			rt_textview_add(t, RT_STYLE(WARNING),
					RT_SV("(the rest is not shown)\n"));
			break;
		}
		rc = add_step(c, t, step, whole, range, err);
	}
	if (whole && rc == 0)
		add_frame(t, "COMMIT;\n");
	return rc;
}

int rt_sql_pane_add_range(const rt_console *c, rt_textview *t,
			  rt_sql_range *range, retort_error *err)
{
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	const char *target = c->op == RETORT_OP_UPGRADE ? "heads" : "base";
	retort_plan *plan = NULL;
	int rc;

	*range = (rt_sql_range){ 0, 0 };
	request.op = c->op;
	request.targets = (retort_names){ &target, 1 };
	request.rows = rt_model_rows(&c->model);
	rc = retort_plan_make(&plan, c->graph, &request, err);
	if (rc == 0)
		rc = add_steps(c, t, plan, range, err);
	retort_plan_free(plan);
	return rc;
}
