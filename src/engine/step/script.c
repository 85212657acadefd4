/* SPDX-License-Identifier: MIT */
/* What a step would run: the section of its file, cut into statements. */
#include "config.h"

#include "engine/step/script.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "engine/project/project.h"
#include "engine/scratch/shadow.h"
#include "engine/step/foreign.h"
#include "revfmt/format.h"

struct retort_script {
	rt_str text; /* of the whole file; the statements are parts of it */
	rt_arena arena;
	retort_statement *statements;
	size_t n;
	bool in_transaction;
	bool foreign; /* alembic says so, and shall run it */
	const char *section; /* the section's text */
};

static int no_section(const retort_revision *rev, bool up,
		      retort_dialect dialect, retort_error *err)
{
	rt_err_set(err, RETORT_EREFUSED,
		   "revision %s has no migrate:%s section for %s", rev->id,
		   up ? "up" : "down", retort_dialect_name(dialect));
	rt_err_at(err, rev->path, 0, 0);
	rt_err_field(err, RETORT_ERROR_REVISION, "%s", rev->id);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "write a `-- migrate:%s` section; empty if nothing is to "
		     "be done", up ? "up" : "down");
	return RETORT_EREFUSED;
}

/*
 * Line and column of each statement; statements come in the order of the
 * file, so each position is counted from the one before.
 */
static void add_statement(retort_script *s, const rt_sql_statement *from,
			  retort_statement *before)
{
	retort_statement *to = &s->statements[s->n];
	size_t start = s->n ? before->offset : 0;
	rt_sv between = rt_sv_sub(rt_str_sv(&s->text), start,
				  from->offset - start);

	to->sql = from->sql.p;
	to->length = from->sql.n;
	to->offset = from->offset;
	rt_sv_position(between, between.n, &to->line, &to->column);
	if (s->n) {
		if (to->line == 1)
			to->column += before->column - 1;
		to->line += before->line - 1;
	}
	to->autocommit = !s->in_transaction;
	if (from->kind == RT_SQL_COPY_IN) {
		to->copy_data = from->data.p;
		to->copy_length = from->data.n;
	}
	s->n++;
}

static int cut(retort_script *s, const rt_format *format, const char *path,
	       const rt_section *section, retort_dialect dialect,
	       retort_error *err)
{
	rt_sql_statements list = RT_VEC_INIT;
	rt_sv text = rt_str_sv(&s->text);
	size_t i;
	int rc;

	s->in_transaction = section->transaction;
	s->section = rt_arena_strsv(
		&s->arena, rt_sv_sub(text, section->start,
				     section->end - section->start));
	rc = format->statements(path, text, section, dialect, &list, err);
	if (!rc)
		s->statements = rt_arena_calloc(&s->arena, list.n,
						sizeof(*s->statements));
	for (i = 0; i < list.n && !rc; i++)
		add_statement(s, &list.v[i],
			      i ? &s->statements[i - 1] : NULL);
	rt_vec_free(&list);
	return rc;
}

/* What can be done about a file that only Python understands. */
static void explain_opaque(const retort_project *project, retort_error *err)
{
	const char *why = rt_shadow_why(project);

	if (why)
		rt_err_field(err, RETORT_ERROR_DETAIL, "the schema that it "
			     "finds is not at hand: %s", why);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "set alembic_command, so that the project's own alembic "
		     "runs it, or write what it does as op.execute()");
}

/*
 * A file that only Python understands: what alembic says.
 *   err:  why it is opaque; that is replaced, or completed
 */
static int preview(retort_script *s, retort_project *project,
		   const retort_revision *rev, retort_op op,
		   retort_dialect dialect, retort_error *err)
{
	retort_error local = RETORT_ERROR_INIT;
	rt_section section = { .dialect = dialect };
	rt_str sql = RT_STR_INIT;
	int rc = RETORT_EUNSUPPORTED;

	if (!rt_foreign_is_set(project)) {
		explain_opaque(project, err);
		return rc;
	}
	if (rt_foreign_preview(project, rev, op, dialect, &sql,
			       &section.transaction, &local)) {
		if (err)
			rt_err_field(err, RETORT_ERROR_DETAIL, "its --sql: %s",
				     local.message);
	} else {
		retort_error_dispose(err);
		rt_str_free(&s->text);
		s->text = sql;
		sql = (rt_str)RT_STR_INIT;
		section.end = s->text.n;
		s->foreign = true;
		rc = cut(s, &rt_format_native, rev->path, &section, dialect,
			 err);
	}
	retort_error_dispose(&local);
	rt_str_free(&sql);
	return rc;
}

bool rt_script_is_foreign(const retort_script *script)
{
	return script->foreign;
}

