/* SPDX-License-Identifier: MIT */
/* The machine of stepping: every way from state to state. */
#include "support/rt_test.h"

#include <retort/error.h>

#include "tui/step/step.h"

static rt_step at(rt_step_state state)
{
	rt_step s = RT_STEP_INIT;

	s.state = state;
	return s;
}

static unsigned take(rt_step *s, rt_step_input input)
{
	return rt_step_take(s, &(rt_step_event){ input, false, 0, false, 0 });
}

static unsigned broke(rt_step *s, int code, bool single, size_t stands)
{
	return rt_step_take(s, &(rt_step_event){ RT_STEP_BROKE, false, code,
						 single, stands });
}

/* Where a plain input leads, and what is done. */
static const struct edge {
	rt_step_state from;
	rt_step_input input;
	rt_step_state to;
	unsigned todo;
} edges[] = {
	{ RT_STEP_IDLE, RT_STEP_ASK, RT_STEP_PLAN, RT_STEP_DO_LOOK },
	{ RT_STEP_IDLE, RT_STEP_LOOKED, RT_STEP_IDLE, 0 },
	{ RT_STEP_IDLE, RT_STEP_YES, RT_STEP_IDLE, 0 },
	{ RT_STEP_IDLE, RT_STEP_RETRY, RT_STEP_IDLE, RT_STEP_DO_REFUSE },
	{ RT_STEP_IDLE, RT_STEP_RESUME, RT_STEP_IDLE, RT_STEP_DO_REFUSE },
	{ RT_STEP_IDLE, RT_STEP_EDIT, RT_STEP_IDLE, RT_STEP_DO_REFUSE },
	{ RT_STEP_IDLE, RT_STEP_QUIT, RT_STEP_IDLE, RT_STEP_DO_QUIT },
	{ RT_STEP_IDLE, RT_STEP_SUSPEND, RT_STEP_IDLE, RT_STEP_DO_SUSPEND },
	{ RT_STEP_PLAN, RT_STEP_LOOKED, RT_STEP_PLAN, RT_STEP_DO_PLAN },
	{ RT_STEP_PLAN, RT_STEP_PLANNED, RT_STEP_CONFIRM, RT_STEP_DO_ASK },
	{ RT_STEP_PLAN, RT_STEP_NOTHING, RT_STEP_IDLE, RT_STEP_DO_HIDE },
	{ RT_STEP_PLAN, RT_STEP_BLIND, RT_STEP_IDLE, RT_STEP_DO_HIDE },
	{ RT_STEP_PLAN, RT_STEP_CANCEL, RT_STEP_IDLE,
	  RT_STEP_DO_KILL | RT_STEP_DO_HIDE },
	{ RT_STEP_PLAN, RT_STEP_ASK, RT_STEP_PLAN, RT_STEP_DO_REFUSE },
	{ RT_STEP_PLAN, RT_STEP_QUIT, RT_STEP_PLAN, RT_STEP_DO_QUIT },
	{ RT_STEP_PLAN, RT_STEP_YES, RT_STEP_PLAN, 0 },
	{ RT_STEP_CONFIRM, RT_STEP_YES, RT_STEP_RUN, RT_STEP_DO_START },
	{ RT_STEP_CONFIRM, RT_STEP_NO, RT_STEP_IDLE,
	  RT_STEP_DO_CLOSE | RT_STEP_DO_HIDE },
	{ RT_STEP_CONFIRM, RT_STEP_ASK, RT_STEP_CONFIRM, RT_STEP_DO_REFUSE },
	{ RT_STEP_CONFIRM, RT_STEP_OVER, RT_STEP_CONFIRM, 0 },
	{ RT_STEP_CONFIRM, RT_STEP_SIGNAL, RT_STEP_CONFIRM, RT_STEP_DO_QUIT },
	{ RT_STEP_RUN, RT_STEP_OVER, RT_STEP_DONE,
	  RT_STEP_DO_CLOSE | RT_STEP_DO_SHOW | RT_STEP_DO_LOOK },
	{ RT_STEP_RUN, RT_STEP_DIED, RT_STEP_UNKNOWN,
	  RT_STEP_DO_CLOSE | RT_STEP_DO_SHOW | RT_STEP_DO_LOOK },
	{ RT_STEP_RUN, RT_STEP_DROP, RT_STEP_UNKNOWN,
	  RT_STEP_DO_CLOSE | RT_STEP_DO_SHOW | RT_STEP_DO_LOOK |
		  RT_STEP_DO_KILL },
	{ RT_STEP_RUN, RT_STEP_CHANGED, RT_STEP_PLAN,
	  RT_STEP_DO_CLOSE | RT_STEP_DO_TELL | RT_STEP_DO_RELOAD |
		  RT_STEP_DO_LOOK },
	{ RT_STEP_RUN, RT_STEP_CANCEL, RT_STEP_RUN, RT_STEP_DO_INTERRUPT },
	{ RT_STEP_RUN, RT_STEP_QUIT, RT_STEP_RUN, RT_STEP_DO_ASK_QUIT },
	{ RT_STEP_RUN, RT_STEP_SUSPEND, RT_STEP_RUN, RT_STEP_DO_REFUSE },
	{ RT_STEP_RUN, RT_STEP_SIGNAL, RT_STEP_RUN, RT_STEP_DO_INTERRUPT },
	{ RT_STEP_RUN, RT_STEP_ASK, RT_STEP_RUN, RT_STEP_DO_REFUSE },
	{ RT_STEP_RUN, RT_STEP_EDIT, RT_STEP_RUN, RT_STEP_DO_REFUSE },
	{ RT_STEP_RUN, RT_STEP_LEAVE, RT_STEP_RUN, RT_STEP_DO_REFUSE },
	{ RT_STEP_RUN, RT_STEP_LOOKED, RT_STEP_RUN, 0 },
	{ RT_STEP_DONE, RT_STEP_LOOKED, RT_STEP_DONE, RT_STEP_DO_SHOW },
	{ RT_STEP_DONE, RT_STEP_ASK, RT_STEP_PLAN, RT_STEP_DO_LOOK },
	{ RT_STEP_DONE, RT_STEP_RETRY, RT_STEP_DONE, RT_STEP_DO_REFUSE },
	{ RT_STEP_DONE, RT_STEP_LEAVE, RT_STEP_IDLE, RT_STEP_DO_HIDE },
	{ RT_STEP_FAILED, RT_STEP_RETRY, RT_STEP_PLAN,
	  RT_STEP_DO_RELOAD | RT_STEP_DO_LOOK },
	{ RT_STEP_FAILED, RT_STEP_EDIT, RT_STEP_FAILED, RT_STEP_DO_EDIT },
	{ RT_STEP_FAILED, RT_STEP_STAMP, RT_STEP_FAILED, RT_STEP_DO_REFUSE },
	{ RT_STEP_FAILED, RT_STEP_BLIND, RT_STEP_FAILED, RT_STEP_DO_SHOW },
	{ RT_STEP_FAILED, RT_STEP_LEAVE, RT_STEP_IDLE, RT_STEP_DO_HIDE },
	{ RT_STEP_CANCELLED, RT_STEP_RETRY, RT_STEP_PLAN,
	  RT_STEP_DO_RELOAD | RT_STEP_DO_LOOK },
	{ RT_STEP_CANCELLED, RT_STEP_EDIT, RT_STEP_CANCELLED,
	  RT_STEP_DO_REFUSE },
	{ RT_STEP_UNKNOWN, RT_STEP_RETRY, RT_STEP_PLAN,
	  RT_STEP_DO_RELOAD | RT_STEP_DO_LOOK },
	{ RT_STEP_UNKNOWN, RT_STEP_RESUME, RT_STEP_UNKNOWN,
	  RT_STEP_DO_REFUSE },
	{ RT_STEP_UNKNOWN, RT_STEP_ASK, RT_STEP_PLAN, RT_STEP_DO_LOOK },
	{ RT_STEP_PARTIAL, RT_STEP_RETRY, RT_STEP_PARTIAL,
	  RT_STEP_DO_REFUSE },
	{ RT_STEP_PARTIAL, RT_STEP_EDIT, RT_STEP_PARTIAL, RT_STEP_DO_EDIT },
	{ RT_STEP_PARTIAL, RT_STEP_RESUME, RT_STEP_CONFIRM,
	  RT_STEP_DO_ASK_NAME },
	{ RT_STEP_PARTIAL, RT_STEP_RESTART, RT_STEP_CONFIRM,
	  RT_STEP_DO_ASK_NAME },
	{ RT_STEP_PARTIAL, RT_STEP_STAMP, RT_STEP_CONFIRM,
	  RT_STEP_DO_ASK_NAME },
};

