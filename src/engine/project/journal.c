/* SPDX-License-Identifier: MIT */
/* The journal as a list that its reader owns. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "engine/project/database.h"

struct retort_journal {
	rt_arena arena;
	retort_journal_row *rows;
	size_t n;
};

int retort_database_journal(retort_database *db, const char *revision,
			    size_t limit, retort_journal **out,
			    retort_error *err)
{
	retort_journal *journal = rt_calloc(1, sizeof(*journal));
	int rc = rt_database_wake(db, err);

	if (!rc)
		rc = rt_journal_read(&db->place.journal, db->conn, revision,
				     limit, &journal->arena, &journal->rows,
				     &journal->n, err);
	if (rc) {
		retort_journal_free(journal);
		return rc;
	}
	*out = journal;
	return 0;
}

int retort_database_troubles(retort_database *db, retort_journal **out,
			     retort_error *err)
{
	retort_journal *journal = rt_calloc(1, sizeof(*journal));
	int rc = rt_database_wake(db, err);

	if (!rc)
		rc = rt_journal_read_troubles(&db->place.journal, db->conn,
					      &journal->arena, &journal->rows,
					      &journal->n, err);
	if (rc) {
		retort_journal_free(journal);
		return rc;
	}
	*out = journal;
	return 0;
}

void retort_journal_free(retort_journal *journal)
{
	if (!journal)
		return;
	rt_arena_free(&journal->arena);
	free(journal);
}

size_t retort_journal_count(const retort_journal *journal)
{
	return journal->n;
}

const retort_journal_row *retort_journal_at(const retort_journal *journal,
					    size_t i)
{
	return i < journal->n ? &journal->rows[i] : NULL;
}

int rt_database_last_run(retort_database *db, const char *revision,
			 retort_op op, const char *outcome, rt_arena *arena,
			 const retort_journal_row **row, retort_error *err)
{
	retort_journal_row *rows;
	size_t n, i;
	int rc;

	*row = NULL;
	rc = rt_journal_read(&db->place.journal, db->conn, revision, 0, arena,
			     &rows, &n, err);
	for (i = 0; !rc && i < n && !*row; i++)
		if (rows[i].op == op &&
		    (!outcome || strcmp(rows[i].outcome, outcome) == 0))
			*row = &rows[i];
	return rc;
}
