/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "schema/pg_rows.h"

#include "base/str.h"
#include "schema/create.h"
#include "support/db.h"

/* A value of a type, the row-th, or NULL. */
static const char *value_of(const char *type, int row)
{
	static const struct { const char *type, *v[2]; } values[] = {
		{ "bigint", { "11", "12" } },
		{ "integer", { "11", "12" } },
		{ "smallint", { "11", "12" } },
		{ "numeric", { "1.5", "2.25" } },
		{ "text", { "'ab@c'", "'abd'" } },
		{ "character varying", { "'ab@c'", "'abd'" } },
		{ "date", { "'2020-02-03'", "'2020-03-04'" } },
		{ "timestamp", { "'2020-02-03'", "'2020-03-04'" } },
		{ "boolean", { "true", "false" } },
		{ "mood[]", { "'{ok,happy}'", "NULL" } },
		{ "mood", { "'happy'", "'ok'" } },
		{ "email", { "'ab@c'", "'a@b'" } },
		{ "price", { "3", "4.5" } },
		{ "jsonb", { "'{}'", "'[1]'" } },
	};
	size_t i;

	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (!strncmp(type, values[i].type, strlen(values[i].type)))
			return values[i].v[row];
	return "NULL";
}

/* INSERT of one row, as far as we can guess one. */
static void insert_row(rt_conn *conn, const retort_schema *s, size_t table,
		       int row)
{
	rt_str columns = RT_STR_INIT, values = RT_STR_INIT, sql = RT_STR_INIT;
	retort_error err = RETORT_ERROR_INIT;
	size_t at = 0, i;

	while ((i = rt_schema_next(s, table, RETORT_KIND_COLUMN, &at)) !=
	       RT_NO_OBJECT) {
		const char *type = rt_object_text(&s->v[i], RT_PROPERTY_TYPE);

		if (!type || strstr(type, "serial") ||
		    rt_object_text(&s->v[i], RT_PROPERTY_IDENTITY) ||
		    rt_object_text(&s->v[i], RT_PROPERTY_GENERATED))
			continue;
		rt_str_addf(&columns, "%s\"%s\"", columns.n ? ", " : "",
			    s->v[i].name);
		rt_str_addf(&values, "%s%s", values.n ? ", " : "",
			    value_of(type, row));
	}
	rt_str_add(&sql, "INSERT INTO ");
	rt_object_sql(&sql, s, table);
	if (columns.n)
		rt_str_addf(&sql, " (%s) VALUES (%s)", columns.p, values.p);
	else
		rt_str_add(&sql, " DEFAULT VALUES");
	db_exec(conn, "SAVEPOINT row");
	if (rt_conn_exec(conn, sql.p, &err))
		db_exec(conn, "ROLLBACK TO row");
	retort_error_dispose(&err);
	rt_str_free(&columns);
	rt_str_free(&values);
	rt_str_free(&sql);
}

/* Beyond all rows: numbers that were given and whose rows are gone. */
static void count_on(rt_conn *conn)
{
	db_exec(conn, "DO $$ DECLARE s regclass; BEGIN FOR s IN SELECT "
		"oid FROM pg_class WHERE relkind = 'S' LOOP BEGIN PERFORM "
		"nextval(s) FROM generate_series(1, 20); EXCEPTION WHEN OTHERS "
		"THEN END; END LOOP; END $$");
}

void pg_rows_fill(rt_conn *conn, const retort_schema *s)
{
	size_t n, i, *order = rt_create_order(s, &n);

	for (i = 0; i < n; i++)
		if (s->v[order[i]].kind == RETORT_KIND_TABLE) {
			insert_row(conn, s, order[i], 0);
			insert_row(conn, s, order[i], 1);
		}
	free(order);
	count_on(conn);
	db_exec(conn, "SET CONSTRAINTS ALL IMMEDIATE");
	db_exec(conn, "SET CONSTRAINTS ALL DEFERRED");
}

static void add_answer(rt_str *out, rt_conn *conn, const char *what,
		       const char *sql)
{
	char *text = db_text(conn, sql);

	rt_str_addf(out, "%s=%s;", what, text);
	free(text);
}

