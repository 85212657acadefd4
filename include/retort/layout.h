/* SPDX-License-Identifier: MIT */
/*
 * Where the revisions of a list stand when the graph is drawn: one row per
 * revision, straight lanes.
 *
 * The whole list is laid out at once.  Revisions are cut into chains (a
 * revision, its first parent, that one's first parent, ...); a chain keeps
 * its lane from its top to the row of the revision that it joins.  Further
 * parents of a merge are edges: one that leads to the top of a chain
 * lengthens that chain, one whose way is shown already joins the lane there,
 * any other gets a lane for itself.  Lines are horizontal only in rows with
 * a node, so nothing ever bends, and a line that passes a lane without
 * touching it leaves the lane's bar unbroken.
 *
 * A list may leave revisions out.  Where it says so, the edges to them lead
 * through a *gap*, a row without revision, to the nearest ancestors that are
 * listed: those that have no other listed one of them above.
 *
 * A revision that both is joined by lanes from above and sends edges down
 * has two rows: the upper one, without node, holds the joins; in one row
 * they could not be told apart.
 */
#ifndef RETORT_LAYOUT_H
#define RETORT_LAYOUT_H

#include <retort/graph.h>

typedef struct retort_layout retort_layout;

/* Lines that leave the middle of a cell. */
enum {
	RETORT_CELL_UP = 1,
	RETORT_CELL_DOWN = 2,
	RETORT_CELL_LEFT = 4,
	RETORT_CELL_RIGHT = 8,
	RETORT_CELL_NODE = 16 /* the revision stands here, or the gap */
};

typedef struct retort_cell {
	unsigned char lines; /* of the above */
	bool gap;            /* a line between this cell and the next one */
	uint32_t chain;      /* whose lane it is: a number for colours */
	uint32_t across;     /* likewise of the horizontal line */
} retort_cell;

RETORT_BEGIN_DECLS

/*
 * Lay a list out.
 *   in:   list, every revision once, children before parents (as `history`
 *         gives them).  A parent that is not in the list has no line, except
 *         where NULL follows its child: that is the gap behind this one
 *   own:  caller frees the result; it borrows from graph, not from list
 *   cost: O(revisions + edges), and the lanes in the worst row for each lane
 */
RETORT_API retort_layout *retort_layout_make(const retort_graph *graph,
					     const retort_list *list);
RETORT_API void retort_layout_free(retort_layout *layout);

/* Rows, and lanes of the widest one. */
RETORT_API size_t retort_layout_rows(const retort_layout *layout);
RETORT_API size_t retort_layout_lanes(const retort_layout *layout);

/* The row of a revision's node, by its place in the list. */
RETORT_API size_t retort_layout_row_of(const retort_layout *layout,
				       size_t place);

/*
 * One row.
 *   out:  cells, room for retort_layout_lanes(); returns how many are used
 *         *rev, the revision whose node is in this row, or NULL (a gap has a
 *         node all the same)
 *   cost: O(lanes * log(revisions))
 */
RETORT_API size_t retort_layout_row(const retort_layout *layout, size_t row,
				    retort_cell *cells,
				    const retort_revision **rev);

RETORT_END_DECLS
#endif
