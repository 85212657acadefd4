/* SPDX-License-Identifier: MIT */
/* A table's parts: columns and constraints, each in its one spelling. */
#include "config.h"

#include <string.h>

#include "schema/dialect.h"
#include "schema/sqlite_catalog.h"

typedef struct parts {
	const rt_sqlite_catalog *catalog;
	const rt_sqlite_entry *entry;
	rt_schema_builder *b;
	rt_str text;
} parts;

static void add_name(rt_str *out, const char *name)
{
	rt_dialect_identifier(out, RETORT_DIALECT_SQLITE, rt_sv_from(name));
}

/* --- columns ------------------------------------------------------------- */

/* Parentheses around all of it? */
static bool is_grouped(rt_sv text)
{
	rt_sqlite_cursor c;

	rt_sqlite_begin(&c, text);
	if (!rt_sqlite_is_mark(&c, '('))
		return false;
	(void)rt_sqlite_group(&c);
	return !c.token.length;
}

/* A value that needs no parentheses behind DEFAULT. */
static bool is_value(rt_sv text)
{
	static const char *const words[] = { "current_date", "current_time",
					     "current_timestamp", "false",
					     "null", "true" };
	rt_sqlite_cursor c;
	bool sign, value;
	size_t i;

	rt_sqlite_begin(&c, text);
	sign = c.token.kind == RETORT_TOKEN_OPERATOR;
	if (sign)
		rt_sqlite_next(&c);
	value = c.token.kind == RETORT_TOKEN_NUMBER ||
		(c.token.kind == RETORT_TOKEN_STRING && !sign);
	for (i = 0; i < sizeof(words) / sizeof(words[0]) && !sign; i++)
		value |= rt_sqlite_is(&c, words[i]);
	rt_sqlite_next(&c);
	return value && !c.token.length;
}

/* A bare name is a string to SQLite: DEFAULT foo is DEFAULT 'foo'. */
static bool is_bare_name(rt_sv text)
{
	rt_sqlite_cursor c;
	bool name;

	rt_sqlite_begin(&c, text);
	name = c.token.kind == RETORT_TOKEN_WORD ||
	       c.token.kind == RETORT_TOKEN_IDENTIFIER;
	rt_sqlite_next(&c);
	return name && !c.token.length;
}

static void add_default(rt_str *out, rt_sv text)
{
	rt_str name = RT_STR_INIT;
	rt_sqlite_cursor c;
	bool grouped = false;

	while (is_grouped(text)) {
		rt_sqlite_begin(&c, text);
		text = rt_sqlite_group(&c);
		grouped = true;
	}
	if (is_value(text)) {
		rt_sqlite_normal(out, text, NULL);
	} else if (!grouped && is_bare_name(text)) {
		rt_sqlite_unquote(&name, text);
		rt_dialect_literal(out, RETORT_DIALECT_SQLITE,
				   rt_str_sv(&name));
	} else {
		rt_str_addc(out, '(');
		rt_sqlite_normal(out, text, NULL);
		rt_str_addc(out, ')');
	}
	rt_str_free(&name);
}

static void set_text(parts *p, size_t object, rt_property property)
{
	rt_schema_set(p->b, object, property, rt_str_sv(&p->text));
	rt_str_clear(&p->text);
}

/* Collations know no case; those that need no quotes are in capitals. */
static void set_collation(parts *p, size_t column, const char *name)
{
	rt_str sql = RT_STR_INIT;

	rt_str_add(&sql, "COLLATE ");
	add_name(&sql, name);
	rt_sqlite_normal(&p->text, rt_str_sv(&sql), NULL);
	rt_schema_set(p->b, column, RT_PROPERTY_COLLATION,
		      rt_sv_sub(rt_str_sv(&p->text), strlen("COLLATE "),
				p->text.n));
	rt_str_clear(&p->text);
	rt_str_free(&sql);
}

static void set_not_null(parts *p, size_t column, const rt_sqlite_column *c)
{
	if (!c->not_null)
		return;
	if (*c->not_null_name) {
		rt_str_add(&p->text, "constraint ");
		add_name(&p->text, c->not_null_name);
	} else {
		rt_str_add(&p->text, "yes");
	}
	set_text(p, column, RT_PROPERTY_NOT_NULL);
	rt_schema_set(p->b, column, RT_PROPERTY_ON_CONFLICT,
		      rt_sv_from(c->conflict));
}