/* How many rows there are, whatever becomes of their values. */
static void add_count(rt_str *out, rt_conn *conn, const retort_schema *s,
		      size_t table)
{
	rt_str sql = RT_STR_INIT;

	rt_str_add(&sql, "SELECT count(*) FROM ");
	rt_object_sql(&sql, s, table);
	add_answer(out, conn, s->v[table].name, sql.p);
	rt_str_free(&sql);
}

static const char *text_of(const rt_object *o, rt_property property)
{
	const char *text = rt_object_text(o, property);

	return text ? text : "";
}

/* By whatever it counts. */
static bool counts(const rt_object *column)
{
	return strstr(text_of(column, RT_PROPERTY_TYPE), "serial") ||
	       *text_of(column, RT_PROPERTY_IDENTITY) ||
	       !strncmp(text_of(column, RT_PROPERTY_DEFAULT), "nextval('", 9);
}

/* The last number that a column got; "" before the first. */
static void add_counter(rt_str *out, rt_conn *conn, const retort_schema *s,
		        size_t column)
{
	const char *ask = text_of(&s->v[column], RT_PROPERTY_DEFAULT);
	rt_str sql = RT_STR_INIT;
	char *name;

	if (*ask) {
		ask += strlen("nextval('");
		name = rt_strf("%.*s", (int)strcspn(ask, "'"), ask);
	} else {
		rt_str_add(&sql, "SELECT pg_get_serial_sequence($$");
		rt_object_sql(&sql, s, s->v[column].parent);
		rt_str_addf(&sql, "$$, '%s')", s->v[column].name);
		name = db_text(conn, sql.p);
	}
	rt_str_clear(&sql);
	rt_str_addf(&sql, "SELECT max(last_value) FROM %s WHERE is_called",
		    name);
	add_answer(out, conn, "last", sql.p);
	rt_str_free(&sql);
	free(name);
}

static void add_values(rt_str *out, rt_conn *conn, const retort_schema *s,
		       size_t column)
{
	const char *name = s->v[column].name;
	rt_str sql = RT_STR_INIT;

	rt_str_addf(&sql, "SELECT string_agg(x.\"%s\"::text, ',' ORDER BY "
		    "x.\"%s\"::text) FROM ", name, name);
	rt_object_sql(&sql, s, s->v[column].parent);
	rt_str_add(&sql, " x");
	add_answer(out, conn, name, sql.p);
	rt_str_free(&sql);
}

static void add_column(rt_str *out, rt_conn *conn, const retort_schema *s,
		       size_t column, const rt_object *twin,
		       const retort_schema *now)
{
	const rt_object *o = &s->v[column];
	const char *a = rt_object_text(o, RT_PROPERTY_TYPE);
	const char *b = rt_object_text(twin, RT_PROPERTY_TYPE);

	if (s->v[o->parent].kind != RETORT_KIND_TABLE || !a || !b ||
	    rt_object_text(o, RT_PROPERTY_GENERATED) ||
	    rt_object_text(twin, RT_PROPERTY_GENERATED))
		return;
	if (counts(o) && counts(twin))
		add_counter(out, conn, now, rt_schema_find(now, o->key));
	if (!strcmp(a, b))
		add_values(out, conn, s, column);
}

/* What both schemas have: rows, counters, and values of columns with the
 * same type; one text for the whole. */
char *pg_rows_common(rt_conn *conn, const retort_schema *of,
		     const retort_schema *other, const retort_schema *now)
{
	rt_str out = RT_STR_INIT;
	size_t i, twin;

	for (i = 0; i < of->n; i++) {
		twin = rt_schema_find(other, of->v[i].key);
		if (twin == RT_NO_OBJECT)
			continue;
		if (of->v[i].kind == RETORT_KIND_TABLE)
			add_count(&out, conn, of, i);
		if (of->v[i].kind == RETORT_KIND_COLUMN)
			add_column(&out, conn, of, i, &other->v[twin],
				   now);
	}
	return rt_str_take(&out);
}
