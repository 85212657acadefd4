/* SPDX-License-Identifier: MIT */
/* Key names, sequences, contexts, and the table of actions itself. */
#include "support/rt_test.h"

#include "tui/keys/keymap.h"

static rt_keyseq parse(const char *text)
{
	rt_keyseq s;

	assert_true(rt_keyseq_parse(rt_sv_from(text), &s));
	return s;
}

static void check_name(const char *text, const char *want)
{
	rt_keyseq s = parse(text);
	rt_str out = RT_STR_INIT;

	rt_keyseq_format(&s, &out);
	assert_string_equal(out.p, want);
	rt_str_free(&out);
}

static void names_are_read_and_written(void **state)
{
	(void)state;
	check_name("a", "a");
	check_name("\u00e4", "\u00e4");
	check_name("pgdn", "PgDn");
	check_name("PageDown", "PgDn");
	check_name("C-d", "C-d");
	check_name("C-D", "C-d");
	check_name("M-C-x", "C-M-x");
	check_name("S-Tab", "S-Tab");
	check_name("gg", "gg");
	check_name("g<Up>", "g<Up>");
	check_name("<C-w>o", "<C-w>o");
	check_name("C-i", "Tab");
	check_name("C-m", "Enter");
	check_name("C-[", "Esc");
	check_name("C-Left", "C-Left");
	check_name("Space", "Space");
	check_name("-", "-");
	check_name("C--", "C--");
	check_name("<", "<");
}

static void what_is_no_key_is_refused(void **state)
{
	static const char *const bad[] = { "", " ", "g ", "abcde", "<Foo>",
					   "g<", "\xff", "\t" };
	rt_keyseq s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(rt_keyseq_parse(rt_sv_from(bad[i]), &s));
}

static void control_bytes_are_the_keys_they_stand_for(void **state)
{
	(void)state;
	assert_int_equal(rt_key_from_char(4).code, 'd');
	assert_int_equal(rt_key_from_char(4).mods, RT_MOD_CTRL);
	assert_int_equal(rt_key_from_char(0x7f).code, RT_KEY_BACKSPACE);
	assert_int_equal(rt_key_from_char('\r').code, RT_KEY_ENTER);
	assert_int_equal(rt_key_from_char(0).code, ' ');
	assert_int_equal(rt_key_from_char(0x1c).code, '\\');
}

/* No two keys of a context, of which one is or starts the other. */
static void check_reachable(const rt_keymap *m)
{
	size_t i, k;

	for (i = 0; i < m->bindings.n; i++) {
		for (k = 0; k < i; k++) {
			const rt_binding *a = &m->bindings.v[k];
			const rt_binding *b = &m->bindings.v[i];

			if (a->context == b->context &&
			    (rt_keyseq_starts(&a->seq, &b->seq) ||
			     rt_keyseq_starts(&b->seq, &a->seq)))
				fail_msg("context %d: %s hides %s", a->context,
					 rt_action_info_of(a->action)->name,
					 rt_action_info_of(b->action)->name);
		}
	}
}

/* The table: names are unique, all is explained, every default key can be
 * read, and no two clash in one context. */
static void the_table_is_whole(void **state)
{
	rt_keymap m;
	rt_keyseq seq;
	rt_sv keys, word;
	int i;

	(void)state;
	for (i = 1; i < RT_ACTION_COUNT; i++) {
		const rt_action_info *a = rt_action_info_of((rt_action)i);

		assert_int_equal(a->action, i);
		assert_true(*a->name && *a->help);
		assert_int_equal(rt_action_find(rt_sv_from(a->name)), i);
		keys = rt_sv_from(a->keys);
		while (rt_sv_split(&keys, ' ', &word))
			if (word.n)
				assert_true(rt_keyseq_parse(word, &seq));
	}
	rt_keymap_init(&m);
	check_reachable(&m);
	rt_keymap_free(&m);
}

static rt_action find(const rt_keymap *m, rt_context context,
		      const char *keys, rt_key_result want)
{
	rt_keyseq s = parse(keys);
	rt_action action;

	assert_int_equal(rt_keymap_find(m, context, &s, &action), want);
	return action;
}

