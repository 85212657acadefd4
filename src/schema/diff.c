/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "schema/diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"

const char *retort_diff_word(retort_diff_kind diff)
{
	static const char *const words[] = { "added", "removed", "changed",
					     "moved" };

	return words[diff];
}

void retort_diff_free(retort_diff *diff)
{
	if (!diff)
		return;
	rt_arena_free(&diff->arena);
	free(diff);
}

static bool delta_has(const rt_delta *delta, rt_property property)
{
	return (delta->changed >> property & 1) != 0;
}

/* For each object of `from`, its index in `to`. */
static size_t *pair(rt_arena *arena, const retort_schema *from,
		    const retort_schema *to)
{
	size_t *other = rt_arena_calloc(arena, from->n + 1, sizeof(*other));
	size_t i;

	for (i = 0; i < from->n; i++)
		other[i] = rt_schema_find(to, from->v[i].key);
	return other;
}

/* Both lists are sorted by property. */
static unsigned long long compare_values(const rt_object *a, const rt_object *b)
{
	unsigned long long changed = 0;
	size_t i = 0, j = 0;

	while (i < a->n_values || j < b->n_values) {
		const rt_value *x = i < a->n_values ? &a->values[i] : NULL;
		const rt_value *y = j < b->n_values ? &b->values[j] : NULL;

		if (x && y && x->property == y->property) {
			if (strcmp(x->text, y->text))
				changed |= 1ULL << x->property;
			i++;
			j++;
		} else if (!y || (x && x->property < y->property)) {
			changed |= 1ULL << x->property;
			i++;
		} else {
			changed |= 1ULL << y->property;
			j++;
		}
	}
	return changed & ~(1ULL << RT_PROPERTY_SOURCE);
}

/* The columns of a table that the other schema has, too, in their order;
 * spelt as in `named`, either schema. */
static void common_columns(const retort_schema *schema, size_t table,
			   const size_t *other, const retort_schema *named,
			   rt_str *out)
{
	size_t at = 0, i;

	while ((i = rt_schema_next(schema, table, RETORT_KIND_COLUMN, &at)) !=
	       RT_NO_OBJECT)
		if (other[i] != RT_NO_OBJECT)
			rt_str_addf(out, "%s%s", out->n ? ", " : "",
				    named->v[named == schema ? i : other[i]]
					    .name);
}

static bool columns_moved(const retort_diff *diff, size_t before, size_t after,
			  rt_str *a, rt_str *b)
{
	rt_str_clear(a);
	rt_str_clear(b);
	if (diff->before->v[before].kind != RETORT_KIND_TABLE)
		return false;
	common_columns(diff->before, before, diff->after_of, diff->before, a);
	common_columns(diff->after, after, diff->before_of, diff->before, b);
	return strcmp(a->p, b->p) != 0;
}

static void find_deltas(retort_diff *diff)
{
	const retort_schema *before = diff->before, *after = diff->after;
	rt_str a = RT_STR_INIT, b = RT_STR_INIT;
	size_t i;

	diff->v = rt_arena_calloc(&diff->arena, before->n + after->n + 1,
				  sizeof(*diff->v));
	for (i = 0; i < before->n; i++) {
		rt_delta d = { i, diff->after_of[i], false, 0 };

		if (d.after != RT_NO_OBJECT) {
			d.changed = compare_values(&before->v[i],
						   &after->v[d.after]);
			d.moved = columns_moved(diff, i, d.after, &a, &b);
			if (!d.changed && !d.moved)
				continue;
		}
		diff->v[diff->n++] = d;
	}
	for (i = 0; i < after->n; i++)
		if (diff->before_of[i] == RT_NO_OBJECT)
			diff->v[diff->n++] =
				(rt_delta){ RT_NO_OBJECT, i, false, 0 };
	rt_str_free(&a);
	rt_str_free(&b);
}

/* What deltas are sorted by. */
typedef struct place {
	const rt_object *top, *object; /* top: the object or its parent */
	rt_delta delta;
} place;

static place place_of(const retort_diff *diff, rt_delta delta)
{
	bool old = delta.after == RT_NO_OBJECT;
	const retort_schema *s = old ? diff->before : diff->after;
	place p;

	p.object = &s->v[old ? delta.before : delta.after];
	p.top = p.object->parent == RT_NO_OBJECT ? p.object
						 : &s->v[p.object->parent];
	p.delta = delta;
	return p;
}

static int compare_objects(const rt_object *a, const rt_object *b)
{
	int c;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->ordinal != b->ordinal)
		return a->ordinal < b->ordinal ? -1 : 1;
	c = strcmp(a->schema, b->schema);
	return c ? c : strcmp(a->key, b->key);
}

static int compare_places(const void *pa, const void *pb)
{
	const place *a = pa, *b = pb;
	int c = compare_objects(a->top, b->top);

	if (!c)
		c = (a->top != a->object) - (b->top != b->object);
	if (!c)
		c = compare_objects(a->object, b->object);
	return c;
}

