/* SPDX-License-Identifier: MIT */
/*
 * What merging two branches would do to the migrations, from their trees
 * alone: git merges files, and does not know that two revisions of one
 * parent fork the history, or that one drops what the other alters.
 *
 * "Ours" is the side that is to be merged (a branch, or the working files),
 * "theirs" is the target.
 */
#ifndef RETORT_CONFLICTS_H
#define RETORT_CONFLICTS_H

#include <retort/branches.h>
#include <retort/database.h>

/*
 * What can be found, in the order of the report.
 * X(NAME, "stable id", "what it means")
 */
#define RETORT_CONFLICTS(X)                                                   \
	X(STALE, "stale",                                                     \
	  "The target has moved: what was compared is not what would be "     \
	  "merged.")                                                          \
	X(HEADS, "heads",                                                     \
	  "The merge has more heads than the target: `upgrade head` would "   \
	  "refuse.")                                                          \
	X(ID_COLLISION, "id-collision",                                       \
	  "One id stands for two revisions, or in two files.")                \
	X(MISSING_PARENT, "missing-parent",                                   \
	  "A revision builds on one that the merge does not have.")           \
	X(CYCLE, "cycle", "Revisions would come before themselves.")          \
	X(LABEL_COLLISION, "label-collision",                                 \
	  "A branch label is used twice, or is a revision's id.")             \
	X(EDITED, "edited",                                                   \
	  "A revision that both sides have, or that the database has run, "   \
	  "differs.")                                                         \
	X(DELETED, "deleted",                                                 \
	  "The merge loses a revision that the other side has, or that is "   \
	  "applied in the database.")                                         \
	X(OBJECT, "object",                                                   \
	  "Both sides change the same table, column or other object, or one " \
	  "drops or renames what the other uses.")                            \
	X(ORDER, "order",                                                     \
	  "Run in a scratch database, the order of the branches decides "     \
	  "what the schema is, or whether a revision fails.")                 \
	X(DATA, "data",                                                       \
	  "One side changes rows that the other reads or changes, so that "   \
	  "the result depends on which comes first.")                         \
	X(TEXT, "text",                                                       \
	  "Git cannot merge a revision file by itself; both versions were "   \
	  "looked at.")

typedef enum retort_conflict_id {
#define RETORT_CONFLICT_ENUM_(name, word, text) RETORT_CONFLICT_##name,
	RETORT_CONFLICTS(RETORT_CONFLICT_ENUM_)
#undef RETORT_CONFLICT_ENUM_
	RETORT_CONFLICT_COUNT
} retort_conflict_id;

/* Which side has a file. */
enum { RETORT_OURS = 1, RETORT_THEIRS = 2 };

/* A file that a conflict is about. */
typedef struct retort_conflict_file {
	unsigned sides;       /* RETORT_OURS, RETORT_THEIRS or both; 0 = the
				 merge base's */
	const char *path;     /* from the root of the repository */
	int line;             /* of the statement; 0 = the file as such */
	const char *revision; /* its id */
} retort_conflict_file;

typedef struct retort_conflict {
	retort_conflict_id id;
	bool note;           /* worth knowing, but no conflict */
	const char *object;  /* "table users", "column users.email"; "" */
	const char *message; /* one sentence, no full stop */
	const char *next;    /* what to do; "" where nothing is to be done */
	const char *detail;  /* lines: how the schemas of two orders differ;
				"" mostly */
	const retort_conflict_file *files;
	size_t n_files;
} retort_conflict;

/* One of the two that were compared. */
typedef struct retort_compared {
	const char *name;     /* "feature/x"; the branch's for working files,
				 "HEAD" where none is checked out; for an
				 expression the branch that stands there, or
				 `1a2b3c4 "its subject"` */
	const char *commit;   /* in hex; of working files HEAD's */
	bool working;         /* the working files count */
	retort_names changed; /* those that differ from the commit */
	size_t revisions;     /* how many it has */
	retort_names own;     /* ids that only this side has, sorted */
	retort_names heads;   /* ids, sorted */
} retort_compared;

typedef struct retort_conflicts_options {
	unsigned version;    /* 1 */
	const char *ref;     /* ours; NULL = the working files */
	const char *onto;    /* theirs; NULL = retort_branches_target */
	bool committed;      /* HEAD instead of the working files */
	const char *expect;  /* commit that `onto` should be at; NULL = any */
	bool prove;          /* run the orders in a scratch database; where
				there can be none, it is one of the limits */
	retort_database *db; /* whose journal is compared; NULL = none */
} retort_conflicts_options;

#define RETORT_CONFLICTS_OPTIONS_INIT                                         \
	{ 1, NULL, NULL, false, NULL, false, NULL }

typedef struct retort_conflicts retort_conflicts;

RETORT_BEGIN_DECLS

/*
 * Compare two sides.
 *   out:  *out; caller frees, before b
 *   err:  as retort_branches_target; ENOTFOUND (a ref), EUSAGE (a ref that
 *         looks like an option; no `ref` in a bare repository), EIO (an
 *         object is missing: never an empty report), EPARSE (a revision file
 *         of a side: REF:path, line), EUNSUPPORTED
 *   cost: reads each content of both sides once, the bodies of what only one
 *         side has; O(files of the repository) where both sides have moved.
 *         To prove: runs the revisions in common once, the others three times
 */
RETORT_API RETORT_MUST_CHECK int
retort_conflicts_find(retort_branches *b,
		      const retort_conflicts_options *options,
		      retort_conflicts **out, retort_error *err);
RETORT_API void retort_conflicts_free(retort_conflicts *c); /* NULL allowed */

/* The findings: by id as in the table, then by object and file. */
RETORT_API size_t retort_conflicts_count(const retort_conflicts *c);
RETORT_API const retort_conflict *
retort_conflicts_at(const retort_conflicts *c, size_t i);

/* How many of them are no notes. */
RETORT_API size_t retort_conflicts_serious(const retort_conflicts *c);

/* What was compared: which = RETORT_OURS or RETORT_THEIRS. */
RETORT_API const retort_compared *
retort_conflicts_side(const retort_conflicts *c, unsigned which);

/* The merge bases, in hex, sorted; none where there is nothing in common. */
RETORT_API retort_names retort_conflicts_bases(const retort_conflicts *c);

/* The heads of the merge, sorted. */
RETORT_API retort_names retort_conflicts_heads(const retort_conflicts *c);

/* What could not be looked at, a sentence each: a base that a shallow clone
 * lacks, a folder that a side does not have, SQL that says nothing. */
RETORT_API retort_names retort_conflicts_limits(const retort_conflicts *c);

/* "heads", and what it means; static. */
RETORT_API const char *retort_conflict_word(retort_conflict_id id);
RETORT_API const char *retort_conflict_text(retort_conflict_id id);

RETORT_END_DECLS
#endif
