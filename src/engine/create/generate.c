/* SPDX-License-Identifier: MIT */
/*
 * The SQL of a revision from two schemas: what is, what should be.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "engine/create/renames.h"
#include "engine/project/desired.h"
#include "engine/project/schema.h"
#include "schema/alter.h"

enum { PARTS = 2, SHOWN = 5 };

#define GENERATED_NAME "the generated SQL"

struct retort_generated {
	rt_arena arena;
	retort_schema *before; /* what the parents make */
	retort_schema *after;  /* what should be */
	retort_diff *diff;     /* of these two */
	rt_renames renames;
	/* an up and a down section each */
	retort_section sections[PARTS][2];
	size_t n;
};

/* What is at hand while it is made. */
typedef struct maker {
	retort_project *project;
	const retort_generate_options *options;
	retort_generated *out;
	rt_scratch *scratch;    /* at the parents */
	retort_schema *renamed; /* `before` with the renames done */
	rt_str desired;         /* the wanted schema's SQL */
	rt_str rename_up, rename_down;
	retort_error *err;
} maker;

/* --- what is, and what should be --- */

static int replay_parents(maker *m)
{
	const retort_names *heads = &m->options->heads;
	const retort_graph *graph;
	bool *wanted = NULL, *more;
	size_t i, k, n = heads->n ? heads->n : 1;
	int rc;

	rc = retort_project_graph(m->project, &graph, m->err);
	for (i = 0; i < n && rc == 0; i++) {
		rc = rt_schema_wanted(m->project,
				      heads->n ? heads->v[i] : "head", &more,
				      m->err);
		if (!wanted) {
			wanted = more;
			continue;
		}
		for (k = 0; more && k < retort_graph_count(graph); k++)
			wanted[k] |= more[k];
		free(more);
	}
	if (rc == 0)
		rc = rt_scratch_replay(m->scratch, wanted, m->err);
	if (rc == 0)
		rc = rt_scratch_schema(m->scratch, &m->out->before, m->err);
	free(wanted);
	return rc;
}

static int read_desired(maker *m)
{
	rt_desired desired = { NULL, RT_STR_INIT };
	rt_scratch *scratch = NULL;
	int rc;

	rc = rt_desired_read(&desired, m->project, m->err);
	m->desired = desired.sql;
	if (rc == 0)
		rc = rt_scratch_open(&scratch, m->project, m->err);
	if (rc == 0)
		rc = rt_scratch_run_text(scratch, desired.name,
					 rt_str_sv(&m->desired), true, m->err);
	if (rc == 0)
		rc = rt_scratch_schema(scratch, &m->out->after, m->err);
	rt_scratch_close(scratch);
	return rc;
}

/* --- renames --- */

static void ask_renames(maker *m)
{
	rt_renames found = RT_VEC_INIT;
	retort_diff *diff;
	size_t i;

	if (!m->options->is_rename ||
	    retort_diff_make(&diff, m->renamed, m->out->after, NULL))
		return;
	rt_renames_suggest(diff, &m->out->arena, &found);
	retort_diff_free(diff);
	for (i = 0; i < found.n; i++)
		if (m->options->is_rename(m->options->self, &found.v[i]))
			rt_vec_push(&m->out->renames, found.v[i]);
	rt_vec_free(&found);
}

static size_t find(const retort_schema *s, const retort_rename *r,
		   const char *name)
{
	const char *top = r->kind == RETORT_KIND_TABLE ? name : r->table;
	size_t at = 0, i;

	while ((i = rt_schema_next(s, RT_NO_OBJECT, RETORT_KIND_TABLE, &at)) !=
	       RT_NO_OBJECT)
		if (!strcmp(s->v[i].name, top))
			break;
	if (i == RT_NO_OBJECT || r->kind == RETORT_KIND_TABLE)
		return i;
	return rt_schema_child(s, i, RETORT_KIND_COLUMN, name);
}

