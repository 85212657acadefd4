/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/step/plan.h"

#include <retort/sql.h>

#include "base/err.h"
#include "base/names.h"
#include "base/vec.h"

/* --- what loses data ----------------------------------------------------- */

/* What may be dropped without losing what was stored. */
static bool is_harmless(rt_sv word)
{
	static const char *const words[] = {
		"index", "view", "constraint", "trigger", "function",
		"procedure", "routine", "aggregate", "operator", "rule",
		"policy", "default", "not", "expression", "identity", "cast",
		"collation", "statistics", "publication",
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rt_sv_is_nocase(word, words[i]))
			return true;
	return false;
}

/* DROP of a table, column, schema ..., TRUNCATE, DELETE as a statement. */
static bool loses_data(rt_sv sql, retort_dialect dialect)
{
	size_t offset = 0, words = 0;
	bool dropped = false;
	retort_token t;
	rt_sv word;

	while (retort_sql_next(sql.p, sql.n, dialect, &offset, &t)) {
		if (t.kind == RETORT_TOKEN_SPACE ||
		    t.kind == RETORT_TOKEN_COMMENT)
			continue;
		word = rt_sv_sub(sql, t.offset, t.length);
		if (t.kind != RETORT_TOKEN_WORD)
			word = RT_SV("");
		if (dropped && !is_harmless(word))
			return true;
		dropped = rt_sv_is_nocase(word, "drop");
		if (words++ == 0 && (rt_sv_is_nocase(word, "truncate") ||
				     rt_sv_is_nocase(word, "delete")))
			return true;
	}
	return false;
}

/* --- making -------------------------------------------------------------- */

/* Sorted: a database gives its rows in any order. */
static void add_names(rt_str *s, retort_names names)
{
	RT_VEC(const char *) sorted = RT_VEC_INIT;
	size_t i;

	for (i = 0; i < names.n; i++)
		rt_vec_push(&sorted, names.v[i]);
	rt_names_sort(sorted.v, sorted.n);
	for (i = 0; i < sorted.n; i++)
		rt_str_addf(s, "%s%s", i ? ", " : "", sorted.v[i]);
	if (!sorted.n)
		rt_str_add(s, "<base>");
	rt_vec_free(&sorted);
}

static const char *names_text(rt_arena *a, retort_names names)
{
	rt_str s = RT_STR_INIT;
	const char *text;

	add_names(&s, names);
	text = rt_arena_strdup(a, s.p);
	rt_str_free(&s);
	return text;
}

static const char *change_text(rt_arena *a, const retort_row_change *c)
{
	if (c->kind == RETORT_ROW_DELETE)
		return rt_arena_strf(a, "- %s", c->old_id);
	if (c->kind == RETORT_ROW_INSERT)
		return rt_arena_strf(a, "+ %s", c->new_id);
	return rt_arena_strf(a, "%s -> %s", c->old_id, c->new_id);
}

static void add_statements(rt_arena *a, rt_plan_step *out,
			   const retort_script *script, retort_dialect dialect)
{
	const retort_statement *st;
	rt_plan_statement *s;
	size_t i;

	out->transaction = retort_script_in_transaction(script);
	out->n = retort_script_count(script);
	out->statements = rt_arena_calloc(a, out->n + 1,
					  sizeof(*out->statements));
	for (i = 0; i < out->n; i++) {
		st = retort_script_statement(script, i);
		s = &out->statements[i];
		s->sql = (rt_sv){ rt_arena_strsv(a, (rt_sv){ st->sql,
							     st->length }),
				  st->length };
		s->line = st->line;
		s->column = st->column;
		s->rows = -1;
		s->loses = loses_data(s->sql, dialect);
		out->loses = out->loses || s->loses;
	}
}

static bool has_way_back(retort_project *project, const retort_step *step)
{
	retort_script *script = NULL;
	int rc = retort_project_script(project, step->node,
				       RETORT_OP_DOWNGRADE,
				       retort_project_dialect(project),
				       &script, NULL);

	retort_script_free(script);
	return rc == 0;
}

static int add_script(rt_arena *a, rt_plan_step *out, retort_project *project,
		      const retort_step *step, retort_error *err)
{
	retort_dialect dialect = retort_project_dialect(project);
	retort_script *script = NULL;
	int rc;

	out->transaction = out->way_back = true;
	if (step->op == RETORT_OP_STAMP || !step->node)
		return 0;
	rc = retort_project_script(project, step->node, step->op, dialect,
				   &script, err);
	if (rc)
		return rc;
	add_statements(a, out, script, dialect);
	retort_script_free(script);
	if (step->op == RETORT_OP_UPGRADE)
		out->way_back = has_way_back(project, step);
	return 0;
}

static int add_step(rt_arena *a, rt_plan_step *out, retort_project *project,
		    const retort_step *step, retort_error *err)
{
	size_t i;

	out->op = step->op;
	out->revision = rt_arena_strdup(a, step->revision);
	out->message = rt_arena_strdup(a, step->node ? step->node->message
						     : "");
	out->path = rt_arena_strdup(a, step->node ? step->node->path : "");
	out->from = names_text(a, step->from);
	out->to = names_text(a, step->to);
	out->n_changes = step->n_changes;
	out->changes = rt_arena_calloc(a, step->n_changes + 1,
				       sizeof(*out->changes));
	for (i = 0; i < step->n_changes; i++)
		out->changes[i] = change_text(a, &step->changes[i]);
	return add_script(a, out, project, step, err);
}

