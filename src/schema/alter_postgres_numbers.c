/* SPDX-License-Identifier: MIT */
/* Changing PostgreSQL's schemas: by what a column counts. */
#include "config.h"

#include <string.h>

#include "schema/alter_postgres.h"
#include "schema/dialect.h"

void rt_pg_counter_free(rt_pg_counter *c)
{
	rt_str_free(&c->name);
}

const char *rt_pg_plain_type(const char *type)
{
	if (!strcmp(type, "serial"))
		return "integer";
	if (!strcmp(type, "bigserial"))
		return "bigint";
	if (!strcmp(type, "smallserial"))
		return "smallint";
	return type;
}

enum { LONGEST_NAME = 63 };

/* The name that the server would choose: "table_column_seq", the longer of
 * both cut until it fits; unquoted. */
static void hidden_name(rt_str *out, const retort_schema *s, size_t column,
			const char *word)
{
	const rt_object *table = &s->v[s->v[column].parent];
	size_t n = strlen(table->name), k = strlen(s->v[column].name);

	while (n + k > LONGEST_NAME - strlen(word) - 2)
		*(n > k ? &n : &k) -= 1;
	rt_str_addf(out, "%.*s_%.*s_%s", (int)n, table->name, (int)k,
		    s->v[column].name, word);
}

/* "audit." of audit.t_c_seq: hidden sequences are where the table is. */
static void add_place(rt_str *out, const retort_schema *s, size_t column)
{
	const char *place = s->v[s->v[column].parent].schema;

	if (strcmp(place, "public")) {
		rt_dialect_identifier(out, s->dialect, rt_sv_from(place));
		rt_str_addc(out, '.');
	}
}

void rt_pg_hidden_name(rt_str *out, const retort_schema *s, size_t column,
		       const char *word)
{
	rt_str name = RT_STR_INIT;

	add_place(out, s, column);
	hidden_name(&name, s, column, word);
	rt_dialect_identifier(out, s->dialect, rt_str_sv(&name));
	rt_str_free(&name);
}

/* The part of a sequence's name that RENAME TO wants. */
const char *rt_pg_own_name(const retort_schema *s, size_t column,
			     const char *sql)
{
	rt_str place = RT_STR_INIT;
	size_t n;

	add_place(&place, s, column);
	n = place.n;
	rt_str_free(&place);
	return sql + n;
}

/* The name of an identity column's sequence, or "" where the server chose. */
static rt_sv name_in_options(const char *options)
{
	rt_sv rest = rt_sv_from(options);
	bool quoted = false;
	size_t i;

	if (!rt_sv_starts(rest, "SEQUENCE NAME "))
		return RT_SV("");
	rest = rt_sv_sub(rest, strlen("SEQUENCE NAME "), rest.n);
	for (i = 0; i < rest.n && (quoted || rest.p[i] != ' '); i++)
		quoted ^= rest.p[i] == '"';
	return rt_sv_sub(rest, 0, i);
}

/* The sequence whose next number is the column's default, and no more. */
size_t rt_pg_default_sequence(const retort_schema *s, size_t column)
{
	const rt_object *o = &s->v[column];
	const char *expression = rt_pg_text(s, column, RT_PROPERTY_DEFAULT);
	rt_str want = RT_STR_INIT, name = RT_STR_INIT;
	size_t k, found = RT_NO_OBJECT;

	for (k = 0; k < o->n_needs && found == RT_NO_OBJECT; k++) {
		if (s->v[o->needs[k]].kind != RETORT_KIND_SEQUENCE)
			continue;
		rt_str_clear(&want);
		rt_str_clear(&name);
		rt_object_sql(&name, s, o->needs[k]);
		rt_str_add(&want, "nextval(");
		rt_dialect_literal(&want, s->dialect, rt_str_sv(&name));
		rt_str_add(&want, "::regclass)");
		if (!strcmp(want.p, expression))
			found = o->needs[k];
	}
	rt_str_free(&want);
	rt_str_free(&name);
	return found;
}

void rt_pg_sequence_counter(rt_pg_counter *c, const retort_schema *s,
			    size_t sequence)
{
	c->by = RT_PG_SEQUENCE;
	c->sequence = sequence;
	c->type = "bigint";
	c->options = rt_pg_text(s, sequence, RT_PROPERTY_OPTIONS_SEQUENCE);
	rt_object_sql(&c->name, s, sequence);
}

void rt_pg_counter_of(rt_pg_counter *c, const retort_schema *s, size_t column)
{
	const char *type = rt_pg_text(s, column, RT_PROPERTY_TYPE);
	size_t sequence = rt_pg_default_sequence(s, column);
	rt_sv name;

	c->type = rt_pg_plain_type(type);
	if (c->type != type) {
		c->by = RT_PG_SERIAL;
		rt_pg_hidden_name(&c->name, s, column, "seq");
	} else if (rt_pg_has(s, column, RT_PROPERTY_IDENTITY)) {
		c->by = RT_PG_IDENTITY;
		c->options = rt_pg_text(s, column,
					RT_PROPERTY_OPTIONS_SEQUENCE);
		name = name_in_options(c->options);
		rt_str_addsv(&c->name, name);
		if (!name.n)
			rt_pg_hidden_name(&c->name, s, column, "seq");
	} else if (sequence != RT_NO_OBJECT) {
		rt_pg_sequence_counter(c, s, sequence);
	}
}
