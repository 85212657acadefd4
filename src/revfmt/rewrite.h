/* SPDX-License-Identifier: MIT */
/*
 * Changing the header of a revision file that is there already, as a careful
 * person with an editor would: one value changes, every other byte stays.
 */
#ifndef RT_REVFMT_REWRITE_H
#define RT_REVFMT_REWRITE_H

#include <retort/error.h>

#include "base/str.h"

/*
 * Give a native file other parents.
 *   in:   text, the whole file; parents, ids; none makes it a base
 *   out:  appended to *out: the text with `down_revision` changed; line
 *         ends, byte order mark, comments and spaces as they were
 *   err:  EPARSE (the header; what rt_header_read says of it), EUSAGE (what
 *         cannot be an id)
 *   cost: O(bytes)
 */
RETORT_MUST_CHECK int rt_native_set_parents(const char *path, rt_sv text,
					    const retort_names *parents,
					    rt_str *out, retort_error *err);

#endif
