/* SPDX-License-Identifier: MIT */
/* How the graph pane looks. */
#include "config.h"

#include "tui/graph/pane.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tui/console.h"
#include "tui/graph/lanes.h"
#include "tui/step/stepping.h"
#include "tui/widget/find.h"

enum {
	LANES_AT = 3, /* column: behind cursor, state and a space */
	TEXT_MIN = 20 /* columns kept for id and message */
};

static void add_count(rt_str *out, size_t n, const char *text)
{
	if (n)
		rt_str_addf(out, "   %zu %s", n, text);
}

/* The database's URL; the project's folder goes without saying. */
static void add_url(retort_project *project, rt_str *out)
{
	const char *url = retort_project_url_shown(project);
	char *dir = rt_strf("%s/", retort_project_directory(project));
	const char *at = strstr(url, dir);

	if (at)
		rt_str_addf(out, "%.*s%s", (int)(at - url), url,
			    at + strlen(dir));
	else
		rt_str_add(out, url);
	free(dir);
}

void rt_graph_pane_title(rt_view *v, rt_str *out)
{
	const rt_console *c = v->console;
	retort_list heads = RETORT_LIST_INIT;

	add_url(c->project, out);
	if (retort_project_environment(c->project))
		rt_str_addf(out, " [%s]",
			    retort_project_environment(c->project));
	if (retort_project_is_protected(c->project))
		rt_str_add(out, " PROTECTED");
	if (!c->graph)
		return;
	retort_graph_heads(c->graph, false, &heads);
	add_count(out, heads.n, heads.n > 1 ? "heads (!)" : "head");
	retort_list_dispose(&heads);
	if (c->asking)
		rt_str_add(out, "   asking the database");
	else if (!c->model.answered)
		rt_str_add(out, "   no database");
	add_count(out, c->model.pending, "pending");
	add_count(out, c->model.unknown.n, "unknown (!)");
	if (c->git.branch)
		rt_str_addf(out, "   on %s", c->git.branch);
	if (c->git.missing.n) {
		rt_str_addf(out, "   %s also has %s", c->git.target,
			    c->git.missing.v[0]);
		if (c->git.missing.n > 1)
			rt_str_addf(out, " and %zu more",
				    c->git.missing.n - 1);
	}
}

/* --- how a revision stands ----------------------------------------------- */

/* What a colour says, a sign says too, and a word where it matters. */
struct mark {
	const char *sign; /* in the column before the lanes */
	const char *node;
	unsigned char face;
	const char *word; /* NULL = none */
};

static struct mark mark_of(const rt_console *c, const retort_revision *rev)
{
	const rt_glyphs *g = c->glyphs;
	const struct mark states[] = {
		[RT_STATE_UNSURE] = { " ", g->unsure, RT_FACE_TEXT, NULL },
		[RT_STATE_PENDING] = { "+", g->pending, RT_FACE_PENDING,
				       NULL },
		[RT_STATE_APPLIED] = { "=", rev->is_base ? g->base
							 : g->applied,
				       RT_FACE_APPLIED, NULL },
		[RT_STATE_ROW] = { "=", g->head, RT_FACE_HEAD, "[DB]" },
	};
	struct mark mark = states[rt_model_state(&c->model, rev)];
	bool runs;
	const char *word = rt_stepping_word(c, rev, &runs);

	if (!word)
		word = rt_model_trouble(&c->model, rev);
	if (!word)
		return mark;
	mark.sign = runs ? g->go : "!";
	mark.face = runs ? RT_FACE_RUNNING : RT_FACE_ERROR;
	mark.node = runs ? g->running : mark.node;
	mark.word = word;
	return mark;
}

/* The lanes of a row; the node of a fold or a gap is a sign for what is not
 * shown. */
