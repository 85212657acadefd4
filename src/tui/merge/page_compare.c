/* SPDX-License-Identifier: MIT */
/* What two revisions do to the same object: the SQL of both. */
#include "config.h"

#include "tui/merge/pane.h"
#include "tui/sql/pane.h"

enum {
	BESIDE_COLS = 100, /* from here on they stand side by side */
	GUTTER = 1
};

static void lay_out(rt_view *v, size_t side, const retort_touch *touch,
		    int cols)
{
	rt_merge_pane *s = v->state;
	rt_textview *t = &s->sql[side];
	rt_str head = RT_STR_INIT;

	rt_str_addf(&head, "%s\n", touch->revision);
	rt_textview_clear(t);
	t->wrap = true;
	rt_textview_add(t, RT_STYLE(LABEL), rt_str_sv(&head));
	rt_sql_pane_add(t, rt_sv_from(touch->sql),
			retort_project_dialect(v->console->project));
	rt_textview_layout(t, v->rows, cols - GUTTER,
			   v->console->frame.ascii);
	rt_str_free(&head);
}

/* A line for a row of each; the text is for searches. */
static void add_rows(rt_merge_pane *s, size_t left, size_t right)
{
	size_t row[2] = { left, right }, side;
	rt_str text = RT_STR_INIT;

	for (side = 0; side < 2; side++) {
		const rt_textview *t = &s->sql[side];

		if (row[side] >= t->rows.n)
			row[side] = RT_MERGE_NO_ITEM;
		else
			rt_str_addf(&text, "%.*s ",
				    (int)(t->rows.v[row[side]].end -
					  t->rows.v[row[side]].start),
				    t->text.p + t->rows.v[row[side]].start);
	}
	rt_merge_add(s, RT_FACE_TEXT, RT_MERGE_NO_ITEM, "%s", text.p);
	s->lines.v[s->lines.n - 1].row[0] = row[0];
	s->lines.v[s->lines.n - 1].row[1] = row[1];
	rt_str_free(&text);
}

void rt_merge_add_comparison(rt_view *v)
{
	rt_merge_pane *s = v->state;
	const retort_overlap *o = retort_overlaps_at(s->overlaps, s->overlap);
	bool beside = v->cols >= BESIDE_COLS;
	int cols = beside ? v->cols / 2 : v->cols;
	size_t i, n[2];

	rt_merge_add(s, RT_FACE_TITLE, RT_MERGE_NO_ITEM, "%s %s: %s",
		     o->object, o->name, retort_overlap_text(o->kind));
	rt_merge_add(s, RT_FACE_TEXT, RT_MERGE_NO_ITEM, "%s", "");
	lay_out(v, 0, &o->a, cols);
	lay_out(v, 1, &o->b, cols);
	n[0] = s->sql[0].rows.n;
	n[1] = s->sql[1].rows.n;
	for (i = 0; beside && (i < n[0] || i < n[1]); i++)
		add_rows(s, i, i);
	for (i = 0; !beside && i < n[0] + n[1]; i++)
		add_rows(s, i < n[0] ? i : RT_MERGE_NO_ITEM,
			 i < n[0] ? RT_MERGE_NO_ITEM : i - n[0]);
}

void rt_merge_draw_sql(rt_view *v, const rt_merge_line *l, rt_area a, int y)
{
	rt_merge_pane *s = v->state;
	bool beside = a.cols >= BESIDE_COLS;
	int half = beside ? a.cols / 2 : 0, cols = beside ? half : a.cols;
	size_t side;

	if (beside)
		rt_area_puts(a, y, half - 1, RT_STYLE(MUTED),
			     v->console->glyphs->bar);
	for (side = 0; side < 2; side++) {
		if (l->row[side] == RT_MERGE_NO_ITEM)
			continue;
		s->sql[side].list.top = l->row[side];
		rt_textview_draw(&s->sql[side],
				 rt_area_sub(a, y, side ? half : 0, 1,
					     side ? cols : cols - 1),
				 GUTTER);
	}
}
