/* SPDX-License-Identifier: MIT */
/*
 * What most branches do: they add revisions, and leave those alone that were
 * there.  Then everything there is to say is about what they add; the rest
 * is looked at once for all comparisons, however long the history is.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/conflicts/conflicts.h"
#include "rev/builder.h"

enum { CHANGES_MAX = 20000 /* remembered, of one side */ };

/* --- what both have in common -------------------------------------------- */

/* Whether nothing is wrong with it, and what its heads are. */
static void survey(rt_ground *ground, const rt_side *side)
{
	retort_graph *graph = rt_graph_new();
	const retort_names *labels;
	size_t i, k;

	ground->known = ground->sound = true;
	for (i = 0; i < side->leaves.n && ground->sound; i++) {
		const retort_revision *rev = side->leaves.v[i].rev;

		ground->sound = !rt_graph_add(graph, rev, NULL);
		labels = &rev->labels;
		for (k = 0; k < labels->n; k++)
			rt_map_add(&ground->labels, rt_sv_from(labels->v[k]),
				   i);
	}
	ground->sound = ground->sound && !rt_graph_seal(graph, NULL);
	retort_graph_free(graph);
	if (ground->sound)
		rt_leaves_heads(&side->leaves, &ground->heads);
}

/* --- what a side adds to it ---------------------------------------------- */