static void sort_deltas(retort_diff *diff)
{
	place *places = rt_calloc(diff->n + 1, sizeof(*places));
	size_t i;

	for (i = 0; i < diff->n; i++)
		places[i] = place_of(diff, diff->v[i]);
	qsort(places, diff->n, sizeof(*places), compare_places);
	for (i = 0; i < diff->n; i++)
		diff->v[i] = places[i].delta;
	free(places);
}

static retort_diff_entry *add_entry(retort_diff *diff, const rt_delta *d,
				    retort_diff_kind kind)
{
	bool old = d->after == RT_NO_OBJECT;
	const retort_schema *s = old ? diff->before : diff->after;
	size_t i = old ? d->before : d->after;
	retort_diff_entry *entry = &diff->entries[diff->n_entries++];
	rt_str name = RT_STR_INIT;

	rt_object_name(&name, s, i);
	entry->diff = kind;
	entry->kind = s->v[i].kind;
	entry->name = rt_arena_strdup(&diff->arena, name.p);
	entry->property = entry->before = entry->after = "";
	rt_str_free(&name);
	return entry;
}

/* Whether the table it belongs to comes or goes as well. */
static bool goes_with_parent(const retort_diff *diff, const rt_delta *d)
{
	size_t parent;

	if (d->before == RT_NO_OBJECT) {
		parent = diff->after->v[d->after].parent;
		return parent != RT_NO_OBJECT &&
		       diff->before_of[parent] == RT_NO_OBJECT;
	}
	parent = diff->before->v[d->before].parent;
	return parent != RT_NO_OBJECT && diff->after_of[parent] == RT_NO_OBJECT;
}

static void add_changes(retort_diff *diff, const rt_delta *d)
{
	const rt_object *a = &diff->before->v[d->before];
	const rt_object *b = &diff->after->v[d->after];
	int p;

	for (p = 0; p < RT_N_PROPERTIES; p++) {
		const char *before = rt_object_text(a, (rt_property)p);
		const char *after = rt_object_text(b, (rt_property)p);
		retort_diff_entry *entry;

		if (!delta_has(d, (rt_property)p))
			continue;
		entry = add_entry(diff, d, RETORT_DIFF_CHANGED);
		entry->property = rt_property_word((rt_property)p);
		entry->before = before ? before : "";
		entry->after = after ? after : "";
	}
}

static void add_move(retort_diff *diff, const rt_delta *d)
{
	retort_diff_entry *entry = add_entry(diff, d, RETORT_DIFF_MOVED);
	rt_str a = RT_STR_INIT, b = RT_STR_INIT;

	columns_moved(diff, d->before, d->after, &a, &b);
	entry->property = rt_property_word(RT_PROPERTY_COLUMNS);
	entry->before = rt_arena_strdup(&diff->arena, a.p);
	entry->after = rt_arena_strdup(&diff->arena, b.p);
	rt_str_free(&a);
	rt_str_free(&b);
}

static size_t count_entries(const retort_diff *diff)
{
	size_t i, n = 0;
	int p;

	for (i = 0; i < diff->n; i++) {
		const rt_delta *d = &diff->v[i];

		n += d->moved;
		n += d->before == RT_NO_OBJECT || d->after == RT_NO_OBJECT;
		for (p = 0; p < RT_N_PROPERTIES; p++)
			n += delta_has(d, (rt_property)p);
	}
	return n;
}

static void list_entries(retort_diff *diff)
{
	size_t i;

	diff->entries = rt_arena_calloc(&diff->arena, count_entries(diff) + 1,
					sizeof(*diff->entries));
	for (i = 0; i < diff->n; i++) {
		const rt_delta *d = &diff->v[i];

		if (d->before == RT_NO_OBJECT)
			add_entry(diff, d, RETORT_DIFF_ADDED)->part =
				goes_with_parent(diff, d);
		else if (d->after == RT_NO_OBJECT)
			add_entry(diff, d, RETORT_DIFF_REMOVED)->part =
				goes_with_parent(diff, d);
		else
			add_changes(diff, d);
		if (d->moved)
			add_move(diff, d);
	}
}

int retort_diff_make(retort_diff **out, const retort_schema *before,
		     const retort_schema *after, retort_error *err)
{
	retort_diff *diff;

	if (before->dialect != after->dialect)
		return rt_err_set(err, RETORT_EUSAGE,
				  "cannot compare a schema of %s with one of "
				  "%s",
				  retort_dialect_name(before->dialect),
				  retort_dialect_name(after->dialect));
	diff = rt_calloc(1, sizeof(*diff));
	diff->before = before;
	diff->after = after;
	diff->after_of = pair(&diff->arena, before, after);
	diff->before_of = pair(&diff->arena, after, before);
	find_deltas(diff);
	sort_deltas(diff);
	list_entries(diff);
	*out = diff;
	return 0;
}

size_t retort_diff_count(const retort_diff *diff)
{
	return diff->n_entries;
}

const retort_diff_entry *retort_diff_at(const retort_diff *diff, size_t i)
{
	return i < diff->n_entries ? &diff->entries[i] : NULL;
}

bool retort_diff_is_empty(const retort_diff *diff)
{
	size_t i;

	for (i = 0; i < diff->n_entries; i++)
		if (diff->entries[i].diff != RETORT_DIFF_MOVED)
			return false;
	return true;
}
