/* SPDX-License-Identifier: MIT */
/* Files against git, in repositories that git itself has made. */
#include "support/rt_test.h"

#include <sys/stat.h>
#include <unistd.h>

#include <retort/vcs.h>

#include "base/fs.h"
#include "base/proc.h"
#include "support/tmpdir.h"

#define GIT_WORDS_MAX 12

static void no_line(void *self, rt_sv line)
{
	(void)self;
	(void)line;
}

/* Run git in a folder; words separated by spaces. */
static int git_status(const char *dir, const char *words)
{
	char *copy = rt_strf("git %s", words), *save = NULL, *word;
	const char *argv[GIT_WORDS_MAX + 1] = { NULL };
	rt_proc git = { .argv = argv, .cwd = dir, .line = no_line };
	retort_error err = RETORT_ERROR_INIT;
	size_t n = 0;
	int status;

	for (word = strtok_r(copy, " ", &save); word && n < GIT_WORDS_MAX;
	     word = strtok_r(NULL, " ", &save))
		argv[n++] = word;
	rt_assert_ok(rt_proc_run(&git, &status, &err), &err);
	free(copy);
	return status;
}

static void run_git(const char *dir, const char *words)
{
	if (git_status(dir, words) != 0)
		fail_msg("git %s", words);
}

/* A repository with one committed file. */
static char *make_repo(void)
{
	char *dir = tmpdir_make();

	run_git(dir, "init -q -b main .");
	tmpdir_put(dir, "m/a.sql", "one\ntwo\nthree\n");
	run_git(dir, "add m/a.sql");
	run_git(dir, "commit -q -m first");
	return dir;
}

/* Compare a file; the diff's text, caller frees. */
static char *diff(const char *dir, const char *name, retort_vcs_state state,
		  bool staged, bool unstaged)
{
	char *path = rt_fs_join(dir, name), *text = NULL;
	retort_error err = RETORT_ERROR_INIT;
	retort_vcs_status status;
	retort_vcs *vcs = NULL;

	rt_assert_ok(retort_vcs_open(&vcs, path, &err), &err);
	rt_assert_ok(retort_vcs_diff(vcs, path, &status, &text, &err), &err);
	assert_string_equal(retort_vcs_state_name(status.state),
			    retort_vcs_state_name(state));
	assert_int_equal(status.staged, staged);
	assert_int_equal(status.unstaged, unstaged);
	retort_vcs_close(vcs);
	free(path);
	return text;
}

static void is_diff(const char *dir, const char *name, retort_vcs_state state,
		    bool staged, bool unstaged, const char *has)
{
	char *text = diff(dir, name, state, staged, unstaged);

	if (*has ? !strstr(text, has) : *text)
		fail_msg("want '%s' in:\n%s", has, text);
	free(text);
}

static int open_rc(const char *path, retort_error *err)
{
	retort_vcs *vcs = NULL;
	int rc = retort_vcs_open(&vcs, path, err);

	assert_true((rc == 0) == (vcs != NULL));
	retort_vcs_close(vcs);
	return rc;
}

static void each_state(void **state)
{
	char *dir = make_repo();

	(void)state;
	is_diff(dir, "m/a.sql", RETORT_VCS_UNMODIFIED, false, false, "");
	tmpdir_put(dir, "m/a.sql", "one\n2\nthree\n");
	is_diff(dir, "m/a.sql", RETORT_VCS_MODIFIED, false, true,
		"@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n");
	run_git(dir, "add m/a.sql");
	is_diff(dir, "m/a.sql", RETORT_VCS_MODIFIED, true, false, "+2\n");
	tmpdir_put(dir, "m/a.sql", "one\n2\n3\n");
	is_diff(dir, "m/a.sql", RETORT_VCS_MODIFIED, true, true,
		"-two\n-three\n+2\n+3\n");
	tmpdir_put(dir, "m/new.sql", "fresh\n");
	is_diff(dir, "m/new.sql", RETORT_VCS_UNTRACKED, false, false,
		"+fresh\n");
	run_git(dir, "add m/new.sql");
	is_diff(dir, "m/new.sql", RETORT_VCS_ADDED, true, false, "+fresh\n");
	tmpdir_put(dir, ".gitignore", "*.bak\n");
	tmpdir_put(dir, "m/a.bak", "x\n");
	is_diff(dir, "m/a.bak", RETORT_VCS_IGNORED, false, false, "");
	run_git(dir, "rm -q -f m/a.sql");
	is_diff(dir, "m/../m/a.sql", RETORT_VCS_DELETED, true, false,
		"-two\n");
	tmpdir_put(dir, "m/a.sql", "one\nback\n");
	is_diff(dir, "m/a.sql", RETORT_VCS_MODIFIED, true, false, "+back\n");
	tmpdir_remove(dir);
}

