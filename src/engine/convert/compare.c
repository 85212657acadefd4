/* SPDX-License-Identifier: MIT */
/* What the two sides of a proof hold. */
#include "config.h"

#include "base/err.h"
#include "engine/convert/proof.h"
#include "schema/diff.h"
#include "schema/dialect.h"

enum { SHOWN = 5 }; /* differences that are told */

static const char *describe(rt_arena *arena, const retort_diff_entry *e)
{
	if (!*e->property)
		return rt_arena_strf(arena, "%s: %s %s",
				     e->diff == RETORT_DIFF_ADDED ?
				     "in the new project only" :
				     "in the old project only",
				     retort_kind_word(e->kind), e->name);
	return rt_arena_strf(arena, "%s %s: %s is '%s' in the old project, "
			     "'%s' in the new one", retort_kind_word(e->kind),
			     e->name, e->property, e->before, e->after);
}

int rt_convert_schemas(rt_arena *arena, const rt_convert_side *a,
		       const rt_convert_side *b, bool *same,
		       rt_convert_notes *notes, retort_error *err)
{
	retort_schema *before = NULL, *after = NULL;
	retort_diff *diff = NULL;
	size_t i, n, told = 0;
	int rc;

	*same = true;
	rc = rt_scratch_schema(a->scratch, &before, err);
	if (!rc)
		rc = rt_scratch_schema(b->scratch, &after, err);
	if (!rc)
		rc = retort_diff_make(&diff, before, after, err);
	n = rc ? 0 : retort_diff_count(diff);
	for (i = 0; i < n && told < SHOWN; i++) {
		const retort_diff_entry *e = retort_diff_at(diff, i);

		if (e->part) /* its table is told */
			continue;
		rt_vec_push(notes, describe(arena, e));
		told++;
	}
	if (i < n)
		rt_vec_push(notes, rt_arena_strf(arena,
			    "and %zu more differences", n - i));
	*same = n == 0;
	retort_diff_free(diff);
	retort_schema_free(before);
	retort_schema_free(after);
	return rc;
}

/* A row as text: PostgreSQL has that for any table. */
static void select_postgres(const retort_schema *schema, size_t table,
			    rt_str *sql)
{
	rt_str_add(sql, "SELECT pg_catalog.count(*), pg_catalog.md5(pg_catalog"
			".string_agg(x, E'\\n' ORDER BY x)) FROM "
			"(SELECT t::text AS x FROM ");
	rt_object_sql(sql, schema, table);
	rt_str_add(sql, " t) s");
}

static void select_sqlite(const retort_schema *schema, size_t table,
			  rt_str *sql)
{
	size_t at = 0, column, n = 0;

	rt_str_add(sql, "SELECT count(*), group_concat(x, char(10)) FROM "
			"(SELECT ");
	while ((column = rt_schema_next(schema, table, RETORT_KIND_COLUMN,
					&at)) != RT_NO_OBJECT) {
		rt_str_add(sql, n++ ? " || ',' || quote(" : "quote(");
		rt_dialect_identifier(sql, RETORT_DIALECT_SQLITE, rt_sv_from(
			schema->v[column].name));
		rt_str_addc(sql, ')');
	}
	rt_str_add(sql, n ? " AS x FROM " : "'' AS x FROM ");
	rt_object_sql(sql, schema, table);
	rt_str_add(sql, " ORDER BY 1)");
}

static int read_table(rt_arena *arena, const rt_convert_side *side,
		      const retort_schema *schema, size_t table,
		      rt_convert_tables *out, retort_error *err)
{
	rt_str sql = RT_STR_INIT, name = RT_STR_INIT;
	rt_convert_rows rows;
	rt_answer answer;
	int rc;

	if (schema->dialect == RETORT_DIALECT_SQLITE)
		select_sqlite(schema, table, &sql);
	else
		select_postgres(schema, table, &sql);
	rt_object_name(&name, schema, table);
	rc = rt_conn_query(rt_scratch_conn(side->scratch), sql.p, &answer,
			   err);
	if (!rc && answer.n_rows) {
		const char *digest = rt_answer_cell(&answer, 0, 1);

		rows.table = rt_arena_strsv(arena, rt_str_sv(&name));
		rows.count = rt_arena_strdup(arena,
					     rt_answer_cell(&answer, 0, 0));
		rows.digest = rt_arena_strdup(arena, digest ? digest : "");
		rt_vec_push(out, rows);
	}
	rt_str_free(&sql);
	rt_str_free(&name);
	return rc;
}

int rt_convert_contents(rt_arena *arena, const rt_convert_side *side,
			rt_convert_tables *out, retort_error *err)
{
	retort_schema *schema = NULL;
	size_t at = 0, table;
	int rc = rt_scratch_schema(side->scratch, &schema, err);

	while (!rc && (table = rt_schema_next(schema, RT_NO_OBJECT,
					      RETORT_KIND_TABLE, &at)) !=
			      RT_NO_OBJECT)
		rc = read_table(arena, side, schema, table, out, err);
	retort_schema_free(schema);
	return rc;
}
