/* SPDX-License-Identifier: MIT */
/* Building a schema: objects come in any order and leave sorted. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "schema/model.h"

typedef struct draft {
	rt_object object; /* parent and needs are handles; values unset */
	RT_VEC(rt_value) values;
	RT_VEC(size_t) needs;
	size_t parent_place; /* the sorted parent, + 1; 0 = none */
	size_t handle;
} draft;

struct rt_schema_builder {
	retort_schema *schema;
	RT_VEC(draft) drafts;
	RT_VEC(struct rt_ignored) ignored;
};

rt_schema_builder *rt_schema_begin(retort_dialect dialect, int server_version)
{
	rt_schema_builder *b = rt_calloc(1, sizeof(*b));

	b->schema = rt_calloc(1, sizeof(*b->schema));
	b->schema->dialect = dialect;
	b->schema->server_version = server_version;
	return b;
}

size_t rt_schema_add(rt_schema_builder *b, retort_kind kind, rt_sv schema,
		     rt_sv name, size_t parent, size_t ordinal)
{
	draft d = { 0 };

	d.object.kind = kind;
	d.object.schema = rt_arena_strsv(&b->schema->arena, schema);
	d.object.name = rt_arena_strsv(&b->schema->arena, name);
	d.object.parent = parent;
	d.object.ordinal = ordinal;
	d.handle = b->drafts.n;
	rt_vec_push(&b->drafts, d);
	return d.handle;
}

void rt_schema_set(rt_schema_builder *b, size_t object, rt_property property,
		   rt_sv text)
{
	draft *d = &b->drafts.v[object];
	rt_value value = { property, NULL };
	size_t i;

	for (i = 0; i < d->values.n; i++)
		if (d->values.v[i].property == property) {
			d->values.v[i] = d->values.v[--d->values.n];
			break;
		}
	if (text.n == 0)
		return;
	value.text = rt_arena_strsv(&b->schema->arena, text);
	rt_vec_push(&d->values, value);
}

void rt_schema_flag(rt_schema_builder *b, size_t object, rt_property property,
		    bool on)
{
	rt_schema_set(b, object, property, on ? RT_SV("yes") : RT_SV(""));
}

void rt_schema_need(rt_schema_builder *b, size_t object, size_t needed)
{
	draft *d = &b->drafts.v[object];
	size_t i;

	if (object == needed || d->object.parent == needed)
		return;
	for (i = 0; i < d->needs.n; i++)
		if (d->needs.v[i] == needed)
			return;
	rt_vec_push(&d->needs, needed);
}

void rt_schema_ignore(rt_schema_builder *b, const char *kind, size_t count)
{
	struct rt_ignored row = { NULL, count };
	size_t i;

	if (!count)
		return;
	for (i = 0; i < b->ignored.n; i++)
		if (!strcmp(b->ignored.v[i].kind, kind)) {
			b->ignored.v[i].count += count;
			return;
		}
	row.kind = rt_arena_strdup(&b->schema->arena, kind);
	rt_vec_push(&b->ignored, row);
}

static int compare_values(const void *pa, const void *pb)
{
	const rt_value *a = pa, *b = pb;

	return (int)a->property - (int)b->property;
}

static int compare_sizes(const void *pa, const void *pb)
{
	const size_t *a = pa, *b = pb;

	return *a < *b ? -1 : *a > *b;
}

static const char *definition(const draft *d)
{
	size_t i;

	for (i = 0; i < d->values.n; i++)
		if (d->values.v[i].property == RT_PROPERTY_DEFINITION)
			return d->values.v[i].text;
	return "";
}

/* By kind, place of the parent, ordinal, schema, name; unnamed ones by
 * their text; equal ones as they came. */
static int compare_drafts(const void *pa, const void *pb)
{
	const draft *a = pa, *b = pb;
	int c;

	if (a->object.kind != b->object.kind)
		return a->object.kind < b->object.kind ? -1 : 1;
	if (a->parent_place != b->parent_place)
		return a->parent_place < b->parent_place ? -1 : 1;
	if (a->object.ordinal != b->object.ordinal)
		return a->object.ordinal < b->object.ordinal ? -1 : 1;
	c = strcmp(a->object.schema, b->object.schema);
	if (!c)
		c = strcmp(a->object.name, b->object.name);
	if (!c)
		c = strcmp(definition(a), definition(b));
	if (!c)
		c = a->handle < b->handle ? -1 : 1;
	return c;
}

/*
 * Sort twice: parents have no parents of a later kind, so that their places
 * are known after the first pass.
 *   out:  place[handle]; caller frees
 */
