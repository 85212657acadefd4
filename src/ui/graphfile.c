/* SPDX-License-Identifier: MIT */
/* Graphviz and Mermaid: nodes and edges, the layout is theirs. */
#include "config.h"

#include "ui/graphfile.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/names.h"
#include "base/str.h"
#include "ui/revtext.h"

typedef struct arrow {
	const char *line, *end;
} arrow;

/* How one of the two languages says it. */
typedef struct language {
	const char *begin, *end;
	arrow parent, dependency;
	void (*node)(rt_out *o, const retort_revision *rev, const char *class);
} language;

const char *rt_graphfile_class(const retort_revision *rev,
			       const rt_graph_marks *marks)
{
	if (rt_names_have(marks->rows, rev->id))
		return "current";
	if (marks->applied && !marks->applied[rev->index])
		return "pending";
	if (marks->applied)
		return "applied";
	return rev->is_head ? "head" : "plain";
}

const retort_revision *rt_graphfile_dependency(const retort_graph *graph,
					       const char *name)
{
	const retort_revision *rev = retort_graph_find(graph, name);
	retort_list found = RETORT_LIST_INIT;

	if (!rev &&
	    retort_graph_resolve(graph, name, NULL, &found, NULL) == 0 &&
	    found.n == 1)
		rev = found.v[0];
	retort_list_dispose(&found);
	return rev;
}

/* Replace `"` and `\` (and what Mermaid takes for markup). */
static void add_escaped(rt_str *out, const char *text, bool mermaid)
{
	for (; *text; text++) {
		if (mermaid && (*text == '"' || *text == '<' || *text == '>' ||
				*text == '#' || *text == '&'))
			rt_str_addf(out, "#%d;", *text);
		else if (!mermaid && (*text == '"' || *text == '\\'))
			rt_str_addf(out, "\\%c", *text);
		else
			rt_str_addc(out, *text == '\n' ? ' ' : *text);
	}
}

static void dot_node(rt_out *o, const retort_revision *rev, const char *class)
{
	rt_str label = RT_STR_INIT;

	add_escaped(&label, rev->id, false);
	rt_str_add(&label, "\\n");
	add_escaped(&label, rev->message, false);
	rt_out_printf(o, "  n%zu [label=\"%s\", class=\"%s\"%s];\n",
		      rev->index, label.p, class,
		      rev->is_head ? ", style=\"rounded,bold\"" : "");
	rt_str_free(&label);
}

static void mermaid_node(rt_out *o, const retort_revision *rev,
			 const char *class)
{
	rt_str label = RT_STR_INIT;

	add_escaped(&label, rev->id, true);
	rt_str_add(&label, "<br/>");
	add_escaped(&label, rev->message, true);
	rt_out_printf(o, "  n%zu([\"%s\"]):::%s\n", rev->index, label.p,
		      class);
	rt_str_free(&label);
}

static const language dot = {
	"digraph retort {\n"
	"  rankdir=BT;\n"
	"  node [shape=box, style=rounded, fontname=monospace];\n",
	"}\n",
	{ "->", ";" },
	{ "->", " [style=dotted, arrowhead=open];" },
	dot_node,
};

static const language mermaid = {
	"flowchart BT\n"
	"  classDef head stroke-width:3px\n"
	"  classDef current stroke-width:4px\n"
	"  classDef pending stroke-dasharray:4 3\n"
	"  classDef applied stroke-width:1px\n"
	"  classDef plain stroke-width:1px\n",
	"",
	{ "-->", "" },
	{ "-.->", "" },
	mermaid_node,
};

static void put_edges(rt_out *o, const retort_graph *graph,
		      const retort_names *names, const retort_revision *to,
		      const bool *listed, const arrow *a)
{
	size_t i;

	for (i = 0; i < names->n; i++) {
		const retort_revision *from =
			rt_graphfile_dependency(graph, names->v[i]);

		if (from && listed[from->index])
			rt_out_printf(o, "  n%zu %s n%zu%s\n", from->index,
				      a->line, to->index, a->end);
	}
}

static void write_graph(rt_out *o, const retort_graph *graph,
			const retort_list *list, const rt_graph_marks *marks,
			const language *in)
{
	bool *listed = rt_calloc(retort_graph_count(graph) + 1,
				 sizeof(*listed));
	size_t i;

	for (i = 0; i < list->n; i++)
		listed[list->v[i]->index] = true;
	rt_out_printf(o, "%s", in->begin);
	for (i = 0; i < list->n; i++)
		in->node(o, list->v[i], rt_graphfile_class(list->v[i], marks));
	for (i = 0; i < list->n; i++) {
		const retort_revision *rev = list->v[i];

		put_edges(o, graph, &rev->down, rev, listed, &in->parent);
		put_edges(o, graph, &rev->depends_on, rev, listed,
			  &in->dependency);
	}
	rt_out_printf(o, "%s", in->end);
	free(listed);
}

void rt_graphfile_dot(rt_out *o, const retort_graph *graph,
		      const retort_list *list, const rt_graph_marks *marks)
{
	write_graph(o, graph, list, marks, &dot);
}

void rt_graphfile_mermaid(rt_out *o, const retort_graph *graph,
			  const retort_list *list, const rt_graph_marks *marks)
{
	write_graph(o, graph, list, marks, &mermaid);
}
