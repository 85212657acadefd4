/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "schema/sqlite_catalog.h"

#include <string.h>

#include "schema/dialect.h"

void rt_sqlite_catalog_free(rt_sqlite_catalog *catalog)
{
	size_t i;

	for (i = 0; i < catalog->v.n; i++) {
		rt_sqlite_table_free(&catalog->v.v[i].read);
		rt_sqlite_names_free(&catalog->v.v[i].columns);
	}
	rt_vec_free(&catalog->v);
	rt_map_free(&catalog->by_name);
	rt_sqlite_names_free(&catalog->names);
	rt_arena_free(&catalog->arena);
}

static char *fold(rt_arena *arena, const char *name)
{
	char *text = rt_arena_strdup(arena, name), *p;

	for (p = text; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p | 0x20);
	return text;
}

static bool is_relation(const rt_sqlite_table *t)
{
	return t->kind == RT_SQLITE_TABLE || t->kind == RT_SQLITE_VIEW ||
	       t->kind == RT_SQLITE_VIRTUAL_TABLE;
}

const rt_sqlite_entry *rt_sqlite_catalog_add(rt_sqlite_catalog *catalog,
					     const char *type, const char *sql)
{
	rt_sqlite_entry entry = { .columns = RT_SQLITE_NAMES_INIT,
				  .handle = RT_NO_OBJECT };
	const char *name;
	size_t i;

	entry.type = rt_arena_strdup(&catalog->arena, type);
	sql = rt_arena_strdup(&catalog->arena, sql);
	rt_sqlite_table_read(&entry.read, rt_sv_from(sql));
	name = fold(&catalog->arena, entry.read.name);
	if (is_relation(&entry.read)) {
		rt_map_add(&catalog->by_name, rt_sv_from(name), catalog->v.n);
		rt_sqlite_names_add(&catalog->names, name);
	}
	for (i = 0; i < entry.read.columns.n; i++) {
		name = entry.read.columns.v[i].name;
		rt_sqlite_names_add(&entry.columns, name);
		rt_sqlite_names_add(&catalog->names,
				    fold(&catalog->arena, name));
	}
	rt_vec_push(&catalog->v, entry);
	return &catalog->v.v[catalog->v.n - 1];
}

rt_sqlite_entry *rt_sqlite_catalog_find(const rt_sqlite_catalog *catalog,
					const char *name)
{
	rt_arena arena = RT_ARENA_INIT;
	rt_map_entry *found = rt_map_find(&catalog->by_name,
					  rt_sv_from(fold(&arena, name)));

	rt_arena_free(&arena);
	return found ? &catalog->v.v[found->value] : NULL;
}

/* --- lists of columns ---------------------------------------------------- */

/* SQLite lets a column's name be a string here. */
static void add_piece(rt_str *out, rt_sv piece, const rt_sqlite_names *names)
{
	rt_str first = RT_STR_INIT;
	rt_sqlite_cursor c;
	const char *as = NULL;

	rt_sqlite_begin(&c, piece);
	rt_sqlite_unquote(&first, rt_sqlite_text(&c));
	if (c.token.length && c.token.kind != RETORT_TOKEN_IDENTIFIER)
		as = rt_sqlite_names_find(names, rt_str_sv(&first));
	rt_sqlite_next(&c);
	if (as && (!c.token.length || rt_sqlite_is(&c, "collate") ||
		   rt_sqlite_is(&c, "asc") || rt_sqlite_is(&c, "desc"))) {
		rt_dialect_identifier(out, RETORT_DIALECT_SQLITE,
				      rt_sv_from(as));
		piece = rt_sqlite_rest(&c);
		if (piece.n)
			rt_str_addc(out, ' ');
	}
	rt_sqlite_normal(out, piece, names);
	rt_str_free(&first);
}

/* The piece without an ASC at its end, which says nothing. */
static rt_sv without_asc(rt_sv piece)
{
	rt_sqlite_cursor c;
	size_t end = piece.n;

	for (rt_sqlite_begin(&c, piece); c.token.length; rt_sqlite_next(&c))
		end = rt_sqlite_is(&c, "asc") && c.before ? c.before : piece.n;
	return rt_sv_sub(piece, 0, end);
}

void rt_sqlite_columns(rt_str *out, rt_sv list, const rt_sqlite_names *names)
{
	const char *separator = "";
	rt_sv piece;

	while (rt_sqlite_piece(&list, &piece)) {
		rt_str_add(out, separator);
		add_piece(out, without_asc(piece), names);
		separator = ", ";
	}
}

/* --- objects ------------------------------------------------------------- */

static const retort_kind kinds[] = {
	[RT_SQLITE_TABLE] = RETORT_KIND_TABLE,
	[RT_SQLITE_VIRTUAL_TABLE] = RETORT_KIND_VIRTUAL_TABLE,
	[RT_SQLITE_VIEW] = RETORT_KIND_VIEW,
	[RT_SQLITE_INDEX] = RETORT_KIND_INDEX,
	[RT_SQLITE_TRIGGER] = RETORT_KIND_TRIGGER,
};

