/* SPDX-License-Identifier: MIT */
/*
 * The native revision file: a header of comment lines (text/header.h), then
 * sections of SQL.
 *
 *     -- revision: f8ff2ab1fdfa
 *     -- down_revision: a9ef987fd631
 *     -- message: add phone number to users
 *
 *     -- migrate:up
 *     ALTER TABLE …;
 *     -- migrate:down dialect:sqlite transaction:false
 *     ALTER TABLE …;
 *
 * A section marked refused:true stands for what is not known as SQL yet
 * (`retort convert` writes such): nothing runs it, and its first comment line
 * is what whoever tries is told.
 *
 * Works on text, so that a file and a git blob are read by the same code.
 */
#ifndef RT_REVFMT_NATIVE_H
#define RT_REVFMT_NATIVE_H

#include <retort/graph.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "text/sqlsplit.h"

typedef struct rt_section {
	bool up;                /* migrate:up; else migrate:down */
	retort_dialect dialect; /* ANY = for all */
	bool transaction;       /* false: transaction:false */
	bool refused;           /* refused:true: not to be run as it is */
	size_t start, end;      /* the SQL behind the marker's line */
	int line;               /* of the marker */
} rt_section;

typedef RT_VEC(rt_section) rt_sections;

/*
 * Find the sections.  Marker-like text inside a string, a dollar quote or a
 * block comment is text.
 *   out:  appended to *out, in file order; one with `up` among them
 *   err:  EPARSE with file, line, column: an unknown option, a misspelt
 *         marker or one behind SQL on its line, the same section twice, SQL
 *         before the first marker, no `up` section; a quote, comment or COPY
 *         that is not closed; what is no UTF-8 text
 *   cost: O(bytes)
 */
RETORT_MUST_CHECK int rt_native_sections(const char *path, rt_sv text,
					 rt_sections *out, retort_error *err);

/* The section that serves a direction on a dialect: the dialect's own, else
 * the plain one, else NULL. */
const rt_section *rt_native_section_for(const rt_sections *sections, bool up,
					retort_dialect dialect);

/*
 * The statements of a section, in order.
 *   in:   text, the whole file; dialect, of the database (a section for one
 *         dialect is read in its own)
 *   out:  appended to *out: views into text, offsets into text; ORDINARY and
 *         COPY_IN only
 *   err:  EPARSE with file, line, column: as rt_sql_split; a statement that
 *         a section may not hold: transaction control, a psql command, COPY
 *         FROM STDIN on SQLite (with STATEMENT and NEXT); EUNSUPPORTED: the
 *         section is marked refused:true
 *   cost: O(bytes)
 */
RETORT_MUST_CHECK int
rt_native_statements(const char *path, rt_sv text, const rt_section *section,
		     retort_dialect dialect, rt_sql_statements *out,
		     retort_error *err);

/*
 * A new file's text from a template, in which `${revision}`,
 * `${down_revision}`, `${depends_on}`, `${branch_labels}`, `${message}` and
 * `${created}` stand for the header's values (lists comma-joined).  A header
 * line whose value is empty is left out, but for revision and down_revision;
 * a message of several lines gives several `-- message:` lines.  Control
 * characters in a value become spaces: a header refuses them.
 *   err:  EPARSE: an unknown ${name}, with its line
 */
RETORT_MUST_CHECK int rt_native_render(const char *template_path,
				       rt_sv template_text,
				       const retort_revision *rev, rt_str *out,
				       retort_error *err);

/* The built-in template. */
rt_sv rt_native_template(void);

#endif