static void a_conflict(void **state)
{
	char *dir = make_repo();

	(void)state;
	run_git(dir, "checkout -q -b side");
	tmpdir_put(dir, "m/a.sql", "side\n");
	run_git(dir, "commit -q -a -m side");
	run_git(dir, "checkout -q main");
	tmpdir_put(dir, "m/a.sql", "main\n");
	run_git(dir, "commit -q -a -m main");
	assert_int_not_equal(git_status(dir, "merge -q side"), 0);
	is_diff(dir, "m/a.sql", RETORT_VCS_CONFLICTED, false, false,
		"+<<<<<<<");
	tmpdir_remove(dir);
}

static void before_the_first_commit(void **state)
{
	char *dir = tmpdir_make();

	(void)state;
	run_git(dir, "init -q .");
	tmpdir_put(dir, "m/a.sql", "one\n");
	is_diff(dir, "m/a.sql", RETORT_VCS_UNTRACKED, false, false, "+one\n");
	run_git(dir, "add m");
	is_diff(dir, "m/a.sql", RETORT_VCS_ADDED, true, false, "+one\n");
	tmpdir_remove(dir);
}

/* A name is a name, no pattern; line ends are git's to judge. */
static void names_and_line_ends(void **state)
{
	char *dir = make_repo(), *text;

	(void)state;
	tmpdir_put(dir, "m/[ab] *.sql", "one\n");
	tmpdir_put(dir, "m/b.sql", "never\n");
	text = diff(dir, "m/[ab] *.sql", RETORT_VCS_UNTRACKED, false, false);
	assert_non_null(strstr(text, "+one\n"));
	assert_null(strstr(text, "never"));
	free(text);
	tmpdir_put(dir, ".gitattributes", "*.sql text eol=crlf\n");
	tmpdir_put(dir, "m/a.sql", "one\r\ntwo\r\nthree\r\n");
	text = diff(dir, "m/a.sql", RETORT_VCS_UNMODIFIED, false, false);
	assert_string_equal(text, "");
	free(text);
	tmpdir_remove(dir);
}

static void worktrees_and_links(void **state)
{
	char *dir = make_repo(), *link = rt_strf("%s/link", dir);
	char *m = rt_strf("%s/m", dir);
	retort_error err = RETORT_ERROR_INIT;
	retort_vcs *vcs = NULL;

	(void)state;
	run_git(dir, "worktree add -q -b other wt");
	tmpdir_put(dir, "wt/m/a.sql", "one\n");
	is_diff(dir, "wt/m/a.sql", RETORT_VCS_MODIFIED, false, true, "-two\n");
	is_diff(dir, "m/a.sql", RETORT_VCS_UNMODIFIED, false, false, "");
	assert_int_equal(symlink("m", link), 0);
	is_diff(dir, "link/a.sql", RETORT_VCS_UNMODIFIED, false, false, "");
	rt_assert_ok(retort_vcs_open(&vcs, m, &err), &err);
	assert_true(rt_sv_starts(rt_sv_from(retort_vcs_directory(vcs)), dir));
	retort_vcs_close(vcs);
	free(m);
	free(link);
	tmpdir_remove(dir);
}

static void no_repository(void **state)
{
	char *dir = tmpdir_make();
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	tmpdir_put(dir, "a.sql", "one\n");
	rt_assert_rc(open_rc(dir, &err), RETORT_ENOTFOUND, &err);
	assert_non_null(strstr(err.message, "no git repository"));
	retort_error_dispose(&err);
	run_git(dir, "init -q --bare bare");
	assert_int_equal(chdir(dir), 0);
	rt_assert_rc(open_rc("bare", &err), RETORT_ENOTFOUND, &err);
	assert_non_null(strstr(err.message, "bare"));
	retort_error_dispose(&err);
	assert_int_equal(chdir("/"), 0);
	tmpdir_remove(dir);
}

