/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/lint/lint.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"

/* --- looking ------------------------------------------------------------- */

bool rt_lint_is_new(const rt_lint_at *at, const char *name)
{
	return rt_map_find(&at->made, rt_sv_from(name)) != NULL;
}

bool rt_lint_comes_back(const rt_lint_at *at, const char *name)
{
	const rt_map_entry *e = rt_map_find(&at->later, rt_sv_from(name));

	return e && e->value > at->i;
}

bool rt_lint_is_up(const rt_lint_at *at)
{
	return at->lint->options.op == RETORT_OP_UPGRADE;
}

bool rt_lint_in_transaction(const rt_lint_at *at)
{
	return at->section->transaction && !at->statement->autocommit;
}

const retort_effect *rt_lint_effect(const rt_lint_at *at)
{
	const retort_effect *effect;

	if (!at->section->effects)
		return NULL;
	effect = retort_effects_at(at->section->effects, at->i);
	return effect && !*effect->unmeasured ? effect : NULL;
}

/* From Share on, a lock keeps writers out. */
static bool keeps_out(const char *mode)
{
	static const char *const modes[] = { "ShareLock",
					     "ShareRowExclusiveLock",
					     "ExclusiveLock",
					     "AccessExclusiveLock" };
	size_t i;

	for (i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (!strcmp(mode, modes[i]))
			return true;
	return false;
}

rt_lint_lock rt_lint_lock_on(const rt_lint_at *at, const char *table)
{
	const retort_effect *effect = rt_lint_effect(at);
	rt_lint_lock out = { false, false, false, "" };
	size_t i;

	if (!effect || at->section->dialect != RETORT_DIALECT_POSTGRESQL) {
		out.there = !rt_lint_is_new(at, table);
		return out;
	}
	out.measured = true;
	for (i = 0; i < effect->n_locks; i++) {
		const retort_lock *lock = &effect->locks[i];

		if (*table && strcmp(lock->table, table) != 0)
			continue;
		out.rewritten |= lock->rewritten;
		if (!keeps_out(lock->mode))
			continue;
		out.there = true;
		out.mode = rt_arena_strf(&at->lint->arena, " (%s)",
					 lock->mode);
	}
	return out;
}

/* --- saying -------------------------------------------------------------- */

/* Note what could not be looked at. */
__attribute__((format(printf, 2, 3)))
static void add_limit(retort_lint *lint, const char *format, ...)
{
	rt_str s = RT_STR_INIT;
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&s, format, ap);
	va_end(ap);
	rt_vec_push(&lint->limits, rt_arena_strdup(&lint->arena, s.p));
	rt_str_free(&s);
}

static bool is_for(retort_lint_rule rule, retort_dialect dialect)
{
	retort_dialect its = retort_lint_rule_row(rule)->dialect;

	return its == RETORT_DIALECT_ANY || its == dialect;
}

/* Where the words of an action begin, else the statement. */
static void place(const rt_lint_at *at, const rt_sql_action *action,
		  retort_lint_finding *f)
{
	const rt_lint_statement *s = at->statement;
	const rt_word *word;
	int line, column;

	if (!s) {
		f->line = f->column = 1;
		return;
	}
	f->line = s->line;
	f->column = s->column;
	f->statement = at->i + 1;
	if (!action || s->offset == RT_LINT_NOWHERE)
		return;
	word = &s->shape.words.v[action->first];
	rt_sv_position(s->sql, (size_t)(word->text.p - s->sql.p), &line,
		       &column);
	f->column = line == 1 ? f->column + column - 1 : column;
	f->line += line - 1;
}

void rt_lint_say(rt_lint_at *at, retort_lint_rule rule,
		 const rt_sql_action *action, bool measured,
		 const char *format, ...)
{
	retort_lint *lint = at->lint;
	retort_lint_finding f = { .rule = rule,
				  .severity = lint->severity[rule],
				  .revision = at->file->rev->id,
				  .path = at->file->rev->path,
				  .next = retort_lint_rule_row(rule)->next,
				  .measured = measured };
	rt_str s = RT_STR_INIT;
	va_list ap;

	if (f.severity == RETORT_SEVERITY_OFF ||
	    !is_for(rule, at->section->dialect) ||
	    rt_lint_is_allowed(at->file, rule, at->statement))
		return;
	place(at, action, &f);
	va_start(ap, format);
	rt_str_addv(&s, format, ap);
	va_end(ap);
	f.message = rt_arena_strdup(&lint->arena, s.p);
	rt_str_free(&s);
	rt_vec_push(&lint->findings, f);
}