static void add_statements(rt_str *out, const rt_ddl_list *list)
{
	size_t i;

	for (i = 0; i < list->list.n; i++) {
		if (list->list.v[i].note)
			rt_str_addf(out, "-- %s\n", list->list.v[i].note);
		rt_str_addf(out, "%s;\n", list->list.v[i].sql);
	}
}

/* The statement that renames, from what the schema has now. */
static int rename_sql(maker *m, const retort_rename *r, const char *from,
		      const char *to, rt_str *out)
{
	rt_ddl_list list = RT_DDL_LIST_INIT;
	size_t object = find(m->renamed, r, from);
	int rc;

	if (object == RT_NO_OBJECT)
		rc = rt_err_set(m->err, RETORT_ENOTFOUND,
				"there is no %s %s to rename",
				retort_kind_word(r->kind), from);
	else
		rc = rt_rename(m->renamed, object, to, &list, m->err);
	add_statements(out, &list);
	rt_ddl_list_free(&list);
	return rc;
}

/* Views that would be in the way: the old ones come back on the way down, the
 * new ones are part of the change. */
static void step_aside(maker *m, const retort_rename *r, rt_str *up,
		       rt_str *down)
{
	rt_ddl_list drop = RT_DDL_LIST_INIT, create = RT_DDL_LIST_INIT;
	size_t column = find(m->renamed, r, r->from);

	if (r->kind == RETORT_KIND_COLUMN && column != RT_NO_OBJECT &&
	    retort_schema_dialect(m->renamed) == RETORT_DIALECT_SQLITE)
		rt_sqlite_rename_aside(m->renamed, column, &drop, &create);
	add_statements(up, &drop);
	add_statements(down, &create);
	rt_ddl_list_free(&drop);
	rt_ddl_list_free(&create);
}

static int read_renamed(maker *m)
{
	retort_schema_free(m->renamed);
	m->renamed = NULL;
	return rt_scratch_schema(m->scratch, &m->renamed, m->err);
}

/* Do it in the scratch database; its reverse goes in front of the others,
 * for the last one is undone first. */
static int rename_one(maker *m, const retort_rename *r)
{
	rt_str up = RT_STR_INIT, down = RT_STR_INIT, views = RT_STR_INIT;
	int rc;

	step_aside(m, r, &up, &views);
	rc = rename_sql(m, r, r->from, r->to, &up);
	if (rc == 0)
		rc = rt_scratch_run_text(m->scratch, GENERATED_NAME,
					 rt_str_sv(&up), true, m->err);
	if (rc == 0)
		rc = read_renamed(m);
	if (rc == 0)
		rc = rename_sql(m, r, r->to, r->from, &down);
	rt_str_add(&m->rename_up, up.p);
	rt_str_addf(&down, "%s%s", views.p, m->rename_down.p);
	rt_str_free(&m->rename_down);
	m->rename_down = down;
	rt_str_free(&up);
	rt_str_free(&views);
	return rc;
}

/* Tried in a transaction, and taken back: the proof starts from the parents. */
static int do_renames(maker *m)
{
	rt_conn *conn = rt_scratch_conn(m->scratch);
	size_t i, asked;
	int rc;

	rt_renames_read(rt_str_sv(&m->desired),
			retort_schema_dialect(m->out->after), &m->out->arena,
			&m->out->renames);
	rt_renames_keep(&m->out->renames, m->out->before, m->out->after);
	rc = rt_conn_exec(conn, "BEGIN", m->err);
	if (rc == 0)
		rc = read_renamed(m);
	for (i = 0; i < m->out->renames.n && rc == 0; i++)
		rc = rename_one(m, &m->out->renames.v[i]);
	asked = i;
	if (rc == 0)
		ask_renames(m);
	for (i = asked; i < m->out->renames.n && rc == 0; i++)
		rc = rename_one(m, &m->out->renames.v[i]);
	if (rt_conn_in_transaction(conn))
		(void)!rt_conn_exec(conn, "ROLLBACK", NULL);
	return rc;
}

