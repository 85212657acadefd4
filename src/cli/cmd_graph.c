/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/symbol.h"
#include "ui/graphfile.h"
#include "ui/json.h"

static void write_text(rt_cli *cli, const retort_list *list,
		       const rt_graph_marks *marks)
{
	bool ascii = rt_cli_has(cli, "ascii") || !cli->out.utf8;

	rt_graphtext(&cli->out, cli->graph, list, marks, ascii);
}

static void write_dot(rt_cli *cli, const retort_list *list,
		      const rt_graph_marks *marks)
{
	rt_graphfile_dot(&cli->out, cli->graph, list, marks);
}

static void write_mermaid(rt_cli *cli, const retort_list *list,
			  const rt_graph_marks *marks)
{
	rt_graphfile_mermaid(&cli->out, cli->graph, list, marks);
}

static void write_svg(rt_cli *cli, const retort_list *list,
		      const rt_graph_marks *marks)
{
	rt_graphfile_svg(&cli->out, cli->graph, list, marks);
}

typedef struct format {
	const char *name;
	void (*write)(rt_cli *cli, const retort_list *list,
		      const rt_graph_marks *marks);
} format;

static const format formats[] = {
	{ "text", write_text },
	{ "dot", write_dot },
	{ "mermaid", write_mermaid },
	{ "svg", write_svg },
};

/* The option's choices leave nothing else. */
static const format *find_format(const char *name)
{
	size_t i;

	for (i = 0; name && i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return &formats[0];
}

/* Revisions in the order of the rows, each with its row. */
static void write_json(rt_cli *cli, const retort_list *list,
		       const rt_graph_marks *marks)
{
	retort_layout *layout = retort_layout_make(cli->graph, list);
	rt_json j;
	size_t i;

	rt_json_begin(&j, &cli->out, "revisions");
	for (i = 0; i < list->n; i++) {
		json_t *o = rt_json_revision(list->v[i], marks->rows);

		rt_json_set_int(o, "row",
				(long long)retort_layout_row_of(layout, i));
		rt_json_item(&j, o);
	}
	rt_json_end_list(&j);
	rt_json_end(&j);
	retort_layout_free(layout);
}

/* What is applied; rows that no file has leave the rest as it is. */
static bool *ask_applied(rt_cli *cli, const retort_names *rows)
{
	bool *applied = rt_calloc(retort_graph_count(cli->graph) + 1,
				  sizeof(*applied));

	if (retort_graph_applied(cli->graph, rows, applied, NULL) != 0)
		rt_cli_say(cli, "the version table holds revisions that no "
				"file has; 'retort verify' names them\n");
	return applied;
}

static int run(rt_cli *cli, retort_error *err)
{
	rt_graph_marks marks = { NULL, NULL };
	retort_list list = RETORT_LIST_INIT;
	retort_names rows = { NULL, 0 };
	bool *applied = NULL;
	const char *range = rt_cli_value(cli, "rev-range");
	bool show = rt_cli_has(cli, "indicate-current");
	int rc = rt_cli_graph(cli, err);

	if (rc == 0 && (show || rt_symbol_range_is_current(range)))
		rc = rt_cli_rows(cli, &rows, err);
	if (rc == 0 && show) {
		applied = ask_applied(cli, &rows);
		marks.rows = &rows;
		marks.applied = applied;
	}
	if (rc == 0)
		rc = retort_graph_history(cli->graph, range, &rows, &list,
					  err);
	if (rc == 0 && cli->json)
		write_json(cli, &list, &marks);
	else if (rc == 0)
		find_format(rt_cli_value(cli, "format"))
			->write(cli, &list, &marks);
	retort_list_dispose(&list);
	free(applied);
	return rc;
}

static const rt_opt options[] = {
	{ "format", 0, "FORMAT", "text|dot|mermaid|svg",
	  "what to write (default: text)" },
	{ "rev-range", 'r', "START:END", NULL,
	  "only these, as for 'retort history'" },
	{ "indicate-current", 'i', NULL, NULL,
	  "ask the database, and mark what it has" },
	{ "ascii", 0, NULL, NULL,
	  "draw the text with ASCII only; the default outside UTF-8" },
	RT_OPT_END
};

const rt_cmd rt_cmd_graph = {
	.name = "graph",
	.summary = "draw the graph of the revisions",
	.operands = "",
	.group = RT_GROUP_LOOK,
	.flags = RT_CMD_JSON,
	.help = "Draws the revisions newest first, one row each, with a lane "
		"for every branch; or writes the graph for Graphviz, Mermaid, "
		"or as an SVG picture, where dependencies are dotted.\n\n"
		"A line that meets a lane in a tee or a corner belongs to it; "
		"where a lane's bar is whole, the line only passes. With -i a "
		"hollow node is pending, a full one applied, and the marked "
		"ones are the rows of the version table.\n\n"
		"As JSON: as 'retort history', every revision with \"row\" "
		"besides.",
	.options = options,
	.run = run,
};