static void add_column(parts *p, size_t i)
{
	const rt_sqlite_column *c = &p->entry->read.columns.v[i];
	size_t column;

	column = rt_schema_add(p->b, RETORT_KIND_COLUMN, RT_SV("main"),
			       rt_sv_from(c->name), p->entry->handle, i + 1);
	rt_sqlite_normal_type(&p->text, c->type);
	set_text(p, column, RT_PROPERTY_TYPE);
	set_not_null(p, column, c);
	if (c->standard.n) {
		add_default(&p->text, c->standard);
		set_text(p, column, RT_PROPERTY_DEFAULT);
	}
	if (c->generated.n) {
		rt_sqlite_normal(&p->text, c->generated, &p->entry->columns);
		set_text(p, column, RT_PROPERTY_GENERATED);
		rt_schema_flag(p->b, column, RT_PROPERTY_STORED, c->stored);
	}
	if (*c->collation)
		set_collation(p, column, c->collation);
}

/* --- constraints --------------------------------------------------------- */

/* "(a, b)" of a key, wherever it stands. */
static void add_key_columns(parts *p, const rt_sqlite_constraint *c)
{
	const rt_sqlite_table *t = &p->entry->read;

	rt_str_addc(&p->text, '(');
	if (c->column == RT_SQLITE_NO_COLUMN) {
		rt_sqlite_columns(&p->text, c->body, &p->entry->columns);
	} else {
		add_name(&p->text, t->columns.v[c->column].name);
		if (c->descending)
			rt_str_add(&p->text, " DESC");
	}
	rt_str_addc(&p->text, ')');
}

/* A column that is the rowid has no order of its own.  Only where it stands
 * at the column does DESC make it an ordinary one. */
static void add_rowid_column(parts *p, const rt_sqlite_constraint *c)
{
	const rt_sqlite_table *t = &p->entry->read;
	rt_str name = RT_STR_INIT;
	rt_sqlite_cursor cursor;
	const char *as;

	if (c->column != RT_SQLITE_NO_COLUMN) {
		rt_str_add(&name, t->columns.v[c->column].name);
	} else {
		rt_sqlite_begin(&cursor, c->body);
		rt_sqlite_unquote(&name, rt_sqlite_text(&cursor));
	}
	as = rt_sqlite_names_find(&p->entry->columns, rt_str_sv(&name));
	rt_str_addc(&p->text, '(');
	add_name(&p->text, as ? as : name.p);
	rt_str_addc(&p->text, ')');
	rt_str_free(&name);
}

static void add_primary_key(parts *p, const rt_sqlite_constraint *c)
{
	rt_str_add(&p->text, "PRIMARY KEY ");
	if (rt_sqlite_is_rowid(&p->entry->read, c))
		add_rowid_column(p, c);
	else
		add_key_columns(p, c);
}

/* The other table's primary key, for a foreign key that does not say which
 * columns it means. */
static bool add_implied_key(parts *p, const rt_sqlite_entry *other)
{
	size_t i;

	for (i = 0; i < other->read.constraints.n; i++) {
		const rt_sqlite_constraint *c = &other->read.constraints.v[i];
		rt_sqlite_cursor cursor;
		rt_sv list = c->body, piece;
		const char *separator = "";

		if (c->kind != RT_SQLITE_PRIMARY_KEY)
			continue;
		if (c->column != RT_SQLITE_NO_COLUMN) {
			add_name(&p->text,
				 other->read.columns.v[c->column].name);
			return true;
		}
		while (rt_sqlite_piece(&list, &piece)) {
			rt_sqlite_begin(&cursor, piece);
			rt_str_add(&p->text, separator);
			rt_sqlite_columns(&p->text, rt_sqlite_text(&cursor),
					  &other->columns);
			separator = ", ";
		}
		return true;
	}
	return false;
}

static void add_referred(parts *p, const rt_sqlite_constraint *c,
			 const rt_sqlite_entry *other)
{
	size_t start;

	add_name(&p->text, other ? other->read.name : c->references);
	start = p->text.n;
	rt_str_add(&p->text, " (");
	if (c->columns.n)
		rt_sqlite_columns(&p->text, c->columns,
				  other ? &other->columns : NULL);
	else if (!other || !add_implied_key(p, other))
		rt_str_truncate(&p->text, start);
	if (p->text.n > start)
		rt_str_addc(&p->text, ')');
}

