/* SPDX-License-Identifier: MIT */
/*
 * Plans, resolved identifiers and ranges on one graph that has everything:
 * two branches that merge, a second base, dependencies on an id and on a
 * label.  Where there is no answer, what the error says.
 */
#include "support/rt_test.h"

#include "base/alloc.h"
#include "base/str.h"
#include "rev/graphs.h"

#define GRAPH "a b1<a#left b2<b1 c1<a#right c2<c1+b1 d<m e1#net " \
	      "e2<e1+left m<b2,c2"

#define UP RETORT_OP_UPGRADE
#define DOWN RETORT_OP_DOWNGRADE
#define STAMP RETORT_OP_STAMP

typedef struct row {
	const char *rows;    /* in table order */
	retort_op op;
	const char *targets; /* separated by blanks */
	int code;
	const char *want;  /* revisions of the steps, or what the error says */
	const char *after; /* rows */
} row;

static const row plans[] = {
	{ "", UP, "heads", 0, "a b1 c1 c2 e1 e2 b2 m d", "d e2" },
	{ "", UP, "net@head", 0, "a b1 e1 e2", "e2" },
	{ "", UP, "left@head", 0, "a b1 c1 c2 b2 m d", "d" },
	{ "", UP, "net@+2", 0, "a b1 e1 e2", "e2" },
	{ "", UP, "left@+1", 0, "a", "a" },
	{ "", UP, "right@+2", 0, "a c1", "c1" },
	{ "", UP, "b1+1", 0, "a b1 b2", "b2" },
	{ "", UP, "d-1", 0, "a b1 c1 c2 b2 m", "m" },
	{ "", UP, "net@e2-1", 0, "e1", "e1" },
	{ "", UP, "base", 0, "", "" },
	{ "", UP, "+1", RETORT_EAMBIGUOUS, "ambiguous walk: the base leads "
	  "up to each of a, e1", NULL },
	{ "", UP, "net@+3", RETORT_ETARGET, "relative revision +3 didn't "
	  "produce 3 migrations", NULL },
	{ "", UP, "a-1", RETORT_ETARGET, "that is below the base", NULL },
	{ "", UP, "-1", RETORT_ETARGET, "relative revision -1", NULL },
	{ "", UP, "head", RETORT_EAMBIGUOUS, "multiple head revisions are "
	  "present for given argument 'head'", NULL },
	{ "", UP, "", RETORT_ENOTFOUND, "the identifier is empty", NULL },
	{ "", UP, "left@", RETORT_ENOTFOUND, "the identifier is empty",
	  NULL },
	{ "", UP, "nope", RETORT_ENOTFOUND, "can't locate revision identified "
	  "by 'nope': no revision or branch", NULL },
	{ "", UP, "nope@head", RETORT_ENOTFOUND, "'nope'", NULL },
	{ "", UP, "net@b1", RETORT_ENOTFOUND, "revision b1 is not a member "
	  "of branch 'net'", NULL },
	{ "", UP, "a:b1", RETORT_EUSAGE, "range revision not allowed", NULL },
	{ "a", UP, "left@+1", 0, "b1", "b1" },
	{ "a", UP, "+1", RETORT_EAMBIGUOUS, "ambiguous walk: a leads up to "
	  "each of b1, c1", NULL },
	{ "b1", UP, "+1", 0, "b2", "b2" },
	{ "b1", UP, "right@+1", 0, "c1", "b1 c1" },
	{ "b1 c1", UP, "+1", RETORT_EAMBIGUOUS, "ambiguous upgrade from "
	  "multiple current revisions: b1, c1", NULL },
	{ "b1 c1", UP, "right@heads", 0, "c2 b2 m d", "d" },
	{ "e1", UP, "+1", 0, "a b1 e2", "e2" },
	{ "d", UP, "heads", 0, "e1 e2", "d e2" },
	{ "d", UP, "a", 0, "", "d" },
	{ "b2 a", UP, "heads", RETORT_ESTATE, "requested revision b2 "
	  "overlaps with other requested revisions a", NULL },
	{ "gone b2", UP, "heads", RETORT_ESTATE, "can't locate revision "
	  "identified by 'gone': the version table names it", NULL },
	{ "gone lost", DOWN, "base", RETORT_ESTATE, "'gone', 'lost': the "
	  "version table names them", NULL },
	{ "b2 c2", DOWN, "-1", 0, "b2", "c2" },
	{ "b2 c2", DOWN, "-2", 0, "b2 c2 b1", "c1" },
	{ "b2 c2", DOWN, "right@-1", 0, "c2", "b2 c1" },
	{ "b2 c2", DOWN, "net@base", 0, "", "b2 c2" },
	{ "b2 c2", DOWN, "a", 0, "b2 c2 c1 b1", "a" },
	{ "b2 c2", DOWN, "left@a", 0, "b2 c2 b1", "c1" },
	{ "b2 c2", DOWN, "net@-1", RETORT_ETARGET, "nothing of that branch "
	  "is applied", NULL },
	{ "b2 c2", DOWN, "d", RETORT_ETARGET, "destination d is not a valid "
	  "downgrade target from current head(s)", NULL },
	{ "d", DOWN, "-1", 0, "d", "m" },
	{ "d", DOWN, "-2", RETORT_EAMBIGUOUS, "ambiguous walk: m leads down "
	  "to each of b2, c2", NULL },
	{ "d", DOWN, "base", 0, "d m b2 c2 c1 b1 a", "" },
	{ "d", DOWN, "b1", 0, "d m b2", "c2" },
	{ "m", DOWN, "b1", 0, "m b2", "c2" },
	{ "d", DOWN, "right@a", 0, "d m c2 c1", "b2" },
	{ "d", DOWN, "c1+1", 0, "d m", "b2 c2" },
	{ "d", DOWN, "+1", RETORT_ETARGET, "a downgrade goes down", NULL },
	{ "d", DOWN, "a-2", RETORT_ETARGET, "walked too far", NULL },
	{ "", DOWN, "-1", RETORT_ETARGET, "nothing is applied", NULL },
	{ "d e2", DOWN, "net@base", 0, "e2 e1", "d" },
	{ "d e2", DOWN, "left@base", 0, "d m b2 e2 c2 c1 b1 a", "e1" },
	{ "d e2", DOWN, "right@-1", 0, "d", "e2 m" },
	{ "d e2", DOWN, "heads", RETORT_EAMBIGUOUS, "'heads'", NULL },
	{ "e2 c1", DOWN, "left@-1", 0, "e2 b1", "c1 e1" },
	/* Alembic crashes; the rows come out right all the same. */
	{ "b2 a", DOWN, "base", 0, "b2 b1 a", "" },
	{ "", STAMP, "heads", 0, "d e2", "d e2" },
	{ "", STAMP, "b2 c2", 0, "b2 c2", "b2 c2" },
	{ "a", STAMP, "heads", 0, "d e2", "d e2" },
	{ "a", STAMP, "net@head", 0, "e2", "e2" },
	{ "a", STAMP, "e1", 0, "e1", "a e1" },
	{ "b2 c2", STAMP, "a", 0, "a", "a" },
	{ "b2 c2", STAMP, "b1", 0, "b1", "b1" },
	{ "b2 c2", STAMP, "left@base", 0, " ", "" },
	{ "d e2", STAMP, "net@base", 0, "", "d" },
	{ "d e2", STAMP, "heads", 0, "", "d e2" },
	{ "m", STAMP, "b2 c2", 0, "b2 c2", "b2 c2" },
	{ "", STAMP, "d d", 0, "d", "d" },
	{ "", STAMP, "head", RETORT_EAMBIGUOUS, "multiple heads are present; "
	  "please specify a single target revision", NULL },
	{ "a", STAMP, "-1", RETORT_ENOTFOUND, "'-1'", NULL },
	{ "d a", STAMP, "b1", RETORT_ESTATE, "above and below", NULL },
};