static size_t *sort_drafts(rt_schema_builder *b)
{
	size_t *place = rt_calloc(b->drafts.n + 1, sizeof(*place));
	int pass;
	size_t i;

	for (pass = 0; pass < 2; pass++) {
		if (b->drafts.n)
			qsort(b->drafts.v, b->drafts.n, sizeof(*b->drafts.v),
			      compare_drafts);
		for (i = 0; i < b->drafts.n; i++)
			place[b->drafts.v[i].handle] = i;
		for (i = 0; i < b->drafts.n; i++)
			if (b->drafts.v[i].object.parent != RT_NO_OBJECT)
				b->drafts.v[i].parent_place =
					place[b->drafts.v[i].object.parent] + 1;
	}
	return place;
}

static void seal_needs(rt_schema_builder *b, draft *d, const size_t *place)
{
	size_t *needs, i;

	d->object.n_needs = d->needs.n;
	if (!d->needs.n)
		return;
	needs = rt_arena_calloc(&b->schema->arena, d->needs.n, sizeof(*needs));
	for (i = 0; i < d->needs.n; i++)
		needs[i] = place[d->needs.v[i]];
	qsort(needs, d->needs.n, sizeof(*needs), compare_sizes);
	d->object.needs = needs;
}

static void seal_values(rt_schema_builder *b, draft *d)
{
	rt_value *values;

	d->object.n_values = d->values.n;
	if (!d->values.n)
		return;
	qsort(d->values.v, d->values.n, sizeof(*d->values.v), compare_values);
	values = rt_arena_calloc(&b->schema->arena, d->values.n,
				 sizeof(*values));
	memcpy(values, d->values.v, d->values.n * sizeof(*values));
	d->object.values = values;
}

/* Two unnamed constraints may say the same: the second gets a number. */
static void add_key(retort_schema *schema, size_t i)
{
	rt_object *o = &schema->v[i];
	const char *name = o->name;
	rt_str key = RT_STR_INIT;
	size_t bare, times = 1;

	if (!*name && rt_object_text(o, RT_PROPERTY_DEFINITION))
		name = rt_object_text(o, RT_PROPERTY_DEFINITION);
	rt_object_key(&key, schema, o->kind, o->schema, o->parent, name);
	bare = key.n;
	for (;;) {
		o->key = rt_arena_strdup(&schema->arena, key.p);
		if (rt_map_add(&schema->by_key, rt_sv_from(o->key), i))
			break;
		rt_str_truncate(&key, bare);
		rt_str_addf(&key, "#%zu", ++times);
	}
	rt_str_free(&key);
}

static int compare_ignored(const void *pa, const void *pb)
{
	const struct rt_ignored *a = pa, *b = pb;

	return strcmp(a->kind, b->kind);
}

static void seal_ignored(rt_schema_builder *b)
{
	retort_schema *schema = b->schema;

	schema->n_ignored = b->ignored.n;
	if (!b->ignored.n)
		return;
	qsort(b->ignored.v, b->ignored.n, sizeof(*b->ignored.v),
	      compare_ignored);
	schema->ignored = rt_arena_calloc(&schema->arena, b->ignored.n,
					  sizeof(*schema->ignored));
	memcpy(schema->ignored, b->ignored.v,
	       b->ignored.n * sizeof(*schema->ignored));
}

retort_schema *rt_schema_end(rt_schema_builder *b)
{
	retort_schema *schema = b->schema;
	size_t *place = sort_drafts(b);
	size_t i;

	schema->n = b->drafts.n;
	schema->v = rt_arena_calloc(&schema->arena, schema->n + 1,
				    sizeof(*schema->v));
	for (i = 0; i < schema->n; i++) {
		draft *d = &b->drafts.v[i];

		seal_values(b, d);
		seal_needs(b, d, place);
		if (d->object.parent != RT_NO_OBJECT)
			d->object.parent = place[d->object.parent];
		schema->v[i] = d->object;
	}
	for (i = 0; i < schema->n; i++)
		add_key(schema, i);
	seal_ignored(b);
	free(place);
	b->schema = NULL;
	rt_schema_drop(b);
	return schema;
}

void rt_schema_drop(rt_schema_builder *b)
{
	size_t i;

	if (!b)
		return;
	for (i = 0; i < b->drafts.n; i++) {
		rt_vec_free(&b->drafts.v[i].values);
		rt_vec_free(&b->drafts.v[i].needs);
	}
	rt_vec_free(&b->drafts);
	rt_vec_free(&b->ignored);
	retort_schema_free(b->schema);
	free(b);
}
