/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/effects.h"

#include <stdlib.h>

#include "ui/effectstext.h"

void rt_effects_open(rt_cli *cli, retort_measure **measure)
{
	char *cache = rt_effectstext_cache(getenv("XDG_CACHE_HOME"),
					   getenv("HOME"));

	retort_measure_open(measure, cli->project, cache);
	free(cache);
}

int rt_effects_print(rt_cli *cli, retort_measure *measure,
		     const retort_revision *revision, retort_op op,
		     retort_error *err)
{
	retort_dialect dialect = retort_project_dialect(cli->project);
	retort_effects *effects = NULL;
	retort_script *script = NULL;
	int rc;

	rc = retort_project_script(cli->project, revision, op, dialect,
				   &script, err);
	if (rc == 0)
		rc = retort_measure_step(measure, revision, op, &effects, err);
	if (rc == 0)
		rt_effectstext(&cli->out, effects, script);
	retort_effects_free(effects);
	retort_script_free(script);
	return rc;
}
