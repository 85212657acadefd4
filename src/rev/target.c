/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "rev/target.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#define SV(s) (int)(s).n, (s).p

int rt_target_ran_out(const rt_relative *rel, const char *why,
		      retort_error *err)
{
	rt_sv amount = rt_ident_amount(rel->number);
	int rc = rt_err_set(err, RETORT_ETARGET, "relative revision %.*s "
			    "didn't produce %.*s migrations%s%s",
			    SV(rel->number), SV(amount), *why ? ": " : "",
			    why);

	rt_err_field(err, RETORT_ERROR_NEXT, "count fewer steps, or name the "
		     "revision");
	return rc;
}

void rt_current(const retort_graph *g, const rt_nodes *rows, rt_nodes *out)
{
	unsigned char *in = rt_dag_marks(g);
	uint32_t u, i;

	rt_dag_mark(&g->all_down, rows->v, rows->n, in, 1);
	for (u = 0; u < rt_dag_count(g); u++) {
		bool top = in[u];

		RT_EDGE_EACH(&g->up, u, i)
			top = top && !in[g->up.to[i]];
		if (top)
			rt_vec_push(out, u);
	}
	free(in);
}

/* Keep those that lie on one line with the label. */
static int keep_on_line(const rt_ask *ask, rt_sv label, rt_nodes *nodes,
			retort_error *err)
{
	unsigned char *line;
	size_t i, kept = 0;
	int rc;

	if (!nodes->n)
		return 0;
	rc = rt_resolve_lineage(ask, label, false, &line, err);
	if (rc < 0)
		return rc;
	for (i = 0; i < nodes->n; i++)
		if (!line || line[nodes->v[i]])
			nodes->v[kept++] = nodes->v[i];
	nodes->n = kept;
	free(line);
	return 0;
}

static int origin_nodes(const rt_ask *ask, const rt_origin *from,
			rt_nodes *out, retort_error *err)
{
	size_t i;

	if (!from->rows)
		return rt_resolve_many(ask, from->text, out, err);
	for (i = 0; i < from->rows->n; i++)
		rt_vec_push(out, from->rows->v[i]);
	return 0;
}

/*
 * Nothing on the branch is a row: the highest of the rows' ancestors that
 * lie on its line.
 */
static int highest_below(const rt_ask *ask, const rt_nodes *rows, rt_sv label,
			 rt_nodes *out, retort_error *err)
{
	const retort_graph *g = ask->g;
	unsigned char *in = rt_dag_marks(g);
	uint32_t u, i;
	size_t k, kept = 0;
	int rc;

	rt_dag_mark(&g->all_down, rows->v, rows->n, in, 1);
	for (u = 0; u < rt_dag_count(g); u++)
		if (in[u])
			rt_vec_push(out, u);
	rc = keep_on_line(ask, label, out, err);
	memset(in, 0, rt_dag_count(g));
	for (k = 0; k < out->n; k++)
		RT_EDGE_EACH(&g->norm, out->v[k], i)
			in[g->norm.to[i]] = 1;
	for (k = 0; k < out->n; k++)
		if (!in[out->v[k]])
			out->v[kept++] = out->v[k];
	out->n = kept;
	free(in);
	return rc;
}

/* The one place that a bare +N counts from. */
static int find_start(const rt_ask *ask, const rt_relative *rel,
		      const rt_origin *from, uint32_t *out, retort_error *err)
{
	rt_nodes all = RT_VEC_INIT, at = RT_VEC_INIT;
	char *names;
	int rc;

	*out = RT_NIL;
	if (!from->rows && !rel->label.n)
		return rt_resolve_one(ask, from->text, out, err);
	rc = origin_nodes(ask, from, &all, err);
	if (rc >= 0)
		rc = origin_nodes(ask, from, &at, err);
	if (rc >= 0 && rel->label.n)
		rc = keep_on_line(ask, rel->label, &at, err);
	if (rc >= 0 && rel->label.n && !at.n)
		rc = highest_below(ask, &all, rel->label, &at, err);
	if (rc >= 0 && at.n > 1) {
		names = rt_dag_join(ask->g, at.v, at.n);
		rc = rt_err_set(err, RETORT_EAMBIGUOUS, "ambiguous upgrade "
				"from multiple current revisions: %s", names);
		rt_err_field(err, RETORT_ERROR_NEXT, "name the branch "
			     "('<branch>@+N') or the revision");
		free(names);
	} else if (rc >= 0 && at.n) {
		*out = at.v[0];
	}
	rt_vec_free(&all);
	rt_vec_free(&at);
	return rc;
}

int rt_target_up(const rt_ask *ask, rt_sv target, const rt_origin *from,
		 bool exact, rt_nodes *out, retort_error *err)
{
	rt_sv anywhere = RT_SV("");
	rt_relative rel;
	uint32_t node;
	int rc;

	if (!rt_ident_relative(ask->g, target, &rel))
		return rt_resolve_many(ask, target, out, err);
	if (!rel.symbol.n && rel.steps <= 0)
		return rt_target_ran_out(&rel, "an upgrade goes up", err);
	if (!rel.symbol.n)
		rc = find_start(ask, &rel, from, &node, err);
	else if (rel.steps > 0)
		rc = rt_resolve_one(ask, rel.symbol, &node, err);
	else
		rc = rt_resolve_on_branch(ask, rel.label, rel.symbol, &node,
					  err);
	if (rc >= 0)
		rc = rt_walk(ask, node, rel.steps,
			     rel.steps > 0 ? rel.label : anywhere, exact,
			     &node, err);
	if (rc < 0)
		return rc;
	if (node == RT_BASE)
		return rt_target_ran_out(&rel, "that is below the base", err);
	if (node == RT_NIL)
		return rt_target_ran_out(&rel, "", err);
	rt_vec_push(out, node);
	return 0;
}

