/* SPDX-License-Identifier: MIT */
/* Who has a revision. */
#include "config.h"

#include "base/err.h"
#include "base/fs.h"
#include "base/names.h"
#include "engine/branch/switch.h"

/* The revision that a label stands for among the leaves; else the name. */
static const char *id_of(const rt_side *side, const char *name)
{
	size_t i;

	if (rt_side_find(side, name))
		return name;
	for (i = 0; i < side->leaves.n; i++) {
		const retort_revision *rev = side->leaves.v[i].rev;

		if (rt_names_have(&rev->labels, name))
			return rev->id;
	}
	return name;
}

const char *rt_switch_id_in(const retort_graph *graph, const char *name)
{
	retort_list list = RETORT_LIST_INIT;

	if (!retort_graph_find(graph, name) &&
	    retort_graph_resolve(graph, name, NULL, &list, NULL) == 0 &&
	    list.n == 1)
		name = list.v[0]->id;
	retort_list_dispose(&list);
	return name;
}

/* Dependencies by id: a label may be another revision's in another tree. */
static void name_by_id(retort_switch *sw, const rt_side *side,
		       retort_revision *rev)
{
	size_t i, n = rev->depends_on.n;
	const char **v = rt_arena_calloc(&sw->arena, n + 1, sizeof(*v));

	for (i = 0; i < n; i++)
		v[i] = side ? id_of(side, rev->depends_on.v[i])
			    : rt_switch_id_in(sw->here, rev->depends_on.v[i]);
	rev->depends_on = (retort_names){ v, n };
}

static int from_here(retort_switch *sw, const char *id,
		     const rt_holder **holder, retort_error *err)
{
	const retort_revision *rev =
		sw->here ? retort_graph_find(sw->here, id) : NULL;
	rt_holder *h;

	*holder = NULL;
	if (!rev || !*rev->path || rev->problem)
		return 0;
	h = rt_arena_calloc(&sw->arena, 1, sizeof(*h));
	h->rev = *rev;
	name_by_id(sw, NULL, &h->rev);
	*holder = h;
	return rt_vcs_relative(sw->branches->vcs, rev->path, &sw->arena,
			       &h->shown, err);
}

static const rt_holder *from_side(retort_switch *sw, const char *label,
				  const rt_side *side, const char *id)
{
	const rt_leaf *leaf = side ? rt_side_find(side, id) : NULL;
	rt_holder *h;

	if (!leaf || leaf->rev->problem)
		return NULL;
	h = rt_arena_calloc(&sw->arena, 1, sizeof(*h));
	h->rev = *leaf->rev;
	h->rev.path = h->shown = rt_leaf_label(sw->branches, label,
					       leaf->path);
	h->blob = leaf->blob;
	name_by_id(sw, side, &h->rev);
	return h;
}

int rt_switch_theirs(retort_switch *sw, const char *id,
		     const rt_holder **holder, retort_error *err)
{
	*holder = from_side(sw, sw->ref, sw->side, id);
	return *holder ? 0
		       : rt_err_set(err, RETORT_ENOTFOUND, "%s has no %s",
				    sw->ref, id);
}

static int from_branch(retort_switch *sw, const rt_vcs_branch *branch,
		       const char *id, const rt_holder **holder,
		       retort_error *err)
{
	const rt_side *side;
	int rc = rt_side_of_branch(sw->branches, branch, &side, err);

	*holder = rc ? NULL : from_side(sw, branch->name, side, id);
	return rc;
}

static int ask_branches(retort_switch *sw, retort_error *err)
{
	int rc;

	if (sw->asked)
		return 0;
	rc = rt_vcs_branches_read(sw->branches->vcs, &sw->arena, &sw->others,
				  err);
	sw->asked = !rc;
	return rc;
}

int rt_switch_holder(retort_switch *sw, const char *id, size_t *stage,
		     const rt_holder **holder, retort_error *err)
{
	int rc = 0;

	*holder = NULL;
	while (!rc && !*holder) {
		size_t at = (*stage)++;

		if (at == 0) {
			rc = from_here(sw, id, holder, err);
			continue;
		}
		if (at == 1) {
			*holder = from_side(sw, sw->ref, sw->side, id);
			continue;
		}
		rc = ask_branches(sw, err);
		if (rc || at - 2 >= sw->others.n)
			break;
		rc = from_branch(sw, &sw->others.v[at - 2], id, holder, err);
	}
	return rc;
}

/* Whether two files have the same bytes. */
static int same_text(retort_switch *sw, const rt_holder *a, const rt_holder *b,
		     bool *same, retort_error *err)
{
	rt_str x = RT_STR_INIT, y = RT_STR_INIT;
	int rc = rt_switch_read(sw, a, &x, err);

	if (!rc)
		rc = rt_switch_read(sw, b, &y, err);
	*same = !rc && rt_sv_eq(rt_str_sv(&x), rt_str_sv(&y));
	rt_str_free(&x);
	rt_str_free(&y);
	return rc;
}

int rt_switch_up(retort_switch *sw, const char *id, const rt_holder **holder,
		 retort_error *err)
{
	const rt_holder *here;
	bool same;
	int rc = rt_switch_theirs(sw, id, holder, err);

	if (!rc)
		rc = from_here(sw, id, &here, err);
	if (rc || !here)
		return rc;
	rc = same_text(sw, here, *holder, &same, err);
	if (!rc && same)
		*holder = here;
	return rc;
}

int rt_switch_read(retort_switch *sw, const rt_holder *holder, rt_str *text,
		   retort_error *err)
{
	if (!holder->blob)
		return rt_fs_read(holder->rev.path, RT_FS_LIMIT, text, err);
	return rt_vcs_read(sw->branches->vcs, holder->blob, holder->rev.path,
			   text, err);
}
