/* SPDX-License-Identifier: MIT */
/*
 * What is going to be run, and how far it has come: the steps of a plan with
 * their statements, made from the files and the version rows.
 *
 * A plan is bound to what it was made from: its `binding` is a text of the
 * rows, the steps and their scripts.  When the same text made again differs,
 * something has changed.
 */
#ifndef RT_TUI_STEP_PLAN_H
#define RT_TUI_STEP_PLAN_H

#include <retort/plan.h>
#include <retort/project.h>

#include "base/arena.h"
#include "base/str.h"

typedef enum rt_mark {
	RT_MARK_NONE,
	RT_MARK_RUNS,
	RT_MARK_RAN,   /* and stands, or goes with its transaction */
	RT_MARK_FAILED,
	RT_MARK_TAKEN_BACK, /* ran, and was rolled back */
	RT_MARK_UNKNOWN /* the connection was lost over it */
} rt_mark;

typedef struct rt_plan_statement {
	rt_sv sql;
	int line, column; /* in its file */
	bool loses;       /* it drops what holds data */
	rt_mark mark;
	double ms;
	long long rows;   /* -1 = none given */
} rt_plan_statement;

typedef struct rt_plan_step {
	retort_op op;
	const char *revision, *message, *path;
	const char *from, *to; /* "a, b"; "<base>" */
	bool transaction;
	bool way_back; /* an upgrade that has a downgrade */
	bool loses;    /* some statement does */
	rt_plan_statement *statements;
	size_t n;
	const char **changes; /* of the version rows: "a -> b" */
	size_t n_changes;
	rt_mark mark;  /* RAN = committed */
	double ms;
} rt_plan_step;

typedef struct rt_step_plan {
	rt_arena arena;
	retort_op op;
	const char *target;
	const char *before, *after; /* the version rows, as text */
	rt_plan_step *steps;
	size_t n;
	rt_str binding;
} rt_step_plan;

#define RT_STEP_PLAN_INIT                                                     \
	{ RT_ARENA_INIT, RETORT_OP_UPGRADE, "", "", "", NULL, 0, RT_STR_INIT }

/*
 * Make it; a plan without steps is success.
 *   in:   rows, the version rows now
 *   err:  as retort_plan_make and retort_project_script; EREFUSED where a
 *         step has no script
 */
RETORT_MUST_CHECK int rt_step_plan_make(rt_step_plan *p,
					retort_project *project,
					const retort_graph *graph,
					retort_op op, const char *target,
					retort_names rows, retort_error *err);
void rt_step_plan_free(rt_step_plan *p); /* back to its INIT */

/* The binding of a plan of the library's, read from the files now. */
RETORT_MUST_CHECK int rt_step_plan_bind(retort_project *project,
					const retort_plan *plan, rt_str *out,
					retort_error *err);

/* Does it lose data; does some step of it run outside a transaction? */
bool rt_step_plan_loses(const rt_step_plan *p);
bool rt_step_plan_is_single(const rt_step_plan *p);

/* --- how far it has come; numbers that do not exist are ignored ---------- */

void rt_step_plan_begin(rt_step_plan *p, size_t step);
void rt_step_plan_ran(rt_step_plan *p, size_t step, size_t statement,
		      long long rows, double ms);
void rt_step_plan_committed(rt_step_plan *p, size_t step, double ms);

/* What had run and was not committed is as if it had not. */
void rt_step_plan_rewind(rt_step_plan *p, bool all);

/* The run has ended early: mark what failed and what was taken back; or, if
 * nobody knows what came of it, just that. */
void rt_step_plan_broke(rt_step_plan *p, bool known);

/* The first step that is not committed; NULL if all are. */
rt_plan_step *rt_step_plan_current(const rt_step_plan *p);

/* The statement of a step that runs, or would: 1-based; n + 1 behind the
 * last. */
size_t rt_plan_step_at(const rt_plan_step *s);

#endif
