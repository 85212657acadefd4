/* SPDX-License-Identifier: MIT */
/* The merge wizard's pane: what its pages show; for view.c. */
#ifndef RT_TUI_MERGE_PANE_H
#define RT_TUI_MERGE_PANE_H

#include <retort/overlap.h>
#include <retort/rewrite.h>

#include "tui/merge/wizard.h"
#include "tui/view/view.h"
#include "tui/widget/list.h"
#include "tui/widget/textview.h"

/* A line that is no answer. */
#define RT_MERGE_NO_ITEM SIZE_MAX

typedef struct rt_merge_line {
	char *text;
	unsigned char face;
	size_t item; /* a head, an overlap, a way */
	/* shown instead of the text: rows of `sql`, or RT_MERGE_NO_ITEM */
	size_t row[2];
} rt_merge_line;

typedef struct rt_merge_pane {
	rt_merge m;
	bool open;
	bool compares; /* the SQL of both revisions is shown... */
	size_t overlap; /* ...of this one */
	rt_textview sql[2];
	retort_overlaps *overlaps; /* NULL = not worked out */
	retort_preview preview;
	char *id;      /* of the new revision, once there is one */
	RT_VEC(rt_merge_line) lines;
	rt_list list;
} rt_merge_pane;

/* Make the lines of the page; the cursor goes to the first item on a page
 * that is new. */
void rt_merge_pane_build(rt_view *v, bool new_page);

void rt_merge_pane_clear(rt_merge_pane *s); /* lines, overlaps, preview */

/* Lines; tabs become spaces. */
void rt_merge_add(rt_merge_pane *s, unsigned char face, size_t item,
		  const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* --- ways.c -------------------------------------------------------------- */

/* What a merge is called unless the user says so. */
void rt_merge_add_default_message(const rt_merge *m, rt_str *out);

/* What the new revision is made from; `message` holds its message. */
retort_create_options rt_merge_create_options(rt_merge_pane *s,
					      rt_str *message);

/* What a way re-parents; `rows` and `parent` hold what it points to. */
retort_reparent_request rt_merge_reparent(const rt_view *v,
					  const rt_merge_way *way,
					  retort_names *rows,
					  const char **parent);

/* Which of the ways are refused, as things are now. */
void rt_merge_pane_judge(rt_view *v);

/* What will be written; false after saying why there is nothing. */
bool rt_merge_pane_preview(rt_view *v);

/* --- the pages ----------------------------------------------------------- */

/* page_compare.c: the lines of a comparison; such a line drawn. */
void rt_merge_add_comparison(rt_view *v);
void rt_merge_draw_sql(rt_view *v, const rt_merge_line *l, rt_area a, int y);

/* page_sides.c: what git's branches do to each other; the revisions that a
 * rebase moves; what a rebase does besides the file that the preview shows. */
struct rt_sides;
void rt_merge_add_branches(rt_view *v);
void rt_merge_add_moves(const struct rt_sides *sides, rt_str *out);
void rt_merge_add_rebase(rt_view *v);

/* page_graph.c: the graph as it would be. */
void rt_merge_add_graph(rt_view *v);

#endif
