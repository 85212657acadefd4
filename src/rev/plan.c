/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <retort/plan.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "rev/order.h"
#include "rev/problems.h"
#include "rev/rows.h"
#include "rev/stamp.h"

struct retort_plan {
	rt_arena arena;
	retort_step *steps;
	size_t n;
	retort_names before, after;
	const char *warning;
};

/* The request taken apart: where to, and from what. */
typedef struct request {
	RT_VEC(rt_sv) targets;
	rt_nodes rows;
} request;

static int usage(retort_error *err, const char *message, const char *next)
{
	int rc = rt_err_set(err, RETORT_EUSAGE, "%s", message);

	rt_err_field(err, RETORT_ERROR_NEXT, "%s", next);
	return rc;
}

/* Offline: the one row that a script starts from; "base" is none. */
static int start_row(const retort_graph *g, rt_sv start, rt_nodes *rows,
		     retort_error *err)
{
	rt_ask ask = { g, { NULL, 0 }, false };
	uint32_t node;
	int rc;

	if (!start.n)
		return usage(err, "the range has no start",
			     "give the revision that the database is at, or "
			     "'base'");
	if (rt_sv_is(start, "base"))
		return 0;
	rc = rt_resolve_one(&ask, start, &node, err);
	if (rc < 0)
		return rc;
	if (node == RT_NIL)
		return usage(err, "the start of the range is no revision",
			     "give the revision that the database is at, or "
			     "'base'");
	rt_vec_push(rows, node);
	return 0;
}

/* "start:target": false if there is no colon. */
static bool split_range(rt_sv text, rt_sv *start, rt_sv *target)
{
	size_t at = rt_sv_find(text, ':');

	if (at == text.n)
		return false;
	*start = rt_sv_sub(text, 0, at);
	*target = rt_sv_sub(text, at + 1, text.n);
	return true;
}

static int take_offline(const retort_graph *g, const retort_plan_request *in,
			request *out, retort_error *err)
{
	rt_sv start, target, first = { NULL, 0 };
	bool ranged = false;
	size_t i;

	if (in->purge)
		return usage(err, "can't use --purge with --sql mode",
			     "leave one of the two out");
	for (i = 0; i < in->targets.n; i++) {
		rt_sv text = rt_sv_from(in->targets.v[i]);

		if (!split_range(text, &start, &target)) {
			rt_vec_push(&out->targets, text);
			continue;
		}
		if (rt_sv_find(target, ':') < target.n)
			return usage(err, "a range has one colon",
				     "write <start>:<target>");
		if (ranged && !rt_sv_eq(first, start))
			return usage(err, "stamp operation with --sql only "
				     "supports a single starting revision at "
				     "a time", "write one script for each "
				     "start");
		first = start;
		ranged = true;
		rt_vec_push(&out->targets, target);
	}
	if (!ranged && in->op == RETORT_OP_DOWNGRADE)
		return usage(err, "downgrade with --sql requires "
			     "<fromrev>:<torev>", "say which revision the "
			     "database is at: <fromrev>:<torev>");
	return ranged ? start_row(g, first, &out->rows, err) : 0;
}

static int take_online(const retort_graph *g, const retort_plan_request *in,
		       request *out, retort_error *err)
{
	size_t i;

	for (i = 0; i < in->targets.n; i++) {
		rt_sv text = rt_sv_from(in->targets.v[i]);

		if (in->op != RETORT_OP_STAMP &&
		    rt_sv_find(text, ':') < text.n)
			return usage(err, "range revision not allowed", "the "
				     "database says where to start; a range "
				     "goes with --sql");
		rt_vec_push(&out->targets, text);
	}
	if (in->purge)
		return 0;
	return rt_rows_find(g, &in->rows, RETORT_ESTATE, &out->rows, err);
}

