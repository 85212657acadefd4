/* SPDX-License-Identifier: MIT */
/*
 * The revision graph: a DAG of revisions, loaded once, read-only afterwards.
 *
 * Words are Alembic's.  A *head* has no child; a *real head* (Alembic prints
 * "effective head") has no child and nobody depends on it.  A *base* has no
 * parent; a *real base* has no parent and depends on nobody.  The version
 * table holds one row per real head of what is applied.
 *
 * Positions: a revision's index is its place in load order (directories in
 * the order configured, file names by code point inside each).  Load order
 * breaks every tie, so all answers are deterministic.
 */
#ifndef RETORT_GRAPH_H
#define RETORT_GRAPH_H

#include <retort/error.h>

typedef struct retort_graph retort_graph;

/* One revision; owned by its graph, valid until the graph is freed. */
typedef struct retort_revision {
	const char *id;
	const char *message; /* first line; "" if none */
	const char *doc;     /* whole text, first line included; "" if none */
	const char *created; /* as written; "" if none */
	const char *path;    /* absolute file path; "" for one without file */
	retort_names down;   /* down_revision as written; empty = base */
	retort_names depends_on; /* as written: ids or labels */
	retort_names labels; /* branch labels declared in the file, sorted */
	retort_names branches; /* labels after propagation, sorted */
	retort_names children; /* by down_revision, in load order */
	size_t index;        /* place in load order */
	bool is_head, is_real_head;
	bool is_base, is_real_base;
	bool is_branch_point; /* more than one child */
	bool is_merge_point;  /* more than one parent */
	/* Why its file could be read in part only; NULL = in full.  Where it
	 * stands in the file, 0 = not known. */
	const char *problem;
	int problem_line, problem_column;
} retort_revision;

/* A file that could not be read, or not in full; the others were. */
typedef struct retort_problem {
	const char *path, *message;
	int line, column;     /* 0 = not known */
	const char *revision; /* its id; NULL where that is not known */
} retort_problem;

/* A list of revisions that the caller frees with retort_list_dispose. */
typedef struct retort_list {
	const retort_revision **v;
	size_t n;
} retort_list;

#define RETORT_LIST_INIT { NULL, 0 }

RETORT_BEGIN_DECLS

RETORT_API void retort_list_dispose(retort_list *list);

RETORT_API void retort_graph_free(retort_graph *graph); /* NULL allowed */

/* How many revisions. */
RETORT_API size_t retort_graph_count(const retort_graph *graph);

/* The revision at place `index` of load order. */
RETORT_API const retort_revision *retort_graph_at(const retort_graph *graph,
						  size_t index);

/*
 * What could not be read, in load order: a project of Alembic opens in spite
 * of it.  A revision whose parents are not known is a base then, and one
 * that others name and no readable file has is there without a path.
 *   out:  *n of them, owned by the graph
 */
RETORT_API const retort_problem *
retort_graph_problems(const retort_graph *graph, size_t *n);

/* The revision with exactly this id, or NULL.  O(1). */
RETORT_API const retort_revision *retort_graph_find(const retort_graph *graph,
						    const char *id);

/*
 * Heads and bases in load order.  `real` asks for those that nobody depends
 * on (heads), or that depend on nobody (bases).
 *   own:  caller disposes the list
 *   cost: O(revisions)
 */
RETORT_API void retort_graph_heads(const retort_graph *graph, bool real,
				   retort_list *out);
RETORT_API void retort_graph_bases(const retort_graph *graph, bool real,
				   retort_list *out);

/*
 * Revisions with more than one child, in the order of `history`.
 */
RETORT_API void retort_graph_branch_points(const retort_graph *graph,
					   retort_list *out);

/*
 * What `show SYMBOL` shows: an id, a unique prefix of one, a label, `head`,
 * `heads`, `base` (an empty list), `LABEL@SYMBOL`, `-N` from the heads.
 *   in:   rows, the version rows for the word `current`; NULL where the
 *         database was not asked (`current` is then an error)
 *   err:  ENOTFOUND, EAMBIGUOUS (names the candidates)
 *   own:  caller disposes the list
 */
RETORT_API RETORT_MUST_CHECK int
retort_graph_resolve(const retort_graph *graph, const char *symbol,
		     const retort_names *rows, retort_list *out,
		     retort_error *err);

/*
 * The revisions of a history range, newest first.
 *   in:   range, "[start]:[end]" as in `history -r`; NULL or "" for all.
 *         rows, as for retort_graph_resolve
 *   err:  EUSAGE (no colon), ENOTFOUND, EAMBIGUOUS, ETARGET (the two do not
 *         lie on one line)
 *   own:  caller disposes the list
 *   cost: O(revisions + edges)
 */
RETORT_API RETORT_MUST_CHECK int
retort_graph_history(const retort_graph *graph, const char *range,
		     const retort_names *rows, retort_list *out,
		     retort_error *err);

/*
 * What `current` lists: the heads that the version rows imply (rows and all
 * their ancestors, dependencies included; those without a child inside).
 *   err:  ENOTFOUND (a row that no file has; all such rows are named)
 *   own:  caller disposes the list, in load order
 */
RETORT_API RETORT_MUST_CHECK int
retort_graph_current(const retort_graph *graph, const retort_names *rows,
		     retort_list *out, retort_error *err);

/*
 * Everything that is applied when the version rows are `rows`: those rows
 * and all their ancestors, dependencies included.
 *   out:  applied[index] for every revision; room for retort_graph_count
 *   err:  ENOTFOUND (a row that no file has); `applied` then holds what the
 *         known rows imply
 */
RETORT_API RETORT_MUST_CHECK int
retort_graph_applied(const retort_graph *graph, const retort_names *rows,
		     bool *applied, retort_error *err);

/* At most so many heads are compared at once. */
#define RETORT_SIDES_MAX 64

/* What heads have of their own; see retort_graph_divergence. */
typedef struct retort_divergence {
	retort_list common; /* the newest revisions that all of them have:
			       none of these is above another */
	retort_list own;    /* what some have and some have not; each
			       before its parents */
	uint64_t *sides;    /* of each of `own`: bit i = head i has it */
} retort_divergence;

#define RETORT_DIVERGENCE_INIT { RETORT_LIST_INIT, RETORT_LIST_INIT, NULL }

/*
 * Compare heads: what each has that others have not, since their common
 * ancestors (dependencies count as ancestors).
 *   in:   heads, ids; any revisions will do
 *   err:  ENOTFOUND (an id), EUSAGE (more than RETORT_SIDES_MAX)
 *   own:  caller disposes *out; it borrows from graph
 *   cost: O(revisions + edges)
 */
RETORT_API RETORT_MUST_CHECK int
retort_graph_divergence(const retort_graph *graph, const retort_names *heads,
			retort_divergence *out, retort_error *err);
RETORT_API void retort_divergence_dispose(retort_divergence *divergence);

/*
 * Where a branch leaves another: the one revision that `branch` has and
 * `onto` has not, whose parents `onto` has all.
 *   err:  ENOTFOUND (an id), EREFUSED (`onto` has all of it, or there are
 *         several such revisions: names them)
 *   cost: O(revisions + edges)
 */
RETORT_API RETORT_MUST_CHECK int
retort_graph_fork(const retort_graph *graph, const char *branch,
		  const char *onto, const retort_revision **fork,
		  retort_error *err);

RETORT_END_DECLS
#endif
