/* SPDX-License-Identifier: MIT */
/*
 * Has the target moved since?  A check that was green an hour ago says
 * nothing about the commit that the branch is merged into now.
 */
#include "config.h"

#include <string.h>

#include "engine/conflicts/conflicts.h"

/* The caller has looked at another commit before. */
static int check_expected(rt_contest *c)
{
	const char *expect = c->options->expect;
	char commit[RT_VCS_ID];
	rt_finding f;
	int rc;

	if (!expect)
		return 0;
	rc = rt_vcs_resolve(c->b->vcs, expect, commit, c->err);
	if (rc || !strcmp(commit, c->out->theirs.commit))
		return rc;
	rt_finding_begin(&f, RETORT_CONFLICT_STALE);
	rt_str_addf(&f.message, "%s was to be at %.12s and is at %.12s",
		    c->them, commit, c->out->theirs.commit);
	rt_str_addf(&f.next, "what was found out about %.12s says nothing "
		    "about %s any more; merge it and check again", commit,
		    c->them);
	rt_finding_end(&f, c);
	return 0;
}

/* A local branch may be behind the one that it follows. */
static int check_upstream(rt_contest *c)
{
	const char *upstream;
	size_t behind;
	rt_finding f;
	int rc = rt_vcs_upstream(c->b->vcs, c->them, &c->out->arena, &upstream,
				 &behind, c->err);

	if (rc || !behind)
		return rc;
	rt_finding_begin(&f, RETORT_CONFLICT_STALE);
	f.conflict.note = true;
	rt_str_addf(&f.message, "%s lacks %zu commit%s of %s", c->them, behind,
		    behind == 1 ? "" : "s", upstream);
	rt_str_addf(&f.next, "compare with --onto %s, or update %s", upstream,
		    c->them);
	rt_finding_end(&f, c);
	return 0;
}

int rt_contest_stale(rt_contest *c)
{
	int rc = check_expected(c);

	return rc ? rc : check_upstream(c);
}
