/* SPDX-License-Identifier: MIT */
/*
 * <retort/layout.h>.  A *place* is an index of the list; a *span* is a
 * vertical line from one place to another in one lane: a chain with its way
 * to the node it joins, or an edge of a merge that has no other way.
 *
 * The source of the method: chains along first parents and interval
 * colouring of their spans, greedily in the order of their tops.
 */
#include "config.h"

#include <retort/layout.h>

#include <stdlib.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "rev/edges.h"

#define NONE ((size_t)-1)

typedef struct span {
	size_t from, to; /* places, both included */
	size_t top;      /* first node of a chain; NONE for an edge */
	size_t last;     /* last node of a chain; NONE for an edge */
	size_t join;     /* the place it leads to; NONE if it just ends */
	size_t lane;
} span;

typedef enum link_kind {
	LINK_START, /* a span that begins at the node, sideways */
	LINK_TEE,   /* an edge into a lane that passes */
	LINK_JOIN   /* a span that ends at the node, from above */
} link_kind;

typedef struct link {
	size_t place, span;
	link_kind kind;
} link;

typedef RT_VEC(link) link_list;
typedef RT_VEC(size_t) place_list;

struct retort_layout {
	size_t n;                    /* places */
	const retort_revision **rev; /* by place */
	size_t *chain;               /* span of a place's node */
	RT_VEC(span) spans;
	link *links;                 /* by place */
	size_t *first_link;          /* n + 1 of them */
	size_t *row_place;           /* of every row */
	size_t *row;                 /* of every place's node */
	size_t rows;
	RT_VEC(place_list) lanes;    /* spans of a lane, downwards */
};

/* What is needed only while the layout is made. */
typedef struct maker {
	retort_layout *l;
	rt_edges edges;
	size_t *pred;      /* by place: the node above it in its chain */
	size_t *tail;      /* by place: a span that leads only there ... */
	size_t *tail_from; /* ... from this place on */
	link_list links;
} maker;

static size_t *filled(size_t n, size_t value)
{
	size_t *v = rt_calloc(n + 1, sizeof(*v)), i;

	for (i = 0; i <= n; i++)
		v[i] = value;
	return v;
}

static size_t parents(const maker *m, size_t place)
{
	return m->edges.set[place].n;
}

static size_t parent_place(const maker *m, size_t place, size_t nth)
{
	return m->edges.to.v[m->edges.set[place].first + nth];
}

static void add_link(maker *m, size_t place, size_t span_index, link_kind kind)
{
	link l = { place, span_index, kind };

	rt_vec_push(&m->links, l);
}

/* Remember a span that from `from` on leads to `place` and nowhere else. */
static void add_tail(maker *m, size_t place, size_t span_index, size_t from)
{
	if (m->tail[place] == NONE || from < m->tail_from[place]) {
		m->tail[place] = span_index;
		m->tail_from[place] = from;
	}
}

static void follow_chain(maker *m, size_t top)
{
	size_t *chain = m->l->chain, k = m->l->spans.n, p = top, next;
	span s = { top, top, top, top, NONE, 0 };

	for (;;) {
		chain[p] = k;
		s.last = s.to = p;
		if (!parents(m, p))
			break;
		next = parent_place(m, p, 0);
		if (chain[next] != NONE) {
			s.to = s.join = next;
			add_link(m, next, k, LINK_JOIN);
			add_tail(m, next, k, p);
			break;
		}
		m->pred[next] = p;
		p = next;
	}
	rt_vec_push(&m->l->spans, s);
}

/* Draw the edge from a merge to one of its further parents. */
static void add_edge(maker *m, size_t from, size_t to)
{
	size_t k = m->l->chain[to];
	span *s = &m->l->spans.v[k];
	span edge = { from, to, NONE, NONE, to, 0 };

	if (s->top == to && s->from == to) {
		s->from = from;
		add_link(m, from, k, LINK_START);
	} else if (s->top == to ? s->from < from : m->pred[to] < from) {
		add_link(m, from, k, LINK_TEE);
	} else if (m->tail[to] != NONE && m->tail_from[to] < from) {
		add_link(m, from, m->tail[to], LINK_TEE);
	} else {
		k = m->l->spans.n;
		rt_vec_push(&m->l->spans, edge);
		add_link(m, from, k, LINK_START);
		add_link(m, to, k, LINK_JOIN);
		add_tail(m, to, k, from);
	}
}

static void add_edges(maker *m, size_t place)
{
	size_t nth;

	for (nth = 1; nth < parents(m, place); nth++)
		add_edge(m, place, parent_place(m, place, nth));
}