static void every_edge(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
		const struct edge *e = &edges[i];
		rt_step s = at(e->from);
		unsigned todo = take(&s, e->input);

		if (s.state != e->to || todo != e->todo)
			fail_msg("edge %zu: %s, input %d -> %s, %x", i,
				 rt_step_word(e->from), (int)e->input,
				 rt_step_word(s.state), todo);
		if (todo & RT_STEP_DO_REFUSE)
			assert_true(*s.reason);
	}
}

/* Whatever comes in whatever state, only YES in CONFIRM starts a run. */
static void only_yes_starts(void **state)
{
	int from, input;

	(void)state;
	for (from = 0; from < RT_STEP_STATE_COUNT; from++)
		for (input = 0; input < RT_STEP_INPUT_COUNT; input++) {
			rt_step s = at((rt_step_state)from);
			bool starts = take(&s, (rt_step_input)input) &
				      RT_STEP_DO_START;

			assert_int_equal(starts, from == RT_STEP_CONFIRM &&
							 input == RT_STEP_YES);
			assert_true(s.state < RT_STEP_STATE_COUNT);
			if (from != RT_STEP_CONFIRM && from != RT_STEP_RUN)
				assert_true(s.state != RT_STEP_RUN);
		}
}

static void errors_lead_to_their_ends(void **state)
{
	static const struct {
		int code;
		bool single;
		size_t stands;
		rt_step_state end;
	} ends[] = {
		{ RETORT_EDATABASE, false, 0, RT_STEP_FAILED },
		{ RETORT_ECONNECT, false, 0, RT_STEP_FAILED },
		{ RETORT_EREFUSED, false, 0, RT_STEP_FAILED },
		{ RETORT_EDATABASE, true, 0, RT_STEP_FAILED },
		{ RETORT_EDATABASE, true, 1, RT_STEP_PARTIAL },
		{ RETORT_EREFUSED, true, 0, RT_STEP_PARTIAL },
		{ RETORT_ECANCELLED, false, 0, RT_STEP_CANCELLED },
		{ RETORT_ECANCELLED, true, 2, RT_STEP_PARTIAL },
		{ RETORT_EUNCERTAIN, false, 0, RT_STEP_UNKNOWN },
		{ RETORT_EUNCERTAIN, true, 2, RT_STEP_UNKNOWN },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		rt_step s = at(RT_STEP_RUN);

		assert_true(broke(&s, ends[i].code, ends[i].single,
				  ends[i].stands) &
			    RT_STEP_DO_LOOK);
		assert_int_equal(s.state, ends[i].end);
	}
}