static void draw_lanes(rt_view *v, rt_area a, int y, const rt_graph_row *r,
		       size_t first)
{
	rt_graph_pane *s = v->state;
	const rt_console *c = v->console;
	const retort_revision *rev;
	const char *node = c->glyphs->fold;
	rt_style style = RT_STYLE(MUTED);
	size_t n = retort_layout_row(s->rows.layout, r->row, s->cells, &rev);

	if (r->kind == RT_GRAPH_ROW_NODE) {
		struct mark mark = mark_of(c, rev);

		node = mark.node;
		style.face = mark.face;
	}
	if (n > first)
		rt_lanes_draw(a, y, c->glyphs, s->cells + first, n - first,
			      node, style);
}

/* Mark what the search finds in the text at the columns from..to. */
static void mark_matches(rt_view *v, rt_area a, int y, int from, rt_sv text)
{
	const rt_graph_pane *s = v->state;
	rt_sv needle = rt_str_sv(&s->list.needle);
	bool ascii = a.cells->ascii;
	size_t at = rt_find_text(text, 0, needle);

	for (; at < text.n; at = rt_find_text(text, at + 1, needle))
		rt_area_restyle(
			a, y, from + rt_cluster_columns((rt_sv){ text.p, at },
							ascii),
			rt_cluster_columns(rt_sv_sub(text, at, needle.n),
					   ascii),
			RT_STYLE(MATCH));
}

/* Put a word in front, if there is room for it. */
static void put_before(rt_str *s, size_t room, const char *word)
{
	rt_str all = RT_STR_INIT;

	if (s->n + 2 + strlen(word) > room)
		return;
	rt_str_addf(&all, "  %s%s", word, s->p);
	rt_str_free(s);
	*s = all;
}

/* What stands at the right: how it stands, labels, kind; the most important
 * last, and kept where room is short. */
static void right_text(const rt_console *c, const retort_revision *rev,
		       const char *word, size_t room, rt_str *out)
{
	size_t i;

	if (word)
		put_before(out, room, word);
	if (rev->is_head)
		put_before(out, room, "head");
	for (i = 0; i < rev->labels.n; i++) {
		char *label = rt_strf("(%s)", rev->labels.v[i]);

		put_before(out, room, label);
		free(label);
	}
	if (rev->is_base)
		put_before(out, room, "base");
	if (rev->is_merge_point)
		put_before(out, room, "merge");
	if (rev->is_branch_point)
		put_before(out, room, "branch point");
	if (rt_git_facts_is_uncommitted(&c->git, rev))
		put_before(out, room, "uncommitted");
	if (rt_git_facts_is_own(&c->git, rev))
		put_before(out, room, "only here");
}

/* A message without the columns that are moved out at the left. */
static rt_sv shifted(const rt_graph_pane *s, rt_sv text, bool ascii)
{
	int used;

	return rt_sv_sub(text, rt_cluster_fit(text, ascii, s->shift, &used),
			 text.n);
}

static void draw_revision(rt_view *v, rt_area a, int y,
			  const retort_revision *rev)
{
	const rt_graph_pane *s = v->state;
	const rt_console *c = v->console;
	struct mark mark = mark_of(c, rev);
	rt_style face = { mark.word ? mark.face : RT_FACE_LABEL, 0 };
	rt_sv message = shifted(s, rt_sv_from(rev->message),
				a.cells->ascii);
	rt_str right = RT_STR_INIT;
	int cols, col = s->id_cols + 2;

	if (a.cols > TEXT_MIN)
		right_text(c, rev, mark.word, (size_t)(a.cols - TEXT_MIN),
			   &right);
	cols = rt_cluster_columns(rt_str_sv(&right), a.cells->ascii);
	rt_area_fit(a, y, 0, s->id_cols, RT_STYLE(ID), rt_sv_from(rev->id));
	mark_matches(v, rt_area_sub(a, 0, 0, a.rows, s->id_cols), y, 0,
		     rt_sv_from(rev->id));
	if (rt_git_facts_is_uncommitted(&c->git, rev))
		rt_area_puts(a, y, s->id_cols, RT_STYLE(CHANGED), "*");
	rt_area_fit(a, y, col, a.cols - cols - col, RT_STYLE(TEXT), message);
	mark_matches(v, rt_area_sub(a, 0, 0, a.rows, a.cols - cols), y, col,
		     message);
	if (cols)
		rt_area_put(a, y, a.cols - cols, face, rt_str_sv(&right));
	rt_str_free(&right);
}

