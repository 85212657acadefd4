/* SPDX-License-Identifier: MIT */
/* What is to be done: rows, plan, and a look at every step before the first
 * one runs. */
#include "config.h"

#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/names.h"
#include "db/vertab.h"
#include "engine/apply/run.h"
#include "engine/scratch/shadow.h"
#include "engine/step/ghost.h"

void rt_run_forget_plan(retort_apply *run)
{
	size_t i;

	for (i = 0; i < run->n; i++)
		rt_body_dispose(&run->bodies[i]);
	free(run->bodies);
	run->bodies = NULL;
	run->n = run->id_limit = run->weight = run->finished = 0;
	retort_plan_free(run->plan);
	run->plan = NULL;
	retort_graph_free(run->ghosts);
	run->ghosts = NULL;
	rt_arena_free(&run->plan_arena);
}

static int refuse_half_done(retort_apply *run, size_t i,
			    const retort_journal_row *row, bool edited,
			    retort_error *err)
{
	const retort_step *step = retort_plan_step(run->plan, i);
	const char *sure = *row->error ? ""
				       : ", and as the run was cut off, the "
					 "one behind may have run too";
	int rc;

	rc = rt_err_set(err, RETORT_EREFUSED,
			"the %s of %s stopped half way on %s: %lld of %lld "
			"statements are done%s%s",
			retort_op_name(step->op), step->revision, row->began,
			row->statements_done, row->statements_total, sure,
			edited ? "; its file has changed since" : "");
	rt_err_at(err, *run->bodies[i].path ? run->bodies[i].path : NULL, 0, 0);
	if (*row->error)
		rt_err_field(err, RETORT_ERROR_DETAIL, "it stopped at: %s",
			     row->error);
	rt_err_field(err, RETORT_ERROR_REVISION, "%s", step->revision);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     edited ? "undo by hand what is done and run with "
			      "--restart; --resume needs the file as it was"
			    : "run with --resume to go on behind the last "
			      "good statement, or undo by hand what is done "
			      "and run with --restart");
	return rc;
}

/* Has a transaction:false step stopped half way before? */
static int check_half_done(retort_apply *run, size_t i, retort_error *err)
{
	const retort_step *step = retort_plan_step(run->plan, i);
	const rt_body *body = &run->bodies[i];
	const retort_journal_row *row;
	bool edited, all;
	int rc;

	rc = rt_database_last_run(run->db, step->revision, step->op, NULL,
				  &run->plan_arena, &row, err);
	if (rc || !row || strcmp(row->outcome, "partial") != 0 ||
	    run->options.restart)
		return rc;
	if (row->statements_done == 0 && *row->error)
		return 0; /* its first statement failed: nothing is done */
	edited = row->statements_total != (long long)rt_body_count(body) ||
		 strcmp(row->checksum_tokens, body->tokens) != 0;
	/* Only the version rows are missing: there is nothing to choose. */
	all = row->statements_done == row->statements_total;
	if (edited || (!all && !run->options.resume))
		return refuse_half_done(run, i, row, edited, err);
	run->resume_step = i;
	run->resume_at = (size_t)row->statements_done;
	return 0;
}

/* The column's width is asked only when an id needs more than usual. */
static int check_ids(retort_apply *run, const retort_step *step,
		     retort_error *err)
{
	const rt_vertab *table = &run->db->place.vertab;
	int rc = 0;

	if (rt_ids_longest(step) <= RT_VERTAB_ID_LIMIT)
		return 0;
	if (!run->id_limit) {
		run->id_limit = RT_VERTAB_ID_LIMIT;
		if (run->committed.version)
			rc = rt_vertab_width(table, run->db->conn,
					     &run->id_limit, err);
	}
	return rc ? rc : rt_ids_check(step, table->table, run->id_limit, err);
}

static int check_step(retort_apply *run, size_t i, retort_error *err)
{
	const retort_step *step = retort_plan_step(run->plan, i);
	rt_body *body = &run->bodies[i];
	int rc;

	rc = check_ids(run, step, err);
	if (rc)
		return rc;
	rc = rt_body_load(body, run->project, run->source, run->db, step,
			  run->db->place.vertab.dialect,
			  run->db->place.journal_on, err);
	if (rc || body->transaction)
		return rc;
	if (run->one)
		return rt_body_refuse_in_one(body, step, err);
	return run->db->place.journal_on ? check_half_done(run, i, err) : 0;
}

