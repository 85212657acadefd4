/* SPDX-License-Identifier: MIT */
/*
 * The proof: both projects take the same steps, each in a scratch database of
 * its own.  What was translated runs as it was translated, what was written
 * runs as it is read from its file.
 *
 * A revision that is opaque, or that fails in both, is left out with all that
 * builds on it.  A way down that there is not ends nothing either: the two go
 * up again, without that revision, and on from there.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/names.h"
#include "engine/convert/proof.h"

enum {
	REWIND_LIMIT = 50, /* how often they go up again; it takes all steps */
	NOTE_LIMIT = 20,
};

typedef struct prover {
	retort_convert *c;
	size_t dialect;
	rt_convert_side old, new;
	const retort_graph *graph; /* of the new project */
	retort_convert_proof *proof;
	rt_convert_notes notes;
	bool *applied;  /* by index: it has run up, in both */
	size_t rewinds;
	bool closely;   /* they are compared behind each step */
	bool partly;    /* something could not run */
	bool differs;
} prover;

__attribute__((format(printf, 2, 3)))
static void note(prover *p, const char *format, ...)
{
	rt_str text = RT_STR_INIT;
	va_list ap;

	if (p->notes.n >= NOTE_LIMIT)
		return;
	va_start(ap, format);
	rt_str_addv(&text, format, ap);
	va_end(ap);
	rt_vec_push(&p->notes, rt_arena_strsv(&p->c->arena, rt_str_sv(&text)));
	rt_str_free(&text);
}

/* They part ways, with this revision if that is known. */
static void part(prover *p, const retort_revision *rev)
{
	p->differs = true;
	if (rev)
		p->proof->revision = rev->id;
}

/* --- the two sides --- */

static int open_side(rt_convert_side *side, retort_error *err)
{
	rt_scratch_close(side->scratch);
	side->scratch = NULL;
	return rt_scratch_open(&side->scratch, &side->view, err);
}

static int open_both(prover *p, retort_error *err)
{
	int rc = open_side(&p->old, err);

	return rc ? rc : open_side(&p->new, err);
}

static const rt_convert_body *body_of(const prover *p,
				      const retort_revision *rev, retort_op op)
{
	return &p->c->revisions[rev->index]
		.bodies[p->dialect][RT_CONVERT_WAY(op)];
}

static int run_old(prover *p, rt_convert_side *side,
		   const retort_revision *rev, retort_op op, retort_error *err)
{
	return rt_scratch_run(side->scratch, rev->path,
			      body_of(p, rev, op)->script, err);
}

/* out: true if both did it */
static bool step(prover *p, const retort_revision *rev, retort_op op)
{
	retort_error old = RETORT_ERROR_INIT, new = RETORT_ERROR_INIT;
	int a = run_old(p, &p->old, rev, op, &old);
	int b = rt_scratch_step(p->new.scratch,
				retort_graph_find(p->graph, rev->id), op,
				&new);

	if (a && b) {
		note(p, "%s of %s fails in both: %s", retort_op_name(op),
		     rev->id, old.message);
		p->partly = true;
	} else if (a || b) {
		note(p, "%s of %s fails in the %s project only: %s",
		     retort_op_name(op), rev->id, a ? "old" : "new",
		     a ? old.message : new.message);
		part(p, rev);
	}
	retort_error_dispose(&old);
	retort_error_dispose(&new);
	return !a && !b;
}

/* in: rev, behind whose step they stand; NULL where nothing is known */
static void compare(prover *p, const retort_revision *rev)
{
	retort_error err = RETORT_ERROR_INIT;
	bool same;

	if (p->differs)
		return;
	if (rt_convert_schemas(&p->c->arena, &p->old, &p->new, &same,
			       &p->notes, &err)) {
		note(p, "they could not be compared: %s", err.message);
		p->partly = true;
	} else if (!same) {
		part(p, rev);
	}
	retort_error_dispose(&err);
}

/* --- up --- */

/* Whether all that it builds on has run. */
static bool is_ready(prover *p, const retort_revision *rev)
{
	bool *behind = rt_calloc(p->c->n + 1, sizeof(*behind));
	bool ready = true;
	size_t i;

	if (retort_graph_applied(p->c->graph,
				 &(retort_names){ &rev->id, 1 }, behind, NULL))
		ready = false;
	for (i = 0; i < p->c->n; i++)
		if (behind[i] && i != rev->index)
			ready &= p->applied[i];
	free(behind);
	return ready;
}

