/* SPDX-License-Identifier: MIT */
/*
 * Which arguments are known: a row per callable.  An argument that is not
 * in its row is not dropped in silence, for it might change the outcome.
 */
#include "config.h"

#include "alembic/am.h"

#include <string.h>

enum { ANY = 99 };

#define DEFER "deferrable initially "
#define FK DEFER "onupdate ondelete match postgresql_not_valid "
#define KEY DEFER "postgresql_include sqlite_on_conflict "
#define UNIQUE KEY "postgresql_nulls_not_distinct "
#define TABLE                                                                 \
	"schema comment prefixes sqlite_autoincrement sqlite_with_rowid "     \
	"sqlite_strict postgresql_partition_by postgresql_inherits "          \
	"postgresql_using postgresql_on_commit postgresql_tablespace "
#define TABLE_TALK                                                            \
	"info extend_existing keep_existing implicit_returning "
#define INDEX                                                                 \
	"postgresql_using postgresql_where postgresql_include "               \
	"postgresql_ops postgresql_with postgresql_tablespace "               \
	"postgresql_concurrently postgresql_nulls_not_distinct sqlite_where "

static const struct row {
	const char *name;
	size_t most;          /* arguments without a name */
	const char *used;     /* keywords that we act upon */
	const char *harmless; /* keywords that make no difference to DDL */
} rows[] = {
	/* op, and with one place less a batch */
	{ "add_column", 2, "table_name column schema if_not_exists "
	  "inline_references inline_primary_key", "" },
	{ "alter_column", 2, "table_name column_name nullable comment "
	  "server_default new_column_name type_ schema existing_type "
	  "existing_server_default postgresql_using",
	  "existing_nullable existing_comment existing_autoincrement "
	  "autoincrement" },
	{ "batch_alter_table", 2, "table_name schema recreate copy_from "
	  "table_args table_kwargs reflect_args reflect_kwargs "
	  "naming_convention partial_reordering", "" },
	{ "bulk_insert", 3, "table rows", "multiinsert" },
	{ "create_check_constraint", 3, "constraint_name table_name "
	  "condition schema postgresql_not_valid " DEFER, "info" },
	{ "create_exclude_constraint", ANY, "constraint_name table_name "
	  "schema where using ops " DEFER, "" },
	{ "create_foreign_key", 5, "constraint_name source_table "
	  "referent_table local_cols remote_cols source_schema "
	  "referent_schema " FK, "info use_alter" },
	{ "create_index", 3, "index_name table_name columns schema unique "
	  "if_not_exists " INDEX, "info" },
	{ "create_primary_key", 3, "constraint_name table_name columns "
	  "schema " KEY, "info" },
	{ "create_table", ANY, "table_name if_not_exists " TABLE,
	  TABLE_TALK },
	{ "create_table_comment", 2, "table_name comment schema",
	  "existing_comment" },
	{ "create_unique_constraint", 3, "constraint_name table_name columns "
	  "schema " UNIQUE, "info" },
	{ "drop_column", 2, "table_name column_name schema if_exists",
	  "existing_type existing_nullable existing_server_default" },
	{ "drop_constraint", 3, "constraint_name table_name schema if_exists",
	  "type_" },
	{ "drop_index", 2, "index_name table_name schema if_exists "
	  "postgresql_concurrently", "unique " INDEX },
	{ "drop_table", 1, "table_name schema if_exists", TABLE TABLE_TALK },
	{ "drop_table_comment", 1, "table_name schema", "existing_comment" },
	{ "execute", 2, "sqltext", "execution_options" },
	{ "f", 1, "name", "" },
	{ "inline_literal", 2, "value type_", "" },
	{ "rename_table", 2, "old_table_name new_table_name schema", "" },
	/* sa */
	{ "CheckConstraint", 2, "sqltext name postgresql_not_valid " DEFER,
	  "info" },
	{ "Column", ANY, "name type_ server_default primary_key unique index "
	  "nullable autoincrement comment default",
	  "info doc onupdate server_onupdate insert_default" },
	{ "Computed", 2, "sqltext persisted", "" },
	{ "CreateSequence", 1, "element if_not_exists", "" },
	{ "CreateSchema", 1, "name if_not_exists", "" },
	{ "DropSequence", 1, "element if_exists", "" },
	{ "DropSchema", 1, "name if_exists cascade", "" },
	{ "ExcludeConstraint", ANY, "name where using ops " DEFER, "info" },
	{ "ForeignKey", 1, "name use_alter " FK, "info" },
	{ "ForeignKeyConstraint", 3, "columns refcolumns name use_alter " FK,
	  "info" },
	{ "Identity", 1, "always start increment minvalue maxvalue "
	  "nominvalue nomaxvalue cycle cache", "on_null" },
	{ "Index", ANY, "name unique " INDEX, "info" },
	{ "MetaData", 0, "", "info bind" },
	{ "PrimaryKeyConstraint", ANY, "name " KEY, "info" },
	{ "Sequence", 1, "name schema start increment minvalue maxvalue "
	  "cache", "optional metadata" },
	{ "Table", ANY, TABLE, TABLE_TALK "autoload autoload_with" },
	{ "UniqueConstraint", ANY, "name " UNIQUE, "info" },
	{ "column", 2, "text type_ name", "" },
};

