/* SPDX-License-Identifier: MIT */
/*
 * The graph that the merge would give.  Unlike the graph of a project, it is
 * not sealed: everything that is wrong with it is to be told, not the first.
 */
#include "config.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/names.h"
#include "engine/conflicts/conflicts.h"

/* --- heads --------------------------------------------------------------- */

void rt_leaves_heads(const rt_leaves *leaves, rt_vcs_ids *out)
{
	rt_map parents = RT_MAP_INIT, seen = RT_MAP_INIT;
	size_t i, k;

	for (i = 0; i < leaves->n; i++)
		for (k = 0; k < leaves->v[i].rev->down.n; k++)
			rt_map_add(&parents,
				   rt_sv_from(leaves->v[i].rev->down.v[k]), 0);
	for (i = 0; i < leaves->n; i++) {
		const char *id = leaves->v[i].rev->id;

		if (rt_map_add(&seen, rt_sv_from(id), 0) &&
		    !rt_map_find(&parents, rt_sv_from(id)))
			rt_vec_push(out, id);
	}
	rt_names_sort(out->v, out->n);
	rt_map_free(&parents);
	rt_map_free(&seen);
}

static void find_heads(const rt_contest *c, unsigned sides, rt_vcs_ids *out)
{
	if (c->light)
		rt_contest_light_heads(c, sides, out);
	else
		rt_leaves_heads(sides == RETORT_OURS	 ? &c->ours->leaves
				: sides == RETORT_THEIRS ? &c->theirs->leaves
							 : &c->merged,
				out);
	rt_names_sort(out->v, out->n);
}

static retort_names keep(rt_contest *c, rt_vcs_ids *ids)
{
	retort_names names = rt_names_keep(&c->out->arena, ids->v, ids->n);

	rt_vec_free(ids);
	return names;
}

static bool has_own_parent(const rt_contest *c, const rt_leaf *leaf)
{
	size_t i;

	for (i = 0; i < leaf->rev->down.n; i++)
		if (rt_names_have_sorted(&c->out->ours.own,
					 leaf->rev->down.v[i]))
			return true;
	return false;
}

/* The one revision by which all that is only ours hangs on the rest. */
static const rt_leaf *find_fork(const rt_contest *c)
{
	const rt_leaf *found = NULL, *leaf;
	size_t i;

	for (i = 0; i < c->out->ours.own.n; i++) {
		leaf = rt_contest_merged(c, c->out->ours.own.v[i]);
		if (!leaf || has_own_parent(c, leaf))
			continue;
		if (found)
			return NULL;
		found = leaf;
	}
	return found;
}

static void name_heads(rt_contest *c, rt_finding *f)
{
	rt_vcs_ids named = RT_VEC_INIT;
	size_t i;

	for (i = 0; i < c->out->heads.n; i++) {
		const char *id = c->out->heads.v[i];
		const rt_leaf *leaf = rt_contest_merged(c, id);
		unsigned sides = rt_contest_sides(c, id);

		rt_vec_push(&named,
			    sides == RETORT_OURS
				    ? rt_arena_strf(&c->out->arena,
						    "%s of %s", id, c->us)
			    : sides == RETORT_THEIRS
				    ? rt_arena_strf(&c->out->arena,
						    "%s of %s", id, c->them)
				    : id);
		rt_finding_file(f, sides, leaf->path, 0, id);
	}
	rt_finding_names(&f->message, &named);
	rt_vec_free(&named);
}

static void add_heads(rt_contest *c)
{
	const retort_names *theirs = &c->out->theirs.heads;
	const rt_leaf *fork = find_fork(c);
	rt_finding f;

	rt_finding_begin(&f, RETORT_CONFLICT_HEADS);
	rt_str_addf(&f.message, "the merge has %zu heads, %s has %zu: ",
		    c->out->heads.n, c->them, theirs->n);
	name_heads(c, &f);
	if (fork && theirs->n == 1)
		rt_str_addf(&f.next, "set `down_revision: %s` in %s, or join "
			    "the heads after the merge with `retort merge "
			    "heads`", theirs->v[0], fork->path);
	else
		rt_str_add(&f.next, "join them after the merge with `retort "
			   "merge heads`");
	rt_finding_end(&f, c);
}

