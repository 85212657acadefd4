/* SPDX-License-Identifier: MIT */
/*
 * Carries a request out and tells what happens: a line per step on standard
 * error as it commits, a progress line on a terminal, a summary (or JSON) on
 * standard output.
 */
#ifndef RT_CLI_RUNNER_H
#define RT_CLI_RUNNER_H

#include <retort/apply.h>

#include "cli/cli.h"

/* out: an exit status; negative on an error */
RETORT_MUST_CHECK int rt_runner_run(rt_cli *cli,
				    const retort_plan_request *request,
				    retort_error *err);

/* The options of a run that the command line gives. */
void rt_runner_options(const rt_cli *cli, retort_apply_options *options);

/*
 * The same for a run that has begun; without JSON.
 *   in:   word, "switched"
 */
RETORT_MUST_CHECK int rt_runner_follow(rt_cli *cli, retort_apply *run,
				       const char *word, retort_error *err);

/* "already at f8ff2ab1fdfa; nothing to do". */
void rt_runner_say_idle(rt_cli *cli, const retort_names *rows);

#endif
