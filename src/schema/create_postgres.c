/* SPDX-License-Identifier: MIT */
/* The SQL that makes PostgreSQL's objects. */
#include "config.h"

#include <string.h>

#include "schema/dialect.h"
#include "schema/postgres.h"

static const char *text(const retort_schema *s, size_t object, rt_property p)
{
	return rt_pg_text(s, object, p);
}

static bool has(const retort_schema *s, size_t object, rt_property p)
{
	return rt_pg_has(s, object, p);
}

/*
 * Most constraints stand in the CREATE of their table.  Not those that CREATE
 * would make valid, and not a check by a function that wants the table there
 * first.
 */
static bool is_inline_check(const retort_schema *s, size_t object)
{
	const rt_object *o = &s->v[object];
	size_t i, k;

	if (has(s, object, RT_PROPERTY_NOT_VALID))
		return false;
	for (i = 0; i < o->n_needs; i++) {
		const rt_object *needed = &s->v[o->needs[i]];

		for (k = 0; k < needed->n_needs; k++)
			if (needed->needs[k] == o->parent)
				return false;
	}
	return true;
}

static bool pg_is_inline(const retort_schema *s, size_t object)
{
	switch (s->v[object].kind) {
	case RETORT_KIND_COLUMN:
	case RETORT_KIND_PRIMARY_KEY:
	case RETORT_KIND_UNIQUE:
	case RETORT_KIND_EXCLUSION:
		return true;
	case RETORT_KIND_CHECK:
		return is_inline_check(s, object);
	default:
		return false;
	}
}

/* A line of a list in parentheses. */
static void begin_line(rt_str *out, size_t *n)
{
	rt_str_add(out, (*n)++ ? ",\n    " : " (\n    ");
}

static void end_lines(rt_str *out, size_t n)
{
	if (n)
		rt_str_add(out, "\n)");
}

static void add_columns(rt_str *out, const retort_schema *s, size_t table,
			size_t *n)
{
	bool typed = s->v[table].kind == RETORT_KIND_TABLE &&
		     has(s, table, RT_PROPERTY_TYPE);
	size_t at = 0, i;

	while ((i = rt_schema_next(s, table, RETORT_KIND_COLUMN, &at)) !=
	       RT_NO_OBJECT) {
		if (rt_pg_is_override(s, i) ||
		    (typed && !has(s, i, RT_PROPERTY_DEFAULT) &&
		     !has(s, i, RT_PROPERTY_NOT_NULL)))
			continue;
		begin_line(out, n);
		rt_pg_column(out, s, i);
	}
}

static void add_constraints(rt_str *out, const retort_schema *s, size_t table,
			    size_t *n)
{
	static const retort_kind kinds[] = {
		RETORT_KIND_PRIMARY_KEY,
		RETORT_KIND_UNIQUE,
		RETORT_KIND_CHECK,
		RETORT_KIND_EXCLUSION,
	};
	size_t k, at, i;

	for (k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		at = 0;
		while ((i = rt_schema_next(s, table, kinds[k], &at)) !=
		       RT_NO_OBJECT) {
			if (!pg_is_inline(s, i))
				continue;
			begin_line(out, n);
			rt_pg_constraint(out, s, i);
		}
	}
}

/* " WORD text", where the property is set. */
static void add_clause(rt_str *out, const retort_schema *s, size_t object,
		       const char *before, rt_property p, const char *after)
{
	if (has(s, object, p))
		rt_str_addf(out, "%s%s%s", before, text(s, object, p), after);
}

static void add_storage(rt_str *out, const retort_schema *s, size_t table)
{
	add_clause(out, s, table, "\nUSING ", RT_PROPERTY_ACCESS_METHOD, "");
	add_clause(out, s, table, "\nWITH (", RT_PROPERTY_OPTIONS, ")");
	add_clause(out, s, table, "\nTABLESPACE ", RT_PROPERTY_TABLESPACE, "");
}

/* The comments on the parts that stand in a CREATE. */
static void comment_parts(const retort_schema *s, size_t parent,
			  rt_ddl_list *out)
{
	int kind;
	size_t at, i;

	rt_pg_comment(s, parent, false, out);
	for (kind = RETORT_KIND_COLUMN; kind <= RETORT_KIND_EXCLUSION; kind++) {
		at = 0;
		while ((i = rt_schema_next(s, parent, (retort_kind)kind,
					   &at)) != RT_NO_OBJECT)
			if (pg_is_inline(s, i))
				rt_pg_comment(s, i, false, out);
	}
}

/* Whether the table's replica identity is this index. */
static bool is_replica_identity(const retort_schema *s, size_t index)
{
	const char *identity = text(s, s->v[index].parent,
				    RT_PROPERTY_REPLICA_IDENTITY);
	rt_str want = RT_STR_INIT;
	bool is;

	rt_str_add(&want, "USING INDEX ");
	rt_pg_name(&want, s, index);
	is = !strcmp(identity, want.p);
	rt_str_free(&want);
	return is;
}

