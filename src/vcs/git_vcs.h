/* SPDX-License-Identifier: MIT */
/* What the files of src/vcs/git*.c share. */
#ifndef RT_VCS_GIT_VCS_H
#define RT_VCS_GIT_VCS_H

#include <retort/vcs.h>

#include "vcs/git_lib.h"

struct retort_vcs {
	rt_git git;
	git_repository *repo;
	const char *directory; /* of the working files, else the repository */
	bool bare;
	bool in_memory; /* new objects go to memory */
};

/* Set an error with libgit2's reason behind the message; returns `code`. */
int rt_git_error(const rt_git *git, int code, retort_error *err,
		 const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * An object that should be here is not, or is damaged: EIO, and what to do
 * about it in this kind of clone.
 */
int rt_git_missing(retort_vcs *vcs, retort_error *err, const char *format,
		   ...) __attribute__((format(printf, 3, 4)));

/* The commit of an id in hex. */
RETORT_MUST_CHECK int rt_git_commit(retort_vcs *vcs, const char *id,
				    git_commit **commit, retort_error *err);

/* From here on objects are written to memory, not to the repository. */
RETORT_MUST_CHECK int rt_git_write_to_memory(retort_vcs *vcs,
					     retort_error *err);

/* The absolute path of a file whose folder is there, links of the folder
 * resolved; NULL if it is not there.  Caller frees. */
char *rt_git_real_path(const char *path);

#endif