/* --- statements --- */

/* The statements between two schemas: first those that a transaction can
 * hold, then the others; `alone` says whether there are any of these. */
static int alter(maker *m, const retort_schema *from, const retort_schema *to,
		 rt_str *text, rt_str *alone)
{
	rt_alter_options options = { m->options->online };
	rt_ddl_list list = RT_DDL_LIST_INIT;
	retort_diff *diff = NULL;
	size_t i;
	int rc;

	rc = retort_diff_make(&diff, from, to, m->err);
	if (rc == 0)
		rc = rt_alter(diff, &options, &list, m->err);
	for (i = 0; i < list.list.n && rc == 0; i++) {
		const rt_ddl *ddl = &list.list.v[i];
		rt_str *out = ddl->autocommit ? alone : text;

		if (ddl->note)
			rt_str_addf(out, "-- %s\n", ddl->note);
		rt_str_addf(out, "%s;\n", ddl->sql);
	}
	rt_ddl_list_free(&list);
	retort_diff_free(diff);
	return rc;
}

/* The way back is one section, whatever it holds. */
static int alter_back(maker *m, const retort_schema *from,
		      const retort_schema *to, retort_section *section,
		      const rt_str *behind)
{
	rt_str text = RT_STR_INIT, alone = RT_STR_INIT;
	int rc = alter(m, from, to, &text, &alone);

	section->op = RETORT_OP_DOWNGRADE;
	section->transaction = alone.n == 0;
	rt_str_add(&text, alone.p);
	if (behind)
		rt_str_add(&text, behind->p);
	section->sql = rt_arena_strdup(&m->out->arena, text.p);
	rt_str_free(&text);
	rt_str_free(&alone);
	return rc;
}

static int run_section(maker *m, const retort_section *section,
		       retort_schema **schema)
{
	int rc = rt_scratch_run_text(m->scratch, GENERATED_NAME,
				     rt_sv_from(section->sql),
				     section->transaction, m->err);

	if (rc == 0 && schema)
		rc = rt_scratch_schema(m->scratch, schema, m->err);
	return rc;
}

/* --- the proof --- */

static int refute(maker *m, const retort_diff *diff, bool up)
{
	rt_str list = RT_STR_INIT;
	size_t i, n = 0;

	for (i = 0; i < retort_diff_count(diff); i++) {
		const retort_diff_entry *e = retort_diff_at(diff, i);

		if (e->diff == RETORT_DIFF_MOVED || e->part)
			continue;
		if (n++ < SHOWN)
			rt_str_addf(&list, "%s%s %s %s%s%s",
				    list.n ? "; " : "", retort_kind_word(e->kind),
				    e->name,
				    *e->property ? "" : retort_diff_word(e->diff),
				    e->property, *e->property ? " differs" : "");
	}
	if (n > SHOWN)
		rt_str_addf(&list, "; and %zu more", n - SHOWN);
	rt_err_set(m->err, RETORT_EREFUSED,
		   "the generated SQL was tried %s and does not give the %s "
		   "schema: %s",
		   up ? "upwards" : "downwards", up ? "wanted" : "old", list.p);
	rt_err_field(m->err, RETORT_ERROR_NEXT,
		     "nothing was written; write this revision by hand, "
		     "starting from `retort diff heads schema --sql`");
	rt_str_free(&list);
	return RETORT_EREFUSED;
}

static int prove(maker *m, const retort_schema *is,
		 const retort_schema *wanted, bool up)
{
	retort_diff *diff;
	int rc = retort_diff_make(&diff, is, wanted, m->err);

	if (rc)
		return rc;
	if (!retort_diff_is_empty(diff))
		rc = refute(m, diff, up);
	retort_diff_free(diff);
	return rc;
}