/*
 * The graph to plan with.  Where a row has no file a downgrade can still go
 * by what the journal knows; anything else needs the file.
 */
static int make_plan(retort_apply *run, retort_error *err)
{
	retort_error local = RETORT_ERROR_INIT;
	const retort_graph *files;
	int rc;

	run->request.rows = run->rows_read;
	if (run->source)
		return run->source->plan(run->source->self, &run->request,
					 &run->plan, &run->graph, err);
	rc = retort_project_graph(run->project, &files, err);
	if (rc)
		return rc;
	run->graph = files;
	rc = retort_plan_make(&run->plan, files, &run->request, &local);
	if (rc == 0)
		return 0;
	if (run->request.op == RETORT_OP_DOWNGRADE &&
	    rt_ghost_wanted(files, &run->rows_read) &&
	    rt_ghost_graph(run->db, files, &run->rows_read, NULL, true,
			   &run->ghosts, NULL) == 0) {
		retort_error_dispose(&local);
		run->graph = run->ghosts;
		return retort_plan_make(&run->plan, run->graph, &run->request,
					err);
	}
	rt_ghost_explain(run->db, files, &run->rows_read, &local);
	rt_err_move(err, &local);
	return rc;
}

int rt_run_plan(retort_apply *run, retort_error *err)
{
	rt_stand stand;
	size_t i;
	int rc;

	rt_run_forget_plan(run);
	rc = rt_vertab_read(&run->db->place.vertab, run->db->conn,
			    &run->plan_arena, &run->rows_read,
			    &run->committed.version, err);
	if (!rc)
		rc = make_plan(run, err);
	if (rc)
		return rc;
	run->now = run->committed;
	rt_ids_set(&run->rows, run->rows_read);
	run->purge = run->request.purge && run->rows_read.n;
	run->resume_step = (size_t)-1;
	run->resume_at = 0;
	run->n = retort_plan_count(run->plan);
	run->bodies = rt_calloc(run->n ? run->n : 1, sizeof(*run->bodies));
	rt_stand_begin(&stand, run->project, run->plan);
	for (i = 0; !rc && i < run->n; i++) {
		rc = check_step(run, i, err);
		rt_stand_step(&stand, retort_plan_step(run->plan, i));
		run->weight += rt_body_weight(&run->bodies[i]);
		if (run->weight > RT_BODY_BUDGET)
			rt_body_rest(&run->bodies[i]);
	}
	rt_stand_end(&stand);
	return rc;
}

int rt_run_wake(retort_apply *run, size_t step, retort_error *err)
{
	rt_stand stand;
	size_t i;
	int rc;

	for (; run->finished < run->done; run->finished++)
		rt_body_dispose(&run->bodies[run->finished]);
	if (!run->bodies[step].rests)
		return 0;
	rt_stand_begin(&stand, run->project, run->plan);
	for (i = 0; i < step; i++)
		rt_stand_step(&stand, retort_plan_step(run->plan, i));
	rc = rt_body_wake(&run->bodies[step], run->project, run->source,
			  run->db, retort_plan_step(run->plan, step),
			  run->db->place.vertab.dialect,
			  run->db->place.journal_on, err);
	rt_stand_end(&stand);
	return rc;
}

int rt_run_plan_anew(retort_apply *run, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	retort_names rows;
	bool there, same;
	size_t i;
	int rc;

	rc = rt_vertab_read(&run->db->place.vertab, run->db->conn, &arena,
			    &rows, &there, err);
	same = !rc && there == run->committed.version &&
	       rt_names_equal(&rows, &run->rows_read);
	rt_arena_free(&arena);
	if (rc)
		return rc;
	if (!same)
		return rt_run_plan(run, err);
	/* Who held the lock may have failed half way and left the rows. */
	for (i = 0; !rc && i < run->n; i++)
		if (!run->bodies[i].transaction && run->db->place.journal_on)
			rc = check_half_done(run, i, err);
	return rc;
}
