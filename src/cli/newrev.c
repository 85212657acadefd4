/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/newrev.h"

#include <string.h>

#include "ui/json.h"

/* The id of the revision in a file, from the graph read anew; NULL if the
 * files do not load. */
static const char *id_of(rt_cli *cli, const char *path)
{
	size_t i;

	retort_project_reload(cli->project);
	cli->graph = NULL;
	if (rt_cli_graph(cli, NULL) != 0)
		return NULL;
	for (i = 0; i < retort_graph_count(cli->graph); i++) {
		const retort_revision *rev = retort_graph_at(cli->graph, i);

		if (strcmp(rev->path, path) == 0)
			return rev->id;
	}
	return NULL;
}

static void print(rt_cli *cli, const char *path)
{
	json_t *object;

	if (!cli->json) {
		rt_out_raw(&cli->out, path, strlen(path));
		rt_out_printf(&cli->out, "\n");
		return;
	}
	object = rt_json_object();
	rt_json_set_string(object, "revision", id_of(cli, path));
	rt_json_set_string(object, "path", path);
	rt_json_print(&cli->out, object);
}

int rt_newrev(rt_cli *cli, retort_create_options *options, char **path,
	      retort_error *err)
{
	int rc = rt_cli_project(cli, err);

	*path = NULL;
	if (rc)
		return rc;
	options->say = rt_cli_say_line;
	options->self = cli;
	rc = retort_revision_create(cli->project, options, path, err);
	if (*path)
		print(cli, *path);
	return rc;
}
