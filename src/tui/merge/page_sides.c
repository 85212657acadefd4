/* SPDX-License-Identifier: MIT */
/* What the pages of the merge wizard say of git's branches. */
#include "config.h"

#include "tui/console.h"
#include "tui/draw/cluster.h"
#include "tui/merge/pane.h"

#define NONE RT_MERGE_NO_ITEM

/* A text over as many lines as it needs. */
static void add_wrapped(rt_view *v, const rt_sides_line *line)
{
	rt_merge_pane *s = v->state;
	bool ascii = v->console->frame.ascii;
	rt_sv rest = rt_sv_from(line->text);
	int indent = line->indent, cols, used;
	size_t n, space;

	do {
		cols = v->cols - 2 - indent;
		n = rt_cluster_fit(rest, ascii, cols < 8 ? 8 : cols, &used);
		for (space = n; n < rest.n && space > 0; space--)
			if (rest.p[space] == ' ')
				break;
		n = n < rest.n && space ? space : n;
		rt_merge_add(s, line->face, NONE, "%*s%.*s", indent, "",
			     (int)n, rest.p);
		rest = rt_sv_trim(rt_sv_sub(rest, n, rest.n));
		indent = line->indent + 2;
	} while (n && rest.n);
}

/* What the branches do to each other, where git knows of them. */
void rt_merge_add_branches(rt_view *v)
{
	const rt_sides *sides = &v->console->sides;
	size_t i;

	rt_sides_need(v->console);
	if (sides->state != RT_SIDES_LOOKING && sides->state != RT_SIDES_KNOWN)
		return;
	rt_merge_add(v->state, RT_FACE_TEXT, NONE, "%s", "");
	if (sides->state == RT_SIDES_LOOKING)
		rt_merge_add(v->state, RT_FACE_MUTED, NONE,
			     "comparing git's branches");
	for (i = 0; i < sides->lines.n; i++)
		add_wrapped(v, &sides->lines.v[i]);
}

void rt_merge_add_moves(const rt_sides *sides, rt_str *out)
{
	size_t i;

	for (i = 0; i < sides->moves.n; i++)
		rt_str_addf(out, "%s%s", i ? ", " : "", sides->moves.v[i]);
}

void rt_merge_add_rebase(rt_view *v)
{
	const rt_sides *sides = &v->console->sides;
	size_t i;

	for (i = 1; i < sides->moves.n; i++)
		rt_merge_add(v->state, RT_FACE_TEXT, NONE,
			     "and %s gets the same parent", sides->moves.v[i]);
	rt_merge_add(v->state, RT_FACE_MUTED, NONE, "%s",
		     rt_effects_are_free(v->console)
			     ? "W runs the new order in a scratch database "
			       "first."
			     : "The new order is not run before: that would "
			       "make a scratch database on the server.");
}