/* The words of a text. */
typedef struct words {
	rt_arena arena;
	retort_names names;
} words;

static void words_cut(words *w, const char *text)
{
	rt_sv rest = rt_sv_from(text), word;
	const char **v;

	w->arena = (rt_arena)RT_ARENA_INIT;
	w->names.v = v = rt_arena_calloc(&w->arena, rest.n + 1, sizeof(*v));
	w->names.n = 0;
	while (rt_sv_split(&rest, ' ', &word))
		if (word.n)
			v[w->names.n++] = rt_arena_strsv(&w->arena, word);
}

static char *steps_text(const retort_plan *plan)
{
	rt_str s = RT_STR_INIT;
	size_t i;

	for (i = 0; i < retort_plan_count(plan); i++)
		rt_str_addf(&s, "%s%s", i ? " " : "",
			    retort_plan_step(plan, i)->revision);
	assert_null(retort_plan_step(plan, i));
	return rt_str_take(&s);
}

static void check_plan(const row *r, const retort_plan *plan)
{
	retort_names after = retort_plan_rows_after(plan);
	char *steps = steps_text(plan), *rows = names_text(&after);

	/* One step for each row that is deleted; they have no name. */
	if (r->op == STAMP && !*r->want && retort_plan_count(plan))
		assert_null(retort_plan_step(plan, 0)->node);
	else if (strcmp(steps, r->want) != 0)
		fail_msg("%s from '%s': %s", r->targets, r->rows, steps);
	if (strcmp(rows, r->after) != 0)
		fail_msg("%s from '%s': rows %s", r->targets, r->rows, rows);
	free(steps);
	free(rows);
}

