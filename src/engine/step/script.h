/* SPDX-License-Identifier: MIT */
/*
 * Scripts: the statements of one section.
 */
#ifndef RT_ENGINE_STEP_SCRIPT_H
#define RT_ENGINE_STEP_SCRIPT_H

#include <retort/project.h>

#include "base/sv.h"

/*
 * A script from text that stands in no file (the journal's).
 *   in:   text, SQL without markers; transaction, false for
 *         transaction:false
 *   out:  *out, with positions in text; caller frees
 *   err:  EPARSE, as rt_native_statements, without FILE
 */
RETORT_MUST_CHECK int rt_script_from_text(retort_script **out, rt_sv text,
					  bool transaction,
					  retort_dialect dialect,
					  retort_error *err);

/*
 * As retort_project_script, from the file's text: whoever wants both
 * directions, or more of the file, reads it once.
 *   in:   project, whose graph has the revision; NULL for one from elsewhere,
 *         before which nothing is known to have run
 *         op, UPGRADE or DOWNGRADE; text is copied
 */
RETORT_MUST_CHECK int rt_script_from_file(retort_script **out,
					  retort_project *project,
					  const retort_revision *revision,
					  retort_op op, rt_sv text,
					  retort_dialect dialect,
					  retort_error *err);

/* Whether it is what alembic would run (setting alembic_command) of a
 * revision that only Python understands. */
bool rt_script_is_foreign(const retort_script *script);

/* About how many bytes of memory a script takes; NULL takes none. */
size_t rt_script_weight(const retort_script *script);

#endif