#define OPTIONS                                                               \
	"autocommit synchronize_session stream_results yield_per "            \
	"compiled_cache no_parameters logging_token max_row_buffer "          \
	"preserve_rowcount"

/* Core: "verb.method" of a statement, "sa.name", ".method" of a column. */
static const struct row core_rows[] = {
	{ "delete.execution_options", 0, "", OPTIONS },
	{ "delete.filter", ANY, "", "" },
	{ "delete.returning", ANY, "", "" },
	{ "delete.where", ANY, "", "" },
	{ "insert.execution_options", 0, "", OPTIONS },
	{ "insert.from_select", 2, "names select", "" },
	{ "insert.inline", 0, "", "" },
	{ "insert.on_conflict_do_nothing", 0, "constraint index_elements "
	  "index_where", "" },
	{ "insert.on_conflict_do_update", 0, "constraint index_elements "
	  "index_where set_ where", "" },
	{ "insert.return_defaults", ANY, "", "" },
	{ "insert.returning", ANY, "", "" },
	{ "insert.values", ANY, NULL, "" },
	{ "select.as_scalar", 0, "", "" },
	{ "select.distinct", 0, "", "" },
	{ "select.execution_options", 0, "", OPTIONS },
	{ "select.exists", 0, "", "" },
	{ "select.filter", ANY, "", "" },
	{ "select.limit", 1, "", "" },
	{ "select.order_by", ANY, "", "" },
	{ "select.scalar_subquery", 0, "", "" },
	{ "select.select_from", ANY, "", "" },
	{ "select.where", ANY, "", "" },
	{ "update.execution_options", 0, "", OPTIONS },
	{ "update.filter", ANY, "", "" },
	{ "update.inline", 0, "", "" },
	{ "update.return_defaults", ANY, "", "" },
	{ "update.returning", ANY, "", "" },
	{ "update.values", ANY, NULL, "" },
	{ "update.where", ANY, "", "" },
	/* the verbs, as functions and as methods of a table */
	{ "sa.delete", 2, "table whereclause", "" },
	{ "sa.insert", 1, "table", "inline" },
	{ "sa.select", ANY, "", "" },
	{ "sa.update", 2, "table whereclause values", "inline" },
	{ ".delete", 1, "whereclause", "" },
	{ ".insert", 0, "", "inline" },
	{ ".select", 0, "", "" },
	{ ".update", 1, "whereclause values", "inline" },
	{ "sa.execution_options", 0, "", OPTIONS },
	/* what stands in expressions */
	{ "sa.table", ANY, "schema name comment", "" },
	{ "sa.bindparam", 3, "key value type_ expanding",
	  "unique required literal_execute" },
	{ "sa.case", ANY, "else_ value", "" },
	{ "sa.column", 2, "text type_ name", "" },
	{ "sa.func", ANY, "", "type_" },
	{ "sa.inline_literal", 2, "value type_", "" },
	{ "sa.literal", 2, "value type_", "literal_execute" },
	{ "sa.literal_column", 2, "text type_", "" },
	{ "sa.text", 1, "text", "" },
	{ ".ilike", 1, "escape", "" },
	{ ".like", 1, "escape", "" },
	{ ".not_like", 1, "escape", "" },
	{ ".notlike", 1, "escape", "" },
	{ ".op", 1, "", "is_comparison return_type" },
	/* objects that are made and dropped by themselves */
	{ ".create", 2, "bind checkfirst", "" },
	{ ".drop", 2, "bind checkfirst", "" },
};

