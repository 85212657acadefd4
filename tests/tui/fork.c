/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "tui/fork.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/fs.h"
#include "base/proc.h"

static void no_line(void *self, rt_sv line)
{
	(void)self;
	(void)line;
}

static void run(const fixture *f, const char *const *argv)
{
	rt_proc proc = { .argv = argv, .cwd = f->dir, .line = no_line };
	retort_error err = RETORT_ERROR_INIT;
	int status;

	rt_assert_ok(rt_proc_run(&proc, &status, &err), &err);
	if (status)
		fail_msg("%s %s", argv[0], argv[1]);
}

void fork_git(const fixture *f, const char *words)
{
	const char *argv[12] = { "git" };
	rt_sv rest = rt_sv_from(words), word;
	size_t i, n = 1;

	while (rt_sv_split(&rest, ' ', &word))
		argv[n++] = rt_strf("%.*s", (int)word.n, word.p);
	run(f, argv);
	for (i = 1; i < n; i++)
		free((void *)(uintptr_t)argv[i]);
}

void fork_make(fixture *f, const char *url)
{
	char *path, *more;

	fixture_make(f, url ? NULL : "f002");
	if (url) {
		more = rt_strf("scratch_url = %s\n", url);
		fixture_settings(f, url, more);
		fixture_upgrade(f, "f002");
		free(more);
	}
	/* one head, so that the fork is the branches' */
	path = rt_fs_join(f->dir, "migrations/e001_x.sql");
	assert_return_code(remove(path), 0);
	free(path);
	fixture_write(f, ".gitignore", "*.db\n");
	fork_git(f, "init -q -bmain");
	fork_git(f, "add -A");
	fork_git(f, "commit -qmfirst");
	fork_git(f, "checkout -qb feature");
	fixture_add(f, "h001", "f002", "",
		    "ALTER TABLE archive RENAME COLUMN year TO since;",
		    "ALTER TABLE archive RENAME COLUMN since TO year;");
	fixture_add(f, "h002", "h001", "", "CREATE TABLE tag (id integer);",
		    "DROP TABLE tag;");
	fork_git(f, "add -A");
	fork_git(f, "commit -qmours");
	fork_git(f, "checkout -q main");
	fixture_add(f, "m001", "f002", "",
		    "CREATE INDEX archive_year ON archive (year);",
		    "DROP INDEX archive_year;");
	fork_git(f, "add -A");
	fork_git(f, "commit -qmtheirs");
	fork_git(f, "checkout -q feature");
}

void fork_environment(void)
{
	/* git's settings of whoever runs the tests must not count */
	setenv("HOME", "/nonexistent", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	unsetenv("XDG_CONFIG_HOME");
	setenv("GIT_AUTHOR_NAME", "a", 1);
	setenv("GIT_AUTHOR_EMAIL", "a@example.org", 1);
	setenv("GIT_COMMITTER_NAME", "a", 1);
	/* so that the ids are the same every time */
	setenv("GIT_AUTHOR_DATE", "2026-01-02T03:04:05Z", 1);
	setenv("GIT_COMMITTER_DATE", "2026-01-02T03:04:05Z", 1);
	setenv("GIT_COMMITTER_EMAIL", "a@example.org", 1);
}
