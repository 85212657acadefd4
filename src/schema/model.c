/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "schema/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "schema/dialect.h"

#define PART_SEPARATOR '\x1f'

const char *retort_kind_word(retort_kind kind)
{
	static const char *const words[] = {
#define WORD(name, word) word,
		RETORT_KINDS(WORD)
#undef WORD
	};

	return (size_t)kind < RETORT_N_KINDS ? words[kind] : "?";
}

const char *rt_property_word(rt_property property)
{
	static const char *const words[] = {
#define WORD(name, word) word,
		RT_PROPERTIES(WORD)
#undef WORD
	};

	return (size_t)property < RT_N_PROPERTIES ? words[property] : "?";
}

void retort_schema_free(retort_schema *schema)
{
	if (!schema)
		return;
	rt_map_free(&schema->by_key);
	rt_arena_free(&schema->arena);
	free(schema);
}

retort_dialect retort_schema_dialect(const retort_schema *schema)
{
	return schema->dialect;
}

size_t retort_schema_count(const retort_schema *schema, retort_kind kind)
{
	size_t i, n = 0;

	for (i = 0; i < schema->n; i++)
		if (schema->v[i].kind == kind)
			n++;
	return n;
}

size_t retort_schema_ignored(const retort_schema *schema, size_t i,
			     const char **kind)
{
	if (i >= schema->n_ignored)
		return 0;
	*kind = schema->ignored[i].kind;
	return schema->ignored[i].count;
}

const char *rt_object_text(const rt_object *object, rt_property property)
{
	size_t low = 0, high = object->n_values;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (object->values[middle].property < property)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < object->n_values && object->values[low].property == property)
		return object->values[low].text;
	return NULL;
}

void rt_object_key(rt_str *out, const retort_schema *schema, retort_kind kind,
		   const char *in_schema, size_t parent, const char *name)
{
	size_t i = out->n;

	rt_str_addf(out, "%s %s%c%s%c%s", retort_kind_word(kind), in_schema,
		    PART_SEPARATOR,
		    parent == RT_NO_OBJECT ? "" : schema->v[parent].name,
		    PART_SEPARATOR, name);
	/* To SQLite, names that differ by case are one. */
	for (; i < out->n && schema->dialect == RETORT_DIALECT_SQLITE; i++)
		if (out->p[i] >= 'A' && out->p[i] <= 'Z')
			out->p[i] = (char)(out->p[i] | 0x20);
}

size_t rt_schema_find(const retort_schema *schema, const char *key)
{
	rt_map_entry *found = rt_map_find(&schema->by_key, rt_sv_from(key));

	return found ? found->value : RT_NO_OBJECT;
}

size_t rt_schema_child(const retort_schema *schema, size_t parent,
		       retort_kind kind, const char *name)
{
	rt_str key = RT_STR_INIT;
	size_t found;

	rt_object_key(&key, schema, kind, schema->v[parent].schema, parent,
		      name);
	found = rt_schema_find(schema, key.p);
	rt_str_free(&key);
	return found;
}

/* Where the objects of a kind and parent begin, or would begin. */
static size_t first_child(const retort_schema *schema, size_t parent,
			  retort_kind kind)
{
	size_t low = 0, high = schema->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const rt_object *o = &schema->v[middle];

		/* RT_NO_OBJECT + 1 is 0: what has no parent stands first. */
		if (o->kind < kind ||
		    (o->kind == kind && o->parent + 1 < parent + 1))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t rt_schema_next(const retort_schema *schema, size_t parent,
		      retort_kind kind, size_t *at)
{
	size_t i = *at ? *at : first_child(schema, parent, kind);

	if (i >= schema->n || schema->v[i].kind != kind ||
	    schema->v[i].parent != parent)
		return RT_NO_OBJECT;
	*at = i + 1;
	return i;
}

static bool in_default_schema(const char *schema)
{
	return !*schema || !strcmp(schema, "public") || !strcmp(schema, "main");
}

void rt_object_name(rt_str *out, const retort_schema *schema, size_t object)
{
	const rt_object *o = &schema->v[object];

	if (o->parent != RT_NO_OBJECT) {
		rt_object_name(out, schema, o->parent);
		rt_str_addc(out, *o->name ? '.' : ' ');
	} else if (!in_default_schema(o->schema)) {
		rt_str_addf(out, "%s.", o->schema);
	}
	if (!*o->name && rt_object_text(o, RT_PROPERTY_DEFINITION))
		rt_str_add(out, rt_object_text(o, RT_PROPERTY_DEFINITION));
	rt_str_add(out, o->name);
}

/* A function's name stands before its types, which are SQL already. */
static bool has_arguments(retort_kind kind)
{
	return kind == RETORT_KIND_FUNCTION || kind == RETORT_KIND_PROCEDURE ||
	       kind == RETORT_KIND_AGGREGATE;
}

size_t rt_object_arguments(const rt_object *o)
{
	size_t n = strlen(o->name), i;
	bool quoted = false;

	if (!has_arguments(o->kind))
		return n;
	for (i = n; i-- > 0;) {
		quoted ^= o->name[i] == '"';
		if (!quoted && o->name[i] == '(')
			return i;
	}
	return n;
}

void rt_object_sql(rt_str *out, const retort_schema *schema, size_t object)
{
	const rt_object *o = &schema->v[object];
	size_t n = rt_object_arguments(o);

	if (o->parent == RT_NO_OBJECT && !in_default_schema(o->schema)) {
		rt_dialect_identifier(out, schema->dialect,
				      rt_sv_from(o->schema));
		rt_str_addc(out, '.');
	}
	rt_dialect_identifier(out, schema->dialect, (rt_sv){ o->name, n });
	rt_str_add(out, o->name + n);
}
