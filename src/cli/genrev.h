/* SPDX-License-Identifier: MIT */
/*
 * `revision --autogenerate`: a new revision with the SQL that leads to the
 * wanted schema.
 */
#ifndef RT_CLI_GENREV_H
#define RT_CLI_GENREV_H

#include <retort/create.h>

#include "cli/cli.h"

/*
 * Make the SQL, say what it changes, write the revision (two where some of
 * it runs outside a transaction).
 *   out:  *path, of the last file; NULL where there is nothing to do, which
 *         is said; caller frees
 *   err:  as retort_generate and retort_revision_create
 */
RETORT_MUST_CHECK int rt_genrev(rt_cli *cli, retort_create_options *options,
				bool online, char **path, retort_error *err);

#endif
