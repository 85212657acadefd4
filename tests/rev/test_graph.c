/* SPDX-License-Identifier: MIT */
/* Building: what is refused and why, and what each revision learns. */
#include "support/rt_test.h"

#include "base/str.h"
#include "rev/graphs.h"
#include "rev/ident.h"

/* A graph that cannot be built, and what the error says. */
static const struct refusal {
	const char *specs;
	const char *says;
	const char *revision;
} refusals[] = {
	{ "a b<a a<b", "revision a is present more than once: in '/v/a.sql' "
	  "and in '/v/a.sql'", "a" },
	{ "a<zz", "revision zz referenced from a (down_revision) is not "
	  "present", "a" },
	{ "a b<a+zz", "revision zz referenced from b (depends_on) is not "
	  "present", "b" },
	{ "abcdef b<abc", "revision abc referenced from b", "b" },
	{ "abcdef b+abc", "revision abc referenced from b", "b" },
	{ "a#lab b<lab", "down_revision 'lab' of revision b is a branch "
	  "label", "b" },
	{ "a b<head", "revision head referenced from b", "b" },
	{ "a<a", "self-loop is detected in revisions (a)", "a" },
	{ "a b<a+b", "dependency self-loop is detected in revisions (b)",
	  "b" },
	{ "a b<a+me#me", "dependency self-loop is detected in revisions (b)",
	  "b" },
	{ "a<c b<a c<b", "cycle is detected in revisions (a, b, c): "
	  "a -> b -> c -> a", "a" },
	/* Entry, exit and tail are not part of it; Alembic sees none. */
	{ "a b<a c<b,d d<c e<d", "cycle is detected in revisions (c, d): "
	  "c -> d -> c", "c" },
	{ "x y<x,z z<y w<z a b<a", "cycle is detected in revisions (y, z)",
	  "y" },
	{ "a b<a+d c<b d<c", "dependency cycle is detected in revisions "
	  "(b, c, d): b -> c -> d -> b", "b" },
	{ "a+l b<a#l", "dependency cycle is detected in revisions (a, b)",
	  "a" },
	{ "a#l b#l", "branch name 'l' in revision b already used by revision "
	  "a", "b" },
	{ "a b#a", "branch name 'a' in revision b already used by revision a",
	  "b" },
	{ "a#l,l", "branch name 'l' in revision a already used by revision a",
	  "a" },
	{ "heads", "'heads' is a reserved word", "heads" },
	{ "base", "'base' is a reserved word", "base" },
	{ "a-b", "character(s) '-' not allowed in revision identifier 'a-b'",
	  "a-b" },
	{ "a@b", "character(s) '@' not allowed", "a@b" },
	{ "a:b", "character(s) ':' not allowed", "a:b" },
	{ "<a", "a revision identifier is empty", "" },
};

static void bad_graphs_are_refused(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		const struct refusal *r = &refusals[i];
		retort_error err = RETORT_ERROR_INIT;

		assert_null(graph_try(r->specs, &err));
		assert_int_equal(err.code, RETORT_EGRAPH);
		if (!strstr(err.message, r->says))
			fail_msg("%s: %s", r->specs, err.message);
		assert_string_equal(retort_error_get(&err,
			RETORT_ERROR_REVISION), r->revision);
		assert_non_null(retort_error_get(&err, RETORT_ERROR_FILE));
		assert_non_null(retort_error_get(&err, RETORT_ERROR_NEXT));
		retort_error_dispose(&err);
	}
}

static void revisions_know_their_place(void **state)
{
	retort_graph *g = graph_from("a b<a c<a m<b,c d+b x<b,b");
	const retort_revision *a = retort_graph_find(g, "a");
	const retort_revision *b = retort_graph_find(g, "b");
	const retort_revision *m = retort_graph_find(g, "m");
	const retort_revision *d = retort_graph_find(g, "d");
	char *kids;

	(void)state;
	assert_int_equal(retort_graph_count(g), 6);
	assert_ptr_equal(retort_graph_at(g, 3), m);
	assert_null(retort_graph_at(g, 6));
	assert_null(retort_graph_find(g, "z"));
	assert_int_equal(m->index, 3);
	assert_true(a->is_base && a->is_real_base && a->is_branch_point);
	assert_true(!a->is_head && !a->is_real_head && !a->is_merge_point);
	assert_true(m->is_merge_point && m->is_head && m->is_real_head);
	assert_true(d->is_base && !d->is_real_base && d->is_head);
	assert_true(retort_graph_find(g, "x")->is_merge_point);
	kids = names_text(&b->children);
	assert_string_equal(kids, "m x");
	free(kids);
	retort_graph_free(g);
	retort_graph_free(NULL);
}