static int by_hash(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void sort(rt_vcs_hashes *hashes)
{
	if (hashes->n)
		qsort(hashes->v, hashes->n, sizeof(*hashes->v), by_hash);
}

static bool disjoint(const rt_vcs_hashes *a, const rt_vcs_hashes *b)
{
	size_t i, k = 0;

	for (i = 0; i < a->n; i++) {
		while (k < b->n && b->v[k] < a->v[i])
			k++;
		if (k < b->n && b->v[k] == a->v[i])
			return false;
	}
	return true;
}

/* Both lists have the same order, so one walk tells what is new. */
static void add_new(rt_growth *g, const rt_side *base, const rt_side *side)
{
	size_t i, at = 0;

	for (i = 0; i < side->leaves.n; i++) {
		const rt_leaf *leaf = &side->leaves.v[i];
		const rt_leaf *old = at < base->leaves.n ? &base->leaves.v[at]
							 : NULL;

		if (old && old->rev == leaf->rev &&
		    !strcmp(old->path, leaf->path))
			at++;
		else
			rt_vec_push(&g->added, leaf);
	}
	g->only_adds = at == base->leaves.n;
}

static int make_growth(rt_contest *c, rt_growth *g, const rt_side *base,
		       const rt_side *side)
{
	int rc = 0;

	add_new(g, base, side);
	if (g->only_adds && base != side)
		rc = rt_vcs_changes(c->b->vcs, base->commit, side->commit,
				    &g->changed, &g->gone, c->err);
	sort(&g->changed);
	sort(&g->gone);
	if (g->changed.n > CHANGES_MAX || !g->only_adds) {
		g->only_adds = false;
		rt_vec_free(&g->added);
		rt_vec_free(&g->changed);
		rt_vec_free(&g->gone);
	}
	return rc;
}

static int find_growth(rt_contest *c, const rt_side *side,
		       const rt_growth **out)
{
	const rt_side *base = c->bases.v[0];
	const char *key = rt_arena_strf(&c->out->arena, "%s %s", base->commit,
					side->commit);
	const rt_map_entry *e = rt_map_find(&c->b->growth_of,
					    rt_sv_from(key));
	rt_growth *g;

	if (e) {
		*out = c->b->growths.v[e->value];
		return 0;
	}
	*out = g = rt_calloc(1, sizeof(*g));
	rt_map_add(&c->b->growth_of,
		   rt_sv_from(rt_arena_strdup(&c->b->arena, key)),
		   c->b->growths.n);
	rt_vec_push(&c->b->growths, g);
	return make_growth(c, g, base, side);
}

/* --- both ---------------------------------------------------------------- */

static bool same_places(const rt_side *a, const rt_side *b)
{
	size_t i;

	if (a->places.dirs.n != b->places.dirs.n)
		return false;
	for (i = 0; i < a->places.dirs.n; i++)
		if (strcmp(a->places.dirs.v[i], b->places.dirs.v[i]) != 0)
			return false;
	return true;
}

/* A file that one side deletes may be the other's new one under another
 * name, as git sees it. */
static bool is_plain(const rt_growth *ours, const rt_growth *theirs)
{
	return ours->only_adds && theirs->only_adds &&
	       disjoint(&ours->gone, &theirs->changed) &&
	       disjoint(&theirs->gone, &ours->changed);
}

/* One more revision, which nobody else has and no label is about. */
static bool add_one(rt_contest *c, rt_map *paths, const rt_leaf *leaf)
{
	const rt_side *base = c->bases.v[0];
	rt_sv id = rt_sv_from(leaf->rev->id);

	if (leaf->rev->labels.n || rt_side_find(base, leaf->rev->id) ||
	    rt_map_find(&base->ground->labels, id) ||
	    !rt_map_add(paths, rt_sv_from(leaf->path), 0) ||
	    !rt_map_add(&c->by_id, id, c->merged.n))
		return false;
	rt_vec_push(&c->merged, *leaf);
	return true;
}

static bool knows_dependencies(const rt_contest *c, const rt_leaf *leaf)
{
	const retort_names *deps = &leaf->rev->depends_on;
	size_t i;

	for (i = 0; i < deps->n; i++)
		if (!rt_contest_merged(c, deps->v[i]))
			return false;
	return true;
}

static bool add_all(rt_contest *c, const rt_growth *ours,
		    const rt_growth *theirs)
{
	rt_map paths = RT_MAP_INIT;
	bool good = true;
	size_t i;

	for (i = 0; i < ours->added.n && good; i++)
		good = add_one(c, &paths, ours->added.v[i]);
	for (i = 0; i < theirs->added.n && good; i++)
		good = add_one(c, &paths, theirs->added.v[i]);
	for (i = 0; i < c->merged.n && good; i++)
		good = knows_dependencies(c, &c->merged.v[i]);
	rt_map_free(&paths);
	return good;
}

int rt_contest_light(rt_contest *c)
{
	const rt_side *base = c->bases.n == 1 ? c->bases.v[0] : NULL;
	const rt_growth *ours = NULL, *theirs = NULL;
	int rc;

	if (!base || !same_places(base, c->ours) ||
	    !same_places(base, c->theirs))
		return 0;
	if (!base->ground->known)
		survey(base->ground, base);
	rc = find_growth(c, c->ours, &ours);
	if (!rc)
		rc = find_growth(c, c->theirs, &theirs);
	if (rc || !base->ground->sound || !is_plain(ours, theirs))
		return rc;
	c->light = base;
	if (add_all(c, ours, theirs))
		return 0;
	c->light = NULL;
	c->merged.n = 0;
	rt_map_free(&c->by_id);
	return 0;
}

void rt_contest_light_heads(const rt_contest *c, unsigned sides,
			    rt_vcs_ids *out)
{
	const rt_vcs_ids *old = &c->light->ground->heads;
	rt_map parents = RT_MAP_INIT;
	rt_vcs_ids all = RT_VEC_INIT;
	size_t i, k;

	for (i = 0; i < old->n; i++)
		rt_vec_push(&all, old->v[i]);
	for (i = 0; i < c->merged.n; i++) {
		const retort_revision *rev = c->merged.v[i].rev;

		if (!(rt_contest_sides(c, rev->id) & sides))
			continue;
		rt_vec_push(&all, rev->id);
		for (k = 0; k < rev->down.n; k++)
			rt_map_add(&parents, rt_sv_from(rev->down.v[k]), 0);
	}
	for (i = 0; i < all.n; i++)
		if (!rt_map_find(&parents, rt_sv_from(all.v[i])))
			rt_vec_push(out, all.v[i]);
	rt_map_free(&parents);
	rt_vec_free(&all);
}
