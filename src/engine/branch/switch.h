/* SPDX-License-Identifier: MIT */
/*
 * The inside of a switch, shared by the switch*.c files.
 */
#ifndef RT_ENGINE_BRANCH_SWITCH_H
#define RT_ENGINE_BRANCH_SWITCH_H

#include <retort/switch.h>

#include "engine/branch/branches.h"
#include "engine/step/body.h"
#include "engine/step/ghost.h"

/* A file that has a revision, or the journal. */
typedef struct rt_holder {
	retort_revision rev; /* its path is what errors name; "" = journal */
	const char *blob;    /* in git; NULL = a file of the working tree */
	const char *shown;   /* as retort_switch_source */
} rt_holder;

struct retort_switch {
	retort_branches *branches; /* borrowed */
	const char *ref;
	char commit[RT_VCS_ID];
	bool force;
	const rt_side *side;      /* REF's tree… */
	retort_graph *theirs;     /* …its graph… */
	retort_names targets;     /* …and where to in it */
	const retort_graph *here; /* the working tree's; NULL where none is */
	rt_vcs_branches others;   /* all branches; read when asked for */
	bool asked;
	rt_arena arena;
	rt_source source;
	retort_database *db; /* of the last begin */

	/* Of the last plan. */
	retort_graph *ghosts; /* `theirs` and what else is applied; or NULL */
	rt_map downs;         /* an id: its down script's, in holders */
	RT_VEC(const rt_holder *) holders;
	RT_VEC(retort_switch_edit) edits;
};

/*
 * switch_find.c: who has a revision: the working tree first, then REF, then
 * the branches by name.
 *   in:   *stage, 0 at first; moved on, to ask for the next one
 *   out:  *holder, in sw's arena; NULL: nobody else
 */
RETORT_MUST_CHECK int rt_switch_holder(retort_switch *sw, const char *id,
				       size_t *stage, const rt_holder **holder,
				       retort_error *err);

/*
 * What an upgrade runs: REF's file; where the working tree has just the same,
 * that one: it can be edited, and the project knows what ran before it.
 */
RETORT_MUST_CHECK int rt_switch_up(retort_switch *sw, const char *id,
				   const rt_holder **holder,
				   retort_error *err);

/* REF's own. */
RETORT_MUST_CHECK int rt_switch_theirs(retort_switch *sw, const char *id,
				       const rt_holder **holder,
				       retort_error *err);

/* The id of the revision that a name stands for in a graph; else the name. */
const char *rt_switch_id_in(const retort_graph *graph, const char *name);

/* The text of a holder that is not the journal. */
RETORT_MUST_CHECK int rt_switch_read(retort_switch *sw,
				     const rt_holder *holder, rt_str *text,
				     retort_error *err);

/*
 * switch_check.c: compare what is applied and stays with REF's files.
 *   err:  EREFUSED: they differ (not with `force`)
 */
RETORT_MUST_CHECK int rt_switch_check(retort_switch *sw,
				      const retort_graph *graph,
				      const retort_plan *plan,
				      const retort_names *rows,
				      retort_error *err);

#endif
