/* SPDX-License-Identifier: MIT */
/*
 * The order of steps and of history, newest first: Alembic's, tie for tie.
 *
 * The rule: the heads stand in a list, sorted by load order, and one of them
 * is current.  If another head can reach the current one, the first such
 * head becomes current.  Otherwise the current one is taken, and replaced by
 * its first parent that is in the set and not in the list; its other parents
 * go to the end.  A line that has ended leaves the list, and the one before
 * it becomes current.
 */
#ifndef RT_REV_ORDER_H
#define RT_REV_ORDER_H

#include "rev/select.h"

/*
 * The selected revisions, newest first.
 *   out:  appended to *out; every revision comes before its parents and
 *         dependencies.  False if some hang together with the heads only
 *         through what is not selected (a range can be like that)
 *   cost: O(revisions + edges) in the number of revisions; in the number of
 *         forks and merges among them usually that, too
 */
bool rt_order(const retort_graph *g, const rt_selection *s, rt_nodes *out);

#endif
