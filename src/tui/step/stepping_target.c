/* SPDX-License-Identifier: MIT */
/* What a step is about, when only its direction was given. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tui/step/stepping.h"

/* The plan to a target: its steps, or 0; the first one's revision. */
static size_t try_plan(const rt_stepping *s, retort_op op, const char *target,
		       rt_str *first)
{
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	retort_plan *plan = NULL;
	size_t n = 0;

	request.op = op;
	request.targets = (retort_names){ &target, 1 };
	request.rows = rt_model_rows(&s->console->model);
	rt_str_clear(first);
	if (!retort_plan_make(&plan, s->console->graph, &request, NULL))
		n = retort_plan_count(plan);
	if (n)
		rt_str_add(first, retort_plan_step(plan, 0)->revision);
	retort_plan_free(plan);
	return n;
}

static void set_target(rt_stepping *s, const char *target)
{
	free(s->target);
	s->target = rt_strdup(target);
}

/* --- up ------------------------------------------------------------------ */

/* Pending, everything below it applied, and nothing else needed. */
static bool is_next(const rt_stepping *s, const retort_revision *rev)
{
	const rt_model *m = &s->console->model;
	const retort_revision *down;
	rt_str first = RT_STR_INIT;
	size_t i;
	bool is;

	if (rt_model_state(m, rev) != RT_STATE_PENDING)
		return false;
	for (i = 0; i < rev->down.n; i++) {
		down = retort_graph_find(s->console->graph, rev->down.v[i]);
		if (!down || rt_model_state(m, down) < RT_STATE_APPLIED)
			return false;
	}
	is = try_plan(s, RETORT_OP_UPGRADE, rev->id, &first) == 1;
	rt_str_free(&first);
	return is;
}

/* --- down ---------------------------------------------------------------- */

static bool is_just(const rt_stepping *s, const char *target,
		    const char *revision)
{
	rt_str first = RT_STR_INIT;
	bool is = try_plan(s, RETORT_OP_DOWNGRADE, target, &first) == 1 &&
		  strcmp(first.p, revision) == 0;

	rt_str_free(&first);
	return is;
}

/*
 * Targets name where to go, not what to take back.  Of the ways to name the
 * place just below a revision, take the one whose plan is that one step.
 */
static bool target_below(rt_stepping *s, const retort_revision *rev)
{
	RT_VEC(char *) ways = RT_VEC_INIT;
	bool found = false;
	size_t i;

	/* of several rows it would take the one that comes first, and the
	 * order in which a database gives them is its own */
	if (rt_model_rows(&s->console->model).n == 1)
		rt_vec_push(&ways, rt_strdup("-1"));
	rt_vec_push(&ways, rt_strf("%s@-1", rev->id));
	rt_vec_push(&ways, rt_strf("%s-1", rev->id));
	for (i = 0; i < rev->down.n; i++) {
		rt_vec_push(&ways, rt_strf("%s@%s", rev->id, rev->down.v[i]));
		rt_vec_push(&ways, rt_strdup(rev->down.v[i]));
	}
	rt_vec_push(&ways, rt_strf("%s@base", rev->id));
	rt_vec_push(&ways, rt_strdup("base"));
	for (i = 0; i < ways.n; i++) {
		found = found || is_just(s, ways.v[i], rev->id);
		if (found && !s->target)
			set_target(s, ways.v[i]);
		free(ways.v[i]);
	}
	rt_vec_free(&ways);
	if (!found)
		rt_console_say(s->console, RT_LEVEL_WARNING,
			       "%s cannot be stepped back alone; "
			       ":downgrade ID says what goes with it",
			       rev->id);
	return found;
}

/* --- several to choose from ---------------------------------------------- */

static void chosen(void *self, rt_answer answer, size_t choice)
{
	rt_stepping *s = self;
	const retort_revision *rev;

	s->asks = false;
	if (answer != RT_ANSWER_YES || choice >= s->choices.n) {
		rt_stepping_input(s, RT_STEP_NOTHING);
		return;
	}
	rev = retort_graph_find(s->console->graph, s->choices.v[choice]);
	if (rev && s->op == RETORT_OP_UPGRADE)
		set_target(s, rev->id);
	if (rev && (s->op == RETORT_OP_UPGRADE || target_below(s, rev)))
		rt_stepping_input(s, RT_STEP_LOOKED);
	else
		rt_stepping_input(s, RT_STEP_NOTHING);
}

static void offer(rt_stepping *s, const retort_list *list)
{
	rt_dialog *d = &s->console->dialog;
	size_t i;

	while (s->choices.n)
		free(s->choices.v[--s->choices.n]);
	rt_dialog_close(d);
	rt_dialog_open(d, RT_DIALOG_CHOOSE,
		       s->op == RETORT_OP_UPGRADE ? "Upgrade which?"
						  : "Downgrade which?",
		       "");
	for (i = 0; i < list->n; i++) {
		char *text = rt_strf("%s  %s", list->v[i]->id,
				     list->v[i]->message);

		rt_dialog_add_choice(d, text);
		rt_vec_push(&s->choices, rt_strdup(list->v[i]->id));
		free(text);
	}
	d->answered = chosen;
	d->self = s;
	s->asks = true;
}

