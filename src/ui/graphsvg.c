/* SPDX-License-Identifier: MIT */
/* The layout of <retort/layout.h> as a picture. */
#include "config.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "ui/graphfile.h"

enum {
	ROW = 24,   /* height of a row */
	LANE = 18,  /* width of a lane */
	LEFT = 16,  /* middle of the first lane */
	RADIUS = 5,
	TEXT = 900, /* room for the text */
	COLOURS = 6
};

static const char style[] =
	"<style>\n"
	"text { font: 13px monospace; fill: #24292f; }\n"
	".id { font-weight: bold; }\n"
	".label { fill: #1a7f37; }\n"
	"line, path { fill: none; stroke-width: 2; }\n"
	".depends { stroke: #6e7781; stroke-dasharray: 2 4; }\n"
	"circle { stroke-width: 2; fill: #ffffff; }\n"
	"circle.applied, circle.plain, circle.head { fill: #24292f; }\n"
	"circle.current { fill: #cf222e; }\n"
	"circle { stroke: #24292f; }\n"
	".c0 { stroke: #cf222e; } .c1 { stroke: #1a7f37; }\n"
	".c2 { stroke: #0969da; } .c3 { stroke: #8250df; }\n"
	".c4 { stroke: #1b7c83; } .c5 { stroke: #9a6700; }\n"
	"</style>\n";

static int x_of(size_t lane)
{
	return LEFT + (int)lane * LANE;
}

static int y_of(size_t row)
{
	return (int)row * ROW + ROW / 2;
}

static void line(rt_out *o, int x1, int y1, int x2, int y2, uint32_t chain)
{
	rt_out_printf(o,
		      "<line class=\"c%d\" x1=\"%d\" y1=\"%d\" x2=\"%d\" "
		      "y2=\"%d\"/>\n",
		      (int)(chain % COLOURS), x1, y1, x2, y2);
}

/* Bars first: a horizontal line passes under the bars it does not touch,
 * and stops short of them. */
static void draw_lines(rt_out *o, const retort_cell *cells, size_t n,
		       size_t row)
{
	const unsigned char across = RETORT_CELL_LEFT | RETORT_CELL_RIGHT;
	int y = y_of(row);
	size_t i;

	for (i = 0; i < n; i++) {
		int x = x_of(i), gap = cells[i].lines & across ? 0 : 4;

		if (cells[i].lines & RETORT_CELL_UP)
			line(o, x, y - ROW / 2, x, y, cells[i].chain);
		if (cells[i].lines & RETORT_CELL_DOWN)
			line(o, x, y, x, y + ROW / 2, cells[i].chain);
		if (i > 0 && cells[i - 1].gap)
			line(o, x - LANE / 2, y, x - gap, y, cells[i].across);
		if (cells[i].gap)
			line(o, x + gap, y, x + LANE / 2, y, cells[i].across);
	}
}

static void escaped(rt_out *o, const char *text)
{
	rt_str out = RT_STR_INIT;

	for (; *text; text++) {
		if (*text == '<' || *text == '>' || *text == '&' ||
		    *text == '"')
			rt_str_addf(&out, "&#%d;", *text);
		else
			rt_str_addc(&out, *text);
	}
	rt_out_field(o, RT_ROLE_PLAIN, out.p);
	rt_str_free(&out);
}

static void draw_revision(rt_out *o, const retort_revision *rev,
			  const char *class, int x, int y, int text_x)
{
	size_t i;

	rt_out_printf(o,
		      "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>\n"
		      "<text x=\"%d\" y=\"%d\"><tspan class=\"id\">",
		      class, x, y, RADIUS, text_x, y + 4);
	escaped(o, rev->id);
	rt_out_printf(o, "</tspan> ");
	for (i = 0; i < rev->labels.n; i++) {
		rt_out_printf(o, "<tspan class=\"label\">[");
		escaped(o, rev->labels.v[i]);
		rt_out_printf(o, "]</tspan> ");
	}
	escaped(o, rev->message);
	rt_out_printf(o, "</text>\n");
}

/* Where the nodes of the list are, for the dotted lines between them. */
typedef struct points {
	int *x, *y; /* by index of load order; 0 = not in the picture */
} points;

static void draw_dependencies(rt_out *o, const retort_graph *graph,
			      const retort_revision *rev, const points *at)
{
	size_t i;

	for (i = 0; i < rev->depends_on.n; i++) {
		const retort_revision *to = rt_graphfile_dependency(
			graph, rev->depends_on.v[i]);
		int x, y;

		if (!to || !at->x[to->index])
			continue;
		x = at->x[rev->index];
		y = at->y[rev->index];
		rt_out_printf(o,
			      "<path class=\"depends\" d=\"M %d %d Q %d %d "
			      "%d %d\"/>\n",
			      x, y, x + LANE, (y + at->y[to->index]) / 2,
			      at->x[to->index], at->y[to->index]);
	}
}

static void draw_rows(rt_out *o, const retort_layout *layout,
		      const rt_graph_marks *marks, const points *at)
{
	size_t lanes = retort_layout_lanes(layout), row, i;
	retort_cell *cells = rt_calloc(lanes + 1, sizeof(*cells));

	for (row = 0; row < retort_layout_rows(layout); row++) {
		const retort_revision *rev;
		size_t n = retort_layout_row(layout, row, cells, &rev);

		draw_lines(o, cells, n, row);
		for (i = 0; rev && i < n; i++) {
			if (!(cells[i].lines & RETORT_CELL_NODE))
				continue;
			at->x[rev->index] = x_of(i);
			at->y[rev->index] = y_of(row);
			draw_revision(o, rev, rt_graphfile_class(rev, marks),
				      x_of(i), y_of(row), x_of(lanes));
		}
	}
	free(cells);
}

void rt_graphfile_svg(rt_out *o, const retort_graph *graph,
		      const retort_list *list, const rt_graph_marks *marks)
{
	retort_layout *layout = retort_layout_make(graph, list);
	size_t n = retort_graph_count(graph) + 1, i;
	points at = { rt_calloc(n, sizeof(int)), rt_calloc(n, sizeof(int)) };
	int width = x_of(retort_layout_lanes(layout)) + TEXT;
	int height = (int)retort_layout_rows(layout) * ROW;

	rt_out_printf(o,
		      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
		      "height=\"%d\" viewBox=\"0 0 %d %d\">\n%s",
		      width, height, width, height, style);
	draw_rows(o, layout, marks, &at);
	for (i = 0; i < list->n; i++)
		draw_dependencies(o, graph, list->v[i], &at);
	rt_out_printf(o, "</svg>\n");
	free(at.x);
	free(at.y);
	retort_layout_free(layout);
}
