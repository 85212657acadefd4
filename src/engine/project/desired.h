/* SPDX-License-Identifier: MIT */
/*
 * The schema as it should be: SQL text from a file or from a program.
 */
#ifndef RT_ENGINE_PROJECT_DESIRED_H
#define RT_ENGINE_PROJECT_DESIRED_H

#include <retort/project.h>

#include "base/str.h"

typedef struct rt_desired {
	const char *name; /* for errors: the file's path, or the program;
			     lives as long as the project */
	rt_str sql;
} rt_desired;

/*
 * Read `schema`, or run `schema_command` in the folder of the project file.
 *   own:  caller frees out->sql
 *   err:  ECONFIG (neither is set, or both), EIO (file), EHOOK (the program
 *         could not be run or failed)
 */
RETORT_MUST_CHECK int rt_desired_read(rt_desired *out, retort_project *project,
				      retort_error *err);

#endif