/* Those that could be stepped on now; in the order of the graph pane. */
static void collect(const rt_stepping *s, retort_list *list)
{
	const rt_console *c = s->console;
	size_t i, kept = 0;

	if (retort_graph_history(c->graph, NULL, NULL, list, NULL))
		return;
	for (i = 0; i < list->n; i++)
		if (s->op == RETORT_OP_UPGRADE
			    ? is_next(s, list->v[i])
			    : rt_model_state(&c->model, list->v[i]) ==
				      RT_STATE_ROW)
			list->v[kept++] = list->v[i];
	list->n = kept;
}

static bool pick_any(rt_stepping *s)
{
	retort_list list = RETORT_LIST_INIT;
	bool found = false;

	collect(s, &list);
	if (list.n > 1) {
		offer(s, &list);
	} else if (list.n == 1 && s->op == RETORT_OP_UPGRADE) {
		set_target(s, list.v[0]->id);
		found = true;
	} else if (list.n == 1) {
		found = target_below(s, list.v[0]);
	} else {
		rt_console_say(s->console, RT_LEVEL_INFO,
			       s->op == RETORT_OP_UPGRADE
				       ? "nothing is pending"
				       : "nothing is applied that a file "
					 "knows");
	}
	retort_list_dispose(&list);
	return found;
}

bool rt_stepping_pick(rt_stepping *s)
{
	rt_console *c = s->console;
	const retort_revision *rev =
		s->origin ? retort_graph_find(c->graph, s->origin) : NULL;
	rt_state state = rev ? rt_model_state(&c->model, rev)
			     : RT_STATE_UNSURE;
	rt_str first = RT_STR_INIT;
	bool found = false;

	if (s->op == RETORT_OP_UPGRADE && state == RT_STATE_PENDING) {
		/* the first step of the way there */
		found = try_plan(s, s->op, rev->id, &first) > 0;
		set_target(s, found ? first.p : rev->id);
		rt_str_free(&first);
		return true;
	}
	if (s->op == RETORT_OP_DOWNGRADE && state == RT_STATE_ROW)
		return target_below(s, rev);
	if (s->op == RETORT_OP_DOWNGRADE && state == RT_STATE_APPLIED) {
		rt_console_say(c, RT_LEVEL_WARNING,
			       "other applied revisions stand on %s: step "
			       "them back first (gd goes there)",
			       rev->id);
		return false;
	}
	return pick_any(s);
}

/* --- stamp and next ------------------------------------------------------ */

bool rt_stepping_plan_stamp(rt_stepping *s)
{
	const rt_plan_step *step = rt_step_plan_current(&s->plan);
	rt_console *c = s->console;
	retort_error err = RETORT_ERROR_INIT;
	const char *target;
	int rc;

	rt_step_plan_free(&s->stamp);
	if (!step || !c->graph)
		return false;
	target = step->op == RETORT_OP_UPGRADE	? step->revision
		 : strcmp(step->to, "<base>")	? step->to
						: "base";
	rc = rt_step_plan_make(&s->stamp, c->project, c->graph,
			       RETORT_OP_STAMP, target,
			       rt_model_rows(&c->model), &err);
	if (!rc && (s->stamp.n != 1 ||
		    strcmp(s->stamp.steps[0].changes[0], step->changes[0]))) {
		rt_step_plan_free(&s->stamp);
		rt_console_say(c, RT_LEVEL_WARNING,
			       "a stamp would leave other rows than the step: "
			       "use `retort stamp`");
		return false;
	}
	if (rc)
		rt_console_error(c, &err);
	retort_error_dispose(&err);
	return rc == 0;
}

const retort_revision *rt_stepping_next(const rt_stepping *s)
{
	const rt_console *c = s->console;
	retort_list list = RETORT_LIST_INIT;
	const retort_revision *rev = NULL, *last = NULL;
	size_t i, k;

	if (!c->graph || !s->plan.n)
		return NULL;
	last = retort_graph_find(c->graph,
				 s->plan.steps[s->plan.n - 1].revision);
	if (s->op == RETORT_OP_DOWNGRADE && last)
		return last->down.n ? retort_graph_find(c->graph,
							last->down.v[0])
				    : last;
	if (retort_graph_history(c->graph, NULL, NULL, &list, NULL) == 0)
		for (i = list.n; i-- > 0 && last;) {
			if (!is_next(s, list.v[i]))
				continue;
			rev = rev ? rev : list.v[i];
			for (k = 0; k < last->children.n; k++)
				if (!strcmp(last->children.v[k],
					    list.v[i]->id))
					rev = list.v[i];
		}
	retort_list_dispose(&list);
	return rev ? rev : last;
}