static void check_error(const char *what, int code, const char *says,
			retort_error *err)
{
	if (err->code != code || !strstr(err->message, says))
		fail_msg("%s: %d %s", what, err->code, err->message);
	assert_non_null(retort_error_get(err, RETORT_ERROR_NEXT));
	retort_error_dispose(err);
}

static void plans_are_alembics(void **state)
{
	retort_graph *g = graph_from(GRAPH);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(plans) / sizeof(*plans); i++) {
		const row *r = &plans[i];
		retort_plan_request req = RETORT_PLAN_REQUEST_INIT;
		retort_error err = RETORT_ERROR_INIT;
		retort_plan *plan = NULL;
		words rows, targets;

		words_cut(&rows, r->rows);
		words_cut(&targets, r->targets);
		req.op = r->op;
		req.rows = rows.names;
		req.targets = *r->targets ? targets.names :
			      (retort_names){ &r->targets, 1 };
		if (retort_plan_make(&plan, g, &req, &err) < 0)
			check_error(r->targets, r->code, r->want, &err);
		else if (r->code)
			fail_msg("%s from '%s' worked", r->targets, r->rows);
		else
			check_plan(r, plan);
		retort_plan_free(plan);
		rt_arena_free(&rows.arena);
		rt_arena_free(&targets.arena);
	}
	retort_graph_free(g);
}

/* Changes of one step: "-a" deleted, "+b" inserted, "a>b" updated. */
static char *changes_text(const retort_step *s)
{
	rt_str t = RT_STR_INIT;
	size_t i;

	for (i = 0; i < s->n_changes; i++) {
		const retort_row_change *c = &s->changes[i];
		const char *sign = c->kind == RETORT_ROW_INSERT ? "+" :
				   c->kind == RETORT_ROW_DELETE ? "-" : "";

		rt_str_addf(&t, "%s%s%s%s%s", i ? " " : "", sign,
			    c->old_id ? c->old_id : "",
			    c->kind == RETORT_ROW_UPDATE ? ">" : "",
			    c->new_id ? c->new_id : "");
	}
	return rt_str_take(&t);
}

static retort_plan *plan_from(const retort_graph *g, retort_op op,
			      const char *target, const char *from)
{
	retort_plan_request req = RETORT_PLAN_REQUEST_INIT;
	retort_error err = RETORT_ERROR_INIT;
	retort_plan *plan;
	words rows;

	words_cut(&rows, from);
	req.op = op;
	req.targets = (retort_names){ &target, 1 };
	req.rows = rows.names;
	rt_assert_ok(retort_plan_make(&plan, g, &req, &err), &err);
	rt_arena_free(&rows.arena);
	return plan;
}

static void assert_step(const retort_plan *plan, size_t i, const char *changes,
			const char *from, const char *to)
{
	const retort_step *s = retort_plan_step(plan, i);
	char *text = changes_text(s);

	assert_string_equal(text, changes);
	free(text);
	text = names_text(&s->from);
	assert_string_equal(text, from);
	free(text);
	text = names_text(&s->to);
	assert_string_equal(text, to);
	free(text);
}

static void steps_say_what_changes(void **state)
{
	retort_graph *g = graph_from(GRAPH);
	retort_plan *plan = plan_from(g, UP, "m", "b2 c1");

	(void)state;
	assert_step(plan, 0, "c1>c2", "c1", "c2");
	assert_step(plan, 1, "-b2 c2>m", "b2 c2", "m");
	retort_plan_free(plan);
	plan = plan_from(g, DOWN, "b1", "m e1");
	assert_step(plan, 0, "+b2 m>c2", "m", "b2 c2");
	assert_step(plan, 1, "-b2", "b2", "b1");
	retort_plan_free(plan);
	plan = plan_from(g, UP, "net@head", "b1");
	assert_step(plan, 0, "+e1", "", "e1");
	assert_step(plan, 1, "-e1 b1>e2", "e1", "e2");
	retort_plan_free(plan);
	plan = plan_from(g, STAMP, "base", "d e2");
	assert_step(plan, 0, "-d", "d", "");
	assert_step(plan, 1, "-e2", "e2", "");
	assert_string_equal(retort_plan_step(plan, 0)->revision, "");
	retort_plan_free(plan);
	retort_graph_free(g);
}

