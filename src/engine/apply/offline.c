/* SPDX-License-Identifier: MIT */
/*
 * `--sql`: the plan as a script.  It leaves the same tables and rows as an
 * online run, the journal included (without who and where: the script does
 * not know who will run it), so that `verify` and a downgrade whose file is
 * gone work on a database that was made by script.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <retort/apply.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/utf8.h"
#include "config/settings.h"
#include "engine/project/project.h"
#include "engine/scratch/shadow.h"
#include "engine/step/body.h"
#include "engine/step/ids.h"

typedef struct rt_script_writer {
	const retort_plan *plan;
	retort_dialect dialect;
	rt_place place;
	bool one; /* a single transaction for all */
	rt_body *bodies;
	size_t n;
	rt_ids rows; /* as the script leaves them so far */
	rt_str out;
} rt_script_writer;

static void add_sql(rt_script_writer *w, const char *sql)
{
	rt_str_addf(&w->out, "%s;\n\n", sql);
}

static void add_begin(rt_script_writer *w)
{
	add_sql(w, w->dialect == RETORT_DIALECT_SQLITE ? "BEGIN IMMEDIATE"
						       : "BEGIN");
}

/* Names come from files: nothing of them may end the comment line. */
static void add_words(rt_str *out, const char *text)
{
	for (; *text; text++)
		rt_str_addc(out, (unsigned char)*text < ' ' ? ' ' : *text);
}

static void add_names(rt_str *out, const retort_names *names)
{
	size_t i;

	for (i = 0; i < names->n; i++) {
		rt_str_add(out, i ? ", " : "");
		add_words(out, names->v[i]);
	}
}

static void add_title(rt_script_writer *w, const retort_step *step)
{
	rt_str_addf(&w->out, "-- Running %s ",
		    step->op == RETORT_OP_STAMP ? "stamp_revision"
						: retort_op_name(step->op));
	add_names(&w->out, &step->from);
	rt_str_add(&w->out, " -> ");
	add_names(&w->out, &step->to);
	if (step->op != RETORT_OP_STAMP && step->node && *step->node->message) {
		rt_str_add(&w->out, ", ");
		add_words(&w->out, step->node->message);
	}
	rt_str_add(&w->out, "\n\n");
}

static void add_tables(rt_script_writer *w, size_t i)
{
	rt_str sql = RT_STR_INIT;
	unsigned k;

	if (w->rows.n == 0) {
		rt_vertab_create_sql(&w->place.vertab, true, &sql);
		add_sql(w, sql.p);
	}
	rt_str_clear(&sql);
	for (k = 0; i == 0 && w->place.journal_on &&
		    rt_journal_create_sql(&w->place.journal, k, &sql);
	     k++) {
		add_sql(w, sql.p);
		rt_str_clear(&sql);
	}
	rt_str_free(&sql);
}

/* Whether a transaction of its own is open behind it; see
 * rt_items_single. */
static bool add_statements(rt_script_writer *w, const rt_body *body)
{
	size_t i, n = rt_body_count(body);
	bool open = false;

	for (i = 0; i < n; i++) {
		const retort_statement *st =
		    retort_script_statement(body->script, i);

		if (!body->transaction && open && st->autocommit)
			add_sql(w, "COMMIT");
		if (!body->transaction && !open && !st->autocommit)
			add_begin(w);
		open = !st->autocommit;
		rt_str_addn(&w->out, st->sql, st->length);
		rt_str_add(&w->out, ";\n");
		if (st->copy_data) {
			rt_str_addn(&w->out, st->copy_data, st->copy_length);
			if (st->copy_length &&
			    st->copy_data[st->copy_length - 1] != '\n')
				rt_str_addc(&w->out, '\n');
			rt_str_add(&w->out, "\\.\n");
		}
		rt_str_addc(&w->out, '\n');
	}
	return open;
}

static void add_rows(rt_script_writer *w, const rt_body *body,
		     const retort_step *step)
{
	rt_arena arena = RT_ARENA_INIT;
	rt_str sql = RT_STR_INIT;
	retort_journal_row row;
	size_t i;

	for (i = 0; i < step->n_changes; i++) {
		rt_vertab_change_sql(&w->place.vertab, &step->changes[i], &sql);
		add_sql(w, sql.p);
		rt_str_clear(&sql);
	}
	if (w->place.journal_on) {
		rt_body_journal(body, step, &arena, &row);
		row.tool = "retort " RETORT_VERSION " --sql";
		rt_journal_insert_sql(&w->place.journal, &row, &sql);
		add_sql(w, sql.p);
	}
	rt_ids_step(&w->rows, step);
	rt_str_free(&sql);
	rt_arena_free(&arena);
}

