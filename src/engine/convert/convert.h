/* SPDX-License-Identifier: MIT */
/*
 * What the files of `convert` share.
 */
#ifndef RT_ENGINE_CONVERT_CONVERT_H
#define RT_ENGINE_CONVERT_CONVERT_H

#include <retort/convert.h>
#include <retort/plan.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "engine/project/project.h"

/* The folder of the revisions, in the new project. */
#define RT_CONVERT_LOCATION "migrations"

enum { RT_CONVERT_DIALECTS = 2 };

/* One direction of a revision in a dialect. */
typedef struct rt_convert_body {
	retort_convert_kind kind;
	retort_script *script; /* of SQL and FOREIGN; else NULL */
	const char *reason;    /* of all but SQL */
	const char *path;      /* with it, as of a remark */
	int line, column;
} rt_convert_body;

typedef struct rt_convert_revision {
	const retort_revision *from;
	const char *name; /* of its file, from the new project's folder */
	/* by dialect, as in `dialects` below; up, then down */
	rt_convert_body bodies[RT_CONVERT_DIALECTS][2];
} rt_convert_revision;

struct retort_convert {
	rt_arena arena;
	retort_project *project;
	const retort_graph *graph;
	const retort_convert_options *options;
	retort_error *err;
	retort_dialect dialects[RT_CONVERT_DIALECTS];
	size_t n_dialects;
	retort_plan *plans[2]; /* from the base to the heads, and back */
	rt_convert_revision *revisions; /* by index */
	size_t n;
	retort_names locations; /* folders, from the new project's */
	const char *directory;  /* where the new project will be */
	const char *root;       /* where it is written, or has been */
	RT_VEC(char *) made;    /* files and folders, in order; "/" behind
				   folders */
	const char *config;     /* text behind is public */
	retort_convert_file *files;
	RT_VEC(retort_convert_remark) remarks;
	RT_VEC(const char *) notes;
	retort_convert_proof proofs[RT_CONVERT_DIALECTS];
	size_t n_proofs;
};

/* 0 for up, 1 for down. */
#define RT_CONVERT_WAY(op) ((op) == RETORT_OP_UPGRADE ? 0 : 1)

/* Tell the caller how far it is. */
void rt_convert_progress(const retort_convert *c, const char *what,
			 size_t done, size_t total);

/*
 * bodies.c: what the revisions run in a dialect, in the order in which they
 * would.
 *   err:  EIO; what cannot be translated is none
 */
RETORT_MUST_CHECK int rt_convert_bodies(retort_convert *c, size_t dialect);

/* A body that cannot be SQL after all. */
void rt_convert_refuse(retort_convert *c, rt_convert_body *body,
		       const retort_revision *rev, const char *reason);

/*
 * text.c: the text of a revision file.  What would not be read back as it
 * is becomes opaque.
 *   err:  EPARSE, EIO: no file can say so
 */
RETORT_MUST_CHECK int rt_convert_text(retort_convert *c,
				      rt_convert_revision *r, rt_str *out);

/* text_opaque.c: the section of an opaque body, behind its marker: the
 * reason, and the Python. */
RETORT_MUST_CHECK int rt_convert_opaque(retort_convert *c,
					const rt_convert_revision *r,
					const rt_convert_body *body,
					retort_op op, rt_str *out);

/* names.c: where each file goes. */
RETORT_MUST_CHECK int rt_convert_names(retort_convert *c);

/* settings.c: the text of the new retort.ini. */
RETORT_MUST_CHECK int rt_convert_settings(retort_convert *c, rt_str *out);

/* write.c: see that the directory can be written; write all beside it;
 * put it in its place; take away what is not in its place. */
RETORT_MUST_CHECK int rt_convert_begin(retort_convert *c);
RETORT_MUST_CHECK int rt_convert_write(retort_convert *c);
RETORT_MUST_CHECK int rt_convert_place(retort_convert *c);
void rt_convert_remove(retort_convert *c);

/*
 * proof.c: run both projects in a dialect.
 *   in:   made, the new project as it was written
 *   out:  *proof; what hinders it is its outcome, no error
 */
void rt_convert_prove(retort_convert *c, size_t dialect,
		      retort_project *made, retort_convert_proof *proof);

#endif