static void check_heads(rt_contest *c)
{
	retort_conflicts *out = c->out;
	rt_vcs_ids ours = RT_VEC_INIT, theirs = RT_VEC_INIT;

	find_heads(c, RETORT_OURS, &ours);
	find_heads(c, RETORT_THEIRS, &theirs);
	find_heads(c, RETORT_OURS | RETORT_THEIRS, &out->heads);
	out->ours.heads = keep(c, &ours);
	out->theirs.heads = keep(c, &theirs);
	/* the first revisions of all are no conflict */
	if (out->heads.n > out->theirs.heads.n && out->heads.n > 1)
		add_heads(c);
}

/* --- parents ------------------------------------------------------------- */

static bool is_label(const rt_map *labels, const char *name)
{
	return rt_map_find(labels, rt_sv_from(name)) != NULL;
}

static void add_missing(rt_contest *c, const rt_leaf *leaf, const char *name,
			const char *key)
{
	const rt_leaf *gone = rt_contest_base(c, name);
	unsigned has = rt_contest_sides(c, name);
	rt_finding f;

	rt_finding_begin(&f, RETORT_CONFLICT_MISSING_PARENT);
	f.conflict.object = leaf->rev->id;
	rt_str_addf(&f.message, "%s is the %s of %s, and the merge does not "
		    "have it: ", name, key, leaf->rev->id);
	if (gone || has)
		rt_str_addf(&f.message, "%s has deleted it",
			    has == RETORT_OURS     ? c->them
			    : has == RETORT_THEIRS ? c->us
						   : "one side");
	else
		rt_str_add(&f.message, "neither side does");
	rt_str_addf(&f.next, "restore the file of %s, or give %s another %s",
		    name, leaf->rev->id, key);
	rt_finding_file(&f, rt_contest_holders(c, leaf), leaf->path, 0,
			leaf->rev->id);
	if (gone)
		rt_finding_file(&f, has, gone->path, 0, name);
	rt_finding_end(&f, c);
}

static void check_parents(rt_contest *c, const rt_map *labels)
{
	size_t i, k;

	for (i = 0; i < c->merged.n; i++) {
		const rt_leaf *leaf = &c->merged.v[i];
		const retort_names *down = &leaf->rev->down;
		const retort_names *deps = &leaf->rev->depends_on;

		for (k = 0; k < down->n; k++)
			if (!rt_contest_merged(c, down->v[k]))
				add_missing(c, leaf, down->v[k],
					    "down_revision");
		for (k = 0; k < deps->n; k++)
			if (!rt_contest_merged(c, deps->v[k]) &&
			    !is_label(labels, deps->v[k]))
				add_missing(c, leaf, deps->v[k], "depends_on");
	}
}

/* --- labels -------------------------------------------------------------- */

static void add_label(rt_contest *c, const char *label, const rt_leaf *a,
		      const rt_leaf *b)
{
	rt_finding f;

	rt_finding_begin(&f, RETORT_CONFLICT_LABEL_COLLISION);
	f.conflict.object = label;
	if (a == b)
		rt_str_addf(&f.message, "the branch label '%s' of %s is a "
			    "revision's id", label, a->rev->id);
	else
		rt_str_addf(&f.message, "the branch label '%s' is on %s and "
			    "on %s", label, a->rev->id, b->rev->id);
	rt_str_add(&f.next, "change one of the two branch_labels");
	rt_finding_file(&f, rt_contest_holders(c, a), a->path, 0, a->rev->id);
	rt_finding_file(&f, rt_contest_holders(c, b), b->path, 0, b->rev->id);
	rt_finding_end(&f, c);
}

