/* SPDX-License-Identifier: MIT */
/*
 * Where branches touch the same thing, as far as the words of their SQL
 * tell: no database is asked and nothing is run.  What a function does, what
 * a query reads and what DO runs is not seen.
 */
#ifndef RETORT_OVERLAP_H
#define RETORT_OVERLAP_H

#include <retort/project.h>
#include <retort/sql.h>

/* The most serious first; X(NAME, "word", "what it means"). */
#define RETORT_OVERLAPS(X)                                                    \
	X(NAME, "name", "both make an object of this name")                   \
	X(DROP, "drop", "one drops what the other works with")                \
	X(COLUMN, "column", "both change this column")                        \
	X(DATA, "data", "one changes rows that the other changes too, or "    \
			"whose table it alters")                              \
	X(ORDER, "order", "the result may depend on who comes first")

typedef enum retort_overlap_kind {
#define RETORT_OVERLAP_ENUM_(name, word, text) RETORT_OVERLAP_##name,
	RETORT_OVERLAPS(RETORT_OVERLAP_ENUM_)
#undef RETORT_OVERLAP_ENUM_
} retort_overlap_kind;

/* A statement that touches an object. */
typedef struct retort_touch {
	const char *revision;
	uint64_t sides; /* bit i = head i has the revision */
	retort_sql_verb verb;
	const char *column; /* "" if none */
	const char *sql;    /* the statement, without semicolon */
} retort_touch;

typedef struct retort_overlap {
	retort_overlap_kind kind;
	const char *object; /* "table" */
	const char *name;   /* as in retort_sql_object */
	retort_touch a, b;  /* a is on a head before b's */
} retort_overlap;

typedef struct retort_overlaps retort_overlaps;

RETORT_BEGIN_DECLS

/*
 * Compare what each of some heads has of its own (retort_graph_divergence).
 *   in:   heads, ids
 *   out:  *overlaps, the most serious first, then by name; at most one for
 *         two revisions and an object, at most 1,000.  Caller frees
 *   err:  as retort_graph_divergence, retort_project_graph
 *   cost: reads the files that are not common to all heads
 */
RETORT_API RETORT_MUST_CHECK int
retort_overlaps_find(retort_project *project, const retort_names *heads,
		     retort_overlaps **overlaps, retort_error *err);
RETORT_API void retort_overlaps_free(retort_overlaps *overlaps);

RETORT_API size_t retort_overlaps_count(const retort_overlaps *overlaps);
RETORT_API const retort_overlap *
retort_overlaps_at(const retort_overlaps *overlaps, size_t i);

/* Revisions whose SQL could not be read, so nothing is known of them. */
RETORT_API retort_names
retort_overlaps_unread(const retort_overlaps *overlaps);

/* "name", and what it means; static. */
RETORT_API const char *retort_overlap_word(retort_overlap_kind kind);
RETORT_API const char *retort_overlap_text(retort_overlap_kind kind);

RETORT_END_DECLS
#endif
