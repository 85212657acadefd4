/* SPDX-License-Identifier: MIT */
/*
 * What a revision may break when it runs where there is traffic and data:
 * statement by statement, by rules that each can be switched off.
 *
 * What a table, made in the same revision, goes through is nobody's concern:
 * rules about locks and data leave it out.  Where a scratch database has
 * measured the statement, its locks and rewrites decide instead of the text.
 *
 * A comment `-- retort:allow RULE[, RULE]` keeps a rule quiet: on a line of
 * its own for the statement below it, behind SQL for the statement on its
 * line, before the first section (in Python: before the first function) for
 * the whole file.
 */
#ifndef RETORT_LINT_H
#define RETORT_LINT_H

#include <retort/effects.h>

typedef enum retort_severity {
	RETORT_SEVERITY_OFF,
	RETORT_SEVERITY_NOTICE,
	RETORT_SEVERITY_WARNING,
	RETORT_SEVERITY_ERROR
} retort_severity;

/*
 * The rules.
 * X(NAME, "stable-id", DIALECT (ANY = both), SEVERITY, "what it is and why",
 *   "what to do instead")
 */
#define RETORT_LINT_RULES(X)                                                  \
	X(DROP_TABLE, "drop-table", ANY, ERROR,                               \
	  "A table and its rows are lost, and code that still uses it fails.",\
	  "stop using it in one release, drop it in a later one")             \
	X(DROP_COLUMN, "drop-column", ANY, ERROR,                             \
	  "A column and its data are lost; programs that know the old "       \
	  "columns fail.",                                                    \
	  "stop using it in one release, drop it in a later one")             \
	X(DROP_SCHEMA_DATABASE, "drop-schema-database", POSTGRESQL, ERROR,    \
	  "A schema or database goes with all that is in it.",                \
	  "drop what is in it by name")                                       \
	X(CASCADE_USED, "cascade-used", POSTGRESQL, ERROR,                    \
	  "CASCADE reaches objects that the statement does not name.",        \
	  "drop or truncate the dependent objects by name, before it")        \
	X(RENAME_OBJECT, "rename-object", ANY, WARNING,                       \
	  "Code that knows the old name fails until all of it is replaced.",  \
	  "add the new one, fill both, and drop the old one in a later "      \
	  "release")                                                          \
	X(INDEX_NOT_CONCURRENT, "index-not-concurrent", POSTGRESQL, WARNING,  \
	  "Writes to the table wait until the index is built.",               \
	  "CREATE INDEX CONCURRENTLY, in a section marked "                   \
	  "transaction:false")                                                \
	X(DROP_INDEX_NOT_CONCURRENT, "drop-index-not-concurrent", POSTGRESQL, \
	  NOTICE,                                                             \
	  "Dropping an index waits for, and keeps out, everyone who reads "   \
	  "the table.",                                                       \
	  "DROP INDEX CONCURRENTLY, in a section marked transaction:false")   \
	X(CONCURRENT_IN_TRANSACTION, "concurrent-in-transaction", POSTGRESQL, \
	  ERROR,                                                              \
	  "CONCURRENTLY fails inside a transaction.",                         \
	  "mark the section transaction:false")                               \
	X(CONCURRENT_IF_NOT_EXISTS, "concurrent-if-not-exists", POSTGRESQL,   \
	  ERROR,                                                              \
	  "A failed build leaves an invalid index; with IF NOT EXISTS the "   \
	  "next run skips it and is recorded as done.",                       \
	  "DROP INDEX CONCURRENTLY IF EXISTS before it, and create it "       \
	  "without IF NOT EXISTS")                                            \
	X(ADD_FK_VALIDATING, "add-fk-validating", POSTGRESQL, WARNING,        \
	  "A new foreign key checks all rows while writes to both tables "    \
	  "wait.",                                                            \
	  "add it NOT VALID, and VALIDATE CONSTRAINT in a later revision")    \
	X(ADD_CHECK_VALIDATING, "add-check-validating", POSTGRESQL, WARNING,  \
	  "A new check reads all rows while nobody else can use the table.",  \
	  "add it NOT VALID, and VALIDATE CONSTRAINT in a later revision")    \
	X(SET_NOT_NULL_SCAN, "set-not-null-scan", POSTGRESQL, WARNING,        \
	  "SET NOT NULL reads all rows while nobody else can use the table.", \
	  "add CHECK (column IS NOT NULL) NOT VALID, validate it, then SET "  \
	  "NOT NULL, which believes it, and drop the check")                  \
	X(ADD_UNIQUE_OR_PK, "add-unique-or-pk-constraint", POSTGRESQL,        \
	  WARNING,                                                            \
	  "The index of a new constraint is built while nobody else can use " \
	  "the table.",                                                       \
	  "CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT ... "  \
	  "USING INDEX")                                                      \
	X(REWRITE_TYPE_CHANGE, "rewrite-type-change", POSTGRESQL, ERROR,      \
	  "A change of type writes the table and its indexes anew while "     \
	  "nobody else can use it.",                                          \
	  "add a column of the new type, fill it in batches, and change over")\
	X(REWRITE_VOLATILE_DEFAULT, "rewrite-volatile-default", POSTGRESQL,   \
	  ERROR,                                                              \
	  "A new column whose value differs by row writes the table anew "    \
	  "while nobody else can use it.",                                    \
	  "add the column without it, SET DEFAULT, and fill it in batches")   \
	X(NOT_NULL_WITHOUT_DEFAULT, "not-null-without-default", ANY, ERROR,   \
	  "Adding the column fails as soon as the table has a row.",          \
	  "give it a constant DEFAULT, or add it without NOT NULL and fill "  \
	  "it first")                                                         \
	X(DATA_DEPENDENT_UNIQUE, "data-dependent-unique", ANY, WARNING,       \
	  "A new unique, primary key or check constraint fails where the "    \
	  "rows that are there break it.",                                    \
	  "look for such rows before, and mend them in a revision of its own")\
	X(MISSING_LOCK_TIMEOUT, "missing-lock-timeout", POSTGRESQL, WARNING,  \
	  "Waiting for a lock behind a long transaction, a statement stops "  \
	  "everyone else who wants the table.",                               \
	  "set lock_timeout in the project file, or SET lock_timeout before " \
	  "it")                                                               \
	X(MIXED_DDL_AND_BACKFILL, "mixed-ddl-and-backfill", ANY, WARNING,     \
	  "Rows of a table are changed in the transaction that holds the "    \
	  "locks of a schema change.",                                        \
	  "change the rows in a revision of their own, in batches")           \
	X(TRANSACTION_CONTROL, "transaction-control-in-file", ANY, ERROR,     \
	  "The transaction is retort's: a COMMIT of the file's own leaves a " \
	  "half applied revision.",                                           \
	  "remove it; for statements that cannot run in a transaction mark "  \
	  "the section transaction:false")                                    \
	X(ENUM_VALUE_HAZARD, "enum-value-hazard", POSTGRESQL, WARNING,        \
	  "A new enum value cannot be used in its own transaction, and "      \
	  "without BEFORE or AFTER its place depends on the order of "        \
	  "branches; a renamed one breaks code that knows it.",               \
	  "say BEFORE or AFTER, and use the value in a later revision")       \
	X(SQLITE_UNSAFE_REBUILD, "sqlite-unsafe-rebuild", SQLITE, ERROR,      \
	  "Rebuilding a table loses rows, indexes or triggers, or leaves "    \
	  "references to the wrong table.",                                   \
	  "create the new table, copy, drop the old one, rename the new "     \
	  "one, create the indexes and triggers again; all in one "           \
	  "transaction")                                                      \
	X(DROPS_CONSTRAINT, "drops-constraint", ANY, NOTICE,                  \
	  "Rows that were refused so far are let in.",                        \
	  "make sure that nobody relies on it")                               \
	X(UNNAMED_OR_LONG, "unnamed-or-long-identifier", ANY, NOTICE,         \
	  "A name that the server makes depends on what is there already; "   \
	  "PostgreSQL cuts one above 63 bytes.",                              \
	  "give it a name of at most 63 bytes")                               \
	X(DANGEROUS_COMMAND, "dangerous-server-command", ANY, WARNING,        \
	  "A statement that stops everyone, changes the server, touches "     \
	  "every row, or is a command of psql.",                              \
	  "do it outside of migrations, or in parts")                         \
	X(UNUSED_ALLOW, "unused-allow", ANY, NOTICE,                          \
	  "A retort:allow comment keeps nothing quiet.",                      \
	  "remove it")

