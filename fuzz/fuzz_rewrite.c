/* SPDX-License-Identifier: MIT */
/*
 * Other parents in a revision file of any bytes: where the header can be
 * read, it reads the same afterwards but for the parents, what is behind it
 * is untouched, and putting the old ones back gives a text that reads as the
 * first one did.
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "revfmt/rewrite.h"
#include "text/header.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void read_again(rt_arena *arena, rt_sv text, retort_revision *rev)
{
	bool more;

	RT_ASSERT(rt_header_read(arena, "x.sql", text, true, rev, &more,
				 NULL) == 0);
}

static void same_names(const retort_names *a, const retort_names *b)
{
	size_t i;

	RT_ASSERT(a->n == b->n);
	for (i = 0; i < a->n; i++)
		RT_ASSERT(strcmp(a->v[i], b->v[i]) == 0);
}

static void same_but_parents(const retort_revision *a,
			     const retort_revision *b)
{
	RT_ASSERT(strcmp(a->id, b->id) == 0);
	RT_ASSERT(strcmp(a->doc, b->doc) == 0);
	RT_ASSERT(strcmp(a->created, b->created) == 0);
	same_names(&a->depends_on, &b->depends_on);
	same_names(&a->labels, &b->labels);
}

/* Before and behind the value. */
static void same_around(rt_sv a, rt_sv b)
{
	rt_sv at_a, at_b;
	size_t start, behind;

	RT_ASSERT(rt_header_find_down("x", a, &at_a, NULL) == 0);
	RT_ASSERT(rt_header_find_down("x", b, &at_b, NULL) == 0);
	start = (size_t)(at_a.p - a.p);
	RT_ASSERT(start == (size_t)(at_b.p - b.p));
	RT_ASSERT(rt_sv_eq(rt_sv_sub(a, 0, start), rt_sv_sub(b, 0, start)));
	behind = a.n - start - at_a.n;
	RT_ASSERT(behind == b.n - start - at_b.n);
	RT_ASSERT(rt_sv_eq(rt_sv_sub(a, a.n - behind, behind),
			   rt_sv_sub(b, b.n - behind, behind)));
}

static void check(rt_sv text, const retort_revision *rev,
		  const retort_names *parents, rt_arena *arena)
{
	rt_str changed = RT_STR_INIT, back = RT_STR_INIT;
	retort_revision now;

	RT_ASSERT(rt_native_set_parents("x.sql", text, parents, &changed,
					NULL) == 0);
	read_again(arena, rt_str_sv(&changed), &now);
	same_but_parents(rev, &now);
	same_names(parents, &now.down);
	same_around(text, rt_str_sv(&changed));
	RT_ASSERT(rt_native_set_parents("x.sql", rt_str_sv(&changed),
					&rev->down, &back, NULL) == 0);
	read_again(arena, rt_str_sv(&back), &now);
	same_but_parents(rev, &now);
	same_names(&rev->down, &now.down);
	rt_str_free(&changed);
	rt_str_free(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const ids[] = { "new1", "new2" };
	rt_sv text = { (const char *)data, n };
	retort_names parents = { ids, 0 };
	rt_arena arena = RT_ARENA_INIT;
	retort_revision rev;
	bool more;

	if (rt_header_read(&arena, "x.sql", text, true, &rev, &more, NULL) ==
	    0)
		for (; parents.n <= 2; parents.n++)
			check(text, &rev, &parents, &arena);
	rt_arena_free(&arena);
	return 0;
}
