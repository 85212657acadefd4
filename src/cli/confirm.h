/* SPDX-License-Identifier: MIT */
/*
 * Questions before something that cannot be undone.
 *
 *   - an environment with `protected = true` wants its name typed, on a
 *     terminal; without one it wants --yes;
 *   - else what destroys data asks y/N on a terminal, and never without one:
 *     scripts must not hang.
 */
#ifndef RT_CLI_CONFIRM_H
#define RT_CLI_CONFIRM_H

#include "cli/cli.h"

/*
 * Ask where asking is due.  Say before what is going to happen.
 *   in:   destroys, whether data or version rows are lost
 *   err:  EREFUSED (protected, no terminal, no --yes), ECANCELLED (no)
 */
RETORT_MUST_CHECK int rt_confirm(rt_cli *cli, bool destroys,
				 retort_error *err);

/* A question about what the command is to take for granted: the answer of
 * the terminal or of --yes; no where nobody can be asked. */
bool rt_confirm_ask(rt_cli *cli, const char *question);

/* Whether rt_confirm would ask or refuse. */
bool rt_confirm_is_due(const rt_cli *cli, bool destroys);

#endif