/* Links by place; those of one place keep their order. */
static void sort_links(maker *m)
{
	retort_layout *l = m->l;
	size_t i, sum = 0, *at;

	l->first_link = filled(l->n, 0);
	l->links = rt_calloc(m->links.n + 1, sizeof(*l->links));
	for (i = 0; i < m->links.n; i++)
		l->first_link[m->links.v[i].place]++;
	for (i = 0; i <= l->n; i++) {
		size_t count = l->first_link[i];

		l->first_link[i] = sum;
		sum += count;
	}
	at = rt_calloc(l->n + 1, sizeof(*at));
	for (i = 0; i < m->links.n; i++) {
		size_t p = m->links.v[i].place;

		l->links[l->first_link[p] + at[p]++] = m->links.v[i];
	}
	free(at);
}

/* A span may follow another in its lane behind one blank row. */
static bool is_free(const retort_layout *l, size_t lane, size_t from)
{
	const place_list *list = &l->lanes.v[lane];

	return l->spans.v[list->v[list->n - 1]].to + 1 < from;
}

static size_t nearest_lane(const retort_layout *l, size_t wanted, size_t from)
{
	size_t n = l->lanes.n, d;

	for (d = 0; wanted + d < n || d <= wanted; d++) {
		if (wanted + d < n && is_free(l, wanted + d, from))
			return wanted + d;
		if (d <= wanted && wanted - d < n &&
		    is_free(l, wanted - d, from))
			return wanted - d;
	}
	return n;
}

static void put_span(retort_layout *l, size_t span_index, size_t wanted)
{
	span *s = &l->spans.v[span_index];
	place_list none = RT_VEC_INIT;

	s->lane = nearest_lane(l, wanted, s->from);
	if (s->lane == l->lanes.n)
		rt_vec_push(&l->lanes, none);
	rt_vec_push(&l->lanes.v[s->lane], span_index);
}

/* Near the chain that it joins, where that has its lane already. */
static size_t wanted_lane(const retort_layout *l, const span *s)
{
	const span *joined;

	if (s->join == NONE)
		return 0;
	joined = &l->spans.v[l->chain[s->join]];
	return joined->from < s->from ? joined->lane : 0;
}

static void give_lanes(retort_layout *l)
{
	size_t place, i;

	for (place = 0; place < l->n; place++) {
		size_t k = l->chain[place];
		const span *s = &l->spans.v[k];

		if (s->top == place && s->from == place)
			put_span(l, k, wanted_lane(l, s));
		for (i = l->first_link[place]; i < l->first_link[place + 1];
		     i++)
			if (l->links[i].kind == LINK_START)
				put_span(l, l->links[i].span,
					 l->spans.v[k].lane);
	}
}

/* Joined from above, and edges going down: see <retort/layout.h>. */
static bool wants_two_rows(const retort_layout *l, size_t place)
{
	bool join = false, other = false;
	size_t i;

	for (i = l->first_link[place]; i < l->first_link[place + 1]; i++) {
		join |= l->links[i].kind == LINK_JOIN;
		other |= l->links[i].kind != LINK_JOIN;
	}
	return join && other;
}

static void give_rows(retort_layout *l)
{
	size_t place;

	l->row_place = rt_calloc(2 * l->n + 1, sizeof(*l->row_place));
	l->row = rt_calloc(l->n + 1, sizeof(*l->row));
	for (place = 0; place < l->n; place++) {
		if (wants_two_rows(l, place))
			l->row_place[l->rows++] = place;
		l->row[place] = l->rows;
		l->row_place[l->rows++] = place;
	}
}

retort_layout *retort_layout_make(const retort_graph *graph,
				  const retort_list *list)
{
	retort_layout *l = rt_calloc(1, sizeof(*l));
	maker m = { .l = l };
	size_t i;

	l->n = list->n;
	l->rev = rt_calloc(l->n + 1, sizeof(const retort_revision *));
	l->chain = filled(l->n, NONE);
	rt_edges_make(&m.edges, graph, list);
	m.pred = filled(l->n, NONE);
	m.tail = filled(l->n, NONE);
	m.tail_from = filled(l->n, NONE);
	for (i = 0; i < l->n; i++)
		l->rev[i] = list->v[i];
	for (i = 0; i < l->n; i++)
		if (l->chain[i] == NONE)
			follow_chain(&m, i);
	for (i = 0; i < l->n; i++)
		add_edges(&m, i);
	sort_links(&m);
	give_lanes(l);
	give_rows(l);
	rt_edges_free(&m.edges);
	free(m.pred);
	free(m.tail);
	free(m.tail_from);
	rt_vec_free(&m.links);
	return l;
}

