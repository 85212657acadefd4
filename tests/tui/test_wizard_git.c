/* SPDX-License-Identifier: MIT */
/*
 * The merge wizard in a repository: two branches that git has merged without
 * a word, what they do to each other, and the way out of it.
 */
#include "support/rt_test.h"

#include "tui/fork.h"

/* On the page of the method. */
#define TO_REBASE "/ r e b a s e : Enter Space"

static void who_has_what(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fork_make(&f, NULL);
	s = fixture_open(&f, NULL, 40, 100);
	rt_screen_keys(s, "1 O");
	rt_screen_expect(s, "on feature");
	rt_screen_expect(s, "main also has m001");
	rt_screen_expect(s, "only here  head");
	rt_screen_keys(s, "O & o n l y Space h e r e Enter");
	rt_screen_expect(s, "h001");
	assert_false(rt_screen_has(s, "f002"));
	rt_screen_keys(s, "d gg");
	rt_screen_expect(s, "branch    only on feature, not on main");
	/* once it is merged main has no more than we have */
	fork_git(&f, "merge -q -m merged main");
	rt_screen_wait(s);
	rt_screen_keys(s, "Esc 1 O");
	assert_false(rt_screen_has(s, "also has"));
	rt_screen_expect(s, "only here");
	fork_git(&f, "checkout -q main");
	rt_screen_wait(s);
	rt_screen_expect(s, "m001");
	assert_false(rt_screen_has(s, "only here"));
	rt_screen_free(s);
	fixture_remove(&f);
}

static void a_conflicting_pair_is_rebased(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fork_make(&f, NULL);
	fork_git(&f, "merge -q -m merged main");
	s = fixture_open(&f, NULL, 40, 100);
	rt_screen_expect(s, "2 heads (!)");
	rt_screen_keys(s, "M n");
	rt_screen_expect(s, "What git has of both sides: ");
	rt_screen_expect(s, "! heads: the merge has 2 heads");
	rt_screen_expect(s, "\"ours\" renames column archive.year");
	rt_screen_expect(s, "\"ours\" first, then main, m001 fails");
	assert_false(rt_screen_has(s, "HEAD^1"));
	rt_screen_expect(s, "migrations/m001_x.sql");
	rt_screen_golden(s, "wizard-git-100x40");
	rt_screen_keys(s, "n");
	rt_screen_expect(s, "rebase: put h001 onto m001");
	rt_screen_expect(s, "what git has: m001 is the head of main");
	/* the other way round would fail, but may be meant */
	rt_screen_expect(s, "put m001 onto h002");
	rt_screen_keys(s, TO_REBASE);
	rt_screen_expect(s, "(*) rebase: put h001 onto m001");
	rt_screen_keys(s, "n");
	rt_screen_expect(s, "W runs the new order in a scratch database");
	rt_screen_keys(s, "W");
	rt_screen_expect(s, "rebased onto m001 of main; u undoes that");
	rt_screen_expect(s, "1 head");
	/* and back, and again */
	rt_screen_keys(s, "u y");
	rt_screen_expect(s, "1 revision got its parents back");
	rt_screen_expect(s, "2 heads (!)");
	rt_screen_keys(s, "M n n");
	rt_screen_keys(s, TO_REBASE);
	rt_screen_keys(s, "n W");
	rt_screen_expect(s, "rebased onto m001 of main");
	/* then up, on the real database */
	rt_screen_send(s, ":goto h002\r");
	rt_screen_keys(s, "U y");
	rt_screen_expect(s, "the database is at m001");
	rt_screen_send(s, ":goto h002\r");
	rt_screen_keys(s, "U y");
	rt_screen_expect(s, "the database is at h001");
	rt_screen_send(s, ":goto h002\r");
	rt_screen_keys(s, "U y");
	rt_screen_expect(s, "the database is at h002");
	rt_screen_free(s);
	fixture_remove(&f);
}

/* No branch to merge into: the page is as it is without git. */
static void a_fork_of_one_branch(void **state)
{
	rt_screen *s;
	fixture f;

	(void)state;
	fixture_make(&f, "d001");
	fork_git(&f, "init -q -bmain");
	fork_git(&f, "add -A");
	fork_git(&f, "commit -qmfirst");
	s = fixture_open(&f, NULL, 40, 100);
	rt_screen_keys(s, "M n");
	rt_screen_expect(s, "No object is named on both sides.");
	assert_false(rt_screen_has(s, "What git has"));
	rt_screen_free(s);
	fixture_remove(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_has_what),
		cmocka_unit_test(a_conflicting_pair_is_rebased),
		cmocka_unit_test(a_fork_of_one_branch),
	};

	fork_environment();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
