/* SPDX-License-Identifier: MIT */
/*
 * The setting alembic_command: the project's own alembic, for revisions that
 * only Python understands.
 */
#ifndef RT_ENGINE_STEP_FOREIGN_H
#define RT_ENGINE_STEP_FOREIGN_H

#include <retort/plan.h>

#include "base/str.h"
#include "engine/project/project.h"

/* Whether it is set, and speaks of the database that is meant: its env.py
 * knows the one of the URL only. */
bool rt_foreign_is_set(retort_project *project);

/*
 * What it would run, by its --sql.
 *   out:  *sql, appended: the revision's statements without those around
 *         them; *transaction, false where some stand outside of one
 *   err:  EHOOK with what it said; EREFUSED: a merge has no range
 */
RETORT_MUST_CHECK int rt_foreign_preview(retort_project *project,
					 const retort_revision *revision,
					 retort_op op, retort_dialect dialect,
					 rt_str *sql, bool *transaction,
					 retort_error *err);

/*
 * Let it run one revision, and only that.
 *   in:   rows, of the version table now
 *   err:  EHOOK with what it said; EREFUSED: a downgrade that might take
 *         others with it
 */
RETORT_MUST_CHECK int rt_foreign_run(retort_project *project,
				     const retort_revision *revision,
				     retort_op op, const retort_names *rows,
				     retort_error *err);

#endif
