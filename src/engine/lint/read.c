/* SPDX-License-Identifier: MIT */
/* A revision's file as the rules see it. */
#include "config.h"

#include "engine/lint/lint.h"

#include "base/err.h"
#include "base/fs.h"
#include "text/source.h"

/* --- statements ---------------------------------------------------------- */

static void add(rt_lint_file *file, rt_lint_section *section,
		rt_lint_statement s)
{
	rt_sql_shape_read(&s.shape, s.sql, section->dialect, &file->arena);
	rt_vec_push(&section->statements, s);
}

static int count_lines(rt_sv text)
{
	size_t i;
	int n = 0;

	for (i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

/* Each place is counted from the one before: a file may be long. */
static void add_all(rt_lint_file *file, rt_lint_section *section,
		    const rt_sql_statements *list)
{
	rt_sv text = rt_str_sv(&file->text);
	int line = 1, column = 1, before;
	size_t i, at = 0;

	for (i = 0; i < list->n; i++) {
		const rt_sql_statement *from = &list->v[i];
		rt_lint_statement s = { .kind = from->kind,
					.sql = from->sql,
					.offset = from->offset };
		rt_sv between = rt_sv_sub(text, at, from->offset - at);

		rt_sv_position(between, between.n, &s.line, &s.column);
		before = s.line == 1 ? column - 1 : 0;
		column = s.column += before;
		line = s.line += line - 1;
		s.end_line = line + count_lines(from->sql);
		at = from->offset;
		add(file, section, s);
	}
}

/* Unlike rt_native_statements, what must not be there is no error: a rule
 * tells of it. */
static int cut(rt_lint_file *file, rt_lint_section *section,
	       retort_error *err)
{
	rt_sv text = rt_str_sv(&file->text);
	rt_sql_statements list = RT_VEC_INIT;
	size_t at = 0, i;
	int rc = rt_sql_split(rt_sv_sub(text, section->start,
					section->end - section->start),
			      section->dialect, &list, &at, err);

	if (rc)
		rt_source_at(err, file->rev->path, text, section->start + at);
	for (i = 0; i < list.n; i++)
		list.v[i].offset += section->start;
	if (!rc)
		add_all(file, section, &list);
	rt_vec_free(&list);
	return rc;
}

/* --- sections ------------------------------------------------------------ */

/*
 * The dialect that a section is read in.  A plain one beside one for a
 * dialect serves the other.
 *   out:  false: it serves none
 */
static bool dialect_of(const rt_sections *all, const rt_section *section,
		       retort_dialect fallback, retort_dialect *out)
{
	bool sqlite, postgresql;

	*out = section->dialect;
	if (*out != RETORT_DIALECT_ANY)
		return true;
	sqlite = rt_native_section_for(all, section->up,
				       RETORT_DIALECT_SQLITE) != section;
	postgresql = rt_native_section_for(all, section->up,
					   RETORT_DIALECT_POSTGRESQL) !=
		     section;
	*out = sqlite	    ? RETORT_DIALECT_POSTGRESQL
	       : postgresql ? RETORT_DIALECT_SQLITE
			    : fallback;
	return !sqlite || !postgresql;
}

static int read_native(rt_lint_file *file, const rt_format *format, bool up,
		       retort_dialect fallback, retort_dialect own,
		       retort_error *err)
{
	rt_sections all = RT_VEC_INIT;
	rt_sql_statements none = RT_VEC_INIT;
	size_t i;
	int rc = format->sections(file->rev->path, rt_str_sv(&file->text),
				  &all, err);

	for (i = 0; i < all.n && !rc; i++) {
		rt_lint_section section = {
			.transaction = all.v[i].transaction,
			.start = all.v[i].start,
			.end = all.v[i].end,
		};

		if (all.v[i].up != up ||
		    !dialect_of(&all, &all.v[i], fallback, &section.dialect))
			continue;
		section.served = section.dialect == own &&
				 own != RETORT_DIALECT_ANY;
		rc = all.v[i].refused ?
			format->statements(file->rev->path,
					   rt_str_sv(&file->text), &all.v[i],
					   section.dialect, &none, err) :
			cut(file, &section, err);
		rt_vec_push(&file->sections, section);
	}
	rt_vec_free(&all);
	return rc;
}

/* A program's COMMIT is no script at all; a rule tells of it. */
static bool read_refused(rt_lint_file *file, rt_lint_section *section,
			 const retort_error *err)
{
	rt_sql_statements list = RT_VEC_INIT;
	const char *sql = retort_error_get(err, RETORT_ERROR_STATEMENT);
	bool found = false;
	size_t at = 0;

	if (err->code == RETORT_EPARSE && sql)
		sql = rt_arena_strdup(&file->arena, sql);
	else
		sql = NULL;
	if (sql && !rt_sql_split(rt_sv_from(sql), section->dialect, &list, &at,
				 NULL))
		found = list.n && list.v[0].kind == RT_SQL_TRANSACTION;
	if (found) {
		add(file, section,
		    (rt_lint_statement){ .kind = list.v[0].kind,
					 .sql = list.v[0].sql,
					 .offset = RT_LINT_NOWHERE,
					 .line = err->line,
					 .end_line = err->line,
					 .column = err->column });
		rt_vec_push(&file->sections, *section);
	}
	rt_vec_free(&list);
	return found;
}

/* Without a URL, a program's SQL is PostgreSQL's, looked at by the rules that
 * hold for both.  One without the direction has nothing to look at. */
static int read_program(rt_lint_file *file, const retort_lint *lint,
			retort_dialect dialect, retort_error *err)
{
	rt_lint_section section = {
		.dialect = dialect,
		.served = dialect == retort_project_dialect(lint->project),
	};
	retort_error own = RETORT_ERROR_INIT;
	size_t i, n;
	int rc = retort_project_script(lint->project, file->rev,
				       lint->options.op, dialect,
				       &file->script, &own);

	file->python = true;
	if (rc == RETORT_EREFUSED || (rc && read_refused(file, &section, &own)))
		rc = 0;
	else if (rc)
		rt_err_move(err, &own);
	retort_error_dispose(&own);
	if (rc || !file->script)
		return rc;
	section.transaction = retort_script_in_transaction(file->script);
	n = retort_script_count(file->script);
	for (i = 0; i < n; i++) {
		const retort_statement *from =
			retort_script_statement(file->script, i);

		add(file, &section,
		    (rt_lint_statement){ .sql = { from->sql, from->length },
					 .autocommit = from->autocommit,
					 .offset = RT_LINT_NOWHERE,
					 .line = from->line,
					 .end_line = from->line,
					 .column = from->column });
	}
	rt_vec_push(&file->sections, section);
	return 0;
}

int rt_lint_file_read(rt_lint_file *file, const retort_lint *lint,
		      const retort_revision *rev, retort_error *err)
{
	const rt_format *format = rt_format_of(rt_fs_basename(rev->path));
	retort_dialect own = retort_project_dialect(lint->project), dialect;
	bool up = lint->options.op == RETORT_OP_UPGRADE;
	int rc;

	*file = (rt_lint_file){ .rev = rev, .text = RT_STR_INIT };
	if (rev->problem || !format)
		return rt_err_set(err, RETORT_EUNSUPPORTED, "%s",
				  rev->problem ? rev->problem
					       : "it has no file");
	rc = rt_fs_read(rev->path, RT_FS_LIMIT, &file->text, err);
	if (rc)
		return rc;
	dialect = lint->options.dialect != RETORT_DIALECT_ANY
			  ? lint->options.dialect
			  : own;
	rc = format->body ? read_program(file, lint, dialect, err)
			  : read_native(file, format, up, dialect, own, err);
	if (rc)
		rt_err_field(err, RETORT_ERROR_REVISION, "%s", rev->id);
	else
		rt_lint_allows_read(file, up);
	return rc;
}

void rt_lint_file_dispose(rt_lint_file *file)
{
	size_t i, k;

	for (i = 0; i < file->sections.n; i++) {
		rt_lint_section *section = &file->sections.v[i];

		for (k = 0; k < section->statements.n; k++)
			rt_sql_shape_dispose(&section->statements.v[k].shape);
		rt_vec_free(&section->statements);
		retort_effects_free(section->effects);
	}
	rt_vec_free(&file->sections);
	rt_vec_free(&file->allows);
	retort_script_free(file->script);
	rt_arena_free(&file->arena);
	rt_str_free(&file->text);
}