/* A replica identity that no index must be there for: one that comes later
 * says it itself. */
static bool has_own_replica_identity(const retort_schema *s, size_t table)
{
	size_t at = 0, i;

	if (!has(s, table, RT_PROPERTY_REPLICA_IDENTITY))
		return false;
	while ((i = rt_schema_next(s, table, RETORT_KIND_INDEX, &at)) !=
	       RT_NO_OBJECT)
		if (is_replica_identity(s, i))
			return false;
	return true;
}

/* What is said in statements of their own. */
static void finish_table(const retort_schema *s, size_t table,
			 rt_ddl_list *out)
{
	const char *security = text(s, table, RT_PROPERTY_ROW_SECURITY);
	rt_str name = RT_STR_INIT;
	size_t at = 0, i;

	rt_object_sql(&name, s, table);
	while ((i = rt_schema_next(s, table, RETORT_KIND_COLUMN, &at)) !=
	       RT_NO_OBJECT) {
		if (rt_pg_is_override(s, i))
			rt_pg_override(s, i, out);
		else
			rt_pg_column_extras(s, i, out);
	}
	if (strstr(security, "enabled"))
		rt_ddl_add(out, "ALTER TABLE %s ENABLE ROW LEVEL SECURITY",
			   name.p);
	if (strstr(security, "forced"))
		rt_ddl_add(out, "ALTER TABLE %s FORCE ROW LEVEL SECURITY",
			   name.p);
	if (has_own_replica_identity(s, table))
		rt_pg_replica_identity(s, table, out);
	rt_pg_own_sequences(s, table, out);
	comment_parts(s, table, out);
	rt_str_free(&name);
}

static void create_table(const retort_schema *s, size_t table,
			 rt_ddl_list *out)
{
	bool foreign = s->v[table].kind == RETORT_KIND_FOREIGN_TABLE;
	rt_str sql = RT_STR_INIT;
	size_t n = 0;

	rt_str_addf(&sql, "CREATE %sTABLE ",
		    foreign ? "FOREIGN " :
		    has(s, table, RT_PROPERTY_UNLOGGED) ? "UNLOGGED " : "");
	rt_object_sql(&sql, s, table);
	if (!foreign)
		add_clause(&sql, s, table, " OF ", RT_PROPERTY_TYPE, "");
	add_clause(&sql, s, table, " PARTITION OF ", RT_PROPERTY_PARTITION_OF,
		   "");
	add_columns(&sql, s, table, &n);
	add_constraints(&sql, s, table, &n);
	end_lines(&sql, n);
	if (!n && !has(s, table, RT_PROPERTY_PARTITION_OF) &&
	    (foreign || !has(s, table, RT_PROPERTY_TYPE)))
		rt_str_add(&sql, " ()");
	add_clause(&sql, s, table, "\n", RT_PROPERTY_BOUND, "");
	add_clause(&sql, s, table, "\nINHERITS (", RT_PROPERTY_INHERITS, ")");
	add_clause(&sql, s, table, "\nPARTITION BY ", RT_PROPERTY_PARTITION_BY,
		   "");
	add_clause(&sql, s, table, "\n", RT_PROPERTY_DEFINITION, "");
	add_storage(&sql, s, table);
	rt_ddl_add(out, "%s", sql.p);
	rt_str_free(&sql);
	finish_table(s, table, out);
}

static void create_view(const retort_schema *s, size_t view, rt_ddl_list *out)
{
	bool stored = s->v[view].kind == RETORT_KIND_MATERIALIZED_VIEW;
	rt_str sql = RT_STR_INIT;
	size_t at = 0, i;

	rt_str_addf(&sql, "CREATE %sVIEW ", stored ? "MATERIALIZED " : "");
	rt_object_sql(&sql, s, view);
	add_storage(&sql, s, view);
	rt_str_addf(&sql, " AS\n %s", text(s, view, RT_PROPERTY_DEFINITION));
	rt_ddl_add(out, "%s", sql.p);
	rt_str_free(&sql);
	while ((i = rt_schema_next(s, view, RETORT_KIND_COLUMN, &at)) !=
	       RT_NO_OBJECT)
		rt_pg_column_extras(s, i, out);
	comment_parts(s, view, out);
}