/* Labels after propagation, "id: labels;" for every revision. */
static const struct spread {
	const char *specs, *want;
} spreads[] = {
	/* Down a line that does not fork, up to the branch point. */
	{ "a b<a c<a d<c#l e<d", "a: ;b: ;c: l;d: l;e: l;" },
	{ "a b<a#l c<b", "a: l;b: l;c: l;" },
	/* A fork, a merge or a dependent above it: nothing below. */
	{ "a b<a c<b#l d<c e<c", "a: ;b: ;c: l;d: l;e: l;" },
	{ "a b<a#l x c<b,x", "a: ;b: l;x: ;c: l;" },
	{ "a b<a#l c<b x+c y+c", "a: ;b: l;c: l;x: ;y: ;" },
	/* One dependent does not hinder. */
	{ "a b<a#l c<b x+c", "a: l;b: l;c: l;x: ;" },
	/* Merges carry the labels of all sides, sorted. */
	{ "a#z b<a#r c<a#l m<b,c", "a: z;b: r z;c: l z;m: l r z;" },
	{ "a#z,a1,m", "a: a1 m z;" },
};

static void labels_spread(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(spreads) / sizeof(*spreads); i++) {
		retort_graph *g = graph_from(spreads[i].specs);
		rt_str s = RT_STR_INIT;

		for (k = 0; k < retort_graph_count(g); k++) {
			const retort_revision *r = retort_graph_at(g, k);
			char *labels = names_text(&r->branches);

			rt_str_addf(&s, "%s: %s;", r->id, labels);
			free(labels);
		}
		assert_string_equal(s.p, spreads[i].want);
		rt_str_free(&s);
		retort_graph_free(g);
	}
}

static const struct relative {
	const char *text, *label, *symbol, *number;
} relatives[] = {
	{ "+1", "", "", "+1" },
	{ "-12", "", "", "-12" },
	{ "+1junk", "", "", "+1" },
	{ "ab12+3", "", "ab12", "+3" },
	{ "left@-1", "left", "", "-1" },
	{ "left@ab+2", "left", "ab", "+2" },
	{ "a@b@+1", "a@b", "", "+1" },
	{ "rel-2@+1", "rel-2", "", "+1" },
	{ "gr\xc3\xbc\xc3\x9f-1", "", "gr\xc3\xbc\xc3\x9f", "-1" },
	{ "x-2", "", "x", "-2" },
	/* None of these is relative. */
	{ "", NULL, NULL, NULL },
	{ "+", NULL, NULL, NULL },
	{ "head", NULL, NULL, NULL },
	{ "left@head", NULL, NULL, NULL },
	{ "v1.2-1", NULL, NULL, NULL },
	{ "--1", NULL, NULL, NULL },
	{ "@-1", NULL, NULL, NULL },
	/* The label is called so. */
	{ "rel-2", NULL, NULL, NULL },
	{ "rel-2@head", NULL, NULL, NULL },
};

static void relative_identifiers_are_told_apart(void **state)
{
	retort_graph *g = graph_from("a#rel-2");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(relatives) / sizeof(*relatives); i++) {
		const struct relative *r = &relatives[i];
		rt_relative got;
		bool is = rt_ident_relative(g, rt_sv_from(r->text), &got);

		if (is != (r->number != NULL))
			fail_msg("'%s'", r->text);
		if (!is)
			continue;
		assert_true(rt_sv_is(got.label, r->label));
		assert_true(rt_sv_is(got.symbol, r->symbol));
		assert_true(rt_sv_is(got.number, r->number));
	}
	retort_graph_free(g);
}

static void numbers_are_clamped(void **state)
{
	retort_graph *g = graph_from("a");
	rt_relative got;

	(void)state;
	assert_true(rt_ident_relative(g, RT_SV("-99999999999999999999999"),
				      &got));
	assert_true(got.steps < -1000000000L);
	assert_true(rt_sv_is(rt_ident_amount(RT_SV("+0070")), "70"));
	assert_true(rt_sv_is(rt_ident_amount(RT_SV("-0")), "0"));
	retort_graph_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_graphs_are_refused),
		cmocka_unit_test(revisions_know_their_place),
		cmocka_unit_test(labels_spread),
		cmocka_unit_test(relative_identifiers_are_told_apart),
		cmocka_unit_test(numbers_are_clamped),
	};

	return cmocka_run_group_tests_name("graph", tests, NULL, NULL);
}
