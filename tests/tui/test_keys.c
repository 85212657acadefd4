/* SPDX-License-Identifier: MIT */
/*
 * The table of actions, against the real program: every key of it in every
 * pane, the help, and the words that stand for what colours and signs say.
 */
#include "support/rt_test.h"

#include <stdio.h>
#include <sys/wait.h>

#include "base/alloc.h"
#include "base/fs.h"
#include "tui/fixture.h"
#include "tui/keys/action.h"

static const char *const panes[] = { "1", "2", "3", "4", "h", "M" };
static const char *const editor[] = { "LC_ALL=C.UTF-8", "NO_COLOR",
				      "COLORFGBG", "TMUX", "EDITOR=true",
				      "VISUAL=true", NULL };

/* Those that are not answered by a frame; other tests press them. */
static bool ends_or_stops(rt_action action)
{
	return action == RT_ACTION_QUIT || action == RT_ACTION_CLOSE ||
	       action == RT_ACTION_SUSPEND;
}

/* Press a key in a pane, and get out of whatever it opened. */
static void press(rt_screen *s, const char *pane, const char *key)
{
	const char *why;

	rt_screen_keys(s, pane);
	rt_screen_keys(s, key);
	if (!rt_screen_is_clean(s, &why))
		fail_msg("%s in pane %s: %s", key, pane, why);
	rt_screen_keys(s, "C-g C-g C-g");
	rt_screen_keys(s, "1");
	if (!rt_screen_has(s, "GRAPH"))
		fail_msg("%s in pane %s: no way back", key, pane);
}

static void every_key_in_every_pane(void **state)
{
	rt_screen *s;
	size_t pane, n = sizeof(panes) / sizeof(*panes);
	fixture f;
	int i;

	(void)state;
	for (pane = 0; pane < n; pane++) {
		fixture_make(&f, "d001");
		s = fixture_open(&f, editor, 24, 80);
		for (i = RT_ACTION_NONE + 1; i < RT_ACTION_COUNT; i++) {
			const rt_action_info *info =
				rt_action_info_of((rt_action)i);
			rt_sv keys = rt_sv_from(info->keys), key;

			if (info->context == RT_CONTEXT_PROMPT ||
			    info->context == RT_CONTEXT_DIALOG ||
			    ends_or_stops((rt_action)i))
				continue;
			while (keys.n && rt_sv_split(&keys, ' ', &key)) {
				char *name = rt_strndup(key.p, key.n);

				press(s, panes[pane], name);
				free(name);
			}
		}
		rt_screen_send_only(s, "Q");
		i = rt_screen_status(s);
		assert_true(WIFEXITED(i) && WEXITSTATUS(i) == 0);
		rt_screen_free(s);
		fixture_remove(&f);
	}
}

/* The keys of a line that is typed, on such a line. */
static void every_key_of_a_line(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);
	int i;

	for (i = RT_ACTION_NONE + 1; i < RT_ACTION_COUNT; i++) {
		const rt_action_info *info = rt_action_info_of((rt_action)i);
		rt_sv keys = rt_sv_from(info->keys), key;

		if (info->context != RT_CONTEXT_PROMPT)
			continue;
		while (keys.n && rt_sv_split(&keys, ' ', &key)) {
			char *name = rt_strndup(key.p, key.n);

			rt_screen_keys(s, "1 / o r");
			rt_screen_keys(s, name);
			rt_screen_keys(s, "C-g C-g");
			assert_true(rt_screen_has(s, "GRAPH"));
			free(name);
		}
	}
	rt_screen_free(s);
}

/* The keys of a question, on each kind of them that the console asks: what
 * takes an answer closes it, everything else leaves it as it is. */
static void every_key_of_a_question(void **state)
{
	static const struct {
		const char *keys;  /* that ask it */
		const char *shown; /* while it is open */
		bool yes, accept;  /* do these answer it? */
	} questions[] = {
		{ "1 gd gp", "Enter take   Esc leave", false, true },
		{ "1 gd C", "y begin a branch   n leave", true, false },
	};
	rt_screen *s = fixture_open(*state, NULL, 24, 80);
	size_t q;
	int i;

	for (q = 0; q < sizeof(questions) / sizeof(*questions); q++) {
		for (i = RT_ACTION_NONE + 1; i < RT_ACTION_COUNT; i++) {
			const rt_action_info *info =
				rt_action_info_of((rt_action)i);
			rt_sv keys = rt_sv_from(info->keys), key;
			bool ends = i == RT_ACTION_D_NO ||
				    (i == RT_ACTION_D_YES &&
				     questions[q].yes) ||
				    (i == RT_ACTION_D_ACCEPT &&
				     questions[q].accept);

			if (info->context != RT_CONTEXT_DIALOG)
				continue;
			while (keys.n && rt_sv_split(&keys, ' ', &key)) {
				char *name = rt_strndup(key.p, key.n);

				rt_screen_keys(s, questions[q].keys);
				rt_screen_expect(s, questions[q].shown);
				rt_screen_keys(s, name);
				if (rt_screen_has(s, questions[q].shown) ==
				    ends)
					fail_msg("%s in question %zu", name,
						 q);
				rt_screen_keys(s, "C-g C-g");
				free(name);
			}
		}
	}
	rt_screen_free(s);
}