static int take_request(const retort_graph *g, const retort_plan_request *in,
			request *out, retort_error *err)
{
	if (in->version != 1)
		return usage(err, "unknown version of retort_plan_request",
			     "fill it from RETORT_PLAN_REQUEST_INIT");
	if (in->exactly && (in->offline || in->op != RETORT_OP_UPGRADE))
		return usage(err, "only an upgrade of a database can say "
			     "exactly what is applied", "leave the option "
			     "out");
	if (!in->targets.n && !in->exactly)
		return usage(err, "no target is given",
			     "name a revision, 'heads' or 'base'");
	if (in->op != RETORT_OP_STAMP && in->targets.n != 1 && !in->exactly)
		return usage(err, "an upgrade or downgrade has one target",
			     "make a plan for each");
	if (in->op != RETORT_OP_STAMP && in->purge)
		return usage(err, "only a stamp can purge",
			     "leave the option out");
	return in->offline ? take_offline(g, in, out, err) :
			     take_online(g, in, out, err);
}

static retort_names one_name(const retort_revision *rev)
{
	return (retort_names){ &rev->id, 1 };
}

static void set_step(retort_step *step, retort_op op,
		     const retort_revision *rev)
{
	retort_names self = one_name(rev);

	step->op = op;
	step->revision = rev->id;
	step->node = rev;
	step->from = op == RETORT_OP_UPGRADE ? rev->down : self;
	step->to = op == RETORT_OP_UPGRADE ? self : rev->down;
}

/* Steps for the selected revisions, behind those that there are; an upgrade
 * takes them oldest first. */
static void add_steps(retort_plan *plan, const retort_graph *g, retort_op op,
		      const rt_selection *s, rt_rows *rows)
{
	bool up = op == RETORT_OP_UPGRADE;
	rt_nodes order = RT_VEC_INIT;
	bool whole = rt_order(g, s, &order);
	size_t i, before = plan->n;
	retort_step *steps;

	RT_ASSERT(whole);
	plan->n += order.n;
	steps = rt_arena_calloc(&plan->arena, plan->n + 1, sizeof(*steps));
	if (before)
		memcpy(steps, plan->steps, before * sizeof(*steps));
	plan->steps = steps;
	for (i = 0; i < order.n; i++) {
		uint32_t u = order.v[up ? order.n - 1 - i : i];
		retort_step *step = &steps[before + i];

		set_step(step, op, &g->revs.v[u]);
		if (up)
			rt_rows_up(rows, u, step);
		else
			rt_rows_down(rows, u, step);
	}
	rt_vec_free(&order);
}

static int plan_moves(retort_plan *plan, const retort_graph *g, retort_op op,
		      const request *req, rt_rows *rows, retort_error *err)
{
	rt_ask ask = { g, req->targets.v[0], false };
	rt_selection s = RT_SELECTION_INIT;
	int rc;

	if (op == RETORT_OP_UPGRADE)
		rc = rt_select_up(&ask, req->targets.v[0], &req->rows, &s,
				  err);
	else
		rc = rt_select_down(&ask, req->targets.v[0], &req->rows, &s,
				    err);
	if (s.several)
		plan->warning = "downgrade -1 from multiple heads is "
				"ambiguous: it counts from the first row";
	if (rc >= 0)
		add_steps(plan, g, op, &s, rows);
	rt_selection_free(&s);
	return rc;
}

/* Down to what rows and targets have in common, then up. */
static int plan_exactly(retort_plan *plan, const retort_graph *g,
			const request *req, rt_rows *rows, retort_error *err)
{
	rt_selection down = RT_SELECTION_INIT, up = RT_SELECTION_INIT;
	int rc = rt_select_exactly(g, req->targets.v, req->targets.n,
				   &req->rows, &down, &up, err);

	if (rc >= 0) {
		add_steps(plan, g, RETORT_OP_DOWNGRADE, &down, rows);
		add_steps(plan, g, RETORT_OP_UPGRADE, &up, rows);
	}
	rt_selection_free(&down);
	rt_selection_free(&up);
	return rc;
}

