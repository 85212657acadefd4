/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/scratch/shadow.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "engine/scratch/scratch.h"
#include "engine/step/modules.h"
#include "engine/step/script.h"

struct rt_shadow {
	rt_scratch *scratch; /* NULL: nothing runs */
	bool *applied;       /* by index */
	bool busy;           /* a revision on the way is being run */
	bool broken;         /* nobody knows what it holds */
	bool hopeless;       /* there is no scratch database to be had */
	char *why;           /* see rt_shadow_why */
};

static void empty(rt_shadow *s)
{
	rt_scratch_close(s->scratch);
	free(s->applied);
	s->scratch = NULL;
	s->applied = NULL;
	s->broken = false;
}

void rt_shadow_free(rt_shadow *shadow)
{
	if (!shadow)
		return;
	empty(shadow);
	free(shadow->why);
	free(shadow);
}

/* Mark what lies behind a revision, itself included. */
static int mark(const retort_graph *graph, const retort_revision *rev,
		bool **marked, retort_error *err)
{
	*marked = rt_calloc(retort_graph_count(graph) + 1, sizeof(**marked));
	return retort_graph_applied(graph, &(retort_names){ &rev->id, 1 },
				    *marked, err);
}

/* Whether `rev` is, or builds upon, one of those that are marked. */
static int builds_on(const retort_graph *graph, const retort_revision *rev,
		     const retort_revision *what, bool *is, retort_error *err)
{
	bool *behind;
	int rc = mark(graph, rev, &behind, err);

	*is = !rc && behind[what->index];
	free(behind);
	return rc;
}

/*
 * Take back what stands in the way: what is not wanted, where it is known
 * what has run; else what builds upon the revision, and the revision itself
 * where it is still to go up.  `order`: children first.
 */
static int step_down(rt_shadow *s, const retort_graph *graph,
		     const rt_shadow_ask *ask, const retort_list *order,
		     const bool *wanted, retort_error *err)
{
	bool known = ask->project->standing != NULL;
	size_t i;
	int rc = 0;

	for (i = 0; i < order->n && !rc; i++) {
		const retort_revision *r = order->v[i];
		bool is = false;

		if (!s->applied[r->index] ||
		    (r == ask->revision && ask->op == RETORT_OP_DOWNGRADE))
			continue;
		if (known)
			is = !wanted[r->index];
		else
			rc = builds_on(graph, r, ask->revision, &is, err);
		if (!rc && is)
			rc = rt_scratch_step(s->scratch, r,
					     RETORT_OP_DOWNGRADE, err);
		if (!rc && is)
			s->applied[r->index] = false;
	}
	return rc;
}

/* Run what is wanted and has not run yet. */
static int step_up(rt_shadow *s, const retort_list *order, const bool *wanted,
		   retort_error *err)
{
	size_t i;
	int rc = 0;

	for (i = order->n; i-- > 0 && !rc;) {
		const retort_revision *r = order->v[i];

		if (!wanted[r->index] || s->applied[r->index])
			continue;
		rc = rt_scratch_step(s->scratch, r, RETORT_OP_UPGRADE, err);
		if (!rc)
			s->applied[r->index] = true;
	}
	return rc;
}

static int fill(rt_shadow *s, retort_project *project,
		const retort_graph *graph, retort_error *err)
{
	int rc;

	if (s->scratch)
		return 0;
	if (s->hopeless) /* said once already; to ask again takes time */
		return rt_err_set(err, RETORT_ECONNECT,
				  "no scratch database can be made");
	free(s->applied);
	s->applied = rt_calloc(retort_graph_count(graph) + 1,
			       sizeof(*s->applied));
	rc = rt_scratch_open(&s->scratch, project, err);
	s->hopeless = rc != 0;
	return rc;
}

/* From where the scratch database stands, by steps up and down. */
static int walk(rt_shadow *s, const retort_graph *graph,
		const rt_shadow_ask *ask, const retort_list *order,
		const bool *wanted, retort_error *err)
{
	int rc = fill(s, ask->project, graph, err);

	if (!rc)
		rc = step_down(s, graph, ask, order, wanted, err);
	return rc ? rc : step_up(s, order, wanted, err);
}

/* What the revision finds: what is known to have run, or what it builds on. */
static int want(const retort_graph *graph, const rt_shadow_ask *ask,
		bool **wanted, retort_error *err)
{
	const bool *standing = ask->project->standing;
	size_t i, n = retort_graph_count(graph);
	int rc = mark(graph, ask->revision, wanted, err);

	for (i = 0; standing && i < n; i++)
		(*wanted)[i] = standing[i];
	(*wanted)[ask->revision->index] = ask->op == RETORT_OP_DOWNGRADE;
	return rc;
}

