/* SPDX-License-Identifier: MIT */
/*
 * Which revisions `lint` looks at.
 */
#ifndef RT_CLI_LINTREVS_H
#define RT_CLI_LINTREVS_H

#include "cli/cli.h"

/*
 * Choose them: the operands; with --onto those that the target has not; with
 * --all all; else those that are pending, where a database answers; else, in
 * a git repository, as --onto the default target; else all.
 *   out:  *list, each behind its parents; caller disposes, after an error
 *         too.  *what, such as "pending"; static
 */
RETORT_MUST_CHECK int rt_lintrevs(rt_cli *cli, retort_list *list,
				  const char **what, retort_error *err);

#endif