static int fill(rt_step_plan *p, retort_project *project,
		const retort_plan *plan, retort_error *err)
{
	rt_arena *a = &p->arena;
	size_t i;
	int rc = 0;

	p->n = retort_plan_count(plan);
	p->steps = rt_arena_calloc(a, p->n + 1, sizeof(*p->steps));
	p->before = names_text(a, retort_plan_rows_before(plan));
	p->after = names_text(a, retort_plan_rows_after(plan));
	for (i = 0; i < p->n && !rc; i++)
		rc = add_step(a, &p->steps[i], project,
			      retort_plan_step(plan, i), err);
	if (!rc)
		rc = rt_step_plan_bind(project, plan, &p->binding, err);
	return rc;
}

int rt_step_plan_make(rt_step_plan *p, retort_project *project,
		      const retort_graph *graph, retort_op op,
		      const char *target, retort_names rows,
		      retort_error *err)
{
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	retort_plan *plan = NULL;
	int rc;

	*p = (rt_step_plan)RT_STEP_PLAN_INIT;
	p->op = op;
	p->target = rt_arena_strdup(&p->arena, target);
	request.op = op;
	request.targets = (retort_names){ &p->target, 1 };
	request.rows = rows;
	rc = retort_plan_make(&plan, graph, &request, err);
	if (!rc)
		rc = fill(p, project, plan, err);
	retort_plan_free(plan);
	if (rc)
		rt_step_plan_free(p);
	return rc;
}

void rt_step_plan_free(rt_step_plan *p)
{
	rt_arena_free(&p->arena);
	rt_str_free(&p->binding);
	*p = (rt_step_plan)RT_STEP_PLAN_INIT;
}

/* The script as it would be run: its text, and whether in a transaction. */
static int bind_script(retort_project *project, const retort_step *step,
		       rt_str *out, retort_error *err)
{
	retort_script *script = NULL;
	int rc;

	if (step->op == RETORT_OP_STAMP || !step->node || !*step->node->path)
		return 0;
	rc = retort_project_script(project, step->node, step->op,
				   retort_project_dialect(project), &script,
				   err);
	if (rc)
		return rc;
	rt_str_addf(out, "%d\n%s\n",
		    (int)retort_script_in_transaction(script),
		    retort_script_text(script));
	retort_script_free(script);
	return 0;
}

int rt_step_plan_bind(retort_project *project, const retort_plan *plan,
		      rt_str *out, retort_error *err)
{
	const retort_step *step;
	size_t i;
	int rc = 0;

	add_names(out, retort_plan_rows_before(plan));
	for (i = 0; i < retort_plan_count(plan) && !rc; i++) {
		step = retort_plan_step(plan, i);
		rt_str_addf(out, "\n%s %s ", retort_op_name(step->op),
			    step->revision);
		add_names(out, step->from);
		rt_str_add(out, " -> ");
		add_names(out, step->to);
		rt_str_addc(out, '\n');
		rc = bind_script(project, step, out, err);
	}
	return rc;
}

bool rt_step_plan_loses(const rt_step_plan *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->steps[i].loses)
			return true;
	return false;
}

bool rt_step_plan_is_single(const rt_step_plan *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (!p->steps[i].transaction)
			return true;
	return false;
}

/* --- how far it has come ------------------------------------------------- */

size_t rt_plan_step_at(const rt_plan_step *s)
{
	size_t i = s->n;

	while (i > 0 && s->statements[i - 1].mark != RT_MARK_RAN)
		i--;
	return i + 1;
}

static void mark_running(rt_plan_step *s)
{
	size_t at = rt_plan_step_at(s);

	s->mark = RT_MARK_RUNS;
	if (at <= s->n)
		s->statements[at - 1].mark = RT_MARK_RUNS;
}

void rt_step_plan_begin(rt_step_plan *p, size_t step)
{
	if (step < p->n)
		mark_running(&p->steps[step]);
}

void rt_step_plan_ran(rt_step_plan *p, size_t step, size_t statement,
		      long long rows, double ms)
{
	rt_plan_statement *st;
	size_t i;

	if (step >= p->n || !statement || statement > p->steps[step].n)
		return;
	/* one that goes on begins behind the good ones */
	for (i = 0; i + 1 < statement; i++)
		p->steps[step].statements[i].mark = RT_MARK_RAN;
	st = &p->steps[step].statements[statement - 1];
	st->mark = RT_MARK_RAN;
	st->rows = rows;
	st->ms = ms;
	mark_running(&p->steps[step]);
}

void rt_step_plan_committed(rt_step_plan *p, size_t step, double ms)
{
	if (step >= p->n)
		return;
	p->steps[step].mark = RT_MARK_RAN;
	p->steps[step].ms = ms;
}

static void clear_step(rt_plan_step *s)
{
	size_t i;

	s->mark = RT_MARK_NONE;
	for (i = 0; i < s->n; i++) {
		s->statements[i].mark = RT_MARK_NONE;
		s->statements[i].ms = 0;
		s->statements[i].rows = -1;
	}
}

void rt_step_plan_rewind(rt_step_plan *p, bool all)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (all || p->steps[i].mark != RT_MARK_RAN)
			clear_step(&p->steps[i]);
}

rt_plan_step *rt_step_plan_current(const rt_step_plan *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->steps[i].mark != RT_MARK_RAN)
			return &p->steps[i];
	return NULL;
}

void rt_step_plan_broke(rt_step_plan *p, bool known)
{
	rt_mark mark = known ? RT_MARK_FAILED : RT_MARK_UNKNOWN;
	rt_plan_step *s = rt_step_plan_current(p);
	size_t at, i;

	if (!s || s->mark == RT_MARK_NONE)
		return;
	at = rt_plan_step_at(s);
	s->mark = mark;
	if (at <= s->n)
		s->statements[at - 1].mark = mark;
	for (i = 0; s->transaction && i + 1 < at; i++)
		s->statements[i].mark = known ? RT_MARK_TAKEN_BACK
					      : RT_MARK_UNKNOWN;
}
