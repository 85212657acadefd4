/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "schema/create.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* Every dialect that has a model; NULL-ended. */
static const rt_creator *const creators[] = {
	&rt_creator_postgres,
	&rt_creator_sqlite,
	NULL,
};

static const rt_creator *creator(const retort_schema *schema)
{
	size_t i = 0;

	while (creators[i] && creators[i]->dialect != schema->dialect)
		i++;
	return creators[i];
}

void rt_ddl_list_free(rt_ddl_list *out)
{
	rt_vec_free(&out->list);
	rt_arena_free(&out->arena);
}

rt_ddl *rt_ddl_add(rt_ddl_list *out, const char *format, ...)
{
	rt_str sql = RT_STR_INIT;
	rt_ddl ddl = { 0 };
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&sql, format, ap);
	va_end(ap);
	ddl.sql = rt_arena_strdup(&out->arena, sql.p);
	rt_str_free(&sql);
	rt_vec_push(&out->list, ddl);
	return &out->list.v[out->list.n - 1];
}

void rt_create(const retort_schema *schema, size_t object, rt_ddl_list *out)
{
	const rt_creator *c = creator(schema);

	if (c)
		c->create(schema, object, out);
}

bool rt_create_is_inline(const retort_schema *schema, size_t object)
{
	const rt_creator *c = creator(schema);

	return c && schema->v[object].parent != RT_NO_OBJECT &&
	       c->is_inline(schema, object);
}

size_t rt_create_carrier(const retort_schema *schema, size_t object)
{
	return rt_create_is_inline(schema, object) ? schema->v[object].parent
						   : object;
}

/* Kahn's algorithm: who waits for whom, and for how many. */
typedef struct ordering {
	const retort_schema *schema;
	size_t *carrier;
	size_t *waits;  /* for how many; DONE when placed */
	size_t *first;  /* waiters of i: waiter[first[i]] to [first[i + 1]) */
	size_t *waiter;
	size_t *heap;   /* those that wait for nobody; the smallest on top */
	size_t n_heap;
} ordering;

#define DONE ((size_t)-1)

static void heap_push(ordering *o, size_t object)
{
	size_t i = o->n_heap++;

	while (i && o->heap[(i - 1) / 2] > object) {
		o->heap[i] = o->heap[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	o->heap[i] = object;
}

static size_t heap_pop(ordering *o)
{
	size_t top = o->heap[0], last = o->heap[--o->n_heap], i = 0, child;

	while ((child = 2 * i + 1) < o->n_heap) {
		child += child + 1 < o->n_heap &&
			 o->heap[child + 1] < o->heap[child];
		if (o->heap[child] >= last)
			break;
		o->heap[i] = o->heap[child];
		i = child;
	}
	o->heap[i] = last;
	return top;
}

/* Calls for each pair (object, what must be made before it), as carriers. */
static void each_need(ordering *o,
		      void (*need)(ordering *o, size_t object, size_t needed))
{
	const retort_schema *s = o->schema;
	size_t i, k;

	for (i = 0; i < s->n; i++) {
		size_t self = o->carrier[i];

		if (self == i && s->v[i].parent != RT_NO_OBJECT)
			need(o, self, o->carrier[s->v[i].parent]);
		for (k = 0; k < s->v[i].n_needs; k++)
			if (o->carrier[s->v[i].needs[k]] != self)
				need(o, self, o->carrier[s->v[i].needs[k]]);
	}
}

static void count_need(ordering *o, size_t object, size_t needed)
{
	o->waits[object]++;
	o->first[needed + 2]++;
}

static void list_need(ordering *o, size_t object, size_t needed)
{
	o->waiter[o->first[needed + 1]++] = object;
}

static void find_needs(ordering *o)
{
	size_t n = o->schema->n, i;

	o->carrier = rt_calloc(n + 1, sizeof(size_t));
	o->waits = rt_calloc(n + 1, sizeof(size_t));
	o->first = rt_calloc(n + 3, sizeof(size_t));
	o->heap = rt_calloc(n + 1, sizeof(size_t));
	for (i = 0; i < n; i++)
		o->carrier[i] = rt_create_carrier(o->schema, i);
	each_need(o, count_need);
	for (i = 0; i <= n; i++)
		o->first[i + 2] += o->first[i + 1];
	o->waiter = rt_calloc(o->first[n + 2] + 1, sizeof(size_t));
	each_need(o, list_need);
}

static void place(ordering *o, size_t object)
{
	size_t k;

	o->waits[object] = DONE;
	for (k = o->first[object]; k < o->first[object + 1]; k++) {
		size_t waiter = o->waiter[k];

		if (o->waits[waiter] != DONE && --o->waits[waiter] == 0)
			heap_push(o, waiter);
	}
}

/* Where all wait: the smallest on a cycle that `stuck` is on or waits for.
 * Each is followed to the first of those that it waits for; n steps on, that
 * goes in a circle. */
static size_t cut(const ordering *o, size_t stuck)
{
	size_t n = o->schema->n, i, k, smallest;
	size_t *blocker = rt_calloc(n + 1, sizeof(*blocker));

	for (i = n; i-- > 0;)
		for (k = o->first[i];
		     o->waits[i] != DONE && k < o->first[i + 1]; k++)
			blocker[o->waiter[k]] = i;
	for (i = 0; i < n; i++)
		stuck = blocker[stuck];
	smallest = stuck;
	for (i = blocker[stuck]; i != stuck; i = blocker[i])
		if (i < smallest)
			smallest = i;
	free(blocker);
	return smallest;
}

size_t *rt_create_order(const retort_schema *schema, size_t *n)
{
	ordering o = { .schema = schema };
	size_t *order = rt_calloc(schema->n + 1, sizeof(*order));
	size_t i, stuck = 0;

	*n = 0;
	find_needs(&o);
	for (i = 0; i < schema->n; i++) {
		if (o.carrier[i] != i)
			o.waits[i] = DONE;
		else if (o.waits[i] == 0)
			heap_push(&o, i);
	}
	for (;;) {
		while (o.n_heap) {
			order[*n] = heap_pop(&o);
			place(&o, order[(*n)++]);
		}
		while (stuck < schema->n && o.waits[stuck] == DONE)
			stuck++;
		if (stuck == schema->n)
			break;
		i = cut(&o, stuck);
		o.waits[i] = 0;
		heap_push(&o, i);
	}
	free(o.carrier);
	free(o.waits);
	free(o.first);
	free(o.waiter);
	free(o.heap);
	return order;
}

int retort_schema_dump(const retort_schema *schema, char **sql,
		       retort_error *err)
{
	rt_ddl_list list = RT_DDL_LIST_INIT;
	rt_str out = RT_STR_INIT;
	size_t *order, n, i, k;

	(void)err;
	order = rt_create_order(schema, &n);
	for (i = 0; i < n; i++) {
		rt_create(schema, order[i], &list);
		if (rt_object_text(&schema->v[order[i]], RT_PROPERTY_INVALID))
			rt_str_add(&out, "-- on the server this index is "
				   "invalid\n");
		for (k = 0; k < list.list.n; k++)
			rt_str_addf(&out, "%s;\n", list.list.v[k].sql);
		rt_str_addc(&out, '\n');
		rt_ddl_list_free(&list);
	}
	if (out.n)
		rt_str_truncate(&out, out.n - 1);
	free(order);
	*sql = rt_str_take(&out);
	return 0;
}