static int bring(rt_shadow *s, const rt_shadow_ask *ask, retort_error *err)
{
	retort_error local = RETORT_ERROR_INIT;
	retort_list order = RETORT_LIST_INIT;
	const retort_graph *graph;
	bool *wanted = NULL, fresh;
	int rc;

	if (s->broken)
		empty(s);
	fresh = !s->scratch;
	rc = retort_project_graph(ask->project, &graph, err);
	if (!rc)
		rc = retort_graph_history(graph, NULL, NULL, &order, err);
	if (!rc)
		rc = want(graph, ask, &wanted, err);
	if (rc)
		goto out;
	rc = walk(s, graph, ask, &order, wanted, &local);
	if (rc && !fresh) { /* the way was wrong, maybe: from the start */
		empty(s);
		retort_error_dispose(&local);
		rc = walk(s, graph, ask, &order, wanted, &local);
	}
	if (rc) {
		empty(s);
		rt_err_move(err, &local);
	}
out:
	retort_error_dispose(&local);
	retort_list_dispose(&order);
	free(wanted);
	return rc;
}

/* What came so far runs and is taken back; then the revision itself can run
 * where the plan comes to it. */
static int look(rt_shadow *s, rt_shadow_ask *ask,
		const rt_alembic_statements *so_far, retort_error *err)
{
	rt_conn *conn = rt_scratch_conn(s->scratch);
	size_t i;
	int rc;

	retort_schema_free(ask->schema);
	ask->schema = NULL;
	rc = rt_conn_exec(conn, "BEGIN", err);
	for (i = 0; i < so_far->n && !rc; i++)
		rc = rt_scratch_run_text(s->scratch, NULL, so_far->v[i].sql,
					 true, err);
	if (!rc)
		rc = rt_scratch_schema(s->scratch, &ask->schema, err);
	if (rt_conn_exec(conn, "ROLLBACK", NULL))
		s->broken = true;
	return rc;
}

/* What cannot be known is no failure: the translation goes on without. */
static const retort_schema *answer(void *self,
				   const rt_alembic_statements *so_far,
				   retort_error *err)
{
	retort_error local = RETORT_ERROR_INIT;
	rt_shadow_ask *ask = self;
	rt_shadow *s = ask->project->shadow;
	bool outer;
	int rc = 0;

	(void)err;
	if (!s)
		s = ask->project->shadow = rt_calloc(1, sizeof(*s));
	free(s->why);
	s->why = NULL;
	outer = !s->busy;
	s->busy = true;
	if (outer) /* else it stands where the revision begins already */
		rc = bring(s, ask, &local);
	if (!rc)
		rc = look(s, ask, so_far, &local);
	if (outer)
		s->busy = false;
	if (rc && !s->why)
		s->why = rt_strf("%s%s%s", local.message,
				 retort_error_get(&local, RETORT_ERROR_FILE) ?
				 " in " : "",
				 retort_error_get(&local, RETORT_ERROR_FILE) ?
				 retort_error_get(&local, RETORT_ERROR_FILE) :
				 "");
	retort_error_dispose(&local);
	return rc ? NULL : ask->schema;
}

int rt_shadow_begin(rt_shadow_ask *ask, retort_project *project,
		    const retort_revision *revision, retort_op op,
		    retort_dialect dialect, rt_alembic_env *env,
		    retort_error *err)
{
	*ask = (rt_shadow_ask){ project, revision, op, NULL };
	if (project && project->shadow) { /* of another revision */
		free(project->shadow->why);
		project->shadow->why = NULL;
	}
	memset(env, 0, sizeof(*env));
	env->dialect = dialect == RETORT_DIALECT_ANY ?
		RETORT_DIALECT_POSTGRESQL : dialect;
	env->upgrade = op == RETORT_OP_UPGRADE;
	env->self = ask;
	/* A scratch database speaks the project's dialect only. */
	if (project && dialect == retort_project_dialect(project) &&
	    dialect != RETORT_DIALECT_ANY)
		env->schema = answer;
	if (!project)
		return 0;
	env->library = rt_modules_of(project);
	env->offline = project->offline;
	return rt_settings_get(project->settings, "version_table_schema",
			       &env->version_table_schema, err);
}

void rt_shadow_end(rt_shadow_ask *ask)
{
	retort_schema_free(ask->schema);
	ask->schema = NULL;
}

const char *rt_shadow_why(const retort_project *project)
{
	return project && project->shadow ? project->shadow->why : NULL;
}
