/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/step/foreign.h"

#include <string.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/proc.h"
#include "engine/project/database.h"
#include "text/sqlsplit.h"

static const char setting[] = "alembic_command";

bool rt_foreign_is_set(retort_project *project)
{
	return project && rt_settings_is_set(project->settings, setting) &&
	       rt_project_is_own(project);
}

static void add_line(void *self, rt_sv line)
{
	rt_str *out = self;

	if (out->n > RT_FS_LIMIT)
		return;
	rt_str_addsv(out, line);
	rt_str_addc(out, '\n');
}

/* The command with its words behind it, in the project's folder. */
static int call(retort_project *project, const char *const *more, bool sql,
		rt_str *out, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	rt_proc proc = { .line = add_line, .self = out, .only_output = sql,
			 .no_errors = sql };
	const char *command, **argv;
	retort_names words;
	int rc, status = 0;
	size_t i;

	rc = rt_settings_get(project->settings, setting, &command, err);
	if (rc == 0)
		rc = rt_proc_split(&arena, rt_sv_from(command), &words, err);
	if (rc)
		goto out;
	argv = rt_arena_calloc(&arena, words.n + 4, sizeof(*argv));
	for (i = 0; i < words.n; i++)
		argv[i] = words.v[i];
	for (; *more; more++)
		argv[i++] = *more;
	proc.argv = argv;
	proc.cwd = rt_settings_directory(project->settings);
	rc = rt_proc_run(&proc, &status, err);
	if (rc == 0 && status) {
		rc = rt_err_set(err, RETORT_EHOOK,
				"%s ended with status %d", setting, status);
		if (out->n && !sql)
			rt_err_field_sv(err, RETORT_ERROR_DETAIL,
					rt_sv_trim(rt_str_sv(out)));
	}
out:
	rt_arena_free(&arena);
	return rc;
}

/* --- preview ------------------------------------------------------------- */

/* Statements of Alembic's own: they name the version table first. */
static bool is_version(rt_sv sql, const rt_vertab *table)
{
	static const char *const heads[] = {
		"CREATE TABLE ", "INSERT INTO ", "UPDATE ", "DELETE FROM ",
	};
	size_t i;

	for (i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		rt_sv rest = sql, name = rt_sv_from(table->table);

		if (!rt_sv_starts(sql, heads[i]))
			continue;
		rest = rt_sv_sub(sql, strlen(heads[i]), sql.n);
		if (table->schema && rt_sv_starts(rest, table->schema))
			rest = rt_sv_sub(rest, strlen(table->schema) + 1,
					 rest.n);
		if (rt_sv_starts(rest, table->table) && rest.n > name.n &&
		    (rest.p[name.n] == ' ' || rest.p[name.n] == '('))
			return true;
	}
	return false;
}

static void keep(const rt_sql_statements *list, const rt_vertab *table,
		 rt_str *sql, bool *transaction)
{
	bool open = false, framed = false;
	size_t i;

	for (i = 0; i < list->n; i++) {
		const rt_sql_statement *s = &list->v[i];

		if (s->kind == RT_SQL_TRANSACTION) {
			open = rt_sv_starts(s->sql, "BEGIN");
			framed = true;
			continue;
		}
		if (is_version(s->sql, table))
			continue;
		rt_str_addsv(sql, s->sql);
		rt_str_add(sql, ";\n");
		*transaction &= open || !framed;
	}
}

/* "DOWN:REV", or the way back. */
static int name_range(const retort_revision *rev, retort_op op, rt_str *out,
		      retort_error *err)
{
	const char *down = rev->down.n ? rev->down.v[0] : "base";

	if (rev->down.n > 1)
		return rt_err_set(err, RETORT_EREFUSED,
				  "alembic has no --sql of the merge %s alone",
				  rev->id);
	if (op == RETORT_OP_UPGRADE)
		rt_str_addf(out, "%s:%s", rev->down.n ? down : "base",
			    rev->id);
	else
		rt_str_addf(out, "%s:%s", rev->id, down);
	return 0;
}

int rt_foreign_preview(retort_project *project,
		       const retort_revision *revision, retort_op op,
		       retort_dialect dialect, rt_str *sql, bool *transaction,
		       retort_error *err)
{
	rt_sql_statements list = RT_VEC_INIT;
	rt_str range = RT_STR_INIT, out = RT_STR_INIT;
	rt_place place;
	size_t at;
	int rc;

	*transaction = true;
	rc = rt_place_read(project, dialect, &place, err);
	if (rc == 0)
		rc = name_range(revision, op, &range, err);
	if (rc == 0) {
		const char *const more[] = { retort_op_name(op), range.p,
					     "--sql", NULL };

		rc = call(project, more, true, &out, err);
	}
	if (rc == 0)
		rc = rt_sql_split(rt_str_sv(&out), dialect, &list, &at, err);
	if (rc == 0)
		keep(&list, &place.vertab, sql, transaction);
	rt_vec_free(&list);
	rt_str_free(&range);
	rt_str_free(&out);
	return rc;
}

/* --- running ------------------------------------------------------------- */

/* `alembic downgrade PARENT` takes back all that builds upon the parent; it
 * is the revision alone where the table has no other row. */
static int check_downgrade(const retort_revision *rev,
			   const retort_names *rows, retort_error *err)
{
	int rc;

	if (rows->n == 1 && rev->down.n <= 1 && rev->depends_on.n == 0)
		return 0;
	rc = rt_err_set(err, RETORT_EREFUSED,
			"alembic cannot be told to take back %s alone",
			rev->id);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "downgrade with alembic itself; retort goes on from "
		     "there");
	return rc;
}

int rt_foreign_run(retort_project *project, const retort_revision *revision,
		   retort_op op, const retort_names *rows, retort_error *err)
{
	bool up = op == RETORT_OP_UPGRADE;
	const char *const more[] = {
		retort_op_name(op),
		up ? revision->id :
		     revision->down.n ? revision->down.v[0] : "base",
		NULL
	};
	rt_str out = RT_STR_INIT;
	int rc = up ? 0 : check_downgrade(revision, rows, err);

	if (rc == 0)
		rc = call(project, more, false, &out, err);
	rt_str_free(&out);
	return rc;
}
