/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "rev/edges.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/alloc.h"

#define NONE SIZE_MAX

/* Looking for ways that are shown already stops when it has looked at so
 * many times the list; then a line too many is drawn, never one too few. */
enum { EFFORT = 64 };

typedef struct maker {
	rt_edges *e;
	const retort_graph *graph;
	const retort_list *list;
	size_t *place_of;    /* by index of load order; NONE = not listed */
	rt_edge_set *behind; /* by index: what is behind a hidden one */
	size_t *seen;        /* by place: the last round that was there */
	size_t round, effort;
	RT_VEC(size_t) found; /* the set being made */
	RT_VEC(size_t) ahead; /* places to look at */
	RT_VEC(const retort_revision *) hidden; /* to be worked out */
} maker;

static size_t place_of(const maker *m, const retort_revision *rev)
{
	return m->place_of[rev->index];
}

static void begin(maker *m)
{
	m->found.n = 0;
	m->round++;
}

static void find(maker *m, size_t place)
{
	if (m->seen[place] == m->round)
		return;
	m->seen[place] = m->round;
	rt_vec_push(&m->found, place);
}

static rt_edge_set keep(maker *m)
{
	rt_edge_set set = { m->e->to.n, 0 };
	size_t i;

	for (i = 0; i < m->found.n; i++)
		if (m->found.v[i] != NONE)
			rt_vec_push(&m->e->to, m->found.v[i]);
	set.n = m->e->to.n - set.first;
	return set;
}

static void find_all(maker *m, rt_edge_set set)
{
	size_t i;

	for (i = 0; i < set.n; i++)
		find(m, m->e->to.v[set.first + i]);
}

/* --- one way is enough --------------------------------------------------- */

static void look_behind(maker *m, size_t place, size_t last)
{
	rt_edge_set set = m->e->set[place];
	size_t i, to;

	for (i = 0; i < set.n; i++) {
		to = m->e->to.v[set.first + i];
		if (to > last || m->seen[to] == m->round)
			continue;
		m->seen[to] = m->round;
		rt_vec_push(&m->ahead, to);
	}
}

/* Drop from the set what is behind another of it.  Their edges are known:
 * lists are gone through from the oldest on. */
static void reduce(maker *m)
{
	size_t i, last = 0;

	if (m->found.n < 2)
		return;
	m->round++;
	m->ahead.n = 0;
	for (i = 0; i < m->found.n; i++)
		if (m->found.v[i] > last)
			last = m->found.v[i];
	for (i = 0; i < m->found.n; i++)
		look_behind(m, m->found.v[i], last);
	for (; m->ahead.n && m->effort; m->effort--)
		look_behind(m, m->ahead.v[--m->ahead.n], last);
	for (i = 0; i < m->found.n; i++)
		if (m->seen[m->found.v[i]] == m->round)
			m->found.v[i] = NONE;
}

/* --- hidden revisions ---------------------------------------------------- */

/* Put off a revision until its hidden parents are known; true if it was. */
static bool put_off(maker *m, const retort_revision *rev)
{
	const retort_revision *parent;
	size_t i, before = m->hidden.n;

	for (i = 0; i < rev->down.n; i++) {
		parent = retort_graph_find(m->graph, rev->down.v[i]);
		if (parent && place_of(m, parent) == NONE &&
		    m->behind[parent->index].n == NONE)
			rt_vec_push(&m->hidden, parent);
	}
	return m->hidden.n > before;
}

/* The nearest listed ancestors of a revision through its hidden parents; of
 * a hidden one through all. */
static rt_edge_set nearest(maker *m, const retort_revision *rev, bool all)
{
	const retort_revision *parent;
	size_t i;

	begin(m);
	for (i = 0; i < rev->down.n; i++) {
		parent = retort_graph_find(m->graph, rev->down.v[i]);
		if (!parent)
			continue;
		if (place_of(m, parent) == NONE)
			find_all(m, m->behind[parent->index]);
		else if (all)
			find(m, place_of(m, parent));
	}
	reduce(m);
	return keep(m);
}

static rt_edge_set behind_gap(maker *m, const retort_revision *rev)
{
	const retort_revision *hidden;

	put_off(m, rev);
	while (m->hidden.n) {
		hidden = m->hidden.v[m->hidden.n - 1];
		if (put_off(m, hidden))
			continue;
		m->hidden.n--;
		if (m->behind[hidden->index].n == NONE)
			m->behind[hidden->index] = nearest(m, hidden, true);
	}
	return nearest(m, rev, false);
}

/* --- the list ------------------------------------------------------------ */

static bool has_gap(const maker *m, size_t place)
{
	return place + 1 < m->list->n && !m->list->v[place + 1];
}

/* In the order of the parents; the gap is where the first hidden one is. */
static rt_edge_set direct(maker *m, size_t place)
{
	const retort_revision *rev = m->list->v[place], *parent;
	size_t i, to;

	begin(m);
	for (i = 0; i < rev->down.n; i++) {
		parent = retort_graph_find(m->graph, rev->down.v[i]);
		if (!parent)
			continue;
		to = place_of(m, parent);
		if (to == NONE && has_gap(m, place))
			to = place + 1;
		if (to != NONE && to > place)
			find(m, to);
	}
	return keep(m);
}

void rt_edges_make(rt_edges *e, const retort_graph *graph,
		   const retort_list *list)
{
	size_t i, n = retort_graph_count(graph);
	maker m = { .e = e, .graph = graph, .list = list };

	*e = (rt_edges){ rt_calloc(list->n + 1, sizeof(*e->set)),
			 RT_VEC_INIT };
	m.place_of = rt_calloc(n + 1, sizeof(*m.place_of));
	m.behind = rt_calloc(n + 1, sizeof(*m.behind));
	m.seen = rt_calloc(list->n + 1, sizeof(*m.seen));
	m.effort = EFFORT * list->n;
	for (i = 0; i < n; i++) {
		m.place_of[i] = NONE;
		m.behind[i].n = NONE;
	}
	for (i = 0; i < list->n; i++)
		if (list->v[i])
			m.place_of[list->v[i]->index] = i;
	for (i = list->n; i-- > 0;)
		if (list->v[i])
			e->set[i] = direct(&m, i);
		else if (i > 0 && list->v[i - 1])
			e->set[i] = behind_gap(&m, list->v[i - 1]);
	free(m.place_of);
	free(m.behind);
	free(m.seen);
	rt_vec_free(&m.found);
	rt_vec_free(&m.ahead);
	rt_vec_free(&m.hidden);
}

void rt_edges_free(rt_edges *e)
{
	free(e->set);
	rt_vec_free(&e->to);
}
