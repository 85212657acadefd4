/* SPDX-License-Identifier: MIT */
/*
 * A comparison in the making: what the files of conflicts/ share.  To
 * add a kind of conflict is a row in <retort/conflicts.h> and a function in
 * the list of conflicts.c.
 */
#ifndef RT_ENGINE_CONFLICTS_CONFLICTS_H
#define RT_ENGINE_CONFLICTS_CONFLICTS_H

#include <retort/conflicts.h>

#include "engine/branch/branches.h"

typedef RT_VEC(retort_conflict) rt_conflict_list;

struct retort_conflicts {
	rt_arena arena;
	retort_compared ours, theirs;
	rt_conflict_list list;
	rt_vcs_ids bases, heads, limits;
	size_t serious;
};

typedef struct rt_contest {
	retort_branches *b;
	const retort_conflicts_options *options;
	retort_conflicts *out;
	retort_dialect dialect;
	const char *ours_label, *theirs_label; /* of files, for errors */
	const char *us, *them;                 /* in sentences */
	const rt_side *ours, *theirs;
	RT_VEC(const rt_side *) bases;
	const rt_side *light; /* where both sides only add: the base, of which
				 `merged` has nothing then; NULL */
	rt_leaves merged;  /* one leaf per id */
	rt_map by_id;      /* of merged */
	rt_leaves doubles; /* further leaves of an id */
	rt_vcs_clashes clashes;
	rt_vcs_places places; /* of both sides */
	retort_error *err;
} rt_contest;

/* --- sides.c ------------------------------------------------------------- */

/* Find both sides, their bases, and what the merge gives. */
RETORT_MUST_CHECK int rt_contest_begin(rt_contest *c);
void rt_contest_end(rt_contest *c);

/*
 * light.c: where both sides only add revisions to a base with nothing wrong
 * in it, take what they add; c->light stays NULL where it is not so simple.
 */
RETORT_MUST_CHECK int rt_contest_light(rt_contest *c);

/* Then the heads of some sides, or of both; not sorted. */
void rt_contest_light_heads(const rt_contest *c, unsigned sides,
			    rt_vcs_ids *out);

/* graph.c: ids that no other of the leaves has as a parent, sorted. */
void rt_leaves_heads(const rt_leaves *leaves, rt_vcs_ids *out);

/* The leaf of an id in a merge base, or NULL. */
const rt_leaf *rt_contest_base(const rt_contest *c, const char *id);

/* The leaf of the merge, or NULL. */
const rt_leaf *rt_contest_merged(const rt_contest *c, const char *id);

/* Which sides have an id; and which have it in this very file. */
unsigned rt_contest_sides(const rt_contest *c, const char *id);
unsigned rt_contest_holders(const rt_contest *c, const rt_leaf *leaf);

/* One more sentence on what could not be looked at. */
void rt_contest_limit(rt_contest *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* --- findings: conflicts.c ----------------------------------------------- */

typedef struct rt_finding {
	retort_conflict conflict;
	RT_VEC(retort_conflict_file) files;
	rt_str message, next, detail;
} rt_finding;

void rt_finding_begin(rt_finding *f, retort_conflict_id id);

/* Add a file; path, revision: borrowed until the end of the comparison.  The
 * same file and line once. */
void rt_finding_file(rt_finding *f, unsigned sides, const char *path, int line,
		     const char *revision);

/* Put it into the report, and free what the making took. */
void rt_finding_end(rt_finding *f, rt_contest *c);

/* "a, b and 3 more"; at most eight of them. */
void rt_finding_names(rt_str *out, const rt_vcs_ids *names);

/* --- what is looked for -------------------------------------------------- */

/* graph.c: heads, missing-parent, cycle, label-collision. */
RETORT_MUST_CHECK int rt_contest_graph(rt_contest *c);

/* change.c: id-collision, edited, deleted, text. */
RETORT_MUST_CHECK int rt_contest_changes(rt_contest *c);

/* How two contents of a revision stand to each other. */
typedef enum rt_likeness {
	RT_LIKE_SAME,
	RT_LIKE_COMMENTS, /* only comments or white space differ */
	RT_LIKE_PARENTS,  /* parents, dependencies or labels differ */
	RT_LIKE_SQL
} rt_likeness;

/* journal.c: edited and deleted, by the database's journal. */
RETORT_MUST_CHECK int rt_contest_journal(rt_contest *c);

/* sql.c: object, data. */
RETORT_MUST_CHECK int rt_contest_sql(rt_contest *c);

/* order.c: order. */
RETORT_MUST_CHECK int rt_contest_order(rt_contest *c);

/* stale.c: stale. */
RETORT_MUST_CHECK int rt_contest_stale(rt_contest *c);

#endif
