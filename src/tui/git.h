/* SPDX-License-Identifier: MIT */
/*
 * What git knows of all revisions: the branch that is checked out, which
 * files no commit has as they are, which revisions the branch that it is to
 * be merged into does not have, and which it has alone.  A child reads it
 * after the files were read; until then, and where there is no repository,
 * nothing is known.
 */
#ifndef RT_TUI_GIT_H
#define RT_TUI_GIT_H

#include <retort/graph.h>

#include "base/map.h"
#include "base/vec.h"
#include "tui/job.h"

struct rt_console;

typedef struct rt_git_facts {
	rt_job *job;
	bool waiting;    /* a timer runs */
	bool old;        /* what is known is of the time before */
	char *branch;    /* NULL = not known */
	RT_VEC(char *) paths; /* uncommitted */
	rt_map by_path;
	char *target;    /* "main"; NULL = there is none */
	RT_VEC(char *) own; /* ids that only the files here have */
	rt_map by_own;
	RT_VEC(char *) missing; /* ids that only the target has */
} rt_git_facts;

void rt_git_facts_free(rt_git_facts *g);

/* Ask; what is known stays until the answer comes. */
void rt_git_facts_ask(struct rt_console *c);

bool rt_git_facts_is_uncommitted(const rt_git_facts *g,
				 const retort_revision *rev);

/* Only here: the target does not have it. */
bool rt_git_facts_is_own(const rt_git_facts *g, const retort_revision *rev);

#endif
