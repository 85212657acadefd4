/* SPDX-License-Identifier: MIT */
/*
 * Revisions that the project's files do not have, and git does: a branch,
 * else a stash, else a commit where HEAD has been.
 */
#ifndef RT_ENGINE_BRANCH_ELSEWHERE_H
#define RT_ENGINE_BRANCH_ELSEWHERE_H

#include <retort/branches.h>

#include "base/str.h"

/*
 * Say where a revision is.
 *   in:   id, as of retort_branches_find
 *   out:  true, and appended: to *where "on branch feature/x
 *         (m/abc123_x.sql, Ann Author, 2026-02-03)", to *next what to do;
 *         false where nobody has it
 */
bool rt_elsewhere_find(retort_branches *b, const char *id, rt_str *where,
		       rt_str *next);

#endif
