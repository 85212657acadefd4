/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "support/tmpdir.h"

#include <ftw.h>
#include <stdio.h>
#include <unistd.h>

#include "base/fs.h"

char *tmpdir_make(void)
{
	const char *top = getenv("TMPDIR");
	char *dir = rt_strf("%s/retort-test-XXXXXX",
			    top && top[0] ? top : "/tmp");

	if (!mkdtemp(dir)) {
		perror(dir);
		exit(99); /* the harness calls that a hard error */
	}
	return dir;
}

void tmpdir_put(const char *dir, const char *name, const char *text)
{
	retort_error err = RETORT_ERROR_INIT;
	char *path = rt_fs_join(dir, name), *folder = rt_fs_dirname(path);

	rt_assert_ok(rt_fs_make_dirs(folder, &err), &err);
	rt_assert_ok(rt_fs_write(path, rt_sv_from(text), true, 0666, &err),
		     &err);
	free(folder);
	free(path);
}

static int remove_one(const char *path, const struct stat *st, int kind,
		      struct FTW *walk)
{
	(void)st;
	(void)kind;
	(void)walk;
	return remove(path);
}

void tmpdir_remove(char *dir)
{
	if (!dir)
		return;
	(void)nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(dir);
}