typedef enum retort_lint_rule {
#define RETORT_LINT_ENUM_(name, id, dialect, severity, text, next)            \
	RETORT_LINT_##name,
	RETORT_LINT_RULES(RETORT_LINT_ENUM_)
#undef RETORT_LINT_ENUM_
	RETORT_LINT_RULE_COUNT
} retort_lint_rule;

/* A row of the table. */
typedef struct retort_lint_row {
	const char *id;
	retort_dialect dialect; /* ANY = both */
	retort_severity severity;
	const char *text, *next;
} retort_lint_row;

typedef struct retort_lint_finding {
	retort_lint_rule rule;
	retort_severity severity; /* never OFF */
	const char *revision;     /* its id */
	const char *path;
	int line, column;         /* 1-based */
	size_t statement;         /* 1 = the section's first; 0 = the file */
	const char *message;      /* one sentence, no full stop */
	const char *next;         /* what to do instead */
	bool measured;            /* in a scratch database; else by its text */
} retort_lint_finding;

typedef struct retort_lint_options {
	unsigned version;       /* 1 */
	retort_op op;           /* DOWNGRADE: what undoes may drop; rules about
				   lost data are left out */
	retort_dialect dialect; /* of sections that name none; ANY = the
				   project's */
	retort_measure *measure; /* NULL = by text only */
	bool fresh;             /* measure what has not been measured yet;
				   else only what the cache has */
} retort_lint_options;

