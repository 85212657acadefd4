/* SPDX-License-Identifier: MIT */
/*
 * What the graph says to a reader who sees nothing but its signs: from every
 * node, its lines are followed on the screen, and they must lead to exactly
 * its parents.  The console's lanes in both sets of signs, with runs folded
 * and without, and the picture of `retort graph`.  Where a filter hides
 * revisions, the lines lead through gaps to the nearest ancestors shown.
 */
#include "support/rt_test.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "rev/graphs.h"
#include "tui/draw/theme.h"
#include "tui/graph/lanes.h"
#include "tui/graph/rows.h"
#include "ui/graphtext.h"

enum {
	U = RETORT_CELL_UP,
	D = RETORT_CELL_DOWN,
	L = RETORT_CELL_LEFT,
	R = RETORT_CELL_RIGHT,
	NODE = RETORT_CELL_NODE | U | D | L | R
};

/* Where a sign can lead to, as a reader takes it.  An ASCII corner or plus
 * does not say which sides it means; its neighbours do. */
static const struct sign {
	uint32_t ch;
	unsigned ways;
} signs[] = {
	{ ' ', 0 },	    { '|', U | D },	     { '-', L | R },
	{ '\'', U | L | R }, { '.', D | L | R },     { '+', U | D | L | R },
	{ 'o', NODE },	    { '*', NODE },	     { '@', NODE },
	{ '~', NODE },	    { 0x2502, U | D },	     { 0x2500, L | R },
	{ 0x256f, U | L },   { 0x256e, D | L },	     { 0x2570, U | R },
	{ 0x256d, D | R },   { 0x2524, U | D | L },  { 0x251c, U | D | R },
	{ 0x2534, U | L | R }, { 0x252c, D | L | R },
	{ 0x253c, U | D | L | R }, { 0x25cb, NODE }, { 0x25cf, NODE },
	{ 0x25c9, NODE },   { 0x25c6, NODE },	     { 0xb7, NODE },
};

/* What is on the screen: two columns a lane. */
typedef struct sheet {
	size_t rows, lanes;
	uint32_t *ch;
	const char *what; /* for messages */
} sheet;

static uint32_t at(const sheet *s, size_t row, size_t col)
{
	return s->ch[row * s->lanes * 2 + col];
}

