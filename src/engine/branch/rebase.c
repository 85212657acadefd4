/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <retort/rebase.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <retort/conflicts.h>
#include <retort/rewrite.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/names.h"
#include "engine/branch/branches.h"
#include "engine/scratch/scratch.h"

#define RECORD "retort-rebase" /* in git's folder: what undo needs */

struct retort_rebase {
	rt_arena arena;
	retort_branches *b;
	retort_rebase_options options;
	const char *onto, *head;
	retort_names own; /* ids that only this branch has, sorted */
	RT_VEC(retort_rebase_move) moves;
};

/* --- what there is to be done -------------------------------------------- */

static int one_head(retort_rebase *r, const retort_compared *theirs,
		    retort_error *err)
{
	rt_str list = RT_STR_INIT;
	size_t i;

	r->onto = rt_arena_strdup(&r->arena, theirs->name);
	if (theirs->heads.n == 1) {
		r->head = rt_arena_strdup(&r->arena, theirs->heads.v[0]);
		return 0;
	}
	for (i = 0; i < theirs->heads.n; i++)
		rt_str_addf(&list, "%s%s", i ? ", " : "", theirs->heads.v[i]);
	rt_err_set(err, RETORT_EAMBIGUOUS,
		   theirs->heads.n ? "%s has several heads: %s"
				   : "%s has no revisions%s",
		   theirs->name, list.p);
	if (theirs->heads.n)
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "join them on %s first: retort merge heads",
			     theirs->name);
	rt_str_free(&list);
	return RETORT_EAMBIGUOUS;
}

static int compare(retort_rebase *r, retort_error *err)
{
	retort_conflicts_options o = RETORT_CONFLICTS_OPTIONS_INIT;
	retort_conflicts *c;
	int rc;

	o.onto = r->options.onto;
	rc = retort_conflicts_find(r->b, &o, &c, err);
	if (rc)
		return rc;
	r->own = rt_names_copy(&r->arena,
			       retort_conflicts_side(c, RETORT_OURS)->own);
	rc = one_head(r, retort_conflicts_side(c, RETORT_THEIRS), err);
	retort_conflicts_free(c);
	return rc;
}

static void add_move(retort_rebase *r, const retort_revision *rev)
{
	retort_rebase_move move;

	move.revision = rt_arena_strdup(&r->arena, rev->id);
	move.path = rt_arena_strdup(&r->arena, rev->path);
	move.from = rt_names_copy(&r->arena, rev->down);
	move.to = rt_names_copy(&r->arena, (retort_names){ &r->head, 1 });
	rt_vec_push(&r->moves, move);
}

/* The first of a chain: its parents are all the other branch's, and are not
 * its head alone.  One without parents begins a history of its own. */
static bool begins_chain(const retort_rebase *r, const retort_revision *rev)
{
	size_t i;

	for (i = 0; i < rev->down.n; i++)
		if (rt_names_have(&r->own, rev->down.v[i]))
			return false;
	return rev->down.n > 1 ||
	       (rev->down.n == 1 && strcmp(rev->down.v[0], r->head) != 0);
}

static int find_moves(retort_rebase *r, retort_error *err)
{
	const retort_graph *graph;
	size_t i;
	int rc = retort_project_graph(r->b->project, &graph, err);

	if (rc)
		return rc;
	if (!retort_graph_find(graph, r->head)) {
		rt_err_set(err, RETORT_EREFUSED,
			   "%s, the head of %s, is not among the working "
			   "files", r->head, r->onto);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "bring it here first: git merge %s, or git "
			     "rebase %s", r->onto, r->onto);
		return RETORT_EREFUSED;
	}
	for (i = 0; i < r->own.n; i++) {
		const retort_revision *rev =
			retort_graph_find(graph, r->own.v[i]);

		if (rev && begins_chain(r, rev))
			add_move(r, rev);
	}
	return 0;
}

int retort_rebase_find(retort_branches *b, const retort_rebase_options *options,
		       retort_rebase **out, retort_error *err)
{
	retort_rebase *r = rt_calloc(1, sizeof(*r));
	int rc;

	r->b = b;
	r->options = *options;
	rc = compare(r, err);
	if (rc == 0)
		rc = find_moves(r, err);
	if (rc) {
		retort_rebase_free(r);
		r = NULL;
	}
	*out = r;
	return rc;
}

void retort_rebase_free(retort_rebase *rebase)
{
	if (!rebase)
		return;
	rt_vec_free(&rebase->moves);
	rt_arena_free(&rebase->arena);
	free(rebase);
}

size_t retort_rebase_count(const retort_rebase *rebase)
{
	return rebase->moves.n;
}

const retort_rebase_move *retort_rebase_at(const retort_rebase *rebase,
					   size_t i)
{
	return i < rebase->moves.n ? &rebase->moves.v[i] : NULL;
}

const char *retort_rebase_onto(const retort_rebase *rebase)
{
	return rebase->onto;
}

const char *retort_rebase_head(const retort_rebase *rebase)
{
	return rebase->head;
}

/* --- doing it ------------------------------------------------------------ */

/* The target's revisions, then this branch's: what a new database will see.
 * A revision that fails there would fail everywhere. */
