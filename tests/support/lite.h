/* SPDX-License-Identifier: MIT */
/* Schemas of SQLite databases in memory; each fails the test when the call
 * fails. */
#ifndef RT_TEST_LITE_H
#define RT_TEST_LITE_H

#include "base/fs.h"
#include "schema/diff.h"
#include "support/db.h"

rt_conn *lite_open(void);

/* Runs text, statement by statement; `what` names it in a failure. */
void lite_run(rt_conn *conn, const char *what, const char *sql);

retort_schema *lite_schema(rt_conn *conn);
char *lite_dump(const retort_schema *schema); /* caller frees */

/* What differs, a line each, "" = nothing; caller frees. */
char *lite_diff(const retort_schema *before, const retort_schema *after);

/* The files of tests/schema/corpus/sqlite, sorted; *texts[i] belongs to
 * names[i].  Free with lite_corpus_free(). */
typedef struct lite_corpus {
	size_t n;
	char **names, **texts;
} lite_corpus;

void lite_corpus_read(lite_corpus *corpus);
void lite_corpus_free(lite_corpus *corpus);

#endif