static unsigned ways(const sheet *s, size_t row, size_t lane)
{
	uint32_t ch = at(s, row, lane * 2);
	size_t i;

	for (i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (signs[i].ch == ch)
			return signs[i].ways;
	fail_msg("%s: U+%04X is no sign of the graph", s->what, (unsigned)ch);
	return 0;
}

static bool is_node(const sheet *s, size_t row, size_t lane)
{
	return (ways(s, row, lane) & RETORT_CELL_NODE) != 0;
}

/* A line from this cell down into the next row? */
static bool goes_down(const sheet *s, size_t row, size_t lane)
{
	return row + 1 < s->rows && (ways(s, row, lane) & D) &&
	       (ways(s, row + 1, lane) & U);
}

static bool has_gap(const sheet *s, size_t row, size_t lane)
{
	uint32_t ch = at(s, row, lane * 2 + 1);

	return ch == '-' || ch == 0x2500;
}

static void from_above(const sheet *s, size_t row, size_t lane,
		       bool *reached);

/* Along a horizontal line; a bar in its way is only passed. */
static void sideways(const sheet *s, size_t row, size_t lane, int step,
		     bool *reached)
{
	while (step > 0 ? has_gap(s, row, lane) :
			  lane > 0 && has_gap(s, row, lane - 1)) {
		lane = step > 0 ? lane + 1 : lane - 1;
		if (is_node(s, row, lane)) {
			reached[row] = true;
			return;
		}
		if (!(ways(s, row, lane) & (L | R)))
			continue;
		if (goes_down(s, row, lane))
			from_above(s, row + 1, lane, reached);
	}
}

static void from_above(const sheet *s, size_t row, size_t lane, bool *reached)
{
	while (!is_node(s, row, lane)) {
		if (!goes_down(s, row, lane)) {
			sideways(s, row, lane, -1, reached);
			sideways(s, row, lane, 1, reached);
			return;
		}
		row++;
	}
	reached[row] = true;
}

static void from_node(const sheet *s, size_t row, bool *reached)
{
	size_t lane = 0;

	while (lane < s->lanes && !is_node(s, row, lane))
		lane++;
	if (lane == s->lanes)
		fail_msg("%s: row %zu has no node", s->what, row);
	if (goes_down(s, row, lane))
		from_above(s, row + 1, lane, reached);
	sideways(s, row, lane, -1, reached);
	sideways(s, row, lane, 1, reached);
}

/* No line begins or ends nowhere, and no lane bends: a sign other than a
 * plain bar that points to a side meets something there. */
static void assert_whole(const sheet *s)
{
	size_t row, lane;
	unsigned w;

	for (row = 0; row < s->rows; row++) {
		for (lane = 0; lane < s->lanes; lane++) {
			uint32_t ch = at(s, row, lane * 2);

			w = ways(s, row, lane);
			if (ch < 0x80 || (w & RETORT_CELL_NODE))
				continue;
			if (((w & R) && !has_gap(s, row, lane)) ||
			    ((w & L) &&
			     (lane == 0 || !has_gap(s, row, lane - 1))) ||
			    ((w & D) && !goes_down(s, row, lane)) ||
			    ((w & U) && (row == 0 ||
					 !goes_down(s, row - 1, lane))))
				fail_msg("%s: a line at row %zu, lane %zu "
					 "leads nowhere", s->what, row, lane);
		}
	}
}

/* --- drawing ------------------------------------------------------------- */

typedef struct drawn {
	const retort_graph *graph;
	rt_graph_rows rows;
	rt_model model;
	retort_cell *cells;
	size_t *row_of; /* by revision index: its row on the sheet */
	const bool *shown; /* by revision index; NULL = all */
} drawn;

static void prepare(drawn *d, const retort_graph *g, bool applied,
		    const bool *shown)
{
	retort_list heads = RETORT_LIST_INIT;
	size_t i;

	memset(d, 0, sizeof(*d));
	d->graph = g;
	d->shown = shown;
	rt_graph_rows_load(&d->rows, g);
	rt_graph_rows_lay_out(&d->rows, g, shown);
	d->cells = rt_calloc(retort_layout_lanes(d->rows.layout) + 1,
			     sizeof(*d->cells));
	d->row_of = rt_calloc(retort_graph_count(g) + 1, sizeof(size_t));
	rt_model_begin(&d->model);
	retort_graph_heads(g, false, &heads);
	for (i = 0; applied && i < heads.n; i++)
		rt_model_add_row(&d->model, rt_sv_from(heads.v[i]->id));
	retort_list_dispose(&heads);
	rt_model_update(&d->model, g);
	rt_graph_rows_build(&d->rows, &d->model, applied);
	for (i = 0; i < retort_graph_count(g); i++) {
		const retort_revision *rev = retort_graph_at(g, i);

		d->row_of[i] = rt_graph_rows_find(&d->rows, rev);
	}
}

static void discard(drawn *d)
{
	rt_graph_rows_free(&d->rows);
	rt_model_free(&d->model);
	free(d->cells);
	free(d->row_of);
}

static sheet blank(const drawn *d, const char *what)
{
	sheet s = { d->rows.rows.n, retort_layout_lanes(d->rows.layout), NULL,
		    what };

	s.ch = rt_calloc(s.rows * s.lanes * 2 + 1, sizeof(*s.ch));
	return s;
}

/* As the console draws it. */
static sheet draw_cells(drawn *d, const rt_glyphs *glyphs)
{
	sheet s = blank(d, glyphs->name_of_set);
	rt_cells cells = RT_CELLS_INIT;
	const retort_revision *rev;
	size_t row, col, n;

	rt_cells_resize(&cells, (int)s.rows, (int)s.lanes * 2);
	for (row = 0; row < s.rows; row++) {
		const rt_graph_row *r = &d->rows.rows.v[row];
		const char *node = r->kind == RT_GRAPH_ROW_FOLD ||
						   r->kind == RT_GRAPH_ROW_GAP
					   ? glyphs->fold
					   : glyphs->applied;

		n = retort_layout_row(d->rows.layout, r->row, d->cells, &rev);
		rt_lanes_draw(rt_cells_area(&cells), (int)row, glyphs,
			      d->cells, n, node, RT_STYLE(TEXT));
		for (col = 0; col < s.lanes * 2; col++) {
			const rt_cell *c = rt_cells_at(&cells, (int)row,
						       (int)col);

			rt_utf8_decode((rt_sv){ c->glyph.text, c->glyph.n },
				       &s.ch[row * s.lanes * 2 + col]);
		}
	}
	rt_cells_free(&cells);
	return s;
}

/* As `retort graph` prints it; there nothing is folded. */
static sheet draw_text(drawn *d, bool ascii)
{
	sheet s = blank(d, ascii ? "text, ascii" : "text, utf-8");
	const char *node = ascii ? "*" : "\u25cf";
	const retort_revision *rev;
	size_t row, col, n, used, bytes;
	char *text;
	rt_out o;
	rt_sv rest;

	for (row = 0; row < s.rows; row++) {
		FILE *f = open_memstream(&text, &bytes);

		rt_out_init(&o, f, RT_COLOUR_NEVER);
		n = retort_layout_row(d->rows.layout, row, d->cells, &rev);
		rt_graphtext_cells(&o, d->cells, n, node, ascii);
		fclose(f);
		rest = (rt_sv){ text, bytes };
		for (col = 0; col < s.lanes * 2; col++) {
			uint32_t ch = ' ';

			used = rt_utf8_decode(rest, &ch);
			rest = rt_sv_sub(rest, used, rest.n);
			s.ch[row * s.lanes * 2 + col] = used ? ch : ' ';
		}
		free(text);
	}
	return s;
}

/* --- the comparison ------------------------------------------------------ */

/* What is above and below what, by revision index. */
static bool *ancestors(const retort_graph *g)
{
	size_t n = retort_graph_count(g), i, k, j;
	bool *below = rt_calloc(n * n + 1, sizeof(bool));
	retort_list all = RETORT_LIST_INIT;

	assert_int_equal(retort_graph_history(g, NULL, NULL, &all, NULL), 0);
	for (i = all.n; i-- > 0;) {
		const retort_revision *rev = all.v[i];
		bool *own = below + rev->index * n;

		for (k = 0; k < rev->down.n; k++) {
			size_t p = retort_graph_find(g, rev->down.v[k])->index;

			own[p] = true;
			for (j = 0; j < n; j++)
				own[j] |= below[p * n + j];
		}
	}
	retort_list_dispose(&all);
	return below;
}

/* The ancestors shown that can be reached through hidden ones alone. */
static void through_hidden(const drawn *d, const retort_revision *rev,
			   bool *found)
{
	size_t k;

	for (k = 0; k < rev->down.n; k++) {
		const retort_revision *p = retort_graph_find(d->graph,
							     rev->down.v[k]);

		if (d->shown[p->index])
			found[p->index] = true;
		else
			through_hidden(d, p, found);
	}
}

/* The edges of the gap behind a revision; those that lead to what is behind
 * another of them are left out. */
static void want_gap(const drawn *d, const retort_revision *rev, size_t gap,
		     const bool *below, bool *want)
{
	size_t n = retort_graph_count(d->graph), k, i, j;
	bool *found = rt_calloc(n + 1, sizeof(bool));

	for (k = 0; k < rev->down.n; k++) {
		const retort_revision *p = retort_graph_find(d->graph,
							     rev->down.v[k]);

		if (!d->shown[p->index])
			through_hidden(d, p, found);
	}
	for (i = 0; i < n; i++) {
		for (j = 0; found[i] && j < n; j++)
			if (found[j] && below[j * n + i])
				break;
		if (found[i] && j == n)
			want[gap * d->rows.rows.n + d->row_of[i]] = true;
	}
	free(found);
}

static void want_edges(const drawn *d, const bool *below, bool *want)
{
	size_t i, k, from, to, gap;

	for (i = 0; i < retort_graph_count(d->graph); i++) {
		const retort_revision *rev = retort_graph_at(d->graph, i);

		if (d->shown && !d->shown[i])
			continue;
		from = d->row_of[i];
		gap = 0;
		for (k = 0; k < rev->down.n; k++) {
			const retort_revision *p =
				retort_graph_find(d->graph, rev->down.v[k]);

			to = d->row_of[p->index];
			if (d->shown && !d->shown[p->index]) {
				for (gap = from + 1; d->rows.rows.v[gap].kind !=
						     RT_GRAPH_ROW_GAP;)
					gap++;
				to = gap;
			}
			if (to != from)
				want[from * d->rows.rows.n + to] = true;
		}
		if (gap)
			want_gap(d, rev, gap, below, want);
	}
}

static void assert_edges(const drawn *d, const sheet *s)
{
	bool *want = rt_calloc(s->rows * s->rows + 1, sizeof(bool));
	bool *got = rt_calloc(s->rows * s->rows + 1, sizeof(bool));
	bool *below = d->shown ? ancestors(d->graph) : NULL;
	size_t i;

	want_edges(d, below, want);
	for (i = 0; i < s->rows; i++)
		if (d->rows.rows.v[i].kind != RT_GRAPH_ROW_JOINS)
			from_node(s, i, got + i * s->rows);
	for (i = 0; i < s->rows * s->rows; i++)
		if (want[i] != got[i])
			fail_msg("%s: the edge from row %zu to row %zu is %s",
				 s->what, i / s->rows, i % s->rows,
				 got[i] ? "drawn but not there"
					: "not drawn");
	free(below);
	free(want);
	free(got);
}

static void check(const drawn *d, sheet s)
{
	assert_whole(&s);
	assert_edges(d, &s);
	free(s.ch);
}

static void trace(const retort_graph *g)
{
	drawn d;

	prepare(&d, g, false, NULL);
	check(&d, draw_cells(&d, &rt_glyphs_utf8));
	check(&d, draw_cells(&d, &rt_glyphs_ascii));
	check(&d, draw_text(&d, false));
	check(&d, draw_text(&d, true));
	discard(&d);
	prepare(&d, g, true, NULL);
	check(&d, draw_cells(&d, &rt_glyphs_utf8));
	check(&d, draw_cells(&d, &rt_glyphs_ascii));
	discard(&d);
}

/* Some are hidden: few, half, nearly all. */
static void trace_some(const retort_graph *g, dice *chance)
{
	size_t i, n = retort_graph_count(g);
	bool *shown = rt_calloc(n + 1, sizeof(bool));
	unsigned sides = 2 + dice_roll(chance, 5);
	bool most = dice_roll(chance, 2);
	drawn d;

	for (i = 0; i < n; i++)
		shown[i] = (dice_roll(chance, sides) == 0) != most;
	prepare(&d, g, false, shown);
	if (d.rows.rows.n) {
		check(&d, draw_cells(&d, &rt_glyphs_utf8));
		check(&d, draw_cells(&d, &rt_glyphs_ascii));
	}
	discard(&d);
	free(shown);
}

/* --- graphs -------------------------------------------------------------- */

/* One kind of graph: how often a base, how many parents, how far away. */
typedef struct shape {
	unsigned bases;  /* one revision in ... is one; 0 = the first only */
	unsigned merges; /* one in ... is one; 0 = none */
	unsigned parents; /* of a merge, at most */
	unsigned far;    /* a parent is one of the last ... */
} shape;

static retort_graph *grow(dice *d, const shape *s, unsigned n)
{
	retort_graph *g = rt_graph_new();
	retort_error err = RETORT_ERROR_INIT;
	unsigned i, k, parents, p, far, taken[16];
	rt_str spec = RT_STR_INIT;

	for (i = 0; i < n; i++) {
		rt_str_clear(&spec);
		rt_str_addf(&spec, "r%u", i);
		parents = i == 0 || (s->bases && !dice_roll(d, s->bases))
				  ? 0
			  : s->merges && !dice_roll(d, s->merges)
				  ? 2 + dice_roll(d, s->parents - 1)
				  : 1;
		far = s->far < i ? s->far : i;
		memset(taken, 0xff, sizeof(taken));
		for (k = 0; k < parents && k < far; k++) {
			p = dice_roll(d, far);
			while (taken[0] == p || taken[1] == p ||
			       taken[2] == p || taken[3] == p ||
			       taken[4] == p || taken[5] == p ||
			       taken[6] == p || taken[7] == p)
				p = (p + 1) % far;
			taken[k] = p;
			rt_str_addf(&spec, "%cr%u", k ? ',' : '<',
				    i - 1 - p);
		}
		assert_int_equal(graph_add(g, spec.p, &err), 0);
	}
	rt_str_free(&spec);
	rt_assert_ok(rt_graph_seal(g, &err), &err);
	return g;
}

static void random_graphs(void **state)
{
	static const shape shapes[] = {
		{ 0, 0, 2, 1 },   /* a line */
		{ 0, 4, 2, 3 },   /* a busy trunk */
		{ 0, 3, 2, 8 },   /* lanes that cross */
		{ 0, 5, 8, 12 },  /* octopus merges */
		{ 4, 4, 3, 6 },   /* many roots */
		{ 2, 2, 8, 40 },  /* everything at once */
		{ 0, 9, 2, 60 },  /* long lanes */
	};
	dice d = { 4711 };
	size_t kind, n = sizeof(shapes) / sizeof(*shapes);
	unsigned round;

	(void)state;
	for (round = 0; round < 500; round++) {
		for (kind = 0; kind < n; kind++) {
			retort_graph *g = grow(&d, &shapes[kind],
					       1 + dice_roll(&d, 50));

			trace(g);
			trace_some(g, &d);
			retort_graph_free(g);
		}
	}
}

static void graphs_with_dependencies(void **state)
{
	dice d = { 42 };
	int round;

	(void)state;
	for (round = 0; round < 500; round++) {
		retort_graph *g = graph_random(&d, 1 + dice_roll(&d, 60),
					       true);

		trace(g);
		retort_graph_free(g);
	}
}

static void real_graphs(void **state)
{
	const char *dir = getenv("top_srcdir");
	char *path = rt_strf("%s/tests/data/dags.json", dir ? dir : ".");
	json_t *dags = json_load_file(path, 0, NULL);
	retort_error err = RETORT_ERROR_INIT;
	dice d = { 7 };
	size_t i;

	(void)state;
	assert_true(json_array_size(dags) > 0);
	for (i = 0; i < json_array_size(dags); i++) {
		const json_t *dag = json_array_get(dags, i);
		retort_graph *g = graph_from_json(
			json_object_get(dag, "revisions"), &err);

		if (!g)
			fail_msg("%s", err.message);
		trace(g);
		trace_some(g, &d);
		retort_graph_free(g);
	}
	json_decref(dags);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_graphs),
		cmocka_unit_test(graphs_with_dependencies),
		cmocka_unit_test(real_graphs),
	};

	setlocale(LC_CTYPE, "");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
