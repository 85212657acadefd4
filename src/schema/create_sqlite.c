/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "schema/create_sqlite.h"

#include <string.h>

#include "schema/dialect.h"
#include "schema/sqlite_lex.h"

static const char *text_of(const retort_schema *s, size_t object,
			   rt_property property)
{
	return rt_object_text(&s->v[object], property);
}

static void add_name(rt_str *out, const char *name)
{
	rt_dialect_identifier(out, RETORT_DIALECT_SQLITE, rt_sv_from(name));
}

static void add_upper(rt_str *out, const char *word)
{
	for (; *word; word++)
		rt_str_addc(out, *word >= 'a' && *word <= 'z' ?
					 (char)(*word - 0x20) : *word);
}

static void add_conflict(rt_str *out, const retort_schema *s, size_t object)
{
	const char *word = text_of(s, object, RT_PROPERTY_ON_CONFLICT);

	if (!word)
		return;
	rt_str_add(out, " ON CONFLICT ");
	add_upper(out, word);
}

/* "PRIMARY KEY (id DESC)" stands as "PRIMARY KEY DESC" at the column: behind
 * the columns an INTEGER would become the rowid in spite of its DESC. */
static bool is_key_of(const retort_schema *s, size_t column,
		      const char *definition)
{
	rt_str text = RT_STR_INIT;
	bool same;

	rt_str_add(&text, "PRIMARY KEY (");
	add_name(&text, s->v[column].name);
	same = !strncmp(definition, text.p, text.n) &&
	       (!strcmp(definition + text.n, ")") ||
		!strcmp(definition + text.n, " DESC)"));
	rt_str_free(&text);
	return same;
}

size_t rt_sqlite_key_column(const retort_schema *schema, size_t table,
			    size_t *key)
{
	const char *definition;
	size_t at = 0, column;

	*key = rt_schema_next(schema, table, RETORT_KIND_PRIMARY_KEY, &at);
	if (*key == RT_NO_OBJECT)
		return RT_NO_OBJECT;
	definition = text_of(schema, *key, RT_PROPERTY_DEFINITION);
	at = 0;
	while ((column = rt_schema_next(schema, table, RETORT_KIND_COLUMN,
					&at)) != RT_NO_OBJECT)
		if (is_key_of(schema, column, definition))
			break;
	return column;
}

bool rt_sqlite_has_rowid_column(const retort_schema *schema, size_t table)
{
	size_t key, column = rt_sqlite_key_column(schema, table, &key);
	const char *type;

	if (column == RT_NO_OBJECT ||
	    text_of(schema, table, RT_PROPERTY_WITHOUT_ROWID))
		return false;
	type = text_of(schema, column, RT_PROPERTY_TYPE);
	return type && !strcmp(type, "INTEGER") &&
	       !strstr(text_of(schema, key, RT_PROPERTY_DEFINITION), " DESC)");
}

static void add_constraint_name(rt_str *out, const char *name)
{
	if (!*name)
		return;
	rt_str_add(out, "CONSTRAINT ");
	add_name(out, name);
	rt_str_addc(out, ' ');
}

static void add_key(rt_str *out, const retort_schema *s, size_t key)
{
	const char *definition = text_of(s, key, RT_PROPERTY_DEFINITION);
	size_t n = strlen(definition);

	rt_str_addc(out, ' ');
	add_constraint_name(out, s->v[key].name);
	rt_str_add(out, "PRIMARY KEY");
	if (n > 6 && !strcmp(definition + n - 6, " DESC)"))
		rt_str_add(out, " DESC");
	add_conflict(out, s, key);
	if (text_of(s, s->v[key].parent, RT_PROPERTY_AUTOINCREMENT))
		rt_str_add(out, " AUTOINCREMENT");
}

static void add_not_null(rt_str *out, const retort_schema *s, size_t column)
{
	const char *not_null = text_of(s, column, RT_PROPERTY_NOT_NULL);

	if (!not_null)
		return;
	/* "yes", or "constraint name" */
	if (!strncmp(not_null, "constraint ", strlen("constraint ")))
		rt_str_addf(out, " CONSTRAINT %s",
			    not_null + strlen("constraint "));
	rt_str_add(out, " NOT NULL");
	add_conflict(out, s, column);
}

/* Name and type; then what else there is, in the order people expect. */
static void add_column(rt_str *out, const retort_schema *s, size_t column,
		       size_t key)
{
	const char *type = text_of(s, column, RT_PROPERTY_TYPE);
	const char *standard = text_of(s, column, RT_PROPERTY_DEFAULT);
	const char *generated = text_of(s, column, RT_PROPERTY_GENERATED);
	const char *collation = text_of(s, column, RT_PROPERTY_COLLATION);

	add_name(out, s->v[column].name);
	if (type)
		rt_str_addf(out, " %s", type);
	if (key != RT_NO_OBJECT)
		add_key(out, s, key);
	add_not_null(out, s, column);
	if (standard)
		rt_str_addf(out, " DEFAULT %s", standard);
	if (collation)
		rt_str_addf(out, " COLLATE %s", collation);
	if (generated)
		rt_str_addf(out, " GENERATED ALWAYS AS (%s) %s", generated,
			    text_of(s, column, RT_PROPERTY_STORED) ?
				    "STORED" : "VIRTUAL");
}

void rt_sqlite_create_column(rt_str *out, const retort_schema *schema,
			     size_t column)
{
	add_column(out, schema, column, RT_NO_OBJECT);
}

