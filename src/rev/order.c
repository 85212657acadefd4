/* SPDX-License-Identifier: MIT */
/*
 * How the order is found without asking for every revision who can reach it.
 *
 * Lines.  Revisions in a row, without fork or merge between, are taken in
 * one go: inside a line nobody else can come first.  So the work is on
 * lines, and a graph has few of them.
 *
 * Slots.  A place in the list of heads is a slot; slots are numbered as they
 * are made, and that is their order in the list.  What a slot reaches only
 * shrinks, and new slots come last; so the first slot that reaches a given
 * line (`first`) only ever grows.  Old values are lower bounds, and each
 * line keeps those of the lines above it in a heap: one that has grown sinks.
 *
 * Versions.  A slot's reach changes only when it takes a line with several
 * parents, or ends.  A value stays good as long as the slot's version does.
 */
#include "config.h"

#include "rev/order.h"

#include <stdlib.h>

#include "base/alloc.h"

#define NONE UINT32_MAX

typedef struct line {
	uint32_t top, bottom; /* nodes */
	uint32_t up, n_up;    /* heap of lines above: in orderer.above */
	uint32_t slot;        /* in which it is a head, or NONE */
	uint32_t first;       /* first slot that reaches it, NONE = no slot */
	uint32_t version;     /* of that slot when this was found */
	bool done;
	bool taken;           /* part of the selection; else only passed
				 through on the way to what is */
} line;

typedef struct slot {
	uint32_t head; /* line */
	uint32_t version;
	uint32_t prev, next; /* in the list */
} slot;

typedef struct upper {
	uint32_t line;
	uint32_t key; /* its `first`, or less */
} upper;

typedef struct orderer {
	const retort_graph *g;
	const unsigned char *todo;
	unsigned char *in;   /* nodes on the way from the heads to the set */
	uint32_t *line_of;
	uint32_t *next;      /* node below in the same line, or NONE */
	RT_VEC(line) lines;
	RT_VEC(slot) slots;
	upper *above;
	uint32_t list_first, list_last;
	rt_nodes stack;
} orderer;

enum { IS_HEAD = 2, IS_IN = 4, SEEN = 1 };

/* Heads, and everything between them and the selected revisions. */
static void find_inside(orderer *o, const rt_nodes *heads)
{
	const retort_graph *g = o->g;
	uint32_t n = rt_dag_count(g), r, i;
	size_t k;

	for (k = 0; k < heads->n; k++) {
		if (!o->todo[heads->v[k]])
			continue;
		rt_dag_mark(&g->norm, &heads->v[k], 1, o->in, SEEN);
		o->in[heads->v[k]] |= IS_HEAD;
	}
	for (r = 0; r < n; r++) {
		uint32_t u = g->topo[r];
		bool leads = o->todo[u];

		if (!(o->in[u] & SEEN))
			continue;
		RT_EDGE_EACH(&g->norm, u, i)
			leads = leads || (o->in[g->norm.to[i]] & IS_IN);
		if (leads)
			o->in[u] |= IS_IN;
	}
}

/* Cut the inside into lines; every line after all lines above it. */
static void find_lines(orderer *o)
{
	const retort_graph *g = o->g;
	uint32_t n = rt_dag_count(g), r, i, total = 0;
	uint32_t *n_up = rt_calloc((size_t)n + 1, sizeof(*n_up));

	for (r = 0; r < n; r++)
		if (o->in[r] & IS_IN)
			RT_EDGE_EACH(&g->norm, r, i)
				n_up[g->norm.to[i]]++;
	for (r = n; r-- > 0;) {
		uint32_t u = g->topo[r], below = NONE, n_below = 0;

		if (!(o->in[u] & IS_IN))
			continue;
		if (o->line_of[u] == NONE) {
			o->line_of[u] = (uint32_t)o->lines.n;
			rt_vec_push(&o->lines, (line){ .top = u, .up = total,
				    .slot = NONE, .taken = o->todo[u] });
			total += n_up[u];
		}
		o->lines.v[o->line_of[u]].bottom = u;
		RT_EDGE_EACH(&g->norm, u, i) {
			if (!(o->in[g->norm.to[i]] & IS_IN))
				continue;
			below = g->norm.to[i];
			n_below++;
		}
		if (n_below == 1 && n_up[below] == 1 &&
		    !(o->in[below] & IS_HEAD) &&
		    o->todo[below] == o->todo[u]) {
			o->line_of[below] = o->line_of[u];
			o->next[u] = below;
		}
	}
	o->above = rt_calloc((size_t)total + 1, sizeof(*o->above));
	free(n_up);
}

static void sink(upper *heap, uint32_t n, uint32_t at)
{
	uint32_t kid;

	for (; (kid = 2 * at + 1) < n; at = kid) {
		upper swap = heap[at];

		if (kid + 1 < n && heap[kid + 1].key < heap[kid].key)
			kid++;
		if (swap.key <= heap[kid].key)
			return;
		heap[at] = heap[kid];
		heap[kid] = swap;
	}
}

static void drop_top(line *l, upper *heap)
{
	heap[0] = heap[--l->n_up];
	sink(heap, l->n_up, 0);
}

static uint32_t add_slot(orderer *o, uint32_t head)
{
	uint32_t s = (uint32_t)o->slots.n;

	rt_vec_push(&o->slots, (slot){ head, 0, o->list_last, NONE });
	if (o->list_last == NONE)
		o->list_first = s;
	else
		o->slots.v[o->list_last].next = s;
	o->list_last = s;
	o->lines.v[head].slot = s;
	return s;
}

