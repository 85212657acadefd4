/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/branch/switch.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "engine/apply/run.h"
#include "engine/step/script.h"
#include "rev/builder.h"

/* The journal has the down script. */
static const rt_holder journal = { .rev = { .path = "" },
				   .shown = "journal" };

/* --- the tree ------------------------------------------------------------ */

static int add_leaf(retort_switch *sw, const rt_leaf *leaf, retort_error *err)
{
	retort_revision rev = *leaf->rev;

	rev.path = rt_leaf_label(sw->branches, sw->ref, leaf->path);
	if (rev.problem) {
		/* Whose parents are not known has no place in a plan. */
		rt_err_set(err, RETORT_EPARSE, "%s", rev.problem);
		rt_err_at(err, rev.path, rev.problem_line, rev.problem_column);
		return RETORT_EPARSE;
	}
	return rt_graph_add(sw->theirs, &rev, err);
}

static int read_tree(retort_switch *sw, retort_error *err)
{
	retort_branches *b = sw->branches;
	size_t i;
	int rc = rt_vcs_resolve(b->vcs, sw->ref, sw->commit, err);

	if (!rc)
		rc = rt_side_load(b, sw->ref, sw->commit, &sw->side, err);
	if (rc)
		return rc;
	sw->theirs = rt_graph_new();
	for (i = 0; i < sw->side->leaves.n && !rc; i++)
		rc = add_leaf(sw, &sw->side->leaves.v[i], err);
	return rc ? rc : rt_graph_seal(sw->theirs, err);
}

static int find_targets(retort_switch *sw, const char *to, retort_error *err)
{
	retort_list list = RETORT_LIST_INIT;
	const char **v;
	size_t i;
	int rc = 0;

	if (to)
		rc = retort_graph_resolve(sw->theirs, to, NULL, &list, err);
	else
		retort_graph_heads(sw->theirs, false, &list);
	if (!rc && !to && !list.n) {
		rc = rt_err_set(err, RETORT_EREFUSED,
				"%s has no revisions: all that is applied "
				"would be taken down", sw->ref);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "--to base, if that is what you want");
	}
	v = rt_arena_calloc(&sw->arena, list.n + 1, sizeof(*v));
	for (i = 0; i < list.n; i++)
		v[i] = list.v[i]->id;
	sw->targets = (retort_names){ v, list.n };
	retort_list_dispose(&list);
	return rc;
}

/* --- the plan ------------------------------------------------------------ */

static void forget_plan(retort_switch *sw)
{
	retort_graph_free(sw->ghosts);
	sw->ghosts = NULL;
	rt_map_free(&sw->downs);
	sw->holders.n = 0;
}

/* As rt_ghost_finder: what REF's tree does not have. */
static int find(void *self, const char *id, const retort_revision **rev,
		retort_error *err)
{
	const rt_holder *holder;
	size_t stage = 0;
	int rc = rt_switch_holder(self, id, &stage, &holder, err);

	*rev = !rc && holder ? &holder->rev : NULL;
	return rc;
}

/* As rt_source. */
static int make_plan(void *self, const retort_plan_request *from,
		     retort_plan **plan, const retort_graph **graph,
		     retort_error *err)
{
	retort_switch *sw = self;
	const rt_ghost_finder finder = { find, sw };
	retort_plan_request request = *from;
	int rc = 0;

	forget_plan(sw);
	request.targets = sw->targets;
	if (rt_ghost_wanted(sw->theirs, &request.rows))
		rc = rt_ghost_graph(sw->db, sw->theirs, &request.rows, &finder,
				    true, &sw->ghosts, err);
	if (rc == RETORT_ENOTFOUND)
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "bring the branch that has it back (git fetch?), "
			     "or set the rows anew with `retort stamp "
			     "--purge`");
	if (rc)
		return rc;
	*graph = sw->ghosts ? sw->ghosts : sw->theirs;
	rc = retort_plan_make(plan, *graph, &request, err);
	return rc ? rc
		  : rt_switch_check(sw, *graph, *plan, &request.rows, err);
}

/* --- scripts ------------------------------------------------------------- */

/* Whether a holder has a down script; any other flaw is an error. */
static int can_go_down(retort_switch *sw, const rt_holder *holder, bool *can,
		       retort_error *err)
{
	retort_error own = RETORT_ERROR_INIT;
	retort_script *script = NULL;
	rt_str text = RT_STR_INIT;
	int rc = rt_switch_read(sw, holder, &text, &own);

	if (!rc)
		rc = rt_script_from_file(&script,
					 holder->blob ? NULL
						      : sw->branches->project,
					 &holder->rev, RETORT_OP_DOWNGRADE,
					 rt_str_sv(&text),
					 sw->db->place.vertab.dialect, &own);
	*can = !rc;
	/* none, or one that only Python can run */
	if (rc == RETORT_EREFUSED || rc == RETORT_EUNSUPPORTED)
		rc = 0;
	if (rc)
		rt_err_move(err, &own);
	retort_error_dispose(&own);
	retort_script_free(script);
	rt_str_free(&text);
	return rc;
}

