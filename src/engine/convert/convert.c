/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/convert/convert.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/names.h"

const char *retort_convert_kind_name(retort_convert_kind kind)
{
	static const char *const names[] = { "sql", "foreign", "irreversible",
					     "opaque" };

	return names[kind];
}

const char *retort_convert_outcome_name(retort_convert_outcome outcome)
{
	static const char *const names[] = { "proved", "partly", "differs",
					     "unproved" };

	return names[outcome];
}

void rt_convert_progress(const retort_convert *c, const char *what,
			 size_t done, size_t total)
{
	if (c->options->progress)
		c->options->progress(c->options->self, what, done, total);
}

/* --- what is asked for --- */

static int check_project(retort_convert *c)
{
	const retort_problem *problems;
	rt_str more = RT_STR_INIT;
	size_t n, i;
	int rc;

	if (rt_project_format(c->project, c->graph) != &rt_format_alembic)
		return rt_err_set(c->err, RETORT_EUSAGE, "the revisions of "
				  "this project are SQL already");
	problems = retort_graph_problems(c->graph, &n);
	if (n == 0)
		return 0;
	rc = rt_err_set(c->err, RETORT_EPARSE, "%s", problems->message);
	rt_err_at(c->err, problems->path, problems->line, problems->column);
	for (i = 1; i < n; i++)
		rt_str_addf(&more, "%s%s:%d: %s", i > 1 ? "\n" : "",
			    problems[i].path, problems[i].line,
			    problems[i].message);
	if (n > 1)
		rt_err_field(c->err, RETORT_ERROR_DETAIL, "%s", more.p);
	rt_err_field(c->err, RETORT_ERROR_NEXT, "put it right: a project is "
		     "converted as a whole");
	rt_str_free(&more);
	return rc;
}

static int choose_dialects(retort_convert *c)
{
	retort_dialect own = retort_project_dialect(c->project);
	const retort_convert_options *o = c->options;
	bool asked = o->sqlite || o->postgresql;

	if (o->postgresql || (!asked && own == RETORT_DIALECT_POSTGRESQL))
		c->dialects[c->n_dialects++] = RETORT_DIALECT_POSTGRESQL;
	if (o->sqlite || (!asked && own == RETORT_DIALECT_SQLITE))
		c->dialects[c->n_dialects++] = RETORT_DIALECT_SQLITE;
	if (c->n_dialects)
		return 0;
	rt_err_set(c->err, RETORT_EUSAGE, "no URL says which database the "
		   "project is for");
	rt_err_field(c->err, RETORT_ERROR_NEXT, "give --dialect sqlite, "
		     "postgresql or both, or --url");
	return RETORT_EUSAGE;
}

/* From the base to the heads, and back: the order of `upgrade heads`. */
static int make_plans(retort_convert *c)
{
	static const char *const targets[] = { "heads", "base" };
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	int rc;

	request.targets = (retort_names){ &targets[0], 1 };
	rc = retort_plan_make(&c->plans[0], c->graph, &request, c->err);
	if (rc)
		return rc;
	request.op = RETORT_OP_DOWNGRADE;
	request.targets = (retort_names){ &targets[1], 1 };
	request.rows = retort_plan_rows_after(c->plans[0]);
	rc = retort_plan_make(&c->plans[1], c->graph, &request, c->err);
	if (!rc && (retort_plan_count(c->plans[0]) != c->n ||
		    retort_plan_count(c->plans[1]) != c->n))
		rc = rt_err_set(c->err, RETORT_EGRAPH, "not every revision is "
				"between base and heads");
	return rc;
}

static int begin(retort_convert *c)
{
	char *directory = rt_fs_absolute(c->options->directory);
	size_t i;
	int rc = check_project(c);

	c->directory = rt_arena_strdup(&c->arena, directory);
	c->config = rt_arena_strf(&c->arena, "%s/retort.ini", directory);
	free(directory);
	if (!rc)
		rc = choose_dialects(c);
	if (rc)
		return rc;
	c->n = retort_graph_count(c->graph);
	c->revisions = rt_arena_calloc(&c->arena, c->n + 1,
				       sizeof(*c->revisions));
	for (i = 0; i < c->n; i++)
		c->revisions[i].from = retort_graph_at(c->graph, i);
	rc = make_plans(c);
	if (!rc)
		rc = rt_convert_names(c);
	return rc ? rc : rt_convert_begin(c);
}

/* --- what was done --- */

static void list_files(retort_convert *c)
{
	size_t i;

	c->files = rt_arena_calloc(&c->arena, c->n + 1, sizeof(*c->files));
	for (i = 0; i < c->n; i++)
		c->files[i] = (retort_convert_file){
			c->revisions[i].from->id, c->revisions[i].from->path,
			rt_arena_strf(&c->arena, "%s/%s", c->directory,
				      c->revisions[i].name)
		};
}

static void list_remarks(retort_convert *c)
{
	size_t i, dialect, way;

	for (i = 0; i < c->n; i++)
		for (way = 0; way < 2; way++)
			for (dialect = 0; dialect < c->n_dialects; dialect++) {
				const rt_convert_body *b =
					&c->revisions[i].bodies[dialect][way];

				if (b->kind == RETORT_CONVERT_SQL)
					continue;
				rt_vec_push(&c->remarks,
					    (retort_convert_remark){
					c->revisions[i].from->id,
					way ? RETORT_OP_DOWNGRADE :
					      RETORT_OP_UPGRADE,
					c->dialects[dialect], b->kind,
					b->path, b->line, b->column,
					b->reason });
			}
}