void retort_layout_free(retort_layout *l)
{
	size_t i;

	if (!l)
		return;
	for (i = 0; i < l->lanes.n; i++)
		rt_vec_free(&l->lanes.v[i]);
	rt_vec_free(&l->lanes);
	rt_vec_free(&l->spans);
	free(l->rev);
	free(l->chain);
	free(l->links);
	free(l->first_link);
	free(l->row_place);
	free(l->row);
	free(l);
}

size_t retort_layout_rows(const retort_layout *l)
{
	return l->rows;
}

size_t retort_layout_lanes(const retort_layout *l)
{
	return l->lanes.n;
}

size_t retort_layout_row_of(const retort_layout *l, size_t place)
{
	return l->row[place];
}

/* The span of a lane that covers a place, or NULL. */
static const span *span_at(const retort_layout *l, size_t lane, size_t place)
{
	const place_list *list = &l->lanes.v[lane];
	size_t low = 0, high = list->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (l->spans.v[list->v[middle]].from <= place)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || l->spans.v[list->v[low - 1]].to < place)
		return NULL;
	return &l->spans.v[list->v[low - 1]];
}

/* The bars of a lane.  In the upper one of two rows nothing starts yet, in
 * the lower one what joined is gone. */
static unsigned char bars(const span *s, size_t place, bool node, bool upper,
			  bool joined)
{
	unsigned char lines = 0;

	if (!upper && joined && s->to == place && !node)
		return 0;
	if (upper && s->from == place)
		return 0;
	if (s->from < place)
		lines |= RETORT_CELL_UP;
	if (s->to > place || (upper && node))
		lines |= RETORT_CELL_DOWN;
	if (!upper && joined && node)
		lines |= RETORT_CELL_UP;
	return lines;
}

/* A horizontal line between two lanes; it touches only those two. */
static void reach(retort_cell *cells, size_t a, size_t b, uint32_t chain)
{
	size_t low = a < b ? a : b, high = a < b ? b : a, i;

	cells[low].lines |= RETORT_CELL_RIGHT;
	cells[high].lines |= RETORT_CELL_LEFT;
	for (i = low; i < high; i++)
		cells[i].gap = true;
	for (i = low; i <= high; i++)
		cells[i].across = chain;
}

/* Give empty cells on the way of a line their part of it; lanes that have no
 * part in it stay whole. */
static void fill_gaps(retort_cell *cells, size_t n)
{
	const unsigned char across = RETORT_CELL_LEFT | RETORT_CELL_RIGHT;
	size_t i;

	for (i = 0; i < n; i++) {
		if (cells[i].lines && !(cells[i].lines & across))
			continue;
		if (i > 0 && cells[i - 1].gap)
			cells[i].lines |= RETORT_CELL_LEFT;
		if (cells[i].gap)
			cells[i].lines |= RETORT_CELL_RIGHT;
	}
}

static void draw_links(const retort_layout *l, size_t place, bool upper,
		       bool joined, retort_cell *cells)
{
	size_t node = l->spans.v[l->chain[place]].lane, i;

	for (i = l->first_link[place]; i < l->first_link[place + 1]; i++) {
		const link *k = &l->links[i];
		bool join = k->kind == LINK_JOIN;

		if (upper ? join : !(join && joined))
			reach(cells, node, l->spans.v[k->span].lane,
			      (uint32_t)k->span);
	}
}

size_t retort_layout_row(const retort_layout *l, size_t row,
			 retort_cell *cells, const retort_revision **rev)
{
	size_t place = l->row_place[row], lane, used = 0;
	bool upper = row < l->row[place];
	bool joined = row > 0 && l->row_place[row - 1] == place;
	retort_cell none = { 0, false, 0, 0 };

	for (lane = 0; lane < l->lanes.n; lane++) {
		const span *s = span_at(l, lane, place);

		cells[lane] = none;
		if (!s)
			continue;
		cells[lane].chain = (uint32_t)(s - l->spans.v);
		cells[lane].lines =
			bars(s, place, s == &l->spans.v[l->chain[place]],
			     upper, joined);
	}
	draw_links(l, place, upper, joined, cells);
	fill_gaps(cells, l->lanes.n);
	if (!upper)
		cells[l->spans.v[l->chain[place]].lane].lines |=
			RETORT_CELL_NODE;
	for (lane = 0; lane < l->lanes.n; lane++)
		if (cells[lane].lines)
			used = lane + 1;
	*rev = upper ? NULL : l->rev[place];
	return used;
}