static void sequences_wait_for_their_end(void **state)
{
	rt_keymap m;

	(void)state;
	rt_keymap_init(&m);
	find(&m, RT_CONTEXT_GRAPH, "g", RT_KEYS_PREFIX);
	assert_int_equal(find(&m, RT_CONTEXT_GRAPH, "gg", RT_KEYS_ACTION),
			 RT_ACTION_FIRST);
	find(&m, RT_CONTEXT_GRAPH, "gz", RT_KEYS_NONE);
	/* a prompt has none of the keys of a view */
	find(&m, RT_CONTEXT_PROMPT, "g", RT_KEYS_NONE);
	find(&m, RT_CONTEXT_DIALOG, "Q", RT_KEYS_NONE);
	rt_keymap_free(&m);
}

static int bind(rt_keymap *m, const char *name, const char *keys,
		retort_error *err)
{
	return rt_keymap_bind(m, rt_sv_from(name), rt_sv_from(keys), err);
}

static void the_user_binds_keys(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_str out = RT_STR_INIT;
	rt_keymap m;

	(void)state;
	rt_keymap_init(&m);
	rt_assert_ok(bind(&m, "quit", "C-q zq", &err), &err);
	find(&m, RT_CONTEXT_SQL, "Q", RT_KEYS_NONE);
	assert_int_equal(find(&m, RT_CONTEXT_SQL, "C-q", RT_KEYS_ACTION),
			 RT_ACTION_QUIT);
	/* in one context only; wins over ANY there */
	rt_assert_ok(bind(&m, "log.quit", "j", &err), &err);
	assert_int_equal(find(&m, RT_CONTEXT_LOG, "j", RT_KEYS_ACTION),
			 RT_ACTION_QUIT);
	assert_int_equal(find(&m, RT_CONTEXT_SQL, "j", RT_KEYS_ACTION),
			 RT_ACTION_DOWN);
	/* a key of another action's default is taken from it */
	rt_assert_ok(bind(&m, "first", "k", &err), &err);
	assert_int_equal(find(&m, RT_CONTEXT_SQL, "k", RT_KEYS_ACTION),
			 RT_ACTION_FIRST);
	rt_keymap_keys(&m, RT_CONTEXT_SQL, RT_ACTION_UP, 0, &out);
	assert_string_equal(out.p, "Up");
	/* none at all */
	rt_assert_ok(bind(&m, "help", "", &err), &err);
	find(&m, RT_CONTEXT_SQL, "F1", RT_KEYS_NONE);
	check_reachable(&m);
	rt_str_free(&out);
	rt_keymap_free(&m);
}

static void bad_bindings_change_nothing(void **state)
{
	static const char *const bad[][2] = {
		{ "fly", "x" },     { "moon.quit", "x" }, { "quit", "Foooo" },
		{ "down", "xx" },   { "down", "xyz" },    { "down", "x" },
	};
	retort_error err = RETORT_ERROR_INIT;
	rt_keymap m;
	size_t i, n;

	(void)state;
	rt_keymap_init(&m);
	rt_assert_ok(bind(&m, "up", "xx xy", &err), &err);
	n = m.bindings.n;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		rt_assert_rc(bind(&m, bad[i][0], bad[i][1], &err),
			     RETORT_EUSAGE, &err);
		assert_non_null(err.message);
		retort_error_dispose(&err);
		assert_int_equal(m.bindings.n, n);
	}
	rt_keymap_free(&m);
}

static void continuations_are_shown(void **state)
{
	rt_keyseq s = parse("z");
	rt_str out = RT_STR_INIT;
	rt_keymap m;

	(void)state;
	rt_keymap_init(&m);
	rt_keymap_continuations(&m, RT_CONTEXT_SQL, &s, &out);
	assert_string_equal(out.p, "h scroll-left  l scroll-right");
	rt_str_free(&out);
	rt_keymap_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_read_and_written),
		cmocka_unit_test(what_is_no_key_is_refused),
		cmocka_unit_test(control_bytes_are_the_keys_they_stand_for),
		cmocka_unit_test(the_table_is_whole),
		cmocka_unit_test(sequences_wait_for_their_end),
		cmocka_unit_test(the_user_binds_keys),
		cmocka_unit_test(bad_bindings_change_nothing),
		cmocka_unit_test(continuations_are_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