#define RETORT_LINT_OPTIONS_INIT                                              \
	{ 1, RETORT_OP_UPGRADE, RETORT_DIALECT_ANY, NULL, false }

typedef struct retort_lint retort_lint;

RETORT_BEGIN_DECLS

/*
 * Look at revisions.
 *   in:   revisions, n of them, best from the oldest up
 *   out:  *out; caller frees, before the project
 *   err:  ECONFIG (setting lint_rules), EIO, EPARSE (a file that cannot be
 *         cut into statements)
 *   cost: reads each file; with `fresh` as retort_measure_step
 */
RETORT_API RETORT_MUST_CHECK int
retort_lint_run(retort_project *project,
		const retort_revision *const *revisions, size_t n,
		const retort_lint_options *options, retort_lint **out,
		retort_error *err);
RETORT_API void retort_lint_free(retort_lint *lint); /* NULL allowed */

/* One revision by its text alone: cheap enough for every selection. */
RETORT_API RETORT_MUST_CHECK int
retort_lint_revision(retort_project *project, const retort_revision *revision,
		     retort_op op, retort_lint **out, retort_error *err);

/* The findings: by revision as given, line and column. */
RETORT_API size_t retort_lint_count(const retort_lint *lint);
RETORT_API const retort_lint_finding *retort_lint_at(const retort_lint *lint,
						     size_t i);

/* How many of them are of a severity. */
RETORT_API size_t retort_lint_tally(const retort_lint *lint,
				    retort_severity severity);

/* What could not be looked at or measured, a sentence each. */
RETORT_API retort_names retort_lint_limits(const retort_lint *lint);

/* The table of rules; static. */
RETORT_API const retort_lint_row *retort_lint_rule_row(retort_lint_rule rule);

/* The rule of an id; RULE_COUNT if there is none. */
RETORT_API retort_lint_rule retort_lint_rule_find(const char *id);

/* "off", "notice", "warning", "error"; static. */
RETORT_API const char *retort_severity_word(retort_severity severity);

/* How severe a rule is in a project: the setting lint_rules, else the table.
 *   err:  ECONFIG */
RETORT_API RETORT_MUST_CHECK int
retort_lint_severity(retort_project *project, retort_lint_rule rule,
		     retort_severity *severity, retort_error *err);

RETORT_END_DECLS
#endif
