/* SPDX-License-Identifier: MIT */
/* Files and paths, on a real folder. */
#include "support/rt_test.h"

#include "support/tmpdir.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"

static int setup(void **state)
{
	*state = tmpdir_make();
	return 0;
}

static int teardown(void **state)
{
	tmpdir_remove(*state);
	return 0;
}

static void reading_what_cannot_be_read(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_str text = RT_STR_INIT;
	char *path = rt_fs_join(*state, "none");

	rt_assert_rc(rt_fs_read(path, 10, &text, &err), RETORT_EIO, &err);
	assert_string_equal(retort_error_get(&err, RETORT_ERROR_FILE), path);
	assert_non_null(strstr(err.message, "No such file"));
	retort_error_dispose(&err);

	rt_assert_rc(rt_fs_read(*state, 10, &text, &err), RETORT_EIO, &err);
	assert_non_null(strstr(err.message, "directory"));
	retort_error_dispose(&err);

	/* A pipe without a writer must not hang. */
	assert_int_equal(mkfifo(path, 0600), 0);
	rt_assert_rc(rt_fs_read(path, 10, &text, &err), RETORT_EIO, &err);
	retort_error_dispose(&err);
	unlink(path);
	assert_int_equal(text.n, 0);
	free(path);
}

static void the_limit_counts_to_the_byte(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_str text = RT_STR_INIT;
	char *path = rt_fs_join(*state, "f");

	rt_assert_ok(rt_fs_write(path, RT_SV("0123456789"), false, 0666, &err),
		     &err);
	rt_assert_ok(rt_fs_read(path, 10, &text, &err), &err);
	assert_string_equal(text.p, "0123456789");
	rt_assert_rc(rt_fs_read(path, 9, &text, &err), RETORT_EIO, &err);
	retort_error_dispose(&err);
	rt_str_free(&text);
	free(path);
}

static void writing_never_replaces_unasked(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_fs_list list = RT_FS_LIST_INIT;
	rt_str text = RT_STR_INIT;
	char *path = rt_fs_join(*state, "g");

	rt_assert_ok(rt_fs_write(path, RT_SV("a"), false, 0666, &err), &err);
	rt_assert_rc(rt_fs_write(path, RT_SV("b"), false, 0666, &err),
		     RETORT_EEXISTS, &err);
	retort_error_dispose(&err);
	assert_int_equal(rt_fs_write(path, RT_SV("b"), false, 0666, NULL),
			 RETORT_EEXISTS);
	rt_assert_ok(rt_fs_read(path, 10, &text, &err), &err);
	assert_string_equal(text.p, "a");
	rt_assert_ok(rt_fs_write(path, RT_SV("c"), true, 0666, &err), &err);
	rt_str_clear(&text);
	rt_assert_ok(rt_fs_read(path, 10, &text, &err), &err);
	assert_string_equal(text.p, "c");
	/* No temporary file stays behind. */
	rt_assert_ok(rt_fs_read_dir(*state, &list, &err), &err);
	assert_int_equal(list.n, 1);
	rt_fs_list_free(&list);
	rt_str_free(&text);
	free(path);
	path = rt_fs_join(*state, "no/such");
	rt_assert_rc(rt_fs_write(path, RT_SV("b"), false, 0666, &err),
		     RETORT_EIO, &err);
	retort_error_dispose(&err);
	free(path);
}

static void folders_are_made_and_listed(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_fs_list list = RT_FS_LIST_INIT;
	char *path = rt_fs_join(*state, "a/b//c");
	char *file = rt_fs_join(*state, "z"), *below = rt_fs_join(file, "y");
	char *to = rt_fs_join(*state, "m");

	rt_assert_ok(rt_fs_make_dirs(path, &err), &err);
	rt_assert_ok(rt_fs_make_dirs(path, &err), &err);
	assert_true(rt_fs_is_dir(path));
	rt_assert_ok(rt_fs_write(file, RT_SV(""), false, 0666, &err), &err);
	rt_assert_rc(rt_fs_make_dirs(below, &err), RETORT_EIO, &err);
	retort_error_dispose(&err);
	assert_int_equal(symlink("a", to), 0);
	rt_assert_ok(rt_fs_read_dir(*state, &list, &err), &err);
	assert_int_equal(list.n, 3);
	assert_string_equal(list.v[0].name, "a");
	assert_true(list.v[0].is_dir);
	assert_string_equal(list.v[1].name, "m");
	assert_true(list.v[1].is_dir);
	assert_false(list.v[2].is_dir);
	rt_fs_list_free(&list);
	rt_assert_rc(rt_fs_read_dir(file, &list, &err), RETORT_EIO, &err);
	retort_error_dispose(&err);
	free(path);
	free(file);
	free(below);
	free(to);
}