static void add_foreign_key(parts *p, const rt_sqlite_constraint *c,
			    const rt_sqlite_entry *other)
{
	rt_str_add(&p->text, "FOREIGN KEY ");
	add_key_columns(p, c);
	rt_str_add(&p->text, " REFERENCES ");
	add_referred(p, c, other);
	if (*c->match)
		rt_str_addf(&p->text, " MATCH %s", c->match);
	if (*c->on_update)
		rt_str_addf(&p->text, " ON UPDATE %s", c->on_update);
	if (*c->on_delete)
		rt_str_addf(&p->text, " ON DELETE %s", c->on_delete);
}

static void set_foreign_key(parts *p, size_t key,
			    const rt_sqlite_constraint *c,
			    const rt_sqlite_entry *other)
{
	add_name(&p->text, other ? other->read.name : c->references);
	set_text(p, key, RT_PROPERTY_REFERENCES);
	if (c->deferrable)
		rt_schema_set(p->b, key, RT_PROPERTY_DEFERRABLE,
			      c->deferred ?
				      RT_SV("deferrable initially deferred") :
				      RT_SV("deferrable"));
	if (other && other->handle != RT_NO_OBJECT)
		rt_schema_need(p->b, key, other->handle);
}

static const retort_kind kinds[] = {
	[RT_SQLITE_PRIMARY_KEY] = RETORT_KIND_PRIMARY_KEY,
	[RT_SQLITE_UNIQUE] = RETORT_KIND_UNIQUE,
	[RT_SQLITE_CHECK] = RETORT_KIND_CHECK,
	[RT_SQLITE_FOREIGN_KEY] = RETORT_KIND_FOREIGN_KEY,
};

static void add_definition(parts *p, const rt_sqlite_constraint *c,
			   const rt_sqlite_entry *other)
{
	switch (c->kind) {
	case RT_SQLITE_PRIMARY_KEY:
		add_primary_key(p, c);
		break;
	case RT_SQLITE_UNIQUE:
		rt_str_add(&p->text, "UNIQUE ");
		add_key_columns(p, c);
		break;
	case RT_SQLITE_CHECK:
		rt_str_add(&p->text, "CHECK (");
		rt_sqlite_normal(&p->text, c->body, &p->entry->columns);
		rt_str_addc(&p->text, ')');
		break;
	case RT_SQLITE_FOREIGN_KEY:
		add_foreign_key(p, c, other);
		break;
	}
}

static void add_constraint(parts *p, const rt_sqlite_constraint *c)
{
	const rt_sqlite_entry *other = NULL;
	size_t made;

	if (c->kind == RT_SQLITE_FOREIGN_KEY)
		other = rt_sqlite_catalog_find(p->catalog, c->references);
	made = rt_schema_add(p->b, kinds[c->kind], RT_SV("main"),
			     rt_sv_from(c->name), p->entry->handle, 0);
	add_definition(p, c, other);
	set_text(p, made, RT_PROPERTY_DEFINITION);
	rt_schema_set(p->b, made, RT_PROPERTY_ON_CONFLICT,
		      rt_sv_from(c->conflict));
	if (c->kind == RT_SQLITE_FOREIGN_KEY)
		set_foreign_key(p, made, c, other);
	if (c->autoincrement)
		rt_schema_flag(p->b, p->entry->handle,
			       RT_PROPERTY_AUTOINCREMENT, true);
}

void rt_sqlite_catalog_table(const rt_sqlite_catalog *catalog,
			     const rt_sqlite_entry *entry, rt_schema_builder *b)
{
	parts p = { catalog, entry, b, RT_STR_INIT };
	size_t i;

	rt_schema_flag(b, entry->handle, RT_PROPERTY_STRICT,
		       entry->read.strict);
	rt_schema_flag(b, entry->handle, RT_PROPERTY_WITHOUT_ROWID,
		       entry->read.without_rowid);
	for (i = 0; i < entry->read.columns.n; i++)
		add_column(&p, i);
	for (i = 0; i < entry->read.constraints.n; i++)
		add_constraint(&p, &entry->read.constraints.v[i]);
	rt_str_free(&p.text);
}
