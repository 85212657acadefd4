/* SPDX-License-Identifier: MIT */
/* The two sides of a comparison, and their merge. */
#include "config.h"

#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/names.h"
#include "engine/conflicts/conflicts.h"

/* --- small things -------------------------------------------------------- */

void rt_contest_limit(rt_contest *c, const char *format, ...)
{
	rt_str s = RT_STR_INIT;
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&s, format, ap);
	va_end(ap);
	rt_vec_push(&c->out->limits, rt_arena_strdup(&c->out->arena, s.p));
	rt_str_free(&s);
}

const rt_leaf *rt_contest_base(const rt_contest *c, const char *id)
{
	const rt_leaf *leaf = NULL;
	size_t i;

	for (i = 0; i < c->bases.n && !leaf; i++)
		leaf = rt_side_find(c->bases.v[i], id);
	return leaf;
}

const rt_leaf *rt_contest_merged(const rt_contest *c, const char *id)
{
	const rt_map_entry *e = rt_map_find(&c->by_id, rt_sv_from(id));

	if (!e)
		return c->light ? rt_side_find(c->light, id) : NULL;
	return &c->merged.v[e->value];
}

unsigned rt_contest_sides(const rt_contest *c, const char *id)
{
	return (rt_side_find(c->ours, id) ? RETORT_OURS : 0u) |
	       (rt_side_find(c->theirs, id) ? RETORT_THEIRS : 0u);
}

static bool holds(const rt_side *side, const rt_leaf *leaf)
{
	const rt_leaf *own = rt_side_find(side, leaf->rev->id);
	size_t i;

	if (!own || !strcmp(own->path, leaf->path))
		return own != NULL;
	for (i = 0; i < side->leaves.n; i++)
		if (!strcmp(side->leaves.v[i].path, leaf->path) &&
		    !strcmp(side->leaves.v[i].rev->id, leaf->rev->id))
			return true;
	return false;
}

unsigned rt_contest_holders(const rt_contest *c, const rt_leaf *leaf)
{
	return (holds(c->ours, leaf) ? RETORT_OURS : 0u) |
	       (holds(c->theirs, leaf) ? RETORT_THEIRS : 0u);
}

/* --- which commits ------------------------------------------------------- */

/* Errors name files by the ref as it was given: `git show REF:path`. */
static int use_ref(rt_contest *c, const char *ref, retort_compared *side,
		   const char **label, char commit[RT_VCS_ID])
{
	int rc = rt_vcs_resolve(c->b->vcs, ref, commit, c->err);

	side->name = rc ? ref
			: rt_vcs_name(c->b->vcs, ref, commit, &c->out->arena);
	side->commit = rt_arena_strdup(&c->out->arena, rc ? "" : commit);
	*label = rt_arena_strdup(&c->out->arena, ref);
	return rc;
}

static int use_working(rt_contest *c, char commit[RT_VCS_ID])
{
	retort_compared *ours = &c->out->ours;
	rt_arena *arena = &c->out->arena;
	rt_vcs_ids changed = RT_VEC_INIT;
	const char *branch;
	int rc;

	if (rt_vcs_is_bare(c->b->vcs)) {
		rt_err_field(c->err, RETORT_ERROR_NEXT,
			     "name the branch that is to be merged");
		return rt_err_set(c->err, RETORT_EUSAGE,
				  "the repository %s is bare: it has no "
				  "working files to compare",
				  rt_vcs_root(c->b->vcs));
	}
	rc = rt_vcs_head(c->b->vcs, arena, commit, &branch, c->err);
	if (rc)
		return rc;
	ours->name = *branch ? branch : "HEAD";
	ours->commit = rt_arena_strdup(arena, commit);
	rc = rt_vcs_working(c->b->vcs, &c->b->places, arena, commit, &changed,
			    c->err);
	ours->changed = rt_names_sorted(
		arena, (retort_names){ changed.v, changed.n });
	ours->working = true;
	rt_vec_free(&changed);
	return rc;
}

static int find_ours(rt_contest *c, char commit[RT_VCS_ID])
{
	const retort_conflicts_options *o = c->options;
	const char *branch;
	int rc;

	if (o->ref)
		return use_ref(c, o->ref, &c->out->ours, &c->ours_label,
			       commit);
	if (!o->committed)
		return use_working(c, commit);
	rc = rt_vcs_head(c->b->vcs, &c->out->arena, commit, &branch, c->err);
	if (!rc && !*commit)
		rc = rt_err_set(c->err, RETORT_ENOTFOUND,
				"the repository %s has no commit yet",
				rt_vcs_root(c->b->vcs));
	c->out->ours.name = *branch ? branch : "HEAD";
	c->ours_label = c->out->ours.name;
	c->out->ours.commit = rt_arena_strdup(&c->out->arena, commit);
	return rc;
}

