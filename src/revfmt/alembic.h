/* SPDX-License-Identifier: MIT */
/*
 * Alembic's revision file: a Python module with four variables.
 *
 *     """add phone number
 *
 *     Revision ID: f8ff2ab1fdfa
 *     Revises: a9ef987fd631
 *     Create Date: 2025-09-16 18:49:48.123456
 *     """
 *     revision: str = 'f8ff2ab1fdfa'
 *     down_revision: Union[str, Sequence[str], None] = 'a9ef987fd631'
 *     branch_labels = None
 *     depends_on = None
 *
 * It is read, never run: the variables may be any literals, put together with
 * `+`, f-strings, tuple(), list(), set() and names that are bound to such
 * literals above.  The last assignment counts, as in Python.
 */
#ifndef RT_REVFMT_ALEMBIC_H
#define RT_REVFMT_ALEMBIC_H

#include <retort/create.h>
#include <retort/project.h>

#include "alembic/translate.h"
#include "base/arena.h"
#include "base/str.h"
#include "python/parse.h"

/*
 * Read the header; as rt_header_read (text/header.h), but that the text must
 * be the whole file: with whole false, *more is set and nothing else done.
 *   out:  *out; message is the docstring's first line ("" where that is the
 *         "Revision ID" line of the template), doc the whole of it, created
 *         its "Create Date"
 *         out->problem where the branch labels cannot be known: that is no
 *         error, and there are none then
 *         With an error, out->id is set where at least that is known, else
 *         NULL
 *   err:  EPARSE with file, line, column: no revision or down_revision, one
 *         of the variables has no value that can be known, or not one that
 *         Alembic takes; EPARSE, EUNSUPPORTED of rt_py_source_open
 *   cost: O(bytes)
 */
RETORT_MUST_CHECK int rt_alembic_header(rt_arena *arena, const char *path,
					rt_sv text, bool whole,
					retort_revision *out, bool *more,
					retort_error *err);

/* A direction of a revision as statements. */
typedef struct rt_body_text {
	retort_statement *statements; /* in the arena, with what they hold */
	size_t n;
	bool transaction; /* false: it cannot run in one */
	const char *text; /* all of it, for the journal and for display */
} rt_body_text;

/*
 * The SQL of upgrade() or downgrade().
 *   in:   text, the whole file; env, which of them, for whom, and who knows
 *         the schema
 *   out:  *out, in arena; lines and columns are those of the directives, and
 *         the text names them in comments
 *   err:  EUNSUPPORTED with file, line, column: what cannot be known without
 *         Python; EREFUSED (no such function, a downgrade() that raises),
 *         EPARSE (its SQL), what env->schema said
 */
RETORT_MUST_CHECK int rt_alembic_body(rt_arena *arena, const char *path,
				      rt_sv text, const rt_alembic_env *env,
				      rt_body_text *out, retort_error *err);

/* What a new file is made from. */
typedef struct rt_render {
	const char *template_path;
	rt_sv template_text;
	const retort_revision *rev;     /* path: of the file to come */
	const retort_section *sections; /* in place of the template's own */
	size_t n_sections;
	rt_sv model; /* a template that could not be used, whose functions
			have the parameters that env.py gives; or empty */
} rt_render;

/*
 * A new file's text from a template; `upgrades` and `downgrades` are calls of
 * op.execute() with the SQL of the sections.
 *   err:  EUNSUPPORTED: a template that needs Mako, or has no place for the
 *         sections; what rt_alembic_add_sql says
 */
RETORT_MUST_CHECK int rt_alembic_render(const rt_render *what, rt_str *out,
					retort_error *err);

/*
 * Append a section's statements as calls of op.execute(), each on lines of
 * its own behind `indent`, comments between them as Python's; in an
 * autocommit_block() where no transaction is wanted.  PRAGMA foreign_keys = OFF
 * comes before all of them, with a statement that fails where it is too late.
 *   in:   path, of the file to come
 *   err:  EREFUSED (COPY … FROM STDIN, BEGIN …), EPARSE (SQL)
 */
RETORT_MUST_CHECK int rt_alembic_add_sql(const char *path,
					 const retort_section *section,
					 const char *indent, rt_str *out,
					 retort_error *err);

/* The built-in template. */
rt_sv rt_alembic_template(void);

/* Names as a header variable's value: None, 'a', ('a', 'b'). */
void rt_alembic_write_names(const retort_names *names, char quote,
			    rt_str *out);

/*
 * As rt_native_set_parents: the literal of `down_revision` changes, and the
 * "Revises:" line of the docstring where there is one.
 *   err:  EUNSUPPORTED: assigned in a way that cannot be edited
 */
RETORT_MUST_CHECK int rt_alembic_set_parents(const char *path, rt_sv text,
					     const retort_names *parents,
					     rt_str *out, retort_error *err);

/* What a variable of a module is bound to, for whoever reads or edits it. */
typedef struct rt_alembic_variable {
	const rt_py_expr *value; /* NULL: see problem; it is not bound, too */
	size_t statement;        /* in the module's body, of the binding */
	const char *problem;     /* why it cannot be known; NULL = not bound */
	int line, column;        /* of the problem */
} rt_alembic_variable;

/* Find how `name` is bound before the statement `before`. */
void rt_alembic_find(const rt_py_source *src, const rt_py_module *module,
		     const char *name, size_t before,
		     rt_alembic_variable *out);

/* The value of a header variable. */
typedef struct rt_alembic_value {
	enum {
		RT_ALEMBIC_NONE, RT_ALEMBIC_STRING, RT_ALEMBIC_LIST
	} kind;
	retort_names names; /* one of a STRING */
} rt_alembic_value;

/*
 * What a literal is worth.
 *   in:   before, the statement that holds it: names are bound above it
 *   out:  *out, in arena; false where it cannot be known, then *problem as
 *         of rt_alembic_find
 *   cost: O(size of the expressions), looking at a bounded number of names
 */
bool rt_alembic_evaluate(rt_arena *arena, const rt_py_source *src,
			 const rt_py_module *module, const rt_py_expr *e,
			 size_t before, rt_alembic_value *out,
			 rt_alembic_variable *problem);

#endif
