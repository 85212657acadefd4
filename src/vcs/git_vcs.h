/* SPDX-License-Identifier: MIT */
/* What the files of src/vcs/git*.c share. */
#ifndef RT_VCS_GIT_VCS_H
#define RT_VCS_GIT_VCS_H

#include <retort/vcs.h>

#include "vcs/git_lib.h"

struct retort_vcs {
	rt_git git;
	git_repository *repo;
	const char *directory; /* the repository's */
};

/* Set an error with libgit2's reason behind the message; returns `code`. */
int rt_git_error(const rt_git *git, int code, retort_error *err,
		 const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The absolute path of a file whose folder is there, links of the folder
 * resolved; NULL if it is not there.  Caller frees. */
char *rt_git_real_path(const char *path);

#endif