static void create_domain(const retort_schema *s, size_t domain,
			  rt_ddl_list *out)
{
	rt_str sql = RT_STR_INIT;
	size_t at = 0, i;

	rt_str_add(&sql, "CREATE DOMAIN ");
	rt_object_sql(&sql, s, domain);
	add_clause(&sql, s, domain, " AS ", RT_PROPERTY_TYPE, "");
	add_clause(&sql, s, domain, " COLLATE ", RT_PROPERTY_COLLATION, "");
	add_clause(&sql, s, domain, " DEFAULT ", RT_PROPERTY_DEFAULT, "");
	if (has(s, domain, RT_PROPERTY_NOT_NULL))
		rt_str_add(&sql, " NOT NULL");
	while ((i = rt_schema_next(s, domain, RETORT_KIND_CHECK, &at)) !=
	       RT_NO_OBJECT) {
		if (!pg_is_inline(s, i))
			continue;
		rt_str_add(&sql, "\n    ");
		rt_pg_constraint(&sql, s, i);
	}
	rt_ddl_add(out, "%s", sql.p);
	rt_str_free(&sql);
	comment_parts(s, domain, out);
}

static void create_composite(const retort_schema *s, size_t type,
			     rt_ddl_list *out)
{
	rt_str sql = RT_STR_INIT;
	size_t n = 0;

	rt_str_add(&sql, "CREATE TYPE ");
	rt_object_sql(&sql, s, type);
	rt_str_add(&sql, " AS");
	add_columns(&sql, s, type, &n);
	end_lines(&sql, n);
	if (!n)
		rt_str_add(&sql, " ()");
	rt_ddl_add(out, "%s", sql.p);
	rt_str_free(&sql);
	comment_parts(s, type, out);
}

/* The constraints that need a statement of their own. */
static void create_constraint(const retort_schema *s, size_t object,
			      rt_ddl_list *out)
{
	size_t parent = s->v[object].parent;
	rt_str sql = RT_STR_INIT;

	rt_str_addf(&sql, "ALTER %s ", rt_pg_kind_word(s->v[parent].kind));
	rt_object_sql(&sql, s, parent);
	rt_str_add(&sql, " ADD ");
	rt_pg_constraint(&sql, s, object);
	rt_ddl_add(out, "%s", sql.p);
	rt_str_free(&sql);
	rt_pg_comment(s, object, false, out);
}

static void create_index(const retort_schema *s, size_t index,
			 rt_ddl_list *out)
{
	const char *definition = text(s, index, RT_PROPERTY_DEFINITION);
	const char *where = strstr(definition, " WHERE ");
	rt_str sql = RT_STR_INIT;

	rt_str_addf(&sql, "CREATE %sINDEX ",
		    has(s, index, RT_PROPERTY_UNIQUE) ? "UNIQUE " : "");
	rt_pg_name(&sql, s, index);
	rt_str_add(&sql, " ON ");
	rt_object_sql(&sql, s, s->v[index].parent);
	if (has(s, index, RT_PROPERTY_TABLESPACE) && where)
		rt_str_addf(&sql, " %.*s TABLESPACE %s%s",
			    (int)(where - definition), definition,
			    text(s, index, RT_PROPERTY_TABLESPACE), where);
	else
		rt_str_addf(&sql, " %s", definition);
	if (!where)
		add_clause(&sql, s, index, " TABLESPACE ",
			   RT_PROPERTY_TABLESPACE, "");
	rt_ddl_add(out, "%s", sql.p);
	rt_str_free(&sql);
	if (is_replica_identity(s, index))
		rt_pg_replica_identity(s, s->v[index].parent, out);
	rt_pg_comment(s, index, false, out);
}

/* CREATE, words, name and what the server prints behind it. */
static void create_plain(const retort_schema *s, size_t object,
			 const char *words, const char *between,
			 rt_property property, rt_ddl_list *out)
{
	rt_str sql = RT_STR_INIT;

	rt_str_addf(&sql, "CREATE %s ", words);
	if (s->v[object].parent == RT_NO_OBJECT)
		rt_object_sql(&sql, s, object);
	else
		rt_pg_name(&sql, s, object);
	add_clause(&sql, s, object, between, property,
		   strchr(between, '(') ? ")" : "");
	rt_ddl_add(out, "%s", sql.p);
	rt_str_free(&sql);
	rt_pg_comment(s, object, false, out);
}

/* Its name holds the types of the arguments; the definition has them, too. */
static void create_function(const retort_schema *s, size_t object,
			    rt_ddl_list *out)
{
	static const char *const words[] = { "FUNCTION", "PROCEDURE",
					     "AGGREGATE" };
	const rt_object *o = &s->v[object];
	rt_str name = RT_STR_INIT;

	rt_object_sql(&name, s, object);
	rt_str_truncate(&name, name.n - strlen(o->name) +
				       rt_object_arguments(o));
	rt_ddl_add(out, "CREATE %s %s%s",
		   words[s->v[object].kind - RETORT_KIND_FUNCTION], name.p,
		   text(s, object, RT_PROPERTY_DEFINITION));
	rt_str_free(&name);
	rt_pg_comment(s, object, false, out);
}

