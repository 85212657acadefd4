/* SPDX-License-Identifier: MIT */
/* Whatever ends the console, the terminal is given back. */
#include "support/rt_test.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tui/fixture.h"

static void check_restored(rt_screen *s, const char *what)
{
	const char *why;

	if (!rt_screen_is_restored(s, &why))
		fail_msg("after %s: %s", what, why);
}

static void check_on(rt_screen *s)
{
	const char *why;

	assert_false(rt_screen_is_restored(s, &why));
	assert_true(rt_screen_has(s, "GRAPH"));
}

static void every_deadly_signal(void **state)
{
	static const struct {
		int signo;
		const char *name;
	} deadly[] = {
		{ SIGTERM, "TERM" }, { SIGHUP, "HUP" },	  { SIGINT, "INT" },
		{ SIGQUIT, "QUIT" }, { SIGSEGV, "SEGV" }, { SIGABRT, "ABRT" },
		{ SIGBUS, "BUS" },   { SIGFPE, "FPE" },	  { SIGILL, "ILL" },
	};
	rt_screen *s;
	size_t i;
	int status;

	for (i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++) {
		s = fixture_open(*state, NULL, 24, 80);
		check_on(s);
		kill(rt_screen_pid(s), deadly[i].signo);
		status = rt_screen_status(s);
		/* whoever waits for it must see what it was */
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), deadly[i].signo);
		check_restored(s, deadly[i].name);
		rt_screen_free(s);
	}
}

/* In the middle of keys and frames too. */
static void a_signal_among_keys(void **state)
{
	static const int deadly[] = { SIGTERM, SIGSEGV, SIGQUIT };
	rt_screen *s;
	size_t i;

	for (i = 0; i < 9; i++) {
		s = fixture_open(*state, NULL, 24, 80);
		rt_screen_send_only(s, "jjjhGkk/acc\rn\033ggOi\t\t");
		kill(rt_screen_pid(s), deadly[i % 3]);
		assert_true(WIFSIGNALED(rt_screen_status(s)));
		check_restored(s, "a signal among keys");
		rt_screen_free(s);
	}
}

static void stop_and_go_on(rt_screen *s, const char *what)
{
	int status = rt_screen_status(s);

	assert_true(WIFSTOPPED(status));
	assert_int_equal(WSTOPSIG(status), SIGTSTP);
	check_restored(s, what);
	assert_int_equal(rt_screen_continue(s), RT_SCREEN_IDLE);
	check_on(s);
}

static void stopping_and_going_on(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	rt_screen_send_only(s, "\032");
	stop_and_go_on(s, "^Z");
	kill(rt_screen_pid(s), SIGTSTP);
	stop_and_go_on(s, "TSTP");
	rt_screen_keys(s, "gg");
	rt_screen_golden(s, "graph-80x24");
	rt_screen_free(s);
}

/* Stopped where it could not prepare, then continued: it takes the terminal
 * anew. */
static void stopped_without_warning(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);

	kill(rt_screen_pid(s), SIGSTOP);
	assert_true(WIFSTOPPED(rt_screen_status(s)));
	kill(rt_screen_pid(s), SIGCONT);
	rt_screen_wait(s);
	check_on(s);
	rt_screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_deadly_signal),
		cmocka_unit_test(a_signal_among_keys),
		cmocka_unit_test(stopping_and_going_on),
		cmocka_unit_test(stopped_without_warning),
	};

	return cmocka_run_group_tests(tests, fixture_setup,
				      fixture_teardown);
}
