/* SPDX-License-Identifier: MIT */
/* `retort conflicts --all`: every branch with every other. */
#ifndef RT_CLI_CONFLICTS_ALL_H
#define RT_CLI_CONFLICTS_ALL_H

#include <retort/conflicts.h>

#include "cli/cli.h"

/* Compare and print; returns an exit status, negative on an error. */
RETORT_MUST_CHECK int rt_conflicts_all(rt_cli *cli, retort_branches *b,
				       bool json, retort_error *err);

#endif
