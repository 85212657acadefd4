/* SPDX-License-Identifier: MIT */
/*
 * What there is to know about revisions besides their SQL: how the selected
 * one's file stands to git, what the journal has of every run, and where
 * files are no longer what was applied.
 *
 * It is read in child processes, and only when a pane that shows it asks.
 * When it has come all views hear RT_CHANGED_DETAIL.
 */
#ifndef RT_TUI_DETAIL_H
#define RT_TUI_DETAIL_H

#include <retort/project.h>
#include <retort/vcs.h>

#include "base/str.h"
#include "base/vec.h"
#include "tui/job.h"
#include "tui/sql/effects.h"

struct rt_console;

enum {
	RT_DETAIL_GIT = 1,
	RT_DETAIL_JOURNAL = 2,
	RT_DETAIL_VERIFY = 4,
	RT_DETAIL_EFFECTS = 8 /* tui/sql/effects.h */
};

/* A run of a revision as text; X(field). */
#define RT_RUN_FIELDS(X)                                                      \
	X(revision)                                                           \
	X(op)       /* "upgrade" */                                           \
	X(outcome)                                                            \
	X(began)    /* UTC, ISO 8601 */                                       \
	X(ended)                                                              \
	X(who)                                                                \
	X(host)                                                               \
	X(tool)                                                               \
	X(done)     /* statements */                                          \
	X(total)                                                              \
	X(checksum) /* "" where nothing can be compared */                    \
	X(sqlstate)                                                           \
	X(error)

typedef struct rt_run {
#define RT_RUN_FIELD_(name) const char *name;
	RT_RUN_FIELDS(RT_RUN_FIELD_)
#undef RT_RUN_FIELD_
	char *memory; /* holds them all */
} rt_run;

/* X(field), as rt_run; see <retort/database.h>. */
#define RT_FOUND_FIELDS(X) X(kind) X(revision) X(message)

typedef struct rt_found {
#define RT_FOUND_FIELD_(name) const char *name;
	RT_FOUND_FIELDS(RT_FOUND_FIELD_)
#undef RT_FOUND_FIELD_
	char *memory;
} rt_found;

typedef struct rt_detail {
	unsigned have, loading; /* RT_DETAIL_… */
	/* GIT, of the selected revision */
	char *git_for;          /* its id */
	retort_vcs_status git;
	rt_str diff;            /* unified; "" if nothing differs */
	char *author, *date;    /* of its last commit; NULL = not known */
	retort_error git_error;
	/* JOURNAL */
	RT_VEC(rt_run) runs;    /* newest first */
	/* VERIFY */
	RT_VEC(rt_found) found; /* by revision */
	retort_error database_error; /* of either */
	rt_job *git_job, *database_job;
	rt_effects effects;
} rt_detail;

void rt_detail_init(rt_detail *d);
void rt_detail_free(rt_detail *d);

/* Read what is not there yet of RT_DETAIL_… bits; call it when drawing. */
void rt_detail_need(struct rt_console *c, unsigned what);

/* RT_CHANGED_… bits: forget what may be another now. */
void rt_detail_changed(struct rt_console *c, unsigned what);

/* The newest run of a revision; NULL if none.
 *   in:   op, "upgrade" or "downgrade"; NULL = either */
const rt_run *rt_detail_run(const rt_detail *d, const char *revision,
			    const char *op);

/* What `verify` has found of a revision; NULL if nothing. */
const rt_found *rt_detail_found(const rt_detail *d, const char *revision);

#endif