static void add_step(rt_script_writer *w, size_t i)
{
	const retort_step *step = retort_plan_step(w->plan, i);
	const rt_body *body = &w->bodies[i];

	bool open = false;

	add_title(w, step);
	if (!body->transaction)
		open = add_statements(w, body);
	if (!w->one && !open)
		add_begin(w);
	add_tables(w, i);
	if (body->transaction)
		(void)add_statements(w, body);
	if (body->moves)
		add_sql(w, "RESET search_path");
	add_rows(w, body, step);
	if (!w->one)
		add_sql(w, "COMMIT");
}

/* The table's width is not known, but a longer id in it shows that it is a
 * wider one. */
static size_t id_limit(const rt_ids *rows)
{
	size_t i, n, limit = RT_VERTAB_ID_LIMIT;

	for (i = 0; i < rows->n; i++) {
		n = rt_utf8_count(rt_sv_from(rows->v[i]));
		if (n > limit)
			limit = SIZE_MAX;
	}
	return limit;
}

/* Everything is read before the first line is written; what does not fit
 * is let go and read again. */
static int load(rt_script_writer *w, retort_project *project, retort_error *err)
{
	size_t n = retort_plan_count(w->plan), weight = 0;
	size_t limit = id_limit(&w->rows);
	rt_stand stand;
	int rc = 0;

	w->bodies = rt_calloc(n ? n : 1, sizeof(*w->bodies));
	rt_stand_begin(&stand, project, w->plan);
	while (!rc && w->n < n) {
		const retort_step *step = retort_plan_step(w->plan, w->n);
		rt_body *body = &w->bodies[w->n++];

		rc = rt_ids_check(step, w->place.vertab.table, limit, err);
		if (!rc)
			rc = rt_body_load(body, project, NULL, NULL, step,
					  w->dialect,
					  w->place.journal_on, err);
		if (!rc && w->one && !body->transaction)
			rc = rt_body_refuse_in_one(body, step, err);
		weight += rt_body_weight(body);
		if (weight > RT_BODY_BUDGET)
			rt_body_rest(body);
		rt_stand_step(&stand, step);
	}
	rt_stand_end(&stand);
	return rc;
}

static int flush(rt_script_writer *w,
		 int (*write)(void *self, const char *text, size_t n),
		 void *self, retort_error *err)
{
	int rc = w->out.n ? write(self, w->out.p, w->out.n) : 0;

	rt_str_clear(&w->out);
	if (rc)
		(void)rt_err_set(err, rc, "the script could not be written");
	return rc;
}

static int write_all(rt_script_writer *w, retort_project *project,
		     int (*write)(void *self, const char *text, size_t n),
		     void *self, retort_error *err)
{
	rt_stand stand;
	size_t i;
	int rc = 0;

	if (w->one && w->n)
		add_begin(w);
	rt_stand_begin(&stand, project, w->plan);
	for (i = 0; !rc && i < w->n; i++) {
		rc = rt_body_wake(&w->bodies[i], project, NULL, NULL,
				  retort_plan_step(w->plan, i), w->dialect,
				  w->place.journal_on, err);
		if (rc)
			break;
		rt_stand_step(&stand, retort_plan_step(w->plan, i));
		add_step(w, i);
		rt_body_dispose(&w->bodies[i]);
		rc = flush(w, write, self, err);
	}
	rt_stand_end(&stand);
	if (w->one && w->n)
		add_sql(w, "COMMIT");
	return rc ? rc : flush(w, write, self, err);
}

int retort_apply_write_sql(retort_project *project, const retort_plan *plan,
			   retort_dialect dialect,
			   int (*write)(void *self, const char *text, size_t n),
			   void *self, retort_error *err)
{
	rt_script_writer w;
	const char *transaction;
	size_t i;
	int rc;

	memset(&w, 0, sizeof(w));
	w.plan = plan;
	w.dialect = dialect;
	w.out = (rt_str)RT_STR_INIT;
	rt_ids_set(&w.rows, retort_plan_rows_before(plan));
	rc = rt_place_read(project, dialect, &w.place, err);
	if (!rc)
		rc = rt_settings_get(project->settings, "transaction",
				     &transaction, err);
	if (!rc) {
		w.one = transaction && strcmp(transaction, "all") == 0;
		project->offline = true;
		rc = load(&w, project, err);
		project->offline = false;
	}
	if (!rc)
		rc = write_all(&w, project, write, self, err);
	for (i = 0; i < w.n; i++)
		rt_body_dispose(&w.bodies[i]);
	free(w.bodies);
	rt_vec_free(&w.rows);
	rt_str_free(&w.out);
	return rc;
}

int retort_apply_write_version_sql(retort_project *project,
				   retort_dialect dialect,
				   int (*write)(void *self, const char *text,
						size_t n),
				   void *self, retort_error *err)
{
	rt_script_writer w = { .dialect = dialect, .out = RT_STR_INIT };
	int rc = rt_place_read(project, dialect, &w.place, err);

	if (rc)
		return rc;
	rt_vertab_create_sql(&w.place.vertab, true, &w.out);
	rt_str_add(&w.out, ";\n");
	rc = flush(&w, write, self, err);
	rt_str_free(&w.out);
	return rc;
}
