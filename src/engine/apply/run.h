/* SPDX-License-Identifier: MIT */
/*
 * The inside of a run, shared by the files of apply/.
 *
 * A run is a small machine.  Each call of a phase does one piece of work,
 * may queue events, and says which phase is next:
 *
 *     LOCK -> PLAN -> STEP <-> ITEMS      STEP -> OVER
 *                      ^         |
 *                      +- BACKOFF+  (a lock was not had in time)
 *
 * STEP decides what comes next and lists it as items: the statements of a
 * step and retort's own around them.  ITEMS hands the list to the connection
 * (PostgreSQL: the whole list as one message; else one by one) and takes the
 * answers.
 *
 * Steps end in two stages.  A step has *run* when its last item is answered;
 * it is then *held*.  It is *done* when a COMMIT behind it is answered.  On
 * PostgreSQL that COMMIT rides in front of the next step's message, so that
 * a step costs one round trip; on SQLite the steps of a slice share one.
 * Steps run in order, so two counts say it all: done, then held ones.
 */
#ifndef RT_ENGINE_APPLY_RUN_H
#define RT_ENGINE_APPLY_RUN_H

#include <signal.h>

#include <retort/apply.h>

#include "base/arena.h"
#include "base/vec.h"
#include "engine/project/database.h"
#include "engine/step/body.h"
#include "engine/step/ids.h"

/* SQLite: how long steps share a transaction, in ms. */
#define RT_SLICE_MS 50.0

typedef enum rt_item_kind {
	RT_ITEM_BEGIN,
	RT_ITEM_OWN,  /* any other statement of retort's */
	RT_ITEM_USER, /* statement `statement` of the step's script */
	RT_ITEM_ROW,  /* a change of the version rows */
	RT_ITEM_COMMIT
} rt_item_kind;

typedef struct rt_item {
	rt_item_kind kind;
	bool begins_step, ends_step;
	bool one_row; /* must touch exactly one row, or somebody else has
			 changed the version table */
	size_t step;
	size_t statement; /* how many of the step's are done before it */
	const retort_row_change *change; /* ROW */
	rt_batch_item batch;
} rt_item;

/* Which tables of retort's there are. */
typedef struct rt_tables {
	bool version, journal;
} rt_tables;

typedef enum rt_phase {
	RT_PHASE_LOCK,
	RT_PHASE_PLAN,
	RT_PHASE_STEP,
	RT_PHASE_ITEMS,
	RT_PHASE_BACKOFF,
	RT_PHASE_OVER
} rt_phase;

struct retort_apply {
	retort_project *project;
	retort_database *db;
	retort_apply_options options;
	bool sqlite, one; /* one: a single transaction for all */
	long lock_timeout, lock_retries;
	rt_arena arena;
	const rt_source *source; /* NULL = the project's files */
	retort_plan_request request; /* in arena, like who and host */
	const char *who, *host;      /* for the journal; NULL until asked */

	/* The plan, and what its steps run. */
	rt_arena plan_arena; /* rows as read */
	retort_names rows_read;
	retort_graph *ghosts; /* NULL: every row has its file */
	const retort_graph *graph;
	retort_plan *plan;
	size_t n;
	rt_body *bodies;
	size_t id_limit; /* of the version table; 0 = not asked yet */
	size_t weight;   /* of all bodies when checked */
	size_t finished; /* bodies that nobody needs any more */
	size_t resume_step, resume_at; /* where a half-done step goes on */
	bool purge;                    /* rows are still to be deleted */

	/* Progress. */
	rt_phase phase;
	size_t done, held;
	rt_ids rows; /* committed */
	bool open;   /* a transaction is */
	bool singly; /* no slices: after a redo */
	bool noted;  /* a `partial` row is in the journal */
	size_t kept; /* statements of a failed step that stay done */
	rt_tables committed, now, before_step;
	double slice_began, step_began, statement_began;

	/* The items in work. */
	rt_arena item_arena; /* what the items say */
	RT_VEC(rt_item) items;
	RT_VEC(rt_batch_item) batch;
	size_t first, sent; /* the batch in flight: its place, its size */
	size_t answered;    /* items answered */
	bool whole;         /* all items as one batch */
	bool row_lost;      /* a version row was not as expected */