static void files_that_are_not_there(void **state)
{
	char *dir = make_repo(), *path = rt_fs_join(dir, "m/none.sql");
	retort_error err = RETORT_ERROR_INIT;
	retort_vcs_status status;
	retort_vcs *vcs = NULL;
	char *text = NULL;

	(void)state;
	rt_assert_ok(retort_vcs_open(&vcs, dir, &err), &err);
	rt_assert_rc(retort_vcs_diff(vcs, path, &status, &text, &err),
		     RETORT_ENOTFOUND, &err);
	assert_null(text);
	retort_error_dispose(&err);
	rt_assert_rc(retort_vcs_diff(vcs, "/etc/passwd", &status, &text,
				     &err),
		     RETORT_ENOTFOUND, &err);
	retort_error_dispose(&err);
	rt_assert_rc(retort_vcs_diff(vcs, "/no/such/folder", &status, &text,
				     &err),
		     RETORT_ENOTFOUND, &err);
	retort_error_dispose(&err);
	retort_vcs_close(vcs);
	free(path);
	tmpdir_remove(dir);
}

static void remove_objects(const char *dir)
{
	const char *argv[] = { "rm", "-rf", ".git/objects", NULL };
	rt_proc rm = { .argv = argv, .cwd = dir, .line = no_line };
	retort_error err = RETORT_ERROR_INIT;
	int status;

	rt_assert_ok(rt_proc_run(&rm, &status, &err), &err);
	assert_int_equal(status, 0);
	run_git(dir, "init -q .");
}

/* Objects that are missing are an error, never "nothing has changed". */
static void a_damaged_repository(void **state)
{
	char *dir = make_repo(), *path = rt_fs_join(dir, "m/a.sql");
	retort_error err = RETORT_ERROR_INIT;
	retort_vcs_status status;
	retort_vcs *vcs = NULL;
	char *text = NULL;

	(void)state;
	tmpdir_put(dir, "m/a.sql", "changed\n");
	remove_objects(dir);
	rt_assert_ok(retort_vcs_open(&vcs, path, &err), &err);
	rt_assert_rc(retort_vcs_diff(vcs, path, &status, &text, &err),
		     RETORT_EIO, &err);
	assert_null(text);
	retort_error_dispose(&err);
	retort_vcs_close(vcs);
	free(path);
	tmpdir_remove(dir);
}

static void a_repository_of_sha256(void **state)
{
	char *dir = tmpdir_make();
	retort_error err = RETORT_ERROR_INIT;

	(void)state;
	if (git_status(dir, "init -q --object-format=sha256 .") != 0) {
		tmpdir_remove(dir);
		print_message("git makes no such repositories\n");
		skip();
	}
	rt_assert_rc(open_rc(dir, &err), RETORT_EUNSUPPORTED, &err);
	retort_error_dispose(&err);
	tmpdir_remove(dir);
}

static void a_repository_of_somebody_else(void **state)
{
	char *dir, *words;
	retort_error err = RETORT_ERROR_INIT;
	const char *next;

	(void)state;
	if (geteuid() != 0) {
		print_message("only root can give a repository away\n");
		skip();
	}
	dir = make_repo();
	words = rt_strf("%s/.git", dir);
	assert_int_equal(chown(dir, 65534, 65534), 0);
	assert_int_equal(chown(words, 65534, 65534), 0);
	free(words);
	rt_assert_rc(open_rc(dir, &err), RETORT_EREFUSED, &err);
	next = retort_error_get(&err, RETORT_ERROR_NEXT);
	assert_non_null(strstr(next, "safe.directory"));
	assert_non_null(strstr(next, dir));
	retort_error_dispose(&err);
	words = rt_strf("config --global --add safe.directory %s", dir);
	run_git(dir, words);
	free(words);
	rt_assert_ok(open_rc(dir, &err), &err);
	tmpdir_remove(dir);
}

