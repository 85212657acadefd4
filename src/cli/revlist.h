/* SPDX-License-Identifier: MIT */
/*
 * Printing lists of revisions: what heads, bases, current, history and show
 * have in common.
 */
#ifndef RT_CLI_REVLIST_H
#define RT_CLI_REVLIST_H

#include "cli/cli.h"

/*
 * Print a list: lines, blocks with --verbose, or JSON.
 *   in:   parts, of the one-line form (ui/revtext.h)
 *         rows, the version rows; those revisions are marked "(current)" and
 *         is_current in JSON; NULL where no database was asked
 */
void rt_revlist_print(rt_cli *cli, const retort_list *list, unsigned parts,
		      const retort_names *rows);

#endif