/* Where a name is typed, the keys of a line count, and letters are letters. */
static void every_key_of_a_typed_question(void **state)
{
	static const char foot[] = "type f001, then Enter";
	rt_screen *s = fixture_open(*state, NULL, 24, 80);
	int i;

	for (i = RT_ACTION_NONE + 1; i < RT_ACTION_COUNT; i++) {
		const rt_action_info *info = rt_action_info_of((rt_action)i);
		rt_sv keys = rt_sv_from(info->keys), key;

		if (info->context != RT_CONTEXT_PROMPT &&
		    info->context != RT_CONTEXT_DIALOG)
			continue;
		while (keys.n && rt_sv_split(&keys, ' ', &key)) {
			char *name = rt_strndup(key.p, key.n);
			bool leaves = rt_sv_is(key, "Esc") ||
				      rt_sv_is(key, "C-c") ||
				      rt_sv_is(key, "C-g");

			rt_screen_send(s, "1:goto f001\r");
			rt_screen_keys(s, "S");
			rt_screen_expect(s, foot);
			rt_screen_keys(s, "f 0");
			rt_screen_keys(s, name);
			if (rt_screen_has(s, foot) == leaves)
				fail_msg("%s while a name is typed", name);
			rt_screen_keys(s, "C-g C-g");
			free(name);
		}
	}
	rt_screen_free(s);
}

/* Every action is there, with its first key and what it does. */
static void the_help_is_complete(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 200, 200);
	int i;

	rt_screen_keys(s, "h");
	for (i = RT_ACTION_NONE + 1; i < RT_ACTION_COUNT; i++) {
		const rt_action_info *info = rt_action_info_of((rt_action)i);

		if (!*info->help)
			fail_msg("%s has no help", info->name);
		if (!rt_screen_has(s, info->help))
			fail_msg("%s is not in the help", info->name);
		rt_screen_expect(s, rt_context_head(info->context));
	}
	rt_screen_free(s);
}

/* What a screen says must not change with the colours. */
static void colours_only_repeat(void **state)
{
	static const char *const no_colour[] = { "LC_ALL=C.UTF-8",
						 "NO_COLOR=1", NULL };
	static const char *const keys[] = { "gg", "d", "l", "h", "/ o r", "gd" };
	rt_screen *a = fixture_open(*state, NULL, 24, 80);
	rt_screen *b = fixture_open(*state, no_colour, 24, 80);
	size_t i;
	int row;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		rt_screen_keys(a, keys[i]);
		rt_screen_keys(b, keys[i]);
		for (row = 0; row < 24; row++) {
			char *x = rt_screen_row(a, row);
			char *y = rt_screen_row(b, row);

			assert_string_equal(x, y);
			free(x);
			free(y);
		}
		rt_screen_keys(a, "Esc Esc 1");
		rt_screen_keys(b, "Esc Esc 1");
	}
	rt_screen_free(a);
	rt_screen_free(b);
}

/* Every state of a revision is a letter too, in ASCII and without colour. */
static void states_are_words(void **state)
{
	static const char *const plain[] = { "LC_ALL=C", "NO_COLOR=1", NULL };
	static const char *const want[] = {
		"+ o", "= @", "= *", "= ~", "[DB]", "head", "base", "merge",
		"branch point", "(billing)", "folded", "3 pending",
		"2 heads (!)",
	};
	rt_screen *s = fixture_open(*state, plain, 24, 80);
	fixture f;
	char *path;
	size_t i;

	for (i = 0; i < sizeof(want) / sizeof(*want); i++)
		if (!rt_screen_has(s, want[i]))
			fail_msg("'%s' is not on the screen", want[i]);
	rt_screen_free(s);
	fixture_make(&f, "f002");
	path = rt_fs_join(f.dir, "migrations/f002_x.sql");
	assert_return_code(remove(path), 0);
	s = fixture_open(&f, plain, 24, 80);
	assert_true(rt_screen_has(s, "in the database, in no file"));
	assert_true(rt_screen_has(s, "1 unknown (!)"));
	rt_screen_free(s);
	fixture_remove(&f);
	free(path);
}

/* Sizes that come faster than frames; what is left is as if none had. */
static void a_storm_of_sizes(void **state)
{
	rt_screen *s = fixture_open(*state, NULL, 24, 80);
	unsigned i, seed = 7;

	for (i = 0; i < 400; i++) {
		seed = seed * 1103515245u + 12345u;
		rt_screen_resize_only(s, 1 + (int)(seed >> 16) % 70,
				      1 + (int)(seed >> 20) % 250);
		if (i % 40 == 39)
			rt_screen_keys(s, "h q Tab 1");
	}
	rt_screen_resize_only(s, 23, 80);
	rt_screen_resize(s, 24, 80);
	rt_screen_keys(s, "1 gg C-l");
	rt_screen_golden(s, "graph-80x24");
	rt_screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_in_every_pane),
		cmocka_unit_test(every_key_of_a_line),
		cmocka_unit_test(every_key_of_a_question),
		cmocka_unit_test(every_key_of_a_typed_question),
		cmocka_unit_test(the_help_is_complete),
		cmocka_unit_test(colours_only_repeat),
		cmocka_unit_test(states_are_words),
		cmocka_unit_test(a_storm_of_sizes),
	};

	return cmocka_run_group_tests(tests, fixture_setup,
				      fixture_teardown);
}
