/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/scratch/scratch.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "db/inspect.h"
#include "engine/project/database.h"
#include "engine/project/project.h"
#include "engine/scratch/server.h"
#include "engine/step/script.h"

struct rt_scratch {
	retort_project *project;
	rt_conn *conn;
	bool *replayed; /* by index; NULL = nothing yet */
	rt_scratch_server *server; /* PostgreSQL: what made the database */
	rt_inspect_options inspect;
};

/* Scratch databases hold neither secrets nor people's locks: no timeouts. */
static const rt_conn_options plain = { 0 };

static int read_settings(rt_scratch *scratch, retort_dialect dialect,
			 retort_error *err)
{
	rt_place place;
	int rc = rt_place_read(scratch->project, dialect, &place, err);

	if (rc)
		return rc;
	scratch->inspect.version_table = place.vertab.table;
	scratch->inspect.version_table_schema = place.vertab.schema;
	scratch->inspect.journal = true;
	return 0;
}

int rt_scratch_open(rt_scratch **out, retort_project *project,
		    retort_error *err)
{
	retort_dialect dialect = retort_project_dialect(project);
	rt_scratch *scratch = rt_calloc(1, sizeof(*scratch));
	int rc;

	scratch->project = project;
	rc = read_settings(scratch, dialect, err);
	if (rc == 0 && dialect == RETORT_DIALECT_SQLITE)
		rc = rt_conn_open(&scratch->conn, "sqlite://", &plain, err);
	else if (rc == 0)
		rc = rt_scratch_server_open(&scratch->server, &scratch->conn,
					    project, err);
	if (rc) {
		rt_scratch_close(scratch);
		return rc;
	}
	*out = scratch;
	return 0;
}

void rt_scratch_close(rt_scratch *scratch)
{
	if (!scratch)
		return;
	rt_conn_close(scratch->conn);
	rt_scratch_server_close(scratch->server);
	free(scratch->replayed);
	free(scratch);
}

rt_conn *rt_scratch_conn(rt_scratch *scratch)
{
	return scratch->conn;
}

/* FILE, line and column of a statement that failed. */
static void locate(const char *path, const retort_statement *statement,
		   size_t offset, retort_error *err)
{
	int line = 1, column = 1;

	if (offset < statement->length)
		rt_sv_position((rt_sv){ statement->sql, statement->length },
			       offset, &line, &column);
	if (statement->made)
		line = column = 1; /* the directive's place is all there is */
	if (line == 1)
		column += statement->column - 1;
	rt_err_at(err, path, line + statement->line - 1, column);
	rt_err_field_sv(err, RETORT_ERROR_STATEMENT,
			(rt_sv){ statement->sql, statement->length });
}

static int receive_all(rt_conn *conn, retort_error *err)
{
	rt_answer answer;
	int rc;

	do
		rc = rt_conn_receive(conn, -1, &answer, err);
	while (rc > 0);
	return rc;
}

int rt_scratch_run_script(rt_scratch *scratch, const char *path,
			  const retort_script *script, size_t first,
			  size_t end, retort_error *err)
{
	rt_batch_item *items;
	size_t i, n = end - first;
	int rc;

	if (n == 0)
		return 0;
	items = rt_calloc(n, sizeof(*items));
	for (i = 0; i < n; i++) {
		const retort_statement *s =
			retort_script_statement(script, first + i);

		items[i].sql = (rt_sv){ s->sql, s->length };
		items[i].copy_data = (rt_sv){ s->copy_data, s->copy_length };
	}
	rc = rt_conn_send(scratch->conn, items, n, err);
	if (rc == 0)
		rc = receive_all(scratch->conn, err);
	if (rc && scratch->conn->failure.item < n)
		locate(path,
		       retort_script_statement(
			       script, first + scratch->conn->failure.item),
		       scratch->conn->failure.offset, err);
	free(items);
	return rc;
}

