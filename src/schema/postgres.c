/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "schema/postgres.h"

#include <string.h>

#include "schema/dialect.h"

const char *rt_pg_text(const retort_schema *s, size_t object,
		       rt_property property)
{
	const char *text = rt_object_text(&s->v[object], property);

	return text ? text : "";
}

bool rt_pg_has(const retort_schema *s, size_t object, rt_property property)
{
	return rt_object_text(&s->v[object], property) != NULL;
}

static void add_identifier(rt_str *out, const char *name)
{
	rt_dialect_identifier(out, RETORT_DIALECT_POSTGRESQL,
			      rt_sv_from(name));
}

void rt_pg_name(rt_str *out, const retort_schema *s, size_t object)
{
	add_identifier(out, s->v[object].name);
}

const char *rt_pg_kind_word(retort_kind kind)
{
	switch (kind) {
	case RETORT_KIND_SCHEMA: return "SCHEMA";
	case RETORT_KIND_EXTENSION: return "EXTENSION";
	case RETORT_KIND_COLLATION: return "COLLATION";
	case RETORT_KIND_ENUM:
	case RETORT_KIND_COMPOSITE:
	case RETORT_KIND_RANGE: return "TYPE";
	case RETORT_KIND_DOMAIN: return "DOMAIN";
	case RETORT_KIND_SEQUENCE: return "SEQUENCE";
	case RETORT_KIND_FUNCTION: return "FUNCTION";
	case RETORT_KIND_PROCEDURE: return "PROCEDURE";
	case RETORT_KIND_AGGREGATE: return "AGGREGATE";
	case RETORT_KIND_TABLE: return "TABLE";
	case RETORT_KIND_FOREIGN_TABLE: return "FOREIGN TABLE";
	case RETORT_KIND_VIEW: return "VIEW";
	case RETORT_KIND_MATERIALIZED_VIEW: return "MATERIALIZED VIEW";
	case RETORT_KIND_COLUMN: return "COLUMN";
	case RETORT_KIND_INDEX: return "INDEX";
	case RETORT_KIND_STATISTICS: return "STATISTICS";
	case RETORT_KIND_TRIGGER: return "TRIGGER";
	case RETORT_KIND_RULE: return "RULE";
	case RETORT_KIND_POLICY: return "POLICY";
	case RETORT_KIND_EVENT_TRIGGER: return "EVENT TRIGGER";
	default: return "CONSTRAINT";
	}
}

/* An index or statistics: a name of its own in a schema. */
static void add_in_schema(rt_str *out, const char *schema, const char *name)
{
	if (strcmp(schema, "public")) {
		add_identifier(out, schema);
		rt_str_addc(out, '.');
	}
	add_identifier(out, name);
}

void rt_pg_whole_name(rt_str *out, const retort_schema *s, size_t object)
{
	const rt_object *o = &s->v[object];

	rt_str_addf(out, "%s ", rt_pg_kind_word(o->kind));
	if (o->parent == RT_NO_OBJECT) {
		rt_object_sql(out, s, object);
	} else if (o->kind == RETORT_KIND_INDEX) {
		add_in_schema(out, o->schema, o->name);
	} else if (o->kind == RETORT_KIND_STATISTICS) {
		if (rt_pg_has(s, object, RT_PROPERTY_OPTIONS)) {
			rt_str_addf(out, "%s.", rt_pg_text(s, object,
						RT_PROPERTY_OPTIONS));
			add_identifier(out, o->name);
		} else {
			add_in_schema(out, o->schema, o->name);
		}
	} else if (o->kind == RETORT_KIND_COLUMN) {
		rt_object_sql(out, s, o->parent);
		rt_str_addc(out, '.');
		add_identifier(out, o->name);
	} else {
		add_identifier(out, o->name);
		rt_str_add(out, s->v[o->parent].kind == RETORT_KIND_DOMAIN ?
					" ON DOMAIN " : " ON ");
		rt_object_sql(out, s, o->parent);
	}
}

bool rt_pg_is_override(const retort_schema *s, size_t column)
{
	return !rt_pg_has(s, column, RT_PROPERTY_TYPE);
}

/* NOT NULL where nothing else says it. */
static bool wants_not_null(const retort_schema *s, size_t column)
{
	const char *type = rt_pg_text(s, column, RT_PROPERTY_TYPE);

	return rt_pg_has(s, column, RT_PROPERTY_NOT_NULL) &&
	       !rt_pg_has(s, column, RT_PROPERTY_IDENTITY) &&
	       !strstr(type, "serial");
}