static int find_theirs(rt_contest *c, char commit[RT_VCS_ID])
{
	const char *onto = c->options->onto;
	int rc = 0;

	if (!onto)
		rc = retort_branches_target(c->b, c->options->ref, &onto,
					    c->err);
	return rc ? rc
		  : use_ref(c, onto, &c->out->theirs, &c->theirs_label,
			    commit);
}

/* --- the merge ----------------------------------------------------------- */

static void add_leaf(rt_contest *c, const rt_leaf *leaf)
{
	if (rt_map_add(&c->by_id, rt_sv_from(leaf->rev->id), c->merged.n))
		rt_vec_push(&c->merged, *leaf);
	else
		rt_vec_push(&c->doubles, *leaf);
}

static void add_side(rt_contest *c, const rt_side *side)
{
	size_t i;

	for (i = 0; i < side->leaves.n; i++)
		add_leaf(c, &side->leaves.v[i]);
}

static bool has_file(const rt_side *side, const rt_leaf *leaf)
{
	const rt_leaf *own = rt_side_find(side, leaf->rev->id);

	return own && !strcmp(own->path, leaf->path);
}

/* Without a base, what a side lacks cannot have been deleted. */
static void unite(rt_contest *c)
{
	size_t i;

	add_side(c, c->ours);
	for (i = 0; i < c->theirs->leaves.n; i++)
		if (!has_file(c->ours, &c->theirs->leaves.v[i]))
			add_leaf(c, &c->theirs->leaves.v[i]);
}

/* A file of the merge, or a version of one that cannot be merged. */
static int add_file(rt_contest *c, const char *label, const rt_vcs_file *file)
{
	rt_leaf leaf = { file->path, file->blob, NULL };
	int rc;

	if (!file->path || !rt_vcs_is_inside(&c->places, file->path))
		return 0;
	rc = rt_leaf_header(c->b, label, file, &leaf.rev, c->err);
	if (!rc && leaf.rev)
		add_leaf(c, &leaf);
	return rc;
}

static int add_clash(rt_contest *c, const rt_vcs_clash *clash)
{
	int rc = add_file(c, c->ours_label, &clash->ours);
	const rt_leaf *theirs;

	if (rc || !clash->theirs.path)
		return rc;
	/* the other version of a revision that is there is no second one */
	theirs = NULL;
	if (clash->ours.path) {
		const retort_revision *a, *b;

		rc = rt_leaf_header(c->b, c->ours_label, &clash->ours, &a,
				    c->err);
		if (!rc)
			rc = rt_leaf_header(c->b, c->theirs_label,
					    &clash->theirs, &b, c->err);
		if (rc)
			return rc;
		if (a && b && !strcmp(a->id, b->id))
			theirs = rt_contest_merged(c, b->id);
	}
	return theirs ? 0 : add_file(c, c->theirs_label, &clash->theirs);
}

/* A folder may be a link, and not lead to the same place on both sides. */
static void unite_places(rt_contest *c)
{
	const retort_names *a = &c->ours->places.dirs;
	const retort_names *b = &c->theirs->places.dirs;
	const char **dirs = rt_arena_calloc(&c->out->arena, a->n + b->n + 1,
					    sizeof(*dirs));
	size_t i;

	for (i = 0; i < a->n; i++)
		dirs[i] = a->v[i];
	for (i = 0; i < b->n; i++)
		dirs[a->n + i] = b->v[i];
	c->places.dirs = (retort_names){ dirs, a->n + b->n };
	c->places.recursive = c->b->places.recursive;
}

static int merge(rt_contest *c)
{
	rt_vcs_files files = RT_VEC_INIT;
	size_t i;
	int rc = rt_vcs_merge(c->b->vcs, c->ours->commit, c->theirs->commit,
			      &c->places, &c->out->arena, &files, &c->clashes,
			      c->err);

	for (i = 0; i < files.n && !rc; i++)
		rc = add_file(c, "merge", &files.v[i]);
	for (i = 0; i < c->clashes.n && !rc; i++)
		rc = add_clash(c, &c->clashes.v[i]);
	rt_vec_free(&files);
	return rc;
}

static int load_bases(rt_contest *c, bool *cut)
{
	const rt_side *side;
	size_t i;
	int rc = rt_vcs_bases(c->b->vcs, c->ours->commit, c->theirs->commit,
			      &c->out->arena, &c->out->bases, cut, c->err);

	for (i = 0; i < c->out->bases.n && !rc; i++) {
		const char *label = rt_arena_strf(&c->out->arena, "%.12s",
						  c->out->bases.v[i]);

		rc = rt_side_load(c->b, label, c->out->bases.v[i], &side,
				  c->err);
		if (!rc)
			rt_vec_push(&c->bases, side);
	}
	return rc;
}