/* What did not run, for a reader who has not seen the list. */
static void note_left_out(prover *p, const retort_revision *first, size_t n)
{
	if (n == 1)
		note(p, "%s did not run: it is opaque, or what it builds on "
		     "did not run", first->id);
	else if (n > 1)
		note(p, "%s and %zu more did not run: opaque, or what they "
		     "build on did not run", first->id, n - 1);
}

static void go_up(prover *p)
{
	const retort_plan *plan = p->c->plans[0];
	const retort_revision *first = NULL;
	size_t i, left_out = 0;

	p->proof->up = 0;
	for (i = 0; i < p->c->n && !p->differs; i++) {
		const retort_revision *rev = retort_plan_step(plan, i)->node;

		rt_convert_progress(p->c, "running both up", i + 1, p->c->n);
		if (!body_of(p, rev, RETORT_OP_UPGRADE)->script ||
		    (p->partly && !is_ready(p, rev))) {
			first = first ? first : rev;
			left_out++;
			p->partly = true;
			continue;
		}
		p->applied[rev->index] = step(p, rev, RETORT_OP_UPGRADE);
		p->proof->up += p->applied[rev->index];
		if (p->closely)
			compare(p, rev);
	}
	note_left_out(p, first, left_out);
}

/* --- rows --- */

/* Whether a table holds the same whenever the old project makes it: no
 * clock, nothing random. */
static bool is_steady(const rt_convert_tables *now,
		      const rt_convert_tables *again, size_t i)
{
	return i < again->n && !strcmp(now->v[i].table, again->v[i].table) &&
	       !strcmp(now->v[i].digest, again->v[i].digest);
}

/* What the old project makes, once more. */
static int read_again(prover *p, rt_convert_tables *again, retort_error *err)
{
	rt_convert_side side = { .view = p->old.view };
	size_t i;
	int rc = rt_scratch_open(&side.scratch, &side.view, err);

	for (i = 0; i < p->c->n && !rc; i++) {
		const retort_revision *rev =
			retort_plan_step(p->c->plans[0], i)->node;

		if (p->applied[rev->index])
			rc = run_old(p, &side, rev, RETORT_OP_UPGRADE, err);
	}
	if (!rc)
		rc = rt_convert_contents(&p->c->arena, &side, again, err);
	rt_scratch_close(side.scratch);
	return rc;
}

static int judge_rows(prover *p, const rt_convert_tables *old,
		      const rt_convert_tables *new, retort_error *err)
{
	rt_convert_tables again = RT_VEC_INIT;
	bool asked = false;
	size_t i;
	int rc = 0;

	for (i = 0; i < old->n && i < new->n && !rc; i++) {
		const rt_convert_rows *a = &old->v[i], *b = &new->v[i];

		if (strcmp(a->count, b->count) != 0) {
			note(p, "table %s has %s rows in the old project, %s "
			     "in the new one", a->table, a->count, b->count);
			part(p, NULL);
		} else if (strcmp(a->digest, b->digest) != 0) {
			if (!asked)
				rc = read_again(p, &again, err);
			asked = true;
			if (rc || !is_steady(old, &again, i))
				continue;
			note(p, "table %s has other rows in the new project",
			     a->table);
			part(p, NULL);
		}
	}
	rt_vec_free(&again);
	return rc;
}

static void compare_rows(prover *p)
{
	rt_convert_tables old = RT_VEC_INIT, new = RT_VEC_INIT;
	retort_error err = RETORT_ERROR_INIT;
	rt_arena *arena = &p->c->arena;
	int rc;

	if (p->differs)
		return;
	rc = rt_convert_contents(arena, &p->old, &old, &err);
	if (!rc)
		rc = rt_convert_contents(arena, &p->new, &new, &err);
	if (!rc)
		rc = judge_rows(p, &old, &new, &err);
	if (rc) {
		note(p, "rows could not be compared: %s", err.message);
		p->partly = true;
	}
	rt_vec_free(&old);
	rt_vec_free(&new);
	retort_error_dispose(&err);
}

/* --- down --- */

