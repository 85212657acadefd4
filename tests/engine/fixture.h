/* SPDX-License-Identifier: MIT */
/*
 * A project in a folder of its own, on an engine of one's choice, and runs
 * of it as a program would make them.  Every fx_… function fails the test
 * when it cannot do its work.
 */
#ifndef RT_TEST_FIXTURE_H
#define RT_TEST_FIXTURE_H

#include <retort/retort.h>

#include "base/str.h"
#include "db/conn.h"

typedef struct fixture {
	char *dir, *url;
	retort_project *project;
	retort_database *db;
	retort_apply_options options;
	bool purge;
	/* Called for every event of a run; may cancel it. */
	void (*on_event)(struct fixture *fx, retort_apply *run,
			 const retort_event *event);
	size_t count;        /* for on_event's use */
	rt_conn *other;      /* a connection beside the run's */
	rt_str log;          /* what the last run did, a word or two a line */
	unsigned long trips; /* of the last run, without connecting */
	retort_error err;    /* of the last run */
} fixture;

/* engine: "sqlite" or "postgresql"; that one is empty, and pg_start() has been
 * called before. */
fixture *fx_new(const char *engine);
void fx_free(fixture *fx);
bool fx_is_sqlite(const fixture *fx);

/* Write retort.ini anew: url, and `more` lines behind it. */
void fx_config(fixture *fx, const char *more);

/* Write a revision file.  up and down are whole sections without markers,
 * or begin with one; down NULL = no such section. */
void fx_revision(fixture *fx, const char *id, const char *parent,
		 const char *up, const char *down);
void fx_remove(fixture *fx, const char *id);

/* Revisions r1 to r<n>, one below the other; each makes table t<i>. */
void fx_chain(fixture *fx, int n);

/* Open project and database anew; fx_run does it by itself. */
void fx_open(fixture *fx);
void fx_close(fixture *fx);

/* Run to the end; returns what the last call returned. */
int fx_run(fixture *fx, retort_op op, const char *target);
void fx_up(fixture *fx, const char *target);   /* must work */
void fx_down(fixture *fx, const char *target); /* must work */

/* What a query says over a connection of its own, as db_text. */
void fx_expect(fixture *fx, const char *sql, const char *want);
void fx_exec(fixture *fx, const char *sql);
void fx_expect_rows(fixture *fx, const char *want); /* "r1,r2", sorted */
void fx_expect_log(fixture *fx, const char *want);

/* The error of the last run. */
void fx_expect_error(fixture *fx, int code, const char *part_of_message);
void fx_expect_field(fixture *fx, retort_error_field field, const char *part);

/* What verify finds: "r1 edited\n", one a line. */
void fx_expect_findings(fixture *fx, const char *want);

#endif