static void what_is_dangerous_is_typed(void **state)
{
	rt_step s = at(RT_STEP_PLAN);

	(void)state;
	assert_int_equal(rt_step_take(&s, &(rt_step_event){ RT_STEP_PLANNED,
							    true, 0, false,
							    0 }),
			 RT_STEP_DO_ASK_NAME);
}

/* A no to a way on leads back to the report, with the way dropped. */
static void a_no_goes_back(void **state)
{
	rt_step s = at(RT_STEP_PARTIAL);

	(void)state;
	take(&s, RT_STEP_RESUME);
	assert_int_equal(s.way, RT_STEP_WAY_RESUME);
	assert_true(take(&s, RT_STEP_NO) & RT_STEP_DO_SHOW);
	assert_int_equal(s.state, RT_STEP_PARTIAL);
	take(&s, RT_STEP_LEAVE);
	take(&s, RT_STEP_ASK);
	assert_int_equal(s.way, RT_STEP_WAY_RUN);
}

/* What was changed under a way on is planned again for that way. */
static void a_change_keeps_the_way(void **state)
{
	rt_step s = at(RT_STEP_PARTIAL);

	(void)state;
	take(&s, RT_STEP_RESTART);
	take(&s, RT_STEP_YES);
	take(&s, RT_STEP_CHANGED);
	assert_int_equal(s.state, RT_STEP_PLAN);
	assert_int_equal(s.way, RT_STEP_WAY_RESTART);
	take(&s, RT_STEP_LOOKED);
	take(&s, RT_STEP_PLANNED);
	take(&s, RT_STEP_NO);
	assert_int_equal(s.state, RT_STEP_IDLE);
}

