/* SPDX-License-Identifier: MIT */
/*
 * Schemas: what is in a database, and how two of them differ.
 *
 * A schema is read from a server and never from text, so that both sides of
 * a comparison are in the words of the same printer.  A schema file is run in
 * a scratch database first: in memory (SQLite), or a throw-away database on
 * the same server (PostgreSQL).
 */
#ifndef RETORT_SCHEMA_H
#define RETORT_SCHEMA_H

#include <retort/common.h>
#include <retort/error.h>
#include <retort/project.h>

/*
 * Kinds of objects, in the order of a dump as far as needs let them; parts
 * stand behind what they are parts of.  X(NAME, "word").
 */
#define RETORT_KINDS(X)                                                       \
	X(SCHEMA, "schema")                                                   \
	X(EXTENSION, "extension")                                             \
	X(COLLATION, "collation")                                             \
	X(ENUM, "enum")                                                       \
	X(DOMAIN, "domain")                                                   \
	X(COMPOSITE, "composite type")                                        \
	X(RANGE, "range type")                                                \
	X(SEQUENCE, "sequence")                                               \
	X(FUNCTION, "function")                                               \
	X(PROCEDURE, "procedure")                                             \
	X(AGGREGATE, "aggregate")                                             \
	X(TABLE, "table")                                                     \
	X(VIRTUAL_TABLE, "virtual table")                                     \
	X(FOREIGN_TABLE, "foreign table")                                     \
	X(VIEW, "view")                                                       \
	X(MATERIALIZED_VIEW, "materialized view")                             \
	X(COLUMN, "column")                                                   \
	X(PRIMARY_KEY, "primary key")                                         \
	X(UNIQUE, "unique constraint")                                        \
	X(CHECK, "check constraint")                                          \
	X(EXCLUSION, "exclusion constraint")                                  \
	X(FOREIGN_KEY, "foreign key")                                         \
	X(INDEX, "index")                                                     \
	X(STATISTICS, "statistics")                                           \
	X(TRIGGER, "trigger")                                                 \
	X(RULE, "rule")                                                       \
	X(POLICY, "policy")                                                   \
	X(EVENT_TRIGGER, "event trigger")

typedef enum retort_kind {
#define RETORT_KIND_ENUM_(name, word) RETORT_KIND_##name,
	RETORT_KINDS(RETORT_KIND_ENUM_)
#undef RETORT_KIND_ENUM_
	RETORT_N_KINDS
} retort_kind;

/* How an object differs. */
typedef enum retort_diff_kind {
	RETORT_DIFF_ADDED,
	RETORT_DIFF_REMOVED,
	RETORT_DIFF_CHANGED, /* one entry a property */
	RETORT_DIFF_MOVED    /* a table: its columns stand in another order;
				for information, nothing can change it */
} retort_diff_kind;

typedef struct retort_diff_entry {
	retort_diff_kind diff;
	retort_kind kind;
	const char *name;     /* "users", "users.email" */
	const char *property; /* "type", "default"; "columns" where MOVED;
				 "" where ADDED or REMOVED */
	const char *before, *after; /* its texts; "" = absent */
	bool part;            /* comes and goes with its table, which is in
				 the list as well */
} retort_diff_entry;

typedef struct retort_schema retort_schema;
typedef struct retort_diff retort_diff;

RETORT_BEGIN_DECLS

/* "materialized view"; static. */
RETORT_API const char *retort_kind_word(retort_kind kind);

/* "added", "removed", "changed", "moved"; static. */
RETORT_API const char *retort_diff_word(retort_diff_kind diff);

/*
 * Read a side of a comparison.
 *   in:   name, one of
 *           "database"    what the project's database holds
 *           "schema"      what `schema` or `schema_command` says it should
 *           "head", "heads", "base", "current", any identifier
 *                         what the revisions up to it make
 *         the last two are run in a scratch database
 *   out:  *schema; caller frees.  The version table and the journal are not
 *         in it
 *   err:  ECONFIG (no `schema` set, no URL), ENOTFOUND (file, revision),
 *         ECONNECT, EDATABASE (a statement failed, with file:line:column),
 *         EREFUSED (no scratch database may be made: set `scratch_url`),
 *         EHOOK (`schema_command` failed); as retort_project_graph,
 *         retort_graph_resolve, retort_project_script
 *   cost: a revision: runs all that lead to it
 */
RETORT_API RETORT_MUST_CHECK int retort_schema_read(retort_schema **schema,
						    retort_project *project,
						    const char *name,
						    retort_error *err);
RETORT_API void retort_schema_free(retort_schema *schema); /* NULL allowed */

RETORT_API retort_dialect retort_schema_dialect(const retort_schema *schema);

/* How many objects of a kind there are. */
RETORT_API size_t retort_schema_count(const retort_schema *schema,
				      retort_kind kind);

/*
 * Kinds that the database has and the model does not: "2 casts".
 *   out:  the i-th's count and its word in *kind; 0 behind the last
 */
RETORT_API size_t retort_schema_ignored(const retort_schema *schema, size_t i,
					const char **kind);

/*
 * The whole as SQL that makes it again: deterministic, an object a
 * statement, sorted by kind and name as far as dependencies let them, so
 * that two branches' additions merge.
 *   out:  *sql, NUL-ended; caller frees with free()
 */
RETORT_API RETORT_MUST_CHECK int retort_schema_dump(const retort_schema *schema,
						    char **sql,
						    retort_error *err);

/*
 * Compare.
 *   in:   before, after: of one dialect; both must live as long as the diff
 *   out:  *diff; caller frees
 *   err:  EUSAGE (two dialects)
 *   note: what has another name is removed and added
 *   cost: O(objects log objects)
 */
RETORT_API RETORT_MUST_CHECK int retort_diff_make(retort_diff **diff,
						  const retort_schema *before,
						  const retort_schema *after,
						  retort_error *err);
RETORT_API void retort_diff_free(retort_diff *diff); /* NULL allowed */

/* What differs, by kind and name; what is about a table's parts stands at
 * the table's place, behind what is about itself. */
RETORT_API size_t retort_diff_count(const retort_diff *diff);
RETORT_API const retort_diff_entry *retort_diff_at(const retort_diff *diff,
					       size_t i);

/* Whether they differ in anything but the order of columns. */
RETORT_API bool retort_diff_is_empty(const retort_diff *diff);

/*
 * Both dumps as one unified diff.
 *   in:   before_name, after_name, for its first lines; context, how many
 *         unchanged lines stand around a change
 *   out:  *text, "" where they are equal; caller frees with free()
 *   err:  EUNSUPPORTED (no libgit2, which compares)
 */
RETORT_API RETORT_MUST_CHECK int
retort_diff_unified(const retort_diff *diff, const char *before_name,
		    const char *after_name, size_t context, char **text,
		    retort_error *err);

/*
 * The statements that turn `before` into `after`, each ended with ";\n".
 *   out:  *sql; caller frees with free()
 *   err:  EUNSUPPORTED: names the object that no statement can change so
 */
RETORT_API RETORT_MUST_CHECK int retort_diff_sql(const retort_diff *diff,
						 char **sql,
						 retort_error *err);

RETORT_END_DECLS
#endif