static int ask_journal(retort_switch *sw, const char *id,
		       const rt_holder **holder, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	const retort_journal_row *row;
	int rc = rt_database_last_run(sw->db, id, RETORT_OP_UPGRADE, "ok",
				      &arena, &row, err);

	if (!rc && row && row->down_script)
		*holder = &journal;
	rt_arena_free(&arena);
	return rc;
}

static int irreversible(const char *id, const rt_holder *first,
			retort_error *err)
{
	int rc = rt_err_set(err, RETORT_EREFUSED,
			    "%s cannot be taken back: no branch%s and not the "
			    "journal have a down script of it", id,
			    first && !first->blob ? ", not the working tree"
						  : "");

	rt_err_at(err, first ? first->rev.path : NULL, 0, 0);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "write a `-- migrate:down` section; empty if nothing is "
		     "to be done");
	return rc;
}

static int find_down(retort_switch *sw, const char *id,
		     const rt_holder **found, retort_error *err)
{
	const rt_map_entry *known = rt_map_find(&sw->downs, rt_sv_from(id));
	const rt_holder *holder, *first = NULL;
	size_t stage = 0;
	bool can;
	int rc;

	*found = known ? sw->holders.v[known->value] : NULL;
	if (known)
		return 0;
	do {
		rc = rt_switch_holder(sw, id, &stage, &holder, err);
		if (rc || !holder)
			break;
		first = first ? first : holder;
		rc = can_go_down(sw, holder, &can, err);
		if (!rc && can)
			*found = holder;
	} while (!rc && !*found);
	if (!rc && !*found)
		rc = ask_journal(sw, id, found, err);
	if (rc)
		return rc;
	if (!*found)
		return irreversible(id, first, err);
	rt_map_add(&sw->downs, rt_sv_from(rt_arena_strdup(&sw->arena, id)),
		   sw->holders.n);
	rt_vec_push(&sw->holders, *found);
	return 0;
}

/* As rt_source. */
static int read_step(void *self, const retort_step *step,
		     const retort_revision **rev, bool *own, rt_str *text,
		     retort_error *err)
{
	retort_switch *sw = self;
	const rt_holder *holder;
	int rc;

	if (step->op == RETORT_OP_DOWNGRADE)
		rc = find_down(sw, step->revision, &holder, err);
	else
		rc = rt_switch_up(sw, step->revision, &holder, err);
	if (rc)
		return rc;
	*own = !holder->blob;
	*rev = *holder->rev.path ? &holder->rev : NULL;
	return *rev ? rt_switch_read(sw, holder, text, err) : 0;
}

const char *retort_switch_source(retort_switch *sw, const retort_step *step)
{
	const rt_holder *holder = NULL;
	int rc = step->op == RETORT_OP_DOWNGRADE
			 ? find_down(sw, step->revision, &holder, NULL)
			 : rt_switch_up(sw, step->revision, &holder, NULL);

	return rc ? "" : holder->shown;
}

/* ------------------------------------------------------------------------ */

int retort_switch_open(retort_switch **out, retort_branches *b,
		       const retort_switch_options *options, retort_error *err)
{
	retort_switch *sw = rt_calloc(1, sizeof(*sw));
	int rc = 0;

	sw->branches = b;
	sw->ref = rt_arena_strdup(&sw->arena, options->ref);
	sw->force = options->force;
	sw->source = (rt_source){ sw, make_plan, read_step };
	rc = read_tree(sw, err);
	if (!rc)
		rc = find_targets(sw, options->to, err);
	if (!rc && !rt_vcs_is_bare(b->vcs))
		rc = retort_project_graph(b->project, &sw->here, err);
	if (rc) {
		retort_switch_free(sw);
		sw = NULL;
	}
	*out = sw;
	return rc;
}

void retort_switch_free(retort_switch *sw)
{
	if (!sw)
		return;
	forget_plan(sw);
	retort_graph_free(sw->theirs);
	rt_vec_free(&sw->others);
	rt_vec_free(&sw->holders);
	rt_vec_free(&sw->edits);
	rt_arena_free(&sw->arena);
	free(sw);
}

int retort_switch_begin(retort_switch *sw, retort_database *db,
			const retort_apply_options *options, retort_apply **run,
			retort_error *err)
{
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;

	request.exactly = true;
	sw->db = db;
	return rt_apply_begin(run, sw->branches->project, db, &request,
			      options, &sw->source, err);
}

const char *retort_switch_commit(const retort_switch *sw)
{
	return sw->commit;
}

size_t retort_switch_edits(const retort_switch *sw)
{
	return sw->edits.n;
}

const retort_switch_edit *retort_switch_edit_at(const retort_switch *sw,
						size_t i)
{
	return i < sw->edits.n ? &sw->edits.v[i] : NULL;
}