static void draw_gap(rt_area a, int y, size_t n)
{
	if (n)
		rt_area_putf(a, y, 0, RT_STYLE(MUTED), "%zu hidden", n);
	else
		rt_area_puts(a, y, 0, RT_STYLE(MUTED), "several hidden");
}

static void draw_row(rt_view *v, rt_area a, int y, size_t row, int text_at,
		     size_t first)
{
	rt_graph_pane *s = v->state;
	const rt_console *c = v->console;
	const rt_graph_row *r = &s->rows.rows.v[row];
	const retort_revision *rev = rt_graph_rows_revision(&s->rows, row);
	rt_area text = rt_area_sub(a, 0, text_at, a.rows, a.cols);
	rt_area lanes = rt_area_sub(a, 0, LANES_AT, a.rows,
				    text_at - LANES_AT - 1);
	struct mark mark = { " ", NULL, RT_FACE_MUTED, NULL };

	if (rev)
		mark = mark_of(c, rev);
	else if (r->kind == RT_GRAPH_ROW_UNKNOWN)
		mark.sign = "?";
	else if (r->kind == RT_GRAPH_ROW_FOLD)
		mark.sign = "=";
	rt_area_puts(a, y, 1, (rt_style){ mark.face, 0 }, mark.sign);
	if ((rev || r->kind == RT_GRAPH_ROW_FOLD) &&
	    rt_graph_pane_in_range(c, rt_graph_rows_folded(&s->rows, row, 0)))
		rt_area_puts(a, y, 0, RT_STYLE(RUNNING), c->glyphs->bar);
	if (r->kind != RT_GRAPH_ROW_UNKNOWN)
		draw_lanes(v, lanes, y, r, first);
	if (rev)
		draw_revision(v, text, y, rev);
	else if (r->kind == RT_GRAPH_ROW_FOLD)
		rt_area_putf(text, y, 0, RT_STYLE(MUTED),
			     "%zu applied revisions folded (Enter opens)",
			     r->count);
	else if (r->kind == RT_GRAPH_ROW_GAP)
		draw_gap(text, y, r->count);
	else if (r->kind == RT_GRAPH_ROW_UNKNOWN)
		rt_area_putf(text, y, 0, RT_STYLE(ERROR),
			     "%s  in the database, in no file",
			     c->model.unknown.v[r->row]);
}

/* Lanes of the rows on the screen, so that the text keeps its column. */
static int lanes_shown(const rt_graph_pane *s, int rows)
{
	const retort_revision *rev;
	size_t i, row, most = 1, used;

	for (i = s->list.top; i < s->list.lines && rows > 0; i++, rows--) {
		row = rt_list_row(&s->list, i);
		if (s->rows.rows.v[row].kind == RT_GRAPH_ROW_UNKNOWN)
			continue;
		used = retort_layout_row(s->rows.layout,
					 s->rows.rows.v[row].row, s->cells,
					 &rev);
		most = used > most ? used : most;
	}
	return (int)most;
}

/* Text over as many rows as it needs; the row behind it. */
static int put_wrapped(rt_area a, int row, rt_style style, const char *text)
{
	rt_sv rest = rt_sv_from(text);
	size_t n, space;
	int used;

	while (rest.n && row < a.rows) {
		n = rt_cluster_fit(rest, a.cells->ascii, a.cols - 2, &used);
		for (space = n; n < rest.n && space > 0; space--)
			if (rest.p[space] == ' ')
				break;
		n = n < rest.n && space ? space : n;
		if (!n)
			break;
		rt_area_fit(a, row++, 1, a.cols - 1, style,
			    rt_sv_sub(rest, 0, n));
		rest = rt_sv_trim(rt_sv_sub(rest, n, rest.n));
	}
	return row;
}

