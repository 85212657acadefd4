/* SPDX-License-Identifier: MIT */
/* Reading PostgreSQL's catalog: what becomes of a row. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "db/inspect_postgres.h"
#include "schema/dialect.h"

enum { LONGEST_NAME = 63 }; /* NAMEDATALEN, less its NUL */

/* The columns of a row that is an object. */
enum {
	KIND,
	CLASS,
	ID,
	SCHEMA,
	NAME,
	PARENT_CLASS,
	PARENT_ID,
	FIRST_PROPERTY
};

static retort_kind kind_of(const char *word)
{
	int kind;

	for (kind = 0; kind < RETORT_N_KINDS; kind++)
		if (!strcmp(retort_kind_word((retort_kind)kind), word))
			break;
	RT_ASSERT(kind < RETORT_N_KINDS);
	return (retort_kind)kind;
}

/* Relations and functions, for those that only a text names. */
static void remember_name(rt_pg_reader *r, size_t object)
{
	const rt_pg_known *o = &r->known.v[object];
	const char *key = NULL;

	switch (o->kind) {
	case RETORT_KIND_FUNCTION:
	case RETORT_KIND_AGGREGATE:
		key = rt_arena_strf(&r->arena, "()%s.%.*s", o->schema,
				    (int)strcspn(o->name, "("), o->name);
		break;
	case RETORT_KIND_TABLE:
	case RETORT_KIND_FOREIGN_TABLE:
	case RETORT_KIND_VIEW:
	case RETORT_KIND_MATERIALIZED_VIEW:
		key = rt_arena_strf(&r->arena, "%s.%s", o->schema, o->name);
		break;
	default:
		return;
	}
	rt_map_add(&r->names, rt_sv_from(key), object);
}

RT_PG_ROW(rt_pg_row_object)
{
	size_t parent = RT_NO_OBJECT, object, i;
	const char *schema = cells[SCHEMA] ? cells[SCHEMA] : "";

	if (cells[PARENT_CLASS]) {
		parent = rt_pg_find(r, cells[PARENT_CLASS], cells[PARENT_ID],
				    "0");
		if (parent == RT_NO_OBJECT)
			return; /* of a table that is not ours to show */
		schema = r->known.v[parent].schema;
	}
	object = rt_pg_add(r, kind_of(cells[KIND]), schema, cells[NAME],
			   parent);
	rt_pg_address(r, object, cells[CLASS], cells[ID], "0");
	for (i = 0; i < catalog->n_properties; i++)
		rt_pg_set(r, object, catalog->properties[i],
			  cells[FIRST_PROPERTY + i]);
	remember_name(r, object);
}

/* Whether a table is the version table or the journal. */
static bool is_own(const rt_pg_reader *r, const char *schema, const char *name)
{
	const rt_inspect_options *o = r->options;
	const char *place = r->default_schema;

	if (o->version_table_schema && *o->version_table_schema)
		place = o->version_table_schema;
	if (o->version_table && !strcmp(name, o->version_table))
		return !strcmp(schema, place);
	return o->journal && !strcmp(name, "retort_journal") &&
	       (!strcmp(schema, place) || !strcmp(schema, "retort") ||
		!strcmp(schema, r->default_schema));
}

RT_PG_ROW(rt_pg_row_relation)
{
	if (!is_own(r, cells[SCHEMA], cells[NAME]))
		rt_pg_row_object(r, catalog, cells);
}

/* The columns of a row that is a sequence. */
enum {
	SEQ_ID,
	SEQ_SCHEMA,
	SEQ_NAME,
	SEQ_TYPE,
	SEQ_OPTIONS,
	SEQ_UNLOGGED,
	SEQ_NEXTVAL,
	SEQ_COMMENT,
	SEQ_OWNER,
	SEQ_OWNER_COLUMN
};

static const char *copy(rt_pg_reader *r, const char *cell)
{
	return rt_arena_strdup(&r->arena, cell ? cell : "");
}

static size_t add_sequence(rt_pg_reader *r, const rt_pg_sequence *s)
{
	size_t object = rt_pg_add(r, RETORT_KIND_SEQUENCE, s->schema, s->name,
				  RT_NO_OBJECT);
	rt_str options = RT_STR_INIT;

	rt_pg_address(r, object, RT_PG_CLASS, s->oid, "0");
	if (strcmp(s->type, "bigint"))
		rt_str_addf(&options, "AS %s", s->type);
	if (*s->options)
		rt_str_addf(&options, "%s%s", options.n ? " " : "",
			    s->options);
	rt_pg_set(r, object, RT_PROPERTY_OPTIONS_SEQUENCE, options.p);
	rt_pg_set(r, object, RT_PROPERTY_UNLOGGED, s->unlogged ? "yes" : NULL);
	rt_pg_set(r, object, RT_PROPERTY_COMMENT, s->comment);
	rt_str_free(&options);
	return object;
}