static int not_one(const rt_ask *ask, const rt_relative *rel,
		   const rt_nodes *at, retort_error *err)
{
	char *names;
	int rc;

	if (!at->n)
		return rt_target_ran_out(rel, "nothing of that branch is applied", err);
	names = rt_dag_join(ask->g, at->v, at->n);
	rc = rt_err_set(err, RETORT_EAMBIGUOUS, "branch '%.*s' has several "
			"current revisions: %s", SV(rel->label), names);
	rt_err_field(err, RETORT_ERROR_NEXT, "name the revision to go to");
	free(names);
	return rc;
}

/* The current revision of a branch, that LABEL@-N counts from. */
static int current_on_branch(const rt_ask *ask, const rt_relative *rel,
			     const rt_origin *from, uint32_t *out,
			     retort_error *err)
{
	rt_nodes all = RT_VEC_INIT, at = RT_VEC_INIT;
	rt_sv id;
	int rc = origin_nodes(ask, from, &all, err);

	if (rc >= 0)
		rc = origin_nodes(ask, from, &at, err);
	if (rc >= 0)
		rc = keep_on_line(ask, rel->label, &at, err);
	if (rc >= 0 && !at.n) {
		/* Its head may be implied by a row of another branch. */
		rt_current(ask->g, &all, &at);
		rc = keep_on_line(ask, rel->label, &at, err);
	}
	if (rc >= 0 && at.n != 1)
		rc = not_one(ask, rel, &at, err);
	if (rc >= 0) {
		id = rt_sv_from(rt_dag_id(ask->g, at.v[0]));
		rc = rt_resolve_on_branch(ask, rel->label, id, out, err);
	}
	rt_vec_free(&all);
	rt_vec_free(&at);
	return rc;
}

/* A bare -N: from the first row, staying on its line. */
static int from_first_row(const rt_ask *ask, const rt_relative *rel,
			  const rt_origin *from, rt_goal *out,
			  retort_error *err)
{
	int rc;

	if (!from->rows) {
		rc = rt_resolve_on_branch(ask, from->text, from->text,
					  &out->node, err);
		out->label = from->text;
		return rc;
	}
	if (!from->rows->n)
		return rt_target_ran_out(rel, "nothing is applied", err);
	out->several = from->rows->n > 1;
	out->node = from->rows->v[0];
	out->label = rt_sv_from(rt_dag_id(ask->g, out->node));
	return 0;
}

static int relative_down(const rt_ask *ask, const rt_relative *rel,
			 const rt_origin *from, bool exact, rt_goal *out,
			 retort_error *err)
{
	bool up = rel->steps >= 0;
	int rc;

	out->label = rel->label;
	if (up && !rel->symbol.n)
		return rt_target_ran_out(rel, "a downgrade goes down", err);
	if (up)
		rc = rt_resolve_one(ask, rel->symbol, &out->node, err);
	else if (rel->symbol.n)
		rc = rt_resolve_on_branch(ask, rel->label, rel->symbol,
					  &out->node, err);
	else if (rel->label.n)
		rc = current_on_branch(ask, rel, from, &out->node, err);
	else
		rc = from_first_row(ask, rel, from, out, err);
	if (rc >= 0)
		rc = rt_walk(ask, out->node, rel->steps,
			     up ? rel->label : RT_SV(""), exact, &out->node,
			     err);
	if (rc < 0)
		return rc;
	if (out->node == RT_NIL && !rel->symbol.n)
		return rt_target_ran_out(rel, "", err);
	if (out->node == RT_NIL) {
		rc = rt_err_set(err, RETORT_ETARGET, "walked too far: the "
				"graph ends less than %.*s steps from '%.*s'",
				SV(rt_ident_amount(rel->number)),
				SV(rel->symbol));
		rt_err_field(err, RETORT_ERROR_NEXT, "count fewer steps, or "
			     "name the revision");
		return rc;
	}
	if (out->node == RT_BASE)
		out->node = RT_NIL;
	return 0;
}

int rt_target_down(const rt_ask *ask, rt_sv target, const rt_origin *from,
		   bool exact, rt_goal *out, retort_error *err)
{
	rt_relative rel;
	rt_sv symbol = target;
	size_t at;

	*out = (rt_goal){ RT_NIL, { NULL, 0 }, false };
	if (rt_ident_relative(ask->g, target, &rel))
		return relative_down(ask, &rel, from, exact, out, err);
	/* Here, and only here, Alembic splits at the last "@". */
	for (at = target.n; at > 0 && target.p[at - 1] != '@'; at--)
		;
	if (at) {
		out->label = rt_sv_sub(target, 0, at - 1);
		symbol = rt_sv_sub(target, at, target.n);
	}
	return rt_resolve_one(ask, symbol, &out->node, err);
}