static void several_rows_bring_a_warning(void **state)
{
	retort_graph *g = graph_from(GRAPH);
	retort_plan *plan = plan_from(g, DOWN, "-1", "c2 b2");

	(void)state;
	assert_non_null(retort_plan_warning(plan));
	assert_string_equal(retort_plan_step(plan, 0)->revision, "c2");
	retort_plan_free(plan);
	plan = plan_from(g, DOWN, "left@-1", "c2 b2");
	assert_null(retort_plan_warning(plan));
	retort_plan_free(plan);
	retort_graph_free(g);
}

/* Offline: target, rows the script starts from, steps; or the error. */
static const struct offline {
	retort_op op;
	const char *target;
	int code;
	const char *start, *want;
} offlines[] = {
	{ UP, "left@head", 0, "", "a b1 c1 c2 b2 m d" },
	{ UP, "b1:right@+1", 0, "b1", "c1" },
	{ UP, "base:b1", 0, "", "a b1" },
	{ UP, "b1:base", 0, "b1", "" },
	{ UP, ":heads", RETORT_EUSAGE, NULL, "the range has no start" },
	{ UP, "a:b1:b2", RETORT_EUSAGE, NULL, "a range has one colon" },
	{ UP, "left@base:d", RETORT_EUSAGE, NULL, "is no revision" },
	{ UP, "a:", RETORT_ENOTFOUND, NULL, "empty" },
	{ DOWN, "d:b1", 0, "d", "d m b2" },
	{ DOWN, "m:-1", RETORT_EAMBIGUOUS, NULL, "ambiguous walk" },
	{ DOWN, "b1", RETORT_EUSAGE, NULL, "downgrade with --sql requires "
	  "<fromrev>:<torev>" },
	{ DOWN, "heads:base", RETORT_EAMBIGUOUS, NULL, "'heads'" },
	{ STAMP, "a:heads", 0, "a", "d e2" },
	{ STAMP, "heads", 0, "", "d e2" },
};

static void scripts_start_where_they_are_told(void **state)
{
	retort_graph *g = graph_from(GRAPH);
	const char *unknown = "gone";
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(offlines) / sizeof(*offlines); i++) {
		const struct offline *o = &offlines[i];
		retort_plan_request req = RETORT_PLAN_REQUEST_INIT;
		retort_error err = RETORT_ERROR_INIT;
		retort_plan *plan = NULL;
		retort_names before;
		char *start, *steps;

		req.op = o->op;
		req.offline = true;
		req.targets = (retort_names){ &o->target, 1 };
		req.rows = (retort_names){ &unknown, 1 }; /* not looked at */
		if (retort_plan_make(&plan, g, &req, &err) < 0) {
			check_error(o->target, o->code, o->want, &err);
			continue;
		}
		before = retort_plan_rows_before(plan);
		start = names_text(&before);
		steps = steps_text(plan);
		assert_int_equal(o->code, 0);
		assert_string_equal(start, o->start);
		assert_string_equal(steps, o->want);
		free(start);
		free(steps);
		retort_plan_free(plan);
	}
	retort_graph_free(g);
}

static void purge_ignores_the_rows(void **state)
{
	retort_graph *g = graph_from(GRAPH);
	retort_plan_request req = RETORT_PLAN_REQUEST_INIT;
	retort_error err = RETORT_ERROR_INIT;
	const char *rows[] = { "gone", "a" }, *target = "b1";
	retort_plan *plan;

	(void)state;
	req.op = STAMP;
	req.purge = true;
	req.targets = (retort_names){ &target, 1 };
	req.rows = (retort_names){ rows, 2 };
	rt_assert_ok(retort_plan_make(&plan, g, &req, &err), &err);
	assert_int_equal(retort_plan_rows_before(plan).n, 0);
	assert_step(plan, 0, "+b1", "", "b1");
	retort_plan_free(plan);
	req.offline = true;
	rt_assert_rc(retort_plan_make(&plan, g, &req, &err), RETORT_EUSAGE,
		     &err);
	assert_null(plan);
	check_error("purge", RETORT_EUSAGE, "can't use --purge with --sql",
		    &err);
	req.targets.n = 0;
	req.offline = false;
	assert_int_equal(retort_plan_make(&plan, g, &req, NULL),
			 RETORT_EUSAGE);
	retort_graph_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plans_are_alembics),
		cmocka_unit_test(steps_say_what_changes),
		cmocka_unit_test(several_rows_bring_a_warning),
		cmocka_unit_test(scripts_start_where_they_are_told),
		cmocka_unit_test(purge_ignores_the_rows),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
