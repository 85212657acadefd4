/* SPDX-License-Identifier: MIT */
/*
 * The proof: the revisions of both sides are run in a scratch database, one
 * side first, the other first, and as `upgrade heads` of the merge runs them.
 * Text tells what looks like a conflict; this tells what is one.
 *
 * All orders start from the same state and are taken back, so one scratch
 * database serves them.
 */
#include "config.h"

#include <string.h>

#include <retort/sql.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/names.h"
#include "engine/conflicts/conflicts.h"
#include "engine/scratch/scratch.h"
#include "engine/step/script.h"
#include "rev/builder.h"
#include "text/sqltouch.h"

enum { ENTRIES_SHOWN = 20, FILES_SHOWN = 8 };

typedef enum order {
	THEIRS_FIRST, /* the target's databases, once the merge is deployed */
	OURS_FIRST,   /* a database that the branch was developed on */
	FRESH,        /* a new database */
	ORDERS
} order;

/* What became of an order. */
typedef struct outcome {
	retort_schema *schema; /* NULL where it failed */
	retort_error err;
	const rt_leaf *leaf;   /* that failed */
} outcome;

typedef struct proof {
	rt_contest *c;
	retort_graph *graph; /* of the merge */
	retort_plan *plan;   /* from nothing to its heads */
	rt_scratch *scratch;
	outcome outcomes[ORDERS];
	bool stripped; /* CONCURRENTLY was left out somewhere */
} proof;

static int sides_of(const proof *p, const char *id)
{
	if (rt_names_have_sorted(&p->c->out->ours.own, id))
		return RETORT_OURS;
	return rt_names_have_sorted(&p->c->out->theirs.own, id) ? RETORT_THEIRS
								: 0;
}

/* --- the merge as a plan ------------------------------------------------- */

/* A graph that is not whole has been told of already. */
static bool make_plan(proof *p)
{
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	const char *heads = "heads";
	bool good = true;
	size_t i;

	p->graph = rt_graph_new();
	for (i = 0; p->c->light && i < p->c->light->leaves.n && good; i++)
		good = !rt_graph_add(p->graph, p->c->light->leaves.v[i].rev,
				     NULL);
	for (i = 0; i < p->c->merged.n && good; i++)
		good = rt_graph_add(p->graph, p->c->merged.v[i].rev, NULL) == 0;
	request.op = RETORT_OP_UPGRADE;
	request.targets = (retort_names){ &heads, 1 };
	return good && rt_graph_seal(p->graph, NULL) == 0 &&
	       retort_plan_make(&p->plan, p->graph, &request, NULL) == 0;
}

/* --- running ------------------------------------------------------------- */

/* CREATE INDEX CONCURRENTLY does not run in a transaction, and the orders do:
 * without that word it makes the same index. */
static void strip_concurrently(proof *p, rt_str *text)
{
	static const char word[] = "CONCURRENTLY";
	const size_t n = sizeof(word) - 1;
	retort_token token;
	size_t at = 0;

	if (p->c->dialect != RETORT_DIALECT_POSTGRESQL)
		return;
	while (retort_sql_next(text->p, text->n, p->c->dialect, &at, &token)) {
		rt_sv sv = { text->p + token.offset, token.length };

		if (token.kind != RETORT_TOKEN_WORD ||
		    !rt_sv_is_nocase(sv, word))
			continue;
		memset(text->p + token.offset, ' ', n);
		p->stripped = true;
	}
}

/* CREATE TEMP TABLE … ON COMMIT DROP */
static bool makes_passing(const retort_script *script, retort_dialect dialect)
{
	rt_touches touches = RT_VEC_INIT;
	rt_arena arena = RT_ARENA_INIT;
	bool found = false;
	size_t i;

	for (i = 0; i < retort_script_count(script); i++) {
		const retort_statement *s = retort_script_statement(script, i);

		rt_sql_touches((rt_sv){ s->sql, s->length }, dialect, &arena,
			       &touches);
	}
	for (i = 0; i < touches.n; i++)
		found |= (touches.v[i].flags & RT_TOUCH_PASSING) != 0;
	rt_vec_free(&touches);
	rt_arena_free(&arena);
	return found;
}