static void add_object(const rt_sqlite_catalog *catalog,
		       rt_sqlite_entry *entry, rt_schema_builder *b)
{
	const rt_sqlite_table *t = &entry->read;
	size_t parent = RT_NO_OBJECT;

	if (t->kind == RT_SQLITE_INDEX || t->kind == RT_SQLITE_TRIGGER) {
		rt_sqlite_entry *on = rt_sqlite_catalog_find(catalog, t->on);

		if (on)
			parent = on->handle;
	}
	entry->handle = rt_schema_add(b, kinds[t->kind], RT_SV("main"),
				      rt_sv_from(t->name), parent, 0);
}

/* What a text names of tables and views must be there before it. */
static void need_names(const rt_sqlite_catalog *catalog,
		       const rt_sqlite_entry *entry, rt_schema_builder *b)
{
	rt_str name = RT_STR_INIT;
	rt_sqlite_cursor c;

	rt_sqlite_begin(&c, entry->read.rest);
	for (; c.token.length; rt_sqlite_next(&c)) {
		rt_sqlite_entry *named;

		if (!rt_sqlite_is_name(&c))
			continue;
		rt_str_clear(&name);
		rt_sqlite_unquote(&name, rt_sqlite_text(&c));
		named = rt_sqlite_catalog_find(catalog, name.p);
		if (named && named->handle != RT_NO_OBJECT)
			rt_schema_need(b, entry->handle, named->handle);
	}
	rt_str_free(&name);
}

static void set_definition(const rt_sqlite_catalog *catalog,
			   const rt_sqlite_entry *entry,
			   rt_property property, rt_schema_builder *b)
{
	rt_str text = RT_STR_INIT;
	rt_sqlite_cursor c;

	rt_sqlite_begin(&c, entry->read.rest);
	rt_sqlite_skip(&c, "using");
	rt_sqlite_normal(&text, rt_sqlite_rest(&c), &catalog->names);
	rt_schema_set(b, entry->handle, property, rt_str_sv(&text));
	rt_schema_set(b, entry->handle, RT_PROPERTY_SOURCE, entry->read.rest);
	rt_str_free(&text);
	need_names(catalog, entry, b);
}

static void set_index(const rt_sqlite_catalog *catalog,
		      const rt_sqlite_entry *entry, rt_schema_builder *b)
{
	const rt_sqlite_table *t = &entry->read;
	const rt_sqlite_entry *on = rt_sqlite_catalog_find(catalog, t->on);
	const rt_sqlite_names *names = on ? &on->columns : NULL;
	rt_str text = RT_STR_INIT;

	rt_str_addc(&text, '(');
	rt_sqlite_columns(&text, t->body, names);
	rt_str_addc(&text, ')');
	if (t->where.n) {
		rt_str_add(&text, " WHERE ");
		rt_sqlite_normal(&text, t->where, names);
	}
	rt_schema_set(b, entry->handle, RT_PROPERTY_DEFINITION,
		      rt_str_sv(&text));
	rt_schema_flag(b, entry->handle, RT_PROPERTY_UNIQUE, t->unique);
	rt_str_free(&text);
}

static void set_object(const rt_sqlite_catalog *catalog,
		       const rt_sqlite_entry *entry, rt_schema_builder *b)
{
	switch (entry->read.kind) {
	case RT_SQLITE_TABLE:
		rt_sqlite_catalog_table(catalog, entry, b);
		break;
	case RT_SQLITE_INDEX:
		set_index(catalog, entry, b);
		break;
	case RT_SQLITE_VIRTUAL_TABLE:
		set_definition(catalog, entry, RT_PROPERTY_MODULE, b);
		break;
	case RT_SQLITE_VIEW:
	case RT_SQLITE_TRIGGER:
		set_definition(catalog, entry, RT_PROPERTY_DEFINITION, b);
		break;
	case RT_SQLITE_OTHER:
		rt_schema_ignore(b, entry->type, 1);
		break;
	}
}

void rt_sqlite_catalog_build(rt_sqlite_catalog *catalog, rt_schema_builder *b)
{
	size_t i;

	for (i = 0; i < catalog->v.n; i++)
		if (is_relation(&catalog->v.v[i].read))
			add_object(catalog, &catalog->v.v[i], b);
	for (i = 0; i < catalog->v.n; i++)
		if (catalog->v.v[i].read.kind == RT_SQLITE_INDEX ||
		    catalog->v.v[i].read.kind == RT_SQLITE_TRIGGER)
			add_object(catalog, &catalog->v.v[i], b);
	for (i = 0; i < catalog->v.n; i++)
		set_object(catalog, &catalog->v.v[i], b);
}