/* git's settings of whoever runs the tests must not count. */
static int set_up(void **state)
{
	char *home = tmpdir_make();

	*state = home;
	setenv("HOME", home, 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
	unsetenv("GIT_INDEX_FILE");
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "a", 1);
	setenv("GIT_AUTHOR_EMAIL", "a@example.org", 1);
	setenv("GIT_COMMITTER_NAME", "a", 1);
	setenv("GIT_COMMITTER_EMAIL", "a@example.org", 1);
	return 0;
}

static void add_line(void *self, const char *path)
{
	rt_str_addf(self, "%s\n", path);
}

/* What the facts are, as text: branch, author of m/a.sql, files. */
static char *facts(const char *dir)
{
	char *folder = rt_fs_join(dir, "m"), *file = rt_fs_join(dir, "m/a.sql");
	const char *const folders[] = { folder };
	retort_names names = { folders, 1 };
	char *branch, *name, *date;
	retort_error err = RETORT_ERROR_INIT;
	rt_str s = RT_STR_INIT;
	retort_vcs *vcs;

	rt_assert_ok(retort_vcs_open(&vcs, folder, &err), &err);
	rt_assert_ok(retort_vcs_branch(vcs, &branch, &err), &err);
	rt_assert_ok(retort_vcs_author(vcs, file, &name, &date, &err), &err);
	rt_str_addf(&s, "%s %s %.2s\n", branch, name, date);
	if (retort_vcs_uncommitted(vcs, &names, add_line, &s, &err))
		rt_str_addf(&s, "error %d\n", err.code);
	free(branch);
	free(name);
	free(date);
	free(folder);
	free(file);
	retort_error_dispose(&err);
	retort_vcs_close(vcs);
	return rt_str_take(&s);
}

/* The rest of the text is names of files below dir. */
static void assert_facts(const char *dir, const char *first,
			 const char *const *names)
{
	char *got = facts(dir);
	rt_str want = RT_STR_INIT;

	rt_str_add(&want, first);
	for (; *names; names++)
		rt_str_addf(&want, "%s/%s\n", dir, *names);
	assert_string_equal(got, want.p);
	rt_str_free(&want);
	free(got);
}

static void branch_author_and_what_is_uncommitted(void **state)
{
	static const char *const none[] = { NULL };
	static const char *const one[] = { "m/a.sql", NULL };
	static const char *const two[] = { "m/a.sql", "m/b.sql", NULL };
	char *dir = make_repo(), *got;

	(void)state;
	assert_facts(dir, "main a 20\n", none);
	tmpdir_put(dir, "m/a.sql", "one\n");
	tmpdir_put(dir, "m/b.sql", "two\n");
	tmpdir_put(dir, "m/sub/c.sql", "three\n");
	tmpdir_put(dir, "d.sql", "four\n");
	assert_facts(dir, "main a 20\n", two);
	run_git(dir, "checkout -q --detach");
	got = facts(dir);
	assert_true(strlen(got) > 10 && got[10] == ' ');
	free(got);
	tmpdir_remove(dir);
	/* before the first commit nobody wrote it */
	dir = tmpdir_make();
	run_git(dir, "init -q -b new .");
	tmpdir_put(dir, "m/a.sql", "one\n");
	got = facts(dir);
	assert_true(rt_sv_starts(rt_sv_from(got), "new  \nerror"));
	free(got);
	/* nor did who made the first commit, without it */
	run_git(dir, "commit -q --allow-empty -m first");
	assert_facts(dir, "new  \n", one);
	tmpdir_remove(dir);
}

static int tear_down(void **state)
{
	tmpdir_remove(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_state),
		cmocka_unit_test(branch_author_and_what_is_uncommitted),
		cmocka_unit_test(a_conflict),
		cmocka_unit_test(before_the_first_commit),
		cmocka_unit_test(names_and_line_ends),
		cmocka_unit_test(worktrees_and_links),
		cmocka_unit_test(no_repository),
		cmocka_unit_test(files_that_are_not_there),
		cmocka_unit_test(a_damaged_repository),
		cmocka_unit_test(a_repository_of_sha256),
		cmocka_unit_test(a_repository_of_somebody_else),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
