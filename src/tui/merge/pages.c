/* SPDX-License-Identifier: MIT */
/* What the pages of the merge wizard say. */
#include "config.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <retort/vcs.h>

#include "tui/console.h"
#include "tui/merge/pane.h"
#include "tui/write.h"

#define NONE RT_MERGE_NO_ITEM

/* --- lines --------------------------------------------------------------- */

static char *without_tabs(rt_sv text)
{
	rt_str s = RT_STR_INIT;
	size_t i;

	for (i = 0; i < text.n; i++)
		if (text.p[i] == '\t')
			rt_str_add(&s, "    ");
		else if (text.p[i] != '\r')
			rt_str_addc(&s, text.p[i]);
	return rt_str_take(&s);
}

static void push(rt_merge_pane *s, unsigned char face, size_t item,
		 rt_sv text)
{
	rt_vec_push(&s->lines,
		    (rt_merge_line){ without_tabs(text), face, item,
				     { NONE, NONE } });
}

void rt_merge_add(rt_merge_pane *s, unsigned char face, size_t item,
		  const char *format, ...)
{
	rt_str text = RT_STR_INIT;
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&text, format, ap);
	va_end(ap);
	push(s, face, item, rt_str_sv(&text));
	rt_str_free(&text);
}

static void add_text(rt_merge_pane *s, unsigned char face, rt_sv text)
{
	rt_sv line;

	while (rt_sv_line(&text, &line))
		push(s, face, NONE, line);
}

static void blank(rt_merge_pane *s)
{
	rt_merge_add(s, RT_FACE_TEXT, NONE, "%s", "");
}

static void clear_lines(rt_merge_pane *s)
{
	while (s->lines.n) {
		s->lines.n--;
		free(s->lines.v[s->lines.n].text);
	}
}

void rt_merge_pane_clear(rt_merge_pane *s)
{
	clear_lines(s);
	retort_overlaps_free(s->overlaps);
	s->overlaps = NULL;
	s->compares = false;
	retort_preview_dispose(&s->preview);
}

/* --- pages --------------------------------------------------------------- */

static const char *standing(const rt_console *c, const retort_revision *rev)
{
	switch (rt_model_state(&c->model, rev)) {
	case RT_STATE_ROW:
		return "applied: the database is here";
	case RT_STATE_APPLIED:
		return "applied";
	case RT_STATE_PENDING:
		return "pending";
	case RT_STATE_UNSURE:
		break;
	}
	return "not known to be applied";
}

static void build_heads(rt_view *v)
{
	rt_merge_pane *s = v->state;
	const rt_console *c = v->console;
	size_t i;

	rt_merge_add(s, RT_FACE_TITLE, NONE,
		     "Which heads shall become one?  Space takes a head, or "
		     "leaves it.");
	blank(s);
	for (i = 0; i < s->m.heads.n; i++) {
		const rt_merge_head *h = &s->m.heads.v[i];
		const retort_revision *rev = retort_graph_find(c->graph,
							       h->id);

		rt_merge_add(s, RT_FACE_TEXT, i, "[%s] %-12s  %s  (%s)",
			     h->chosen ? "x" : " ", h->id,
			     rev ? rev->message : "",
			     rev ? standing(c, rev) : "gone");
	}
}

static void add_side(rt_merge_pane *s, const retort_divergence *d,
		     const char *head, uint64_t bit)
{
	size_t i, n = 0;

	for (i = 0; i < d->own.n; i++)
		n += (d->sides[i] & bit) != 0;
	rt_merge_add(s, RT_FACE_LABEL, NONE, "%s  %zu revision%s since", head,
		     n, n == 1 ? "" : "s");
	for (i = 0; i < d->own.n; i++)
		if (d->sides[i] & bit)
			rt_merge_add(s, RT_FACE_TEXT, NONE, "    %-12s  %s",
				     d->own.v[i]->id, d->own.v[i]->message);
}

static void add_sides(rt_view *v, const retort_names *heads)
{
	rt_merge_pane *s = v->state;
	retort_divergence d = RETORT_DIVERGENCE_INIT;
	retort_error err = RETORT_ERROR_INIT;
	rt_str common = RT_STR_INIT;
	size_t i;

	if (retort_graph_divergence(v->console->graph, heads, &d, &err))
		rt_merge_add(s, RT_FACE_ERROR, NONE, "%s", err.message);
	for (i = 0; i < d.common.n; i++)
		rt_str_addf(&common, "%s%s", i ? ", " : "",
			    d.common.v[i]->id);
	rt_merge_add(s, RT_FACE_TITLE, NONE, "They part at %s.",
		     common.n ? common.p : "the base: nothing is common");
	for (i = 0; i < heads->n && !err.code; i++)
		add_side(s, &d, heads->v[i], (uint64_t)1 << i);
	rt_str_free(&common);
	retort_divergence_dispose(&d);
	retort_error_dispose(&err);
}

