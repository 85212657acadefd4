/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "db/vertab.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "db/table.h"

static rt_table table_of(const rt_vertab *t)
{
	return (rt_table){ t->schema, t->table, t->dialect };
}

static void add_name(rt_str *out, const rt_vertab *t)
{
	rt_table table = table_of(t);

	rt_table_add_name(&table, out);
}

static void add_id(rt_str *out, const rt_vertab *t, const char *id)
{
	rt_dialect_literal(out, t->dialect, rt_sv_from(id));
}

/* Every byte as Alembic writes it, the space behind the comma too: SQLite
 * keeps the text, and tools compare it. */
void rt_vertab_create_sql(const rt_vertab *t, bool if_missing, rt_str *out)
{
	char *constraint = rt_strf("%s_pkc", t->table);

	rt_str_add(out, "CREATE TABLE ");
	if (if_missing)
		rt_str_add(out, "IF NOT EXISTS ");
	add_name(out, t);
	rt_str_addf(out, " (\n\tversion_num VARCHAR(%d) NOT NULL, \n"
		    "\tCONSTRAINT ", RT_VERTAB_ID_LIMIT);
	rt_dialect_identifier(out, t->dialect, rt_sv_from(constraint));
	rt_str_add(out, " PRIMARY KEY (version_num)\n)");
	free(constraint);
}

static void add_where(rt_str *out, const rt_vertab *t, const char *id)
{
	rt_str_add(out, " WHERE ");
	add_name(out, t);
	rt_str_add(out, ".version_num = ");
	add_id(out, t, id);
}

void rt_vertab_change_sql(const rt_vertab *t, const retort_row_change *change,
			  rt_str *out)
{
	switch (change->kind) {
	case RETORT_ROW_INSERT:
		rt_str_add(out, "INSERT INTO ");
		add_name(out, t);
		rt_str_add(out, " (version_num) VALUES (");
		add_id(out, t, change->new_id);
		rt_str_addc(out, ')');
		break;
	case RETORT_ROW_UPDATE:
		rt_str_add(out, "UPDATE ");
		add_name(out, t);
		rt_str_add(out, " SET version_num=");
		add_id(out, t, change->new_id);
		add_where(out, t, change->old_id);
		break;
	case RETORT_ROW_DELETE:
		rt_str_add(out, "DELETE FROM ");
		add_name(out, t);
		add_where(out, t, change->old_id);
		break;
	}
}

void rt_vertab_delete_all_sql(const rt_vertab *t, rt_str *out)
{
	rt_str_add(out, "DELETE FROM ");
	add_name(out, t);
}

/* No ORDER BY: relative targets begin at the row that a plain SELECT gives
 * first, as they do in Alembic. */
static int read_rows(const rt_vertab *t, rt_conn *conn, rt_arena *arena,
		     retort_names *rows, retort_error *err)
{
	rt_str sql = RT_STR_INIT;
	rt_answer answer;
	const char **ids;
	size_t i;
	int rc;

	rt_str_add(&sql, "SELECT version_num FROM ");
	add_name(&sql, t);
	rc = rt_conn_query(conn, sql.p, &answer, err);
	rt_str_free(&sql);
	if (rc)
		return rc;
	ids = rt_arena_calloc(arena, answer.n_rows, sizeof(*ids));
	for (i = 0; i < answer.n_rows; i++) {
		const char *id = rt_answer_cell(&answer, i, 0);

		ids[i] = rt_arena_strdup(arena, id ? id : "");
	}
	rows->v = ids;
	rows->n = answer.n_rows;
	return 0;
}

int rt_vertab_read(const rt_vertab *t, rt_conn *conn, rt_arena *arena,
		   retort_names *rows, bool *exists, retort_error *err)
{
	rt_table table = table_of(t);
	int rc;

	*rows = (retort_names){ NULL, 0 };
	rc = rt_table_exists(&table, conn, exists, err);
	if (rc || !*exists)
		return rc;
	return read_rows(t, conn, arena, rows, err);
}

/* The column's type as it is written: "VARCHAR(32)". */
static void add_width_query(const rt_vertab *t, rt_str *out)
{
	rt_str name = RT_STR_INIT;

	if (t->dialect == RETORT_DIALECT_POSTGRESQL) {
		add_name(&name, t);
		rt_str_add(out, "SELECT pg_catalog.format_type(atttypid, "
				"atttypmod) FROM pg_catalog.pg_attribute "
				"WHERE attrelid = pg_catalog.to_regclass(");
		rt_dialect_literal(out, t->dialect, rt_str_sv(&name));
		rt_str_add(out, ") AND attname = 'version_num'");
	} else {
		rt_str_add(out, "SELECT type FROM pragma_table_info(");
		rt_dialect_literal(out, t->dialect, rt_sv_from(t->table));
		rt_str_add(out, ") WHERE name = 'version_num' "
				"COLLATE NOCASE");
	}
	rt_str_free(&name);
}

/* What stands in the parentheses of "character varying(255)". */
static size_t width_of(const char *type)
{
	const char *open = type ? strchr(type, '(') : NULL;
	unsigned long width = open ? strtoul(open + 1, NULL, 10) : 0;

	return width ? width : SIZE_MAX;
}

int rt_vertab_width(const rt_vertab *t, rt_conn *conn, size_t *width,
		    retort_error *err)
{
	rt_str sql = RT_STR_INIT;
	rt_answer answer;
	int rc;

	add_width_query(t, &sql);
	rc = rt_conn_query(conn, sql.p, &answer, err);
	rt_str_free(&sql);
	if (!rc)
		*width = answer.n_rows ? width_of(rt_answer_cell(&answer, 0, 0))
				       : RT_VERTAB_ID_LIMIT;
	return rc;
}

/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint64_t add_hash(uint64_t hash, const char *text)
{
	do {
		hash ^= (unsigned char)*text;
		hash *= UINT64_C(0x100000001b3);
	} while (*text++); /* the NUL keeps the two names apart */
	return hash;
}

uint64_t rt_vertab_lock_key(const rt_vertab *t)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	hash = add_hash(hash, t->schema ? t->schema : "");
	return add_hash(hash, t->table);
}
