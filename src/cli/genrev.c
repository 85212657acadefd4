/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/genrev.h"

#include <stdlib.h>
#include <string.h>

#include <retort/generate.h>

#include "base/alloc.h"
#include "cli/confirm.h"
#include "cli/newrev.h"
#include "ui/difftext.h"

static bool ask_rename(void *self, const retort_rename *r)
{
	rt_cli *cli = self;
	rt_str question = RT_STR_INIT;
	bool yes;

	rt_str_addf(&question, "Is %s %s%s%s the former %s?",
		    retort_kind_word(r->kind), r->table, *r->table ? "." : "",
		    r->to, r->from);
	yes = rt_confirm_ask(cli, question.p);
	rt_str_free(&question);
	return yes;
}

static void print_changes(rt_cli *cli, const retort_generated *generated)
{
	const retort_rename *renames;
	size_t i, n;

	if (cli->quiet)
		return;
	renames = retort_generated_renames(generated, &n);
	for (i = 0; i < n; i++)
		rt_cli_say(cli, "> %s %s%s%s -> %s\n",
			   retort_kind_word(renames[i].kind), renames[i].table,
			   *renames[i].table ? "." : "", renames[i].from,
			   renames[i].to);
	rt_difftext_list(&cli->err, retort_generated_diff(generated));
}

/* The name of the file's revision, as the next one's parent. */
static int build_on(rt_cli *cli, retort_create_options *options,
		    const char *path, const char **parent, retort_error *err)
{
	size_t i;
	int rc;

	cli->graph = NULL;
	rc = rt_cli_graph(cli, err);
	for (i = 0; rc == 0 && i < retort_graph_count(cli->graph); i++)
		if (!strcmp(retort_graph_at(cli->graph, i)->path, path))
			*parent = retort_graph_at(cli->graph, i)->id;
	options->heads = (retort_names){ parent, 1 };
	options->labels = options->depends_on = (retort_names){ NULL, 0 };
	options->rev_id = NULL;
	return rc;
}

static int write_all(rt_cli *cli, retort_create_options *options,
		     const retort_generated *generated, char **path,
		     retort_error *err)
{
	const char *parent = NULL;
	size_t i, n;
	int rc = 0;

	for (i = 0; rc == 0; i++) {
		options->sections =
			retort_generated_sections(generated, i, &n);
		options->n_sections = n;
		if (!options->sections)
			break;
		if (i > 0)
			rc = build_on(cli, options, *path, &parent, err);
		free(*path);
		*path = NULL;
		if (rc == 0)
			rc = rt_newrev(cli, options, path, err);
	}
	return rc;
}

int rt_genrev(rt_cli *cli, retort_create_options *options, bool online,
	      char **path, retort_error *err)
{
	retort_generate_options g = RETORT_GENERATE_OPTIONS_INIT;
	retort_generated *generated = NULL;
	int rc;

	*path = NULL;
	rc = rt_cli_project(cli, err);
	if (rc)
		return rc;
	g.heads = options->heads;
	g.online = online;
	g.is_rename = ask_rename;
	g.self = cli;
	rc = retort_generate(cli->project, &g, &generated, err);
	if (rc == 0 && retort_diff_is_empty(retort_generated_diff(generated))) {
		rt_cli_say(cli, "the revisions make the wanted schema "
				"already: nothing to do\n");
	} else if (rc == 0) {
		print_changes(cli, generated);
		rc = write_all(cli, options, generated, path, err);
	}
	retort_generated_free(generated);
	return rc;
}
