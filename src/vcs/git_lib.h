/* SPDX-License-Identifier: MIT */
/*
 * libgit2, opened on first use: linking it would have every command load
 * TLS, SSH and Kerberos.  For src/vcs/git*.c.
 */
#ifndef RT_VCS_GIT_LIB_H
#define RT_VCS_GIT_LIB_H

#include <git2.h>
#include <git2/sys/mempack.h>

#include <retort/error.h>

/* What is used of libgit2; to use one more is one row. */
#define RT_GIT_FUNCTIONS(X)                                                   \
	X(git_blob_create_from_buffer)                                        \
	X(git_blob_create_from_workdir)                                       \
	X(git_blob_free)                                                      \
	X(git_blob_lookup)                                                    \
	X(git_blob_rawcontent)                                                \
	X(git_blob_rawsize)                                                   \
	X(git_branch_iterator_free)                                           \
	X(git_branch_iterator_new)                                            \
	X(git_branch_lookup)                                                  \
	X(git_branch_name)                                                    \
	X(git_branch_next)                                                    \
	X(git_branch_upstream)                                                \
	X(git_buf_dispose)                                                    \
	X(git_commit_author)                                                  \
	X(git_commit_create)                                                  \
	X(git_commit_free)                                                    \
	X(git_commit_id)                                                      \
	X(git_commit_lookup)                                                  \
	X(git_commit_parent_id)                                               \
	X(git_commit_parentcount)                                             \
	X(git_commit_summary)                                                 \
	X(git_commit_tree)                                                    \
	X(git_commit_tree_id)                                                 \
	X(git_config_free)                                                    \
	X(git_config_get_path)                                                \
	X(git_diff_free)                                                      \
	X(git_diff_get_delta)                                                 \
	X(git_diff_num_deltas)                                                \
	X(git_diff_to_buf)                                                    \
	X(git_diff_tree_to_tree)                                              \
	X(git_diff_tree_to_workdir)                                           \
	X(git_error_last)                                                     \
	X(git_graph_ahead_behind)                                             \
	X(git_index_add_bypath)                                               \
	X(git_index_conflict_iterator_free)                                   \
	X(git_index_conflict_iterator_new)                                    \
	X(git_index_conflict_next)                                            \
	X(git_index_entrycount)                                               \
	X(git_index_free)                                                     \
	X(git_index_get_byindex)                                              \
	X(git_index_write)                                                    \
	X(git_libgit2_init)                                                   \
	X(git_libgit2_opts)                                                   \
	X(git_libgit2_shutdown)                                               \
	X(git_mempack_new)                                                    \
	X(git_merge_bases)                                                    \
	X(git_merge_commits)                                                  \
	X(git_object_free)                                                    \
	X(git_object_peel)                                                    \
	X(git_object_id)                                                      \
	X(git_odb_add_backend)                                                \
	X(git_odb_free)                                                       \
	X(git_oid_equal)                                                      \
	X(git_oid_fromstr)                                                    \
	X(git_oid_is_zero)                                                    \
	X(git_oid_tostr)                                                      \
	X(git_oidarray_dispose)                                               \
	X(git_patch_free)                                                     \
	X(git_patch_from_buffers)                                             \
	X(git_patch_to_buf)                                                   \
	X(git_reference_dwim)                                                 \
	X(git_reference_free)                                                 \
	X(git_reference_lookup)                                               \
	X(git_reference_name)                                                 \
	X(git_reference_name_to_id)                                           \
	X(git_reference_peel)                                                 \
	X(git_reference_shorthand)                                            \
	X(git_reference_symbolic_target)                                      \
	X(git_reference_type)                                                 \
	X(git_reference_target)                                               \
	X(git_reflog_entry_byindex)                                           \
	X(git_reflog_entry_id_new)                                            \
	X(git_reflog_entrycount)                                              \
	X(git_reflog_free)                                                    \
	X(git_reflog_read)                                                    \
	X(git_repository_commondir)                                           \
	X(git_repository_config_snapshot)                                     \
	X(git_repository_discover)                                            \
	X(git_repository_free)                                                \
	X(git_repository_head_detached)                                       \
	X(git_repository_head_unborn)                                         \
	X(git_repository_index)                                               \
	X(git_repository_is_shallow)                                          \
	X(git_repository_odb)                                                 \
	X(git_repository_open)                                                \
	X(git_repository_path)                                                \
	X(git_repository_workdir)                                             \
	X(git_revparse_single)                                                \
	X(git_revwalk_free)                                                   \
	X(git_revwalk_new)                                                    \
	X(git_revwalk_next)                                                   \
	X(git_revwalk_push)                                                   \
	X(git_revwalk_sorting)                                                \
	X(git_signature_free)                                                 \
	X(git_signature_new)                                                  \
	X(git_status_file)                                                    \
	X(git_status_foreach_ext)                                             \
	X(git_tree_create_updated)                                            \
	X(git_tree_entry_byindex)                                             \
	X(git_tree_entry_byname)                                              \
	X(git_tree_entry_bypath)                                              \
	X(git_tree_entry_filemode)                                            \
	X(git_tree_entry_free)                                                \
	X(git_tree_entry_id)                                                  \
	X(git_tree_entry_name)                                                \
	X(git_tree_entrycount)                                                \
	X(git_tree_free)                                                      \
	X(git_tree_lookup)

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
