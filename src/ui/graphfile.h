/* SPDX-License-Identifier: MIT */
/*
 * The graph for other programs: Graphviz, Mermaid, SVG.  Newest on top,
 * arrows from parent to child, dependencies dotted.
 */
#ifndef RT_UI_GRAPHFILE_H
#define RT_UI_GRAPHFILE_H

#include "ui/graphtext.h"

void rt_graphfile_dot(rt_out *o, const retort_graph *graph,
		      const retort_list *list, const rt_graph_marks *marks);
void rt_graphfile_mermaid(rt_out *o, const retort_graph *graph,
			  const retort_list *list,
			  const rt_graph_marks *marks);
void rt_graphfile_svg(rt_out *o, const retort_graph *graph,
		      const retort_list *list, const rt_graph_marks *marks);

/* "head", "current", "pending" or "applied": the class of a node. */
const char *rt_graphfile_class(const retort_revision *rev,
			       const rt_graph_marks *marks);

/*
 * The revision that a depends_on means (an id or a label), or NULL.
 */
const retort_revision *rt_graphfile_dependency(const retort_graph *graph,
					       const char *name);

#endif
