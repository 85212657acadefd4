/* SPDX-License-Identifier: MIT */
/*
 * SQL as Python: a call of op.execute() for each statement, such that
 * SQLAlchemy hands the database the same bytes.
 */
#include "config.h"

#include "base/err.h"
#include "revfmt/alembic.h"
#include "text/colon.h"
#include "text/sqlsplit.h"

/* Whether the character at `at` wants a backslash before it, so that text()
 * leaves it alone. */
static bool wants_escape(rt_colon *colon, rt_sv sql, size_t at)
{
	size_t end;

	if (sql.p[at] == ':')
		return rt_colon_is_param(colon, sql, at, &end);
	return sql.p[at] == '\\' &&
	       rt_colon_is_escape(colon, sql, at, &end);
}

/* The statement between triple quotes. */
static void add_text(rt_sv sql, rt_str *out)
{
	rt_colon colon = RT_COLON_INIT;
	size_t i;

	for (i = 0; i < sql.n; i++) {
		char c = sql.p[i], next = i + 1 < sql.n ? sql.p[i + 1] : '"';

		if (wants_escape(&colon, sql, i))
			rt_str_add(out, "\\\\");
		if (c == '\\')
			rt_str_add(out, "\\\\");
		else if (c == '\r')
			rt_str_add(out, "\\r");
		else if (c == '"' && next == '"')
			rt_str_add(out, "\\\"");
		else
			rt_str_addc(out, c);
	}
	rt_colon_free(&colon);
}

/* Comments between statements are for the reader, and stay. */
static void add_comments(rt_sv between, const char *indent, rt_str *out)
{
	rt_sv line;

	while (rt_sv_line(&between, &line)) {
		line = rt_sv_trim(line);
		if (rt_sv_starts(line, "--"))
			rt_str_addf(out, "%s#%.*s\n", indent, (int)line.n - 2,
				    line.p + 2);
	}
}

static int refuse(const char *path, const rt_sql_statement *st,
		  retort_error *err)
{
	rt_err_set(err, RETORT_EREFUSED,
		   "op.execute() cannot take this kind of statement");
	rt_err_at(err, path, 0, 0);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "write this revision with an editor");
	rt_err_field_sv(err, RETORT_ERROR_STATEMENT, st->sql);
	return RETORT_EREFUSED;
}

/* What the rebuild of a table of SQLite says before it. */
static bool is_guard(rt_sv sql)
{
	return rt_sv_is_nocase(sql, "PRAGMA foreign_keys = OFF");
}

/*
 * The guard works in no transaction, and Python's driver begins one with the
 * first row that is written.  So it comes before everything; and should
 * env.py have begun one, it had better fail than lose rows.
 */
static void add_guard(const rt_sql_statements *list, const char *indent,
		      rt_str *out)
{
	size_t i;

	for (i = 0; i < list->n && !is_guard(list->v[i].sql); i++)
		;
	if (i == list->n)
		return;
	rt_str_addf(out, "%sop.execute(\"\"\"%.*s\"\"\")\n", indent,
		    (int)list->v[i].sql.n, list->v[i].sql.p);
	rt_str_addf(out, "%sop.execute(\"\"\"SELECT CASE WHEN foreign_keys "
		    "THEN abs(-9223372036854775808) END\n"
		    "-- overflows where foreign keys are enforced still: DROP "
		    "TABLE would delete rows\n"
		    "FROM pragma_foreign_keys\"\"\")\n", indent);
}

int rt_alembic_add_sql(const char *path, const retort_section *section,
		       const char *indent, rt_str *out, retort_error *err)
{
	rt_sql_statements list = RT_VEC_INIT;
	rt_sv sql = rt_sv_from(section->sql);
	const char *deeper = section->transaction ? "" : "    ";
	rt_str inner = RT_STR_INIT;
	size_t at = 0, i;
	int rc = rt_sql_split(sql, RETORT_DIALECT_ANY, &list, &at, err);

	rt_str_addf(&inner, "%s%s", indent, deeper);
	if (!rc && list.n && !section->transaction)
		rt_str_addf(out, "%swith op.get_context().autocommit_block()"
			    ":\n", indent);
	if (!rc)
		add_guard(&list, inner.p, out);
	for (at = i = 0; i < list.n && !rc; i++) {
		const rt_sql_statement *st = &list.v[i];

		if (is_guard(st->sql))
			continue;

		if (st->kind != RT_SQL_ORDINARY) {
			rc = refuse(path, st, err);
			break;
		}
		add_comments(rt_sv_sub(sql, at, st->offset - at), inner.p, out);
		rt_str_addf(out, "%sop.execute(\"\"\"", inner.p);
		add_text(st->sql, out);
		rt_str_add(out, "\"\"\")\n");
		at = st->offset + st->sql.n;
	}
	rt_str_free(&inner);
	rt_vec_free(&list);
	return rc;
}