static void add_overlap(rt_merge_pane *s, size_t i)
{
	const retort_overlap *o = retort_overlaps_at(s->overlaps, i);
	bool bad = o->kind <= RETORT_OVERLAP_COLUMN;
	const char *column = o->a.column;
	rt_str name = RT_STR_INIT;

	rt_str_addf(&name, "%s %s%s%s", o->object, o->name,
		    o->kind == RETORT_OVERLAP_COLUMN ? "." : "",
		    o->kind == RETORT_OVERLAP_COLUMN ? column : "");
	rt_merge_add(s, bad ? RT_FACE_WARNING : RT_FACE_TEXT, i,
		     "  %s %-6s  %-22s  %s %s, %s %s", bad ? "!" : "~",
		     retort_overlap_word(o->kind), name.p, o->a.revision,
		     retort_sql_verb_word(o->a.verb), o->b.revision,
		     retort_sql_verb_word(o->b.verb));
	rt_str_free(&name);
}

static void add_overlaps(rt_merge_pane *s)
{
	retort_names unread = retort_overlaps_unread(s->overlaps);
	size_t i, n = retort_overlaps_count(s->overlaps);

	rt_merge_add(s, RT_FACE_TITLE, NONE, "%s",
		     n ? "Both sides touch (Enter shows the SQL of both):"
		       : "No object is named on both sides.");
	for (i = 0; i < n; i++)
		add_overlap(s, i);
	for (i = 0; i < unread.n; i++)
		rt_merge_add(s, RT_FACE_WARNING, NONE,
			     "  ! %s: its SQL could not be read", unread.v[i]);
	blank(s);
	rt_merge_add(s, RT_FACE_MUTED, NONE,
		     "This is what the words of the SQL tell; nothing was "
		     "run to find out.");
	rt_merge_add(s, RT_FACE_MUTED, NONE,
		     "What queries read and functions do is not seen.");
}

static void build_conflicts(rt_view *v)
{
	rt_merge_pane *s = v->state;
	retort_names heads = rt_merge_names(&s->m);
	retort_error err = RETORT_ERROR_INIT;

	add_sides(v, &heads);
	blank(s);
	if (!s->overlaps &&
	    retort_overlaps_find(v->console->project, &heads, &s->overlaps,
				 &err))
		rt_merge_add(s, RT_FACE_ERROR, NONE, "%s", err.message);
	if (s->overlaps)
		add_overlaps(s);
	/* last, as it comes late: nothing moves under the cursor */
	rt_merge_add_branches(v);
	retort_error_dispose(&err);
}

static void add_way(rt_view *v, size_t i)
{
	rt_merge_pane *s = v->state;
	const rt_sides *sides = &v->console->sides;
	rt_str moves = RT_STR_INIT;
	const rt_merge_way *w = &s->m.ways.v[i];
	const char *mark = i == s->m.way && !w->refused ? "*" : " ";
	const char *branch = s->m.heads.v[w->branch].id;
	unsigned char face = w->refused ? RT_FACE_MUTED : RT_FACE_TEXT;

	rt_merge_add_moves(sides, &moves);
	if (!w->reparents)
		rt_merge_add(s, face, i, "(%s) a merge revision", mark);
	else if (w->rebases)
		rt_merge_add(s, face, i, "(%s) rebase: put %s onto %s", mark,
			     moves.p, s->m.heads.v[w->onto].id);
	else if (!w->first || !strcmp(w->first, branch))
		rt_merge_add(s, face, i, "(%s) put %s onto %s", mark, branch,
			     s->m.heads.v[w->onto].id);
	else
		rt_merge_add(s, face, i, "(%s) put %s to %s onto %s", mark,
			     w->first, branch, s->m.heads.v[w->onto].id);
	if (w->rebases)
		rt_merge_add(s, RT_FACE_OK, NONE,
			     "      what git has: %s is the head of %s, the "
			     "other side is this branch's", sides->head,
			     sides->onto);
	if (w->refused)
		rt_merge_add(s, RT_FACE_WARNING, NONE, "      refused: %s",
			     w->refused);
	else if (!w->reparents)
		rt_merge_add(s, RT_FACE_MUTED, NONE,
			     "      a new file; right for databases on any "
			     "side");
	else
		rt_merge_add(s, RT_FACE_MUTED, NONE,
			     "      changes the file of %s; breaks other "
			     "databases that have it",
			     w->rebases ? moves.p : w->first);
	blank(s);
	rt_str_free(&moves);
}