/* All orders are one transaction, and a revision is one of its own. */
static int end_leaf(proof *p, const retort_script *script, retort_error *err)
{
	return p->c->dialect == RETORT_DIALECT_POSTGRESQL &&
			       makes_passing(script, p->c->dialect)
		       ? rt_conn_exec(rt_scratch_conn(p->scratch),
				      "DISCARD TEMP", err)
		       : 0;
}

static int run_leaf(proof *p, const rt_leaf *leaf, retort_error *err)
{
	retort_script *script = NULL;
	rt_str text = RT_STR_INIT;
	int rc;

	rc = rt_vcs_read(p->c->b->vcs, leaf->blob, leaf->path, &text, err);
	if (rc == 0) {
		strip_concurrently(p, &text);
		rc = rt_script_from_file(&script, NULL, leaf->rev,
					 RETORT_OP_UPGRADE, rt_str_sv(&text),
					 p->c->dialect, err);
	}
	if (rc == 0)
		rc = rt_scratch_run(p->scratch, leaf->path, script, err);
	if (rc == 0)
		rc = end_leaf(p, script, err);
	retort_script_free(script);
	rt_str_free(&text);
	return rc;
}

/*
 * Run the plan's revisions that belong to some sides.
 *   in:   sides, bits; 0 = what both have in common
 *   out:  *failed, where it stopped
 */
static int run_sides(proof *p, int sides, const rt_leaf **failed,
		     retort_error *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; i < retort_plan_count(p->plan) && rc == 0; i++) {
		const char *id = retort_plan_step(p->plan, i)->revision;
		int mine = sides_of(p, id);

		if (sides ? !(mine & sides) : mine)
			continue;
		*failed = rt_contest_merged(p->c, id);
		rc = run_leaf(p, *failed, err);
	}
	return rc;
}

static int run_order(proof *p, order which)
{
	static const int first[] = { RETORT_THEIRS, RETORT_OURS,
				     RETORT_OURS | RETORT_THEIRS };
	static const int second[] = { RETORT_OURS, RETORT_THEIRS, 0 };
	rt_conn *conn = rt_scratch_conn(p->scratch);
	outcome *o = &p->outcomes[which];
	int rc;

	rc = rt_conn_exec(conn, "BEGIN", p->c->err);
	if (rc)
		return rc;
	rc = run_sides(p, first[which], &o->leaf, &o->err);
	if (rc == 0 && second[which])
		rc = run_sides(p, second[which], &o->leaf, &o->err);
	if (rc == 0)
		rc = rt_scratch_schema(p->scratch, &o->schema, &o->err);
	if (rt_conn_in_transaction(conn))
		(void)!rt_conn_exec(conn, "ROLLBACK", NULL);
	return rc && !o->leaf ? rc : 0;
}

/* --- findings ------------------------------------------------------------ */

static const char *order_text(const proof *p, order which)
{
	rt_arena *arena = &p->c->out->arena;

	switch (which) {
	case THEIRS_FIRST:
		return rt_arena_strf(arena, "%s first, then %s", p->c->them,
				     p->c->us);
	case OURS_FIRST:
		return rt_arena_strf(arena, "%s first, then %s", p->c->us,
				     p->c->them);
	default:
		return "on a new database";
	}
}

static void add_own_files(proof *p, rt_finding *f)
{
	size_t i, n = 0;

	for (i = 0; i < retort_plan_count(p->plan) && n < FILES_SHOWN; i++) {
		const char *id = retort_plan_step(p->plan, i)->revision;
		const rt_leaf *leaf = rt_contest_merged(p->c, id);
		int sides = sides_of(p, id);

		if (!sides)
			continue;
		rt_finding_file(f, (unsigned)sides, leaf->path, 0, id);
		n++;
	}
}

static void tell_failure(proof *p, order which)
{
	outcome *o = &p->outcomes[which];
	rt_finding f;

	rt_finding_begin(&f, RETORT_CONFLICT_ORDER);
	rt_str_addf(&f.message, "run in the order %s, %s fails: %s",
		    order_text(p, which), o->leaf->rev->id, o->err.message);
	rt_str_add(&f.next, "let the branch that is merged second build on "
			    "the other: retort rebase");
	rt_finding_file(&f, (unsigned)sides_of(p, o->leaf->rev->id),
			o->leaf->path, o->err.line, o->leaf->rev->id);
	rt_finding_end(&f, p->c);
}

