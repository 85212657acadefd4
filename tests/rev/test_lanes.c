/* SPDX-License-Identifier: MIT */
/*
 * The layout of the graph: known pictures, and random graphs in which every
 * edge can be followed from child to parent by the lines alone.
 */
#include "support/rt_test.h"

#include <retort/layout.h>

#include "base/str.h"
#include "base/vec.h"
#include "rev/graphs.h"

typedef struct picture {
	retort_layout *layout;
	retort_list list;
	size_t rows, lanes;
	retort_cell *cells;         /* rows * lanes */
	const retort_revision **at; /* by row; NULL for a row without node */
} picture;

static const retort_cell *cell(const picture *p, size_t row, size_t lane)
{
	return &p->cells[row * p->lanes + lane];
}

static void draw(picture *p, const retort_graph *g)
{
	retort_error err = RETORT_ERROR_INIT;
	retort_list none = RETORT_LIST_INIT;
	size_t row;

	p->list = none;
	rt_assert_ok(retort_graph_history(g, NULL, NULL, &p->list, &err), &err);
	p->layout = retort_layout_make(g, &p->list);
	p->rows = retort_layout_rows(p->layout);
	p->lanes = retort_layout_lanes(p->layout);
	p->cells = calloc(p->rows * p->lanes + 1, sizeof(*p->cells));
	p->at = calloc(p->rows + 1, sizeof(const retort_revision *));
	for (row = 0; row < p->rows; row++)
		retort_layout_row(p->layout, row, p->cells + row * p->lanes,
				  &p->at[row]);
}

static void undraw(picture *p)
{
	retort_layout_free(p->layout);
	retort_list_dispose(&p->list);
	free(p->cells);
	free(p->at);
}

/* One character per cell and gap, rows separated by "/". */
static char *text_of(const picture *p)
{
	static const char glyphs[] = " |||-'.+-`,+-+++";
	rt_str s = RT_STR_INIT;
	size_t row, lane;

	for (row = 0; row < p->rows; row++) {
		if (row)
			rt_str_addc(&s, '/');
		for (lane = 0; lane < p->lanes; lane++) {
			unsigned char lines = cell(p, row, lane)->lines;

			rt_str_addc(&s, lines & RETORT_CELL_NODE ?
						'*' :
						glyphs[lines & 15]);
			rt_str_addc(&s, cell(p, row, lane)->gap ? '-' : ' ');
		}
		while (s.n && s.p[s.n - 1] == ' ')
			rt_str_truncate(&s, s.n - 1);
	}
	return rt_str_take(&s);
}

static void assert_picture(const char *specs, const char *want)
{
	retort_graph *g = graph_from(specs);
	picture p;
	char *text;

	draw(&p, g);
	text = text_of(&p);
	assert_string_equal(text, want);
	free(text);
	undraw(&p);
	retort_graph_free(g);
}

static void pictures(void **state)
{
	(void)state;
	assert_picture("", "");
	assert_picture("a", "*");
	assert_picture("a b<a c<b", "*/*/*");
	assert_picture("a b<a c<a", "*/| */*-'");
	assert_picture("a b<a c<a d<b,c", "*-./* |/| */*-'");
	/* A merge that is joined itself: joins and edges in rows of their
	 * own; the lane that ended there is not taken at once. */
	assert_picture("a b<a c<a d<b,c e<d f<d",
		       "*/| */+-'/*---./*   |/|   */*---'");
	/* Nodes under each other in one lane would look related. */
	assert_picture("a b", "*/  *");
}

/* The lane of a row's node. */
static size_t lane_of(const picture *p, size_t row)
{
	size_t lane;

	for (lane = 0; lane < p->lanes; lane++)
		if (cell(p, row, lane)->lines & RETORT_CELL_NODE)
			return lane;
	fail_msg("row %zu has no node", row);
	return 0;
}

static void follow(const picture *p, size_t row, size_t lane, bool *reached);