static void add_identity(rt_str *out, const retort_schema *s, size_t column)
{
	const char *options = rt_pg_text(s, column,
					 RT_PROPERTY_OPTIONS_SEQUENCE);

	rt_str_addf(out, " GENERATED %s AS IDENTITY",
		    !strcmp(rt_pg_text(s, column, RT_PROPERTY_IDENTITY),
			    "always") ? "ALWAYS" : "BY DEFAULT");
	if (*options)
		rt_str_addf(out, " (%s)", options);
}

void rt_pg_column(rt_str *out, const retort_schema *s, size_t column)
{
	bool typed = s->v[s->v[column].parent].kind == RETORT_KIND_TABLE &&
		     rt_pg_has(s, s->v[column].parent, RT_PROPERTY_TYPE);

	rt_pg_name(out, s, column);
	if (!typed)
		rt_str_addf(out, " %s",
			    rt_pg_text(s, column, RT_PROPERTY_TYPE));
	if (rt_pg_has(s, column, RT_PROPERTY_COMPRESSION))
		rt_str_addf(out, " COMPRESSION %s",
			    rt_pg_text(s, column, RT_PROPERTY_COMPRESSION));
	if (rt_pg_has(s, column, RT_PROPERTY_OPTIONS))
		rt_str_addf(out, " OPTIONS (%s)",
			    rt_pg_text(s, column, RT_PROPERTY_OPTIONS));
	if (rt_pg_has(s, column, RT_PROPERTY_COLLATION))
		rt_str_addf(out, " COLLATE %s",
			    rt_pg_text(s, column, RT_PROPERTY_COLLATION));
	if (wants_not_null(s, column))
		rt_str_add(out, " NOT NULL");
	if (rt_pg_has(s, column, RT_PROPERTY_IDENTITY))
		add_identity(out, s, column);
	else if (rt_pg_has(s, column, RT_PROPERTY_GENERATED))
		rt_str_addf(out, " GENERATED ALWAYS AS (%s)%s",
			    rt_pg_text(s, column, RT_PROPERTY_GENERATED),
			    rt_pg_has(s, column, RT_PROPERTY_STORED) ?
				    " STORED" : "");
	else if (rt_pg_has(s, column, RT_PROPERTY_DEFAULT))
		rt_str_addf(out, " DEFAULT %s",
			    rt_pg_text(s, column, RT_PROPERTY_DEFAULT));
}

void rt_pg_constraint(rt_str *out, const retort_schema *s, size_t object)
{
	const char *deferrable = rt_pg_text(s, object, RT_PROPERTY_DEFERRABLE);

	rt_str_add(out, "CONSTRAINT ");
	rt_pg_name(out, s, object);
	rt_str_addf(out, " %s", rt_pg_text(s, object, RT_PROPERTY_DEFINITION));
	if (rt_pg_has(s, object, RT_PROPERTY_OPTIONS))
		rt_str_addf(out, " WITH (%s)",
			    rt_pg_text(s, object, RT_PROPERTY_OPTIONS));
	if (rt_pg_has(s, object, RT_PROPERTY_TABLESPACE))
		rt_str_addf(out, " USING INDEX TABLESPACE %s",
			    rt_pg_text(s, object, RT_PROPERTY_TABLESPACE));
	if (!strcmp(deferrable, "deferrable"))
		rt_str_add(out, " DEFERRABLE");
	else if (*deferrable)
		rt_str_add(out, " DEFERRABLE INITIALLY DEFERRED");
	if (rt_pg_has(s, object, RT_PROPERTY_NOT_VALID))
		rt_str_add(out, " NOT VALID");
}

/* "ALTER TABLE [ONLY] t ALTER COLUMN c ", and the rest. */
static void alter_column(const retort_schema *s, size_t column,
			 const char *only, const char *verb, const char *what,
			 rt_ddl_list *out)
{
	size_t parent = s->v[column].parent;
	rt_str name = RT_STR_INIT;

	rt_str_addf(&name, "%s %s",
		    rt_pg_kind_word(s->v[parent].kind), only);
	rt_object_sql(&name, s, parent);
	rt_str_add(&name, " ALTER COLUMN ");
	rt_pg_name(&name, s, column);
	rt_ddl_add(out, "ALTER %s %s%s", name.p, verb, what);
	rt_str_free(&name);
}

