/* SPDX-License-Identifier: MIT */
/*
 * A project to look at: two branches that were merged, two new heads, a long
 * run that is applied, names that are wide and names that are hostile.
 */
#ifndef RT_TEST_TUI_FIXTURE_H
#define RT_TEST_TUI_FIXTURE_H

#include "support/screen.h"

typedef struct fixture {
	char *dir;
} fixture;

/* Make it, its SQLite database upgraded to `target` (NULL = none). */
void fixture_make(fixture *f, const char *target);
void fixture_remove(fixture *f);

/* Of a group of tests: the state is one that is upgraded to d001. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* Add or replace a file. */
void fixture_write(const fixture *f, const char *name, const char *text);

/* A revision "about ID"; options as behind `-- migrate:up`. */
void fixture_add(const fixture *f, const char *id, const char *below,
		 const char *options, const char *up, const char *down);

/* Its retort.ini: the database, and further lines. */
void fixture_settings(const fixture *f, const char *url, const char *more);

/* The database to a revision, by the command line. */
void fixture_upgrade(const fixture *f, const char *target);

/* Open the console on it.
 *   in:   env, as rt_screen_start; NULL = UTF-8 with colours */
rt_screen *fixture_open(const fixture *f, const char *const *env, int rows,
			int cols);

/* Environments to open it in. */
extern const char *const fixture_no_colour[];
extern const char *const fixture_ascii[];

#endif
