/* SPDX-License-Identifier: MIT */
/*
 * libgit2, opened on first use: linking it would have every command load
 * TLS, SSH and Kerberos.  For src/vcs/git*.c.
 */
#ifndef RT_VCS_GIT_LIB_H
#define RT_VCS_GIT_LIB_H

#include <git2.h>

#include <retort/error.h>

/* What is used of libgit2; to use one more is one row. */
#define RT_GIT_FUNCTIONS(X)                                                   \
	X(git_buf_dispose)                                                    \
	X(git_diff_free)                                                      \
	X(git_diff_to_buf)                                                    \
	X(git_diff_tree_to_workdir)                                           \
	X(git_error_last)                                                     \
	X(git_libgit2_init)                                                   \
	X(git_libgit2_shutdown)                                               \
	X(git_object_free)                                                    \
	X(git_repository_discover)                                            \
	X(git_repository_free)                                                \
	X(git_repository_head_unborn)                                         \
	X(git_repository_open)                                                \
	X(git_repository_workdir)                                             \
	X(git_revparse_single)                                                \
	X(git_status_file)

typedef struct rt_git {
#define RT_GIT_MEMBER_(name) __typeof__(name) *name;
	RT_GIT_FUNCTIONS(RT_GIT_MEMBER_)
#undef RT_GIT_MEMBER_
} rt_git;

/*
 * Find the library and its functions.  It stays loaded until the process
 * ends: TLS libraries do not like to be unloaded.
 *   err:  EUNSUPPORTED: not installed (says what to install)
 */
RETORT_MUST_CHECK int rt_git_load(rt_git *git, retort_error *err);

#endif
