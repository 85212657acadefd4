/* SPDX-License-Identifier: MIT */
/*
 * SQLite's catalog is text.  Three statements, whatever the size: the version
 * and what belongs to virtual tables; the columns as SQLite sees them, to be
 * sure of what we read; the text.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "db/inspect.h"
#include "schema/sqlite_catalog.h"

typedef struct inspection {
	rt_conn *conn;
	const rt_inspect_options *options;
	rt_arena arena;
	int version;      /* 3040001 */
	rt_map shadows;   /* tables that a virtual table keeps its rows in */
	rt_map columns;   /* table -> place in `lists` */
	RT_VEC(const char *) lists; /* "a\x1fb" */
	rt_sqlite_catalog catalog;
} inspection;

/* pragma_table_list is there since 3.37, and so is "shadow". */
enum { KNOWS_SHADOWS = 3037000 };

static int read_version(inspection *in, retort_error *err)
{
	int major = 0, minor = 0, patch = 0;
	const char *text;
	rt_answer answer;
	char *end;
	int rc;

	rc = rt_conn_query(in->conn, "SELECT sqlite_version()", &answer, err);
	if (rc)
		return rc;
	text = rt_answer_cell(&answer, 0, 0);
	major = (int)strtol(text, &end, 10);
	if (*end == '.')
		minor = (int)strtol(end + 1, &end, 10);
	if (*end == '.')
		patch = (int)strtol(end + 1, &end, 10);
	in->version = major * 1000000 + minor * 1000 + patch;
	return 0;
}

static int read_shadows(inspection *in, retort_error *err)
{
	rt_answer answer;
	size_t i;
	int rc;

	if (in->version < KNOWS_SHADOWS)
		return 0;
	rc = rt_conn_query(in->conn,
			   "SELECT name FROM pragma_table_list "
			   "WHERE schema = 'main' AND type = 'shadow'",
			   &answer, err);
	for (i = 0; rc == 0 && i < answer.n_rows; i++)
		rt_map_add(&in->shadows,
			   rt_sv_from(rt_arena_strdup(
				   &in->arena, rt_answer_cell(&answer, i, 0))),
			   i);
	return rc;
}

static int read_columns(inspection *in, retort_error *err)
{
	rt_answer answer;
	size_t i;
	int rc;

	/* A virtual table would need its module loaded. */
	rc = rt_conn_query(
		in->conn,
		"SELECT m.name, group_concat(x.name, char(31)) "
		"FROM main.sqlite_master m, "
		"pragma_table_xinfo(m.name, 'main') x "
		"WHERE m.type = 'table' "
		"AND m.sql NOT LIKE 'create virtual%' GROUP BY m.name",
		&answer, err);
	for (i = 0; rc == 0 && i < answer.n_rows; i++) {
		const char *name, *list;

		name = rt_arena_strdup(&in->arena,
				       rt_answer_cell(&answer, i, 0));
		list = rt_arena_strdup(&in->arena,
				       rt_answer_cell(&answer, i, 1));
		rt_map_add(&in->columns, rt_sv_from(name), in->lists.n);
		rt_vec_push(&in->lists, list);
	}
	return rc;
}

/* Whether we have read the columns that SQLite sees. */
static int check_columns(const inspection *in, const rt_sqlite_entry *entry,
			 retort_error *err)
{
	const rt_map_entry *found;
	rt_str list = RT_STR_INIT;
	bool same;
	size_t i;

	if (entry->read.kind != RT_SQLITE_TABLE)
		return 0;
	for (i = 0; i < entry->read.columns.n; i++)
		rt_str_addf(&list, "%s%s", i ? "\x1f" : "",
			    entry->read.columns.v[i].name);
	found = rt_map_find(&in->columns, rt_sv_from(entry->read.name));
	same = found && !strcmp(in->lists.v[found->value], list.p);
	rt_str_free(&list);
	if (same)
		return 0;
	return rt_err_set(err, RETORT_EUNSUPPORTED,
			  "cannot read the definition of table %s",
			  entry->read.name);
}

static bool is_own(const inspection *in, const char *name)
{
	const rt_inspect_options *o = in->options;

	if (!strncasecmp(name, "sqlite_", strlen("sqlite_")))
		return true;
	if (o->version_table && !strcasecmp(name, o->version_table))
		return true;
	return o->journal && !strcasecmp(name, "retort_journal");
}

/* By the table it belongs to: an index of the journal is the journal's. */
static bool is_left_out(const inspection *in, const char *name,
			const char *table)
{
	return is_own(in, name) || is_own(in, table) ||
	       rt_map_find(&in->shadows, rt_sv_from(table));
}

static int read_texts(inspection *in, retort_error *err)
{
	rt_answer answer;
	size_t i;
	int rc;

	/* The indexes of constraints have no text. */
	rc = rt_conn_query(in->conn,
			   "SELECT type, name, tbl_name, sql "
			   "FROM main.sqlite_master WHERE sql IS NOT NULL",
			   &answer, err);
	for (i = 0; rc == 0 && i < answer.n_rows; i++) {
		const rt_sqlite_entry *entry;

		if (is_left_out(in, rt_answer_cell(&answer, i, 1),
				rt_answer_cell(&answer, i, 2)))
			continue;
		entry = rt_sqlite_catalog_add(&in->catalog,
					      rt_answer_cell(&answer, i, 0),
					      rt_answer_cell(&answer, i, 3));
		rc = check_columns(in, entry, err);
	}
	return rc;
}

static int inspect(rt_conn *conn, const rt_inspect_options *options,
		   retort_schema **schema, retort_error *err)
{
	inspection in = { .conn = conn, .options = options,
			  .catalog = RT_SQLITE_CATALOG_INIT };
	rt_schema_builder *b;
	int rc;

	rc = read_version(&in, err);
	if (rc == 0)
		rc = read_shadows(&in, err);
	if (rc == 0)
		rc = read_columns(&in, err);
	if (rc == 0)
		rc = read_texts(&in, err);
	if (rc == 0) {
		b = rt_schema_begin(RETORT_DIALECT_SQLITE, in.version);
		rt_sqlite_catalog_build(&in.catalog, b);
		*schema = rt_schema_end(b);
	}
	rt_sqlite_catalog_free(&in.catalog);
	rt_vec_free(&in.lists);
	rt_map_free(&in.columns);
	rt_map_free(&in.shadows);
	rt_arena_free(&in.arena);
	return rc;
}

const rt_inspector rt_inspector_sqlite = {
	.dialect = RETORT_DIALECT_SQLITE,
	.inspect = inspect,
};