/* The statements of a file that only says how to make them. */
static int translate(retort_script *s, const rt_format *format,
		     retort_project *project, const retort_revision *rev,
		     retort_op op, retort_dialect dialect, retort_error *err)
{
	rt_alembic_env env;
	rt_shadow_ask ask;
	rt_body_text body;
	int rc = rt_shadow_begin(&ask, project, rev, op, dialect, &env, err);

	if (!rc)
		rc = format->body(&s->arena, rev->path, rt_str_sv(&s->text),
				  &env, &body, err);
	rt_shadow_end(&ask);
	if (rc == RETORT_EUNSUPPORTED)
		return preview(s, project, rev, op, dialect, err);
	if (rc)
		return rc;
	s->statements = body.statements;
	s->n = body.n;
	s->in_transaction = body.transaction;
	s->section = body.text;
	return 0;
}

/* What is known of it in part only would run in the wrong place. */
static int refuse_problem(const retort_revision *rev, retort_error *err)
{
	rt_err_set(err, RETORT_EPARSE, "%s", rev->problem);
	rt_err_at(err, *rev->path ? rev->path : NULL, rev->problem_line,
		  rev->problem_column);
	rt_err_field(err, RETORT_ERROR_REVISION, "%s", rev->id);
	return RETORT_EPARSE;
}

static int find_script(retort_script *s, retort_project *project,
		       const retort_revision *rev, retort_op op,
		       retort_dialect dialect, retort_error *err)
{
	bool up = op == RETORT_OP_UPGRADE;
	const rt_format *format = rt_format_of(rt_fs_basename(rev->path));
	rt_sections sections = RT_VEC_INIT;
	const rt_section *section;
	int rc;

	if (rev->problem)
		return refuse_problem(rev, err);
	if (!format)
		return rt_err_set(err, RETORT_EUNSUPPORTED,
				  "'%s' is in no format that is known",
				  rev->path);
	if (format->body) {
		rc = translate(s, format, project, rev, op, dialect, err);
		if (rc)
			rt_err_field(err, RETORT_ERROR_REVISION, "%s",
				     rev->id);
		return rc;
	}
	rc = format->sections(rev->path, rt_str_sv(&s->text), &sections, err);
	if (!rc) {
		section = rt_native_section_for(&sections, up, dialect);
		rc = section ? cut(s, format, rev->path, section, dialect, err)
			     : no_section(rev, up, dialect, err);
	}
	if (rc)
		rt_err_field(err, RETORT_ERROR_REVISION, "%s", rev->id);
	rt_vec_free(&sections);
	return rc;
}

int rt_script_from_file(retort_script **script, retort_project *project,
			const retort_revision *revision, retort_op op,
			rt_sv text, retort_dialect dialect, retort_error *err)
{
	retort_script *s = rt_calloc(1, sizeof(*s));
	int rc;

	s->text = (rt_str)RT_STR_INIT;
	rt_str_addsv(&s->text, text);
	rc = find_script(s, project, revision, op, dialect, err);
	if (rc) {
		retort_script_free(s);
		s = NULL;
	}
	*script = s;
	return rc;
}

int retort_project_script(retort_project *p, const retort_revision *revision,
			  retort_op op, retort_dialect dialect,
			  retort_script **script, retort_error *err)
{
	rt_str text = RT_STR_INIT;
	int rc;

	*script = NULL;
	if (op == RETORT_OP_STAMP)
		return rt_err_set(err, RETORT_EUSAGE, "a stamp runs no script");
	if (revision->problem)
		return refuse_problem(revision, err);
	rc = rt_fs_read(revision->path, RT_FS_LIMIT, &text, err);
	if (rc)
		rt_err_field(err, RETORT_ERROR_REVISION, "%s", revision->id);
	else
		rc = rt_script_from_file(script, p, revision, op,
					 rt_str_sv(&text), dialect, err);
	rt_str_free(&text);
	return rc;
}

int rt_script_from_text(retort_script **script, rt_sv text, bool transaction,
			retort_dialect dialect, retort_error *err)
{
	rt_section section = { .dialect = dialect, .transaction = transaction,
			       .end = text.n, .line = 1 };
	retort_script *s = rt_calloc(1, sizeof(*s));
	int rc;

	s->text = (rt_str)RT_STR_INIT;
	rt_str_addsv(&s->text, text);
	rc = cut(s, &rt_format_native, NULL, &section, dialect, err);
	if (rc) {
		retort_script_free(s);
		s = NULL;
	}
	*script = s;
	return rc;
}

void retort_script_free(retort_script *script)
{
	if (!script)
		return;
	rt_arena_free(&script->arena);
	rt_str_free(&script->text);
	free(script);
}

size_t rt_script_weight(const retort_script *script)
{
	const size_t own = 8192; /* the struct, its arena, the allocator */

	if (!script)
		return 0;
	return own + 2 * script->text.n + script->n * sizeof(retort_statement);
}

size_t retort_script_count(const retort_script *script)
{
	return script->n;
}

const retort_statement *retort_script_statement(const retort_script *script,
						size_t i)
{
	return i < script->n ? &script->statements[i] : NULL;
}

bool retort_script_in_transaction(const retort_script *script)
{
	return script->in_transaction;
}

const char *retort_script_text(const retort_script *script)
{
	return script->section;
}
