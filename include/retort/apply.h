/* SPDX-License-Identifier: MIT */
/*
 * Apply: carry a plan out, one event at a time.
 *
 * The caller pulls.  retort_apply_next() does the next piece of work and
 * returns what happened, so a command line loops and a console stays alive:
 *
 *     retort_apply *run;
 *     retort_event ev;
 *     int rc = retort_apply_begin(&run, project, db, &request, NULL, &err);
 *     while (rc == 0 && (rc = retort_apply_next(run, &ev, &err)) > 0)
 *             show(&ev);
 *     retort_apply_free(run);
 *
 * What holds, whatever happens to the process or the connection:
 *   - one run at a time per database (PostgreSQL: a session advisory lock;
 *     SQLite: BEGIN IMMEDIATE and a lock on the file);
 *   - a revision's statements, its version rows and its journal row commit
 *     together; a killed run leaves the database at a revision boundary;
 *   - `transaction:false` sections run statement by statement; the journal
 *     keeps the number of the last one known to be done.  One that stopped
 *     half way is refused until `resume` or `restart` is chosen;
 *   - a downgrade runs the file's down script, edited or not, as Alembic
 *     does; the journal's runs only where the whole file is gone.
 *
 * Steps may run twice before one of them is done: where the server rolls
 * back more than the step that failed (RETORT_EVENT_RETRY says so).
 */
#ifndef RETORT_APPLY_H
#define RETORT_APPLY_H

#include <retort/database.h>
#include <retort/plan.h>

typedef struct retort_apply retort_apply;

typedef struct retort_apply_options {
	unsigned version;     /* 1 */
	bool one_transaction; /* the whole run; also `transaction = all` */
	bool stepwise;        /* one statement per round trip, so that each
				 event comes when its statement ends */
	bool resume;          /* a half-done transaction:false revision goes
				 on behind its last good statement */
	bool restart;         /* likewise, but from its first statement */
	unsigned tick;        /* ms: a call returns RUNNING or WAITING at least
				 so often, PostgreSQL only; 0 = it waits */
} retort_apply_options;

#define RETORT_APPLY_OPTIONS_INIT { 1, false, false, false, false, 0 }

typedef enum retort_event_kind {
	RETORT_EVENT_WAITING,   /* another run holds the lock; `text` says who
				   (the call returned for you to show it) */
	RETORT_EVENT_PLANNED,   /* lock held, plan made: retort_apply_plan() */
	RETORT_EVENT_STEP,      /* a step begins */
	RETORT_EVENT_RUNNING,   /* `tick` has passed and no statement ended;
				   `text` says who blocks it, or NULL */
	RETORT_EVENT_STATEMENT, /* a statement ended well */
	RETORT_EVENT_RETRY,     /* steps are rolled back and run again, `text`
				   says why: a lock was not had in time, ... */
	RETORT_EVENT_STEP_DONE  /* a step has committed */
} retort_event_kind;

typedef struct retort_event {
	retort_event_kind kind;
	size_t step_index;       /* 0-based, of retort_apply_plan() */
	const retort_step *step; /* NULL before the plan */
	size_t statement;        /* 1-based, of `statements` */
	size_t statements;
	const char *sql;         /* STATEMENT: its text; borrowed */
	size_t sql_length;
	long long rows;          /* rows touched; -1 = the server gave none */
	double milliseconds;     /* STATEMENT, STEP_DONE: how long */
	const char *text;        /* WAITING, RETRY, RUNNING: one line, valid
				    until the next call */
} retort_event;

RETORT_BEGIN_DECLS

/*
 * Begin a run.  Reads the rows without the lock first: where nothing is to
 * do, no lock is taken and nothing written.  Begun and freed again, it is a
 * dry run: retort_apply_plan() says what would be done, steps over revisions
 * whose file is gone included.
 *   in:   request; its rows are ignored (read from db), offline is an error.
 *         options, NULL for defaults and the project's settings
 *   err:  as retort_plan_make; EREFUSED (a step has no down script, neither
 *         file nor journal; one stopped half way before; transaction:false
 *         in a run of one transaction; an id that the version table cannot
 *         hold), EPARSE (a section of a step), EUNSUPPORTED (a step that
 *         only Python understands, where `alembic_command` is not set)
 *   cost: reads and cuts the file of every step
 *   own:  caller frees *run before db and project
 */
RETORT_API RETORT_MUST_CHECK int
retort_apply_begin(retort_apply **run, retort_project *project,
		   retort_database *db, const retort_plan_request *request,
		   const retort_apply_options *options, retort_error *err);

/*
 * The next event.
 *   out:  1 and *event; 0 when the run is over; negative on an error, with
 *         STATE (what the database holds now) and NEXT set
 *         Waits for the run lock at most `lock_timeout`, 0 = for ever
 *   err:  ELOCKED, EDATABASE, ECONNECT, ESTATE (rows changed under the run),
 *         ECANCELLED, EUNCERTAIN (the outcome of COMMIT could not be found),
 *         EHOOK, EREFUSED (`alembic_command` failed, or cannot be told to
 *         do this step alone)
 */
RETORT_API RETORT_MUST_CHECK int retort_apply_next(retort_apply *run,
						   retort_event *event,
						   retort_error *err);

/* Ask the server to stop the running statement.  Safe in a signal handler
 * and from another thread; the next event is the ECANCELLED error. */
RETORT_API void retort_apply_cancel(retort_apply *run);

/* The plan in force; made anew once the lock is held. */
RETORT_API const retort_plan *retort_apply_plan(const retort_apply *run);

/* Steps committed so far. */
RETORT_API size_t retort_apply_done(const retort_apply *run);

/* Ends the run: rolls an open step back, gives the lock up.  NULL allowed. */
RETORT_API void retort_apply_free(retort_apply *run);

/*
 * Try a plan in a scratch database that has the schema of the real one, and
 * no rows: what cannot work there cannot work at all.
 *   err:  EREFUSED (the schema cannot be made again, or no scratch database
 *         may be made); EDATABASE with the file, line and column of the
 *         statement that fails.  The database itself is only read
 */
RETORT_API RETORT_MUST_CHECK int retort_preflight(retort_project *project,
						  retort_database *db,
						  const retort_plan *plan,
						  retort_error *err);

/*
 * The plan as a script that `sqlite3` or `psql -v ON_ERROR_STOP=1` runs to
 * the same end, in transactions (`--sql`).
 *   in:   plan, made offline; write gets the text in pieces, returns 0
 *   note: the script keeps the journal too (unless `journal = off`), without
 *         who and where, so that `verify` and a later downgrade know as much
 *         as after an online run
 *   err:  as retort_project_script of the steps; what `write` returned
 */
RETORT_API RETORT_MUST_CHECK int
retort_apply_write_sql(retort_project *project, const retort_plan *plan,
		       retort_dialect dialect,
		       int (*write)(void *self, const char *text, size_t n),
		       void *self, retort_error *err);

/*
 * The statement that makes the version table where it is missing, as such a
 * script (`ensure_version --sql`); needs no graph.
 *   err:  ECONFIG; what `write` returned
 */
RETORT_API RETORT_MUST_CHECK int
retort_apply_write_version_sql(retort_project *project, retort_dialect dialect,
			       int (*write)(void *self, const char *text,
					    size_t n),
			       void *self, retort_error *err);

RETORT_END_DECLS
#endif
