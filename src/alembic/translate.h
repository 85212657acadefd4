/* SPDX-License-Identifier: MIT */
/*
 * A migration of Alembic as SQL: evaluates upgrade() or downgrade() of a file
 * without Python, and writes for every directive the statements that Alembic
 * 1.19 with SQLAlchemy 2.0 would send.
 *
 * What the statements need to know of the database (the table that SQLite's
 * batch mode rebuilds, the answer of an inspector) is asked of the caller,
 * who runs what came so far in a scratch database.
 */
#ifndef RT_ALEMBIC_TRANSLATE_H
#define RT_ALEMBIC_TRANSLATE_H

#include <retort/error.h>
#include <retort/schema.h>

#include "base/vec.h"
#include "python/eval.h"

typedef struct rt_alembic_statement {
	rt_sv sql;       /* no semicolon at the end, no white space around */
	bool autocommit; /* in an autocommit_block(): outside a transaction */
	int line, column; /* of the directive in the file */
} rt_alembic_statement;

typedef RT_VEC(rt_alembic_statement) rt_alembic_statements;

/* Why something is opaque. */
typedef enum rt_alembic_flag {
	RT_ALEMBIC_UNKNOWN,      /* cannot be known without running it */
	RT_ALEMBIC_NEEDS_SCHEMA, /* could be, with the schema at hand */
	RT_ALEMBIC_READS_ROWS    /* depends on what is in tables */
} rt_alembic_flag;

typedef struct rt_alembic_opaque {
	const char *reason;    /* "calls app.models.User.query" */
	const char *construct; /* the text, in one line */
	int line, column;
	rt_alembic_flag flag;
} rt_alembic_opaque;

typedef RT_VEC(rt_alembic_opaque) rt_alembic_opaques;

typedef struct rt_alembic_env {
	retort_dialect dialect; /* SQLITE or POSTGRESQL */
	bool upgrade;           /* else downgrade */
	bool offline;           /* what context.is_offline_mode() answers */
	const char *version_table_schema; /* or NULL */

	/*
	 * The schema as it is when these statements have been run, behind
	 * what came before the revision; NULL with *err unset = not at hand.
	 * Borrowed until the next call.  NULL = never at hand.
	 */
	const retort_schema *(*schema)(void *self,
				       const rt_alembic_statements *so_far,
				       retort_error *err);
	void *self;

	/* The project's modules; NULL: what the file imports of them is not
	 * known. */
	rt_py_library *library;
} rt_alembic_env;

typedef struct rt_alembic_result {
	rt_arena arena;
	rt_alembic_statements statements;
	rt_alembic_opaques opaques; /* none: the statements are the whole */
	bool needs_schema;  /* some opaque one has that flag */
	bool assumed;       /* checkfirst and its like were answered as
			       Alembic does offline, for lack of a schema */
	bool has_function;  /* upgrade() or downgrade() is there */
} rt_alembic_result;

#define RT_ALEMBIC_RESULT_INIT                                                \
	{ RT_ARENA_INIT, RT_VEC_INIT, RT_VEC_INIT, false, false, false }

/*
 * Translate one direction of a file.
 *   in:   src and module as rt_py_parse() took and gave them
 *   out:  *out, from RT_ALEMBIC_RESULT_INIT; free it in any case
 *   err:  only what env->schema said
 *   cost: O(bytes) plus what the file loops; steps are capped
 */
RETORT_MUST_CHECK int rt_alembic_translate(const rt_py_source *src,
					   const rt_py_module *module,
					   const rt_alembic_env *env,
					   rt_alembic_result *out,
					   retort_error *err);
void rt_alembic_result_free(rt_alembic_result *out);

#endif
