/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "db/table.h"

void rt_table_add_name(const rt_table *t, rt_str *out)
{
	if (t->schema) {
		rt_dialect_identifier(out, t->dialect, rt_sv_from(t->schema));
		rt_str_addc(out, '.');
	}
	rt_dialect_identifier(out, t->dialect, rt_sv_from(t->name));
}

/* What has a column: SQLite finds it in memory, where sqlite_master would be
 * read row by row. */
static void add_sqlite_lookup(const rt_table *t, rt_str *out)
{
	rt_str_add(out, "SELECT 1 FROM pragma_table_info(");
	rt_dialect_literal(out, t->dialect, rt_sv_from(t->name));
	if (t->schema) {
		rt_str_add(out, ", ");
		rt_dialect_literal(out, t->dialect, rt_sv_from(t->schema));
	}
	rt_str_add(out, ") LIMIT 1");
}

static void add_postgres_lookup(const rt_table *t, rt_str *out)
{
	rt_str name = RT_STR_INIT;

	rt_table_add_name(t, &name);
	rt_str_add(out, "SELECT pg_catalog.to_regclass(");
	rt_dialect_literal(out, t->dialect, rt_str_sv(&name));
	rt_str_addc(out, ')');
	rt_str_free(&name);
}

int rt_table_exists(const rt_table *t, rt_conn *conn, bool *exists,
		    retort_error *err)
{
	rt_str sql = RT_STR_INIT;
	rt_answer answer;
	int rc;

	if (t->dialect == RETORT_DIALECT_POSTGRESQL)
		add_postgres_lookup(t, &sql);
	else
		add_sqlite_lookup(t, &sql);
	rc = rt_conn_query(conn, sql.p, &answer, err);
	*exists = rc == 0 && answer.n_rows && rt_answer_cell(&answer, 0, 0);
	rt_str_free(&sql);
	return rc;
}
