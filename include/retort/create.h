/* SPDX-License-Identifier: MIT */
/*
 * New files: a project, a revision, a merge revision.
 */
#ifndef RETORT_CREATE_H
#define RETORT_CREATE_H

#include <retort/project.h>

/* SQL for a new revision. */
typedef struct retort_section {
	retort_op op;     /* UPGRADE or DOWNGRADE */
	bool transaction; /* false: runs statement by statement, outside */
	const char *sql;  /* statements with their semicolons */
} retort_section;

typedef struct retort_create_options {
	unsigned version;       /* 1 */
	const char *message;    /* NULL = "empty message", empty slug; what
				   stands behind a blank line is the long
				   text */
	retort_names heads;     /* parents, any identifier; empty = "head",
				   of a merge "heads" */
	bool splice;            /* a parent need not be a head */
	retort_names labels;    /* branch labels */
	retort_names depends_on; /* ids, partial ids or labels */
	const char *rev_id;     /* NULL = 12 random hex digits */
	const char *directory;  /* --version-path; NULL = the parent's */
	bool merge;             /* `heads` are merged: two or more wanted */
	const retort_section *sections; /* in place of those of the template;
					   NULL = as the template has them */
	size_t n_sections;
	long long now;          /* seconds since 1970; 0 = the clock */
	/* Progress ("Generating …", hook output); one line a call; or NULL. */
	void (*say)(void *self, const char *line);
	void *self;
} retort_create_options;

#define RETORT_CREATE_OPTIONS_INIT                                            \
	{ 1, NULL, { NULL, 0 }, false, { NULL, 0 }, { NULL, 0 }, NULL, NULL,  \
	  false, NULL, 0, 0, NULL, NULL }

/* A file as it would be. */
typedef struct retort_preview {
	char *revision; /* its id */
	char *path;     /* absolute */
	char *text;     /* all of it */
} retort_preview;

#define RETORT_PREVIEW_INIT { NULL, NULL, NULL }

RETORT_BEGIN_DECLS

/* Free what it holds; ready for use again. */
RETORT_API void retort_preview_dispose(retort_preview *preview);

/*
 * What retort_revision_create would write, without writing.  Give its
 * rev_id (and a `now`) to retort_revision_create, and that writes the same.
 *   err:  as there, but for EHOOK: hooks do not run
 *   own:  caller disposes *out
 */
RETORT_API RETORT_MUST_CHECK int
retort_revision_preview(retort_project *project,
			const retort_create_options *options,
			retort_preview *out, retort_error *err);

/*
 * Write a new revision file: checked against the graph first, written to a
 * temporary file, renamed.  Then the post-write hooks run.
 *   out:  *path, absolute; caller frees with free().  The project forgets
 *         its graph (as retort_project_reload), for it is no longer whole
 *   err:  EUSAGE (id or label with forbidden characters, too long for the
 *         version table), EEXISTS (id, label or file is taken), EAMBIGUOUS
 *         (several heads), ETARGET (not a head, no splice), ENOTFOUND,
 *         EPARSE (the template), EIO, EHOOK (the file stays, *path is set)
 */
RETORT_API RETORT_MUST_CHECK int
retort_revision_create(retort_project *project,
		       const retort_create_options *options, char **path,
		       retort_error *err);

/*
 * Write a new project: a commented retort.ini, the folder for revisions with
 * a template, .gitattributes.  What is there already stays.
 *   in:   directory, of the revisions ("migrations"), beside retort.ini in
 *         `where` (NULL = "."); template, a name of retort_templates();
 *         say, one line per file written or skipped; may be NULL
 *   err:  EEXISTS (the directory is there and not empty), ENOTFOUND
 *         (template), EIO
 */
RETORT_API RETORT_MUST_CHECK int
retort_project_init(const char *where, const char *directory,
		    const char *template_name,
		    void (*say)(void *self, const char *line), void *self,
		    retort_error *err);

typedef struct retort_template {
	const char *name;    /* "generic" */
	const char *summary; /* one line */
} retort_template;

/* The project templates, sorted by name; static. */
RETORT_API const retort_template *retort_templates(size_t *n);

RETORT_END_DECLS
#endif
