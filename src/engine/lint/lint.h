/* SPDX-License-Identifier: MIT */
/*
 * Lint: what the driver (lint.c), the reader of files (read.c), the
 * suppressions (allow.c) and the rules (rules_*.c) share.
 *
 * A rule is a function that is called for every statement of a section, with
 * all of the section at hand; it says what it finds by rt_lint_say(), which
 * knows what is switched off, suppressed or of another dialect.
 */
#ifndef RT_ENGINE_LINT_LINT_H
#define RT_ENGINE_LINT_LINT_H

#include <retort/lint.h>

#include "base/map.h"
#include "engine/project/project.h"
#include "text/sqlsplit.h"
#include "text/sqlstatement.h"

typedef struct rt_lint_statement {
	rt_sql_kind kind;
	rt_sv sql;
	size_t offset; /* of sql in the file; NOWHERE: made by a program */
	int line, column, end_line;
	bool autocommit; /* made by a program to stand outside a transaction */
	rt_sql_shape shape;
} rt_lint_statement;

#define RT_LINT_NOWHERE ((size_t)-1)

/* The statements of one direction and dialect. */
typedef struct rt_lint_section {
	retort_dialect dialect; /* ANY: not known, only rules of both */
	bool transaction;
	bool served;            /* it is what the project's database runs */
	size_t start, end;      /* in the file */
	RT_VEC(rt_lint_statement) statements;
	retort_effects *effects; /* measured; NULL = not */
} rt_lint_section;

/* A rule that a comment keeps quiet. */
typedef struct rt_lint_allow {
	retort_lint_rule rule; /* COUNT: there is none of this name */
	const char *name;
	bool file;             /* everywhere */
	bool own_line;         /* for the statement below; else on its line */
	bool used;
	int line, column;      /* of the comment */
} rt_lint_allow;

/* A revision's file while it is looked at. */
typedef struct rt_lint_file {
	const retort_revision *rev;
	bool python;
	rt_str text;
	retort_script *script; /* of a program; NULL */
	rt_arena arena;
	RT_VEC(rt_lint_section) sections;
	RT_VEC(rt_lint_allow) allows;
} rt_lint_file;

struct retort_lint {
	retort_project *project;
	retort_lint_options options;
	retort_severity severity[RETORT_LINT_RULE_COUNT];
	bool lock_timeout;  /* the project sets one */
	bool measures;      /* a scratch database can still be had */
	rt_arena arena;     /* of all that follows */
	RT_VEC(retort_lint_finding) findings;
	RT_VEC(const char *) limits;
};

/* Where a rule looks. */
typedef struct rt_lint_at {
	retort_lint *lint;
	rt_lint_file *file;
	const rt_lint_section *section;
	const rt_lint_statement *statement; /* the one it is called for */
	const rt_sql_shape *shape;          /* its */
	size_t i;                           /* its number, from 0 */
	rt_map made;  /* relations, "type x", made further up */
	rt_map later; /* relations: the last statement that makes one of the
			 name */
	bool timeout;     /* SET lock_timeout stands further up */
	bool warned;      /* of its being missing */
	bool altered;     /* a table that was there is altered somewhere */
} rt_lint_at;

/* What a statement does to a table that was there before. */
typedef struct rt_lint_lock {
	bool there;        /* it keeps writers or readers out at all */
	bool measured;     /* … says the scratch database */
	bool rewritten;    /* measured: its rows are written anew */
	const char *mode;  /* " (ShareLock)"; "" where not measured */
} rt_lint_lock;

typedef void (*rt_lint_check)(rt_lint_at *at);

/* --- lint.c -------------------------------------------------------------- */

/*
 * Report a finding.
 *   in:   action, what it is about; NULL = the statement as such
 *         measured, whether a scratch database has said so
 */
void rt_lint_say(rt_lint_at *at, retort_lint_rule rule,
		 const rt_sql_action *action, bool measured,
		 const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Whether a relation was made further up in the section. */
bool rt_lint_is_new(const rt_lint_at *at, const char *name);

/* Whether a relation of this name is made further down. */
bool rt_lint_comes_back(const rt_lint_at *at, const char *name);

/* What the statement does to a table: measured if it was, else that it locks
 * every table that is not new.
 *   in:   table; "" = any */
rt_lint_lock rt_lint_lock_on(const rt_lint_at *at, const char *table);

/* The effect of the statement; NULL where it was not measured. */
const retort_effect *rt_lint_effect(const rt_lint_at *at);

/* Whether the statement runs in a transaction. */
bool rt_lint_in_transaction(const rt_lint_at *at);

/* Whether it goes up: rules about what is lost only look there. */
bool rt_lint_is_up(const rt_lint_at *at);

/* --- severity.c ---------------------------------------------------------- */

/* How severe a project finds each rule: RETORT_LINT_RULE_COUNT of them.
 *   err:  ECONFIG */
RETORT_MUST_CHECK int rt_lint_severities(retort_project *project,
					 retort_severity *out,
					 retort_error *err);

/* --- read.c -------------------------------------------------------------- */

/*
 * Read a revision's file: sections of the direction, statements, allows.
 *   out:  *file; caller disposes, after an error too
 *   err:  EIO, EPARSE; EUNSUPPORTED: what only Python could tell
 */
RETORT_MUST_CHECK int rt_lint_file_read(rt_lint_file *file,
					const retort_lint *lint,
					const retort_revision *rev,
					retort_error *err);
void rt_lint_file_dispose(rt_lint_file *file);

/* --- allow.c ------------------------------------------------------------- */

/* Find the comments. */
void rt_lint_allows_read(rt_lint_file *file, bool up);

/* Look at one: what stands behind its mark, which is at an offset of the file;
 * whole_file, it is about all of it. */
void rt_lint_allow_read(rt_lint_file *file, rt_sv comment, size_t offset,
			bool whole_file);

/* python.c: the comments of a Python file, and where its statements end. */
void rt_lint_python_read(rt_lint_file *file, bool up);

/* Whether a rule is to be quiet about a statement; NULL = about the file. */
bool rt_lint_is_allowed(rt_lint_file *file, retort_lint_rule rule,
			const rt_lint_statement *statement);

/* Report those that kept nothing quiet. */
void rt_lint_allows_report(rt_lint_at *at);

/* --- rules_*.c: NULL-ended ----------------------------------------------- */

extern const rt_lint_check rt_lint_drop_checks[];
extern const rt_lint_check rt_lint_lock_checks[];
extern const rt_lint_check rt_lint_column_checks[];
extern const rt_lint_check rt_lint_name_checks[];
extern const rt_lint_check rt_lint_run_checks[];
extern const rt_lint_check rt_lint_rebuild_checks[];

#endif