static void check_labels(rt_contest *c, rt_map *labels)
{
	const rt_map_entry *known;
	size_t i, k;

	for (i = 0; i < c->merged.n; i++) {
		const rt_leaf *leaf = &c->merged.v[i];

		for (k = 0; k < leaf->rev->labels.n; k++) {
			const char *label = leaf->rev->labels.v[k];

			if (rt_contest_merged(c, label))
				add_label(c, label, leaf, leaf);
			known = rt_map_find(labels, rt_sv_from(label));
			if (known)
				add_label(c, label,
					  &c->merged.v[known->value], leaf);
			else
				rt_map_add(labels, rt_sv_from(label), i);
		}
	}
}

/* --- cycles -------------------------------------------------------------- */

/* What a revision builds on: parents, then dependencies; SIZE_MAX = not
 * there. */
static size_t target_of(const rt_contest *c, const rt_map *labels,
			const rt_leaf *leaf, size_t i)
{
	const retort_names *down = &leaf->rev->down;
	const char *name = i < down->n ? down->v[i]
				       : leaf->rev->depends_on.v[i - down->n];
	const rt_map_entry *e = rt_map_find(&c->by_id, rt_sv_from(name));

	if (!e && i >= down->n)
		e = rt_map_find(labels, rt_sv_from(name));
	return e ? e->value : SIZE_MAX;
}

static size_t targets(const rt_leaf *leaf)
{
	return leaf->rev->down.n + leaf->rev->depends_on.n;
}

/* Walk down from every revision; 1 = on the way, 2 = done.  The way is a
 * stack, so that a long history does not use up the program's. */
struct walk {
	rt_contest *c;
	const rt_map *labels;
	unsigned char *mark;
	RT_VEC(size_t) way;
	size_t *next; /* the target of each that comes next */
};

static void add_cycle(struct walk *w, size_t from)
{
	rt_contest *c = w->c;
	rt_vcs_ids ids = RT_VEC_INIT;
	size_t i, start = 0;
	rt_finding f;

	while (w->way.v[start] != from)
		start++;
	rt_finding_begin(&f, RETORT_CONFLICT_CYCLE);
	for (i = start; i < w->way.n; i++) {
		const rt_leaf *leaf = &c->merged.v[w->way.v[i]];

		rt_vec_push(&ids, leaf->rev->id);
		rt_finding_file(&f, rt_contest_holders(c, leaf), leaf->path, 0,
				leaf->rev->id);
	}
	rt_names_sort(ids.v, ids.n);
	rt_str_add(&f.message, "after the merge these come before "
		   "themselves: ");
	rt_finding_names(&f.message, &ids);
	rt_str_add(&f.next, "change the down_revision of one of them");
	rt_finding_end(&f, c);
	rt_vec_free(&ids);
}

static void step(struct walk *w)
{
	size_t at = w->way.v[w->way.n - 1], to;
	const rt_leaf *leaf = &w->c->merged.v[at];

	if (w->next[at] == targets(leaf)) {
		w->mark[at] = 2;
		w->way.n--;
		return;
	}
	to = target_of(w->c, w->labels, leaf, w->next[at]++);
	if (to == SIZE_MAX)
		return;
	if (w->mark[to] == 1) {
		add_cycle(w, to);
	} else if (!w->mark[to]) {
		w->mark[to] = 1;
		rt_vec_push(&w->way, to);
	}
}

static void check_cycles(rt_contest *c, const rt_map *labels)
{
	struct walk w = { .c = c, .labels = labels };
	size_t i;

	w.mark = rt_calloc(c->merged.n + 1, sizeof(*w.mark));
	w.next = rt_calloc(c->merged.n + 1, sizeof(*w.next));
	for (i = 0; i < c->merged.n; i++) {
		if (w.mark[i])
			continue;
		w.mark[i] = 1;
		rt_vec_push(&w.way, i);
		while (w.way.n)
			step(&w);
	}
	rt_vec_free(&w.way);
	free(w.mark);
	free(w.next);
}

int rt_contest_graph(rt_contest *c)
{
	rt_map labels = RT_MAP_INIT;

	check_labels(c, &labels);
	check_parents(c, &labels);
	check_cycles(c, &labels);
	check_heads(c);
	rt_map_free(&labels);
	return 0;
}