	/* The lock and other waits. */
	bool locked;
	uint64_t lock_key;
	double wait_began, wait_shown;
	long wait;
	long tries;
	rt_str holder;

	volatile sig_atomic_t cancelled;
	rt_conn *volatile conn; /* for the cancel in a signal handler */

	RT_VEC(retort_event) events;
	size_t next_event;
	rt_str text; /* of the event last given out */
	retort_error failure;
};

/* apply.c: as retort_apply_begin.
 *   in:   source, borrowed; NULL = the project's files */
RETORT_MUST_CHECK int
rt_apply_begin(retort_apply **run, retort_project *project,
	       retort_database *db, const retort_plan_request *request,
	       const retort_apply_options *options, const rt_source *source,
	       retort_error *err);

/* apply.c: queue an event; the caller fills the rest. */
retort_event *rt_run_event(retort_apply *run, retort_event_kind kind,
			   size_t step);

/* apply.c: wait `ms`, less when a signal arrives. */
void rt_run_sleep(long ms);

/* plan.c */
RETORT_MUST_CHECK int rt_run_plan(retort_apply *run, retort_error *err);
/* The same under the lock; keeps the plan where the rows are the same. */
RETORT_MUST_CHECK int rt_run_plan_anew(retort_apply *run, retort_error *err);
void rt_run_forget_plan(retort_apply *run);
/* Read what a step runs, if it had to be let go; the steps behind it that
 * are done give theirs back. */
RETORT_MUST_CHECK int rt_run_wake(retort_apply *run, size_t step,
				  retort_error *err);

/* lock.c */
RETORT_MUST_CHECK int rt_phase_lock(retort_apply *run, retort_error *err);
RETORT_MUST_CHECK int rt_phase_plan(retort_apply *run, retort_error *err);
RETORT_MUST_CHECK int rt_phase_backoff(retort_apply *run, retort_error *err);

/* items.c: list what is to be run; appended to run->items. */
void rt_items_clear(retort_apply *run);
void rt_items_commit(retort_apply *run);
void rt_items_purge(retort_apply *run);
void rt_items_step(retort_apply *run, size_t step);
void rt_items_single(retort_apply *run, size_t step);
void rt_items_foreign(retort_apply *run, size_t step);
void rt_run_journal_row(retort_apply *run, size_t step,
			retort_journal_row *row);

/* step.c */
RETORT_MUST_CHECK int rt_phase_step(retort_apply *run, retort_error *err);

/* batch.c */
RETORT_MUST_CHECK int rt_phase_items(retort_apply *run, retort_error *err);
void rt_run_committed(retort_apply *run); /* the held steps are done */

/*
 * fail.c: something has failed, err says how.  Takes back what is open
 * and completes err; 0 when the run goes on (again).
 *   in:   item, NULL when it was between two steps
 */
RETORT_MUST_CHECK int rt_run_failed(retort_apply *run, const rt_item *item,
				    retort_error *err);
void rt_run_rollback(retort_apply *run);
/* Set FILE, REVISION, STATEMENT; STATE; NEXT; write the journal row. */
void rt_run_locate(retort_apply *run, const rt_item *item,
		   const rt_failure *failure, retort_error *err);
void rt_run_state(retort_apply *run, retort_error *err);
void rt_run_state_after(retort_apply *run, const char *revision,
			const char *fate, retort_error *err);
void rt_run_journal_failure(retort_apply *run, const rt_item *item,
			    const retort_error *err);

/* lost.c: the connection is gone. */
RETORT_MUST_CHECK int rt_run_lost(retort_apply *run, const rt_item *item,
				  retort_error *err);

/* Whether an item belongs to a transaction:false step. */
bool rt_run_is_single(const retort_apply *run, const rt_item *item);

/* Are the next `steps` steps committed?  1 yes, 0 no, -1 cannot be told. */
int rt_run_settle(retort_apply *run, size_t steps);

#endif