static void add_detail(rt_str *out, const retort_diff *diff)
{
	size_t i, n = 0;

	for (i = 0; i < retort_diff_count(diff); i++) {
		const retort_diff_entry *e = retort_diff_at(diff, i);

		if (e->part || n++ >= ENTRIES_SHOWN)
			continue;
		rt_str_addf(out, "%s %s %s", retort_diff_word(e->diff),
			    retort_kind_word(e->kind), e->name);
		if (*e->property)
			rt_str_addf(out, ": %s %s -> %s", e->property,
				    *e->before ? e->before : "none",
				    *e->after ? e->after : "none");
		rt_str_addc(out, '\n');
	}
	if (n > ENTRIES_SHOWN)
		rt_str_addf(out, "and %zu more\n", n - ENTRIES_SHOWN);
}

/* Two orders that both ran: do they end the same? */
static int compare_orders(proof *p, order one, order other, bool *told)
{
	retort_diff *diff;
	rt_finding f;
	int rc;

	rc = retort_diff_make(&diff, p->outcomes[one].schema,
			      p->outcomes[other].schema, p->c->err);
	if (rc)
		return rc;
	if (retort_diff_count(diff)) {
		*told = true;
		rt_finding_begin(&f, RETORT_CONFLICT_ORDER);
		f.conflict.note = retort_diff_is_empty(diff);
		rt_str_addf(&f.message,
			    "%s not the same: %s; or %s",
			    f.conflict.note ? "the order of columns is"
					    : "the schemas are",
			    order_text(p, one), order_text(p, other));
		if (!f.conflict.note)
			rt_str_add(&f.next, "let the branch that is merged "
					    "second build on the other: "
					    "retort rebase");
		add_detail(&f.detail, diff);
		add_own_files(p, &f);
		rt_finding_end(&f, p->c);
	}
	retort_diff_free(diff);
	return 0;
}

static int report(proof *p)
{
	bool told = false;
	int i, rc = 0;

	for (i = 0; i < ORDERS; i++)
		if (!p->outcomes[i].schema && (i != FRESH || !told)) {
			tell_failure(p, (order)i);
			told = true;
		}
	told = false;
	if (p->outcomes[THEIRS_FIRST].schema && p->outcomes[OURS_FIRST].schema)
		rc = compare_orders(p, THEIRS_FIRST, OURS_FIRST, &told);
	if (rc == 0 && !told && p->outcomes[FRESH].schema &&
	    p->outcomes[THEIRS_FIRST].schema)
		rc = compare_orders(p, THEIRS_FIRST, FRESH, &told);
	if (p->stripped)
		rt_contest_limit(p->c, "the orders were tried without "
				       "CONCURRENTLY");
	return rc;
}

/* --- */

/* What both sides have in common; where that does not run there is nothing
 * to be proved. */
static int try_orders(proof *p)
{
	retort_error err = RETORT_ERROR_INIT;
	const rt_leaf *leaf = NULL;
	int i, rc;

	rc = rt_scratch_open(&p->scratch, p->c->b->project, &err);
	if (rc == 0)
		rc = run_sides(p, 0, &leaf, &err);
	if (rc) {
		rt_contest_limit(p->c, "the orders were not tried: %s%s%s",
				 leaf ? leaf->rev->id : "", leaf ? ": " : "",
				 err.message);
		retort_error_dispose(&err);
		return 0;
	}
	for (i = 0; i < ORDERS && rc == 0; i++)
		rc = run_order(p, (order)i);
	return rc ? rc : report(p);
}

int rt_contest_order(rt_contest *c)
{
	proof p = { .c = c };
	int i, rc = 0;

	if (!c->options->prove || !c->out->ours.own.n || !c->out->theirs.own.n)
		return 0;
	if (c->dialect == RETORT_DIALECT_ANY)
		rt_contest_limit(c, "the orders were not tried: no database "
				    "URL says in what dialect");
	else if (make_plan(&p))
		rc = try_orders(&p);
	else
		rt_contest_limit(c, "the orders were not tried: the merge is "
				    "no whole graph");
	for (i = 0; i < ORDERS; i++) {
		retort_schema_free(p.outcomes[i].schema);
		retort_error_dispose(&p.outcomes[i].err);
	}
	rt_scratch_close(p.scratch);
	retort_plan_free(p.plan);
	retort_graph_free(p.graph);
	return rc;
}
