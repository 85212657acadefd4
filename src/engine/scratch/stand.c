/* SPDX-License-Identifier: MIT */
/* What has run when a step of a plan begins. */
#include "config.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "engine/scratch/shadow.h"

/* SQL needs no answers, and its projects may be large. */
static bool asks(retort_project *project, const retort_graph **graph)
{
	return !retort_project_graph(project, graph, NULL) &&
	       rt_project_format(project, *graph)->body;
}

void rt_stand_begin(rt_stand *s, retort_project *project,
		    const retort_plan *plan)
{
	retort_names rows = retort_plan_rows_before(plan);

	*s = (rt_stand){ .project = project };
	if (!asks(project, &s->graph))
		return;
	s->applied = rt_calloc(retort_graph_count(s->graph) + 1,
			       sizeof(*s->applied));
	/* A row without a file: nobody knows what is behind it. */
	if (retort_graph_applied(s->graph, &rows, s->applied, NULL)) {
		rt_stand_end(s);
		return;
	}
	project->standing = s->applied;
}

void rt_stand_step(rt_stand *s, const retort_step *step)
{
	const retort_revision *rev;

	if (!s->applied || step->op == RETORT_OP_STAMP)
		return;
	rev = retort_graph_find(s->graph, step->revision);
	if (rev)
		s->applied[rev->index] = step->op == RETORT_OP_UPGRADE;
}

void rt_stand_end(rt_stand *s)
{
	if (s->applied)
		s->project->standing = NULL;
	free(s->applied);
	s->applied = NULL;
}
