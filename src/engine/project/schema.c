/* SPDX-License-Identifier: MIT */
/* The sides of a comparison: where a schema is read from, by name. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <retort/schema.h>

#include "base/alloc.h"
#include "base/err.h"
#include "db/inspect.h"
#include "engine/project/database.h"
#include "engine/project/desired.h"
#include "engine/project/schema.h"
#include "schema/diff.h"
#include "vcs/textdiff.h"

int rt_schema_of_database(retort_database *db, retort_schema **schema,
			  retort_error *err)
{
	rt_inspect_options options = {
		db->place.vertab.table, db->place.vertab.schema, true
	};
	int rc = rt_database_wake(db, err);

	return rc ? rc : rt_inspect(db->conn, &options, schema, err);
}

static int read_database(retort_schema **schema, retort_project *project,
			 retort_error *err)
{
	retort_database *db;
	int rc;

	rc = retort_database_open(&db, project, false, err);
	if (rc)
		return rc;
	rc = rt_schema_of_database(db, schema, err);
	retort_database_close(db);
	return rc;
}

static int run_desired(rt_scratch *scratch, retort_project *project,
		       retort_schema **schema, retort_error *err)
{
	rt_desired desired = { NULL, RT_STR_INIT };
	int rc;

	rc = rt_desired_read(&desired, project, err);
	if (rc == 0)
		rc = rt_scratch_run_text(scratch, desired.name,
					 rt_str_sv(&desired.sql), true, err);
	if (rc == 0)
		rc = rt_scratch_schema(scratch, schema, err);
	rt_str_free(&desired.sql);
	return rc;
}

/* The version rows of the project's database, for the word "current". */
static int read_rows(retort_project *project, retort_database **db,
		     retort_names *rows, retort_error *err)
{
	int rc = retort_database_open(db, project, false, err);

	return rc ? rc : retort_database_rows(*db, rows, NULL, err);
}

int rt_schema_wanted(retort_project *project, const char *symbol,
		     bool **wanted, retort_error *err)
{
	bool current = strstr(symbol, "current") != NULL;
	retort_names rows = { NULL, 0 };
	retort_list list = RETORT_LIST_INIT;
	retort_database *db = NULL;
	const retort_graph *graph;
	const char **ids = NULL;
	size_t i;
	int rc;

	*wanted = NULL;
	rc = retort_project_graph(project, &graph, err);
	if (rc == 0 && current)
		rc = read_rows(project, &db, &rows, err);
	if (rc == 0)
		rc = retort_graph_resolve(graph, symbol, current ? &rows : NULL,
					  &list, err);
	if (rc == 0) {
		ids = rt_calloc(list.n + 1, sizeof(*ids));
		for (i = 0; i < list.n; i++)
			ids[i] = list.v[i]->id;
		*wanted = rt_calloc(retort_graph_count(graph) + 1,
				    sizeof(**wanted));
		rc = retort_graph_applied(
			graph, &(retort_names){ ids, list.n }, *wanted, err);
	}
	free(ids);
	retort_list_dispose(&list);
	retort_database_close(db);
	return rc;
}

static int read_revision(retort_schema **schema, retort_project *project,
			 const char *symbol, retort_error *err)
{
	rt_scratch *scratch = NULL;
	bool *wanted;
	int rc;

	rc = rt_schema_wanted(project, symbol, &wanted, err);
	if (rc == 0)
		rc = rt_scratch_open(&scratch, project, err);
	if (rc == 0)
		rc = rt_scratch_replay(scratch, wanted, err);
	if (rc == 0)
		rc = rt_scratch_schema(scratch, schema, err);
	rt_scratch_close(scratch);
	free(wanted);
	return rc;
}

static int read_desired(retort_schema **schema, retort_project *project,
			retort_error *err)
{
	rt_scratch *scratch = NULL;
	int rc;

	rc = rt_scratch_open(&scratch, project, err);
	if (rc == 0)
		rc = run_desired(scratch, project, schema, err);
	rt_scratch_close(scratch);
	return rc;
}

int retort_schema_read(retort_schema **schema, retort_project *project,
		       const char *name, retort_error *err)
{
	*schema = NULL;
	if (!strcmp(name, "database"))
		return read_database(schema, project, err);
	if (!strcmp(name, "schema"))
		return read_desired(schema, project, err);
	return read_revision(schema, project, name, err);
}

int retort_diff_unified(const retort_diff *diff, const char *before_name,
			const char *after_name, size_t context, char **text,
			retort_error *err)
{
	char *before = NULL, *after = NULL;
	rt_str out = RT_STR_INIT;
	int rc;

	rc = retort_schema_dump(diff->before, &before, err);
	if (rc == 0)
		rc = retort_schema_dump(diff->after, &after, err);
	if (rc == 0)
		rc = rt_textdiff(before_name, rt_sv_from(before), after_name,
				 rt_sv_from(after), context, &out, err);
	if (rc == 0)
		*text = rt_str_take(&out);
	rt_str_free(&out);
	free(before);
	free(after);
	return rc;
}
