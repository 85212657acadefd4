/* SPDX-License-Identifier: MIT */
/*
 * Write a revision's SQL from what the schema should be.
 *
 * Two scratch databases are made: one of the revisions up to the new one's
 * parents, one of `schema` or `schema_command`.  The statements are what
 * turns the first into the second, and back.  They are proved before anybody
 * sees them: run upwards they must give the wanted schema, run downwards
 * the old one.
 */
#ifndef RETORT_GENERATE_H
#define RETORT_GENERATE_H

#include <retort/create.h>
#include <retort/schema.h>

/* Something that has another name now. */
typedef struct retort_rename {
	retort_kind kind;  /* TABLE or COLUMN */
	const char *table; /* of a column, its name now; "" for a table */
	const char *from, *to;
} retort_rename;

typedef struct retort_generate_options {
	unsigned version;   /* 1 */
	retort_names heads; /* parents of the new revision; empty = "head" */
	bool online;        /* PostgreSQL: the way that locks least */
	/*
	 * Asked whether two things that look alike are one under another
	 * name; nothing is renamed without a yes.  NULL = no.  What the
	 * schema file says (-- retort:renamed from=…) is not asked.
	 */
	bool (*is_rename)(void *self, const retort_rename *rename);
	void *self;
} retort_generate_options;

#define RETORT_GENERATE_OPTIONS_INIT { 1, { NULL, 0 }, false, NULL, NULL }

typedef struct retort_generated retort_generated;

RETORT_BEGIN_DECLS

/*
 * Make the statements, and prove them.
 *   out:  *out; caller frees.  Nothing is written
 *   err:  as retort_schema_read; EAMBIGUOUS (several heads); EUNSUPPORTED
 *         (what no statement can do, named); EREFUSED (the proof failed:
 *         what differs is in the message)
 *   cost: runs all revisions up to the parents
 */
RETORT_API RETORT_MUST_CHECK int
retort_generate(retort_project *project,
		const retort_generate_options *options, retort_generated **out,
		retort_error *err);
RETORT_API void retort_generated_free(retort_generated *generated);

/* What the new revision changes; empty when there is nothing to do. */
RETORT_API const retort_diff *
retort_generated_diff(const retort_generated *generated);

/* The renames in it. */
RETORT_API const retort_rename *
retort_generated_renames(const retort_generated *generated, size_t *n);

/*
 * The revisions to write, mostly one: statements that run outside a
 * transaction stand in a second one, on top of the first.
 *   out:  its sections for retort_create_options, n of them; the i-th
 *         revision; NULL behind the last
 */
RETORT_API const retort_section *
retort_generated_sections(const retort_generated *generated, size_t i,
			  size_t *n);

RETORT_END_DECLS
#endif