static void build_method(rt_view *v)
{
	rt_merge_pane *s = v->state;
	rt_str message = RT_STR_INIT;
	size_t i;

	rt_merge_add(s, RT_FACE_TITLE, NONE,
		     "How?  Space chooses, n goes on.");
	blank(s);
	for (i = 0; i < s->m.ways.n; i++)
		add_way(v, i);
	if (s->m.message.n)
		rt_str_addsv(&message, rt_str_sv(&s->m.message));
	else
		rt_merge_add_default_message(&s->m, &message);
	rt_merge_add(s, RT_FACE_TEXT, NONE,
		     "message of a merge revision (m changes it): %s",
		     message.p);
	rt_str_free(&message);
}

/* What git knows of the file: what it knows, it can give back. */
static void add_git(rt_merge_pane *s, const char *path)
{
	retort_error err = RETORT_ERROR_INIT;
	retort_vcs_status status;
	retort_vcs *vcs = NULL;
	char *diff = NULL;
	bool kept;
	int rc = retort_vcs_open(&vcs, path, &err);

	if (rc == RETORT_ENOTFOUND) {
		rt_merge_add(s, RT_FACE_MUTED, NONE, "git: in no repository");
		goto out;
	}
	if (!rc)
		rc = retort_vcs_diff(vcs, path, &status, &diff, &err);
	kept = !rc && status.state == RETORT_VCS_UNMODIFIED;
	if (rc == RETORT_ENOTFOUND)
		rt_merge_add(s, RT_FACE_MUTED, NONE,
			     "git: new, so untracked until it is added");
	else if (rc)
		rt_merge_add(s, RT_FACE_WARNING, NONE, "git: %s", err.message);
	else
		rt_merge_add(s, kept ? RT_FACE_MUTED : RT_FACE_WARNING, NONE,
			     "git: %s", kept ? "tracked, as committed"
					     : retort_vcs_state_name(
						       status.state));
out:
	free(diff);
	retort_vcs_close(vcs);
	retort_error_dispose(&err);
}

static void build_preview(rt_view *v)
{
	rt_merge_pane *s = v->state;
	const rt_merge_way *way = &s->m.ways.v[s->m.way];

	if (!s->preview.text) {
		rt_merge_add(s, RT_FACE_ERROR, NONE, "%s",
			     way->refused ? way->refused : "nothing");
		return;
	}
	rt_merge_add(s, RT_FACE_TITLE, NONE,
		     "The graph will be (nothing is written yet):");
	rt_merge_add_graph(v);
	blank(s);
	rt_merge_add(s, RT_FACE_TITLE, NONE, "%s %s",
		     way->reparents ? "This file changes:" : "A new file:",
		     rt_console_short_path(v->console, s->preview.path));
	add_git(s, s->preview.path);
	if (way->rebases)
		rt_merge_add_rebase(v);
	add_text(s, RT_FACE_QUOTED, rt_sv_from(s->preview.text));
}

/* --- all of it ----------------------------------------------------------- */

static size_t first_item(const rt_merge_pane *s)
{
	size_t i;

	for (i = 0; i < s->lines.n; i++)
		if (s->lines.v[i].item != NONE)
			return i;
	return 0;
}

void rt_merge_pane_build(rt_view *v, bool new_page)
{
	static void (*const builders[])(rt_view *) = {
		[RT_MERGE_HEADS] = build_heads,
		[RT_MERGE_CONFLICTS] = build_conflicts,
		[RT_MERGE_METHOD] = build_method,
		[RT_MERGE_PREVIEW] = build_preview,
	};
	rt_merge_pane *s = v->state;

	clear_lines(s);
	if (!s->open || !v->console->graph)
		rt_merge_add(s, RT_FACE_MUTED, NONE,
			     "the files cannot be read; q closes this");
	else if (s->compares)
		rt_merge_add_comparison(v);
	else
		builders[s->m.page](v);
	rt_list_set_rows(&s->list, s->lines.n);
	if (new_page) {
		rt_list_select(&s->list, 0);
		rt_list_select(&s->list, first_item(s));
	}
	rt_loop_dirty(v->console->loop);
}