/* One that a column owns waits for the column. */
RT_PG_ROW(rt_pg_row_sequence)
{
	rt_pg_sequence s = { 0 };
	rt_map_entry *first;
	const char *owner;

	(void)catalog;
	s.oid = copy(r, cells[SEQ_ID]);
	s.schema = copy(r, cells[SEQ_SCHEMA]);
	s.name = copy(r, cells[SEQ_NAME]);
	s.type = copy(r, cells[SEQ_TYPE]);
	s.options = copy(r, cells[SEQ_OPTIONS]);
	s.nextval = copy(r, cells[SEQ_NEXTVAL]);
	s.comment = copy(r, cells[SEQ_COMMENT]);
	s.unlogged = cells[SEQ_UNLOGGED] != NULL;
	s.next = RT_NO_OBJECT;
	if (!cells[SEQ_OWNER]) {
		add_sequence(r, &s);
		return;
	}
	owner = rt_arena_strf(&r->arena, "%s/%s", cells[SEQ_OWNER],
			      cells[SEQ_OWNER_COLUMN]);
	first = rt_map_find(&r->owners, rt_sv_from(owner));
	if (first) {
		s.next = r->sequences.v[first->value].next;
		r->sequences.v[first->value].next = r->sequences.n;
	} else {
		rt_map_add(&r->owners, rt_sv_from(owner), r->sequences.n);
	}
	rt_vec_push(&r->sequences, s);
}

/*
 * The name that the server gives the sequence of a serial or identity
 * column: the longer of both names is cut until it fits.
 */
static bool has_usual_name(const rt_pg_sequence *s, const char *table,
			   const char *column)
{
	size_t n = strlen(table), k = strlen(column);
	rt_str usual = RT_STR_INIT;
	bool same;

	while (n + k > LONGEST_NAME - strlen("__seq"))
		*(n > k ? &n : &k) -= 1;
	rt_str_addf(&usual, "%.*s_%.*s_seq", (int)n, table, (int)k, column);
	same = !strcmp(usual.p, s->name);
	rt_str_free(&usual);
	return same;
}

/* The columns of a row that is a column. */
enum {
	COL_TABLE,
	COL_NUMBER,
	COL_NAME,
	COL_INHERITED,
	COL_IDENTITY,
	COL_DEFAULT,
	COL_TYPE,
	COL_NOT_NULL,
	COL_FIRST_PROPERTY
};

static const char *serial_of(const char *type)
{
	static const char *const types[][2] = {
		{ "integer", "serial" },
		{ "bigint", "bigserial" },
		{ "smallint", "smallserial" },
	};
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (!strcmp(types[i][0], type))
			return types[i][1];
	return NULL;
}

/* Whether "serial" says it all. */
static bool is_serial(const rt_pg_reader *r, const rt_pg_sequence *s,
		      const rt_pg_known *table, const char *const *cells)
{
	const char *type = cells[COL_TYPE];

	return (table->kind == RETORT_KIND_TABLE ||
		table->kind == RETORT_KIND_FOREIGN_TABLE) &&
	       serial_of(type) && !strcmp(type, s->type) &&
	       cells[COL_NOT_NULL] && cells[COL_DEFAULT] &&
	       !strcmp(cells[COL_DEFAULT], s->nextval) && !*s->options &&
	       !*s->comment && s->next == RT_NO_OBJECT &&
	       !strcmp(s->schema, table->schema) &&
	       (!s->unlogged || r->version < 150000) &&
	       has_usual_name(s, table->name, cells[COL_NAME]);
}

static void set_identity(rt_pg_reader *r, size_t column,
			 const rt_pg_sequence *s, const rt_pg_known *table,
			 const char *const *cells)
{
	rt_str options = RT_STR_INIT;

	if (!has_usual_name(s, table->name, cells[COL_NAME])) {
		rt_str_add(&options, "SEQUENCE NAME ");
		if (strcmp(s->schema, "public")) {
			rt_dialect_identifier(&options,
					      RETORT_DIALECT_POSTGRESQL,
					      rt_sv_from(s->schema));
			rt_str_addc(&options, '.');
		}
		rt_dialect_identifier(&options, RETORT_DIALECT_POSTGRESQL,
				      rt_sv_from(s->name));
	}
	if (*s->options)
		rt_str_addf(&options, "%s%s", options.n ? " " : "",
			    s->options);
	rt_pg_set(r, column, RT_PROPERTY_OPTIONS_SEQUENCE, options.p);
	rt_pg_address(r, column, RT_PG_CLASS, s->oid, "0");
	rt_str_free(&options);
}