/* Along a horizontal line to everything that goes down or is a node. */
static void spread(const picture *p, size_t row, size_t lane, int step,
		   bool *reached)
{
	for (;;) {
		unsigned char lines;

		if (step > 0 ? !cell(p, row, lane)->gap :
			       lane == 0 || !cell(p, row, lane - 1)->gap)
			return;
		lane = step > 0 ? lane + 1 : lane - 1;
		lines = cell(p, row, lane)->lines;
		if (lines & RETORT_CELL_NODE) {
			reached[row] = true;
			return;
		}
		if (!(lines & (RETORT_CELL_LEFT | RETORT_CELL_RIGHT)))
			continue; /* a bar that is only passed */
		if (lines & RETORT_CELL_DOWN)
			follow(p, row + 1, lane, reached);
	}
}

/* A line enters the cell from above. */
static void follow(const picture *p, size_t row, size_t lane, bool *reached)
{
	for (; row < p->rows; row++) {
		unsigned char lines = cell(p, row, lane)->lines;

		if (lines & RETORT_CELL_NODE) {
			reached[row] = true;
			return;
		}
		assert_true(lines & RETORT_CELL_UP);
		if (!(lines & RETORT_CELL_DOWN)) {
			if (lines & RETORT_CELL_LEFT)
				spread(p, row, lane, -1, reached);
			if (lines & RETORT_CELL_RIGHT)
				spread(p, row, lane, 1, reached);
			return;
		}
	}
}

/* The rows that the lines lead to from a node: joins come from above, so a
 * horizontal line beside it leads to its own parents only. */
static void reach_from(const picture *p, size_t row, bool *reached)
{
	size_t lane = lane_of(p, row);

	if (cell(p, row, lane)->lines & RETORT_CELL_DOWN)
		follow(p, row + 1, lane, reached);
	spread(p, row, lane, 1, reached);
	spread(p, row, lane, -1, reached);
}

static void assert_edges(const picture *p, size_t place)
{
	const retort_revision *rev = p->list.v[place];
	size_t row = retort_layout_row_of(p->layout, place), i;
	bool *reached = calloc(p->rows + 1, sizeof(*reached));

	assert_ptr_equal(p->at[row], rev);
	reach_from(p, row, reached);
	for (i = 0; i < p->rows; i++) {
		bool is_parent = false;
		size_t k;

		for (k = 0; p->at[i] && k < rev->down.n; k++)
			is_parent |= strcmp(p->at[i]->id, rev->down.v[k]) == 0;
		if (reached[i] != is_parent)
			fail_msg("%s: row %zu is %sreached", rev->id, i,
				 is_parent ? "not " : "");
	}
	free(reached);
}

static void random_graphs_can_be_followed(void **state)
{
	dice d = { 42 };
	int round;

	(void)state;
	for (round = 0; round < 400; round++) {
		retort_graph *g = graph_random(&d, 1 + dice_roll(&d, 60), true);
		picture p;
		size_t i;

		draw(&p, g);
		assert_true(p.rows >= p.list.n);
		for (i = 0; i < p.list.n; i++)
			assert_edges(&p, i);
		undraw(&p);
		retort_graph_free(g);
	}
}

/* A part of the graph: parents outside it have no line. */
static void a_range_is_drawn_alone(void **state)
{
	retort_graph *g = graph_from("a b<a c<a d<b,c e<d");
	retort_error err = RETORT_ERROR_INIT;
	const retort_revision *rev;
	retort_cell cells[4];
	retort_layout *l;
	retort_list list;

	(void)state;
	rt_assert_ok(retort_graph_history(g, "d:e", NULL, &list, &err), &err);
	l = retort_layout_make(g, &list);
	assert_int_equal(retort_layout_rows(l), 2);
	assert_int_equal(retort_layout_lanes(l), 1);
	assert_int_equal(retort_layout_row(l, 1, cells, &rev), 1);
	assert_string_equal(rev->id, "d");
	assert_int_equal(cells[0].lines, RETORT_CELL_NODE | RETORT_CELL_UP);
	retort_layout_free(l);
	retort_list_dispose(&list);
	retort_graph_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures),
		cmocka_unit_test(random_graphs_can_be_followed),
		cmocka_unit_test(a_range_is_drawn_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