static void create_policy(const retort_schema *s, size_t policy,
			  rt_ddl_list *out)
{
	rt_str sql = RT_STR_INIT;

	rt_str_add(&sql, "CREATE POLICY ");
	rt_pg_name(&sql, s, policy);
	rt_str_add(&sql, " ON ");
	rt_object_sql(&sql, s, s->v[policy].parent);
	add_clause(&sql, s, policy, " ", RT_PROPERTY_DEFINITION, "");
	rt_ddl_add(out, "%s", sql.p);
	rt_str_free(&sql);
	rt_pg_comment(s, policy, false, out);
}

static void create_statistics(const retort_schema *s, size_t object,
			      rt_ddl_list *out)
{
	rt_str name = RT_STR_INIT;

	rt_pg_whole_name(&name, s, object); /* "STATISTICS …" */
	rt_ddl_add(out, "CREATE %s %s", name.p,
		   text(s, object, RT_PROPERTY_DEFINITION));
	rt_str_free(&name);
	rt_pg_comment(s, object, false, out);
}

/* Kinds that are CREATE, words, name and one text of the server's. */
static const struct plain {
	retort_kind kind;
	const char *words, *between;
	rt_property property;
} plain[] = {
	{ RETORT_KIND_SCHEMA, "SCHEMA", "", RT_PROPERTY_DEFINITION },
	{ RETORT_KIND_EXTENSION, "EXTENSION", " ", RT_PROPERTY_OPTIONS },
	{ RETORT_KIND_COLLATION, "COLLATION", " ", RT_PROPERTY_DEFINITION },
	{ RETORT_KIND_ENUM, "TYPE", " AS ENUM (", RT_PROPERTY_LABELS },
	{ RETORT_KIND_RANGE, "TYPE", " AS RANGE ", RT_PROPERTY_DEFINITION },
	{ RETORT_KIND_SEQUENCE, "SEQUENCE", " ",
	  RT_PROPERTY_OPTIONS_SEQUENCE },
	{ RETORT_KIND_TRIGGER, "TRIGGER", " ", RT_PROPERTY_DEFINITION },
	{ RETORT_KIND_RULE, "RULE", " ", RT_PROPERTY_DEFINITION },
	{ RETORT_KIND_EVENT_TRIGGER, "EVENT TRIGGER", " ",
	  RT_PROPERTY_DEFINITION },
};

/* False where it is none of them. */
static bool create_by_table(const retort_schema *s, size_t object,
			    rt_ddl_list *out)
{
	retort_kind kind = s->v[object].kind;
	rt_str words = RT_STR_INIT;
	size_t i;

	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (plain[i].kind == kind)
			break;
	if (i == sizeof(plain) / sizeof(plain[0]))
		return false;
	if (kind == RETORT_KIND_SEQUENCE && has(s, object,
						RT_PROPERTY_UNLOGGED))
		rt_str_add(&words, "UNLOGGED ");
	if (kind == RETORT_KIND_TRIGGER && has(s, object,
					       RT_PROPERTY_DEFERRABLE))
		rt_str_add(&words, "CONSTRAINT ");
	rt_str_add(&words, plain[i].words);
	create_plain(s, object, words.p, plain[i].between, plain[i].property,
		     out);
	if (has(s, object, RT_PROPERTY_ENABLED))
		rt_pg_enable(s, object, out);
	rt_str_free(&words);
	return true;
}

static void pg_create(const retort_schema *s, size_t object, rt_ddl_list *out)
{
	if (create_by_table(s, object, out))
		return;
	switch (s->v[object].kind) {
	case RETORT_KIND_DOMAIN:
		create_domain(s, object, out);
		break;
	case RETORT_KIND_COMPOSITE:
		create_composite(s, object, out);
		break;
	case RETORT_KIND_FUNCTION:
	case RETORT_KIND_PROCEDURE:
	case RETORT_KIND_AGGREGATE:
		create_function(s, object, out);
		break;
	case RETORT_KIND_TABLE:
	case RETORT_KIND_FOREIGN_TABLE:
		create_table(s, object, out);
		break;
	case RETORT_KIND_VIEW:
	case RETORT_KIND_MATERIALIZED_VIEW:
		create_view(s, object, out);
		break;
	case RETORT_KIND_INDEX:
		create_index(s, object, out);
		break;
	case RETORT_KIND_STATISTICS:
		create_statistics(s, object, out);
		break;
	case RETORT_KIND_POLICY:
		create_policy(s, object, out);
		break;
	default:
		create_constraint(s, object, out);
		break;
	}
}

const rt_creator rt_creator_postgres = {
	.dialect = RETORT_DIALECT_POSTGRESQL,
	.is_inline = pg_is_inline,
	.create = pg_create,
};
