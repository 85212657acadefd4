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

#include <retort/plan.h>

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

/*
 * While a plan is translated, step by step: a revision finds what has run
 * before it, on other branches too.  SQLite's table that is made anew would
 * lose their columns otherwise.
 *
 *     rt_stand_begin(&stand, project, plan);
 *     for each step: translate it; rt_stand_step(&stand, step);
 *     rt_stand_end(&stand);
 */
typedef struct rt_stand {
	retort_project *project;
	const retort_graph *graph; /* the project's */
	bool *applied;             /* NULL: nobody is going to ask */
} rt_stand;

void rt_stand_begin(rt_stand *stand, retort_project *project,
		    const retort_plan *plan);
void rt_stand_step(rt_stand *stand, const retort_step *step);
void rt_stand_end(rt_stand *stand);

void rt_shadow_free(rt_shadow *shadow); /* NULL allowed */

#endif