static int combine(rt_contest *c)
{
	bool cut;
	int rc = load_bases(c, &cut);

	if (!rc)
		rc = rt_contest_light(c);
	if (rc || c->light)
		return rc;
	if (cut) {
		rt_contest_limit(c, "this shallow clone lacks the merge base, "
				 "so nothing is known of edited and deleted "
				 "revisions: git fetch --unshallow (in CI: "
				 "fetch depth 0)");
		unite(c);
	} else if (!c->bases.n) {
		rt_contest_limit(c, "%s and %s have no commit in common, so "
				 "nothing is known of edited and deleted "
				 "revisions", c->us, c->them);
		unite(c);
	} else if (c->bases.n == 1 &&
		   !strcmp(c->bases.v[0]->commit, c->theirs->commit)) {
		add_side(c, c->ours);
	} else if (c->bases.n == 1 &&
		   !strcmp(c->bases.v[0]->commit, c->ours->commit)) {
		add_side(c, c->theirs);
	} else {
		rc = merge(c);
	}
	return rc;
}

/* --- what the report says of the sides ----------------------------------- */

static retort_names sorted(rt_contest *c, rt_vcs_ids *ids)
{
	retort_names names = rt_names_sorted(
		&c->out->arena, (retort_names){ ids->v, ids->n });

	rt_vec_free(ids);
	return names;
}

static retort_names added_by(rt_contest *c, unsigned side)
{
	rt_vcs_ids own = RT_VEC_INIT;
	size_t i;

	for (i = 0; i < c->merged.n; i++)
		if (rt_contest_sides(c, c->merged.v[i].rev->id) == side)
			rt_vec_push(&own, c->merged.v[i].rev->id);
	return sorted(c, &own);
}

/* Only on this side, and not because the other has deleted it. */
static retort_names own_of(rt_contest *c, const rt_side *side,
			   const rt_side *other)
{
	rt_vcs_ids own = RT_VEC_INIT;
	size_t i;

	if (c->light)
		return added_by(c, side == c->ours ? RETORT_OURS
						   : RETORT_THEIRS);
	for (i = 0; i < side->leaves.n; i++) {
		const char *id = side->leaves.v[i].rev->id;

		if (!rt_side_find(other, id) && !rt_contest_base(c, id) &&
		    rt_side_find(side, id) == &side->leaves.v[i])
			rt_vec_push(&own, id);
	}
	return sorted(c, &own);
}

/* What a server of pull requests checks out: then the two sides are one. */
static void mind_merge(rt_contest *c)
{
	if (!c->out->ours.working &&
	    rt_vcs_is_merge_of(c->b->vcs, c->ours->commit, c->theirs->commit))
		rt_contest_limit(c, "%s is a merge with %s: what the two do to "
				 "each other is seen by comparing the branch "
				 "as it was before", c->us, c->them);
}

static void describe(rt_contest *c)
{
	retort_compared *a = &c->out->ours, *b = &c->out->theirs;

	a->revisions = c->ours->by_id.n;
	b->revisions = c->theirs->by_id.n;
	a->own = own_of(c, c->ours, c->theirs);
	b->own = own_of(c, c->theirs, c->ours);
	mind_merge(c);
	if (!c->ours->there)
		rt_contest_limit(c, "%s has no folder of revisions", c->us);
	if (!c->theirs->there)
		rt_contest_limit(c, "%s has no folder of revisions", c->them);
}

int rt_contest_begin(rt_contest *c)
{
	char ours[RT_VCS_ID], theirs[RT_VCS_ID];
	retort_conflicts *out = c->out;
	int rc = find_ours(c, ours);

	if (!rc)
		rc = find_theirs(c, theirs);
	if (rc)
		return rc;
	c->us = out->ours.name;
	c->them = out->theirs.name;
	if (out->ours.working &&
	    (out->ours.changed.n || !strcmp(c->us, c->them)))
		c->us = "the working tree";
	rc = rt_side_load(c->b, c->ours_label, ours, &c->ours, c->err);
	if (!rc)
		rc = rt_side_load(c->b, c->theirs_label, theirs, &c->theirs,
				  c->err);
	if (!rc) {
		unite_places(c);
		rc = combine(c);
	}
	if (!rc)
		describe(c);
	return rc;
}

void rt_contest_end(rt_contest *c)
{
	rt_vec_free(&c->bases);
	rt_vec_free(&c->merged);
	rt_vec_free(&c->doubles);
	rt_vec_free(&c->clashes);
	rt_map_free(&c->by_id);
}
