/* SPDX-License-Identifier: MIT */
/*
 * Writing revision files: what revision and merge have in common.
 */
#ifndef RT_CLI_NEWREV_H
#define RT_CLI_NEWREV_H

#include <retort/create.h>

#include "cli/cli.h"

/*
 * Create the file and print its path, or JSON.
 *   out:  *path; caller frees with free()
 *   err:  as retort_revision_create; the path is printed when it was written
 */
RETORT_MUST_CHECK int rt_newrev(rt_cli *cli, retort_create_options *options,
				char **path, retort_error *err);

#endif
