/* SPDX-License-Identifier: MIT */
/*
 * What a step runs: statements from its file, or, when the file is gone,
 * from the journal.  Everything is read and checked before the first
 * statement runs.  What does not fit in RT_BODY_BUDGET is let go again and
 * read anew when its step comes; a checksum sees to it that what was checked
 * is what runs.
 */
#ifndef RT_ENGINE_STEP_BODY_H
#define RT_ENGINE_STEP_BODY_H

#include <retort/plan.h>
#include <retort/project.h>

#include "base/str.h"
#include "engine/project/database.h"
#include "text/checksum.h"

/* Bytes that the bodies of a run may take, about. */
#define RT_BODY_BUDGET ((size_t)64 << 20)

/*
 * Where a run takes its plan and its steps from, in place of the project's
 * files and the journal.
 */
typedef struct rt_source {
	void *self;
	/*
	 * Make the plan for request->rows.
	 *   out:  *plan, which the caller frees before the next call; *graph,
	 *         which it is made of, lives as long
	 */
	int (*plan)(void *self, const retort_plan_request *request,
		    retort_plan **plan, const retort_graph **graph,
		    retort_error *err);
	/*
	 * The file that a step runs from.
	 *   out:  *rev, what the file says, its path being what errors name;
	 *         NULL: the journal has the script.  *own, it is the
	 *         project's file.  text, appended
	 */
	int (*read)(void *self, const retort_step *step,
		    const retort_revision **rev, bool *own, rt_str *text,
		    retort_error *err);
} rt_source;

typedef struct rt_body {
	retort_script *script; /* NULL for a stamp, and while it rests */
	size_t count;          /* of its statements */
	bool rests;            /* see rt_body_rest */
	const char *path;      /* "" where there is no file */
	bool transaction;      /* false: transaction:false */
	bool foreign;          /* alembic runs it; see engine/step/foreign.h */
	bool moves;            /* PostgreSQL: it names search_path (pg_dump's
				  output empties it), so retort's own statements
				  behind it need it back */
	char raw[RT_CHECKSUM_HEX];    /* "" where there is no file */
	char tokens[RT_CHECKSUM_HEX]; /* "" = nobody records it */
	double milliseconds; /* how long it ran */
	char *down_script;   /* for the journal, marker and all if it says
				more than `migrate:down`; NULL = none */
} rt_body;

/*
 * Read what a step runs.
 *   in:   source, NULL = the files, and the journal where one is gone;
 *         db, NULL for a script that nobody runs now: then no checksums are
 *         made unless `record`
 *   out:  *body; own: rt_body_dispose
 *   err:  as retort_project_script; EREFUSED (no down script anywhere)
 */
RETORT_MUST_CHECK int rt_body_load(rt_body *body, retort_project *project,
				   const rt_source *source,
				   retort_database *db,
				   const retort_step *step,
				   retort_dialect dialect, bool record,
				   retort_error *err);
void rt_body_dispose(rt_body *body);

/* About how many bytes of memory it takes. */
size_t rt_body_weight(const rt_body *body);

/* Let go of all that the file can give again; a body from the journal stays
 * as it is. */
void rt_body_rest(rt_body *body);

/*
 * Read a resting body again; any other is left alone.
 *   in:   as for rt_body_load
 *   err:  as rt_body_load; ESTATE: the file has changed
 */
RETORT_MUST_CHECK int rt_body_wake(rt_body *body, retort_project *project,
				   const rt_source *source,
				   retort_database *db,
				   const retort_step *step,
				   retort_dialect dialect, bool record,
				   retort_error *err);

/* `transaction = all` and transaction:false do not go together: EREFUSED. */
int rt_body_refuse_in_one(const rt_body *body, const retort_step *step,
			  retort_error *err);

/* How many statements; 0 for a stamp. */
size_t rt_body_count(const rt_body *body);

/* What the journal says of a step: who runs it, from what.  who and host are
 * left out; what the row points to lives as long as step and body. */
void rt_body_journal(const rt_body *body, const retort_step *step,
		     rt_arena *arena, retort_journal_row *row);

#endif
