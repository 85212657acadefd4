/* SPDX-License-Identifier: MIT */
/*
 * Changing the text of a revision file, as a careful person with an editor
 * would: what is not to change stays, byte for byte.
 */
#ifndef RT_REVFMT_REWRITE_H
#define RT_REVFMT_REWRITE_H

#include <retort/create.h>

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

/*
 * Give a native file other sections: everything from its first marker on is
 * left out, and these stand there.
 *   err:  as rt_native_sections
 */
RETORT_MUST_CHECK int rt_native_set_sections(const char *path, rt_sv text,
					     const retort_section *sections,
					     size_t n, rt_str *out,
					     retort_error *err);

#endif