/* The line before it, or the new first one, becomes current. */
static uint32_t remove_slot(orderer *o, uint32_t s)
{
	slot *gone = &o->slots.v[s];

	gone->version++;
	if (gone->prev == NONE)
		o->list_first = gone->next;
	else
		o->slots.v[gone->prev].next = gone->next;
	if (gone->next == NONE)
		o->list_last = gone->prev;
	else
		o->slots.v[gone->next].prev = gone->prev;
	return gone->prev == NONE ? gone->next : gone->prev;
}

static void push_above(orderer *o, uint32_t u, uint32_t l)
{
	const retort_graph *g = o->g;
	uint32_t i;

	RT_EDGE_EACH(&g->norm, u, i) {
		uint32_t v = g->norm.to[i];
		line *below;

		if (!(o->in[v] & IS_IN))
			continue;
		below = &o->lines.v[o->line_of[v]];
		o->above[below->up + below->n_up++] =
			(upper){ l, o->lines.v[l].first };
	}
}

/* The first heads get their slots, and every line its first value. */
static void start_slots(orderer *o)
{
	uint32_t u, l, i;

	for (u = 0; u < rt_dag_count(o->g); u++)
		if (o->in[u] & IS_HEAD)
			add_slot(o, o->line_of[u]);
	for (l = 0; l < o->lines.n; l++) {
		line *x = &o->lines.v[l];
		upper *heap = o->above + x->up;

		for (i = x->n_up / 2 + 1; i-- > 0;)
			sink(heap, x->n_up, i);
		x->first = x->slot;
		if (x->n_up && heap[0].key < x->first)
			x->first = heap[0].key;
		push_above(o, x->bottom, l);
	}
}

static bool is_good(const orderer *o, const line *l)
{
	return l->first == NONE ||
	       o->slots.v[l->first].version == l->version;
}

/*
 * Bring the top of a line's heap up to date.
 *   out:  true and *first, the first slot that reaches the line through
 *         another; false with a line on the stack that must be settled
 */
static bool look_above(orderer *o, uint32_t at, uint32_t *first)
{
	line *l = &o->lines.v[at];
	upper *heap = o->above + l->up;

	while (l->n_up) {
		const line *top = &o->lines.v[heap[0].line];

		if (top->done || top->first == NONE) {
			drop_top(l, heap);
		} else if (!is_good(o, top)) {
			rt_vec_push(&o->stack, heap[0].line);
			return false;
		} else if (top->first == heap[0].key) {
			*first = top->first;
			return true;
		} else {
			heap[0].key = top->first;
			sink(heap, l->n_up, 0);
		}
	}
	*first = NONE;
	return true;
}

/* The first other slot that reaches a line, or NONE. */
static uint32_t find_first(orderer *o, uint32_t at)
{
	uint32_t first;

	while (!look_above(o, at, &first)) {
		while (o->stack.n) {
			uint32_t l = o->stack.v[o->stack.n - 1];
			line *x = &o->lines.v[l];

			if (!look_above(o, l, &first))
				continue;
			x->first = x->slot < first ? x->slot : first;
			if (x->first != NONE)
				x->version = o->slots.v[x->first].version;
			o->stack.n--;
		}
	}
	return first;
}

/* Take the line in slot `s`; returns the slot that is current then. */
static uint32_t take_line(orderer *o, uint32_t s, rt_nodes *out)
{
	const retort_graph *g = o->g;
	uint32_t at = o->slots.v[s].head, u, i, n_below = 0;
	bool replaced = false;

	o->lines.v[at].done = true;
	for (u = o->lines.v[at].top; u != NONE; u = o->next[u])
		rt_vec_push(out, u);
	u = o->lines.v[at].bottom;
	RT_EDGE_EACH(&g->norm, u, i) {
		uint32_t v = g->norm.to[i], l;

		if (!(o->in[v] & IS_IN))
			continue;
		n_below++;
		l = o->line_of[v];
		if (!o->lines.v[l].taken || o->lines.v[l].done ||
		    o->lines.v[l].slot != NONE)
			continue;
		if (replaced) {
			add_slot(o, l);
			continue;
		}
		o->slots.v[s].head = l;
		o->lines.v[l].slot = s;
		replaced = true;
	}
	if (n_below > 1)
		o->slots.v[s].version++;
	return replaced ? s : remove_slot(o, s);
}

bool rt_order(const retort_graph *g, const rt_selection *s, rt_nodes *out)
{
	uint32_t n = rt_dag_count(g), u, at, other;
	orderer o = { .g = g, .todo = s->todo, .list_first = NONE,
		      .list_last = NONE };
	size_t wanted = 0, had = out->n;

	o.in = rt_dag_marks(g);
	o.line_of = rt_alloc(((size_t)n + 1) * sizeof(*o.line_of));
	o.next = rt_alloc(((size_t)n + 1) * sizeof(*o.next));
	for (u = 0; u < n; u++) {
		o.line_of[u] = o.next[u] = NONE;
		wanted += s->todo[u];
	}
	find_inside(&o, &s->heads);
	find_lines(&o);
	start_slots(&o);
	for (at = o.list_first; at != NONE;) {
		other = find_first(&o, o.slots.v[at].head);
		at = other != NONE ? other : take_line(&o, at, out);
	}
	rt_vec_free(&o.lines);
	rt_vec_free(&o.slots);
	rt_vec_free(&o.stack);
	free(o.above);
	free(o.next);
	free(o.line_of);
	free(o.in);
	return out->n - had == wanted;
}