/* --- one section --------------------------------------------------------- */

/* What relation a statement makes, by CREATE or a new name. */
static const char *made_by(const rt_sql_shape *shape, size_t k)
{
	if (!strcmp(shape->verb, "create"))
		return k < shape->names.n ? shape->names.v[k] : NULL;
	for (; k < shape->actions.n; k++)
		if (shape->actions.v[k].kind == RT_SQL_RENAME)
			return shape->actions.v[k].to;
	return NULL;
}

static const char *key_of(rt_lint_at *at, const rt_sql_shape *shape,
			  const char *name)
{
	if (!strcmp(shape->object, "type"))
		return rt_arena_strf(&at->file->arena, "type %s", name);
	return name;
}

static void find_later(rt_lint_at *at)
{
	size_t i;

	for (i = 0; i < at->section->statements.n; i++) {
		const rt_sql_shape *shape =
			&at->section->statements.v[i].shape;
		const char *name = made_by(shape, 0);
		rt_map_entry *e;

		if (!name)
			continue;
		e = rt_map_find(&at->later, rt_sv_from(name));
		if (e)
			e->value = i;
		else
			rt_map_add(&at->later, rt_sv_from(name), i);
	}
}

/* A table renamed is as new as it was, but for one that makes way for a new
 * one of its name. */
static void note_made(rt_lint_at *at)
{
	const rt_sql_shape *shape = at->shape;
	const char *name = made_by(shape, 0);

	if (!name || (!strcmp(shape->verb, "alter") &&
		      !rt_lint_is_new(at, shape->table) &&
		      !rt_lint_comes_back(at, shape->table)))
		return;
	rt_map_add(&at->made, rt_sv_from(key_of(at, shape, name)), at->i);
}

static void check_statement(rt_lint_at *at)
{
	static const rt_lint_check *const all[] = {
		rt_lint_drop_checks,   rt_lint_lock_checks,
		rt_lint_column_checks, rt_lint_name_checks,
		rt_lint_run_checks,    rt_lint_rebuild_checks,
	};
	size_t i, k;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		for (k = 0; all[i][k]; k++)
			all[i][k](at);
}

/* Whether it changes the schema of what was there. */
static bool alters(const rt_lint_at *at)
{
	const rt_sql_shape *shape = at->shape;

	return (rt_sql_shape_is(shape, "alter", "table") ||
		rt_sql_shape_is(shape, "drop", "table") ||
		rt_sql_shape_is(shape, "create", "index")) &&
	       *shape->table && !rt_lint_is_new(at, shape->table);
}

static void each(rt_lint_at *at, void (*what)(rt_lint_at *at))
{
	size_t i;

	rt_map_free(&at->made);
	for (i = 0; i < at->section->statements.n; i++) {
		at->i = i;
		at->statement = &at->section->statements.v[i];
		at->shape = &at->statement->shape;
		what(at);
		note_made(at);
	}
	at->statement = NULL;
	at->shape = NULL;
}

static void note_altered(rt_lint_at *at)
{
	at->altered |= alters(at);
}

static void check_section(retort_lint *lint, rt_lint_file *file,
			  const rt_lint_section *section)
{
	rt_lint_at at = { .lint = lint, .file = file, .section = section,
			  .timeout = lint->lock_timeout };

	find_later(&at);
	each(&at, note_altered);
	each(&at, check_statement);
	rt_map_free(&at.made);
	rt_map_free(&at.later);
}

/* --- measuring ----------------------------------------------------------- */

static int measure(retort_lint *lint, const rt_lint_file *file,
		   rt_lint_section *section, retort_error *err)
{
	retort_error own = RETORT_ERROR_INIT;
	int rc;

	if (!lint->measures || !section->served)
		return 0;
	rc = (lint->options.fresh ? retort_measure_step
				  : retort_measure_cached)(
		lint->options.measure, file->rev, lint->options.op,
		&section->effects, &own);
	if (rc == RETORT_ECANCELLED) {
		rt_err_move(err, &own);
		return rc;
	}
	if (rc)
		add_limit(lint, "%s was not measured: %s", file->rev->id,
			      own.message ? own.message : "no reason given");
	/* no scratch database for one, none for the next */
	if (rc && rc != RETORT_EDATABASE && rc != RETORT_EPARSE)
		lint->measures = false;
	retort_error_dispose(&own);
	if (section->effects && retort_effects_count(section->effects) !=
					section->statements.n) {
		retort_effects_free(section->effects);
		section->effects = NULL;
	}
	return 0;
}