void rt_pg_column_extras(const retort_schema *s, size_t column,
			 rt_ddl_list *out)
{
	if (rt_pg_has(s, column, RT_PROPERTY_STORAGE))
		alter_column(s, column, "", "SET STORAGE ",
			     rt_pg_text(s, column, RT_PROPERTY_STORAGE), out);
	if (s->v[s->v[column].parent].kind == RETORT_KIND_VIEW &&
	    rt_pg_has(s, column, RT_PROPERTY_DEFAULT))
		alter_column(s, column, "", "SET DEFAULT ",
			     rt_pg_text(s, column, RT_PROPERTY_DEFAULT), out);
}

void rt_pg_override(const retort_schema *s, size_t column, rt_ddl_list *out)
{
	const char *expression = rt_pg_text(s, column, RT_PROPERTY_DEFAULT);

	if (!strcmp(expression, "NULL"))
		alter_column(s, column, "ONLY ", "DROP DEFAULT", "", out);
	else if (*expression)
		alter_column(s, column, "ONLY ", "SET DEFAULT ", expression,
			     out);
	if (rt_pg_has(s, column, RT_PROPERTY_NOT_NULL))
		alter_column(s, column, "ONLY ", "SET NOT NULL", "", out);
}

void rt_pg_comment(const retort_schema *s, size_t object, bool null,
		   rt_ddl_list *out)
{
	const char *comment = rt_pg_text(s, object, RT_PROPERTY_COMMENT);
	rt_str sql = RT_STR_INIT;

	if (*comment || null) {
		rt_str_add(&sql, "COMMENT ON ");
		rt_pg_whole_name(&sql, s, object);
		rt_str_add(&sql, " IS ");
		if (*comment)
			rt_dialect_literal(&sql, RETORT_DIALECT_POSTGRESQL,
					   rt_sv_from(comment));
		else
			rt_str_add(&sql, "NULL");
		rt_ddl_add(out, "%s", sql.p);
	}
	rt_str_free(&sql);
}

static const char *enable_words(const char *enabled)
{
	if (!strcmp(enabled, "disabled"))
		return "DISABLE";
	if (!strcmp(enabled, "replica"))
		return "ENABLE REPLICA";
	if (!strcmp(enabled, "always"))
		return "ENABLE ALWAYS";
	return "ENABLE";
}

void rt_pg_enable(const retort_schema *s, size_t object, rt_ddl_list *out)
{
	const char *enabled = rt_pg_text(s, object, RT_PROPERTY_ENABLED);
	rt_str name = RT_STR_INIT;

	if (s->v[object].parent == RT_NO_OBJECT) {
		rt_object_sql(&name, s, object);
		rt_ddl_add(out, "ALTER EVENT TRIGGER %s %s", name.p,
			   enable_words(enabled));
	} else {
		rt_object_sql(&name, s, s->v[object].parent);
		rt_str_addf(&name, " %s %s ", enable_words(enabled),
			    rt_pg_kind_word(s->v[object].kind));
		rt_pg_name(&name, s, object);
		rt_ddl_add(out, "ALTER TABLE %s", name.p);
	}
	rt_str_free(&name);
}

void rt_pg_replica_identity(const retort_schema *s, size_t table,
			    rt_ddl_list *out)
{
	const char *identity = rt_pg_text(s, table,
					  RT_PROPERTY_REPLICA_IDENTITY);
	rt_str name = RT_STR_INIT;

	rt_object_sql(&name, s, table);
	rt_ddl_add(out, "ALTER TABLE %s REPLICA IDENTITY %s", name.p,
		   *identity ? identity : "DEFAULT");
	rt_str_free(&name);
}

/* The owner's text is a column of this table. */
static bool is_owned_by(const char *owner, const char *table)
{
	size_t n = strlen(table);

	return !strncmp(owner, table, n) && owner[n] == '.';
}

void rt_pg_own_sequences(const retort_schema *s, size_t table,
			 rt_ddl_list *out)
{
	rt_str name = RT_STR_INIT, sequence = RT_STR_INIT;
	size_t at = 0, i;

	rt_object_sql(&name, s, table);
	while ((i = rt_schema_next(s, RT_NO_OBJECT, RETORT_KIND_SEQUENCE,
				   &at)) != RT_NO_OBJECT) {
		const char *owner = rt_pg_text(s, i, RT_PROPERTY_OWNED_BY);

		if (!is_owned_by(owner, name.p))
			continue;
		rt_str_clear(&sequence);
		rt_object_sql(&sequence, s, i);
		rt_ddl_add(out, "ALTER SEQUENCE %s OWNED BY %s", sequence.p,
			   owner);
	}
	rt_str_free(&name);
	rt_str_free(&sequence);
}