/* --- the proof --- */

static int same_revision(retort_convert *c, const retort_revision *old,
			 const retort_graph *graph)
{
	const retort_revision *new = retort_graph_find(graph, old->id);

	if (new && rt_names_equal(&old->down, &new->down) &&
	    rt_names_equal(&old->depends_on, &new->depends_on) &&
	    rt_names_equal(&old->labels, &new->labels))
		return 0;
	rt_err_set(c->err, RETORT_EGRAPH, "the header of %s cannot be written "
		   "in SQL", old->id);
	rt_err_at(c->err, old->path, 0, 0);
	return RETORT_EGRAPH;
}

/*
 * The new project, read from its files as anybody would; its scratch
 * databases are on the old one's server.
 */
static int open_made(retort_convert *c, retort_project **made)
{
	retort_project_options o = RETORT_PROJECT_OPTIONS_INIT;
	const char *url, *scratch, *set;
	char *config = rt_fs_join(c->root, "retort.ini");
	const retort_graph *graph;
	size_t i;
	int rc;

	*made = NULL;
	o.config = config;
	o.environment = "";
	rc = rt_settings_get(c->project->settings, "url", &url, NULL);
	if (!rc && url && *url)
		o.url = url;
	rc = rt_settings_get(c->project->settings, "scratch_url", &scratch,
			     NULL);
	if (!rc && scratch && *scratch) {
		set = rt_arena_strf(&c->arena, "scratch_url=%s", scratch);
		o.set = (retort_names){ &set, 1 };
	}
	rc = retort_project_open(made, &o, c->err);
	if (!rc)
		rc = retort_project_graph(*made, &graph, c->err);
	for (i = 0; i < c->n && !rc; i++)
		rc = same_revision(c, c->revisions[i].from, graph);
	free(config);
	return rc;
}

static int convert(retort_convert *c)
{
	retort_project *made = NULL;
	size_t i;
	int rc = begin(c);

	for (i = 0; i < c->n_dialects && !rc; i++)
		rc = rt_convert_bodies(c, i);
	if (!rc)
		rc = rt_convert_write(c);
	if (!rc)
		rc = open_made(c, &made);
	if (!rc && !c->options->dry_run) {
		rc = rt_convert_place(c);
		retort_project_free(made);
		made = NULL;
		if (!rc)
			rc = open_made(c, &made);
	}
	if (rc)
		goto out;
	list_files(c);
	list_remarks(c);
	for (i = 0; i < c->n_dialects; i++)
		rt_convert_prove(c, i, made, &c->proofs[c->n_proofs++]);
out:
	retort_project_free(made);
	rt_convert_remove(c);
	return rc;
}

int retort_convert_run(retort_convert **out, retort_project *project,
		       const retort_convert_options *options,
		       retort_error *err)
{
	retort_convert *c = rt_calloc(1, sizeof(*c));
	int rc;

	c->project = project;
	c->options = options;
	c->err = err;
	rc = retort_project_graph(project, &c->graph, err);
	if (!rc)
		rc = convert(c);
	c->options = NULL;
	c->err = NULL;
	if (rc) {
		retort_convert_free(c);
		c = NULL;
	}
	*out = c;
	return rc;
}

void retort_convert_free(retort_convert *c)
{
	size_t i, dialect, way;

	if (!c)
		return;
	for (i = 0; c->revisions && i < c->n; i++)
		for (dialect = 0; dialect < c->n_dialects; dialect++)
			for (way = 0; way < 2; way++)
				retort_script_free(
					c->revisions[i].bodies[dialect][way]
						.script);
	retort_plan_free(c->plans[0]);
	retort_plan_free(c->plans[1]);
	rt_convert_remove(c);
	rt_vec_free(&c->remarks);
	rt_vec_free(&c->notes);
	rt_arena_free(&c->arena);
	free(c);
}

/* --- answers --- */

const char *retort_convert_config(const retort_convert *c)
{
	return c->config;
}

size_t retort_convert_count(const retort_convert *c)
{
	return c->n;
}

const retort_convert_file *retort_convert_at(const retort_convert *c, size_t i)
{
	return i < c->n ? &c->files[i] : NULL;
}

const retort_convert_remark *retort_convert_remark_at(const retort_convert *c,
						      size_t i)
{
	return i < c->remarks.n ? &c->remarks.v[i] : NULL;
}

const retort_convert_proof *retort_convert_proof_at(const retort_convert *c,
						    size_t i)
{
	return i < c->n_proofs ? &c->proofs[i] : NULL;
}

const char *retort_convert_note_at(const retort_convert *c, size_t i)
{
	return i < c->notes.n ? c->notes.v[i] : NULL;
}

bool retort_convert_is_whole(const retort_convert *c)
{
	size_t i;

	for (i = 0; i < c->remarks.n; i++)
		if (c->remarks.v[i].kind == RETORT_CONVERT_OPAQUE)
			return false;
	for (i = 0; i < c->n_proofs; i++)
		if (c->proofs[i].outcome != RETORT_CONVERT_PROVED)
			return false;
	return true;
}
