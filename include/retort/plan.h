/* SPDX-License-Identifier: MIT */
/*
 * Plans: the ordered steps from what the version rows say to a target.
 *
 * Planning is pure: it reads the graph and the rows it is given, never a
 * database.  The rules (which revisions, which order, which version rows) are
 * Alembic's; see the "Working with Branches" chapter of its documentation.
 */
#ifndef RETORT_PLAN_H
#define RETORT_PLAN_H

#include <retort/graph.h>

/* One change of the version table; applied in the order given. */
typedef struct retort_row_change {
	enum {
		RETORT_ROW_DELETE, /* old */
		RETORT_ROW_INSERT, /* new */
		RETORT_ROW_UPDATE  /* old -> new */
	} kind;
	const char *old_id; /* NULL for INSERT */
	const char *new_id; /* NULL for DELETE */
} retort_row_change;

typedef struct retort_step {
	retort_op op;
	const char *revision; /* upgraded to, downgraded away, stamped;
				 "" for a stamp that empties the table */
	const retort_revision *node; /* its graph entry; NULL for that stamp */
	retort_names from; /* as logged: "Running upgrade FROM -> TO" */
	retort_names to;   /* an upgrade's `to` is its revision, a downgrade's
			      its down revisions; dependencies not listed */
	const retort_row_change *changes;
	size_t n_changes;
} retort_step;

typedef struct retort_plan retort_plan;

/* What is asked for. */
typedef struct retort_plan_request {
	unsigned version; /* 1 */
	retort_op op;
	retort_names targets; /* one; a stamp takes several */
	retort_names rows;    /* version rows, in table order */
	bool offline; /* `rows` is ignored; a target may be "start:end" */
	bool purge;   /* stamp only: `rows` is ignored; the plan is for a
			 table that its caller has emptied */
	bool exactly; /* upgrade only: afterwards nothing but the targets and
			 what they need is applied.  What else is, goes down
			 first.  Any number of targets; none = base */
} retort_plan_request;

#define RETORT_PLAN_REQUEST_INIT                                              \
	{ 1, RETORT_OP_UPGRADE, { NULL, 0 }, { NULL, 0 }, false, false, false }

RETORT_BEGIN_DECLS

/*
 * Make the plan.
 *   out:  *plan; one without steps is success ("already there")
 *   err:  EUSAGE (range where none may stand, or the other way round),
 *         ENOTFOUND, EAMBIGUOUS, ETARGET (walked too far, not below the
 *         rows), ESTATE (a row without file, rows that overlap), EPARSE (a
 *         file that cannot be read may belong to the plan)
 *   own:  caller frees *plan; it borrows from graph, so free it first
 *   cost: O(revisions + edges), and the heads of the plan in the order
 */
RETORT_API RETORT_MUST_CHECK int
retort_plan_make(retort_plan **plan, const retort_graph *graph,
		 const retort_plan_request *request, retort_error *err);

RETORT_API void retort_plan_free(retort_plan *plan); /* NULL allowed */

RETORT_API size_t retort_plan_count(const retort_plan *plan);
RETORT_API const retort_step *retort_plan_step(const retort_plan *plan,
					       size_t i);

/* The version rows that the plan starts from, and leaves; both sorted. */
RETORT_API retort_names retort_plan_rows_before(const retort_plan *plan);
RETORT_API retort_names retort_plan_rows_after(const retort_plan *plan);

/* A remark worth showing (Alembic's "-1 from several heads is ambiguous"),
 * or NULL; borrowed. */
RETORT_API const char *retort_plan_warning(const retort_plan *plan);

RETORT_END_DECLS
#endif