/* What an entry of the listing leads to; false if it cannot be opened. */
static bool open_entry(const rt_fs_dir *dir, const rt_fs_list *list,
		       const char *name, rt_fs_file *file)
{
	size_t i;

	for (i = 0; strcmp(list->v[i].name, name) != 0; i++)
		assert_true(i + 1 < list->n);
	return rt_fs_entry_open(file, dir, &list->v[i], name, NULL) == 0;
}

static void entries_are_opened(void **state)
{
	retort_error err = RETORT_ERROR_INIT;
	char *a = rt_fs_join(*state, "a"), *hard = rt_fs_join(*state, "hard");
	char *soft = rt_fs_join(*state, "soft");
	char *gone = rt_fs_join(*state, "gone");
	rt_fs_file file, other;
	rt_fs_list list = RT_FS_LIST_INIT;
	rt_str text = RT_STR_INIT;
	rt_fs_dir dir;

	rt_assert_ok(rt_fs_write(a, RT_SV("text"), false, 0666, &err), &err);
	rt_assert_ok(rt_fs_write(gone, RT_SV(""), false, 0666, &err), &err);
	assert_int_equal(link(a, hard), 0);
	assert_int_equal(symlink("a", soft), 0);
	rt_assert_ok(rt_fs_dir_open(&dir, *state, &err), &err);
	rt_assert_ok(rt_fs_read_dir(*state, &list, &err), &err);
	assert_int_equal(unlink(gone), 0);
	assert_false(open_entry(&dir, &list, "gone", &file));
	assert_true(open_entry(&dir, &list, "a", &file));
	rt_assert_ok(rt_fs_file_read_once(&file, 9, &text, a, &err), &err);
	assert_string_equal(text.p, "text");
	rt_assert_ok(rt_fs_file_ask(&file, a, &err), &err);
	assert_int_equal(file.size, 4);
	/* one file by whatever name */
	assert_true(open_entry(&dir, &list, "hard", &other));
	assert_true(other.inode == file.inode && other.device == file.device);
	rt_fs_file_close(&other);
	assert_true(open_entry(&dir, &list, "soft", &other));
	assert_true(other.inode == file.inode && other.device == file.device);
	rt_fs_file_close(&other);
	rt_fs_file_close(&file);
	rt_fs_list_free(&list);
	rt_fs_dir_close(&dir);
	rt_str_free(&text);
	free(a);
	free(hard);
	free(soft);
	free(gone);
}

static void names_sort_by_byte(void **state)
{
	static const char *const names[] = { "a", "a.", "abcdefgh",
		"abcdefgh1", "abcdefgh2", "b", "\xc3\xa4", "\xff" };
	const size_t n = sizeof(names) / sizeof(names[0]);
	rt_fs_list list = RT_FS_LIST_INIT;
	size_t i;

	for (i = n; i-- > 0;) {
		char *path = rt_fs_join(*state, names[i]);

		assert_int_equal(rt_fs_write(path, RT_SV(""), false, 0666,
					     NULL), 0);
		free(path);
	}
	assert_int_equal(rt_fs_read_dir(*state, &list, NULL), 0);
	assert_int_equal(list.n, n);
	for (i = 0; i < n; i++)
		assert_string_equal(list.v[i].name, names[i]);
	rt_fs_list_free(&list);
}

static void paths_are_text(void **state)
{
	static const struct {
		const char *path, *dir, *base;
	} cases[] = {
		{ "a", ".", "a" },
		{ "/a", "/", "a" },
		{ "/", "/", "" },
		{ "a//b", "a", "b" },
		{ "/x/y/z.sql", "/x/y", "z.sql" },
	};
	static const char *const absolute[][2] = {
		{ "/a/./b/../c//d/", "/a/c/d" },
		{ "/../..", "/" },
		{ "//", "/" },
	};
	char *text, *here;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		text = rt_fs_dirname(cases[i].path);
		assert_string_equal(text, cases[i].dir);
		free(text);
		assert_string_equal(rt_fs_basename(cases[i].path),
				    cases[i].base);
	}
	for (i = 0; i < sizeof(absolute) / sizeof(absolute[0]); i++) {
		text = rt_fs_absolute(absolute[i][0]);
		assert_string_equal(text, absolute[i][1]);
		free(text);
	}
	here = rt_fs_absolute(".");
	text = rt_fs_absolute("x/..");
	assert_string_equal(text, here);
	free(text);
	free(here);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		CASE(reading_what_cannot_be_read),
		CASE(the_limit_counts_to_the_byte),
		CASE(writing_never_replaces_unasked),
		CASE(folders_are_made_and_listed),
		CASE(entries_are_opened),
		CASE(names_sort_by_byte),
		CASE(paths_are_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
