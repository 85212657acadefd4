/* SPDX-License-Identifier: MIT */
/*
 * A database: its version rows and its journal.
 *
 * Reading functions never create or change anything.  The password of the
 * URL is in no text that comes out of here.
 */
#ifndef RETORT_DATABASE_H
#define RETORT_DATABASE_H

#include <retort/project.h>

typedef struct retort_database retort_database;

/* One run of one revision, as the journal keeps it. */
typedef struct retort_journal_row {
	long long id;         /* ascending in the order of the runs */
	const char *revision;
	retort_op op;
	const char *down_revision; /* "a, b" as in the file; "" = base */
	const char *depends_on;    /* likewise */
	const char *began, *ended; /* UTC, ISO 8601; ended "" if never */
	const char *who, *host;    /* of the client */
	const char *tool;     /* "retort 0.1.0" */
	const char *outcome;  /* "ok", "failed", "partial", "unknown" */
	long long statements_done, statements_total;
	const char *error;    /* "" if none */
	const char *sqlstate; /* "" if none */
	const char *checksum_raw;    /* SHA-256 in hex; "" for a stamp */
	const char *checksum_tokens; /* likewise */
	const char *down_script; /* the down section's text; NULL if none */
} retort_journal_row;

typedef struct retort_journal retort_journal;

RETORT_BEGIN_DECLS

/*
 * Connect to the project's database.
 *   in:   create, whether a SQLite file that is not there may be made
 *   err:  ECONFIG (no URL, bad URL), EUNSUPPORTED (scheme), ECONNECT,
 *         EDATABASE (not a database), ENOTFOUND (create is false and the
 *         SQLite file is not there)
 *   own:  caller closes *db before freeing the project
 */
RETORT_API RETORT_MUST_CHECK int retort_database_open(retort_database **db,
						      retort_project *project,
						      bool create,
						      retort_error *err);
/*
 * Begin to connect, for a program that has something else to do first, such
 * as reading the revisions: a server works meanwhile.  Waits for nobody; the
 * next retort_database_open() of the project goes on from here, and says what
 * went wrong, if anything did.
 */
RETORT_API void retort_database_start(retort_project *project);

RETORT_API void retort_database_close(retort_database *db); /* NULL allowed */

/* Called for every notice or warning of the server, one line each. */
RETORT_API void retort_database_on_notice(
	retort_database *db, void (*notice)(void *self, const char *text),
	void *self);

/*
 * The version rows in table order; none where there is no version table.
 *   out:  *rows, valid until the next call on db;
 *         *exists, whether the table is there; may be NULL
 */
RETORT_API RETORT_MUST_CHECK int retort_database_rows(retort_database *db,
						      retort_names *rows,
						      bool *exists,
						      retort_error *err);

/*
 * Write a copy of the database to a file: SQLite by its backup API, others
 * by the setting backup_command.
 *   in:   path, of a file that is not there
 *   err:  EEXISTS, EIO, EDATABASE; ECONFIG (no backup_command), EHOOK (it
 *         failed)
 */
RETORT_API RETORT_MUST_CHECK int retort_database_backup(retort_database *db,
							const char *path,
							retort_error *err);

/* Create the version table where it is missing.
 *   out:  *created, whether it was; may be NULL */
RETORT_API RETORT_MUST_CHECK int
retort_database_ensure_version(retort_database *db, bool *created,
			       retort_error *err);

/*
 * Read the journal, newest run first.
 *   in:   revision, only its runs; NULL = all.  limit, 0 = all
 *   out:  *journal, empty where there is no journal table; caller frees
 */
RETORT_API RETORT_MUST_CHECK int
retort_database_journal(retort_database *db, const char *revision,
			size_t limit, retort_journal **journal,
			retort_error *err);
/*
 * The newest run of every revision for which it did not end well, newest
 * first.
 */
RETORT_API RETORT_MUST_CHECK int
retort_database_troubles(retort_database *db, retort_journal **journal,
			 retort_error *err);
RETORT_API void retort_journal_free(retort_journal *journal);
RETORT_API size_t retort_journal_count(const retort_journal *journal);
RETORT_API const retort_journal_row *
retort_journal_at(const retort_journal *journal, size_t i);

/* What `verify` finds: how the files differ from what the journal saw. */
typedef enum retort_finding_kind {
	RETORT_FINDING_EDITED,   /* applied, and its SQL is another now */
	RETORT_FINDING_COMMENTS, /* applied; only comments or spaces differ */
	RETORT_FINDING_DELETED,  /* applied, journalled, file gone */
	RETORT_FINDING_UNKNOWN,  /* a version row that neither knows */
	RETORT_FINDING_PARTIAL   /* the last run stopped half way */
} retort_finding_kind;

typedef struct retort_finding {
	retort_finding_kind kind;
	const char *revision;
	const char *path;    /* "" if there is no file */
	const char *message; /* one sentence: what, and what to do */
} retort_finding;

typedef struct retort_findings retort_findings;

/*
 * Compare files, version rows and journal.
 *   out:  *findings, empty when all agree; sorted by revision; caller frees
 *   cost: reads every applied file that the journal has a checksum of
 */
RETORT_API RETORT_MUST_CHECK int retort_verify(retort_project *project,
					       retort_database *db,
					       retort_findings **findings,
					       retort_error *err);
RETORT_API void retort_findings_free(retort_findings *findings);
RETORT_API size_t retort_findings_count(const retort_findings *findings);
RETORT_API const retort_finding *
retort_findings_at(const retort_findings *findings, size_t i);

/* "edited", "comments", "deleted", "unknown", "partial"; static. */
RETORT_API const char *retort_finding_name(retort_finding_kind kind);

RETORT_END_DECLS
#endif
