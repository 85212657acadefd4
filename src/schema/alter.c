/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "schema/alter.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "schema/dialect.h"

/* Every dialect that has a model; NULL-ended. */
static const rt_alterer *const alterers[] = {
	&rt_alterer_postgres,
	&rt_alterer_sqlite,
	NULL,
};

int rt_alter(const retort_diff *diff, const rt_alter_options *options,
	     rt_ddl_list *out, retort_error *err)
{
	retort_dialect dialect = diff->before->dialect;
	size_t i;

	for (i = 0; alterers[i]; i++)
		if (alterers[i]->dialect == dialect)
			return alterers[i]->alter(diff, options, out, err);
	return rt_err_set(err, RETORT_EUNSUPPORTED,
			  "cannot write schema changes for %s",
			  retort_dialect_name(dialect));
}

int retort_diff_sql(const retort_diff *diff, char **sql, retort_error *err)
{
	rt_alter_options options = { false };
	rt_ddl_list list = RT_DDL_LIST_INIT;
	rt_str out = RT_STR_INIT;
	size_t i;
	int rc;

	rc = rt_alter(diff, &options, &list, err);
	for (i = 0; rc == 0 && i < list.list.n; i++) {
		if (list.list.v[i].note)
			rt_str_addf(&out, "-- %s\n", list.list.v[i].note);
		rt_str_addf(&out, "%s;\n", list.list.v[i].sql);
	}
	rt_ddl_list_free(&list);
	if (rc == 0)
		*sql = rt_str_take(&out);
	rt_str_free(&out);
	return rc;
}

/* What ALTER is said to. */
typedef struct rename_form {
	retort_kind kind;
	unsigned dialects; /* bit (1 << dialect) */
	const char *form;  /* "TABLE"; behind ALTER */
	bool of_table;     /* ALTER names the table it belongs to */
	const char *part;  /* "COLUMN "; behind RENAME */
} rename_form;

enum {
	SQLITE = 1 << RETORT_DIALECT_SQLITE,
	POSTGRESQL = 1 << RETORT_DIALECT_POSTGRESQL
};

static const rename_form forms[] = {
	{ RETORT_KIND_TABLE, SQLITE | POSTGRESQL, "TABLE", false, "" },
	{ RETORT_KIND_FOREIGN_TABLE, POSTGRESQL, "FOREIGN TABLE", false, "" },
	{ RETORT_KIND_VIRTUAL_TABLE, SQLITE, "TABLE", false, "" },
	{ RETORT_KIND_COLUMN, SQLITE | POSTGRESQL, "TABLE", true, "COLUMN " },
	{ RETORT_KIND_PRIMARY_KEY, POSTGRESQL, "TABLE", true, "CONSTRAINT " },
	{ RETORT_KIND_UNIQUE, POSTGRESQL, "TABLE", true, "CONSTRAINT " },
	{ RETORT_KIND_CHECK, POSTGRESQL, "TABLE", true, "CONSTRAINT " },
	{ RETORT_KIND_EXCLUSION, POSTGRESQL, "TABLE", true, "CONSTRAINT " },
	{ RETORT_KIND_FOREIGN_KEY, POSTGRESQL, "TABLE", true, "CONSTRAINT " },
	{ RETORT_KIND_INDEX, POSTGRESQL, "INDEX", false, "" },
	{ RETORT_KIND_VIEW, POSTGRESQL, "VIEW", false, "" },
	{ RETORT_KIND_MATERIALIZED_VIEW, POSTGRESQL, "MATERIALIZED VIEW",
	  false, "" },
	{ RETORT_KIND_SEQUENCE, POSTGRESQL, "SEQUENCE", false, "" },
	{ RETORT_KIND_ENUM, POSTGRESQL, "TYPE", false, "" },
	{ RETORT_KIND_COMPOSITE, POSTGRESQL, "TYPE", false, "" },
	{ RETORT_KIND_RANGE, POSTGRESQL, "TYPE", false, "" },
	{ RETORT_KIND_DOMAIN, POSTGRESQL, "DOMAIN", false, "" },
	{ RETORT_KIND_FUNCTION, POSTGRESQL, "FUNCTION", false, "" },
	{ RETORT_KIND_PROCEDURE, POSTGRESQL, "PROCEDURE", false, "" },
	{ RETORT_KIND_AGGREGATE, POSTGRESQL, "AGGREGATE", false, "" },
	{ RETORT_KIND_SCHEMA, POSTGRESQL, "SCHEMA", false, "" },
	{ RETORT_KIND_STATISTICS, POSTGRESQL, "STATISTICS", false, "" },
};

static const rename_form *form_of(retort_kind kind, retort_dialect dialect)
{
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (forms[i].kind == kind && forms[i].dialects >> dialect & 1)
			return &forms[i];
	return NULL;
}

int rt_rename(const retort_schema *schema, size_t object, const char *to,
	      rt_ddl_list *out, retort_error *err)
{
	const rt_object *o = &schema->v[object];
	const rename_form *form = form_of(o->kind, schema->dialect);
	rt_str of = RT_STR_INIT, part = RT_STR_INIT, name = RT_STR_INIT;

	if (!form)
		return rt_err_set(err, RETORT_EUNSUPPORTED,
				  "%s cannot rename a %s",
				  retort_dialect_name(schema->dialect),
				  retort_kind_word(o->kind));
	rt_object_sql(&of, schema, form->of_table ? o->parent : object);
	if (form->of_table) {
		rt_str_add(&part, form->part);
		rt_object_sql(&part, schema, object);
		rt_str_addc(&part, ' ');
	}
	rt_dialect_identifier(&name, schema->dialect, rt_sv_from(to));
	rt_ddl_add(out, "ALTER %s %s RENAME %sTO %s", form->form, of.p, part.p,
		   name.p);
	rt_str_free(&of);
	rt_str_free(&part);
	rt_str_free(&name);
	return 0;
}
