/* SPDX-License-Identifier: MIT */
/* A plan tried where it can do no harm. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <retort/apply.h>

#include "base/err.h"
#include "engine/project/schema.h"
#include "engine/scratch/shadow.h"
#include "engine/step/body.h"

/* The schema of the real database, made again in the scratch one. */
static int copy_schema(rt_scratch *scratch, retort_database *db,
		       retort_error *err)
{
	retort_schema *schema = NULL;
	char *sql = NULL;
	int rc;

	rc = rt_schema_of_database(db, &schema, err);
	if (rc == 0)
		rc = retort_schema_dump(schema, &sql, err);
	if (rc == 0) {
		rc = rt_scratch_run_text(scratch, "the schema of the database",
					 rt_sv_from(sql), true, err);
		if (rc)
			rt_err_prefix(err, "the schema cannot be made again");
	}
	free(sql);
	retort_schema_free(schema);
	return rc;
}

static int try_step(rt_scratch *scratch, retort_project *project,
		    retort_database *db, const retort_step *step,
		    retort_error *err)
{
	rt_body body;
	int rc;

	if (step->op == RETORT_OP_STAMP)
		return 0;
	memset(&body, 0, sizeof(body));
	rc = rt_body_load(&body, project, NULL, db, step,
			  rt_conn_dialect(db->conn), false, err);
	if (rc == 0)
		rc = rt_scratch_run(scratch, body.path, body.script, err);
	if (rc) {
		rt_err_field(err, RETORT_ERROR_REVISION, "%s", step->revision);
		rt_err_prefix(err, "tried in a scratch database");
		rt_err_field(err, RETORT_ERROR_STATE,
			     "nothing was done to the database itself");
	}
	rt_body_dispose(&body);
	return rc;
}

int retort_preflight(retort_project *project, retort_database *db,
		     const retort_plan *plan, retort_error *err)
{
	rt_scratch *scratch = NULL;
	rt_stand stand;
	size_t i;
	int rc;

	rc = rt_scratch_open(&scratch, project, err);
	if (rc == 0)
		rc = copy_schema(scratch, db, err);
	rt_stand_begin(&stand, project, plan);
	for (i = 0; i < retort_plan_count(plan) && rc == 0; i++) {
		rc = try_step(scratch, project, db, retort_plan_step(plan, i),
			      err);
		rt_stand_step(&stand, retort_plan_step(plan, i));
	}
	rt_stand_end(&stand);
	rt_scratch_close(scratch);
	return rc;
}
