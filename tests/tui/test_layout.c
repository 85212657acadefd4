/* SPDX-License-Identifier: MIT */
/* What the console remembers. */
#include "support/rt_test.h"

#include "base/fs.h"
#include "support/tmpdir.h"
#include "tui/fixture.h"
#include "tui/layout.h"

static rt_layout plain(void)
{
	return (rt_layout){ rt_theme_find(RT_SV("dark")), false, false, true,
			    RT_VIEW_GRAPH, RT_VIEW_SQL };
}

static void written_and_read(void **state)
{
	char *dir = tmpdir_make(), *path = rt_fs_join(dir, "a/b/c.layout");
	rt_layout put = { rt_theme_find(RT_SV("contrast")), true, true, false,
			  RT_VIEW_DIFF, RT_VIEW_LOG };
	rt_layout got = plain();
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	rt_assert_ok(rt_layout_read(path, &got, &err), &err);
	assert_ptr_equal(got.theme, plain().theme);
	rt_assert_ok(rt_layout_write(path, &put, &err), &err);
	rt_assert_ok(rt_layout_read(path, &got, &err), &err);
	assert_memory_equal(&got.theme, &put.theme, sizeof(put.theme));
	assert_true(got.ascii && got.maximised && !got.line_numbers);
	assert_int_equal(got.focus, RT_VIEW_DIFF);
	assert_int_equal(got.other, RT_VIEW_LOG);
	rt_assert_ok(rt_layout_read(NULL, &got, &err), &err);
	free(path);
	tmpdir_remove(dir);
}

static void what_cannot_be_read(void **state)
{
	static const char *const broken[] = {
		"",
		"retort-layout 2\n",
		"retort-layout 1\nascii = maybe\n",
		"retort-layout 1\nascii\n",
		"retort-layout 1\nfocus = help\n",
		"retort-layout 1\nmaximised = yes\ntheme = pink\n",
		"\177ELF\002\001",
	};
	char *dir = tmpdir_make(), *path = rt_fs_join(dir, "x");
	retort_error err = RETORT_ERROR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		rt_layout got = plain();

		tmpdir_put(dir, "x", broken[i]);
		rt_assert_rc(rt_layout_read(path, &got, &err), RETORT_EPARSE,
			     &err);
		assert_false(got.maximised);
		retort_error_dispose(&err);
	}
	free(path);
	tmpdir_remove(dir);
}

static void a_place_for_each_project(void **state)
{
	char *a = rt_layout_path("/x/shop/retort.ini", "/state", "/home/a");
	char *b = rt_layout_path("/y/shop/retort.ini", "/state", "/home/a");
	char *c = rt_layout_path("/x/shop/retort.ini", "state", "/home/a");

	(void)state;
	assert_memory_equal(a, "/state/retort/shop-", 19);
	assert_string_not_equal(a, b);
	assert_memory_equal(c, "/home/a/.local/state/retort/shop-", 33);
	assert_null(rt_layout_path("/x/retort.ini", NULL, NULL));
	free(a);
	free(b);
	free(c);
}

/* Leave the console and wait for its end. */
static void leave(rt_screen *s)
{
	rt_screen_send_only(s, "Q");
	rt_screen_status(s);
	rt_screen_free(s);
}

static void it_comes_back(void **state)
{
	const char *env[] = { "LC_ALL=C.UTF-8", "NO_COLOR", NULL, NULL };
	char *set, *dir = tmpdir_make();
	rt_fs_list files = RT_FS_LIST_INIT;
	rt_screen *s;
	fixture f;

	(void)state;
	set = rt_strf("XDG_STATE_HOME=%s", dir);
	env[2] = set;
	fixture_make(&f, "d001");
	s = fixture_open(&f, env, 24, 80);
	rt_screen_keys(s, "3 ~");
	leave(s);
	s = fixture_open(&f, env, 24, 80);
	assert_true(rt_screen_has(s, "= @"));
	assert_true(rt_screen_has(s, "3 DIFF"));
	rt_screen_keys(s, "2 #");
	leave(s);
	/* broken, it is passed over */
	free(set);
	set = rt_fs_join(dir, "retort");
	assert_int_equal(rt_fs_read_dir(set, &files, NULL), 0);
	assert_int_equal(files.n, 1);
	tmpdir_put(set, files.v[0].name, "retort-layout 1\nfocus = moon\n");
	free(set);
	set = rt_strf("XDG_STATE_HOME=%s", dir);
	env[2] = set;
	s = fixture_open(&f, env, 24, 80);
	assert_true(rt_screen_has(s, "2 SQL"));
	rt_screen_keys(s, "l");
	assert_true(rt_screen_has(s, "the remembered layout is broken"));
	rt_screen_free(s);
	rt_fs_list_free(&files);
	free(set);
	fixture_remove(&f);
	tmpdir_remove(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written_and_read),
		cmocka_unit_test(what_cannot_be_read),
		cmocka_unit_test(a_place_for_each_project),
		cmocka_unit_test(it_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