static int prove(retort_rebase *r, retort_error *err)
{
	const retort_graph *graph;
	rt_scratch *scratch = NULL;
	bool *all = NULL, *own = NULL;
	size_t i, n;
	int rc;

	rc = retort_project_graph(r->b->project, &graph, err);
	if (rc)
		return rc;
	n = retort_graph_count(graph);
	all = rt_calloc(n + 1, sizeof(*all));
	own = rt_calloc(n + 1, sizeof(*own));
	rc = retort_graph_applied(graph, &r->own, all, err);
	for (i = 0; i < n; i++) {
		own[i] = all[i] &&
			 rt_names_have(&r->own, retort_graph_at(graph, i)->id);
		all[i] = all[i] && !own[i];
	}
	if (rc == 0)
		rc = rt_scratch_open(&scratch, r->b->project, err);
	if (rc == 0)
		rc = rt_scratch_replay(scratch, all, err);
	if (rc == 0)
		rc = rt_scratch_replay(scratch, own, err);
	if (rc)
		rt_err_prefix(err, "tried in the new order");
	rt_scratch_close(scratch);
	free(all);
	free(own);
	return rc;
}

static void add_names(rt_str *out, const retort_names *names)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		rt_str_addf(out, "%s%s", i ? "," : "", names->v[i]);
}

/* What undo needs: a line a revision, "id<TAB>old,parents<TAB>new,parents". */
static int write_record(retort_rebase *r, retort_error *err)
{
	char *path = rt_fs_join(rt_vcs_git_dir(r->b->vcs), RECORD);
	rt_str text = RT_STR_INIT;
	size_t i;
	int rc;

	for (i = 0; i < r->moves.n; i++) {
		rt_str_addf(&text, "%s\t", r->moves.v[i].revision);
		add_names(&text, &r->moves.v[i].from);
		rt_str_addc(&text, '\t');
		add_names(&text, &r->moves.v[i].to);
		rt_str_addc(&text, '\n');
	}
	rc = rt_fs_write(path, rt_str_sv(&text), true, 0666, err);
	rt_str_free(&text);
	free(path);
	return rc;
}

static int stage_all(retort_rebase *r, retort_error *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; r->options.stage && i < r->moves.n && rc == 0; i++)
		rc = rt_vcs_stage(r->b->vcs, r->moves.v[i].path, err);
	return rc;
}

int retort_rebase_apply(retort_rebase *r, retort_error *err)
{
	retort_change **changes = rt_calloc(r->moves.n + 1, sizeof(*changes));
	size_t i, done = 0;
	int rc = 0;

	while (done < r->moves.n && rc == 0) {
		retort_reparent_request request = RETORT_REPARENT_REQUEST_INIT;

		request.revision = r->moves.v[done].revision;
		request.parents = r->moves.v[done].to;
		request.rows = r->options.rows;
		rc = retort_revision_reparent(r->b->project, &request,
					      &changes[done], err);
		done += rc == 0;
	}
	if (rc == 0 && r->options.prove && r->moves.n)
		rc = prove(r, err);
	if (rc == 0 && r->moves.n)
		rc = write_record(r, err);
	for (i = done; rc && i-- > 0;)
		(void)!retort_change_undo(r->b->project, changes[i], NULL,
					  NULL);
	if (rc == 0)
		rc = stage_all(r, err);
	for (i = 0; i < done; i++)
		retort_change_free(changes[i]);
	free(changes);
	return rc;
}

/* --- and back ------------------------------------------------------------ */

static int undo_line(retort_branches *b, rt_arena *arena, rt_sv line,
		     const retort_names *rows, retort_error *err)
{
	retort_reparent_request request = RETORT_REPARENT_REQUEST_INIT;
	const retort_revision *rev;
	const retort_graph *graph;
	retort_change *change = NULL;
	rt_sv id, from, to;
	retort_names now;
	int rc;

	if (!rt_sv_split(&line, '\t', &id) ||
	    !rt_sv_split(&line, '\t', &from) || !rt_sv_split(&line, '\t', &to))
		return rt_err_set(err, RETORT_ESTATE,
				  "the record of the last rebase is damaged");
	request.revision = rt_arena_strsv(arena, id);
	request.parents = rt_names_split(arena, from);
	request.rows = rows;
	now = rt_names_split(arena, to);
	rc = retort_project_graph(b->project, &graph, err);
	if (rc)
		return rc;
	rev = retort_graph_find(graph, request.revision);
	if (!rev || !rt_names_equal(&rev->down, &now))
		return rt_err_set(err, RETORT_ESTATE,
				  "%s is not as the last rebase left it",
				  request.revision);
	rc = retort_revision_reparent(b->project, &request, &change, err);
	retort_change_free(change);
	return rc;
}

int retort_rebase_undo(retort_branches *b, const retort_names *rows, size_t *n,
		       retort_error *err)
{
	char *path = rt_fs_join(rt_vcs_git_dir(b->vcs), RECORD);
	rt_arena arena = RT_ARENA_INIT;
	rt_str text = RT_STR_INIT;
	rt_sv rest, line;
	int rc = 0;

	*n = 0;
	if (!rt_fs_exists(path))
		rc = rt_err_set(err, RETORT_ENOTFOUND,
				"there is no rebase to be taken back");
	if (rc == 0)
		rc = rt_fs_read(path, RT_FS_LIMIT, &text, err);
	rest = rt_str_sv(&text);
	while (rc == 0 && rt_sv_line(&rest, &line)) {
		rc = undo_line(b, &arena, line, rows, err);
		*n += rc == 0;
	}
	if (rc == 0)
		(void)unlink(path);
	rt_str_free(&text);
	rt_arena_free(&arena);
	free(path);
	return rc;
}
