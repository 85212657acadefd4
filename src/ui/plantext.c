/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/plantext.h"

#include "ui/json.h"

void rt_plantext_rows(rt_out *o, const retort_names *rows)
{
	if (rows->n)
		rt_out_names(o, RT_ROLE_REVISION, rows);
	else
		rt_out_field(o, RT_ROLE_DIM, "<base>");
}

void rt_plantext_step(rt_out *o, const retort_step *step)
{
	rt_out_field(o,
		     step->op == RETORT_OP_DOWNGRADE ? RT_ROLE_WARNING :
						       RT_ROLE_GOOD,
		     retort_op_name(step->op));
	rt_out_printf(o, " ");
	rt_plantext_rows(o, &step->from);
	rt_out_printf(o, " -> ");
	rt_plantext_rows(o, &step->to);
	if (step->node && *step->node->message) {
		rt_out_printf(o, ", ");
		rt_out_field(o, RT_ROLE_PLAIN, step->node->message);
	}
}

void rt_plantext_json(rt_out *o, const retort_plan *plan, size_t n,
		      const retort_names *heads)
{
	rt_json j;
	size_t i;

	rt_json_begin(&j, o, "steps");
	for (i = 0; i < n; i++)
		rt_json_item(&j, rt_json_step(retort_plan_step(plan, i)));
	rt_json_end_list(&j);
	rt_json_member(&j, "heads_after", rt_json_names(heads));
	rt_json_end(&j);
}
