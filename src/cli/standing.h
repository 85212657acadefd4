/* SPDX-License-Identifier: MIT */
/*
 * Where the database stands: what `status` tells.
 */
#ifndef RT_CLI_STANDING_H
#define RT_CLI_STANDING_H

#include "cli/cli.h"

typedef struct rt_problem {
	const char *kind; /* "heads", "database", or as verify's findings */
	char *text;       /* one sentence */
} rt_problem;

typedef struct rt_standing {
	bool asked; /* the database answered; else the next four are empty */
	retort_names rows;
	rt_arg_list known, unknown; /* of the rows */
	retort_list current;        /* what the known rows imply */
	retort_list pending;        /* not applied, in order of an upgrade */
	retort_list heads;
	RT_VEC(rt_problem) problems;
} rt_standing;

#define RT_STANDING_INIT { .asked = false }

/*
 * Find out.  A database that cannot be asked is a problem of the standing,
 * not an error.
 *   err:  of the project and its files
 */
RETORT_MUST_CHECK int rt_standing_ask(rt_cli *cli, rt_standing *s,
				      retort_error *err);
void rt_standing_free(rt_standing *s);

#endif
