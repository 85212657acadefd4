/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/branch/elsewhere.h"

#include <string.h>

#include "base/err.h"
#include "engine/branch/branches.h"

static void put_where(const retort_sightings *found, rt_str *out)
{
	const retort_sighting *s = &found->v[0];
	size_t more = found->n - 1;

	rt_str_addf(out, "on branch %s (%s", s->branch, s->path);
	if (*s->author)
		rt_str_addf(out, ", %s, %.10s", s->author, s->date);
	rt_str_add(out, ")");
	if (more)
		rt_str_addf(out, " and %zu other%s", more,
			    more == 1 ? "" : "s");
}

/* The branch as `git switch` takes it: it makes a local one of "origin/x". */
static const char *switch_name(const retort_sighting *s)
{
	const char *slash = s->remote ? strchr(s->branch, '/') : NULL;

	return slash ? slash + 1 : s->branch;
}

static void put_next(retort_branches *b, const retort_sighting *s, rt_str *out)
{
	char commit[RT_VCS_ID];
	const char *branch;

	if (rt_vcs_is_bare(b->vcs))
		rt_str_addf(out, "`retort switch %s` brings the database there",
			    s->branch);
	else if (rt_vcs_head(b->vcs, &b->arena, commit, &branch, NULL) == 0 &&
		 strcmp(branch, s->branch) == 0)
		rt_str_addf(out, "`git restore %s%s` brings it back",
			    rt_vcs_root(b->vcs), s->path);
	else
		rt_str_addf(out, "`git switch %s` brings its file; or bring "
				 "the database there with `retort switch %s`, "
				 "to this tree with `retort switch HEAD`",
			    switch_name(s), s->branch);
}

static void put_recent(retort_branches *b, const rt_vcs_branch *commit,
		       bool stash, const rt_leaf *leaf, rt_str *where,
		       rt_str *next)
{
	rt_vcs_author author = { .name = "" };

	if (rt_vcs_author_of(b->vcs, commit->commit, leaf->path, &b->arena,
			     &author, NULL))
		author.name = "";
	rt_str_addf(where, stash ? "in %s (%s"
				 : "in commit %s, which no branch has (%s",
		    commit->name, leaf->path);
	if (*author.name)
		rt_str_addf(where, ", %s, %.10s", author.name, author.date);
	rt_str_add(where, ")");
	rt_str_addf(next, stash ? "`git stash pop %s` brings its file"
				: "`git switch -c NAME %s` brings it back; or "
				  "the database to this tree with `retort "
				  "switch HEAD`",
		    commit->name);
}

/* In a stash, or on a branch that is gone. */
static bool find_recent(retort_branches *b, const char *id, rt_str *where,
			rt_str *next)
{
	rt_vcs_branches all = RT_VEC_INIT;
	size_t i, stashes;
	bool is = false;

	rt_vcs_recent(b->vcs, &b->arena, &all, &stashes);
	for (i = 0; i < all.n && !is; i++) {
		const rt_side *side;
		const rt_leaf *leaf = NULL;

		if (!rt_side_of_branch(b, &all.v[i], &side, NULL) && side)
			leaf = rt_side_find(side, id);
		is = leaf != NULL;
		if (is)
			put_recent(b, &all.v[i], i < stashes, leaf, where,
				   next);
	}
	rt_vec_free(&all);
	return is;
}

bool rt_elsewhere_find(retort_branches *b, const char *id, rt_str *where,
		       rt_str *next)
{
	retort_sightings found = RETORT_SIGHTINGS_INIT;
	bool is = retort_branches_find(b, id, &found, NULL) == 0 && found.n;

	if (is) {
		put_where(&found, where);
		put_next(b, &found.v[0], next);
	}
	retort_sightings_dispose(&found);
	return is || find_recent(b, id, where, next);
}

/* Whether it is an error of a revision that the files do not have. */
static bool is_missing(retort_project *project, const retort_error *err)
{
	const char *id = retort_error_get(err, RETORT_ERROR_REVISION);
	const retort_graph *graph;

	return id && (err->code == RETORT_ENOTFOUND ||
		      err->code == RETORT_ESTATE) &&
	       retort_project_graph(project, &graph, NULL) == 0 &&
	       !retort_graph_find(graph, id);
}

void retort_branches_explain(retort_project *project, retort_error *err)
{
	retort_error better = RETORT_ERROR_INIT;
	rt_str where = RT_STR_INIT, next = RT_STR_INIT;
	retort_branches *b = NULL;
	const char *id;

	if (!is_missing(project, err) ||
	    retort_branches_open(&b, project, NULL))
		return;
	id = retort_error_get(err, RETORT_ERROR_REVISION);
	if (rt_elsewhere_find(b, id, &where, &next)) {
		rt_err_set(&better, err->code, "%s is %s, not in this tree", id,
			   where.p);
		rt_err_field(&better, RETORT_ERROR_REVISION, "%s", id);
		rt_err_field(&better, RETORT_ERROR_NEXT, "%s", next.p);
		retort_error_dispose(err);
		rt_err_move(err, &better);
	}
	rt_str_free(&where);
	rt_str_free(&next);
	retort_branches_free(b);
}
