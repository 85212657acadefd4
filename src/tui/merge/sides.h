/* SPDX-License-Identifier: MIT */
/*
 * The two sides of a fork as git knows them, for the merge wizard: what the
 * branches do to each other (<retort/conflicts.h>), and what a rebase would
 * do about it (<retort/rebase.h>).  Both are worked out in a child; where
 * there is no repository or no branch to merge into, nothing is known.
 */
#ifndef RT_TUI_MERGE_SIDES_H
#define RT_TUI_MERGE_SIDES_H

#include <retort/error.h>

#include "base/vec.h"
#include "tui/job.h"

struct rt_console;

typedef enum rt_sides_state {
	RT_SIDES_UNKNOWN, /* nobody has asked */
	RT_SIDES_LOOKING,
	RT_SIDES_NONE,    /* git is not there, or has nothing to compare */
	RT_SIDES_KNOWN
} rt_sides_state;

/* A line of the report, to be wrapped. */
typedef struct rt_sides_line {
	unsigned char face;
	int indent;
	char *text;
} rt_sides_line;

typedef struct rt_sides {
	rt_sides_state state;
	RT_VEC(rt_sides_line) lines;
	RT_VEC(char *) moves; /* revisions that a rebase puts onto `head` */
	char *onto, *head;    /* "main", its head; NULL = no rebase */
	rt_job *job;          /* it looks... */
	rt_job *rebasing;     /* ...or writes */
	bool rebased;         /* the last write was a rebase: `u` undoes it */
	char *said;           /* at the end of the rebase */
	retort_error err;     /* of it */
} rt_sides;

void rt_sides_free(rt_sides *s);

/* Look, unless that has been done; RT_CHANGED_DETAIL tells when it has come.
 */
void rt_sides_need(struct rt_console *c);

/* RT_CHANGED_… bits: forget what may be another now. */
void rt_sides_changed(struct rt_console *c, unsigned what);

/* Rebase in a child; then the files are read again. */
void rt_sides_rebase(struct rt_console *c);

/* Take the last rebase back; the caller lets go of the graph before, and
 * reads the files again. */
RETORT_MUST_CHECK int rt_sides_undo(struct rt_console *c, size_t *n,
				    retort_error *err);

#endif
