/* SPDX-License-Identifier: MIT */
/*
 * Two texts compared, without any repository.
 */
#ifndef RT_VCS_TEXTDIFF_H
#define RT_VCS_TEXTDIFF_H

#include <retort/error.h>

#include "base/str.h"

/*
 * A unified diff.
 *   in:   before_name, after_name, for its first two lines; context, how
 *         many unchanged lines stand around a change
 *   out:  appended to *out; nothing where the texts are equal
 *   err:  EUNSUPPORTED (built without libgit2, libgit2 not installed), EIO
 */
RETORT_MUST_CHECK int rt_textdiff(const char *before_name, rt_sv before,
				  const char *after_name, rt_sv after,
				  size_t context, rt_str *out,
				  retort_error *err);

#endif
