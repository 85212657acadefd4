/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "vcs/textdiff.h"

#include <string.h>

#include "vcs/git_vcs.h"

/* git's own first lines ("diff --git", "index") name files; these are not. */
static rt_sv from_first_hunk(const git_buf *buf)
{
	rt_sv text = { buf->ptr, buf->size }, rest = text, line;

	while (rt_sv_line(&rest, &line))
		if (rt_sv_starts(line, "@@"))
			return rt_sv_sub(text, (size_t)(line.p - text.p),
					 text.n);
	return (rt_sv){ "", 0 };
}

int rt_textdiff(const char *before_name, rt_sv before, const char *after_name,
		rt_sv after, size_t context, rt_str *out, retort_error *err)
{
	git_diff_options options = {
		.version = GIT_DIFF_OPTIONS_VERSION,
		.context_lines = (uint32_t)context,
	};
	git_buf buf = { NULL, 0, 0 };
	git_patch *patch = NULL;
	rt_git git;
	rt_sv hunks;
	int rc;

	if (rt_sv_eq(before, after))
		return 0;
	rc = rt_git_load(&git, err);
	if (rc)
		return rc;
	(void)git.git_libgit2_init();
	options.flags = GIT_DIFF_FORCE_TEXT;
	rc = git.git_patch_from_buffers(&patch, before.p, before.n, "schema",
					after.p, after.n, "schema", &options);
	if (rc == 0)
		rc = git.git_patch_to_buf(&buf, patch);
	if (rc) {
		rc = rt_git_error(&git, RETORT_EIO, err,
				  "cannot compare %s with %s", before_name,
				  after_name);
	} else {
		hunks = from_first_hunk(&buf);
		rt_str_addf(out, "--- %s\n+++ %s\n", before_name, after_name);
		rt_str_addsv(out, hunks);
	}
	git.git_buf_dispose(&buf);
	git.git_patch_free(patch);
	(void)git.git_libgit2_shutdown();
	return rc;
}
