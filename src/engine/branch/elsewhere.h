/* SPDX-License-Identifier: MIT */
/*
 * Revisions that the project's files do not have, and a git branch does.
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
 *         false where no branch has it
 */
bool rt_elsewhere_find(retort_branches *b, const char *id, rt_str *where,
		       rt_str *next);

#endif