/* In: definition, all of its own or what may stand at a column. */
static void add_constraint(rt_str *out, const retort_schema *s, size_t object,
			   const char *definition)
{
	const char *deferrable = text_of(s, object, RT_PROPERTY_DEFERRABLE);

	add_constraint_name(out, s->v[object].name);
	rt_str_add(out, definition);
	add_conflict(out, s, object);
	if (!deferrable)
		return;
	rt_str_addc(out, ' ');
	add_upper(out, deferrable);
}

const char *rt_sqlite_reference(const retort_schema *schema, size_t key)
{
	const char *definition = text_of(schema, key, RT_PROPERTY_DEFINITION);
	rt_sqlite_cursor c;

	rt_sqlite_begin(&c, rt_sv_from(definition));
	rt_sqlite_skip(&c, "foreign");
	rt_sqlite_skip(&c, "key");
	(void)rt_sqlite_group(&c);
	return definition + c.token.offset;
}

void rt_sqlite_create_at_column(rt_str *out, const retort_schema *schema,
				size_t constraint)
{
	const char *definition = text_of(schema, constraint,
					 RT_PROPERTY_DEFINITION);

	if (schema->v[constraint].kind == RETORT_KIND_FOREIGN_KEY)
		definition = rt_sqlite_reference(schema, constraint);
	rt_str_addc(out, ' ');
	add_constraint(out, schema, constraint, definition);
}

static void add_constraints(rt_str *out, const retort_schema *s, size_t table,
			    size_t inline_key)
{
	static const retort_kind kinds[] = {
		RETORT_KIND_PRIMARY_KEY, RETORT_KIND_UNIQUE,
		RETORT_KIND_CHECK, RETORT_KIND_FOREIGN_KEY,
	};
	size_t k, i, at;

	for (k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		at = 0;
		while ((i = rt_schema_next(s, table, kinds[k], &at)) !=
		       RT_NO_OBJECT) {
			if (i == inline_key)
				continue;
			rt_str_add(out, ",\n    ");
			add_constraint(out, s, i,
				       text_of(s, i, RT_PROPERTY_DEFINITION));
		}
	}
}

void rt_sqlite_create_table(rt_str *out, const retort_schema *schema,
			    size_t table, const char *name)
{
	size_t key, key_column, at = 0, i;
	const char *separator = "\n    ";

	key_column = rt_sqlite_key_column(schema, table, &key);
	rt_str_add(out, "CREATE TABLE ");
	add_name(out, name);
	rt_str_add(out, " (");
	while ((i = rt_schema_next(schema, table, RETORT_KIND_COLUMN, &at)) !=
	       RT_NO_OBJECT) {
		rt_str_add(out, separator);
		add_column(out, schema, i,
			   i == key_column ? key : RT_NO_OBJECT);
		separator = ",\n    ";
	}
	add_constraints(out, schema, table,
			key_column == RT_NO_OBJECT ? RT_NO_OBJECT : key);
	rt_str_add(out, "\n)");
	if (text_of(schema, table, RT_PROPERTY_STRICT))
		rt_str_add(out, " STRICT");
	if (text_of(schema, table, RT_PROPERTY_WITHOUT_ROWID))
		rt_str_addf(out, "%s WITHOUT ROWID",
			    out->p[out->n - 1] == ')' ? "" : ",");
}

static void create_index(rt_str *out, const retort_schema *s, size_t index)
{
	rt_str_addf(out, "CREATE %sINDEX ",
		    text_of(s, index, RT_PROPERTY_UNIQUE) ? "UNIQUE " : "");
	add_name(out, s->v[index].name);
	rt_str_add(out, " ON ");
	add_name(out, s->v[s->v[index].parent].name);
	rt_str_addf(out, " %s", text_of(s, index, RT_PROPERTY_DEFINITION));
}

/* Views and the like: as their author wrote them. */
static void create_from_source(rt_str *out, const retort_schema *s,
			       size_t object, const char *what)
{
	rt_str_addf(out, "CREATE %s ", what);
	add_name(out, s->v[object].name);
	rt_str_addf(out, " %s", text_of(s, object, RT_PROPERTY_SOURCE));
}

static void create(const retort_schema *schema, size_t object,
		   rt_ddl_list *out)
{
	rt_str sql = RT_STR_INIT;

	switch (schema->v[object].kind) {
	case RETORT_KIND_TABLE:
		rt_sqlite_create_table(&sql, schema, object,
				       schema->v[object].name);
		break;
	case RETORT_KIND_INDEX:
		create_index(&sql, schema, object);
		break;
	case RETORT_KIND_VIEW:
		create_from_source(&sql, schema, object, "VIEW");
		break;
	case RETORT_KIND_TRIGGER:
		create_from_source(&sql, schema, object, "TRIGGER");
		break;
	case RETORT_KIND_VIRTUAL_TABLE:
		create_from_source(&sql, schema, object, "VIRTUAL TABLE");
		break;
	default:
		break;
	}
	if (sql.n)
		rt_ddl_add(out, "%s", sql.p);
	rt_str_free(&sql);
}

static bool is_inline(const retort_schema *schema, size_t object)
{
	switch (schema->v[object].kind) {
	case RETORT_KIND_COLUMN:
	case RETORT_KIND_PRIMARY_KEY:
	case RETORT_KIND_UNIQUE:
	case RETORT_KIND_CHECK:
	case RETORT_KIND_FOREIGN_KEY:
		return true;
	default:
		return false;
	}
}

const rt_creator rt_creator_sqlite = {
	.dialect = RETORT_DIALECT_SQLITE,
	.is_inline = is_inline,
	.create = create,
};
