/* SPDX-License-Identifier: MIT */
/*
 * A project of Alembic as a project of SQL: a revision file in SQL for every
 * revision in Python, with the same id, parents and labels, so that version
 * rows stay valid.
 *
 * What a revision runs is what retort would run of it: the SQL for a dialect,
 * at the schema that the revision finds.  Where both dialects run the same,
 * they share a section.  What only Python understands becomes a section that
 * is refused, with its reason and its Python in comments.
 *
 * Then both projects run in scratch databases, up to the heads and down to
 * the base, and must give the same schema and rows.
 */
#ifndef RETORT_CONVERT_H
#define RETORT_CONVERT_H

#include <retort/project.h>

typedef struct retort_convert_options {
	unsigned version;      /* 1 */
	const char *directory; /* to be written: not there yet, or empty */
	bool sqlite, postgresql; /* for which; neither = the URL's */
	bool dry_run;          /* all but leaving the files there */
	const char *temporary; /* folder for the files of a dry run, which
				  are removed again; NULL = "/tmp" */
	/* What goes on: "translating for sqlite", and how far; or NULL. */
	void (*progress)(void *self, const char *what, size_t done,
			 size_t total);
	void *self;
} retort_convert_options;

#define RETORT_CONVERT_OPTIONS_INIT                                           \
	{ 1, NULL, false, false, false, NULL, NULL, NULL }

/* What became of one direction of a revision in a dialect. */
typedef enum retort_convert_kind {
	RETORT_CONVERT_SQL,
	RETORT_CONVERT_FOREIGN,      /* SQL that alembic_command --sql gave */
	RETORT_CONVERT_IRREVERSIBLE, /* downgrade() raises, or is not there:
					no migrate:down */
	RETORT_CONVERT_OPAQUE        /* only Python understands it: a section
					that is refused */
} retort_convert_kind;

/* One that is no plain SQL. */
typedef struct retort_convert_remark {
	const char *revision;
	retort_op op;
	retort_dialect dialect;
	retort_convert_kind kind;
	const char *path; /* of the Python file, absolute; line and column in
			     it, 0 = not known */
	int line, column;
	const char *reason; /* one line: the reason, and the construct */
} retort_convert_remark;

typedef struct retort_convert_file {
	const char *revision;
	const char *from; /* the Python file, absolute */
	const char *path; /* what was written, absolute */
} retort_convert_file;

typedef enum retort_convert_outcome {
	RETORT_CONVERT_PROVED,  /* all that can run ran, with the same end */
	RETORT_CONVERT_PARTLY,  /* so did this much; the rest cannot run */
	RETORT_CONVERT_DIFFERS, /* they part ways */
	RETORT_CONVERT_UNPROVED /* nothing ran */
} retort_convert_outcome;

typedef struct retort_convert_proof {
	retort_dialect dialect;
	retort_convert_outcome outcome;
	size_t up, down;      /* how many revisions ran so */
	const char *revision; /* DIFFERS: the first; else NULL */
	retort_names notes;   /* what differs; what could not run, and why */
} retort_convert_proof;

typedef struct retort_convert retort_convert;

RETORT_BEGIN_DECLS

/* "sql", "foreign", "irreversible", "opaque"; "proved", "partly", "differs",
 * "unproved"; static. */
RETORT_API const char *retort_convert_kind_name(retort_convert_kind kind);
RETORT_API const char *
retort_convert_outcome_name(retort_convert_outcome outcome);

/*
 * Convert.
 *   in:   project, of Alembic; options
 *   out:  *out, what was done; caller frees, before project
 *   err:  EUSAGE (the revisions are SQL already; no dialect asked for and
 *         none known), EPARSE (a file cannot be read: all or nothing),
 *         EEXISTS (the directory is there and not empty), EIO; nothing is
 *         left behind then
 *   note: the files are complete before the proof begins, and stay whatever
 *         it says
 *   cost: runs all revisions, about four times for each dialect
 */
RETORT_API RETORT_MUST_CHECK int
retort_convert_run(retort_convert **out, retort_project *project,
		   const retort_convert_options *options, retort_error *err);
RETORT_API void retort_convert_free(retort_convert *convert); /* NULL
								  allowed */

/* The new project file, absolute. */
RETORT_API const char *retort_convert_config(const retort_convert *convert);

/* The files, in load order. */
RETORT_API size_t retort_convert_count(const retort_convert *convert);
RETORT_API const retort_convert_file *
retort_convert_at(const retort_convert *convert, size_t i);

/* What is no plain SQL, in load order; NULL behind the last. */
RETORT_API const retort_convert_remark *
retort_convert_remark_at(const retort_convert *convert, size_t i);

/* One a dialect; NULL behind the last. */
RETORT_API const retort_convert_proof *
retort_convert_proof_at(const retort_convert *convert, size_t i);

/* What was not carried over, and why; NULL behind the last. */
RETORT_API const char *retort_convert_note_at(const retort_convert *convert,
					      size_t i);

/* Whether nothing is opaque and all is proved. */
RETORT_API bool retort_convert_is_whole(const retort_convert *convert);

RETORT_END_DECLS
#endif