/* One statement after the other: none of them may share a message. */
static int run_singly(rt_scratch *scratch, const char *path,
		      const retort_script *script, retort_error *err)
{
	size_t i, n = retort_script_count(script);
	int rc = 0;

	for (i = 0; i < n && rc == 0; i++)
		rc = rt_scratch_run_script(scratch, path, script, i, i + 1,
					   err);
	return rc;
}

static int run_in_transaction(rt_scratch *scratch, const char *path,
			      const retort_script *script, retort_error *err)
{
	bool own = !rt_conn_in_transaction(scratch->conn);
	int rc = 0;

	if (own)
		rc = rt_conn_exec(scratch->conn, "BEGIN", err);
	if (rc == 0)
		rc = rt_scratch_run_script(scratch, path, script, 0,
					   retort_script_count(script), err);
	if (own && rc == 0)
		rc = rt_conn_exec(scratch->conn, "COMMIT", err);
	if (own && rc)
		(void)!rt_conn_exec(scratch->conn, "ROLLBACK", NULL);
	return rc;
}

int rt_scratch_settle(rt_scratch *scratch, retort_error *err)
{
	if (!scratch->server)
		return 0;
	return rt_conn_exec(scratch->conn, "RESET search_path", err);
}

int rt_scratch_run(rt_scratch *scratch, const char *path,
		   const retort_script *script, retort_error *err)
{
	int rc;

	if (retort_script_in_transaction(script))
		rc = run_in_transaction(scratch, path, script, err);
	else
		rc = run_singly(scratch, path, script, err);
	return rc ? rc : rt_scratch_settle(scratch, err);
}

int rt_scratch_run_text(rt_scratch *scratch, const char *path, rt_sv sql,
			bool transaction, retort_error *err)
{
	retort_script *script = NULL;
	int rc;

	rc = rt_script_from_text(&script, sql, transaction,
				 rt_conn_dialect(scratch->conn), err);
	if (rc)
		rt_err_at(err, path, 0, 0);
	else
		rc = rt_scratch_run(scratch, path, script, err);
	retort_script_free(script);
	return rc;
}

int rt_scratch_step(rt_scratch *scratch, const retort_revision *revision,
		    retort_op op, retort_error *err)
{
	retort_script *script = NULL;
	int rc;

	rc = retort_project_script(scratch->project, revision, op,
				   rt_conn_dialect(scratch->conn), &script,
				   err);
	if (rc == 0)
		rc = rt_scratch_run(scratch, revision->path, script, err);
	if (rc)
		rt_err_field(err, RETORT_ERROR_REVISION, "%s", revision->id);
	retort_script_free(script);
	return rc;
}

int rt_scratch_replay(rt_scratch *scratch, const bool *wanted,
		      retort_error *err)
{
	const retort_graph *graph;
	const bool *outer = scratch->project->standing;
	retort_list order = RETORT_LIST_INIT;
	size_t i;
	int rc;

	rc = retort_project_graph(scratch->project, &graph, err);
	if (rc == 0)
		rc = retort_graph_history(graph, NULL, NULL, &order, err);
	if (rc == 0 && !scratch->replayed)
		scratch->replayed = rt_calloc(retort_graph_count(graph) + 1,
					      sizeof(*scratch->replayed));
	scratch->project->standing = scratch->replayed;
	for (i = order.n; i-- > 0 && rc == 0;) {
		if (!wanted[order.v[i]->index])
			continue;
		rc = rt_scratch_step(scratch, order.v[i], RETORT_OP_UPGRADE,
				     err);
		scratch->replayed[order.v[i]->index] = true;
	}
	scratch->project->standing = outer;
	retort_list_dispose(&order);
	return rc;
}

int rt_scratch_schema(rt_scratch *scratch, retort_schema **schema,
		      retort_error *err)
{
	return rt_inspect(scratch->conn, &scratch->inspect, schema, err);
}