/* Why the files could not be read. */
static void draw_error(const retort_error *err, rt_area a)
{
	const char *file = retort_error_get(err, RETORT_ERROR_FILE);
	const char *next = retort_error_get(err, RETORT_ERROR_NEXT);
	int row = put_wrapped(a, 0, RT_STYLE(ERROR), err->message);
	char *place;

	if (file) {
		place = err->line ? rt_strf("%s:%d:%d", file, err->line,
					    err->column)
				  : rt_strdup(file);
		row = put_wrapped(a, row, RT_STYLE(TEXT), place);
		free(place);
	}
	if (next)
		row = put_wrapped(a, row, RT_STYLE(TEXT), next);
	if (file && err->line)
		put_wrapped(a, row, RT_STYLE(MUTED), "e opens the editor there");
}

static void draw_empty(const rt_view *v, rt_area a)
{
	const rt_graph_pane *s = v->state;
	const rt_console *c = v->console;
	const char *text = "reading the files";

	if (c->graph_error.message) {
		draw_error(&c->graph_error, a);
		return;
	}
	if (c->graph)
		text = s->filtered ? "no row has this text; Esc shows all"
				   : "no revisions yet; C writes the first";
	put_wrapped(a, 0, RT_STYLE(MUTED), text);
}

/* What the selected revision depends on: a dotted line in the column behind
 * the lanes, with an end at each of the two rows. */
static void draw_dependency(rt_view *v, rt_area a, int col, size_t from,
			    size_t to)
{
	const rt_graph_pane *s = v->state;
	const rt_glyphs *g = v->console->glyphs;
	size_t low = from < to ? from : to, high = from < to ? to : from;
	int y;

	for (y = 0; y < a.rows && s->list.top + (size_t)y <= high; y++) {
		size_t row = s->list.top + (size_t)y;

		if (row >= low)
			rt_area_puts(a, y, col, RT_STYLE(MUTED),
				     row == from || row == to ? g->depends
							      : g->dotted);
	}
}

static void draw_dependencies(rt_view *v, rt_area a, int col)
{
	const rt_graph_pane *s = v->state;
	const rt_console *c = v->console;
	const retort_revision *rev = c->selected, *other;
	size_t i, row;

	for (i = 0; rev && i < rev->depends_on.n; i++) {
		other = retort_graph_find(c->graph, rev->depends_on.v[i]);
		row = other ? rt_graph_rows_find(&s->rows, other) : SIZE_MAX;
		if (row != SIZE_MAX)
			draw_dependency(v, a, col, s->list.cursor, row);
	}
}

void rt_graph_pane_draw(rt_view *v, rt_area a, bool focused)
{
	rt_graph_pane *s = v->state;
	int y, lanes, most = (a.cols - TEXT_MIN) / 2;
	size_t line, first = 0;

	if (!s->list.lines) {
		draw_empty(v, a);
		return;
	}
	lanes = lanes_shown(s, a.rows);
	/* lanes that have no room can be moved in from the right */
	if (most < 1)
		most = 1;
	if (lanes > most) {
		first = (size_t)(lanes - most);
		if (first > (size_t)s->shift / 2)
			first = (size_t)s->shift / 2;
		lanes = most;
	}
	for (y = 0; y < a.rows; y++) {
		line = s->list.top + (size_t)y;
		if (line >= s->list.lines)
			break;
		draw_row(v, a, y, rt_list_row(&s->list, line),
			 LANES_AT + lanes * 2 + 1, first);
		if (line != s->list.cursor)
			continue;
		draw_dependencies(v, a, LANES_AT + lanes * 2);
		rt_area_puts(a, y, 0, RT_STYLE(TEXT),
			     v->console->glyphs->cursor);
		if (focused)
			rt_area_restyle(a, y, 0, a.cols, RT_STYLE(SELECTED));
	}
}
