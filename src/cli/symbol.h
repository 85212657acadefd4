/* SPDX-License-Identifier: MIT */
/*
 * Operands that name revisions, the word `current` included.
 */
#ifndef RT_CLI_SYMBOL_H
#define RT_CLI_SYMBOL_H

#include "cli/cli.h"

/*
 * What `show SYMBOL` shows; the database is asked only for `current`.
 *   out:  *list, to be disposed even after an error; *asked, whether *rows
 *         holds the version rows
 */
RETORT_MUST_CHECK int rt_symbol_resolve(rt_cli *cli, const char *symbol,
					retort_list *list, retort_names *rows,
					bool *asked, retort_error *err);

/* Whether an end of a range is the word `current`; range may be NULL. */
bool rt_symbol_range_is_current(const char *range);

#endif