static int prove_down(maker *m)
{
	retort_schema *is = NULL;
	size_t i;
	int rc = 0;

	for (i = m->out->n; i-- > 0 && rc == 0;)
		rc = run_section(m, &m->out->sections[i][1],
				 i == 0 ? &is : NULL);
	if (rc == 0)
		rc = prove(m, is, m->out->before, false);
	retort_schema_free(is);
	return rc;
}

/*
 * Write the sections and run them: up to the wanted schema, and down again.
 * The way down is made from what the way up has really left behind.
 */
static int write_sections(maker *m)
{
	retort_schema *middle = NULL, *end = NULL;
	rt_str text = RT_STR_INIT, alone = RT_STR_INIT;
	retort_section(*s)[2] = m->out->sections;
	int rc;

	rt_str_add(&text, m->rename_up.p);
	rc = alter(m, m->renamed, m->out->after, &text, &alone);
	s[0][0] = (retort_section){ RETORT_OP_UPGRADE, true,
				    rt_arena_strdup(&m->out->arena, text.p) };
	s[1][0] = (retort_section){ RETORT_OP_UPGRADE, false,
				    rt_arena_strdup(&m->out->arena, alone.p) };
	m->out->n = alone.n ? 2 : 1;
	if (rc == 0)
		rc = run_section(m, &s[0][0], &middle);
	if (rc == 0 && alone.n)
		rc = run_section(m, &s[1][0], &end);
	if (rc == 0)
		rc = prove(m, end ? end : middle, m->out->after, true);
	if (rc == 0)
		rc = alter_back(m, middle, m->renamed, &s[0][1],
				&m->rename_down);
	if (rc == 0 && end)
		rc = alter_back(m, end, middle, &s[1][1], NULL);
	if (rc == 0)
		rc = prove_down(m);
	retort_schema_free(middle);
	retort_schema_free(end);
	rt_str_free(&text);
	rt_str_free(&alone);
	return rc;
}

static int make(maker *m)
{
	int rc = rt_scratch_open(&m->scratch, m->project, m->err);

	if (rc == 0)
		rc = read_desired(m);
	if (rc == 0)
		rc = replay_parents(m);
	if (rc == 0)
		rc = retort_diff_make(&m->out->diff, m->out->before,
				      m->out->after, m->err);
	if (rc == 0 && !retort_diff_is_empty(m->out->diff)) {
		rc = do_renames(m);
		if (rc == 0)
			rc = write_sections(m);
	}
	return rc;
}

int retort_generate(retort_project *project,
		    const retort_generate_options *options,
		    retort_generated **out, retort_error *err)
{
	maker m = { .project = project,
		    .options = options,
		    .desired = RT_STR_INIT,
		    .rename_up = RT_STR_INIT,
		    .rename_down = RT_STR_INIT,
		    .err = err };
	int rc;

	m.out = rt_calloc(1, sizeof(*m.out));
	rc = make(&m);
	rt_scratch_close(m.scratch);
	retort_schema_free(m.renamed);
	rt_str_free(&m.desired);
	rt_str_free(&m.rename_up);
	rt_str_free(&m.rename_down);
	if (rc) {
		retort_generated_free(m.out);
		m.out = NULL;
	}
	*out = m.out;
	return rc;
}

void retort_generated_free(retort_generated *generated)
{
	if (!generated)
		return;
	retort_diff_free(generated->diff);
	retort_schema_free(generated->before);
	retort_schema_free(generated->after);
	rt_vec_free(&generated->renames);
	rt_arena_free(&generated->arena);
	free(generated);
}

const retort_diff *retort_generated_diff(const retort_generated *generated)
{
	return generated->diff;
}

const retort_rename *
retort_generated_renames(const retort_generated *generated, size_t *n)
{
	*n = generated->renames.n;
	return generated->renames.v;
}

const retort_section *
retort_generated_sections(const retort_generated *generated, size_t i,
			  size_t *n)
{
	*n = 2;
	return i < generated->n ? generated->sections[i] : NULL;
}