/* "t.c" as SQL wants it. */
static void own_sequence(rt_pg_reader *r, const rt_pg_sequence *s,
			 const rt_pg_known *table, const char *column)
{
	size_t sequence = add_sequence(r, s);
	rt_str owner = RT_STR_INIT;
	retort_dialect dialect = RETORT_DIALECT_POSTGRESQL;

	if (strcmp(table->schema, "public")) {
		rt_dialect_identifier(&owner, dialect,
				      rt_sv_from(table->schema));
		rt_str_addc(&owner, '.');
	}
	rt_dialect_identifier(&owner, dialect, rt_sv_from(table->name));
	rt_str_addc(&owner, '.');
	rt_dialect_identifier(&owner, dialect, rt_sv_from(column));
	rt_pg_set(r, sequence, RT_PROPERTY_OWNED_BY, owner.p);
	rt_str_free(&owner);
}

/* What becomes of the sequences of a column. */
static void set_sequences(rt_pg_reader *r, size_t column,
			  const rt_pg_known *table, const char *const *cells)
{
	rt_str key = RT_STR_INIT;
	rt_map_entry *first;
	size_t i;

	rt_str_addf(&key, "%s/%s", cells[COL_TABLE], cells[COL_NUMBER]);
	first = rt_map_find(&r->owners, rt_str_sv(&key));
	rt_str_free(&key);
	for (i = first ? first->value : RT_NO_OBJECT; i != RT_NO_OBJECT;
	     i = r->sequences.v[i].next) {
		const rt_pg_sequence *s = &r->sequences.v[i];

		if (cells[COL_IDENTITY]) {
			set_identity(r, column, s, table, cells);
		} else if (is_serial(r, s, table, cells)) {
			rt_pg_set(r, column, RT_PROPERTY_TYPE,
				  serial_of(cells[COL_TYPE]));
			rt_schema_set(r->builder, column, RT_PROPERTY_DEFAULT,
				      RT_SV(""));
			rt_pg_address(r, column, RT_PG_CLASS, s->oid, "0");
		} else {
			own_sequence(r, s, table, cells[COL_NAME]);
		}
	}
}

/*
 * An inherited column is here because it differs from its parent's: it has no
 * type of its own.
 */
RT_PG_ROW(rt_pg_row_column)
{
	size_t parent = rt_pg_find(r, RT_PG_CLASS, cells[COL_TABLE], "0");
	rt_pg_known table;
	size_t column, i;

	if (parent == RT_NO_OBJECT)
		return;
	table = r->known.v[parent];
	column = rt_pg_add(r, RETORT_KIND_COLUMN, table.schema, cells[COL_NAME],
			   parent);
	rt_pg_address(r, column, RT_PG_CLASS, cells[COL_TABLE],
		      cells[COL_NUMBER]);
	rt_pg_set(r, column, RT_PROPERTY_DEFAULT, cells[COL_DEFAULT]);
	rt_pg_set(r, column, RT_PROPERTY_NOT_NULL, cells[COL_NOT_NULL]);
	for (i = 0; i < catalog->n_properties; i++)
		rt_pg_set(r, column, catalog->properties[i],
			  cells[COL_FIRST_PROPERTY + i]);
	if (cells[COL_INHERITED])
		return;
	rt_pg_set(r, column, RT_PROPERTY_TYPE, cells[COL_TYPE]);
	rt_pg_set(r, column, RT_PROPERTY_IDENTITY, cells[COL_IDENTITY]);
	set_sequences(r, column, &table, cells);
}

RT_PG_ROW(rt_pg_row_alias)
{
	size_t object = rt_pg_find(r, cells[3], cells[4], cells[5]);

	(void)catalog;
	if (object != RT_NO_OBJECT)
		rt_pg_address(r, object, cells[0], cells[1], cells[2]);
}

/* A table that needs its own column needs nothing; who needs a column needs
 * its table, too. */
RT_PG_ROW(rt_pg_row_need)
{
	size_t object = rt_pg_find(r, cells[0], cells[1], cells[2]);
	size_t needed = rt_pg_find(r, cells[3], cells[4], cells[5]);

	(void)catalog;
	if (object == RT_NO_OBJECT || needed == RT_NO_OBJECT ||
	    r->known.v[needed].parent == object)
		return;
	/* Owned by a column: said when the table is there. */
	if (r->known.v[object].kind == RETORT_KIND_SEQUENCE &&
	    r->known.v[needed].kind != RETORT_KIND_SCHEMA)
		return;
	rt_schema_need(r->builder, object, needed);
	if (r->known.v[needed].parent != RT_NO_OBJECT)
		rt_schema_need(r->builder, object, r->known.v[needed].parent);
}

RT_PG_ROW(rt_pg_row_ignored)
{
	(void)catalog;
	rt_schema_ignore(r->builder, cells[0], strtoul(cells[1], NULL, 10));
}
