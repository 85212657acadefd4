/* SPDX-License-Identifier: MIT */
/*
 * What a revision finds: the schema where one of its directions begins, for
 * Alembic's files, whose SQL depends on it (SQLite's batch mode, an
 * inspector, an enum that is there already).
 *
 * It is made by running the revisions before it in a scratch database, which
 * the project keeps: revisions that are asked about in the order of a plan
 * run once each, up or down.
 */
#ifndef RT_ENGINE_SCRATCH_SHADOW_H
#define RT_ENGINE_SCRATCH_SHADOW_H

#include "alembic/translate.h"
#include "engine/project/project.h"
#include "schema/model.h"

/* Who asks; its address is the `self` of the environment. */
typedef struct rt_shadow_ask {
	retort_project *project;
	const retort_revision *revision;
	retort_op op;
	retort_schema *schema; /* of the last answer */
} rt_shadow_ask;

/*
 * The environment in which a revision is translated.
 *   in:   ask, lives as long as *env; dialect, ANY = PostgreSQL
 *   own:  caller ends with rt_shadow_end(ask)
 *   cost: nothing, until the schema is asked for
 */
RETORT_MUST_CHECK int rt_shadow_begin(rt_shadow_ask *ask,
				      retort_project *project,
				      const retort_revision *revision,
				      retort_op op, retort_dialect dialect,
				      rt_alembic_env *env, retort_error *err);
void rt_shadow_end(rt_shadow_ask *ask);

/* Why the last schema that was asked for is not at hand; NULL = it was. */
const char *rt_shadow_why(const retort_project *project);

void rt_shadow_free(rt_shadow *shadow); /* NULL allowed */

#endif
