/* SPDX-License-Identifier: MIT */
/*
 * The Python modules of a project: what its revisions import of it, read from
 * the working tree.  A revision of another branch has none of them: they may
 * say something else there.
 */
#ifndef RT_ENGINE_STEP_MODULES_H
#define RT_ENGINE_STEP_MODULES_H

#include "engine/project/project.h"
#include "python/library.h"

/*
 * The library, made when first asked for; what has been read is kept until
 * the project is reloaded.
 *   out:  borrowed; NULL where the project file cannot say where to look
 */
rt_py_library *rt_modules_of(retort_project *project);
/* Whether a Python file below a folder has a word in it, `skip` and what is
 * installed there left out; yes, too, where that cannot be told.
 * cost: reads them all */
bool rt_modules_mention(const char *top, const char *skip, const char *word);

void rt_modules_free(rt_modules *modules); /* NULL allowed */

#endif
