/* SPDX-License-Identifier: MIT */
/*
 * Reading schemas, for callers that have a database or a scratch database
 * open already; see retort_schema_read().
 */
#ifndef RT_ENGINE_PROJECT_SCHEMA_H
#define RT_ENGINE_PROJECT_SCHEMA_H

#include <retort/database.h>
#include <retort/schema.h>

#include "engine/scratch/scratch.h"

/* What the database holds; caller frees with retort_schema_free(). */
RETORT_MUST_CHECK int rt_schema_of_database(retort_database *db,
					    retort_schema **schema,
					    retort_error *err);

/*
 * The revisions that a symbol stands for, with all their ancestors.
 *   out:  (*wanted)[index] for each revision; caller frees, also on error
 *   err:  as retort_graph_resolve; for "current" as retort_database_open
 */
RETORT_MUST_CHECK int rt_schema_wanted(retort_project *project,
				       const char *symbol, bool **wanted,
				       retort_error *err);

#endif
