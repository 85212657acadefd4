/* SPDX-License-Identifier: MIT */
/*
 * Two git branches that know nothing of each other: what `feature` (h001,
 * h002) renames, `main` (m001) makes an index of; both build on f002, where
 * the database stands.  feature is checked out.
 */
#ifndef RT_TEST_TUI_FORK_H
#define RT_TEST_TUI_FORK_H

#include "tui/fixture.h"

/* Before all: git's settings of whoever runs the tests must not count, and
 * ids are to be the same every time. */
void fork_environment(void);

/* url: of an empty database, on whose server scratch databases may be made;
 * NULL = the fixture's own of SQLite. */
void fork_make(fixture *f, const char *url);

/* Run git with these words, separated by spaces. */
void fork_git(const fixture *f, const char *words);

#endif