/* --- revisions ----------------------------------------------------------- */

static int by_place(const void *x, const void *y)
{
	const retort_lint_finding *a = x, *b = y;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return strcmp(a->message, b->message);
}

static int check_file(retort_lint *lint, rt_lint_file *file,
		      retort_error *err)
{
	size_t i, from = lint->findings.n;
	rt_lint_section none = { .dialect = RETORT_DIALECT_ANY };
	rt_lint_at at = { .lint = lint, .file = file, .section = &none };
	int rc = 0;

	for (i = 0; i < file->sections.n && !rc; i++) {
		rc = measure(lint, file, &file->sections.v[i], err);
		if (!rc)
			check_section(lint, file, &file->sections.v[i]);
	}
	rt_lint_allows_report(&at);
	if (lint->findings.n > from)
		qsort(lint->findings.v + from, lint->findings.n - from,
		      sizeof(*lint->findings.v), by_place);
	return rc;
}

static int check_revision(retort_lint *lint, const retort_revision *rev,
			  retort_error *err)
{
	retort_error own = RETORT_ERROR_INIT;
	rt_lint_file file;
	int rc = rt_lint_file_read(&file, lint, rev, &own);

	if (rc == RETORT_EUNSUPPORTED ||
	    (rc == RETORT_EPARSE && file.python)) {
		add_limit(lint, "%s cannot be read: %s", rev->id,
			      own.message ? own.message : "no reason given");
		rc = 0;
	} else if (rc) {
		rt_err_move(err, &own);
	} else {
		rc = check_file(lint, &file, err);
	}
	retort_error_dispose(&own);
	rt_lint_file_dispose(&file);
	return rc;
}

/* --- the whole ----------------------------------------------------------- */

int retort_lint_run(retort_project *project,
		    const retort_revision *const *revisions, size_t n,
		    const retort_lint_options *options, retort_lint **out,
		    retort_error *err)
{
	static const retort_lint_options defaults = RETORT_LINT_OPTIONS_INIT;
	retort_lint *lint = rt_calloc(1, sizeof(*lint));
	long timeout = 0;
	size_t i;
	int rc;

	*out = NULL;
	lint->project = project;
	lint->options = options ? *options : defaults;
	lint->measures = lint->options.measure != NULL;
	rc = rt_lint_severities(project, lint->severity, err);
	if (!rc)
		rc = rt_settings_duration(project->settings, "lock_timeout",
					  &timeout, err);
	lint->lock_timeout = timeout > 0;
	for (i = 0; i < n && !rc; i++)
		rc = check_revision(lint, revisions[i], err);
	if (rc) {
		retort_lint_free(lint);
		return rc;
	}
	*out = lint;
	return 0;
}

int retort_lint_revision(retort_project *project,
			 const retort_revision *revision, retort_op op,
			 retort_lint **out, retort_error *err)
{
	retort_lint_options options = RETORT_LINT_OPTIONS_INIT;

	options.op = op;
	return retort_lint_run(project, &revision, 1, &options, out, err);
}

void retort_lint_free(retort_lint *lint)
{
	if (!lint)
		return;
	rt_vec_free(&lint->findings);
	rt_vec_free(&lint->limits);
	rt_arena_free(&lint->arena);
	free(lint);
}

size_t retort_lint_count(const retort_lint *lint)
{
	return lint->findings.n;
}

const retort_lint_finding *retort_lint_at(const retort_lint *lint, size_t i)
{
	return i < lint->findings.n ? &lint->findings.v[i] : NULL;
}

size_t retort_lint_tally(const retort_lint *lint, retort_severity severity)
{
	size_t i, n = 0;

	for (i = 0; i < lint->findings.n; i++)
		n += lint->findings.v[i].severity == severity;
	return n;
}

retort_names retort_lint_limits(const retort_lint *lint)
{
	return (retort_names){ lint->limits.v, lint->limits.n };
}