/* Both up again, to what is applied but for one: its way down is none. */
static bool rewind_without(prover *p, const retort_revision *rev)
{
	retort_error err = RETORT_ERROR_INIT;
	bool good;
	size_t i;

	p->applied[rev->index] = false;
	if (++p->rewinds > REWIND_LIMIT) {
		note(p, "%s and what is below it were not taken back: too many "
		     "revisions cannot be", rev->id);
		p->partly = true;
		return false;
	}
	good = !open_both(p, &err);
	if (!good)
		note(p, "%s", err.message);
	for (i = 0; i < p->c->n && good; i++) {
		const retort_revision *r =
			retort_plan_step(p->c->plans[0], i)->node;

		if (p->applied[r->index])
			good = step(p, r, RETORT_OP_UPGRADE);
	}
	p->partly |= !good;
	retort_error_dispose(&err);
	return good;
}

static void go_down(prover *p)
{
	const retort_plan *plan = p->c->plans[1];
	bool good = true;
	size_t i;

	p->proof->down = 0;
	for (i = 0; i < p->c->n && good && !p->differs; i++) {
		const retort_revision *rev = retort_plan_step(plan, i)->node;
		const rt_convert_body *body =
			body_of(p, rev, RETORT_OP_DOWNGRADE);
		bool ran;

		rt_convert_progress(p->c, "running both down", i + 1, p->c->n);
		if (!p->applied[rev->index])
			continue;
		p->partly |= body->kind == RETORT_CONVERT_OPAQUE;
		ran = body->script && step(p, rev, RETORT_OP_DOWNGRADE);
		if (p->differs)
			return;
		if (ran) {
			p->applied[rev->index] = false;
			p->proof->down++;
		}
		if (p->closely || !ran)
			compare(p, p->closely ? rev : NULL);
		if (!ran && !p->differs)
			good = rewind_without(p, rev);
	}
}

/* --- all --- */

static int run_both(prover *p, bool closely, retort_error *err)
{
	int rc = open_both(p, err);

	if (rc)
		return rc;
	memset(p->applied, 0, p->c->n * sizeof(*p->applied));
	p->notes.n = 0;
	p->rewinds = 0;
	p->closely = closely;
	p->partly = p->differs = false;
	go_up(p);
	compare(p, NULL);
	compare_rows(p);
	if (!p->differs)
		go_down(p);
	compare(p, NULL);
	return 0;
}

static void conclude(prover *p, int rc, const retort_error *err)
{
	retort_convert_proof *proof = p->proof;

	proof->outcome = rc	      ? RETORT_CONVERT_UNPROVED :
			 p->differs  ? RETORT_CONVERT_DIFFERS :
			 !p->partly  ? RETORT_CONVERT_PROVED :
			 proof->up   ? RETORT_CONVERT_PARTLY :
				       RETORT_CONVERT_UNPROVED;
	if (rc)
		note(p, "%s", err->message);
	proof->notes = rt_names_keep(&p->c->arena, p->notes.v, p->notes.n);
}

void rt_convert_prove(retort_convert *c, size_t dialect, retort_project *made,
		      retort_convert_proof *proof)
{
	prover p = { .c = c, .dialect = dialect, .proof = proof };
	retort_error err = RETORT_ERROR_INIT;
	int rc;

	*proof = (retort_convert_proof){ .dialect = c->dialects[dialect] };
	p.applied = rt_calloc(c->n + 1, sizeof(*p.applied));
	rt_project_view(&p.old.view, c->project, proof->dialect);
	rt_project_view(&p.new.view, made, proof->dialect);
	rc = retort_project_graph(made, &p.graph, &err);
	if (!rc)
		rc = run_both(&p, false, &err);
	/* the first revision where they part is looked for only then */
	if (!rc && p.differs && !proof->revision)
		rc = run_both(&p, true, &err);
	if (proof->dialect == RETORT_DIALECT_SQLITE)
		rt_convert_beside(c, dialect, &p.notes);
	conclude(&p, rc, &err);
	rt_scratch_close(p.old.scratch);
	rt_scratch_close(p.new.scratch);
	rt_project_view_end(&p.old.view);
	rt_project_view_end(&p.new.view);
	rt_vec_free(&p.notes);
	free(p.applied);
	retort_error_dispose(&err);
}