static bool lists(const char *words, rt_sv word)
{
	while (*words) {
		size_t n = strcspn(words, " ");

		if (rt_sv_eq((rt_sv){ words, n }, word))
			return true;
		words += n;
		words += *words == ' ';
	}
	return false;
}

/* `mysql_engine`: what another database would be told. */
static bool is_foreign(const rt_am *am, rt_sv keyword)
{
	static const char *const dialects[] = {
		"mysql_", "mariadb_", "mssql_", "oracle_", "cockroachdb_",
	};
	size_t i;

	for (i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++)
		if (rt_sv_starts(keyword, dialects[i]))
			return true;
	return rt_sv_starts(keyword, am->pg ? "sqlite_" : "postgresql_");
}

/* Whether a row has all that a call gives. */
static bool fits(rt_am *am, const struct row *row, const rt_py_call *call)
{
	size_t i;

	if (call->n > row->most)
		return rt_am_fail(am, NULL, "%s() has an argument that is "
				  "not known", row->name);
	for (i = 0; i < call->n_kw; i++) {
		const rt_sv word = call->kw[i].name;

		if (row->used && lists(row->used, word)) {
			/* Who reads it might take it for absent. */
			if (call->kw[i].value->kind == RT_PY_V_OPAQUE &&
			    !rt_sv_starts(word, "existing_"))
				return rt_am_fail(am, call->kw[i].value,
						  "%s=", row->name);
			continue;
		}
		if (!row->used || lists(row->harmless, word) ||
		    is_foreign(am, word) || rt_am_is_none(call->kw[i].value))
			continue;
		return rt_am_fail(am, NULL, "the argument %.*s= of %s() is "
				  "not known", (int)word.n, word.p,
				  row->name);
	}
	return true;
}

bool rt_am_keywords(rt_am *am, rt_sv name, const rt_py_call *call)
{
	const struct row *row = NULL;
	size_t i;

	for (i = 0; !row && i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rt_sv_is(name, rows[i].name))
			row = &rows[i];
	return !row || !call || fits(am, row, call);
}

bool rt_am_core_keywords(rt_am *am, const char *of, rt_sv name,
			 const rt_py_call *call)
{
	static const struct row none = { "a method", ANY, "", "" };
	const size_t n = strlen(of);
	const struct row *row = NULL;
	size_t i;

	for (i = 0; !row && i < sizeof(core_rows) / sizeof(core_rows[0]); i++)
		if (strncmp(core_rows[i].name, of, n) == 0 &&
		    core_rows[i].name[n] == '.' &&
		    rt_sv_is(name, core_rows[i].name + n + 1))
			row = &core_rows[i];
	if (!row && n && strcmp(of, "sa") != 0)
		return rt_am_fail(am, NULL, "%s().%.*s() is not known", of,
				  (int)name.n, name.p);
	return fits(am, row ? row : &none, call);
}

bool rt_am_type_keywords(rt_am *am, const char *type, const char *params,
			 const rt_py_call *call)
{
	/* How Python sees the values; and what enums and their like read. */
	static const char common[] =
		"as_uuid asdecimal decimal_return_scale none_as_null "
		"astext_type zero_indexes validate_strings metadata "
		"omit_aliases sort_key_function pickler comparator "
		"protocol convert_unicode unicode_error as_tuple "
		"text_type data_type values_callable _create_events "
		"length name schema create_constraint create_type "
		"native_enum";
	size_t i;

	for (i = 0; call && i < call->n_kw; i++) {
		const rt_sv word = call->kw[i].name;

		if (lists(params, word) || lists(common, word) ||
		    rt_am_is_none(call->kw[i].value) ||
		    (rt_sv_is(word, "inherit_schema") &&
		     rt_py_truth_of(am->ev, call->kw[i].value) == RT_PY_FALSY))
			continue;
		return rt_am_fail(am, NULL, "the argument %.*s= of the type "
				  "%s is not known", (int)word.n, word.p,
				  type);
	}
	return true;
}
