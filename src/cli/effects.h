/* SPDX-License-Identifier: MIT */
/*
 * What steps do, for `show --effects` and `--dry-run --effects`.
 */
#ifndef RT_CLI_EFFECTS_H
#define RT_CLI_EFFECTS_H

#include <retort/effects.h>

#include "cli/cli.h"

/* Get ready; caller closes with retort_measure_close(). */
void rt_effects_open(rt_cli *cli, retort_measure **measure);

/* Measure a step and print what it does. */
RETORT_MUST_CHECK int rt_effects_print(rt_cli *cli, retort_measure *measure,
				       const retort_revision *revision,
				       retort_op op, retort_error *err);

#endif