static retort_names copy_names(rt_arena *arena, const retort_graph *g,
			       const uint32_t *nodes, size_t n)
{
	const char **v = rt_arena_calloc(arena, n + 1, sizeof(*v));
	size_t i;

	for (i = 0; i < n; i++)
		v[i] = rt_dag_id(g, nodes[i]);
	return (retort_names){ v, n };
}

/* `names` are those of all rows that move. */
static void stamp_step(const retort_graph *g, const rt_moves *m,
		       const rt_move *move, const retort_names *names,
		       rt_rows *rows, retort_step *step)
{
	step->op = RETORT_OP_STAMP;
	step->revision = "";
	step->from = (retort_names){ names->v + move->first, move->n };
	if (move->to != RT_NIL) {
		step->node = &g->revs.v[move->to];
		step->revision = step->node->id;
		step->to = one_name(step->node);
	}
	rt_rows_stamp(rows, move->n ? m->rows.v + move->first : NULL,
		      move->n, move->to, step);
}

static int plan_stamp(retort_plan *plan, const retort_graph *g,
		      const request *req, rt_rows *rows, retort_error *err)
{
	rt_ask ask = { g, { NULL, 0 }, true };
	rt_moves m = RT_MOVES_INIT;
	retort_names names;
	size_t i;
	int rc = rt_stamp(&ask, req->targets.v, req->targets.n, &req->rows,
			  &m, err);

	if (rc < 0)
		goto out;
	plan->n = m.v.n;
	plan->steps = rt_arena_calloc(&plan->arena, m.v.n + 1,
				      sizeof(*plan->steps));
	names = copy_names(&plan->arena, g, m.rows.v, m.rows.n);
	for (i = 0; i < m.v.n; i++)
		stamp_step(g, &m, &m.v.v[i], &names, rows, &plan->steps[i]);
out:
	rt_moves_free(&m);
	return rc;
}

int retort_plan_make(retort_plan **plan, const retort_graph *graph,
		     const retort_plan_request *in, retort_error *err)
{
	request req = { RT_VEC_INIT, RT_VEC_INIT };
	retort_plan *p = rt_calloc(1, sizeof(*p));
	rt_rows rows = { 0 };
	int rc = take_request(graph, in, &req, err);

	*plan = NULL;
	if (rc >= 0)
		rc = rt_problems_check(graph, in->op, req.targets.v,
				       req.targets.n, &req.rows, err);
	if (rc < 0)
		goto out;
	rt_rows_start(&rows, graph, &p->arena, &req.rows);
	p->before = rt_rows_names(&rows);
	if (in->op == RETORT_OP_STAMP)
		rc = plan_stamp(p, graph, &req, &rows, err);
	else if (in->exactly)
		rc = plan_exactly(p, graph, &req, &rows, err);
	else
		rc = plan_moves(p, graph, in->op, &req, &rows, err);
	if (rc < 0)
		goto out;
	p->after = rt_rows_names(&rows);
	*plan = p;
	p = NULL;
out:
	rt_rows_free(&rows);
	rt_vec_free(&req.targets);
	rt_vec_free(&req.rows);
	retort_plan_free(p);
	return rc;
}

void retort_plan_free(retort_plan *plan)
{
	if (!plan)
		return;
	rt_arena_free(&plan->arena);
	free(plan);
}

size_t retort_plan_count(const retort_plan *plan)
{
	return plan->n;
}

const retort_step *retort_plan_step(const retort_plan *plan, size_t i)
{
	return i < plan->n ? &plan->steps[i] : NULL;
}

retort_names retort_plan_rows_before(const retort_plan *plan)
{
	return plan->before;
}

retort_names retort_plan_rows_after(const retort_plan *plan)
{
	return plan->after;
}

const char *retort_plan_warning(const retort_plan *plan)
{
	return plan->warning;
}