static void a_second_cancel_offers_to_drop(void **state)
{
	rt_step s = at(RT_STEP_CONFIRM);

	(void)state;
	take(&s, RT_STEP_YES);
	assert_int_equal(take(&s, RT_STEP_CANCEL), RT_STEP_DO_INTERRUPT);
	assert_int_equal(take(&s, RT_STEP_CANCEL), RT_STEP_DO_ASK_DROP);
	assert_int_equal(take(&s, RT_STEP_CANCEL), RT_STEP_DO_ASK_DROP);
	/* the next run is cancelled from the start again */
	broke(&s, RETORT_ECANCELLED, false, 0);
	take(&s, RT_STEP_RETRY);
	take(&s, RT_STEP_LOOKED);
	take(&s, RT_STEP_PLANNED);
	take(&s, RT_STEP_YES);
	assert_int_equal(take(&s, RT_STEP_CANCEL), RT_STEP_DO_INTERRUPT);
}

static void leaving_waits_for_the_run(void **state)
{
	rt_step s = at(RT_STEP_RUN);

	(void)state;
	assert_int_equal(take(&s, RT_STEP_QUIT_AFTER), 0);
	assert_true(take(&s, RT_STEP_OVER) & RT_STEP_DO_QUIT);

	s = at(RT_STEP_RUN);
	assert_int_equal(take(&s, RT_STEP_QUIT_CANCEL), RT_STEP_DO_INTERRUPT);
	assert_true(broke(&s, RETORT_ECANCELLED, false, 0) & RT_STEP_DO_QUIT);

	/* but nobody is led away from a failure */
	s = at(RT_STEP_RUN);
	take(&s, RT_STEP_QUIT_AFTER);
	assert_false(broke(&s, RETORT_EDATABASE, false, 0) & RT_STEP_DO_QUIT);

	/* a signal ends it whatever comes out */
	s = at(RT_STEP_RUN);
	take(&s, RT_STEP_SIGNAL);
	assert_true(broke(&s, RETORT_EUNCERTAIN, false, 0) &
		    RT_STEP_DO_QUIT);

	s = at(RT_STEP_RUN);
	take(&s, RT_STEP_SIGNAL);
	assert_true(take(&s, RT_STEP_CHANGED) & RT_STEP_DO_QUIT);

	s = at(RT_STEP_RUN);
	take(&s, RT_STEP_SUSPEND);
	assert_true(take(&s, RT_STEP_OVER) & RT_STEP_DO_SUSPEND);
}

static void nothing_else_is_written_meanwhile(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < RT_STEP_STATE_COUNT; i++) {
		rt_step s = at((rt_step_state)i);

		assert_int_equal(rt_step_busy(&s) != NULL,
				 i == RT_STEP_RUN || i == RT_STEP_PLAN);
	}
}

/* A report stays until the database has answered. */
static void a_retry_that_finds_no_database(void **state)
{
	rt_step s = at(RT_STEP_UNKNOWN);

	(void)state;
	take(&s, RT_STEP_RETRY);
	assert_int_equal(take(&s, RT_STEP_BLIND), RT_STEP_DO_SHOW);
	assert_int_equal(s.state, RT_STEP_UNKNOWN);
	take(&s, RT_STEP_RETRY);
	assert_int_equal(take(&s, RT_STEP_LOOKED), RT_STEP_DO_PLAN);
	assert_int_equal(take(&s, RT_STEP_NOTHING), RT_STEP_DO_HIDE);
	assert_int_equal(s.state, RT_STEP_IDLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_edge),
		cmocka_unit_test(a_retry_that_finds_no_database),
		cmocka_unit_test(only_yes_starts),
		cmocka_unit_test(errors_lead_to_their_ends),
		cmocka_unit_test(what_is_dangerous_is_typed),
		cmocka_unit_test(a_no_goes_back),
		cmocka_unit_test(a_change_keeps_the_way),
		cmocka_unit_test(a_second_cancel_offers_to_drop),
		cmocka_unit_test(leaving_waits_for_the_run),
		cmocka_unit_test(nothing_else_is_written_meanwhile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
